"""What hides a word from the checker, or makes it look like another: unseen characters, letters alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import name

from press.ground.errors import Fault
from press.reading import Lexicon, Text

# Characters that nobody sees: inside a word they hide it from the checker. Joiners are letters' own in some scripts,
# and behind a picture a selector says how it is drawn.
UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]|(?<=[0-9A-Za-z])[\u200c-\u200f\ufe00-\ufe0f]|[\u200c-\u200f](?=[0-9A-Za-z])"
)
# Words of letters that are Latin in part, and words of letters that all look like Latin ones or like digits.
LATIN, BEYOND = r"A-Za-z\u00c0-\u024f", r"\u0370-\u058f"
BEYOND_LATIN = re.compile(f"[{BEYOND}]")
MIXED = re.compile(rf"(?<![{LATIN}])[{LATIN}]+[{BEYOND}]\w*|(?<![{BEYOND}])[{BEYOND}]+[{LATIN}]\w*")
ALIKE = re.compile(r"\b[АВЕЅІЈКМНОРСТУХЗавеѕіјкмнорстухзԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]+\b")


def may_hide(value: str, lexicon: Lexicon) -> bool:
    """Tell at a glance whether words as written may hide a word."""
    return not value.isascii() and any(odd.search(value) for odd in _odd(lexicon))


def hidden(text: Text, lexicon: Lexicon) -> Iterator[Fault]:
    """Yield the characters of a text that hide a word or make it look like another."""
    if not text.plain.isascii():
        for odd in _odd(lexicon):
            yield from (Fault(*found.span(), *_oddity(found[0])) for found in odd.finditer(text.plain))


def _odd(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Return what to look for: only where a language has Latin letters are words of others that look like them odd."""
    latin = any("a" <= month[0] <= "z" for month in lexicon.months)
    return (UNSEEN, MIXED, ALIKE) if latin else (UNSEEN, MIXED)


def _oddity(found: str) -> tuple[str, str]:
    """Return what is wrong with characters, and how to mend it."""
    odd = next(filter(BEYOND_LATIN.match, found), None)
    if not odd:
        message = f"an invisible character stands here, U+{ord(found[0]):04X}"
        return message, "delete it: inside a word it hides the word from the checker"
    message = f'"{found}" has the letter U+{ord(odd):04X}, {name(odd, "of another alphabet").lower()}'
    return message, "write the word with letters of one alphabet: as it is, it looks like another word"
