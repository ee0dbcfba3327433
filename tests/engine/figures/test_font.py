"""How wide text is, where its lines end, and which characters may stand
in a picture.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.figures.font import (
    Face,
    check_font_has_letters,
    measure_width,
    wrap_text_evenly,
)
from tests.cases import load_cases

CASES = load_cases(__file__)

WORDS = st.lists(
    st.text("abcde,.–W0159$€", min_size=1, max_size=9), min_size=1, max_size=12
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "face", "expected"),
    [
        ("", Face.REGULAR, 0),
        ("0123456789", Face.REGULAR, 10 * 1139),
        ("if", Face.REGULAR, 455 + 569),
        ("if", Face.BOLD, 569 + 682),
        # two letters that stand apart
        ("year’s", Face.REGULAR, 1024 + 1139 * 2 + 682 + 455 + 76 + 1024),
        ("Я", Face.REGULAR, 1479),
        ("Я", Face.SERIF, 1372),
    ],
)
def test_a_line_is_as_wide_as_its_characters(text, face, expected):
    """Widths are those of the font."""
    assert measure_width(text, 2048, face) == pytest.approx(expected, abs=1)


@pytest.mark.parametrize(
    ("text", "room", "expected"), CASES["lines"].values(), ids=CASES["lines"]
)
def test_lines_end_where_reading_allows_it(text, room, expected):
    """Lines are of about one length, and what belongs together stays on one."""
    assert wrap_text_evenly(text, room, 20, Face.REGULAR) == expected


@given(WORDS, st.integers(20, 400))
def test_wrapping_loses_nothing_and_keeps_within_the_room(text, room):
    """Every word is set, in order, and a line that is wider than the room could not be
    broken.
    """
    lines = wrap_text_evenly(text, room, 20, Face.BOLD)

    assert " ".join(lines) == text
    assert [
        line
        for line in lines
        if measure_width(line, 20, Face.BOLD) > room
        and wrap_text_evenly(line, 1, 20, Face.BOLD) != [line]
    ] == []


@given(WORDS, st.integers(20, 400))
def test_lines_of_one_length_are_no_more_of_them(text, room):
    """Balance costs no line: with the words in their order, a line takes as many as
    fit.
    """
    parts = wrap_text_evenly(text, 1, 20, Face.REGULAR)
    greedy = [parts[0]]
    for part in parts[1:]:
        longer = f"{greedy[-1]} {part}"
        greedy[-1:] = (
            [longer]
            if measure_width(longer, 20, Face.REGULAR) <= room
            else [greedy[-1], part]
        )

    assert len(wrap_text_evenly(text, room, 20, Face.REGULAR)) == len(greedy)


@pytest.mark.parametrize("face", Face)
def test_characters_of_the_font_may_stand(face):
    """Latin, Cyrillic, punctuation and the signs of figures are in the fonts."""
    check_font_has_letters(
        "Año Øst šťastný Łódź Шёлковый путь “1–2” ‘3’ … −4 €5 № 6 ≈ ≤ →"
        " a\u00a0b\u202fd",
        face,
    )


@pytest.mark.parametrize(
    ("text", "face", "told"),
    [
        ("中", Face.REGULAR, '"中" (CJK UNIFIED IDEOGRAPH-4E2D)'),
        ("a\u0301", Face.BOLD, '"\u0301" (COMBINING ACUTE ACCENT)'),
        # which only newer versions of the font have
        ("₽", Face.REGULAR, '"₽" (RUBLE SIGN)'),
        ("\u2011", Face.REGULAR, '"‑" (NON-BREAKING HYPHEN)'),
        ("\u00ad", Face.REGULAR, r'"\xad" (SOFT HYPHEN)'),
        ("a\nb", Face.REGULAR, r'"\n" (a control character)'),
        ("5 Ω", Face.SERIF, '"Ω" (GREEK CAPITAL LETTER OMEGA)'),
    ],
)
def test_a_character_that_the_font_lacks_is_told(text, face, told):
    """A character that would be drawn with whatever font the machine has is refused by
    name.
    """
    with pytest.raises(ValueError, match="the character") as found:
        check_font_has_letters(text, face)

    assert (
        str(found.value)
        == f"the character {told} is not in the font of the pictures, {face.value[0]}"
    )
