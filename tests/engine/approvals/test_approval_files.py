"""The files of approvals: what is written, and what is said of files that somebody has
spoilt.
"""

import pytest

from press.approvals import read_approval_files
from press.approvals.approval_files import Approval, format_approvals
from press.ground.errors import BuildError
from tests.engine.approvals.reading import unread

FILE = "content/en/read/index.jsonl"


def test_order_and_doubles_mean_nothing(story):
    """What a merge leaves twice, or in another order, is the same."""
    lines = story.read(FILE).splitlines()
    story.write(FILE, "\n".join([*reversed(lines), *lines]))

    assert unread(story) == []


def test_an_approval_is_written_once():
    """In the order of its hashes, so that the file is the same whoever
    has read first.
    """
    one, other = Approval("a", "b"), Approval("b", "a")

    assert format_approvals([other, one, one]).decode() == f"{one}\n{other}\n"


def test_each_page_and_chart_has_its_file(story):
    """A language's approvals lie below its folder as its texts do."""
    found = read_approval_files(story.root / "content/en", story.root)

    places = (
        "404",
        "charts/totals",
        "content/site",
        "data/sources",
        "data/trade",
        "facts",
        "index",
        "sources",
        "words",
    )
    assert sorted(found) == [f"content/en/read/{place}.jsonl" for place in places]


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "[]",
        "[" * 100_000,
        '{"own":"0123456789ab"}',
        '{"own":"0123456789ab","around":"0123456789ab","beside":0}',
        '{"own":"0123456789ab","around":"0123456789ab","by":"me"}',
    ],
)
def test_a_line_that_is_no_approval_is_told_at_its_place(story, line):
    """No line is passed over in silence: it may have been one."""
    whole = story.read(FILE)
    story.write(FILE, f"{whole}{line}\n")

    with pytest.raises(BuildError) as caught:
        unread(story)

    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (FILE, whole.count("\n") + 1)
    assert problem.message.startswith(
        "found no approval, expected JSON with own, around"
    )
