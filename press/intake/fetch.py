"""Fetching: one document over HTTP, from the places that its adapter declares and from nowhere else.

A host that is busy is asked again, after as long as it says; one that is down, or turns scripts away, is told in words.
Nothing is kept on disk. What an adapter sends beside, such as a key, is sent to its own places alone, and no message
here repeats it.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import urllib3
from urllib3 import exceptions as broken

from press.ground.errors import ToldError
from press.ground.steps import Step
from press.intake.release import LARGEST, Document

CONNECT, READ, WHOLE = 15, 30, 180  # seconds for a connection, for the next bytes, for a whole document
CHUNK = 65_536
PAUSES = (1, 2, 4)  # seconds before each time that a host is asked again
PATIENCE = 60  # the most seconds that a host may ask us to wait
HOPS = 5  # of a document that has moved
OK = 200
REFUSED, AWAY = {401, 403}, {401, 403, 412, 451}
GONE = {404, 410}
BUSY = {408, 429, 500, 502, 503, 504}
MOVED = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}
UPWARD = re.compile(r"(^|/)(\.|%2e){2}(/|$)", re.IGNORECASE)
HEADER = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")
AGENT = "build.py import"
IMPORT = ", then: python build.py import FILE"
BY_HAND = f"open the address in a browser, save the page{IMPORT}"
LATER = "try again later"


class FetchError(ToldError):
    """A document could not be fetched: what came instead; the caller names its address."""


class TurnedAwayError(FetchError):
    """The host answers, and turns scripts away: a person has to fetch the document."""


class _BusyError(FetchError):
    """What may be otherwise in a while; ``seconds`` is how long the host asks us to wait, if it does."""

    def __init__(self, message: str, seconds: float = 0) -> None:
        super().__init__(message, LATER)
        self.seconds = seconds


# What fails below HTTP, the more special first, in words.
FAILURES: Sequence[tuple[type[Exception], str]] = (
    (broken.SSLError, "{} breaks off the encrypted connection"),
    (broken.NameResolutionError, "there is no host {}, or no network"),
    (broken.NewConnectionError, "{} refuses the connection"),
    (broken.ConnectTimeoutError, f"{{}} does not answer within {CONNECT} s"),
    (broken.TimeoutError, f"nothing more comes from {{}} for {READ} s"),
    (TimeoutError, f"nothing more comes from {{}} for {READ} s"),
    (broken.DecodeError, "the answer of {} cannot be unpacked"),
    (broken.ProtocolError, "{} breaks off its answer"),
)
LASTING = {broken.NameResolutionError, broken.NewConnectionError, broken.DecodeError}  # to ask again is of no use


class Clock(NamedTuple):
    """How time is told and passed, and how long to wait for the next bytes: a test waits for nothing."""

    sleep: Callable[[float], None] = time.sleep
    ticks: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    read: float = READ


class Fetcher:
    """Fetches documents one after the other; ``report`` is told what is under way."""

    def __init__(self, report: Callable[[str], None], clock: Clock | None = None, *, largest: int = LARGEST) -> None:
        """Open no connection yet."""
        self._report, self._clock, self._largest = report, clock or Clock(), largest
        timeout = urllib3.Timeout(connect=CONNECT, read=self._clock.read)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False)

    def fetch(self, address: str, places: Sequence[str], secret: Mapping[str, str] | None = None) -> Document:
        """Return the document at an address, which may have moved within ``places``.

        ``secret`` are headers that no other place is sent, and that no message repeats. Raises ``FetchError``.
        """
        headers = dict(secret or {})
        if not all(HEADER.fullmatch(value) for value in headers.values()):
            raise FetchError("a key in the environment is empty, or holds characters that no header may hold")
        for pause in (*PAUSES, None):
            try:
                return self._followed(address, places, headers)
            except _BusyError as busy:
                if pause is None:
                    raise FetchError(f"{busy.message}, {len(PAUSES) + 1} times", busy.hint) from None
                self._wait(max(busy.seconds, pause), address, busy.message)
        raise AssertionError  # the last time raises

    def _wait(self, seconds: float, address: str, why: str) -> None:
        if seconds > PATIENCE:
            raise FetchError(f"{why}, and it asks to wait {seconds:,.0f} s, more than {PATIENCE}", LATER)
        self._report(Step(f"{urlsplit(address).hostname}: {why}: waiting {seconds:.0f} s"))
        self._clock.sleep(seconds)

    def _followed(self, address: str, places: Sequence[str], headers: Mapping[str, str]) -> Document:
        """Return what an address leads to, each step within the places."""
        place = address
        for _ in range(HOPS + 1):
            if not allowed(place, places):
                moved = f"leads to {_short(place)}" if place != address else "is"
                raise FetchError(f"{moved}, outside of what may be fetched here: {', '.join(places)}", BY_HAND)
            same = _origin(urlsplit(place)) == _origin(urlsplit(address))
            found = self._asked(place, headers if same else {})
            if isinstance(found, Document):
                _refuse_echo(found, headers)
                return found._replace(name=address, address=address)
            place = _next(place, found, headers)
        raise FetchError(f"leads on and on, more than {HOPS} times")

    def _asked(self, address: str, headers: Mapping[str, str]) -> Document | str:
        """Return the document at an address, or the address to which it has moved."""
        host = urlsplit(address).hostname or address
        self._report(Step(f"fetching {address}"))
        own = {"User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
        response = None
        try:
            response = self._pool.request("GET", address, headers=own, redirect=False, preload_content=False)
            if response.status in MOVED and response.headers.get("Location"):
                return response.headers["Location"]
            self._check_status(response.status, response.headers, host, keyed=bool(headers))
            return Document(address, self._body(response, address), address, response.headers.get("Content-Type", ""))
        except FetchError:
            raise
        except (broken.HTTPError, OSError, ValueError) as error:
            raise _in_words(error, host) from None  # what it says itself may hold what was sent
        finally:
            if response is not None:
                response.close()

    def _check_status(self, status: int, headers: Mapping[str, str], host: str, *, keyed: bool) -> None:
        """Raise ``FetchError`` for an answer that is no document."""
        if status in BUSY:
            raise _BusyError(f"{host} answers with status {status}", self._asks(headers.get("Retry-After", "")))
        if status in REFUSED and keyed:
            raise FetchError(f"{host} refuses the key that was sent (status {status})", "look at it in the environment")
        if status in AWAY:
            raise TurnedAwayError(f"{host} turns scripts away (status {status})", BY_HAND)
        if status in GONE:
            raise FetchError(f"{host} has no such page (status {status})", "the publisher may have moved it")
        if status != OK:
            raise FetchError(f"{host} answers with status {status}, expected {OK}", BY_HAND)

    def _asks(self, words: str) -> float:
        """Return how many seconds a host asks to wait, which it says as a number or as a time; 0 if it does not."""
        if words.strip().isdecimal():
            return int(words)
        try:
            until = parsedate_to_datetime(words)
        except ValueError:
            return 0
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - self._clock.now()).total_seconds())

    def _body(self, response: urllib3.BaseHTTPResponse, address: str) -> bytes:
        """Return all bytes of an answer. Raises ``FetchError`` for too many, too few, too slow ones."""
        told = response.headers.get("Content-Length", "")
        self._check_size(int(told) if told.isdecimal() else 0)
        parts, size, end = [], 0, self._clock.ticks() + WHOLE
        while part := response.read1(CHUNK):
            parts.append(part)
            size += len(part)
            self._check_size(size)
            if self._clock.ticks() > end:
                raise FetchError(f"only {size:,} bytes came in {WHOLE} s", LATER)
            self._report(Step(f"fetching {address}: {size:,} bytes"))
        packed = response.headers.get("Content-Encoding", "identity") != "identity"
        if told.isdecimal() and not packed and size < int(told):
            raise _BusyError(f"the answer broke off after {size:,} of {int(told):,} bytes")
        if not size:
            raise FetchError("the answer is empty, expected a document", BY_HAND)
        return b"".join(parts)

    def _check_size(self, size: int) -> None:
        if size > self._largest:
            raise FetchError(f"the answer has more than {self._largest:,} bytes, expected a document of one release")


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


def hidden(words: str, secret: Mapping[str, str]) -> str:
    """Return words with all that is secret blotted out, whatever has repeated it."""
    for value in secret.values():
        for form in {value, quote(value), quote(value, safe="")} - {""}:
            words = words.replace(form, "***")
    return words


def _next(address: str, location: str, secret: Mapping[str, str]) -> str:
    """Return the address to which one has moved. Raises ``FetchError`` where it is none, or repeats what is secret."""
    try:
        moved = urljoin(address, location)
        urlsplit(moved)
    except ValueError:
        raise FetchError("leads to what is no address", BY_HAND) from None
    if hidden(moved, secret) != moved:
        raise FetchError("leads to an address that repeats the key that was sent")
    return moved


def _refuse_echo(document: Document, secret: Mapping[str, str]) -> None:
    """Raise ``FetchError`` for a document that repeats what is secret: it would come to stand in files and messages."""
    if any(value.encode() in document.body for value in secret.values()):
        raise FetchError("the answer repeats the key that was sent, and is not looked at")


def _origin(place: SplitResult) -> tuple[str, str | None, int | None]:
    return place.scheme, place.hostname, place.port or PORTS.get(place.scheme)


def _short(address: str) -> str:
    """Return an address without what may be long or secret in it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname}{parts.path}"[:200]


def _in_words(error: Exception, host: str) -> FetchError:
    """Return what a person is told of a failure below HTTP. The error's own words are left out: they may quote us."""
    cause = error.args[0] if error.args else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return FetchError(f"the certificate of {host} cannot be trusted: {cause.verify_message}", BY_HAND)
    for kinds, message in FAILURES:
        if isinstance(error, kinds):
            passes = kinds not in LASTING
            return _BusyError(message.format(host)) if passes else FetchError(message.format(host), LATER)
    return FetchError(f"{host} cannot be asked ({type(error).__name__})", BY_HAND)
