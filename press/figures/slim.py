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
STILL = "translate(0,0)"
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
Move = tuple[float, float]  # pixels to the right, and down


def shrink_drawing(root: ET.Element) -> None:
    """Make the tree of a drawing smaller, whose ids are its page's already."""
    for group in root.iter():
        if "mark-shape" in group.get("class", ""):
            _round_outlines(group)
    for element in root.iter():
        _remove_redundant_attributes(element)
        _move_transform_into_coordinates(element)
    _prune_tree(root)
    _join_lines(root)
    _prune_tree(root)  # of groups in which one line is left
    _move_common_attributes_to_groups(root)


def format_element(element: ET.Element) -> str:
    """Return an element as text; it comes without the names of its name spaces."""
    return ET.tostring(element, "unicode").replace(" />", "/>")


def _round_outlines(group: ET.Element) -> None:
    """Make outlines of maps, of hundreds of points, as fine as a screen."""
    for shape in group:
        data = shape.get("d", "")
        shape.set("d", POINT.sub(_round_point, data))


def _round_point(point: re.Match[str]) -> str:
    return format_coordinate(float(point[0]), 0)


def _remove_redundant_attributes(element: ET.Element) -> None:
    """Leave out of an element what says nothing, and classes that no style names."""
    element.tag = element.tag.rpartition("}")[2]
    classes = " ".join(CLASS.findall(element.get("class", "")))
    for name, value in list(element.items()):
        is_noise = name in NOISE or name.startswith(("aria-", "{"))
        if is_noise or UNTOLD.get(name) == value:
            del element.attrib[name]
    if classes:
        element.set("class", classes)


def _move_transform_into_coordinates(element: ET.Element) -> None:
    """Tell the place of a mark by its own numbers, that of a group by a move, in tenths
    of a pixel.
    """
    told = element.get("transform", STILL)
    move = MOVE.fullmatch(told)
    move_element = MOVERS.get(element.tag)
    rounded = MOVE.sub(_round_move, told)
    if move_element and move:
        element.attrib.pop("transform", None)
        move_element(element, (float(move[1]), float(move[2])))
    elif rounded != STILL:
        element.set("transform", rounded)
    else:
        element.attrib.pop("transform", None)


def _round_move(move: re.Match[str]) -> str:
    right = format_coordinate(float(move[1]))
    down = format_coordinate(float(move[2]))
    return f"translate({right},{down})"


def _move_path_or_make_circle(element: ET.Element, move: Move) -> None:
    """Tell where a path is; of a circle, where its middle is."""
    data = element.get("d", "")
    circle = CIRCLE.fullmatch(data)
    if not circle:
        element.set("d", move_path(data, move))
        return
    del element.attrib["d"]
    element.tag = "circle"
    for name, value in zip(("cx", "cy"), move, strict=True):
        element.set(name, format_coordinate(value))
    element.set("r", format_coordinate(float(circle["r"]), 2))


def move_path(data: str, move: Move) -> str:
    """Return the data of a path that is moved, in tenths of a pixel."""
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415 - takes long, and charts are drawn elsewhere
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415 - as above
    from fontTools.svgLib.path import parse_path  # noqa: PLC0415 - as above

    pen = SVGPathPen(None, ntos=format_coordinate)
    parse_path(data, TransformPen(pen, (1, 0, 0, 1, *move)))
    return str(pen.getCommands())


def format_coordinate(value: float, decimals: int = 1) -> str:
    """Return a number as SVG has it, with no zero that says nothing."""
    text = f"{round(value, decimals) + 0.0:.7g}"
    if text.startswith(("0.", "-0.")):
        return text.replace("0.", ".", 1)
    return text


def _move_line_as_path(element: ET.Element, move: Move) -> None:
    """Make a path of a line."""
    element.tag = "path"
    x1, y1, x2, y2 = (float(element.attrib.pop(name, 0)) for name in ENDS)
    element.set("d", move_path(f"M{x1},{y1}L{x2},{y2}", move))


def _move_text(element: ET.Element, move: Move) -> None:
    """Tell where a text is, but for what is 0."""
    for axis, part in zip("xy", move, strict=True):
        place = float(element.attrib.pop(axis, 0)) + part
        told = format_coordinate(place)
        if told != "0":
            element.set(axis, told)


ENDS = ("x1", "y1", "x2", "y2")  # of a line
MOVERS = {
    "path": _move_path_or_make_circle,
    "line": _move_line_as_path,
    "text": _move_text,
}


def _prune_tree(parent: ET.Element) -> None:
    """Leave out what is not seen, and groups that hold nothing or say nothing."""
    children = list[ET.Element]()
    for child in parent:
        _prune_tree(child)
        if _says_nothing(child):
            children += child
        elif not _is_unseen(child):
            children.append(child)
    parent[:] = children


def _says_nothing(element: ET.Element) -> bool:
    """Tell whether a group could as well not be around what it holds."""
    if element.tag != "g" or element.attrib:
        return False
    return len(element) == 1 or any(child.tag == "g" for child in element)


def _is_unseen(element: ET.Element) -> bool:
    if element.tag == "g":
        return not len(element)
    if element.get("opacity") == "0":  # it stands where a value is told
        return True
    if element.tag != "path":
        return False
    if element.get("display") == "none" or not element.get("d"):
        return True
    return element.get("fill", "none") == element.get("stroke", "none") == "none"


def _join_lines(parent: ET.Element) -> None:
    """Draw lines of one kind that follow each other as one path."""
    children = list[ET.Element]()
    for child in parent:
        _join_lines(child)
        if children and _can_be_one_path(children[-1], child):
            last = children[-1]
            last.set("d", last.get("d", "") + child.get("d", ""))
        else:
            children.append(child)
    parent[:] = children


def _can_be_one_path(one: ET.Element, other: ET.Element) -> bool:
    """Tell whether two elements are lines that can be one path: not where a fill or an
    opacity may overlap.
    """
    if one.tag != "path" or other.tag != "path":
        return False
    if one.get("fill", "none") != "none" or OPACITY & one.attrib.keys():
        return False
    return {**one.attrib, "d": ""} == {**other.attrib, "d": ""}


def _move_common_attributes_to_groups(group: ET.Element) -> None:
    """Tell of a group what most in it have in common, if all in it say something of the
    kind.
    """
    for child in group:
        _move_common_attributes_to_groups(child)
    if group.tag == "g" and len(group):
        for name in SHARED:
            _move_commonest_value_if_all_set(group, name)


def _move_commonest_value_if_all_set(group: ET.Element, attribute: str) -> None:
    told = [child.get(attribute) for child in group]
    if None in told:
        return
    common, count = Counter(told).most_common(1)[0]
    # style sheets have a face for a size
    if count < len(told) and attribute == "font-size":
        return
    group.set(attribute, str(common))
    for child in group:
        if child.get(attribute) == common:
            del child.attrib[attribute]
