"""Fetching: one document over HTTP, from the places that its adapter declares and from nowhere else.

A host that is busy is asked again; one that is down, too slow, or turns scripts away, is told in words. Nothing is kept
on disk.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3 import exceptions as broken

from press.ground.errors import ToldError
from press.ground.steps import Step
from press.intake.release import LARGEST, Document

CONNECT, READ, WHOLE = 5, 8, 15  # seconds for a connection, for the next bytes, for a whole document
CHUNK = 65_536
PAUSES = (1, 2, 4)  # seconds before each time that a host is asked again
HOPS = 5  # of a document that has moved
OK = 200
AWAY, GONE = {401, 403, 412, 451}, {404, 410}
BUSY = {408, 429, 500, 502, 503, 504}
MOVED = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}
UPWARD = re.compile(r"(^|/)(\.|%2e){2}(/|$)", re.IGNORECASE)
AGENT = "build.py import"
IMPORT = ", then: python build.py import FILE"
BY_HAND = f"open the address in a browser, save the page{IMPORT}"
LATER = "try again later"
# What fails below HTTP, the more special first, in words.
FAILURES: Sequence[tuple[type[Exception], str]] = (
    (broken.SSLError, "the certificate of {} cannot be trusted"),
    (broken.NameResolutionError, "there is no host {}, or no network"),
    (broken.NewConnectionError, "{} refuses the connection"),
    (broken.TimeoutError, f"nothing more comes from {{}} for {READ} s"),
    (TimeoutError, f"nothing more comes from {{}} for {READ} s"),
    (broken.DecodeError, "the answer of {} cannot be unpacked"),
    (ValueError, "{} leads to what is no address"),
    (Exception, "{} breaks off its answer"),
)


class FetchError(ToldError):
    """A document could not be fetched: what came instead; the caller names its address."""


class TurnedAwayError(FetchError):
    """The host answers, and turns scripts away: a person has to fetch the document."""


class _BusyError(FetchError):
    """What may be otherwise in a moment."""


class Fetcher:
    """Fetches documents one after the other; ``report`` is told what is under way, ``sleep`` waits for a busy host.

    A document has ``largest`` bytes at most, the next of which come within ``read`` seconds, all within ``whole``.
    """

    def __init__(
        self,
        report: Callable[[str], None],
        *,
        sleep: Callable[[float], None] = time.sleep,
        largest: int = LARGEST,
        read: float = READ,
        whole: float = WHOLE,
    ) -> None:
        """Open no connection yet."""
        self._report, self._sleep, self._largest, self._whole = report, sleep, largest, whole
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=CONNECT, read=read), retries=False)

    def fetch(self, address: str, places: Sequence[str]) -> Document:
        """Return the document at an address, which may have moved within ``places``. Raises ``FetchError``."""
        for pause in (*PAUSES, None):
            try:
                return self._followed(address, places)
            except _BusyError as busy:
                if pause is None:
                    raise FetchError(f"{busy.message}, {len(PAUSES) + 1} times", LATER) from None
                self._report(Step(f"waiting {pause} s for {address}: {busy.message}"))
                self._sleep(pause)
        raise AssertionError  # the last time raises

    def _followed(self, address: str, places: Sequence[str]) -> Document:
        """Return the document at an address, or where it has moved; it keeps the address that was asked for."""
        here, end = address, time.monotonic() + self._whole
        for _ in range(HOPS + 1):
            if not allowed(here, places):
                message = f"leads to {here[:200]}, outside of what may be fetched here: {', '.join(places)}"
                raise FetchError(message, "the publisher may have moved it")
            found = self._asked(here, end)
            if isinstance(found, Document):
                return found._replace(name=address, address=address)
            here = found
        raise FetchError(f"leads on and on, more than {HOPS} times")

    def _asked(self, address: str, end: float) -> Document | str:
        """Return the document at an address, or the address to which it has moved."""
        host = urlsplit(address).hostname or address
        self._report(Step(f"fetching {address}"))
        headers, response = {"User-Agent": AGENT, "Accept-Encoding": "identity"}, None
        try:
            response = self._pool.request("GET", address, headers=headers, redirect=False, preload_content=False)
            if response.status in MOVED and response.headers.get("Location"):
                return urljoin(address, response.headers["Location"])
            _check_status(response.status, host)
            return Document(address, self._body(response, end), address, response.headers.get("Content-Type", ""))
        except (broken.HTTPError, OSError, ValueError) as error:
            if isinstance(error, FetchError):
                raise
            words = next(words for kind, words in FAILURES if isinstance(error, kind))
            raise FetchError(words.format(host), LATER) from None
        finally:
            if response is not None:
                response.close()

    def _body(self, response: urllib3.BaseHTTPResponse, end: float) -> bytes:
        """Return all bytes of an answer. Raises ``FetchError`` for too many or too slow ones, or none."""
        told = response.headers.get("Content-Length", "")
        parts, size = list[bytes](), int(told) if told.isdecimal() else 0
        while size <= self._largest and (part := response.read1(CHUNK)):
            parts.append(part)
            size = sum(map(len, parts))
            if time.monotonic() > end:
                raise FetchError(f"only {size:,} bytes came in {self._whole} s", LATER)
        if size > self._largest:
            raise FetchError(f"the answer has more than {self._largest:,} bytes, expected a document of one release")
        if not parts:
            raise FetchError("the answer is empty, expected a document", BY_HAND)
        return b"".join(parts)


def allowed(address: str, places: Sequence[str]) -> bool:
    """Tell whether an address lies at one of some places: the same scheme, host and port, and below its path."""
    try:
        own = urlsplit(address)
        strange = own.username is not None or UPWARD.search(own.path) or "\\" in address or not address.isprintable()
        return not strange and any(
            _origin(own) == _origin(place) and (own.path or "/").startswith(place.path or "/")
            for place in map(urlsplit, places)
        )
    except ValueError:  # no address at all
        return False


def _check_status(status: int, host: str) -> None:
    """Raise ``FetchError`` for an answer that is no document."""
    if status in BUSY:
        raise _BusyError(f"{host} answers with status {status}")
    if status in AWAY:
        raise TurnedAwayError(f"{host} turns scripts away (status {status})", BY_HAND)
    if status in GONE:
        raise FetchError(f"{host} has no such page (status {status})", "the publisher may have moved it")
    if status != OK:
        raise FetchError(f"{host} answers with status {status}, expected {OK}", BY_HAND)


def _origin(place: SplitResult) -> tuple[str, str | None, int | None]:
    return place.scheme, place.hostname, place.port or PORTS.get(place.scheme)
