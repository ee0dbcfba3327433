"""Series with gaps: at which times a table has rows is said in its description, and is
so.
"""

import pytest

from press.ground.errors import BuildError
from tests.cases import load_cases
from tests.engine.bindings import STORY, make_project_with_overlay

CASES = load_cases(__file__)

SAID = "every = 4\nwithout = [1916, 1940, 1944]"


def problems_of(root, *edit):
    """Return what is wrong with the table of games, in which one text is replaced by
    another, without hints.
    """
    project = make_project_with_overlay(root / "story", STORY.with_name("games"))
    project.replace(
        "data/games.csv" if edit[0][0].isdigit() else "data/games.toml", *edit
    )
    try:
        project.load()
    except BuildError as error:
        return [line for line in str(error).split("\n") if "hint: " not in line]
    return []


@pytest.mark.parametrize("said", [SAID, 'every = "row"', ""])
def test_a_table_has_the_times_that_it_says(tmp_path, said):
    """Each fourth from its first to its last but those that never were, or whichever
    there are.
    """
    assert problems_of(tmp_path, SAID, said) == []


@pytest.mark.parametrize(("edit", "problems"), CASES["wrong"])
def test_what_is_wrong_with_a_series_is_told_where_it_is(tmp_path, edit, problems):
    """A time that is missing or too much, a step that is none, a gap that is no time;
    what is absent is a number.
    """
    assert problems_of(tmp_path, *edit) == problems


def test_an_empty_cell_is_no_time_of_a_series(tmp_path):
    """A column of times beside the key may be empty: it says when something was, if it
    was.
    """
    field = (
        '[[schema.fields]]\nname = "{0}"\ntitle = "{0}"\ndescription = "{0}"\ntype ='
        ' "{1}"\n'
    )
    head = (
        'title = "T"\ndescription = "D"\nlicenses = [{ name = "a", title = "A"'
        ' }]\nsources = [{ title = "A" }]\n'
    )
    fields = (
        f"{field.format('team', 'string')}{field.format('left', 'year')}every = 1\n"
    )
    project = make_project_with_overlay(tmp_path / "story", STORY.with_name("games"))
    project.write("data/teams.toml", f'{head}[schema]\nprimaryKey = ["team"]\n{fields}')
    project.write("data/teams.csv", "team,left\nArdland,1998\nBorland,\nCorland,2000\n")

    with pytest.raises(
        BuildError,
        match=(
            r"^data/teams\.toml:13: data/teams\.csv has no rows of the left 1999,"
            r" expected"
        ),
    ):
        project.load()
