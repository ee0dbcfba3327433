"""Code of authors that raises: a problem at their line, not a traceback."""

import pytest

from press.ground.errors import BuildError, Problem
from press.ground.guard import guard_story_code

RAISED = {
    "raise ValueError('a\\n  b\\n  c\\nd')\n": (
        "1: the chart raises ValueError: a\n    hint: b c"
    ),
    "import json\n\njson.loads('x')\n": (
        "3: the chart raises JSONDecodeError: Expecting value: line 1 column 1"
    ),
}


@pytest.mark.parametrize("program", RAISED)
def test_what_is_raised_is_blamed_on_the_last_line_of_the_author(tmp_path, program):
    """The problem stands at the last step that was taken in the author's folder, and
    names what was raised.
    """
    path = tmp_path / "story" / "x.py"
    path.parent.mkdir()
    path.write_text(program, "utf-8")
    with (
        pytest.raises(BuildError) as caught,
        guard_story_code(tmp_path, "the chart", ("story/y.py", 7)),
    ):
        exec(compile(program, path, "exec"), {})  # noqa: S102 - ours

    assert str(caught.value).startswith(f"story/x.py:{RAISED[program]}")


@pytest.mark.parametrize(
    ("error", "passed"),
    [
        (
            ValueError("no"),
            BuildError([Problem("story/y.py", 7, "the chart raises ValueError: no")]),
        ),
        (
            BuildError([Problem("a.md", 2, "found x")]),
            BuildError([Problem("a.md", 2, "found x")]),
        ),
        (KeyboardInterrupt(), KeyboardInterrupt()),
    ],
)
def test_what_no_line_of_the_author_raised_stands_at_the_given_place(
    tmp_path, error, passed
):
    """A problem stays what it is, and who stops a build is not blamed."""
    with (
        pytest.raises(type(passed)) as caught,
        guard_story_code(tmp_path, "the chart", ("story/y.py", 7)),
    ):
        raise error

    assert str(caught.value) == str(passed)


def test_a_class_that_ctrl_c_leaves_half_made_is_no_mistake(tmp_path):
    """Python 3.11 tells of it by another error, whose cause it is."""
    with (
        pytest.raises(KeyboardInterrupt),
        guard_story_code(tmp_path, "the chart", ("story/y.py", 7)),
    ):
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()
