"""The look of the house: axes, marks and letterings, for forms and for what a story
draws itself with Altair.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple, cast

import altair as alt
import pandas as pd

from press.content import ChartLanguage
from press.figures import Plot, Size, font, poster
from press.ground.period import MONTHS, Period

# pixels from a sign in a key to its words; of a letter in them, of the size of the text
KEY, LETTER = 9, 0.51
MINUS = "\u2212"
# the area of a dot on a line; how many times as far as the nearest two times are those
# of a gap
DOT, LONE = 44, 1.5
Mark = dict[str, Any]  # properties of a mark, as Vega names them


def colour(name: str) -> str:
    """Return a colour of the story's palette as drawings name it: for light and dark
    pages it is another.
    """
    return f"var(--{name})"


class Axes(NamedTuple):
    """The axes of a drawing: time across, amounts up and down."""

    x: alt.X
    y: alt.Y


Layers = Callable[[Axes, Size], Iterable[alt.Chart]]


class Chart(NamedTuple):
    """Layers on each other, and what all of them share.

    ``alt.layer`` would give the same specification. It copies each layer six times, to
    bring parameters together, and has narwhals look through its frame: that would be
    most of what a chart costs.
    """

    layers: Sequence[alt.Chart]
    shared: Mapping[str, Any]
    axes: Axes | None = None

    def to_dict(self, *, validate: bool = True) -> dict[str, Any]:
        """Return the specification.

        Raises Altair's ``SchemaValidationError``, if it is to be validated.
        """
        datasets = dict[str, Any]()
        channels = dict[int, Any]()
        layers = [_layer(layer, datasets, channels) for layer in self.layers]
        spec = {
            "$schema": alt.SCHEMA_URL,
            **self.shared,
            "layer": layers,
            "datasets": datasets,
        }
        if validate:
            alt.TopLevelLayerSpec(**spec)
        return spec


def _layer(
    layer: alt.Chart, datasets: dict[str, Any], channels: dict[int, Any]
) -> dict[str, Any]:
    """Return the specification of a layer; put its data among those of all, by name,
    and its channels, by ``id()``.

    Layers with the same data share them, and axes, most of what is to be specified, are
    the same in most layers.
    """
    data = json.loads(layer.data.to_json(orient="records", double_precision=15))
    plain = layer.properties()  # a copy
    name = f"data-{sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:32]}"
    datasets[name] = data
    plain.data = alt.Undefined
    encoding = plain.encoding
    plain.encoding = alt.Undefined
    # else Altair puts data of its own into it
    context = {"top_level": False, "data": None}

    def told(channel: Any) -> Any:  # noqa: ANN401 - Altair's
        if isinstance(channel, list):
            return [*map(told, channel)]
        if id(channel) not in channels:
            written = isinstance(channel, dict)
            channels[id(channel)] = (
                channel if written else channel.to_dict(validate=False, context=context)
            )
        return channels[id(channel)]

    given = encoding if isinstance(encoding, dict) else vars(encoding).get("_kwds", {})
    own = (
        {
            "encoding": {
                each: told(one)
                for each, one in given.items()
                if one is not alt.Undefined
            }
        }
        if given
        else {}
    )
    return {
        **plain.to_dict(validate=False, context=context),
        **own,
        "data": {"name": name},
    }


def finished(
    layers: Sequence[alt.Chart], size: Size, height: int, axes: Axes | None = None
) -> Chart:
    """Give layers their size and the look of the house.

    A text in the style ``label`` names what it stands at, the ``key`` is the one thing
    to see.
    """
    axis = {
        "labelColor": colour("muted"),
        "labelFontSize": size.text,
        "labelPadding": 6,
        "gridColor": colour("rule"),
        "domain": False,
        "ticks": False,
    }
    view = {"stroke": None, "continuousWidth": 300, "continuousHeight": 300}
    styles = {
        # from ``config.text`` it would go before the others
        "text": {"fontSize": size.text},
        "label": {"fontSize": size.label, "fontWeight": "bold"},
        "key": {"fontSize": size.key, "fontWeight": 600},
    }
    shared = {
        "width": size.width,
        "height": height,
        "padding": {"left": 2, "right": 4, "top": 10, "bottom": 4},
        "autosize": {"type": "fit", "contains": "padding"},
        "background": "transparent",
        "config": {"font": poster.FONT, "axis": axis, "view": view, "style": styles},
    }
    return Chart(layers, shared, axes)


def layered(
    plot: Plot, behind: Layers | None = None, over: Layers | None = None
) -> Plot:
    """Return a form with layers of a story's own behind its marks, and over them."""

    def draw(size: Size) -> Chart:
        chart = cast("Chart", plot.draw(size))
        below, above = (
            [*more(chart.axes, size)] if more and chart.axes else []
            for more in (behind, over)
        )
        return chart._replace(layers=[*below, *chart.layers, *above])

    return plot._replace(draw=draw)


