"""The site as a value: addresses and files, before anything is written."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from press.blame import Place


@dataclass(frozen=True)
class File:
    """A file of the site, and where it comes from, so that a fault in it can be blamed on what someone wrote."""

    content: bytes | Callable[[], bytes]  # or what makes it: pictures take long, and are made when they are needed
    origin: str  # the file that it was made from, or by
    places: Mapping[str, Place] = field(default_factory=dict)  # where link targets and ids ("#id") were written

    @cached_property
    def body(self) -> bytes:
        """The file's bytes; made once. Raises ``BuildError`` where they cannot be made."""
        return self.content if isinstance(self.content, bytes) else self.content()

    @property
    def waits(self) -> bool:
        """Tell whether its bytes are made only when they are asked for."""
        return not isinstance(self.content, bytes)

    @property
    def text(self) -> str:
        """The file's text."""
        return self.body.decode()

    def place_of(self, what: str) -> Place:
        """Return path and line on which a link's target or an id was written; else the file that made it."""
        return self.places.get(what, (self.origin, 1))


Site = dict[str, File]


@dataclass(frozen=True)
class Base:
    """Where the site will be served: "" when not known, else an address without a slash at its end."""

    url: str = ""

    @classmethod
    def parse(cls, url: str) -> Base:
        """Return where the site will be served. Raises ``ValueError`` (found, expected)."""
        if url and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
            raise ValueError(f"found {url!r}, expected an address such as https://example.org/repository")
        return cls(url.rstrip("/"))

    @property
    def path(self) -> str:
        """The path of the address, with a slash at its end: "/" or "/repository/"."""
        return urlsplit(self.url).path.rstrip("/") + "/"

    def absolute(self, address: str) -> str:
        """Return the full address of a file; of a folder's index, the folder's."""
        return f"{self.url}/{address.removesuffix('index.html')}"


def relative(origin: str, target: str) -> str:
    """Return how the page at address ``origin`` links to the file at address ``target``."""
    return posixpath.relpath(target, posixpath.dirname(origin) or ".")
