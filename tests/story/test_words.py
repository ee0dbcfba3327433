"""How this story's language writes quantities: all that the engine is tested with, and more."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.engine.wording import TEXT

OWN = tomllib.loads((Path(__file__).parents[2] / "content/en/words.toml").read_text("utf-8"))
COUNTRIES = {"Ardense": "Chinese", "Arden": "China", "Borsian": "Russian", "Borsia": "Russia"}
MADE_UP = {"Northern Line 2"}


def of_the_engine():
    """Return the words that the engine is tested with, with the countries of this story."""
    text = TEXT
    for other, own in COUNTRIES.items():
        text = text.replace(other, own)
    return tomllib.loads(text)


@pytest.mark.parametrize(("table", "classes"), of_the_engine().items(), ids=of_the_engine())
def test_english_is_read_as_the_engine_is_tested(table, classes):
    """Each phrase means here what it means in the tests of the engine, so that their promises hold for this story."""
    own = OWN[table]
    if table == "short_units":  # each class is one phrase
        classes, own = ({name: [phrase] for name, phrase in item.items()} for item in (classes, own))

    lacking = {name: {*phrases} - {*own.get(name, ())} - MADE_UP for name, phrases in classes.items()}

    assert {name: phrases for name, phrases in lacking.items() if phrases} == {}
