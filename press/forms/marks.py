"""Marks and letterings of the house, for forms and for charts that a story draws
itself.

All take a frame that ``make_frame`` gives, or one with the same fields: ``year``,
``value``, ``text``, ``point``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import altair as alt
import pandas as pd

from press.figures import Size, font
from press.forms.axes import Axes

# of a key, in pixels
SIGN = 9  # from a sign to its words
LEADING = 5  # from a line to the next
HALF = 9  # half the length of a line that is a sign
LETTER = 0.51  # the width of a letter, of the size of the text
DOT = 44  # the area of a dot on a line
GAP = 1.5  # how many times as far as the nearest two times are those of a gap
DOTTED = (1, 4)  # pixels of a dot and of the space to the next
MarkProperties = dict[str, Any]  # of a mark, as Vega names them
OPEN: MarkProperties = {"shape": "circle", "strokeWidth": 1.2, "size": 26, "opacity": 1}


def get_colour_variable(name: str) -> str:
    """Return a colour of the story's palette as drawings name it: for light and dark
    pages it is another.
    """
    return f"var(--{name})"


def draw_marks(
    mark: str,
    frame: pd.DataFrame,
    *channels: alt.SchemaBase,
    ink: str = "",
    **properties: Any,  # noqa: ANN401 - Vega's marks
) -> alt.Chart:
    """Return a layer with a mark of a kind, such as ``bar``, for each row of a frame,
    or one ``line`` for all.

    ``ink`` is a colour of the palette, ``properties`` are those of the mark.
    """
    if ink:
        properties["color"] = get_colour_variable(ink)
    chart = alt.Chart(frame)
    draw = getattr(chart, f"mark_{mark}")
    layer: alt.Chart = draw(**properties).encode(*channels)
    return layer


def draw_texts(
    frame: pd.DataFrame,
    x: alt.X,
    y: alt.Y,
    ink: str,
    **properties: Any,  # noqa: ANN401 - Vega's marks
) -> alt.Chart:
    """Write the field ``text`` of each row at its place."""
    return draw_marks("text", frame, x, y, alt.Text("text:N"), ink=ink, **properties)


def measure_widest_text(
    texts: Iterable[str], size: int, *, bold: bool = False
) -> float:
    """Return how wide the widest of some texts is, in pixels."""
    face = font.Face.REGULAR
    if bold:
        face = font.Face.BOLD
    return max(font.measure_width(each, size, face) for each in texts)


def measure_widest_label(texts: Iterable[str], size: Size) -> float:
    """Return how wide the widest of some texts in the style ``label`` is, in pixels."""
    return measure_widest_text(texts, size.label, bold=True)


def describe_marks() -> alt.Description:
    """Return the channel that says which value of the chart's table a mark shows; the
    field is ``point``.
    """
    return alt.Description("point:N")


def draw_zero_line(axes: Axes) -> alt.Chart:
    """Draw the line from which bars go up and down."""
    zero = pd.DataFrame({"value": [0]})
    return draw_marks("rule", zero, axes.y, ink="muted")


def draw_ticks_between_years(first: int, last: int, x: alt.X) -> alt.Chart:
    """Draw the foot of an axis on which months lie: a tick where each year begins, and
    where the last ends.
    """
    low, high = x["scale"]["domain"]
    years = range(first, last + 2)
    ends = [year - 0.5 for year in years]
    seen = [end for end in ends if low <= end <= high]
    feet = pd.DataFrame({"year": seen})
    edge = (alt.YValue("height"), alt.Y2Value("height"))
    return draw_marks("rule", feet, x, *edge, ink="context", y2Offset=-9)


def flag_times_after_gaps(frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell of each time in a frame whether some before it are missing: it lies further
    from the last than others do.
    """
    steps = frame["year"].diff()
    return steps > GAP * steps.min()


def draw_line(
    frame: pd.DataFrame,
    axes: Axes,
    ink: str,
    dot_area: int = DOT,
    dotted: Sequence[int] = DOTTED,
    **properties: Any,  # noqa: ANN401 - Vega's marks
) -> list[alt.Chart]:
    """Draw figures as dots, open ones where they are derived, joined in time; by a
    dotted line where some are missing between.

    Without an ``dot_area`` there is but the line. ``properties`` are those of the line.
    """
    dotted_line = _draw_dotted_line(frame, axes, ink, dotted)
    joined_line = _draw_joined_line(frame, axes, ink, properties)
    layers = [dotted_line, joined_line]
    if dot_area:
        derived = frame["derived"].astype(bool)
        layers.append(_draw_dots_of_line(frame[~derived], axes, ink, ink, dot_area))
        layers.append(_draw_dots_of_line(frame[derived], axes, ink, "paper", dot_area))
    return [layer for layer in layers if len(layer.data)]


