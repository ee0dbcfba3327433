"""Pictures of charts for use away from their page: a sheet with title and source, and a card to share.

Both are SVG around the very drawing of the page, in its light colours. A sheet turns dark where its viewer does; a
viewer that knows no media queries paints it light.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from typing import NamedTuple, TypeAlias

from press.errors import quoted
from press.figures import font, svg

Colours: TypeAlias = Mapping[str, str]  # "#rrggbb" by name
Palette: TypeAlias = Mapping[str, tuple[str, str]]  # (light, dark) by name; ink, muted, accent, rule and paper

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # the renderer brings the first, and it has the others' widths
CAPITALS = 0.72  # the height of capitals, of the size
PAINTED = ("fill", "stroke")
LABEL = re.compile(r">([^<]+)<")
LABEL_SIZE = re.compile(r'font-size="([\d.]+)px"')
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # however it is written


class Heading(NamedTuple):
    """What is said around a drawing, as plain text; ``name`` is the site's, an ``address`` not known is empty."""

    title: str
    subtitle: str
    alt: str
    source: str
    name: str
    address: str = ""


class Type(NamedTuple):
    """How a text is set: its size, the distance of its lines and the room below it, in pixels; its colour by name."""

    size: int
    leading: int
    below: int
    colour: str
    bold: bool = False

    @property
    def widths(self) -> dict[str, int]:
        """The widths of its characters."""
        return font.BOLD if self.bold else font.REGULAR


# A sheet: the wide drawing in its own size, between head and foot.
MARGIN, GAP = 32, 16
TITLE = Type(24, 30, 4, "ink", bold=True)
SUBTITLE = Type(15, 22, 0, "muted")
SOURCE = Type(13, 19, 2, "muted")
NAME = Type(13, 19, 0, "ink", bold=True)
ADDRESS = Type(13, 19, 0, "muted")

# A card, as large as Open Graph wants it.
WIDTH, HEIGHT = 1200, 630
EDGE, LOW, TIGHT, GUTTER = 56, 40, 32, 48
LEGIBLE = 15  # the least size of a label: half of it, where the card is shown half as wide
CARD_TITLES = tuple(Type(size, round(size * 1.16), 18, "ink", bold=True) for size in (56, 52, 48, 44, 40, 36))
CARD_SUBTITLE = Type(24, 32, 20, "muted")
CARD_SOURCE = Type(20, 26, 0, "muted")
CARD_NAME = Type(22, 28, 18, "accent", bold=True)
# A card of shares: no drawing, but squares with their numbers, to be read where it is shown a quarter as wide.
SHARES_NAME = Type(30, 38, 20, "accent", bold=True)
SHARES_TITLES = tuple(Type(size, round(size * 1.12), 28, "ink", bold=True) for size in (72, 64, 56, 48))
SHARES_TEXT = Type(32, 42, 20, "muted")
SHARE_NUMBER = Type(52, 58, 4, "accent", bold=True)
SHARE_TEXT = Type(26, 32, 0, "muted")
HALF, FLOOR, APART = 540, 350, 36  # where the squares have room and stand, and the room between them


class Block(NamedTuple):
    """A text in lines."""

    lines: Sequence[str]
    type: Type

    @property
    def height(self) -> int:
        """Its height with the room below it, in pixels."""
        return len(self.lines) * self.type.leading + self.type.below

    @property
    def width(self) -> float:
        """The width of its longest line, in pixels."""
        return max((font.width(line, self.type.size, self.type.widths) for line in self.lines), default=0)

    def draw(self, left: float, top: float, colours: Colours) -> str:
        """Return the lines as SVG, with their upper left corner at a place."""
        size, leading = self.type.size, self.type.leading
        weight = ' font-weight="bold"' if self.type.bold else ""
        start = f'<text x="{left:g}" font-size="{size}"{weight} fill="{colours[self.type.colour]}"'
        first = top + (leading + size * CAPITALS) / 2
        lines = enumerate(self.lines)
        return "".join(f'{start} y="{first + number * leading:g}">{escape(line)}</text>' for number, line in lines)


def block(text: str, room: float, kind: Type) -> Block:
    """Return a text in lines of ``room`` pixels. Raises ``ValueError`` for a character that cannot be set."""
    return Block(font.wrap(text, room, kind.size, kind.widths), kind)


def whole(text: str, room: float, kind: Type) -> Block:
    """Return a text in lines. Raises ``ValueError`` for a word that is wider than the room."""
    lines = block(text, room, kind)
    if lines.width > room:
        word = quoted(max(lines.lines, key=len))
        raise ValueError(f"{word} is too wide for the picture, which has room for {room:g} px in {kind.size} px type")
    return lines


