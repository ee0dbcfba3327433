"""Sheets: what stands on them, in which colours, and what is refused rather than cut
off; fonts of all pictures.
"""

import re
import sys
import xml.etree.ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from press.drawing import FONTS
from press.figures.card import draw_card
from press.figures.pool import DrawingPool
from press.figures.poster import PictureTexts, draw_poster
from tests.engine.project import PALETTE

HEADING = PictureTexts(
    "In 2023 trade passed $300 billion",
    "Trade by year, billions of US dollars",
    "A line that rises",
    "Source: the customs of A & B",
    "The story",
    "https://example.org/charts/totals.html",
)
SVG = "{http://www.w3.org/2000/svg}"


def drawing(width, height, size=14, label="2023"):
    """Return a drawing of one line and one label, as press.svg cleans them."""
    return (
        f'<svg aria-hidden="true" focusable="false" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"><path d="M0,0h9"'
        f' stroke="var(--accent)"/><text font-size="{size}px"'
        f' fill="var(--ink)">{label}</text></svg>'
    )


WIDE = drawing(672, 400)


def parsed(picture):
    return ET.fromstring(picture)  # noqa: S314 - our own


def texts(picture):
    """Return the lines of text of a picture, in their order."""
    return ["".join(item.itertext()) for item in parsed(picture).iter(f"{SVG}text")]


def test_a_sheet_holds_title_subtitle_drawing_source_name_and_address():
    """All that a picture away from its page must say stands on it, from
    top to bottom.
    """
    assert texts(draw_poster(WIDE, HEADING, PALETTE)) == [
        *HEADING[:2],
        "2023",
        *HEADING[3:],
    ]


def test_a_long_address_stands_below_the_name():
    """Name and address never run into each other; one that is not known leaves no
    trace.
    """
    drawn = {
        length: draw_poster(WIDE, HEADING._replace(address="a" * length), PALETTE)
        for length in (0, 20, 92)
    }
    places = {
        length: [item.get("y") for item in parsed(svg).iter(f"{SVG}text")]
        for length, svg in drawn.items()
    }

    assert float(places[92][-1]) > float(places[92][-2])
    assert places[20][-1] == places[20][-2] == places[0][-1] == places[92][-2]


def test_a_sheet_has_the_drawing_of_the_page_and_says_what_it_shows():
    """The drawing is as it is, uncut, its colours are literal; those who do not see it
    are told of it.
    """
    drawn = draw_poster(WIDE, HEADING, PALETTE)

    assert (
        WIDE.replace("<svg", '<svg overflow="visible"')
        .replace("var(--accent)", "#0b6e5f")
        .replace("var(--ink)", "#111111")
        in drawn
    )
    assert [(item.tag, item.text) for item in parsed(drawn)[:2]] == [
        (f"{SVG}title", HEADING[0]),
        (f"{SVG}desc", HEADING.alt),
    ]
    assert (
        parsed(drawn).get("font-family")
        == "Liberation Sans, Arial, Helvetica, sans-serif"
    ), "all of one width"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param(
            {"title": "贸易"}, 'the character "贸"', id="a title in Han characters"
        ),
        pytest.param({"label": "&#x4e2d;"}, 'the character "中"', id="a label"),
        pytest.param(
            {"title": "Ŧ"},
            'the character "Ŧ" .* Page Serif$',
            id="a letter that our serif lacks",
        ),
        pytest.param(
            {"title": "a" * 60},
            '"aaaa.*aaa" is too wide for the picture, which has room for 672 px in 24'
            " px type",
            id="a long word",
        ),
        pytest.param(
            {"alt": "a\0b"},
            "found a control character in the alternative text",
            id="a NUL",
        ),
    ],
)
def test_a_sheet_refuses_what_it_cannot_show(changes, told):
    """What cannot be set whole, in the font that is brought along, is told; the
    drawing's own labels are held to it.
    """
    label = changes.pop("label", "A &amp; B")
    with pytest.raises(ValueError, match=told):
        draw_poster(
            drawing(672, 400, label=label), HEADING._replace(**changes), PALETTE
        )


def test_title_and_key_lettering_have_the_serif_of_the_pages():
    """What a sheet is about is set as on the page, with the sans behind it; ticks and
    labels are not.
    """
    sizes = re.findall(
        r'font-size="(\d+)(?:px)?" font-family="Page Serif, Liberation Sans, ',
        draw_poster(WIDE, HEADING, PALETTE),
    )

    assert sizes == ["24"]
    for size in (16, 56):
        sheet = draw_poster(drawing(672, 400, size), HEADING, PALETTE)
        assert f'font-size="{size}px" font-family="Page Serif, ' in sheet


# Words that are short enough for a card: a longer one is refused.
SAID = st.lists(st.text("ab<&>\"'-é", max_size=8), max_size=7).map(" ".join)
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40
)


@given(st.builds(PictureTexts, SAID, SAID, PLAIN, SAID, SAID, st.just("")))
def test_whatever_is_said_the_pictures_are_well_formed(heading):
    """Sheets and cards are XML, and their lines say what was given, each word once."""
    for drawn in (
        draw_poster(WIDE, heading, PALETTE),
        draw_card(heading._replace(name="Name"), None, PALETTE),
    ):
        assert "".join(heading.title.split()) in "".join("".join(texts(drawn)).split())
        assert (parsed(drawn)[1].text or "").split() == heading.alt.split()


# False fonts: their names, and the files of ours that are called so; no letter looks as
# in the true one.
FALSE = {
    "Liberation Sans": "serif.ttf",
    "Page Serif": "sans.ttf",
    "Some Other Font": "serif.ttf",
}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Make an empty home, with the folders that the renderer looks for fonts in."""
    folders = [tmp_path / ".fonts", tmp_path / "Library" / "Fonts"]
    for folder in folders:
        folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    return folders


def test_fonts_of_the_machine_change_no_byte(home):
    """A false font of either name changes no picture; on Linux the renderer does not
    even read it, which takes long.
    """
    pictures = [draw_poster(WIDE, HEADING, PALETTE), draw_card(HEADING, None, PALETTE)]
    other = pictures[0].replace("Page Serif, Liberation Sans", "Some Other Font")

    def drawn():
        process = DrawingPool(1)
        pngs = [process.begin_png(picture, 1)() for picture in [*pictures, other]]
        process.close()
        return pngs

    *without, other_without = drawn()
    for folder in home:
        for name, ours in FALSE.items():
            with TTFont(FONTS / ours) as font:
                for number, text in {
                    1: name,
                    2: "Regular",
                    4: name,
                    6: name.replace(" ", ""),
                }.items():
                    font["name"].setName(text, number, 3, 1, 0x409)
                font["OS/2"].usWeightClass = 400
                font.save(folder / f"{name}.ttf")
    *with_them, other_with = drawn()

    assert with_them == without
    assert (other_with == other_without) == (sys.platform == "linux")