def _draw_dotted_line(
    frame: pd.DataFrame, axes: Axes, ink: str, dotted: Sequence[int]
) -> alt.Chart:
    """Draw what joins the figures on both sides of each gap."""
    before = frame.shift()
    joined = frame.assign(from_year=before["year"], from_value=before["value"])
    is_after_gap = flag_times_after_gaps(frame)
    gaps = joined[is_after_gap]
    style: MarkProperties = {"size": 1.5, "strokeCap": "round"}
    style["strokeDash"] = [*dotted]
    channels = (*axes, alt.X2("from_year"), alt.Y2("from_value"))
    return draw_marks("rule", gaps, *channels, ink=ink, **style)


def _draw_joined_line(
    frame: pd.DataFrame, axes: Axes, ink: str, properties: MarkProperties
) -> alt.Chart:
    """Draw a line that ends before each gap and begins after it."""
    runs = frame.assign(run=flag_times_after_gaps(frame).cumsum())
    style: MarkProperties = {"strokeJoin": "round", "size": 3, **properties}
    channels = (*axes, alt.Detail("run:N"))
    return draw_marks("line", runs, *channels, ink=ink, **style)


def _draw_dots_of_line(
    frame: pd.DataFrame, axes: Axes, ink: str, inside: str, dot_area: int
) -> alt.Chart:
    """Draw dots of a colour, ``inside`` of another or of the same."""
    style: MarkProperties = {"opacity": 1, "filled": True, "strokeWidth": 1.6}
    style["stroke"] = get_colour_variable(ink)
    style["fill"] = get_colour_variable(inside)
    channels = (*axes, describe_marks())
    return draw_marks("point", frame, *channels, size=dot_area, **style)


def draw_open_dots(
    frame: pd.DataFrame,
    ink: str,
    **properties: Any,  # noqa: ANN401 - Vega's marks
) -> alt.Chart:
    """Draw the sign of a derived figure for each row; whoever calls encodes where."""
    style: MarkProperties = {**OPEN, **properties}
    style["fill"] = get_colour_variable("paper")
    style["stroke"] = get_colour_variable(ink)
    return draw_marks("point", frame, **style)


def draw_legend(
    words_by_sign: dict[str, str], size: Size, y: alt.YValue | None = None
) -> Iterator[alt.Chart]:
    """Say at the right edge what an ``open`` dot means, and a ``dotted`` line: at
    ``y``, or above the axis.
    """
    up = 0
    if y is None:
        y = alt.YValue("height")
        up = -2 * SIGN
    edge = (alt.XValue("width"), y)
    one = pd.DataFrame({"one": [1]})
    for number, (sign, name) in enumerate(reversed(words_by_sign.items()), 1):
        left = -len(name) * size.text * LETTER - SIGN
        style: MarkProperties = {"align": "left", "dx": left + SIGN, "dy": up}
        yield draw_marks("text", one, *edge, ink="muted", text=name, **style)
        if sign == "open":
            drawn = draw_open_dots(one, "muted", xOffset=left, yOffset=up)
        else:
            drawn = _draw_dotted_line_at_gap(one, left, up)
        # the name lets a card leave it out, where its words are not
        yield drawn.encode(*edge).properties(name=f"kind_key_{number}")
        up -= size.text + LEADING


def _draw_dotted_line_at_gap(one: pd.DataFrame, left: float, up: float) -> alt.Chart:
    """Draw a short dotted line so many pixels from the right edge."""
    style: MarkProperties = {"strokeDash": [*DOTTED], "strokeCap": "round", "size": 1.5}
    style["xOffset"] = left - HALF - 2
    style["x2Offset"] = left + HALF - 2
    style["yOffset"] = up
    return draw_marks("rule", one, alt.X2Value("width"), ink="muted", **style)


def move_values_apart(values: Sequence[float], gap: float) -> list[float]:
    """Return positions in the order of the values, as near to these as a distance of
    ``gap`` lets them be.
    """
    places = range(len(values))
    order = sorted(places, key=values.__getitem__)
    groups = list[list[float]]()
    for at in order:
        groups.append([values[at]])
        while _do_last_two_touch(groups, gap):
            last = groups.pop()
            groups[-1] += last
    spread = _spread_groups(groups, gap)
    moved = dict(zip(order, spread, strict=True))
    return [moved[at] for at in places]


def _do_last_two_touch(groups: Sequence[Sequence[float]], gap: float) -> bool:
    if len(groups) == 1:
        return False
    *_, lower, upper = groups
    end = _find_bottom(lower, gap) + len(lower) * gap
    return end > _find_bottom(upper, gap)


def _spread_groups(groups: Sequence[Sequence[float]], gap: float) -> Iterator[float]:
    """Yield the positions of groups, each around the middle of its own values."""
    for group in groups:
        bottom = _find_bottom(group, gap)
        for number in range(len(group)):
            yield bottom + number * gap


def _find_bottom(group: Sequence[float], gap: float) -> float:
    middle = sum(group) / len(group)
    return middle - (len(group) - 1) * gap / 2
