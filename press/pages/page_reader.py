"""Pages as browsers read them: their ids, where their links lead, what is wrong."""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from press.ground.address import Base
from press.ground.cache import PAGES
from press.ground.errors import quote_words
from press.ground.invisible import (
    REFERENCE,
    Found,
    collect_invisible,
    locate_references,
)

LOADING_ATTRIBUTES = {
    "ping",
    "src",
    "srcset",
    "poster",
    "data",
    "background",
    "action",
    "formaction",
    "xlink:href",
}
ATTRIBUTES_READ = "|".join(sorted(LOADING_ATTRIBUTES | {"id", "href"}))
INSIDE = r"""(?:[^"'>]{}|"[^"]*+"|'[^']*+')"""  # of a tag
# An opening tag with an attribute that matters: most are of drawings, which have but
# places and colours.
OPENING_TAG = re.compile(
    rf"<([a-z][a-z0-9-]*+)(?={INSIDE.format('')}*?\s(?:{ATTRIBUTES_READ})\b)({INSIDE.format('++')}*+)>",
    re.IGNORECASE,
)
ATTRIBUTE_IN_TAG = re.compile(
    r"([^\s=>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?"
)
STYLE = re.compile(r"<style\b[^>]*>((?:[^<]++|<(?!/style>))*+)", re.IGNORECASE)
# references of which most pages have many
COMMON_REFERENCES = {"&amp;", "&lt;", "&gt;", "&quot;", "&#34;", "&#39;"}
LOADED_BY_STYLE = re.compile(
    r"(?:(@import)\s+(?:url\()?|url\()\s*[\"']?(?!data:)([^\"')\s;]*)", re.IGNORECASE
)
SCHEMES_OF_LINKS = {"", "http", "https", "mailto"}


class Mistake(NamedTuple):
    """What is wrong, and where: a target, an id."""

    where: str
    message: str


class TagLink(NamedTuple):
    """A target within the site as a tag has it, taken apart."""

    target: str
    path: str
    anchor: str


class OpeningTag(NamedTuple):
    """An opening tag: its id, if it has one, what is wrong with its targets, and those
    within the site.
    """

    id: str | None
    wrong: tuple[Mistake, ...]
    links: tuple[TagLink, ...]


class PageLink(NamedTuple):
    """A target as a page has it, and where it leads: the address of a file, an anchor
    in it or "".
    """

    target: str
    address: str
    anchor: str


class ReadPage(NamedTuple):
    """What a page shows by itself: its ids, where its links lead within the site, and
    what is wrong with it.
    """

    ids: tuple[str, ...]
    links: tuple[PageLink, ...]
    wrong: tuple[Mistake, ...]


class PageReader:
    """Reads the pages of a site as browsers do; they have most tags in common, each of
    which is taken apart once.
    """

    def __init__(self, base: Base) -> None:
        """Read pages of a site that is served at ``base``."""
        self._base = base
        self._read_tag = cache(_read_tag)
        self._resolve = cache(resolve_path)

    def read(self, page: bytes, address: str) -> ReadPage:
        """Return what a page shows by itself, from before where it is the same."""
        key = ("links", page, address, self._base)
        return PAGES.get(key, lambda _: self._read(page, address))

    def _read(self, page: bytes, address: str) -> ReadPage:
        text = page.decode()
        tags = [
            self._read_tag(found[1].lower(), found[2])
            for found in OPENING_TAG.finditer(text)
        ]
        ids = tuple(tag.id for tag in tags if tag.id is not None)
        links = dict[str, PageLink]()
        for target in _list_loaded_by_styles(text):
            leads_to = self._resolve(target, address, self._base)
            links[target] = PageLink(target, leads_to, "")
        lack = _find_lack_of_elements(text, address)
        wrong = [lack] if lack else []
        wrong += _list_invisible_characters(page)
        for tag in tags:
            wrong += tag.wrong
            for target, path, anchor in tag.links:
                if target not in links:
                    leads_to = self._resolve(path, address, self._base)
                    links[target] = PageLink(target, leads_to, anchor)
        mistakes = list(_list_repeated_ids(ids, address))
        for where, message in wrong:
            mistakes.append(Mistake(where, f"{message} (in {address})"))
        return ReadPage(ids, tuple(links.values()), tuple(mistakes))


