"""What tests of pages share, whosever pages they are: folders that are served, and
windows of a browser.
"""

import contextlib
import os
import re
import threading
from collections.abc import Callable, Iterator
from html import unescape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools import browser as browsers

NOT_FOUND = "404.html"  # served wherever nothing is
# What the tests cannot leave to the machine, whose table of types may be another.
TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
PATIENCE = 120_000  # milliseconds to wait for what does not come, on a busy machine
HEIGHT = 900  # of a window, in pixels
BLANK = "about:blank"
AT_ONCE = 1000  # times as fast as pages ask for
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)

# When this is done, what was under way in a page is done and painted, and what it asked
# for has been heard of.
LATER = """async () => {
    const icon = document.querySelector("link[rel=icon]");
    if (icon && location.protocol !== "file:") await fetch(icon.href);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
}"""
# Not Playwright's own way to wait for a condition, which the policy of a page may
# forbid.
UNTIL = """async patience => {
    const end = performance.now() + patience;
    while (!(CONDITION)) {
        if (performance.now() > end) return false;
        await new Promise(done => requestAnimationFrame(done));
    }
    return true;
}"""

# Keeps what a page would do after seconds, as to take away what it said, for a test to
# do: by no clock.
KEPT = """
    window.kept = [];
    const soon = window.setTimeout;
    window.setTimeout = (act, wait = 0, ...given) => wait > 1000 ? kept.push(act) : soon(act, wait, ...given);"""

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
JUDGED = """async ([place, options]) => {
    const {violations, passes} = await axe.run(place, options);
    return {
        broken: violations.flatMap(({id, nodes}) =>
            nodes.map(({html, failureSummary}) => `${id}: ${html}: ${failureSummary}`)),
        kept: passes.map(rule => rule.id),
    };
}"""

Windows = dict[tuple[tuple[str, object], ...], "Page"]


class Place(NamedTuple):
    """A folder with a site, the address of its server, and the base URL that it was
    built for.
    """

    folder: Path
    url: str
    base: str = ""

    def __call__(self, address: str) -> str:
        """Return where a file of the site is served."""
        return self.url + address

    def file(self, address: str) -> str:
        """Return how a file of the site is opened without a server."""
        return (self.folder / address).as_uri()

    def text(self, address: str) -> str:
        """Return the text of a file of the site."""
        return self.body(address).decode()

    def body(self, address: str) -> bytes:
        """Return the bytes of a file of the site."""
        return (self.folder / address).read_bytes()


def extract_words(html: str) -> str:
    """Return what a text browser shows of a page, or a part of one, in one line; it
    knows nothing of styles.
    """
    body = re.sub(r"<(head|script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", body)).split())


@contextlib.contextmanager
def serve_folders(mounts: dict[str, Path]) -> Iterator[str]:
    """Serve folders; give the address of the server's root."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(mounts))
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}
    )
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def _handler(mounts: dict[str, Path]) -> type[BaseHTTPRequestHandler]:
    """Serve folders as GitHub Pages does: 404.html, with status 404,
    where nothing is.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            mount = next(mount for mount in mounts if path.startswith(mount))
            file = mounts[mount] / (path.removeprefix(mount) or "index.html")
            status = HTTPStatus.OK
            if not file.is_file():
                status, file = HTTPStatus.NOT_FOUND, mounts[mount] / NOT_FOUND
            body = file.read_bytes()
            self.send_response(status)
            self.send_header("Content-Type", TYPES[file.suffix])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that ``tools/browser.py`` finds; where there is none, tests
    fail.
    """
    program = browsers.find()
    assert program, (
        "no Chrome or Chromium was found: python tools/browser.py installs one"
    )
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=[*FLAGS, *as_root]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def windows() -> Windows:
    """Keep windows open between tests: to open one takes longer than most tests do.

    The browser closes them.
    """
    return {}


@pytest.fixture(scope="session")
def window(browser: Browser, windows: Windows) -> Callable[..., Page]:
    """Return a function that gives a window of a scheme and so on, which other tests
    have used or will use.
    """

    def window(**options: object) -> Page:
        key = tuple(sorted(options.items()))
        if key not in windows:
            windows[key] = open_window(browser, **options)
        return windows[key]

    return window


def open_window(browser: Browser, **options: object) -> Page:
    """Open a window of its own, in which transitions end as soon as they begin.

    To paint each of their frames takes longer than most tests do.
    """
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(PATIENCE)
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": AT_ONCE})
    return page


def resize(page: Page, width: int, height: int = HEIGHT) -> None:
    """Give a window a size, and wait until its page knows it."""
    page.set_viewport_size({"width": width, "height": height})
    # where no scripts run, too
    while page.evaluate("[innerWidth, innerHeight]") != [width, height]:
        page.wait_for_timeout(10)


def wait_until_quiet(page: Page) -> None:
    """Wait until all that a page was about to do is done: what has not come by then
    does not come.
    """
    page.evaluate(LATER)


def wait_until_true(page: Page, condition: str) -> None:
    """Wait until an expression is true in a page."""
    came = page.evaluate(UNTIL.replace("CONDITION", condition), PATIENCE)
    assert came, f"{condition} did not come true"


def check_accessibility(
    page: Page, place: str = "html", *, contrast: bool = True
) -> dict[str, list[str]]:
    """Have axe look at a page, or at a part of it: rules that it breaks, rules that it
    keeps.

    What takes longest is to look at contrasts.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    rules = {"color-contrast": {"enabled": contrast}}
    return page.evaluate(
        JUDGED,
        [place, {"runOnly": STANDARDS, "resultTypes": ["violations"], "rules": rules}],
    )


@pytest.fixture
def visit(
    browser: Browser, window: Callable[..., Page]
) -> Iterator[Callable[..., Page]]:
    """Return a function that loads an address in a window of the width, scheme and so
    on that a test asks for.

    A document is always loaded anew; the window may have served other tests, unless
    ``fresh`` asks for one of its own.
    """
    own = []

    def visit(
        url: str, width: int = 1440, *, fresh: bool = False, **options: object
    ) -> Page:
        page = open_window(browser, **options) if fresh else window(**options)
        if fresh:
            own.append(page.context)
        # What is there need not be laid out anew; and were it the document of that
        # address, the browser would only go to another place of it.
        page.goto(BLANK)
        resize(page, width)
        page.emulate_media(
            media="null", color_scheme=options.get("color_scheme", "light")
        )
        page.goto(url)
        return page

    yield visit
    for context in own:
        context.close()
