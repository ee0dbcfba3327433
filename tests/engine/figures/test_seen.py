"""What readers would not see of a drawing, read off the renderer's SVG."""

import json

import pytest

from press.figures.seen import find_unseen_parts
from press.ground.colour import PALETTE

ROWS = [
    {"place": number, "value": 5 + number, "name": f"n{number}"} for number in range(3)
]
LONG = "a name that is longer than all the room that its drawing has"
X = {"field": "place", "type": "ordinal", "axis": None}
Y = {"field": "value", "type": "quantitative", "axis": None}
TEXT = {"field": "name", "type": "nominal"}
TOLD = {"description": {"field": "name"}}
INK = "var(--ink)"
BARS = {"mark": {"type": "bar", "color": "var(--accent)"}}


@pytest.fixture
def tell(pool):
    """Return what gives the messages of a chart with layers."""

    def tell(*layers, **changed):
        spec = {
            "width": 300,
            "height": 120,
            "autosize": {"type": "fit", "contains": "padding"},
            "background": "transparent",
            "data": {"values": ROWS},
            "encoding": {"x": X, "y": Y, **TOLD},
            "layer": [*layers],
            **changed,
        }
        written = json.dumps(spec)
        drawn = pool.begin_svg(written)()
        texts = {row["name"] for row in ROWS}
        found = find_unseen_parts(drawn, written, texts, PALETTE)
        return {message for message, _ in found}

    return tell


def write(color=INK, **properties):
    encoding = {} if "text" in properties else {"text": TEXT}
    return {
        "mark": {"type": "text", "color": color, **properties},
        "encoding": encoding,
    }


def mark(kind="circle", color=INK, **properties):
    return {"mark": {"type": kind, "color": color, "opacity": 1, **properties}}


FAINT = "has a {} in {} at {}:1 to what is behind it, {}, expected {}:1"
SOUND = {
    "bars and texts above": [BARS, write(dy=-8)],
    "a text in the colour of the paper inside a bar": [
        BARS,
        write("var(--paper)", dy=20),
    ],
    "a text with a sign of something left out, as written": [write(text="and so on …")],
    "the open dots of derived figures": [
        mark("point", INK, filled=True, fill="var(--paper)", stroke=INK)
    ],
    "a band in a quiet colour": [mark("rect", "var(--raised)"), write(dy=-8)],
    "marks that shine through": [write(), mark("rect", opacity=0.1)],
    "marks that stand where a value is told": [mark(color="#fff", opacity=0)],
    "colours that are seen by day and by night": [mark("bar", "#4c78a8")],
    "a text that is turned": [write(angle=90, text="turned")],
}
FAULTS = {
    "white marks": (
        [mark(color="white")],
        FAINT.format("mark or a ground", "white", "1.0", "light", 1.25),
    ),
    "black marks": (
        [mark("line", "#111")],
        FAINT.format("mark or a ground", "#111", "1.0", "dark", 1.25),
    ),
    "a black text": (
        [write("black")],
        FAINT.format("text", "black", "1.2", "dark", 4.5),
    ),
    "a text in a colour of marks": (
        [write("var(--context)")],
        FAINT.format("text", "var(--context)", "3.3", "light", 4.5),
    ),
    "a dark text inside a dark bar": (
        [BARS, write(dy=20)],
        FAINT.format("text", INK, "2.0", "light", 4.5),
    ),
    "a text that has no room": (
        [write(limit=90, text=LONG)],
        'cuts the text "a name that is l…"',
    ),
    "a text beyond the edge": ([write(text="far", dx=999)], 'cuts the text "far"'),
    "a text behind a bar": (
        [write(dy=20, text="behind"), BARS],
        'hides the text "behind" behind a mark',
    ),
}


@pytest.mark.parametrize("layers", SOUND.values(), ids=SOUND)
def test_what_is_seen_is_no_fault(tell, layers):
    """On the paper or on a mark, by day and by night."""
    assert tell(*layers) == set()


@pytest.mark.parametrize(("layers", "message"), FAULTS.values(), ids=FAULTS)
def test_what_is_not_seen_is_told(tell, layers, message):
    """Marks that vanish, texts that are faint, cut or hidden."""
    assert message in tell(*layers)


def test_a_ground_of_its_own_is_told(tell):
    """On dark pages it would be a white block, with light texts on it."""
    told = FAINT.format("mark or a ground", "white", "1.0", "light", 1.25)

    assert told in tell(write(dy=-8), background="white")


def test_the_names_of_an_axis_are_held_to_the_same(tell):
    """Those of the renderer's own look are black in the dark."""
    encoding = {"x": {**X, "axis": {"labelAngle": 0}}, "y": Y, **TOLD}

    assert FAINT.format("text", "#000", "1.2", "dark", 4.5) in tell(
        BARS, encoding=encoding
    )


def test_a_drawing_without_a_value_of_its_table_is_told(tell):
    """Whether it draws nothing, or does not say what."""
    told = "draws no value of its table"

    assert told in tell(mark(), data={"values": []})
    assert told in tell(mark(), encoding={"x": X, "y": Y})


def test_a_mark_beyond_the_ends_of_an_axis_is_told(tell):
    """A symbol is where its middle is."""
    cut = {**Y, "scale": {"domain": [0, 6], "nice": False}}

    told = tell(mark(), encoding={"x": X, "y": cut, **TOLD})

    assert told == {"draws a circle beyond the ends of its axes"}


def test_marks_that_squeeze_the_figures_are_told(tell):
    """A rule far away from all figures, on an axis that nobody has ended."""
    far = {"mark": "rule", "data": {"values": [{"value": 90}]}}
    rule = {**far, "encoding": {"x": {"value": 0}, "y": Y}}

    told = tell(mark(), rule | {"mark": {"type": "rule", "color": INK}})

    assert told == {"makes the y axis 12.2 times as long as its figures need it"}
