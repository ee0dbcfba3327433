"""Code of authors that raises: a problem at their line, not a traceback."""

from __future__ import annotations

import pytest

from press.blame import blaming
from press.errors import BuildError, Problem


@pytest.fixture
def raising(tmp_path):
    """Return a function that runs a program in story/x.py, and gives the problem that it becomes."""
    path = tmp_path / "story" / "x.py"
    path.parent.mkdir()

    def run(program):
        path.write_text(program, "utf-8")
        with pytest.raises(BuildError) as caught, blaming(path.parent, tmp_path, "the chart", ("story/y.py", 7)):
            exec(compile(program, path, "exec"), {"call": lambda function: function()})  # noqa: S102 - ours
        return str(caught.value)

    return run


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        pytest.param(
            "a = 1\n1 / 0\n", "story/x.py:2: the chart raises ZeroDivisionError: division by zero", id="a line"
        ),
        pytest.param(
            "def f():\n    raise KeyError('x')\nf()\n", "story/x.py:2: the chart raises KeyError: 'x'", id="a function"
        ),
        pytest.param("raise RuntimeError\n", "story/x.py:1: the chart raises RuntimeError", id="no words"),
        pytest.param(
            "raise ValueError('a\\n  b\\n  c\\nd')\n",
            "story/x.py:1: the chart raises ValueError: a\n    hint: b c",
            id="words of several lines",
        ),
        pytest.param("raise SystemExit(3)\n", "story/x.py:1: the chart raises SystemExit: 3", id="the program's end"),
        pytest.param(
            "import json\n\njson.loads('x')\n",
            "story/x.py:3: the chart raises JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
            id="raised by what it calls",
        ),
    ],
)
def test_what_is_raised_is_blamed_on_the_last_line_of_the_author(raising, program, problem):
    """The problem stands at the last step that was taken in the author's folder, and names what was raised."""
    assert raising(program) == problem


def test_a_syntax_error_is_blamed_on_its_line(raising):
    """Code that cannot even be read has no steps: the error's own line is taken."""
    assert raising("a = 1\nb = (\n").startswith("story/x.py:2: the chart raises SyntaxError: '(' was never closed")


def test_what_no_author_s_line_raised_stands_at_the_given_place(tmp_path):
    """Where nothing was done in the author's folder, the problem stands where the caller says."""
    with pytest.raises(BuildError) as caught, blaming(tmp_path / "story", tmp_path, "the chart", ("story/y.py", 7)):
        raise ValueError("no")

    assert str(caught.value) == "story/y.py:7: the chart raises ValueError: no"


def test_a_problem_stays_the_problem_that_it_is(tmp_path):
    """What is told already is not told again in other words."""
    problem = Problem("a.md", 2, "found x")
    with pytest.raises(BuildError) as caught, blaming(tmp_path, tmp_path, "the chart", ("a", 1)):
        raise BuildError([problem])

    assert caught.value.problems == (problem,)


def test_who_stops_a_build_is_not_blamed(tmp_path):
    """Ctrl+C ends the build as it should."""
    with pytest.raises(KeyboardInterrupt), blaming(tmp_path, tmp_path, "the chart", ("a", 1)):
        raise KeyboardInterrupt
