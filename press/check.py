"""Looking at the finished site before it is written: links, anchors, addresses, the content security policy."""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from press.errors import Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.site import Base, File, Site

TAG = re.compile(
    r"<([a-z][a-z0-9-]*)((?:\s+[^\s=>\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*/?>", re.IGNORECASE
)
ATTRIBUTE = re.compile(r"([^\s=>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
LOADS = {"img", "script", "iframe", "source", "video", "audio", "embed", "object"}
CSS_LOAD = re.compile(r"@import|url\(\s*[\"']?(?:[a-z]+:)?//", re.IGNORECASE)


class Tag(NamedTuple):
    """An opening tag: its name and attributes."""

    name: str
    attributes: dict[str, str]


def check(site: Site, base: Base) -> None:
    """Raise ``BuildError`` with every fault of the site, blamed on what it was made from."""
    problems = Problems()
    pages = {address: list(_tags(file.text)) for address, file in site.items() if address.endswith(".html")}
    ids = {address: [tag.attributes["id"] for tag in tags if "id" in tag.attributes] for address, tags in pages.items()}
    for address, tags in pages.items():
        file = site[address]
        for double in sorted({name for name in ids[address] if ids[address].count(name) > 1}):
            problems.add(file.origin, 1, f"found the id {double!r} more than once in {address}, expected it once")
        for tag in tags:
            _check_policy(tag, file, address, problems)
            for target in _targets(tag):
                message, hint = _fault_of(target, tag, _resolve(target, address, base), ids, site)
                if message:
                    problems.add(file.origin, file.lines.get(target, 1), f"{message} (in {address})", hint)
    for address, file in site.items():
        if address.endswith(".css") and CSS_LOAD.search(file.text):
            problems.add(file.origin, 1, f"found a style sheet ({address}) that loads from another host")
    problems.stop_if_any()


def _tags(text: str) -> Iterator[Tag]:
    for found in TAG.finditer(text):
        attributes = ATTRIBUTE.findall(found[2])
        yield Tag(found[1].lower(), {name.lower(): html.unescape(a or b or c) for name, a, b, c in attributes})


def _targets(tag: Tag) -> Iterator[str]:
    if tag.name in {"a", "link", "area"} and "href" in tag.attributes:
        yield tag.attributes["href"]
    if tag.name in LOADS and "src" in tag.attributes:
        yield tag.attributes["src"]


def _check_policy(tag: Tag, file: File, address: str, problems: Problems) -> None:
    inline = [name for name in tag.attributes if name == "style" or re.fullmatch(r"on[a-z]+", name)]
    for name in inline:
        problems.add(
            file.origin,
            1,
            f"found the attribute {name} in <{tag.name}> of {address}, which the policy forbids",
        )
    if tag.name == "style" or (tag.name == "script" and "src" not in tag.attributes and not _is_data(tag)):
        problems.add(file.origin, 1, f"found an inline <{tag.name}> in {address}, which the policy forbids")


def _is_data(tag: Tag) -> bool:
    return tag.attributes.get("type", "").endswith("json")


def _fault_of(target: str, tag: Tag, found: str, ids: dict[str, list[str]], site: Site) -> tuple[str, str]:
    """Return what is wrong with a link that leads to the address ``found``, and a hint; two empty texts if nothing."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        loads = tag.name != "a" and tag.attributes.get("rel") != "canonical" and parts.scheme != "data"
        return (f"found <{tag.name}> loading {target}, expected nothing from another host" if loads else "", "")
    if found not in site:
        return f"found a link to {target}, expected a file of the site", nearest(found, site)
    if parts.fragment and unquote(parts.fragment) not in ids.get(found, []):
        hint = nearest(parts.fragment, ids.get(found, []))
        return f"found a link to {target}, expected an anchor #{parts.fragment} in {found}", hint
    return "", ""


def _resolve(target: str, address: str, base: Base) -> str:
    """Return the address of the file that a link leads to from the page at ``address``."""
    path = urlsplit(target).path
    if not path:
        return address
    if path.startswith("/"):
        found = path.removeprefix(base.path)
    else:
        found = posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(path))).removeprefix(".")
    return posixpath.join(found, "index.html") if path.endswith("/") or not found else found
