"""The card of a chart, where it is shared: its number is bound, its mark is drawn from facts or the chart's table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from press.binding import Entry
from press.content import Card, ChartText
from press.figures import Figure, card
from press.ground.errors import BuildError, Problem, quoted, similar
from press.ground.grid import Grid
from press.ground.period import Period
from press.pages.rendition import Rendition
from press.quantity import Quantity, scale
from press.quantity import value as exact
from press.reading import Text

STOPS = " ,:;"  # between a number and its words, which the card sets apart
BOUND = "begin with the number as a link: [12%](fact:name/argument) of all that there is"


def shown(rendition: Rendition, figure: Figure, text: ChartText) -> card.Shown | None:
    """Return what a chart's card shows below its title, if its words say that.

    Raises ``BuildError`` where they say what chart and tables do not hold. What is false in a text is told elsewhere.
    """
    if not text.card or any(_is_false(rendition, each) for each in (text.card.number, *text.card.beside)):
        return None
    colour = text.card.colour
    if colour not in rendition.inputs.palette:
        known = similar(colour, rendition.inputs.palette)
        raise _wrong(text.card.number, f"found the colour {quoted(colour)}, expected a name of the palette", known)
    number, words = _parts(rendition, text.card.number)
    return card.Shown(number, words, colour, _mark(rendition, figure, text.card))


def _is_false(rendition: Rendition, text: Text) -> bool:
    return any(entry.faults for entry in rendition.entries.get(id(text), ()))


def _mark(rendition: Rendition, figure: Figure, told: Card) -> card.Mark:
    if told.mark == "drawing":
        return figure.drawings[0].svg
    number = _quantity(rendition, told.number)
    beside = [(text, _quantity(rendition, text)) for text in told.beside]
    one = beside[0][1] if told.mark == "pair" else number
    for text, item in beside:
        if item.base != one.base:
            raise _wrong(text, f"found {item.base} on the card beside {one.base}, expected one unit", "")
    values = tuple(card.Told(_middle(item), text.flat) for text, item in beside)
    return _series(figure.table, told, number, values) if told.column else values


def _series(grid: Grid, told: Card, number: Quantity, level: Sequence[card.Told]) -> card.Series:
    """Return the known values of a column; the number of the card is one of them."""
    names = [column.name for column in grid.columns]
    if told.column not in names[1:]:
        message = f"found no column {quoted(told.column)} in the chart's table, which its card shows"
        raise _wrong(told.number, message, similar(told.column, names[1:]))
    place, unit = names.index(told.column), scale(told.column.split("_"))
    rows = [(row[0], value * unit) for row in grid.rows if isinstance(value := row[place].value, int | Decimal)]
    places = _places([str(head.value) for head, _ in rows], in_time=told.mark == "line")
    near = [(abs(abs(value) - abs(_middle(number))), -at) for at, (_, value) in enumerate(rows)]
    distance, last = min(near, default=(Decimal("Infinity"), 0))
    if distance > (number.most - number.least) * number.factor / 2:
        message = f"the card shows {told.column}, and its number, {exact(number)}, is none of that column"
        raise _wrong(told.number, message, "bind it to a figure that the chart's table holds, or show another column")
    points = tuple((along, value) for along, (_, value) in zip(places, rows, strict=True))
    heads = tuple(head.text.strip() for head, _ in rows)
    return card.Series(points, -last, heads, next(iter(level), None), told.mark == "line")


def _places(heads: Sequence[str], *, in_time: bool) -> list[int]:
    """Return where the rows of a table stand: at their whole numbers, or else in time or one after the other."""
    if all(head.isdecimal() for head in heads):
        return [int(head) for head in heads]
    times = [time for head in heads if in_time and (time := Period.read(head))]
    if len(times) < len(heads):
        return list(range(len(heads)))
    return [date.fromisoformat(str(time)).toordinal() if time.day else time.last for time in times]


def _parts(rendition: Rendition, text: Text) -> tuple[str, str]:
    """Return the words of a text's first link, and what it says else."""
    first = _first(rendition, text)
    before, _, after = text.flat.partition(first.words)
    return first.words, f"{before}{after.lstrip(STOPS)}".strip()


def _quantity(rendition: Rendition, text: Text) -> Quantity:
    """Return the figure that a text's first link tells: that of a fact, or that of a statement."""
    proof = _first(rendition, text).proof
    if proof.facts:
        return proof.facts[0].quantity
    if not proof.told:
        raise _wrong(text, "found a link to no number on the card, expected one", BOUND)
    row = proof.told[0]
    low, high = row.number("low"), row.number("high")
    return Quantity((low + high) / 2, Decimal(0), str(row["unit"]), frozenset([row]), low=low, high=high)


def _first(rendition: Rendition, text: Text) -> Entry:
    found = rendition.entries.get(id(text))
    if not found:
        raise _wrong(text, "found no number that is bound in a line of the card, expected one", BOUND)
    return found[0]


def _middle(item: Quantity) -> Decimal:
    """Return a figure in the base of its unit, between its ends."""
    return sum(item.ends, Decimal(0)) / 2 * item.factor


def _wrong(text: Text, message: str, hint: str) -> BuildError:
    return BuildError([Problem(text.path, text.line, message, hint)])
