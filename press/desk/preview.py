"""Live preview: every save is built and shown; a mistake stands on the page, with its lines, until it is mended.

livereload tells the browser to reload. Its server is not used, only its handlers: its poll every 800 ms is replaced by
file events, its habit to ignore changes within three seconds of a reload is switched off, and the script stands in the
page as a file, because the site's policy forbids the inline one that it would put there.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import mimetypes
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import jinja2
import watchfiles
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.websocket import WebSocketClosedError

from press.approvals import Review
from press.desk.publish import publish
from press.errors import BuildError, Problem
from press.pages import File, Site

_Result = TypeVar("_Result")
Build = Callable[..., Iterator[tuple[str, File]]]

WATCHED = ("content", "data", "editions", "templates", "story")
HOSTS = ("127.0.0.1", "localhost")
HERE = Path(__file__).parent / "preview_assets"
POLICY = "connect-src 'self' ws:"  # what the live page needs beside the site's own
QUICK: dict[str, Any] = {"debounce": 100, "step": 10, "raise_interrupt": False}
OFTEN = 25  # builds between two searches for memory that nothing uses: each takes as long as a save
AROUND = 2  # lines of an excerpt before and after the line that is wrong


class Shown(NamedTuple):
    """What the browser gets: the last good site, or the problems that stand in the way of the next.

    ``made`` are the files of a site that is not whole yet: for others the last ones are shown, or that there are none.
    """

    number: int
    site: Site
    problems: tuple[Problem, ...]
    made: frozenset[str] | None = None

    def number_of(self, address: str) -> int:
        """Return which build the file at an address is of; 0 if it may still change in this one."""
        return self.number if self.made is None or address in self.made else 0


class Preview:
    """Builds on each change and holds what is shown; pictures are drawn when they are requested."""

    def __init__(self, root: Path, path: str, build: Build, say: Callable[[str], None]) -> None:
        """Serve the site under ``path`` (with a slash at both ends); ``build`` yields it or raises ``BuildError``.

        It is given the pages to make first, and what is to be shown the reviews.
        """
        self.root, self.path, self._build, self._say = root, path, build, say
        self.shown = Shown(0, {}, ())
        self.unread: list[dict[str, str]] = []  # of the last build, for the browser
        self.building = False
        self._builds = 0

    def look(self, found: Sequence[Review]) -> tuple[Problem, ...]:
        """Take what nobody has read, which the browser marks; none of it is a problem here."""
        self.unread = [item.telling for review in found for item in review.unread]
        return ()

    def rebuild(self) -> None:
        """Build once, whole, and publish what is good."""
        for _ in self.steps(set, lambda: None):
            pass

    def steps(self, opened: Callable[[], set[str]], tell: Callable[[], None]) -> Iterator[None]:
        """Build once and publish what is good, in steps between which the server answers.

        As soon as the pages are made that browsers have ``opened``, they are shown, and the browsers are told: the rest
        follows, and what is wrong with it.
        """
        started, site, first = time.perf_counter(), Site(), opened() & self.shown.site.keys()
        files, early = self._build(first, self.look), False
        try:
            while item := self._at_work(next, files, None):
                site[item[0]] = item[1]
                if not early and first and first <= site.keys() and not self.shown.problems:
                    early = True
                    self._show({**self.shown.site, **site}, (), frozenset(site))
                    tell()
                yield
            ready = {address: file for address, file in site.items() if not file.waits}
            self._at_work(publish, ready, self.root / "site", self.root, self._say)
            if early and opened() <= first:  # every window has it already
                self.shown = self.shown._replace(site=site, made=None)
            else:
                self._show(site, ())
                tell()
        except BuildError as error:
            self._say(f"{error}\n")
            self._show(self.shown.site, error.problems)
            tell()
        self._builds += 1
        if self._builds % OFTEN == 0:
            gc.unfreeze()
            gc.collect()
        gc.freeze()  # what is remembered is not looked through again and again
        count = len(self.shown.problems)
        outcome = f"{count} problem{'s' if count > 1 else ''}" if count else "good"
        self._say(f"build {self._builds}: {outcome}, {(time.perf_counter() - started) * 1000:.0f} ms")

    def _at_work(self, function: Callable[..., _Result], *given: object) -> _Result:
        """Call a function for which the server's loop waits: a signal interrupts it."""
        self.building = True
        try:
            return function(*given)
        finally:
            self.building = False

    def _show(self, site: Site, problems: tuple[Problem, ...], made: frozenset[str] | None = None) -> None:
        """Show a site, or what is wrong, in place of what was shown before."""
        self.shown = Shown(self.shown.number + 1, site, problems, made)

    def answer(self, address: str, port: str) -> tuple[int, str, bytes]:
        """Return status, media type and body for an address below the site's path, to be seen on ``port``."""
        address = file_at(address)
        is_page = address.endswith(".html") or "." not in address
        if is_page and self.shown.problems:
            return 500, "text/html; charset=utf-8", self._problem_page(port)
        file = self.shown.site.get(address)
        status = 200 if file else 404
        file = file or self.shown.site.get("404.html", File(b"", ""))
        kind = mimetypes.guess_type(address)[0] or "text/html"
        if status == 404 or kind == "text/html":  # noqa: PLR2004 - not found
            return status, "text/html; charset=utf-8", self._live(file.text, port, self.shown.number_of(address))
        try:
            return status, kind, file.body
        except BuildError as error:  # of a picture, which is drawn only now
            self._say(f"{error}\n")
            return 500, "text/plain; charset=utf-8", str(error).encode()

    def _live(self, html: str, port: str, number: int) -> bytes:
        """Put the reloading script into a page and its policy; ``port=`` tells it which build the page shows."""
        script = f'<script src="/livereload.js?port={port}/{number}" defer></script>\n'
        script += '<script src="/-/unread.js" defer></script>\n</head>'
        html = html.replace("connect-src 'self'", POLICY, 1)
        return html.replace("</head>", script, 1).encode()

    def _problem_page(self, port: str) -> bytes:
        template = jinja2.Template((HERE / "problems.html").read_text("utf-8"), autoescape=True)
        problems = [(problem, _excerpt(self.root / problem.path, problem)) for problem in self.shown.problems]
        return self._live(template.render(problems=problems, good=bool(self.shown.site)), port, self.shown.number)


