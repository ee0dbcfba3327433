"""Addresses: where the site is served, and how one file of it links to another."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from press.ground.errors import quote_words

# A host is a name or a number; a path has no white space and nothing that HTML has a
# meaning for.
WEB = re.compile(r"https?://[\w-]+(\.[\w-]+)*\.?(:\d+)?([/?#][^\s<>\"'`\\]*)?")


def get_checked_address_or_empty(
    address: str, example: str = "https://example.org/page"
) -> str:
    """Return an address of the web; "" is none.

    Raises ``ValueError``, which names an ``example``.
    """
    if not address or WEB.fullmatch(address):
        return address
    raise ValueError(
        f"found {quote_words(address)}, expected an address such as {example}"
    )


@dataclass(frozen=True)
class BaseUrl:
    """Where the site will be served: ``url`` is "" when not known, else an address
    without a slash at its end.
    """

    url: str = ""

    @classmethod
    def parse(cls, url: str) -> BaseUrl:
        """Return the base at an address such as ``https://example.org/story/``; "" is
        none.

        Raises ``ValueError``.
        """
        example = "https://example.org/repository"
        if "?" in url or "#" in url:
            raise ValueError(
                f"found {quote_words(url)}, expected an address such as {example}"
            )
        return cls(get_checked_address_or_empty(url, example).rstrip("/"))

    @property
    def path(self) -> str:
        """The path of the address, with a slash at its end: "/" or "/repository/"."""
        return urlsplit(self.url).path.rstrip("/") + "/"

    def absolute(self, address: str) -> str:
        """Return the full address of a file; of a folder's index, the folder's; ""
        where none is known.
        """
        return f"{self.url}/{address.removesuffix('index.html')}" if self.url else ""


def make_relative_link(origin: str, target: str) -> str:
    """Return how the page at address ``origin`` links to the file at address
    ``target``.
    """
    return posixpath.relpath(target, posixpath.dirname(origin))
