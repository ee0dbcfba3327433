"""Where the points of a drawing lie, and the tip of each, which readers get by pointer,
finger or key.

A mark tells which value of the chart's table it shows by Vega's ``description``; the
SVG then holds it as the label of an element. So the places are the renderer's own, and
what is told of them is the table's.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress
from typing import NamedTuple, TypeAlias

from press.figures.rules import get_mapping_or_empty, yield_parts_with_rows
from press.figures.svg import KIND
from press.ground.grid import Tip

MOVED = re.compile(r"translate\((-?[\d.e-]+),(-?[\d.e-]+)\)")
RECTANGLE = re.compile(
    r"M(-?[\d.e-]+),(-?[\d.e-]+)h(-?[\d.e-]+)v(-?[\d.e-]+)h-?[\d.e-]+Z"
)
LABEL = "aria-label"
BAR = 4  # numbers that tell where a bar lies
# x, y of a point; left, top, width, height of a bar
PointOrBox: TypeAlias = tuple[float, ...]
PointsOrBoxes: TypeAlias = tuple[PointOrBox | None, ...]
AxisOrEmpty: TypeAlias = str  # "x", "y", or "" where there are no bars


class DrawnElement(NamedTuple):
    """An element of a drawing: how far its groups have moved it, and the classes of the
    innermost one that has any.
    """

    element: ET.Element
    x: float
    y: float
    group: str

    @property
    def label(self) -> str:
        """What it tells of itself; an empty string if it says nothing."""
        return self.element.get(LABEL, "")

    @property
    def kind_of_figures(self) -> str:
        """The kind of figures that it shows, if readers may hide that; else an empty
        string.
        """
        found = KIND.search(self.group)
        return found[1] if found else ""


class ChartPoints(NamedTuple):
    """The points of a chart in reading order: what is told of each; for each size where
    each lies (or nowhere).
    """

    tips: tuple[Tip, ...]
    boxes: Mapping[str, PointsOrBoxes]
    band: AxisOrEmpty  # along which bars stand side by side
    # of each, if readers may hide the marks of a kind
    kinds: tuple[tuple[str, ...] | None, ...]

    def format_as_javascript(self, chart_name: str) -> str:
        """Return the script that hands the points of a chart to the page."""
        value: dict[str, object] = {"texts": self.tips, **self.boxes, "band": self.band}
        if any(self.kinds):
            value["kinds"] = self.kinds
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return f"(window.points ??= {{}})[{json.dumps(chart_name)}] = {text};\n"


def locate_points_of_drawn_tips(
    tips: Sequence[Tip], svg_by_size: Mapping[str, str]
) -> ChartPoints:
    """Return the points of SVGs by size, as the renderer gave them: those that ``tips``
    tell of, in that order.
    """
    sizes = dict[str, list[PointOrBox | None]]()
    kinds = defaultdict[str, set[str]](set)
    for size in sorted(svg_by_size):
        root = ET.fromstring(svg_by_size[size])  # noqa: S314 - the renderer's own
        marks = [mark for mark in walk_drawn_elements(root) if mark.label]
        sizes[size] = _assign_one_mark_per_tip(tips, marks)
        for mark in marks:
            if mark.kind_of_figures:
                kinds[mark.label].add(mark.kind_of_figures)
    drawn = [any(bounds) for bounds in zip(*sizes.values(), strict=True)]
    boxes = {size: tuple(compress(bounds, drawn)) for size, bounds in sizes.items()}
    told = tuple(compress(tips, drawn))
    kinds_of_tips = [tuple(sorted(kinds[tip.text])) or None for tip in told]
    return ChartPoints(
        told, boxes, _find_category_axis_of_bars(boxes.values()), tuple(kinds_of_tips)
    )


def list_descriptions_without_tip(spec: object, tips: Iterable[Tip]) -> list[str]:
    """Return the descriptions in a specification that tell of no value of the table,
    each once.
    """
    texts = {tip.text for tip in tips}
    described = dict.fromkeys(_yield_mark_descriptions(spec))
    return [text for text in described if text not in texts]


def _yield_mark_descriptions(spec: object) -> Iterator[str]:
    """Yield the description of each mark that has one."""
    for part, rows in yield_parts_with_rows(spec):
        channel = get_mapping_or_empty(part, "encoding", "description")
        if "field" in channel:
            field = str(channel["field"])
            for row in rows:
                yield str(get_mapping_or_empty(row).get(field))


def _assign_one_mark_per_tip(
    tips: Sequence[Tip], marks: Iterable[DrawnElement]
) -> list[PointOrBox | None]:
    """Return where a drawing shows what each tip tells, if it does; of several marks
    told alike, one to each tip.
    """
    by_label = defaultdict[str, list[PointOrBox]](list)
    for mark in marks:
        bounds = _locate_bar_or_middle(mark)
        by_label[mark.label].append(tuple(round(part, 1) for part in bounds))
    left = {label: iter(bounds) for label, bounds in by_label.items()}
    return [next(left.get(tip.text, iter(())), None) for tip in tips]


def walk_drawn_elements(
    element: ET.Element, x: float = 0, y: float = 0, group: str = ""
) -> Iterator[DrawnElement]:
    """Yield an element of a group that lies at x, y, and all inside it."""
    moved = MOVED.match(element.get("transform", ""))
    if moved:
        x += float(moved[1])
        y += float(moved[2])
    group = element.get("class", group)
    yield DrawnElement(element, x, y, group)
    for child in element:
        yield from walk_drawn_elements(child, x, y, group)


def _locate_bar_or_middle(mark: DrawnElement) -> PointOrBox:
    """Return where a mark lies: a bar with its width and height, anything else by its
    middle.
    """
    element, x, y, _ = mark
    if element.tag.endswith("line"):
        right = float(element.get("x2", 0))
        down = float(element.get("y2", 0))
        return x + right / 2, y + down / 2
    rectangle = RECTANGLE.fullmatch(element.get("d", ""))
    if not rectangle:
        return x, y
    left, top, width, height = map(float, rectangle.groups())
    if element.get("aria-roledescription") != "bar":
        return x + left + width / 2, y + top + height / 2
    first = x + min(left, left + width)
    highest = y + min(top, top + height)
    return first, highest, abs(width), abs(height)


def _find_category_axis_of_bars(drawings: Iterable[PointsOrBoxes]) -> AxisOrEmpty:
    """Return the axis along which the bars of drawings stand side by side: that in
    which all are equally long; nothing where there are no bars.
    """
    widths = set[float]()
    for bounds in chain.from_iterable(drawings):
        if bounds and len(bounds) == BAR:
            widths.add(bounds[2])
    if not widths:
        return ""
    return "x" if len(widths) == 1 else "y"