def stack(blocks: Sequence[Block], left: float, top: float, colours: Colours) -> str:
    """Return blocks as SVG, one below the other."""
    tops = [top + height_of(blocks[:number]) for number in range(len(blocks))]
    return "".join(item.draw(left, each, colours) for item, each in zip(blocks, tops, strict=True))


def height_of(blocks: Sequence[Block]) -> int:
    """Return how high blocks are together, in pixels."""
    return sum(item.height for item in blocks)


def plot(drawing: str, left: float, top: float, scale: float, colours: Colours) -> str:
    """Return a drawing in literal colours at a place. Raises ``ValueError`` for a label that cannot be set."""
    for label in LABEL.findall(drawing):
        font.check(unescape(label))
    moved = f"translate({left:g},{top:g})" + (f" scale({scale:.4g})" if scale != 1 else "")
    return f'<g transform="{moved}">{svg.literal(drawing, colours)}</g>'


def sheet(drawing: str, heading: Heading, palette: Palette) -> str:
    """Return a drawing between head and foot, as SVG. Raises ``ValueError`` for what cannot be set or turned dark."""
    room, height = svg.size(drawing)
    colours, turning = light(palette), dark(palette)
    head = [whole(heading.title, room, TITLE), whole(heading.subtitle, room, SUBTITLE)]
    foot = [whole(heading.source, room, SOURCE), whole(heading.name, room, NAME)]
    address = whole(heading.address, room, ADDRESS)
    top = MARGIN + height_of(head) + GAP
    line = top + height + GAP
    end = line + GAP // 2 + height_of(foot)
    if foot[-1].width + GAP + address.width > room:
        end += address.height  # else it stands on the right of the name
    parts = [
        turning,
        stack(head, MARGIN, MARGIN, colours),
        plot(drawing, MARGIN, top, 1, colours),
        f'<path d="M{MARGIN},{line}h{room}" stroke="{colours["rule"]}"/>',
        stack(foot, MARGIN, line + GAP // 2, colours),
        address.draw(MARGIN + room - address.width, end - address.height, colours),
    ]
    return picture(room + 2 * MARGIN, end + MARGIN, parts, heading, colours)


def light(palette: Palette) -> dict[str, str]:
    """Return the colours on light paper."""
    return {name: pair[0] for name, pair in palette.items()}


def dark(palette: Palette) -> str:
    """Return the style that turns light colours dark. Raises ``ValueError`` for two that are the same only in light."""
    turned = dict[str, tuple[str, str]]()
    for name, (bright, dim) in palette.items():
        other, its = turned.setdefault(bright, (name, dim))
        if its != dim:
            raise ValueError(f"found {name} and {other} both {bright} in light, expected one dark colour for both")
    rules = (f'[{part}="{bright}"]{{{part}:{dim}}}' for bright, (_, dim) in turned.items() for part in PAINTED)
    return f"<style>@media screen and (prefers-color-scheme:dark){{{''.join(rules)}}}</style>"


def picture(width: int, height: int, parts: Sequence[str], heading: Heading, colours: Colours) -> str:
    """Return a whole SVG file, with its title and description for those who do not see it."""
    if NOT_XML.search(heading.alt):
        raise ValueError("found a control character in the alternative text, expected none")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" font-family="{FONT}"><title>{escape(heading.title)}</title><desc>{escape(heading.alt)}</desc>'
        f'<rect width="{width}" height="{height}" fill="{colours["paper"]}"/>{"".join(parts)}</svg>'
    )


class Plan(NamedTuple):
    """One way to set a card: how large its drawing's smallest label is, in pixels, and its parts."""

    label: float
    parts: Sequence[str]


def card(drawings: Sequence[str], heading: Heading, palette: Palette) -> str:
    """Return a card to share, as SVG, in the layout with the largest labels. Raises ``ValueError`` if none fits."""
    colours = light(palette)
    plans = [plan for drawing in drawings for layout in (beside, below) for plan in layout(drawing, heading, colours)]
    best = max(plans, key=lambda plan: plan.label, default=Plan(0, ()))
    if best.label < LEGIBLE:
        title, subtitle, _, source, *_ = map(len, heading)
        texts = f"the title ({title} characters), the subtitle ({subtitle}) and the source ({source})"
        raise ValueError(f"no legible drawing fits on the card with {texts}: shorten them, or enlarge its labels")
    return picture(WIDTH, HEIGHT, best.parts, heading, colours)


class Share(NamedTuple):
    """A share: the side of a square in which it is a square of side 1, its number, and what else is said of it."""

    side: float
    number: str
    text: str


