"""Claims: a few comparators over facts, such as ``claim:more/total.2023/total.2022``.

A superlative goes over the times of a fact, or over the things that one of its
arguments may be:
``claim:highest/gold.2020.USA/over.team``.

They compare the intervals in which the true values lie: what the precision of the
tables cannot decide is false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

from press.binding.facts import Fact, FactError, Facts, check_once
from press.data import TIMES, Row, later
from press.ground.period import MONTHS, Period
from press.quantity import Quantity, plain

Rule = Callable[["_Ends", "_Ends"], str]  # says what is wrong, an empty text if nothing
Comparator = Callable[[Facts, Sequence[Fact], Sequence[str]], "_Comparison"]
DIGIT = re.compile(r"\d")
# by the form of a time
STEPS = {
    "0000": "years",
    "0000-Q0": "quarters",
    "0000-00": "months",
    "0000-00-00": "days",
}
OVER = "over."  # before the argument over whose things a claim goes
ORDERED = {"more", "less", "highest", "lowest", "every", "led"}
TOLERANCE = Decimal(1)  # percent: the most that "equal" may forgive


@dataclass(frozen=True)
class Claim:
    """A claim that was asked for: whether the tables bear it, why not, and what it
    rests on.
    """

    classes: tuple[str, ...]  # of comparison words, each of which its text holds once
    fault: str  # what the tables say instead; empty if the claim is true
    operands: tuple[Fact, ...]
    # the stretch of time that its sentence must state; None: the whole table, or none
    window: Period | None = None
    # when it happened: other periods that its sentence may name
    moments: tuple[Period, ...] = ()
    # the figures that it was compared with, by their times or things
    series: tuple[tuple[str, Quantity], ...] = ()
    # the argument over whose things it goes; empty where it goes over times, or over
    # nothing
    over: str = ""

    @property
    def rows(self) -> frozenset[Row]:
        """The rows of all that was compared: the operands, and the series that they
        stand in.
        """
        compared = [
            *(item.quantity for item in self.operands),
            *(quantity for _, quantity in self.series),
        ]
        return frozenset().union(*(quantity.rows for quantity in compared))

    @property
    def time(self) -> str:
        """The year or month of what is compared with a series."""
        return _time(self.operands[0])

    @property
    def target(self) -> str:
        """The link's target without its facts: ``claim:every/more``."""
        return f"claim:{'/'.join(self.classes)}"

    @property
    def step(self) -> str:
        """By what its figures go: ``years``, ``days``; empty where they have no time,
        or "every" leaves some out.
        """
        times = [time for time, _ in self.series if self.classes[0] == "every"]
        whole = all(later(one, 1) == other for one, other in pairwise(times))
        own = next(filter(Period.read, self.operands[0].arguments), "")
        return STEPS.get(_form(own), "") if whole else ""


class _Ends(NamedTuple):
    """The interval of a figure in its unit's base, and its name in messages."""

    least: Decimal
    most: Decimal
    name: str
    quantity: Quantity


class _Comparison(NamedTuple):
    """What a comparator has found: fields of its ``Claim``, and the figures that it
    went through.
    """

    fault: str
    window: Period | None = None
    moments: tuple[Period, ...] = ()
    series: Sequence[_Ends] = ()


def claim(facts: Facts, comparator: str, *arguments: str) -> Claim:
    """Return a claim, compared.

    Raises ``FactError`` where it cannot be compared at all.
    """
    over = (
        arguments[-1].removeprefix(OVER)
        if len(arguments) > 1 and arguments[-1].startswith(OVER)
        else ""
    )
    known, every = OVER_THINGS if over else COMPARATORS, {**COMPARATORS, **OVER_THINGS}
    if comparator not in every:
        raise FactError(
            f'there is no comparison "{comparator}"', f"there are: {', '.join(every)}"
        )
    compare, form, wanted = known.get(comparator, every[comparator])
    needed, target = (
        form.count("/") - form.count("[") + 1,
        "/".join((comparator, *arguments)),
    )
    if comparator not in known or not needed <= len(arguments) <= needed + form.count(
        "["
    ):
        raise FactError(f"found claim:{target}, expected claim:{comparator}/{form}")
    classes: tuple[str, ...] = (comparator,)
    if comparator == "every":
        classes, arguments = (comparator, *arguments[:1]), arguments[1:]
    written, rest = (
        arguments[:wanted],
        (*arguments[wanted:-1], over) if over else arguments[wanted:],
    )
    check_once(
        (part for item in arguments for part in item.split(".")), f"claim:{target}"
    )
    operands = tuple(operand(facts, item) for item in written)
    _check_operands(comparator, operands)
    found = compare(facts, operands, rest if comparator != "every" else classes[1:])
    series = tuple((item.name, item.quantity) for item in found.series)
    return Claim(
        classes, found.fault, operands, found.window, found.moments, series, over
    )


