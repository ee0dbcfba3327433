"""The sections of a page, and the pairing of sections with rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from press.content import Page
from press.data import Row
from press.ground.errors import BuildError, Problems, quote_words, suggest_similar
from press.pages.markdown import Prose
from press.pages.rendition import Rendition

SECTION = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
MARK = re.compile(r'<div data-chart="(\w+)">')  # where a chart goes


class Section(NamedTuple):
    """What stands below a heading of the second level: its id, its heading and its
    body, both as HTML.
    """

    id: str
    heading: Markup
    body: Markup


def sections(shown: str) -> tuple[Markup, list[Section]]:
    """Return what precedes the first heading of the second level in a converted text,
    and the sections after it.
    """
    intro, *parts = SECTION.split(shown)
    found = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    parted = [
        Section(name, Markup(heading), Markup(body))  # noqa: S704 - ours
        for name, heading, body in found
    ]
    return Markup(intro), parted  # noqa: S704 - ours


def stripped(shown: str) -> str:
    """Return what a reader sees of a converted text, which has no comments, in one
    line.
    """
    return Markup(shown).striptags()  # noqa: S704 - ours


def with_charts(rendition: Rendition) -> list[tuple[str, str, list[str]]]:
    """Return the headings below which charts stand, each with its address and the names
    of the charts.

    What stands before the first heading of a page has the title of the page.
    """
    found = dict[tuple[str, str], list[str]]()
    for page in dict.fromkeys(rendition.placed.values()):
        address = rendition.address(page)
        prose = Problems().collect(rendition.prose, page.body, page)
        intro, parts = sections(prose.html if prose else "")
        for place, heading, body in [("", Markup(page.title), intro), *parts]:  # noqa: S704 - ours
            for name in MARK.findall(body):
                if rendition.placed[name] == page and name in rendition.homes:
                    found.setdefault(
                        (heading.striptags(), f"{address}#{place}".rstrip("#")), []
                    ).append(name)
    return [(heading, address, names) for (heading, address), names in found.items()]


def entries(
    rendition: Rendition,
    page: Page,
    parts: Sequence[Section],
    prose: Prose,
    problems: Problems,
) -> list[tuple[Section, Row]]:
    """Return the sections of a page that tell of rows of its table, each with its row;
    note those without one.
    """
    data = rendition.inputs.data
    table = page.entries
    line = page.lines["entries"]
    if table not in data:
        raise BuildError.at(
            page.path,
            line,
            f"found the unknown table {quote_words(table)}",
            suggest_similar(table, data),
        )
    rows = {str(key[0]): row for key, row in data[table].by_key.items()}
    for section in parts:
        if section.id not in {*rows, *page.others}:
            message = f"the section {{#{section.id}}} has no row in {data[table].path}"
            hint = " ".join(
                filter(
                    None,
                    (
                        suggest_similar(section.id, rows),
                        "a section without a row is listed in others",
                    ),
                )
            )
            problems.add(
                *prose.places.get(f"#{section.id}", (page.path, 1)), message, hint
            )
    for name in sorted(rows.keys() - {section.id for section in parts}):
        message = f"{page.path} has no section for this row: add ## Heading {{#{name}}}"
        problems.add(rows[name].path, rows[name].line, message)
    return [(section, rows[section.id]) for section in parts if section.id in rows]
