"""Evidence: what a passage is read beside, in short lines.

A line that is gone when the passage is looked at again withdraws its approval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Context
from itertools import chain
from pathlib import Path

from press.approvals.newest import DescribedChartOrTable, NewestRowsIndex
from press.binding import CheckedLink, Fact, SpeakerStatement
from press.data import Data
from press.ground.files import hash_parts
from press.ground.period import Period
from press.quantity import Quantity, format_exact_quantity, format_plain_number
from press.reading import Lexicon, PeriodMention, Text, fold_text

# of a chart these tell of its drawing
TEXTS_OF_DRAWING = ("title", "alt", "summary", "how_to_read")
TEXTS_OF_SOURCES = ("note", "description")  # these may say who printed the figures
# tables of the lexicon whose phrases compare, and comparators of an end of a series
COMPARING = ("comparators", "comparisons", "directions", "vague")
SUPERLATIVES = ("highest", "lowest", "first", "most")
# of a figure as told: a text that shows more is itself part of what was read
DIGITS = Context(prec=4)
HASH_LENGTH = 12  # characters


class EvidenceWriter:
    """Writes what passages are read beside, from the tables of a story."""

    def __init__(self, data: Data, lexicon: Lexicon) -> None:
        """Look for the newest rows of the tables, once for all passages."""
        self._newest = NewestRowsIndex(data)
        self._lexicon = lexicon

    def describe_target_and_figures(
        self,
        checked_link: CheckedLink,
        named_times: Sequence[PeriodMention],
        *,
        omits_newest_row: bool,
    ) -> str:
        """Return what a link of a passage rests on: its target with the time that
        ``latest`` stands for, its figures rounded (else the source or the statement),
        and whether a newest row is among its rows.

        It ``omits_newest_row`` of history, and of what names its time and says nothing
        beside its links. ``named_times`` are those that the passage names.
        """
        facts: Sequence[Fact] = checked_link.proof.facts
        rests_on = ", ".join(format_rounded_figure(fact.quantity) for fact in facts)
        if checked_link.link.scheme == "source":
            source = checked_link.link.target.partition(":")[2]
            rests_on = f"cited in {self._newest.cited_rows_by_source[source]} rows"
        elif not facts:
            rests_on = _hash_cells_of_statement(checked_link.proof.statement)
        if (
            checked_link.proof.claim
        ):  # what it compares of a time that is named is history
            facts = _list_facts_not_of_named_times(facts, named_times)
        rows = chain.from_iterable(fact.quantity.rows for fact in facts)
        newest = ""
        if not omits_newest_row and any(map(self._newest.is_newest, rows)):
            newest = ", of the newest row"
        return f"{checked_link.target_with_newest_time}: {rests_on}{newest}"

    def describe_unlinked_newest_times(
        self, named_times: Sequence[PeriodMention], checked_links: Sequence[CheckedLink]
    ) -> Iterator[str]:
        """Yield what tables end with a time that a passage names, unless one of its
        links is of that time.
        """
        if not named_times:
            return
        linked_months = set[int]()
        for checked_link in checked_links:
            periods = set[Period | None](checked_link.proof.statement_periods)
            for fact in checked_link.proof.facts:
                periods |= {fact.quantity.period, *fact.quantity.related}
            linked_months |= {period.last for period in periods if period}
        for named in named_times:
            if named.period.last not in linked_months:
                note = self._newest.describe_if_newest_time(named.period)
                if note:
                    yield note

    def describe_publishers_if_provenance_mentioned(
        self, words: str, checked_links: Sequence[CheckedLink]
    ) -> Iterator[str]:
        """Yield how many publishers have printed the figures that words rest on, and a
        hash of their names, where the words tell from where figures come: those of the
        tables of the figures of its links, else of all tables.
        """
        if not list_phrase_occurrences(words, ("provenance",), self._lexicon):
            return
        facts = chain.from_iterable(
            checked_link.proof.facts for checked_link in checked_links
        )
        names = {Path(row.path).stem for fact in facts for row in fact.quantity.rows}
        if names:
            yield self._newest.describe_publishers_of_tables(names)
        else:
            yield self._newest.hash_publishers_of_all_tables()

    def describe_chart_contents_mentioned(
        self,
        text: Text,
        described: DescribedChartOrTable,
        named_times: Sequence[PeriodMention],
    ) -> Iterator[str]:
        """Yield what a chart or table holds that a text of its own speaks of: rows of
        the times that it names, publishers where it speaks of them, the drawing.
        """
        with_sources = text.description in TEXTS_OF_SOURCES
        describe = described.describe_newest_row_in_period
        if with_sources:
            describe = described.describe_counts_in_period
        for named in named_times:
            yield from map(describe, named.range_ends or (named.period,))
        if with_sources and list_phrase_occurrences(
            text.visible_text, ("publishing",), self._lexicon
        ):
            yield f"pages of {described.publishers}"
        if text.description in TEXTS_OF_DRAWING:
            is_history = bool(named_times) and all(
                named.period.last < described.newest_month for named in named_times
            )
            drawn = ", ".join(
                self._list_outline_parts_possibly_mentioned(
                    text,
                    described.outline,
                    names_times=bool(named_times),
                    is_history=is_history,
                )
            )
            if drawn:
                yield f"drawn: {drawn}"

    def _list_outline_parts_possibly_mentioned(
        self,
        text: Text,
        drawing_outline: Sequence[str],
        *,
        names_times: bool,
        is_history: bool,
    ) -> Iterator[str]:
        """Yield what of a drawing's outline a text may speak of beside its links, whose
        words are held to the tables.

        A title that compares and counts nothing there speaks of none of it. Its newest
        time is for words that tell of a direction or of the most; its numbers of rows
        and series are for words that count as many. What is ``is_history``, all its
        times before the newest, speaks of nothing that moves on, but for the most. How
        to read a chart says what its marks mean, and a summary that neither compares
        nor names a time says nothing of figures: neither speaks of extremes, either.
        """
        lexicon = self._lexicon
        comparing = list_phrase_occurrences(
            text.folded_outside_checked_links, COMPARING, lexicon
        )
        numbers = list_phrase_occurrences(
            text.folded_outside_checked_links, ("numbers",), lexicon
        )
        is_linked_title = text.description == "title" and text.bindings
        if is_linked_title and not comparing and not numbers:
            return
        counts = {f"{lexicon.numbers[phrase]}" for phrase in numbers}
        tells_most = any(
            lexicon.comparators.get(phrase) in SUPERLATIVES for phrase in comparing
        )
        tells_course = any(phrase in lexicon.directions for phrase in comparing)
        tells_newest = tells_course or tells_most
        tells_extremes = True
        if text.description == "how_to_read":
            tells_extremes = tells_newest
        elif text.description == "summary":
            tells_extremes = bool(comparing) or names_times
        for part in drawing_outline:
            words = part.split()
            if words[-1] in {"rows", "series"}:
                is_told = words[0] in counts
            elif is_history:
                is_told = tells_most
            elif words[0] == "newest":
                is_told = tells_newest
            else:
                is_told = tells_extremes
            if is_told:
                yield part


def list_comparing_phrases(words: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the phrases in words that compare, or say a direction."""
    found = list_phrase_occurrences(words, COMPARING, lexicon)
    in_links = lexicon.lists["only_in_links"]
    return tuple(phrase for phrase in found if phrase not in in_links)


