"""Times: which a sentence may name beside a figure, and which of those that it names is
not the figure's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from press.binding.faults import TIME_RANK
from press.binding.proof import Proof
from press.ground.period import MONTHS, Period
from press.reading import (
    NEAR,
    OF_DATA,
    SPACE,
    Conventions,
    Link,
    NamedPeriod,
    Sentence,
    Tag,
    begins_in,
    begins_in_link,
    group_lists,
)

# What may stand between a word such as "than" and a period: "than in the year", "since
# the", "in".
TWO_SMALL_WORDS = re.compile(rf"{SPACE}(?:\w{{1,3}}{SPACE}){{0,2}}")
AN_ARTICLE = re.compile(rf"{SPACE}(?:\w{{3}}{SPACE})?")
ENGLISH = Conventions("en")  # of messages


def find_nameable_periods(proof: Proof) -> frozenset[Period]:
    """Return the periods that a sentence may name beside words with this proof."""
    periods = set(proof.statement_periods)
    for fact in proof.facts:
        periods |= fact.quantity.related
        if fact.quantity.period:
            periods.add(fact.quantity.period)
    if proof.claim:
        periods |= {*proof.claim.event_periods}
        if proof.claim.window:
            periods.add(proof.claim.window)
    return frozenset(periods)


def find_base_periods(proof: Proof) -> frozenset[Period]:
    """Return those of its periods that a change or a sum is counted from: a sentence
    may name them only as such.
    """
    quantities = [fact.quantity for fact in proof.facts]
    if proof.claim and proof.claim.comparator.has_base:
        compared = {item.period for item in quantities[1:] if item.period}
        return frozenset(compared - {quantities[0].period})
    own: set[Period] = set()
    earlier: set[Period] = set()
    for item in quantities:
        if item.period and not item.kind_rules.is_span:
            own.add(item.period)
            earlier |= {
                other for other in item.related if other.ends_before(item.period)
            }
    return frozenset(earlier - own)


@dataclass(frozen=True, eq=False)
class FigureTime:
    """A figure's time, beside the times that its sentence names.

    ``bases`` are those of its periods that it is counted from.
    """

    sentence: Sentence
    link: Link
    periods: frozenset[Period]
    bases: frozenset[Period] = frozenset()
    rank = TIME_RANK  # of a doubt about it
    is_optional = False  # a sentence that names a time names the figure's

    @property
    def own_periods(self) -> frozenset[Period]:
        """The periods that it is of, not counted from."""
        return self.periods - self.bases

    @cached_property
    def mentions(self) -> list[NamedPeriod]:
        """The times that the sentence names, else the last before it; none in the words
        of a statement.

        "Early in 2022" says something of its own clause alone.
        """
        clause = self.sentence.clause_at(self.link.words_start)
        named = self._named_here_or_before()
        told = (item for item in named if not item.is_loose or begins_in(item, clause))
        return [item for item in told if not self._is_in_statement(item)]

    def _named_here_or_before(self) -> list[NamedPeriod]:
        """Return the times that the sentence names, or else the last one before it;
        days only for a figure of a day.
        """
        sentence = self.sentence
        times = list(sentence.paragraph.times)
        if any(period.day for period in self.periods):
            times += sentence.paragraph.days
            times.sort(key=lambda item: item.start)
        here = [item for item in times if begins_in(item, sentence.span)]
        return here or [item for item in times if item.end <= sentence.start][-1:]

    def _is_in_statement(self, named: NamedPeriod) -> bool:
        """Tell whether a period stands in words that are held to no data."""
        return any(
            begins_in_link(named, link)
            for link in self.sentence.bindings
            if link.scheme not in OF_DATA
        )

    def describe_figure(self, mismatch: NamedPeriod) -> str:
        """Return of which time the figure is, or from which it is counted where words
        lead to one that is wrong.
        """
        if self.bases and self._is_named_as_base(mismatch):
            return f"is counted from {_join_period_labels(self.bases)}"
        return f"is of {_join_period_labels(self.own_periods or self.periods)}"

    def matches(self, named: NamedPeriod) -> bool:
        """Tell whether a period is one of the figure's; of a comparison one of what is
        more or less.
        """
        if self.link.scheme == "claim":
            return self._is_one_of(named, self.own_periods)
        return self._is_one_of(named, self.periods)

    def find_mismatch(self, mentions: Sequence[NamedPeriod]) -> NamedPeriod | None:
        """Return the first of some periods that should have been one of the figure's,
        if none that should have been is.

        What words such as "than" or "since" lead to is what a change is counted from,
        where it is counted from any.
        """
        bases = self.bases and [
            item for item in mentions if self._is_named_as_base(item)
        ]
        if bases and not any(self._is_one_of(item, self.bases) for item in bases):
            return bases[0]
        others = [item for item in mentions if item not in bases]
        if self._is_list_of_own_months(others) or any(map(self._is_own_period, others)):
            return None
        return next(iter(others), None)

    def is_certain(self, mismatch: NamedPeriod, figure_count: int) -> bool:
        """Tell whether a mismatch is a mistake for certain: no time that the sentence
        names is the figure's, or "than" leads to another.

        Of several times some may be left out: "from [1] in 2020 over [2] to [3] in
        2022". A quarter or a day is in some measure of its year.
        """
        if not begins_in(mismatch, self.sentence.span):
            return False
        if self._has_than_after_link(mismatch):
            return True
        if self._is_part_of(mismatch.period):
            return False
        time_count = len({item.period for item in self.mentions})
        if time_count != 1 and time_count < figure_count:
            return False
        # not "than a year earlier"
        own = [
            item
            for item in self.mentions
            if not (item.is_loose and self._is_named_as_base(item))
        ]
        return not any(map(self.matches, own))

    def _has_than_after_link(self, named: NamedPeriod) -> bool:
        """Tell whether "than" leads to a period, with no figure between it and this."""
        links = self.sentence.find_data_links()
        before = [link for link in links if link.start < named.start]
        if before[-1:] != [self.link]:
            return False
        return bool(self._phrase_before(named, "than", TWO_SMALL_WORDS))

    def _is_part_of(self, period: Period) -> bool:
        """Tell whether the figure is of a quarter or a day in a period."""
        return any(
            (own.day or own.quarterly) and period.holds(own) for own in self.periods
        )

    def _is_own_period(self, named: NamedPeriod) -> bool:
        """Tell whether a period is the figure's: where words leave it open, one that it
        is counted from is, too.
        """
        if self._is_preceded_by_beyond(named):
            return False
        periods = self.own_periods
        if self._phrase_before(named, "after", AN_ARTICLE):
            periods = self.periods
        if self._is_one_of(named, periods):
            return True
        return bool(named.range_ends) and self.periods.issuperset(named.range_ends)

    def _is_preceded_by_beyond(self, named: NamedPeriod) -> bool:
        """Tell whether words before a period say that the figure's one period goes
        beyond it; "until 10 August" is up to it.
        """
        if len(self.periods) != 1 or begins_in_link(named, self.link):
            return False
        beyond = self._phrase_before(named, "beyond", AN_ARTICLE)
        if beyond is None or not named.period.day:
            return beyond is not None
        return beyond.phrase not in self.sentence.lexicon.lists["to_date_beside"]

    def _is_list_of_own_months(self, named: Sequence[NamedPeriod]) -> bool:
        """Tell whether months in a list are together the figure's period: "in January
        and February".
        """
        for group in group_lists(self.sentence.text, named):
            months = sorted({item.period for item in group})
            if len(months) > 1 and _are_successive_months(months):
                whole = Period(months[0].first, months[-1].last)
                if whole in self.own_periods:
                    return True
        return False

    def _is_one_of(self, named: NamedPeriod, periods: frozenset[Period]) -> bool:
        """Tell whether a period is one of some, and not only a part of that year:
        "early in 2022".
        """
        if not _matches_any(named, periods):
            return False
        period = named.period
        if (
            not period.is_year
            or period not in periods
            or begins_in_link(named, self.link)
        ):
            return True
        return not self._phrase_before(named, "in_part", AN_ARTICLE)

    def _is_named_as_base(self, named: NamedPeriod) -> bool:
        """Tell whether words before a period say that a change is counted from it:
        "than in", "since".
        """
        return bool(
            self._phrase_before(named, "than", TWO_SMALL_WORDS)
            or self._phrase_before(named, "since", AN_ARTICLE)
        )

    def _phrase_before(
        self, named: NamedPeriod, table: str, between: re.Pattern[str]
    ) -> Tag | None:
        """Return the phrase of a table before a period that nothing but ``between``
        parts from it.
        """
        start = max(0, named.start - NEAR)
        return self.sentence.lexicon.matcher.find_tag_leading_to(
            self.sentence.text.folded_visible, named.start, (table,), between, start
        )


def find_days_named(sentence: Sentence) -> list[NamedPeriod]:
    """Return the days that a sentence names."""
    return [item for item in sentence.paragraph.days if begins_in(item, sentence.span)]


def format_period(period: Period) -> str:
    """Return a period in words: 2023, January to November 2023, 2021 to 2023, 3rd
    quarter 2024, 10 August 2024.
    """
    if period.is_year or period.quarterly or period.length == 1:
        return ENGLISH.date(str(period))
    first = _written_month(period.first)
    last = _written_month(period.last)
    if period.first % MONTHS == 0 and period.length % MONTHS == 0:
        return f"{first[:4]} to {last[:4]}"
    begin = ENGLISH.date(first).removesuffix(f" {period.year}")
    return f"{begin} to {ENGLISH.date(last)}"


def _written_month(month: int) -> str:
    """Return a counted month as data write it: "2023-11"."""
    return f"{month // MONTHS:04d}-{month % MONTHS + 1:02d}"


def _join_period_labels(periods: frozenset[Period]) -> str:
    """Return periods of which any may be meant, in words."""
    return " or ".join(map(format_period, sorted(periods)))


def _are_successive_months(periods: Sequence[Period]) -> bool:
    """Tell whether each of some periods is a month that the next one follows."""
    return all(
        period.length == 1 and period.after() == following
        for period, following in pairwise(periods)
    )


def _matches_any(named: NamedPeriod, periods: frozenset[Period]) -> bool:
    """Tell whether a named period is one of a figure's.

    Months "early in 2026" are any in it, and a total of several months answers to the
    one that it ends with, or to its unfinished year. Of a range a change has both ends,
    the level of a year stands at one.
    """
    if named.is_among(periods):
        return True
    if named.is_loose:
        return any(
            named.period.first <= period.last <= named.period.last
            for period in periods
            if not period.is_year
        )
    if named.range_ends and _has_range_ends(periods, named.range_ends):
        return True
    return named.is_to_date and any(
        _is_total_to(period, named.period) for period in periods
    )


def _has_range_ends(periods: frozenset[Period], ends: Sequence[Period]) -> bool:
    """Tell whether some periods have both ends of a range, or are one year that is an
    end of it.
    """
    if periods.issuperset(ends):
        return True
    return len(periods) == 1 and all(
        period.is_year and period in ends for period in periods
    )


def _is_total_to(period: Period, named: Period) -> bool:
    """Tell whether a total of several months answers to a month that it ends with, or
    to its unfinished year.
    """
    if named.length == 1:
        return 1 < period.length <= MONTHS and period.last == named.last
    return period.is_to_date and named.is_year and named.year == period.year
