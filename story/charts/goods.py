"""What China sells to Russia: exports by group of goods before and after its vehicles
overtook most others.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from press.figures import Plot
from press.forms import ChartData, FiguresOfKind
from press.ground.grid import Cell
from story import measures
from story.charts.goods_drawing import Groups, draw_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.quantity import Quantity

KNOWN = (2018, 2021, 2023, 2024)  # the years of which goods are known
BEFORE = 2021
AFTER = 2023
ALL = "all"
VEHICLES = "87"
NAMED = ("84", "85")  # machinery and electrical goods
CHANGE = f"change_{BEFORE}_to_{AFTER}_usd_billion"


def what_china_sells(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw a line for each group of goods between two years, that of vehicles thick;
    the table has other years, all exports, and the changes, too.
    """
    by_year = {year: _find_levels(data, year) for year in KNOWN}
    numbers = [number for number in by_year[AFTER] if number != ALL]
    changes = _find_changes(data, numbers)
    kinds = {"change": FiguresOfKind(changes, CHANGE, signed=True)}
    for year, items in by_year.items():
        ink = "export" if year in (BEFORE, AFTER) else ""
        kinds[f"{year}"] = FiguresOfKind(items, f"exports_{year}_usd_billion", ink)
    names = {key: str(words[f"chapter_{key}"]) for key in (ALL, *numbers)}

    def make_head(key: str) -> Cell:
        return Cell(names[key], key)

    figures = ChartData.from_kinds(kinds, words, language, "hs_chapter", make_head)
    before, after = figures.frames[f"{BEFORE}"], figures.frames[f"{AFTER}"]
    groups = Groups(
        before[before["at"].isin(numbers)],
        after[after["at"].isin(numbers)],
        VEHICLES,
        {key: names[key] for key in (VEHICLES, *NAMED)},
    )
    return figures.make_plot(partial(draw_groups, groups, words, language))


def _find_levels(data: Data, year: int) -> dict[Any, Quantity]:
    """Return the exports of a year by chapter, and all of them."""
    total = measures.total.figure(data, year, "export")
    levels: dict[Any, Quantity] = measures.sort_chapters_by_size(data, year, "export")
    return levels | ({ALL: total} if total else {})


def _find_changes(data: Data, numbers: Sequence[str]) -> dict[Any, Quantity | None]:
    """Return by how much exports rose: all of them, and each chapter."""
    changes: dict[Any, Quantity | None] = {}
    changes[ALL] = measures.change.figure(data, BEFORE, AFTER, "export")
    for number in numbers:
        between = (BEFORE, AFTER, "export", number)
        changes[number] = measures.change_of_chapters.figure(data, *between)
    return changes
