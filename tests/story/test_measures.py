"""Arithmetic on trade: every figure exact, with the rows and the width
that it earned.
"""

from datetime import date
from decimal import Decimal

import pytest

from press.data import Data
from press.ground.period import Period
from press.quantity import Quantity
from story import conversions, goals, measures, reports, statements

FLOWS = "year,flow,value_usd_million,precision_usd_million,source_ids"


@pytest.fixture
def data(tables):
    """Return tables with two years of trade, and a goal that the second reached."""
    return tables(
        trade_annual=(
            "year,flow",
            FLOWS,
            "2023,total,240110,10,[a]",
            "2022,total,190271,1,[b]",
            "2022,export,76122,1,[b]",
        ),
        trade_to_month=(
            "month,flow",
            FLOWS.replace("year", "month"),
            "2023-11,total,218176,1,[c]",
            "2023-02,total,33685,1,[d]",
            "2022-02,total,26431,1,[e]",
            "2023-02,export,15000,100,[d]",
            "2022-12,total,190271,1,[b]",
        ),
        targets=(
            "id",
            "id,amount_low_usd_million,amount_high_usd_million,said_on,deadline",
            "range,220000,250000,2024-05-16,",
            "200bn-by-2024,200000,200000,2019-06-05,2024",
            "far,300000,300000,2019-06-05,2030",
        ),
        hs_chapters=(
            "year,flow,chapter",
            "year,flow,chapter,value_usd_million,precision_usd_million",
            "2023,import,44,3000,1",
            "2023,import,27,90000,1",
            "2023,export,87,20000,1",
        ),
    )


def test_goals_come_in_the_order_in_which_they_were_named(data):
    """Each goal has both ends, its deadline if it had one, and the first year that
    reached its lower end.
    """
    found = [
        (
            item.name,
            item.low.value,
            item.high.value,
            item.said_on,
            item.deadline,
            item.reached,
        )
        for item in goals.list_promises(data)
    ]

    assert found == [
        ("200bn-by-2024", 200, 200, date(2019, 6, 5), 2024, 2023),
        ("far", 300, 300, date(2019, 6, 5), 2030, None),
        ("range", 220, 250, date(2024, 5, 16), None, 2023),
    ]


@pytest.mark.parametrize(
    ("amount", "year"),
    [("190270.5", 2022), ("190270.6", 2023), ("240105", 2023), ("240106", None)],
)
def test_an_amount_is_reached_when_rounding_cannot_undo_it(data, tables, amount, year):
    """A year counts only where even the lower end of what its figure may be has come to
    the amount.
    """
    columns = "id,amount_low_usd_million,amount_high_usd_million,said_on,deadline"
    found = tables(targets=("id", columns, f"goal,{amount},{amount},2019-06-05,"))

    assert [goal.reached for goal in goals.list_promises(Data({**data, **found}))] == [
        year
    ]


def test_chapters_are_those_of_a_year_and_a_direction_largest_first(data):
    """Chapters of other years and directions are left out."""
    found = measures.sort_chapters_by_size(data, 2023, "import")

    assert [(name, item.value) for name, item in found.items()] == [
        ("27", 90),
        ("44", 3),
    ]


def exactly(value, width="0", unit="USD billion"):
    return Quantity(Decimal(value), Decimal(width), unit, frozenset())


MONTHLY = "month,flow,value_usd_million,precision_usd_million,growth_percent,growth_precision_points"


def test_there_is_no_share_of_a_rise_where_the_flows_went_opposite_ways(tables):
    """Imports fell by 5 of a rise of 1: that is no share."""
    amounts = {"2021,total": 39, "2021,import": 35, "2022,total": 40, "2022,import": 30}
    year = [f"{key},{amount}000,0,[a]" for key, amount in amounts.items()]
    data = tables(
        trade_annual=("year,flow", FLOWS, *year),
        trade_to_month=(
            "month,flow",
            MONTHLY,
            "2022-12,total,40000,0,0,1",
            "2022-12,import,30000,0,,",
        ),
    )

    assert measures.share_of_change.figure(data, 2022, "import") is None


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        ((30, 0), (40, 0), 75),
        ((-30, 0), (-40, 0), 75),
        ((40, 0), (40, 0), 100),
        ((0, 0), (40, 0), 0),
        ((41, 0), (40, 0), None),
        ((-1, 0), (40, 0), None),
        ((1, 0), (2, 4), None),
        ((1, 0), (-2, 4), None),
    ],
)
def test_a_share_of_a_change_lies_between_nothing_and_all(part, whole, expected):
    """A part beyond its whole, against it, or of a change that may be none has no
    share.
    """
    item = measures.compute_share_of_change(exactly(*part), exactly(*whole))

    assert (item and item.value) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("2022-10,190000,0", "2022-11,200000,0"),
            "2022-11",
            id="reached to the dollar",
        ),
        pytest.param(
            ("2022-10,190000,0", "2022-12,210000,0"),
            None,
            id="the month before is missing",
        ),
        pytest.param(
            ("2022-11,210000,0", "2022-12,220000,0"),
            None,
            id="the first known month is above it",
        ),
        pytest.param(
            ("2022-10,199900,400", "2022-11,210000,0"),
            None,
            id="the month before may have been above it",
        ),
        pytest.param(
            ("2022-10,199900,200", "2022-11,210000,0"),
            None,
            id="the month before may have come to it",
        ),
        pytest.param(
            ("2022-10,190000,0", "2022-11,200100,400", "2022-12,210000,0"),
            None,
            id="it may be then",
        ),
        pytest.param(("2021-10,190000,0", "2021-11,210000,0"), None, id="another year"),
    ],
)
def test_a_month_came_to_an_amount_when_the_one_before_had_not(tables, lines, expected):
    """The month is known where its total is surely at the amount and the one before it
    surely below.
    """
    data = tables(
        trade_annual=("year,flow", FLOWS, "2022,total,220000,0,[a]"),
        trade_to_month=(
            "month,flow",
            "month,flow,value_usd_million,precision_usd_million",
            *(line.replace(",", ",total,", 1) for line in lines),
        ),
    )
    item = goals.find_month_reaching(data, exactly(200))

    assert (item and str(Period(int(item.value), int(item.value)))) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("2023-02,39000", "2023-03,62000"),
            3 - 24,
            id="the month before was below it",
        ),
        pytest.param(("2023-03,62000",), None, id="the month before is missing"),
        pytest.param(
            ("2023-02,43000", "2023-03,62000"),
            2 - 24,
            id="reached to the dollar, January is known",
        ),
        pytest.param(("2023-02,39000", "2023-03,59000"), None, id="none came to it"),
    ],
)
def test_twelve_months_came_to_a_goal_when_those_before_had_not(
    tables, lines, expected
):
    """The months count from the end of the goal's year; unknown where those to the
    month before may have come to it.
    """
    before = (
        "2022-01,10000",
        "2022-02,30000",
        "2022-03,50000",
        "2022-12,190000",
        "2023-01,15000",
    )
    data = tables(
        trade_annual=("year,flow", FLOWS, "2022,total,190000,0,[a]"),
        trade_to_month=(
            "month,flow",
            "month,flow,value_usd_million,precision_usd_million",
            *(f"{line.replace(',', ',total,')},0" for line in (*before, *lines)),
        ),
    )
    goal = goals.Promise(
        "goal", exactly(200), exactly(200), date(2019, 6, 5), 2024, None
    )
    item = goals.compute_rolling_delay(data, goal)

    assert (item and int(item.value)) == expected


