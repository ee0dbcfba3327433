"""What a reader is shown of a passage: its words, its doubts, a line a figure; its rows
and sources where asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from press.approvals import Passage, UnreadPassage
from press.binding import (
    Claim,
    Entry,
    Facts,
    Interval,
    find_levels_before,
    get_label_and_formula,
    list_values_not_said,
)
from press.content import Language
from press.desk.explain import format_row, format_source
from press.ground.errors import quote_words
from press.pages import write_amount
from press.quantity import Quantity
from press.reading import Span
from press.story import Bound

ROWS = 4  # of a number; of more the number is told


def describe_unread_passage(unread: UnreadPassage, bound: Bound) -> Iterator[str]:
    """Yield a passage with its linked words marked, why it is unread, its doubts, and
    each figure of it in a line.
    """
    passage = unread.passage
    language = bound.texts.language
    line, column = passage.line_and_column
    yield f"{passage.path}:{line}:{column}: {'; '.join(unread.reasons)}"
    yield f"  {mark_linked_words(passage)}"
    yield from (f"  ? {doubt}" for doubt in passage.doubts)
    yield from (
        f"  under or after: {quote_words(words)}" for words in passage.context if words
    )
    for entry in passage.entries:
        yield from (
            f"  [{' '.join(entry.words.split())}] {part}"
            for part in _figures(entry, language, bound.facts)
        )
        yield from (f"      {part}" for part in _list_what_decides(entry, bound))
    yield from (f"  beside {part}" for part in dict.fromkeys(passage.other_evidence))


def mark_linked_words(passage: Passage) -> str:
    """Return the words of a passage with those of its links in brackets,
    on one line.
    """
    text = passage.text
    words = passage.words
    for link in reversed(text.bindings_in(passage.span)):
        own = text.visible_words(Span(link.words_start, link.words_end))
        at = words.find(
            own, len(text.visible_words(Span(passage.span.start, link.words_start)))
        )
        words = f"{words[:at]}[{own}]{words[at + len(own) :]}"
    return words


def _figures(entry: Entry, language: Language, facts: Facts) -> Iterator[str]:
    """Yield what a link says in lines: of a figure its label, value and time; who said
    what; which page it cites.
    """
    for fact in entry.proof.facts:
        quantity = fact.quantity
        label = get_label_and_formula(fact, language, facts)[0]
        times = [
            str(time) for time in (quantity.period, *sorted(quantity.related)) if time
        ]
        more = (
            f" ({', '.join(times)})" if any(time not in label for time in times) else ""
        )
        yield f"{label}: {write_amount(quantity, language)}{more}"
    if entry.link.scheme == "said" and entry.proof.statement:
        said = entry.proof.statement.row
        yield (
            f"{said['speaker']}, {said['said_on']}: {said['quotation'] or said['what']}"
        )
        yield from (
            "{what}: {qualifier} {low} to {high} {unit}".format(**row.values)
            for row in entry.proof.statement_rows
        )
    if entry.link.scheme == "source":
        yield from _sources(entry, facts)


def _list_what_decides(entry: Entry, bound: Bound) -> Iterator[str]:
    """Yield what decides whether a figure is told rightly: what its sentence does not
    say of it, the values before a level, the series of a claim.
    """
    language = bound.texts.language
    proof = entry.proof
    if unsaid := list_values_not_said(entry.sentence, proof):
        yield f"not said: {', '.join(unsaid)}"
    if entry.link.scheme == "fact":
        for fact in proof.facts:
            if fact.quantity.kind_rules.is_level and not fact.quantity.signed:
                before = find_levels_before(fact, bound.facts)
                yield from (
                    f"before: {_format_dated(level, language)}" for level in before
                )
    if proof.claim and proof.claim.series:
        yield _format_ends_and_neighbours(proof.claim, language)


def _format_dated(level: Quantity, language: Language) -> str:
    """Return a figure with its time, if it has one."""
    figure = write_amount(level, language)
    return f"{level.period}: {figure}" if level.period else figure


def _format_ends_and_neighbours(claim: Claim, language: Language) -> str:
    """Return the figures that decide a comparison with a series: its lowest and
    highest, the ones before and after.
    """
    sizes = sorted(
        claim.series, key=lambda item: item.quantity.value * item.quantity.unit_factor
    )
    times = () if claim.over else claim.series
    before = [item for item in times if item.name < claim.compared_time]
    after = [item for item in times if item.name > claim.compared_time]
    chosen = [
        ("lowest", sizes[:1]),
        ("highest", sizes[-1:]),
        ("before", before[-1:]),
        ("after", after[:1]),
    ]
    names = defaultdict[Interval, list[str]](list)
    for name, item in ((name, item) for name, items in chosen for item in items):
        names[item].append(name)
    told = (
        (" and ".join(own), item.name, write_amount(item.quantity, language))
        for item, own in names.items()
    )
    return ", ".join(f"{name} {time}: {figure}" for name, time, figure in told)


def list_rows_and_sources(passage: Passage, facts: Facts) -> Iterator[str]:
    """Yield the rows and the sources that each link of a passage rests on, each where
    it is met first.
    """
    told = set[str]()
    for entry in passage.entries:
        yield f"  [{' '.join(entry.words.split())}] {entry.link.target}"
        said = entry.proof.statement
        rows = entry.proof.rows or ((said.row, *said.figures) if said else ())
        lines = [format_row(row) for row in rows[:ROWS]]
        if len(rows) > ROWS:
            lines.append(f"and {len(rows) - ROWS} more rows")
        lines += _sources(entry, facts)
        yield from (f"      {line}" for line in lines if line not in told)
        told.update(lines)


def _sources(entry: Entry, facts: Facts) -> Iterator[str]:
    """Yield the pages that a link rests on."""
    sources = facts.data["sources"].by_key if "sources" in facts.data else {}
    yield from (
        format_source(sources[key,])
        for key in entry.proof.source_ids[:ROWS]
        if (key,) in sources
    )
