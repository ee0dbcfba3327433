"""Holding figures to times that words tell without naming a year: since an event, on a day, month on month.

Takes a figure in its sentence, and the proof of its link. What names a year or a month is looked at by ``times``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from press.binding.levels import AMOUNTS
from press.binding.proof import Proof
from press.binding.times import bases_of, periods_of
from press.ground.errors import Fault
from press.ground.period import MONTHS, Period
from press.reading import NEAR, Link, Placed, Sentence, Span, Tag, dates_of, lies_in

TIMELY = AMOUNTS | {"price", "index"}  # kinds of figures that a whole month or year has
WORD = re.compile(r"\w+")
MARGIN = re.compile(r"\s{1,3}(?:\w{1,3}\s{1,3}){0,2}")  # small words between "than" and a time


def moment_fault(sentence: Sentence, link: Link, proof: Proof) -> Fault | None:
    """Return what is wrong where words tell another time than the figure's without naming a year."""
    if link.scheme != "fact" or not (periods := periods_of(proof)):
        return None
    told = _InTime(sentence, link, proof, periods)
    return next(filter(None, told.faults()), None)


@dataclass(frozen=True, eq=False)
class _InTime:
    """A figure in its sentence, and the periods that may be named beside it."""

    sentence: Sentence
    link: Link
    proof: Proof
    periods: frozenset[Period]

    def faults(self) -> Iterator[Fault | None]:
        """Yield what is wrong with each kind of time."""
        yield self._since_fault()
        yield self._than_fault()
        yield self._interval_fault()
        yield self._day_fault()
        yield self._month_fault()

    @cached_property
    def clause(self) -> Span:
        """The clause of the figure."""
        return self.sentence.clause(self.link.words_start)

    def _tags(self, *tables: str) -> Iterator[Tag]:
        """Yield the phrases of some tables in the clause, in no link's words."""
        links = self.sentence.bindings
        for tag in self.sentence.lexicon.tagger.find(self.sentence.text.folded, tables, *self.clause):
            if not any(link.start <= tag.start < link.end for link in links):
                yield tag

    def _is_dated(self, tag: Tag) -> bool:
        """Tell whether a time follows a phrase before the figure ends, or the clause."""
        rest = Span(tag.end, self.link.words_end if tag.end <= self.link.start else self.clause.end)
        shifted = self.sentence.lexicon.tagger.first(self.sentence.text.folded, ("shifts",), *rest)
        return bool(shifted) or any(lies_in(item, rest) for item in self.sentence.times)

    def _fault(self, place: Placed, what: str, hint: str) -> Fault:
        message = f'"{self.sentence.shown(place)}" {what} "{self.sentence.own_words(self.link)}"'
        return Fault(place.start, place.end, message, hint)

    def _since_fault(self) -> Fault | None:
        """Since an event is no time of a figure that has its own."""
        found = next((tag for tag in self._tags("last_so", "names", "expiring") if self._is_open(tag)), None)
        hint = "name the year or the month"
        return self._fault(found, "names no time of", hint) if found else None

    def _is_open(self, tag: Tag) -> bool:
        return tag.phrase in self.sentence.lexicon.last_so and not self._is_dated(tag)

    def _than_fault(self) -> Fault | None:
        """A change is "than" the time from which it is counted; what is counted from none is "than" no other time."""
        quantities = [fact.quantity for fact in self.proof.facts]
        if bases_of(self.proof):
            found = next(filter(self._is_undated, self._behind("than")), None)
            what, hint = "names no time from which is counted", "name the year or the month"
        elif all(item.signed and item.kind != "span" for item in quantities):
            found = next(filter(self._is_of_another_time, self._behind("than")), None)
            what, hint = "names another time, from which is not counted", "link a fact for the change"
        else:
            found, what, hint = None, "", ""
        return self._fault(found, what, hint) if found else None

    def _behind(self, table: str) -> Iterator[Tag]:
        """Yield the phrases of a table in the clause behind the figure."""
        yield from (tag for tag in self._tags(table) if tag.start >= self.link.words_end)

    def _is_undated(self, tag: Tag) -> bool:
        lexicon = self.sentence.lexicon
        rest = {*WORD.findall(self.sentence.text.folded, tag.end, self.clause.end)}
        told = rest and not rest & {*lexicon.thought}
        return bool(told) and tag.phrase.endswith(lexicon.than[0]) and not self._is_dated(tag)

    def _is_of_another_time(self, tag: Tag) -> bool:
        """Tell whether a time that is none of the figure's stands right behind a phrase."""
        folded, rest = self.sentence.text.folded, Span(tag.end, self.clause.end)
        shifted = self.sentence.lexicon.tagger.first(folded, ("shifts",), *rest)
        named = [item for item in self.sentence.times if lies_in(item, rest) and item.period not in self.periods]
        places: list[Placed] = [*named, *([shifted] if shifted else [])]
        return any(MARGIN.fullmatch(folded, tag.end, place.start) for place in places)

    def _interval_fault(self) -> Fault | None:
        """A change on the year before is none "month on month"."""
        bases = bases_of(self.proof)
        apart = {own.last - base.last for own in self.periods - bases for base in bases}
        for tag in self._tags("intervals") if apart else ():
            if self.sentence.lexicon.intervals[tag.phrase] not in apart:
                return self._fault(tag, "is another change than", "link a fact for the change that the words tell")
        return None

    def _day_fault(self) -> Fault | None:
        """A figure of a month or a year is none of a day in it."""
        if not self._is_timely:
            return None
        for day in self._dates("day"):
            ahead = self.sentence.before(day).split()[-1:]
            if ahead and ahead[0] in self.sentence.lexicon.on_day:
                return self._fault(day, "is a day, and a month or a year has", "name the month or the year alone")
        return None

    @property
    def _is_timely(self) -> bool:
        return all(fact.quantity.kind in TIMELY for fact in self.proof.facts)

    def _dates(self, kind: str) -> Iterator[Span]:
        """Yield the dates of one kind in the clause: ``day``, or ``m6`` for a bare month."""
        found = dates_of(self.sentence.lexicon).finditer(self.sentence.text.plain, *self.clause)
        yield from (Span(*item.span()) for item in found if item[kind])

    def _month_fault(self) -> Fault | None:
        """A month without a year is one of the figure's own, where no time is named at all."""
        if self.sentence.paragraph_times or not self._is_timely:
            return None
        months = list(self._dates("m6"))
        named = {self._number(month) for month in months}
        own = {period.last % MONTHS + 1 for period in self.periods if period.length == 1 or self._ends_at(months)}
        if not months or named & own:
            return None
        return self._fault(
            months[0], "is no time of", "write to which month it is counted, or link a fact of the month"
        )

    def _number(self, month: Span) -> int:
        return self.sentence.lexicon.months.get(self.sentence.text.folded[month.start : month.end], 0)

    def _ends_at(self, months: Iterable[Span]) -> bool:
        """Tell whether words make a month the end of a total: "to November"."""
        lexicon, folded = self.sentence.lexicon, self.sentence.text.folded
        starts = (max(self.clause.start, month.start - NEAR) for month in months)
        return any(
            lexicon.tagger.leading(folded, month.start, ("to_date_beside",), MARGIN, start)
            for month, start in zip(months, starts, strict=True)
        )
