"""How large each is for the other: one trade as shares of two, year by year and in one
year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Axes,
    Chart,
    ChartData,
    FiguresOfKind,
    MarkProperties,
    choose_years,
    describe_marks,
    draw_line,
    draw_texts,
    draw_zero_line,
    finish_chart,
    get_colour_variable,
    make_axis_of_years,
    make_cell,
    make_cell_of_upper_end,
    make_hidden_axis,
    make_tip,
    tell_points,
)
from press.ground.grid import Cell, Column, Grid
from press.quantity import rows_behind
from story import measures, reports, statements
from story.charts.war import WAR, war

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data

# What is a share of what: its colour, and how far below its first figure its name
# stands, in pixels.
KINDS = {
    "china_in_russias_imports": ("export", -33),
    "china_in_russias_exports": ("import", 17),
    "russia_in_chinas_trade": ("accent", -14),
    "european_union_in_russias_trade": ("muted", -14),
}
UNION = [*KINDS][-1]
SINCE, TOP = 2014, 50  # a year, percent
# years: for the first figures, and for the last
ROOM = {"full": (0.7, 2.9), "wide": (1.3, 5.4), "narrow": (2, 0.8)}
DASH = 0.36  # of a year, half a dash
WHOLE = 10  # percent from which a share is told without decimals
GAP = [1, 5]  # dashes
YEAR = 2023
FLOWS = ("total", "export", "import")
COUNTRIES = ("china", "russia")
# pixels of the side of a square of a billion dollars
UNITS = {"full": 7.0, "wide": 4.4, "narrow": 3.6}
# Where Russia's square begins, in pixels from the left; in a narrow drawing it stands
# below China's, so far from it.
ASIDE, BELOW = {"full": 640, "wide": 410, "narrow": 0}, 34
# pixels: of a heading, between a square and words, half a line of these
HEADING, BESIDE, HALF_LINE = 24, 12, 10


def dependence(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """China's share of what Russia buys and sells, Russia's of China's trade, the
    European Union's of Russia's.
    """
    union = {
        int(str(row["period_end"])[:4]): item
        for row, item in statements.list_partner_shares(data, "European Union")
    }
    flows = [
        reports.china_share_of_russia.series(data, flow)
        for flow in ("export", "import")
    ]
    found = dict(
        zip(
            KINDS,
            (*flows, measures.russia_share_of_china.series(data, "total"), union),
            strict=True,
        )
    )
    kinds = {
        kind: FiguresOfKind(found[kind], f"{kind}_percent", ink, 1)
        for kind, (ink, _) in KINDS.items()
    }
    shown = ChartData.from_kinds(kinds, words, language, since=SINCE)
    for kind, frame in shown.frames.items():
        ends = (found[kind][year].low_and_high for year in frame["year"])
        told = [
            dict.fromkeys(
                language.number(end, 0 if end >= WHOLE else 1) for end in pair
            )
            for pair in ends
        ]
        frame["text"] = ["–".join(each) + words["unit"] for each in told]
    return shown.make_plot(lambda size: _lines(shown.frames, words, size), "full")


def _lines(frames: dict[str, pd.DataFrame], words: Words, size: Size) -> Chart:
    """Draw all four on one scale.

    It has no labels: the first and the last figure of each line are told beside it.
    """
    wide, last = (
        size.name == "wide",
        max(int(frame["year"].max()) for frame in frames.values()),
    )
    before, after = ROOM[size.page_name]
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, TOP + 2], nice=False), axis=None)
    axes = Axes(
        make_axis_of_years(
            SINCE - before, last + after, choose_years(SINCE, last, 12 if wide else 4)
        ),
        y,
    )
    layers = [draw_zero_line(axes), *war(words, axes, TOP + 1)]
    for kind, frame in frames.items():
        layers += [
            *_marks(frame, kind, axes),
            *_labels(frame, kind, words, axes, wide=wide),
        ]
    return finish_chart(layers, size, 500 if wide else 430)


def _marks(frame: pd.DataFrame, kind: str, axes: Axes) -> list[alt.Chart]:
    """Draw a kind: a dash for each statement, else dots, two for a range, joined where
    no year lies between them.
    """
    ink, _ = KINDS[kind]
    style: MarkProperties = {"color": get_colour_variable(ink)}
    if kind == UNION:
        dash = frame.assign(year=frame["year"] - DASH, end=frame["year"] + DASH)
        dashes = (
            alt.Chart(dash)
            .mark_rule(size=5, **style)
            .encode(*axes, alt.X2("end"), describe_marks())
        )
        return [
            *draw_line(
                frame, axes, ink, 0, GAP, size=1.5, strokeCap="round", strokeDash=GAP
            ),
            dashes,
        ]
    between = alt.Chart(frame[frame["low"] < frame["high"]].assign(value=frame["low"]))
    layers = [between.mark_area(opacity=0.3, **style).encode(*axes, alt.Y2("high"))]
    for own in (frame.assign(value=frame[side]) for side in ("low", "high")):
        layers += draw_line(own, axes, ink, 0, GAP)
        layers.append(
            alt.Chart(own)
            .mark_circle(size=60, opacity=1, **style)
            .encode(*axes, describe_marks())
        )
    return layers


def _labels(
    frame: pd.DataFrame, kind: str, words: Words, axes: Axes, *, wide: bool
) -> list[alt.Chart]:
    """Tell the first share, the last before the war and the last; in a wide drawing the
    last as a sentence.
    """
    ink, dy = KINDS[kind]
    union = kind == UNION
    edge, out = (DASH if union else 0), (16 if dy > 0 or union else -13)
    first, last = frame.head(1), frame.tail(1)
    layers = [
        draw_texts(
            first.assign(year=first["year"] - edge),
            *axes,
            ink,
            align="right",
            dx=-8,
            style="label",
        ),
        draw_texts(
            first.assign(text=words[kind]), *axes, ink, align="left", dx=-42, dy=dy
        ),
    ]
    between = frame[1:-1] if union else frame[frame["year"] < WAR].tail(int(wide))
    layers.append(
        draw_texts(
            between,
            *axes,
            ink,
            align="right",
            dx=0 if union else 8,
            dy=out,
            style="label",
        )
    )
    if not wide:
        return [
            *layers,
            draw_texts(
                last.assign(value=last["high"]), *axes, ink, dy=out, style="label"
            ),
        ]
    share = words[f"share_{kind}"].fill(share=last["text"].item())
    for line, up, style in (
        (share, -8, "key"),
        (words[f"{kind}_in"].fill(year=last["year"].item()), 10, "text"),
    ):
        said = last.assign(year=last["year"] + edge, text=line)
        layers.append(
            draw_texts(said, *axes, ink, align="left", dx=12, dy=up, style=style)
        )
    return layers


def how_big_for_each(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """The same goods as shares of what each country trades, by flow; where bases
    differ, drawn at their middle.
    """
    found = {
        (flow, country): measured.figure(data, YEAR, flow)
        for flow in FLOWS
        for country, measured in zip(
            COUNTRIES,
            (measures.russia_share_of_china, reports.china_share_of_russia),
            strict=True,
        )
    }
    shares = {key: item for key, item in found.items() if item}
    rows = [
        [
            Cell(words[f"table_{flow}"], flow),
            *(
                make_cell(shares.get((flow, country)), language, 1)
                for country in COUNTRIES
            ),
            make_cell_of_upper_end(shares.get((flow, COUNTRIES[1])), language, 1),
        ]
        for flow in FLOWS
    ]
    columns = [
        Column(f"share_of_{country}_percent", words[f"table_{country}"], words["unit"])
        for country in COUNTRIES
    ]
    columns.append(
        Column(
            "share_of_russia_upper_end_percent", words["table_upper_end"], words["unit"]
        )
    )
    table = Grid(
        [Column("flow", words["table_flow"]), *columns], rows, "rows", make_tip(words)
    )
    amount = measures.total.figure(data, YEAR, FLOWS[0])
    parts = [
        _Part(
            country,
            float(amount.value),
            float(amount.value) * 100 / (sum(map(float, item.low_and_high)) / 2),
            "–".join(
                dict.fromkeys(language.number(end, 0) for end in item.low_and_high)
            )
            + words["unit"],
            tell_points(table, [0], f"share_of_{country}_percent")[0],
        )
        for country in COUNTRIES
        if (item := shares.get((FLOWS[0], country))) and amount
    ]
    return Plot(
        lambda size: _squares(parts, words, size),
        table,
        rows_behind(shares.values()),
        "full",
    )


class _Part(NamedTuple):
    """All trade between the two as part of a country's: both in billions of dollars,
    its share in words and as told.
    """

    country: str
    amount: float
    whole: float
    share: str
    point: str


def _squares(parts: list[_Part], words: Words, size: Size) -> Chart:
    """Draw the same square in that of all that each country trades, on one scale,
    joined by a thin line.
    """
    unit, wide, foot = UNITS[size.page_name], size.name == "wide", 0.0
    rects, texts = list[tuple[Any, ...]](), list[tuple[float, float, str, str, str]]()
    for part in parts:
        side, inner = part.whole**0.5 * unit, part.amount**0.5 * unit
        left = ASIDE[size.page_name] if foot else 0
        # then the filled square is at the top, close to the other
        below = bool(foot) and not wide
        top = foot - side if foot and wide else foot + BELOW if foot else HEADING
        foot = top + side
        high = top if below else foot - inner
        rects += [
            (left, left + side, top, foot, "context", ""),
            (left, left + inner, high, high + inner, "accent", part.point),
        ]
        beside = left + (inner if part is parts[0] else side) + BESIDE
        middle = high + inner / 2
        texts.append((beside, middle - HALF_LINE - 4, "accent", "key", part.share))
        texts.append(
            (beside, middle + HALF_LINE, "ink", "text", words[f"of_{part.country}"])
        )
        heading = foot + HEADING / 2 if below else top - HEADING / 2
        texts.append((left, heading, "ink", "label", words[f"all_{part.country}"]))
        if part is parts[0]:
            place = (inner + BESIDE, high - BESIDE) if wide else (0, foot + BELOW / 2)
            texts.append((*place, "accent", "label", words["same"]))
            if wide:
                rects.append((inner, ASIDE[size.page_name], high, high, "muted", ""))
    return _laid(rects, texts, size, round(foot + (2 if wide else HEADING)))


def _laid(
    rects: list[tuple[Any, ...]],
    texts: list[tuple[float, float, str, str, str]],
    size: Size,
    height: int,
) -> Chart:
    """Draw squares and lines, and write texts, at their pixels; what is a whole is
    open.
    """
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, size.width - 6], nice=False), axis=None)
    y, layers = make_hidden_axis(alt.Y, "y", height, 0), list[alt.Chart]()
    frame = pd.DataFrame(rects, columns=["x", "x2", "y", "y2", "ink", "point"])
    for ink, own in frame.groupby("ink", sort=False):
        drawn, fill = alt.Chart(own), get_colour_variable(str(ink))
        if ink == "muted":
            layers.append(
                drawn.mark_rule(color=fill, strokeDash=[2, 4]).encode(
                    x, y, alt.X2("x2")
                )
            )
        elif ink == "context":
            whole = drawn.mark_rect(stroke=fill, strokeWidth=1.5, fill=None)
            layers.append(whole.encode(x, y, alt.X2("x2"), alt.Y2("y2")))
        else:
            layers.append(
                drawn.mark_rect(color=fill).encode(
                    x, y, alt.X2("x2"), alt.Y2("y2"), describe_marks()
                )
            )
    written = pd.DataFrame(texts, columns=["x", "y", "ink", "style", "text"])
    for (tone, style), own in written.groupby(["ink", "style"], sort=False):
        large: MarkProperties = {"fontSize": size.large} if style == "key" else {}
        layers.append(
            draw_texts(own, x, y, str(tone), align="left", style=str(style), **large)
        )
    return finish_chart(layers, size, height + 14)
