"""Cards, the pictures of pages where these are shared: a headline, one number, one
mark; read where they are small.

A feed shows a card half as wide, a list of links a quarter: nothing on it is thin, and
lettering is large or can be spared. The mark is a bold line without axes, on which only
what counts is written, or the chart's own drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from press.figures import poster, svg
from press.figures.poster import (
    Colours,
    PictureTexts,
    TextBlock,
    TextStyle,
    draw_text_blocks,
    format_accessible_svg,
    get_light_colours,
    sum_heights,
    wrap_text_block,
    wrap_text_block_checking_width,
)
from press.ground.colour import Palette

# as large as Open Graph wants it
WIDTH = 1200
HEIGHT = 630
EDGE = 56
GAP = 36
ROOM = WIDTH - 2 * EDGE
TITLE_SIZES = (84, 76, 68, 62, 56, 50, 44, 40)
TITLES = [
    TextStyle(size, round(size * 1.12), 0, "ink", serif=True) for size in TITLE_SIZES
]
NUMBERS = [
    TextStyle(size, round(size * 0.94), 6, "mark", serif=True)
    for size in range(144, 63, -8)
]
LEFT = 560  # the room of the number
RIGHT = 480  # the room of the mark
ALONE = 340  # the height of a mark that is no part of a card
# the words of a number up to its last digits: of "5 to 6% higher" the first three
COUNTED = re.compile(r".*\d\S*")
TEXT = TextStyle(36, 44, 0, "ink")
SUBTITLE = TextStyle(36, 46, 0, "muted")
SOURCE = TextStyle(24, 30, 0, "muted")
NAME = TextStyle(26, 30, 0, "accent", bold=True)
# Of marks.
SAID = TextStyle(28, 36, 4, "ink")  # above what lies across
NAMED = TextStyle(26, 34, 0, "muted")  # below some of the values
APART = 18  # pixels between two names
BELOW = 4  # pixels between a dot and a name below it
LINE = 14  # how wide a line is
DOT = 24  # how wide a dot is from its middle
RING = 8  # how wide the paper around it is
ACROSS = 5  # how wide what lies across is
START_TAG = re.compile(r"<\w[^>]*>")
STROKE = re.compile(r'(stroke-(?:width|dasharray)=")([\d.,]+)')
WIDTH_OF_STROKE = re.compile(r'stroke-width="([\d.]+)')
RADIUS = re.compile(r'( r=")([\d.]+)')
# lettering, the signs that its words explain, and dots that are as small
LETTERING = re.compile(
    r'<text.*?</text>|<(\w+) class="kind-key"[^>]*(?:/>|>.*?</\1>)'
    r'|<circle[^>]* r="[0-2](?:\.\d+)?"/>',
    re.DOTALL,
)
RIM = 'stroke="var(--paper'  # around a mark: a wider one would cover it
BOLDER = 4  # how many times as wide are the lines of a drawing, but no wider than
WIDEST = 16
LARGER = 2  # how many times as wide are its dots


class _LeastSizes(NamedTuple):
    """How large number and title and how high the mark shall be at least."""

    number: int
    title: int
    mark: int


# the best first
OF_LINE = (
    _LeastSizes(104, 50, 240),
    _LeastSizes(104, 50, 190),
    _LeastSizes(104, 40, 190),
    _LeastSizes(80, 40, 190),
    _LeastSizes(64, 40, 150),
)
OF_DRAWING = (_LeastSizes(104, 50, 270), _LeastSizes(80, 44, 250), *OF_LINE)


class Box(NamedTuple):
    """Where there is room for something, in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


class CardLinePoint(NamedTuple):
    """A value along a line: how far along it lies, in steps, and what names it."""

    place: int
    value: Decimal
    name: str


class CardLineChart(NamedTuple):
    """Values along a line; ``at`` is the number of the one that counts.

    At ``level`` lies a line across, with what is ``said`` of it.
    """

    points: Sequence[CardLinePoint]
    at: int
    level: Decimal | None = None
    said: str = ""


SvgOrLineChart: TypeAlias = CardLineChart | str  # a string is a drawing: SVG


class CardBody(NamedTuple):
    """What a card shows below its title: a number, the words after it, the name of a
    colour, a mark.
    """

    number: str
    text: str
    colour: str
    mark: SvgOrLineChart


