"""Crude oil and gas by pipeline: how much of each China bought, and what a tonne of
crude cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    ChartData,
    FiguresOfKind,
    MarkProperties,
    choose_ticks,
    describe_marks,
    draw_texts,
    finish_chart,
    get_colour_variable,
    write_label_expression,
)
from story import fuels

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.ground.grid import Grid

SINCE = 2020  # from this year on the way is in colour and told
COLUMNS = ("million_tonnes", "value_usd_billion", "usd_per_tonne")
CHANGES = {"tonnes": "tonnes_change_percent", "price": "price_change_percent"}
# a change on the year before: how much, as the drawing tells it, as the table does
_Step = tuple[float, str, str]
# billions of dollars: a curve of all weights and prices of each
BILLS = {"wide": (20, 40, 60), "narrow": (20, 60)}
ACROSS, UP = (34, 131), (100, 740)  # million tonnes, dollars a tonne
# Where a year is named, and where it is told what changed on the way to it: in a wide
# drawing and in a narrow one, how it is aligned and how many pixels it lies across and
# down from its dot.
NAMES = {
    2015: (("right", -8, -4), ("right", 2, -12)),
    2020: (("left", 11, 6), ("left", 9, 5)),
    2021: (("left", 12, -17), ("left", 9, -3)),
    2022: (("right", -11, 0), ("left", 12, -22)),
    2023: (("right", 14, 37), ("right", 2, 17)),
}
WAYS = {
    2021: (("left", 28, 76), ("left", 13, 72)),
    2022: (("left", -10, 48), ("right", -14, 41)),
    2023: (("left", -62, -60), ("left", -17, -66)),
}
NAMED = (("left", 11, 0), ("left", 9, 0))  # of any other year

HEIGHT, LINE = 360, 16  # pixels of the drawing; of a line of text


def price_or_volume(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """A dot for each year of Russian crude that China bought: by tonnes across, by
    dollars a tonne upwards.
    """
    figures = (fuels.tonnes, fuels.energy, fuels.price_per_tonne)
    rates = (fuels.tonnes_growth, fuels.price_growth)
    kinds = {
        column: FiguresOfKind(of.series(data, "crude_oil"), column, "import", most)
        for column, of, most in zip(COLUMNS, figures, (1, 1, 0), strict=True)
    }
    kinds |= {
        column: FiguresOfKind(
            of.series(data, None, "crude_oil"), column, "import", 0, signed=True
        )
        for column, of in zip(CHANGES.values(), rates, strict=True)
    }
    shown = ChartData.from_kinds(kinds, words, language)
    tonnes, bills, prices = (
        shown.frames[column].set_index("year") for column in COLUMNS
    )
    told = {
        column: each["point"]
        for column, each in zip(COLUMNS, (tonnes, bills, prices), strict=True)
    }
    values = {
        "tonnes": tonnes["value"],
        "price": prices["value"],
        "bill": bills["text"],
        **told,
    }
    frame = pd.DataFrame(values, index=prices.index).reset_index()
    return shown.make_plot(
        lambda size: _way(frame, _steps(shown.table, words), words, language, size)
    )


def _steps(table: Grid, words: Words) -> dict[int, list[_Step]]:
    """Return by year how weight and price changed, the more first."""
    steps = dict[int, list[_Step]]()
    for row, cells in enumerate(table.rows):
        changes = zip(CHANGES.items(), cells[-len(CHANGES) :], strict=True)
        found = [
            (
                abs(float(cell.value)),
                words[kind].fill(value=cell.text.strip()),
                table.told(row, name).text,
            )
            for (kind, name), cell in changes
            if cell.value is not None
        ]
        steps[int(cells[0].text)] = sorted(found, reverse=True)
    return steps


def _way(
    frame: pd.DataFrame,
    steps: dict[int, list[_Step]],
    words: Words,
    language: ChartLanguage,
    size: Size,
) -> Chart:
    """Draw the way from year to year over curves of equal bills, the last years in
    colour and told.
    """
    heights = {
        tick: f"${language.number(tick)}" for tick in choose_ticks(*UP, step=100)
    }
    weights = {tick: language.number(tick) for tick in choose_ticks(*ACROSS, step=20)}
    axes = Axes(
        alt.X("tonnes:Q", **_scaled(ACROSS, weights)),
        alt.Y("price:Q", **_scaled(UP, heights)),
    )
    layers = _curves(words, language, axes, size)
    before, since = frame[frame["year"] <= SINCE], frame[frame["year"] >= SINCE]
    for own, ink, thick, area in (
        (before, "context", 1.5, 30),
        (since, "import", 3, 80),
    ):
        layers.append(
            alt.Chart(own)
            .mark_line(color=get_colour_variable(ink), size=thick)
            .encode(*axes, alt.Order("year:Q"))
        )
        dots = alt.Chart(own.assign(point=own["value_usd_billion"]))
        layers.append(
            dots.mark_circle(
                color=get_colour_variable(ink), size=area, opacity=1
            ).encode(*axes, describe_marks())
        )
    stroke: MarkProperties = {
        "color": get_colour_variable("import"),
        "thickness": 2,
        "size": 9,
        "opacity": 1,
    }
    edges = (
        (axes.x, alt.YValue("height"), "million_tonnes"),
        (axes.y, alt.XValue(0), "usd_per_tonne"),
    )
    for axis, edge, name in edges:
        layers.append(
            alt.Chart(since.assign(point=since[name]))
            .mark_tick(**stroke)
            .encode(axis, edge, describe_marks())
        )
    return finish_chart([*layers, *_told(frame, steps, words, axes, size)], size, 460)


def _scaled(ends: tuple[int, int], names: dict[float, str]) -> MarkProperties:
    """Return the properties of a channel that goes from end to end and names some of
    its values.
    """
    axis = alt.Axis(
        values=[*names], labelExpr=write_label_expression(names), title=None, grid=False
    )
    return {"scale": alt.Scale(domain=[*ends], nice=False), "axis": axis}


def _curves(
    words: Words, language: ChartLanguage, axes: Axes, size: Size
) -> list[alt.Chart]:
    """Draw a curve for each bill, named below its end, and say at the edges what the
    axes are of.
    """
    layers, weights = list[alt.Chart](), range(ACROSS[0], ACROSS[1] + 1)
    for bill in BILLS[size.name]:
        curve = pd.DataFrame(
            {"tonnes": weights, "price": [1000 * bill / weight for weight in weights]}
        )
        curve = curve[curve["price"].between(*UP)]
        end = curve.tail(1).assign(text=words["bill"].fill(value=language.number(bill)))
        layers.append(
            alt.Chart(curve)
            .mark_line(color=get_colour_variable("context"), size=1)
            .encode(*axes)
        )
        layers.append(draw_texts(end, *axes, "muted", align="right", dy=14))
    edges = pd.DataFrame(
        {"tonnes": ACROSS[0], "price": UP, "text": [words["weights"], words["prices"]]}
    )
    return [*layers, draw_texts(edges, *axes, "muted", align="left", dx=8, dy=-10)]


def _told(
    frame: pd.DataFrame,
    steps: dict[int, list[_Step]],
    words: Words,
    axes: Axes,
    size: Size,
) -> list[alt.Chart]:
    """Name years, in colour with their bills, and say of the ways to them
    what changed.
    """
    layers, wide = list[alt.Chart](), size.name == "wide"
    for key, own in frame.groupby("year"):
        year = int(str(key))
        late = year >= SINCE
        if late or year in NAMES:
            name = (
                words["year"].fill(year=year, value=own["bill"].item())
                if wide and late
                else str(year)
            )
            align, dx, dy = NAMES.get(year, NAMED)[not wide]
            style: MarkProperties = {
                "align": align,
                "dx": dx,
                "dy": dy,
                "style": "label" if late else "text",
            }
            layers.append(
                draw_texts(
                    own.assign(text=name), *axes, "import" if late else "muted", **style
                )
            )
        align, dx, dy = WAYS.get(year, NAMED)[not wide]
        for line, (_, said, told) in enumerate(steps[year] if year in WAYS else []):
            style = {
                "align": align,
                "dx": dx,
                "dy": dy + LINE * line,
                "style": "text" if line else "label",
            }
            change = draw_texts(
                own.assign(text=said, point=told),
                *axes,
                "muted" if line else "ink",
                **style,
            )
            layers.append(change.encode(describe_marks()))
    return layers
