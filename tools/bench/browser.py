"""Pages in a reader's browser: what a page of each kind takes there, and what the first click on a number takes.

Served with gzip, as GitHub Pages does, to Chromium on a processor slowed four times and, but for the click, on slow 4G
as Lighthouse has it. The main thread's time is that of the processor, which other programs lengthen little.
"""

from __future__ import annotations

import math
import statistics
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

from tools import browser as programs
from tools.audit import Pages, kinds
from tools.bench.report import table
from tools.bench.runs import BUILD, BenchError, copied, progress, run
from tools.browsers import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, CDPSession, Page

ROUNDS, SLOWED = 3, 4
FORMS = {"phone": (390, 844), "desk": (1440, 900)}
# Milliseconds before an answer, bytes a second: what comes of 150 ms to and fro and 1.6 Mbit/s, with a new connection.
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 184_320, "uploadThroughput": 84_375}
QUIET = 1000  # milliseconds after a page is loaded, for what it does then
NUMBER = "main p a.number"
MIDDLE = """selector => {
    const { x, y, width, height } = document.querySelector(selector).getClientRects()[0];
    return { x: x + width / 2, y: y + height / 2 };
}"""
WATCH = """(() => {
    const found = window.found = { lcp: 0, shift: 0, blocking: 0 };
    const watch = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type });
    watch("largest-contentful-paint", entry => { found.lcp = entry.startTime; });
    watch("layout-shift", entry => { found.shift += entry.hadRecentInput ? 0 : entry.value; });
    watch("longtask", entry => { found.blocking += entry.duration - 50; });
    addEventListener("click", event => { found.clicked = event.timeStamp; }, true);
    addEventListener("beforetoggle", () => requestAnimationFrame(() => setTimeout(() => {
        found.painted ||= performance.now() - found.clicked;
    })), true);
})()"""
HEAD = ("", "main thread ms", "blocking ms", "LCP ms", "shift", "nodes", "bytes", "above")


class Cost(NamedTuple):
    """What a page takes: milliseconds of the main thread, of long tasks, until the largest part is seen; and so on."""

    thread: float
    blocking: float
    largest: float
    shift: float
    nodes: float
    size: float


LIMIT = Cost(thread=1500, blocking=30, largest=1300, shift=0, nodes=math.inf, size=math.inf)  # of a page
STORY = LIMIT._replace(thread=1800)
ANSWERED = 100  # milliseconds until the answer of a click is seen


class Click(NamedTuple):
    """What a click takes: milliseconds until its answer is seen, of the main thread in a second; bytes of scripts."""

    painted: float
    thread: float
    size: float


def browser(folder: Path) -> None:
    """Build this story, load a page of each kind in both forms, click on its first number; print what that takes."""
    story = copied(folder / "story")
    run((*BUILD, "--base-url", "https://example.org/"), story)
    site = story / "site"
    with served(partial(Pages, directory=site)) as address, started() as opened:
        for form, size in FORMS.items():
            rows = [_row(opened, address, page, size, form) for page in kinds(site)]
            table(f"A page of each kind on a {form}, {size[0]} × {size[1]}, slow 4G, median of {ROUNDS}", HEAD, rows)
        clicks = [click(opened, address) for _ in range(ROUNDS)]
    taken = (f"{statistics.median(each):,.0f}" for each in zip(*clicks, strict=True))
    head = ("", "seen after ms", "main thread ms", "bytes of scripts", "must")
    table("The first click on a number of the story, on a phone", head, [("click", *taken, f"{ANSWERED} ms")])


@contextmanager
def started() -> Iterator[Browser]:
    """Start Chromium, and end it. Raises ``BenchError`` where there is none."""
    program = programs.find()
    if not program:
        raise BenchError("found no Chrome or Chromium: python tools/browser.py installs one")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, chromium_sandbox=False)  # our own pages alone
        yield opened
        opened.close()


def _row(opened: Browser, address: str, page: str, size: tuple[int, int], form: str) -> tuple[str, ...]:
    costs = []
    for number in range(1, ROUNDS + 1):
        progress(f"round {number} of {ROUNDS}: {page} on a {form}")
        costs.append(load(opened, address + page, size))
    progress("")
    cost = Cost(*map(statistics.median, zip(*costs, strict=True)))
    limit = STORY if page == "index.html" else LIMIT
    above = [name for name, each, most in zip(HEAD[1:], cost, limit, strict=False) if each > most]
    cells = [f"{each:,.4f}".rstrip("0").rstrip(".") if each < 1 else f"{each:,.0f}" for each in cost]
    return page, *cells, ", ".join(name.removesuffix(" ms") for name in above)


def load(opened: Browser, address: str, size: tuple[int, int]) -> Cost:
    """Load a page with nothing in caches on slow 4G; return what that took."""
    with window(opened, size) as (page, session, sizes):
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        page.goto(address)
        page.wait_for_timeout(QUIET)
        seen, took = page.evaluate("found"), measures(session)
        return Cost(took["TaskDuration"], seen["blocking"], seen["lcp"], seen["shift"], took["Nodes"], sum(sizes))


def click(opened: Browser, address: str, slowed: int = SLOWED) -> Click:
    """Tap the first number of the story with nothing in caches; return what it took."""
    with window(opened, FORMS["phone"], slowed) as (page, session, sizes):
        page.goto(address)
        page.locator(NUMBER).first.scroll_into_view_if_needed()
        page.wait_for_timeout(QUIET)
        finger = page.evaluate(MIDDLE, NUMBER)
        before, already = measures(session)["TaskDuration"], len(sizes)
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(QUIET)  # asks the page nothing meanwhile
        taken = measures(session)["TaskDuration"] - before
        return Click(page.evaluate("found.painted"), taken, sum(sizes[already:]))


@contextmanager
def window(
    opened: Browser, size: tuple[int, int], slowed: int = SLOWED
) -> Iterator[tuple[Page, CDPSession, list[float]]]:
    """Open a window of its own on a slowed processor; give it, its session and the bytes that come, by file."""
    context = opened.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True)
    page, sizes = context.new_page(), list[float]()
    session = context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.add_init_script(WATCH)
    yield page, session, sizes
    context.close()


def measures(session: CDPSession) -> dict[str, float]:
    """Return what the browser counts of a page, times in milliseconds."""
    found = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return {name: value * 1000 if name.endswith("Duration") else value for name, value in found.items()}