def _excerpt(path: Path, problem: Problem) -> list[tuple[int, str, str, str]]:
    """Return the lines around a problem: number, and the text before, in and after the words that are wrong."""
    try:
        text = path.read_text("utf-8-sig", errors="replace")  # line ends as press.files counts them
    except OSError:
        return []
    lines = text.split("\n")
    numbers = range(max(1, problem.line - AROUND), min(len(lines), problem.line + AROUND) + 1)
    return [(number, *_parted(lines[number - 1], problem, number)) for number in numbers]


def _parted(line: str, problem: Problem, number: int) -> tuple[str, str, str]:
    """Part a line at the words that are wrong, if they stand in it and are known."""
    if number != problem.line or not problem.width:
        return line, "", ""
    start, end = problem.column - 1, problem.column - 1 + problem.width
    return line[:start], line[start:end], line[end:]


class FileEvents:
    """What livereload calls a watcher: it calls back when files have changed."""

    filepath = "*"  # what livereload tells the browser to reload: all, whatever it was

    def __init__(self, preview: Preview) -> None:
        """Watch the story's folders from ``start`` on."""
        self._preview = preview
        self._stop, self._renew = threading.Event(), threading.Event()
        self._tasks = {"all": None}  # livereload watches the working folder where there are none
        self._again = self._at_work = False

    def start(self, callback: Callable[[], None]) -> bool:
        """Watch in threads of its own; return true, so that livereload does not poll."""
        changed = partial(IOLoop.current().add_callback, self._changed, callback)
        for watch in (self._watch_files, self._watch_folders):
            threading.Thread(target=watch, args=(changed,), daemon=True).start()
        return True

    def stop(self) -> None:
        """End watching."""
        self._stop.set()
        self._renew.set()

    def examine(self) -> tuple[str, None]:
        """Return what has changed, and no delay."""
        return self.filepath, None

    def _watch_files(self, changed: Callable[[], None]) -> None:
        while not self._stop.is_set():
            self._renew.clear()
            folders = [self._preview.root / name for name in WATCHED if (self._preview.root / name).is_dir()]
            for _ in watchfiles.watch(*folders, stop_event=self._renew, **QUICK):
                changed()

    def _watch_folders(self, changed: Callable[[], None]) -> None:
        """Watch anew where a folder is replaced by another of its name: events belong to folders, not to names."""
        for changes in watchfiles.watch(self._preview.root, recursive=False, stop_event=self._stop, **QUICK):
            if any(Path(path).name in WATCHED for _, path in changes):
                self._renew.set()
                changed()

    async def _changed(self, callback: Callable[[], None]) -> None:
        """Build; where a file is saved meanwhile, begin again."""
        self._again = True
        if self._at_work:
            return
        self._at_work = True
        try:
            with contextlib.suppress(KeyboardInterrupt):  # of a build: the server ends, too
                await self._build(callback)
        finally:
            self._at_work = False

    async def _build(self, callback: Callable[[], None]) -> None:
        while self._again:
            self._again = False
            for _ in self._preview.steps(_opened, callback):
                await asyncio.sleep(0)
                if self._again:
                    break


