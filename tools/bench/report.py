"""The report: rows of figures beside what they must come to and what they aim at."""

from __future__ import annotations

import math
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import NamedTuple

from tools.bench.runs import median, slow

PACKAGES = ("altair", "pandas", "vl-convert-python", "Jinja2", "Markdown")
HEAD = ("", "median ms", "×", "p95 ms", "×", "must", "aim", "")


class Goal(NamedTuple):
    """What a measure must come to, and what it aims at: multiples of what it is told by, of its median and its p95."""

    name: str
    must: float
    aim: float
    slow: float = math.inf  # what the p95 must come to


def verdict(goal: Goal, middle: float, tail: float = 0) -> str:
    """Tell whether a measure reaches its aim, or at least what it must."""
    if middle > goal.must or tail > goal.slow:
        return "missed"
    return "aim reached" if middle <= goal.aim else "within"


def measured(goal: Goal, seconds: Sequence[float], base: float, *, tail: bool = False) -> tuple[str, ...]:
    """Return a row of ``HEAD``: seconds told as multiples of ``base`` seconds, with ``tail`` their p95 as well."""
    middle, late = median(seconds), slow(seconds)
    must = f"{goal.must:g}" if goal.slow == math.inf else f"{goal.must:g} / {goal.slow:g}"
    others = (ms(late), f"{late / base:.2f}") if tail else ("", "")
    told = verdict(goal, middle / base, late / base if tail else 0)
    return goal.name, ms(middle), f"{middle / base:.2f}", *others, must, f"{goal.aim:g}", told


def ms(seconds: float, places: int = 0) -> str:
    """Return seconds as milliseconds with so many decimals."""
    return f"{seconds * 1000:,.{places}f}"


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a title, the first column to the left, the others to the right."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    print(f"\n{title}{_load()}")
    for first, *others in lines:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        print("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    sys.stdout.flush()


def machine() -> None:
    """Print what the figures depend on besides this project."""
    names = [f"{name} {version(name)}" for name in PACKAGES]
    system = f"{platform.system()} {platform.machine()}"
    print(f"{os.cpu_count()} cores, {system}, {platform.python_implementation()} {platform.python_version()}{_load()}")
    print(", ".join(names), flush=True)


def _load() -> str:
    """Say how busy the machine is: figures of a busy one are too high, multiples less so."""
    return f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
