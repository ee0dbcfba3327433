"""Pictures for use away from their page: how texts are set on them; and sheets, the
drawing of a chart in a frame.

A poster is SVG around the very drawing of the page, in its light colours. Title and key
lettering have the pages' serif where that is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import NamedTuple, TypeAlias

from press.figures import font, svg
from press.figures.plot import SIZES
from press.ground.colour import Palette
from press.ground.errors import quote_words

Colours: TypeAlias = Mapping[str, str]  # "#rrggbb" by name

# the renderer brings the first, and it has the others' widths
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
# of a drawing inside a picture: to cut it off, a renderer takes longer than to draw it
UNCUT = 'overflow="visible"'
# Our serif has this weight alone: where another is asked for, a font of the machine may
# be nearer to it.
SERIF = f' font-family="Page Serif, {FONT}" font-weight="600"'
BOLD = ' font-weight="bold"'
CAPITALS = 0.72  # the height of capitals, of the size
LABEL = re.compile(r">([^<]+)<")
KEYS = "|".join(f"{size.key}|{size.large}" for size in SIZES)
KEYS += r"|[3-9]\d"  # and whatever has letters like those of a headline
KEY = re.compile(f'(font-size="(?:{KEYS})px")(?: font-weight="[^"]*")?')
# however it is written
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class PictureTexts(NamedTuple):
    """What is said around a drawing, as plain text; ``name`` is the site's, an
    ``address`` not known is empty.
    """

    title: str
    subtitle: str
    alt: str
    source: str
    name: str
    address: str = ""


class TextStyle(NamedTuple):
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
    def face(self) -> font.Face:
        """What it is measured by."""
        if self.bold:
            return font.Face.BOLD
        return font.Face.SERIF if self.serif else font.Face.REGULAR

    @property
    def attributes(self) -> str:
        """What SVG says of its font where that is not the whole picture's."""
        if self.serif:
            return SERIF
        return BOLD if self.bold else ""


# A poster: the wide drawing in its own size, between head and foot.
MARGIN = 32
GAP = 16
TITLE = TextStyle(24, 30, 4, "ink", bold=True, serif=True)
SUBTITLE = TextStyle(15, 22, 0, "muted")
SOURCE = TextStyle(13, 19, 2, "muted")
NAME = TextStyle(13, 19, 0, "ink", bold=True)
ADDRESS = TextStyle(13, 19, 0, "muted")


class TextBlock(NamedTuple):
    """A text in lines."""

    lines: Sequence[str]
    lettering: TextStyle

    @property
    def height(self) -> int:
        """Its height with the room below it, in pixels."""
        return len(self.lines) * self.lettering.leading + self.lettering.below

    @property
    def width(self) -> float:
        """The width of its longest line, in pixels."""
        size = self.lettering.size
        face = self.lettering.face
        widths = (font.measure_width(line, size, face) for line in self.lines)
        return max(widths, default=0)

    def format_as_svg(self, left: float, top: float, colours: Colours) -> str:
        """Return the lines as SVG, with their upper left corner at a place."""
        size, leading, _, colour, *_ = self.lettering
        font_of_text = f'font-size="{size}"{self.lettering.attributes}'
        start = f'<text x="{left:g}" {font_of_text} fill="{colours[colour]}"'
        y = top + (leading + size * CAPITALS) / 2
        drawn = ""
        for number, line in enumerate(self.lines):
            drawn += f'{start} y="{y + number * leading:g}">{escape(line)}</text>'
        return drawn


def wrap_text_block(text: str, room_pixels: float, lettering: TextStyle) -> TextBlock:
    """Return a text in lines of ``room_pixels`` pixels.

    Raises ``ValueError`` for a character that cannot be set.
    """
    if lettering.serif:
        font.check_font_has_letters(text, font.Face.SERIF)
    lines = font.wrap_text_evenly(text, room_pixels, lettering.size, lettering.face)
    return TextBlock(lines, lettering)


