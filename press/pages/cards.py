"""The receipts of a language: made once, for the page of all numbers, for the script behind a click, for programs."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from press.binding.verdicts import CLAIMS
from press.errors import Problems, nearest
from press.files import hash_of
from press.pages.entries import entries
from press.pages.file import File
from press.pages.links import GLOSSARY, NUMBERS
from press.pages.markdown import convert, sections
from press.pages.numbers import SCHEMA, numbers, schema
from press.pages.receipts import Use, doubt, pages_of, receipts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.content.pages import Page
    from press.data.tables import Row
    from press.pages.edition import Edition
    from press.pages.file import Site
    from press.pages.markdown import Section
    from press.pages.receipts import Receipt


def make(edition: Edition) -> Site:
    """Make the receipts of a language, if it has a page of all numbers; return the files that hold them.

    They are numbers.json with its schema, and the script with what a click shows: every receipt, and every entry of the
    glossary, by its anchor. Raises ``BuildError``.
    """
    page = next((page for page in edition.language.pages if Path(page.path).name == NUMBERS), None)
    if page is None:
        return {}
    context = edition.context(page, edition.linker(page)) | {"doubt": partial(doubt, language=edition.language)}
    edition.receipts = [
        (item, Markup(edition.fill("receipt.html", (page.path, 1), context | {"receipt": item})))  # noqa: S704 - ours
        for item in _receipts(edition)
    ]
    cards = {item.id: html for item, html in edition.receipts} | dict(_definitions(edition, context, page))
    _check_renamed(edition, cards)
    script = File(f"window.cards = {json.dumps(cards, ensure_ascii=False)};\n".encode(), page.path)
    edition.cards = f"assets/cards.{edition.language.code}.{hash_of(script.body)[:10]}.js"
    renamed = edition.sources.content.settings.renamed
    document = numbers((item for item, _ in edition.receipts), edition.language.code, renamed)
    return {
        edition.cards: script,
        f"{edition.folder}numbers.json": File(document.encode(), page.path),
        f"{edition.folder}{SCHEMA.name}": File(schema().encode(), page.path),
    }


def _receipts(edition: Edition) -> list[Receipt]:
    language = edition.language
    charts = {name: home.page for name, home in edition.homes.items()}
    places = pages_of(language, {page.slug: edition.address(page) for page in language.pages}, charts)
    tested = [
        (fact, Use(f"{edition.address(page)}#{row['claim']}", page.label, str(row["words"])))
        for page in language.pages
        if page.entries == CLAIMS
        for row, fact in edition.held
    ]
    return receipts(language, edition.ledger, edition.sources.facts, places, tested)


def _definitions(edition: Edition, context: Mapping[str, Any], page: Page) -> Iterator[tuple[str, Markup]]:
    """Yield the entries of the glossary, if there is one, as the page of all numbers would show them."""
    glossary = next((item for item in edition.language.pages if Path(item.path).name == GLOSSARY), None)
    if glossary is None or not glossary.entries:
        return
    link = edition.linker(page)
    prose = convert(glossary.body, edition.files, link, edition.marks.of(glossary.body, link, anchored=False))
    found: list[tuple[Section, Row]] = entries(edition, glossary, sections(prose.html)[1], prose, Problems())
    for section, row in found:
        body = edition.fill("term.html", (glossary.path, 1), {**context, "section": section, "row": row})
        yield section.id, Markup("<h3>{}</h3>{}").format(section.heading, Markup(body))  # noqa: S704 - ours


def _check_renamed(edition: Edition, cards: Mapping[str, object]) -> None:
    """The new ids of numbers that were renamed exist."""
    settings, problems = edition.sources.content.settings, Problems()
    for old, new in settings.renamed.items():
        if new not in cards:
            message = f"found the unknown number {new!r}, expected one that has a receipt"
            problems.add("content/site.toml", settings.renamed_lines[old], message, nearest(new, cards))
    problems.stop_if_any()
