"""How wide a line is in the fonts of pictures, so that text is broken into lines before
anything is drawn.

A picture must look the same on every machine. The renderer brings Liberation Sans
along, we bring ``Page Serif``, the pages' own; it takes whatever the machine has for a
character that a font lacks: such characters are refused.

``sans.ttf`` and ``sans-bold.ttf`` are for measuring: Liberation Sans 2.1.5 without
hints, cut by ``pyftsubset`` to what the renderer's older one has, under no name: the
licence reserves its own for whole fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from functools import cache

from fontTools.ttLib import TTFont

from press.drawing import FONTS
from press.ground.errors import quote_words

# In units of the font, by how much these pairs stand further apart, in both weights of
# the sans; others move closer.
APART = {"f’": 37, "r’": 76}
UNITS = 2048
SPACES = re.compile(r"[ \t\n]+")  # as HTML reads them: one space
# What stays on one line: an amount of money with the word after it, a number (no
# 200-billion line) with the one before.
KEPT = re.compile(r"(?:[$€£¥][^ ]* )?[^ ]+(?: \d(?:\d|[^ \w])*(?= |$))?")


class Face(Enum):
    """A font of pictures: its name, and the file by which it is measured."""

    REGULAR = "Liberation Sans", "sans.ttf"
    BOLD = "Liberation Sans, bold", "sans-bold.ttf"
    SERIF = "Page Serif", "serif.ttf"


@cache  # a file of the engine's own, which no story changes
def _read_character_widths_in_em(file: str) -> Mapping[str, float]:
    """Return how wide each character of a font is, in ems."""
    with TTFont(FONTS / file, lazy=True) as font:
        advances = font["hmtx"]
        units = font["head"].unitsPerEm
        return {
            chr(code): advances[glyph][0] / units
            for code, glyph in font.getBestCmap().items()
        }


def check_font_has_letters(text: str, face: Face = Face.REGULAR) -> None:
    """Raise ``ValueError`` for a character that a font lacks."""
    name, file = face.value
    known = _read_character_widths_in_em(file)
    for letter in text:
        if letter not in known:
            what = unicodedata.name(letter, "a control character")
            raise ValueError(
                f"the character {quote_words(letter)} ({what}) is not in the font"
                " of the"
                f" pictures, {name}"
            )


def measure_width(text: str, size: float, face: Face) -> float:
    """Return how wide a line is at most, in pixels, in a size in pixels; what the font
    lacks is as wide as high.
    """
    widths = _read_character_widths_in_em(face.value[1])
    apart = sum(text.count(pair) * more for pair, more in APART.items()) / UNITS
    letters = sum(widths.get(letter, 1) for letter in text)
    return (letters + apart) * size


def wrap_text_evenly(
    text: str, room_pixels: float, size: float, face: Face
) -> list[str]:
    """Return a text in as few lines as ``room_pixels`` pixels allow, none much longer
    than the others.

    A word that is wider than the room has a line of its own. Raises ``ValueError`` for
    a character that the font lacks.
    """
    text = SPACES.sub(" ", text)
    check_font_has_letters(text, face)
    words = [(word, measure_width(word, size, face)) for word in KEPT.findall(text)]
    space = measure_width(" ", size, face)
    lines = _fill_lines_greedily(words, space, room_pixels)
    narrow = 0.0  # halving the difference: the narrowest room with as many lines
    while len(lines) > 1 and room_pixels - narrow > 1:
        middle = (narrow + room_pixels) / 2
        tried = _fill_lines_greedily(words, space, middle)
        if len(tried) == len(lines):
            room_pixels = middle
            lines = tried
        else:
            narrow = middle
    return lines


def _fill_lines_greedily(
    words_and_widths: list[tuple[str, float]], space: float, room_pixels: float
) -> list[str]:
    """Return words, each with its width, in lines with as many as fit."""
    lines = list[str]()
    end = 0.0
    for word, wide in words_and_widths:
        if lines and end + space + wide <= room_pixels:
            lines[-1] += f" {word}"
            end += space + wide
        else:
            lines.append(word)
            end = wide
    return lines
