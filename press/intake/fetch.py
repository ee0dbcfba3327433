"""Fetching: one document over HTTP, from the places that its adapter declares and from nowhere else.

A host that is busy is asked again; one that is down, too slow, or turns scripts away, is told in words. Nothing is kept
on disk.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from press.ground.steps import Step
from press.intake.release import LARGEST, Document, UnreadableError

CONNECT, READ, WHOLE = 5, 8, 15  # seconds for a connection, for the next bytes, for a whole document
TURNS = 5  # how often a host is asked, busy or leading on: after a second, then one more each time
CHUNK = 65_536
OK, AWAY, BUSY = 200, {401, 403, 412, 451}, {408, 429, 500, 502, 503, 504}
STRANGE = re.compile(r"/(\.|%2e){2}(/|$)|\\", re.IGNORECASE)  # what may lead out of a folder
HEADERS = {"User-Agent": "build.py import", "Accept-Encoding": "identity"}
IMPORT = ", then: python build.py import FILE --address ADDRESS"
BY_HAND = f"open the address in a browser, save the page{IMPORT}"
LATER = "try again later"


def fetch(address: str, places: Sequence[str], report: Callable[[str], None]) -> Document:
    """Return the document at an address, which may have moved within ``places``; ``report`` is told what is under way.

    Raises ``UnreadableError``.
    """
    here, end = address, time.monotonic() + WHOLE
    for turn in range(TURNS):
        if not allowed(here, places):
            moved = f"leads to {here[:200]}" if turn else "is"
            raise UnreadableError(f"{moved}, outside of what may be fetched here: {', '.join(places)}", BY_HAND)
        report(Step(f"fetching {here}"))
        limits = urllib3.Timeout(connect=CONNECT, read=READ)
        pool = urllib3.PoolManager(timeout=limits, retries=False)
        try:
            with pool.request("GET", here, headers=HEADERS, redirect=False, preload_content=False) as response:
                status = response.status
                if status == OK:
                    return Document(address, _body(response, end), address)
                if status not in BUSY:
                    here = _next(response, here)
                    continue
        except UnreadableError:
            raise
        except (HTTPError, OSError, ValueError) as error:
            message = f"{urlsplit(address).hostname} cannot be asked ({type(error).__name__})"
            raise UnreadableError(message, LATER) from None
        time.sleep(turn + 1)
    raise UnreadableError(f"answers with status {status}, {TURNS} times", LATER)


def allowed(address: str, places: Sequence[str]) -> bool:
    """Tell whether an address begins as one of some places, which end in a slash, and leads out of none."""
    return address.startswith(tuple(places)) and address.isprintable() and not STRANGE.search(address)


def _next(response: urllib3.BaseHTTPResponse, address: str) -> str:
    """Return the address to which an answer without a document leads. Raises ``UnreadableError`` where to none."""
    host, status = urlsplit(address).hostname, response.status
    if status in AWAY:
        raise UnreadableError(f"{host} turns scripts away (status {status})", BY_HAND, away=True)
    if not (moved := response.get_redirect_location()):
        raise UnreadableError(f"{host} answers with status {status}, expected {OK}", f"{LATER}, or {BY_HAND}")
    return urljoin(address, moved)


def _body(response: urllib3.BaseHTTPResponse, end: float) -> bytes:
    """Return all bytes of an answer. Raises ``UnreadableError`` for too many or too slow ones."""
    body = bytearray()
    while part := response.read1(CHUNK):
        body += part
        if time.monotonic() > end:
            raise UnreadableError(f"only {len(body):,} bytes came in {WHOLE} s", LATER)
        if len(body) > LARGEST:
            raise UnreadableError(f"the answer has more than {LARGEST:,} bytes, expected a document of one release")
    return bytes(body)
