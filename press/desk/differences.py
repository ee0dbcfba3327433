"""What differs between the sites of two times: numbers by their ids, revisions, and
what readers see of pages.

A site is known by its files, by their addresses: its pages, and ``numbers.json``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Sized
from typing import Any, NamedTuple

from press.ground.errors import ToldError
from press.pages import NUMBERS_VERSION

NUMBERS = "numbers.json"
COMPARED = "#at-claim:"  # in the address of words that compare numbers
PAGE = re.compile(r"(charts/)?[^/]+\.html")
# What a page says of itself, where it leads, what it loads: no reader sees it otherwise
# because of these.
APART = re.compile(r"<(head|nav|footer|script)\b.*?</\1>", re.DOTALL)
SEEN = re.compile(
    r'<svg.*?</svg>|(?<=aria-label=")[^"]*|(?<=>)[^<]*[^<\s][^<]*', re.DOTALL
)
Files = Mapping[str, bytes]


class ChangesOfKind(NamedTuple):
    """What has changed of one kind: its title, how much there is, and each item: where,
    and what.
    """

    title: str
    amount: str
    items: Sequence[tuple[str, str]]


class RevisedFigure(NamedTuple):
    """A figure that was printed again, and differently: its table, row and column, both
    prints, pages of the later.
    """

    table: str
    key: str
    column: str
    first: str
    later: str
    sources: tuple[str, ...]


class PrintedNumber(NamedTuple):
    """A number of a site: its id, what texts ask for instead of it (``latest``), what
    it is, and how it is written.

    ``words`` are those in which readers first meet it, "" where it is only compared;
    ``again`` are the revisions of itself.
    """

    id: str
    asked: tuple[str, ...]
    label: str
    ends: tuple[str, ...]
    unit: str
    period: str
    words: str
    again: frozenset[RevisedFigure]

    @property
    def names(self) -> tuple[str, ...]:
        """What it is known by."""
        return self.id, *self.asked

    @property
    def whole(self) -> str:
        """All that is known of it: its value or its ends, its unit, its period."""
        period = f" ({self.period})" if self.period else ""
        return f"{' to '.join(dict.fromkeys(self.ends))} {self.unit}".strip() + period


class Numbers(NamedTuple):
    """The numbers of two sites, before and now, by their ids."""

    before: Mapping[str, PrintedNumber]
    after: Mapping[str, PrintedNumber]

    @property
    def section(self) -> ChangesOfKind:
        """What has become of numbers; then come those of one side alone.

        One that texts ask for as the latest is compared with the latest before.
        """
        old, new = (
            {name: item for item in side.values() for name in item.names}
            for side in self
        )
        # a number that is known by its id and as the latest is one
        pairs = dict[tuple[str, str], str]()
        for name in (
            name for name in new if name in old and old[name].whole != new[name].whole
        ):
            pairs.setdefault((old[name].id, new[name].id), name)
        names = sorted(pairs.values())
        added = [item for item in self.after.values() if not old.keys() & {*item.names}]
        gone = [item for item in self.before.values() if not new.keys() & {*item.names}]
        items = [(name, f"{old[name].whole} → {new[name].whole}") for name in names]
        items += [(item.id, f"new: {item.whole}") for item in added]
        items += [(item.id, f"gone: {item.whole}") for item in gone]
        return ChangesOfKind("Numbers", _counted(names, added, gone), items)


def compare_numbers(before: Files, after: Files) -> Numbers | None:
    """Return the numbers of two sites; ``None`` where one of them has none.

    Raises ``ToldError`` for an earlier one of another version.
    """
    if NUMBERS not in before or NUMBERS not in after:
        return None
    old, new = (_numbers_in(side[NUMBERS]) for side in (before, after))
    return Numbers({item.id: item for item in old}, {item.id: item for item in new})


def _numbers_in(body: bytes) -> list[PrintedNumber]:
    """Return the numbers in a ``numbers.json`` that have a figure.

    Raises ``ToldError`` for one of another version.
    """
    document = json.loads(body)
    if document["version"] != NUMBERS_VERSION:
        message = (
            f"found the version {document['version']!r} of numbers.json, expected"
            f" {NUMBERS_VERSION}"
        )
        raise ToldError(message, "compare with a later revision")
    return [
        _number(item)
        for item in document["numbers"]
        if item.keys() & {"value", "statement"}
    ]


def _number(item: Mapping[str, Any]) -> PrintedNumber:
    known = ("low", "high") if "low" in item else ("value",)
    said = item["statement"]["figures"] if "statement" in item else ()
    again = _again(item) if len(item.get("rows", ())) == 1 else ()
    return PrintedNumber(
        id=item["id"],
        asked=tuple(item.get("asked", ())),
        label=item["label"],
        ends=(
            ("; ".join(map(_said, said)),)
            if "statement" in item
            else tuple(f"{item[end]}" for end in known)
        ),
        unit=item.get("unit", ""),
        period=item.get("period", ""),
        words=next(
            (
                " ".join(use["words"].split())
                for use in item["uses"]
                if COMPARED not in use["address"]
            ),
            "",
        ),
        again=frozenset(
            one
            for one in again
            if _digits(item["value"]) in map(_digits, (one.first, one.later))
        ),
    )


def _said(figure: Mapping[str, str]) -> str:
    return (
        f"{' to '.join(dict.fromkeys((figure['low'], figure['high'])))}"
        f" {figure['unit']}"
    )


def find_new_revisions(before: Files, after: Files) -> dict[RevisedFigure, set[str]]:
    """Return the revisions of which only the later site tells, each with the addresses
    of pages that rest on it.

    Numbers and charts tell of them.
    """
    old, new = map(_revisions, (before, after))
    return {item: pages for item, pages in new.items() if item not in old}


def _revisions(site: Files) -> dict[RevisedFigure, set[str]]:
    found = defaultdict[RevisedFigure, set[str]](set)
    told = json.loads(site.get(NUMBERS, b'{"numbers": []}'))
    for item in told["numbers"]:
        for revision in _again(item):
            found[revision] |= {
                use["address"].partition("#")[0] for use in item["uses"]
            }
    for name, chart in told.get("charts", {}).items():
        shown = f'<figure id="{name}"'.encode()
        for revision in _again(chart):
            found[revision] |= {
                f"charts/{name}.html",
                *(address for address, page in site.items() if shown in page),
            }
    return found


def _again(told: Mapping[str, Any]) -> list[RevisedFigure]:
    """Return the revisions that a number or a chart tells of."""
    return [
        RevisedFigure(
            one["table"],
            one["key"],
            one["column"],
            one["first"],
            one["later"],
            tuple(one["later_sources"]),
        )
        for one in told.get("revisions", ())
    ]


def _digits(number: str) -> str:
    """Return what a number has in common with itself in another scale."""
    return number.replace(".", "").strip("-0")


def compare_pages(before: Files, after: Files) -> ChangesOfKind:
    """Return the pages on which readers see other words or drawings.

    That of a chart has also changed where the figures have that it offers.
    """
    old, new = (set(filter(PAGE.fullmatch, side)) for side in (before, after))
    changed = sorted(
        name for name in old & new if _seen(before, name) != _seen(after, name)
    )
    kinds = {"changed": changed, "new": sorted(new - old), "gone": sorted(old - new)}
    items = [(name, kind) for kind, names in kinds.items() for name in names]
    return ChangesOfKind("Pages", _counted(**kinds), items)


def _seen(site: Files, page: str) -> list[str | bytes]:
    shown = SEEN.findall(APART.sub("", site[page].decode()))
    return [
        *(" ".join(part.split()) for part in shown),
        site.get(f"{page.removesuffix('html')}csv", b""),
    ]


def _counted(changed: Sized, new: Sized, gone: Sized) -> str:
    """Write how many there are of each kind that there is: ``2 changed, 1 new``."""
    kinds = {"changed": len(changed), "new": len(new), "gone": len(gone)}
    return ", ".join(f"{count} {what}" for what, count in kinds.items() if count)
