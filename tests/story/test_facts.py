"""The story's facts on its own tables: each figure as it was worked out by hand from
the CSV files.
"""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

from press.binding import FactFunctions, Facts, get_label_and_formula_template
from press.binding.facts import FactError
from press.data import Data
from press.ground.period import Period
from story import facts
from tests.story.conftest import import_this_story, read_cells

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = import_this_story(ROOT).facts
# Each with its value and width, to four decimals, unit, kind, period and subject,
# worked out from the cells alone.
with Path(__file__).with_name("facts.csv").open(encoding="utf-8", newline="") as file:
    CASES = [tuple(row.values()) for row in csv.DictReader(file)]
# Of what the story works out itself: before the first rows of tables; a goal without a
# deadline, a share with a hedge.
MISSING = [
    "deadline/250bn",
    "delay/250bn",
    "rolling_delay/250bn",
    "delays/200bn-by-2020+250bn",
    "forecast_growth/1996/putin-forecast-2023/2",
    "forecast_growth/2023/putin-forecast-2023/1",
    "gap_to_month/2023-10/putin-forecast-2023/2",  # a range
    # no growth of imports in yuan
    "growth_of_the_rest/2019/customs-crude-of-2025-2026/6+5",
    "urals_against_brent/2022-10",
    "stated_share_of_crude/2014/transneft-2024/1",
    "four_fuels/2014",
    "month_reached/20bn-by-2000",
    "reported_by_russia/2009",
    "settlement_share/2013-01/yuan_in_russian_exports",
    "settlement_share/2022-01/rouble_and_yuan_in_bilateral_settlement",  # "almost"
    "share_of_change/1997/import",
    "share_of_fuels_in_change/2015",
    "share_of_imports/2014/coal",
    "stated_growth/2023/putin-forecast-2023/1+2",  # the second is a range
    "stated_share_of_change/1996/export/customs-cars-of-2025-2026/5+3",
    "total_in_dollars_of/1995/2023",
    "total_in_dollars_of/2025/1995",
    "total_to_month/2016-11",
    "year_in_yuan/2021",
    "twelve_months_to/2017-11",
    "twelve_months_to/2021-09/import",
]


def of_month(asked, month):
    year, number = month.split("-")
    return asked, str(int(year) * 12 + int(number) - 1), "0", "", "month", month, ""


# What grows with the tables is counted in their cells.
CASES += [
    of_month(
        "last_month",
        max(
            row["month"]
            for row in read_cells("trade_to_month")
            if row["flow"] == "total"
        ),
    ),
    (
        "count_of_running_totals",
        str(len(read_cells("trade_to_month"))),
        "0",
        "",
        "count",
        "None",
        "",
    ),
    (
        "count_of_chapters/2023/export",
        str(
            sum(
                (row["year"], row["flow"]) == ("2023", "export")
                for row in read_cells("hs_chapters")
            )
        ),
        *("0", "", "count", "2023", "export"),
    ),
]


@pytest.fixture(scope="module")
def find(data):
    """Return a function that finds a fact as it is typed, arguments converted."""
    all_of_them = Facts(data, FactFunctions(ROOT, FUNCTIONS))
    return lambda asked: all_of_them.find_figure(*asked.split("/"))


def months(texts):
    return frozenset(
        Period.from_january_to_month(text) if len(text) > 4 else Period.parse(text)
        for text in texts.split()
    )


def rounded(number):
    return round(number, 4)


@pytest.mark.parametrize(
    ("asked", "value", "width", "about"), [(*case[:3], case[3:]) for case in CASES]
)
def test_a_fact_is_as_worked_out_by_hand(find, asked, value, width, about):
    """A fact has value, width, unit, kind, period and flow (as seen from China) as its
    rows give them by hand.
    """
    item = find(asked)

    assert (rounded(item.value), rounded(item.precision)) == (
        Decimal(value),
        Decimal(width),
    )
    assert (item.unit, item.kind, str(item.period), item.subject) == about


def test_every_fact_has_a_case():
    """No fact is without a figure worked out by hand."""
    assert {asked.split("/")[0] for asked, *_ in CASES} == FUNCTIONS.keys()


