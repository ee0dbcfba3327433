"""How wide text is, where its lines end, and which characters may stand in a picture."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from press.figures.font import BOLD, REGULAR, UNITS, check, serif, width, wrap
from press.figures.worker import FONTS

WORDS = st.lists(st.text("abcde,.–W0159$€", min_size=1, max_size=9), min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("text", "widths", "expected"),
    [
        pytest.param("", REGULAR, 0, id="nothing"),
        pytest.param("0123456789", REGULAR, 10 * 1139, id="figures, all of one width"),
        pytest.param("if", REGULAR, 455 + 569, id="narrow letters"),
        pytest.param("if", BOLD, 569 + 682, id="the same, bold"),
        pytest.param("é", REGULAR, 1139, id="an accented letter: as the plain one"),
        pytest.param("í", REGULAR, 569, id="one that is wider than the plain one"),
        pytest.param("year’s", REGULAR, 1024 + 1139 * 2 + 682 + 455 + 76 + 1024, id="letters that stand apart"),
        pytest.param("Ж", REGULAR, 2283, id="one of unknown width: as the widest"),
    ],
)
def test_a_line_is_as_wide_as_its_characters(text, widths, expected):
    """Widths are those of the font, and never less than they are for a character that the table lacks."""
    assert width(text, 2048, widths) == expected


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        pytest.param("", 100, [], id="nothing"),
        pytest.param("One line", 100, ["One line"], id="one line"),
        pytest.param("aaaa aaaa aaaa aaaa aaaa", 200, ["aaaa aaaa aaaa", "aaaa aaaa"], id="no widow"),
        pytest.param("for $200 billion", 110, ["for", "$200 billion"], id="money with its unit"),
        pytest.param("in November 2023 a first", 140, ["in", "November 2023", "a first"], id="a year with its month"),
        pytest.param("from 2021 to 2024", 90, ["from 2021", "to 2024"], id="a year with its preposition"),
        pytest.param("Past the 300-million mark", 210, ["Past the", "300-million mark"], id="a word with a number"),
        pytest.param("aaaa\u00a0aaaa aaaa", 100, ["aaaa\u00a0aaaa", "aaaa"], id="a space that holds words together"),
        pytest.param("a wwwwwwwwwwwwwwww b", 60, ["a", "wwwwwwwwwwwwwwww", "b"], id="a word wider than the room"),
        pytest.param(" much \n space ", 200, ["much space"], id="space of no meaning"),
    ],
)
def test_lines_end_where_reading_allows_it(text, room, expected):
    """Lines are of about one length, and what belongs together stays on one."""
    assert wrap(text, room, 20, REGULAR) == expected


@given(WORDS, st.integers(20, 400))
def test_wrapping_loses_nothing_and_keeps_within_the_room(text, room):
    """Every word is set, in order, and a line that is wider than the room could not be broken."""
    lines = wrap(text, room, 20, BOLD)

    assert " ".join(lines) == text
    assert [line for line in lines if width(line, 20, BOLD) > room and wrap(line, 1, 20, BOLD) != [line]] == []


@given(WORDS, st.integers(20, 400))
def test_lines_of_one_length_are_no_more_of_them(text, room):
    """Balance costs no line: with the words in their order, a line takes as many as fit."""
    parts = wrap(text, 1, 20, REGULAR)
    greedy = [parts[0]]
    for part in parts[1:]:
        longer = f"{greedy[-1]} {part}"
        greedy[-1:] = [longer] if width(longer, 20, REGULAR) <= room else [greedy[-1], part]

    assert len(wrap(text, room, 20, REGULAR)) == len(greedy)


@pytest.mark.parametrize(
    "text", ["", "Año Øst šťastný Łódź", "Шёлковый путь", "“1–2” ‘3’ … −4 €5 № 6 ≈ ≤ →", "a\u00a0b\u2009c\u202fd"]
)
def test_characters_of_the_font_may_stand(text):
    """Latin, Cyrillic, punctuation and the signs of figures are in the renderer's font."""
    check(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("中", '"中" (CJK UNIFIED IDEOGRAPH-4E2D)', id="Han"),
        pytest.param("a\u0301", '"\u0301" (COMBINING ACUTE ACCENT)', id="an accent of its own"),
        pytest.param("₽", '"₽" (RUBLE SIGN)', id="a sign that only newer versions of the font have"),
        pytest.param("\u2011", '"‑" (NON-BREAKING HYPHEN)', id="a hyphen that the font lacks"),
        pytest.param("\u00ad", r'"\xad" (SOFT HYPHEN)', id="a hyphen that is not always seen"),
        pytest.param("a\nb", r'"\n" (a control character)', id="the end of a line"),
    ],
)
def test_a_character_that_the_font_lacks_is_told(text, told):
    """A character that would be drawn with whatever font the machine has is refused by name."""
    with pytest.raises(ValueError, match="the character") as found:
        check(text)

    assert str(found.value) == f"the character {told} is not in the font of the pictures, Liberation Sans"


def test_the_serif_is_measured_by_its_own_file():
    """Each character has the width that the font says, rounded up; one that the font lacks has none, and is told."""
    font = TTFont(FONTS / "serif.ttf")
    units, widths = font["head"].unitsPerEm, font["hmtx"]
    own = {chr(code): -(-widths[glyph][0] * UNITS // units) for code, glyph in font.getBestCmap().items()}

    assert serif() == own
    assert len(own) > 400
    check("Łódź − Шёлковый", serif())
    with pytest.raises(
        ValueError, match=r'"Ω" \(GREEK CAPITAL LETTER OMEGA\) is not in the font of the pictures, Page Serif$'
    ):
        check("5 Ω", serif())
