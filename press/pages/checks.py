"""Looking at the finished site before it is written: links, anchors, addresses, what is
loaded from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import SplitResult

from press.ground.address import BaseUrl
from press.ground.errors import Problems, suggest_similar_or_all
from press.ground.files import find_line_number_or_one, format_path, read_text
from press.ground.guard import PathAndLine
from press.pages.addresses import ASSETS
from press.pages.allowed import (
    AddressUse,
    UsedAddress,
    find_mistake_in_address,
    is_internal,
    split_target,
)
from press.pages.file import File, FilesByAddress
from press.pages.page_reader import PageLink, PageReader, ParsedPage, resolve_link_path
from press.pages.picture_reader import list_mistakes_of_svg
from press.pages.style_reader import list_style_loads

# files in which a target may stand
SUFFIXES_WITH_TARGETS = {".css", ".csv", ".html", ".toml"}
# files by which browsers load or run something: those that are read here, and others
LOOKED_INTO = {".css", ".html", ".svg"}
NOT_LOOKED_INTO = {
    ".htm",
    ".mht",
    ".mhtml",
    ".shtml",
    ".svgz",
    ".xht",
    ".xhtml",
    ".xml",
    ".xsl",
}
# how a picture of a kind begins, whatever it shows
SIGNATURES = {
    ".gif": b"GIF8",
    ".jpeg": b"\xff\xd8\xff",
    ".jpg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".webp": b"RIFF",
}
LONGEST_TARGET = 2_000  # characters of one that is looked for


def check_finished_site(site: FilesByAddress, base: BaseUrl, root: Path) -> None:
    """Raise ``BuildError`` with every problem of the finished site, each at the file
    that it was made from.
    """
    problems = Problems()
    reader = PageReader(base)
    pages = dict[str, ParsedPage]()
    for address, file in site.items():
        if address.endswith(".html") and not file.kept:
            pages[address] = reader.read(file.body, address)
    ids = {address: frozenset(page.ids) for address, page in pages.items()}
    for address, page in pages.items():
        file = site[address]
        for where, message in page.wrong:
            problems.add(*_find_place_or_origin(where, file, root), message)
        for link in page.links:
            fault = _find_fault_of_link(link, address, site, ids)
            if fault:
                problems.add(*_find_place_or_origin(link.target, file, root), *fault)
    for address, file in site.items():
        if not file.kept:
            _check_picture_or_style_sheet(address, site, base, root, problems)
    problems.stop_if_any()


def _check_picture_or_style_sheet(
    address: str, site: FilesByAddress, base: BaseUrl, root: Path, problems: Problems
) -> None:
    """Add what is wrong with a file of the site that is a picture or a style sheet, or
    of a kind that is not looked into.
    """
    file = site[address]
    suffix = PurePosixPath(address).suffix
    may_run = suffix.lower() in LOOKED_INTO | NOT_LOOKED_INTO
    if address.startswith(ASSETS) and may_run and suffix not in LOOKED_INTO:
        known = ", ".join(sorted(LOOKED_INTO))
        message = f"found a file {suffix}, which may run something, expected {known}"
        problems.add(file.origin, 1, message)
    if address.endswith(".svg"):
        for message in list_mistakes_of_svg(file.body):
            problems.add(file.origin, 1, f"{message} (in {address})")
    signature = SIGNATURES.get(suffix.lower(), b"")
    # a picture that is still to be drawn is one
    if isinstance(file.content, bytes) and not file.content.startswith(signature):
        message = f"found no picture, expected one of the kind of its name ({address})"
        problems.add(file.origin, 1, message)
    if address.endswith(".css"):
        for target in _list_forbidden_or_missing_targets(address, site, base):
            message = (
                f"found a style sheet ({address}) that loads {target}, expected a file"
                " of templates/static/"
            )
            problems.add(*_find_place_or_origin(target, file, root), message)


class _FaultOfLink(NamedTuple):
    """What is wrong with a link, and what helps."""

    message: str
    hint: str


def _find_fault_of_link(
    link: PageLink,
    page_address: str,
    site: FilesByAddress,
    ids_by_page: Mapping[str, Collection[str]],
) -> _FaultOfLink | None:
    """Return what is wrong with a link of the page; ``ids_by_page`` are those of each
    page, by its address.
    """
    if link.address not in site:
        message = (
            f"found a link to {link.target}, expected a file of the site (in"
            f" {page_address})"
        )
        return _FaultOfLink(message, suggest_similar_or_all(link.address, site))
    if not link.anchor or site[link.address].kept:
        return None
    known = ids_by_page.get(link.address, ())
    if link.anchor in known:
        return None
    message = (
        f"found a link to {link.target}, expected an anchor #{link.anchor} in"
        f" {link.address} (in {page_address})"
    )
    return _FaultOfLink(message, suggest_similar_or_all(link.anchor, known))


def _list_forbidden_or_missing_targets(
    sheet_address: str, site: FilesByAddress, base: BaseUrl
) -> Iterator[str]:
    """Yield what a style sheet loads that is no file of the site, and any other sheet,
    which would be waited for.
    """
    for target, is_sheet in list_style_loads(site[sheet_address].text):
        parts = split_target(target)
        address = UsedAddress(target, AddressUse.STYLE)
        fault = find_mistake_in_address(address, parts, "style")
        is_wrong = is_sheet or bool(fault)
        if not is_wrong and isinstance(parts, SplitResult) and is_internal(parts):
            is_wrong = resolve_link_path(parts.path, sheet_address, base) not in site
        if is_wrong:
            yield target


def _find_place_or_origin(
    target_or_id: str, site_file: File, root: Path
) -> PathAndLine:
    """Return where a link's target or an id was written.

    That is in a text, a template, a style sheet, or the data; else what made the page.
    """
    known = site_file.find_place_of(target_or_id)
    if known != (site_file.origin, 1) or len(target_or_id) > LONGEST_TARGET:
        return known
    asked = rf"""[=("'# ,<]{re.escape(target_or_id.lstrip("#"))}["')\s>,=]"""
    for path in _yield_origin_templates_and_data_files(site_file, root):
        line = find_line_number_or_one(read_text(path, root), asked)
        if line > 1:
            return format_path(path, root), line
    return known


def _yield_origin_templates_and_data_files(
    site_file: File, root: Path
) -> Iterator[Path]:
    """Yield the files in which a target of a file of the site may stand, the likely
    ones first.
    """
    templates = (*root.glob("templates/**/*.html"), *root.glob("templates/**/*.css"))
    data = (*root.glob("data/*.csv"), *root.glob("data/*.toml"))
    for path in (root / site_file.origin, *sorted(templates), *sorted(data)):
        if path.suffix in SUFFIXES_WITH_TARGETS and path.exists():
            yield path
