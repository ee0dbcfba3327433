"""How the built site does in Firefox, WebKit and w3m: a part of the audit. The tests look at it in Chromium.

A page stands in a frame of the width that is asked for, since no window becomes as narrow as a telephone.
"""

from __future__ import annotations

import contextlib
import html
import itertools
import re
import subprocess
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from tools import browser
from tools.drivers import firefox, patiently, webkit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from tools.drivers import Ask

WIDTHS = (320, 1280)
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "the right arrow": "\ue014"}
WEBKIT = browser.Program("WebKit", "WEBKIT_DRIVER", ("WebKitWebDriver",), packages="webkit2gtk-driver xvfb")
W3M = browser.Program("w3m", "W3M", ("w3m",), packages="w3m")
# Stands in each page that may run scripts, before all of its own: no driver tells what went wrong before it was asked.
WITNESS = """window.wrong = [];
const note = text => wrong.push(text);
addEventListener("error", event => note(event.message || `cannot load ${event.target.src || event.target.href}`), true);
addEventListener("unhandledrejection", event => note(`rejects ${event.reason}`));
addEventListener("securitypolicyviolation", event => note(`may not load ${event.blockedURI}`));
"""
FAULTS = """const found = [...window.wrong || []], { scrollWidth, clientWidth } = document.documentElement;
if (!document.querySelector("h1")?.getClientRects().length) found.push("shows no heading");
if (scrollWidth > clientWidth) found.push(`is ${scrollWidth} px wide in a window of ${clientWidth}`);
for (const figure of document.querySelectorAll("figure[data-points], .embed main")) {
  const sizes = [...figure.querySelectorAll("svg")].map(drawing => drawing.getBoundingClientRect());
  if (!sizes.some(({ width, height }) => width > 200 && height > 100)) found.push(`draws no ${figure.id || "chart"}`);
}
return found;"""
# What keys do: a script that gives the focus to something, if the page has it, and for each key whether it was heard.
PROMISES = {
    "a receipt": (
        """const link = document.querySelector("script[data-cards]") && document.querySelector("main a.number");
        link?.focus();
        return !!link;""",
        {
            "Enter": 'return !!document.activeElement.closest(".card:popover-open");',
            "Escape": 'return !document.querySelector(":popover-open") && document.activeElement.matches(".number");',
        },
    ),
    "the search": (
        'const button = document.querySelector(".seek"); button?.focus(); return !!button;',
        {
            "Enter": 'return !!document.activeElement.closest("dialog.search[open]");',
            "Escape": 'return !document.querySelector("dialog[open]") && document.activeElement.matches(".seek");',
        },
    ),
    "the slider of a chart": (
        'const slider = document.querySelector("figure input[type=range]"); slider?.focus(); return !!slider;',
        {
            "the right arrow": """const { value, ariaValueText } = document.activeElement;
            return value === "1" && ariaValueText.includes(document.querySelector(".tip b")?.textContent);""",
        },
    ),
}


def look(site: Path, pages: Iterable[str]) -> bool:
    """Print what is wrong with pages of a site in each browser; tell whether that is nothing.

    A browser that is missing is wrong as well: else an audit that saw less would look like one that saw all.
    """
    lookers: dict[browser.Program, Callable[[Path], Iterator[str]]] = {
        browser.FIREFOX: lambda program: driven(firefox(program), site, pages),
        WEBKIT: lambda program: driven(webkit(program), site, pages),
        W3M: lambda program: in_text(program, site / "index.html"),
    }
    good = [_told(kind, looker) for kind, looker in lookers.items()]
    return all(good)


def _told(kind: browser.Program, looker: Callable[[Path], Iterator[str]]) -> bool:
    program = browser.find(kind)
    found = list(looker(program)) if program else [f"is missing: install it (Debian: {kind.packages})"]
    for fault in found:
        print(f"{kind.label}: {fault}")
    print(f"{kind.label}: {len(found)} complaints", flush=True)
    return not found


def driven(opened: AbstractContextManager[Ask], site: Path, pages: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with pages in a browser, at each of ``WIDTHS``."""
    try:
        with served(partial(Framed, directory=site)) as address, opened as ask:
            for page, width in itertools.product(pages, WIDTHS):
                ask("Navigate", url=f"{address}frame/{width}/{page}")
                ask("SwitchToFrame", id=0)
                yield from (f"{page}, {width} px: {fault}" for fault in faults(ask))
    except OSError as error:
        yield f"stopped: {error}"


def faults(ask: Ask) -> Iterator[str]:
    """Yield what is wrong with the page that a browser shows: what keys do, then its look and its scripts."""
    run = partial(ask, "ExecuteScript", args=[])
    for name, (focus, heard) in PROMISES.items():
        if run(script=focus):
            yield from (f"{key} does nothing to {name}" for key in _unheard(ask, heard))
    yield from run(script=FAULTS)


def _unheard(ask: Ask, heard: dict[str, str]) -> Iterator[str]:
    for key, script in heard.items():
        strokes = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        ask("PerformActions", actions=[{"type": "key", "id": "keys", "actions": strokes}])
        if not patiently(partial(ask, "ExecuteScript", script=script, args=[])):
            yield key


def in_text(program: Path, page: Path) -> Iterator[str]:
    """Yield what w3m leaves out of the charts of a page: it knows neither styles nor drawings."""
    done = subprocess.run((program, "-dump", "-cols", "200", page), capture_output=True, check=False)
    yield from unsaid(page.read_text("utf-8"), done.stdout.decode())


def unsaid(page: str, text: str) -> Iterator[str]:
    """Yield the figures of a page whose finding a text lacks, or, below it, the first value of their table."""
    told = " ".join(text.split())
    for name, figure in re.findall(r'<figure id="([^"]+)".*?>(.*?)</figure>', page, re.DOTALL):
        title = _plain(re.findall(r'class="title"[^>]*>(.*?)</p>', figure, re.DOTALL)[0])
        value = next(filter(re.compile(r"\d").search, map(_plain, re.findall(r"<td[^>]*>(.*?)</td>", figure))))
        if value not in told.partition(title)[2]:
            yield f"{name}: found no {title!r} with {value!r} below"


def _plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


class Framed(SimpleHTTPRequestHandler):
    """Serves a site: each page in a frame at /frame/WIDTH/PAGE, and by itself with the witness."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a frame, the witness, a page or a file."""
        path = Path(self.translate_path(self.path))
        if framed := re.match(r"/frame/(\d+)/(.*)", self.path):
            self._send(f'<iframe src="/{framed[2]}" style="width: {framed[1]}px; height: 900px; border: 0"></iframe>')
        elif self.path == "/witness.js":
            self._send(WITNESS, "text/javascript")
        elif path.suffix == ".html":
            self._send(witnessed(path.read_text("utf-8")))
        else:
            super().do_GET()

    def _send(self, text: str, kind: str = "text/html") -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def witnessed(page: str) -> str:
    """Return a page with the witness above all else that it loads, if it may run scripts at all."""
    return page.replace("<title>", '<script src="/witness.js"></script><title>', 1) if "script-src" in page else page


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that leaves a page wants no answers any more."""


@contextlib.contextmanager
def served(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve on this computer; give the address, which ends in a stroke."""
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
