"""Do the two customs services agree? By how much China's figure is above or below Russia's, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.grid import Column, Grid
from press.quantity import rows_of
from story import measures
from story.charts.look import cell_of_ends, description, finished, point, text, tip, upper_end, year_cell, years
from story.theme import colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity
    from story.charts.look import Chart, Mark

YEARS = (2014, 2015, 2018, 2019, 2020, 2021, 2022, 2023)  # the others have no figures of Russia that can be compared
FLOWS = {"export": "export", "import": "import", "total": "accent"}
LEFT_OUT, NONE_AT = 2016.5, 1  # the middle of the years that a note is about, and where it stands
TICKS = (-10, 0, 10, 20)
BOTTOM = -11.5


def two_customs(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """The gap between what China and what Russia reports, in percent of Russia's figure, by direction and together."""
    found = {(year, flow): measures.gap_between_customs(data, year, flow) for year in YEARS for flow in FLOWS}
    gaps = {key: gap for key, gap in found.items() if gap}
    table = _table(data, gaps, words, language)
    frame = pd.DataFrame(
        [(*key, *map(float, (gap.value, gap.least, gap.most)), _name(gap, language)) for key, gap in gaps.items()],
        columns=["year", "flow", "value", "low", "high", "text"],
    )
    frame["derived"] = [_derived(data, *key) for key in gaps]
    frame["stated"] = ~frame["year"].isin({year for year, flow in gaps if flow != "total"})
    frame["point"] = point(table, map(YEARS.index, frame["year"]), [f"gap_{flow}_percent" for flow in frame["flow"]])
    rounded = {year: measures.gap_between_customs(data, year, "total", rounded=True) for year in YEARS}
    ends = {year: item.ends for year, item in rounded.items() if item}
    wider = pd.DataFrame(
        [(year, *map(float, pair)) for year, pair in ends.items() if pair != gaps[year, "total"].ends],
        columns=["year", "low", "high"],
    )
    used = [*gaps.values(), *filter(None, rounded.values())]
    return Plot(lambda size: _gaps(frame, wider, words, language, size), table, rows_of(used))


def _table(data: Data, gaps: Mapping[tuple[int, str], Quantity], words: Words, language: ChartLanguage) -> Grid:
    """Return the gaps of each year, and what both countries report where there is one."""
    columns = [Column(f"gap_{flow}_percent", words[f"table_{flow}"], words["unit"]) for flow in FLOWS]
    columns += [
        Column(f"{flow}_{country}_usd_billion", words[f"table_{flow}_{country}"], words["unit_money"])
        for flow in FLOWS
        for country in ("china", "russia")
    ]
    columns.append(Column("gap_total_upper_end_percent", words["table_gap_upper_end"], words["unit"]))
    columns.append(Column("total_russia_upper_end_usd_billion", words["table_upper_end"], words["unit_money"]))
    rows = []
    for year in YEARS:
        own = [gaps.get((year, flow)) for flow in FLOWS]
        reported = [
            report(data, year, flow) if gap else None
            for flow, gap in zip(FLOWS, own, strict=True)
            for report in (measures.total, measures.reported_by_russia)
        ]
        both = gaps.get((year, "total")), measures.reported_by_russia(data, year, "total")
        told = [cell_of_ends(item, language, 1) for item in (*own, *reported)]
        rows.append([year_cell(year), *told, *(upper_end(item, language, 1) for item in both)])
    return Grid([Column("year", words["table_year"]), *columns], rows, "rows", tip(words))


def _derived(data: Data, year: int, flow: str) -> bool:
    """Say whether China's figure was derived; that Russia's total is the sum of its flows makes no difference."""
    item = measures.total(data, year, flow)
    return item is not None and any(row.derived for row in item.rows)


def _name(gap: Quantity, language: ChartLanguage) -> str:
    """Write a gap in whole percents with its sign, both ends of it where they differ."""
    low, high = (language.number(abs(end), 0) for end in gap.ends)
    return f"{'−' if gap.value < 0 else '+'}{low if low == high else f'{low}–{high}'}"


