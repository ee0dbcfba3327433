"""Anchors: what each binding is called on a page that shows it.

An anchor names what is bound and which one it is on its page: ``at-fact:total/2023``,
the second ``…~2``. So what one page binds moves no anchor of another. No heading, chart
or receipt has such an id: theirs begin with other letters, or hold no colon.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from press.binding import CheckedLink, Ledger
from press.content import ChartText, Page
from press.reading import Text

CHART_LINK = re.compile(r"!\[\]\(chart:([a-z_][a-z0-9_]*)\)")
HOW_TO_READ = "how_to_read"  # what the text is that only a chart's own page shows
# of the texts whose bindings a page shows as links, in order, before its own
OF_PAGE = ("title", "description")
# and a chart, before its summary and after it
BEFORE_SUMMARY = ("step", "title", "subtitle")
AFTER_SUMMARY = (HOW_TO_READ, "note")

# the bindings of each text, in their order, by its ``id``
CheckedLinksByTextId = Mapping[int, Sequence[CheckedLink]]


def group_checked_links_by_text_id(ledger: Ledger) -> CheckedLinksByTextId:
    """Return the bindings of each text in their order, by the text's ``id``."""
    found = defaultdict[int, list[CheckedLink]](list)
    for checked_link in ledger.checked_links:
        found[id(checked_link.text.whole_text)].append(checked_link)
    return found


def list_checked_links_on_page(
    page: Page,
    chart_texts: Mapping[str, ChartText],
    checked_links_by_text_id: CheckedLinksByTextId,
) -> list[CheckedLink]:
    """Return the bindings that a page shows, its charts' among them, in the order in
    which a reader meets them.
    """
    parts = [
        (checked_link.offset_in_whole_text, [checked_link])
        for checked_link in checked_links_by_text_id.get(id(page.body), ())
    ]
    for found in CHART_LINK.finditer(page.body.value):
        if found[1] in chart_texts:
            text = chart_texts[found[1]]
            shown = [item for item in text.strings if item.description != HOW_TO_READ]
            parts.append(
                (
                    found.start(),
                    _list_checked_links_of_chart(
                        shown, text.body, checked_links_by_text_id
                    ),
                )
            )
    parts.sort(key=itemgetter(0))
    listed = list(
        _list_checked_links_of_strings(page.strings, OF_PAGE, checked_links_by_text_id)
    )
    for _, part in parts:
        listed += part
    return listed


def list_checked_links_on_chart_page(
    chart_text: ChartText, checked_links_by_text_id: CheckedLinksByTextId
) -> list[CheckedLink]:
    """Return the bindings that a chart's own page shows, in the order in which a reader
    meets them: its steps only where they are states.
    """
    shown = [
        item
        for item in chart_text.strings
        if item.description != "step" or chart_text.states
    ]
    return _list_checked_links_of_chart(
        shown, chart_text.body, checked_links_by_text_id
    )


def make_anchor_by_link_id(
    checked_links_of_page: Iterable[CheckedLink],
) -> dict[int, str]:
    """Return the anchors of the bindings of one page, given in their order, by the
    ``id`` of each.
    """
    found = dict[int, str]()
    count = Counter[str]()
    for checked_link in checked_links_of_page:
        target = checked_link.link.target
        count[target] += 1
        number = f"~{count[target]}" if count[target] > 1 else ""
        found[id(checked_link)] = f"at-{target}{number}"
    return found


def _list_checked_links_of_chart(
    strings: Sequence[Text],
    summary: Text,
    checked_links_by_text_id: CheckedLinksByTextId,
) -> list[CheckedLink]:
    """Return the bindings of some strings of a chart and of its summary, in order."""
    return [
        *_list_checked_links_of_strings(
            strings, BEFORE_SUMMARY, checked_links_by_text_id
        ),
        *checked_links_by_text_id.get(id(summary), ()),
        *_list_checked_links_of_strings(
            strings, AFTER_SUMMARY, checked_links_by_text_id
        ),
    ]


def _list_checked_links_of_strings(
    strings: Sequence[Text],
    string_kinds: Sequence[str],
    checked_links_by_text_id: CheckedLinksByTextId,
) -> Iterator[CheckedLink]:
    """Yield the bindings of the strings of some kinds, kind after kind."""
    for kind in string_kinds:
        for text in strings:
            if text.description == kind:
                yield from checked_links_by_text_id.get(id(text), ())
