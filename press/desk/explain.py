"""A fact in words, for the terminal: its value, formula, rows, sources and uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from press.binding import LATEST, get_label_and_formula, get_label_and_formula_template
from press.data import Row
from press.ground.errors import format_count
from press.pages import make_receipt_of_fact
from press.quantity import Quantity, format_exact_quantity, format_plain_number
from press.story import Bound


def describe_all_facts(bound: Bound) -> Iterator[str]:
    """Yield every fact as authors write it, with its label, and the shortest sentence
    of the texts that binds it.
    """
    sentences = defaultdict[str, set[str]](set)
    for entry in bound.ledger.entries:
        sentence = " ".join(entry.text.value[slice(*entry.sentence.span)].split())
        for fact in (
            entry.proof.facts
            if entry.link.scheme == "fact" and not entry.faults
            else ()
        ):
            sentences[fact.name].add(sentence)
    for name in sorted(bound.facts.fact_functions.functions):
        label = get_label_and_formula_template(
            name, bound.texts.language, bound.facts
        ).label
        yield f"{bound.facts.describe_usage(name):<64} {label}".rstrip()
        # titles last
        shortest = sorted(
            sentences[name], key=lambda each: (not each.endswith("."), len(each), each)
        )
        yield from (f"    {sentence}" for sentence in shortest[:1])
    yield f"{format_count(len(bound.facts.fact_functions.functions), 'fact')} listed"


def describe_fact(bound: Bound, wanted: str) -> Iterator[str]:
    """Yield the lines that explain a fact: value, formula, rows, sources, uses.

    Raises ``FactError``.
    """
    name, *arguments = wanted.removeprefix("fact:").split("/")
    fact = bound.facts.get_fact(name, *arguments)
    language = bound.texts.language
    yield fact.key
    if fact.arguments_as_written:
        yield f"  {LATEST:<11}{fact.time_for_latest}"
    label, formula = get_label_and_formula(fact, language, bound.facts)
    yield f"  label      {label}"
    yield f"  formula    {formula}"
    yield f"  value      {format_exact_quantity(fact.quantity)}"
    yield from _known(fact.quantity)
    receipt = make_receipt_of_fact(fact, language, bound.facts)
    yield "  rows"
    yield from (f"    {format_row(row)}" for row in receipt.rows)
    yield "  sources"
    if len(receipt.sources) == 1:
        yield "    one source only"
    yield from (f"    {format_source(row)}" for row in receipt.sources)
    yield "  used in"
    uses = [
        entry
        for entry in bound.ledger.entries
        if fact.key in {item.key for item in entry.proof.facts}
    ]
    for entry in uses:
        line, column = entry.text.line_and_column(entry.link.words_start)
        yield f"    {entry.text.path}:{line}:{column}: {entry.words}"
    if not uses:
        yield "    no text"
    yield (
        f"Explained {fact.key}: {format_count(len(receipt.rows), 'row')},"
        f" {format_count(len(uses), 'use')}"
    )


def _known(quantity: Quantity) -> Iterator[str]:
    precision = format_plain_number(quantity.precision)
    yield f"  precision  known to {precision} {quantity.unit}".rstrip()
    yield f"  kind       {quantity.kind}{', signed' if quantity.signed else ''}"
    if quantity.period:
        related = ", ".join(str(item) for item in sorted(quantity.related))
        yield (
            "  period    "
            f" {quantity.period}"
            f"{f'; a sentence may also name {related}' if related else ''}"
        )
    if quantity.subject:
        yield f"  subject    {quantity.subject}"


def format_row(row: Row) -> str:
    """Return a row in a line: its place, and its cells that are not empty."""
    known = {name: cell for name, cell in row.values.items() if cell not in {None, ""}}
    cells = {
        name: ", ".join(cell) if isinstance(cell, tuple) else cell
        for name, cell in known.items()
    }
    return (
        f"{row.path}:{row.line}:"
        f" {'; '.join(f'{name} {cell}' for name, cell in cells.items())}"
    )


def format_source(row: Row) -> str:
    """Return a page in a line: its id, publisher, title, day and address."""
    owner = ", state media or a copy" if row.values.get("state_media") else ""
    parts = (
        str(row.values[key])
        for key in ("publisher", "title", "published", "address")
        if row.values.get(key)
    )
    strength = row.values.get("strength")
    return (
        f"{row['id']}: {', '.join(parts)}{f' ({strength}{owner})' if strength else ''}"
    )
