"""Numbers: figures by their ids, as ``numbers.json`` has them, with before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, InvalidOperation
from typing import Any, NamedTuple

from press.changes.section import Item, Section, Side, of_kinds

Number = Mapping[str, Any]
SHORT = Context(prec=6)  # digits of a figure, unless both sides look the same with them


class Pair(NamedTuple):
    """A number of both sides, by the id, or by what texts ask for (``latest``) where that is another number now."""

    name: str
    before: Number
    after: Number


def section(before: Side, after: Side) -> Section:
    """Return the numbers that differ, the largest change first; then those of one side alone.

    A side without numbers says nothing of them.
    """
    if "numbers" not in before or "numbers" not in after:
        return Section("Numbers", "", ())
    old, new = by_id(before, after)
    moved = _moved(old, new)
    pairs = moved + [Pair(name, old[name], new[name]) for name in new if name in old]
    changed = sorted((pair for pair in pairs if _whole(pair.before) != _whole(pair.after)), key=_order)
    paired = {item["id"] for pair in moved for item in (pair.before, pair.after)}
    added = [item for name, item in new.items() if name not in old and name not in paired]
    gone = [item for name, item in old.items() if name not in new and name not in paired]
    lone = (
        [Item(item["id"], f"{what}: {_short(item)}".rstrip(": ")) for item in items]
        for what, items in (("new", added), ("gone", gone))
    )
    return of_kinds("Numbers", [*map(_item, changed)], *lone)


def by_id(before: Side, after: Side) -> tuple[dict[str, Number], dict[str, Number]]:
    """Return the numbers of both sides that have something to compare, by the ids that they have today."""
    renamed = after.get("renamed", {})
    old, new = ([item for item in side.get("numbers", ()) if _is_told(item)] for side in (before, after))
    return {renamed.get(item["id"], item["id"]): item for item in old}, {item["id"]: item for item in new}


def _is_told(item: Number) -> bool:
    """Tell whether there is something to compare: a claim has no figure of its own."""
    return "value" in item or "low" in item or "statement" in item


def _moved(old: Mapping[str, Number], new: Mapping[str, Number]) -> list[Pair]:
    """Return what texts ask for as ``latest`` and what is another number now."""
    before, after = ({asked: item for item in side.values() for asked in item.get("asked", ())} for side in (old, new))
    return [
        Pair(asked, before[asked], item)
        for asked, item in after.items()
        if asked in before and before[asked]["id"] != item["id"]
    ]


def _item(pair: Pair) -> Item:
    before, after = _short(pair.before), _short(pair.after)
    if before == after:
        before, after = _whole(pair.before), _whole(pair.after)
    return Item(pair.name, before=before, after=after)


def _whole(item: Number) -> str:
    """Write all that is known of a number: its value or its ends, its unit, its period."""
    return _written(item, list(map(str, _ends(item))))


def _short(item: Number) -> str:
    return _written(item, [f"{_digits(end)}" for end in _ends(item)])


def _written(item: Number, ends: Sequence[str]) -> str:
    if "statement" in item:
        figures = item["statement"].get("figures", ())
        return "; ".join(f"{_span([one['low'], one['high']])} {one['unit']}" for one in figures) or "words"
    period = f" ({item['period']})" if item.get("period") else ""
    return f"{_span(ends)} {item.get('unit', '')}".strip() + period


def _ends(item: Number) -> list[str]:
    return [item["low"], item["high"]] if "low" in item else [item["value"]] if "value" in item else []


def _span(ends: Sequence[str]) -> str:
    return " to ".join(dict.fromkeys(ends))


def _digits(end: str) -> str:
    number = _number(end)
    return end if number is None else f"{SHORT.plus(number):f}"


def _number(end: str) -> Decimal | None:
    try:
        return Decimal(end)
    except InvalidOperation:  # a year and a month, a day
        return None


def _order(pair: Pair) -> tuple[Decimal, str]:
    """Sort by how much a number has changed for its size; what is no amount comes last."""
    old, new = (_number(next(iter(_ends(item)), "")) for item in (pair.before, pair.after))
    return -change(old, new), pair.name


def change(old: Decimal | None, new: Decimal | None) -> Decimal:
    """Return how large a change is beside the larger of the two figures; 0 where one is not known."""
    if old is None or new is None or old == new:
        return Decimal(0)
    return abs(new - old) / max(abs(new), abs(old))
