"""Evidence: what a passage is read beside, in short lines.

A line that is gone when the passage is looked at again withdraws its approval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Context

from press.approvals.newest import DescribedChartOrTable, NewestRows
from press.binding import Entry, Fact
from press.data import Data
from press.ground.files import hash_of
from press.ground.period import Period
from press.quantity import format_exact_quantity, format_plain_number
from press.reading import Lexicon, NamedPeriod, Text, fold_text

TEXTS_OF_DRAWING = ("title", "alt", "summary")  # of a chart these tell of its drawing
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
        self._newest = NewestRows(data)
        self._lexicon = lexicon

    def describe_link_evidence(
        self, entry: Entry, named_times: Sequence[NamedPeriod], *, is_history: bool
    ) -> str:
        """Return what a link of a passage rests on: its target, its figures rounded
        (else the source or the statement), and whether a newest row is among its rows.

        Of history no newest row is told. ``named_times`` are those that the passage
        names.
        """
        figures = ", ".join(_format_rounded_fact(fact) for fact in entry.proof.facts)
        newest = ""
        if not is_history and self._rests_on_newest_row_not_named(entry, named_times):
            newest = ", of the newest row"
        rests_on = figures or self._describe_citation_or_statement(entry)
        return f"{entry.link.target}: {rests_on}{newest}"

    def _rests_on_newest_row_not_named(
        self, entry: Entry, named_times: Sequence[NamedPeriod]
    ) -> bool:
        """Tell whether a newest row is among the rows of the figures; those that a
        claim compares of a time that is named are history.
        """
        named_months = set()
        if entry.proof.claim:
            named_months = {named.period.last for named in named_times}
        for fact in entry.proof.facts:
            period = fact.quantity.period
            if period and period.last in named_months:
                continue
            if any(map(self._newest.is_newest, fact.quantity.rows)):
                return True
        return False

    def _describe_citation_or_statement(self, entry: Entry) -> str:
        """Return how many rows cite the source of a link; of another a hash of all that
        the tables say of its statement, of nothing where it has none.
        """
        if entry.link.scheme == "source":
            source = entry.link.target.partition(":")[2]
            return f"cited in {self._newest.cited_rows_by_source[source]} rows"
        said = entry.proof.statement
        rows = [said.row, *said.figures] if said else []
        cells = [f"{key} {cell}" for row in rows for key, cell in row.values.items()]
        return hash_of(*cells)[:HASH_LENGTH]

    def describe_unlinked_newest_times(
        self, named_times: Sequence[NamedPeriod], entries: Sequence[Entry]
    ) -> Iterator[str]:
        """Yield what tables end with a time that a passage names, unless one of its
        links is of that time.
        """
        if not named_times:
            return
        linked_months = set[int]()
        for entry in entries:
            periods = set[Period | None](entry.proof.statement_periods)
            for fact in entry.proof.facts:
                periods |= {fact.quantity.period, *fact.quantity.related}
            linked_months |= {period.last for period in periods if period}
        for named in named_times:
            if named.period.last not in linked_months:
                note = self._newest.describe_if_newest_time(named.period)
                if note:
                    yield note

    def describe_chart_or_table(
        self,
        text: Text,
        described: DescribedChartOrTable,
        named_times: Sequence[NamedPeriod],
    ) -> Iterator[str]:
        """Yield what a chart or table holds that a text of its own speaks of: rows of
        the times that it names, publishers where it speaks of them, the drawing.
        """
        with_sources = text.description in TEXTS_OF_SOURCES
        for named in named_times:
            for period in named.range_ends or (named.period,):
                yield described.describe_period(period, with_sources=with_sources)
        if with_sources and list_phrases(
            text.visible_text, ("publishing",), self._lexicon
        ):
            yield f"pages of {described.publishers}"
        if text.description in TEXTS_OF_DRAWING:
            drawn = ", ".join(self._list_outline_parts_told(text, described.outline))
            if drawn:
                yield f"drawn: {drawn}"

    def _list_outline_parts_told(
        self, text: Text, outline: Sequence[str]
    ) -> Iterator[str]:
        """Yield what of a drawing's outline a text may speak of beside its links, whose
        words are held to the tables.

        A title that compares and counts nothing there speaks of none of it. Its newest
        time is for words that tell of a direction or of the most; its numbers of rows
        and series are for words that count as many.
        """
        lexicon = self._lexicon
        comparing = list_phrases(text.folded_outside_checked_links, COMPARING, lexicon)
        numbers = list_phrases(text.folded_outside_checked_links, ("numbers",), lexicon)
        is_linked_title = text.description == "title" and text.bindings
        if is_linked_title and not comparing and not numbers:
            return
        counts = {f"{lexicon.numbers[phrase]}" for phrase in numbers}
        tells_course = any(
            phrase in lexicon.directions
            or lexicon.comparators.get(phrase) in SUPERLATIVES
            for phrase in comparing
        )
        for part in outline:
            words = part.split()
            if words[0] == "newest":
                is_told = tells_course
            else:
                is_told = words[0] in counts or words[-1] not in {"rows", "series"}
            if is_told:
                yield part


def list_phrases(
    words: str, tables: tuple[str, ...], lexicon: Lexicon
) -> tuple[str, ...]:
    """Return the phrases of some tables of the lexicon that stand in words, in the
    order of the words.
    """
    return tuple(
        tag.phrase for tag in lexicon.matcher.find_tags(fold_text(words), tables)
    )


def _format_rounded_fact(fact: Fact) -> str:
    """Return a figure rounded to four digits: its time if that is the latest, one end
    or both, its unit.
    """
    quantity = fact.quantity
    time = f"{fact.time_for_latest}: " if fact.time_for_latest else ""
    if quantity.kind_rules.is_date:
        return f"{time}{format_exact_quantity(quantity)}"
    low, high = (format_plain_number(DIGITS.plus(end)) for end in quantity.low_and_high)
    figures = low if low == high else f"{low} to {high}"
    return f"{time}{figures} {quantity.unit}".rstrip()