def draw_card(texts: PictureTexts, body: CardBody | None, palette: Palette) -> str:
    """Return a card as SVG: a title, and a body, or else the subtitle.

    Raises ``ValueError`` where they do not fit.
    """
    colours = get_light_colours(palette)
    colours["mark"] = colours[body.colour if body else "accent"]
    name = wrap_text_block_checking_width(texts.name, ROOM, NAME)
    source = wrap_text_block(texts.source, ROOM - GAP - name.width, SOURCE)
    foot = HEIGHT - EDGE - max(source.height, name.height)
    right = WIDTH - EDGE - name.width
    ends = [
        source.format_as_svg(EDGE, foot, colours),
        name.format_as_svg(right, HEIGHT - EDGE - name.height, colours),
    ]
    plans = (
        _yield_layouts_with_body(texts, body, foot - GAP)
        if body
        else _yield_layouts_with_subtitle(texts, foot - GAP)
    )
    plan = next(plans, None)
    if plan is None:
        raise ValueError(
            f"what is said does not fit on the card with the title"
            f" ({len(texts.title)} characters) and the source"
            f" ({len(texts.source)}): shorten them"
        )
    title, words, box = plan
    parts = [title.format_as_svg(EDGE, EDGE, colours)]
    if body:
        # words and mark stand at the foot; without a mark the words follow the title
        top = box.bottom - sum_heights(words)
        parts.append(draw_text_blocks(words, EDGE, top, colours))
        beside = box._replace(left=WIDTH - EDGE - RIGHT, width=RIGHT)
        parts.append(_draw_card_picture(body.mark, beside, colours))
    else:
        parts.append(draw_text_blocks(words, EDGE, box.top, colours))
    return format_accessible_svg(WIDTH, HEIGHT, [*parts, *ends], texts, colours)


def draw_card_picture_for_page(body: CardBody, palette: Palette) -> str:
    """Return the mark of a card alone, as SVG for a page whose style sheet has the
    colours.

    Raises ``ValueError`` where its words do not fit.
    """
    colours = {name: f"var(--{name})" for name in palette}
    colours["mark"] = colours[body.colour]
    drawn = _draw_card_picture(body.mark, Box(0, 0, RIGHT, ALONE), colours)
    start = '<svg aria-hidden="true" focusable="false"'
    return svg.add_plain_colours(f'{start} viewBox="0 0 {RIGHT} {ALONE}">{drawn}</svg>')


class _FittingLayout(NamedTuple):
    """A title and words that fit: the title, the words below it, the room for them."""

    title: TextBlock
    words: Sequence[TextBlock]
    room: Box


def _yield_titles_with_room_below(
    texts: PictureTexts, bottom: float
) -> Iterator[tuple[TextBlock, Box]]:
    """Yield titles that are no wider than a card, the largest first, each with the room
    below it.
    """
    for lettering in TITLES:
        title = wrap_text_block(texts.title, ROOM, lettering)
        if title.width <= ROOM:
            top = EDGE + title.height + GAP
            yield title, Box(EDGE, top, ROOM, bottom - top)


def _yield_layouts_with_subtitle(
    texts: PictureTexts, bottom: float
) -> Iterator[_FittingLayout]:
    """Yield titles below which there is room for the subtitle."""
    words = [wrap_text_block(texts.subtitle, ROOM, SUBTITLE)]
    for title, room in _yield_titles_with_room_below(texts, bottom):
        if _do_blocks_fit(words, room):
            yield _FittingLayout(title, words, room)


def _yield_layouts_with_body(
    texts: PictureTexts, body: CardBody, bottom: float
) -> Iterator[_FittingLayout]:
    """Yield titles, each with the largest words below it that are as large as they
    shall be at least, the best first.
    """
    is_drawing = isinstance(body.mark, str)
    titles = [*_yield_titles_with_room_below(texts, bottom)]
    for least in OF_DRAWING if is_drawing else OF_LINE:
        for title, room in titles:
            if title.lettering.size >= least.title and room.height >= least.mark:
                for words in _yield_number_and_text_blocks(body, room, least.number):
                    yield _FittingLayout(title, words, room)


def _yield_number_and_text_blocks(
    body: CardBody, room: Box, least_number_size: int
) -> Iterator[Sequence[TextBlock]]:
    """Yield a number as large as there is room, and its text, which may begin with the
    number's last words.
    """
    narrow = room._replace(width=LEFT)
    for number, text in _yield_number_or_digits_with_text(body):
        below = wrap_text_block(text, LEFT, TEXT)
        for lettering in NUMBERS:
            if lettering.size >= least_number_size:
                words = [wrap_text_block(number, 2 * ROOM, lettering), below]
                if _do_blocks_fit(words, narrow):
                    yield words


def _yield_number_or_digits_with_text(body: CardBody) -> Iterator[tuple[str, str]]:
    """Yield number and text, whole, and with the words after the digits in the text."""
    yield body.number, body.text
    digits = COUNTED.match(body.number)
    if digits:
        rest = body.number[digits.end() :]
        yield digits[0], f"{rest} {body.text}".strip()


def _do_blocks_fit(words: Sequence[TextBlock], room: Box) -> bool:
    """Tell whether blocks, one below the other, fit a box."""
    widest = max(block.width for block in words)
    return widest <= room.width and sum_heights(words) <= room.height


def _draw_card_picture(mark: SvgOrLineChart, box: Box, colours: Colours) -> str:
    """Return a mark as SVG, a line in the colour ``mark``.

    Raises ``ValueError`` for words that do not fit.
    """
    if isinstance(mark, str):
        return _draw_bold_without_lettering(mark, box, colours)
    return "".join(_draw_line_chart(mark, box, colours))


