"""Charts: what differs in their tables and drawings, the largest change named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from press.changes.numbers import change
from press.changes.section import Item, Section, Side, listed, of_kinds

Chart = Mapping[str, Any]
Points = dict[tuple[str, str], tuple[str, Decimal]]  # by series and place: a figure as told, and its value
NEWEST = "newest "


def section(before: Side, after: Side) -> Section:
    """Return the charts that differ, then those of one side alone; a side without charts says nothing of them."""
    if before.get("charts") is None or after.get("charts") is None:
        return Section("Charts", "", ())
    old, new = before["charts"], after["charts"]
    both = {name: "; ".join(_told(old[name], new[name])) for name in new if name in old}
    added, gone = ([name for name in one if name not in other] for one, other in ((new, old), (old, new)))
    changed = [Item(name, what) for name, what in both.items() if what]
    return of_kinds("Charts", changed, [Item(name, "new") for name in added], [Item(name, "gone") for name in gone])


def _told(old: Chart, new: Chart) -> Iterator[str]:
    """Yield what has changed in a chart; nothing where it is the same."""
    if old["csv"] == new["csv"]:
        if old["svg"] != new["svg"]:
            yield "drawn otherwise, with the same figures"
        return
    newest = [_newest(chart) for chart in (old, new)]
    if newest[0] != newest[1]:
        yield f"newest {newest[0] or 'none'} → {newest[1] or 'none'}"
    before, after = _points(old), _points(new)
    added, gone = ([place for place in one if place not in other] for one, other in ((after, before), (before, after)))
    moved = [place for place in after if place in before and before[place] != after[place]]
    if points := listed((len(moved), "changed"), (len(added), "new"), (len(gone), "gone")):
        yield f"points: {points}"
    if moved:
        place = max(moved, key=lambda place: change(before[place][1], after[place][1]))
        yield f"largest change: {', '.join(place)}: {_figures(before[place], after[place])}"
    elif added:
        yield f"new: {', '.join(added[-1])}: {after[added[-1]][0]}"
    elif not gone:
        yield "other words in its table"


def _figures(old: tuple[str, Decimal], new: tuple[str, Decimal]) -> str:
    """Write two figures as told, or exactly where they are told alike."""
    return f"{old[0]} → {new[0]}" if old[0] != new[0] else f"{old[1]:f} → {new[1]:f}"


def _newest(chart: Chart) -> str:
    return next((part.removeprefix(NEWEST) for part in chart["outline"] if part.startswith(NEWEST)), "")


def _points(chart: Chart) -> Points:
    return {(series, place): (text, Decimal(value)) for series, place, text, value in chart["points"]}
