"""An edition as one page that reads without a network: it holds what it loads, and what
is told beside it.
"""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Sequence

from press.ground.address import Base
from press.pages.checks import STYLE
from press.pages.file import Site
from press.pages.templates import LOADED, sheet_of

KINDS = {
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
# of another file of the site
TARGET = re.compile(r'(<(\w+)\b[^<>]*?) (href|src)="([^"#:]+)(#[^"]*)?"')


def whole(site: Site, pages: Sequence[str], base: Base) -> bytes:
    """Return the first of some pages of one folder with what the others tell below it,
    and with all that it loads.

    Links between them stay in it. Others have full addresses; where nobody has said
    where the site will be, they are words: the page may lie anywhere.
    """
    text = site[pages[0]].text
    folder = posixpath.dirname(pages[0])
    own = {pages[0]: ""}
    for page in pages[1:]:
        if "</main>" in text and (
            found := re.search(r"<main\b[^>]*>(.*)</main>", site[page].text, re.DOTALL)
        ):
            own[page] = posixpath.basename(page)
            text = text.replace(
                "</main>", f'<section id="{own[page]}">{found[1]}</section>\n</main>'
            )

    def led(found: re.Match[str]) -> str:
        start, tag, attribute, target, anchor = found.groups(default="")
        address = posixpath.normpath(posixpath.join(folder, target))
        if address in own:
            return f'{start} href="{anchor or "#" + own[address]}"'
        if tag != "a" and address in site:
            return f'{start} {attribute}="{_data(site, address)}"'
        return f'{start} href="{base.absolute(address)}{anchor}"' if base.url else start

    for style in STYLE.findall(text):
        full = _filled(site, folder, style)
        text = text.replace(style, full).replace(
            sheet_of(style).name, sheet_of(full).name
        )
    return TARGET.sub(led, text).encode()


def _data(site: Site, address: str) -> str:
    """Return a file as an address that holds it."""
    body, (place, suffix) = site[address].body, posixpath.splitext(address)
    body = (
        _filled(site, posixpath.dirname(place), body.decode()).encode()
        if suffix == ".css"
        else body
    )
    kind = KINDS.get(suffix, "application/octet-stream")
    return f"data:{kind};base64,{base64.b64encode(body).decode()}"


def _filled(site: Site, folder: str, style: str) -> str:
    """Return a style sheet that holds what it loads."""
    return LOADED.sub(
        lambda found: f"url({_data(site, posixpath.join(folder, found[1]))})", style
    )
