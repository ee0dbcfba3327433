"""Growth: what one more page, chart or row costs in a large story, beside what it costs
in a small one.

A small story of the engine's examples is made larger in one way at a time. Told in
seconds of all processors. And the memory that a build of very many pages takes.
"""

from __future__ import annotations

import resource
import shutil
import statistics
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tools.bench.pages import make_body, make_page_name
from tools.bench.runs import (
    BUILD,
    ROOT,
    BenchError,
    CpuSeconds,
    Kind,
    Row,
    copy_project,
    run_command,
)

ROUNDS = 3
MUST = 1.2
MANY = 2000  # pages of a story whose build must do with so much memory:
MOST_MEGABYTES = 450
HEAD = '+++\ntitle = "{title}"\ndescription = "One page of many."\n+++\n\n'
BOUND = (
    "In {year} Norway won [{count}](fact:gold/{year}/Norway), in a year of the Games."
)
# The Games of the table at which Norway won any gold, and how many: a page of prose has
# them twice.
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

WriteFunction = Callable[[Path, int], None]


class Larger(NamedTuple):
    """A way in which an example grows: its name, its sizes, what makes it so large, and
    the status of its builds.
    """

    name: str
    sizes: tuple[int, int, int]
    write: WriteFunction
    status: int = 0
    example: str = "games"


def measure_growth(folder: Path) -> Iterator[Row]:
    """Measure what one more costs between the two larger sizes, beside what it costs
    between the two smaller ones.
    """
    for larger in LARGER:
        costs = [
            _make_and_measure_story(folder / f"{larger.name} {size}", larger, size)
            for size in larger.sizes
        ]
        few, some, many = larger.sizes
        first = (costs[1] - costs[0]) / (some - few)
        last = (costs[2] - costs[1]) / (many - some)
        if first <= 0:
            message = f"{larger.name}: {some} cost no more than {few}: measure in quiet"
            raise BenchError(message)
        name = f"one more of {larger.name} ({few:,}, {some:,}, {many:,})"
        yield Row(Kind(name, float, MUST), [last], first)


def measure_memory_of_many_pages(folder: Path) -> Iterator[Row]:
    """Measure the most memory that a build of many pages takes."""
    story = folder / "many"
    _make_story(story, MANY, partial(_write_bound_pages, bound_count=5))
    run_command(BUILD, story)
    # the largest of all children so far: of this build where the part is run alone
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    name = f"a build of {MANY:,} pages with 5 bindings"
    yield Row(Kind(name, float, MOST_MEGABYTES, "MB"), [kilobytes / 1024], 1)


def _make_and_measure_story(folder: Path, larger: Larger, size: int) -> CpuSeconds:
    """Return the seconds of processors that a story of a size takes, nothing kept from
    before.
    """
    _make_story(folder, size, larger.write, larger.example)
    run_command(BUILD, folder, status=larger.status)  # Python compiles modules once
    kept = ("site", ".cache")
    return statistics.median(
        run_command(BUILD, folder, *kept, status=larger.status).processors
        for _ in range(ROUNDS)
    )


def _make_story(
    folder: Path, size: int, write: WriteFunction, example: str = "games"
) -> None:
    """Write an example, made larger, with the engine that builds it."""
    shutil.copytree(ROOT / "press" / "examples" / example, folder)
    copy_project(folder, ["press"])
    write(folder, size)


def _write_plain_pages(story: Path, size: int) -> None:
    for number in range(size):
        _write_page(story, number, make_body(number, size))


def _write_bound_pages(
    story: Path, size: int, bound_count: int = 20, figure_error: int = 0
) -> None:
    """Write pages of ``bound_count`` numbers each, each of them greater than the true
    one by ``figure_error``.
    """
    sentences = [
        BOUND.format(year=year, count=gold + figure_error) for year, gold in WON * 2
    ]
    paragraphs = sentences[:bound_count]
    for number in range(size):
        _write_page(story, number, "\n\n".join(paragraphs))


def _write_page(story: Path, number: int, body: str) -> None:
    path = story / "content" / "en" / make_page_name(number + 1)
    head = HEAD.format(title=f"Page {number}")
    path.write_text(f"{head}{body}\n", "utf-8")


def _add_charts_and_page_that_shows_them(story: Path, size: int) -> None:
    """Write chart functions, the words of each, and a page that shows all of them."""
    module = story / "story" / "charts.py"
    module.write_text(module.read_text("utf-8") + CHARTS.format(size=size), "utf-8")
    words = story / "content" / "en" / "charts"
    names = [f"more_{number}" for number in range(size)]
    for name in names:
        shutil.copy(words / "so_far.md", words / f"{name}.md")
    images = [f"![](chart:{name})" for name in names]
    _write_page(story, 0, "\n\n".join(images))


def _multiply_marathon_rows(story: Path, size: int) -> None:
    """Add races of a few runners, on days after those that the text tells of."""
    path = story / "data" / "marathon.csv"
    _, *rows = path.read_text("utf-8").splitlines()
    with path.open("a", encoding="utf-8") as file:
        for number in range((size - 1) * len(rows)):
            day = date(2030, 1, 1) + timedelta(number)
            file.write(f"{day},30,20,10,9,,wikipedia\n")


PAGES = (10, 100, 1000)
LARGER = (
    Larger("plain pages", PAGES, _write_plain_pages),
    Larger("pages with 20 bindings", PAGES, _write_bound_pages),
    Larger(
        "pages with 20 false numbers",
        PAGES,
        partial(_write_bound_pages, figure_error=20),
        status=1,
    ),
    Larger("charts", (10, 50, 200), _add_charts_and_page_that_shows_them),
    Larger("times the rows", (1, 10, 100), _multiply_marathon_rows, example="marathon"),
)
