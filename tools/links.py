"""``make links``: ask each address that the sources and the pages name, and say which
have gone.

A host is asked for one page at a time, with a pause between two. Gone is only what its
host says is not there. A host that turns scripts away, or is busy, says nothing of its
page, and one that does not answer, or has no name any more, cannot be asked: such
addresses are told, and a person may open them. So are pages that ``links.toml`` knows
to be gone. The exit status is 1 where another has gone.
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import (
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ResponseError,
    TimeoutError,  # noqa: A004 - urllib3's
)

from press.ground.errors import BuildError, Problems, format_count
from press.ground.schemas import get_values_keeping_to_schema
from press.ground.toml import TomlText

ROOT = Path(__file__).resolve().parents[1]
SOURCES, TEXTS, KNOWN = "data/sources.csv", "content", "tools/links.toml"
SCHEMA = str(Path(__file__).with_suffix(""))  # links.json, which says what KNOWN has
IN_WORDS = re.compile(r"https?://[^\s<>\"'`)\]}]+[^\s<>\"'`)\]}.,;:]")
IN_CELLS = re.compile(r'(?<=,")https?://[^"]+|(?<=,)https?://[^\s,"]+')
HOSTS, PAUSE = 8, 1.0  # hosts asked at once; seconds between two pages of one
LIMITS = urllib3.Timeout(connect=20, read=20)
MOVES = urllib3.Retry(
    total=8, connect=1, read=0, redirect=6, status=0, backoff_factor=PAUSE
)
HEADERS = {
    "User-Agent": "make links (asks once whether a cited page is there)",
    "Accept": "*/*",
}
ARCHIVE = "https://web.archive.org/web/"
LOST = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
STATES = FINE, UNKNOWN, UNASKED, GONE = "there", "not known", "cannot be asked", "gone"
# why a host cannot be asked, the first that fits
REASONS = {
    NameResolutionError: "no such host",
    NewConnectionError: "no connection",
    TimeoutError: "no answer in time",
}


class Found(NamedTuple):
    """What asking for an address gave: whether its page is there, and what was said."""

    state: str
    said: str


class Lost(NamedTuple):
    """A page that is known to be gone, since a day, and what is known of it."""

    line: int  # of its entry in links.toml
    since: date
    note: str  # where it can be read, or why it stays cited


def main(root: Path = ROOT) -> int:
    """Ask for all addresses below a root; print what is gone, what is not known, and
    how many there are of each.
    """
    try:
        lost = read_known_lost_pages(root)
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    places = list_cited_addresses(root)
    hosts = defaultdict[str, list[str]](list)
    for address in places:
        hosts[urlsplit(address).netloc].append(address)
    answers = dict[str, Found]()
    with ThreadPoolExecutor(HOSTS) as pool:
        for of_host in pool.map(_send_request, hosts.values()):
            answers |= of_host
    for line in _format_report(places, answers, lost):
        print(line)
    states = [answer.state for answer in answers.values()]
    counts = [f"{states.count(state)} {state}" for state in STATES]
    print(
        f"Addresses: {len(places)}, of {format_count(len(hosts), 'host')}:"
        f" {', '.join(counts)}"
    )
    gone = {address for address, found in answers.items() if found.state == GONE}
    return int(not gone <= lost.keys())


def _format_report(
    places: Mapping[str, str], answers: Mapping[str, Found], lost: Mapping[str, Lost]
) -> Iterator[str]:
    """Yield what is to be said of addresses: what has gone first, what is known to be
    gone last.
    """
    for state in (GONE, UNASKED, UNKNOWN):
        for address, place in places.items():
            if answers[address].state == state and address not in lost:
                yield from _explain_missing_page(place, address, answers[address])
    for address, known in lost.items():
        if address not in answers:
            yield f"{KNOWN}:{known.line}: nothing cites {address}: take it out"
        elif answers[address].state == FINE:
            yield f"{KNOWN}:{known.line}: {address} is there again: take it out"
        else:
            since = f"known to be gone since {known.since}"
            yield f"{places[address]}: {address} is {since}: {known.note}"


def _explain_missing_page(place: str, address: str, found: Found) -> Iterator[str]:
    """Yield what is to be said of an address whose page is not known to be there."""
    yield f"{place}: {address}: {found.state}, {found.said}"
    if found.state == GONE:
        if not address.startswith(ARCHIVE):
            yield f"  an archive may have it: {ARCHIVE}{address}"
        yield f"  if it stays cited, say so in {KNOWN}"


def read_known_lost_pages(root: Path) -> dict[str, Lost]:
    """Return the pages that are known to be gone, by address.

    Raises ``BuildError`` with each entry that is wrong.
    """
    path = root / KNOWN
    if not path.exists():
        return {}
    toml = TomlText(path.read_text("utf-8"), KNOWN)
    entries = get_values_keeping_to_schema(toml.parse(), SCHEMA, toml).get("gone", ())
    lost = dict[str, Lost]()
    problems = Problems()
    for number, entry in enumerate(entries):
        address = entry["address"]
        line = toml.find_line_or_closest("gone", number)
        if address in lost:
            problems.add(KNOWN, line, f"found {address} again, expected once")
        lost[address] = Lost(line, entry["since"], entry["note"])
    problems.stop_if_any()
    return lost


def list_cited_addresses(root: Path) -> Mapping[str, str]:
    """Return each address that the sources and the texts below a root name, with the
    first ``path:line`` of it.
    """
    found = dict[str, str]()
    texts = sorted(
        path for path in (root / TEXTS).rglob("*") if path.suffix in {".md", ".toml"}
    )
    for path in (root / SOURCES, *texts):
        pattern = IN_CELLS if path.suffix == ".csv" else IN_WORDS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for address in pattern.findall(line):
                found.setdefault(
                    address.partition("#")[0],
                    f"{path.relative_to(root).as_posix()}:{number}",
                )
    return found


def _send_request(addresses: Sequence[str]) -> dict[str, Found]:
    """Ask a host for its addresses, one after the other."""
    answers = dict[str, Found]()
    for address in addresses:
        if answers:
            time.sleep(PAUSE)
        answers[address] = ask_for_page(address)
    return answers


def ask_for_page(address: str) -> Found:
    """Ask for a page, wherever it has moved, and for no more of it than that it is
    there.
    """
    pool = urllib3.PoolManager(timeout=LIMITS)
    try:
        with pool.request(
            "GET", address, headers=HEADERS, retries=MOVES, preload_content=False
        ) as answer:
            status = answer.status
    except (HTTPError, OSError, ValueError) as error:
        return _explain_failure(error)
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Found(FINE, f"status {status}")
    return Found(GONE if status in LOST else UNKNOWN, f"status {status}")


def _explain_failure(error: Exception) -> Found:
    """Return what is known of a page whose host gave no answer, or none that ends."""
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, ResponseError):  # it moves too often
        return Found(UNKNOWN, str(reason))
    known = (words for kind, words in REASONS.items() if isinstance(reason, kind))
    return Found(UNASKED, next(known, type(reason).__name__))


if __name__ == "__main__":
    sys.exit(main())
