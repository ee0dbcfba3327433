"""Pages in a reader's browser: what the longest ones and the first click on a number
ask of its processor.

Told beside fixed work in the same browser, in seconds of its main thread, which other
programs lengthen little.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.bench.runs import (
    BUILD,
    BenchError,
    CpuSeconds,
    Kind,
    Row,
    copy_project,
    measure_in_turn,
    run_command,
)
from tools.browser import find_program

ROUNDS = 5
QUIET = 1000  # milliseconds after a page is loaded, for what it does then
NUMBER = "main p a.number"
# Some 130 ms of the processor that the musts were set on.
WORK = """() => {
    const row = (_, number) =>
        `<p class="a b${number % 9}">row ${number} <b>of</b> <i>words</i></p>`;
    const style = ".a { color: red } .b1 { margin: 1em } .b2 b { font-size: 2em }";
    const rows = Array.from({ length: 6000 }, row).join("");
    document.body.innerHTML = `<style>${style}</style>${rows}`;
    return document.body.offsetHeight;
}"""


def measure_story_in_browser(folder: Path) -> Iterator[Row]:
    """Build this story, open its longest pages and tap the first number, in turn with
    fixed work.
    """
    program = find_program()
    story = copy_project(folder / "story")
    if not program:
        raise BenchError(
            "found no Chrome or Chromium: python tools/browser.py installs one"
        )
    run_command(BUILD, story)
    site = f"{(story / 'site').as_uri()}/"
    with sync_playwright() as playwright:
        # our own pages alone
        opened = playwright.chromium.launch(
            executable_path=program, chromium_sandbox=False
        )
        kinds = [
            Kind(
                "the story in a browser",
                lambda: measure_load(opened, f"{site}index.html"),
                1.3,
            ),
            Kind(
                "all numbers in a browser",
                lambda: measure_load(opened, f"{site}numbers.html"),
                1.05,
            ),
            Kind(
                "the first click on a number",
                lambda: measure_tap_on_first_number(opened, f"{site}index.html"),
                0.2,
            ),
        ]
        yield from measure_in_turn(partial(measure_fixed_work, opened), kinds, ROUNDS)
        opened.close()


def measure_fixed_work(opened: Browser) -> CpuSeconds:
    """Return the seconds of fixed work."""
    with _open_window(opened) as (page, read_work_so_far):
        page.evaluate("1")
        before = read_work_so_far()
        page.evaluate(WORK)
        return read_work_so_far() - before


def measure_load(opened: Browser, address: str) -> CpuSeconds:
    """Return the seconds that a page takes until it is quiet."""
    with _open_window(opened) as (page, read_work_so_far):
        page.goto(address)
        page.wait_for_timeout(QUIET)
        return read_work_so_far()


def measure_tap_on_first_number(opened: Browser, address: str) -> CpuSeconds:
    """Return the seconds that the answer of a page to a tap on its first
    number takes.
    """
    with _open_window(opened) as (page, read_work_so_far):
        page.goto(address)
        number = page.locator(NUMBER).first
        number.scroll_into_view_if_needed()
        page.wait_for_timeout(QUIET)
        before = read_work_so_far()
        number.tap()
        page.wait_for_timeout(QUIET)
        return read_work_so_far() - before


@contextlib.contextmanager
def _open_window(opened: Browser) -> Iterator[tuple[Page, Callable[[], CpuSeconds]]]:
    """Open a window like a phone's with nothing in caches; give it, and what tells how
    long its main thread read_work_so_far.
    """
    context = opened.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read_work_so_far() -> CpuSeconds:
        told = session.send("Performance.getMetrics")["metrics"]
        work = (each["value"] for each in told if each["name"] == "TaskDuration")
        return float(next(work))

    yield page, read_work_so_far
    context.close()
