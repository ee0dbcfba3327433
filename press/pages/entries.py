"""Pages that tell of the rows of a table, a section for each: neither can be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.errors import BuildError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.content.pages import Page
    from press.data.tables import Row
    from press.errors import Problems
    from press.pages.edition import Edition
    from press.pages.markdown import Prose, Section


def entries(
    edition: Edition, page: Page, parts: Sequence[Section], prose: Prose, problems: Problems
) -> list[tuple[Section, Row]]:
    """Return the sections of a page, each with the row of the table that it tells of: each has the other."""
    data, table, line = edition.sources.data, page.entries, page.lines["entries"]
    if table not in data:
        raise BuildError([Problem(page.path, line, f"found the unknown table {table!r}", nearest(table, data))])
    rows = {str(key[0]): row for key, row in data[table].by_key.items()}
    for section in parts:
        if section.id not in {*rows, *page.others}:
            message = f"found the entry {section.id!r}, expected the id of a row of {data[table].path}"
            problems.add(*prose.places.get(f"#{section.id}", (page.path, 1)), message, nearest(section.id, rows))
    for name in sorted(rows.keys() - {section.id for section in parts}):
        message = f"found no entry for the row {name!r} in {page.path}, expected one: ## Heading {{#{name}}}"
        problems.add(rows[name].path, rows[name].line, message)
    return [(section, rows[section.id]) for section in parts if section.id in rows]
