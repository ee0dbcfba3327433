"""Claims: comparators over facts, on intervals."""

from decimal import Decimal
from typing import Literal

import pytest

from press.binding.claims import evaluate_true_or_false_claim
from press.binding.comparators import COMPARATORS
from press.binding.facts import FactError, FactFunctions, Facts
from press.data.tables import Row
from press.ground.period import Month, Period
from press.quantity import Quantity
from tests.cases import load_cases
from tests.engine.intake.tables import described

CASES = load_cases(__file__)

YEARS = {
    2018: "107.06",
    2019: "110.75",
    2020: "107.76",
    2021: "146.88",
    2022: "190.27",
    2023: "240.11",
    2024: "244.81",
}
MONTHS = {"2023-09": "176.36", "2023-10": "196.48", "2023-11": "218.18"}
BOUNDS = {2016: ("0", "100"), 2017: ("0", "111")}


@pytest.fixture
def facts(describe, tmp_path, tables):  # noqa: C901 - one function beside the other, as in a story
    """Facts on a table of the years 2016 to 2024, of which the first two have only
    bounds.
    """
    limits = "constraints = { required = true, minimum = 1990, maximum = 2030 }"
    description = describe(described(["year"], ("year", "year", limits)), "trade")
    years = [
        Row(description, "data/trade.csv", line, {"year": year})
        for line, year in enumerate(range(2016, 2025), 2)
    ]
    data = tables(trade=("year", "year", "2016"))
    object.__setattr__(data["trade"], "rows", tuple(years))
    object.__setattr__(data["trade"], "description", description)

    def figure(value, period, precision="0.01", unit="USD billion"):
        return Quantity(
            Decimal(value),
            Decimal(precision),
            unit,
            frozenset(years),
            "money",
            period=period,
        )

    def total(_data, year: int):
        return figure(YEARS[year], Period.parse(str(year))) if year in YEARS else None

    def rounded(_data, year: int):
        return (
            figure(round(Decimal(YEARS[year])), Period.parse(str(year)), "1")
            if year in YEARS
            else None
        )

    def to_month(_data, month: Month):
        return (
            figure(MONTHS[month], Period.from_january_to_month(month))
            if month in MONTHS
            else None
        )

    def limit(_data, amount: int):
        return Quantity(
            Decimal(amount), Decimal(0), "USD billion", frozenset(years), "constant"
        )

    def tonnes(_data, year: int):
        return figure("100", Period.parse(str(year)), unit="million tonnes")

    def growth(_data, year: int):
        return figure(
            "-6.9" if year == 2021 else "26", None, unit="percent"
        ).with_meaning("change", signed=True)

    def rank(_data, year: int):
        return figure("6", Period.parse(str(year)), "0", "").with_meaning("rank")

    def near(_data, year: int):
        return figure("240.115", Period.parse(str(year)))

    def fall(_data, percent: int):
        return figure(f"-{percent}", Period.parse("2023"))

    def part(_data, year: int):
        return figure("95.13" if year == 2022 else "130", Period.parse(str(year)))

    def side(_data, year: int, country: Literal["A", "B"]):
        return (
            figure({"A": 5, "B": 7}[country], None)
            if year > 2020 or country == "A"
            else None
        )

    def bound(_data, name, year, *_more):
        if name != "total" or int(year) not in BOUNDS:
            return None
        low, high = map(Decimal, BOUNDS[int(year)])
        return figure((low + high) / 2, None, str(high - low))

    functions = {
        "total": total,
        "rounded": rounded,
        "near": near,
        "fall": fall,
        "to_month": to_month,
    }
    functions |= {"growth": growth, "rank": rank} | {
        "limit": limit,
        "tonnes": tonnes,
        "part": part,
        "side": side,
    }
    return Facts(data, FactFunctions(tmp_path, functions, bound))


@pytest.mark.parametrize("written", CASES["holds"])
def test_a_claim_that_the_intervals_decide_is_true(facts, written):
    """A comparison holds where it holds wherever in their intervals the figures lie."""
    assert evaluate_true_or_false_claim(facts, *written.split("/")).fault == ""


@pytest.mark.parametrize(("written", "message"), CASES["false"].items())
def test_a_claim_that_the_intervals_do_not_decide_is_false(facts, written, message):
    """What is wrong, and what rounding leaves open, is false; the message names both
    figures.
    """
    assert message in evaluate_true_or_false_claim(facts, *written.split("/")).fault


@pytest.mark.parametrize(("written", "message"), CASES["refused"].items())
def test_what_cannot_be_compared_is_refused(facts, written, message):
    """Unknown comparators and facts, too few facts, two units, a gap that nothing
    bounds: each has its message.
    """
    with pytest.raises(FactError) as refused:
        evaluate_true_or_false_claim(facts, *written.split("/"))

    assert message in refused.value.message


def test_a_hint_says_what_to_write_instead(facts):
    """Where the comparison itself is wrong."""
    hints = {}
    for written in ("longer/total.2023/total.2022", "every/less/total.2019/total.2020"):
        with pytest.raises(FactError) as refused:
            evaluate_true_or_false_claim(facts, *written.split("/"))
        hints[written.split("/")[0]] = refused.value.hint

    assert hints == {
        "longer": f"there are: {', '.join({each.name: 0 for each in COMPARATORS})}",
        "every": "compare the two with each other",
    }


def test_a_superlative_states_its_window_unless_it_is_the_whole_table(facts):
    """The window that a sentence must name is the stretch given, or none."""
    windows = [
        evaluate_true_or_false_claim(facts, *written.split("/")).window
        for written in ("highest/total.2024", "highest/total.2019/2018/2020")
    ]

    assert windows == [None, Period.between("2018", "2020")]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("lowest/total.2020/2018", ""),
        ("lowest/total.2020/2018/2020", "is not less than 2018"),
        ("highest/total.2022/2020", "is not more than 2023"),
        ("highest/total.2024/2016", ""),
    ],
)
def test_since_a_year_leaves_that_year_out(facts, written, fault):
    """Since 2018 the years after it are compared, from 2018 to 2020 these
    two as well.
    """
    found = evaluate_true_or_false_claim(facts, *written.split("/")).fault

    assert (fault in found) if fault else found == ""
