"""Problems: what an author reads, in which order, and how several stages speak at once."""

from press.ground.errors import BuildError, Problem, quoted, similar


def test_a_problem_that_two_stages_find_is_told_once():
    """The same problem of the same line is not repeated."""
    assert str(BuildError([Problem("a.md", 2, "found x, expected y")] * 2)) == "a.md:2: found x, expected y"


def test_a_wrong_name_is_answered_with_nothing_where_many_are_known():
    """Or none: a hint names what looks most alike, or all of a few."""
    assert [similar("xyz", names) for names in (map(str, range(100, 113)), [])] == ["", ""]


def test_what_cannot_be_seen_of_an_author_s_words_is_seen():
    """On one line, and so that a space of another kind is seen."""
    assert quoted("1\xa0234\n") == r'"1\xa0234\n"'


def test_what_a_command_was_given_stands_in_no_line():
    """The command is the place."""
    assert str(Problem("record", 0, "found a, expected b")) == "record: found a, expected b"
