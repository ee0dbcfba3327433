"""What differs between the sites of two times: numbers by their ids, revisions, charts, and what readers see of pages.

A site is known by its files, by their addresses: pages, ``numbers.json``, and of each chart its table, what describes
that, and its specification.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Sized
from typing import Any, NamedTuple

from press.ground.errors import ToldError
from press.pages import NUMBERS_VERSION

NUMBERS = "numbers.json"
CHART = re.compile(r"charts/([^/]+)\.csv")
# What a page says of itself, where it leads, what it loads: no reader sees it otherwise because of these.
APART = re.compile(r"<(head|nav|footer|script)\b.*?</\1>", re.DOTALL)
SEEN = re.compile(r'<svg.*?</svg>|(?<=aria-label=")[^"]*|(?<=>)[^<]*[^<\s][^<]*', re.DOTALL)
Files = Mapping[str, bytes]


class Section(NamedTuple):
    """What has changed of one kind: its title, how much there is, and each item: where, and what."""

    title: str
    amount: str
    items: Sequence[tuple[str, str]]


class Revision(NamedTuple):
    """A figure that was printed again, and differently: its table, row and column, both prints, pages of the later."""

    table: str
    key: str
    column: str
    first: str
    later: str
    sources: tuple[str, ...]


class Number(NamedTuple):
    """A number of a site: its id, what texts ask for instead of it (``latest``), what it is, and how it is written.

    ``words`` are those in which readers first meet it, ``again`` the revisions that are of itself.
    """

    id: str
    asked: tuple[str, ...]
    label: str
    ends: tuple[str, ...]
    unit: str
    period: str
    words: str
    again: frozenset[Revision]

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
    """The numbers of two sites, before and now, by the ids that they have now."""

    before: Mapping[str, Number]
    after: Mapping[str, Number]

    @property
    def section(self) -> Section:
        """What has become of numbers; then come those of one side alone.

        One that texts ask for as the latest is compared with the latest before.
        """
        old, new = ({name: item for item in side.values() for name in item.names} for side in self)
        pairs = dict[tuple[str, str], str]()  # a number that is known by its id and as the latest is one
        for name in (name for name in new if name in old and old[name].whole != new[name].whole):
            pairs.setdefault((old[name].id, new[name].id), name)
        names = sorted(pairs.values())
        added = [item for item in self.after.values() if not old.keys() & {*item.names}]
        gone = [item for item in self.before.values() if not new.keys() & {*item.names}]
        items = [(name, f"{old[name].whole} → {new[name].whole}") for name in names]
        items += [(item.id, f"new: {item.whole}") for item in added]
        items += [(item.id, f"gone: {item.whole}") for item in gone]
        return Section("Numbers", _counted(names, added, gone), items)


def numbers(before: Files, after: Files, folder: str) -> Numbers | None:
    """Return the numbers of two sites, in the ``folder`` of a language; ``None`` where one of them has none.

    Raises ``ToldError`` for an earlier file that no build has written.
    """
    place = f"{folder}{NUMBERS}"
    if place not in before or place not in after:
        return None
    renamed = json.loads(after[place])["renamed"]
    old = [item._replace(id=renamed.get(item.id, item.id)) for item in numbers_in(before[place])]
    return Numbers({item.id: item for item in old}, {item.id: item for item in numbers_in(after[place])})


def numbers_in(body: bytes) -> list[Number]:
    """Return the numbers in a ``numbers.json`` that have a figure. Raises ``ToldError`` for any other file."""
    try:
        document = json.loads(body)
        version, items = document["version"], document["numbers"]
        found = [_number(item) for item in items if item.keys() & {"value", "statement"}]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise ToldError("found something else, expected a numbers.json that a build has written") from None
    if version != NUMBERS_VERSION:
        message = f"found the version {version!r} of numbers.json, expected {NUMBERS_VERSION}"
        raise ToldError(message, "compare with the revision that it was built from")
    return found


def _number(item: Mapping[str, Any]) -> Number:
    known = ("low", "high") if "low" in item else ("value",)
    said = item["statement"]["figures"] if "statement" in item else ()
    again = _again(item) if len(item.get("rows", ())) == 1 else ()
    return Number(
        id=item["id"],
        asked=tuple(item.get("asked", ())),
        label=item["label"],
        ends=("; ".join(map(_said, said)),) if "statement" in item else tuple(f"{item[end]}" for end in known),
        unit=item.get("unit", ""),
        period=item.get("period", ""),
        words=" ".join(item["uses"][0]["words"].split()),
        again=frozenset(one for one in again if _digits(item["value"]) in map(_digits, (one.first, one.later))),
    )


def _said(figure: Mapping[str, str]) -> str:
    return f"{' to '.join(dict.fromkeys((figure['low'], figure['high'])))} {figure['unit']}"


def revisions(before: Files, after: Files, folder: str) -> dict[Revision, set[str]]:
    """Return the revisions of which only the later site tells, each with the addresses of pages that rest on it.

    Numbers and charts tell of them, in the ``folder`` of a language.
    """
    old, new = (_revisions(side, folder) for side in (before, after))
    return {item: pages for item, pages in new.items() if item not in old}


def _revisions(site: Files, folder: str) -> dict[Revision, set[str]]:
    found = defaultdict[Revision, set[str]](set)
    for item in json.loads(site.get(f"{folder}{NUMBERS}", b'{"numbers": []}'))["numbers"]:
        for revision in _again(item):
            found[revision] |= {use["address"].partition("#")[0] for use in item["uses"]}
    for name in dict(_charts(site, folder)):
        shown, own = f'<figure id="{name}"'.encode(), f"{folder}charts/{name}"
        for revision in _again(json.loads(site.get(f"{own}.json", b"{}"))):
            found[revision] |= {f"{own}.html", *(address for address, page in site.items() if shown in page)}
    return found


def _again(told: Mapping[str, Any]) -> list[Revision]:
    """Return the revisions that a number or a chart tells of."""
    return [
        Revision(one["table"], one["key"], one["column"], one["first"], one["later"], tuple(one["later_sources"]))
        for one in told.get("revisions", ())
    ]


def _digits(number: str) -> str:
    """Return what a number has in common with itself in another scale."""
    return number.replace(".", "").strip("-0")


def pages(before: Files, after: Files) -> set[str]:
    """Return the addresses of pages on which readers see other words or drawings; new ones are among them."""
    own = (address for address in after if address.endswith(".html"))
    return {address for address in own if _seen(after[address]) != _seen(before.get(address, b""))}


def _seen(page: bytes) -> list[str]:
    return [" ".join(part.split()) for part in SEEN.findall(APART.sub("", page.decode()))]


def charts(before: Files, after: Files, folder: str) -> Section:
    """Compare the charts of two sites, in the ``folder`` of a language; then come those of one side alone."""
    old, new = (dict(_charts(side, folder)) for side in (before, after))
    pairs = [(name, what) for name in new if name in old and (what := _told(old[name], new[name]))]
    added, gone = ([name for name in one if name not in other] for one, other in ((new, old), (old, new)))
    items = [*pairs, *((name, "new") for name in added), *((name, "gone") for name in gone)]
    return Section("Charts", _counted(pairs, added, gone), items)


def _charts(side: Files, folder: str) -> Iterator[tuple[str, tuple[bytes, bytes]]]:
    """Yield the charts of a site: the name, the table and the specification of each."""
    for address, table in side.items():
        if found := CHART.fullmatch(address.removeprefix(folder)):
            yield found[1], (table, side.get(f"{address.removesuffix('csv')}vl.json", b""))


def _told(old: tuple[bytes, bytes], new: tuple[bytes, bytes]) -> str:
    """Return what has changed in a chart; nothing where it is the same."""
    if old[0] == new[0]:
        return "" if old[1] == new[1] else "drawn otherwise, with the same figures"
    was, now = (_points(table) for table, _ in (old, new))
    differ = [point for point in now if point in was and was[point] != now[point]]
    added, gone = ([point for point in one if point not in other] for one, other in ((now, was), (was, now)))
    return f"points: {_counted(differ, added, gone) or 'in another order'}"


def _points(table: bytes) -> dict[tuple[str, str], str]:
    """Return the cells of a table that are not empty, by the first of their row and the name of their column."""
    head, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    places, points = Counter[str](), dict[tuple[str, str], str]()
    for place, *cells in rows:
        places[place] += 1
        name = f"{place} ({places[place]})" if places[place] > 1 else place  # two events of a day
        points |= {(name, column): cell for column, cell in zip(head[1:], cells, strict=True) if cell}
    return points


def _counted(changed: Sized, new: Sized, gone: Sized) -> str:
    """Write how many there are of each kind that there is: ``2 changed, 1 new``."""
    kinds = {"changed": len(changed), "new": len(new), "gone": len(gone)}
    return ", ".join(f"{count} {what}" for what, count in kinds.items() if count)
