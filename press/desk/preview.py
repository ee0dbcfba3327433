"""Live preview: every save is built and shown; a mistake stands on the page, with its
lines, until it is mended.

The site is served from memory. livereload tells the browser to reload; of it the two
handlers are used that its script talks to, and not its server: that looks for changes
every 800 ms, leaves out those within three seconds of a reload, and puts an inline
script into pages, which the site's policy forbids.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import mimetypes
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, cast

import jinja2
import livereload
import watchfiles
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from press.approvals import Review
from press.content import LABELS
from press.ground.errors import (
    BuildError,
    Problem,
    escape_invisible,
    format_count,
    format_message,
)
from press.ground.files import FOLDERS
from press.ground.guard import find_story_line, report_engine_errors
from press.ground.steps import Say
from press.pages import File, FilesByAddress
from press.reading import GRAMMARS
from press.story import THEME

BuildAgain = Callable[..., Iterator[tuple[str, File]]]

READ_ANEW = (THEME, GRAMMARS, LABELS)  # of the engine at each build, as a story's are
OK = HTTPStatus.OK
NOT_FOUND = HTTPStatus.NOT_FOUND
WRONG = HTTPStatus.INTERNAL_SERVER_ERROR
HTML = "text/html; charset=utf-8"
HOSTS = ("127.0.0.1", "localhost")
LIVERELOAD = Path(livereload.__file__).parent / "vendors"
HERE = Path(__file__).parent / "preview_assets"
POLICY = "connect-src 'self' ws:"  # what the live page needs beside the site's own
QUICK: dict[str, Any] = {"debounce": 100, "step": 5}
# builds between two searches for memory that nothing uses: each takes as long as a save
OFTEN = 25
UNREAD = "/-/unread.json"  # what nobody has read, for the script that marks it
AROUND = 2  # lines of an excerpt before and after the line that is wrong


class HttpAnswer(NamedTuple):
    """What the server sends: status, media type and body."""

    status: int
    kind: str
    body: bytes


class Preview:
    """Builds on each change and holds what is shown; pictures are drawn when they are
    requested.
    """

    def __init__(self, root: Path, path: str, build: BuildAgain, say: Say) -> None:
        """Serve the site under ``path`` (with a slash at both ends); ``build`` yields
        it or raises ``BuildError``.

        It is told by ``judge_unread=`` what is to be shown the review.
        """
        self.root = root
        self.path = path
        self._build = build
        self._say = say
        self.site: FilesByAddress = {}  # the last good one
        self.problems: tuple[Problem, ...] = ()  # that stand in the way of the next
        self._review: Review | None = None  # of the last build, for the browser
        self.number = 0  # of what is shown: no other preview has the same
        self.building = False  # while the server's loop waits: a signal interrupts it
        self.builds = 0

    def keep_review(self, found: Review) -> Iterable[Problem]:
        """Take what nobody has read, which the browser asks for and marks; none of it
        is a problem here.
        """
        self._review = found
        return ()

    def rebuild(self) -> None:
        """Build once; show what is good, or what is wrong."""
        gc.disable()  # what the caches hold is not looked through again and again
        started = time.perf_counter()
        self.building = True
        try:
            with report_engine_errors(self.root):
                self.site = dict(self._build(judge_unread=self.keep_review))
                self.problems = ()
        except BuildError as error:
            self._say(f"{error}\n")
            self.problems = error.problems
        finally:
            self.building = False
        self.number = time.time_ns()
        self.builds += 1
        if self.builds % OFTEN == 0:
            gc.collect()
        count = len(self.problems)
        outcome = format_count(count, "problem") if count else "good"
        milliseconds = (time.perf_counter() - started) * 1000
        self._say(f"build {self.builds}: {outcome}, {milliseconds:.0f} ms")

    def answer(self, address: str, port: str) -> HttpAnswer:
        """Return what is sent for an address below the site's path, to
        be seen on ``port``.

        ``UNREAD`` is no such address, and has what nobody has read.
        """
        if address == UNREAD:
            return HttpAnswer(OK, "application/json", self._format_unread())
        if address.endswith("/") or not address:
            address = f"{address}index.html"
        is_page = address.endswith(".html") or "." not in address
        if is_page and self.problems:
            return HttpAnswer(WRONG, HTML, self._render_problems_page(port))
        file = self.site.get(address)
        if file is None:
            missing = self.site.get("404.html", File(b"", ""))
            return HttpAnswer(
                NOT_FOUND, HTML, self._add_scripts_and_policy(missing.text, port)
            )
        kind = mimetypes.guess_type(address)[0] or "text/html"
        if kind == "text/html":
            return HttpAnswer(OK, HTML, self._add_scripts_and_policy(file.text, port))
        try:
            return HttpAnswer(OK, kind, file.body)
        except BuildError as error:  # of a picture, which is drawn only now
            self._say(f"{error}\n")
            return HttpAnswer(WRONG, "text/plain; charset=utf-8", str(error).encode())

    def _format_unread(self) -> bytes:
        """Return what nobody has read, as JSON."""
        unread = self._review.unread if self._review else ()
        told = [item.words_place_why_and_doubts for item in unread]
        return json.dumps(told, ensure_ascii=False).encode()

    def _add_scripts_and_policy(self, html: str, port: str) -> bytes:
        """Put the reloading script into a page and its policy; ``port=`` tells it which
        build the page shows.
        """
        script = (
            f'<script src="/livereload.js?port={port}/{self.number}" defer></script>\n'
        )
        script += '<script src="/-/unread.js" defer></script>\n</head>'
        html = html.replace("connect-src 'self'", POLICY, 1)
        return html.replace("</head>", script, 1).encode()

    def _render_problems_page(self, port: str) -> bytes:
        environment = jinja2.Environment(autoescape=True)
        environment.filters["shown"] = format_message
        template = environment.from_string((HERE / "problems.html").read_text("utf-8"))
        problems = [
            (problem, _cut_excerpt_around_problem(self.root / problem.path, problem))
            for problem in self.problems
        ]
        return self._add_scripts_and_policy(
            template.render(problems=problems, good=bool(self.site)), port
        )


def _cut_excerpt_around_problem(
    path: Path, problem: Problem
) -> list[tuple[int, str, str, str]]:
    """Return the lines around a problem: number, and the text before, in and after the
    words that are wrong.

    Invisible characters are escaped: some would turn the line round.
    """
    try:
        # line ends as press.ground.files counts them
        text = path.read_text("utf-8-sig", errors="replace")
    except OSError:
        return []
    lines = text.split("\n")
    numbers = range(
        max(1, problem.line - AROUND), min(len(lines), problem.line + AROUND) + 1
    )
    return [
        (number, *_split_line_around_problem(lines[number - 1], problem, number))
        for number in numbers
    ]


def _split_line_around_problem(
    line: str, problem: Problem, number: int
) -> tuple[str, str, str]:
    """Part a line at the words that are wrong, if they stand in it and are known."""
    if number != problem.line or not problem.width:
        return escape_invisible(line), "", ""
    start = problem.column - 1
    end = problem.column - 1 + problem.width
    return (
        escape_invisible(line[:start]),
        escape_invisible(line[start:end]),
        escape_invisible(line[end:]),
    )


class _PageHandler(web.RequestHandler):
    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def get(self, address: str) -> None:
        port = self.request.host.rpartition(":")[2]
        status, kind, body = self._preview.answer(address, port)
        self.set_status(status)
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-store")
        self.write(body)

    head = get  # tornado leaves the body out


class _WayHandler(web.RedirectHandler):
    head = web.RedirectHandler.get


class _StaleWindowReloadHandler(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's socket, which answers our own pages alone, and also tells one that
    has missed a build to reload.
    """

    preview: Preview

    # livereload's lets pages of any site listen
    check_origin = WebSocketHandler.check_origin

    # no page of ours sends what cannot be read: tornado ends the socket, without a
    # traceback
    def log_exception(self, *_error: object) -> None:
        pass

    def open(self, number: str) -> None:
        self._number = int(number)

    # livereload's tells only windows that are open when a build ends
    def on_message(self, message: str) -> None:
        super().on_message(message)
        if (
            json.loads(message).get("command") == "info"
            and self._number != self.preview.number
        ):
            self.write_message({"command": "reload", "path": "*", "liveCSS": False})

    def write_message(
        self, message: str | dict[str, Any], *, binary: bool = False
    ) -> None:
        """Send a message, to nobody if the window has been closed: tornado and
        livereload would print a traceback.
        """
        with contextlib.suppress(WebSocketClosedError):
            super().write_message(message, binary).add_done_callback(
                _raise_failure_unless_closed
            )


