"""Live preview: every save is built and shown; a mistake stands on the page, with its lines, until it is mended.

livereload tells the browser to reload. Its server is not used, only its handlers: its poll every 800 ms is replaced by
file events, its habit to ignore changes within three seconds of a reload is switched off, and the script stands in the
page as a file, because the site's policy forbids the inline one that it would put there.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
import re
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import jinja2
import watchfiles
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets

from press.errors import BuildError
from press.publish import publish
from press.site import File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from press.errors import Problem
    from press.site import Site

WATCHED = ("content", "data", "templates", "story")
HOSTS = {"127.0.0.1", "localhost"}
HERE = Path(__file__).parent / "preview_assets"
POLICY = "script-src 'self'; connect-src 'self' ws:; style-src"  # what the live page needs beside the site's own
AROUND = 2  # lines of an excerpt before and after the line that is wrong


class Shown(NamedTuple):
    """What the browser gets: the last good site, or the problems that stand in the way of the next."""

    number: int
    site: Site
    problems: tuple[Problem, ...]


class Preview:
    """Builds on each change and keeps what is to be shown."""

    def __init__(self, root: Path, path: str, build: Callable[[], Site], say: Callable[[str], None]) -> None:
        """Serve the site under ``path`` (with a slash at both ends); ``build`` returns it or raises ``BuildError``."""
        self.root, self.path, self._build, self._say = root, path, build, say
        self.shown = Shown(0, {}, ())
        self.served: dict[str, int] = {}  # by address: the number of the build that the browser has

    def rebuild(self, changed: Iterable[str] = ()) -> None:
        """Build once, publish what is good; of the story's own code, forget what was imported before."""
        started = time.perf_counter()
        if any(name.endswith(".py") for name in changed):
            _forget_modules(self.root / "story")
        try:
            site = self._build()
            publish(site, self.root / "site", self.root)
            self.shown = Shown(self.shown.number + 1, site, ())
        except BuildError as error:
            self.shown = Shown(self.shown.number + 1, self.shown.site, error.problems)
            self._say(f"{error}\n")
        count = f"{len(self.shown.problems)} problems" if self.shown.problems else "good"
        self._say(f"build {self.shown.number}: {count}, {(time.perf_counter() - started) * 1000:.0f} ms")

    def answer(self, address: str) -> tuple[int, str, bytes]:
        """Return status, media type and body for an address below the site's path."""
        address = f"{address}index.html" if address.endswith("/") or not address else address
        is_page = address.endswith(".html") or "." not in address
        self.served[f"{self.path}{address}"] = self.shown.number
        if is_page and self.shown.problems:
            return 500, "text/html; charset=utf-8", self._problem_page()
        file = self.shown.site.get(address)
        status = 200 if file else 404
        file = file or self.shown.site.get("404.html", File(b"", ""))
        kind = mimetypes.guess_type(address)[0] or "text/html"
        if status == 404 or kind == "text/html":  # noqa: PLR2004 - not found
            return status, "text/html; charset=utf-8", self._live(file.text)
        return status, kind, file.body

    def is_stale(self, url: str) -> bool:
        """Tell whether a page was fetched before the last build: its reload may have been sent while it was loading."""
        path = urlsplit(url).path
        return self.served.get(f"{path}index.html" if path.endswith("/") else path, 0) < self.shown.number

    def _live(self, html: str) -> bytes:
        """Put the reloading script into a page, and as little into its policy as the script needs."""
        html = html.replace("style-src", POLICY, 1)
        return html.replace("</head>", '<script src="/livereload.js" defer></script>\n</head>', 1).encode()

    def _problem_page(self) -> bytes:
        template = jinja2.Template((HERE / "problems.html").read_text("utf-8"), autoescape=True)
        problems = [(problem, _excerpt(self.root / problem.path, problem.line)) for problem in self.shown.problems]
        return self._live(template.render(problems=problems, good=bool(self.shown.site)))


def _forget_modules(folder: Path) -> None:
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and Path(file).is_relative_to(folder):
            del sys.modules[name]