def of_kinds(
    frame: pd.DataFrame, *drawn: Callable[[pd.DataFrame], Sequence[alt.Chart]]
) -> list[alt.Chart]:
    """Return layers, those of each kind in a frame, named so that a page that shows one
    kind hides the others.
    """
    made = [
        (kind, layer)
        for draw in drawn
        for kind, own in frame.groupby("kind")
        for layer in draw(own)
    ]
    return [
        layer.properties(name=f"kind_{kind}_{number}")
        for number, (kind, layer) in enumerate(made, 1)
    ]


def from_steps(layers: Iterable[tuple[str, alt.Chart]]) -> list[alt.Chart]:
    """Return layers, each named so that it is seen from the step on that stands before
    it.
    """
    return [
        layer.properties(name=f"from_{step}_{number}")
        for number, (step, layer) in enumerate(layers, 1)
    ]


# Axes


def place(time: int | str) -> float:
    """Return where a time lies on an axis of years: a year at its number, its end half
    a year on; others at their ends.

    Raises ``ValueError`` for what is no time.
    """
    if isinstance(time, int):
        return time
    period = Period.parse(time)
    if period.is_year:
        return period.year
    if period.day:
        number, last = (
            day.timetuple().tm_yday
            for day in (date.fromisoformat(time), date(period.year, 12, 31))
        )
        return period.year + number / last - 0.5
    return (period.last + 1) / MONTHS - 0.5


def years(first: float, last: float, ticks: Iterable[int]) -> alt.X:
    """Return an axis of time from end to end, on which some years are named."""
    return times(first, last, {year: str(year) for year in ticks})


def times(
    first: float, last: float, names: Mapping[int, str] | Mapping[float, str]
) -> alt.X:
    """Return an axis of time with names at some places; the field is ``year``."""
    axis = alt.Axis(
        values=[*names],
        labelExpr=named(names),
        title=None,
        grid=False,
        labelFlush=False,
    )
    return alt.X("year:Q", scale=alt.Scale(domain=[first, last], nice=False), axis=axis)


def year_ends(first: int, last: int, x: alt.X) -> alt.Chart:
    """Draw the foot of an axis on which months lie: a tick where each year begins, and
    where the last ends.
    """
    low, high = x["scale"]["domain"]
    ends = [year - 0.5 for year in range(first, last + 2) if low <= year - 0.5 <= high]
    feet = alt.Chart(pd.DataFrame({"year": ends})).mark_rule(
        y2Offset=-9, color=colour("context")
    )
    return feet.encode(x, alt.YValue("height"), alt.Y2Value("height"))


