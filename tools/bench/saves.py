"""Saves: from the write of a file until the preview has said reload and the new page has been read, as a browser does.

A save that makes a number false is shown as a problem and does not count; so the edits keep the story true.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import NamedTuple

from tornado.httpclient import AsyncHTTPClient, HTTPError
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tools.bench.report import HEAD, Goal, measured, table
from tools.bench.runs import BUILD, BenchError, copied, floor, median, progress, run

PAUSE, SHORT = 0.3, 0.03  # seconds before a save that is measured, as between two of an editor's; before any other
LONGEST = 60.0  # seconds that a save may take to be shown
SCRIPT = r"/livereload\.js\?port=([^\"&]+)"  # where the page opens its socket
RARE = 10  # of so many saves, all but one are of a word while memory is measured
FEW, MANY = 50, 500  # saves after which memory is measured
GROWTH = 1.1  # what it may have grown by in between
KILO = 1024
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Save(NamedTuple):
    """An edit of one file: what is replaced, by what, the page that shows it, and how often it is measured.

    ``{n}`` is a digit and ``{word}`` a word, each another than in the save before.
    """

    goal: Goal
    place: str
    pattern: str
    replacement: str
    page: str = "index.html"
    rounds: int = 7


EDITS = (
    # The second paragraph of the longest page, which has no binding.
    Save(
        Goal("save of a word in the longest page", 0.22, 0.11, 0.45),
        "content/en/index.md",
        r"through ten \w+ questions",
        "through ten {word} questions",
        rounds=20,
    ),
    # Of the rows on which ten to twenty bound numbers rest, those of 2023 but for crude are drawn in one chart alone:
    # liquefied gas has the most numbers, thirteen; two more charts read the table. The last digits round away in all.
    Save(
        Goal("save of a cell: one chart, 13 numbers", 0.8, 0.45),
        "data/energy_values.csv",
        r"(?m)^(2023,Russia,lng,518)\d",
        r"\g<1>{n}",
        "numbers.html",
    ),
    Save(Goal("save of one chart's code", 1.0, 0.45), "story/charts/race.py", r"size=11\d", "size=11{n}"),
    Save(
        Goal("save of a template", 0.6, 0.3),
        "templates/base.html",
        r'<footer (data-save="\d" )?class="site',
        '<footer data-save="{n}" class="site',
    ),
    Save(Goal("save of the style", 0.6, 0.3), "templates/static/site.css", r"left: -99\drem", "left: -99{n}rem"),
)


class Server(NamedTuple):
    """A preview that runs: the folder of its story, where it serves, its process, and the lines that it has said."""

    story: Path
    address: str
    process: int
    said: list[str]

    @property
    def builds(self) -> int:
        """How many builds it has ended."""
        return sum(line.startswith("build ") for line in self.said)


def saves(folder: Path) -> None:
    """Save files of five kinds in turn with the floor, and print how long each took to be shown."""
    with _preview(folder) as server:
        taken, floors = asyncio.run(_in_turn(server))
    base = median(floors)
    rows = [measured(save.goal, taken[save], base, tail=True) for save in EDITS]
    most, least = max(save.rounds for save in EDITS), min(save.rounds for save in EDITS)
    title = (
        f"From save to page read, {most} of a word, {least} of the others, in turn; × the floor, {base * 1000:,.0f} ms"
    )
    table(title, HEAD, rows)


def memory(folder: Path) -> None:
    """Save and save, and print what memory the preview holds after few saves and after many."""
    with _preview(folder) as server:
        few, many = asyncio.run(_held(server))
    grown = many / few
    told = "within" if grown <= GROWTH else "missed"
    rows = [
        (f"after {FEW} saves", f"{few / KILO:.0f}", "1.00", "", ""),
        (f"after {MANY} saves", f"{many / KILO:.0f}", f"{grown:.2f}", f"{GROWTH:g}", told),
    ]
    title = f"Resident memory of a preview and its drawing process, every {RARE}th save none of a word"
    table(title, ("", "MB", "×", "must", ""), rows)


@contextlib.contextmanager
def _preview(folder: Path) -> Iterator[Server]:
    """Start the preview of a copy that has been built, and end it."""
    story = copied(folder / "story")
    progress("building the story that is saved")
    run(BUILD, story)
    command = (*BUILD[:2], "preview", "--port", "0")
    with subprocess.Popen(command, cwd=story, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            address, said = _address(process), list[str]()
            threading.Thread(target=said.extend, args=(process.stdout or (),), daemon=True).start()
            yield Server(story, address, process.pid, said)
        finally:
            progress("")
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise BenchError("the preview ended before it served anything")


async def _in_turn(server: Server) -> tuple[dict[Save, list[float]], list[float]]:
    """Make the saves in turn, each after the one before has been shown; return their seconds, and the floor's."""
    taken: dict[Save, list[float]] = {save: [] for save in EDITS}
    floors = []
    rounds = max(save.rounds for save in EDITS)
    for number in range(1, rounds + 1):
        progress(f"round {number} of {rounds}: floor")
        floors.append(floor(server.story).clock)
        for save in EDITS:
            if number <= save.rounds:
                progress(f"round {number} of {rounds}: {save.goal.name}")
                taken[save].append(await _shown(server, save, number))
    return taken, floors


