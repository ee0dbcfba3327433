"""The fall of 2025: by how much the sales of some goods between the two countries
changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from press.facts import growth
from press.forms import ChartData, FiguresOfKind, draw_bars
from press.ground.grid import Cell
from press.quantity import Quantity
from story import statements

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data
    from press.figures import Plot

YEAR = 2025
CRUDE = "customs-crude-of-2025-2026"
CRUDE_IN_YUAN = "6+5"  # its figures, of the year before and of the year


class _Stated(NamedTuple):
    """What somebody stated of goods: which of its figures are their value in the year,
    and that of the year before, or the change in percent.
    """

    statement: str
    value: str
    before: str = ""
    change: str = ""


GOODS = {
    "cars": _Stated("customs-cars-of-2025-2026", "3", before="5"),
    "phones": _Stated("customs-phones-of-2025-2026", "1", change="2"),
    "aluminium": _Stated("customs-aluminium-of-2025-2026", "1", change="2"),
}


def fall_of_2025(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Draw a bar for the change of each of some goods on the year before, in percent of
    its value.
    """
    before = dict[Any, Quantity | None]()
    after = dict[Any, Quantity | None]()
    changes = dict[Any, Quantity | None]()
    keys = {str(words[goods]): goods for goods in (*GOODS, "crude")}
    for name, goods in keys.items():
        if goods == "crude":
            changes[name] = statements.stated_growth(data, YEAR, CRUDE, CRUDE_IN_YUAN)
            continue
        stated = GOODS[goods]
        earlier = _find_value_before(data, stated)
        later = statements.get_stated_dollars(data, stated.statement, stated.value)
        before[name] = earlier
        after[name] = later
        changes[name] = growth(earlier, later) if earlier and later else None
    kinds = {
        "change": FiguresOfKind(changes, "change_percent", "accent", 0, signed=True),
        "before": FiguresOfKind(before, f"value_{YEAR - 1}_usd_billion"),
        "after": FiguresOfKind(after, f"value_{YEAR}_usd_billion"),
    }
    figures = ChartData.from_kinds(
        kinds, words, language, "goods", lambda name: Cell(name, keys[name])
    )
    # a figure of a statement has its sources in the row of that
    cited = frozenset(row for row in figures.rows if row.source_ids)
    return draw_bars(figures)._replace(rows=cited)


def _find_value_before(data: Data, stated: _Stated) -> Quantity | None:
    """Return the stated value of the year before, else that which its change leaves."""
    if stated.before:
        return statements.get_stated_dollars(data, stated.statement, stated.before)
    figures = f"{stated.value}+{stated.change}"
    return statements.stated_value_before(data, YEAR, stated.statement, figures)