class _Axes(NamedTuple):
    """The two axes at one size."""

    x: alt.X
    y: alt.Y
    edge: float
    wide: bool

    @classmethod
    def of(cls, size: Size, words: Words, language: ChartLanguage) -> _Axes:
        """Return those of a size; the narrow one has room for a label behind the last year."""
        wide = size.name == "wide"
        edge = YEARS[-1] + (0.7 if wide else 2.4)
        ticks = range(YEARS[0], YEARS[-1] + 1) if wide else (2014, 2017, 2020, 2023)
        return cls(years(YEARS[0] - 0.4, edge, ticks), _percent(words, language), edge, wide)


def _gaps(frame: pd.DataFrame, wider: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    axes = _Axes.of(size, words, language)
    flows = frame[frame["flow"] != "total"].groupby("year")["value"]
    pairs = pd.DataFrame({"low": flows.min(), "high": flows.max()}).reset_index()
    totals = frame[frame["flow"] == "total"]
    stated, filed = totals[totals["stated"]], totals[~totals["stated"]]
    both = totals.tail(1).assign(text=words["name_total"], value=max(totals["high"].iloc[-1], wider["high"].max()))
    missing = pd.DataFrame({"year": [LEFT_OUT], "value": [NONE_AT], "text": [words["left_out"]]})
    layers = [
        alt.Chart(pd.DataFrame({"value": [0]})).mark_rule(color=colour("ink")).encode(axes.y),
        *_spans(pairs, axes, color=colour("context"), size=1.5),
        *_spans(wider, axes, color=colour("accent"), size=1.5),
        *(item.encode(description()) for item in _spans(stated, axes, color=colour("accent"), size=9)),
    ]
    for flow, ink in FLOWS.items():
        own = filed if flow == "total" else frame[frame["flow"] == flow]
        dot: Mark = {"opacity": 1, "filled": True, "stroke": colour(ink), "strokeWidth": 1.8, "size": 70}
        for derived, fill in ((False, ink), (True, "paper")):
            dots = alt.Chart(own[own["derived"] == derived]).mark_point(fill=colour(fill), **dot)
            layers.append(dots.encode(axes.x, axes.y, description()))
    return finished(
        alt.layer(
            *layers,
            *_figures(totals, axes),
            *(_name_of(frame, flow, words, axes) for flow in ("import", "export")),
            text(both, axes.x, axes.y, "accent", dy=-22, fontWeight="bold"),
            text(missing, axes.x, axes.y, "muted"),
        ),
        size,
        400,
    )


def _spans(frame: pd.DataFrame, axes: _Axes, **style: Any) -> list[alt.Chart]:  # noqa: ANN401 - Vega's marks
    """Draw an upright line from one end to the other for each row."""
    lines = alt.Chart(frame.assign(value=frame["low"])).mark_rule(**style)
    return [lines.encode(axes.x, axes.y, alt.Y2("high"))]


def _figures(totals: pd.DataFrame, axes: _Axes) -> list[alt.Chart]:
    """Write the gaps of the totals beside their dots, clear of the line of zero; in the narrow one where room is."""
    free = totals["year"].shift(-1) - totals["year"] != 1
    told = totals if axes.wide else totals[free]
    at_zero = told["value"].abs() < 1
    style: Mark = {"align": "left", "dx": 8, "fontWeight": "bold"}
    return [
        text(told[~at_zero], axes.x, axes.y, "accent", **style),
        text(told[at_zero], axes.x, axes.y, "accent", dy=6, **style),
    ]


def _name_of(frame: pd.DataFrame, flow: str, words: Words, axes: _Axes) -> alt.Chart:
    """Name a direction beside its last dot."""
    own = frame[frame["flow"] == flow]
    last = own[own["year"] == own["year"].max()].assign(text=words[f"name_{flow}"])
    return text(last, axes.x, axes.y, FLOWS[flow], align="left", dx=9, fontWeight="bold")


def _percent(words: Words, language: ChartLanguage) -> alt.Y:
    names = (f"{'−' if tick < 0 else '+' if tick else ''}{language.number(abs(tick))}{words['unit']}" for tick in TICKS)
    labels = ", ".join(f"'{tick}': '{name}'" for tick, name in zip(TICKS, names, strict=True))
    axis = alt.Axis(values=list(TICKS), labelExpr=f"({{{labels}}})[datum.value]", title=None)
    return alt.Y("value:Q", scale=alt.Scale(domain=[BOTTOM, TICKS[-1]], nice=False), axis=axis)
