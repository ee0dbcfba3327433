"""What all charts share: the look of the house, axes, labels that do not touch."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import altair as alt
import pandas as pd

from press.ground.grid import Cell, Column, Grid, Tip
from press.quantity import cell_of, decimals, rows_of
from story.theme import FONT, colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from press.content import ChartLanguage, Words
    from press.data import Row
    from press.figures import Size
    from press.quantity import Quantity

FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"
MONTHS = 12
MINUS = "\u2212"
KEY, LETTER = 9, 0.51  # pixels from a sign in a key to its words; of a letter in them, of the size of the text
WAR = 2021.65  # where 24 February 2022 lies, if the middle of a year stands above its number
SIGN = 7  # pixels from zero to the middle of the sign at the foot of a derived bar, in it
MOST_DECIMALS = 6  # of values that are offered to programs: quotients have no end
Mark = dict[str, Any]  # properties of a mark, as Vega names them


class Chart(NamedTuple):
    """Layers on each other, and what all of them share.

    ``alt.layer`` would give the same specification. It copies each layer six times, to bring parameters together, and
    has narwhals look through its frame: that would be most of what a chart costs.
    """

    layers: Sequence[alt.Chart]
    shared: Mapping[str, Any]

    def to_dict(self, *, validate: bool = True) -> dict[str, Any]:
        """Return the specification. Raises Altair's ``SchemaValidationError``, if it is to be validated."""
        datasets = dict[str, Any]()
        layers = [_layer(layer, datasets) for layer in self.layers]
        if validate:
            alt.TopLevelLayerSpec(layer=[], **self.shared)
            # Altair has validated each mark as it was made; of layers that differ in nothing else, one stands for all.
            rest = {json.dumps({**layer, "mark": "", "data": ""}): layer for layer in layers}
            for layer in rest.values():
                alt.UnitSpec(**layer)
        return {"$schema": alt.SCHEMA_URL, **self.shared, "layer": layers, "datasets": datasets}


