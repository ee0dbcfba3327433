"""Pictures for use away from their page: how texts are set on them; and sheets, the
drawing of a chart in a frame.

A sheet is SVG around the very drawing of the page, in its light colours. Title and key
lettering have the pages' serif where that is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import NamedTuple, TypeAlias

from press.figures import font, svg
from press.figures.plot import SIZES
from press.ground.errors import quote_words

Colours: TypeAlias = Mapping[str, str]  # "#rrggbb" by name
# (light, dark) by name; ink, muted, accent, rule and paper
Palette: TypeAlias = Mapping[str, tuple[str, str]]

# the renderer brings the first, and it has the others' widths
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
# Our serif has this weight alone: where another is asked for, a font of the machine may
# be nearer to it.
# of a drawing inside a picture: to cut it off, a renderer takes longer than to draw it
UNCUT = 'overflow="visible"'
SERIF = f' font-family="Page Serif, {FONT}" font-weight="600"'
BOLD = ' font-weight="bold"'
CAPITALS = 0.72  # the height of capitals, of the size
LABEL = re.compile(r">([^<]+)<")
KEYS = "|".join(str(size) for each in SIZES for size in (each.key, each.large))
KEY = re.compile(f'(font-size="(?:{KEYS})px")(?: font-weight="[^"]*")?')
# however it is written
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Heading(NamedTuple):
    """What is said around a drawing, as plain text; ``name`` is the site's, an
    ``address`` not known is empty.
    """

    title: str
    subtitle: str
    alt: str
    source: str
    name: str
    address: str = ""


class Type(NamedTuple):
    """How a text is set: its size, the distance of its lines and the room below it, in
    pixels; its colour by name.

    A bold ``serif`` has room for the bold sans that stands in for it where there is no
    such font.
    """

    size: int
    leading: int
    below: int
    colour: str
    bold: bool = False
    serif: bool = False

    @property
    def measured(self) -> font.Face:
        """What it is measured by."""
        return (
            font.Face.BOLD
            if self.bold
            else font.Face.SERIF
            if self.serif
            else font.Face.REGULAR
        )

    @property
    def face(self) -> str:
        """What SVG says of its font where that is not the whole picture's."""
        return SERIF if self.serif else BOLD if self.bold else ""


# A sheet: the wide drawing in its own size, between head and foot.
MARGIN, GAP = 32, 16
TITLE = Type(24, 30, 4, "ink", bold=True, serif=True)
SUBTITLE = Type(15, 22, 0, "muted")
SOURCE = Type(13, 19, 2, "muted")
NAME = Type(13, 19, 0, "ink", bold=True)
ADDRESS = Type(13, 19, 0, "muted")


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
        return max(
            (
                font.width(line, self.type.size, self.type.measured)
                for line in self.lines
            ),
            default=0,
        )

    def draw(self, left: float, top: float, colours: Colours) -> str:
        """Return the lines as SVG, with their upper left corner at a place."""
        size = self.type.size
        leading = self.type.leading
        start = (
            f'<text x="{left:g}" font-size="{size}"{self.type.face}'
            f' fill="{colours[self.type.colour]}"'
        )
        first = top + (leading + size * CAPITALS) / 2
        lines = enumerate(self.lines)
        return "".join(
            f'{start} y="{first + number * leading:g}">{escape(line)}</text>'
            for number, line in lines
        )


def block(text: str, room: float, kind: Type) -> Block:
    """Return a text in lines of ``room`` pixels.

    Raises ``ValueError`` for a character that cannot be set.
    """
    if kind.serif:
        font.check(text, font.Face.SERIF)
    return Block(font.wrap(text, room, kind.size, kind.measured), kind)


def whole(text: str, room: float, kind: Type) -> Block:
    """Return a text in lines.

    Raises ``ValueError`` for a word that is wider than the room.
    """
    lines = block(text, room, kind)
    if lines.width > room:
        word = quote_words(max(lines.lines, key=len))
        raise ValueError(
            f"{word} is too wide for the picture, which has room for {room:g} px in"
            f" {kind.size} px type"
        )
    return lines


def stack(blocks: Sequence[Block], left: float, top: float, colours: Colours) -> str:
    """Return blocks as SVG, one below the other."""
    tops = [top + height_of(blocks[:number]) for number in range(len(blocks))]
    return "".join(
        item.draw(left, each, colours) for item, each in zip(blocks, tops, strict=True)
    )


def height_of(blocks: Sequence[Block]) -> int:
    """Return how high blocks are together, in pixels."""
    return sum(item.height for item in blocks)


def sheet(drawing: str, heading: Heading, palette: Palette) -> str:
    """Return a drawing between head and foot, as SVG.

    Raises ``ValueError`` for what cannot be set.
    """
    for label in map(unescape, LABEL.findall(drawing)):
        font.check(label)
        font.check(label, font.Face.SERIF)
    room, height = svg.size(drawing)
    colours = light(palette)
    lettered = KEY.sub(
        lambda found: f"{found[1]}{SERIF}", svg.literal(drawing, colours)
    )
    head = [whole(heading.title, room, TITLE), whole(heading.subtitle, room, SUBTITLE)]
    foot = [whole(heading.source, room, SOURCE), whole(heading.name, room, NAME)]
    address = whole(heading.address, room, ADDRESS)
    top = MARGIN + height_of(head) + GAP
    line = top + height + GAP
    end = line + GAP // 2 + height_of(foot)
    if foot[-1].width + GAP + address.width > room:
        end += address.height  # else it stands on the right of the name
    parts = [
        stack(head, MARGIN, MARGIN, colours),
        (
            f'<g transform="translate({MARGIN},{top})">'
            f"{lettered.replace('<svg', f'<svg {UNCUT}')}</g>"
        ),
        f'<path d="M{MARGIN},{line}h{room}" stroke="{colours["rule"]}"/>',
        stack(foot, MARGIN, line + GAP // 2, colours),
        address.draw(MARGIN + room - address.width, end - address.height, colours),
    ]
    return picture(room + 2 * MARGIN, end + MARGIN, parts, heading, colours)


def light(palette: Palette) -> dict[str, str]:
    """Return the colours on light paper."""
    return {name: pair[0] for name, pair in palette.items()}


def picture(
    width: int, height: int, parts: Sequence[str], heading: Heading, colours: Colours
) -> str:
    """Return a whole SVG file, with its title and description for those who do not see
    it.
    """
    if NOT_XML.search(heading.alt):
        raise ValueError(
            "found a control character in the alternative text, expected none"
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img"'
        f' font-family="{FONT}"><title>{escape(heading.title)}</title>'
        f"<desc>{escape(heading.alt)}</desc><rect"
        f' width="{width}" height="{height}"'
        f' fill="{colours["paper"]}"/>{"".join(parts)}</svg>'
    )