def list_phrase_occurrences(
    words: str, lexicon_tables: tuple[str, ...], lexicon: Lexicon
) -> tuple[str, ...]:
    """Return the phrases of some tables of the lexicon that stand in words, in the
    order of the words.
    """
    return tuple(
        tag.phrase
        for tag in lexicon.matcher.find_tags(fold_text(words), lexicon_tables)
    )


def _list_facts_not_of_named_times(
    facts: Sequence[Fact], named_times: Sequence[PeriodMention]
) -> list[Fact]:
    """Return the facts without a time, and those whose time ends in another month than
    those that are named.
    """
    months = {named.period.last for named in named_times}
    return [
        fact
        for fact in facts
        if not fact.quantity.period or fact.quantity.period.last not in months
    ]


def _hash_cells_of_statement(statement: SpeakerStatement | None) -> str:
    """Return a hash of all that the tables say of a statement; of nothing for none."""
    rows = [statement.row, *statement.figures] if statement else []
    cells = [f"{key} {cell}" for row in rows for key, cell in row.values.items()]
    return hash_parts(*cells)[:HASH_LENGTH]


def format_rounded_figure(quantity: Quantity) -> str:
    """Return one end or both, rounded to four digits, and the unit; a date as it is."""
    if quantity.kind_rules.is_date:
        return format_exact_quantity(quantity)
    ends = (format_plain_number(DIGITS.plus(end)) for end in quantity.low_and_high)
    return f"{' to '.join(dict.fromkeys(ends))} {quantity.unit}".rstrip()