def operand(facts: Facts, written: str) -> Fact:
    """Return the fact in an operand, such as ``total.2023``. Raises ``FactError``."""
    try:
        return facts.get(*written.split("."))
    except FactError as error:
        points = (
            ""
            if "." in written
            else "in a claim a fact is written with points: name.argument"
        )
        raise FactError(error.message, error.hint or points) from None


def _check_operands(comparator: str, operands: Sequence[Fact]) -> None:
    """Raise ``FactError`` for facts in several units, of which the larger is not more,
    or that are the same fact.
    """
    if len({item.quantity.base for item in operands}) > 1:
        units = " with ".join(
            item.quantity.base or "a mere number" for item in operands
        )
        raise FactError(f"found a comparison of {units}, expected facts in one unit")
    if comparator in ORDERED and (
        wrong := next(filter(None, map(_unordered, operands)), "")
    ):
        message = f"claim:{comparator} cannot compare {wrong} is not more"
        raise FactError(message, "compare the levels, or say it without a comparison")
    if len({item.key for item in operands}) < len(operands):
        raise FactError(
            f"{operands[0].key} is compared with itself, expected two facts"
        )


def _unordered(fact: Fact) -> str:
    """Say of which figure the larger is not more, a rank or a fall; return an empty
    text for any other.
    """
    if fact.quantity.kind == "rank":
        return f"{fact.key}: it is a rank, and a larger rank"
    falls = fact.quantity.signed and fact.quantity.least < 0
    return (
        f"{fact.key}: it is not surely above zero, and a larger fall" if falls else ""
    )


def _ends(fact: Fact) -> _Ends:
    return _interval(fact.quantity, fact.key)


def _interval(quantity: Quantity, name: str) -> _Ends:
    return _Ends(
        quantity.least * quantity.factor,
        quantity.most * quantity.factor,
        name,
        quantity,
    )


def _turned(ends: _Ends) -> _Ends:
    """Return an interval with the signs of its ends turned round: how far a figure
    falls.
    """
    return ends._replace(least=-ends.most, most=-ends.least)


def _shown(ends: _Ends) -> str:
    """Write an interval for a message: its name, and its value or its two ends."""
    low, high = plain(ends.quantity.least), plain(ends.quantity.most)
    return (
        f"{ends.name} ({low if low == high else f'{low} to {high}'}"
        f" {ends.quantity.unit})"
    )


def _unless(one: _Ends, words: str, two: _Ends, *, sure: bool, possible: bool) -> str:
    """Say that one is not, or not surely, what ``words`` tell of it beside the other;
    nothing where it surely is.
    """
    return (
        ""
        if sure
        else (
            f"{_shown(one)} is not {'surely ' if possible else ''}{words} {_shown(two)}"
        )
    )


def _not_more(one: _Ends, two: _Ends) -> str:
    return _unless(
        one, "more than", two, sure=one.least > two.most, possible=one.most > two.least
    )


def _not_less(one: _Ends, two: _Ends) -> str:
    return _unless(
        one, "less than", two, sure=one.most < two.least, possible=one.least < two.most
    )


def _not_as_much(one: _Ends, two: _Ends) -> str:
    return _unless(
        one,
        "as much as",
        two,
        sure=one.least >= two.least,
        possible=one.most >= two.least,
    )


def _compared(
    rule: Rule, _facts: Facts, operands: Sequence[Fact], _rest: Sequence[str]
) -> _Comparison:
    """The first fact is more, or less, than the second: whichever the rule says."""
    return _Comparison(rule(*map(_ends, operands)))


def _equal(_facts: Facts, operands: Sequence[Fact], rest: Sequence[str]) -> _Comparison:
    """Equal within a declared tolerance in percent of the second, at most one; by
    default within their rounding.
    """
    one, two = map(_ends, operands)
    if not rest:
        apart = one.least > two.most or two.least > one.most
        return _Comparison(f"{_shown(one)} and {_shown(two)} differ" if apart else "")
    try:
        tolerance = Decimal(rest[0])
        small = 0 <= tolerance <= TOLERANCE
    except InvalidOperation:  # no number, or none that can be compared
        raise FactError(
            f'"{rest[0]}" is no tolerance',
            f"write percent, at most {TOLERANCE}, such as 0.5",
        ) from None
    if not small:
        raise FactError(
            f"found a tolerance of {tolerance} percent, expected at most {TOLERANCE}"
        )
    furthest = max(abs(one.most - two.least), abs(two.most - one.least))
    room = tolerance / 100 * min(abs(two.least), abs(two.most))
    return _Comparison(
        f"{_shown(one)} and {_shown(two)} may differ by more than {rest[0]}%"
        if furthest > room
        else ""
    )


