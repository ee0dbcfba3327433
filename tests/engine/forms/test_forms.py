"""The forms: each makes of figures a chart that builds, tells its table, and whose
texts do not touch.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import combinations

import pytest

from press import content
from press.facts import Panel, year
from press.figures import Studio, draft_alt_and_summary, list_mark_kinds
from press.forms import (
    ChartData,
    FiguresOfKind,
    draw_bars,
    draw_columns,
    draw_joined_dots,
    draw_lines,
    draw_slopes_between_kinds,
    draw_small_multiples,
    measure_widest_text,
)
from press.ground.errors import BuildError
from press.quantity import Quantity
from tests.engine.test_stories import STORIES

TEXT = """+++
title = "Medals"
subtitle = "Medals by team and Games"
how_to_read = "The longer, the more."
alt = "A chart of medals."
notes = ["All of it is invented."]

[words]
table_year = "Games"
table_team = "Team"
unit = "medals"
gold = "Gold"
silver = "Silver"
Ardland = "Ardland"
Corvia = "Corvia"
Merrow = "Merrow"
gap = "no Games"
derived = "derived"
point = "{column}, {row}"
value = "{value} {unit}"
+++

Medals.
"""
GAMES = Panel("games", year, "team")
MEDALS = {"gold": GAMES.value("gold"), "silver": GAMES.value("silver")}


def by_team(longer="", **inks):
    """Return what gives kinds of medals of each team at some Games."""

    def kinds(data):
        teams = MEDALS["gold"].choices(data, "team", {"year": 1936})
        found = {
            kind: {
                team + longer: MEDALS[kind].figure(data, 1936, team) for team in teams
            }
            for kind in inks
        }
        return {
            kind: FiguresOfKind(items, kind, inks[kind])
            for kind, items in found.items()
        }

    return kinds


def by_games(*teams):
    """Return what gives the gold medals of teams by Games."""
    return lambda data: {
        team: FiguresOfKind(MEDALS["gold"].series(data, team), team.lower(), "accent")
        for team in teams
    }


def made(values):
    """Return what gives one kind of figures, which rest on the first row."""

    def kinds(data):
        rows = frozenset(data["games"].rows[:1])
        known = {
            at: Decimal(value) for at, value in values.items() if value is not None
        }
        items = {
            at: Quantity(value, Decimal("0.01"), "percent", rows)
            for at, value in known.items()
        }
        items |= dict.fromkeys({*values} - {*known})
        return {"gold": FiguresOfKind(items, "gold", "accent", 1, signed=True)}

    return kinds


MONTHS = [
    (f"{year}-{month:02}", month - year % 3)
    for year in (2019, 2020, 2021)
    for month in range(1, 13)
]
CHARTS = {
    "bars": (draw_bars, by_team(gold="accent"), {"marked": ["Merrow"]}),
    "bars of long names": (
        draw_bars,
        by_team(longer=", of the lakes in the far north", gold="accent"),
        {},
    ),
    "bars that fall": (
        draw_bars,
        made({"Corvia": -12, "Merrow": 0, "Tavria": 31.5}),
        {},
    ),
    "slopes of two colours": (
        draw_slopes_between_kinds,
        by_team(gold="accent", silver="ink"),
        {"marked": ["Merrow"]},
    ),
    "dots": (draw_joined_dots, by_team(gold="accent", silver="ink"), {}),
    "slopes": (draw_slopes_between_kinds, by_team(gold="accent", silver="accent"), {}),
    "columns": (draw_columns, by_games("Ardland"), {"hollow_times": [1960]}),
    "columns side by side": (draw_columns, by_games("Ardland", "Corvia"), {}),
    "columns that fall": (
        draw_columns,
        made({"2023-Q1": -9, "2023-Q2": 18, "2023-Q3": -27, "2023-Q4": 36}),
        {},
    ),
    "columns alike": (draw_columns, made(dict.fromkeys(range(1996, 2026), 240)), {}),
    "a column alone": (draw_columns, made({2020: 5}), {"reach": (9, 20)}),
    "lines": (draw_lines, by_games("Ardland", "Corvia"), {}),
    "lines by month": (draw_lines, made(dict(MONTHS)), {"foot": -2, "step": 2}),
    "lines by day": (
        draw_lines,
        made({f"2024-08-{day:02}": day for day in range(1, 16) if day != 9}),
        {},
    ),
    "lines of little": (draw_lines, made({2020: "0.08", 2021: "0.31", 2022: None}), {}),
    "lines of nothing": (draw_lines, made({2020: 0, 2021: 0}), {}),
    "small multiples": (
        draw_small_multiples,
        by_games("Ardland", "Corvia", "Merrow"),
        {},
    ),
    "a small multiple by month": (draw_small_multiples, made(dict(MONTHS)), {}),
    "a small multiple of nothing": (draw_small_multiples, made({2020: 0}), {}),
}


LONG = " of the lakes" * 9
CUTTING = {
    "bars": (draw_bars, by_team(longer=LONG, gold="accent")),
    "slopes": (
        draw_slopes_between_kinds,
        by_team(longer=LONG, gold="ink", silver="ink"),
    ),
}


@pytest.mark.parametrize(("form", "kinds", "options"), CHARTS.values(), ids=CHARTS)
def test_a_form_is_a_chart_that_labels_itself(make_project, pool, form, kinds, options):
    """It keeps the rules, tells each figure that it draws, is described, and no text
    touches another or the edge.
    """
    project = make_project("games", STORIES / "games")
    project.write("content/en/charts/chart.md", TEXT)

    def chart(data, words, language):
        corner = (
            "team"
            if form in {draw_bars, draw_joined_dots, draw_slopes_between_kinds}
            else "year"
        )
        return form(
            ChartData.from_kinds(kinds(data), words, language, corner), **options
        )

    figure = draw(project, chart, pool)

    assert set(figure.points.tips) == set(figure.table.list_tips_of_known_values())
    assert (
        len(
            draft_alt_and_summary(
                figure.drawn_table, list_mark_kinds(json.loads(figure.spec))
            )
        )
        == 2
    )
    for drawing in figure.drawings:
        boxes = list(texts(ET.fromstring(drawing.svg)))  # noqa: S314 - the renderer's own
        assert len(boxes) > 1
        assert [box for box in boxes if box[0] < 0 or box[2] > drawing.width] == [], (
            drawing.size
        )
        assert [pair for pair in combinations(boxes, 2) if touch(*pair)] == [], (
            drawing.size
        )


def draw(project, chart, pool):
    """Return the figure of a chart function."""
    loaded = content.load_content_in_one_language(
        project.root / "content", project.root
    )
    return Studio(
        project.root, loaded, project.load(), lambda: {"chart": chart}, None, pool
    ).draw_chart("chart")


@pytest.mark.parametrize(("form", "kinds"), CUTTING.values(), ids=CUTTING)
def test_a_name_that_a_form_cuts_is_told(make_project, pool, form, kinds):
    """A name without end has no room in any size."""
    project = make_project("games", STORIES / "games")
    project.write("content/en/charts/chart.md", TEXT)

    def chart(data, words, language):
        return form(ChartData.from_kinds(kinds(data), words, language, "team"))

    with pytest.raises(
        BuildError, match=r'cuts the text "[^"]*Belmark of [^"]*…" \(narrow\)'
    ):
        draw(project, chart, pool)


def test_slopes_of_two_colours_have_lines(make_project, pool):
    """A line has both of its ends, of whatever colour each is."""
    project = make_project("games", STORIES / "games")
    project.write("content/en/charts/chart.md", TEXT)
    kinds = by_team(gold="accent", silver="ink")

    def chart(data, words, language):
        figures = ChartData.from_kinds(kinds(data), words, language, "team")
        return draw_slopes_between_kinds(figures, marked=["Merrow"])

    spec = json.loads(draw(project, chart, pool).spec)
    lines = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    drawn = [
        row["at"] for each in lines for row in spec["datasets"][each["data"]["name"]]
    ]

    assert len(lines) == 2
    assert {drawn.count(team) for team in drawn} == {2}


def texts(element, x=0.0, y=0.0, style=None):
    """Yield the boxes of texts in a drawing: left, top, right, bottom, words."""
    moved = re.search(
        r"translate\(([-\d.]+)(?:[, ]([-\d.]+))?", element.get("transform", "")
    )
    x, y = (x + float(moved[1]), y + float(moved[2] or 0)) if moved else (x, y)
    style = {**(style or {}), **element.attrib}
    if element.text and element.text.strip():
        size = float(style["font-size"].removesuffix("px"))
        width = measure_widest_text(
            [element.text], size, bold=style.get("font-weight") in {"bold", "600"}
        )
        left = (
            x
            + float(element.get("x", 0))
            - {"middle": width / 2, "end": width}.get(style.get("text-anchor"), 0)
        )
        foot = y + float(element.get("y", 0))
        yield left, foot - 0.75 * size, left + width, foot + 0.2 * size, element.text
    for child in element:
        yield from texts(child, x, y, style)


def touch(one, other):
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


CODE = """from press.facts import Panel, year
from press.forms import ChartData, FiguresOfKind, draw_bars, draw_columns, draw_joined_dots, draw_lines, draw_slopes_between_kinds, draw_small_multiples

