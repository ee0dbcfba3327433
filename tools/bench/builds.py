"""Builds of this story: by themselves, in processor time, and by a preview at each
save, on the clock.

A save takes from the write of a file until the preview has said that it built, which is
when browsers are told, and the new page has been read. One that makes a number false is
shown as a problem and does not count; so the edits keep the story true.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

import urllib3

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
LETTERS = str.maketrans("0123456789", "abcdefghij")  # in words, which count nothing
FIRST = 3  # of the edits' numbers: the digits that stand in the story are others
# seconds before a save that is measured, as between two of an editor's; before any
# other
PAUSE, SHORT = 1.0, 0.1
SCRIPT = re.compile(r"/livereload\.js\?port=[^\"&]+")


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


class Preview(NamedTuple):
    """A preview at work: what it says, the story that it shows, and where."""

    process: subprocess.Popen[str]
    lines: Iterator[str]
    story: Path
    address: str


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
    been shown; then in a session each.
    """
    story = copy_project(folder / "story")
    numbers = itertools.count(FIRST)
    with _start_preview(story) as preview:

        def measure(save: Save) -> float:
            return _measure_seconds_of_save(preview, save, next(numbers), PAUSE)

        kinds = [Kind(save.name, partial(measure, save), save.must) for save in SAVES]
        yield from measure_in_turn(lambda: run_floor(story).clock, kinds, SAVED)

    def measure_first_save() -> float:
        with _start_preview(story) as preview:
            return _measure_seconds_of_save(preview, CELL, next(numbers), PAUSE)

    first = Kind(f"the first {CELL.name}", measure_first_save, EARLY)
    yield from measure_in_turn(lambda: run_floor(story).clock, [first], COLD)


def make_edit(story: Path, save: Save, number: int) -> None:
    """Make an edit in a copy of the story.

    Raises ``BenchError`` where there is nothing to edit.
    """
    path = story / save.place
    word = f"plain{str(number).translate(LETTERS)}"
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
def _start_preview(story: Path) -> Iterator[Preview]:
    """Build a story and start its preview; give it once it serves, and end it."""
    run_command(BUILD, story)
    with subprocess.Popen(
        (*BUILD[:2], "preview", "--port", "0"),
        cwd=story,
        env=USUAL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            lines = iter(process.stdout or ())
            told = (re.search(r"http://\S+", line) for line in lines)
            found = next(filter(None, told), None)
            if not found:
                raise BenchError("the preview ended before it served anything")
            yield Preview(process, lines, story, found[0])
        finally:
            process.terminate()


def _measure_seconds_of_save(
    preview: Preview, save: Save, number: int, pause_before: float
) -> float:
    """Make an edit; return the seconds until the preview has said that it built, and
    the page that it serves was another.
    """
    address = preview.address + save.page
    before = _fetch_page_without_script(address)
    time.sleep(pause_before)
    started = time.perf_counter()
    make_edit(preview.story, save, number)
    for line in preview.lines:
        if line.startswith("build ") and _fetch_page_without_script(address) != before:
            return time.perf_counter() - started
    raise BenchError(f"the preview ended before it showed an edit of {save.place}")


def _fetch_page_without_script(address: str) -> str:
    """Return a page but for the script that reloads it, which tells one build from
    another though nothing has changed.
    """
    answer = urllib3.request("GET", address)
    if answer.status != HTTPStatus.OK:
        raise BenchError(f"the preview answers {answer.status} for {address}")
    return SCRIPT.sub("", answer.data.decode())
