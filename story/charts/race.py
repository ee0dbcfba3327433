"""The race to the line: how far each year's trade had come by the end of each month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Chart,
    describe_marks,
    draw_key,
    draw_texts,
    finish_chart,
    get_colour_variable,
    list_tip_texts,
    make_axis_of_amounts,
    make_cell,
    make_tip_template,
    move_apart,
    name_layers_by_step,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_behind
from story import goals, measures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity

FIRST_EDGE = 0.8  # the axis begins before January's dots
FIRST_YEAR, RISE, STORY_YEAR, CROSSED, DECEMBER = 2018, 2021, 2023, 11, 12
TICKS = (0, 50, 100, 150, 200, 250)
# The last month that each step shows but the last, which shows all.
UNTIL = {
    "level": "2020-12",
    "steep": "2022-12",
    "below": f"{STORY_YEAR}-{CROSSED - 1}",
    "crossing": f"{STORY_YEAR}-{CROSSED}",
}
LATER = "later"  # the last step
# Where words stand beside their dot, in pixels from it: before the crossing under the
# line of the goal, then above it.
BESIDE = {
    CROSSED - 1: {"wide": (-36, 6), "narrow": (-23, 8)},
    CROSSED: {"wide": (-20, -8), "narrow": (-20, -11)},
}


def race_to_200bn(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """January-to-month totals, a line per year: a dot where a total is citable, dotted
    lines across the gaps.
    """
    totals = {
        month: item
        for month, item in measures.list_totals_to_month(data).items()
        if month >= str(FIRST_YEAR)
    }
    target = goals.get_promise(data, goals.TARGET_FOR_2024).low
    table = _by_month(totals, words, language)
    points = _points(totals, table)
    goal = pd.DataFrame(
        {
            "month": [FIRST_EDGE],
            "value": [float(target.value)],
            "text": [words["target"]],
        }
    )
    return Plot(
        lambda size: _race(points, goal, words, _Axes.of(language, size)),
        table,
        rows_behind([*totals.values(), target]),
    )


def _points(totals: dict[str, Quantity], table: Grid) -> pd.DataFrame:
    """Return a frame with a row per total: year, month (1 to 12), value in billions of
    dollars, printed or derived.

    ``point`` is what ``table`` tells of it, ``step`` the one that shows it first.
    """
    frame = pd.DataFrame(
        {"key": list(totals), "value": [float(item.value) for item in totals.values()]}
    )
    frame["derived"] = [
        any(row.is_derived for row in item.rows) for item in totals.values()
    ]
    frame["year"] = frame["key"].str[:4].astype(int)
    frame["month"] = frame["key"].str[5:].astype(int)
    frame["step"] = [
        next((step for step, last in UNTIL.items() if key <= last), LATER)
        for key in totals
    ]
    frame["point"] = list_tip_texts(
        table, frame["month"] - 1, map(_column, frame["year"])
    )
    frame["story"] = frame["year"] == STORY_YEAR
    last = frame.groupby("year")["month"].transform("max")
    frame["open_end"] = (frame["month"] == last) & (last < DECEMBER)
    return frame.drop(columns="key")


def _lines(points: pd.DataFrame) -> pd.DataFrame:
    """Return the ends of every stretch of line: solid between neighbouring months,
    dotted where months are missing.
    """
    start = points.rename(columns={"month": "from_month", "value": "from_value"})
    ends = ["month", "value", "step"]
    start[ends] = points.groupby("year")[ends].shift(-1)
    stretches = start.dropna(subset=["month"])
    return stretches.assign(gap=stretches["month"] - stretches["from_month"] > 1)


class _Axes(NamedTuple):
    """The axes of the race at one size: months across, totals up and down, and ``at``,
    where names of lines stand.
    """

    language: ChartLanguage
    size: Size
    x: alt.X
    y: alt.Y
    at: alt.Y

    @classmethod
    def of(cls, language: ChartLanguage, size: Size) -> _Axes:
        ticks = list(range(1, 13)) if size.name == "wide" else [1, 4, 7, 10, 12]
        labels = ", ".join(f"'{name}'" for name in language.months())
        axis = alt.Axis(
            values=ticks,
            labelExpr=f"[{labels}][datum.value - 1]",
            title=None,
            grid=False,
            labelFlush=False,
        )
        x = alt.X(
            "month:Q",
            scale=alt.Scale(domain=[FIRST_EDGE, DECEMBER], nice=False),
            axis=axis,
        )
        return cls(
            language,
            size,
            x,
            make_axis_of_amounts(TICKS, language),
            make_axis_of_amounts(TICKS, language, "at"),
        )

    @property
    def wide(self) -> bool:
        return self.size.name == "wide"

    @property
    def height(self) -> int:
        return 500 if self.wide else 340


def _race(points: pd.DataFrame, goal: pd.DataFrame, words: Words, axes: _Axes) -> Chart:
    """Draw the race."""
    line = alt.Chart(goal).mark_rule(color=get_colour_variable("muted")).encode(axes.y)
    dotted = points[(points["year"] == STORY_YEAR) | points["open_end"]]
    signs = {"open": words["derived"]} if dotted["derived"].any() else {}
    layers = [
        line,
        alt.Chart(goal)
        .mark_text(color=get_colour_variable("ink"), align="left", dy=-9)
        .encode(axes.x, axes.y, alt.Text("text:N")),
        *draw_key({**signs, "dotted": words["gap"]}, axes.size),
    ]
    staged = [
        *_year_lines(
            points[points["year"] < RISE],
            axes,
            color=get_colour_variable("context"),
            size=1,
        ),
        *_year_lines(
            points[points["year"].between(RISE, STORY_YEAR - 1)],
            axes,
            color=get_colour_variable("context"),
            size=1.6,
        ),
        *_year_lines(
            points[points["year"] > STORY_YEAR],
            axes,
            color=get_colour_variable("ink"),
            size=1.8,
        ),
        (
            "crossing",
            alt.Chart(goal)
            .mark_rule(color=get_colour_variable("ink"), size=2.5)
            .encode(axes.y),
        ),
        *_year_lines(
            points[points["story"]], axes, color=get_colour_variable("accent"), size=3
        ),
        *_end_labels(points, axes),
        *_crossing(points, words, axes),
    ]
    return finish_chart([*layers, *name_layers_by_step(staged)], axes.size, axes.height)


def _year_lines(
    points: pd.DataFrame,
    axes: _Axes,
    **style: Any,  # noqa: ANN401 - Vega's marks
) -> Iterator[tuple[str, alt.Chart]]:
    """Draw the years' stretches, solid and dotted; dots on the totals of the story's
    year, and where a line is cut off.

    Any other total has a dot that is not seen: what is told of it is found there.
    """
    lines = _lines(points)
    for gap, dash in ((False, [1, 0]), (True, [1, 4])):
        for step, own in lines[lines["gap"] == gap].groupby("step"):
            mark = alt.Chart(own).mark_rule(strokeCap="round", strokeDash=dash, **style)
            yield (
                str(step),
                mark.encode(axes.x, axes.y, alt.X2("from_month"), alt.Y2("from_value")),
            )
    dot: dict[str, Any] = {
        "filled": True,
        "stroke": style["color"],
        "strokeWidth": 1.2,
        "size": 40,
    }
    seen = points["story"] | points["open_end"]
    for derived, fill in (
        (False, style["color"]),
        (True, get_colour_variable("paper")),
    ):
        for opacity, frame in ((1, points[seen]), (0, points[~seen])):
            for step, own in frame[frame["derived"] == derived].groupby("step"):
                dots = alt.Chart(own).mark_point(opacity=opacity, fill=fill, **dot)
                yield str(step), dots.encode(axes.x, axes.y, describe_marks())


def _end_labels(points: pd.DataFrame, axes: _Axes) -> Iterator[tuple[str, alt.Chart]]:
    """Name each line at its last point; names at the right edge are moved apart where
    they would touch.
    """
    last = (
        points.loc[points.groupby("year")["month"].idxmax()]
        .sort_values("value")
        .reset_index(drop=True)
    )
    whole = last["month"] == DECEMBER
    last["label"], last["at"] = last["year"].astype(str), last["value"]
    since = last["year"] >= STORY_YEAR
    if axes.wide:
        last.loc[since & whole, "label"] += [
            f": {axes.language.number(each, 1)}"
            for each in last["value"][since & whole]
        ]
    gap = (axes.size.text + 2) * TICKS[-1] / (axes.height - 40)
    last.loc[whole, "at"] = move_apart(last.loc[whole, "value"].tolist(), gap)
    beside: dict[str, Any] = {"align": "left", "dx": 9}
    kinds: list[tuple[pd.DataFrame, dict[str, Any]]] = [
        (
            last[last["story"]],
            {"color": get_colour_variable("accent"), "style": "label", **beside},
        ),
        (last[~since & whole], {"color": get_colour_variable("muted"), **beside}),
        (
            last[since & ~last["story"] & whole],
            {"color": get_colour_variable("ink"), **beside},
        ),
        (
            last[~whole],
            {"color": get_colour_variable("ink"), "align": "right", "dx": -7, "dy": -8},
        ),
    ]
    for frame, mark in kinds:
        for step, own in frame.groupby("step"):
            yield (
                str(step),
                alt.Chart(own)
                .mark_text(**mark)
                .encode(axes.x, axes.at, alt.Text("label:N")),
            )


def _crossing(
    points: pd.DataFrame, words: Words, axes: _Axes
) -> Iterator[tuple[str, alt.Chart]]:
    """Tell the totals on either side of the line beside their dots, and ring the one
    that has passed it.
    """
    story = points[points["story"]].set_index("month", drop=False)
    for month, places in BESIDE.items():
        dot, (dx, dy) = story.loc[[month]], places[axes.size.name]
        step, value = (dot["step"].item(), axes.language.number(dot["value"].item(), 1))
        name = "crossing_1" if axes.wide and month < CROSSED else "crossing_2"
        told = dot.assign(
            text=words[name].fill(
                month=axes.language.months("wide")[month - 1], value=value
            )
        )
        size = 110 if month < CROSSED else 420
        mark: dict[str, Any] = {
            "opacity": 1,
            "filled": month < CROSSED,
            "color": get_colour_variable("accent"),
            "size": size,
        }
        yield (
            step,
            alt.Chart(dot)
            .mark_point(shape="circle", strokeWidth=2.5, **mark)
            .encode(axes.x, axes.y),
        )
        yield (
            step,
            draw_texts(
                told, axes.x, axes.y, "accent", align="right", dx=dx, dy=dy, style="key"
            ),
        )


def _by_month(
    totals: dict[str, Quantity], words: Words, language: ChartLanguage
) -> Grid:
    """Return the totals as a table: months down, years across, a dash where nothing is
    citable.
    """
    years = sorted({key[:4] for key in totals})
    rows = [
        [
            Cell(name, number),
            *(make_cell(totals.get(f"{year}-{number:02}"), language) for year in years),
        ]
        for number, name in enumerate(language.months("wide"), 1)
    ]
    columns = [
        Column(_column(year), year, measure="total_usd_billion", at=int(year))
        for year in years
    ]
    corner = Column("to_month", words["table_corner"])
    return Grid([corner, *columns], rows, tip=make_tip_template(words), across="year")


def _column(year: object) -> str:
    return f"total_{year}_usd_billion"
