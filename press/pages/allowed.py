"""What the elements of a page may load, run and lead to: a list. What is not on it is a
mistake.

Which elements hold addresses: HTML, https://html.spec.whatwg.org/multipage/indices.html
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from press.ground.errors import quote_words
from press.pages.style_reader import list_style_loads

Attributes = Mapping[str, str]


class AddressUse(Enum):
    """What a browser does with an address."""

    LEAD = auto()  # goes there when a reader asks for it
    LOAD = auto()  # loads it, or sends something there
    SHOW = auto()  # loads a picture, which may also stand in the page as data
    STYLE = auto()  # loads a picture or a font, which may also stand in the page
    SHEET = auto()  # loads a style sheet, which may also stand in the page


# By element and attribute: all that holds one address.
USES = {
    ("a", "href"): AddressUse.LEAD,
    ("a", "xlink:href"): AddressUse.LEAD,
    ("a", "ping"): AddressUse.LOAD,
    ("area", "href"): AddressUse.LEAD,
    ("audio", "src"): AddressUse.LOAD,
    ("blockquote", "cite"): AddressUse.LEAD,
    ("button", "formaction"): AddressUse.LOAD,
    ("del", "cite"): AddressUse.LEAD,
    ("form", "action"): AddressUse.LOAD,
    ("iframe", "src"): AddressUse.LOAD,
    ("image", "href"): AddressUse.SHOW,
    ("image", "xlink:href"): AddressUse.SHOW,
    ("img", "src"): AddressUse.SHOW,
    ("input", "formaction"): AddressUse.LOAD,
    ("input", "src"): AddressUse.SHOW,
    ("ins", "cite"): AddressUse.LEAD,
    ("q", "cite"): AddressUse.LEAD,
    ("script", "src"): AddressUse.LOAD,
    ("source", "src"): AddressUse.LOAD,
    ("track", "src"): AddressUse.LOAD,
    ("use", "href"): AddressUse.LOAD,
    ("use", "xlink:href"): AddressUse.LOAD,
    ("video", "poster"): AddressUse.SHOW,
    ("video", "src"): AddressUse.LOAD,
}
# of <link>, by its ``rel``
USES_OF_LINKS = {
    "alternate": AddressUse.LEAD,
    "apple-touch-icon": AddressUse.SHOW,
    "author": AddressUse.LEAD,
    "canonical": AddressUse.LEAD,
    "help": AddressUse.LEAD,
    "icon": AddressUse.SHOW,
    "license": AddressUse.LEAD,
    "modulepreload": AddressUse.LOAD,
    "next": AddressUse.LEAD,
    "preload": AddressUse.LOAD,
    "prev": AddressUse.LEAD,
    "stylesheet": AddressUse.SHEET,
}
SETS = {"srcset", "imagesrcset"}  # of addresses of pictures, each with its size
# attributes that hold addresses: on other elements than those above they are unknown
ADDRESSES = {attribute for _, attribute in USES} | {"background", "data", "manifest"}
# values that browsers read as style sheets are
STYLES = {
    "clip-path",
    "cursor",
    "fill",
    "filter",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "stroke",
    "style",
}
# the content of a template is seen when a script has put it into the page
REFUSED_ELEMENTS = {"base", "embed", "frame", "object", "template"}
REFUSED_ATTRIBUTES = {"srcdoc"}  # a page of its own, with scripts of its own
EVENT = "on"  # with which the names of attributes begin that hold a script
ANIMATED = "attributename"
POLICY = "content-security-policy"
TYPES_OF_DATA = {"application/json", "application/ld+json"}
SCHEMES_OF_LINKS = {"", "http", "https", "mailto"}
# of what may stand in a page as data
MEDIA_TYPES_AS_DATA = {
    AddressUse.SHOW: ("image/",),
    AddressUse.STYLE: ("image/", "font/"),
    AddressUse.SHEET: ("text/css",),
}
REFRESH = "refresh"  # leads readers away, in a way that each browser reads otherwise


class Mistake(NamedTuple):
    """What is wrong, and where: a target, an id, the name of an attribute."""

    where: str
    message: str


class UsedAddress(NamedTuple):
    """An address in a page, and what a browser does with it."""

    target: str
    use: AddressUse


def list_mistakes_besides_address_targets(
    element_name: str, attributes: Attributes
) -> Iterator[Mistake]:
    """Yield what is wrong with an element whatever its addresses are."""
    if element_name in REFUSED_ELEMENTS:
        yield Mistake(element_name, f"found <{element_name}>, expected none in a page")
    if attributes.get("http-equiv", "").lower() == REFRESH:
        message = f"found <{element_name}> that leads elsewhere, expected a link"
        yield Mistake(REFRESH, message)
    for attribute, value in attributes.items():
        if attribute.startswith(EVENT) or attribute in REFUSED_ATTRIBUTES:
            message = (
                f"found the attribute {attribute} of <{element_name}>, expected none"
            )
            yield Mistake(attribute, message)
        elif (
            attribute in ADDRESSES
            and _find_address_use(element_name, attribute, attributes) is None
        ):
            message = (
                f"found the address of an unknown kind, {attribute} of <{element_name}>"
            )
            yield Mistake(value, f"{message}, expected one that is known")
    animated = attributes.get(ANIMATED, "").lower()
    if animated in ADDRESSES or animated.startswith(EVENT):
        yield Mistake(
            animated, f"found <{element_name}> changing {animated}, expected none"
        )


def list_addresses_of_element(
    element_name: str, attributes: Attributes
) -> Iterator[UsedAddress]:
    """Yield each address in the attributes of an element of a known kind."""
    for attribute, value in attributes.items():
        if attribute in SETS:
            for part in value.split(","):
                if part.strip():
                    yield UsedAddress(part.split()[0], AddressUse.SHOW)
        elif attribute in STYLES:
            yield from list_addresses_of_style(value)
        else:
            use = _find_address_use(element_name, attribute, attributes)
            if use:
                yield UsedAddress(value, use)
            if use is AddressUse.SHEET and _is_data(value):
                yield from list_addresses_of_style(_decode_data_url(value))


def list_addresses_of_style(style: str) -> Iterator[UsedAddress]:
    """Yield what a style sheet loads, or the value of an attribute that is read as
    one.
    """
    for load in list_style_loads(style):
        # another sheet would be waited for
        yield UsedAddress(
            load.target, AddressUse.LOAD if load.is_sheet else AddressUse.STYLE
        )


def _is_data(address: str) -> bool:
    """Tell whether an address holds what it leads to."""
    parts = split_target(address)
    return isinstance(parts, SplitResult) and parts.scheme == "data"


def _decode_data_url(address: str) -> str:
    """Return the text that an address holds, "" if it cannot be read."""
    head, _, body = address.partition(",")
    if not head.lower().endswith(";base64"):
        return unquote(body)
    try:
        return base64.b64decode(body).decode("utf-8", "replace")
    except binascii.Error:
        return ""


def _find_address_use(
    element_name: str, attribute: str, attributes: Attributes
) -> AddressUse | None:
    """Return what a browser does with an attribute of an element; nothing if it holds
    no address, or is not known to.
    """
    if (element_name, attribute) == ("link", "href"):
        relations = attributes.get("rel", "").lower().split()
        uses = {USES_OF_LINKS.get(relation, AddressUse.LOAD) for relation in relations}
        return uses.pop() if len(uses) == 1 else AddressUse.LOAD
    return USES.get((element_name, attribute))


def find_mistake_in_address(
    address: UsedAddress, parts: SplitResult | ValueError, element_name: str
) -> str:
    """Return what is wrong with an address, taken apart, of an element of a name: one
    that leads out of the site or nowhere; "" if nothing.
    """
    target, use = address
    if isinstance(parts, ValueError):
        return f"found a link to {target}, expected an address: {parts}"
    if is_internal(parts):
        return ""
    media_type = parts.path.partition(",")[0].lower()
    is_data = parts.scheme == "data"
    if use is AddressUse.LEAD:
        # a page as data is one that a browser would run
        harmless = is_data and "html" not in media_type
        if harmless or parts.scheme in SCHEMES_OF_LINKS:
            return ""
        scheme = quote_words(f"{parts.scheme}:")
        return f"a link begins with {scheme}, expected http, https or mailto"
    if is_data and media_type.startswith(MEDIA_TYPES_AS_DATA.get(use, ())):
        return ""
    expected = "nothing as data" if is_data else "nothing from another host"
    return f"found <{element_name}> loading {target}, expected {expected}"


def split_target(target: str) -> SplitResult | ValueError:
    """Return a target taken apart, or why it cannot be."""
    try:
        return urlsplit(target)
    except ValueError as error:
        return error


def is_internal(parts: SplitResult) -> bool:
    """Tell whether a target, taken apart, lies within the site."""
    return not (parts.scheme or parts.netloc)


def is_script(name: str, attributes: Attributes) -> bool:
    """Tell whether an element is a script that a browser runs, not data."""
    return name == "script" and attributes.get("type", "") not in TYPES_OF_DATA


def is_policy(name: str, attributes: Attributes) -> bool:
    """Tell whether an element says what its page may load and run."""
    return name == "meta" and attributes.get("http-equiv", "").lower() == POLICY
