"""The ledger in words, for the terminal: one fact from its rows up, and each sentence beside what it rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from press.ledger import PLACE
from press.quantity import moment, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.content import Language
    from press.data import Row
    from press.facts import Fact, Facts
    from press.ledger import Entry, Ledger
    from press.quantity import Quantity
    from press.story import Bound

DATES = {"year", "month", "date"}


def listed(bound: Bound) -> Iterator[str]:
    """Yield every fact as authors write it, with its label in the first language."""
    language = bound.texts.languages[0]
    for name in sorted(bound.facts.functions):
        label = language.facts[name].label if name in language.facts else ""
        yield f"{bound.facts.form(name):<64} {label}".rstrip()


def explain(bound: Bound, wanted: str) -> Iterator[str]:
    """Yield the lines that explain a fact: value, formula, rows, sources, uses. Raises ``FactError``."""
    name, *arguments = wanted.removeprefix("fact:").split("/")
    fact = bound.facts.get(name, *arguments)
    yield fact.key
    for language in bound.texts.languages:
        if words := language.facts.get(name):
            yield f"  label      {_filled(words.label, fact, bound.facts)}"
            yield f"  formula    {_filled(words.formula, fact, bound.facts)}"
    yield f"  value      {value(fact.quantity)}"
    yield from _known(fact.quantity)
    yield "  rows"
    yield from (f"    {_row(row)}" for row in _sorted(fact))
    yield "  sources"
    yield from (f"    {line}" for line in _sources(bound.facts, fact))
    yield "  used in"
    uses = [entry for ledger in bound.ledgers.values() for entry in ledger.entries if _rests_on(entry, fact)]
    yield from (f"    {_use(entry)}" for entry in uses)
    if not uses:
        yield "    no text"


def read(language: Language, ledger: Ledger, facts: Facts) -> Iterator[str]:
    """Yield each bound sentence beside what its words were held to, then what a person should look at."""
    last = None
    for entry in ledger.entries:
        if (entry.text, entry.sentence) != last:
            line, column = entry.text.place(entry.sentence.start)
            yield ""
            yield f"{entry.text.path}:{line}:{column}: {_sentence(entry)}"
        last = entry.text, entry.sentence
        yield f"  {entry.verdict:<8} {entry.words!r}: {_basis(entry, language, facts)}"
    if ledger.remarks:
        yield ""
        yield "for a person to look at:"
    for remark in ledger.remarks:
        line, column = remark.text.place(remark.start)
        yield f"{remark.text.path}:{line}:{column}: {remark.words!r} {remark.what}"
    if ledger.excepted:
        yield ""
        yield "excepted:"
    yield from ledger.excepted


def value(quantity: Quantity) -> str:
    """Write a quantity exactly: its value, or its two ends, and its unit."""
    if quantity.kind in DATES:
        return moment(quantity)
    low, high = (plain(end) for end in quantity.ends)
    return f"{low if low == high else f'{low} to {high}'} {quantity.unit}".rstrip()


def _known(quantity: Quantity) -> Iterator[str]:
    yield f"  precision  known to {plain(quantity.precision)} {quantity.unit}".rstrip()
    yield f"  kind       {quantity.kind}{', signed' if quantity.signed else ''}"
    if quantity.period:
        related = ", ".join(str(item) for item in sorted(quantity.related))
        yield f"  period     {quantity.period}{f'; a sentence may also name {related}' if related else ''}"
    if quantity.subject:
        yield f"  subject    {quantity.subject}"


def _sorted(fact: Fact) -> list[Row]:
    return sorted(fact.quantity.rows, key=lambda row: (row.path, row.line))


def _row(row: Row) -> str:
    cells = "; ".join(f"{name} {_cell(cell)}" for name, cell in row.values.items() if cell not in {None, ""})
    return f"{row.path}:{row.line}: {cells}"


def _cell(cell: object) -> str:
    return ", ".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)


def _sources(facts: Facts, fact: Fact) -> Iterator[str]:
    rows = facts.data["sources"].by_key if "sources" in facts.data else {}
    ids = dict.fromkeys(source for row in _sorted(fact) for source in row.source_ids)
    if len(ids) == 1:
        yield "one source only"
    for source in ids:
        row = rows[source,]
        owner = ", state media or a copy" if row.values.get("state_media") else ""
        parts = (str(row.values[key]) for key in ("publisher", "title", "published", "address") if key in row.values)
        strength = row.values.get("strength")
        yield f"{source}: {', '.join(parts)}{f' ({strength}{owner})' if strength else ''}"


def _rests_on(entry: Entry, fact: Fact) -> bool:
    return any(item.name == fact.name and item.arguments == fact.arguments for item in entry.proof.facts)


def _use(entry: Entry) -> str:
    line, column = entry.place
    return f"{entry.text.path}:{line}:{column}: {entry.words}"


def _basis(entry: Entry, language: Language, facts: Facts) -> str:
    """Say what an entry was held to: labels, values and sources, or the target alone."""
    parts = [f"{_label(fact, language, facts)} = {value(fact.quantity)}" for fact in entry.proof.facts]
    sources = entry.proof.source_ids
    cited = f" [{', '.join(sources[:3])}{', …' if len(sources) > 3 else ''}]" if sources else ""  # noqa: PLR2004 - a line's room
    return f"{entry.link.target}: {'; '.join(parts)}{cited}" if parts else f"{entry.link.target}{cited}"


def _sentence(entry: Entry) -> str:
    words = " ".join(entry.text.plain[entry.sentence.start : entry.sentence.end].split())
    return re.sub(r" (?=[.,;:!?)])|(?<=\() ", "", words)


def _label(fact: Fact, language: Language, facts: Facts) -> str:
    words = language.facts.get(fact.name)
    return _filled(words.label, fact, facts) if words else fact.key


def _filled(words: str, fact: Fact, facts: Facts) -> str:
    """Fill the {places} with the fact's arguments; one that is no parameter is told elsewhere, and stays."""
    named = facts.named(fact)
    return PLACE.sub(lambda found: named.get(found[1], found[0]), words)
