"""An SVG of Vega's, written with fewer elements and attributes: what is seen stays the
same.

A page holds every drawing two or three times, one for each width: half of the bytes and
elements of a long page are theirs. What all in a group have in common is told once, of
the group.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter

CIRCLE = re.compile(
    r"M(?P<r>[\d.]+),0A(?P=r),(?P=r),0,1,1,-(?P=r),0A(?P=r),(?P=r),0,1,1,(?P=r),0"
)
MOVE = re.compile(r"translate\((-?[\d.e-]+)[, ](-?[\d.e-]+)\)")
POINT = re.compile(r"-?\d+\.\d+")
NOISE = {"role", "pointer-events", "font-family", "xmlns", "version", "class"}
OPACITY = {"opacity", "fill-opacity", "stroke-opacity"}
# what holds of all that says nothing of it
UNTOLD = {**dict.fromkeys(OPACITY, "1"), "stroke-dasharray": "1,0"}
# what styles may name
CLASS = re.compile(
    r"\b(?:role-axis-(?!title)\w+|mark-shape|background|from-\d+|kind-\w+)"
)
# What a group tells of all in it.
SHARED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
)
Place = tuple[float, float]


def slim(root: ET.Element) -> None:
    """Make the tree of a drawing smaller, whose ids are its page's already."""
    # outlines of maps, of hundreds of points, are as fine as a screen
    for group in root.iter():
        for shape in group if "mark-shape" in group.get("class", "") else ():
            shape.set(
                "d",
                POINT.sub(lambda point: number(float(point[0]), 0), shape.get("d", "")),
            )
    for element in root.iter():
        _plain(element)
    _pruned(root)
    _joined(root)
    _pruned(root)  # of groups in which one line is left
    _shared(root)


def written(element: ET.Element) -> str:
    """Return an element as text; it comes without the names of its name spaces."""
    return ET.tostring(element, "unicode").replace(" />", "/>")


def _plain(element: ET.Element) -> None:
    """Leave out of an element what says nothing; tell where it is in one way."""
    element.tag = element.tag.rpartition("}")[2]
    classes = " ".join(CLASS.findall(element.get("class", "")))
    for name, value in list(element.items()):
        if (
            name in NOISE
            or name.startswith(("aria-", "{"))
            or UNTOLD.get(name) == value
        ):
            del element.attrib[name]
    if classes:
        element.set("class", classes)
    _placed(element)


def _placed(element: ET.Element) -> None:
    """Tell the place of a mark by its own numbers, that of a group by a move, in tenths
    of a pixel.
    """
    move = element.get("transform", "translate(0,0)")
    shape = SHAPES.get(element.tag)
    by = MOVE.fullmatch(move)
    if shape and by:
        shape(element, (float(by[1]), float(by[2])))
    elif (told := MOVE.sub(_moving, move)) != "translate(0,0)":
        element.set("transform", told)
    else:
        element.attrib.pop("transform", None)


def _moving(move: re.Match[str]) -> str:
    return f"translate({number(float(move[1]))},{number(float(move[2]))})"


def _path(element: ET.Element, by: Place) -> None:
    data = element.get("d", "")
    if circle := CIRCLE.fullmatch(data):
        element.tag = "circle"
        _replace(
            element,
            "d",
            cx=number(by[0]),
            cy=number(by[1]),
            r=number(float(circle["r"]), 2),
        )
    else:
        _replace(element, d=moved(data, by))


def moved(data: str, by: Place) -> str:
    """Return the data of a path that is moved, in tenths of a pixel."""
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415 - takes long, and charts are drawn elsewhere
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415 - as above
    from fontTools.svgLib.path import parse_path  # noqa: PLC0415 - as above

    pen = SVGPathPen(None, ntos=number)
    parse_path(data, TransformPen(pen, (1, 0, 0, 1, *by)))
    return str(pen.getCommands())


def number(value: float, decimals: int = 1) -> str:
    """Return a number as SVG has it, with no zero that says nothing."""
    text = f"{round(value, decimals) + 0.0:.7g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _line(element: ET.Element, by: Place) -> None:
    x1, y1, x2, y2 = (float(element.get(name, 0)) for name in ("x1", "y1", "x2", "y2"))
    element.tag = "path"
    _replace(element, "x1", "y1", "x2", "y2", d=moved(f"M{x1},{y1}L{x2},{y2}", by))


def _text(element: ET.Element, by: Place) -> None:
    places = {
        axis: number(float(element.get(axis, 0)) + part)
        for axis, part in zip("xy", by, strict=True)
    }
    _replace(
        element,
        "x",
        "y",
        **{axis: told for axis, told in places.items() if told != "0"},
    )


def _replace(element: ET.Element, *old: str, **new: str) -> None:
    """Tell where a mark is by other attributes than by a move."""
    for name in ("transform", *old):
        element.attrib.pop(name, None)
    element.attrib.update(new)


SHAPES = {"path": _path, "line": _line, "text": _text}


def _pruned(parent: ET.Element) -> None:
    """Leave out what is not seen, and groups that hold nothing or say nothing."""
    children = list[ET.Element]()
    for child in parent:
        _pruned(child)
        if (
            child.tag == "g"
            and not child.attrib
            and (len(child) == 1 or any(each.tag == "g" for each in child))
        ):
            children += child
        elif not _unseen(child):
            children.append(child)
    parent[:] = children


def _unseen(element: ET.Element) -> bool:
    if element.tag == "g":
        return not len(element)
    if element.get("opacity") == "0":  # it stands where a value is told
        return True
    painted = any(element.get(name, "none") != "none" for name in ("fill", "stroke"))
    return element.tag == "path" and (
        element.get("display") == "none" or not element.get("d") or not painted
    )


def _joined(parent: ET.Element) -> None:
    """Draw lines of one kind that follow each other as one path."""
    children = list[ET.Element]()
    for child in parent:
        _joined(child)
        if children and _alike(children[-1], child):
            children[-1].set("d", children[-1].get("d", "") + child.get("d", ""))
        else:
            children.append(child)
    parent[:] = children


def _alike(one: ET.Element, other: ET.Element) -> bool:
    """Tell whether two elements are lines that can be one path: not where a fill or an
    opacity may overlap.
    """
    if (
        {one.tag, other.tag} != {"path"}
        or one.get("fill", "none") != "none"
        or OPACITY & one.attrib.keys()
    ):
        return False
    return {**one.attrib, "d": ""} == {**other.attrib, "d": ""}


def _shared(group: ET.Element) -> None:
    """Tell of a group what most in it have in common, if all in it say something of the
    kind.
    """
    for child in group:
        _shared(child)
    if group.tag != "g":
        return
    for name in SHARED:
        told = [child.attrib[name] for child in group if name in child.attrib]
        if told and len(told) == len(group):
            common, count = Counter(told).most_common(1)[0]
            # style sheets have a face for a size
            if count < len(told) and name == "font-size":
                continue
            group.set(name, common)
            for child in group:
                if child.get(name) == common:
                    del child.attrib[name]
