"""What the tests of quantities in words share: the lexicons of two languages, and figures."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from babel import Locale

from press.ground.toml import Toml
from press.quantity import Quantity
from press.reading.lexicon import GRAMMARS, Lexicon, read_lexicon

GRAMMAR = Toml((GRAMMARS / "en.toml").read_text("utf-8"), "en.toml")
WORDS = Toml(Path(__file__).with_name("words.toml").read_text("utf-8"), "words.toml")
ENGLISH = read_lexicon(Locale("en"), GRAMMAR, WORDS, tomllib.loads(WORDS.text))
GERMAN = Lexicon(
    Locale("de"),
    hedges={"rund": "about", "mehr als": "over"},
    directions={"stieg": "up", "sank": "down"},
    scales={"millionen": 6, "milliarden": 9, "mrd.": 9},
    units={"dollar": "USD", "$": "USD", "prozent": "percent", "%": "percent", "jahre": "years"},
    numbers={"eine": 1, "drei": 3, "vier": 4},
    fractions={"drittel": Fraction(1, 3)},
    range_before=("zwischen",),
    range_between=("bis", "und"),
    fillers=("um", "von", "auf", "ein", "eine"),
    articles=("ein", "eine"),
    into=("auf",),
    first_form={"USD": "Dollar", "percent": "%"},
)


def figure(value, precision="0", unit="USD billion", kind="money", **about):
    """Return a figure; its numbers may be written as texts."""
    for end in ("low", "high"):
        if end in about:
            about[end] = Decimal(about[end])
    return Quantity(Decimal(value), Decimal(precision), unit, frozenset(), kind, **about)