def totals(data, words, language):
    games, ardland = Panel("games", year, "team").value("gold"), FiguresOfKind({}, "gold", "accent")
    over_time = ardland._replace(items=games.series(data, "Ardland"))
    by_thing = ardland._replace(items={"Ardland": games.figure(data, 1936, "Ardland")})
    show = lambda *kinds: ChartData.from_kinds(dict(zip(("gold", "silver", "bronze"), kinds)), words, language)
    return FORM
"""
WRONG = {
    "draw_columns(show(ardland))": (
        "found no figure of gold, expected some by time or by thing"
    ),
    "draw_columns(show())": "found no figure of any kind, expected some by time or by thing",
    'draw_lines(show(over_time._replace(ink="")))': (
        "found 0 kinds with a colour and figures, expected some"
    ),
    "draw_bars(show(by_thing, by_thing._replace(column='silver')))": (
        "found 2 kinds with a colour and figures, expected 1"
    ),
    "draw_slopes_between_kinds(show(by_thing))": "found 1 kind with a colour and figures, expected 2",
    "draw_slopes_between_kinds(show(by_thing, by_thing._replace(column='silver', items={'Corvia': by_thing.items['Ardland']})))": (
        "found no thing with figures of both kinds, expected some"
    ),
    "draw_joined_dots(show(over_time))": "found times, expected things",
    "draw_lines(show(by_thing))": "found things, expected times",
    "draw_small_multiples(show(by_thing))": "found things, expected times",
    'draw_bars(show(by_thing), marked=["Ardlund"])': (
        'found "Ardlund" marked, expected a thing of the chart'
    ),
    'draw_bars(show(by_thing._replace(column="Gold medals")))': (
        'found the column "Gold medals", expected a name in'
    ),
    'draw_columns(show(over_time, ardland, over_time._replace(column="bronze")))': (
        "[words] lacks bronze, which"
    ),
}
PLACES = {
    ("story/charts.py", 8),
    ("story/charts.py", 9),
    ("content/en/charts/totals.md", 1),
}


@pytest.mark.parametrize(("form", "told"), WRONG.items())
def test_a_wrong_argument_is_told_at_its_line(make_project, form, told):
    """What cannot be drawn is a problem of the author, not a traceback."""
    project = make_project("games", STORIES / "games")
    project.write("content/en/charts/totals.md", TEXT)
    project.write("story/charts.py", CODE.replace("FORM", form))
    with pytest.raises(BuildError) as wrong:
        project.build()

    (problem,) = (found for found in wrong.value.problems if told in found.message)
    assert (problem.path, problem.line) in PLACES
