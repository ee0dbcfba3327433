"""Anchors: what each binding is called on a page that shows it.

An anchor names what is bound and which one it is on its page: ``at-fact:total/2023``,
the second ``…~2``. So what one page binds moves no anchor of another. No heading, chart
or receipt has such an id: theirs begin with other letters, or hold no colon.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from press.binding import Entry, Ledger
from press.content import ChartText, Page
from press.reading import Text

CHART = re.compile(r"!\[\]\(chart:([a-z_][a-z0-9_]*)\)")
HOW = "how_to_read"  # what the text is that only a chart's own page shows
# of the texts whose bindings a page shows as links, in order, before its own
PAGE = ("title", "description")
# and a chart, before its summary and after it
CHART_BEFORE = ("step", "title", "subtitle")
CHART_AFTER = (HOW, "note")

Bound = Mapping[int, Sequence[Entry]]  # the bindings of each text, by its ``id``


def by_text(ledger: Ledger) -> Bound:
    """Return the bindings of each text in their order, by the text's ``id``."""
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in ledger.entries:
        found[id(entry.text.whole_text)].append(entry)
    return found


def on_page(page: Page, charts: Mapping[str, ChartText], bound: Bound) -> list[Entry]:
    """Return the bindings that a page shows, its charts' among them, in the order in
    which a reader meets them.
    """
    parts = [
        (entry.offset_in_whole_text, [entry]) for entry in bound.get(id(page.body), ())
    ]
    for found in CHART.finditer(page.body.value):
        if found[1] in charts:
            text = charts[found[1]]
            shown = [item for item in text.strings if item.description != HOW]
            parts.append((found.start(), _of_chart(shown, text.body, bound)))
    parts.sort(key=itemgetter(0))
    return [
        *_of(page.strings, PAGE, bound),
        *(entry for _, part in parts for entry in part),
    ]


def on_chart_page(text: ChartText, bound: Bound) -> list[Entry]:
    """Return the bindings that a chart's own page shows, in the order in which a reader
    meets them.
    """
    shown = [item for item in text.strings if item.description != "step" or text.states]
    return _of_chart(shown, text.body, bound)


def anchors(entries: Iterable[Entry]) -> dict[int, str]:
    """Return the anchors of the bindings of one page, given in their order, by the
    ``id`` of each.
    """
    found = dict[int, str]()
    count = Counter[str]()
    for entry in entries:
        target = entry.link.target
        count[target] += 1
        found[id(entry)] = (
            f"at-{target}~{count[target]}" if count[target] > 1 else f"at-{target}"
        )
    return found


def _of_chart(strings: Sequence[Text], summary: Text, bound: Bound) -> list[Entry]:
    inside = bound.get(id(summary), ())
    return [
        *_of(strings, CHART_BEFORE, bound),
        *inside,
        *_of(strings, CHART_AFTER, bound),
    ]


def _of(strings: Sequence[Text], kinds: Sequence[str], bound: Bound) -> list[Entry]:
    """Return the bindings of the strings of some kinds, kind after kind."""
    return [
        entry
        for kind in kinds
        for text in strings
        if text.description == kind
        for entry in bound.get(id(text), ())
    ]
