"""A fact in words, for the terminal: its value, formula, rows, sources and uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from press.binding import (
    LATEST,
    Fact,
    get_label_and_formula,
    get_label_and_formula_template,
)
from press.data import Row
from press.ground.errors import format_count
from press.pages import make_receipt_of_fact
from press.quantity import Quantity, format_exact_quantity, format_plain_number
from press.story import CheckedStory

TOLD_OF_SOURCE = ("publisher", "title", "published", "address")  # columns


def describe_facts_by_label_and_sentence(bound: CheckedStory) -> Iterator[str]:
    """Yield every fact as authors write it, with its label, and the shortest sentence
    of the texts that binds it.
    """
    sentences = _collect_sentences_by_fact(bound)
    functions = bound.facts.fact_functions.functions
    language = bound.texts.language
    for name in sorted(functions):
        label = get_label_and_formula_template(name, language, bound.facts).label
        yield f"{bound.facts.describe_usage(name):<64} {label}".rstrip()
        if sentences[name]:
            yield f"    {min(sentences[name], key=_rank_example)}"
    yield f"{format_count(len(functions), 'fact')} listed"


def _collect_sentences_by_fact(bound: CheckedStory) -> Mapping[str, set[str]]:
    """Return the sentences that bind each fact, by its name; of any other name none."""
    sentences = defaultdict[str, set[str]](set)
    for checked_link in bound.ledger.checked_links:
        if checked_link.link.scheme == "fact" and not checked_link.faults:
            sentence = checked_link.text.value[slice(*checked_link.sentence.span)]
            for fact in checked_link.proof.facts:
                sentences[fact.name].add(" ".join(sentence.split()))
    return sentences


def _rank_example(sentence: str) -> tuple[bool, int, str]:
    """Return what orders sentences, short ones first, but titles last."""
    return not sentence.endswith("."), len(sentence), sentence


def describe_fact(bound: CheckedStory, fact_key: str) -> Iterator[str]:
    """Yield the lines that explain a fact: value, formula, rows, sources, uses.

    Raises ``FactError``.
    """
    name, *arguments = fact_key.removeprefix("fact:").split("/")
    fact = bound.facts.get_fact(name, *arguments)
    language = bound.texts.language
    yield fact.key
    if fact.arguments_as_written:
        yield f"  {LATEST:<11}{fact.time_for_latest}"
    told = get_label_and_formula(fact, language, bound.facts)
    yield f"  label      {told.label}"
    yield f"  formula    {told.formula}"
    yield from _describe_value_precision_and_period(fact.quantity)
    receipt = make_receipt_of_fact(fact, language, bound.facts)
    yield "  rows"
    for row in receipt.rows:
        yield f"    {format_row(row)}"
    yield "  sources"
    if len(receipt.sources) == 1:
        yield "    one source only"
    for row in receipt.sources:
        yield f"    {format_source_page(row)}"
    yield "  used in"
    uses = list(_format_uses_of_fact(fact, bound))
    yield from uses or ["    no text"]
    rows = format_count(len(receipt.rows), "row")
    yield f"Explained {fact.key}: {rows}, {format_count(len(uses), 'use')}"


def _describe_value_precision_and_period(quantity: Quantity) -> Iterator[str]:
    """Yield a figure's value, and all that a sentence may be asked to tell of it."""
    yield f"  value      {format_exact_quantity(quantity)}"
    precision = format_plain_number(quantity.precision)
    yield f"  precision  known to {precision} {quantity.unit}".rstrip()
    sign = ", signed" if quantity.signed else ""
    yield f"  kind       {quantity.kind}{sign}"
    if quantity.period:
        related = ", ".join(map(str, sorted(quantity.related)))
        more = f"; a sentence may also name {related}" if related else ""
        yield f"  period     {quantity.period}{more}"
    if quantity.subject:
        yield f"  subject    {quantity.subject}"


def _format_uses_of_fact(fact: Fact, bound: CheckedStory) -> Iterator[str]:
    """Yield the place and the words of each link that rests on a fact."""
    for checked_link in bound.ledger.checked_links:
        if any(item.key == fact.key for item in checked_link.proof.facts):
            line, column = checked_link.text.line_and_column(
                checked_link.link.words_start
            )
            yield f"    {checked_link.text.path}:{line}:{column}: {checked_link.words}"


def format_row(row: Row) -> str:
    """Return a row in a line: its place, and its cells that are not empty."""
    cells = list[str]()
    for name, cell in row.values.items():
        if cell not in {None, ""}:
            value = ", ".join(cell) if isinstance(cell, tuple) else cell
            cells.append(f"{name} {value}")
    return f"{row.path}:{row.line}: {'; '.join(cells)}"


def format_source_page(page: Row) -> str:
    """Return a page in a line: its id, publisher, title, day and address."""
    known = filter(None, map(page.values.get, TOLD_OF_SOURCE))
    told = f"{page['id']}: {', '.join(map(str, known))}"
    strength = page.values.get("strength")
    if not strength:
        return told
    owner = ", state media or a copy" if page.values.get("state_media") else ""
    return f"{told} ({strength}{owner})"