class _Refused(web.RequestHandler):
    """Refuses requests for another host's name, against DNS rebinding."""

    def prepare(self) -> None:
        raise web.HTTPError(403)


class _Page(web.RequestHandler):
    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def get(self, address: str) -> None:
        port = self.request.host.rpartition(":")[2]
        status, kind, body = self._preview.answer(address, port)
        self.set_status(status)
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-store")
        self.write(body)


class _Unread(web.RequestHandler):
    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def get(self) -> None:
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.write(json.dumps(self._preview.unread, ensure_ascii=False))


class _Reload(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's socket; it also tells a page that was fetched before the last build, whose reload it has missed."""

    preview: Preview
    page = ""  # the address of the file that the window shows

    def check_origin(self, origin: str) -> bool:
        return urlsplit(origin).hostname in HOSTS

    def open(self, number: str) -> None:
        self._number = int(number)

    def on_message(self, message: str) -> None:
        super().on_message(message)
        told = json.loads(message)
        if told.get("command") == "info":
            path = urlsplit(str(told.get("url", ""))).path.removeprefix(self.preview.path)
            self.page = file_at(path)
            if self._number != self.preview.shown.number_of(self.page):
                self.write_message({"command": "reload", "path": "*", "liveCSS": False})

    def write_message(self, message: str | dict[str, Any], *, binary: bool = False) -> None:
        """Send a message, to nobody if the window has been closed: tornado and livereload would print a traceback."""
        with contextlib.suppress(WebSocketClosedError):
            super().write_message(message, binary).add_done_callback(_look_at)


def file_at(path: str) -> str:
    """Return the address of the file that a path below the site's leads to."""
    return f"{path}index.html" if path.endswith("/") or not path else path


def _opened() -> set[str]:
    """Return the addresses of the files that windows show."""
    return {window.page for window in LiveReloadHandler.waiters if isinstance(window, _Reload)}


def _look_at(sent: asyncio.Future[None]) -> None:
    """Raise what went wrong with a message, but not that its window was closed on the way."""
    with contextlib.suppress(WebSocketClosedError, asyncio.CancelledError):
        sent.result()


def application(preview: Preview) -> web.Application:
    """Return the server's handlers: livereload's two, the site under its path, and the way there from anywhere else."""
    refusing = web.Application([(r".*", _Refused)])
    refusing.add_handlers(
        "|".join(map(re.escape, HOSTS)),
        [
            (r"/(\d+)/livereload", _Reload),
            (r"/livereload.js", LiveReloadJSHandler),
            (r"/-/(preview\.css|unread\.js)", web.StaticFileHandler, {"path": str(HERE)}),
            (r"/-/unread\.json", _Unread, {"preview": preview}),
            (re.escape(preview.path) + r"(.*)", _Page, {"preview": preview}),
            (r"/.*", web.RedirectHandler, {"url": preview.path, "permanent": False}),
        ],
    )
    return refusing


def serve(preview: Preview, port: int, say: Callable[[str], None]) -> None:
    """Serve until interrupted or terminated, in the middle of a build too. Raises ``OSError`` if the port is taken."""

    async def run() -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()

        def end(_number: int, _frame: object) -> None:
            loop.call_soon_threadsafe(ended.set)
            if preview.building:  # which the loop waits for; anywhere else an exception would tear what is under way
                raise KeyboardInterrupt

        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, end)
        server = HTTPServer(application(preview))
        sockets = bind_sockets(port, "127.0.0.1")
        server.add_sockets(sockets)
        _Reload.preview, LiveReloadHandler.watcher = preview, events
        LiveReloadHandler.DEFAULT_RELOAD_TIME, LiveReloadHandler.live_css = 0, False
        LiveReloadHandler.start_tasks()
        preview.rebuild()
        say(f"Preview: http://127.0.0.1:{sockets[0].getsockname()[1]}{preview.path}  (end with Ctrl-C)")
        await ended.wait()

    events = FileEvents(preview)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run())
    events.stop()