def _excerpt(path: Path, line: int) -> list[tuple[int, str, bool]]:
    """Return the lines around a line: number, text, whether it is the one."""
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
    numbers = range(max(1, line - AROUND), min(len(lines), line + AROUND) + 1)
    return [(number, lines[number - 1], number == line) for number in numbers]


class FileEvents:
    """What livereload calls a watcher: it calls back when files have changed, and says which."""

    def __init__(self, preview: Preview, folders: list[Path]) -> None:
        """Watch the folders from ``start`` on."""
        self._preview, self._folders = preview, folders
        self._stop = threading.Event()
        self._tasks = {"all": None}  # livereload watches the working folder where there are none
        self.filepath: str | None = None

    def start(self, callback: Callable[[], None]) -> bool:
        """Watch in a thread of its own; return true, so that livereload does not poll."""
        loop = IOLoop.current()
        threading.Thread(target=self._watch, args=(loop, callback), daemon=True).start()
        return True

    def stop(self) -> None:
        """End watching."""
        self._stop.set()

    def examine(self) -> tuple[str | None, None]:
        """Return what has changed, and no delay."""
        return self.filepath, None

    def _watch(self, loop: IOLoop, callback: Callable[[], None]) -> None:
        options: dict[str, Any] = {"debounce": 100, "step": 10, "stop_event": self._stop, "raise_interrupt": False}
        for changes in watchfiles.watch(*self._folders, **options):
            loop.add_callback(self._changed, sorted(path for _, path in changes), callback)

    def _changed(self, paths: list[str], callback: Callable[[], None]) -> None:
        self._preview.rebuild(paths)
        self.filepath = paths[0]
        callback()


class _Local(web.RequestHandler):
    """Answers this computer only: no other name may be made to lead here."""

    def prepare(self) -> None:
        if self.request.host_name not in HOSTS:
            raise web.HTTPError(403)


class _Page(_Local):
    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def get(self, address: str) -> None:
        status, kind, body = self._preview.answer(address)
        self.set_status(status)
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-store")
        self.write(body)


class _Reload(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's socket; it also tells a page that was fetched before the last build."""

    preview: Preview

    def check_origin(self, origin: str) -> bool:
        return urlsplit(origin).hostname in HOSTS

    def on_message(self, message: str) -> None:
        super().on_message(message)
        told = json.loads(message)
        if told.get("command") == "info" and self.preview.is_stale(str(told.get("url", ""))):
            self.write_message({"command": "reload", "path": "*", "liveCSS": False})


def application(preview: Preview) -> web.Application:
    """Return the server's handlers: livereload's two, the site under its path, and the way there from anywhere else."""
    return web.Application(
        [
            (r"/livereload", _Reload),
            (r"/livereload.js", LiveReloadJSHandler),
            (r"/-/(preview\.css)", web.StaticFileHandler, {"path": str(HERE)}),
            (re.escape(preview.path) + r"(.*)", _Page, {"preview": preview}),
            (r"/.*", web.RedirectHandler, {"url": preview.path, "permanent": False}),
        ]
    )


def serve(preview: Preview, port: int, say: Callable[[str], None]) -> None:
    """Serve until interrupted or terminated. Raises ``OSError`` where the port is taken."""

    async def run() -> None:
        ended = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, ended.set)
        server = HTTPServer(application(preview))
        sockets = bind_sockets(port, "127.0.0.1")
        server.add_sockets(sockets)
        events = FileEvents(preview, [preview.root / name for name in WATCHED if (preview.root / name).is_dir()])
        _Reload.preview, LiveReloadHandler.watcher = preview, events
        LiveReloadHandler.DEFAULT_RELOAD_TIME, LiveReloadHandler.live_css = 0, False
        LiveReloadHandler.start_tasks()
        preview.rebuild()
        say(f"Preview: http://127.0.0.1:{sockets[0].getsockname()[1]}{preview.path}  (end with Ctrl-C)")
        await ended.wait()
        events.stop()
        server.stop()

    asyncio.run(run())
