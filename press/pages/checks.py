"""Looking at the finished site before it is written: links, anchors, addresses, what is
loaded from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from press.ground.address import Base
from press.ground.errors import Problems, suggest_similar
from press.ground.files import ENGINE, find_line_or_first, format_path, read_text
from press.ground.guard import Place
from press.pages.file import File, Site
from press.pages.page_reader import (
    LOADED_BY_STYLE,
    PageLink,
    PageReader,
    ReadPage,
    is_external,
    resolve_path,
)

# files in which a target may stand
SUFFIXES_WITH_TARGETS = {".css", ".csv", ".html", ".toml"}
LONGEST_TARGET = 2_000  # characters of one that is looked for


def check_finished_site(site: Site, base: Base, root: Path) -> None:
    """Raise ``BuildError`` with every problem of the finished site, each at the file
    that it was made from.
    """
    problems = Problems()
    reader = PageReader(base)
    pages = dict[str, ReadPage]()
    for address, file in site.items():
        if address.endswith(".html") and not file.kept:
            pages[address] = reader.read(file.body, address)
    ids = {address: frozenset(page.ids) for address, page in pages.items()}
    for address, page in pages.items():
        file = site[address]
        for where, message in page.wrong:
            problems.add(*_find_source(where, file, root), message)
        for link in page.links:
            fault = _find_fault_of_link(link, address, site, ids)
            if fault:
                problems.add(*_find_source(link.target, file, root), *fault)
    for address, file in site.items():
        if address.endswith(".css") and not file.kept:
            for target in _list_wrong_style_targets(address, site, base):
                message = (
                    f"found a style sheet ({address}) that loads {target}, expected a"
                    " file of templates/static/"
                )
                problems.add(*_find_source(target, file, root), message)
    problems.stop_if_any()


class _FaultOfLink(NamedTuple):
    """What is wrong with a link, and what helps."""

    message: str
    hint: str


def _find_fault_of_link(
    link: PageLink, address: str, site: Site, ids: Mapping[str, Collection[str]]
) -> _FaultOfLink | None:
    """Return what is wrong with a link of the page at ``address``; ``ids`` are those of
    each page, by its address.
    """
    if link.address not in site:
        message = (
            f"found a link to {link.target}, expected a file of the site (in {address})"
        )
        return _FaultOfLink(message, suggest_similar(link.address, site))
    if not link.anchor or site[link.address].kept:
        return None
    known = ids.get(link.address, ())
    if link.anchor in known:
        return None
    message = (
        f"found a link to {link.target}, expected an anchor #{link.anchor} in"
        f" {link.address} (in {address})"
    )
    return _FaultOfLink(message, suggest_similar(link.anchor, known))


def _list_wrong_style_targets(
    sheet_address: str, site: Site, base: Base
) -> Iterator[str]:
    """Yield what a style sheet loads that is no file of the site, and any other sheet,
    which would be waited for.
    """
    for imported, target in LOADED_BY_STYLE.findall(site[sheet_address].text):
        foreign = imported or is_external(target)
        if foreign or resolve_path(target, sheet_address, base) not in site:
            yield target


def _find_source(target_or_id: str, file: File, root: Path) -> Place:
    """Return where a link's target or an id was written.

    That is in a text, a template, a style sheet, or the data; else what made the page.
    """
    known = file.find_place_of(target_or_id)
    if known != (file.origin, 1) or len(target_or_id) > LONGEST_TARGET:
        return known
    asked = rf"""[=("'# ,]{re.escape(target_or_id.lstrip("#"))}["')\s>,]"""
    for path in _list_files_with_targets(file, root):
        line = find_line_or_first(read_text(path, root), asked)
        if line > 1:
            return format_path(path, root), line
    return known


def _list_files_with_targets(file: File, root: Path) -> Iterator[Path]:
    """Yield the files in which a target of a file of the site may stand, the likely
    ones first.
    """
    templates = (*root.glob("templates/**/*.html"), *ENGINE.glob("theme/*.html"))
    data = (*root.glob("data/*.csv"), *root.glob("data/*.toml"))
    for path in (root / file.origin, *sorted(templates), *sorted(data)):
        if path.suffix in SUFFIXES_WITH_TARGETS and path.exists():
            yield path
