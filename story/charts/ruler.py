"""Early or late? The same trade by several rulers, on its way to the line: each ruler is a kind of layers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.quantity import rows_of
from story import measures
from story.charts import look
from story.charts.look import MONTHS, Axes, month_place, of_kinds, text
from story.theme import colour

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from story.charts.look import Chart, Mark

FIRST, TICKS, TOP = 2019, (0, 50, 100, 150, 200, 250), 275
BASES = {2020: 2011, 2024: 2018}  # when the goal for a year was named
RATE_OF = 2023  # the year at whose rate a goal is set in yuan
COLUMNS = {"calendar_dollars": "total_usd_billion", "calendar_yuan": "total_cny_billion"}
COLUMNS |= {f"calendar_constant_{due}": f"total_usd_{base}_billion" for due, base in BASES.items()}
DASHES = {"calendar_dollars": [1, 0], "rolling_dollars": [1, 4], "calendar_yuan": [2, 3]}  # between distant dots


def ruler(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Trade of calendar years and of twelve months in dollars, of years in yuan and in dollars of one year."""
    figures = {"calendar_dollars": measures.total.series(data), "calendar_yuan": measures.year_in_yuan.series(data)}
    figures |= {f"calendar_constant_{due}": measures.totals_in_dollars_of(data, base) for due, base in BASES.items()}
    shown = look.Kinds(FIRST, COLUMNS, 1).shown(figures, words, language)
    rolling = {month: item for month, item in measures.twelve_months_to.series(data).items() if month >= str(FIRST)}
    goal = measures.target(data, measures.TARGET_FOR_2024)
    frame = pd.concat(own.assign(kind=kind) for kind, own in shown.frames.items())
    frame["month"] = (frame["year"] - FIRST + 1) * MONTHS
    dollars, yuan = (frame["kind"] == f"calendar_{money}" for money in ("dollars", "yuan"))
    if in_yuan := measures.in_yuan(data, RATE_OF, goal):  # on the scale of dollars, set against the same line
        frame.loc[yuan, "value"] *= float(goal.value) / float(in_yuan.value)
    months = pd.DataFrame({"month": [month_place(month, FIRST) for month in rolling], "kind": "rolling_dollars"})
    months["value"] = [float(item.value) for item in rolling.values()]
    frame = pd.concat([frame, months.merge(frame.loc[dollars, ["month", "point"]], "left")])
    dues = pd.DataFrame({"month": [(due - FIRST + 1) * MONTHS for due in BASES], "value": float(goal.value)})
    dues["kind"], dues["text"] = [f"due_{due}" for due in BASES], [words[f"due_{due}"] for due in BASES]
    used = shown.rows | rows_of([goal, *rolling.values()])
    return Plot(lambda size: _paths(frame, dues, words, language, size), shown.table, used)


def _paths(frame: pd.DataFrame, dues: pd.DataFrame, words: Words, language: ChartLanguage, size: Size) -> Chart:
    """Draw each ruler's way to the line, a ring where it first came to it, and when the goals were due."""
    wide = size.name == "wide"
    last = FIRST + (int(frame["month"].max()) - 1) // MONTHS
    x = look.months(FIRST, last, (last + 1 - FIRST) * MONTHS, 1 if wide else 2)
    axes = Axes(x, look.amounts(TICKS, language, top=TOP))
    goal = float(dues["value"].iloc[0])
    line = dues.head(1).assign(month=0, text=words["target"])
    layers = [
        *look.month_ticks((last + 1 - FIRST) * MONTHS, x, MONTHS),
        alt.Chart(line).mark_rule(color=colour("ink")).encode(axes.y),
        text(line, *axes, "ink", align="left", dx=4, dy=10),
        *of_kinds(
            line.assign(kind="calendar_yuan", text=words["target_yuan"]),
            lambda own: text(own, *axes, "accent", align="left", dx=4, dy=27),
        ),
        *of_kinds(
            dues,
            lambda own: alt.Chart(own.assign(top=TOP)).mark_rule(color=colour("muted")).encode(*axes, alt.Y2("top")),
            lambda own: text(own.assign(value=TOP), *axes, "muted", align="left", dx=5, dy=6),
        ),
        *of_kinds(
            _spans(frame, dues, goal),
            lambda own: alt.Chart(own).mark_rule(color=colour("ink"), size=6).encode(*axes, alt.X2("to")),
            lambda own: _hollow(own[own["to"] < own["month"]], axes),
        ),
        *of_kinds(
            frame,
            partial(_way, axes=axes),
            partial(_way, axes=axes, gap=True),
            partial(_dots, axes=axes),
            lambda own: _ring(own, goal, axes),
            lambda own: _name(_came(own, goal), words, axes, size),
        ),
    ]
    return look.finished(layers, size, 400 if wide else 300)