def test_years_are_put_into_dollars_of_one_where_their_prices_are_known(tables):
    """A year without prices has no figure in other dollars; prices with a month missing
    do, and are told apart.
    """
    data = tables(
        trade_annual=(
            "year,flow",
            FLOWS,
            *(f"{year},total,100000,0,[a]" for year in (2021, 2022, 2023, 2024)),
        ),
        us_cpi=(
            "year",
            "year,index_1982_84_100,months_averaged",
            "2022,200.000,12",
            "2023,250.000,12",
            "2024,400.000,11",
        ),
    )
    found = conversions.convert_totals_to_dollars_of(data, 2023)

    assert {year: item.value for year, item in found.items()} == {
        2022: 125,
        2023: 100,
        2024: Decimal("62.5"),
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("100000,100000,1000",), (100, 100), id="one"),
        pytest.param(
            ("100000,100000,1000", "103000,104000,100"),
            (100, 104),
            id="lowest and highest",
        ),
        pytest.param(
            ("100000,100000,1000", "90000,90000,10000"),
            (100, 100),
            id="a round one is left out",
        ),
        pytest.param(("90000,90000,10000",), None, id="round ones alone"),
    ],
)
def test_russia_s_figure_has_the_ends_that_were_stated(tables, lines, expected):
    """Several statements of one year stand side by side, none preferred, but for those
    rounded to tens of billions.
    """
    ends = "value_low_usd_million,value_high_usd_million,precision_usd_million"
    rows = [f"2023,total,Russia,{number},{line}" for number, line in enumerate(lines)]
    data = tables(
        mirror_statistics=(
            "year,flow,reporter,statement",
            f"year,flow,reporter,statement,{ends}",
            "2023,total,China,1,240000,240000,1",
            "2023,export,Russia,1,50000,50000,1",
            *rows,
        )
    )
    item = reports.reported_by_russia.figure(data, 2023, "total")

    assert (item and item.low_and_high) == expected


def test_round_statements_of_russia_s_figure_are_there_on_request(tables):
    """Asked for, a figure rounded to tens of billions is an end as any other, and one
    of the gap to China's.
    """
    columns = "year,flow,reporter,statement,value_low_usd_million,value_high_usd_million,precision_usd_million"
    data = tables(
        trade_annual=("year,flow", FLOWS, "2023,total,240000,10,[a]"),
        mirror_statistics=(
            "year,flow,reporter,statement",
            columns,
            "2023,total,Russia,1,240000,240000,1000",
            "2023,total,Russia,2,200000,200000,10000",
        ),
    )

    assert reports.get_trade_reported_by_russia(
        data, 2023, "total", rounded=True
    ).low_and_high == (200, 240)
    assert reports.compute_gap_of_reports(
        data, 2023, "total", rounded=True
    ).low_and_high == (0, 20)
    assert reports.gap_between_customs.figure(data, 2023, "total").low_and_high == (
        0,
        0,
    )


def test_shares_of_a_partner_come_by_the_ends_of_their_periods(tables):
    """Of the stated shares those of one partner in all trade count, in order of the
    last day that each is of.
    """
    key = "period_start,period_end,partner,flow"
    head, said = (
        f"{key},share_percent,share_precision_points",
        ("10-31,EU,total,16", "05-31,EU,total,18"),
    )
    others = ("12-31,EU,export,9", "12-31,China,total,34")
    rows = [f"2023-01-01,2023-{line},1" for line in (*said, *others)]
    found = statements.list_partner_shares(
        tables(russia_partner_shares=(key, head, *rows)), "EU"
    )

    assert [int(share.value) for _, share in found] == [18, 16]
