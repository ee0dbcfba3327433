"""Times: which a sentence may name beside a figure, and which of those that it names is
not the figure's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

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
    inside,
    lies_in,
    lists,
)

# The small words that may stand between a word such as "than" and a period: "than in
# the year", "since the", "in".
TWO_SMALL_WORDS = re.compile(rf"{SPACE}(?:\w{{1,3}}{SPACE}){{0,2}}")
ENGLISH = Conventions("en")  # of messages
AN_ARTICLE = re.compile(rf"{SPACE}(?:\w{{3}}{SPACE})?")


def periods_of(proof: Proof) -> frozenset[Period]:
    """Return the periods that a sentence may name beside words with this proof."""
    quantities = [fact.quantity for fact in proof.facts]
    found = {
        period
        for item in quantities
        for period in (item.period, *item.related)
        if period
    }
    found |= proof.statement_periods
    if claim := proof.claim:
        found |= {*claim.moments, *([claim.window] if claim.window else [])}
    return frozenset(found)


def bases_of(proof: Proof) -> frozenset[Period]:
    """Return those of its periods that a change or a sum is counted from: a sentence
    may name them only as such.
    """
    quantities = [fact.quantity for fact in proof.facts]
    if proof.claim and proof.claim.classes[0] in {"more", "less"}:
        return frozenset(
            {item.period for item in quantities[1:] if item.period}
            - {quantities[0].period}
        )
    dated = [
        (item.period, item.related)
        for item in quantities
        if item.period and item.kind != "span"
    ]
    earlier = {
        other
        for period, related in dated
        for other in related
        if other.ends_before(period)
    }
    return frozenset(earlier - {period for period, _ in dated})


@dataclass(frozen=True, eq=False)
class Dated:
    """The time of a figure, as its sentence names times: its periods, and those of them
    that it is counted from.
    """

    sentence: Sentence
    link: Link
    periods: frozenset[Period]
    base: frozenset[Period] = frozenset()
    rank = 2
    free = False

    def meant(self, wrong: NamedPeriod) -> str:
        """Return of which time the figure is, or from which it is counted where words
        lead to one that is wrong.
        """
        counted = bool(self.base) and self._is_base(wrong)
        periods = sorted(
            self.base if counted else self.periods - self.base or self.periods
        )
        words = " or ".join(written(period) for period in periods)
        return f"is counted from {words}" if counted else f"is of {words}"

    @cached_property
    def named(self) -> Sequence[Any]:
        """The times that the sentence names, else the last before it; none in the words
        of a statement.

        "Early in 2022" says something of its own clause alone.
        """
        said = [link for link in self.sentence.bindings if link.scheme not in OF_DATA]
        here: Sequence[NamedPeriod] = self.sentence.times
        times: Sequence[NamedPeriod] = self.sentence.paragraph.times
        if any(period.day for period in self.periods):
            times = sorted(
                (*times, *self.sentence.paragraph.days), key=lambda item: item.start
            )
            here = [item for item in times if lies_in(item, self.sentence.span)]
        named = here or [item for item in times if item.end <= self.sentence.start][-1:]
        clause = self.sentence.clause(self.link.words_start)
        told = (item for item in named if not item.loose or lies_in(item, clause))
        return [item for item in told if not any(inside(item, link) for link in said)]

    def is_sure(self, wrong: NamedPeriod, figures: int) -> bool:
        """Tell whether no time that a sentence with so many figures names is the
        figure's, or "than" leads to another.

        Of several times some may be left out: "from [1] in 2020 over [2] to [3] in
        2022". A quarter or a day is in
        some measure of its year.
        """
        if not lies_in(wrong, self.sentence.span):
            return False
        last = [
            link for link in self.sentence.data_links() if link.start < wrong.start
        ][-1:]
        if last == [self.link] and self._led(wrong, "than", TWO_SMALL_WORDS):
            return True
        if any(
            (period.day or period.quarterly) and wrong.period.holds(period)
            for period in self.periods
        ):
            return False
        times = len({item.period for item in self.named})
        # "than a year earlier"
        told = (item for item in self.named if not (item.loose and self._is_base(item)))
        return (times == 1 or figures <= times) and not any(map(self.fits, told))

    def wrong(self, named: Sequence[NamedPeriod]) -> NamedPeriod | None:
        """Return the first of some periods that should have been one of the figure's,
        if none that should have been is.

        What words such as "than" or "since" lead to is what a change is counted from,
        where it is counted from any.
        """
        bases = [item for item in named if self.base and self._is_base(item)]
        if bases and not any(self._is(item, self.base) for item in bases):
            return bases[0]
        others = [item for item in named if item not in bases]
        if self._make_own(others) or any(map(self._is_own, others)):
            return None
        return next(iter(others), None)

    def fits(self, item: NamedPeriod) -> bool:
        """Tell whether a period is one of the figure's; of a comparison one of what is
        more or less.
        """
        periods = (
            self.periods - self.base if self.link.scheme == "claim" else self.periods
        )
        return self._is(item, periods)

    def _is(self, item: NamedPeriod, periods: frozenset[Period]) -> bool:
        whole = (
            item.period.is_year
            and item.period in periods
            and not inside(item, self.link)
        )
        return is_of(item, periods) and not (
            whole and self._led(item, "in_part", AN_ARTICLE)
        )

    def _is_own(self, item: NamedPeriod) -> bool:
        """Tell whether a period is the figure's: where words leave it open, one that it
        is counted from is, too.
        """
        beyond = (
            len(self.periods) == 1
            and not inside(item, self.link)
            and self._led(item, "beyond", AN_ARTICLE)
        )
        if beyond and not (
            item.period.day
            and beyond.phrase in self.sentence.lexicon.lists["to_date_beside"]
        ):
            return False  # but "until 10 August" is up to it
        free = self._led(item, "after", AN_ARTICLE)
        periods = self.periods if free else self.periods - self.base
        return self._is(item, periods) or (
            bool(item.ends) and self.periods.issuperset(item.ends)
        )

    def _make_own(self, others: list[NamedPeriod]) -> bool:
        """Tell whether months in a list are together the figure's period: "in January
        and February".
        """
        for group in lists(self.sentence.text, others):
            months = sorted({item.period for item in group})
            follow = all(
                one.length == 1 and one.after() == other
                for one, other in pairwise(months)
            )
            if (
                len(months) > 1
                and follow
                and Period(months[0].first, months[-1].last) in self.periods - self.base
            ):
                return True
        return False

    def _is_base(self, item: NamedPeriod) -> bool:
        """Tell whether words before a period say that a change is counted from it:
        "than in", "since".
        """
        return bool(
            self._led(item, "than", TWO_SMALL_WORDS)
            or self._led(item, "since", AN_ARTICLE)
        )

    def _led(self, item: NamedPeriod, table: str, small: re.Pattern[str]) -> Tag | None:
        """Return the phrase of a table that only ``small`` words part from a period
        behind it.
        """
        start = max(0, item.start - NEAR)
        return self.sentence.lexicon.tagger.leading(
            self.sentence.text.folded, item.start, (table,), small, start
        )


def written(period: Period) -> str:
    """Return a period in words: 2023, January to November 2023, 2021 to 2023, 3rd
    quarter 2024, 10 August 2024.
    """
    if period.is_year or period.quarterly or period.length == 1:
        return ENGLISH.date(str(period))
    first, last = (
        f"{end // MONTHS:04d}-{end % MONTHS + 1:02d}"
        for end in (period.first, period.last)
    )
    if period.first % MONTHS == 0 and period.length % MONTHS == 0:
        return f"{first[:4]} to {last[:4]}"
    begin = ENGLISH.date(first)
    return f"{begin.removesuffix(f' {period.year}')} to {ENGLISH.date(last)}"


def is_of(named: NamedPeriod, periods: frozenset[Period]) -> bool:
    """Tell whether a named period is one of a figure's.

    Months "early in 2026" are any in it, and a total of several months answers to the
    one that it ends with, or to its unfinished year. Of a range a change has both ends,
    the level of a year stands at one.
    """
    if named.is_among(periods):
        return True
    if named.loose:
        inner = (period for period in periods if not period.is_year)
        return any(
            named.period.first <= period.last <= named.period.last for period in inner
        )
    level = len(periods) == 1 and all(period.is_year for period in periods)
    if named.ends and (
        periods.issuperset(named.ends) or (level and periods <= {*named.ends})
    ):
        return True
    return named.to_date and any(_ends_with(period, named.period) for period in periods)


def _ends_with(period: Period, named: Period) -> bool:
    """Tell whether a total of several months answers to a month that it ends with, or
    to its unfinished year.
    """
    if named.length == 1:
        return (
            period.length > 1 and period.length <= MONTHS and period.last == named.last
        )
    return period.is_to_date and named.is_year and named.year == period.year