def wrap_text_block_checking_width(
    text: str, room_pixels: float, lettering: TextStyle
) -> TextBlock:
    """Return a text in lines, none wider than ``room_pixels`` pixels.

    Raises ``ValueError`` for a word that is wider, or a character that cannot be set.
    """
    block = wrap_text_block(text, room_pixels, lettering)
    if block.width > room_pixels:
        word = quote_words(max(block.lines, key=len))
        raise ValueError(
            f"{word} is too wide for the picture, which has room for {room_pixels:g} px"
            f" in {lettering.size} px type"
        )
    return block


def draw_text_blocks(
    blocks: Sequence[TextBlock], left: float, top: float, colours: Colours
) -> str:
    """Return blocks as SVG, one below the other."""
    drawn = ""
    for block in blocks:
        drawn += block.format_as_svg(left, top, colours)
        top += block.height
    return drawn


def sum_heights(blocks: Sequence[TextBlock]) -> int:
    """Return how high blocks are together, in pixels."""
    return sum(block.height for block in blocks)


def draw_poster(drawing: str, texts: PictureTexts, palette: Palette) -> str:
    """Return a drawing between head and foot, as SVG.

    Raises ``ValueError`` for what cannot be set.
    """
    for label in map(unescape, LABEL.findall(drawing)):
        font.check_font_has_letters(label)
        font.check_font_has_letters(label, font.Face.SERIF)
    room, height = svg.read_svg_size(drawing)
    colours = get_light_colours(palette)
    title = wrap_text_block_checking_width(texts.title, room, TITLE)
    subtitle = wrap_text_block_checking_width(texts.subtitle, room, SUBTITLE)
    source = wrap_text_block_checking_width(texts.source, room, SOURCE)
    name = wrap_text_block_checking_width(texts.name, room, NAME)
    address = wrap_text_block_checking_width(texts.address, room, ADDRESS)
    top = MARGIN + title.height + subtitle.height + GAP
    line = top + height + GAP
    foot = line + GAP // 2
    end = foot + source.height + name.height
    if name.width + GAP + address.width > room:
        end += address.height  # else it stands on the right of the name
    right = MARGIN + room - address.width
    parts = [
        draw_text_blocks([title, subtitle], MARGIN, MARGIN, colours),
        _position_and_style_drawing(drawing, top, colours),
        f'<path d="M{MARGIN},{line}h{room}" stroke="{colours["rule"]}"/>',
        draw_text_blocks([source, name], MARGIN, foot, colours),
        address.format_as_svg(right, end - address.height, colours),
    ]
    return format_accessible_svg(room + 2 * MARGIN, end + MARGIN, parts, texts, colours)


def _position_and_style_drawing(drawing: str, top: float, colours: Colours) -> str:
    """Return a drawing in its colours, its key lettering in the serif, at a height."""
    coloured = svg.replace_all_colour_variables(drawing, colours)
    lettered = KEY.sub(lambda found: f"{found[1]}{SERIF}", coloured)
    uncut = lettered.replace("<svg", f"<svg {UNCUT}")
    return f'<g transform="translate({MARGIN},{top})">{uncut}</g>'


def get_light_colours(palette: Palette) -> dict[str, str]:
    """Return the colours on light paper."""
    return {name: light for name, (light, _) in palette.items()}


def format_accessible_svg(
    width: int, height: int, parts: Sequence[str], texts: PictureTexts, colours: Colours
) -> str:
    """Return a whole SVG file, with its title and description for those who do not see
    it.

    Raises ``ValueError`` for a description that cannot stand in a file.
    """
    if NOT_XML.search(texts.alt):
        raise ValueError(
            "found a control character in the alternative text, expected none"
        )
    size = f'width="{width}" height="{height}"'
    box = f'viewBox="0 0 {width} {height}" role="img" font-family="{FONT}"'
    said = f"<title>{escape(texts.title)}</title><desc>{escape(texts.alt)}</desc>"
    paper = f'<rect {size} fill="{colours["paper"]}"/>'
    start = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>'
    return f"{start}{said}{paper}{''.join(parts)}</svg>"
