"""``make links``: ask each address that the sources and the pages name, and say which
have gone.

A host is asked for one page at a time, with a pause between two. One that turns scripts
away, or is busy, says nothing of its page: such addresses are told, and a person may
open them. The exit status is 1 where an address has gone.
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, NameResolutionError

from press.ground.errors import counted

ROOT = Path(__file__).resolve().parents[1]
SOURCES, TEXTS = "data/sources.csv", "content"
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
# what an address answers: whether it is there, and what it said
Found = tuple[str, str]
LOST = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
FINE, GONE, UNKNOWN = "there", "gone", "not known"


def main(root: Path = ROOT) -> int:
    """Ask for all addresses below a root; print what is gone, what is not known, and
    how many there are of each.
    """
    places = named(root)
    hosts = defaultdict[str, list[str]](list)
    for address in places:
        hosts[urlsplit(address).netloc].append(address)
    answers = dict[str, Found]()
    with ThreadPoolExecutor(HOSTS) as pool:
        for of_host in pool.map(_host, hosts.values()):
            answers |= of_host
    for state in (GONE, UNKNOWN):
        for address, where in places.items():
            found, said = answers[address]
            if found == state:
                print(f"{where}: {address} is {state}: {said}")
                if state == GONE and not address.startswith(ARCHIVE):
                    print(f"  an archive may have it: {ARCHIVE}{address}")
    states = [state for state, _ in answers.values()]
    counts = [f"{states.count(state)} {state}" for state in (FINE, UNKNOWN, GONE)]
    print(
        f"Addresses: {len(places)}, of {counted(len(hosts), 'host')}:"
        f" {', '.join(counts)}"
    )
    return int(GONE in states)


def named(root: Path) -> Mapping[str, str]:
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


def _host(addresses: Sequence[str]) -> dict[str, Found]:
    """Ask a host for its addresses, one after the other."""
    answers = dict[str, Found]()
    for address in addresses:
        if answers:
            time.sleep(PAUSE)
        answers[address] = ask(address)
    return answers


def ask(address: str) -> Found:
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
        reason = (
            error.reason if isinstance(error, MaxRetryError) and error.reason else error
        )
        return (
            (GONE, "no such host")
            if isinstance(reason, NameResolutionError)
            else (UNKNOWN, type(reason).__name__)
        )
    state = (
        FINE
        if status < HTTPStatus.MULTIPLE_CHOICES
        else GONE
        if status in LOST
        else UNKNOWN
    )
    return state, f"status {status}"


if __name__ == "__main__":
    sys.exit(main())