def _layer(layer: alt.Chart, datasets: dict[str, Any]) -> dict[str, Any]:
    """Return the specification of a layer, and put its data among those of all: layers with the same share them."""
    data, plain = records(layer.data), layer.copy(deep=False)
    name = f"data-{sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:32]}"
    datasets[name], plain.data = data, alt.Undefined
    context = {"top_level": False, "data": None}  # else Altair puts data of its own into it
    return {**plain.to_dict(validate=False, context=context), "data": {"name": name}}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame by column; a number that there is not is null."""
    names = [str(name) for name in frame]
    columns = [[None if _missing(value) else value for value in frame[name].tolist()] for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _missing(value: object) -> bool:
    return isinstance(value, float) and not abs(value) < float("inf")  # of what is no number neither is true


def finished(layers: Sequence[alt.Chart], size: Size, height: int) -> Chart:
    """Give layers their size and the look of the house."""
    axis = {
        "labelColor": colour("muted"),
        "labelFontSize": size.text,
        "labelPadding": 6,
        "gridColor": colour("rule"),
        "domain": False,
        "ticks": False,
    }
    view = {"stroke": None, "continuousWidth": 300, "continuousHeight": 300}
    shared = {
        "width": size.width,
        "height": height,
        "padding": {"left": 2, "right": 4, "top": 10, "bottom": 4},
        "autosize": {"type": "fit", "contains": "padding"},
        "background": "transparent",
        "config": {"font": FONT, "axis": axis, "view": view, "style": _styles(size)},
    }
    return Chart(layers, shared)


def _styles(size: Size) -> Mark:
    """Return how letterings look: a ``label`` names what it stands at, the ``key`` says what is seen.

    That of other texts stands here too: from ``config.text`` it would go before them.
    """
    return {
        "text": {"fontSize": size.text},
        "label": {"fontSize": size.label, "fontWeight": "bold"},
        "key": {"fontSize": size.key, "fontWeight": 600},
    }


def of_kinds(frame: pd.DataFrame, *layers: Callable[[pd.DataFrame], alt.Chart]) -> list[alt.Chart]:
    """Return layers, each once for each kind in a frame, named so that a page that shows one kind hides the others."""
    made = [(kind, layer(own)) for layer in layers for kind, own in frame.groupby("kind")]
    return [layer.properties(name=f"kind_{kind}_{number}") for number, (kind, layer) in enumerate(made, 1)]


def from_steps(layers: Iterable[tuple[str, alt.Chart]]) -> list[alt.Chart]:
    """Return layers, each named so that it is seen from the step on that stands before it."""
    return [layer.properties(name=f"from_{step}_{number}") for number, (step, layer) in enumerate(layers, 1)]


def years(first: float, last: float, ticks: Sequence[int]) -> alt.X:
    """Return an axis of years; the field is ``year``."""
    axis = alt.Axis(values=list(ticks), format="d", title=None, grid=False, labelFlush=False)
    return alt.X("year:Q", scale=alt.Scale(domain=[first, last], nice=False), axis=axis)


def months(first: int, last: int, end: float, every: int = 1) -> alt.X:
    """Return an axis of months since the beginning of a year, each year named in its middle; the field is ``month``."""
    middles = {month_place(f"{year}-06", first): str(year) for year in range(first, last + 1, every)}
    axis = alt.Axis(values=list(middles), labelExpr=named(middles), title=None, grid=False, labelFlush=False)
    return alt.X("month:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=axis)


def month_ticks(end: int, x: alt.X, every: int = 1) -> list[alt.Chart]:
    """Draw the foot of an axis of months: a short tick where each ends, a longer one where a year does."""
    feet = pd.DataFrame({"month": range(0, end + 1, every)})
    style: Mark = {"color": colour("context"), "size": 1}
    y = alt.YValue("height"), alt.Y2Value("height")
    whole = feet["month"] % MONTHS == 0
    lengths = ((feet[~whole], 4), (feet[whole], 9))
    return [alt.Chart(own).mark_rule(y2Offset=-length, **style).encode(x, *y) for own, length in lengths]


def month_place(month: str, first: int) -> int:
    """Return how many months after the beginning of the year ``first`` a month (``2023-11``) ends."""
    return (int(month[:4]) - first) * MONTHS + int(month[5:7])


def invaded(first: int) -> float:
    """Return where 24 February 2022 lies, in months after the beginning of the year ``first``."""
    return (WAR + 0.5 - first) * MONTHS


def neighbours(frame: pd.DataFrame, by: str = "month") -> pd.DataFrame:
    """Return the stretches between dots of neighbouring months: ``from_month``, ``from_value``, month and value."""
    stretches = _stretches(frame, by)
    return stretches[stretches[by] - stretches[f"from_{by}"] == 1]


def gaps(frame: pd.DataFrame, by: str = "month") -> pd.DataFrame:
    """Return the stretches between dots with months, or years, missing between them, as ``neighbours`` the others."""
    stretches = _stretches(frame, by)
    return stretches[stretches[by] - stretches[f"from_{by}"] > 1]


def _stretches(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return a row for each dot, ``from_month`` and ``from_value``, with the month and value of the next."""
    start = frame.rename(columns={by: f"from_{by}", "value": "from_value"})
    start[[by, "value"]] = frame[[by, "value"]].shift(-1)
    return start


def down(field: str, height: float) -> alt.Y:
    """Return an axis of pixels from the top, without labels: for rows that a chart lays out itself."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)


def description() -> alt.Description:
    """Return the channel that says which value of the chart's table a mark shows; the field is ``point``."""
    return alt.Description("point:N")


def amounts(
    ticks: Sequence[float],
    language: ChartLanguage,
    field: str = "value",
    *,
    grid: bool = True,
    top: float | None = None,
) -> alt.Y:
    """Return an axis of amounts from the first tick to the last, or to ``top``, as the language writes numbers."""
    axis = alt.Axis(values=list(ticks), labelExpr=label_expression(ticks, language), title=None, grid=grid)
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[ticks[0], top or ticks[-1]]), axis=axis)


class Axes(NamedTuple):
    """The axes of a drawing: time across, amounts up and down."""

    x: alt.X
    y: alt.Y


def balances(
    x: alt.X, ticks: Sequence[float], ends: tuple[float, float], language: ChartLanguage, unit: str = ""
) -> Axes:
    """Return the axes of bars that go up and down; ticks are labelled with their signs, the field is ``value``."""
    names = {tick: signed(tick, language) + (unit if tick else "") for tick in ticks}
    axis = alt.Axis(values=list(ticks), labelExpr=named(names), title=None)
    return Axes(x, alt.Y("value:Q", scale=alt.Scale(domain=list(ends), nice=False), axis=axis))


