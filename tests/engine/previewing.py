"""A story that tests may change, and the live preview of it as a process: what both files on the preview share."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ("content", "data", "story", "templates")
BASE_URL = "https://example.org/repository"
PATIENCE = 60  # seconds: never reached where all is well, whatever the machine is busy with
# The home page, one page with a template, a chart and a table of its own, and that of sources: no test depends on what
# the story says, nor waits for its charts.
FILES = {
    "content/en/index.md": """\
+++
title = "Home"
description = "Where readers begin."
+++

See [the page](tested.md).
""",
    "content/en/sources.md": """\
+++
title = "Sources"
description = "Where figures come from."
+++

In 2023 trade came to [$240 billion](fact:total/2023).
""",
    "content/en/facts.toml": """\
[total]
label = "Trade in {year}: {flow}"
formula = "Exports, imports or both in {year}"
""",
    "content/en/exceptions.toml": "",
    "content/en/tested.md": """\
+++
title = "Title 0"
description = "A page to change."
template = "tested"
+++

Text 0.

![](chart:tested)
""",
    "content/en/charts/tested.md": """\
+++
title = "Finding 0"
subtitle = "A measure"
how_to_read = "Read it."
alt = "A bar."

[words]
corner = "Corner 0"
+++

Summary 0.
""",
    "content/en/404.md": """\
+++
title = "Nothing here"
description = "No page has this address."
+++

See [the page](tested.md).
""",
    "templates/tested.html": """\
{% extends "base.html" %}
{% block main %}
<h1>{{ page.title }}</h1>
<p class="tested">Template 0. {{ words.tested }}. {{ data.tested.description.title }}.</p>
<img src="{{ asset("tested.png") }}" alt="">
{{ body }}
{% endblock %}
""",
    "story/charts/tested.py": """\
from press.figures import Plot
from press.grid import Cell, Column, Grid
from story import measures


class Specification(dict):
    def to_dict(self):
        return dict(self)


def tested(data, words, language):
    rows = data["tested"].rows
    value = language.number(rows[0].number("value"))
    cells = [[Cell(f"Row {value}", 1), Cell(f"Measure {measures.TESTED}", measures.TESTED)]]
    table = Grid([Column("row", words["corner"]), Column("value", "Value")], cells)
    return Plot(lambda size: draw(table, size), table, frozenset(rows))


def draw(table, size):
    return Specification(
        mark={"type": "text", "text": "Drawn 0"},
        data={"values": [{"point": table.told(0, "value").text}]},
        encoding={"description": {"field": "point"}},
        width=size.width,
        height=40,
        autosize={"type": "fit", "contains": "padding"},
    )
""",
    "data/tested.csv": "id,value\none,100\n",
    "data/tested.toml": """\
title = "Table 0"
description = "A table to change."
licenses = [{ name = "CC0-1.0", title = "CC0" }]
sources = [{ title = "a test" }]

[schema]
primaryKey = ["id"]

[[schema.fields]]
name = "id"
type = "string"
title = "Id"
description = "Its name."
constraints = { required = true }

