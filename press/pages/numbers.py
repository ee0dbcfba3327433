"""All the numbers: their receipts, for the page, for a click, and for programs
(``numbers.json``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

from markupsafe import Markup

from press.binding import CLAIMS, Fact, FactArguments
from press.content import Page
from press.data import Row
from press.ground.errors import BuildError, Problems, quote_words, suggest_similar
from press.ground.files import hash_parts
from press.ground.period import Period
from press.pages.cite import known
from press.pages.dates import Dates
from press.pages.file import File, Site
from press.pages.history import with_history
from press.pages.links import GLOSSARY, NUMBERS
from press.pages.receipts import (
    Receipt,
    Revision,
    Use,
    amount,
    pages_of,
    receipts,
    revisions,
    uses_of,
)
from press.pages.rendition import Inputs, Rendition
from press.pages.sections import entries, sections
from press.quantity import Quantity, format_plain_number, format_year_month_or_day

SCHEMA = Path(__file__).with_name("numbers.schema.json")
VERSION = 1  # of the form: a new one where a program that reads the old would go wrong
LINK = re.compile(r'href="([^"#]*)#([^"]+)"')
SCRIPT = 24_000  # letters of cards in a script, about
ROW = "row.html"  # a story without this template has no rows, and its receipts say all
ABOUT = (
    "publisher",
    "title",
    "address",
    "published",
    "kind",
    "state_media",
    "strength",
)


def with_receipts(rendition: Rendition) -> tuple[Rendition, Site]:
    """Make the receipts, if there is a page of all numbers; return the rendition with
    them, and files.

    The files are numbers.json with its schema, and for each page with numbers or terms
    scripts with what a click on them shows. Raises ``BuildError``.
    """
    page = rendition.numbers_page
    if page is None:
        return rendition, {}
    context = rendition.context(page)
    templates = rendition.templates
    place = (page.path, 1)
    items = receipts_of(rendition)

    def fill(template: str, item: Receipt) -> Markup:
        return Markup(  # noqa: S704 - ours
            templates.fill(template, item.id, place, {**context, "receipt": item})
        )

    has_rows = templates.has(ROW)
    made = tuple(
        (item, fill(ROW, item) if has_rows else Markup(), fill("receipt.html", item))
        for item in items
    )
    shown = {item.id: f"{row}{html}" for item, row, html in made} | dict(
        _definitions(rendition, context, page)
    )
    code = rendition.language.code
    scripts = {
        address: card_scripts(code, address, cards)
        for address, cards in _cards(rendition, page, shown)
    }
    named = {page: [name for name, _ in own] for page, own in scripts.items()}
    return replace(rendition, receipts=made, scripts=named), {
        **{
            name: File(body, page.path)
            for own in scripts.values()
            for name, body in own
        },
        **documents(rendition, items, page),
    }


def documents(rendition: Rendition, receipts: Sequence[Receipt], page: Page) -> Site:
    """Return numbers.json with some receipts, those of ``page``, and its schema, at
    their places beside that page.
    """
    document = partial(
        numbers,
        receipts,
        rendition.language.code,
        rendition.dates(""),
        rendition.inputs,
    )
    return {
        f"{rendition.kept_in}numbers.json": File(document, page.path),
        f"{rendition.kept_in}{SCHEMA.name}": File(SCHEMA.read_bytes(), page.path),
    }


def receipts_of(rendition: Rendition) -> list[Receipt]:
    """Return the receipts, each with the places where its number stands."""
    content = rendition.content
    ledger = rendition.inputs.ledger
    charts = {name: home.page for name, home in rendition.homes.items()}
    places = pages_of(
        content, {page.slug: rendition.address(page) for page in content.pages}, charts
    )
    tested = [
        (
            fact,
            Use(
                f"{rendition.address(page)}#{row['claim']}",
                page.label,
                str(row["words"]),
            ),
        )
        for page in content.pages
        if page.entries == CLAIMS
        for row, fact in rendition.held
    ]
    uses = uses_of(ledger, places, rendition.anchors)
    shown = [*tested, *_leading(rendition)]
    return with_history(
        rendition,
        receipts(content.language, ledger, rendition.inputs.facts, uses, shown),
    )


def _leading(rendition: Rendition) -> Iterator[tuple[Fact, Use]]:
    """Yield the figures that the page of all numbers begins with.

    Raises ``BuildError`` for a fact that is unknown.
    """
    page = rendition.numbers_page
    facts = rendition.inputs.facts
    content = rendition.content
    name = content.settings.leading_fact
    toml = content.settings.toml
    every = FactArguments(content.shown, facts)
    if page is None or not name:
        return
    found = (
        [*every.list_facts_with_figures(name, every.list_table_times_newest_first)]
        if name in facts.fact_functions.functions
        else []
    )
    if not found or not all(
        Period.parse_or_none("".join(fact.arguments[:1])) for fact in found
    ):
        hint = (
            ""
            if name in facts.fact_functions.functions
            else suggest_similar(name, facts.fact_functions.functions)
        )
        message = (
            f"found the fact {quote_words(name)}, expected one of story/ that"
            " begins with a"
            " time"
        )
        raise BuildError.at(toml.path, toml.line("leading_fact"), message, hint)
    for fact in found:
        yield (
            fact,
            Use(
                rendition.address(page),
                page.label,
                amount(fact.quantity, content.language),
            ),
        )


def _definitions(
    rendition: Rendition, context: Mapping[str, Any], page: Page
) -> Iterator[tuple[str, Markup]]:
    """Yield the entries of the glossary, if there is one, as the page of all numbers
    would show them.
    """
    glossary = next(
        (item for item in rendition.content.pages if item.file == GLOSSARY), None
    )
    if glossary is None or not glossary.entries:
        return
    prose = rendition.prose(glossary.body, page)
    for section, row in entries(
        rendition, glossary, sections(prose.html)[1], prose, Problems()
    ):
        told = {**context, "section": section, "row": row}
        body = rendition.templates.fill(
            "term.html", section.id, (glossary.path, 1), told
        )
        yield section.id, Markup("<h3>{}</h3>{}").format(section.heading, Markup(body))  # noqa: S704 - ours


def _cards(
    rendition: Rendition, page: Page, shown: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield for each page with numbers or terms, by its address, what is ``shown`` for
    them, by its anchor.

    That is what its links lead to, and what links inside of it lead to. ``page`` is the
    page of all numbers.
    """
    here = rendition.linker(page)
    pages = {
        here(rendition.files[name])
        for name in (NUMBERS, GLOSSARY)
        if name in rendition.files
    }
    inside = {
        key: _led_to(html, frozenset(pages)) & shown.keys()
        for key, html in shown.items()
    }
    tested = {
        rendition.address(item)
        for item in rendition.content.pages
        if item.entries == CLAIMS
    }
    for address, bound in rendition.bound.items():
        new = {
            entry.target_with_newest_time.removeprefix("term:") for entry in bound
        } & shown.keys()
        new |= {f"fact:{fact.key}" for _, fact in rendition.held if address in tested}
        wanted = set[str]()
        while new:
            wanted |= new
            new = {key for one in new for key in inside[one]} - wanted
        if wanted:
            yield address, {key: html for key, html in shown.items() if key in wanted}


