"""Cards: what stands on them, how their line is drawn to scale, and what is refused
rather than cut off.
"""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from press.figures.card import CardBody, CardLineChart, CardLinePoint, draw_card
from press.figures.font import Face, measure_width
from tests.engine.figures.test_poster import (
    HEADING,
    PALETTE,
    SVG,
    drawing,
    parsed,
    texts,
)

COLOURS = {**PALETTE, "other": ("#aa0000", "#ffaaaa")}
RISING = tuple(
    CardLinePoint(year, Decimal(value), str(year))
    for year, value in {2021: 10, 2022: 20, 2024: 40, 2025: 30}.items()
)
LINE = CardLineChart(RISING, 2)
LEVEL = LINE._replace(level=Decimal(25), said="The goal: 25")


def shown(mark=LINE, number="$60 bn", text="of all goods"):
    return CardBody(number, text, "other", mark)


def sizes(drawn):
    """Return the sizes of lettering by the texts set in them."""
    return {
        item.text: int(item.get("font-size"))
        for item in parsed(drawn).iter(f"{SVG}text")
    }


@pytest.mark.parametrize("mark", [LINE, LEVEL, drawing(672, 400)])
def test_a_card_holds_title_number_words_source_and_name(mark):
    """All of it is there, each word once, within the edges of 1200 by 630 pixels; it is
    read where it is small.
    """
    drawn = draw_card(HEADING, shown(mark), COLOURS)
    said = (
        f"{HEADING.title} $60 bn of all goods {HEADING.source} {HEADING.name}".split()
    )
    beside = (LEVEL.said, "2021", "2024", "2025")
    lines = list(parsed(drawn).iter(f"{SVG}text"))

    assert [parsed(drawn).get(name) for name in ("width", "height")] == ["1200", "630"]
    assert sorted(said) == sorted(
        " ".join(line for line in texts(drawn) if line not in beside).split()
    )
    assert all(
        56 <= float(item.get("y")) <= 630 - 56 and float(item.get("x")) >= 56
        for item in lines
    )
    assert min(sizes(drawn).values()) >= 24
    assert sizes(drawn)["$60 bn"] >= 104
    assert "<style" not in drawn, "it is always light"


def test_a_line_goes_through_its_values_and_is_broken_where_some_are_missing():
    """The dot is the value that counts; the level lies where its value would be; what
    stands alone is seen.
    """
    drawn = draw_card(HEADING, shown(LEVEL), COLOURS)
    (line,) = (
        item for item in parsed(drawn).iter(f"{SVG}path") if item.get("stroke-linecap")
    )
    ends = re.findall(r"M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)", line.get("d"))
    alone, first, after, last = (tuple(map(float, found)) for found in ends)
    (dot,) = parsed(drawn).iter(f"{SVG}circle")
    across = next(
        item
        for item in parsed(drawn).iter(f"{SVG}path")
        if item.get("stroke") == "#111111"
    ).get("d")

    assert alone[:2] == alone[2:] == first[:2]
    assert after[:2] == after[2:] == last[:2]
    # 10 to 20, 20 to 40
    assert (first[1] - first[3]) * 2 == pytest.approx(first[3] - after[3], rel=1e-4)
    assert (after[2] - first[2]) == pytest.approx(2 * (first[2] - first[0]), rel=1e-4)
    assert [float(dot.get("cx")), float(dot.get("cy"))] == pytest.approx(list(last[:2]))
    assert float(re.search(r",([\d.]+)h", across)[1]) == pytest.approx(
        first[3] - (first[1] - first[3]) / 2, abs=0.01
    )
    assert line.get("stroke") == "#aa0000"


@pytest.mark.parametrize(
    ("at", "names", "told"),
    [
        (2, ("2021", "2022", "2024", "2025"), ["2021", "2024", "2025"]),
        (3, ("2021", "2022", "2024", "2025"), ["2021", "2025"]),
        (0, ("2021", "2022", "2024", "2025"), ["2021", "2025"]),
        (2, ("2021", "2022", "May 2024", "2025"), ["2021", "May 2024"]),
        (2, ("February", "April", "November", "December"), ["February", "November"]),
    ],
)
def test_the_value_that_counts_is_named_below_it(at, names, told):
    """The first and the last are named beside it where names keep apart."""
    points = [
        point._replace(name=name) for point, name in zip(RISING, names, strict=True)
    ]
    drawn = parsed(draw_card(HEADING, shown(CardLineChart(points, at)), COLOURS))
    found = {
        item.text: float(item.get("x"))
        for item in drawn.iter(f"{SVG}text")
        if item.text in names
    }
    (dot,) = drawn.iter(f"{SVG}circle")
    half = measure_width(names[at], 26, Face.REGULAR) / 2

    assert sorted(found, key=found.__getitem__) == told
    assert float(dot.get("cx")) == pytest.approx(
        found[names[at]], abs=half if at in {0, 3} else 0.1
    )


