"""The story's facts on its own tables: each figure as it was worked out by hand from the CSV files."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

from press.binding import FactCode, Facts, words_of
from press.binding.facts import FactError
from press.data import Data
from press.ground.period import Period
from story import facts
from tests.story.conftest import cells, this_story

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = this_story(ROOT).facts
TWO_YEARS = "2021-01 to 2023-12"
TO_NOVEMBER = "2023-01 to 2023-11"
HALF_YEAR = "2023-01 to 2023-06"
TO_APRIL = "2026-01 to 2026-04"
# Value and width, to four decimals, were worked out from the cells alone, without the engine.
CASES = [
    ("change/2021/2023/export", "43.486", "0.610", "USD billion", "money", TWO_YEARS, "export"),
    ("change/2024/2025", "-16.714", "0.002", "USD billion", "money", "2024-01 to 2025-12", "total"),
    ("change_of_chapters/2021/2023/export/84+87", "25.8606", "0.015", "USD billion", "money", TWO_YEARS, "export"),
    ("chapters/2023/export/84+87", "47.7405", "0.0068", "USD billion", "money", "2023", "export"),
    ("chapters/2023/import/27", "94.7622", "0.025", "USD billion", "money", "2023", "import"),
    ("chapters_in_trade/2023/import/27", "73.3794", "0.0250", "percent", "share", "2023", "import"),
    ("china_share_of_russia/2023", "33.4183", "0.0105", "percent", "share", "2023", "of-russia"),
    ("china_share_of_russia/2023/export", "37.6893", "0.0172", "percent", "share", "2023", "export"),
    ("constant/index-base", "100", "0", "", "constant", "None", ""),
    ("deadline/200bn-by-2024", "2024", "0", "", "year", "2024", ""),
    ("delay/200bn-by-2020", "3", "0", "years", "span", "2023", ""),
    ("delay/200bn-by-2024", "-1", "0", "years", "span", "2023", ""),
    ("energy/2023/crude_oil", "60.6792", "0.0001", "USD billion", "money", "2023", "import"),
    ("energy/2023/crude_oil/Saudi-Arabia", "53.8776", "0.0001", "USD billion", "money", "2023", ""),
    ("energy_growth/2023/crude_oil", "3.9428", "0.0003", "percent", "change", "2023", "import"),
    ("delays/20bn-by-2000+100bn-by-2015+200bn-by-2020", "3.5", "0", "years", "span", "None", ""),
    ("forecast_growth/2023/putin-forecast-2023/2", "18.2524", "0.0006", "percent", "change", "2023", "total"),
    ("four_fuels/2023", "81.937", "0.0004", "USD billion", "money", "2023", "import"),
    ("gap_between_customs/2018/export", "-8.1153", "0.0192", "percent", "change", "2018", "chinese-figure"),
    ("gap_between_customs/2023", "5.5896", "0.4704", "percent", "change", "2023", "chinese-figure"),
    (
        "gap_to_month/2023-10/davydov-ten-months-2023/1",
        *("5.6344", "0.5733", "percent", "change", "2023-01 to 2023-10", "chinese-figure"),
    ),
    ("growth_in_yuan/2025-12/import", "-3.4", "0.1", "percent", "change", "2025", "import"),
    (
        "growth_of_the_rest/2025/customs-crude-of-2025-2026/6+5",
        *("11.9335", "0.2461", "percent", "change", "2025", "import"),
    ),
    ("growth_to_month/2023-11", "26.5478", "0.0013", "percent", "change", TO_NOVEMBER, "total"),
    ("index_of_price/2022/2015/crude_oil", "166.5722", "0.0071", "index", "index", "2022", ""),
    ("index_of_tonnes/2024/2015/crude_oil", "255.6972", "0.2417", "index", "index", "2024", "import"),
    ("month_reached/200bn-by-2024", str(2023 * 12 + 10), "0", "", "month", "2023-11", ""),
    ("multiple_of_chapters/2021/2023/export/87", "5.1675", "0.0040", "times", "multiple", TWO_YEARS, "export"),
    ("oil_price/2026-03", "103.13", "0.01", "USD per barrel", "price", "2026-03", ""),
    ("oil_price/2022-12/Urals", "50.47", "0.01", "USD per barrel", "price", "2022-12", ""),
    ("other_fuels/2023/crude_oil", "21.2578", "0.0003", "USD billion", "money", "2023", "import"),
    ("pipeline_gas/2025", "38.8", "0.1", "billion cubic metres", "amount", "2025", "import"),
    ("pipeline_gas_growth/2024", "36.9116", "0.1042", "percent", "change", "2024", "import"),
    ("price_against_saudi/2023", "-9.5217", "0.8565", "percent", "change", "2023", ""),
    ("price_growth/2023/crude_oil", "-16.2163", "0.7843", "percent", "change", "2023", ""),
    ("price_growth_since/2022/2015/crude_oil", "66.5722", "0.0071", "percent", "change", "2022", ""),
    ("price_per_tonne/2019/crude_oil", "482.0084", "0.0075", "USD per tonne", "price", "2019", ""),
    ("published_growth/2019-08/export", "0", "1", "percent", "change", "2019-01 to 2019-08", "export"),
    ("published_growth/2023-11", "26.7", "0.1", "percent", "change", TO_NOVEMBER, "total"),
    ("rank_of_crude/2021", "2", "0", "", "rank", "2021", ""),
    ("reported_by_russia/2021/import", "68.6792", "0.0000", "USD billion", "money", "2021", "import"),
    ("reported_by_russia/2023", "227.4", "1", "USD billion", "money", "2023", "total"),
    ("russia_share_of_china/2023", "4.0446", "0.0002", "percent", "share", "2023", "of-china"),
    ("russia_share_of_china/2023/import", "5.0509", "0.0004", "percent", "share", "2023", "import"),
    ("russia_share_of_china_to_month/2023-11", "4.0368", "0.0002", "percent", "share", TO_NOVEMBER, "of-china"),
    ("rolling_delay/200bn-by-2020", "27", "0", "months", "span", "2023", ""),
    ("rolling_delay/200bn-by-2024", "-21", "0", "months", "span", "2023", ""),
    ("settlement_share/2023-01/yuan_in_bilateral_settlement", "75", "1", "percent", "share", HALF_YEAR, ""),
    ("share_of_change/2022/import", "79.8781", "1.3890", "percent", "share", "2022", "import"),
    ("share_of_change/2025/export", "72.8790", "0.0745", "percent", "share", "2025", "export"),
    ("share_of_crude/2024", "19.25", "0.01", "percent", "share", "2024", ""),
    ("share_of_fuels_in_change/2022", "76.8814", "1.3399", "percent", "share", "2022", "import"),
    ("share_of_imports/2023/four_fuels", "63.4482", "0.0052", "percent", "share", "2023", "import"),
    ("share_of_imports/2024/crude_oil", "48.3992", "0.0038", "percent", "share", "2024", "import"),
    (
        "stated_growth/2025/customs-crude-of-2025-2026/6+5",
        *("-19.7478", "0.0406", "percent", "change", "2025", ""),
    ),
    (
        "stated_share_of_change/2025/export/customs-cars-of-2025-2026/5+3",
        *("55.3321", "0.9530", "percent", "share", "2025", "export"),
    ),
    ("stated_share_of_crude/2023/transneft-2024/1", "37.3832", "9.6954", "percent", "share", "2023", "import"),
    ("surplus/2014/China", "12.08", "0.11", "USD billion", "money", "2014", ""),
    ("surplus/2022/Russia", "38.027", "0.002", "USD billion", "money", "2022", ""),
    ("target/200bn-by-2024", "200", "0", "USD billion", "constant", "None", ""),
    ("target/60-80bn-by-2010", "70", "0", "USD billion", "constant", "None", ""),
    ("target_in_yuan/2023/200bn-by-2024", "1407.6881", "8.3883", "CNY billion", "money", "2023", ""),
    ("tonnes/2023/crude_oil", "107", "1", "million tonnes", "amount", "2023", "import"),
    ("tonnes_growth/2023/crude_oil", "24.0608", "1.1609", "percent", "change", "2023", "import"),
    ("tonnes_growth_since/2024/2015/crude_oil", "155.6972", "0.2417", "percent", "change", "2024", "import"),
    ("total/2023", "240.11", "0.01", "USD billion", "money", "2023", "total"),
    ("total/2023/export", "110.97", "0.01", "USD billion", "money", "2023", "export"),
    ("total_in_dollars_of/2022/2025", "209.3127", "0.6520", "USD billion", "money", "2022", "total"),
    ("total_to_month/2023-11", "218.176", "0.001", "USD billion", "money", TO_NOVEMBER, "total"),
    ("total_to_month/2026-04/import", "47.41", "0.01", "USD billion", "money", TO_APRIL, "import"),
    ("trade_in_yuan/2026-03", "428.04", "0.01", "CNY billion", "money", "2026-01 to 2026-03", "total"),
    ("urals_against_brent/2022-12", "-37.6298", "0.0201", "percent", "change", "2022-12", ""),
    ("year_in_yuan/2024", "1740", "10", "CNY billion", "money", "2024", "total"),
    ("twelve_months_to/2023-03", "205.946", "0.012", "USD billion", "money", "2022-04 to 2023-03", "total"),
    ("twelve_months_to/2021-12/export", "67.484", "0.6", "USD billion", "money", "2021", "export"),
    ("twelve_months_to/2024-05/export", "109.823", "0.111", "USD billion", "money", "2023-06 to 2024-05", "export"),
    ("world_exports_to_month/2023-11", "3076.1", "0.1", "USD billion", "money", TO_NOVEMBER, ""),
    ("world_imports_to_month/2023-11", "2328.6", "0.1", "USD billion", "money", TO_NOVEMBER, ""),
    ("world_trade_to_month/2023-11", "5404.7", "0.2", "USD billion", "money", TO_NOVEMBER, "of-china"),
]
# Of what the story works out itself: before the first rows of tables; a goal without a deadline, a share with a hedge.
MISSING = [
    "deadline/250bn",
    "delay/250bn",
    "rolling_delay/250bn",
    "target_in_yuan/2021/200bn-by-2024",
    "delays/200bn-by-2020+250bn",
    "forecast_growth/1996/putin-forecast-2023/2",
    "forecast_growth/2023/putin-forecast-2023/1",
    "gap_to_month/2023-10/putin-forecast-2023/2",  # a range
    "growth_of_the_rest/2019/customs-crude-of-2025-2026/6+5",  # no growth of imports in yuan
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
    of_month("last_month", max(row["month"] for row in cells("trade_to_month") if row["flow"] == "total")),
    of_month("newest_page", max(row["published"][:7] for row in cells("sources") if "-" in row["published"])),
    ("count_of_goals", str(len(cells("targets"))), "0", "", "count", "None", ""),
    ("count_of_running_totals", str(len(cells("trade_to_month"))), "0", "", "count", "None", ""),
    (
        "count_of_chapters/2023/export",
        str(sum((row["year"], row["flow"]) == ("2023", "export") for row in cells("hs_chapters"))),
        *("0", "", "count", "2023", "export"),
    ),
]


@pytest.fixture(scope="module")
def find(data):
    """Return a function that finds a fact as it is typed, arguments converted."""
    all_of_them = Facts(data, FactCode(ROOT, FUNCTIONS))
    return lambda asked: all_of_them.find(*asked.split("/"))


def months(texts):
    return frozenset(Period.to_month(text) if len(text) > 4 else Period.parse(text) for text in texts.split())


def rounded(number):
    return round(number, 4)


@pytest.mark.parametrize(("asked", "value", "width", "about"), [(*case[:3], case[3:]) for case in CASES])
def test_a_fact_is_as_worked_out_by_hand(find, asked, value, width, about):
    """A fact has value, width, unit, kind, period and flow (as seen from China) as its rows give them by hand."""
    item = find(asked)

    assert (rounded(item.value), rounded(item.precision)) == (Decimal(value), Decimal(width))
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
    """Where two bases or two statements differ, the figure has an end for each; else its ends are one."""
    assert tuple(map(rounded, find(asked).ends)) == (Decimal(low), Decimal(high))


def test_signed_facts_are_changes_balances_and_delays(find):
    """What can go both ways is signed and must be written with a direction, and nothing else is."""
    for asked, *_ in CASES:
        item = find(asked)
        balance = asked.split("/")[0] in {"change", "change_of_chapters", "surplus"}
        assert item.signed == (balance or item.kind in {"change", "span"}), asked


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
    """Beside its own period a sentence may name the year compared, the base, the years of a change."""
    assert find(asked).related == months(related)


def test_a_delay_belongs_to_its_deadline_and_its_day(find):
    """A delay is of the year in which trade came to the goal; deadline, year and month of the naming belong to it."""
    item = find("delay/200bn-by-2024")

    assert item.related == {Period.parse(text) for text in ("2024", "2018", "2018-09")}


@pytest.mark.parametrize(
    ("asked", "sign"),
    [
        ("total_to_month/2026-04", 1),
        ("total_to_month/2020-06", -1),  # there is no total to June 2019, but customs printed the growth
        ("twelve_months_to/2023-03", 1),
        ("total_in_dollars_of/2024/2023", -1),
        ("four_fuels/2023", 1),
        ("other_fuels/2016/crude_oil", -1),
    ],
)
def test_a_level_knows_whether_it_rose(find, asked, sign):
    """A level that is written with a direction carries its change on the period before, where that is known."""
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
    """Without one of its rows a figure is not there: neither the rows beside it nor its other parts stand in for it."""
    for row in find(asked).rows:
        left = {
            name: replace(table, rows=tuple(other for other in table.rows if other is not row))
            for name, table in data.items()
        }
        assert Facts(Data(left), FactCode(ROOT, FUNCTIONS)).find(*asked.split("/")) is None


@pytest.mark.parametrize(
    ("asked", "unknown", "known"),
    [
        ("target/200bn", "200bn", "200bn-by-2020"),
        ("delays/200bn-by-2020+200bn", "200bn", "200bn-by-2020"),
        ("constant/base", "base", "index-base"),
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
    """A figure that its source rounded keeps at least that width: exact are only goals, counts, ranks and dates."""
    exact = {"constant", "count", "rank", "year", "month", "span"}

    assert [asked for asked, *_ in CASES if (not find(asked).precision) != (find(asked).kind in exact)] == []


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("twelve_months_to/2023-03", "trade_annual:1 trade_to_month:2"),
        ("twelve_months_to/2025-12/import", "trade_annual:1"),
        ("delay/200bn-by-2020", "targets:1 trade_annual:1"),
        ("delays/20bn-by-2000+100bn-by-2015+200bn-by-2020", "targets:3 trade_annual:3"),
        ("month_reached/200bn-by-2024", "targets:1 trade_to_month:2"),
        ("rolling_delay/200bn-by-2020", "targets:1 trade_annual:1 trade_to_month:4"),
        ("target_in_yuan/2023/200bn-by-2024", "targets:1 trade_annual:1 trade_to_month_yuan:1"),
        ("total_in_dollars_of/2024/2023", "trade_annual:1 us_cpi:2"),
        ("china_share_of_russia/2023", "russia_trade:2 trade_annual:1"),
        ("forecast_growth/2023/putin-forecast-2023/2", "statement_figures:1 statements:1 trade_annual:1"),
    ],
)
def test_a_fact_rests_on_the_rows_that_it_used(find, asked, places):
    """The rows are those of every table that went into the figure, and no others."""
    used = [Path(row.path).stem for row in find(asked).rows]

    assert " ".join(f"{name}:{used.count(name)}" for name in sorted(set(used))) == places


@pytest.mark.parametrize("year", ["1992", "1993", "1994", "1995"])
def test_years_without_a_figure_are_bounded(data, year):
    """Of the years before 1996 no more is known than that trade was at most 8.5 billion: half that, as wide as that."""
    item = facts.bound(data, "total", year)

    assert (item.least, item.most, item.unit) == (0, Decimal("8.5"), "USD billion")
    assert (item.kind, item.period, item.subject) == ("money", Period.parse(year), "total")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("total", ("1991",)), ("total", ("1993", "export")), ("growth", ("1993",)), ("total", ()), ("total", ("x",))],
)
def test_nothing_else_is_bounded(data, name, arguments):
    """A bound is of one series, one year and one flow."""
    assert facts.bound(data, name, *arguments) is None


def test_readers_are_told_of_every_fact(bound):
    """Each has a label and a formula, by its file, its declaration or its code, with places for its own arguments."""
    for name in FUNCTIONS:
        words, known = words_of(name, bound.texts.language, bound.facts), bound.facts.code.parameters(name)

        assert all(words), name
        assert {place for text in words for _, place, *_ in Formatter().parse(text) if place} <= {*known}, name
