"""The font of the pages: all that the story writes, in few bytes, with its licence."""

import re

from fontTools.ttLib import TTFont

from tests.story.conftest import ROOT
from tools.font import (
    FONT,
    LETTERS,
    MORE,
    NAME,
    PLAIN,
    STATIC,
    WHOLE_FONT,
    cut_characters,
    cut_heavier_weight,
)

TEXTS = [
    *ROOT.glob("content/**/*.md"),
    *ROOT.glob("content/**/*.toml"),
    *ROOT.glob("data/*.*"),
]
MOST_BYTES = 22_000
RANGE = re.compile(r"serif-more\.woff2.*unicode-range: ([^;]+);")


def test_the_font_has_every_character_of_the_story():
    """Whatever stands in texts and words is set in the one font: no letter is
    another's.
    """
    known = {*TTFont(FONT).getBestCmap(), *TTFont(MORE).getBestCmap()}
    written = {
        letter
        for path in TEXTS
        for letter in path.read_text("utf-8")
        if letter.isprintable()
    }

    assert len(written) > 100
    assert sorted(letter for letter in written if ord(letter) not in known) == []


def test_the_fonts_keep_to_their_licence():
    """That of the pages and that of the pictures have the licence with them, and not
    the reserved name.
    """
    for font in map(TTFont, (FONT, MORE, STATIC)):
        assert font["name"].getBestFamilyName() == NAME
        assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "Source" not in NAME
    assert "SIL OPEN FONT LICENSE" in FONT.with_suffix(".txt").read_text("utf-8")


def test_the_fonts_are_cut_out_of_one():
    """As the tool cuts them: that of the pictures is the heavier weight alone."""
    assert FONT.read_bytes() == cut_characters(WHOLE_FONT, PLAIN)
    assert MORE.read_bytes() == cut_characters(WHOLE_FONT, LETTERS)
    assert STATIC.read_bytes() == cut_heavier_weight(WHOLE_FONT)


def test_the_letters_of_the_second_file_are_those_that_the_style_loads_it_for():
    """A letter that the range leaves out would never be set in it."""
    style = (FONT.parent / "site.css").read_text("utf-8")
    ranges = {found.replace("U+", "") for found in RANGE.findall(style)}
    spans = [
        [int(end, 16) for end in span.split("-")]
        for span in ", ".join(ranges).split(", ")
    ]

    assert len(ranges) == 1
    assert [
        letter
        for first, *last in spans
        for letter in range(first, (*last, first)[0] + 1)
    ] == sorted(LETTERS)


def test_the_font_is_small():
    """A reader waits for no more than this."""
    assert FONT.stat().st_size <= MOST_BYTES
