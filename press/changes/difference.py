"""The difference between two sides: the signal first, then numbers, charts and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from press.changes import charts, numbers, tables, words
from press.changes.section import Section, Side, counted


@dataclass(frozen=True)
class Difference:
    """What has changed since ``since``: the sections in which something has, what of it could not be compared.

    ``mistakes`` and ``unread`` are what the words of the later side leave to a person, new or not. ``drawings`` are
    those of each changed chart, before and after, ``palettes`` the colours of both sides.
    """

    since: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    mistakes: int
    unread: int
    drawings: Mapping[str, tuple[str, str]]
    palettes: tuple[Mapping[str, Any], Mapping[str, Any]]

    @property
    def needs_a_person(self) -> bool:
        """Tell whether something of the words is false, or nobody has read it as it is now."""
        return bool(self.mistakes or self.unread)

    @property
    def outcome(self) -> str:
        """What is left to a person, in a line."""
        false = f"{counted(self.mistakes, 'mistake')} in the words (build.py check)" if self.mistakes else ""
        unread = f"{counted(self.unread, 'sentence')} that nobody has read as it is now (build.py read)"
        parts = [part for part in (false, unread if self.unread else "") if part]
        return f"For a person: {', and '.join(parts)}" if parts else "No words need a person"

    @property
    def heading(self) -> str:
        """What is compared with what, in a line."""
        if self.sections:
            return f"What has changed since {self.since}"
        return f"Nothing has changed since {self.since}" + (", as far as it is known" if self.notes else "")


def compared(since: str, before: Side, after: Side, notes: tuple[str, ...] = ()) -> Difference:
    """Return the difference of two sides; ``notes`` say what of one could not be looked at."""
    parts = (
        *words.sections(before, after),
        numbers.section(before, after),
        charts.section(before, after),
        tables.section(before, after),
    )
    changed = [item.where for part in parts if part.title == "Charts" for item in part.items]
    drawings = {name: (_drawing(before, name), _drawing(after, name)) for name in changed}
    palettes = (before.get("palette", {}), after.get("palette", {}))
    sections = tuple(part for part in parts if part.items)
    return Difference(since, notes, sections, *words.waiting(after), drawings, palettes)


def _drawing(side: Side, name: str) -> str:
    return str(side["charts"].get(name, {}).get("svg", ""))