def _led_to(html: str, pages: frozenset[str]) -> frozenset[str]:
    """Return the anchors on some of the ``pages``, given as links lead to them, that
    the links in HTML lead to.
    """
    found = (
        (unescape(address), unescape(anchor)) for address, anchor in LINK.findall(html)
    )
    return frozenset(anchor for address, anchor in found if address in pages)


def card_scripts(
    language: str, page: str, cards: Mapping[str, str]
) -> list[tuple[str, bytes]]:
    """Return the scripts of a page, each with its address: so many that a click, which
    asks for one, waits for little.

    A card is in the script that cards.js asks for: the one of the number that its
    anchor's letters add up to.
    """
    count = sum(map(len, cards.values())) // SCRIPT + 1
    parts = [
        {key: html for key, html in cards.items() if sum(map(ord, key)) % count == part}
        for part in range(count)
    ]
    name = page.removesuffix(".html").replace("/", ".")
    bodies = [
        f"Object.assign(window.cards ??= {{}}, {_json(part)});\n".encode()
        for part in parts
    ]
    return [
        (f"assets/cards.{language}.{name}.{hash_parts(body)[:10]}.js", body)
        for body in bodies
    ]


def numbers(
    receipts: Sequence[Receipt], language: str, dates: Dates, inputs: Inputs
) -> bytes:
    """Return the receipts as JSON, and for each chart which of its figures were printed
    again.
    """
    again = {
        name: [*revisions(inputs.data, each.rows)]
        for name, each in inputs.figures.items()
    }
    sources = {str(row["id"]): row for receipt in receipts for row in receipt.sources}
    logged = [
        *chain.from_iterable(
            (*(receipt.revisions for receipt in receipts), *again.values())
        )
    ]
    sources |= {
        str(row["id"]): row for each in logged for row in (*each.firsts, *each.laters)
    }
    whole = {
        "$schema": _json(SCHEMA.name),
        "version": _json(VERSION),
        "language": _json(language),
        "dates": _json(_days(dates)),
        "numbers": "[\n" + ",\n".join(map(_line, receipts)) + "\n]",
        "charts": _json(
            {
                name: {"revisions": [*map(_revision, found)]}
                for name, found in again.items()
                if found
            }
        ),
        "sources": _json({key: _about(row) for key, row in sorted(sources.items())}),
    }
    lines = ",\n".join(f"{_json(name)}: {value}" for name, value in whole.items())
    return f"{{\n{lines}\n}}\n".encode()