def _draw_bold_without_lettering(drawing: str, box: Box, colours: Colours) -> str:
    """Return a drawing without lettering, as large as a box lets it be, in its lower
    right corner.
    """
    width, height = svg.read_svg_size(drawing)
    bold = START_TAG.sub(_thicken_strokes_and_enlarge_dots, LETTERING.sub("", drawing))
    _, _, inner = bold.partition(">")
    place = f'x="{box.left:g}" y="{box.top:g}"'
    size = f'width="{box.width:g}" height="{box.height:g}" {poster.UNCUT}'
    view = f'viewBox="0 0 {width} {height}" preserveAspectRatio="xMaxYMax"'
    return svg.replace_all_colour_variables(
        f"<svg {place} {size} {view}>{inner}", colours
    )


def _thicken_strokes_and_enlarge_dots(found: re.Match[str]) -> str:
    """Return a start tag with wider strokes, but for rims, and a larger radius."""
    tag = RADIUS.sub(lambda radius: _multiply_lengths(radius, LARGER), found[0])
    if RIM in tag:
        return tag
    width = WIDTH_OF_STROKE.search(tag)
    times = max(1, min(BOLDER, WIDEST / float(width[1]))) if width else BOLDER
    return STROKE.sub(lambda stroke: _multiply_lengths(stroke, times), tag)


def _multiply_lengths(attribute: re.Match[str], times: float) -> str:
    """Return an attribute's start and each of its lengths so many times as long."""
    lengths = (float(length) * times for length in attribute[2].split(","))
    return attribute[1] + ",".join(f"{length:g}" for length in lengths)


def _draw_line_chart(
    line_chart: CardLineChart, box: Box, colours: Colours
) -> Iterator[str]:
    """Yield a line with a dot, broken where values are missing, and what lies across.

    The value that counts is named below it, the first and the last where there is room.
    """
    first = line_chart.points[0].place
    steps = line_chart.points[-1].place - first
    values = [point.value for point in line_chart.points]
    low = float(min(0, line_chart.level or 0, *values))
    high = float(max(0, line_chart.level or 0, *values))
    foot = box.bottom - NAMED.leading - DOT
    top = box.top + SAID.leading * bool(line_chart.said)
    unit = (foot - top) / (high - low or 1)
    step = (box.width - 2 * DOT) / (steps or 1)

    def find_y(value: Decimal) -> float:
        return foot - unit * (float(value) - low)

    if line_chart.level is not None:
        yield _draw_level_line(line_chart, box, find_y(line_chart.level), colours)
    xs = [box.left + DOT + step * (point.place - first) for point in line_chart.points]
    ys = [*map(find_y, values)]
    yield from _draw_chosen_and_end_names(line_chart, box, xs, foot, colours)
    ends = dict[int, str]()
    path = ""
    for point, x, y in zip(line_chart.points, xs, ys, strict=True):
        end = f"{x:g},{y:g}"
        path += f"M{ends.get(point.place - 1, end)}L{end}"
        ends[point.place] = end
    stroke = f'stroke="{colours["mark"]}" stroke-width="{LINE}"'
    yield f'<path d="{path}" fill="none" {stroke} stroke-linecap="round"/>'
    ring = f'stroke="{colours["paper"]}" stroke-width="{RING}"'
    dot = f'r="{DOT}" fill="{colours["mark"]}"'
    middle = f'cx="{xs[line_chart.at]:g}" cy="{ys[line_chart.at]:g}"'
    yield f"<circle {middle} {dot} {ring}/>"


def _draw_level_line(
    line_chart: CardLineChart, box: Box, y: float, colours: Colours
) -> str:
    """Return what lies across at a height, and above it what is said of it."""
    stroke = f'stroke="{colours["ink"]}" stroke-width="{ACROSS}"'
    across = f'<path d="M{box.left:g},{y:g}h{box.width:g}" {stroke}/>'
    said = wrap_text_block_checking_width(line_chart.said, box.width, SAID)
    return across + said.format_as_svg(box.left, y - said.height, colours)


def _draw_chosen_and_end_names(
    line_chart: CardLineChart,
    box: Box,
    xs: Sequence[float],
    foot_y: float,
    colours: Colours,
) -> Iterator[str]:
    """Yield names below values, inside a box and apart from each other."""
    taken = list[tuple[float, float]]()
    for at in (line_chart.at, 0, -1):
        name = wrap_text_block_checking_width(
            line_chart.points[at].name, box.width, NAMED
        )
        half = name.width / 2
        right = box.left + box.width - half
        x = min(max(box.left + half, xs[at]), right)
        if all(abs(x - other) > half + its + APART for other, its in taken):
            taken.append((x, half))
            drawn = name.format_as_svg(x, foot_y + BELOW + DOT, colours)
            yield f'<g text-anchor="middle">{drawn}</g>'
