"""Times: which a sentence may name beside a figure, and which of those that it names is
not the figure's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from press.binding.faults import TIME_RANK
from press.binding.proof import Proof
from press.ground.period import MONTHS, Period
from press.reading import (
    NEAR,
    OF_DATA,
    SPACE,
    Conventions,
    Link,
    PeriodMention,
    PhraseTag,
    Sentence,
    begins_in,
    begins_in_link,
    group_into_enumerations,
    list_items_beginning_in,
)

# What may stand between "than" and a period, "than in the year", and between another
# word and a period: "since the".
SMALL_WORDS = re.compile(rf"{SPACE}(?:\w{{1,4}}{SPACE}){{0,4}}")
AN_ARTICLE = re.compile(rf"{SPACE}(?:\w{{3}}{SPACE})?")
ENGLISH = Conventions("en")  # of messages


def list_nameable_periods(proof: Proof) -> frozenset[Period]:
    """Return the periods that a sentence may name beside words with this proof: of
    figures also those that they are related to.
    """
    periods: set[Period | None] = {*proof.statement_periods}
    for fact in proof.facts:
        periods |= {fact.quantity.period, *fact.quantity.related}
    if proof.claim:
        periods |= {proof.claim.window, *proof.claim.event_periods}
    return frozenset(filter(None, periods))


def list_base_periods(proof: Proof) -> frozenset[Period]:
    """Return those of its periods that a change or a sum is counted from: a sentence
    may name them only as such.
    """
    quantities = proof.figures
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

    ``base_periods`` are those of its periods that it is counted from;
    ``compared_times`` is the stretch that a superlative goes over; ``is_amount`` if it
    is an amount, and neither a change nor an index.
    """

    sentence: Sentence
    link: Link
    periods: frozenset[Period]
    base_periods: frozenset[Period]
    compared_times: Period | None
    is_amount: bool
    rank = TIME_RANK  # of a doubt about it
    is_optional = False  # a sentence that names a time names the figure's

    @property
    def own_periods(self) -> frozenset[Period]:
        """The periods that it is of, not counted from."""
        return self.periods - self.base_periods

    @cached_property
    def relevant_mentions(self) -> list[PeriodMention]:
        """The times that the sentence names, else the last before it; none in the words
        of a statement.

        "Early in 2022" says something of its own clause alone.
        """
        clause = self.sentence.clause_or_sentence_at(self.link.words_start)
        return [
            item
            for item in self._list_periods_of_sentence_or_last_before()
            if (begins_in(item, clause) or not item.is_loose)
            and not self._is_in_link_without_data(item)
        ]

    def _list_periods_of_sentence_or_last_before(self) -> list[PeriodMention]:
        """Return the times that the sentence names, or else the last one before it;
        days only for a figure of a day.
        """
        sentence = self.sentence
        times = list(sentence.paragraph.named_times.periods)
        if any(period.day for period in self.periods):
            times += sentence.paragraph.named_times.days
            times.sort(key=lambda item: item.start)
        here = list_items_beginning_in(times, sentence)
        return here or [item for item in times if item.end <= sentence.start][-1:]

    def _is_in_link_without_data(self, named: PeriodMention) -> bool:
        """Tell whether a period stands in words that are held to no data."""
        return any(
            begins_in_link(named, link)
            for link in self.sentence.bindings
            if link.scheme not in OF_DATA
        )

    def describe_own_value_or_base(self, mismatch: PeriodMention) -> str:
        """Return of which time the figure is, or from which it is counted where words
        lead to one that is wrong.
        """
        if self.base_periods and self._is_led_to_by_than_or_since(mismatch):
            return f"is counted from {format_periods_with_or(self.base_periods)}"
        return f"is of {format_periods_with_or(self.own_periods or self.periods)}"

    def matches(self, named: PeriodMention) -> bool:
        """Tell whether a period is one of the figure's; of a comparison one of what is
        more or less.
        """
        if self._ends_in_link(named):
            return named.period.last in {period.last for period in self.own_periods}
        is_comparison = self.link.scheme == "claim"
        periods = self.own_periods if is_comparison else self.periods
        return self._is_one_of_unless_in_part(named, periods)

    def _ends_in_link(self, named: PeriodMention) -> bool:
        """Tell whether a period begins before the link and ends in its words, which are
        a date then: "twelve months to [April 2026]".
        """
        link = self.link
        return named.start < link.words_start < named.end <= link.words_end

    def find_mismatched_mention(
        self, mentions: Sequence[PeriodMention]
    ) -> PeriodMention | None:
        """Return the first of some periods that should have been one of the figure's,
        if none that should have been is.

        What words such as "than" or "since" lead to is what a change is counted from,
        where it is counted from any.
        """
        if self._are_both_ends_named():
            return None
        bases = self.base_periods and [
            item
            for item in mentions
            if self._is_led_to_by_than_or_since(item)
            or self._is_base_behind_comparison(item)
        ]
        if bases and not any(
            self._is_one_of_unless_in_part(item, self.base_periods) for item in bases
        ):
            return bases[0]
        others = [
            item
            for item in mentions
            if item not in bases and not self._is_end_of_compared_times(item)
        ]
        if self._is_own_period_listed_by_months(others) or any(
            map(self._can_be_own_period, others)
        ):
            return None
        return next(iter(others), None)

    def _are_both_ends_named(self) -> bool:
        """Tell whether the first and the last time of the figure's stretch are named:
        "15 times as much in 2017 as in 2001".
        """
        mentions = self.relevant_mentions
        named = {item.period for item in mentions}
        bases = {
            item.period for item in mentions if self._is_led_to_by_than_or_since(item)
        }
        return any(
            first.length == last.length < own.length
            and (first.first, last.last) == (own.first, own.last)
            for own in self.own_periods
            for first, last in product(named, named - bases)
        )

    def _is_end_of_compared_times(self, named: PeriodMention) -> bool:
        """Tell whether a period is the stretch of times that a superlative goes over,
        or words lead to one of its ends: "since 2001", "up to 2017".
        """
        compared = self.compared_times
        if compared is None:
            return False
        if named.period == compared:
            return True
        if named.period.first == compared.first:
            return self._is_led_to_by(named, "since")
        return named.period.last == compared.last and self._is_led_to_by(
            named, "to_date_beside"
        )

    def _is_base_behind_comparison(self, named: PeriodMention) -> bool:
        """Tell whether a period is what words behind a comparison compare with: "[less]
        than it had been in 2007", "[below] the level of 2008".
        """
        if self.link.scheme != "claim" or named.start < self.link.end:
            return False
        if not _can_mean_any(named, self.base_periods):
            return False
        sentence = self.sentence
        if sentence.find_first_tag(self.link.end, named.start, "than"):
            return True
        words = sentence.text.folded_visible[
            self.link.words_start : self.link.words_end
        ]
        return words.endswith(sentence.lexicon.lists["before_compared"])

    def is_mismatch_certain(self, mismatch: PeriodMention, figure_count: int) -> bool:
        """Tell whether a mismatch is a mistake for certain: no time that the sentence
        names is the figure's, or "than" leads to another.

        Of several times some may be left out: "from [1] in 2020 over [2] to [3] in
        2022". A quarter or a day is in some measure of its year.
        """
        if not begins_in(mismatch, self.sentence):
            return False
        if self._is_led_to_by_than_behind_link(mismatch):
            return True
        if self._is_of_quarter_or_day_in(mismatch.period):
            return False
        if self._has_relative_time_in_clause() or self._is_of_other_clause(mismatch):
            return False
        time_count = len({item.period for item in self.relevant_mentions})
        if 1 < time_count < figure_count:
            return False
        # not "than a year earlier"
        return not any(
            self.matches(item)
            for item in self.relevant_mentions
            if not (item.is_loose and self._is_led_to_by_than_or_since(item))
        )

    def _is_led_to_by_than_behind_link(self, named: PeriodMention) -> bool:
        """Tell whether "than" leads to a period, with no figure between it and this."""
        links = self.sentence.find_data_links()
        before = [link for link in links if link.start < named.start]
        return before[-1:] == [self.link] and self._is_led_to_by(named, "than")

    def _is_of_other_clause(self, named: PeriodMention) -> bool:
        """Tell whether a period stands in a clause that has a figure of its own, and is
        not that of the link.
        """
        clause = self.sentence.clause_or_sentence_at(named.start)
        links = [
            link for link in self.sentence.find_data_links() if begins_in(link, clause)
        ]
        return bool(links) and self.link not in links

    def _has_relative_time_in_clause(self) -> bool:
        """Tell whether the link's clause says a time that is counted from another in
        words of its own: "at the next Games".
        """
        clause = self.sentence.clause_or_sentence_at(self.link.words_start)
        relative = self.sentence.find_first_tag(*clause, "relative_times")
        return relative is not None and not any(
            begins_in(relative, item) for item in self.sentence.times
        )

    def _is_of_quarter_or_day_in(self, period: Period) -> bool:
        """Tell whether the figure is of a quarter or a day in a period."""
        return any(
            (own.day or own.quarterly) and period.holds(own) for own in self.periods
        )

    def _can_be_own_period(self, named: PeriodMention) -> bool:
        """Tell whether a period is the figure's: where words leave it open, one that it
        is counted from is, too.
        """
        if self._is_said_to_go_beyond(named) or self._is_sum_said_of_its_final_year(
            named
        ):
            return False
        periods = self.own_periods
        if self.is_amount or self._is_led_to_by(named, "after"):
            periods = self.periods
        if self._is_one_of_unless_in_part(named, periods):
            return True
        own_ends = self.periods & {*named.range_ends}
        if own_ends and self._goes_from_figure_to_figure():
            return True  # "between May and July it fell from [7] to [5]"
        return bool(named.range_ends) and own_ends == {*named.range_ends}

    def _goes_from_figure_to_figure(self) -> bool:
        """Tell whether "from" leads to one of several figures of the sentence."""
        sentence = self.sentence
        links = sentence.find_data_links()
        leading = [
            sentence.split_folded_words(sentence.start, link.words_start)[-1:]
            for link in links
        ]
        return len(links) > 1 and [*sentence.lexicon.lists["from_base"]] in leading

    def _is_said_to_go_beyond(self, named: PeriodMention) -> bool:
        """Tell whether words before a period say that the figure's one period goes
        beyond it; "until 10 August" is up to it.
        """
        if len(self.periods) != 1 or begins_in_link(named, self.link):
            return False
        beyond = self._find_phrase_leading_to(named, "beyond")
        if beyond is None:
            return False
        if not named.period.day:
            return True
        return beyond.phrase not in self.sentence.lexicon.lists["to_date_beside"]

    def _is_sum_said_of_its_final_year(self, named: PeriodMention) -> bool:
        """Tell whether words say that a sum over years is of the last of them alone:
        "in 1988" beside a sum from 1924 to 1988.
        """
        if not (self.is_amount and self.base_periods and self.link.scheme == "fact"):
            return False
        shortest = max(MONTHS, named.period.length)
        if not any(
            own.length > shortest and named.period.last == own.last
            for own in self.own_periods
        ):
            return False
        return self._is_said_of_end_alone(named) or self._is_led_to_by(named, "within")

    def _is_said_of_end_alone(self, named: PeriodMention) -> bool:
        """Tell whether "alone" stands right behind a period."""
        behind = self.sentence.text.folded_visible[named.end :].lstrip()
        return behind.startswith(self.sentence.lexicon.lists["alone"])

    def _is_own_period_listed_by_months(self, named: Sequence[PeriodMention]) -> bool:
        """Tell whether months in a list are together the figure's period: "in January
        and February".
        """
        for group in group_into_enumerations(self.sentence.text, named):
            listed = {item.period for item in group}
            if len(listed) > 1 and listed in map(_months_in, self.own_periods):
                return True
        return False

    def _is_one_of_unless_in_part(
        self, named: PeriodMention, periods: frozenset[Period]
    ) -> bool:
        """Tell whether a period is one of some, and not only a part of that year:
        "early in 2022".
        """
        if not _can_mean_any(named, periods):
            return False
        period = named.period
        if (
            not period.is_year
            or period not in periods
            or begins_in_link(named, self.link)
        ):
            return True
        return not self._is_led_to_by(named, "in_part")

    def _is_led_to_by_than_or_since(self, named: PeriodMention) -> bool:
        """Tell whether words before a period say that a change is counted from it:
        "than in", "since".
        """
        return self._is_led_to_by(named, "than") or self._is_led_to_by(named, "since")

    def _is_led_to_by(self, named: PeriodMention, table: str) -> bool:
        """Tell whether a phrase of a table leads to a period."""
        return self._find_phrase_leading_to(named, table) is not None

    def _find_phrase_leading_to(
        self, named: PeriodMention, table: str
    ) -> PhraseTag | None:
        """Return the phrase of a table that leads to a period: nothing but an article
        parts them, small words behind "than".
        """
        between = SMALL_WORDS if table == "than" else AN_ARTICLE
        start = max(0, named.start - NEAR)
        return self.sentence.lexicon.matcher.find_first_tag_leading_to(
            self.sentence.text.folded_visible, named.start, (table,), between, start
        )


