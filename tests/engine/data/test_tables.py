"""The tables: typed rows that know their lines, held to their descriptions."""

from decimal import Decimal

import pytest

from press.data.loading import load_tables
from press.ground.errors import BuildError
from tests.engine.intake.tables import described


def told(read, *places):
    """What is wrong with tables, nothing where they are good."""
    try:
        read(*places)
    except BuildError as error:
        return str(error)
    return ""


def test_rows_are_typed_and_know_their_lines(project):
    """Each row gives its values by column, and its place in the file."""
    table = project.load()["trade"]

    assert [
        (row.line, row["year"], row["value_usd_million"], row.source_ids)
        for row in table.rows
    ][4:7] == [
        (6, 2022, Decimal(114149), ("alpha-2023",)),
        (7, 2022, Decimal(190271), ("alpha-2023", "beta-2023")),
        (8, 2023, Decimal(110970), ("beta-2024",)),
    ]
    assert {row.path for row in table.rows} == {"data/trade.csv"}


def test_a_line_is_the_one_on_which_a_row_begins(project):
    """A cell that holds a line end does not shift the lines of the rows after it."""
    project.replace(
        "data/sources.csv",
        '"Trade of 2022, with a comma"',
        '"Trade of\n2022, with ""a""\ncomma"',
    )

    rows = project.load()["sources"].rows

    assert [row.line for row in rows] == [2, 3, 6, 7]
    assert rows[1]["title"] == 'Trade of\n2022, with "a"\ncomma'


@pytest.mark.parametrize("character", ["\x0c", "\u2028"], ids=ascii)
def test_only_a_line_end_ends_a_line(project, character):
    """Characters that some programs take for a line end, and nobody sees, shift no line
    of what stands behind them.
    """
    project.replace(
        "data/sources.csv", "Alpha,Trade of 2021", f"Alpha,Trade{character}of 2021"
    )
    project.replace(
        "data/sources.csv", "Beta,Trade of 2023", f"Beta,Trade{character}of 2023"
    )

    with pytest.raises(BuildError) as caught:
        project.load()

    assert [(problem.line, problem.column) for problem in caught.value.problems] == [
        (2, 23),
        (5, 21),
    ]


def test_a_row_says_whether_it_was_printed(project):
    """A row whose status is derived was not printed by its source."""
    project.replace("data/sources.csv", "id,publisher", "id,status")
    project.replace("data/sources.toml", 'name = "publisher"', 'name = "status"')
    project.replace("data/sources.csv", "beta-2024,Beta", "beta-2024,derived")

    assert [row.is_derived for row in project.load()["sources"].rows] == [
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(("limit", "most"), [("MOST_ROWS", 9), ("MOST_CELLS", 45)])
def test_a_table_may_have_as_many_rows_as_a_build_types(
    project, monkeypatch, limit, most
):
    """The limit itself is none too many."""
    monkeypatch.setattr(f"press.data.records.{limit}", most)

    assert len(project.load()["trade"].rows) == 9


@pytest.mark.parametrize(
    ("description", "row", "problem"),
    [
        ("", "", "1: found a header and no rows, expected at least one row"),
        ("may_be_empty = true\n", "", ""),
        ("", "2023\n", "2: found 1 cells, expected 5 (year, flow, value"),
    ],
)
def test_only_a_log_may_be_empty(project, description, row, problem):
    """A table whose rows are all wrong is not: that they are is all that is said."""
    header = project.read("data/trade.csv").partition("\n")[0]
    project.write("data/trade.csv", f"{header}\n{row}")
    described = project.read("data/trade.toml").partition("\n[[anchors]]")[0]
    project.write("data/trade.toml", description + described)

    found = told(project.load)
    assert found.startswith(f"data/trade.csv:{problem}" if problem else "")
    assert len(found.splitlines()) == len(problem.splitlines())


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        pytest.param('["year", "flow"]', "is empty (year 2021)", id="one of two"),
        pytest.param('["flow"]', "is empty", id="the only one"),
    ],
)
def test_a_key_has_no_empty_cell(project, key, problem):
    """A row is found by its key, so all of it must be there."""
    project.replace("data/trade.toml", '["year", "flow"]', key)
    project.replace("data/trade.toml", "required = true, enum", "enum")
    project.replace("data/trade.csv", "2021,export,", "2021,,")

    assert (
        told(project.load).split("\n")[0]
        == f"data/trade.csv:2: the cell of the key column flow {problem}"
    )


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        pytest.param("b,a", "", id="to a row above or below"),
        pytest.param(",", "", id="empty"),
        pytest.param(
            "c,",
            'data/tree.csv:2: parent: "c" is not in the column id of data/tree.csv\n   '
            " hint: there are: a, b",
            id="to no row",
        ),
    ],
)
def test_a_table_may_refer_to_itself(tmp_path, cells, problem):
    """A foreign key may name the table itself; an empty cell refers to nothing."""
    key = (
        '[[schema.foreignKeys]]\nfields = ["parent"]\nreference = { resource = "tree",'
        ' fields = ["id"] }\n'
    )
    (tmp_path / "data").mkdir()
    tree = described(["id"], ("id", "string", ""), ("parent", "string", ""), end=key)
    (tmp_path / "data/tree.toml").write_text(tree, "utf-8")
    first, second = cells.split(",")
    (tmp_path / "data/tree.csv").write_text(
        f"id,parent\na,{first}\nb,{second}\n", "utf-8"
    )

    assert told(load_tables, tmp_path / "data", tmp_path) == problem