def _list_loaded_by_styles(text: str) -> Iterator[str]:
    """Yield what the style sheets in a page load from the site itself."""
    for sheet in STYLE.findall(text):
        for imported, target in LOADED_BY_STYLE.findall(sheet):
            if not imported and not is_external(target):
                yield target


def _find_lack_of_elements(text: str, address: str) -> Mistake | None:
    """Return what is wrong with a page that holds no elements; nothing of any other."""
    if re.search("<[A-Za-z]", text):
        return None
    return Mistake(f"<{address}>", "found no elements, expected a page")


def _list_invisible_characters(page: bytes) -> Iterator[Mistake]:
    """Yield each invisible character of a page once, also by its reference, which code
    of the story may have made.
    """
    written = "".join({*REFERENCE.findall(page.decode())} - COMMON_REFERENCES)
    found = {Found(0, character, character) for character in collect_invisible(page)}
    found |= {reference._replace(start=0) for reference in locate_references(written)}
    for each in sorted(found):
        yield Mistake(each.written, each.message)


def _list_repeated_ids(ids: Iterable[str], address: str) -> Iterator[Mistake]:
    """Yield each id that a page has twice: a link to it leads to the first."""
    for name, count in Counter(ids).items():
        if count > 1:
            message = (
                f"found the id {quote_words(name)} {count} times in {address},"
                " expected it"
                " once"
            )
            yield Mistake(f"#{name}", message)


def _read_tag(name: str, inside: str) -> OpeningTag:
    """Return an opening tag of a name, with what is inside it behind that."""
    attributes = dict[str, str]()
    for own, double, single, bare in ATTRIBUTE_IN_TAG.findall(inside):
        attributes[own.lower()] = html.unescape(double or single or bare)
    wrong = list[Mistake]()
    links = list[TagLink]()
    for target in _list_targets(attributes):
        parts = _split_target(target)
        message = _find_mistake_in_target(target, parts, name, attributes)
        if message:
            wrong.append(Mistake(target, message))
        if isinstance(parts, SplitResult) and not (parts.scheme or parts.netloc):
            links.append(TagLink(target, parts.path, unquote(parts.fragment)))
    return OpeningTag(attributes.get("id"), tuple(wrong), tuple(links))


def _list_targets(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield what the attributes of a tag lead to and load."""
    if "href" in attributes:
        yield attributes["href"]
    for name in LOADING_ATTRIBUTES & attributes.keys():
        value = attributes[name]
        if name != "srcset":
            yield value
            continue
        for part in value.split(","):
            if part.strip():
                yield part.split()[0]


def is_external(target: str) -> bool:
    """Tell whether an address names a host or a scheme, or cannot be read."""
    parts = _split_target(target)
    return isinstance(parts, ValueError) or bool(parts.scheme or parts.netloc)


def _split_target(target: str) -> SplitResult | ValueError:
    """Return a link taken apart, or why it cannot be."""
    try:
        return urlsplit(target)
    except ValueError as error:
        return error


def _find_mistake_in_target(
    target: str,
    parts: SplitResult | ValueError,
    name: str,
    attributes: Mapping[str, str],
) -> str:
    """Return what is wrong with a link that leads out of the site, or nowhere; "" if
    nothing.
    """
    if isinstance(parts, ValueError):
        return f"found a link to {target}, expected an address: {parts}"
    if not (parts.scheme or parts.netloc):
        return ""
    is_data = parts.scheme == "data"
    leads = name == "a" or attributes.get("rel") == "canonical"
    loads = "ping" in attributes or not leads
    if loads and not is_data:
        return f"found <{name}> loading {target}, expected nothing from another host"
    media_type = parts.path.partition(",")[0].lower()
    # a page as data is one that a browser would run
    harmless = is_data and "html" not in media_type
    if harmless or parts.scheme in SCHEMES_OF_LINKS:
        return ""
    return (
        f"a link begins with {quote_words(parts.scheme + ':')}, expected http, https or"
        " mailto"
    )


def resolve_path(path: str, address: str, base: Base) -> str:
    """Return the address of the file that a link's path leads to from the page at
    ``address``.
    """
    if not path:
        return address
    if path.startswith("/"):
        found = path.removeprefix(base.path)
    else:
        joined = posixpath.join(posixpath.dirname(address), unquote(path))
        found = posixpath.normpath(joined).removeprefix(".")
    if path.endswith("/") or not found:
        return posixpath.join(found, "index.html")
    return found
