"""What differs between the sites of two times: numbers by their ids, revisions, and
what readers see of pages.

A site is known by its files, by their addresses: its pages, and ``numbers.json``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
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
BodiesByAddress = Mapping[str, bytes]


class DiffSection(NamedTuple):
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


class SiteNumber(NamedTuple):
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


class NumbersBeforeAndAfter(NamedTuple):
    """The numbers of two sites, before and now, by their ids."""

    before: Mapping[str, SiteNumber]
    after: Mapping[str, SiteNumber]

    @property
    def section(self) -> DiffSection:
        """What has become of numbers; then come those of one side alone.

        One that texts ask for as the latest is compared with the latest before.
        """
        old = _index_by_id_and_aliases(self.before)
        new = _index_by_id_and_aliases(self.after)
        # a number that is known by its id and as the latest is one
        pairs = dict[tuple[str, str], str]()
        for name, item in new.items():
            if name in old and old[name].whole != item.whole:
                pairs.setdefault((old[name].id, item.id), name)
        names = sorted(pairs.values())
        added = [
            item for item in self.after.values() if old.keys().isdisjoint(item.names)
        ]
        gone = [
            item for item in self.before.values() if new.keys().isdisjoint(item.names)
        ]
        items = [(name, f"{old[name].whole} → {new[name].whole}") for name in names]
        items += [(item.id, f"new: {item.whole}") for item in added]
        items += [(item.id, f"gone: {item.whole}") for item in gone]
        return DiffSection("Numbers", _format_counts(names, added, gone), items)


def pair_numbers_of_sites(
    before: BodiesByAddress, after: BodiesByAddress
) -> NumbersBeforeAndAfter | None:
    """Return the numbers of two sites; ``None`` where one of them has none.

    Raises ``ToldError`` for an earlier one of another version.
    """
    if NUMBERS not in before or NUMBERS not in after:
        return None
    return NumbersBeforeAndAfter(
        _parse_numbers(before[NUMBERS]), _parse_numbers(after[NUMBERS])
    )


def _index_by_id_and_aliases(
    numbers: Mapping[str, SiteNumber],
) -> dict[str, SiteNumber]:
    """Return numbers by all that they are known by."""
    found = dict[str, SiteNumber]()
    for item in numbers.values():
        found.update(dict.fromkeys(item.names, item))
    return found


def _parse_numbers(body: bytes) -> dict[str, SiteNumber]:
    """Return the numbers in a ``numbers.json`` that have a figure, by their ids.

    Raises ``ToldError`` for one of another version.
    """
    document = json.loads(body)
    if document["version"] != NUMBERS_VERSION:
        message = (
            f"found the version {document['version']!r} of numbers.json, expected"
            f" {NUMBERS_VERSION}"
        )
        raise ToldError(message, "compare with a later revision")
    found = dict[str, SiteNumber]()
    for item in document["numbers"]:
        if item.keys() & {"value", "statement"}:
            found[item["id"]] = _parse_number(item)
    return found


def _parse_number(item: Mapping[str, Any]) -> SiteNumber:
    return SiteNumber(
        id=item["id"],
        asked=tuple(item.get("asked", ())),
        label=item["label"],
        ends=_format_value_ends_or_statement(item),
        unit=item.get("unit", ""),
        period=item.get("period", ""),
        words=_find_first_words_outside_claims(item["uses"]),
        again=frozenset(_list_own_revised_figures(item)),
    )


def _format_value_ends_or_statement(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the value of a number, or its two ends; of a statement all figures."""
    if "statement" in item:
        said = map(_format_said_figure, item["statement"]["figures"])
        return ("; ".join(said),)
    if "low" in item:
        return f"{item['low']}", f"{item['high']}"
    return (f"{item['value']}",)


def _format_said_figure(figure: Mapping[str, str]) -> str:
    ends = dict.fromkeys((figure["low"], figure["high"]))
    return f"{' to '.join(ends)} {figure['unit']}"


