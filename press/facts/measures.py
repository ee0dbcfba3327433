"""Tables of figures as facts: each figure by its time and things, and what follows from
it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from inspect import Parameter, Signature, currentframe
from itertools import product
from types import ModuleType
from typing import Any, Literal, NamedTuple, cast, get_args

from press.data import EACH_ROW, Data, Field, Row, Table, Value
from press.facts.arithmetic import (
    ONE,
    ZERO,
    added,
    growth,
    index,
    multiple,
    rise,
    share,
)
from press.facts.axes import At, Thing, Time, as_argument
from press.ground.cache import FACTS
from press.ground.errors import ToldError, quoted, similar
from press.ground.period import Day, Month, Period, Quarter
from press.quantity import AroundZeroError, Kind, Quantity, bare, scale

Place = Mapping[str, str]  # of a figure: the argument for each of its things
Figure = Callable[[Data, At, Place], Quantity | None]
Combine = Callable[[Quantity, Quantity], Quantity]  # two figures in, one out
Against = Literal["earlier", "before", "base"]
RATES: dict[str, Kind] = {"percent": "share", "percentage points": "points"}
# by the type of their column
TIMES = {"year": int, "quarter": Quarter, "yearmonth": Month, "date": Day}
# kinds of which texts say "rose to"
LEVELS = {"money", "count", "amount", "price", "index"}


def _declared() -> tuple[str, int]:
    """Return the file and the line of the story that declare something."""
    frame = currentframe()
    while frame and frame.f_globals["__name__"] in {__name__, "dataclasses"}:
        frame = frame.f_back
    return (frame.f_code.co_filename, frame.f_lineno) if frame else ("", 0)


@dataclass(frozen=True, eq=False)
class Declared:
    """What a story declares in a line of its code, which is named where something is
    wrong with it.
    """

    declared: tuple[str, int] = field(
        init=False, repr=False, compare=False, default_factory=_declared
    )


class Panel:
    """A table with a figure for each time and each of some things; ``where`` are values
    of its other key columns.
    """

    def __init__(
        self, table: str, time: Time, *things: Thing | str, **where: Value
    ) -> None:
        """Name the table and its axes, which with ``where`` are its primary key; a
        thing that is its column by name.

        Raises ``ToldError`` for other axes.
        """
        named = tuple(Thing(item) if isinstance(item, str) else item for item in things)
        if [type(axis) for axis in (time, *named)] != [Time, *[Thing] * len(named)]:
            found, expected = (
                ", ".join(map(repr, (time, *things))),
                "year, quarter, month or day, and names of things",
            )
            raise ToldError(
                f"found {found} as the axes of {table}, expected {expected}"
            )
        self.table, self.time, self.things, self.where = table, time, named, where

    def value(
        self,
        column: str,
        precision: str = "",
        unit: str = "",
        kind: Kind | None = None,
        **about: object,
    ) -> Measure:
        """Return the figures of a column as facts.

        ``precision`` is the column with the width of their intervals; without one they
        are exact. ``unit`` is that of the column but for its scale. ``about`` is what
        ``Quantity.said`` takes. Where the description says what an
        ``absent`` row means, that is the figure of a thing that has none at a time of
        the table.
        """

        def figure(data: Data, time: At, place: Place) -> Quantity | None:
            held = self.held(data)
            about, factor = held.column(column, unit)
            cells = [held.cells(thing, place[thing.name]) for thing in self.things]
            item = added(
                held.figure((time, *key), about, precision) for key in product(*cells)
            )
            return item.scaled(factor, unit) if item and unit else item

        return Measure(self, figure, self.things, kind, about, column=column)

    def own(
        self,
        take: Figure,
        *things: Thing,
        kind: Kind | None = None,
        compared: bool = False,
        **about: object,
    ) -> Measure:
        """Return as facts what a function of the story works out for each time and some
        things.

        What is ``compared`` is counted from the time before.
        """
        return Measure(self, take, things, kind, about, compared=compared)

    def growth(self, column: str, precision: str = "", **about: object) -> Measure:
        """Return the figures of a column as growth on the time before, as their source
        printed it.
        """
        about = {"signed": True, **about}
        return replace(
            self.value(column, precision, kind="change"), about=about, compared=True
        )

    def things_of(self, thing: Thing | str, unit: str = "", **about: object) -> Measure:
        """Return how many values of a thing the table has at a time; ``unit`` is what
        they are called: "teams".
        """
        counted = one_of(self.things, thing)
        others = tuple(item for item in self.things if item is not counted)

        def figure(data: Data, time: At, place: Place) -> Quantity | None:
            rows = self.rows_of(data, {**place, self.time.name: time}, counted)
            values = {row[counted.column] for row in rows}
            return (
                Quantity(Decimal(len(values)), ZERO, unit, frozenset(rows))
                if rows
                else None
            )

        return Measure(self, figure, others, "count", about, words="things")

    def held(self, data: Data) -> _Held:
        """Return its table by time and things.

        Raises ``ToldError`` for one that is of another shape.
        """
        return data[self.table].derive(self._hold)

    def _hold(self, table: Table) -> _Held:
        return _held(table, self)

    def times(self, data: Data) -> Mapping[At, tuple[Row, ...]]:
        """Return the rows of the table by their times, in order, whatever other columns
        have.
        """
        return self.held(data).times

    def rows_of(self, data: Data, arguments: Mapping[str, At], but: Thing) -> list[Row]:
        """Return the rows of a time and of those things that ``arguments`` name, of all
        values of one thing.
        """
        held = self.held(data)
        named = (
            item for item in self.things if item is not but and item.name in arguments
        )
        wanted = {item.column: held.cells(item, arguments[item.name]) for item in named}
        wanted |= {name: [value] for name, value in self.where.items()}
        rows = held.times.get(arguments[self.time.name], ())
        return [
            row for row in rows if all(row[name] in wanted[name] for name in wanted)
        ]

    def field(self, data: Data) -> Field:
        """Return the description of the column of times."""
        return field_of(self.held(data).table, self.time.column)


class _Held(NamedTuple):
    """A table as a panel has it: its rows by their times, and by time and things;
    ``None`` for one that is not of it.

    ``values`` are those of each column of things, as arguments have them.
    """

    table: Table
    times: Mapping[At, tuple[Row, ...]]
    # of each time: on them rests whatever is absent then
    whole: Mapping[At, frozenset[Row]]
    rows: Mapping[tuple[At, ...], Row | None]
    values: Mapping[str, Mapping[str, Value]]
    # columns of the key that the panel does not name: of its rows several are at one
    # place
    more: str

    def column(self, name: str, unit: str) -> tuple[Field, Decimal]:
        """Return a column, and by what its figures go in ``unit``, if one is named.

        Raises ``ToldError``.
        """
        about = field_of(self.table, name)
        if self.more:
            message = f"the key of {self.table.path} has {self.more}, too"
            raise ToldError(message, "name it in Panel, as a thing or =value")
        if unit and bare(unit) != bare(about.unit):
            raise ToldError(
                f"found {quoted(unit)} for {name} of {self.table.path}, which is in"
                f" {quoted(about.unit)}"
            )
        return about, scale(about.unit.split()) / scale(unit.split())

    def cells(self, thing: Thing, argument: str) -> list[Value]:
        """Return the values of a thing's column that an argument means.

        Raises ``UnknownNameError``.
        """
        return thing.cells(argument, self.values[thing.column])

    def figure(
        self, key: tuple[At, ...], about: Field, precision: str
    ) -> Quantity | None:
        """Return the figure of a row; of one that is absent what the
        description says.
        """
        row = self.rows.get(key)
        if row and row[about.name] is not None:
            width = row.number(precision) if precision else ZERO
            return Quantity(row.number(about.name), width, about.unit, frozenset([row]))
        rows = (
            self.whole.get(key[0])
            if key not in self.rows and about.absent is not None
            else None
        )
        return (
            Quantity(cast("Decimal", about.absent), ZERO, about.unit, rows)
            if rows
            else None
        )


@dataclass(frozen=True, eq=False)
class Measure(Declared):
    """A figure for each time and things of a panel: a fact, called with the tables, a
    time and an argument for each.

    ``take`` gives the bare quantity, ``kind`` and ``about`` what a sentence needs to
    know of it. ``fixed`` are the arguments of things that are no parameters. ``since``
    gives the change on the time before.
    """

    panel: Panel
    take: Figure
    things: tuple[Thing, ...]
    kind: Kind | None
    about: Mapping[str, object]
    fixed: Place = field(default_factory=dict)
    since: Figure | None = None
    compared: bool = False  # with the time before, by its source or its function
    column: str = ""  # that has it, if one does
    # what it follows from, and how: a key of [fact_words] in the language's file
    parts: tuple[Measure, ...] = ()
    words: str = ""

    def __call__(self, data: Data, time: At, *arguments: str) -> Quantity | None:
        """Return the figure with what a sentence needs to know of it; ``None`` where
        the tables have none.
        """
        place = self.place(*arguments)
        item = self.take(data, time, place)
        if item is None:
            return None
        kind, about = self.kind or kind_of(item), self.dimensions(data, place)
        if kind == "rank":  # is a position, of which there is no more and less
            item = item.scaled(ONE, "")
        own: dict[str, object] = {"period": self.panel.time.period(time)}
        if kind in LEVELS and not about.get("signed"):
            own["change"] = self.change_of(data, time, place)
        if self.compared:
            own |= self.panel.time.against(time, self.before(data, time))
        return item.said(kind, **{**own, **about})

    @property
    def __signature__(self) -> Signature:
        """What it takes, as ``inspect`` has it of functions."""
        return signature(
            [(self.panel.time.name, self.panel.time.type)], self.parameters
        )

    @property
    def parameters(self) -> tuple[Thing, ...]:
        """The things that it takes arguments for."""
        return tuple(thing for thing in self.things if thing.name not in self.fixed)

    def place(self, *arguments: str) -> Place:
        """Return the argument for each thing, those left out as well."""
        if len(arguments) > len(self.parameters):
            raise ToldError(
                f"found {'/'.join(arguments)}, expected {len(self.parameters)}"
                " arguments after the time"
            )
        given = dict(
            zip((thing.name for thing in self.parameters), arguments, strict=False)
        )
        return {
            **self.fixed,
            **{
                thing.name: given.get(thing.name, thing.default)
                for thing in self.parameters
            },
        }

    def dimensions(self, data: Data, place: Place) -> dict[str, object]:
        """Return what tells the figure from others: what its things say, and what the
        measure says of itself.
        """
        found, values = dict[str, object](), self.panel.held(data).values
        for thing in self.things:
            found |= thing.dimensions(
                data, place[thing.name], values.get(thing.column, {})
            )
        return found | dict(self.about)

    def change_of(self, data: Data, time: At, place: Place) -> Quantity | None:
        """Return by how much the figure differs from the one of the time before."""
        if self.since:
            return self.since(data, time, place)
        before, item = (
            self.take_at(data, other, place)
            for other in (self.before(data, time), time)
        )
        return (
            rise(before, item)
            if before and item and before.low is item.low is None
            else None
        )

    def before(self, data: Data, time: At) -> At | None:
        """Return the time before: the year, day, or the same month or quarter of the
        year before.

        Of a table that says which years or days it has, or that it has whichever there
        are, it is the one before among these; ``None`` for the first.
        """
        panel, every = self.panel, self.panel.field(data).every
        if every is None or (every != EACH_ROW and panel.time.type in {Month, Quarter}):
            return panel.time.shifted(time, -1)
        return max((other for other in panel.times(data) if other < time), default=None)

    def take_at(self, data: Data, time: At | None, place: Place) -> Quantity | None:
        """Return the bare figure, ``None`` for no time."""
        return None if time is None else self.take(data, time, place)

    def figure(self, data: Data, time: At, *arguments: str) -> Quantity | None:
        """Return the bare figure, for arithmetic and charts."""
        return self.take(data, time, self.place(*arguments))

    def series(self, data: Data, *arguments: str) -> dict[At, Quantity]:
        """Return the bare figures by their times, in order."""
        place = self.place(*arguments)
        found = (
            (time, self.take(data, time, place)) for time in self.panel.times(data)
        )
        return {time: item for time, item in found if item}

    def choices(
        self, data: Data, parameter: str, arguments: Mapping[str, At]
    ) -> list[str]:
        """Return the arguments that a thing may be at the time that ``arguments`` name,
        in the table's order.

        Those are the values that its type has, else those in the rows of the time and
        of other things, where named.
        """
        thing = next(item for item in self.things if item.name == parameter)
        if thing.values:
            return list(thing.values)
        rows = self.panel.rows_of(data, arguments, thing)
        return list(dict.fromkeys(as_argument(row[thing.column]) for row in rows))

    # What follows from it

    def at(self, **fixed: str) -> Measure:
        """Return the measure for some of its things, which it no longer takes arguments
        for.
        """
        for name in fixed:
            one_of(self.parameters, name)
        return replace(self, fixed={**self.fixed, **fixed})

    def total(self, thing: Thing | str, **about: object) -> Measure:
        """Return the sum over all values of a thing: of those that it names, else of
        those that have a row.
        """
        over = one_of(self.parameters, thing)

        def figure(data: Data, time: At, place: Place) -> Quantity | None:
            return self._all(data, time, place, over)[0]

        others = tuple(item for item in self.things if item is not over)
        return self._made(
            figure,
            "total",
            kind=self.kind,
            things=others,
            about={**self.about, **about},
        )

    def _all(
        self, data: Data, time: At, place: Place, thing: Thing
    ) -> tuple[Quantity | None, tuple[Decimal, ...]]:
        """Return the sum of the figures for all values of a thing, and in order how
        large each is.

        That is worked out once, and not for each of these values anew.
        """
        others = {
            name: argument for name, argument in place.items() if name != thing.name
        }
        key = (self, time, *sorted(others.items()), thing)
        return FACTS.get(
            key, lambda tables: _summed(tables, self, time, others, thing), data
        )

    def share(self, of: Measure | Thing | str, **about: object) -> Measure:
        """Return the part, in percent, of another measure, or of the total over a
        thing.
        """
        if isinstance(of, Measure):
            return self._with(of, share, "share", "share", about)
        return self._with(self.total(of), share, "part", "share", about)

    def per(
        self, other: Measure, unit: str, kind: Kind = "price", **about: object
    ) -> Measure:
        """Return the figure over another, in ``unit``: "USD per tonne"."""

        def ratio(part: Quantity, whole: Quantity) -> Quantity:
            factor = part.factor / whole.factor / scale(unit.split())
            return (part.scaled(factor, part.unit) / whole).scaled(ONE, unit)

        return self._with(other, ratio, "per", kind, about)

    def _with(
        self,
        other: Measure,
        combine: Combine,
        words: str,
        kind: Kind,
        about: Mapping[str, object],
    ) -> Measure:
        def figure(data: Data, time: At, place: Place) -> Quantity | None:
            whole = other.take(data, time, {**other.place(), **place, **other.fixed})
            return _combined(combine, self.take(data, time, place), whole)

        own = {thing.name for thing in self.things}
        if lacking := [
            item.name
            for item in other.parameters
            if not (item.name in own or item.default)
        ]:
            raise ToldError(
                f"the other measure takes {', '.join(lacking)}, which this one lacks",
                "fix it with at()",
            )
        if other.panel.time.type is not self.panel.time.type:
            raise ToldError(
                f"the other measure is by {other.panel.time.name}, this one by"
                f" {self.panel.time.name}"
            )
        return self._made(
            figure, words, other, kind=kind, about={**self.about, **about}
        )

    def rank(self, over: Thing | str, **about: object) -> Measure:
        """Return the rank among all values of a thing: those with more, plus one, so
        that equals share theirs.
        """
        thing = one_of(self.parameters, over)

        def figure(data: Data, time: At, place: Place) -> Quantity | None:
            own, (total, values) = (
                self.take(data, time, place),
                self._all(data, time, place, thing),
            )
            if own is None or total is None:
                return None
            return Quantity(
                Decimal(len(values) - bisect_right(values, own.value) + 1),
                ZERO,
                "",
                total.rows,
            )

        return self._made(
            figure, "rank", kind="rank", about={**self.about, "signed": False, **about}
        )

    def added_up(self, **about: object) -> Measure:
        """Return the sum since the first time of the table."""

        def figure(data: Data, time: At, place: Place) -> Quantity | None:
            times = [other for other in self.panel.times(data) if other <= time]
            item = (
                added(self.take(data, other, place) for other in times)
                if time in times
                else None
            )
            return item and replace(
                item, related=frozenset({self.panel.time.period(min(times))})
            )

        return self._made(
            figure, "added_up", kind=self.kind, about={**self.about, **about}
        )

    def change(self, against: Against = "earlier", **about: object) -> Since:
        """Return by how much it differs from another time; of which, ``Since`` says."""
        kind = None if self.kind in RATES.values() else self.kind
        return Since(self, rise, "change", against, kind, {"signed": True, **about})

    def growth(self, against: Against = "earlier", **about: object) -> Since:
        """Return by how many percent it differs from another time."""
        return Since(
            self, growth, "growth", against, "change", {"signed": True, **about}
        )

    def multiple(self, against: Against = "earlier", **about: object) -> Since:
        """Return how many times as large it is as at another time."""
        return Since(self, multiple, "multiple", against, "multiple", about)

    def index(self, **about: object) -> Since:
        """Return it as an index that is 100 at a base."""
        return Since(self, index, "index", "base", "index", about)

    def _made(
        self,
        figure: Figure,
        words: str,
        *others: Measure,
        **fields: Any,  # noqa: ANN401 - its own
    ) -> Measure:
        return replace(
            self, take=figure, words=words, parts=(self, *others), since=None, **fields
        )


@dataclass(frozen=True, eq=False)
class Since(Declared):
    """How a measure differs from that of another time: a fact of one time or two, and
    the things of the measure.

    ``against``: two times, the *earlier* first; the time *before* the one that is
    named; or a *base*, named second.
    """

    measure: Measure
    compare: Combine
    words: str
    against: Against
    kind: Kind | None
    about: Mapping[str, object]

    def __post_init__(self) -> None:
        """Raise ``ToldError`` where it is against something else."""
        if self.against not in (known := get_args(Against)):
            raise ToldError(
                f"found {quoted(self.against)}, expected one of {', '.join(known)}"
            )

    @property
    def __signature__(self) -> Signature:
        """What it takes, as ``inspect`` has it of functions."""
        time = self.measure.panel.time
        names = {
            "earlier": ["earlier", "later"],
            "before": [time.name],
            "base": [time.name, "base"],
        }[self.against]
        return signature([(name, time.type) for name in names], self.measure.parameters)

    def __call__(self, data: Data, *arguments: At) -> Quantity | None:
        """Return the difference with what a sentence needs to know of it; ``None``
        where one of the two is missing.
        """
        one, other, place = self._asked(data, arguments)
        item = self._figure(data, one, other, place)
        if item is None:
            return None
        kind, about = (
            self.kind or kind_of(item),
            {**self.measure.dimensions(data, place), **self.about},
        )
        if kind == "index":
            before = self._figure(data, one, self.measure.before(data, other), place)
            about["change"] = rise(before, item) if before else None
        return item.said(kind, **{**self._periods(data, one, other), **about})

    def choices(
        self, data: Data, parameter: str, arguments: Mapping[str, At]
    ) -> list[str]:
        """Return the arguments that a thing may be at the time that is counted, in the
        table's order.
        """
        time = self.measure.panel.time.name
        return self.measure.choices(
            data,
            parameter,
            {**arguments, time: arguments.get("later", arguments.get(time))},
        )

    def _asked(self, data: Data, arguments: tuple[At, ...]) -> tuple[At, At, Place]:
        """Return the time that is counted from, the one that is counted, and the
        things.
        """
        if self.against == "before":
            time, *things = arguments
            return self.measure.before(data, time), time, self.measure.place(*things)
        one, other, *things = (
            arguments
            if self.against == "earlier"
            else (arguments[1], arguments[0], *arguments[2:])
        )
        return one, other, self.measure.place(*things)

    def figure(self, data: Data, *arguments: At) -> Quantity | None:
        """Return the bare figure, for arithmetic and charts."""
        return self._figure(data, *self._asked(data, arguments))

    def _figure(self, data: Data, one: At, other: At, place: Place) -> Quantity | None:
        """Return the bare figure: of the time ``other``, against ``one``."""
        return _combined(
            self.compare,
            *(self.measure.take_at(data, time, place) for time in (one, other)),
        )

    def series(
        self, data: Data, base: At = None, *arguments: str
    ) -> dict[At, Quantity]:
        """Return the bare figures by their times, in order: against ``base``, else
        against the time before each.
        """
        place = self.measure.place(*arguments)
        times = self.measure.panel.times(data)
        pairs = (
            (time, self.measure.before(data, time) if base is None else base)
            for time in times
        )
        found = ((time, self._figure(data, one, time, place)) for time, one in pairs)
        return {time: item for time, item in found if item}

    def _periods(self, data: Data, one: At, other: At) -> dict[str, object]:
        """Return of which period a difference is, and which others a sentence may name.

        Where two times are named, the earlier may stand alone beside it ("since 2021"),
        the later only where it is the next: what took two years did not happen "in
        2023".
        """
        time = self.measure.panel.time
        if self.against != "earlier":
            return time.against(other, one)
        first, last = map(time.period, (one, other))
        follows = first.after() == last or self.measure.before(data, other) == one
        related = {first, last} if follows else {first}
        return {"period": Period(first.first, last.last), "related": frozenset(related)}


def _summed(
    data: Data, measure: Measure, time: At, place: Place, thing: Thing
) -> tuple[Quantity | None, tuple[Decimal, ...]]:
    names = measure.choices(data, thing.name, {**place, measure.panel.time.name: time})
    items = [measure.take(data, time, {**place, thing.name: name}) for name in names]
    return added(items), tuple(sorted(item.value for item in items if item))


def _held(table: Table, panel: Panel) -> _Held:
    """Return a table as a panel has it.

    Raises ``ToldError`` for one of another shape.
    """
    time, things = panel.time, [thing.column for thing in panel.things]
    for name in (time.column, *things, *panel.where):
        field_of(table, name)
    kind = field_of(table, time.column).type
    if TIMES.get(kind, time.type) is not time.type:
        raise ToldError(
            f"found another time for the column {time.column} of {table.path}, which is"
            f" a {kind}"
        )
    for name, value in panel.where.items():
        known = list(dict.fromkeys(row[name] for row in table.rows))
        if value not in known:
            names = ", ".join(map(str, known))
            raise ToldError(
                f"no row of {table.path} has {value!r} as its {name}",
                f"there are: {names}",
            )
    by_time: dict[At, list[Row]] = {}
    rows: dict[tuple[At, ...], Row | None] = {}
    for row in table.rows:
        moment = time.time(row[time.column])
        by_time.setdefault(moment, []).append(row)
        others = [name for name, value in panel.where.items() if row[name] != value]
        if not set(others) & set(table.description.primary_key):
            rows[moment, *(row[name] for name in things)] = None if others else row
    times = {moment: tuple(by_time[moment]) for moment in sorted(by_time)}
    values = {
        name: {as_argument(row[name]): row[name] for row in table.rows}
        for name in things
    }
    more = [
        name
        for name in table.description.primary_key
        if name not in {time.column, *things, *panel.where}
    ]
    whole = {moment: frozenset(own) for moment, own in times.items()}
    return _Held(table, times, whole, rows, values, ", ".join(more))


def one_of(things: tuple[Thing, ...], thing: Thing | str) -> Thing:
    """Return one of some things, by itself or its name.

    Raises ``ToldError`` for any other.
    """
    known = {item.name: item for item in things}
    name = thing if isinstance(thing, str) else thing.name
    if name not in known:
        raise ToldError(
            f"found the thing {quoted(name)}, expected one of:"
            f" {', '.join(known) or 'none'}"
        )
    return known[name]


def field_of(table: Table, name: str) -> Field:
    """Return the description of a column.

    Raises ``ToldError`` for one that is not there.
    """
    if name in table.description.fields:
        return table.description.fields[name]
    raise ToldError(
        f"{table.path} has no column {quoted(name)}",
        similar(name, table.description.fields),
    )


@dataclass(frozen=True, eq=False)
class Mark(Declared):
    """A number set by us as a fact, such as one to pass; it rests on no row."""

    value: int | Decimal
    unit: str = ""

    def __call__(self, _data: Data) -> Quantity:
        """Return the number."""
        return Quantity(Decimal(self.value), ZERO, self.unit, frozenset(), "constant")


def _combined(
    combine: Combine, one: Quantity | None, other: Quantity | None
) -> Quantity | None:
    """Return what two figures make, ``None`` where one is missing, or divided by one
    that may be nothing.
    """
    with suppress(AroundZeroError):
        return combine(one, other) if one and other else None
    return None


def kind_of(item: Quantity) -> Kind:
    """Return what kind of figure one is by its unit: a price, a share, an amount; what
    is exact and whole, a count.
    """
    if " per " in item.unit:
        return "price"
    if item.base in RATES:
        return RATES[item.base]
    if len(item.base) == len("USD") and item.base.isupper():  # a currency
        return "money"
    return "amount" if item.precision or any(end % 1 for end in item.ends) else "count"


def signature(times: list[tuple[str, object]], things: tuple[Thing, ...]) -> Signature:
    """Return the signature of a fact: the tables, its times, and an argument for each
    thing.
    """
    named = [("data", Data, ""), *((name, kind, "") for name, kind in times)]
    named += [(thing.name, thing.type, thing.default) for thing in things]
    make = partial(Parameter, kind=Parameter.POSITIONAL_OR_KEYWORD)
    return Signature(
        [
            make(name, annotation=kind, default=default or Parameter.empty)
            for name, kind, default in named
        ]
    )


def citable(module: ModuleType) -> dict[str, Callable[..., Quantity | None]]:
    """Return the facts of a story by name: what a module names in ``__all__``, and the
    public measures in it.

    Those of modules that lie beside it are facts as well, where it imports these.
    """
    near = [item for item in vars(module).values() if isinstance(item, ModuleType)]
    found: dict[str, Callable[..., Quantity | None]] = {}
    for home in (
        *(item for item in near if item.__package__ == module.__package__),
        module,
    ):
        own = getattr(home, "__all__", ())
        measures = (
            name
            for name, item in vars(home).items()
            if isinstance(item, Declared) and name[0] != "_"
        )
        found |= {name: getattr(home, name) for name in (*measures, *own)}
    return found
