"""What the build costs: seconds, memory and bytes, measured in copies of this project and printed as tables.

Seconds depend on the machine, so builds are also told as ratios to a floor: a new process that imports pandas and
Altair and draws one trivial chart, which no story with a chart can go below. Runs of all kinds take turns, so that a
busy moment falls on all of them.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tornado.httpclient import AsyncHTTPClient, HTTPError
from tornado.websocket import websocket_connect

from tools import plain_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence

    from tornado.websocket import WebSocketClientConnection

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("build.py", "content", "data", "press", "story", "templates")
PACKAGES = ("altair", "pandas", "vl-convert-python", "Jinja2", "Markdown")
BUILD = (sys.executable, "build.py")
LOOP = (sys.executable, "-c", plain_pages.LOOP)
FLOOR = """
import altair, pandas, vl_convert
frame = pandas.DataFrame({"x": [1, 2], "y": [1, 2]})
chart = altair.Chart(frame).mark_line().encode(altair.X("x:Q"), altair.Y("y:Q"))
vl_convert.vegalite_to_svg(chart.to_dict())
"""
# The highest resident memory of a build and of the largest process that it started, in the system's own unit.
MEMORY = """
import contextlib, resource, runpy, sys
with contextlib.suppress(SystemExit):
    runpy.run_path("build.py", run_name="__main__")
peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
sys.stderr.write("\\n" + " ".join(map(str, peaks)))
"""
# Holding every text to the tables, in a new process, as a build does it.
BIND = """
import sys, time
from pathlib import Path
import build
from press import content, data
from press.binding import Facts, hold
from press.errors import Problems
root = Path.cwd()
story, tables, texts = build.this_story(), data.load(root / "data", root), content.load(root / "content", root)
facts = Facts(root, tables, story.facts, story.bound)
started = time.perf_counter()
ledgers = hold([(item, item.texts) for item in texts.languages], facts, Problems())
taken = time.perf_counter() - started
print(taken, sum(len(ledger.entries) for ledger in ledgers.values()))
"""
# What the charts cost, drawn anew and found in the cache, with the engine warm; then their pictures and archives.
CHARTS = """
import contextlib, json, shutil, time
from pathlib import Path
import build
from press.address import Base
from press.figures import Code, Studio, Worker
from press.pages import Inputs, render
root, quiet = Path.cwd(), lambda _line: None
story, texts, facts, ledgers, _ = build.bind(root, quiet)
shutil.rmtree(root / ".cache", ignore_errors=True)
with contextlib.closing(Worker()) as worker:
    worker.svg({"mark": "point", "data": {"values": []}})
    for kind in ("cold", "cached"):
        studio = Studio(root, facts.data, story.charts, worker, Code(root))
        if kind == "cold":
            studio._charts()
        started = time.perf_counter()
        figures = {item.code: studio.figures(item, quiet) for item in texts.languages}
        drawn = time.perf_counter()
        site = render(Inputs(root, texts, facts, studio, figures, ledgers, story.palette, Base()))
        rendered = time.perf_counter()
        for file in site.values():
            file.body
        print(json.dumps([kind, len(figures["en"]), drawn - started, time.perf_counter() - rendered]))
"""
ROUNDS, SAVES, PAUSE = 5, 7, 0.3  # builds of each kind; saves of each kind, and the seconds between two
PLAIN = {10: 5, 100: 5, 1000: 3}  # pages: rounds
SCRIPT = r"/livereload\.js\?port=([^\"&]+)"  # where the page opens its socket
LONGEST = 60.0  # seconds that a save may take to be shown
KILO = 1024


class Save(NamedTuple):
    """An edit of one file: what is replaced, by what (``{n}`` is a digit, never the same), the page that shows it."""

    kind: str
    place: str
    pattern: str
    replacement: str
    page: str


EDITS = (
    Save("text", "content/en/index.md", r"\s*\Z", "\n\nSaved for the {n}th time.\n", "index.html"),
    Save("table", "data/energy_values.csv", r"(?m)^(2022,Russia,coal,\d+)\d(\.\d)", r"\g<1>{n}\g<2>", "index.html"),
    Save("chart", "story/charts/race.py", r"size=11\d", "size=11{n}", "index.html"),
)


class BenchError(Exception):
    """Something that keeps the bench from measuring, as a sentence."""


def main() -> int:
    """Measure everything and print it; return the exit status."""
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            story = copied(Path(folder) / "story")
            _machine()
            _builds(story)
            _bindings(story)
            _charts(story)
            _memory(story)
            _saves(story)
            _sizes(story / "site")
            _plain_pages(copied(Path(folder) / "plain"), Path(folder) / "loop")
    except BenchError as error:
        _progress("")
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def copied(folder: Path) -> Path:
    """Copy what a build reads into ``folder``: the project's own site and cache are left alone."""
    folder.mkdir()
    for name in PARTS:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder


