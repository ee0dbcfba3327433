"""The font of the pages: all that the story writes, in few bytes, with its licence."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from tests.story.conftest import ROOT
from tools.font import CHARACTERS, FONT, NAME, STATIC, WEIGHTS, static

TEXTS = [*ROOT.glob("content/**/*.md"), *ROOT.glob("content/**/*.toml"), *ROOT.glob("data/*.*")]
MOST_BYTES = 50_000


def test_the_font_has_every_character_of_the_story():
    """Whatever stands in texts and words is set in the one font: no letter is another's."""
    known = set(TTFont(FONT).getBestCmap())
    written = {letter for path in TEXTS for letter in path.read_text("utf-8") if letter.isprintable()}

    assert len(written) > 100
    assert sorted(letter for letter in written if ord(letter) not in known) == []


def test_the_font_is_the_one_that_the_tool_cuts():
    """It has the characters that the tool names, as far as there are any, a name of its own, and its licence."""
    font = TTFont(FONT)

    assert set(font.getBestCmap()) <= set(CHARACTERS)
    assert font["name"].getBestFamilyName() == NAME
    assert "Source" not in NAME
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "SIL OPEN FONT LICENSE" in FONT.with_suffix(".txt").read_text("utf-8")
    assert {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes} == {"wght": (400, 600)}


def test_the_font_of_pictures_is_cut_out_of_it():
    """It is the heavier weight alone, with all its characters, under the same name and licence."""
    font = TTFont(STATIC)

    assert STATIC.read_bytes() == static(FONT)
    assert font["OS/2"].usWeightClass == WEIGHTS[-1]
    assert font["name"].getBestFamilyName() == NAME
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_the_font_is_small():
    """A reader waits for no more than this."""
    assert FONT.stat().st_size <= MOST_BYTES
