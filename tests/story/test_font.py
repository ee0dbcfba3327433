"""The font of the pages: all that the story writes, in few bytes, with its licence."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from tests.story.conftest import ROOT
from tools.font import FONT, NAME, STATIC, static

TEXTS = [*ROOT.glob("content/**/*.md"), *ROOT.glob("content/**/*.toml"), *ROOT.glob("data/*.*")]
MOST_BYTES = 50_000


def test_the_font_has_every_character_of_the_story():
    """Whatever stands in texts and words is set in the one font: no letter is another's."""
    known = set(TTFont(FONT).getBestCmap())
    written = {letter for path in TEXTS for letter in path.read_text("utf-8") if letter.isprintable()}

    assert len(written) > 100
    assert sorted(letter for letter in written if ord(letter) not in known) == []


def test_the_fonts_keep_to_their_licence():
    """That of the pages and that of the pictures have the licence with them, and not the reserved name."""
    for font in map(TTFont, (FONT, STATIC)):
        assert font["name"].getBestFamilyName() == NAME
        assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "Source" not in NAME
    assert "SIL OPEN FONT LICENSE" in FONT.with_suffix(".txt").read_text("utf-8")


def test_the_font_of_pictures_is_cut_out_of_that_of_the_pages():
    """It is the heavier weight alone, as the tool cuts it."""
    assert STATIC.read_bytes() == static(FONT)


def test_the_font_is_small():
    """A reader waits for no more than this."""
    assert FONT.stat().st_size <= MOST_BYTES
