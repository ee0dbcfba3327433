"""A story that tests may change, and the live preview of it as a process: what both
files on the preview share.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from tests.engine.project import BASE, Project

ROOT = Path(__file__).resolve().parents[2]
# laid over the base story, which build.py can then import
OVERLAY = BASE.parent / "preview"
BASE_URL = "https://example.org/repository"
# seconds: never reached where all is well, whatever the machine is busy with
PATIENCE = 120


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: dict[str, str]
    text: str


class Story(Project):
    """The story in a folder of its own."""

    def write(self, place: str, text: str | bytes) -> None:
        """Save a file at once, so that nobody reads half of it."""
        super().write("draft", text)
        (self.root / "draft").replace(self.root / place)

    def changed(self, place: str, pattern: str, new: str) -> str:
        """Return the text of a file with the one place that matches a pattern (at a
        line's start with ^) changed.
        """
        text, count = re.subn(
            pattern, lambda _: new, self.read(place), flags=re.MULTILINE
        )
        assert count == 1, f"{pattern} stands {count} times in {place}"
        return text

    def change(self, place: str, pattern: str, new: str) -> None:
        """Save a file with one place changed."""
        self.write(place, self.changed(place, pattern, new))

    def built(self) -> subprocess.CompletedProcess[str]:
        """Build without a preview, as a process."""
        command = [sys.executable, "build.py", "build", "--base-url", BASE_URL]
        return subprocess.run(
            command, cwd=self.root, capture_output=True, text=True, check=False
        )


def make_story(base: Path, root: Path, *, published: bool = False) -> Story:
    """Copy the story with its drawings, perhaps with its site, to ``root``; ``base``
    keeps what is built once.
    """
    first = base / "story-for-previews"
    if not first.exists():
        draft = base / "draft-for-previews"
        shutil.rmtree(draft, ignore_errors=True)  # of a story that could not be built
        shutil.copytree(BASE, draft)
        shutil.copytree(OVERLAY, draft, dirs_exist_ok=True)
        (draft / "story" / "charts.py").rename(draft / "story" / "charts" / "totals.py")
        shutil.copy(ROOT / "build.py", draft)
        # not a copy: so that its coverage is counted
        (draft / "press").symlink_to(ROOT / "press")
        done = Story(draft).built()
        assert done.returncode == 0, done.stderr
        draft.rename(first)
    shutil.copytree(
        first,
        root,
        symlinks=True,
        ignore=shutil.ignore_patterns(*(() if published else ("site",))),
    )
    return Story(root)


class Server:
    """``python build.py preview`` at work, or another verb that takes its time."""

    def __init__(
        self,
        root: Path,
        *options: str,
        temporary: Path | None = None,
        verb: str = "preview",
    ) -> None:
        """Start it on a free port, as the leader of a process group of its own."""
        self.root = root
        command = [
            sys.executable,
            "build.py",
            verb,
            *(("--port", "0") if verb == "preview" else ()),
            *options,
        ]
        environment = os.environ | ({"TMPDIR": str(temporary)} if temporary else {})
        # authors have not set it, and old bytecode must do no harm
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.process = subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self.said: list[str] = []
        self.complained: list[str] = []
        self._news = threading.Condition()
        self._readers = [
            threading.Thread(target=self._listen, args=pair, daemon=True)
            for pair in (
                (self.process.stdout, self.said),
                (self.process.stderr, self.complained),
            )
        ]
        for reader in self._readers:
            reader.start()

    def _listen(self, stream, lines: list[str]) -> None:
        for line in stream:
            with self._news:
                lines.append(line.decode().rstrip("\n"))
                self._news.notify_all()

    def wait_for(self, pattern: str, start: int = 0) -> re.Match[str]:
        """Wait until a line from number ``start`` on matches, and return the match."""
        found: list[re.Match[str]] = []

        def look() -> bool:
            found[:] = [
                match
                for line in self.said[start:]
                if (match := re.match(pattern, line))
            ]
            return bool(found) or self.process.poll() is not None

        with self._news:
            self._news.wait_for(look, PATIENCE)
        assert found, f"{pattern!r} was not said:\n" + "\n".join(
            [*self.said, *self.complained]
        )
        return found[0]

    def wait_for_build(self, number: int) -> str:
        """Wait until so many builds are done; return how the last of them went."""
        return self.wait_for(rf"build {number}: (.*), \d+ ms$")[1]

    def wait_until_shown(self, path: str, text: str) -> str:
        """Wait for the build after which a page shows a text; return the page."""
        while True:
            said, page = len(self.said), ""
            with contextlib.suppress(ConnectionError):  # while it is started anew
                page = self.get(path).text
            if text in page:
                return page
            self.wait_for("build ", said)

    @property
    def url(self) -> str:
        """Where the site is served, with a slash at the end."""
        return self.wait_for(r"Preview: (\S+) ")[1]

    @property
    def port(self) -> int:
        """The port that it has taken."""
        return int(self.url.split(":")[2].partition("/")[0])

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path, following nothing."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        body = "" if answer.status == 101 else answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, told, body)

    def end(self, send: Callable[[], object] | None = None) -> None:
        """End it by a signal, and wait until no process of it is left.

        Its children hold the pipe that it complains to: that is at its end when the
        last of them has gone.
        """
        (send or self.process.terminate)()
        try:
            self.process.wait(PATIENCE)
            for reader in self._readers:
                reader.join(PATIENCE)
                assert not reader.is_alive(), "a process was left behind"
        finally:
            self.close()

    def close(self) -> None:
        """Leave nothing behind, whatever a test has found."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