def shares(told: Sequence[Share], text: str, heading: Heading, palette: Palette) -> str:
    """Return a card with shares as squares, as SVG; ``text`` is told before them.

    Raises ``ValueError`` where they do not fit.
    """
    colours, room = light(palette), WIDTH - HALF - 2 * EDGE
    foot = whole(heading.source, room, CARD_SOURCE)
    for title in SHARES_TITLES:
        texts = [(heading.name, SHARES_NAME), (heading.title, title), (text, SHARES_TEXT)]
        head = [block(words, room, kind) for words, kind in texts]
        if fits([*head, foot], room, HEIGHT - 2 * EDGE):
            left = stack(head, EDGE, EDGE, colours) + foot.draw(EDGE, HEIGHT - EDGE - foot.height, colours)
            return picture(WIDTH, HEIGHT, [left, *squares(told, colours)], heading, colours)
    raise ValueError("the title and the lines beside it leave no room on the card: shorten them")


def squares(told: Sequence[Share], colours: Colours) -> Iterator[str]:
    """Yield shares side by side as SVG: the squares stand on one line, and their numbers below it.

    Raises ``ValueError`` for words that do not fit below their square.
    """
    column = (HALF - APART * (len(told) - 1)) / len(told)
    unit = min((FLOOR - EDGE) / max(share.side for share in told), (HALF - APART) / sum(share.side for share in told))
    left: float = WIDTH - EDGE - HALF
    for share in told:
        side = share.side * unit
        yield f'{square(left, side)} fill="none" stroke="{colours["muted"]}" stroke-width="2"/>'
        yield f'{square(left, unit)} fill="{colours["accent"]}"/>'
        width = max(side, column - APART)
        words = [whole(share.number, width, SHARE_NUMBER), whole(share.text, width, SHARE_TEXT)]
        yield stack(words, left, FLOOR + GAP, colours)
        left += width + APART


def square(left: float, side: float) -> str:
    """Return the beginning of a square that stands on the floor."""
    return f'<path d="M{left:g},{FLOOR - side:g}h{side:g}v{side:g}h-{side:g}z"'


def beside(drawing: str, heading: Heading, colours: Colours) -> Iterator[Plan]:
    """Yield a card with a drawing on the right, as high as the card, if the heading fits on its left."""
    width, height = svg.size(drawing)
    scale = (HEIGHT - 2 * TIGHT) / height
    left = WIDTH - EDGE - width * scale
    room = left - GUTTER - EDGE
    foot = [block(heading.source, room, CARD_SOURCE)]
    for title in CARD_TITLES:
        texts = [(heading.name, CARD_NAME), (heading.title, title), (heading.subtitle, CARD_SUBTITLE)]
        head = [block(text, room, kind) for text, kind in texts if kind is title or text != heading.title]
        if fits([*head, *foot], room, HEIGHT - 2 * EDGE):
            told = stack(head, EDGE, EDGE, colours) + stack(foot, EDGE, HEIGHT - EDGE - height_of(foot), colours)
            yield Plan(label_size(drawing) * scale, [told, plot(drawing, left, TIGHT, scale, colours)])
            return


def below(drawing: str, heading: Heading, colours: Colours) -> Iterator[Plan]:
    """Yield a card with a drawing below the heading, as large as the room that is left, if all of it fits."""
    width, height = svg.size(drawing)
    room = WIDTH - 2 * EDGE
    head = [block(heading.title, room, CARD_TITLES[-2]), block(heading.subtitle, room, CARD_SUBTITLE)]
    name = block(heading.name, room, CARD_NAME)
    foot = block(heading.source, room - GUTTER - name.width, CARD_SOURCE)
    top, end = LOW + height_of(head), HEIGHT - LOW - foot.height
    scale = min((end - GAP - top) / height, room / width)
    if fits([*head, foot, name], room, HEIGHT):
        told = stack(head, EDGE, LOW, colours), foot.draw(EDGE, end, colours)
        named = name.draw(WIDTH - EDGE - name.width, end, colours)
        yield Plan(label_size(drawing) * scale, [*told, named, plot(drawing, EDGE, top, scale, colours)])


def fits(blocks: Sequence[Block], room: float, height: float) -> bool:
    """Return whether blocks fit a column."""
    return height_of(blocks) <= height and all(item.width <= room for item in blocks)


def label_size(drawing: str) -> float:
    """Return the size of a drawing's smallest label, in its own pixels; ``WIDTH`` where it has none."""
    return min(map(float, LABEL_SIZE.findall(drawing)), default=WIDTH)
