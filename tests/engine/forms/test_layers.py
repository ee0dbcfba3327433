"""Layers: they are valid, and what a chart of one's own is promised of them is so."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError

from press import content
from press.figures import Size
from press.forms import (
    Axes,
    ChartData,
    add_layers,
    draw_bars,
    draw_columns,
    draw_joined_dots,
    draw_lines,
    draw_marks,
    draw_slopes_between_kinds,
    draw_texts,
    finish_chart,
    make_axis_of_years,
)
from press.ground.errors import ToldError
from tests.engine.forms.test_forms import TEXT, by_games, by_team
from tests.engine.test_stories import STORIES

WIDE = Size("wide", 672, 14, 15, 16, 24)
PAGE = Path(__file__).resolve().parents[3] / "press/docs/charts.md"


@pytest.fixture
def layers():
    """Two layers of one frame and one of another, with a value that there is not."""
    frame = pd.DataFrame(
        {
            "year": [2022, 2023],
            "value": [1.5, None],
            "point": ["a", "b"],
            "derived": [True, False],
        }
    )
    x, y = make_axis_of_years(2022, 2023, (2022,)), alt.Y("value:Q", axis=None)
    line = alt.Chart(frame).mark_line(color="red").encode(x, y, alt.X2("year"))
    return [
        line,
        draw_texts(frame.head(1), x, y, "ink"),
        alt.Chart(frame).mark_point().encode(x, y, alt.Text("point:N")),
    ]


def test_layers_are_specified_as_altair_would(layers):
    """Layers on each other are the same specification that Altair's own way round
    gives.
    """
    drawn = finish_chart(layers, WIDE, 300)

    assert drawn.to_dict() == alt.layer(*layers).properties(**drawn.shared).to_dict()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(
            {"tooltip": {"field": "value", "type": "quantitive"}}, id="a channel"
        ),
        pytest.param(
            {"x": {"field": "year", "type": "quantitative", "axis": {"tick": 5}}},
            id="an axis",
        ),
    ],
)
def test_a_layer_that_is_not_valid_is_refused(layers, wrong):
    """Layers are validated, unless somebody asks not to; one that is as another but for
    its channels, too.
    """
    layers[1].encoding = wrong
    drawn = finish_chart(layers, WIDE, 300)

    assert drawn.to_dict(validate=False)
    with pytest.raises(SchemaValidationError):
        drawn.to_dict()


def test_what_layers_share_is_validated(layers):
    """So is what is said of all layers."""
    with pytest.raises(SchemaValidationError):
        finish_chart(layers, WIDE, "high").to_dict()


@pytest.fixture
def shown(make_project):
    """Return a function that gives the figures of a chart, as a chart function has
    them.
    """
    project = make_project("games", STORIES / "games")
    project.write("content/en/charts/chart.md", TEXT)
    loaded = content.load_content_in_one_language(
        project.root / "content", project.root
    )
    words = loaded.charts["chart"].words
    language = content.ChartLanguage("en", loaded.headings_by_table_and_row)

    def show(kinds, corner):
        return ChartData.from_kinds(kinds(project.load()), words, language, corner)

    return show


def test_a_frame_has_the_fields_that_the_page_on_charts_lists(shown):
    """Those of times have a place, too."""
    table = (
        PAGE.read_text("utf-8").partition("| field | holds |")[2].partition("\n\n")[0]
    )
    rows = re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
    fields = {field for row in rows for field in re.findall(r"`(\w+)`", row)}

    assert set(shown(by_games("Ardland"), "year").frames["Ardland"]) == fields
    assert set(shown(by_team(gold="ink"), "team").frames["gold"]) == fields - {"year"}


FIELDS = {
    draw_lines: ("year:Q", "value:Q"),
    draw_columns: ("year:Q", "value:Q"),
    draw_bars: ("value:Q", "row:Q"),
    draw_joined_dots: ("value:Q", "row:Q"),
    draw_slopes_between_kinds: ("order:Q", "value:Q"),
}


@pytest.mark.parametrize("form", FIELDS)
def test_a_form_hands_on_its_axes_and_the_size(shown, form):
    """Layers behind a form and over it are drawn on its own axes, whose fields the page
    on charts tells.
    """
    given = []

    def draw(axes, size, mark="text"):
        given.append((axes, size))
        return [draw_marks(mark, pd.DataFrame({"one": [1]}), *axes)]

    figures = (
        shown(by_games("Ardland"), "year")
        if form in {draw_lines, draw_columns}
        else shown(by_team(gold="ink", silver="ink"), "team")
        if form in {draw_joined_dots, draw_slopes_between_kinds}
        else shown(by_team(gold="ink"), "team")
    )
    chart = form(figures).draw(WIDE)
    more = add_layers(form(figures), draw, partial(draw, mark="tick")).draw(WIDE)

    assert len(more.layers) == len(chart.layers) + 2
    assert [more.layers[at].mark for at in (0, -1)] == ["text", "tick"]
    assert [size for _, size in given] == [WIDE, WIDE]
    assert all(axes is more.axes for axes, _ in given)
    assert tuple(axis["shorthand"] for axis in more.axes) == FIELDS[form]


def test_a_finished_chart_has_the_size_the_look_and_its_axes(layers):
    """What all of its layers share is told once, with the styles of letterings."""
    x, y = make_axis_of_years(2022, 2023, (2022,)), alt.Y("value:Q", axis=None)
    axes = Axes(x, y)

    drawn = finish_chart(iter(layers), WIDE, 300, axes)

    assert (drawn.shared["width"], drawn.shared["height"]) == (672, 300)
    assert drawn.shared["config"]["style"].keys() == {"text", "label", "key"}
    assert (drawn.layers, drawn.axes) == (layers, axes)
    assert drawn.to_dict()["width"] == 672


def test_a_chart_without_axes_takes_no_layers(shown, layers):
    """It is told so, with what to do."""
    plot = shown(by_games("Ardland"), "year").make_plot(
        lambda size: finish_chart(layers, size, 300)
    )

    with pytest.raises(ToldError, match="a chart without axes") as wrong:
        add_layers(plot).draw(WIDE)

    assert wrong.value.hint == "finish_chart takes them last"