def _most(_facts: Facts, operands: Sequence[Fact], _rest: Sequence[str]) -> _Comparison:
    """The first is more than half of the second, of which it is a part; a part of a
    fall is a fall.
    """
    part, whole = map(_ends, operands)
    if whole.most < 0:
        part, whole = _turned(part), _turned(whole)
    if abs(part.least + part.most) > abs(whole.least + whole.most):
        return _Comparison(
            f"{_shown(part)} cannot be a part of {_shown(whole)}, which is smaller"
        )
    sure, possible = part.least > whole.most / 2, part.most > whole.least / 2
    return _Comparison(
        _unless(part, "more than half of", whole, sure=sure, possible=possible)
    )


def _first(facts: Facts, operands: Sequence[Fact], rest: Sequence[str]) -> _Comparison:
    """The first fact comes to the second, and none of its series before does; or none
    of other things up to then.
    """
    fact, line = operands[0], _ends(operands[1])
    if fault := _not_as_much(_ends(fact), line):
        return _Comparison(fault)
    times, series = _times(facts, fact), list[_Ends]()
    things = _things(facts, fact, rest[0]) if rest else []
    for time in times.between(times.ends[0], _time(fact)):
        if rest:
            series += _others(facts, _then(fact, time), rest[0], things, f" {time}")
        elif time < _time(fact):
            series.append(_figure(facts, _then(fact, time), time))
    if not series:
        raise FactError(
            f"nothing is left to compare {fact.key} with: the tables begin with"
            f" {_time(fact)}"
        )
    return _Comparison(
        _one_of(_not_less(other, line) for other in series),
        None,
        _moments(fact),
        series,
    )


def _one_of(faults: Iterable[str]) -> str:
    return next(filter(None, faults), "")


def _extreme(
    rule: Rule, facts: Facts, operands: Sequence[Fact], rest: Sequence[str]
) -> _Comparison:
    """The fact is more, or less, than every other of its series, whichever the rule
    says: of all, or of a part.

    "Since 2018" it is compared with the years after 2018, "from 2018 to 2024" with
    these two as well.
    """
    (fact,) = operands
    for item in rest:
        _check_time(item, fact)
    times = _times(facts, fact)
    start, end = (*rest, *times.ends[len(rest) :])
    window, moments = (
        (Period.between(start, end), (Period.parse(start), Period.parse(end)))
        if rest
        else (None, ())
    )
    compared = times.between(start, end)
    if len(rest) == 1:
        compared = [time for time in compared if time != start]
    if _time(fact) not in compared or len(compared) == 1:
        raise FactError(
            f"{fact.key} is compared from {start} to {end}, expected a time that holds"
            " it and others"
        )
    series, own = (
        [_figure(facts, _then(fact, time), time) for time in compared],
        _ends(fact),
    )
    fault = _one_of(rule(own, other) for other in series if other.name != _time(fact))
    return _Comparison(fault, window, moments, series)


def _crossed(
    facts: Facts, operands: Sequence[Fact], _rest: Sequence[str]
) -> _Comparison:
    """The first fact comes to the second, and the one of the month or year before it
    does not.

    A second one of the same time is that of the month or year before, too: who
    overtakes whom.
    """
    (fact, other), line = operands, _ends(operands[1])
    if fault := _not_as_much(_ends(fact), line):
        return _Comparison(fault)
    times = _times(facts, fact)
    earlier = [
        time for time in times.known if times.complete and time < _time(fact)
    ] or [later(_time(fact), -1)]
    before = _figure(facts, _then(fact, earlier[-1]), earlier[-1])
    if _time(fact) in other.arguments:
        other = _then(other, earlier[-1])
        line = _figure(facts, other, other.key)
    return _Comparison(_not_less(before, line), None, _moments(fact), (before,))


