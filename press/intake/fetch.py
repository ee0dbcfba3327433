"""Fetching: one document over HTTP, from its address and from nowhere else.

A host that is busy is asked again; one that is down, too slow, leads elsewhere or turns
scripts away, is told in words. Nothing is kept on disk.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from press.ground.steps import Step
from press.intake.release import LARGEST, UnreadableError

# seconds for a connection, for the next bytes, for a whole answer
CONNECT = 5
READ = 8
WHOLE = 15
# how often a busy host is asked: after a second, then one more each time
TURNS = 5
OK = 200
AWAY = {401, 403, 412, 451}
BUSY = {408, 429, 500, 502, 503, 504}
HEADERS = {"User-Agent": "build.py import", "Accept-Encoding": "identity"}
IMPORT = ", then: python build.py import FILE --address ADDRESS"
BY_HAND = f"open the address in a browser, save the page{IMPORT}"
LATER = "try again later"


class _HttpAnswer(NamedTuple):
    """What a host answers: its status, what it sends, where it leads."""

    status: int
    body: bytes
    moved_to: str


def fetch_document(address: str, report: Callable[[str], None]) -> bytes:
    """Return what stands at an address; ``report`` is told what is under way.

    Raises ``UnreadableError``.
    """
    host = urlsplit(address).hostname
    for turn in range(TURNS):
        report(Step(f"fetching {address}"))
        try:
            answer = _request_within_deadline(address)
        except TimeoutError:
            raise UnreadableError(f"no whole answer came in {WHOLE} s", LATER) from None
        except (HTTPError, OSError, ValueError) as error:
            message = f"{host} cannot be asked ({type(error).__name__})"
            raise UnreadableError(message, LATER) from None
        if answer.status not in BUSY:
            _check_answer_status_and_size(answer, host)
            return answer.body
        time.sleep(turn + 1)
    raise UnreadableError(f"answers with status {answer.status}, {TURNS} times", LATER)


def _request_within_deadline(address: str) -> _HttpAnswer:
    """Return what a host answers.

    Raises ``TimeoutError`` for one that has not come whole in time, of which only a
    part may have a limit of its own: what waits for it is left alone.
    """
    given: Future[_HttpAnswer] = Future()

    def ask() -> None:
        try:
            given.set_result(_request_without_redirects(address))
        except Exception as error:  # noqa: BLE001 - it is raised by who waits
            given.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return given.result(WHOLE)


def _request_without_redirects(address: str) -> _HttpAnswer:
    """Return what a host answers, of which at most one byte is too many."""
    pool = urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=CONNECT, read=READ), retries=False
    )
    with pool.request(
        "GET", address, headers=HEADERS, redirect=False, preload_content=False
    ) as response:
        body = response.read(LARGEST + 1)
        return _HttpAnswer(response.status, body, response.headers.get("Location", ""))


def _check_answer_status_and_size(answer: _HttpAnswer, host: str | None) -> None:
    """Raise ``UnreadableError`` for an answer that is no document, or too large."""
    if answer.status in AWAY:
        raise UnreadableError(
            f"{host} turns scripts away (status {answer.status})", BY_HAND, away=True
        )
    if answer.status != OK:
        leads = answer.moved_to and f" and leads to {answer.moved_to[:200]}"
        raise UnreadableError(
            f"{host} answers with status {answer.status}{leads}, expected {OK}",
            f"{LATER}, or {BY_HAND}",
        )
    if len(answer.body) > LARGEST:
        raise UnreadableError(
            f"the answer has more than {LARGEST:,} bytes, expected a document of one"
            " release"
        )
