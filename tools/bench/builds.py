"""Builds of this story: by themselves, in processor time, and by a preview at each
save, on the clock.

A save takes from the write of a file until the preview has said reload and the new page
has been read, as a browser does. One that makes a number false is shown as a problem
and does not count; so the edits keep the story true.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import websocket_connect

from tools.bench.runs import (
    BUILD,
    PROCESSORS,
    USUAL,
    BenchError,
    Kind,
    Row,
    copy_project,
    measure_in_turn,
    run_command,
    run_floor,
)

COLD, SAVED = 5, 8  # rounds
FIRST = 3  # of the edits' numbers: the digits that stand in the story are others
# seconds before a save that is measured, as between two of an editor's; before any
# other
PAUSE, SHORT = 1.0, 0.1
LONGEST = 60.0  # seconds that a save may take to be shown
SCRIPT = re.compile(r"/livereload\.js\?port=([^\"&]+)")  # where a page opens its socket
RARE = 10  # of so many saves, all but one are of a word while memory is measured
FEW, MANY = 50, 500  # saves after which memory is measured


class Save(NamedTuple):
    """An edit of one file: what is replaced and by what, the page that shows it, and
    what it must come to.

    ``{n}`` is a digit and ``{word}`` a word, each another than in the save before.
    """

    name: str
    place: str
    change: tuple[str, str]
    page: str
    must: float


# A paragraph of its own below the text, which says nothing that could be false.
WORD = Save(
    "save of a word in the longest page",
    "content/en/index.md",
    (r"(\n\nA plain\w+\.)?\n*\Z", "\n\nA {word}.\n"),
    "index.html",
    0.35,
)
# Of the rows on which ten to twenty bound numbers rest, those of 2023 but for crude are
# drawn in one chart alone: liquefied gas has the most numbers, thirteen; two more
# charts read the table. The last digits round away in all.
CELL = Save(
    "save of a cell: one chart, 13 numbers",
    "data/energy_values.csv",
    (r"(?m)^(2023,Russia,lng,518)\d", r"\g<1>{n}"),
    "numbers.html",
    1.0,
)
FOOT = (r'<footer (data-save="\d" )?class="site', '<footer data-save="{n}" class="site')
SAVES = (
    WORD,
    CELL,
    Save(
        "save of one chart's code",
        "story/charts/race_drawing.py",
        (r'"wide": 50\d', '"wide": 50{n}'),
        "index.html",
        1.3,
    ),
    Save("save of a template", "press/theme/base.html", FOOT, "index.html", 0.6),
)
EARLY = 2.0  # what the first save of a session must come to


def measure_builds(folder: Path) -> Iterator[Row]:
    """Measure builds in turn with the floor."""
    story = copy_project(folder / "story")
    numbers = itertools.count(FIRST)

    def build(*gone: str) -> float:
        return run_command(BUILD, story, *gone).processors

    def build_with_other_word() -> float:
        make_edit(story, WORD, next(numbers))
        return build()

    build()  # Python compiles its modules once; that is not what is measured
    kinds = [
        Kind("build, nothing changed", build, 5.5, PROCESSORS),
        Kind("build, one word changed", build_with_other_word, 5.5, PROCESSORS),
        Kind(
            "build, no cache and no site",
            partial(build, ".cache", "site"),
            14,
            PROCESSORS,
        ),
    ]
    yield from measure_in_turn(lambda: run_floor(story).processors, kinds, COLD)


def measure_saves(folder: Path) -> Iterator[Row]:
    """Save files of four kinds in turn with the floor, each after the one before has
    been shown.
    """
    story = copy_project(folder / "story")
    numbers = itertools.count(FIRST)
    with _start_preview(story) as (address, _):

        def measure(save: Save) -> float:
            return asyncio.run(
                _measure_seconds_of_save(address, story, save, next(numbers), PAUSE)
            )

        kinds = [Kind(save.name, partial(measure, save), save.must) for save in SAVES]
        yield from measure_in_turn(lambda: run_floor(story).clock, kinds, SAVED)

    def measure_first_save() -> float:
        with _start_preview(story) as (address, _):
            return asyncio.run(
                _measure_seconds_of_save(address, story, CELL, next(numbers), PAUSE)
            )

    yield from measure_in_turn(
        lambda: run_floor(story).clock,
        [Kind(f"the first {CELL.name}", measure_first_save, EARLY)],
        COLD,
    )


def measure_memory_growth(folder: Path) -> Iterator[Row]:
    """Save and save, and measure what memory the preview holds after many saves beside
    that after few.
    """
    story = copy_project(folder / "story")
    numbers = itertools.count(FIRST)
    with _start_preview(story) as (address, process):

        def save_and_measure(count: int) -> float:
            for number in itertools.islice(numbers, count):
                turn, rest = divmod(number, RARE)
                save = WORD
                own = number
                if rest == 0:
                    save = SAVES[turn % len(SAVES)]
                    own = turn
                asyncio.run(_measure_seconds_of_save(address, story, save, own, SHORT))
            return _measure_megabytes_of_session(process)

        kind = Kind(
            f"memory after {MANY} saves beside {FEW}",
            lambda: save_and_measure(MANY - FEW),
            1.1,
            "MB",
        )
        yield from measure_in_turn(lambda: save_and_measure(FEW), [kind], rounds=1)


def make_edit(story: Path, save: Save, number: int) -> None:
    """Make an edit in a copy of the story.

    Raises ``BenchError`` where there is nothing to edit.
    """
    path = story / save.place
    word = "plain" + "".join("abcdefghij"[int(digit)] for digit in str(number))
    pattern, replacement = save.change
    before = path.read_text("utf-8")
    after = re.sub(
        pattern, replacement.format(n=number % 10, word=word), before, count=1
    )
    if after == before:
        raise BenchError(
            f"{save.place} has nothing like {pattern} to edit: choose another in"
            f" {__name__}"
        )
    path.write_text(after, "utf-8")


@contextlib.contextmanager
def _start_preview(story: Path) -> Iterator[tuple[str, int]]:
    """Build a story and start its preview; give its address and its process, and end
    it.
    """
    run_command(BUILD, story)
    command = (*BUILD[:2], "preview", "--port", "0")
    how: dict[str, Any] = {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.DEVNULL,
        "env": USUAL,
    }
    with subprocess.Popen(
        command, cwd=story, text=True, start_new_session=True, **how
    ) as process:
        try:
            told = (re.search(r"http://\S+", line) for line in process.stdout or ())
            found = next(filter(None, told), None)
            if not found:
                raise BenchError("the preview ended before it served anything")
            yield found[0], process.pid
        finally:
            process.terminate()


async def _measure_seconds_of_save(
    address: str, story: Path, save: Save, number: int, pause_before: float
) -> float:
    """Make an edit while a page is open; return the seconds until it was told to
    reload, and was another.
    """
    before = await _fetch_page(address + save.page)
    place = SCRIPT.search(before)
    if not place:
        raise BenchError(
            f"{address}{save.page} has no script that reloads it: bring {__name__} up"
            " to date with it"
        )
    socket = await websocket_connect(f"ws://127.0.0.1:{place[1]}/livereload")
    for told in (
        {"command": "hello", "protocols": []},
        {"command": "info", "url": address + save.page},
    ):
        await socket.write_message(json.dumps(told))
    await asyncio.sleep(pause_before)
    started = time.perf_counter()
    make_edit(story, save, number)
    # but for the script, which tells one build from another though nothing has changed
    after = before
    while SCRIPT.sub("", after) == SCRIPT.sub("", before):
        try:
            message = await asyncio.wait_for(socket.read_message(), LONGEST)
        except TimeoutError:
            raise BenchError(
                f"an edit of {save.place} was not shown within {LONGEST:.0f} seconds"
            ) from None
        if message is None:
            raise BenchError("the preview ended while it was measured")
        if json.loads(message)["command"] == "reload":
            after = await _fetch_page(address + save.page)
    taken = time.perf_counter() - started
    socket.close()
    return taken


async def _fetch_page(address: str) -> str:
    answer = await AsyncHTTPClient().fetch(address, raise_error=False)
    if answer.error:
        raise BenchError(f"the preview answers {answer.error} for {address}")
    return answer.body.decode()


def _measure_megabytes_of_session(session_id: int) -> float:
    """Return the megabytes in memory of a preview and all that it has started, which no
    other session has.
    """
    told = subprocess.run(
        ("ps", "-o", "rss=", "-s", f"{session_id}"),  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=True,
    )
    return sum(map(int, told.stdout.split())) / 1024