class Taken(NamedTuple):
    """What a run took: seconds on the clock, and seconds of all processors, which a busy machine lengthens less."""

    clock: float
    processors: float


def run(command: Sequence[str], folder: Path) -> Taken:
    """Run a command to its end in a new process; return what it took. Raises ``BenchError`` where it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started, before = time.perf_counter(), os.times()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    clock, after = time.perf_counter() - started, os.times()
    if done.returncode:
        raise BenchError(f"{' '.join(command[:2])} failed in a copy of this project:\n{done.stderr}")
    return Taken(clock, sum(after[2:4]) - sum(before[2:4]))  # of the children and theirs, user's and system's


def interleaved(kinds: dict[str, Callable[[], Taken]], rounds: int) -> dict[str, list[Taken]]:
    """Measure each kind once a round; return what each took."""
    taken: dict[str, list[Taken]] = {name: [] for name in kinds}
    for number in range(1, rounds + 1):
        for name, measure in kinds.items():
            _progress(f"round {number} of {rounds}: {name}")
            taken[name].append(measure())
    _progress("")
    return taken


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a title, the first column to the left, the others to the right."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    print(f"\n{title}")
    for first, *others in lines:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        print("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    sys.stdout.flush()


def _machine() -> None:
    names = [f"{name} {version(name)}" for name in PACKAGES]
    system = f"{platform.system()} {platform.machine()}"
    print(f"{os.cpu_count()} cores, {system}, {platform.python_implementation()} {platform.python_version()}{_load()}")
    print(", ".join(names))


def _load() -> str:
    """Say how busy the machine is: figures of a busy one are too high, ratios less so."""
    return f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def _builds(story: Path) -> None:
    def build(*gone: str) -> Taken:
        for name in gone:
            shutil.rmtree(story / name)
        return run(BUILD, story)

    run(BUILD, story)  # Python compiles its modules once; that is not what is measured
    taken = interleaved(
        {
            "floor": lambda: run((sys.executable, "-c", FLOOR), story),
            "cold": lambda: build("site", ".cache"),
            "warm": lambda: build("site"),
            "unchanged": build,
        },
        ROUNDS,
    )
    told = {
        "floor": ("floor: pandas, Altair, one trivial chart", ""),
        "cold": ("cold build: no cache, no site", "2.2"),
        "warm": ("warm build: drawings cached, no site", "1.1"),
        "unchanged": ("nothing changed", "0.5"),
    }
    best, middle, work = ({name: of(all_) for name, all_ in taken.items()} for of in (_best, _median, _work))
    rows = []
    for name, (words, aim) in told.items():
        ratios = [f"{each[name] / each['floor']:.2f}" for each in (best, middle, work)]
        rows.append((words, _ms(best[name]), _ms(middle[name]), _ms(work[name]), *ratios, aim))
    head = ("", "best ms", "median ms", "CPU ms", "best / floor", "median / floor", "CPU / floor", "aim")
    table(f"Builds, {ROUNDS} of each in turn{_load()}", head, rows)


def _bindings(story: Path) -> None:
    """Say what holding the texts to the tables adds to a build."""
    command = (sys.executable, "-c", BIND)
    told = [
        subprocess.run(command, cwd=story, capture_output=True, text=True, check=True).stdout.split()
        for _ in range(ROUNDS)
    ]
    seconds, count = [float(taken) for taken, _ in told], told[0][1]
    row = (f"{count} bindings, all texts", _ms(min(seconds)), _ms(statistics.median(seconds)), "50")
    table(f"Texts held to the tables, in {ROUNDS} new processes{_load()}", ("", "best ms", "median ms", "aim"), [row])


def _charts(story: Path) -> None:
    """Say what a chart costs: its two drawings; with its picture, its card and its archive; all of it cached."""
    command = (sys.executable, "-c", CHARTS)
    told = [
        [json.loads(line) for line in done.stdout.splitlines()]
        for done in (
            subprocess.run(command, cwd=story, capture_output=True, text=True, check=True) for _ in range(ROUNDS)
        )
    ]
    count = told[0][0][1]
    drawn = [cold[2] for cold, _ in told]
    whole = [cold[2] + cold[3] for cold, _ in told]
    cached = [warm[2] + warm[3] for _, warm in told]
    rows = [
        (words, f"{min(all_) / count * 1000:,.1f}", f"{statistics.median(all_) / count * 1000:,.1f}", aim)
        for words, all_, aim in (
            ("drawn in two sizes", drawn, "150"),
            ("with picture, card and archive", whole, "500"),
            ("all of it found in the cache", cached, "5"),
        )
    ]
    table(f"A chart, mean of {count}, in {ROUNDS} new processes{_load()}", ("", "best ms", "median ms", "aim"), rows)


def _best(taken: Iterable[Taken]) -> float:
    return min(each.clock for each in taken)


def _median(taken: Iterable[Taken]) -> float:
    return statistics.median(each.clock for each in taken)


def _work(taken: Iterable[Taken]) -> float:
    return min(each.processors for each in taken)


def _ms(taken: float) -> str:
    return f"{taken * 1000:,.0f}"


def _memory(story: Path) -> None:
    if sys.platform == "win32":
        print("\nPeak memory is not told by this system.")
        return
    for name in ("site", ".cache"):
        shutil.rmtree(story / name)
    done = subprocess.run((sys.executable, "-c", MEMORY), cwd=story, capture_output=True, text=True, check=True)
    unit = 1 if sys.platform == "darwin" else KILO  # bytes on macOS, kilobytes on Linux
    own, child = (int(peak) * unit / KILO / KILO for peak in done.stderr.split()[-2:])
    rows = [("the build", f"{own:.0f}"), ("the process that draws", f"{child:.0f}"), ("both", f"{own + child:.0f}")]
    table("Peak memory of a cold build", ("", "MB"), rows)


def _saves(story: Path) -> None:
    """Start the preview, save files of three kinds, and wait for each as a browser does."""
    command = (*BUILD, "preview", "--port", "0")
    with subprocess.Popen(command, cwd=story, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            taken = asyncio.run(_watch_saves(story, _address(server)))
        finally:
            server.terminate()
    aims = {"text": "150", "chart": "300"}
    rows = [
        (f"{kind} edit", _ms(min(all_)), _ms(statistics.median(all_)), _ms(all_[0]), aims.get(kind, ""))
        for kind, all_ in taken.items()
    ]
    head = ("", "best ms", "median ms", "first ms", "aim")
    table(f"Preview, from save to page read, detection included, {SAVES} saves of each{_load()}", head, rows)


def _address(server: subprocess.Popen[str]) -> str:
    for line in server.stdout or ():
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise BenchError("the preview ended before it served anything")


async def _watch_saves(story: Path, address: str) -> dict[str, list[float]]:
    """Make the saves in turn, each after the one before has been shown; return the seconds of each kind."""
    taken: dict[str, list[float]] = {edit.kind: [] for edit in EDITS}
    for edit in EDITS:
        page = await _page(address + edit.page)
        for number in range(1, SAVES + 1):
            _progress(f"preview: {edit.kind} edit {number} of {SAVES}")
            socket = await _socket(page, address + edit.page)
            await asyncio.sleep(PAUSE)
            text = edited(story / edit.place, edit, number)
            started = time.perf_counter()
            (story / edit.place).write_bytes(text.encode())
            page = await _soon(_shown_anew(socket, address + edit.page, page), edit)
            taken[edit.kind].append(time.perf_counter() - started)
            socket.close()
    _progress("")
    return taken


async def _socket(page: str, address: str) -> WebSocketClientConnection:
    """Open the socket as the script in the page does, and wait until the server knows of it."""
    place = re.search(SCRIPT, page)
    if not place:
        raise BenchError(f"{address} has no script that reloads it: bring tools/bench.py up to date with the preview")
    socket = await websocket_connect(f"ws://127.0.0.1:{place[1]}/livereload")
    await socket.write_message(json.dumps({"command": "hello", "protocols": []}))
    await socket.read_message()
    await socket.write_message(json.dumps({"command": "info", "url": address}))
    return socket


def edited(path: Path, edit: Save, number: int) -> str:
    """Return the text of a file after an edit. Raises ``BenchError`` where there is nothing to edit."""
    text = path.read_text("utf-8")
    changed, count = re.subn(edit.pattern, edit.replacement.format(n=number % 10), text, count=1)
    if not count or changed == text:
        raise BenchError(f"{edit.place} has nothing like {edit.pattern} to edit: choose another in tools/bench.py")
    return changed


async def _soon(shown: Coroutine[None, None, str], edit: Save) -> str:
    try:
        return await asyncio.wait_for(shown, LONGEST)
    except TimeoutError:
        raise BenchError(f"an edit of {edit.place} was not shown within {LONGEST:.0f} seconds") from None


async def _shown_anew(socket: WebSocketClientConnection, address: str, before: str) -> str:
    """Load the page whenever the server says so, until it is another than before."""
    while True:
        message = await socket.read_message()
        if message is None:
            raise BenchError("the preview ended while it was measured")
        if json.loads(message)["command"] == "reload" and _content(page := await _page(address)) != _content(before):
            return page


async def _page(address: str) -> str:
    try:
        return (await AsyncHTTPClient().fetch(address)).body.decode()
    except HTTPError as error:
        body = error.response.body.decode() if error.response else ""
        raise BenchError(f"the preview answers {error.code} for {address}:\n{body}") from None


def _content(page: str) -> str:
    """Leave out of a page what tells one build from another though nothing has changed."""
    return re.sub(SCRIPT, "", page)


def _sizes(site: Path) -> None:
    rows = [_row_of_sizes(page, site) for page in sorted(site.rglob("*.html"))]
    head = ("page", "HTML", "gzip", "CSS", "gzip", "scripts", "gzip", "all, gzip")
    table("Bytes, raw and gzip -9 (aim: 45,000 for the story's page, index.html)", head, rows)


def _row_of_sizes(page: Path, site: Path) -> tuple[str, ...]:
    """Return the sizes of a page, of its style sheets and of its scripts, as cells."""
    text = page.read_text("utf-8")
    sheets = re.findall(r"<link rel=\"stylesheet\" href=\"([^\"]+)\"", text)
    scripts = re.findall(r"<script[^>]* src=\"([^\"]+)\"", text)
    parts = [[page], *([_named(name, page, site) for name in names] for names in (sheets, scripts))]
    sizes = [(sum(map(_raw, files)), sum(map(_gzip, files))) for files in parts]
    cells = [f"{size:,}" for pair in sizes for size in pair]
    return page.relative_to(site).as_posix(), *cells, f"{sum(small for _, small in sizes):,}"


def _named(address: str, page: Path, site: Path) -> Path:
    return site / address.lstrip("/") if address.startswith("/") else page.parent / address


def _raw(path: Path) -> int:
    return path.stat().st_size


def _gzip(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def _plain_pages(story: Path, loop: Path) -> None:
    rows = []
    for count, rounds in PLAIN.items():
        _progress(f"writing {count} pages")
        plain_pages.write(story, count)
        taken = interleaved(
            {
                f"{count} pages, built": lambda: _plain_build(story),
                f"{count} pages, bare loop": lambda: _bare_loop(story, loop),
            },
            rounds,
        )
        (built, bare), (work, bare_work) = (tuple(map(of, taken.values())) for of in (_best, _work))
        speeds = (f"{count / built:,.0f}", f"{count / bare:,.0f}")
        aim = "1.5" if count == max(PLAIN) else ""
        rows.append(
            (f"{count:,} pages", _ms(built), _ms(bare), *speeds, f"{built / bare:.2f}", f"{work / bare_work:.2f}", aim)
        )
    head = ("", "build ms", "loop ms", "build pages/s", "loop pages/s", "build / loop", "CPU / CPU", "aim")
    best_of = "/".join(map(str, PLAIN.values()))
    size = plain_pages.size(story)
    title = f"Plain pages of {size:,} bytes of Markdown, no charts, beside a bare loop of Python-Markdown and Jinja"
    table(f"{title}, best of {best_of}{_load()}", head, rows)


def _plain_build(story: Path) -> Taken:
    for name in ("site", ".cache"):
        shutil.rmtree(story / name, ignore_errors=True)
    return run(BUILD, story)


def _bare_loop(story: Path, folder: Path) -> Taken:
    shutil.rmtree(folder, ignore_errors=True)
    return run((*LOOP, str(story), str(folder)), story)


if __name__ == "__main__":
    sys.exit(main())
