"""Pages as browsers read them: their ids, where their links lead, what is wrong."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import SplitResult, unquote

from selectolax.lexbor import LexborHTMLParser

from press.ground.address import BaseUrl
from press.ground.cache import PAGES
from press.ground.errors import quote_words
from press.ground.invisible import (
    REFERENCE,
    InvisibleCharacter,
    collect_invisible,
    locate_invisible_references,
)
from press.pages.allowed import (
    Attributes,
    Mistake,
    UsedAddress,
    find_mistake_in_address,
    is_internal,
    is_policy,
    is_script,
    list_addresses_of_element,
    list_addresses_of_style,
    list_mistakes_besides_address_targets,
    split_target,
)

# references of which most pages have many
COMMON_REFERENCES = {"&amp;", "&lt;", "&gt;", "&quot;", "&#34;", "&#39;"}


class PageElement(NamedTuple):
    """An element of a page: its name, its attributes, and the style sheet in it, if it
    is ``<style>``.
    """

    name: str
    attributes: Attributes
    style: str = ""


class PageLink(NamedTuple):
    """A target as a page has it, and where it leads: the address of a file, an anchor
    in it or "".
    """

    target: str
    address: str
    anchor: str


class ParsedPage(NamedTuple):
    """What a page shows by itself: its ids, where its links lead within the site, and
    what is wrong with it.
    """

    ids: tuple[str, ...]
    links: tuple[PageLink, ...]
    wrong: tuple[Mistake, ...]


class PageReader:
    """Reads the pages of a site, served at a base, as browsers do."""

    def __init__(self, base: BaseUrl) -> None:
        """Read pages of a site that is served at ``base``."""
        self._base = base
        self._resolve = cache(resolve_link_path)

    def read(self, page: bytes, address: str) -> ParsedPage:
        """Return what a page shows by itself, from before where it is the same."""
        key = ("links", page, address, self._base)
        return PAGES.get(key, lambda _: self._read_uncached(page, address))

    def _read_uncached(self, page: bytes, address: str) -> ParsedPage:
        text = page.decode()
        elements = list(_parse_elements(text))
        ids = [
            element.attributes["id"]
            for element in elements
            if "id" in element.attributes
        ]
        # most elements stand in a page many times: cells, marks, notes
        by_contents = {
            (element.name, element.style, *element.attributes.items()): element
            for element in elements
        }
        different = list(by_contents.values())
        wrong = [*_find_empty_page_or_missing_policy(different, text, address)]
        wrong += _list_invisible_characters(page)
        links = dict[str, PageLink]()
        for element in different:
            wrong += list_mistakes_besides_address_targets(
                element.name, element.attributes
            )
            addresses = [
                *list_addresses_of_element(element.name, element.attributes),
                *_list_addresses_of_style_cached(element.style),
            ]
            for found in addresses:
                parts = split_target(found.target)
                message = find_mistake_in_address(found, parts, element.name)
                if message:
                    wrong.append(Mistake(found.target, message))
                if isinstance(parts, SplitResult) and is_internal(parts):
                    leads_to = self._resolve(parts.path, address, self._base)
                    anchor = unquote(parts.fragment)
                    links[found.target] = PageLink(found.target, leads_to, anchor)
        mistakes = list(_list_repeated_ids(ids, address))
        for where, message in dict.fromkeys(wrong):
            mistakes.append(Mistake(where, f"{message} (in {address})"))
        return ParsedPage(tuple(ids), tuple(links.values()), tuple(mistakes))


def _parse_elements(text: str) -> Iterator[PageElement]:
    """Yield the elements of a page."""
    root = LexborHTMLParser(text).root
    nodes = root.traverse(include_text=False) if root else ()
    for node in nodes:
        attributes = {
            name.lower(): value or "" for name, value in node.attributes.items()
        }
        style = node.text() if node.tag == "style" else ""
        yield PageElement(node.tag or "", attributes, style)


def _list_addresses_of_style_cached(style: str) -> tuple[UsedAddress, ...]:
    """Return what a style sheet loads that stands in a page, from before: many pages
    share one, and a template is saved more often than a style.
    """
    key = ("addresses of a style", style)
    return PAGES.get(key, lambda _: tuple(list_addresses_of_style(style)))


def _find_empty_page_or_missing_policy(
    elements: Sequence[PageElement], text: str, address: str
) -> Iterator[Mistake]:
    """Yield what is wrong with a page as a whole: that it holds no elements, or a
    script, or runs scripts without a policy that says which.
    """
    if not re.search("<[A-Za-z]", text):
        yield Mistake(f"<{address}>", "found no elements, expected a page")
    scripts = [
        element for element in elements if is_script(element.name, element.attributes)
    ]
    if any("src" not in script.attributes for script in scripts):
        message = "found a script that stands in a page, expected a file of the site"
        yield Mistake(f"<{address}>", message)
    has_policy = any(
        is_policy(element.name, element.attributes) for element in elements
    )
    if scripts and not has_policy:
        message = (
            "found a script in a page without a policy, expected <meta"
            ' http-equiv="Content-Security-Policy">'
        )
        yield Mistake("script", message)


def _list_invisible_characters(page_body: bytes) -> Iterator[Mistake]:
    """Yield each invisible character of a page once, also by its reference, which code
    of the story may have made.
    """
    written = "".join({*REFERENCE.findall(page_body.decode())} - COMMON_REFERENCES)
    found = {
        InvisibleCharacter(0, character, character)
        for character in collect_invisible(page_body)
    }
    found |= {
        reference._replace(start=0)
        for reference in locate_invisible_references(written)
    }
    for each in sorted(found):
        yield Mistake(each.written, each.message)


def _list_repeated_ids(ids: Iterable[str], page_address: str) -> Iterator[Mistake]:
    """Yield each id that a page has twice: a link to it leads to the first."""
    for name, count in Counter(ids).items():
        if count > 1:
            message = (
                f"found the id {quote_words(name)} {count} times in {page_address},"
                " expected it"
                " once"
            )
            yield Mistake(f"#{name}", message)


def resolve_link_path(path: str, page_address: str, base: BaseUrl) -> str:
    """Return the address of the file that a link's path leads to from the page at
    ``page_address``.
    """
    if not path:
        return page_address
    if path.startswith("/"):
        found = path.removeprefix(base.path)
    else:
        joined = posixpath.join(posixpath.dirname(page_address), unquote(path))
        found = posixpath.normpath(joined).removeprefix(".")
    if path.endswith("/") or not found:
        return posixpath.join(found, "index.html")
    return found
