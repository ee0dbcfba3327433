"""Words whose letters are of several scripts: "Nоrway" with a Cyrillic о looks as
"Norway", and is read as no name.

Of what stands together in one word Unicode says that it may (Technical Standard 39,
*highly restrictive*): Latin with Han, Japanese or Korean letters. Digits, marks, and
letters of no one script count for nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from press.ground.invisible import collect_beyond_visible_ascii

# With the marks that stand upon letters, which are no word characters of Python.
WORD = re.compile(
    r"[\w\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
GREEK = "\u0370"  # the block of Greek, before which all letters are Latin
TOGETHER = (
    frozenset({"Latn", "Hani", "Hira", "Kana"}),
    frozenset({"Latn", "Hani", "Bopo"}),
    frozenset({"Latn", "Hani", "Hang"}),
)
# the codes of letters of no one script, and of those that take their script over
OF_NONE = frozenset({"Zyyy", "Zinh"})
# Greek letters that look as no Latin one does: of units and formulas, "kΩ", "μm", "Δt".
SYMBOLS = frozenset("ΓΔΘΛΞΠΣΦΨΩδθλμξπφψ\N{OHM SIGN}")


class MixedWord(NamedTuple):
    """A word with letters of several scripts: where it stands, that of most of its
    letters, and the other letters.
    """

    start: int
    end: int
    word: str
    script: str
    others: tuple[str, ...]


def find_mixed_script_words(text: str) -> Iterator[MixedWord]:
    """Yield the words of a text with letters of scripts that do not stand together."""
    if _has_non_latin_letters(text):
        for found in WORD.finditer(text):
            if mixed := _find_scripts_not_allowed_together(found[0], found.start()):
                yield mixed


def _has_non_latin_letters(text: str) -> bool:
    """Tell whether a text has letters that may be of another script than Latin."""
    return any(
        character >= GREEK and character.isalpha()
        for character in collect_beyond_visible_ascii(text)
    )


def _find_scripts_not_allowed_together(word: str, start: int) -> MixedWord | None:
    """Return a word with the script of most of its letters, and its letters of others;
    ``None`` where these scripts may stand together.
    """
    letters = [each for each in word if each.isalpha() and each not in SYMBOLS]
    # how their names begin, such as CYRILLIC, CJK: those of one script alike
    beginnings = {unicodedata.name(each, "").partition(" ")[0] for each in letters}
    if len(beginnings) <= 1:
        return None
    from fontTools.unicodedata import script, script_name  # noqa: PLC0415 - takes long, and few texts need it

    scripts = {letter: script(letter) for letter in letters}
    count = Counter(scripts[letter] for letter in letters)
    for code in OF_NONE:
        del count[code]
    if len(count) <= 1 or any(count.keys() <= group for group in TOGETHER):
        return None
    main = max(count, key=lambda code: (count[code], code == "Latn"))
    others = tuple(
        letter for letter, code in scripts.items() if code in count and code != main
    )
    return MixedWord(start, start + len(word), word, script_name(main), others)