async def _held(server: Server) -> tuple[int, int]:
    """Return the kilobytes that the preview holds after few saves, and after many."""
    word, *others = EDITS
    few = 0
    for number in range(1, MANY + 1):
        progress(f"save {number} of {MANY}")
        turn, rest = divmod(number, RARE)
        save = word if rest else others[turn % len(others)]
        await _shown(server, save, number if rest else turn, SHORT)
        if number == FEW:
            few = resident(server.process)
    return few, resident(server.process)


def resident(process: int) -> int:
    """Return the kilobytes of a process and its children that are in memory. Raises ``BenchError`` without ``ps``."""
    program = shutil.which("ps")
    if not program:
        raise BenchError("found no ps, which tells what memory a process holds")
    command = (program, "-A", "-o", "pid=,ppid=,rss=")
    return family(subprocess.run(command, capture_output=True, text=True, check=True).stdout, process)


def family(listed: str, process: int) -> int:
    """Add up the last column of lines of process, parent and size, for a process and its children."""
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return sum(size for number, parent, size in rows if process in {number, parent})


async def _shown(server: Server, save: Save, number: int, pause: float = PAUSE) -> float:
    """Make a save after a pause while a page waits for it; return the seconds until it is shown."""
    address = server.address + save.page
    page = await _page(address)
    socket = await _socket(page, address)
    await asyncio.sleep(pause)
    body, builds = edited((server.story / save.place).read_text("utf-8"), save, number).encode(), server.builds
    started = time.perf_counter()
    (server.story / save.place).write_bytes(body)
    await _soon(_shown_anew(socket, address, page), save)
    taken = time.perf_counter() - started
    while server.builds == builds:  # noqa: ASYNC110 - a thread hears what is said; the rest is made behind the page
        await asyncio.sleep(SHORT)
    socket.close()
    return taken


async def _socket(page: str, address: str) -> WebSocketClientConnection:
    """Open the socket as the script in the page does, and wait until the server knows of it."""
    place = re.search(SCRIPT, page)
    if not place:
        raise BenchError(f"{address} has no script that reloads it: bring tools/bench/saves.py up to date with it")
    socket = await websocket_connect(f"ws://127.0.0.1:{place[1]}/livereload")
    await socket.write_message(json.dumps({"command": "hello", "protocols": []}))
    await socket.read_message()
    await socket.write_message(json.dumps({"command": "info", "url": address}))
    return socket


def edited(text: str, save: Save, number: int) -> str:
    """Return the text of a file after an edit. Raises ``BenchError`` where there is nothing to edit."""
    replacement = save.replacement.format(n=number % 10, word=_word(number))
    changed, count = re.subn(save.pattern, replacement, text, count=1)
    if not count:
        raise BenchError(
            f"{save.place} has nothing like {save.pattern} to edit: choose another in tools/bench/saves.py"
        )
    return changed


def _word(number: int) -> str:
    """Return a word of nobody's, for each number another."""
    word = "plain"
    while number:
        number, rest = divmod(number, len(LETTERS))
        word += LETTERS[rest]
    return word


async def _soon(shown: Coroutine[None, None, None], save: Save) -> None:
    try:
        await asyncio.wait_for(shown, LONGEST)
    except TimeoutError:
        raise BenchError(f"an edit of {save.place} was not shown within {LONGEST:.0f} seconds") from None


async def _shown_anew(socket: WebSocketClientConnection, address: str, before: str) -> None:
    """Load the page whenever the server says so, until it is another than before."""
    while True:
        message = await socket.read_message()
        if message is None:
            raise BenchError("the preview ended while it was measured")
        if json.loads(message)["command"] == "reload" and _content(await _page(address)) != _content(before):
            return


async def _page(address: str) -> str:
    try:
        return (await AsyncHTTPClient().fetch(address)).body.decode()
    except HTTPError as error:
        body = error.response.body.decode() if error.response else ""
        told = " ".join(re.sub(r"<style.*?</style>|<[^>]+>", " ", body, flags=re.DOTALL).split())
        raise BenchError(f"the preview answers {error.code} for {address}: {told[:600]}") from None


def _content(page: str) -> str:
    """Leave out of a page what tells one build from another though nothing has changed."""
    return re.sub(SCRIPT, "", page)
