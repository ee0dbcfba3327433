"""Fetching: one document over HTTP, from the places that its adapter declares and from
nowhere else.

A host that is busy is asked again; one that is down, too slow, or turns scripts away,
is told in words. Nothing is kept on disk.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from press.ground.steps import Step
from press.intake.release import LARGEST, Document, UnreadableError

# seconds for a connection, for the next bytes, for a whole answer
CONNECT = 5
READ = 8
WHOLE = 15
# how often a host is asked, busy or leading on: after a second, then one more each time
TURNS = 5
CHUNK = 65_536
OK = 200
AWAY = {401, 403, 412, 451}
BUSY = {408, 429, 500, 502, 503, 504}
# what may lead out of a folder
STRANGE = re.compile(r"/(\.|%2e){2}(/|$)|\\", re.IGNORECASE)
HEADERS = {"User-Agent": "build.py import", "Accept-Encoding": "identity"}
IMPORT = ", then: python build.py import FILE --address ADDRESS"
BY_HAND = f"open the address in a browser, save the page{IMPORT}"
LATER = "try again later"


def fetch(
    address: str, places: Sequence[str], report: Callable[[str], None]
) -> Document:
    """Return the document at an address, which may have moved within ``places``;
    ``report`` is told what is under way.

    Raises ``UnreadableError``.
    """
    here = address
    for turn in range(TURNS):
        if not allowed(here, places):
            moved = f"leads to {here[:200]}" if turn else "is"
            raise UnreadableError(
                f"{moved}, outside of what may be fetched here: {', '.join(places)}",
                BY_HAND,
            )
        report(Step(f"fetching {here}"))
        try:
            status, body, moved_to = _answered(here)
            if status == OK:
                return Document(address, body, address)
            if status not in BUSY:
                here = _next(status, moved_to, here)
                continue
        except UnreadableError:
            raise
        except TimeoutError:
            raise UnreadableError(f"no whole answer came in {WHOLE} s", LATER) from None
        except (HTTPError, OSError, ValueError) as error:
            message = (
                f"{urlsplit(address).hostname} cannot be asked ({type(error).__name__})"
            )
            raise UnreadableError(message, LATER) from None
        time.sleep(turn + 1)
    raise UnreadableError(f"answers with status {status}, {TURNS} times", LATER)


def allowed(address: str, places: Sequence[str]) -> bool:
    """Tell whether an address begins as one of some places, which end in a slash, and
    leads out of none.
    """
    return (
        address.startswith(tuple(places))
        and address.isprintable()
        and not STRANGE.search(address)
    )


def _answered(address: str) -> tuple[int, bytes, str]:
    """Return the status of an answer, its body where it is a document, and where it
    leads.

    Raises ``TimeoutError`` for one that has not come whole in time, of which only a
    part may have a limit of its own: what waits for it is left alone.
    """
    given: Future[tuple[int, bytes, str]] = Future()

    def ask() -> None:
        try:
            given.set_result(_asked(address))
        except Exception as error:  # noqa: BLE001 - it is raised by who waits
            given.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return given.result(WHOLE)


def _asked(address: str) -> tuple[int, bytes, str]:
    pool = urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=CONNECT, read=READ), retries=False
    )
    with pool.request(
        "GET", address, headers=HEADERS, redirect=False, preload_content=False
    ) as response:
        body = _body(response) if response.status == OK else b""
        return response.status, body, response.get_redirect_location() or ""


def _next(status: int, moved: str, address: str) -> str:
    """Return the address to which an answer without a document leads.

    Raises ``UnreadableError`` where to none.
    """
    host = urlsplit(address).hostname
    if status in AWAY:
        raise UnreadableError(
            f"{host} turns scripts away (status {status})", BY_HAND, away=True
        )
    if not moved:
        raise UnreadableError(
            f"{host} answers with status {status}, expected {OK}",
            f"{LATER}, or {BY_HAND}",
        )
    return urljoin(address, moved)


def _body(response: urllib3.BaseHTTPResponse) -> bytes:
    """Return all bytes of an answer. Raises ``UnreadableError`` for too many."""
    body = bytearray()
    while part := response.read1(CHUNK):
        body += part
        if len(body) > LARGEST:
            raise UnreadableError(
                f"the answer has more than {LARGEST:,} bytes, expected a document of"
                " one release"
            )
    return bytes(body)
