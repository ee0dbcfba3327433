"""Series with gaps: at which times a table has rows is said in its description, and is
so.
"""

import pytest

from press.ground.errors import BuildError
from tests.engine.bindings import STORY, make_project_with_overlay

SAID, OWN = "every = 4\nwithout = [1916, 1940, 1944]", "every = 4, from 1896 to 1960"
IN_TOML = "data/games.toml:11: "
ABSENT = 'unit = "gold medals"\nabsent = '
LONG, YEARLY = "1897, 1898, 1899, 1901, 1902, 1903", OWN.replace("4", "1", 1)
STEP, NO_STEP = (
    'expected a whole number from 1 to 1,000, or "row"',
    "expected it beside every = 1 or more",
)


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


@pytest.mark.parametrize(
    ("edit", "problems"),
    [
        (
            ("[1916, 1940", "[1940"),
            [
                (
                    f"{IN_TOML}data/games.csv has no rows of the year 1916, expected some:"
                    f" {OWN}"
                )
            ],
        ),
        (
            (SAID, "every = 1"),
            [
                (
                    f"{IN_TOML}data/games.csv has no rows of the year {LONG}, …, expected"
                    f" some: {YEARLY}"
                )
            ],
        ),
        (
            ("[1916", "[1912, 1916"),
            [f"data/games.csv:20: year: found 1912, which is not {OWN}"],
        ),
        (
            ("1896,Ardland", "1898,Ardland"),
            [f"data/games.csv:2: year: found 1898, which is not {OWN}"],
        ),
        ((SAID, "every = 0"), [f"data/games.toml:15: found every = 0 of year: {STEP}"]),
        (
            (SAID, "every = true"),
            [f"data/games.toml:15: found every = true of year: {STEP}"],
        ),
        (
            (SAID, 'every = "rows"'),
            [f'data/games.toml:15: found every = "rows" of year: {STEP}'],
        ),
        (
            (SAID, "without = [1916]"),
            [f"data/games.toml:15: found without = [1916] of year: {NO_STEP}"],
        ),
        (
            ("[1916", "[16"),
            [
                (
                    "data/games.toml:16: found without = [16, 1940, 1944] of year: found"
                    ' "16", expected a year like 2023'
                )
            ],
        ),
        (
            ("Name of the team", 'Name"\nevery = 1\n# "'),
            [
                (
                    "data/games.toml:24: found every = 1 of team: expected it of a column"
                    " of times"
                )
            ],
        ),
        (
            (ABSENT, f'{ABSENT}"no" # '),
            ['data/games.toml:32: found absent = "no" of gold: expected a number'],
        ),
        (
            (ABSENT, f"{ABSENT}true # "),
            ["data/games.toml:32: found absent = true of gold: expected a number"],
        ),
    ],
)
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
