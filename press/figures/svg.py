"""SVG from Vega, made fit to stand inside a page.

Vega labels whole lines with their first datum only (vega-lite#7970) and numbers its ids
anew in each process (vega/vega#3987), so that two charts in one page would clip each
other: labels go, ids get the chart's name.

Its colours are variables of the page's style sheet: outside a page they need the
colours themselves, and in one that has lost its style sheet those of the page.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from press.figures.slim import format_element, shrink_drawing
from press.ground.errors import quote_words

STEP = re.compile(r"\bfrom_(\w+)_\d+_marks")
KIND = re.compile(r"\bkind_(\w+)_\d+_marks")
USE = re.compile(r"url\(#([^)]+)\)")
# an attribute of SVG, a value of JSON
VARIABLE = re.compile(r'(?<=")var\(--([\w-]+)\)(?=")')
# the rest of a drawing has the colour of text
PLAIN_COLOURS = {"paper": "Canvas", "raised": "Canvas", "rule": "GrayText"}
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


def clean_svg(
    svg: str, id_prefix: str, steps: Sequence[str] = (), state: str = ""
) -> str:
    """Return an SVG for use inline: hidden from assistive technology, ids begin with
    ``id_prefix``, no font of its own.

    Places are in tenths of a pixel, and nothing is said twice. Where it tells itself in
    steps, all that it holds has the id ``id_prefix``, so that a page can show it
    several times, and what is seen from the second, third … step on has the class
    ``from-2``, ``from-3`` … A layer that ``name_layers_by_kind`` has named for the kind
    ``war`` has the class ``kind-war``: a list that shows one kind alone hides the marks
    of others, too. In a ``state`` only those kinds are displayed that are words of its
    name.
    """
    root = ET.fromstring(svg)  # noqa: S314 - the renderer's own
    _IdRenamer(id_prefix).rename_ids_dropping_repeated_shapes(root)
    for group in root.iter():
        _set_class_and_display(group, steps, state)
    shrink_drawing(root)
    if steps:
        next(root.iter("g")).set("id", id_prefix)
    root.attrib = {"aria-hidden": "true", "focusable": "false", **root.attrib}
    return format_element(root)


def _set_class_and_display(group: ET.Element, steps: Sequence[str], state: str) -> None:
    """Give a group the class of its step, or of its kind, if its name says one; hide a
    kind that the state does not name.
    """
    name = group.get("class", "")
    step = STEP.search(name)
    kind = KIND.search(name)
    if steps and step:
        group.set("class", f"from-{steps.index(step[1]) + 1}")
    elif kind:
        group.set("class", f"kind-{kind[1]}")
        if state and kind[1] not in state.split("_"):
            group.set("display", "none")


@dataclass(frozen=True)
class _IdRenamer:
    """Gives ids the name of the drawing; of shapes that cut others alike, one is
    enough.
    """

    prefix: str
    names: dict[str, str] = field(default_factory=dict)  # new by old
    shapes: dict[bytes, str] = field(default_factory=dict)

    def rename_ids_dropping_repeated_shapes(self, root: ET.Element) -> None:
        """Name all that has an id, leave out what is twice, and mend what uses it."""
        for parent in list(root.iter()):
            parent[:] = [*filter(self._rename_id_if_shape_new, parent)]
        for element in root.iter():
            for name, value in element.items():
                element.set(name, USE.sub(self._format_use, value))

    def _rename_id_if_shape_new(self, element: ET.Element) -> bool:
        """Name what has an id, and tell whether it stays: whether no element before it
        is alike.
        """
        old = element.attrib.pop("id", "")
        if not old:
            return True
        shape = ET.tostring(element)
        is_new = shape not in self.shapes
        if is_new:
            self.shapes[shape] = f"{self.prefix}-{len(self.shapes) + 1}"
        self.names[old] = self.shapes[shape]
        element.set("id", self.names[old])
        return is_new

    def _format_use(self, found: re.Match[str]) -> str:
        return f"url(#{self.names.get(found[1], found[1])})"


def replace_all_colour_variables(svg: str, colours: Mapping[str, str]) -> str:
    """Return an SVG with each ``var(--name)`` replaced by ``colours[name]``.

    Raises ``ValueError`` for another name.
    """
    for name in dict.fromkeys(VARIABLE.findall(svg)):
        if name not in colours:
            raise ValueError(
                f"found the colour {quote_words(name)}, expected one of"
                f" {', '.join(colours)}"
            )
    return VARIABLE.sub(lambda found: colours[found[1]], svg)


def add_plain_colours(svg: str) -> str:
    """Return an SVG that is seen in a page without styles, and whose texts stand apart
    where nothing else is shown.
    """
    return VARIABLE.sub(_add_plain_colour, svg).replace("</text>", "</text> ")


def _add_plain_colour(found: re.Match[str]) -> str:
    plain = PLAIN_COLOURS.get(found[1], "currentColor")
    return f"var(--{found[1]},{plain})"


def read_svg_size(svg: str) -> tuple[int, int]:
    """Return width and height of an SVG in its own pixels.

    Raises ``ValueError`` where it states none.
    """
    found = SIZE.search(svg)
    if not found:
        raise ValueError("found an SVG without width and height")
    width, height = map(float, found.groups())
    return round(width), round(height)
