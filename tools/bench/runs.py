"""Runs: a copy of the project, commands in new processes that take turns, and the floor
that they are told by.

The floor is a new process that imports pandas and Altair and draws one trivial chart,
which no story with a chart can go below. Seconds depend on the machine; multiples of
what was measured in the same minutes do so less.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

CpuSeconds = float  # of a processor, or of all
ROOT = Path(__file__).resolve().parents[2]
PARTS = ("content", "data", "editions", "press", "story", "templates")
BUILD = (sys.executable, "build.py", "build")
# A shell that forbids Python to keep what it has compiled would have each build compile
# the engine, but not the floor.
USUAL = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
# the unit of what is told in processor time, of a process and its children
PROCESSORS = "s of processors"
FLOOR = """
import altair, pandas, vl_convert
frame = pandas.DataFrame({"x": [1, 2], "y": [1, 2]})
chart = altair.Chart(frame).mark_line().encode(altair.X("x:Q"), altair.Y("y:Q"))
vl_convert.vegalite_to_svg(chart.to_dict())
"""


class BenchError(Exception):
    """Something that keeps the bench from measuring, as a sentence."""


class Taken(NamedTuple):
    """What a run took: seconds on the clock, and seconds of all processors, which a
    busy machine lengthens less.
    """

    clock: float
    processors: CpuSeconds


class Kind(NamedTuple):
    """What is measured: its name, what returns a measure, and what the median must come
    to, a multiple of a base's.
    """

    name: str
    measure: Callable[[], float]
    must: float
    unit: str = "s"


class Row(NamedTuple):
    """What was measured of a kind, and of its base."""

    kind: Kind
    taken: Sequence[float]
    base: float

    @property
    def good(self) -> bool:
        """Whether it is what it must be."""
        return self._middle <= self.kind.must

    @property
    def _middle(self) -> float:
        return statistics.median(self.taken) / self.base

    def __str__(self) -> str:
        """Return it as a line: the median as a multiple of the base."""
        kind = self.kind
        measured = f"{self._middle:6.2f} × {self.base:7.3f} {kind.unit}"
        verdict = "within" if self.good else "MISSED"
        return f"{kind.name:42} {measured}   must {kind.must:5.2f}  {verdict}"


def copy_project(target: Path, parts: Sequence[str] = PARTS) -> Path:
    """Copy what a build reads, or some folders of it, into ``target``: the project's
    own site and cache are left alone.
    """
    ignored = shutil.ignore_patterns("__pycache__", "examples")
    for name in parts:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=ignored)
    shutil.copy(ROOT / "build.py", target)
    return target


def run_command(
    command: Sequence[str], folder: Path, *deleted_first: str, status: int = 0
) -> Taken:
    """Run a command to its end, the folders ``deleted_first``; return what it took.

    Raises ``BenchError`` if it ends with another ``status``.
    """
    for name in deleted_first:
        shutil.rmtree(folder / name, ignore_errors=True)
    started = time.perf_counter()
    before = os.times()
    done = subprocess.run(
        command, cwd=folder, env=USUAL, capture_output=True, text=True, check=False
    )
    clock = time.perf_counter() - started
    after = os.times()
    if done.returncode != status:
        raise BenchError(
            f"{' '.join(command[:3])} ended with {done.returncode}, expected"
            f" {status}:\n{done.stderr}"
        )
    # of the children and theirs, user's and system's
    return Taken(clock, sum(after[2:4]) - sum(before[2:4]))


def run_floor(folder: Path) -> Taken:
    """Run the floor; return what it took."""
    return run_command((sys.executable, "-c", FLOOR), folder)


def measure_in_turn(
    base: Callable[[], float], kinds: Sequence[Kind], rounds: int
) -> Iterator[Row]:
    """Measure a base and each kind once a round, so that a busy moment falls on all of
    them; yield a row of each.
    """
    bases: list[float] = []
    taken: list[list[float]] = [[] for _ in kinds]
    for _ in range(rounds):
        bases.append(base())
        for kind, found in zip(kinds, taken, strict=True):
            found.append(kind.measure())
    for kind, found in zip(kinds, taken, strict=True):
        yield Row(kind, found, statistics.median(bases))
