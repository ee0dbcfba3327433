"""Series with gaps: at which times a table has rows is said in its description, and is so."""

from __future__ import annotations

import pytest

from press.ground.errors import BuildError
from tests.engine.medals import medals

SAID = "every = 4\nwithout = [2008]"
OWN, LATER = "every = 4, from 1996 to 2016", "every = 4, from 1996 to 2018"
LONG, YEARLY = "1997, 1998, 1999, 2001, 2002, 2003", "every = 1, from 1996 to 2016"
IN_TOML = "data/medals.toml:10: "
STEP = 'expected a whole number above zero, or "row"'
NO_STEP = "expected it beside every = 1 or more"


def problems_of(root, *edits):
    """Return what is wrong with the medals, as edited, without hints."""
    try:
        medals(root, *edits)
    except BuildError as error:
        return [line for line in str(error).split("\n") if "hint: " not in line]
    return []


@pytest.mark.parametrize(
    "said", [SAID, 'every = "row"', "every = 2\nwithout = [1998, 2002, 2006, 2008, 2010, 2014]", ""]
)
def test_a_table_has_the_times_that_it_says(tmp_path, said):
    """Each fourth from its first to its last but those that never were, or whichever there are."""
    assert problems_of(tmp_path, (SAID, said)) == []


@pytest.mark.parametrize(
    ("edit", "problems"),
    [
        ((SAID, "every = 4"), [f"{IN_TOML}data/medals.csv has no rows of the year 2008, expected some: {OWN}"]),
        ((SAID, "every = 1"), [f"{IN_TOML}data/medals.csv has no rows of the year {LONG}, …, expected some: {YEARLY}"]),
        (
            (SAID, "every = 4\nwithout = [2004, 2008, 2020]"),
            [
                f"data/medals.csv:7: year: found 2004, which is not {OWN}",
                f"{IN_TOML}year is without 2020, expected times of its own: {OWN}",
            ],
        ),
        (("2016,ARD", "2018,ARD"), [f"data/medals.csv:13: year: found 2018, which is not {LATER}"]),
        ((SAID, "every = 0"), [f"data/medals.toml:14: found every = 0 of year, {STEP}"]),
        ((SAID, "every = true"), [f"data/medals.toml:14: found every = true of year, {STEP}"]),
        ((SAID, 'every = "rows"'), [f'data/medals.toml:14: found every = "rows" of year, {STEP}']),
        ((SAID, "without = [8]"), [f"data/medals.toml:14: found without = [8] of year, {NO_STEP}"]),
        (("= [2008]", "= [8]"), ['data/medals.toml:15: without of year: found "8", expected a year like 2023']),
        (("= 4", '= "row"'), [f"data/medals.toml:15: found without = [2008] of year, {NO_STEP}"]),
        (
            ('"Its letters"', '"Its letters"\nevery = 1'),
            ["data/medals.toml:22: found every of the string team, expected it of a column of times"],
        ),
        (
            ("absent = 0", 'absent = "none"'),
            ['data/medals.toml:29: found the absent "none" of gold, expected a number'],
        ),
        (("absent = 0", "absent = true"), ["data/medals.toml:29: found the absent true of gold, expected a number"]),
    ],
)
def test_what_is_wrong_with_a_series_is_told_where_it_is(tmp_path, edit, problems):
    """A time that is missing or too much, a step that is none, a gap that is no time; what is absent is a number."""
    assert problems_of(tmp_path, edit) == problems
