"""Problems: what an author reads, in which order, and how several stages speak at once."""

from __future__ import annotations

import pytest

from press.ground.errors import BuildError, Problem, quoted, similar


def test_a_problem_that_two_stages_find_is_told_once():
    """The same problem of the same line is not repeated."""
    assert str(BuildError([Problem("a.md", 2, "found x, expected y")] * 2)) == "a.md:2: found x, expected y"


@pytest.mark.parametrize(
    ("name", "names", "hint"),
    [
        pytest.param("titel", ["title", "label"], "did you mean title?", id="a slip"),
        pytest.param("beta-1", ["beta-3", "beta-2"], "did you mean beta-3 or beta-2?", id="two as near"),
        pytest.param("xyz", ["title", "label"], "there are: label, title", id="nothing near, few known"),
        pytest.param("xyz", [str(number) for number in range(100, 113)], "", id="nothing near, many known"),
        pytest.param("xyz", [], "", id="nothing known"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(name, names, hint):
    """A hint names what looks most alike, or all of a few, or says nothing."""
    assert similar(name, names) == hint


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param("oil", '"oil"', id="a word"),
        pytest.param(" Öl 贸 ", '" Öl 贸 "', id="spaces and other scripts"),
        pytest.param("1\xa0234\n", r'"1\xa0234\n"', id="what cannot be seen"),
        pytest.param('the "goal"', '"the "goal""', id="with quotation marks"),
        pytest.param("", '""', id="nothing"),
    ],
)
def test_words_of_an_author_stand_in_quotation_marks(words, told):
    """On one line, and so that a space of another kind is seen."""
    assert quoted(words) == told


def test_what_a_command_was_given_stands_in_no_line():
    """The command is the place."""
    assert str(Problem("record", 0, "found a, expected b")) == "record: found a, expected b"
