"""Addresses: where the site is served, and how one file of it links to another."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from press.errors import quoted


@dataclass(frozen=True)
class Base:
    """Where the site will be served: ``url`` is "" when not known, else an address without a slash at its end."""

    url: str = ""

    @classmethod
    def parse(cls, url: str) -> Base:
        """Return the base at an address such as ``https://example.org/story/``; "" is none. Raises ``ValueError``."""
        if url and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
            raise ValueError(f"found {quoted(url)}, expected an address such as https://example.org/repository")
        return cls(url.rstrip("/"))

    @property
    def path(self) -> str:
        """The path of the address, with a slash at its end: "/" or "/repository/"."""
        return urlsplit(self.url).path.rstrip("/") + "/"

    def absolute(self, address: str) -> str:
        """Return the full address of a file; of a folder's index, the folder's."""
        return f"{self.url}/{address.removesuffix('index.html')}"


@lru_cache(maxsize=16384)  # a page links to the same places again and again
def relative(origin: str, target: str) -> str:
    """Return how the page at address ``origin`` links to the file at address ``target``."""
    return posixpath.relpath(target, posixpath.dirname(origin) or ".")
