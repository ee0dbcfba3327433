"""The card of a chart, where it is shared: its number is bound, it shows a line of the
chart's table or its drawing.

The line of the first stands beside the story's title, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from press.binding import CheckedLink
from press.content import CardText, ChartText, Page
from press.figures import DrawnChart, card
from press.ground.errors import BuildError, quote_words, suggest_similar_or_all
from press.ground.grid import Grid
from press.pages.rendition import Rendition
from press.quantity import Quantity, format_exact_quantity, scale_factor_of_unit
from press.reading import Text

STOPS = " ,:;"  # between a number and its words, which the card sets apart
HOW_TO_BEGIN = (
    "begin with the number as a link: [12%](fact:name/argument) of all that there is"
)


class Hero(NamedTuple):
    """What stands beside the story's title: a line as SVG, and the words of its number
    as HTML.
    """

    picture: Markup
    words: Markup


class _BoundNumber(NamedTuple):
    """The words of a link, and the figure that it tells."""

    words: str
    quantity: Quantity


def make_hero_if_story_page(rendition: Rendition, page: Page) -> Hero | None:
    """Return what stands beside the title of the story, if its first chart has a card
    with a line; nothing on any other page.

    Raises ``BuildError`` where the card is wrong.
    """
    addresses = rendition.addresses
    name = next(iter(addresses.addresses_of_charts_with_pages), "")
    figure = rendition.inputs.figures.get(name)
    if page is not addresses.story_page or figure is None:
        return None
    text = rendition.content.charts[name]
    shown = make_card_body_unless_faulty(rendition, figure, text)
    if not text.card or not shown or not text.card.line:
        return None
    number = text.card.number
    try:
        picture = card.draw_card_picture_for_page(shown, rendition.inputs.palette)
    except ValueError:  # the card itself tells of it
        return None
    words = rendition.texts.render_strings_by_kind([number], page)[number.description][
        0
    ]
    return Hero(Markup(picture), words)  # noqa: S704 - ours


def make_card_body_unless_faulty(
    rendition: Rendition, drawn_chart: DrawnChart, chart_text: ChartText
) -> card.CardBody | None:
    """Return what a chart's card shows below its title, if its words say that.

    Raises ``BuildError`` where they say what chart and tables do not hold. What is
    false in a text is told elsewhere.
    """
    card_words = chart_text.card
    if not card_words or _has_faulty_number_or_level(rendition, card_words):
        return None
    palette = rendition.inputs.palette
    if card_words.colour not in palette:
        message = (
            f"found the colour {quote_words(card_words.colour)}, expected a name of the"
            " palette"
        )
        raise _make_error(
            card_words.number,
            message,
            suggest_similar_or_all(card_words.colour, palette),
        )
    bound = _get_first_bound_number(rendition, card_words.number)
    before, _, after = card_words.number.with_words_in_place_of_bindings.partition(
        bound.words
    )
    words = f"{before}{after.lstrip(STOPS)}".strip()
    mark: card.CardLineChart | str = drawn_chart.drawings[-2].svg
    if card_words.line:
        mark = _make_line_chart_with_marked_number(
            rendition, drawn_chart.table, card_words, bound.quantity
        )
    return card.CardBody(bound.words, words, card_words.colour, mark)


def _has_faulty_number_or_level(rendition: Rendition, card_words: CardText) -> bool:
    """Tell whether what a card says of its number and of its level is false."""
    checked_links = list[CheckedLink]()
    for text in card_words[:2]:
        checked_links += rendition.texts.checked_links_by_text_id.get(id(text), ())
    return any(checked_link.faults for checked_link in checked_links)


def _make_line_chart_with_marked_number(
    rendition: Rendition, chart_table: Grid, card_words: CardText, number: Quantity
) -> card.CardLineChart:
    """Return the known values of a column; the number of the card is one of them."""
    points = _list_known_points_of_column(chart_table, card_words)
    line = card.CardLineChart(
        points, _get_index_of_nearest_point(points, card_words, number)
    )
    if not card_words.level:
        return line
    level = _get_first_bound_number(rendition, card_words.level).quantity
    if level.base_unit != number.base_unit:
        message = (
            f"found {level.base_unit} on the card beside {number.base_unit}, expected"
            " one unit"
        )
        raise _make_error(card_words.level, message, "")
    return line._replace(
        level=_compute_middle(level),
        said=card_words.level.with_words_in_place_of_bindings,
    )


def _list_known_points_of_column(
    chart_table: Grid, card_words: CardText
) -> list[card.CardLinePoint]:
    """Return the known values of the column that a card shows, at their years where
    all rows have one, else one after another.
    """
    names = [column.name for column in chart_table.columns]
    if card_words.line not in names[1:]:
        message = (
            f"found no column {quote_words(card_words.line)} in the chart's table,"
            " which its card shows"
        )
        raise _make_error(
            card_words.number,
            message,
            suggest_similar_or_all(card_words.line, names[1:]),
        )
    place = names.index(card_words.line)
    unit = scale_factor_of_unit(card_words.line.split("_"))
    points = list[card.CardLinePoint]()
    years = list[int]()
    for row in chart_table.rows:
        value = row[place].value
        if isinstance(value, int | Decimal):
            head = row[0]
            points.append(
                card.CardLinePoint(len(points), value * unit, head.text.strip())
            )
            if str(head.value).isdecimal():
                years.append(int(str(head.value)))
    if len(years) < len(points):
        return points
    return [
        point._replace(place=year) for point, year in zip(points, years, strict=True)
    ]


def _get_index_of_nearest_point(
    points: Sequence[card.CardLinePoint], card_words: CardText, number: Quantity
) -> int:
    """Return which of some points is the number of a card.

    Raises ``BuildError`` where none is.
    """
    middle = abs(_compute_middle(number))
    near = [(abs(abs(point.value) - middle), at) for at, point in enumerate(points)]
    distance, nearest = min(near, default=(Decimal("Infinity"), 0))
    if distance > (number.most - number.least) * number.unit_factor / 2:
        message = (
            f"the card shows {card_words.line}, and its number,"
            f" {format_exact_quantity(number)}, is none of that column"
        )
        hint = (
            "bind it to a figure that the chart's table holds, or show another column"
        )
        raise _make_error(card_words.number, message, hint)
    return nearest


def _get_first_bound_number(rendition: Rendition, text: Text) -> _BoundNumber:
    """Return the words of a text's first link, and the figure that it tells: that of a
    fact, or that of a statement.
    """
    checked_link = next(
        iter(rendition.texts.checked_links_by_text_id.get(id(text), ())), None
    )
    if checked_link and checked_link.proof.facts:
        return _BoundNumber(checked_link.words, checked_link.proof.facts[0].quantity)
    if not checked_link or not checked_link.proof.statement_rows:
        message = "found no number that is bound in a line of the card, expected one"
        raise _make_error(text, message, HOW_TO_BEGIN)
    row = checked_link.proof.statement_rows[0]
    low = row.number("low")
    high = row.number("high")
    quantity = Quantity(
        (low + high) / 2,
        Decimal(0),
        str(row["unit"]),
        frozenset([row]),
        low=low,
        high=high,
    )
    return _BoundNumber(checked_link.words, quantity)


def _compute_middle(item: Quantity) -> Decimal:
    """Return a figure in the base of its unit, between its ends."""
    return sum(item.low_and_high, Decimal(0)) / 2 * item.unit_factor


def _make_error(text: Text, message: str, hint: str) -> BuildError:
    return BuildError.at(text.path, text.line, message, hint)
