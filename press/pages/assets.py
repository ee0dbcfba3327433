"""Static files: their addresses, and style sheets that stand in pages."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from markupsafe import Markup

from press.ground.colour import Palette
from press.ground.files import hash_parts
from press.pages.addresses import ASSETS
from press.pages.file import File

FIRST_SHEET = "site.css"  # with which the style of every page begins
LOADED = re.compile(r"url\(([\w./-]+)\)")  # a static file, in a style sheet beside it
BLANK = r"(?:\s|(?>/\*.*?\*/))"  # what a style sheet has for its authors
NOT_PACKED = re.compile(
    rf"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|{BLANK}*([{{}};,]){BLANK}*|(:){BLANK}*|{BLANK}+""",
    re.DOTALL,
)


class StyleSheet(NamedTuple):
    """A style sheet that stands in a page, so that nothing is waited for; the page's
    policy allows it by its name.
    """

    text: Markup
    name: str


class Asset(NamedTuple):
    """A static file, and its address: with a hash of its content, so that caches may
    keep it.
    """

    address: str
    file: File


def make_style_sheet(text: str) -> StyleSheet:
    """Return a style sheet to stand in a page; its name is a hash of its text."""
    digest = hashlib.sha256(text.encode()).digest()
    return StyleSheet(Markup(text), f"sha256-{base64.b64encode(digest).decode()}")  # noqa: S704 - ours


def pack_style_sheet(text: str) -> str:
    """Return a style sheet without comments and spaces that mean nothing: each page has
    it, above all else.
    """
    packed = NOT_PACKED.sub(lambda found: found[1] or found[2] or found[3] or " ", text)
    return packed.strip()


def make_hashed_assets(
    static_files: Mapping[str, File], site_css_palette: Palette
) -> Iterator[tuple[str, Asset]]:
    """Yield each static file by its name.

    ``site.css`` begins with the palette; what a style sheet loads from beside it has
    the address of there.
    """
    sheets = {name for name in static_files if name.endswith(".css")}
    others = static_files.keys() - sheets
    addresses = {name: _add_hash(name, static_files[name].body) for name in others}

    def address_loaded(found: re.Match[str]) -> str:
        return f"url({addresses.get(found[1], found[1])})"

    for name, file in static_files.items():
        body = file.body
        if name in sheets:
            colours = (
                _format_palette_as_css(site_css_palette) if name == FIRST_SHEET else ""
            )
            body = (colours + LOADED.sub(address_loaded, file.text)).encode()
        address = f"{ASSETS}{_add_hash(name, body)}"
        yield name, Asset(address, File(body, file.origin))


def _add_hash(file_name: str, body: bytes) -> str:
    """Return the name of a file with a hash of its content in it."""
    path = PurePosixPath(file_name)
    return path.with_name(
        f"{path.stem}.{hash_parts(body)[:10]}{path.suffix}"
    ).as_posix()


def _format_palette_as_css(palette: Palette) -> str:
    """Return the palette as custom properties, light and dark; paper is always light.

    A frame's address may choose: #light is the root of a frame, #dark its body. A cover
    is always dark on screens.
    """
    light = "".join(f"--{name}:{colours[0]};" for name, colours in palette.items())
    dark = "".join(f"--{name}:{colours[1]};" for name, colours in palette.items())
    chosen = (
        f":root:target{{{light}}}@media"
        f" screen{{:root:has(>#dark:target),.cover{{{dark}}}}}"
    )
    return (
        f":root{{{light}}}\n@media screen and"
        f" (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{chosen}\n"
    )
