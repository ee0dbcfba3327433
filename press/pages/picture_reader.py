"""SVG files as browsers open them: no policy is around them, so they run nothing."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from press.pages.allowed import (
    Attributes,
    find_mistake_in_address,
    list_addresses_of_element,
    list_addresses_of_style,
    list_mistakes_besides_address_targets,
    split_target,
)

# elements that run scripts, or hold those of a page
REFUSED_ELEMENTS = {"foreignobject", "handler", "iframe", "listener", "script"}
STYLE_INSTRUCTION = b"<?xml-stylesheet"  # loads a style sheet
XLINK = "{http://www.w3.org/1999/xlink}"


def list_mistakes_of_svg(body: bytes) -> Iterator[str]:
    """Yield what an SVG file runs, what it loads from elsewhere, why it is none."""
    if STYLE_INSTRUCTION in body:
        yield "found a link to a style sheet, expected none"
    try:
        root = ET.fromstring(body)  # noqa: S314 - the story's own; expat ends what grows
    except ET.ParseError as error:
        yield f"found no SVG, expected XML: {error}"
        return
    for element in root.iter():
        name = _drop_namespace(element.tag)
        attributes = {
            _name_attribute(each): value for each, value in element.attrib.items()
        }
        if name in REFUSED_ELEMENTS:
            yield f"found <{name}>, expected none in a picture"
        for mistake in list_mistakes_besides_address_targets(name, attributes):
            yield mistake.message
        style = "".join(element.itertext()) if name == "style" else ""
        yield from _list_mistakes_in_addresses(name, attributes, style)


def _list_mistakes_in_addresses(
    element_name: str, attributes: Attributes, style: str
) -> Iterator[str]:
    """Yield what is wrong with the addresses in the attributes of an element, and in
    the style sheet in it.
    """
    addresses = [
        *list_addresses_of_element(element_name, attributes),
        *list_addresses_of_style(style),
    ]
    for address in addresses:
        parts = split_target(address.target)
        message = find_mistake_in_address(address, parts, element_name)
        if message:
            yield message


def _drop_namespace(name: str) -> str:
    """Return a name as HTML has it: in small letters, without its namespace."""
    return name.rpartition("}")[2].lower()


def _name_attribute(name: str) -> str:
    """Return the name of an attribute as HTML has it."""
    prefix = "xlink:" if name.startswith(XLINK) else ""
    return f"{prefix}{_drop_namespace(name)}"