@pytest.mark.parametrize(
    ("asked", "low", "high"),
    [
        ("china_share_of_russia/2023", "33.0230", "33.8135"),
        ("china_share_of_russia/2023/export", "36.4553", "38.9232"),
        ("china_share_of_russia/2023/import", "30.3787", "30.5512"),
        ("delays/20bn-by-2000+100bn-by-2015+200bn-by-2020", "3", "4"),
        ("delays/200bn-by-2020+200bn-by-2024+20bn-by-2000", "-1", "4"),
        ("forecast_growth/2023/putin-forecast-2023/2", "15.6246", "20.8802"),
        ("forecast_growth/2023/putin-forecast-2023/2/Russia", "18.9189", "24.3243"),
        ("gap_between_customs/2023", "5.4039", "5.7753"),
        ("reported_by_russia/2023", "227", "227.8"),
        ("share_of_change/2022/import", "79.6307", "80.1255"),
        ("share_of_change/2023/export", "69.9211", "70.8588"),
        ("share_of_change/2025/export", "72.8790", "72.8790"),
        ("target/60-80bn-by-2010", "60", "80"),
        ("target/200bn-by-2024", "200", "200"),
    ],
)
def test_a_fact_with_two_bases_has_both_ends(find, asked, low, high):
    """Where two bases or two statements differ, the figure has an end for each; else
    its ends are one.
    """
    assert tuple(map(rounded, find(asked).low_and_high)) == (
        Decimal(low),
        Decimal(high),
    )


DIFFERENCES = {"change", "change_of_chapters", "stated_change", "surplus"}


def test_signed_facts_are_changes_balances_and_delays(find):
    """What can go both ways is signed and must be written with a direction, and nothing
    else is.
    """
    for asked, *_ in CASES:
        item = find(asked)
        difference = asked.split("/")[0] in DIFFERENCES
        assert item.signed == (difference or item.kind in {"change", "span"}), asked


@pytest.mark.parametrize(
    ("asked", "related"),
    [
        ("total_to_month/2023-11", ""),
        ("share_of_change/2022/import", "2021"),
        ("total_in_dollars_of/2024/2023", "2023"),
        ("month_reached/200bn-by-2024", "2023"),
        ("delays/20bn-by-2000+200bn-by-2020", "2000 2004 2020 2023"),
    ],
)
def test_a_fact_names_the_periods_that_belong_to_it(find, asked, related):
    """Beside its own period a sentence may name the year compared, the base, the years
    of a change.
    """
    assert find(asked).related == months(related)


def test_a_delay_belongs_to_its_deadline_and_its_day(find):
    """A delay is of the year in which trade came to the goal; deadline, year and month
    of the naming belong to it.
    """
    item = find("delay/200bn-by-2024")

    assert item.related == {Period.parse(text) for text in ("2024", "2018", "2018-09")}


@pytest.mark.parametrize(
    ("asked", "sign"),
    [
        ("total_to_month/2026-04", 1),
        # there is no total to June 2019, but customs printed the growth
        ("total_to_month/2020-06", -1),
        ("twelve_months_to/2023-03", 1),
        ("total_in_dollars_of/2024/2023", -1),
        ("four_fuels/2023", 1),
        ("other_fuels/2016/crude_oil", -1),
    ],
)
def test_a_level_knows_whether_it_rose(find, asked, sign):
    """A level that is written with a direction carries its change on the period before,
    where that is known.
    """
    since = find(asked).change

    assert (since.value.compare(0) if since else 0) == sign


@pytest.mark.parametrize("asked", MISSING)
def test_what_no_page_prints_is_not_there(find, asked):
    """A fact is ``None`` where the tables have no figure: nothing is filled in."""
    assert find(asked) is None


