"""The card of a chart, where it is shared: its number is bound, it shows a line of the
chart's table or its drawing.

The line of the first stands beside the story's title, too.
"""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from press.content import Card, ChartText, Page
from press.figures import Figure, card
from press.ground.errors import BuildError, quote_words, suggest_similar
from press.ground.grid import Grid
from press.pages.rendition import Rendition
from press.quantity import Quantity, format_exact_quantity, scale_factor_of_unit
from press.reading import Text

STOPS = " ,:;"  # between a number and its words, which the card sets apart
BOUND = (
    "begin with the number as a link: [12%](fact:name/argument) of all that there is"
)


def hero(rendition: Rendition, page: Page) -> dict[str, Markup] | None:
    """Return what stands beside the story's title, if its first chart has a card with a
    line; elsewhere nothing.

    That is the line as a ``picture``, SVG, and the ``words`` of the number as HTML.
    Raises ``BuildError`` where the card is wrong.
    """
    name = next(iter(rendition.homes), "")
    if page is not rendition.story_page or name not in rendition.inputs.figures:
        return None
    told = rendition.content.charts[name].card
    here = shown(
        rendition, rendition.inputs.figures[name], rendition.content.charts[name]
    )
    if not told or not here or not told.line:
        return None
    try:
        picture = card.draw_mark_alone(here, rendition.inputs.palette)
    except ValueError:  # the card itself tells of it
        return None
    return {
        "picture": Markup(picture),  # noqa: S704 - ours
        "words": rendition.inlined([told.number], page)[told.number.description][0],
    }


def shown(
    rendition: Rendition, figure: Figure, text: ChartText
) -> card.BodyOfCard | None:
    """Return what a chart's card shows below its title, if its words say that.

    Raises ``BuildError`` where they say what chart and tables do not hold. What is
    false in a text is told elsewhere.
    """
    told = text.card
    if not told or any(
        entry.faults
        for each in told[:2]
        for entry in rendition.entries.get(id(each), ())
    ):
        return None
    if told.colour not in rendition.inputs.palette:
        known = suggest_similar(told.colour, rendition.inputs.palette)
        raise _wrong(
            told.number,
            (
                f"found the colour {quote_words(told.colour)}, expected a name of the"
                " palette"
            ),
            known,
        )
    words, number = _bound(rendition, told.number)
    before, _, after = told.number.with_words_in_place_of_bindings.partition(words)
    mark = (
        _line(rendition, figure.table, told, number)
        if told.line
        else figure.drawings[-2].svg
    )
    return card.BodyOfCard(
        words, f"{before}{after.lstrip(STOPS)}".strip(), told.colour, mark
    )


def _line(
    rendition: Rendition, grid: Grid, told: Card, number: Quantity
) -> card.LineOfCard:
    """Return the known values of a column; the number of the card is one of them."""
    names = [column.name for column in grid.columns]
    if told.line not in names[1:]:
        message = (
            f"found no column {quote_words(told.line)} in the chart's table, which"
            " its card"
            " shows"
        )
        raise _wrong(told.number, message, suggest_similar(told.line, names[1:]))
    place = names.index(told.line)
    unit = scale_factor_of_unit(told.line.split("_"))
    known = [
        (row[0], value * unit)
        for row in grid.rows
        if isinstance(value := row[place].value, int | Decimal)
    ]
    years = [int(year) for head, _ in known if (year := str(head.value)).isdecimal()]
    places = years if len(years) == len(known) else range(len(known))
    points = [
        card.PointOfLine(at, value, head.text.strip())
        for at, (head, value) in zip(places, known, strict=True)
    ]
    near = [
        (abs(abs(point.value) - abs(_middle(number))), at)
        for at, point in enumerate(points)
    ]
    distance, nearest = min(near, default=(Decimal("Infinity"), 0))
    if distance > (number.most - number.least) * number.unit_factor / 2:
        message = (
            f"the card shows {told.line}, and its number,"
            f" {format_exact_quantity(number)}, is none of that column"
        )
        raise _wrong(
            told.number,
            message,
            "bind it to a figure that the chart's table holds, or show another column",
        )
    line = card.LineOfCard(points, nearest)
    if not told.level:
        return line
    _, level = _bound(rendition, told.level)
    if level.base_unit != number.base_unit:
        raise _wrong(
            told.level,
            f"found {level.base_unit} on the card beside {number.base_unit},"
            " expected one unit",
            "",
        )
    return line._replace(
        level=_middle(level), said=told.level.with_words_in_place_of_bindings
    )


def _bound(rendition: Rendition, text: Text) -> tuple[str, Quantity]:
    """Return the words of a text's first link, and the figure that it tells: that of a
    fact, or that of a statement.
    """
    entries = rendition.entries.get(id(text))
    if not entries or not (entries[0].proof.facts or entries[0].proof.statement_rows):
        raise _wrong(
            text,
            "found no number that is bound in a line of the card, expected one",
            BOUND,
        )
    words = entries[0].words
    proof = entries[0].proof
    if proof.facts:
        return words, proof.facts[0].quantity
    row = proof.statement_rows[0]
    low = row.number("low")
    high = row.number("high")
    return words, Quantity(
        (low + high) / 2,
        Decimal(0),
        str(row["unit"]),
        frozenset([row]),
        low=low,
        high=high,
    )


def _middle(item: Quantity) -> Decimal:
    """Return a figure in the base of its unit, between its ends."""
    return sum(item.low_and_high, Decimal(0)) / 2 * item.unit_factor


def _wrong(text: Text, message: str, hint: str) -> BuildError:
    return BuildError.at(text.path, text.line, message, hint)