def _every(facts: Facts, operands: Sequence[Fact], rest: Sequence[str]) -> _Comparison:
    """From the first fact to the second each is more, or less, than the one before."""
    if list(rest) not in (["more"], ["less"]):
        raise FactError(
            f"found claim:every/{'/'.join(rest)}, expected claim:every/more or"
            " claim:every/less"
        )
    (start, end), (first, last) = operands, map(_time, operands)
    if _then(start, last).key != end.key or first >= last:
        raise FactError(
            f"claim:every has {start.key} and {end.key}, expected one fact at two"
            " times, the earlier first"
        )
    times = _times(facts, start)
    series = [
        _figure(facts, _then(start, time), time) for time in times.between(first, last)
    ]
    rule = _not_more if rest[0] == "more" else _not_less
    if wrong := next(
        filter(None, (rule(later, earlier) for earlier, later in pairwise(series))), ""
    ):
        return _Comparison(wrong)
    if len(series) == 2:  # noqa: PLR2004 - one step is no habit
        message = (
            f"claim:every needs three {STEPS[_form(first)]} at least; {start.key} and"
            f" {end.key} are two"
        )
        raise FactError(message, "compare the two with each other")
    window, whole = Period.between(first, last), (first, last) == times.ends
    return _Comparison(
        "",
        None if whole else window,
        (window, Period.parse(first), Period.parse(last)),
        series,
    )


def _extreme_of_things(
    rule: Rule, facts: Facts, operands: Sequence[Fact], rest: Sequence[str]
) -> _Comparison:
    """The fact is more, or less, than that of every other thing, whichever the rule
    says.
    """
    fact, own = operands[0], _ends(operands[0])
    others = _others(facts, fact, rest[-1], _things(facts, fact, rest[-1]))
    nearest = sorted(others, key=lambda other: other.most, reverse=rule is _not_more)
    return _Comparison(_one_of(rule(own, other) for other in nearest), series=others)


def _led(facts: Facts, operands: Sequence[Fact], rest: Sequence[str]) -> _Comparison:
    """At each time from its own to another the fact is more than that of every other
    thing.
    """
    (fact,), (until, parameter) = operands, rest
    _check_time(until, fact)
    if until <= (since := _time(fact)):
        raise FactError(
            f"claim:led goes from {since} to {until}, expected a later time"
        )
    faults, series, things = list[str](), list[_Ends](), _things(facts, fact, parameter)
    for time in _times(facts, fact).between(since, until):
        here = _then(fact, time)
        own, others = (
            _figure(facts, here, here.key),
            _others(facts, here, parameter, things, f" {time}"),
        )
        faults += (_not_more(own, other) for other in others)
        series += (own, *others)
    window = Period.between(since, until)
    return _Comparison(
        _one_of(faults),
        window,
        (window, Period.parse(since), Period.parse(until)),
        series,
    )


# Each with the form of its arguments, and how many of them are facts.
COMPARATORS: dict[str, tuple[Comparator, str, int]] = {
    "more": (partial(_compared, _not_more), "FACT/FACT", 2),
    "less": (partial(_compared, _not_less), "FACT/FACT", 2),
    "equal": (_equal, "FACT/FACT[/PERCENT]", 2),
    "most": (_most, "PART/WHOLE", 2),
    "first": (_first, "FACT/THRESHOLD", 2),
    "highest": (partial(_extreme, _not_more), "FACT[/SINCE[/UNTIL]]", 1),
    "lowest": (partial(_extreme, _not_less), "FACT[/SINCE[/UNTIL]]", 1),
    "crossed": (_crossed, "FACT/THRESHOLD", 2),
    "every": (_every, "more/FACT/FACT", 2),
}
OVER_THINGS: dict[str, tuple[Comparator, str, int]] = {
    "first": (_first, "FACT/THRESHOLD/over.ARGUMENT", 2),
    "highest": (partial(_extreme_of_things, _not_more), "FACT/over.ARGUMENT", 1),
    "lowest": (partial(_extreme_of_things, _not_less), "FACT/over.ARGUMENT", 1),
    "led": (_led, "FACT/UNTIL/over.ARGUMENT", 1),
}


def _time(fact: Fact) -> str:
    """Return the time among a fact's arguments, such as its year or month: its series
    goes along it.
    """
    for argument in fact.arguments:
        if _form(argument) in STEPS:
            return argument
    raise FactError(
        f"{fact.key} has no year or month, so it has no series to be compared in"
    )


def _check_time(text: str, fact: Fact) -> None:
    """Raise ``FactError`` for what is no time as a fact has it."""
    if not Period.read(text) or _form(text) != _form(_time(fact)):
        raise FactError(f'found "{text}", expected a time such as {_time(fact)}')


