"""Invisible characters: which they are, where they stand in a text, and what they are
called.

Nobody sees them, or each font shows something else. Some part a number word for
programs, and not for readers; some turn round the order of what stands beside them, so
that 402 is seen as 204. What is proved is what is seen, so texts of authors have none:
``press.ground.errors.list_problems_of_invisible_characters`` tells of them. White space
is seen.
"""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import chain
from typing import NamedTuple

# The general categories of Unicode whose characters show nothing of their own, and what
# a message calls one that has
# no name: controls, formats, separators of lines and paragraphs, surrogates, private
# use, and what is not assigned.
CATEGORIES = {
    "Cc": "CONTROL CHARACTER",
    "Cf": "FORMAT CHARACTER",
    "Zl": "LINE SEPARATOR",
    "Zp": "PARAGRAPH SEPARATOR",
    "Cs": "SURROGATE",
    "Co": "PRIVATE USE CHARACTER",
    "Cn": "UNASSIGNED CHARACTER",
}
# Letters, marks and signs that show nothing either: those that programs may ignore
# (Default_Ignorable_Code_Point), and blanks that are no white space.
BLANKS = frozenset(
    map(
        chr,
        chain(
            (
                0x034F,
                0x115F,
                0x1160,
                0x17B4,
                0x17B5,
                0x180F,
                0x2800,
                0x3164,
                0xFFA0,
                0xFFFC,
                0x1D159,
            ),
            range(0x180B, 0x180E),  # variation selectors of Mongolian
            range(0xFE00, 0xFE10),  # variation selectors
            range(0xE0100, 0xE01F0),  # their supplement
        ),
    )
)
LAYOUT = "\t\n"
VISIBLE_ASCII = bytes([*LAYOUT.encode(), *range(ord(" "), ord("~") + 1)])
UNSURE = {"Co": "which each font shows otherwise", "Cn": "which is no character yet"}
REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);?")
HINT = "delete it"


class InvisibleCharacter(NamedTuple):
    """An invisible character in a text: where it begins there, how it is written, and
    which it is.
    """

    start: int
    written: str
    character: str

    @property
    def message(self) -> str:
        """What is wrong, for the author."""
        reason = UNSURE.get(unicodedata.category(self.character), "which nobody sees")
        name = describe_character(self.character)
        if self.written != self.character:
            name = f"{self.written}, {name}"
        return f"found {name}, {reason}, expected none"


def is_invisible(character: str) -> bool:
    """Tell whether readers see nothing of a character, or something else
    in each font.
    """
    if character in LAYOUT:
        return False
    return character in BLANKS or unicodedata.category(character) in CATEGORIES


def describe_character(character: str) -> str:
    """Return what Unicode calls a character, with its number:
    ``SOFT HYPHEN (U+00AD)``.
    """
    name = unicodedata.name(character, "") or CATEGORIES.get(
        unicodedata.category(character), "CHARACTER"
    )
    return f"{name} (U+{ord(character):04X})"


def collect_beyond_visible_ascii(text: str | bytes) -> set[str]:
    """Return the characters of a text, as it is or in UTF-8, but for those of ASCII
    that are seen.

    This takes a quarter of the time of looking for a pattern.
    """
    body = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return {*body.translate(None, VISIBLE_ASCII).decode("utf-8", "surrogatepass")}


def collect_invisible(text: str | bytes) -> set[str]:
    """Return the invisible characters of a text, as it is or in UTF-8."""
    return {
        character
        for character in collect_beyond_visible_ascii(text)
        if is_invisible(character)
    }


def locate_invisible(text: str) -> list[InvisibleCharacter]:
    """Return the invisible characters of a text in their order."""
    hidden = collect_invisible(text)
    places = enumerate(text) if hidden else ()
    return [
        InvisibleCharacter(start, character, character)
        for start, character in places
        if character in hidden
    ]


def locate_invisible_references(text: str) -> list[InvisibleCharacter]:
    """Return where a text has references of HTML for invisible characters: ``&shy;``,
    ``&#x202e;``.
    """
    found = []
    for reference in REFERENCE.finditer(text):
        hidden = collect_invisible(html.unescape(reference[0]))
        found += [
            InvisibleCharacter(reference.start(), reference[0], character)
            for character in hidden
        ]
    return found


def escape_character(character: str) -> str:
    r"""Return a character as Python escapes it: ``\u202e``."""
    return character.encode("unicode_escape").decode("ascii")