@pytest.mark.parametrize(
    "asked",
    [
        "four_fuels/2023",
        "price_per_tonne/2019/crude_oil",
        "surplus/2022/Russia",
        "total_in_dollars_of/2022/2023",
        "twelve_months_to/2023-03",
    ],
)
def test_no_row_is_filled_in(data, find, asked):
    """Without one of its rows a figure is not there: neither the rows beside it nor its
    other parts stand in for it.
    """
    for row in find(asked).rows:
        left = {
            name: replace(
                table, rows=tuple(other for other in table.rows if other is not row)
            )
            for name, table in data.items()
        }
        assert (
            Facts(Data(left), FactFunctions(ROOT, FUNCTIONS)).find_figure(
                *asked.split("/")
            )
            is None
        )


@pytest.mark.parametrize(
    ("asked", "unknown", "known"),
    [
        ("target/200bn", "200bn", "200bn-by-2020"),
        ("delays/200bn-by-2020+200bn", "200bn", "200bn-by-2020"),
        ("settlement_share/2023-01/yuan_in_trade", "yuan_in_trade", ""),
        ("stated_growth/2025/customs-crude-of-2025-2026/6+9", "9", ""),
    ],
)
def test_an_unknown_name_is_told_with_the_known_ones(find, asked, unknown, known):
    """A name that the tables do not hold is an author's slip, not a missing figure."""
    with pytest.raises(FactError, match=f'knows no "{unknown}"') as raised:
        find(asked)

    assert known in raised.value.hint


def test_a_figure_is_never_known_better_than_its_rows(find):
    """A figure that its source rounded keeps at least that width: exact are only goals,
    counts, ranks and dates.
    """
    exact = {"constant", "count", "rank", "year", "month", "span"}

    assert [
        asked
        for asked, *_ in CASES
        if (not find(asked).precision) != (find(asked).kind in exact)
    ] == []


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("twelve_months_to/2023-03", "trade_annual:1 trade_to_month:2"),
        ("twelve_months_to/2025-12/import", "trade_annual:1"),
        ("delay/200bn-by-2020", "targets:1 trade_annual:1"),
        ("delays/20bn-by-2000+100bn-by-2015+200bn-by-2020", "targets:3 trade_annual:3"),
        ("month_reached/200bn-by-2024", "targets:1 trade_to_month:2"),
        ("rolling_delay/200bn-by-2020", "targets:1 trade_annual:1 trade_to_month:4"),
        ("total_in_dollars_of/2024/2023", "trade_annual:1 us_cpi:2"),
        ("china_share_of_russia/2023", "russia_trade:2 trade_annual:1"),
        (
            "forecast_growth/2023/putin-forecast-2023/2",
            "statement_figures:1 statements:1 trade_annual:1",
        ),
    ],
)
def test_a_fact_rests_on_the_rows_that_it_used(find, asked, places):
    """The rows are those of every table that went into the figure, and no others."""
    used = [Path(row.path).stem for row in find(asked).rows]

    assert (
        " ".join(f"{name}:{used.count(name)}" for name in sorted(set(used))) == places
    )


@pytest.mark.parametrize("year", ["1992", "1993", "1994", "1995"])
def test_years_without_a_figure_are_bounded(data, year):
    """Of the years before 1996 no more is known than that trade was at most 8.5
    billion: half that, as wide as that.
    """
    item = facts.bound(data, "total", year)

    assert (item.least, item.most, item.unit) == (0, Decimal("8.5"), "USD billion")
    assert (item.kind, item.period, item.subject) == (
        "money",
        Period.parse(year),
        "total",
    )


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("total", ("1991",)),
        ("total", ("1993", "export")),
        ("growth", ("1993",)),
        ("total", ()),
        ("total", ("x",)),
    ],
)
def test_nothing_else_is_bounded(data, name, arguments):
    """A bound is of one series, one year and one flow."""
    assert facts.bound(data, name, *arguments) is None


def test_readers_are_told_of_every_fact(bound):
    """Each has a label and a formula, by its file, its declaration or its code, with
    places for its own arguments.
    """
    for name in FUNCTIONS:
        words, known = (
            get_label_and_formula_template(name, bound.texts.language, bound.facts),
            bound.facts.fact_functions.get_parameters_after_tables(name),
        )

        assert all(words), name
        assert {
            place for text in words for _, place, *_ in Formatter().parse(text) if place
        } <= {*known}, name
