"""Groups of goods, drawn: a line for each from one year to another, a thick one with
both amounts in large letters for the group that the drawing is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import altair as alt
import pandas as pd

from press.forms import (
    Axes,
    LayeredChart,
    MarkProperties,
    choose_ticks_within,
    describe_marks,
    draw_marks,
    draw_texts,
    extend_scale_by_pixels,
    finish_chart,
    make_axis_of_amounts,
    make_hidden_axis,
    measure_widest_label,
    measure_widest_text,
)
from story.charts.headline import ROOM, draw_headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.content import ChartLanguage, Words
    from press.figures import Size

TICK = 10  # billions, from a tick to the next
LETTERS = {"wide": 56, "narrow": 32}  # of both amounts, in pixels
HEIGHT = {"wide": 560, "narrow": 500}
INKS = {"main": "export", "other": "context"}
# pixels
FOOT = 34  # of the height, for the years
TOP = 14  # above the highest line
SCALE = 34  # of the width, for the labels of the axis
SIDE = 14  # between a dot and what is written beside it
THICK = 10
THIN = 2
DOT = 260  # an area
SMALL_DOT = 40
LINE = 9  # from the room that letters take to the middle of a name
YEAR = 20  # from the lowest value to the middle of a year


class Groups(NamedTuple):
    """Amounts of groups of goods before and after, as frames with the fields of
    ``make_frame`` and ``at``, the key of the group; the key of the main group; the
    names of those that are named, by key.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    main: str
    names: Mapping[str, str]

    def get_main(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the row of the main group."""
        return frame[frame["at"] == self.main]


def draw_groups(
    groups: Groups, words: Words, language: ChartLanguage, size: Size
) -> LayeredChart:
    """Draw the lines on an axis from nothing, with the years below and names beside."""
    both = pd.concat([groups.before.assign(order=0), groups.after.assign(order=1)])
    height = HEIGHT[size.name]
    top = both["value"].max()
    foot, head = extend_scale_by_pixels(0, top, height, FOOT, TOP)
    ticks = choose_ticks_within(0, top, step=TICK)
    y = make_axis_of_amounts(ticks, language, foot=foot, top=head)
    x = _make_axis_between_years(groups, words, size)
    axes = Axes(x, y)
    is_main = both["at"] == groups.main
    layers = [
        *_draw_lines(both[~is_main], axes, "other"),
        *_draw_lines(both[is_main], axes, "main"),
        *_draw_main_amounts(groups, axes, LETTERS[size.name]),
        draw_texts(_name_others(groups, words), *axes, "muted", align="left", dx=SIDE),
        _draw_years(words, axes),
    ]
    return finish_chart(layers, size, height, axes)


def _make_axis_between_years(groups: Groups, words: Words, size: Size) -> alt.X:
    """Return an axis from the first year, at 0, to the second, at 1, with room for the
    first amount and for what stands on the right.
    """
    letters = LETTERS[size.name]
    amounts = measure_widest_text(groups.get_main(groups.after)["text"], letters)
    labels = [*groups.names.values(), words["others"]]
    right = max(amounts, measure_widest_label(labels, size)) + 2 * SIDE
    begins = groups.get_main(groups.before)["text"]
    left = measure_widest_text(begins, letters) + SIDE
    ends = extend_scale_by_pixels(0, 1, size.width - SCALE, left, right)
    return make_hidden_axis(alt.X, "order", *ends)


def _draw_lines(own: pd.DataFrame, axes: Axes, kind: str) -> Iterator[alt.Chart]:
    """Yield the line of each group, and a dot at both of its ends."""
    ink = INKS[kind]
    is_main = kind == "main"
    thick = THICK if is_main else THIN
    area = DOT if is_main else SMALL_DOT
    joined = (*axes, alt.Detail("at:N"))
    yield draw_marks("line", own, *joined, ink=ink, size=thick, strokeCap="round")
    described = (*axes, describe_marks())
    yield draw_marks("circle", own, *described, ink=ink, size=area, opacity=1)


def _draw_main_amounts(groups: Groups, axes: Axes, letters: int) -> Iterator[alt.Chart]:
    """Yield the amounts of the main group in large letters beside its dots, and below
    the second the name of the group.
    """
    ink = INKS["main"]
    begin = groups.get_main(groups.before).assign(order=0)
    yield draw_headline(begin, axes, ink, letters, align="right", dx=-SIDE)
    end = groups.get_main(groups.after).assign(order=1)
    beside: MarkProperties = {"align": "left", "dx": SIDE}
    yield draw_headline(end, axes, ink, letters, **beside)
    named = end.assign(text=groups.names[groups.main])
    far = letters * ROOM / 2 + LINE
    yield draw_texts(named, *axes, ink, style="label", dy=far, **beside)


def _name_others(groups: Groups, words: Words) -> pd.DataFrame:
    """Return the names of other groups at their ends, and in the middle of those that
    have none the words for all of them.
    """
    others = groups.after[groups.after["at"] != groups.main].assign(order=1)
    is_named = others["at"].isin([*groups.names])
    named = others[is_named].assign(text=others["at"].map(groups.names))
    rest = others[~is_named]
    middle = (rest["value"].min() + rest["value"].max()) / 2
    together = rest.head(1).assign(value=middle, text=words["others"])
    return pd.concat([named, together])


def _draw_years(words: Words, axes: Axes) -> alt.Chart:
    """Write both years below the ends of the lines."""
    texts = [words["before"], words["after"]]
    years = pd.DataFrame({"order": [0, 1], "value": [0, 0], "text": texts})
    return draw_texts(years, *axes, "ink", style="label", dy=YEAR)
