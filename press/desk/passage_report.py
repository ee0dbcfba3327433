"""What a reader is shown of a passage: its words, its doubts, a line a figure; its rows
and sources where asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from press.approvals import Passage, UnreadPassage
from press.binding import (
    CheckedLink,
    Claim,
    Fact,
    Facts,
    Interval,
    find_previous_and_year_ago_levels,
    get_label_and_formula,
    list_unstated_dimension_values,
)
from press.content import Language
from press.desk.explain import format_row, format_source_page
from press.ground.errors import quote_words
from press.pages import format_value_range_or_date
from press.quantity import Quantity
from press.reading import Span
from press.story import CheckedStory

ROWS = 4  # of a number; of more the number is told


def describe_unread_passage_with_figures(
    unread: UnreadPassage, bound: CheckedStory
) -> Iterator[str]:
    """Yield a passage with its linked words marked, why it is unread, its doubts, and
    each figure of it in a line.
    """
    passage = unread.passage
    line, column = passage.line_and_column
    yield f"{passage.path}:{line}:{column}: {'; '.join(unread.reasons)}"
    yield f"  {bracket_linked_words(passage)}"
    for doubt in passage.doubts:
        yield f"  ? {doubt}"
    for words in filter(None, passage.context):
        yield f"  under or after: {quote_words(words)}"
    for checked_link in passage.checked_links:
        words = _join_lines(checked_link.words)
        for part in _describe_link_target(checked_link, bound):
            yield f"  [{words}] {part}"
        for part in _describe_unstated_dimensions_and_comparisons(checked_link, bound):
            yield f"      {part}"
    for part in dict.fromkeys(passage.other_evidence):
        yield f"  beside {part}"


def _join_lines(words: str) -> str:
    return " ".join(words.split())


def bracket_linked_words(passage: Passage) -> str:
    """Return the words of a passage with those of its links in brackets,
    on one line.
    """
    text = passage.text
    words = passage.words
    for link in reversed(text.bindings_in(passage.span)):
        own = text.visible_words(Span(link.words_start, link.words_end))
        before = text.visible_words(Span(passage.span.start, link.words_start))
        start = words.find(own, len(before))
        words = f"{words[:start]}[{own}]{words[start + len(own) :]}"
    return words


def _describe_link_target(
    checked_link: CheckedLink, bound: CheckedStory
) -> Iterator[str]:
    """Yield what a link says in lines: of a figure its label, value and time; who said
    what; which page it cites.
    """
    for fact in checked_link.proof.facts:
        yield _format_label_value_and_times(fact, bound)
    statement = checked_link.proof.statement
    if checked_link.link.scheme == "said" and statement:
        said = statement.row
        told = said["quotation"] or said["what"]
        yield f"{said['speaker']}, {said['said_on']}: {told}"
        for row in checked_link.proof.statement_rows:
            yield "{what}: {qualifier} {low} to {high} {unit}".format(**row.values)
    if checked_link.link.scheme == "source":
        yield from _list_first_source_pages(checked_link, bound.facts)


def _format_label_value_and_times(fact: Fact, bound: CheckedStory) -> str:
    """Return a figure in a line: its label, its value, and the times that the label
    does not tell.
    """
    language = bound.texts.language
    label = get_label_and_formula(fact, language, bound.facts).label
    quantity = fact.quantity
    told = f"{label}: {format_value_range_or_date(quantity, language)}"
    related = map(str, sorted(quantity.related))
    times = [str(quantity.period), *related] if quantity.period else [*related]
    if all(time in label for time in times):
        return told
    return f"{told} ({', '.join(times)})"


def _describe_unstated_dimensions_and_comparisons(
    checked_link: CheckedLink, bound: CheckedStory
) -> Iterator[str]:
    """Yield what decides whether a figure is told rightly: what its sentence does not
    say of it, the values before a level, the series of a claim.
    """
    language = bound.texts.language
    proof = checked_link.proof
    if unsaid := list_unstated_dimension_values(checked_link.sentence, proof):
        yield f"not said: {', '.join(unsaid)}"
    if checked_link.link.scheme == "fact":
        for fact in filter(_is_level, proof.facts):
            for level in find_previous_and_year_ago_levels(fact, bound.facts):
                yield f"before: {_format_dated(level, language)}"
    if proof.claim and proof.claim.series:
        yield _format_series_extremes_and_neighbours(proof.claim, language)


def _is_level(fact: Fact) -> bool:
    return fact.quantity.kind_rules.is_level and not fact.quantity.signed


def _format_dated(level: Quantity, language: Language) -> str:
    """Return a figure with its time, if it has one."""
    figure = format_value_range_or_date(level, language)
    return f"{level.period}: {figure}" if level.period else figure


def _format_series_extremes_and_neighbours(claim: Claim, language: Language) -> str:
    """Return the figures that decide a comparison with a series: its lowest and
    highest, the ones before and after.
    """
    sizes = sorted(claim.series, key=_convert_to_base_unit)
    times = () if claim.over_argument else claim.series
    before = [item for item in times if item.name < claim.compared_time]
    after = [item for item in times if item.name > claim.compared_time]
    chosen = {
        "lowest": sizes[:1],
        "highest": sizes[-1:],
        "before": before[-1:],
        "after": after[:1],
    }
    places = defaultdict[Interval, list[str]](list)
    for place, items in chosen.items():
        for item in items:
            places[item].append(place)
    told = list[str]()
    for item, own in places.items():
        figure = format_value_range_or_date(item.quantity, language)
        told.append(f"{' and '.join(own)} {item.name}: {figure}")
    return ", ".join(told)


def _convert_to_base_unit(item: Interval) -> Decimal:
    return item.quantity.value * item.quantity.unit_factor


def list_first_rows_and_sources(passage: Passage, facts: Facts) -> Iterator[str]:
    """Yield the rows and the sources that each link of a passage rests on, each where
    it is met first.
    """
    told = set[str]()
    for checked_link in passage.checked_links:
        yield f"  [{_join_lines(checked_link.words)}] {checked_link.link.target}"
        lines = [
            *_list_first_rows(checked_link),
            *_list_first_source_pages(checked_link, facts),
        ]
        for line in lines:
            if line not in told:
                yield f"      {line}"
        told.update(lines)


def _list_first_rows(checked_link: CheckedLink) -> Iterator[str]:
    """Yield the first rows that a link rests on, and how many more there are."""
    rows = checked_link.proof.rows
    said = checked_link.proof.statement
    if not rows and said:
        rows = (said.row, *said.figures)
    yield from map(format_row, rows[:ROWS])
    if len(rows) > ROWS:
        yield f"and {len(rows) - ROWS} more rows"


def _list_first_source_pages(checked_link: CheckedLink, facts: Facts) -> Iterator[str]:
    """Yield the pages that a link rests on."""
    if "sources" not in facts.data:
        return
    sources = facts.data["sources"].by_key
    for page_id in checked_link.proof.source_ids[:ROWS]:
        if (page_id,) in sources:
            yield format_source_page(sources[page_id,])
