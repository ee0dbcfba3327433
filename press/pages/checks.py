"""Looking at the finished site before it is written: links, anchors, addresses, what is
loaded from elsewhere.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from press.ground.address import Base
from press.ground.cache import PAGES
from press.ground.errors import Problems, quoted, similar
from press.ground.files import ENGINE, line_of, read, shown
from press.ground.guard import Place
from press.ground.invisible import REFERENCE, Found, find_references, invisible_in
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
SEARCHED = {".css", ".csv", ".html", ".toml"}  # files in which a target may stand
LONGEST_TARGET = 2_000  # characters of one that is looked for
# references of which most pages have many
COMMON = {"&amp;", "&lt;", "&gt;", "&quot;", "&#34;", "&#39;"}
CSS_LOAD = re.compile(
    r"(?:(@import)\s+(?:url\()?|url\()\s*[\"']?(?!data:)([^\"')\s;]*)", re.IGNORECASE
)


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
    shown = {
        address: file
        for address, file in site.items()
        if address.endswith(".html") and not file.kept
    }
    pages = {
        address: read_page(file.body, address, base) for address, file in shown.items()
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
                    similar(leads_to, site),
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
                    similar(anchor, ids.get(leads_to, ())),
                )
    _check_style_sheets(site, base, root, problems)
    problems.stop_if_any()


class _PageParser(HTMLParser):
    """Notes the ids of a page, the targets of its tags, what is wrong with these, and
    what its style sheets load.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.has_elements = False
        self.ids = list[str]()
        self.targets = dict[str, None]()
        self.wrong = dict[tuple[str, str], None]()  # a target, and what is wrong
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what matters of an opening tag."""
        self.has_elements = True
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        for target in _targets(attributes):
            self.targets[target] = None
            if mistake := _mistake_in(target, tag, attributes):
                self.wrong[target, mistake] = None

    def handle_data(self, data: str) -> None:
        """Note what a style sheet loads; that of another sheet is told elsewhere."""
        if self.cdata_elem == "style":
            for sheet, target in CSS_LOAD.findall(data):
                if not sheet:
                    self.targets[target] = None


def read_page(page: bytes, address: str, base: Base) -> Seen:
    """Return what a page shows by itself."""
    return PAGES.get(
        ("links", page, address, base), lambda _: _seen(page, address, base)
    )


def _seen(page: bytes, address: str, base: Base) -> Seen:
    text = page.decode()
    parser = _PageParser(text)
    wrong = list(_of_ids(parser.ids, address))
    if not parser.has_elements:
        wrong.append(
            (f"<{address}>", f"found no elements, expected a page (in {address})")
        )
    wrong += (
        (found.written, f"{found.message} (in {address})")
        for found in _invisible(page, text)
    )
    wrong += ((target, f"{mistake} (in {address})") for target, mistake in parser.wrong)
    links = list[tuple[str, str, str]]()
    for target in parser.targets:
        if not _is_elsewhere(target):
            parts = urlsplit(target)
            leads_to = _resolve(parts.path, address, base)
            links.append((target, leads_to, unquote(parts.fragment)))
    return Seen(tuple(parser.ids), tuple(links), tuple(wrong))


def _invisible(page: bytes, text: str) -> list[Found]:
    """Return each invisible character of a page once, also by its reference: code of
    the story may have made it.
    """
    characters = {Found(0, character, character) for character in invisible_in(page)}
    references = find_references("".join({*REFERENCE.findall(text)} - COMMON))
    return sorted(characters | {each._replace(start=0) for each in references})


def _of_ids(ids: Iterable[str], address: str) -> Iterator[tuple[str, str]]:
    """Yield each id that a page has twice: a link to it leads to the first."""
    for name, count in Counter(ids).items():
        if count > 1:
            yield (
                f"#{name}",
                (
                    f"found the id {quoted(name)} {count} times in {address}, expected"
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
        line = line_of(read(path, root), asked)
        if line > 1:
            return shown(path, root), line
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
    try:
        parts = urlsplit(target)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


def _targets(attributes: Mapping[str, str]) -> Iterator[str]:
    if "href" in attributes:
        yield attributes["href"]
    for name in LOADING & attributes.keys():
        if name == "srcset":
            sources = attributes[name].split(",")
            yield from (source.split()[0] for source in sources if source.strip())
        else:
            yield attributes[name]


def _mistake_in(target: str, tag: str, attributes: Mapping[str, str]) -> str:
    """Return what is wrong with a link that leads out of the site, or nowhere; an empty
    text if nothing.
    """
    try:
        parts = urlsplit(target)
    except ValueError as error:
        return f"found a link to {target}, expected an address: {error}"
    if not (parts.scheme or parts.netloc):
        return ""
    loads = tag != "a" and attributes.get("rel") != "canonical"
    if (loads or "ping" in attributes) and parts.scheme != "data":
        return f"found <{tag}> loading {target}, expected nothing from another host"
    if parts.scheme in {"", "http", "https", "mailto"}:
        return ""
    # a browser would run the scripts of a page
    if parts.scheme == "data" and "html" not in parts.path.partition(",")[0].lower():
        return ""
    return (
        f"a link begins with {quoted(parts.scheme + ':')}, expected http, https or"
        " mailto"
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
