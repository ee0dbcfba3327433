"""Series with gaps: at which times a table has rows is said in its description, and is so."""

from __future__ import annotations

import pytest

from press.data.loading import load
from press.ground.errors import BuildError

OWN, YEARLY = "every = 4, from 1908 to 1924", "every = 1, from 1908 to 1924"
LONG = "1909, 1910, 1911, 1912, 1913, 1914"


def problems_of(tmp_path, series, times="1908 1912 1920 1924", kind="year", absent="absent = 0"):
    """Return what is wrong with a table of teams and times, of which its description says ``series``."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/games.toml").write_text(
        'title = "T"\ndescription = "D"\nlicenses = [{ name = "x", title = "X" }]\nsources = [{ title = "S" }]\n'
        '[schema]\nprimaryKey = ["time"]\n'
        f'[[schema.fields]]\nname = "time"\ntype = "{kind}"\ntitle = "T"\ndescription = "D"\n{series}\n'
        '[[schema.fields]]\nname = "gold"\ntype = "integer"\ntitle = "G"\ndescription = "D"\nunit = "medals"\n'
        f"{absent}\nconstraints = {{ minimum = 1, maximum = 100 }}\n",
        "utf-8",
    )
    (tmp_path / "data/games.csv").write_text("\n".join(("time,gold", *(f"{time},5" for time in times.split()), "")))
    try:
        load(tmp_path / "data", tmp_path)
    except BuildError as error:
        return str(error).split("\n")
    return []


@pytest.mark.parametrize(
    ("series", "times", "kind"),
    [
        ("every = 4\nwithout = [1916]", "1908 1912 1920 1924", "year"),
        ("every = 4", "1924 1908 1912 1920 1916", "year"),
        ('every = "row"', "1896 1900 1906", "year"),
        ("every = 1", "2023-11 2023-12 2024-01", "yearmonth"),
        ('every = 3\nwithout = ["2023-12"]', "2023-09 2024-03", "yearmonth"),
        ("", "1908 1912 1920", "year"),
    ],
)
def test_a_table_has_the_times_that_it_says(tmp_path, series, times, kind):
    """Each fourth from its first to its last but those that never were, or whichever there are, in any order."""
    assert problems_of(tmp_path, series, times, kind) == []


@pytest.mark.parametrize(
    ("series", "times", "problems"),
    [
        (
            "every = 4",
            "1908 1912 1920 1924",
            [
                f"data/games.toml:8: data/games.csv has no rows of the time 1916, expected some: {OWN}",
                "    hint: times that never were stand in without",
            ],
        ),
        (
            "every = 4\nwithout = [1916, 1920, 1940]",
            "1908 1912 1914 1920 1924",
            [
                f"data/games.csv:4: time: found 1914, which is not {OWN}",
                "    hint: its column is described in data/games.toml:8",
                f"data/games.csv:5: time: found 1920, which is not {OWN}",
                "    hint: its column is described in data/games.toml:8",
                f"data/games.toml:8: time is without 1940, expected times of its own: {OWN}",
            ],
        ),
        (
            "every = 1",
            "1908 1924",
            [
                f"data/games.toml:8: data/games.csv has no rows of the time {LONG}, …, expected some: {YEARLY}",
                "    hint: times that never were stand in without",
            ],
        ),
    ],
    ids=["a gap", "off the grid, and gaps that are none", "a long gap"],
)
def test_a_time_that_is_missing_or_too_much_is_told(tmp_path, series, times, problems):
    """At its row, or where the table is described."""
    assert problems_of(tmp_path, series, times) == problems


@pytest.mark.parametrize(
    ("series", "kind", "problem"),
    [
        ("every = 0", "year", 'found every = 0 of time, expected a whole number above zero, or "row"'),
        ("every = true", "year", 'found every = true of time, expected a whole number above zero, or "row"'),
        ('every = "rows"', "year", 'found every = "rows" of time, expected a whole number above zero, or "row"'),
        ("every = 4", "string", "found every of the string time, expected it of a column of times"),
        ("without = [1916]", "year", "found without = [1916] of time, expected it beside every = 1 or more"),
        (
            'every = "row"\nwithout = [1916]',
            "year",
            "found without = [1916] of time, expected it beside every = 1 or more",
        ),
        ("every = 4\nwithout = 1916", "year", "without is 1916, expected a list with at least one item"),
        ("every = 4\nwithout = [16]", "year", 'without of time: found "16", expected a year like 2023'),
    ],
)
def test_a_series_that_is_none_is_told_at_its_line(tmp_path, series, kind, problem):
    """A step of whole times, or each row, of a column of times; what it is without are times."""
    line = 12 + series.count("\n")

    assert [found for found in problems_of(tmp_path, series, kind=kind) if "hint" not in found] == [
        f"data/games.toml:{line}: {problem}"
    ]


@pytest.mark.parametrize(
    ("absent", "problem"),
    [
        ('absent = "none"', 'found the absent "none" of gold, expected a number'),
        ("absent = true", "found the absent true of gold, expected a number"),
    ],
)
def test_what_stands_for_an_absent_row_is_a_number(tmp_path, absent, problem):
    """Of a column of numbers."""
    assert problems_of(tmp_path, "", absent=absent) == [f"data/games.toml:19: {problem}"]
