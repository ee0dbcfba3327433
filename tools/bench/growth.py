"""Growth: what one more page, chart or row costs in a large story, beside what it costs
in a small one.

A small story of the engine's examples is made larger in one way at a time. Told in
seconds of all processors.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tools.bench.pages import SECTIONS, name_of, section
from tools.bench.runs import BUILD, CHECK, ROOT, BenchError, Kind, Row, run

ROUNDS, MUST = 3, 1.2
NUMBERS = 20  # bound in a page of prose
HEAD = '+++\ntitle = "{title}"\ndescription = "One page of many."\n+++\n\n'
BOUND = (
    "In {year} Norway won [{count}](fact:gold/{year}/Norway), in a year of the Games."
)
# The Games of the table at which Norway won any gold, and how many.
WON = (
    (1924, 4),
    (1928, 6),
    (1932, 3),
    (1936, 7),
    (1948, 4),
    (1952, 7),
    (1956, 2),
    (1960, 3),
    (1964, 3),
    (1968, 6),
)
CHARTS = """

def _more(name):
    def chart(data, words, language):
        return so_far(data, words, language)
    chart.__name__ = name
    return chart


more = [f"more_{{number}}" for number in range({size})]
globals().update((name, _more(name)) for name in more)
__all__ += more
"""


class Larger(NamedTuple):
    """A way in which an example grows: its name, its sizes, what makes it so large, and
    what is then measured.
    """

    name: str
    sizes: tuple[int, int, int]
    write: Callable[[Path, int], None]
    command: Sequence[str] = BUILD
    status: int = 0
    example: str = "games"


def growth(folder: Path) -> Iterator[Row]:
    """Measure what one more costs between the two larger sizes, beside what it costs
    between the two smaller ones.
    """
    for larger in LARGER:
        costs = [
            _cost(folder / f"{larger.name} {size}", larger, size)
            for size in larger.sizes
        ]
        steps = itertools.pairwise(zip(larger.sizes, costs, strict=True))
        first, last = (
            (more - less) / (many - few) for (few, less), (many, more) in steps
        )
        if first <= 0:
            raise BenchError(
                f"{larger.name}: {larger.sizes[1]} cost no more than {larger.sizes[0]}:"
                " measure in quiet"
            )
        sizes = ", ".join(f"{size:,}" for size in larger.sizes)
        yield Row(
            Kind(f"one more of {larger.name} ({sizes})", float, MUST), [last], first
        )


def _cost(story: Path, larger: Larger, size: int) -> float:
    """Return the seconds of processors that a story of a size takes, nothing kept from
    before.
    """
    shutil.copytree(ROOT / "press" / "examples" / larger.example, story)
    shutil.copytree(
        ROOT / "press",
        story / "press",
        ignore=shutil.ignore_patterns("__pycache__", "examples"),
    )
    shutil.copy(ROOT / "build.py", story)
    larger.write(story, size)
    run(larger.command, story, status=larger.status)  # Python compiles modules once
    taken = (
        run(larger.command, story, "site", ".cache", status=larger.status)
        for _ in range(ROUNDS)
    )
    return statistics.median(each.processors for each in taken)


def _plain(story: Path, size: int) -> None:
    for number in range(size):
        _page(
            story,
            number,
            "\n\n".join(section(number, place, size) for place in range(SECTIONS)),
        )


def _prose(story: Path, size: int, more: int = 0) -> None:
    """Write pages of bound numbers, each of them greater than the true
    one by ``more``.
    """
    for number in range(size):
        won = itertools.islice(itertools.cycle(WON), number, number + NUMBERS)
        _page(
            story,
            number,
            "\n\n".join(
                BOUND.format(year=year, count=count + more) for year, count in won
            ),
        )


def _page(story: Path, number: int, body: str) -> None:
    path = story / "content" / "en" / name_of(number + 1)
    path.write_text(f"{HEAD.format(title=f'Page {number}')}{body}\n", "utf-8")


def _charts(story: Path, size: int) -> None:
    module, folder = story / "story" / "charts.py", story / "content" / "en" / "charts"
    module.write_text(module.read_text("utf-8") + CHARTS.format(size=size), "utf-8")
    names = [f"more_{number}" for number in range(size)]
    for name in names:
        shutil.copy(folder / "so_far.md", folder / f"{name}.md")
    _page(story, 0, "\n\n".join(f"![](chart:{name})" for name in names))


def _rows(story: Path, size: int) -> None:
    """Add races of a few runners, on days after those that the text tells of."""
    path = story / "data" / "marathon.csv"
    _, *rows = path.read_text("utf-8").splitlines()
    days = (
        date(2030, 1, 1) + timedelta(number) for number in range((size - 1) * len(rows))
    )
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{day},30,20,10,9,,wikipedia\n" for day in days)


LARGER = (
    Larger("plain pages", (10, 100, 1000), _plain),
    Larger("pages with 20 bindings", (10, 100, 1000), _prose),
    Larger(
        "pages with 20 false numbers",
        (10, 100, 1000),
        partial(_prose, more=20),
        CHECK,
        1,
    ),
    Larger("charts", (10, 50, 200), _charts),
    Larger("times the rows", (1, 10, 100), _rows, example="marathon"),
)
