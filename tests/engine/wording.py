"""What the tests of quantities in words share: a lexicon, and figures."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from press.ground.period import Period
from press.ground.toml import TomlText
from press.quantity import Quantity
from press.reading.grammar import GRAMMARS, read_lexicon

GRAMMAR = TomlText((GRAMMARS / "en.toml").read_text("utf-8"), "en.toml")
WORDS = TomlText(
    Path(__file__).with_name("words.toml").read_text("utf-8"), "words.toml"
)
ENGLISH = read_lexicon(GRAMMAR, WORDS, tomllib.loads(WORDS.text))
FIGURES = tomllib.loads(Path(__file__).with_name("figures.toml").read_text("utf-8"))


def make_lexicon_with_names(*names):
    """Return the lexicon with these names and no others."""
    return replace(ENGLISH, lists={**ENGLISH.lists, "names": names})


def make_figure(value, precision="0", unit="USD billion", kind="money", **about):
    """Return a figure; its numbers may be written as texts."""
    for end in ("low", "high"):
        if end in about:
            about[end] = Decimal(about[end])
    return Quantity(
        Decimal(value), Decimal(precision), unit, frozenset(), kind, **about
    )


def read_figure(about):
    """Return the figure that a case describes, or names as ``figures.toml`` does."""
    about = dict(FIGURES[about] if isinstance(about, str) else about)
    if "change" in about:
        about["change"] = read_figure(about["change"])
    if "period" in about:
        about["period"] = Period.parse(about["period"])
        about["related"] = frozenset(map(Period.parse, about.get("related", ())))
    return make_figure(**about)
