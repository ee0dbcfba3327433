"""Whether readers see a drawing: its figures, its texts whole, and all of it before a
ground from which it stands out, on light pages and on dark ones.

It is read off the renderer's SVG: that alone knows where things lie, and what it cut.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from typing import NamedTuple, TypeAlias

from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.svgLib.path import parse_path

from press.figures import font, svg
from press.figures.points import DrawnElement, walk_drawn_elements
from press.figures.rules import Violation, list_axis_domains_as_json
from press.ground.colour import TEXT_CONTRAST, THEMES, Palette, measure_contrast
from press.ground.errors import quote_words

VISIBLE = 1.25  # a contrast below which a mark is as good as not there
CELL = 8  # pixels of a side of the squares by which shapes are found
EDGE = 8  # pixels beyond an edge, for which pages and pictures have room
SQUEEZED = 0.5  # the share of an axis below which other marks squeeze the figures
CUT = "…"  # what the renderer writes where it cuts a text
SHARES = {"middle": 0.5, "end": 1}  # of a text, that lies left of its place
BOLD = {"bold", "600", "700"}
PAPER = "var(--paper)"
GROUNDS = {PAPER, "var(--raised)"}  # which are not to stand out
DRAWN = ("text", "path", "line", "}rect")
NOTHING = {"none", "transparent"}
OPACITIES = ("opacity", "fill-opacity")
PATHS = ("mark-area", "mark-line")  # of marks of which one shows many figures
DESCRIBE = (
    "describe marks with alt.Description and what Grid.make_tip says of their values"
)
SHORTEN = "shorten it, break it into lines, or give it more room at this size"
BEHIND = "draw texts after marks, or beside them"
ENDS = "give its scale a domain that holds all marks, or leave those out"
LOOK = (
    "finish_chart gives the look of the house, without a ground of its own; colours are"
    " those of story/theme.py"
)


class _Bounds(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def contains_point(self, x: float, y: float, edge: float = 0) -> bool:
        """Tell whether a point lies inside, or so near to an edge."""
        is_beside = self.left - edge < x < self.right + edge
        return is_beside and self.top - edge < y < self.bottom + edge

    def contains_bounds(self, other: _Bounds) -> bool:
        """Tell whether another lies inside, or hardly beyond an edge."""
        begins = self.contains_point(other.left, other.top, EDGE)
        return begins and self.contains_point(other.right, other.bottom, EDGE)


class _Shape(NamedTuple):
    """What is seen of an element: where; in which colours, that of the inside first;
    what it says, if it is a text; the plot in which it is drawn.
    """

    item: DrawnElement
    bounds: _Bounds
    colours: Sequence[str]
    text: str
    plot: _Bounds

    @property
    def is_rectangle(self) -> bool:
        """Whether all is hidden whose middle it covers."""
        return "mark-rect" in self.item.group or self.item.element.tag.endswith("rect")

    @property
    def may_hide(self) -> bool:
        """Whether it is filled, so that nothing behind it is seen."""
        is_opaque = all(self.item.element.get(name, "1") == "1" for name in OPACITIES)
        is_filled = self.item.element.get("fill") == self.colours[0]
        return is_opaque and is_filled and not self.text

    def hides_middle_of(self, other: _Shape) -> bool:
        """Tell whether it is filled where the middle of another lies, and both may be
        seen at once.
        """
        kinds = {self.item.kind_of_figures, other.item.kind_of_figures} - {""}
        may_hide = self.may_hide and len(kinds) <= 1
        return may_hide and self.bounds.contains_point(*other.bounds.centre)


# by colour, and whether they are rectangles; each with its number from below
_LayersByColour: TypeAlias = dict[tuple[str, bool], list[tuple[int, _Shape]]]


def _make_layers() -> _LayersByColour:
    return defaultdict(list)


class _Grounds:
    """The shapes of a drawing that may hide others, by the squares of a grid that they
    touch, and by colour: a chart of thousands of marks does not compare each with all.

    What lies beyond an edge counts to the squares at that edge.
    """

    def __init__(self, whole: _Bounds) -> None:
        self._whole = whole
        self._cells = defaultdict[tuple[int, int], _LayersByColour](_make_layers)

    def add_shape(self, number: int, shape: _Shape) -> None:
        """Add a shape above all that were added before; ``number`` counts up."""
        left, top = self._find_cell(shape.bounds.left, shape.bounds.top)
        right, bottom = self._find_cell(shape.bounds.right, shape.bounds.bottom)
        layer = (shape.colours[0], shape.is_rectangle)
        for cell in product(range(left, right + 1), range(top, bottom + 1)):
            self._cells[cell][layer].append((number, shape))

    def find_colours_behind(self, shape: _Shape) -> set[str]:
        """Return the colours before which the middle of a shape may be seen: those
        above the last rectangle, which hides all below it.
        """
        behind = dict[str, int]()
        last_rectangle = -1
        layers = self._cells[self._find_cell(*shape.bounds.centre)]
        for (colour, is_rectangle), layer in layers.items():
            hiding = (
                number
                for number, other in reversed(layer)
                if other.hides_middle_of(shape)
            )
            number = next(hiding, -1)
            behind[colour] = max(number, behind.get(colour, -1))
            if is_rectangle:
                last_rectangle = max(number, last_rectangle)
        if last_rectangle < 0:
            behind[PAPER] = max(0, behind.get(PAPER, -1))
        least = max(last_rectangle, 0)
        return {colour for colour, number in behind.items() if number >= least}

    def _find_cell(self, x: float, y: float) -> tuple[int, int]:
        column = min(max(x, self._whole.left), self._whole.right) // CELL
        row = min(max(y, self._whole.top), self._whole.bottom) // CELL
        return int(column), int(row)


def find_unseen_parts(
    drawn: str, spec: str, texts: Collection[str], palette: Palette
) -> Iterator[Violation]:
    """Yield what is not seen of a drawing, as the renderer gave it for a specification,
    in the colours of a palette; ``texts`` tell of the values of its table.
    """
    items = [*walk_drawn_elements(ET.fromstring(drawn))]  # noqa: S314 - the renderer's own
    if not any(item.label in texts for item in items):
        yield Violation("draws no value of its table", DESCRIBE)
    shapes = [*_list_shapes(items)]
    whole = _Bounds(0, 0, *svg.read_svg_size(drawn))
    grounds = _Grounds(whole)
    for number, shape in enumerate(shapes):
        behind = grounds.find_colours_behind(shape)
        yield from _find_faint_colours(shape, behind, palette)
        if shape.may_hide:
            grounds.add_shape(number, shape)
        if shape.text:
            yield from _find_cut_text(shape, whole, spec)
            yield from _find_hidden_text(shape, shapes[number:])
    marks = [*filter(_has_place_on_axes, shapes)]
    for mark in marks:
        if not mark.plot.contains_bounds(_locate_on_axes(mark)):
            name = mark.item.element.get("aria-roledescription", "mark")
            yield Violation(f"draws a {name} beyond the ends of its axes", ENDS)
    for axis in "xy":
        if not list_axis_domains_as_json(json.loads(spec), axis):
            yield from _find_squeezed_figures(marks, texts, axis)


def _list_shapes(items: Sequence[DrawnElement]) -> Iterator[_Shape]:
    """Yield what is seen of elements, each with the last plot that began before it."""
    plot = _Bounds(0, 0, 0, 0)
    for item in items:
        if item.element.tag.endswith(DRAWN):
            lines = [text for text in item.element.itertext() if text.strip()]
            bounds = _locate_text(item, lines) if lines else _locate_path(item)
            if item.group == "background" and bounds.contains_point(*bounds.centre):
                plot = bounds
            colours = [item.element.get(name, "none") for name in ("fill", "stroke")]
            seen = [colour for colour in colours if colour not in NOTHING]
            if seen and item.element.get("opacity") != "0":
                yield _Shape(item, bounds, seen, "".join(lines), plot)


def _locate_text(item: DrawnElement, lines: Sequence[str]) -> _Bounds:
    """Return where a text lies; one that is turned has no width."""
    element, x, y, _ = item
    size = float(element.get("font-size", "11px").removesuffix("px"))
    is_bold = element.get("font-weight") in BOLD
    face = font.Face.BOLD if is_bold else font.Face.REGULAR
    wide = max(font.measure_width(line, size, face) for line in lines)
    wide *= "rotate" not in element.get("transform", "")
    left = x - wide * SHARES.get(element.get("text-anchor", ""), 0)
    return _Bounds(left, y - size, left + wide, y)


def _locate_path(item: DrawnElement) -> _Bounds:
    """Return where anything else lies, without the width of its outline."""
    element, x, y, _ = item
    right, bottom = (
        float(element.get(name, 0)) + float(element.get(other, 0))
        for name, other in (("x2", "width"), ("y2", "height"))
    )
    pen = ControlBoundsPen(None)
    parse_path(element.get("d", f"M0,0L{right},{bottom}"), pen)
    left, top, right, bottom = pen.bounds or (0, 0, 0, 0)
    return _Bounds(x + left, y + top, x + right, y + bottom)


def _find_faint_colours(
    shape: _Shape, grounds: Collection[str], palette: Palette
) -> Iterator[Violation]:
    """Yield that no colour stands out from any ground, on light pages or on dark."""
    if GROUNDS & {*shape.colours} and not shape.text:
        return
    least = TEXT_CONTRAST if shape.text else VISIBLE
    values = {f"var(--{name})": colours for name, colours in palette.items()}
    for number, theme in enumerate(THEMES):
        found = max(
            measure_contrast(*(values.get(name, (name, name))[number] for name in pair))
            for pair in product(shape.colours, grounds)
        )
        if found < least:
            what = "a text" if shape.text else "a mark or a ground"
            yield Violation(
                f"has {what} in {shape.colours[0]} at {found:.1f}:1 to what is behind"
                f" it, {theme}, expected {least}:1",
                LOOK,
            )


def _find_cut_text(shape: _Shape, whole: _Bounds, spec: str) -> Iterator[Violation]:
    is_cut = shape.text.endswith(CUT) and json.dumps(shape.text)[1:-1] not in spec
    if is_cut or not whole.contains_bounds(shape.bounds):
        yield Violation(f"cuts the text {quote_words(shape.text)}", SHORTEN)


def _find_hidden_text(
    shape: _Shape, shapes_above: Sequence[_Shape]
) -> Iterator[Violation]:
    if any(
        other.is_rectangle and other.hides_middle_of(shape) for other in shapes_above
    ):
        what = f"hides the text {quote_words(shape.text)} behind a mark"
        yield Violation(what, BEHIND)


def _has_place_on_axes(shape: _Shape) -> bool:
    """Tell whether a shape is a mark that has axes: texts may stand beside them, maps
    have none.
    """
    group = shape.item.group
    return "role-mark" in group and not shape.text and "mark-shape" not in group


def _locate_on_axes(mark: _Shape) -> _Bounds:
    """Return where a mark lies: a symbol is a point, however large."""
    if "mark-symbol" in mark.item.group:
        return _Bounds(*mark.bounds.centre, *mark.bounds.centre)
    return mark.bounds


def _find_squeezed_figures(
    marks: Sequence[_Shape], texts: Collection[str], axis: str
) -> Iterator[Violation]:
    """Yield that an axis is more than twice as long as its figures need it: up and
    down, from its foot.
    """
    plots = defaultdict[_Bounds, list[_Shape]](list)
    for mark in marks:
        plots[mark.plot].append(mark)
    for plot, drawn in plots.items():
        figures = [mark for mark in drawn if _shows_figures(mark, texts)]
        reach = _measure_reach_in_pixels(figures, plot, axis)
        every = _measure_reach_in_pixels(drawn, plot, axis)
        if 0 < reach < SQUEEZED * every:
            times = f"{every / reach:.1f} times"
            what = f"makes the {axis} axis {times} as long as its figures need it"
            yield Violation(what, ENDS)


def _shows_figures(mark: _Shape, texts: Collection[str]) -> bool:
    is_path = any(name in mark.item.group for name in PATHS)
    return is_path or mark.item.label in texts


def _measure_reach_in_pixels(
    marks: Sequence[_Shape], plot: _Bounds, axis: str
) -> float:
    """Return how far marks reach: across from the first to the last, up from the foot
    of their plot; 0 for none.
    """
    places = [*map(_locate_on_axes, marks)]
    if axis == "y":
        return plot.bottom - min((place.top for place in places), default=plot.bottom)
    right = max((place.right for place in places), default=0)
    return right - min((place.left for place in places), default=right)
