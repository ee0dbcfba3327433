"""What authors may cite: ``[$218.2 billion](fact:total_to_month/2023-11)`` asks
``total_to_month`` for November 2023.

Figures that tables hold, and what follows from them, are declared in
``story.measures``; this file says what its own figures are of: their kind, period and
flow, which is seen from China. ``None`` means that no citable page has the figure.
Arguments are converted by their types. Where a fact has several times, the first is the
one along which its series goes.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from press.data import Data, Row
from press.facts import growth, rise, share
from press.facts import year as years
from press.ground.period import Month, Period
from press.quantity import Quantity, UnknownNameError, quantity_ranging_between
from story import measures
from story.measures import Promise

Flow = Literal["total", "export", "import"]
Direction = Literal["export", "import"]
_year = years.get_period_of_figure
# by a word of the statement's id
_STATED = {"crude": "crude oil", "cars": "vehicles and parts"}

__all__ = [
    "constant",
    "count_of_goals",
    "count_of_running_totals",
    "deadline",
    "delay",
    "delays",
    "forecast_growth",
    "gap_to_month",
    "gap_to_record",
    "growth_after",
    "growth_of_the_rest",
    "last_month",
    "month_reached",
    "rolling_delay",
    "settlement_share",
    "stated_growth",
    "stated_share_of_change",
    "stated_share_of_crude",
    "target",
    "target_in_yuan",
    "total_in_dollars_of",
]


# --- Trade
# --------------------------------------------------------------------------------------


def last_month(data: Data) -> Quantity | None:
    """The last month to which the table has a total from January."""
    last, item = list(measures.totals_to_month(data).items())[-1]
    return _month(
        Quantity(Decimal(Period.parse(last).first), measures.ZERO, "", item.rows),
        role="last month",
    )


def forecast_growth(
    data: Data,
    year: int,
    statement: str,
    figure: str,
    counted_by: Literal["China", "Russia"] = "China",
) -> Quantity | None:
    """The amount that somebody named for the year, compared with trade of the year
    before.
    """
    count = measures.total if counted_by == "China" else measures.reported_by_russia
    before = count.figure(data, year - 1)
    ends = measures.stated(data, statement, _figure(data, statement, figure))
    if before is None or ends[0].unit != "USD million":
        return None
    item = quantity_ranging_between(
        *(
            growth(
                before,
                end.convert_unit_dropping_meaning(measures.BILLION, measures.USD[2]),
            )
            for end in ends
        )
    )
    about = {
        "subject": "total",
        "role": "forecast",
        "count": f"{counted_by}’s",
        **years.get_period_and_related(year, year - 1),
    }
    return item.with_meaning("change", signed=True, **about)


def stated_share_of_change(
    data: Data, year: int, flow: Direction, statement: str, figures: str
) -> Quantity | None:
    """The share of goods in the change of a direction on the year before, their values
    stated for both years (``a+b``).

    The figures are named as chapters are: that of the year before first.
    """
    stated, whole = (
        _two_figures(data, statement, figures),
        measures.change.figure(data, year - 1, year, flow),
    )
    if stated is None or whole is None:
        return None
    item = measures.part_of_change(
        rise(*stated).convert_unit_dropping_meaning(measures.BILLION, measures.USD[2]),
        whole,
    )
    about = {
        "subject": flow,
        "goods": _stated_goods(statement),
        **years.get_period_and_related(year, year - 1),
    }
    return _said(item, "share", **about)


def stated_growth(
    data: Data, year: int, statement: str, figures: str
) -> Quantity | None:
    """Growth from one figure of a statement, of the year before, to another of the year
    (``a+b``).
    """
    pair = _two_figures(data, statement, figures)
    currency = "yuan" if pair and pair[0].base_unit == "CNY" else ""
    about = {
        "goods": _stated_goods(statement),
        "currency": currency,
        **years.get_period_and_related(year, year - 1),
    }
    return _said(pair and growth(*pair), "change", signed=True, **about)


def growth_of_the_rest(
    data: Data, year: int, statement: str, figures: str
) -> Quantity | None:
    """What growth in yuan the imports other than the stated goods must have had
    (``a+b``: before, then in the year).

    It follows from the printed growth of all imports, from the stated values and from
    the share that the goods had in imports the year before, in dollars.
    """
    pair, goods = _two_figures(data, statement, figures), _stated_goods(statement)
    part = measures.share_of_imports.figure(data, year - 1, goods.replace(" ", "_"))
    more = measures.growth_in_yuan.figure(data, f"{year}-12", "import")
    if pair is None or part is None or more is None:
        return None
    whole = Quantity(measures.HUNDRED, measures.ZERO, "percent", frozenset())
    left = (
        whole
        + more
        - (part / (pair[0] / pair[1])).convert_unit_dropping_meaning(
            measures.ONE, "percent"
        )
    )
    about = {
        "subject": "import",
        "goods": f"goods other than {goods}",
        "currency": "yuan",
        "measure": "value",
    }
    return growth(whole - part, left).with_meaning(
        "change", signed=True, **about, **years.get_period_and_related(year, year - 1)
    )


def stated_share_of_crude(
    data: Data, year: int, statement: str, figure: str
) -> Quantity | None:
    """A stated weight, such as what came by pipeline, in percent of the crude oil that
    China bought from Russia.
    """
    part, whole = (
        _single(data, statement, figure),
        measures.tonnes.figure(data, year, "crude_oil"),
    )
    about = {
        "subject": "import",
        "goods": measures.GOODS["crude_oil"],
        "measure": "weight",
    }
    return _said(
        part and whole and share(part, whole), "share", period=_year(year), **about
    )


def gap_to_month(
    data: Data, month: Month, statement: str, figure: str
) -> Quantity | None:
    """How much more trade from January to the month China reports than somebody stated
    for the same months.
    """
    theirs, mine = (
        _single(data, statement, figure),
        measures.total_to_month.figure(data, month),
    )
    item = (
        theirs
        and mine
        and growth(
            theirs.convert_unit_dropping_meaning(measures.BILLION, measures.USD[2]),
            mine,
        )
    )
    return _said(
        item,
        "change",
        signed=True,
        subject="chinese-figure",
        period=Period.to_month(month),
    )


def growth_after(
    data: Data, earlier: Month, until: Month, flow: Flow = "total"
) -> Quantity | None:
    """Trade in the months after one month and until another of its year, compared with
    the same months of the year before.

    Those follow from the growth that customs printed for both running totals.
    """
    if earlier[:4] != until[:4] or earlier >= until:
        return None
    now = _rise_within_year(data, earlier, until, flow, measures.total_to_month.figure)
    before = _rise_within_year(data, earlier, until, flow, measures.total_a_year_before)
    start = Period.parse(earlier).after()
    period = Period(start.first, Period.parse(until).last)
    return _said(
        before and now and growth(before, now),
        "change",
        signed=True,
        subject=flow,
        period=period,
        related=frozenset([period.shifted(-measures.MONTHS)]),
    )


def _rise_within_year(
    data: Data,
    earlier: str,
    until: str,
    flow: str,
    find_total: Callable[[Data, str, str], Quantity | None],
) -> Quantity | None:
    """Return by how much a total from January rises from one month to another."""
    first = find_total(data, earlier, flow)
    last = find_total(data, until, flow)
    return rise(first, last) if first and last else None


def gap_to_record(data: Data, month: Month) -> Quantity | None:
    """Trade in the twelve months to the month, compared with the highest calendar year
    until then.
    """
    item = measures.twelve_months_to.figure(data, month)
    years_before = {
        year: total
        for year, total in measures.total.series(data).items()
        if year < int(month[:4])
    }
    if item is None or not years_before:
        return None
    record = max(years_before, key=lambda year: years_before[year].value)
    return growth(years_before[record], item).with_meaning(
        "change",
        signed=True,
        subject="total",
        period=Period.parse(month),
        related=frozenset([_year(record)]),
    )


def total_in_dollars_of(
    data: Data, year: int, dollars: int, flow: Flow = "total"
) -> Quantity | None:
    """Trade in the year times the consumer prices of the United States in the other
    year over those in it.

    It is what a dollar buys there, not a price of traded goods.
    """
    item, before = (
        measures.in_dollars_of(data, other, dollars, flow) for other in (year, year - 1)
    )
    since = rise(before, item) if item and before else None
    prices = "of another year" if year != dollars else ""
    return _said(
        item,
        "money",
        subject=flow,
        prices=prices,
        change=since,
        **years.get_period_and_related(year, dollars),
    )


# --- Goals
# --------------------------------------------------------------------------------------


def target(data: Data, goal: str) -> Quantity | None:
    """As named by those who set it; a range has two ends."""
    item = _goal(data, goal)
    return _said(quantity_ranging_between(item.low, item.high), "constant", role="goal")


def deadline(data: Data, goal: str) -> Quantity | None:
    """As named with the goal."""
    item = _goal(data, goal)
    if item.deadline is None:
        return None
    due = Quantity(Decimal(item.deadline), measures.ZERO, "", item.low.rows)
    return due.with_meaning("year", role="deadline", **_of_goal(item, item.deadline))


def delay(data: Data, goal: str) -> Quantity | None:
    """The first calendar year whose trade came to the goal, minus the year by which it
    was due.
    """
    item = _goal(data, goal)
    return _said(
        measures.delay(data, [item]),
        "span",
        signed=True,
        **_of_goal(item, item.reached),
    )


def delays(data: Data, goals: str) -> Quantity | None:
    """The years by which the goals were due taken from those in which trade came to
    them; shortest and longest.
    """
    items = [_goal(data, goal) for goal in goals.split("+")]
    times = (year for item in items for year in (item.deadline, item.reached) if year)
    return _said(
        measures.delay(data, items),
        "span",
        signed=True,
        related=frozenset(map(_year, times)),
    )


def rolling_delay(data: Data, goal: str) -> Quantity | None:
    """The months from the end of the year by which the goal was due to the month whose
    twelve months came to it first.

    Those of the month before are known to have been below it.
    """
    item = _goal(data, goal)
    return _said(
        measures.rolling_delay(data, item),
        "span",
        signed=True,
        **_of_goal(item, item.reached),
    )


def target_in_yuan(data: Data, year: int, goal: str) -> Quantity | None:
    """The goal times trade of the year in yuan over trade of the year in dollars, both
    as customs published them.
    """
    item = measures.in_yuan(data, year, _goal(data, goal).low)
    return _said(item, "money", role="goal", currency="yuan", period=_year(year))


def month_reached(data: Data, goal: str) -> Quantity | None:
    """The first total from January to a month that is at least the goal, where that to
    the month before is below it.
    """
    item = measures.month_reached(data, _goal(data, goal).low)
    return item and _month(item)


def count_of_goals(data: Data) -> Quantity | None:
    """Counted: the rows of the table of goals."""
    return _count(data["targets"].rows).with_meaning("count", role="goal")


def count_of_running_totals(
    data: Data, pages: Literal["all", "single"] = "all"
) -> Quantity | None:
    """Counted: the rows of the table of trade from January to each month, all or those
    with a single source.
    """
    rows = data["trade_to_month"].rows
    return _count(
        row for row in rows if pages == "all" or len(row.source_ids) == 1
    ).with_meaning("count")


# --- How it is paid
# --------------------------------------------------------------------------------------


def settlement_share(data: Data, month: Month, measure: str) -> Quantity | None:
    """As stated, without a hedge, for a time that begins with the month, by the speaker
    whom the row names.
    """
    name = _known(
        measure, {str(row["measure"]) for row in data["currency_shares"].rows}
    )
    found = [
        item
        for item in measures.settlements(data, name)
        if str(item[0]["period_start"])[:7] == month
    ]
    # two may differ; "more than" is for words of a statement
    if len(found) != 1 or found[0][0]["qualifier"] != "none":
        return None
    row, share = found[0]
    currency = (
        name.partition("_in_")[0].replace("_", " ").replace("us dollar", "US dollar")
    )
    period = Period.between(
        *(str(row[f"period_{end}"])[:7] for end in ("start", "end"))
    )
    return share.with_meaning("share", period=period, currency=currency)


# --- Set by us, and what bounds a year without a figure
# --------------------------------------------------------------------------------------


def constant(data: Data, number: str) -> Quantity | None:
    """Not measured: set by us to compare with or to count from."""
    rows = {str(row["id"]): row for row in data["constants"].rows}
    row = rows[_known(number, rows)]
    return Quantity(
        row.number("value"),
        measures.ZERO,
        str(row["unit"] or ""),
        frozenset([row]),
        "constant",
    )


def bound(data: Data, name: str, *arguments: str) -> Quantity | None:
    """Return between which ends a figure lies that no table has; claims use it, no text
    can cite it.
    """
    if name != "total" or not arguments or not arguments[0].isdecimal():
        return None
    year, flow = int(arguments[0]), (*arguments[1:], "total")[0]
    row = data["bounds"].by_key.get(("trade_annual", year, flow))
    if row is None or row["upper_usd_million"] is None:
        return None
    low = (
        measures.ZERO
        if row["lower_usd_million"] is None
        else row.number("lower_usd_million")
    )
    high = row.number("upper_usd_million")
    # as wide as the ends are apart
    middle = Quantity((low + high) / 2, high - low, "USD million", frozenset([row]))
    item = middle.convert_unit_dropping_meaning(measures.BILLION, measures.USD[2])
    return item.with_meaning("money", period=_year(year), subject=flow)


# --- What all of them share
# --------------------------------------------------------------------------------------


def _said(item: Quantity | None, kind: Any, **about: Any) -> Quantity | None:  # noqa: ANN401 - fields of a quantity
    return item and item.with_meaning(kind, **about)


def _month(item: Quantity, role: str = "") -> Quantity:
    month = Period(int(item.value), int(item.value))
    return item.with_meaning(
        "month", period=month, related=frozenset([_year(month.year)]), role=role
    )


def _count(rows: Iterable[Row]) -> Quantity:
    found = frozenset(rows)
    return Quantity(Decimal(len(found)), measures.ZERO, "", found)


def _of_goal(goal: Promise, year: int | None) -> dict[str, Any]:
    """Return the period of what is said of a goal: a year, beside its deadline and when
    it was named.
    """
    if year is None:
        return {}
    named = {str(goal.said_on.year), f"{goal.said_on.year}-{goal.said_on.month:02d}"}
    years = {str(item) for item in (goal.deadline, goal.reached) if item}
    related = frozenset(Period.parse(item) for item in named | years)
    return {"period": _year(year), "related": related - {_year(year)}}


def _goal(data: Data, name: str) -> Promise:
    goals = {item.name: item for item in measures.promises(data)}
    return goals[_known(name, goals)]


def _stated_goods(statement: str) -> str:
    """Return what goods a statement is about, "" where it is about several or none."""
    return next(
        (goods for word, goods in _STATED.items() if word in statement.split("-")), ""
    )


def _figure(data: Data, statement: str, figure: str) -> int:
    """Return which figure of a statement is meant; the tables must hold both."""
    name = _known(statement, {str(row["id"]) for row in data["statements"].rows})
    known = {
        str(row["ordinal"])
        for row in data["statement_figures"].rows
        if row["statement"] == name
    }
    return int(_known(figure, known))


def _single(data: Data, statement: str, figure: str) -> Quantity | None:
    """Return a figure of a statement, known to its last digit; ``None`` for a range.

    Zeros at the end of a whole number count as rounding.
    """
    low, high = measures.stated(data, statement, _figure(data, statement, figure))
    width = Decimal(1).scaleb(int(low.value.normalize().as_tuple().exponent))
    return replace(low, precision=width) if low.value == high.value else None


def _two_figures(
    data: Data, statement: str, figures: str
) -> tuple[Quantity, Quantity] | None:
    """Return two figures of a statement (``a+b``); ``None`` where one of them is a
    range.
    """
    one, other = (
        _single(data, statement, part) for part in figures.partition("+")[::2]
    )
    return (one, other) if one and other else None


def _known(name: str, known: Iterable[str]) -> str:
    if name not in known:
        raise UnknownNameError(name, known)
    return name