def _hollow(own: pd.DataFrame, axes: Axes) -> alt.Chart:
    """Draw the inside of a stretch that is early."""
    return alt.Chart(own).mark_rule(color=colour("paper"), size=3).encode(*axes, alt.X2("to"))


def _way(own: pd.DataFrame, axes: Axes, *, gap: bool = False) -> alt.Chart:
    """Join neighbouring years or months of a ruler, or what stands on either side of a gap."""
    dash = DASHES.get(own["kind"].iloc[0], [6, 4]) if gap else [1, 0]
    joined = look.gaps(own) if gap else look.neighbours(own)
    mark = alt.Chart(joined).mark_rule(strokeDash=dash, strokeCap="round", **_style(own))
    return mark.encode(*axes, alt.X2("from_month"), alt.Y2("from_value"))


def _dots(own: pd.DataFrame, axes: Axes) -> alt.Chart:
    dot: Mark = {**_style(own), "size": 36}
    told = alt.Chart(own[own["point"].notna()]).mark_point(opacity=1, filled=True, **dot)
    return told.encode(*axes, look.description())


def _ring(own: pd.DataFrame, goal: float, axes: Axes) -> alt.Chart:
    style: Mark = {**_style(own), "size": 190}
    return alt.Chart(own[own["value"] >= goal].head(1)).mark_point(opacity=1, strokeWidth=2, **style).encode(*axes)


def _name(came: pd.DataFrame, words: Words, axes: Axes, size: Size) -> alt.Chart:
    """Name a ruler where it came to the line, or was highest."""
    kind, wide = came["kind"].iloc[0], size.name == "wide"
    if kind not in DASHES:  # in a narrow drawing there is no room beside it
        return text(came.assign(text=words[kind]).head(int(wide)), *axes, "ink", align="left", dx=2, dy=14)
    dx, dy = (-40 if wide else -24, 9) if kind == "calendar_yuan" else (-10, -9)  # below what is told of dollars
    beside: Mark = {"align": "right", "dx": dx, "dy": dy, "style": "label"}
    return text(came.assign(text=words[f"{size.name}_{kind}"]), *axes, "accent", **beside)


def _style(own: pd.DataFrame) -> Mark:
    """Return colour and width of the line of a kind."""
    ink = "accent" if own["kind"].iloc[0] in DASHES else "muted"
    return {"color": colour(ink), "size": 3 if own["kind"].iloc[0].startswith("calendar") and ink == "accent" else 1.8}


def _came(own: pd.DataFrame, goal: float) -> pd.DataFrame:
    """Return where a ruler first came to the line, or else its highest point."""
    reached = own[own["value"] >= goal]
    return reached.head(1) if len(reached) else own.nlargest(1, "value")


def _spans(frame: pd.DataFrame, dues: pd.DataFrame, goal: float) -> pd.DataFrame:
    """Return for each ruler that came to the line, and each deadline, the stretch between the two on the line."""
    first = frame[frame["value"] >= goal].groupby("kind")["month"].first()
    spans = dues.merge(pd.DataFrame({"by": first.index, "to": first.array}), "cross")
    return spans.assign(kind=spans["by"] + spans["kind"].str.removeprefix("due"))
