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
from itertools import chain
from typing import NamedTuple

from press.figures.rules import drawn, mapping
from press.figures.svg import KIND
from press.ground.grid import Tip

MOVED = re.compile(r"translate\((-?[\d.e-]+),(-?[\d.e-]+)\)")
RECTANGLE = re.compile(
    r"M(-?[\d.e-]+),(-?[\d.e-]+)h(-?[\d.e-]+)v(-?[\d.e-]+)h-?[\d.e-]+Z"
)
LABEL = "aria-label"
Box = tuple[float, ...]  # x, y of a point; left, top, width, height of a bar
# its label, where it lies, and its kind, if readers may hide that
Mark = tuple[str, Box, str]


class Points(NamedTuple):
    """The points of a chart in reading order: what is told of each; for each size where
    each lies (or nowhere).
    """

    tips: tuple[Tip, ...]
    boxes: Mapping[str, tuple[Box | None, ...]]
    band: str  # the axis along which bars stand side by side, "x" or "y"; of points, ""
    # of each, if readers may hide the marks of a kind
    kinds: tuple[tuple[str, ...] | None, ...]

    def script(self, name: str) -> str:
        """Return the script that hands the points of the chart ``name`` to the page."""
        value: dict[str, object] = {"texts": self.tips, **self.boxes, "band": self.band}
        value |= {"kinds": self.kinds} if any(self.kinds) else {}
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return f"(window.points ??= {{}})[{json.dumps(name)}] = {text};\n"


def located(tips: Sequence[Tip], drawings: Mapping[str, str]) -> Points:
    """Return the points of SVGs by size, as the renderer gave them: those that ``tips``
    tell of, in that order.
    """
    marks = {
        size: [*_marks(ET.fromstring(drawings[size]), 0, 0)]  # noqa: S314 - the renderer's own
        for size in sorted(drawings)
    }
    sizes = {size: _boxes_of(tips, found) for size, found in marks.items()}
    kinds = defaultdict[str, set[str]](set)
    for label, _, kind in chain.from_iterable(marks.values()):
        kinds[label] |= {kind} - {""}
    shown = [
        number
        for number in range(len(tips))
        if any(boxes[number] for boxes in sizes.values())
    ]
    boxes = {
        size: tuple(each[number] for number in shown) for size, each in sizes.items()
    }
    told = tuple(tips[number] for number in shown)
    return Points(
        told,
        boxes,
        _band(boxes.values()),
        tuple(tuple(sorted(kinds[tip.text])) or None for tip in told),
    )


def unknown(spec: object, tips: Iterable[Tip]) -> list[str]:
    """Return the descriptions in a specification that tell of no value of the table."""
    texts = {tip.text for tip in tips}
    return [text for text in dict.fromkeys(_described(spec)) if text not in texts]


def _described(spec: object) -> Iterator[str]:
    """Yield the description of each mark that has one."""
    for part, rows in drawn(spec):
        channel = mapping(mapping(part.get("encoding")).get("description"))
        if "field" in channel:
            yield from (str(mapping(row).get(str(channel["field"]))) for row in rows)


def _boxes_of(tips: Sequence[Tip], marks: Iterable[Mark]) -> list[Box | None]:
    """Return where a drawing shows what each tip tells, if it does; of several marks
    told alike, one to each tip.
    """
    labels = defaultdict[str, list[Box]](list)
    for label, box, _ in marks:
        labels[label].append(box)
    return [labels[tip.text].pop(0) if labels[tip.text] else None for tip in tips]


def _marks(element: ET.Element, x: float, y: float, kind: str = "") -> Iterator[Mark]:
    """Yield every mark inside an element that lies at x, y, and belongs to a kind."""
    moved = MOVED.match(element.get("transform", ""))
    x, y = (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
    own = KIND.search(element.get("class", ""))
    kind = own[1] if own else kind
    if label := element.get(LABEL):
        yield label, tuple(round(part, 1) for part in _box(element, x, y)), kind
    for child in element:
        yield from _marks(child, x, y, kind)


def _box(element: ET.Element, x: float, y: float) -> Box:
    """Return where a mark lies: a bar with its width and height, anything else by its
    middle.
    """
    if element.tag.endswith("line"):
        return x + float(element.get("x2", 0)) / 2, y + float(element.get("y2", 0)) / 2
    if not (rectangle := RECTANGLE.fullmatch(element.get("d", ""))):
        return x, y
    left, top, width, height = map(float, rectangle.groups())
    if element.get("aria-roledescription") != "bar":
        return x + left + width / 2, y + top + height / 2
    return (
        x + min(left, left + width),
        y + min(top, top + height),
        abs(width),
        abs(height),
    )


def _band(drawings: Iterable[tuple[Box | None, ...]]) -> str:
    """Return the axis along which the bars of drawings stand side by side: that in
    which all are equally long.
    """
    sizes = [box[2:] for boxes in drawings for box in boxes if box and box[2:]]
    return ("x" if len({width for width, _ in sizes}) == 1 else "y") if sizes else ""
