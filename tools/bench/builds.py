"""Builds of this story: with nothing changed, and with neither cache nor site."""

from __future__ import annotations

from pathlib import Path

from tools.bench.report import HEAD, Goal, measured, table
from tools.bench.runs import BUILD, CHECK, clocks, copied, floor, interleaved, median, run

GOALS = {
    "build": Goal("nothing changed, build", 0.25, 0.12),
    "check": Goal("nothing changed, check", 0.25, 0.12),
    "cold check": Goal("cold check: no cache", 5, 3.5),
    "cold build": Goal("cold build, all pictures: no cache, no site", 9, 6),
}
WARM, COLD = 7, 3  # rounds


def builds(folder: Path) -> None:
    """Measure builds in turn with the floor, and print them."""
    story = copied(folder / "story")
    for command in (BUILD, CHECK):  # Python compiles its modules once; that is not what is measured
        run(command, story)
    base = {"floor": lambda: floor(story)}
    warm = base | {"build": lambda: run(BUILD, story), "check": lambda: run(CHECK, story)}
    cold = base | {
        "cold check": lambda: run(CHECK, story, ".cache"),
        "cold build": lambda: run(BUILD, story, ".cache", "site"),
    }
    rows = []
    for kinds, rounds in ((warm, WARM), (cold, COLD)):
        taken = {name: clocks(all_) for name, all_ in interleaved(kinds, rounds).items()}
        least = median(taken["floor"])
        rows += [measured(GOALS[name], all_, least) for name, all_ in taken.items() if name in GOALS]
        rows.append((f"floor beside {'these' if kinds is warm else 'the cold'}", *_floor(least)))
    table(f"Builds of this story, {WARM} and {COLD} of each in turn; × the floor", HEAD, rows)


def _floor(seconds: float) -> tuple[str, ...]:
    return f"{seconds * 1000:,.0f}", "1.00", "", "", "", "", ""