def ticks_within(low: float, high: float, most: int = 7, step: int = 0) -> list[int]:
    """Return the multiples of a step from ``low`` to ``high``; without one, of a round step with which few are needed.

    Of the latter at most ``most`` would reach from ``low`` or below to ``high`` or above.
    """
    round_steps = (unit * 10**power for power in range(9) for unit in (1, 2, 5))
    step = step or next(each for each in round_steps if -(-high // each) - low // each < most)
    return list(range(-int(-low // step) * step, int(high // step) * step + 1, step))


def with_room(low: float, high: float, height: int, below: int, above: int) -> tuple[float, float]:
    """Return the ends of a scale of so many pixels on which some are free below ``low``, some above ``high``."""
    pixel = (high - low) / (height - below - above)
    return low - below * pixel, high + above * pixel


def some_years(first: int, last: int, most: int) -> list[int]:
    """Return years at even distances, at most so many; the last is one of them."""
    return [*range(last, first - 1, (first - last - 1) // most)][::-1]


def signed(value: float, language: ChartLanguage, places: int = 0) -> str:
    """Write a number with its sign; nothing has none."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return sign + language.number(abs(value), places)


def label(item: Quantity, language: ChartLanguage, most: int = 1) -> str:
    """Write a change or a balance beside its mark, with its sign, as it stands in the table."""
    return signed(float(item.value), language, decimals(item, most))


def plain_label(item: Quantity, language: ChartLanguage, most: int = 1) -> str:
    """Write a figure beside its mark, as it stands in the table."""
    return language.number(item.value, decimals(item, most))


def in_dollars(told: str, words: Words) -> str:
    """Add the unit to a number that is written with its sign."""
    return str(words["amount"].fill(sign=told[0], amount=told[1:]))


def war(
    words: Words, axes: Axes, at: float, ends: tuple[float, float] | None = None, day: float = WAR
) -> list[alt.Chart]:
    """Draw a thin line where Russia invaded Ukraine, on an axis of time; its words stand at the height ``at``.

    It goes over the whole height, or between two ``ends``; ``day`` says where that day lies on another axis. The words
    stand on its left; in the first fifth of a drawing, which has no room there, on its right.
    """
    first, last = axes.x["scale"]["domain"]
    beside: Mark = {"align": "right", "dx": -5} if day > first + (last - first) / 5 else {"align": "left", "dx": 5}
    named = pd.DataFrame({"year": [day], "month": [day], "value": [at], "text": [words["war"]]})
    low, high = ends or (None, None)
    rule = alt.Chart(named.assign(value=low, high=high)).mark_rule(color=colour("context"))
    line = rule.encode(*axes, alt.Y2("high")) if ends else rule.encode(axes.x)
    return [line, text(named, *axes, "muted", **beside)]


def zero(axes: Axes) -> alt.Chart:
    """Draw the line from which bars go up and down."""
    return alt.Chart(pd.DataFrame({"value": [0]})).mark_rule(color=colour("muted")).encode(axes.y)


def bars(frame: pd.DataFrame, axes: Axes, ink: str, width: float) -> list[alt.Chart]:
    """Draw each row's ``value`` as a bar; in a derived one, at its foot, stands an open dot."""
    drawn = alt.Chart(frame).mark_bar(color=colour(ink), size=width).encode(axes.x, axes.y, description())
    derived = frame[frame["derived"]]
    sides = ((derived[derived["value"] > 0], -SIGN), (derived[derived["value"] <= 0], SIGN))
    signs = (open_dot(own.assign(value=0), ink, yOffset=offset).encode(axes.x, axes.y) for own, offset in sides)
    return [drawn, *signs]


def dotted(
    frames: Mapping[str, pd.DataFrame], styles: Mapping[str, tuple[str, list[int]]], axes: Axes
) -> list[alt.Chart]:
    """Draw each kind as a line of its colour and dashes, with dots, open ones where a figure is derived."""
    layers = list[alt.Chart]()
    for kind, (ink, dash) in styles.items():
        own = frames[kind]
        layers.append(alt.Chart(own).mark_line(color=colour(ink), size=3, strokeDash=dash).encode(*axes))
        dot: Mark = {"opacity": 1, "filled": True, "stroke": colour(ink), "strokeWidth": 1.6, "size": 44}
        for derived, fill in ((False, ink), (True, "paper")):
            layers.append(alt.Chart(own[own["derived"] == derived]).mark_point(fill=colour(fill), **dot).encode(*axes))
    return layers


def open_dot(frame: pd.DataFrame, ink: str, **mark: Any) -> alt.Chart:  # noqa: ANN401 - Vega's marks
    """Draw the sign of a derived figure."""
    return alt.Chart(frame).mark_point(
        shape="circle", fill=colour("paper"), stroke=colour(ink), strokeWidth=1.2, size=26, opacity=1, **mark
    )


def key(names: Mapping[str, str], size: Size, y: alt.YValue | None = None) -> list[alt.Chart]:
    """Say at the right edge what an ``open`` dot means, and a ``dotted`` line: at ``y``, or above the axis."""
    dotted: Mark = {"strokeDash": [1, 4], "strokeCap": "round", "size": 1.5, "color": colour("muted")}
    one, x, foot, layers = pd.DataFrame({"one": [1]}), alt.XValue("width"), alt.YValue("height"), list[alt.Chart]()
    for row, (sign, name) in enumerate([*names.items()][::-1]):
        up, left = -row * (size.text + 5) - (0 if y else 2 * KEY), -len(name) * size.text * LETTER - KEY
        words = alt.Chart(one).mark_text(text=name, color=colour("muted"), align="left", dx=left + KEY, dy=up)
        layers.append(words.encode(x, y or foot))
        if sign == "open":
            layers.append(open_dot(one, "muted", xOffset=left, yOffset=up).encode(x, y or foot))
        else:
            rule = alt.Chart(one).mark_rule(xOffset=left - 11, x2Offset=left + 7, yOffset=up, **dotted)
            layers.append(rule.encode(x, y or foot, alt.X2Value("width")))
    return layers


def label_expression(ticks: Iterable[float], language: ChartLanguage) -> str:
    """Return a Vega expression that names each tick as the language writes it."""
    return named({tick: language.number(tick) for tick in ticks})


def named(names: Mapping[int, str] | Mapping[float, str]) -> str:
    """Return a Vega expression that gives each value of an axis its name."""
    labels = ", ".join(f"'{value}': '{name}'" for value, name in names.items())
    return f"({{{labels}}})[datum.value]"


def series(items: Mapping[int, Quantity], **columns: str | list[str]) -> pd.DataFrame:
    """Return figures by year as a frame: year, value, whether derived; further columns hold one value, or one each."""
    frame = pd.DataFrame({"year": list(items), "value": [float(item.value) for item in items.values()]})
    frame["derived"] = [any(row.derived for row in item.rows) for item in items.values()]
    return frame.assign(**columns)


class Shown(NamedTuple):
    """Figures of some kinds by year: their table, the frame of each with its labels as ``text``, and all their rows."""

    table: Grid
    frames: dict[str, pd.DataFrame]
    rows: frozenset[Row]


class Kinds(NamedTuple):
    """Kinds of figures from a year on: the column of each in a table, their most decimals there; changes have signs."""

    first: int
    columns: Mapping[str, str]
    most: int = 2
    signs: bool = False

    def shown(self, found: Mapping[str, Mapping[int, Quantity]], words: Words, language: ChartLanguage) -> Shown:
        """Return figures as they are shown; the words head the columns: ``table_KIND``, ``table_year``, ``unit``.

        Kinds with ranges have a second column, for upper ends, which ``table_upper_end`` heads.
        """
        kinds = {kind: {year: items[year] for year in items if year >= self.first} for kind, items in found.items()}
        known = sorted({year for items in kinds.values() for year in items})
        write, tell = (signed_cell, label) if self.signs else (cell_of_ends, plain_label)
        ranges = [kind for kind, items in kinds.items() if any(item.high for item in items.values())]
        rows = [
            [
                year_cell(year),
                *(write(items.get(year), language, self.most) for items in kinds.values()),
                *(upper_end(kinds[kind].get(year), language, self.most) for kind in ranges),
            ]
            for year in known
        ]
        heads = [Column(self.columns[kind], words[f"table_{kind}"], words["unit"]) for kind in kinds]
        for kind in ranges:
            head = words["table_upper_end"].fill(name=words[f"table_{kind}"])
            heads.append(Column(f"upper_end_of_{self.columns[kind]}", head, words["unit"]))
        table = Grid([Column("year", words["table_year"]), *heads], rows, tip=tip(words))
        frames = {
            kind: series(
                items,
                point=point(table, map(known.index, items), self.columns[kind]),
                text=[tell(item, language) for item in items.values()],
            )
            for kind, items in kinds.items()
        }
        return Shown(table, frames, rows_of(item for items in kinds.values() for item in items.values()))


def point(table: Grid, rows: Iterable[int], column: str | Iterable[str]) -> list[str]:
    """Return what the table tells of its values in ``rows``, counted from 0, of one column or of one each."""
    columns = repeat(column) if isinstance(column, str) else column
    return [table.told(row, name).text for row, name in zip(rows, columns, strict=False)]


def tip(words: Words) -> Tip:
    """Return how a value is told by itself: the chart's words say it."""
    for key in ("point", "value"):  # a slip in them is told here, with its line
        words[key].fill(row="", column="", value="", unit="")
    return Tip(words["point"], words["value"])


def text(frame: pd.DataFrame, x: alt.X, y: alt.Y, ink: str, **mark: Any) -> alt.Chart:  # noqa: ANN401 - Vega's marks
    """Write the field ``text`` of each row at its place."""
    return alt.Chart(frame).mark_text(color=colour(ink), **mark).encode(x, y, alt.Text("text:N"))


def cell(item: Quantity | None, language: ChartLanguage, most: int = 2) -> Cell:
    """Write a figure in a table, with at most so many decimals; a dash where there is none."""
    if item is None:
        return Cell("–", None)
    places = decimals(item, most)
    short = most - places  # figure spaces in place of the digits that are not known, so that points stand in a line
    spaces = FIGURE_SPACE * short + ("" if places else POINT_SPACE) if short else ""
    told = _true_minus(language.number(item.value, places)) + spaces
    return cell_of(item, item.value, told, round(item.value, MOST_DECIMALS).normalize())


def signed_cell(item: Quantity | None, language: ChartLanguage, most: int = 2) -> Cell:
    """Write a change or a balance in a table, with its sign; a dash where there is none."""
    plain = cell(item, language, most)
    return plain._replace(text="+" + plain.text) if item and item.value > 0 else plain


def cell_of_ends(item: Quantity | None, language: ChartLanguage, most: int = 2) -> Cell:
    """Write a figure in a table; one that has two ends, because bases differ, as both, its value being the lower."""
    if item is None or item.low is None or item.high is None:
        return cell(item, language, most)
    places = decimals(item, most)
    low, high = (_true_minus(language.number(end, places)) for end in item.ends)
    return cell_of(item, item.low, low if low == high else f"{low}–{high}", round(item.low, places))


def upper_end(item: Quantity | None, language: ChartLanguage, most: int = 2) -> Cell:
    """Write the upper end of a figure that has two; an empty cell if it has not, or none that is written otherwise."""
    if item is None or item.high is None or "–" not in cell_of_ends(item, language, most).text:
        return Cell("", None)
    places = decimals(item, most)
    return cell_of(item, item.high, _true_minus(language.number(item.high, places)), round(item.high, places))


def _true_minus(number: str) -> str:
    return number.replace("-", MINUS)


def year_cell(year: int) -> Cell:
    """Write a year at the head of a row."""
    return Cell(str(year), year)


def apart(values: list[float], gap: float) -> list[float]:
    """Return ascending positions as near to the ascending values as a distance of ``gap`` lets them be."""
    groups: list[list[float]] = []
    for value in values:
        groups.append([value])
        while len(groups) > 1 and _top(groups[-2], gap) + gap > _bottom(groups[-1], gap):
            groups[-2:] = [groups[-2] + groups[-1]]
    return [_bottom(group, gap) + index * gap for group in groups for index in range(len(group))]


def _bottom(group: list[float], gap: float) -> float:
    return sum(group) / len(group) - (len(group) - 1) * gap / 2


def _top(group: list[float], gap: float) -> float:
    return _bottom(group, gap) + (len(group) - 1) * gap
