"""The sections of a page, and the pairing of sections with rows of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from press.content import Page
from press.data import Data, Row
from press.ground.errors import (
    BuildError,
    Problems,
    quote_words,
    suggest_similar_or_all,
)
from press.pages.markdown import RenderedMarkdown
from press.pages.rendition import Rendition

SECTION_HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
ROOM_FOR_CHART = re.compile(r'<div data-chart="(\w+)">')


class PageSection(NamedTuple):
    """What stands below a heading of the second level: its id, its heading and its
    body, both as HTML.
    """

    id: str
    heading: Markup
    body: Markup


def split_sections(html: str) -> tuple[Markup, list[PageSection]]:
    """Return what precedes the first heading of the second level in a converted text,
    and the sections after it.
    """
    intro, *parts = SECTION_HEADING.split(html)
    found = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    sections = [
        PageSection(name, Markup(heading), Markup(body))  # noqa: S704 - ours
        for name, heading, body in found
    ]
    return Markup(intro), sections  # noqa: S704 - ours


def strip_tags(prose: str) -> str:
    """Return what a reader sees of a converted text, which has no comments, in one
    line.
    """
    return Markup(prose).striptags()  # noqa: S704 - ours


def list_charts_with_headings(rendition: Rendition) -> list[tuple[str, str]]:
    """Return the names of the charts with pages, in their order, each with the heading
    below which it stands.

    What stands before the first heading of a page has the title of the page.
    """
    addresses = rendition.addresses
    found = list[tuple[str, str]]()
    for page in dict.fromkeys(addresses.showing_page_by_chart.values()):
        prose = Problems().collect(rendition.texts.render_markdown, page.body, page)
        intro, sections = split_sections(prose.html if prose else "")
        first = PageSection("", Markup(page.title), intro)  # noqa: S704 - ours
        for section in (first, *sections):
            heading = section.heading.striptags()
            for name in ROOM_FOR_CHART.findall(section.body):
                on_page = addresses.showing_page_by_chart[name] == page
                if on_page and name in addresses.addresses_of_charts_with_pages:
                    found.append((name, heading))
    return found


def match_sections_with_rows(
    data: Data,
    page: Page,
    sections: Sequence[PageSection],
    rendered_page: RenderedMarkdown,
    problems: Problems,
) -> list[tuple[PageSection, Row]]:
    """Return the sections of a page that tell of rows of its table, each with its row;
    note those without one.

    Raises ``BuildError`` where there is no such table.
    """
    table = page.entries
    if table not in data:
        line = page.lines["entries"]
        message = f"found the unknown table {quote_words(table)}"
        raise BuildError.at(
            page.path, line, message, suggest_similar_or_all(table, data)
        )
    rows = {str(key[0]): row for key, row in data[table].by_key.items()}
    known = {*rows, *page.others}
    for section in sections:
        if section.id not in known:
            message = f"the section {{#{section.id}}} has no row in {data[table].path}"
            place = rendered_page.places.get(f"#{section.id}", (page.path, 1))
            problems.add(*place, message, _make_hint_for_section(section.id, rows))
    for name in sorted(rows.keys() - {section.id for section in sections}):
        message = f"{page.path} has no section for this row: add ## Heading {{#{name}}}"
        problems.add(rows[name].path, rows[name].line, message)
    return [(section, rows[section.id]) for section in sections if section.id in rows]


def _make_hint_for_section(section_id: str, row_by_id: Mapping[str, Row]) -> str:
    """Return what helps with a section that has no row."""
    return " ".join(
        filter(
            None,
            (
                suggest_similar_or_all(section_id, row_by_id),
                "a section without a row is listed in others",
            ),
        )
    )