def _days(dates: Dates) -> dict[str, str]:
    """Return the dates of the site that are known."""
    names = {
        "data_through": dates.through,
        "looked_on": dates.looked,
        "next_due": dates.due,
    }
    return known({"published": dates.published, "changed": dates.changed, **names})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _line(receipt: Receipt) -> str:
    """Return a receipt as JSON."""
    fact = receipt.facts.get(receipt.label) if receipt.scheme == "fact" else None
    number = {
        "id": receipt.id,
        **({"asked": list(receipt.asked)} if receipt.asked else {}),
        "label": receipt.label,
        **({"formula": receipt.formula} if receipt.formula else {}),
        **(_quantity(fact.quantity) if fact else {}),
        **(
            {"compares": [f"fact:{item.key}" for item in receipt.facts.values()]}
            if receipt.scheme == "claim"
            else {}
        ),
        **(_statement(receipt.said.row, receipt.said.figures) if receipt.said else {}),
        "rows": [{"file": row.path, "line": row.line} for row in receipt.rows],
        "sources": [row["id"] for row in receipt.sources],
        "licences": list(receipt.licences),
        **(
            {"revisions": list(map(_revision, receipt.revisions))}
            if receipt.revisions
            else {}
        ),
        **(
            {"history": [known(item._asdict()) for item in receipt.history]}
            if receipt.history
            else {}
        ),
        "uses": [{"address": use.address, "words": use.words} for use in receipt.uses],
    }
    return _json(number)


def _revision(found: Revision) -> dict[str, Any]:
    """Return a later print of one of the rows' figures, in the unit of its column."""
    return {
        **{name: str(found.row[name]) for name in ("table", "key", "column")},
        "first": str(found.row["old"]),
        "later": str(found.row["new"]),
        "published": str(found.row["published"]),
        "first_sources": [page["id"] for page in found.firsts],
        "later_sources": [page["id"] for page in found.laters],
        "stands": "first" if found.first_stands else "later",
    }


def _quantity(item: Quantity) -> dict[str, Any]:
    """Return a figure: exact decimals as text, so that no program rounds them on the
    way.
    """
    low, high = item.low_and_high
    value = (
        {"value": format_year_month_or_day(item)}
        if item.kind_rules.is_date
        else {"value": format_plain_number(item.value)}
    )
    if low != high:
        value |= {"low": format_plain_number(low), "high": format_plain_number(high)}
    return {
        "kind": item.kind,
        "unit": item.unit,
        **value,
        "precision": format_plain_number(item.precision),
        **({"period": str(item.period)} if item.period else {}),
        **(
            {"related_periods": [str(period) for period in sorted(item.related)]}
            if item.related
            else {}
        ),
        **({"subject": item.subject} if item.subject else {}),
    }


def _statement(row: Row, figures: Iterable[Row]) -> dict[str, Any]:
    said = {name: str(row[name]) for name in ("speaker", "said_on") if row[name]}
    quotation = {"quotation": row["quotation"]} if row["quotation"] else {}
    numbers = []
    for item in figures:
        low, high = (format_plain_number(item.number(end)) for end in ("low", "high"))
        numbers.append(
            {"what": item["what"], "low": low, "high": high, "unit": item["unit"]}
        )
    return {"statement": {**said, **quotation, "figures": numbers}}


def _about(row: Row) -> dict[str, Any]:
    told = {
        name: row.values[name] for name in ABOUT if row.values.get(name) is not None
    }
    return {
        name: item if isinstance(item, bool) else str(item)
        for name, item in told.items()
    }