[[schema.fields]]
name = "value"
type = "number"
title = "Value"
description = "Its value."
unit = "USD"
constraints = { required = true, minimum = 100, maximum = 99999 }
""",
}
ADDED = {
    "story/charts/__init__.py": 'from story.charts.tested import tested\n\n__all__ = ["tested"]\n',
    "story/facts.py": '__all__ = ["total"]\n',
    "story/measures.py": "TESTED = 100\n",
    "story/theme.py": 'PALETTE["tested"] = ("#100000", "#100000")\n',
    "templates/static/site.css": ".tested { color: var(--tested); letter-spacing: 0; }\n",
}
WORDS = 'tested = "Word 0"\n'
# The words to change are names that hold a digit, so that no number in them needs a binding.
CHANGED = ("Text", "Word", "Corner", "Title", "Summary", "Finding", "Drawn", "Row", "Measure", "Fresh", "Added")
NAMES = "".join(f'"{word} #", ' for word in CHANGED)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: dict[str, str]
    text: str


class Story:
    """The story in a folder of its own."""

    def __init__(self, root: Path) -> None:
        """Hold the story in ``root``."""
        self.root = root

    def read(self, place: str) -> str:
        """Return the text of a file."""
        return (self.root / place).read_text("utf-8")

    def write(self, place: str, text: str | bytes) -> None:
        """Save a file as plainly as a program can."""
        (self.root / place).write_bytes(text if isinstance(text, bytes) else text.encode())

    def changed(self, place: str, pattern: str, new: str) -> str:
        """Return the text of a file with the one place that matches a pattern (at a line's start with ^) changed."""
        text, count = re.subn(pattern, lambda _: new, self.read(place), flags=re.MULTILINE)
        assert count == 1, f"{pattern} stands {count} times in {place}"
        return text

    def change(self, place: str, pattern: str, new: str) -> None:
        """Save a file with one place changed."""
        self.write(place, self.changed(place, pattern, new))

    def published(self) -> dict[str, bytes]:
        """Return all that stands in site/, with the build's own notes."""
        folder = self.root / "site"
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def build(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Build without a preview."""
        command = [sys.executable, "build.py", "build", *options]
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)


def make_story(base: Path, root: Path) -> Story:
    """Copy the story, the files to change and their drawings to ``root``; ``base`` keeps what is drawn once."""
    first = Story(base / "story-for-previews")
    if not first.root.exists():
        draft = base / "draft-for-previews"
        shutil.rmtree(draft, ignore_errors=True)  # of a story that could not be built
        for folder in INPUTS:
            shutil.copytree(ROOT / folder, draft / folder, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "build.py", draft)
        (draft / "press").symlink_to(ROOT / "press")  # not a copy: so that its coverage is counted
        for path in (*draft.glob("content/en/*.md"), *draft.glob("content/en/charts/*.md")):
            path.unlink()
        claims = draft / "data" / "claim_figures.csv"
        header, *rows = claims.read_text("utf-8").splitlines(keepends=True)
        claims.write_text(header + next(row for row in rows if ",undecided," in row), "utf-8")  # no fact is needed
        (draft / "templates" / "static" / "tested.png").write_bytes(PNG)
        for place, text in FILES.items():
            (draft / place).write_text(text, "utf-8")
        for place, text in ADDED.items():
            with (draft / place).open("a", encoding="utf-8") as file:
                file.write(text)
        settings = draft / "content" / "site.toml"
        navigation = 'navigation = ["index", "tested", "sources"]'
        settings.write_text(re.sub(r"navigation = .*", navigation, settings.read_text("utf-8")), "utf-8")
        words = draft / "content" / "en" / "words.toml"
        text = WORDS + words.read_text("utf-8").replace("[names]\nwords = [", f"[names]\nwords = [{NAMES}")
        words.write_text(text, "utf-8")
        done = Story(draft).build("--base-url", BASE_URL)
        assert done.returncode == 0, done.stderr
        draft.rename(first.root)
    shutil.copytree(first.root, root, symlinks=True)
    return Story(root)


class Server:
    """``python build.py preview`` at work."""

    def __init__(self, root: Path, *options: str, temporary: Path | None = None) -> None:
        """Start it on a free port, as the leader of a process group of its own."""
        command = [sys.executable, "build.py", "preview", "--port", "0", *options]
        environment = os.environ | ({"TMPDIR": str(temporary)} if temporary else {})
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # authors have not set it, and old bytecode must do no harm
        self.process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        self.said: list[str] = []
        self.complained: list[str] = []
        self._news = threading.Condition()
        self._readers = [
            threading.Thread(target=self._listen, args=pair, daemon=True)
            for pair in ((self.process.stdout, self.said), (self.process.stderr, self.complained))
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
            found[:] = [match for line in self.said[start:] if (match := re.match(pattern, line))]
            return bool(found) or self.process.poll() is not None

        with self._news:
            self._news.wait_for(look, PATIENCE)
        assert found, f"{pattern!r} was not said:\n" + "\n".join([*self.said, *self.complained])
        return found[0]

    def builds(self) -> int:
        """Return how many builds there have been."""
        return sum(line.startswith("build ") for line in self.said)

    def wait_for_build(self, number: int) -> str:
        """Wait until so many builds are done; return how the last of them went."""
        return self.wait_for(rf"build {number}: (.*), \d+ ms$")[1]

    @property
    def url(self) -> str:
        """Where the site is served, with a slash at the end."""
        return self.wait_for(r"Preview: (\S+) ")[1]

    @property
    def port(self) -> int:
        """The port that it has taken."""
        return int(self.url.split(":")[2].partition("/")[0])

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path, following nothing."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        body = "" if answer.status == 101 else answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, told, body)

    def end(self, send: Callable[[], object] | None = None) -> float:
        """End it by a signal, wait until no process of it is left, and return how many seconds that took.

        Its children hold the pipe that it complains to: that is at its end when the last of them has gone.
        """
        started = time.monotonic()
        (send or self.process.terminate)()
        try:
            self.process.wait(PATIENCE)
            for reader in self._readers:
                reader.join(PATIENCE)
                assert not reader.is_alive(), "a process was left behind"
        finally:
            self.kill()
        return time.monotonic() - started

    def kill(self) -> None:
        """Leave nothing behind, whatever a test has found."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
