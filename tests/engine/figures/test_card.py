"""Cards: what stands on them, and what is refused rather than cut off."""

import re
import xml.etree.ElementTree as ET

import pytest

from press.figures.card import Shown, bare, card
from press.figures.font import Face, width
from tests.engine.figures.test_poster import HEADING, PALETTE, SVG, drawing, parsed, texts

COLOURS = {**PALETTE, "other": ("#aa0000", "#ffaaaa")}


def shown(number="$60 bn", text="of all goods"):
    return Shown(number, text, "other", drawing(672, 400))


def sizes(drawn):
    """Return the sizes of lettering by the texts set in them."""
    return {item.text: int(item.get("font-size")) for item in parsed(drawn).iter(f"{SVG}text")}


def test_a_card_holds_title_number_words_source_and_name():
    """All of it is there, each word once, within the edges of 1200 by 630 pixels; it is read where it is small."""
    drawn = card(HEADING, shown(), COLOURS)
    said = f"{HEADING.title} $60 bn of all goods {HEADING.source} {HEADING.name}".split()
    lines = list(parsed(drawn).iter(f"{SVG}text"))

    assert [parsed(drawn).get(name) for name in ("width", "height")] == ["1200", "630"]
    assert sorted(said) == sorted(" ".join(texts(drawn)).split())
    assert all(56 <= float(item.get("y")) <= 630 - 56 and float(item.get("x")) >= 56 for item in lines)
    assert min(sizes(drawn).values()) >= 24
    assert sizes(drawn)["$60 bn"] >= 104
    assert "<style" not in drawn, "it is always light"


def test_a_drawing_is_bare_and_bold():
    """The chart's own stands there whole, without lettering, its lines four times as wide, in literal colours."""
    own = drawing(672, 400).replace('stroke="var(--accent)"', 'stroke="var(--accent)" stroke-width="2"')
    drawn = card(HEADING, shown()._replace(drawing=own), COLOURS)

    assert 'stroke="#0b6e5f" stroke-width="8"' in drawn
    assert "2023" not in texts(drawn)
    assert ET.fromstring(drawn).find(f"{SVG}svg").get("viewBox") == "0 0 672 400"  # noqa: S314 - our own


def test_a_drawing_alone_shares_no_id_with_the_whole_one_of_the_page():
    """What cuts its shapes is its own, and is found by the name that it has there."""
    cut = '<clipPath id="race-1"><path d="M0,0h9v9z"/></clipPath><g clip-path="url(#race-1)"><path d="M0,0h9"/></g>'
    drawn = bare(drawing(672, 400).replace("</svg>", f"{cut}</svg>"))

    assert 'id="card-race-1"' in drawn
    assert 'clip-path="url(#card-race-1)"' in drawn


def test_a_number_of_many_words_is_as_large_as_its_digits_let_it_be():
    """What would make it small begins the words below it."""
    drawn = card(HEADING, shown("38.8 billion cubic metres", "of gas"), COLOURS)

    assert sizes(drawn)["38.8"] >= 104
    assert "billion cubic metres of gas" in " ".join(texts(drawn))


def test_a_title_that_is_longer_is_set_smaller():
    """A title is never cut off: it is set in the largest size in which all of it fits, by the widths of the serif."""
    found = []
    for words in (4, 14, 20, 26):
        title = " ".join(f"word{number}" for number in range(words))
        drawn = card(HEADING._replace(title=title), shown(), COLOURS)
        lines = [item for item in parsed(drawn).iter(f"{SVG}text") if "word" in item.text]
        found.append(int(lines[0].get("font-size")))
        assert " ".join(item.text for item in lines) == title
        assert all(width(item.text, found[-1], Face.SERIF) <= 1088 for item in lines)

    assert found == sorted(found, reverse=True)
    assert found[0] == 84 > found[-1] >= 40


@pytest.mark.parametrize(
    "changes", [{"title": "word " * 120}, {"source": "Source: " + "word " * 300}, {"title": "w" * 80}]
)
def test_a_card_refuses_what_does_not_fit(changes):
    """What would be cut off is told with its length."""
    heading = HEADING._replace(**changes)
    lengths = f"title ({len(heading.title)} characters) and the source ({len(heading.source)})"

    with pytest.raises(
        ValueError, match=f"^what is said does not fit on the card with the {re.escape(lengths)}: shorten"
    ):
        card(heading, shown(), COLOURS)