def list_days_named(sentence: Sentence) -> list[PeriodMention]:
    """Return the days that a sentence names, with a year or without."""
    return list_items_beginning_in(sentence.paragraph.named_times.days, sentence)


def format_period(period: Period) -> str:
    """Return a period in words: 2023, January to November 2023, 2021 to 2023, 3rd
    quarter 2024, 10 August 2024.
    """
    first, _, last = str(period).partition(" to ")
    if not last:
        return ENGLISH.date(first)
    if first.endswith("-01") and last.endswith("-12"):
        return f"{first[:4]} to {last[:4]}"
    begin = ENGLISH.date(first).removesuffix(f" {period.year}")
    return f"{begin} to {ENGLISH.date(last)}"


def format_periods_with_or(periods: frozenset[Period]) -> str:
    """Return periods of which any may be meant, in words."""
    return " or ".join(map(format_period, sorted(periods)))


def _months_in(period: Period) -> set[Period]:
    """Return the months of which a period consists."""
    return {Period(month, month) for month in range(period.first, period.last + 1)}


def _can_mean_any(named: PeriodMention, periods: frozenset[Period]) -> bool:
    """Tell whether a named period is one of a figure's.

    Months "early in 2026" are any in it, and a total of several months answers to the
    one that it ends with, or to its unfinished year. Of a range a change has both ends,
    the level of a year stands at one.
    """
    if named.is_among_ignoring_unstated_year(periods):
        return True
    if named.is_loose:
        return any(
            named.period.first <= period.last <= named.period.last
            for period in periods
            if not period.is_year
        )
    if named.range_ends and _has_both_ends_or_is_year_at_one(periods, named.range_ends):
        return True
    return named.is_to_date and any(
        _is_total_up_to(period, named.period) for period in periods
    )


def _has_both_ends_or_is_year_at_one(
    periods: frozenset[Period], range_ends: Sequence[Period]
) -> bool:
    """Tell whether some periods have both ends of a range, or are one year that is an
    end of it.
    """
    if len(periods) != 1:
        return periods.issuperset(range_ends)
    return all(period.is_year and period in range_ends for period in periods)


def _is_total_up_to(total: Period, named_month_or_year: Period) -> bool:
    """Tell whether a total of several months answers to a month that it ends with, or
    to its unfinished year.
    """
    if named_month_or_year.length == 1:
        return 1 < total.length <= MONTHS and total.last == named_month_or_year.last
    return (
        total.is_to_date
        and named_month_or_year.is_year
        and named_month_or_year.year == total.year
    )
