"""Running totals: a new one goes on from those of its year, and fits what its page
prints of the month alone; figures of many digits are not printed twice.
"""

import pytest

from press.intake import Release, ReleaseRow
from tests.engine.intake.tables import BODY, Folder

QUESTION = "sums/2024-04/in/value"


def read_month(value, added="", month="2024-04"):
    """Return a release of a total of the table of sums, which has 200 to February 2024
    and 310 to March, known to 1, and of what its page prints of the month.
    """
    row = {
        "month": month,
        "flow": "in",
        "value": value,
        "value_precision": "1",
        "status": "published",
    }
    line = ReleaseRow("sums", row, {"value": added} if added else {})
    return Release("A release.", BODY | {"published": "2024-07-01"}, [line])


@pytest.fixture
def folder(tmp_path):
    """Return small tables in a folder."""
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("month", "value", "added"),
    [
        ("2024-04", "410", ""),
        ("2024-04", "410", "100"),
        ("2024-04", "410", "98"),
        ("2024-05", "520", "105"),
        ("2024-05", "470", "60"),
        ("2024-01", "100", "100"),
    ],
)
def test_a_total_that_goes_on_from_those_before_is_taken(folder, month, value, added):
    """Within what is rounded; also after a month that is not known."""
    plan = folder.plan(read_month(value, added, month))

    assert not plan.questions
    assert plan.files


@pytest.mark.parametrize(
    ("month", "value", "added", "words"),
    [
        (
            "2024-04",
            "410",
            "90",
            "less 90 of the month alone is 320, but the total to t",
        ),
        ("2024-05", "410", "100", "0 a month is added from 310 to 310 of 2024-04, far"),
        (
            "2024-04",
            "580",
            "",
            "270.0 a month is added from 310 to 580 of 2024-04, far",
        ),
        ("2024-06", "3300", "", "996.7 a month is added from 310 to 3300 of 2024-06"),
        (
            "2024-01",
            "100",
            "90",
            "100 of 2024-01 less 90 of the month alone is 10, but",
        ),
    ],
)
def test_a_total_that_does_not_go_on_is_asked_about(folder, month, value, added, words):
    """It may be of another month, place or unit than its page says."""
    plan = folder.plan(read_month(value, added, month))

    assert words in " ".join(plan.questions.values())
    assert not plan.files


def test_a_person_may_say_that_a_total_is_right(folder):
    """Months are revised."""
    plan = folder.plan(read_month("410", "90"), answered=[QUESTION])

    assert not plan.questions
    assert plan.files


@pytest.mark.parametrize(("value", "asked"), [("215.303", True), ("215.302", False)])
def test_a_figure_of_many_digits_is_not_printed_twice(folder, value, asked):
    """The next year's page may show those of the last one again."""
    row = {"year": "2024", "mean": value}
    source = BODY | {"published": "2025-03-01"}
    plan = folder.plan(Release("R.", source, [ReleaseRow("means", row)]))

    assert bool(plan.questions) == asked
