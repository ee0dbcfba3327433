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

from press.figures.slim import slim, written
from press.ground.errors import quote_words

STEP = re.compile(r"\bfrom_(\w+)_\d+_marks")
KIND = re.compile(r"\bkind_(\w+)_\d+_marks")
USE = re.compile(r"url\(#([^)]+)\)")
# an attribute of SVG, a value of JSON
VARIABLE = re.compile(r'(?<=")var\(--([\w-]+)\)(?=")')
# the rest of a drawing has the colour of text
PLAIN = {"paper": "Canvas", "raised": "Canvas", "rule": "GrayText"}
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


def clean(svg: str, prefix: str, steps: Sequence[str] = ()) -> str:
    """Return an SVG for use inline: hidden from assistive technology, ids begin with
    ``prefix``, no font of its own.

    Places are in tenths of a pixel, and nothing is said twice.
    Where it tells itself in steps, all that it holds has the id ``prefix``, so that a
    page can show it several times, and what is seen from the second, third … step on
    has the class ``from-2``, ``from-3`` … A layer with the name
    ``kind_war_1`` has the class ``kind-war``: a list that shows one kind alone hides
    the marks of others, too.
    """
    root = ET.fromstring(svg)  # noqa: S314 - the renderer's own
    _name(root, prefix)
    for group in root.iter():
        name = group.get("class", "")
        if steps and (found := STEP.search(name)):
            group.set("class", f"from-{steps.index(found[1]) + 1}")
        elif found := KIND.search(name):
            group.set("class", f"kind-{found[1]}")
    slim(root)
    if steps:
        next(root.iter("g")).set("id", prefix)
    root.attrib = {"aria-hidden": "true", "focusable": "false", **root.attrib}
    return written(root)


def _name(root: ET.Element, prefix: str) -> None:
    """Give ids the name of the drawing; of shapes that cut others alike,
    one is enough.
    """
    names = dict[str, str]()
    shapes = dict[bytes, str]()
    for parent in list(root.iter()):
        parent[:] = [
            element for element in parent if _is_named(element, prefix, names, shapes)
        ]
    for element in root.iter():
        for name, value in element.items():
            element.set(
                name,
                USE.sub(lambda found: f"url(#{names.get(found[1], found[1])})", value),
            )


def _is_named(
    element: ET.Element, prefix: str, names: dict[str, str], shapes: dict[bytes, str]
) -> bool:
    """Name what has an id, and tell whether it stays: whether no element before it is
    alike.
    """
    if not (old := element.attrib.pop("id", "")):
        return True
    is_new = (shape := ET.tostring(element)) not in shapes
    names[old] = shapes.setdefault(shape, f"{prefix}-{len(shapes) + 1}")
    element.set("id", names[old])
    return is_new


def literal(svg: str, colours: Mapping[str, str]) -> str:
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


def sturdy(svg: str) -> str:
    """Return an SVG that is seen in a page without styles, and whose texts stand apart
    where nothing else is shown.
    """
    found = VARIABLE.sub(
        lambda found: f"var(--{found[1]},{PLAIN.get(found[1], 'currentColor')})", svg
    )
    return found.replace("</text>", "</text> ")


def size(svg: str) -> tuple[int, int]:
    """Return width and height of an SVG in its own pixels.

    Raises ``ValueError`` where it states none.
    """
    found = SIZE.search(svg)
    if not found:
        raise ValueError("found an SVG without width and height")
    return round(float(found[1])), round(float(found[2]))