@pytest.mark.parametrize(
    ("value", "refused"), [("240120", False), ("240100", False), ("240121", True)]
)
def test_a_value_may_differ_from_its_print_by_the_tolerance(project, value, refused):
    """An anchor refuses what is further off than it says."""
    project.replace("data/trade.toml", 'value = "240110"', f'value = "{value}"')

    assert (f"found 240110, expected {value} ± 10" in told(project.load)) == refused


RANGE = "minimum = 1000, maximum = 300000"
GROWING = "jump = 0.5\nconstraints = { required = true, minimum = 1000 }"


@pytest.mark.parametrize(
    ("limits", "refused"),
    [
        (RANGE, False),
        ("minimum = 68, maximum = 240109999", False),
        ("minimum = 67.5651, maximum = 300000", True),
        ("minimum = 67.5652, maximum = 300000", False),
        ("minimum = 1000, maximum = 240110000", True),
        ("minimum = 0, maximum = 300000", False),
    ],
)
def test_a_range_is_tight_enough_to_notice_a_slip_of_thousand(project, limits, refused):
    """A column whose values, all a thousand times larger or smaller, would still be in
    range has no range.
    """
    project.replace("data/trade.toml", RANGE, limits)

    assert (
        "values off by a factor of 1,000 would pass" in told(project.load)
    ) == refused


@pytest.mark.parametrize(
    ("value", "refused"),
    [("240110", False), ("3000000", False), ("240110000", True), ("1001", True)],
)
def test_a_value_that_grows_is_held_to_the_one_before_it(project, value, refused):
    """Without a maximum, a slip of a thousand is a leap from the year before."""
    project.replace(
        "data/trade.toml", f"constraints = {{ required = true, {RANGE} }}", GROWING
    )
    project.replace("data/trade.csv", "2023,total,240110,", f"2023,total,{value},")
    project.replace("data/trade.toml", 'tolerance = "10"', 'tolerance = "500000000"')

    assert ("expected no such leap: a slip of 1,000?" in told(project.load)) == refused


@pytest.mark.parametrize(
    ("value", "refused"), [("700", False), ("1", False), ("700.1", True)]
)
def test_a_value_in_percent_is_held_to_the_one_before_it_in_points(
    tmp_path, value, refused
):
    """From 1 to 100 percent is no slip, as it would be of an amount; 30
    jumps are one.
    """
    (tmp_path / "data").mkdir()
    rules = 'unit = "percent"\njump = 20\nconstraints = { minimum = -100 }'
    toml = described(
        ["year"],
        ("year", "year", "constraints = { minimum = 1992 }"),
        ("growth", "number", rules),
    )
    (tmp_path / "data/rates.toml").write_text(toml, "utf-8")
    (tmp_path / "data/rates.csv").write_text(
        f"year,growth\n2022,100\n2023,{value}\n", "utf-8"
    )

    assert (
        "expected no such leap: a slip of 1,000?"
        in told(load_tables, tmp_path / "data", tmp_path)
    ) == refused


def test_the_newest_time_is_known(project):
    """Where no time is in the key it is that of the first dates."""
    data = project.load()

    assert (data["trade"].newest, data["sources"].newest) == ("2023", "2024-03-07")


def dated(tmp_path, kind, times, refresh=""):
    """Return a table with a time of some kind in its key, and rows of these times."""
    (tmp_path / "data").mkdir(parents=True)
    toml = described(
        ["time"],
        ("time", kind, ""),
        refresh=f'[refresh]\nhow = "By hand."\n{refresh}\n',
    )
    (tmp_path / "data/dated.toml").write_text(toml, "utf-8")
    (tmp_path / "data/dated.csv").write_text("\n".join(("time", *times, "")), "utf-8")
    return load_tables(tmp_path / "data", tmp_path)["dated"]


