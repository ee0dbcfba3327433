"""Looking at the finished site before it is written: links, anchors, addresses, the content security policy."""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from press.address import Base
from press.errors import Problems, quoted, similar
from press.pages.file import File, Site
from press.pages.templates import name_of_style

TAG = re.compile(
    r"<([a-z][a-z0-9-]*)((?:\s+[^\s=>\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*/?>", re.IGNORECASE
)
ATTRIBUTE = re.compile(r"([^\s=>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "xlink:href"}
UNWANTED = {"base", "object", "embed", "form", "iframe"}
STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.IGNORECASE | re.DOTALL)
POLICY = "the site's content security policy"
CSS_LOAD = re.compile(r"@import|url\(\s*[\"']?(?!data:)", re.IGNORECASE)


IN_A_FILE = "put the code into a file of templates/static/"


class Tag(NamedTuple):
    """An opening tag: its name and attributes."""

    name: str
    attributes: dict[str, str]


def check(site: Site, base: Base) -> None:
    """Raise ``BuildError`` with every problem of the finished site, each at the file that it was made from."""
    problems = Problems()
    pages = {address: list(_tags(file.text)) for address, file in site.items() if address.endswith(".html")}
    ids = {address: [tag.attributes["id"] for tag in tags if "id" in tag.attributes] for address, tags in pages.items()}
    for address, tags in pages.items():
        file = site[address]
        _check_head(tags, file, address, problems)
        _check_styles(tags, file, address, problems)
        _check_ids(ids[address], file, address, problems)
        for tag in tags:
            _check_policy(tag, file, address, problems)
            _check_picture(tag, file, address, problems)
            for target in _targets(tag):
                message, hint = _mistake_in(target, tag, address, base, ids, site)
                if message:
                    problems.add(*file.place_of(target), f"{message} (in {address})", hint)
    _check_style_sheets(site, problems)
    problems.stop_if_any()


def _check_ids(ids: list[str], file: File, address: str, problems: Problems) -> None:
    """Note each id that a page has twice: a link to it leads to the first."""
    for name, count in Counter(ids).items():
        if count > 1:
            message = f"found the id {quoted(name)} {count} times in {address}, expected it once"
            problems.add(*file.place_of(f"#{name}"), message)


def _check_style_sheets(site: Site, problems: Problems) -> None:
    """Note each style sheet that loads a file."""
    for address, file in site.items():
        if address.endswith(".css") and CSS_LOAD.search(file.text):
            problems.add(file.origin, 1, f"found a style sheet ({address}) that loads another file, expected none")


def _check_head(tags: list[Tag], file: File, address: str, problems: Problems) -> None:
    """Note a page without language or title, or without exactly one heading of the first level."""
    count = Counter(tag.name for tag in tags)
    for name in ("title", "h1", "main"):
        if count[name] != 1:
            problems.add(file.origin, 1, f"found {count[name]} <{name}> in {address}, expected one")
    if not any(tag.name == "html" and tag.attributes.get("lang") for tag in tags):
        problems.add(file.origin, 1, f"found no lang in <html> of {address}, expected the page's language")


def _check_styles(tags: list[Tag], file: File, address: str, problems: Problems) -> None:
    """Note each style sheet in a page that the page's policy does not name, or that loads a file."""
    told = (tag.attributes for tag in tags if tag.attributes.get("http-equiv") == "Content-Security-Policy")
    policy = " ".join(each.get("content", "") for each in told)
    for text in STYLE.findall(file.text):
        if f"'{name_of_style(text)}'" not in policy:
            hint = "put the rules into templates/static/site.css"
            problems.add(file.origin, 1, f"found <style> in {address}, which {POLICY} forbids", hint)
        if CSS_LOAD.search(text):
            problems.add(file.origin, 1, f"found <style> in {address} that loads another file, expected none")


def _tags(text: str) -> Iterator[Tag]:
    for found in TAG.finditer(text):
        attributes = ATTRIBUTE.findall(found[2])
        yield Tag(found[1].lower(), {name.lower(): html.unescape(a or b or c) for name, a, b, c in attributes})


def _targets(tag: Tag) -> Iterator[str]:
    if "href" in tag.attributes:
        yield tag.attributes["href"]
    for name in LOADING & tag.attributes.keys():
        value = tag.attributes[name]
        yield from (part.split()[0] for part in value.split(",") if part.strip()) if name == "srcset" else (value,)


def _check_picture(tag: Tag, file: File, address: str, problems: Problems) -> None:
    """Note a picture that tells nothing to readers who do not see it."""
    if tag.name == "img" and "alt" not in tag.attributes:
        what = tag.attributes.get("src", "<img>")
        problems.add(*file.place_of(what), f"the picture {what} in {address} has no alternative text")


def _check_policy(tag: Tag, file: File, address: str, problems: Problems) -> None:
    for name in tag.attributes:
        if name == "style" or re.fullmatch(r"on[a-z]+", name):
            message = f"found the attribute {name} in <{tag.name}> of {address}, which {POLICY} forbids"
            problems.add(file.origin, 1, message, "use a class" if name == "style" else IN_A_FILE)
    script = tag.name == "script" and "src" not in tag.attributes and "json" not in tag.attributes.get("type", "")
    refresh = tag.name == "meta" and tag.attributes.get("http-equiv", "").lower() == "refresh"
    if script:
        message = f"found <script> with code in {address}, which {POLICY} forbids"
        problems.add(file.origin, 1, message, IN_A_FILE)
    if tag.name in UNWANTED or refresh:
        problems.add(file.origin, 1, f"found <{tag.name}> in {address}, which no page of the site may have")


def _mistake_in(  # noqa: PLR0913, PLR0917 - all that a link depends on
    target: str, tag: Tag, address: str, base: Base, ids: Mapping[str, list[str]], site: Site
) -> tuple[str, str]:
    """Return what is wrong with a link, and a hint; two empty texts if nothing."""
    try:
        parts = urlsplit(target)
    except ValueError as error:
        return f"found a link to {target}, expected an address: {error}", ""
    if parts.scheme or parts.netloc:
        loads = tag.name != "a" and tag.attributes.get("rel") != "canonical" and parts.scheme != "data"
        if loads:
            return f"found <{tag.name}> loading {target}, expected nothing from another host", ""
        known = parts.scheme in {"", "http", "https", "mailto", "data"}
        return "" if known else f"a link begins with {quoted(parts.scheme + ':')}, expected http, https or mailto", ""
    found = _resolve(parts.path, address, base)
    if found not in site:
        return f"found a link to {target}, expected a file of the site", similar(found, site)
    if parts.fragment and unquote(parts.fragment) not in ids.get(found, []):
        hint = similar(parts.fragment, ids.get(found, []))
        return f"found a link to {target}, expected an anchor #{parts.fragment} in {found}", hint
    return "", ""


def _resolve(path: str, address: str, base: Base) -> str:
    """Return the address of the file that a link's path leads to from the page at ``address``."""
    if not path:
        return address
    if path.startswith("/"):
        found = path.removeprefix(base.path)
    else:
        found = posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(path))).removeprefix(".")
    return posixpath.join(found, "index.html") if path.endswith("/") or not found else found
