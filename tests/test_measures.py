"""Arithmetic on trade: every figure exact, with the rows and the width that it earned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from press.quantity import Quantity
from story import measures

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
        energy_values=(
            "year,product,supplier",
            "year,product,supplier,value_usd_million,precision_usd_million",
            "2023,crude oil,Russia,60000,100",
            "2022,crude oil,Russia,58000,100",
            "2022,crude oil,Angola,20000,100",
            "2021,crude oil,Russia,40000,100",
        ),
        energy_volumes=(
            "year,product,supplier",
            "year,product,supplier,volume_million_tonnes,precision_million_tonnes",
            "2023,crude oil,Russia,100,0.1",
            "2022,crude oil,Russia,80,0.1",
        ),
    )


def value(item):
    return None if item is None else (item.value, item.precision, item.unit, {row.line for row in item.rows})


@pytest.mark.parametrize(
    ("year", "flow", "expected"),
    [
        (2023, "total", (Decimal("240.110"), Decimal("0.010"), "USD billion", {2})),
        (2022, "export", (Decimal("76.122"), Decimal("0.001"), "USD billion", {4})),
        (2021, "total", None),
        (2023, "export", None),
    ],
)
def test_a_year_s_trade_is_the_table_s_in_billions(data, year, flow, expected):
    """A printed million is a thousandth of a billion, exactly; what is not in the table is not there."""
    assert value(measures.total(data, year, flow)) == expected


def test_running_totals_are_in_the_order_of_time(data):
    """Months come one after another, whatever the order of the file, and each flow by itself."""
    assert list(measures.totals_to_month(data)) == ["2022-02", "2022-12", "2023-02", "2023-11"]
    assert list(measures.totals_to_month(data, "export")) == ["2023-02"]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        pytest.param("2023-02", (Decimal("197.525"), Decimal("0.003")), id="year before, less its months, plus this"),
        pytest.param("2022-12", (Decimal("190.271"), Decimal("0.001")), id="a calendar year"),
        pytest.param("2023-11", None, id="no total a year earlier"),
        pytest.param("2022-02", None, id="no year before"),
        pytest.param("2023-03", None, id="no total"),
        pytest.param("2023-12", None, id="no December"),
    ],
)
def test_twelve_months_are_two_years_parts(data, month, expected):
    """Twelve months to a month are known where all three of their parts are, and as exactly as all three."""
    item = measures.twelve_months_to(data, month)

    assert (item and (item.value, item.precision)) == expected


def test_twelve_months_rest_on_all_their_rows(data):
    """The figure's rows are those of the year and of both parts."""
    rows = measures.twelve_months_to(data, "2023-02").rows

    assert sorted(row.source_ids for row in rows) == [("b",), ("d",), ("e",)]


def test_goals_come_in_the_order_in_which_they_were_named(data):
    """Each goal has both ends, its deadline if it had one, and the first year that reached its lower end."""
    found = [
        (item.name, item.low.value, item.high.value, item.said_on, item.deadline, item.reached)
        for item in measures.promises(data)
    ]

    assert found == [
        ("200bn-by-2024", 200, 200, date(2019, 6, 5), 2024, 2023),
        ("far", 300, 300, date(2019, 6, 5), 2030, None),
        ("range", 220, 250, date(2024, 5, 16), None, 2023),
    ]


def test_a_goal_is_found_by_its_id(data):
    """The amount of a goal is exact, of a range its lower end, and rests on its row."""
    item = measures.target(data, "range")

    assert value(item) == (Decimal(220), Decimal(0), "USD billion", {2})


@pytest.mark.parametrize(
    ("amount", "year"), [("190.2705", 2022), ("190.2706", 2023), ("240.105", 2023), ("240.106", None)]
)
def test_an_amount_is_reached_when_rounding_cannot_undo_it(data, amount, year):
    """A year counts only where even the lower end of what its figure may be has come to the amount."""
    assert measures.reached(data, Quantity(Decimal(amount), Decimal(0), "USD billion", frozenset())) == year


def test_chapters_are_those_of_a_year_and_a_direction_largest_first(data):
    """Chapters of other years and directions are left out."""
    assert {name: item.value for name, item in measures.chapters(data, 2023, "import").items()} == {"27": 90, "44": 3}
    assert list(measures.chapters(data, 2023, "import")) == ["27", "44"]


def test_energy_is_by_supplier_and_year(data):
    """Imports of a product from one supplier, in order of years."""
    assert [(year, item.value) for year, item in measures.energy(data, "crude oil").items()] == [
        (2021, 40),
        (2022, 58),
        (2023, 60),
    ]
    assert list(measures.energy(data, "crude oil", "Angola")) == [2022]


def test_a_price_is_value_over_weight_where_both_are_known(data):
    """Dollars per tonne: billions of dollars over millions of tonnes, times a thousand."""
    prices = measures.price_per_tonne(data, "crude oil")

    assert {year: (item.value, item.unit) for year, item in prices.items()} == {
        2022: (Decimal(725), "USD per tonne"),
        2023: (Decimal(600), "USD per tonne"),
    }


def test_an_index_is_100_in_its_base_year(data):
    """Every figure stands in the same ratio to the base year's as its index to 100."""
    index = measures.indexed(measures.energy(data, "crude oil"), 2021)

    assert {year: item.value for year, item in index.items()} == {2021: 100, 2022: 145, 2023: 150}
    assert {item.unit for item in index.values()} == {"index"}


def test_a_change_is_in_percent_of_the_earlier_figure(data):
    """From 40 to 60 billion is 50 percent more, and from 60 to 40 a third less."""
    oil = measures.energy(data, "crude oil")

    assert measures.change(oil[2021], oil[2023]).value == 50
    assert round(measures.change(oil[2023], oil[2021]).value, 6) == Decimal("-33.333333")
    assert measures.change(oil[2021], oil[2023]).unit == "percent"