def _find_first_words_outside_claims(uses: Iterable[Mapping[str, str]]) -> str:
    """Return the words in which readers first meet a number; "" where they only meet it
    compared.
    """
    met = (use["words"] for use in uses if COMPARED not in use["address"])
    return " ".join(next(met, "").split())


def _list_own_revised_figures(item: Mapping[str, Any]) -> Iterator[RevisedFigure]:
    """Yield the revisions of the row that a number stands in, not of rows that it is
    calculated from.
    """
    if len(item.get("rows", ())) != 1:
        return
    for one in _parse_revised_figures(item):
        prints = {_strip_scale(one.first), _strip_scale(one.later)}
        if _strip_scale(item["value"]) in prints:
            yield one


def find_newly_revised_figures_with_pages(
    before: BodiesByAddress, after: BodiesByAddress
) -> dict[RevisedFigure, set[str]]:
    """Return the revisions of which only the later site tells, each with the addresses
    of pages that rest on it.

    Numbers and charts tell of them.
    """
    known = _find_revised_figures_with_pages(before)
    found = _find_revised_figures_with_pages(after)
    return {item: pages for item, pages in found.items() if item not in known}


def _find_revised_figures_with_pages(
    site: BodiesByAddress,
) -> dict[RevisedFigure, set[str]]:
    """Return the revisions of which a site tells, each with the addresses of pages that
    rest on it.
    """
    found = defaultdict[RevisedFigure, set[str]](set)
    told = json.loads(site.get(NUMBERS, b'{"numbers": []}'))
    for item in told["numbers"]:
        addresses = {use["address"].partition("#")[0] for use in item["uses"]}
        for revision in _parse_revised_figures(item):
            found[revision] |= addresses
    for name, chart in told.get("charts", {}).items():
        for revision in _parse_revised_figures(chart):
            found[revision].update(_list_pages_with_chart(name, site))
    return found


def _list_pages_with_chart(name: str, site: BodiesByAddress) -> list[str]:
    """Return the addresses of the pages that show a chart, its own first."""
    shown = f'<figure id="{name}"'.encode()
    showing = (address for address, page in site.items() if shown in page)
    return [f"charts/{name}.html", *showing]


def _parse_revised_figures(number_or_chart: Mapping[str, Any]) -> list[RevisedFigure]:
    """Return the revisions that a number or a chart tells of."""
    return [
        RevisedFigure(
            table=one["table"],
            key=one["key"],
            column=one["column"],
            first=one["first"],
            later=one["later"],
            sources=tuple(one["later_sources"]),
        )
        for one in number_or_chart.get("revisions", ())
    ]


def _strip_scale(number: str) -> str:
    """Return what a number has in common with itself in another scale."""
    return number.replace(".", "").strip("-0")


def compare_pages(before: BodiesByAddress, after: BodiesByAddress) -> DiffSection:
    """Return the pages on which readers see other words or drawings.

    That of a chart has also changed where the figures have that it offers.
    """
    old = set(filter(PAGE.fullmatch, before))
    new = set(filter(PAGE.fullmatch, after))
    kinds = {
        "changed": [
            name
            for name in sorted(old & new)
            if _list_visible_text_and_csv(before, name)
            != _list_visible_text_and_csv(after, name)
        ],
        "new": sorted(new - old),
        "gone": sorted(old - new),
    }
    items = list[tuple[str, str]]()
    for kind, names in kinds.items():
        items += ((name, kind) for name in names)
    return DiffSection("Pages", _format_counts(**kinds), items)


def _list_visible_text_and_csv(site: BodiesByAddress, page: str) -> list[str | bytes]:
    """Return what readers see of a page, and the CSV that it offers."""
    body = APART.sub("", site[page].decode())
    shown = (" ".join(part.split()) for part in SEEN.findall(body))
    csv = f"{page.removesuffix('html')}csv"
    return [*shown, site.get(csv, b"")]


def _format_counts(changed: Sized, new: Sized, gone: Sized) -> str:
    """Write how many there are of each kind that there is: ``2 changed, 1 new``."""
    kinds = {"changed": len(changed), "new": len(new), "gone": len(gone)}
    return ", ".join(f"{count} {what}" for what, count in kinds.items() if count)