def _raise_failure_unless_closed(sent: asyncio.Future[None]) -> None:
    """Raise what went wrong with a message, but not that its window was closed on the
    way.
    """
    with contextlib.suppress(WebSocketClosedError, asyncio.CancelledError):
        sent.result()


def make_application(preview: Preview) -> web.Application:
    """Return the server's handlers: livereload's two, the site under its path, and the
    way there from anywhere else.
    """
    # which has nothing under another host's name, against DNS rebinding
    ours = web.Application()
    ours.add_handlers(
        # tornado has the last of several alone end the name
        f"(?:{'|'.join(map(re.escape, HOSTS))})",
        [
            (r"/(\d+)/livereload", _StaleWindowReloadHandler),
            (r"/(livereload\.js)", web.StaticFileHandler, {"path": str(LIVERELOAD)}),
            (
                r"/-/(preview\.css|unread\.js)",
                web.StaticFileHandler,
                {"path": str(HERE)},
            ),
            (f"({re.escape(UNREAD)})", _PageHandler, {"preview": preview}),
            (re.escape(preview.path) + r"(.*)", _PageHandler, {"preview": preview}),
            (r"/.*", _WayHandler, {"url": preview.path, "permanent": False}),
        ],
    )
    return ours


def serve_preview_until_interrupted(preview: Preview, port: int, say: Say) -> None:
    """Serve until interrupted or terminated, in the middle of a build too.

    Raises ``OSError`` if the port is taken.
    """

    async def run() -> None:
        loop = asyncio.get_running_loop()
        serving = asyncio.current_task()

        def end(_number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(cast("asyncio.Task[None]", serving).cancel)
            # which would swallow it
            imports = frame and frame.f_code.co_filename.startswith("<frozen importlib")
            # the loop waits for it; else an exception would tear what is at work
            if preview.building and not imports:
                raise KeyboardInterrupt

        def rebuild() -> None:
            """Build; where a signal interrupts it, say at which line of the story: the
            server ends by itself.
            """
            try:
                preview.rebuild()
            except KeyboardInterrupt as error:
                if place := find_story_line(error, preview.root):
                    say(f"interrupted at {place[0]}:{place[1]}")

        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, end)
        sockets = bind_sockets(port, "127.0.0.1")
        port_of_ours = sockets[0].getsockname()[1]
        HTTPServer(make_application(preview)).add_sockets(sockets)
        _StaleWindowReloadHandler.preview = preview
        LiveReloadHandler.watcher = Watcher()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_rebuild_and_reload_after_saves(rebuild, preview.root))
            await asyncio.sleep(0)  # from here on files are watched
            rebuild()
            await asyncio.sleep(0)  # where it was interrupted, this ends
            say(
                f"Preview: http://127.0.0.1:{port_of_ours}{preview.path}  (end with"
                " Ctrl-C)"
            )

    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(run())


async def _rebuild_and_reload_after_saves(
    rebuild: Callable[[], None], root: Path
) -> None:
    """Build after each save, and tell the windows.

    All of the folder is watched: a watch of ``content/`` alone would go where another
    folder takes its place.
    """
    watched = (*READ_ANEW, *(root / name for name in FOLDERS))

    def is_source(_change: watchfiles.Change, path: str) -> bool:
        return any(map(Path(path).is_relative_to, watched))

    async for _ in watchfiles.awatch(root, *READ_ANEW, watch_filter=is_source, **QUICK):
        rebuild()
        LiveReloadHandler.reload_waiters("*")
