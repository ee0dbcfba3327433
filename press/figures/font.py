"""How wide a line is in the two fonts of pictures, so that text is broken into lines before anything is drawn.

A picture must look the same on every machine. The renderer brings Liberation Sans along, we bring ``Page Serif``, the
pages' own; it takes whatever the machine has for a character that a font lacks: such characters are refused.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache

from press.errors import quoted
from press.figures.worker import FONTS

SERIF = "Page Serif"
UNITS = 2048  # in an em; of Liberation Sans, to which the other's are brought
# Advance widths in units of the font, regular and bold, read off its own table (hmtx, Liberation Sans 2.00.1, which has
# the widths of Arial). An accented letter is as wide as the plain one, but for those that stand here.
WIDTHS = {
    391: ("'", ""),
    410: ("\u2009\u202f", "\u2009\u202f"),
    455: ("ijlł‘’", ""),
    487: ("", "'"),
    532: ("|", ""),
    569: (" \xa0!,./:;I[\\]ftìíîïĩīĭı", " \xa0,./I\\ijlìíîïĩīĭıł‘’"),
    573: ("", "|"),
    597: ("ľ", ""),
    682: ("()-`r·“”‹›", "!()-:;[]`ft·‹›"),
    684: ("{}", ""),
    717: ("•", "•"),
    727: ('"', ""),
    768: ("ť", ""),
    789: ("", "ľ"),
    797: ("*", "*r{}"),
    819: ("°", "°"),
    961: ("^", ""),
    971: ("", '"'),
    981: ("", "ť"),
    1024: ("Jcksvxyz", "z“”"),
    1124: ("±≤≥", "±≤≥"),
    1139: ("#$0123456789?L_abdeghnopqu«»đŁ–†€", "#$0123456789J_aceksvxy«»–†€"),
    1196: ("+<=>~×−", "+<=>^~×−"),
    1251: ("FTZßø", "?FLTZbdghnopqußøđŁ"),
    1259: ("ď", ""),
    1366: ("&ABEKPSVXY", "EPSVXY"),
    1472: ("", "ď"),
    1479: ("CDHNRUw", "&ABCDHKNRU"),
    1593: ("GOQ", "GOQw"),
    1706: ("Mm", "M"),
    1821: ("%æ", "%mæ"),
    1933: ("W", "W"),
    1997: ("", "@"),
    2048: ("—…", "—…"),
    2079: ("@", ""),
}
WIDEST = 2283  # of all that is covered: №, bold
REGULAR, BOLD = (
    {character: width for width, characters in WIDTHS.items() for character in characters[weight]} for weight in (0, 1)
)
APART = {"f’": 37, "r’": 76}  # by how much these pairs stand further apart, in both weights; others move closer only
# What the renderer's font lacks: it has Latin, Romanian, Cyrillic, and this of punctuation, currencies and signs.
LACKING = re.compile("[^ -~\xa0-\xac\xae-ſȘ-țЀ-џ\u2009\u202f‒-―‘-„†-•…‰′″‹›€№™←-↓−≈≠≤≥]")
SPACES = re.compile(r"[ \t\n]+")  # as HTML reads them: one space
# What stays on one line: an amount of money with the word after it, a number (no 200-billion line) with the one before.
KEPT = re.compile(r"(?:[$€£¥][^ ]* )?[^ ]+(?: \d(?:\d|[^ \w])*(?= |$))?")


@lru_cache(maxsize=1)
def serif() -> dict[str, int]:
    """Return the width of each character of our serif, in ``UNITS``: ``tools/font.py`` read it off the font."""
    widths: dict[str, int] = json.loads((FONTS / "serif.json").read_text("utf-8"))
    return widths


def check(text: str, widths: dict[str, int] = REGULAR) -> None:
    """Raise ``ValueError`` for a character that the font with these widths lacks."""
    if widths is serif():
        found, name = next((letter for letter in text if letter not in widths), ""), SERIF
    else:
        found, name = (LACKING.search(text) or [""])[0], "Liberation Sans"
    if found:
        what = unicodedata.name(found, "a control character")
        raise ValueError(f"the character {quoted(found)} ({what}) is not in the font of the pictures, {name}")


def width(text: str, size: float, widths: dict[str, int]) -> float:
    """Return how wide a line is at most, in pixels, in a size in pixels and the widths of a weight."""
    letters = sum(_advance(character, widths) for character in text)
    return (letters + sum(text.count(pair) * more for pair, more in APART.items())) * size / UNITS


def _advance(character: str, widths: dict[str, int]) -> int:
    plain = unicodedata.normalize("NFD", character)[0]
    return widths.get(character, widths.get(plain, WIDEST))


def wrap(text: str, room: float, size: float, widths: dict[str, int]) -> list[str]:
    """Return a text in as few lines as ``room`` pixels allow, none much longer than the others.

    A word that is wider than the room has a line of its own. Raises ``ValueError`` for a character that the font lacks.
    """
    text = SPACES.sub(" ", text)
    check(text, widths)
    words = [(word, width(word, size, widths)) for word in KEPT.findall(text)]
    space = width(" ", size, widths)
    lines = _filled(words, space, room)
    narrow = 0.0  # halving the difference: the narrowest room with as many lines
    while room - narrow > 1:
        middle = (narrow + room) / 2
        tried = _filled(words, space, middle)
        narrow, room, lines = (narrow, middle, tried) if len(tried) == len(lines) else (middle, room, lines)
    return lines


def _filled(words: list[tuple[str, float]], space: float, room: float) -> list[str]:
    """Return words, each with its width, in lines with as many as fit."""
    lines, end = list[str](), 0.0
    for word, wide in words:
        if lines and end + space + wide <= room:
            lines[-1] += f" {word}"
            end += space + wide
        else:
            lines.append(word)
            end = wide
    return lines
