"""Looking at the finished site before it is written: links, anchors, addresses, what is
loaded from elsewhere.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from press.ground.address import Base
from press.ground.cache import PAGES
from press.ground.errors import Problems, quote_words, suggest_similar
from press.ground.files import ENGINE, find_line_or_first, format_path, read_text
from press.ground.guard import Place
from press.ground.invisible import (
    REFERENCE,
    Found,
    collect_invisible,
    locate_references,
)
from press.pages.file import File, Site

LOADING = {
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
NAMES = "|".join(sorted(LOADING | {"id", "href"}))
INSIDE = r"""(?:[^"'>]{}|"[^"]*+"|'[^']*+')"""  # of a tag
# An opening tag with an attribute that matters: most are of drawings, which have but
# places and colours.
TAG = re.compile(
    rf"<([a-z][a-z0-9-]*+)(?={INSIDE.format('')}*?\s(?:{NAMES})\b)({INSIDE.format('++')}*+)>",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"([^\s=>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
SEARCHED = {".css", ".csv", ".html", ".toml"}  # files in which a target may stand
LONGEST_TARGET = 2_000  # characters of one that is looked for
STYLE = re.compile(r"<style\b[^>]*>((?:[^<]++|<(?!/style>))*+)", re.IGNORECASE)
# references of which most pages have many
COMMON = {"&amp;", "&lt;", "&gt;", "&quot;", "&#34;", "&#39;"}
CSS_LOAD = re.compile(
    r"(?:(@import)\s+(?:url\()?|url\()\s*[\"']?(?!data:)([^\"')\s;]*)", re.IGNORECASE
)


class OpeningTag(NamedTuple):
    """An opening tag: its id, if it has one, what is wrong with its targets, and of the
    others path and anchor.
    """

    id: str | None
    wrong: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str, str], ...]


class Seen(NamedTuple):
    """What a page shows by itself: its ids, where its links lead within the site, and
    what is wrong with it.

    ``links`` are target, address and anchor; ``wrong`` is where (a target, an id) and a
    message.
    """

    ids: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    wrong: tuple[tuple[str, str], ...]


def check(site: Site, base: Base, root: Path) -> None:
    """Raise ``BuildError`` with every problem of the finished site, each at the file
    that it was made from.
    """
    problems = Problems()
    reader = PageReader(base)
    shown = {
        address: file
        for address, file in site.items()
        if address.endswith(".html") and not file.kept
    }
    pages = {
        address: reader.read(file.body, address) for address, file in shown.items()
    }
    ids = {address: frozenset(page.ids) for address, page in pages.items()}
    for address, page in pages.items():
        for where, message in page.wrong:
            problems.add(*_find_source(where, site[address], root), message)
        for target, leads_to, anchor in page.links:
            if leads_to not in site:
                message = (
                    f"found a link to {target}, expected a file of the site (in"
                    f" {address})"
                )
                problems.add(
                    *_find_source(target, site[address], root),
                    message,
                    suggest_similar(leads_to, site),
                )
            elif (
                anchor
                and not site[leads_to].kept
                and anchor not in ids.get(leads_to, ())
            ):
                message = (
                    f"found a link to {target}, expected an anchor #{anchor} in"
                    f" {leads_to} (in {address})"
                )
                problems.add(
                    *_find_source(target, site[address], root),
                    message,
                    suggest_similar(anchor, ids.get(leads_to, ())),
                )
    _check_style_sheets(site, base, root, problems)
    problems.stop_if_any()


class PageReader:
    """Reads the pages of a site as browsers do; they have most tags in common, each of
    which is taken apart once.
    """

    def __init__(self, base: Base) -> None:
        """Read pages of a site that is served at ``base``."""
        self._base = base
        self._read_tag = cache(_read_tag)
        self._resolve = cache(_resolve)

    def read(self, page: bytes, address: str) -> Seen:
        """Return what a page shows by itself."""
        return PAGES.get(
            ("links", page, address, self._base), lambda _: self._read(page, address)
        )

    def _read(self, page: bytes, address: str) -> Seen:
        text = page.decode()
        tags = [
            self._read_tag(found[1].lower(), found[2]) for found in TAG.finditer(text)
        ]
        return _seen(
            page,
            text,
            tags,
            address,
            partial(self._resolve, address=address, base=self._base),
        )


def _seen(
    page: bytes,
    text: str,
    tags: Sequence[OpeningTag],
    address: str,
    resolve: Callable[[str], str],
) -> Seen:
    """Return what a page shows whose opening tags are ``tags``; ``resolve`` gives the
    file that a path leads to.
    """
    ids = tuple(tag.id for tag in tags if tag.id is not None)
    wrong = list(_of_ids(ids, address))
    if not re.search("<[A-Za-z]", text):
        wrong.append(
            (f"<{address}>", f"found no elements, expected a page (in {address})")
        )
    wrong += (
        (found.written, f"{found.message} (in {address})")
        for found in _invisible(page, text)
    )
    wrong += (
        (target, f"{mistake} (in {address})")
        for tag in tags
        for target, mistake in tag.wrong
    )
    loaded = (
        target
        for sheet in STYLE.findall(text)
        for other, target in CSS_LOAD.findall(sheet)
        if not other
    )
    links = {
        each: (each, resolve(each), "") for each in loaded if not _is_elsewhere(each)
    }
    for target, path, anchor in (link for tag in tags for link in tag.links):
        if target not in links:
            links[target] = target, resolve(path), anchor
    return Seen(ids, tuple(links.values()), tuple(wrong))


def _invisible(page: bytes, text: str) -> list[Found]:
    """Return each invisible character of a page once, also by its reference: code of
    the story may have made it.
    """
    characters = {
        Found(0, character, character) for character in collect_invisible(page)
    }
    references = locate_references("".join({*REFERENCE.findall(text)} - COMMON))
    return sorted(characters | {each._replace(start=0) for each in references})


def _read_tag(name: str, inside: str) -> OpeningTag:
    """Return an opening tag of a name, with what is inside it behind that."""
    attributes = {
        own.lower(): html.unescape(a or b or c)
        for own, a, b, c in ATTRIBUTE.findall(inside)
    }
    found = [(target, _parts(target)) for target in _targets(attributes)]
    wrong = [
        (target, _mistake_in(target, parts, name, attributes))
        for target, parts in found
    ]
    links = [
        (target, parts.path, unquote(parts.fragment))
        for target, parts in found
        if isinstance(parts, SplitResult) and not (parts.scheme or parts.netloc)
    ]
    return OpeningTag(
        attributes.get("id"), tuple(each for each in wrong if each[1]), tuple(links)
    )


def _of_ids(ids: Iterable[str], address: str) -> Iterator[tuple[str, str]]:
    """Yield each id that a page has twice: a link to it leads to the first."""
    for name, count in Counter(ids).items():
        if count > 1:
            yield (
                f"#{name}",
                (
                    f"found the id {quote_words(name)} {count} times in {address},"
                    " expected"
                    " it once"
                ),
            )


def _find_source(what: str, file: File, root: Path) -> Place:
    """Return where a link's target or an id was written.

    That is in a text, a template, a style sheet, or the data; else what made the page.
    """
    known = file.place_of(what)
    if known != (file.origin, 1) or len(what) > LONGEST_TARGET:
        return known
    asked = rf"""[=("'# ,]{re.escape(what.lstrip("#"))}["')\s>,]"""
    templates = (*root.glob("templates/**/*.html"), *ENGINE.glob("theme/*.html"))
    data = (*root.glob("data/*.csv"), *root.glob("data/*.toml"))
    for path in (root / file.origin, *sorted(templates), *sorted(data)):
        if path.suffix not in SEARCHED or not path.exists():
            continue
        line = find_line_or_first(read_text(path, root), asked)
        if line > 1:
            return format_path(path, root), line
    return known


def _check_style_sheets(site: Site, base: Base, root: Path, problems: Problems) -> None:
    """Note what a style sheet loads that is no file of the site, and any
    other sheet.
    """
    for address, file in site.items():
        for sheet, target in (
            CSS_LOAD.findall(file.text)
            if address.endswith(".css") and not file.kept
            else ()
        ):
            if (
                sheet
                or _is_elsewhere(target)
                or _resolve(target, address, base) not in site
            ):
                told = (
                    f"found a style sheet ({address}) that loads {target}, expected a"
                    " file of templates/static/"
                )
                problems.add(*_find_source(target, file, root), told)


def _is_elsewhere(target: str) -> bool:
    """Tell whether an address names a host or a scheme, or cannot be read."""
    parts = _parts(target)
    return isinstance(parts, ValueError) or bool(parts.scheme or parts.netloc)


def _targets(attributes: Mapping[str, str]) -> Iterator[str]:
    if "href" in attributes:
        yield attributes["href"]
    for name in LOADING & attributes.keys():
        value = attributes[name]
        yield from (
            (part.split()[0] for part in value.split(",") if part.strip())
            if name == "srcset"
            else (value,)
        )


def _parts(target: str) -> SplitResult | ValueError:
    """Return a link taken apart, or why it cannot be."""
    try:
        return urlsplit(target)
    except ValueError as error:
        return error


def _mistake_in(
    target: str,
    parts: SplitResult | ValueError,
    name: str,
    attributes: Mapping[str, str],
) -> str:
    """Return what is wrong with a link that leads out of the site, or nowhere; an empty
    text if nothing.
    """
    if isinstance(parts, ValueError):
        return f"found a link to {target}, expected an address: {parts}"
    if not (parts.scheme or parts.netloc):
        return ""
    loads = "ping" in attributes or (
        name != "a" and attributes.get("rel") != "canonical"
    )
    if loads and parts.scheme != "data":
        return f"found <{name}> loading {target}, expected nothing from another host"
    known = parts.scheme in {"", "http", "https", "mailto"}
    # which a browser would run
    known |= (
        parts.scheme == "data" and "html" not in parts.path.partition(",")[0].lower()
    )
    return (
        ""
        if known
        else (
            f"a link begins with {quote_words(parts.scheme + ':')}, expected http,"
            " https or"
            " mailto"
        )
    )


def _resolve(path: str, address: str, base: Base) -> str:
    """Return the address of the file that a link's path leads to from the page at
    ``address``.
    """
    if not path:
        return address
    if path.startswith("/"):
        found = path.removeprefix(base.path)
    else:
        found = posixpath.normpath(
            posixpath.join(posixpath.dirname(address), unquote(path))
        ).removeprefix(".")
    return (
        posixpath.join(found, "index.html")
        if path.endswith("/") or not found
        else found
    )
