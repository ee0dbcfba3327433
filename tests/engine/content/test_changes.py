"""What has changed: dates for the whole site, and whatever is wrong in them with its
line.
"""

import pytest

from press.content.changes import read_change_log_or_empty
from press.ground.errors import BuildError

CHANGES = """[[changes]]
id = "published"
date = 2024-02-01
kind = "published"
title = "It is out"

[[changes]]
id = "new-year"
date = 2024-03-08
kind = "change"
title = "A year more"
why = "Customs printed it."
figures = [
  { id = "fact:total/2022", label = "Trade in 2022", before = "$1", now = "$2", sources = ["P1"] },
  { id = "fact:total/2023", label = "Trade in 2023", now = "$3" },
]
pages = ["index"]
"""


@pytest.fixture
def changes(tmp_path):
    """Return a function that reads changes from their text."""

    def read(text=CHANGES):
        path = tmp_path / "changes.toml"
        path.write_text(text, "utf-8")
        return read_change_log_or_empty(path, tmp_path)

    return read


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param(
            "date = 2024-02-01",
            'date = "2024-02-01"',
            'changes.toml:3: date is "2024-02-01", expected a day without quotes:'
            " 2026-11-26",
            id="a date in quotation marks",
        ),
        pytest.param(
            "date = 2024-02-01",
            "date = 2024-02-01T10:00:00",
            "changes.toml:3: date is 2024-02-01 10:00:00, expected a day without"
            " quotes: 2026-11-26",
            id="a time of day",
        ),
        pytest.param(
            'kind = "change"',
            'kind = "fix"',
            'changes.toml:10: found the kind "fix", expected one of published, change,'
            " correction",
            id="another kind",
        ),
        pytest.param(
            'kind = "change"',
            'kind = "published"',
            "changes.toml:10: the first change is of the kind published, and no other:"
            ' found "published"\n    hint: they stand oldest first',
            id="published twice",
        ),
        pytest.param(
            '"fact:total/2023"',
            '"total/2023"',
            'changes.toml:13: found the figure "total/2023", expected an id such as'
            " fact:total/2023",
            id="no figure",
        ),
        pytest.param(
            ', now = "$3"',
            "",
            "changes.toml:13: found neither before nor now for the figure"
            ' "fact:total/2023", expected what stood and what stands\n    hint: a new'
            " figure has no before, one that was taken out no now",
            id="a figure without figures",
        ),
        pytest.param(
            '"fact:total/2022"',
            '"fact:total/2023"',
            'changes.toml:13: found the figure "fact:total/2023" 2 times in a change,'
            " expected it once",
            id="a figure twice",
        ),
        pytest.param(
            'now = "$2"',
            'now = "$1"',
            'changes.toml:13: found twice "$1" for the figure "fact:total/2022",'
            " expected what stood and what stands\n    hint: a new figure has no"
            " before, one that was taken out no now",
            id="a figure that has not changed",
        ),
        pytest.param(
            CHANGES, "", "changes.toml:1: changes is missing", id="an empty file"
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_line(changes, old, new, problem):
    """With what was found and what was expected."""
    assert old in CHANGES
    with pytest.raises(BuildError) as told:
        changes(CHANGES.replace(old, new))

    assert str(told.value) == problem


def test_two_changes_may_be_of_one_day(changes):
    """In the order in which they stand."""
    log = changes(CHANGES.replace("2024-03-08", "2024-02-01"))

    assert [item.id for item in log.items] == ["published", "new-year"]


def test_a_page_without_a_change_of_its_own_has_the_last_of_any(changes):
    """It is no older than the site."""
    log = changes(CHANGES.replace('title = "It is out"', 'title = "It"\npages = ["a"]'))

    found = {page: log.find_last_day(page) for page in ("a", "index", "b")}

    assert found == {"a": "2024-02-01", "index": "2024-03-08", "b": "2024-03-08"}
