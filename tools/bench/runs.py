"""Runs: a copy of the project, commands in new processes that take turns, and the floor that they are told by.

The floor is a new process that imports pandas and Altair and draws one trivial chart, which no story with a chart can
go below. Seconds depend on the machine; multiples of the floor, measured in the same minutes, do so less.
"""

from __future__ import annotations

import math
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("build.py", "content", "data", "press", "story", "templates")
BUILD = (sys.executable, "build.py", "build")
CHECK = (sys.executable, "build.py", "check")
FLOOR = """
import altair, pandas, vl_convert
frame = pandas.DataFrame({"x": [1, 2], "y": [1, 2]})
chart = altair.Chart(frame).mark_line().encode(altair.X("x:Q"), altair.Y("y:Q"))
vl_convert.vegalite_to_svg(chart.to_dict())
"""


class BenchError(Exception):
    """Something that keeps the bench from measuring, as a sentence."""


class Taken(NamedTuple):
    """What a run took: seconds on the clock, and seconds of all processors, which a busy machine lengthens less."""

    clock: float
    processors: float


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


def run(command: Sequence[str], folder: Path, *gone: str) -> Taken:
    """Delete the folders ``gone``, run a command to its end; return what it took. Raises ``BenchError`` if it fails."""
    for name in gone:
        shutil.rmtree(folder / name, ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started, before = time.perf_counter(), os.times()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    clock, after = time.perf_counter() - started, os.times()
    if done.returncode:
        raise BenchError(f"{' '.join(command[:3])} failed in a copy of this project:\n{done.stderr}")
    return Taken(clock, sum(after[2:4]) - sum(before[2:4]))  # of the children and theirs, user's and system's


def floor(folder: Path) -> Taken:
    """Run the floor."""
    return run((sys.executable, "-c", FLOOR), folder)


def interleaved(kinds: Mapping[str, Callable[[], Taken]], rounds: int) -> dict[str, list[Taken]]:
    """Measure each kind once a round, so that a busy moment falls on all of them; return what each took."""
    taken: dict[str, list[Taken]] = {name: [] for name in kinds}
    for number in range(1, rounds + 1):
        for name, measure in kinds.items():
            progress(f"round {number} of {rounds}: {name}")
            taken[name].append(measure())
    progress("")
    return taken


def clocks(taken: Iterable[Taken]) -> list[float]:
    """Return the seconds on the clock."""
    return [each.clock for each in taken]


def processors(taken: Iterable[Taken]) -> list[float]:
    """Return the seconds of all processors."""
    return [each.processors for each in taken]


def median(seconds: Iterable[float]) -> float:
    """Return the middle one."""
    return statistics.median(seconds)


def slow(seconds: Iterable[float]) -> float:
    """Return the 95th percentile: the least that 95% do not exceed, of fewer than twenty the slowest."""
    ordered = sorted(seconds)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]


def progress(text: str) -> None:
    """Show on a terminal what is being measured, in one line."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()
