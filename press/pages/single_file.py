"""An edition as one page that reads without a network: it holds what it loads, and what
is told beside it.
"""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Sequence

from press.ground.address import BaseUrl
from press.pages.assets import LOADED, make_style_sheet
from press.pages.file import FilesByAddress

MEDIA_TYPES = {
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
STYLE = re.compile(r"<style\b[^>]*>((?:[^<]++|<(?!/style>))*+)", re.IGNORECASE)
MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
# of another file of the site
TARGET = re.compile(r'(<(\w+)\b[^<>]*?) (href|src)="([^"#:]+)(#[^"]*)?"')


def join_pages_with_loaded_files(
    site: FilesByAddress, page_addresses: Sequence[str], base: BaseUrl
) -> bytes:
    """Return the first of some pages of one folder with what the others tell below it,
    and with all that it loads.

    Links between them stay in it. Others have full addresses; where nobody has said
    where the site will be, they are words: the page may lie anywhere.
    """
    first, *others = page_addresses
    text = site[first].text
    folder = posixpath.dirname(first)
    ids = {first: ""}
    for page in others:
        main = MAIN.search(site[page].text)
        if main and "</main>" in text:
            ids[page] = posixpath.basename(page)
            section = f'<section id="{ids[page]}">{main[1]}</section>\n'
            text = text.replace("</main>", f"{section}</main>")

    def rewrite_link(found: re.Match[str]) -> str:
        tag, name, attribute, target, anchor = found.groups(default="")
        address = posixpath.normpath(posixpath.join(folder, target))
        if address in ids:
            return f'{tag} href="{anchor or "#" + ids[address]}"'
        if name != "a" and address in site:
            return f'{tag} {attribute}="{_make_data_url(site, address)}"'
        if not base.url:
            return tag
        return f'{tag} href="{base.absolute(address)}{anchor}"'

    for style in STYLE.findall(text):
        filled = _embed_files_in_style_sheet(site, folder, style)
        text = text.replace(style, filled)
        name = make_style_sheet(style).name
        text = text.replace(name, make_style_sheet(filled).name)
    return TARGET.sub(rewrite_link, text).encode()


def _make_data_url(site: FilesByAddress, file_address: str) -> str:
    """Return a file as an address that holds it."""
    body = site[file_address].body
    place, suffix = posixpath.splitext(file_address)
    if suffix == ".css":
        body = _embed_files_in_style_sheet(
            site, posixpath.dirname(place), body.decode()
        ).encode()
    media_type = MEDIA_TYPES.get(suffix, "application/octet-stream")
    return f"data:{media_type};base64,{base64.b64encode(body).decode()}"


def _embed_files_in_style_sheet(site: FilesByAddress, folder: str, style: str) -> str:
    """Return a style sheet that holds what it loads."""

    def embed_file(found: re.Match[str]) -> str:
        return f"url({_make_data_url(site, posixpath.join(folder, found[1]))})"

    return LOADED.sub(embed_file, style)
