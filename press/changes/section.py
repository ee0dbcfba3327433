"""Sections: what has changed of one kind, item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from press.errors import quoted

Side = Mapping[str, Any]  # a story at one time: what ``press.desk.snapshot`` makes, or a part of it


class Item(NamedTuple):
    """One change: where (a place, a name), what, of which sentence; or before and after."""

    where: str
    what: str = ""
    before: str = ""
    after: str = ""
    words: str = ""

    def told(self, most: int) -> str:
        """Return the change in a line, without where; of a long sentence its beginning."""
        return f"{quoted(cut(self.words, most))}: {self.change}" if self.words else self.change

    @property
    def change(self) -> str:
        """What has changed, alone."""
        return self.what or f"{self.before} → {self.after}"


class Section(NamedTuple):
    """What has changed of one kind: its title, how much there is in words, and each item, the weightiest first."""

    title: str
    amount: str
    items: tuple[Item, ...]


def of_kinds(title: str, changed: Sequence[Item], added: Sequence[Item], gone: Sequence[Item]) -> Section:
    """Return a section of what has changed, then of what one side alone has."""
    amount = listed((len(changed), "changed"), (len(added), "new"), (len(gone), "gone"))
    return Section(title, amount, (*changed, *added, *gone))


def cut(words: str, most: int) -> str:
    """Return words in one line, of more characters than ``most`` the beginning."""
    words = "".join(each if each.isprintable() else " " for each in words)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def counted(count: int, one: str, many: str = "") -> str:
    """Write how many things there are: ``1 row``, ``2 rows``."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def listed(*parts: tuple[int, str]) -> str:
    """Write how many there are of each kind that there is: ``2 changed, 1 new``."""
    return ", ".join(f"{count} {what}" for count, what in parts if count)