def _form(time: str) -> str:
    """Return how a time is written, with zeros for its digits:
    ``0000-00`` for a month.
    """
    return DIGIT.sub("0", time)


def _then(fact: Fact, time: str) -> Fact:
    """Return a fact with another time among its arguments, its figure still that of its
    own.
    """
    place = fact.arguments.index(_time(fact))
    return replace(
        fact, arguments=(*fact.arguments[:place], time, *fact.arguments[place + 1 :])
    )


def _moments(fact: Fact) -> tuple[Period, ...]:
    """Return when something happened that a fact says: its time, the month and year
    that it is in, its months.
    """
    time = _time(fact)
    months = (
        [f"{time}-{month:02d}" for month in range(1, MONTHS + 1)]
        if len(time) == len("2023")
        else []
    )
    return tuple(map(Period.parse, dict.fromkeys((time, time[:7], time[:4], *months))))


class _Times(NamedTuple):
    """The times of a fact's tables, in order; ``complete`` if these say that there are
    no others from first to last.
    """

    fact: str
    known: Sequence[str]
    complete: bool

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last. Raises ``FactError`` where there are none."""
        if not self.known:
            raise FactError(
                f"the tables of {self.fact} have no years or months, so it has no"
                " series to be compared in"
            )
        return self.known[0], self.known[-1]

    def between(self, start: str, end: str) -> list[str]:
        """Return the times from one to another: those that there are, or each.

        Raises ``FactError`` beyond them.
        """
        if not self.complete:
            found = [start]
            while found[-1] < end:
                found.append(later(found[-1], 1))
            return found
        first, last = self.ends
        if start < first or end > last:
            raise FactError(
                f"{self.fact} is compared from {start} to {end}, but its tables go from"
                f" {first} to {last}"
            )
        return [time for time in self.known if start <= time <= end]


def _times(facts: Facts, fact: Fact) -> _Times:
    """Return the times of the tables that a fact rests on, written as in the fact."""
    form, known, complete = _form(_time(fact)), set[str](), True
    for path in {row.path for row in fact.quantity.rows}:
        table = facts.data[Path(path).stem]
        fields = table.description.fields.values()
        columns = [field for field in fields if field.type in TIMES - {"date"}]
        for field in [
            *columns,
            *(table.description.fields[name] for name in table.description.times),
        ]:
            own = {str(row[field.name])[: len(form)] for row in table.rows}
            if own := {time for time in own if _form(time) == form}:
                known, complete = known | own, complete and field.every is not None
                break
    return _Times(fact.key, sorted(known), complete and bool(known))


def _things(facts: Facts, fact: Fact, parameter: str) -> list[str]:
    """Return what else an argument of a fact may be, at any time of its tables.

    Raises ``FactError`` for nothing.
    """
    times = _times(facts, fact).known if any(map(Period.read, fact.arguments)) else ()
    moments = [_then(fact, time) for time in times] or [fact]
    known = chain.from_iterable(
        facts.choices(fact.name, parameter, each.arguments) for each in moments
    )
    things = [
        thing for thing in dict.fromkeys(known) if thing != facts.named(fact)[parameter]
    ]
    if not things:
        raise FactError(
            f"nothing is left to compare {fact.key} with: there is no other {parameter}"
        )
    return things


def _others(
    facts: Facts, fact: Fact, parameter: str, things: Iterable[str], at: str = ""
) -> list[_Ends]:
    """Return the figures that a fact has for some things.

    Raises ``FactError`` as ``_figure``.
    """
    given = facts.named(fact)
    named = {
        thing: facts.shortened(fact.name, tuple({**given, parameter: thing}.values()))
        for thing in things
    }
    return [
        _figure(facts, replace(fact, arguments=own), f"{thing}{at}")
        for thing, own in named.items()
    ]


def _figure(facts: Facts, fact: Fact, called: str) -> _Ends:
    """Return the figure of a fact with its arguments, or its bounds.

    Raises ``FactError`` where it has neither.
    """
    found = facts.find(fact.name, *fact.arguments) or facts.bound(
        fact.name, *fact.arguments
    )
    if found is None:
        raise FactError(
            f"the tables have no figure for {fact.key}, so the comparison cannot be"
            " decided",
            "leave it out (claim:highest/FACT/FROM/UNTIL), add the ends between which"
            " it lies, with a source, to data/bounds.csv, or say in the description of"
            " its table which times there are (every), or what an absent row means"
            " (absent)",
        )
    return _interval(found, called)