def amounts(  # noqa: PLR0913 - of an axis
    ticks: Sequence[float],
    language: ChartLanguage,
    field: str = "value",
    *,
    foot: float | None = None,
    top: float | None = None,
    unit: str = "",
    signed: bool = False,
    grid: bool = True,
) -> alt.Y:
    """Return an axis of amounts from the first tick to the last, or ``foot`` to
    ``top``, as the language writes them.

    All but zero have the unit; changes and balances are ``signed``.
    """
    places = max(len(f"{tick:.9f}".rstrip("0").partition(".")[2]) for tick in ticks)
    names = {
        tick: number(tick, language, places, signed=signed) + (unit if tick else "")
        for tick in ticks
    }
    axis = alt.Axis(values=[*ticks], labelExpr=named(names), title=None, grid=grid)
    ends = [ticks[0] if foot is None else foot, ticks[-1] if top is None else top]
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=ends, nice=False), axis=axis)


def down(field: str, height: float) -> alt.Y:
    """Return an axis of pixels from the top, without labels: for rows that a chart lays
    out itself.
    """
    return alt.Y(
        f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None
    )


def ticks_within(
    low: float, high: float, most: int = 7, step: float = 0
) -> list[float]:
    """Return the multiples of a step from ``low`` to ``high``; without one, of a round
    step with which few are needed.

    Of the latter at most ``most`` would reach from ``low`` or below to ``high`` or
    above.
    """
    round_steps = (
        float(f"{unit}e{power}") for power in range(-9, 99) for unit in (1, 2, 5)
    )
    step = step or next(
        each for each in round_steps if -(-high // each) - low // each < most
    )
    ticks = (
        round(number * step, 9)
        for number in range(-int(-low // step), int(high // step) + 1)
    )
    return [int(tick) if tick == int(tick) else tick for tick in ticks]


def with_room(
    low: float, high: float, height: float, below: float, above: float
) -> tuple[float, float]:
    """Return the ends of a scale of so many pixels on which some are free below
    ``low``, some above ``high``.
    """
    pixel = (high - low or 1) / (height - below - above)
    return low - below * pixel, high + above * pixel


def some_years(first: int, last: int, most: int) -> list[int]:
    """Return years at even distances, at most so many; the last is one of them."""
    return [*range(last, first - 1, (first - last - 1) // most)][::-1]


def named(names: Mapping[int, str] | Mapping[float, str]) -> str:
    """Return a Vega expression that gives each value of an axis its name."""
    by_value = {f"{value}": name for value, name in names.items()}
    return f"({json.dumps(by_value, ensure_ascii=False)})[datum.value]"


def number(
    value: Decimal | float,
    language: ChartLanguage,
    places: int = 0,
    *,
    signed: bool = False,
) -> str:
    """Write a number with a true minus; a change or a balance, which is ``signed``,
    with its plus.
    """
    return ("+" if signed and value > 0 else "") + language.number(
        value, places
    ).replace("-", MINUS)


# Marks and letterings


def widest(texts: Iterable[str], size: int, *, bold: bool = False) -> float:
    """Return how wide the widest of some texts is, in pixels."""
    return max(
        font.width(told, size, font.Face.BOLD if bold else font.Face.REGULAR)
        for told in texts
    )


def description() -> alt.Description:
    """Return the channel that says which value of the chart's table a mark shows; the
    field is ``point``.
    """
    return alt.Description("point:N")


def text(frame: pd.DataFrame, x: alt.X, y: alt.Y, ink: str, **mark: Any) -> alt.Chart:  # noqa: ANN401 - Vega's marks
    """Write the field ``text`` of each row at its place."""
    return (
        alt.Chart(frame)
        .mark_text(color=colour(ink), **mark)
        .encode(x, y, alt.Text("text:N"))
    )


def zero(axes: Axes) -> alt.Chart:
    """Draw the line from which bars go up and down."""
    return (
        alt.Chart(pd.DataFrame({"value": [0]}))
        .mark_rule(color=colour("muted"))
        .encode(axes.y)
    )


def lone(frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell of each time in a frame whether some before it are missing: it lies further
    from the last than others do.
    """
    steps = frame["year"].diff()
    return steps > LONE * steps.min()


def line(
    frame: pd.DataFrame,
    axes: Axes,
    ink: str,
    area: int = DOT,
    dotted: Sequence[int] = (1, 4),
    **mark: Any,  # noqa: ANN401 - Vega's marks
) -> list[alt.Chart]:
    """Draw figures as dots, open ones where they are derived, joined in time; by dots
    where some are missing between.

    Without an ``area`` there is but the line.
    """
    far = lone(frame)
    before = frame.shift()
    gaps = frame.assign(from_year=before["year"], from_value=before["value"])[far]
    rule = alt.Chart(gaps).mark_rule(
        color=colour(ink), size=1.5, strokeCap="round", strokeDash=[*dotted]
    )
    style: Mark = {"color": colour(ink), "strokeJoin": "round", "size": 3, **mark}
    joined = alt.Chart(frame.assign(run=far.cumsum())).mark_line(**style)
    layers = [
        rule.encode(*axes, alt.X2("from_year"), alt.Y2("from_value")),
        joined.encode(*axes, alt.Detail("run:N")),
    ]
    dots: Mark = {
        "opacity": 1,
        "filled": True,
        "stroke": colour(ink),
        "strokeWidth": 1.6,
        "size": area,
    }
    for derived, fill in ((False, ink), (True, "paper")) if area else ():
        dot = alt.Chart(frame[frame["derived"] == derived]).mark_point(
            fill=colour(fill), **dots
        )
        layers.append(dot.encode(*axes, description()))
    return [layer for layer in layers if len(layer.data)]


def open_dot(frame: pd.DataFrame, ink: str, **mark: Any) -> alt.Chart:  # noqa: ANN401 - Vega's marks
    """Draw the sign of a derived figure."""
    return alt.Chart(frame).mark_point(
        shape="circle",
        fill=colour("paper"),
        stroke=colour(ink),
        strokeWidth=1.2,
        size=26,
        opacity=1,
        **mark,
    )


def key(
    names: Mapping[str, str], size: Size, y: alt.YValue | None = None
) -> list[alt.Chart]:
    """Say at the right edge what an ``open`` dot means, and a ``dotted`` line: at
    ``y``, or above the axis.
    """
    dotted: Mark = {
        "strokeDash": [1, 4],
        "strokeCap": "round",
        "size": 1.5,
        "color": colour("muted"),
    }
    one = pd.DataFrame({"one": [1]})
    layers = list[alt.Chart]()
    edge = alt.XValue("width"), y or alt.YValue("height")
    for row, (sign, name) in enumerate([*names.items()][::-1]):
        up = -row * (size.text + 5) - (0 if y else 2 * KEY)
        left = -len(name) * size.text * LETTER - KEY
        words = alt.Chart(one).mark_text(
            text=name, color=colour("muted"), align="left", dx=left + KEY, dy=up
        )
        layers.append(words.encode(*edge))
        if sign == "open":
            layers.append(
                open_dot(one, "muted", xOffset=left, yOffset=up).encode(*edge)
            )
        else:
            rule = alt.Chart(one).mark_rule(
                xOffset=left - 11, x2Offset=left + 7, yOffset=up, **dotted
            )
            layers.append(rule.encode(*edge, alt.X2Value("width")))
    return layers


def apart(values: Sequence[float], gap: float) -> list[float]:
    """Return positions in the order of the values, as near to these as a distance of
    ``gap`` lets them be.
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    groups: list[list[float]] = []
    for at in order:
        groups.append([values[at]])
        while len(groups) > 1 and _bottom(groups[-2], gap) + len(
            groups[-2]
        ) * gap > _bottom(groups[-1], gap):
            groups[-2:] = [groups[-2] + groups[-1]]
    moved = [
        _bottom(group, gap) + index * gap
        for group in groups
        for index in range(len(group))
    ]
    return [place for _, place in sorted(zip(order, moved, strict=True))]


def _bottom(group: Sequence[float], gap: float) -> float:
    return sum(group) / len(group) - (len(group) - 1) * gap / 2