MONTHLY = "due = { months = 1, day = 9, without = [1] }"


@pytest.mark.parametrize(
    ("kind", "times", "refresh", "day"),
    [
        pytest.param(
            "yearmonth", ["2023-11"], MONTHLY, "2024-01-09", id="the month after"
        ),
        pytest.param(
            "yearmonth",
            ["2023-12", "2023-10"],
            MONTHLY,
            "2024-03-09",
            id="no figure of January alone",
        ),
        pytest.param(
            "yearmonth",
            ["2024-02"],
            MONTHLY,
            "2024-04-09",
            id="after January and February",
        ),
        pytest.param(
            "yearmonth",
            ["2023-12"],
            "due = { months = 2, day = 28 }",
            "2024-03-28",
            id="two months later",
        ),
        pytest.param(
            "quarter",
            ["2024-Q4", "2024-Q3"],
            "due = { months = 1, day = 20 }",
            "2025-04-20",
            id="quarters",
        ),
        pytest.param(
            "year",
            ["2022", "2023"],
            "due = { months = 1, day = 14 }",
            "2025-01-14",
            id="the year after",
        ),
        pytest.param(
            "year",
            ["2023"],
            "due = { months = 14, day = 1 }",
            "2026-02-01",
            id="more than a year later",
        ),
        pytest.param("year", ["2023"], "", "", id="no calendar"),
    ],
)
def test_the_next_figures_are_due_when_the_calendar_says(
    tmp_path, kind, times, refresh, day
):
    """They are those of the period after the newest row, some months after its end."""
    assert dated(tmp_path, kind, times, refresh).due == day


@pytest.mark.parametrize(
    ("kind", "refresh", "message"),
    [
        (
            "string",
            "due = { months = 1, day = 9 }",
            (
                "found due, expected it of a table whose primary key holds a year, a"
                " quarter or a month"
            ),
        ),
        (
            "yearmonth",
            'december_of = "months"',
            "found december_of, expected it of a table whose primary key holds a year",
        ),
        (
            "year",
            "due = { months = 1, day = 30 }",
            (
                "found months = 1, day = 30, expected 1 to 1200 months, and a day from 1"
                " to 28"
            ),
        ),
        (
            "year",
            "due = { months = 0, day = 9 }",
            (
                "found months = 0, day = 9, expected 1 to 1200 months, and a day from 1"
                " to 28"
            ),
        ),
        (
            "year",
            "due = { months = 100000, day = 14 }",
            (
                "found months = 100000, day = 14, expected 1 to 1200 months, and a day"
                " from 1 to 28"
            ),
        ),
        (
            "year",
            MONTHLY,
            (
                "found without = [1], expected some months from 1 to 12, of a table of"
                " months"
            ),
        ),
        (
            "yearmonth",
            (
                "due = { months = 1, day = 9, without = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10,"
                " 11, 12] }"
            ),
            (
                f"found without = {list(range(1, 13))}, expected some months from 1 to"
                " 12, of a table of months"
            ),
        ),
    ],
)
def test_a_calendar_that_names_no_day_is_refused(tmp_path, kind, refresh, message):
    """At its line in the description."""
    with pytest.raises(BuildError) as caught:
        dated(tmp_path, kind, ["2023"], refresh)

    assert ("data/dated.toml", 7, message) in [
        (problem.path, problem.line, problem.message)
        for problem in caught.value.problems
    ]


def test_a_table_spans_from_its_oldest_row_to_its_newest(project, tmp_path):
    """In whatever order they stand; a table without times in its key spans the first of
    its columns of dates.
    """
    assert dated(
        tmp_path / "1", "yearmonth", ["2023-11", "2021-02", "2022-12"]
    ).span == ("2021-02", "2023-11")
    assert dated(tmp_path / "2", "quarter", ["2024-Q1", "1999-Q4", "2023-Q4"]).span == (
        "1999-Q4",
        "2024-Q1",
    )
    assert dated(tmp_path / "3", "date", ["2024-08-10", "2024-08-09"]).span == (
        "2024-08-09",
        "2024-08-10",
    )
    assert {name: table.span for name, table in project.load().items()} == {
        "sources": ("2022-01-14", "2024-03-07"),
        "trade": ("2021", "2023"),
    }
