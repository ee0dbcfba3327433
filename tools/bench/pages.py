"""Plain pages without charts and bindings, beside Pelican on the same Markdown with a page shell of the same size.

Both read Markdown with the same extensions and fill a template of Jinja. This project checks links, anchors and the
policy of each page, reads the sentences for numbers that no fact bears out, hashes and replaces files by a journal, and
tells what each page weighs packed. Pelican resolves links to pages, loads plugins and signals, sorts pages by date and
translation, and writes in place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools.bench import plain
from tools.bench.curves import Point, curve
from tools.bench.report import HEAD, Goal, measured, table
from tools.bench.runs import BUILD, ROOT, BenchError, Taken, copied, interleaved, median, processors, run

PELICAN = ROOT / ".venv-bench" / "bin" / "python"
GOAL = Goal("1,000 plain pages", 2, 1)
ROUNDS = {10: 3, 100: 3, 1000: 3}  # pages: rounds


def pages(folder: Path) -> None:
    """Build so many pages in turn with Pelican, and print what both cost. Raises ``BenchError`` without Pelican."""
    if not PELICAN.exists():
        raise BenchError("found no Pelican in .venv-bench: start the bench with make bench, which puts it there")
    rows, points = [], []
    for count, rounds in ROUNDS.items():
        ours, theirs = _both(folder, count, rounds)
        goal = GOAL if f"{count:,}" in GOAL.name else None
        base = median(processors(theirs))
        row = measured(goal or GOAL._replace(name=f"{count:,} plain pages"), processors(ours), base)
        rows += [
            row if goal else (*row[:5], "", "", ""),
            (f"Pelican, {count:,}", f"{base * 1000:,.0f}", "1.00", *[""] * 5),
        ]
        points.append(Point(count, ours))
    size = plain.size(folder / f"pages-{max(ROUNDS)}")
    title = f"Plain pages of {size:,} bytes of Markdown, cold; milliseconds of all processors; × Pelican"
    table(title, HEAD, rows)
    curve("plain pages", "page", points)


def _both(folder: Path, count: int, rounds: int) -> tuple[list[Taken], list[Taken]]:
    """Return what this project and Pelican take for so many pages."""
    story, other = copied(folder / f"pages-{count}"), folder / f"pelican-{count}"
    plain.write(story, count)
    plain.for_pelican(story, other)
    command = (str(PELICAN), "-m", "pelican", "content", "--settings", "pelicanconf.py", "--output", "out", "--quiet")
    kinds: dict[str, Callable[[], Taken]] = {
        f"{count} pages": lambda: run(BUILD, story, "site", ".cache"),
        f"{count} pages by Pelican": lambda: run(command, other, "out"),
    }
    for measure in kinds.values():  # Python compiles modules once
        measure()
    ours, theirs = interleaved(kinds, rounds).values()
    made = len(list((other / "out").glob("*.html")))
    if made != count:
        raise BenchError(f"Pelican made {made} pages of {count}")
    return ours, theirs