def test_a_drawing_is_bare_and_bold():
    """The chart's own stands there whole, but for lettering and dots as small; lines
    are four times as wide, and dots twice.
    """
    own = drawing(672, 400).replace(
        'stroke="var(--accent)"', 'stroke="var(--accent)" stroke-width="2"'
    )
    own = own.replace(
        "</svg>", '<circle cx="1" cy="1" r="2.55"/><circle cx="1" cy="1" r="5"/></svg>'
    )
    drawn = draw_card(HEADING, shown(own), COLOURS)

    assert 'stroke="#0b6e5f" stroke-width="8"' in drawn
    assert "2023" not in texts(drawn)
    assert [item.get("r") for item in parsed(drawn).iter(f"{SVG}circle")] == ["10"]
    assert ET.fromstring(drawn).find(f"{SVG}svg").get("viewBox") == "0 0 672 400"  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ('stroke="var(--ink)" stroke-width="1.5"', "6"),
        ('stroke="var(--ink)" stroke-width="12"', "16"),
        ('stroke="var(--ink)" stroke-width="20"', "20"),
        ('stroke="var(--paper,Canvas)" stroke-width="5"', "5"),
    ],
)
def test_what_is_wide_already_and_rims_around_marks_do_not_cover_a_drawing(
    own, expected
):
    """A rim four times as wide would cut the dot that it is around."""
    mark = drawing(672, 400).replace("</svg>", f'<path id="own" {own}/></svg>')
    drawn = parsed(draw_card(HEADING, shown(mark), COLOURS))

    (path,) = (
        item for item in drawn.iter(f"{SVG}path") if item.get("id", "").endswith("own")
    )
    assert path.get("stroke-width") == expected


def test_signs_are_left_out_with_the_words_that_explain_them():
    """A dot or a line whose words are gone is a speck."""
    key = '<circle class="kind-key" r="5"/><g class="kind-key"><circle r="6"/></g>'
    mark = drawing(672, 400).replace("</svg>", f'{key}<circle r="7"/></svg>')
    drawn = draw_card(HEADING, shown(mark), COLOURS)

    found = [item.get("r") for item in parsed(drawn).iter(f"{SVG}circle")]
    assert found == ["14"]


def test_a_number_of_many_words_is_as_large_as_its_digits_let_it_be():
    """What would make it small begins the words below it."""
    drawn = draw_card(
        HEADING, shown(LINE, "38.8 billion cubic metres", "of gas"), COLOURS
    )

    assert sizes(drawn)["38.8"] >= 104
    assert "billion cubic metres of gas" in " ".join(texts(drawn))


def test_a_title_that_is_longer_is_set_smaller():
    """A title is never cut off: it is set in the largest size in which all of it fits,
    by the widths of the serif.
    """
    found = []
    for words in (4, 14, 20, 26):
        title = " ".join(f"word{number}" for number in range(words))
        drawn = draw_card(HEADING._replace(title=title), shown(), COLOURS)
        lines = [
            item for item in parsed(drawn).iter(f"{SVG}text") if "word" in item.text
        ]
        found.append(int(lines[0].get("font-size")))
        assert " ".join(item.text for item in lines) == title
        assert all(
            measure_width(item.text, found[-1], Face.SERIF) <= 1088 for item in lines
        )

    assert found == sorted(found, reverse=True)
    assert found[0] == 84 > found[-1] >= 40


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "word " * 120},
        {"source": "Source: " + "word " * 300},
        {"title": "w" * 80},
    ],
)
def test_a_card_refuses_what_does_not_fit(changes):
    """What would be cut off is told with its length."""
    heading = HEADING._replace(**changes)
    lengths = (
        f"title ({len(heading.title)} characters) and the source"
        f" ({len(heading.source)})"
    )

    with pytest.raises(
        ValueError,
        match=(
            f"^what is said does not fit on the card with the {re.escape(lengths)}:"
            " shorten"
        ),
    ):
        draw_card(heading, shown(), COLOURS)
