"""Comparators: the few ways in which a claim compares facts, a class each.

``claim:more/total.2023/total.2022`` compares two facts. A superlative goes over the
times of a fact, or over the things that one of its arguments may be:
``claim:highest/gold.2020.USA/over.team``. All that the checker knows of a comparator
stands in its class, and ``docs/checker.md`` says what to write beside it: words, a
label, a row of the documents.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from press.binding.fact_series import (
    STEPS,
    FactTimes,
    check_time_format,
    get_figure_or_bounds,
    get_other_choices_at_any_time,
    get_required_time_argument,
    get_time_format,
    list_periods_holding_or_within,
    list_table_times,
    replace_time_argument,
)
from press.binding.facts import Fact, FactError, Facts
from press.binding.intervals import (
    Interval,
    describe_interval,
    explain_unless_minimum_reaches_minimum,
    explain_unless_sure,
    explain_unless_surely_less,
    explain_unless_surely_more,
    first_nonempty,
    make_interval_in_base_unit,
    negate_interval,
)
from press.ground.period import Period

MOST_TOLERANCE = Decimal(1)  # percent that "equal" may forgive
FEWEST_TIMES = 3  # of a claim that something was so every time: one step is no habit


class ClaimOperands(NamedTuple):
    """What a claim asks: how its facts compare.

    ``options`` are its arguments that are no facts, such as a tolerance or times;
    ``over_argument`` is the argument of the fact over whose things it goes.
    """

    facts: Facts
    operands: tuple[Fact, ...]
    options: tuple[str, ...] = ()
    over_argument: str = ""

    @property
    def fact(self) -> Fact:
        """The first fact, of which a series tells more."""
        return self.operands[0]

    def list_table_times(self) -> FactTimes:
        """Return the times of the tables that the first fact rests on.

        Raises ``FactError`` where it has no time.
        """
        return list_table_times(self.facts, self.fact)

    def list_other_things(self) -> list[str]:
        """Return what else the argument of the first fact may be.

        Raises ``FactError`` where there is nothing else.
        """
        return get_other_choices_at_any_time(self.facts, self.fact, self.over_argument)

    @property
    def intervals(self) -> list[Interval]:
        """The figures of its facts."""
        return [
            make_interval_in_base_unit(fact.quantity, fact.key)
            for fact in self.operands
        ]

    def get_figures_or_bounds_at_times(self, times: Iterable[str]) -> list[Interval]:
        """Return the figures or bounds that the first fact has at some times, named by
        these.

        Raises ``FactError`` at the first time with neither.
        """
        return [
            get_figure_or_bounds(
                self.facts, replace_time_argument(self.fact, time), time
            )
            for time in times
        ]

    def get_year_to_date_totals_after(self, year: str) -> list[Interval]:
        """Return what the first fact has come to since January in the years after one,
        where its function knows that.
        """
        totals = self.facts.find_running_totals_of_later_years(self.fact, year)
        return [
            make_interval_in_base_unit(
                total, f"{self.fact.name} from January to {month}"
            )
            for month, total in totals.items()
        ]

    def get_figures_or_bounds_of_things(
        self, things: Iterable[str], time: str = ""
    ) -> list[Interval]:
        """Return the figures or bounds of some things, at another time if one is given,
        named by both.

        Raises ``FactError`` at the first thing with neither.
        """
        fact = replace_time_argument(self.fact, time) if time else self.fact
        given = self.facts.get_arguments_with_defaults(fact)
        figures = []
        for thing in things:
            arguments = tuple({**given, self.over_argument: thing}.values())
            shortened = self.facts.drop_trailing_defaults(fact.name, arguments)
            own = replace(fact, arguments=shortened)
            name = f"{thing} {time}".rstrip()
            figures.append(get_figure_or_bounds(self.facts, own, name))
        return figures


class ComparisonResult(NamedTuple):
    """What a comparator has found.

    ``fault`` says what the tables say instead, and is empty if the claim is true;
    ``window`` is the stretch of time that the claim goes over, where its sentence must
    state it; ``event_periods`` are other periods that its sentence may name;
    ``series`` are the figures that it was compared with.
    """

    fault: str
    window: Period | None = None
    event_periods: tuple[Period, ...] = ()
    series: Sequence[Interval] = ()


class Comparator(ABC):
    """How a claim compares facts: everything that the checker knows of it."""

    name: str  # in a target, and in the language's table of words for it
    usage: str  # its arguments, in brackets those that may be left out
    fact_count = 2  # so many of its arguments are facts
    names_step = False  # it begins with another comparator, which holds of each step
    is_ordered = False  # a larger figure is more: it compares neither ranks nor falls
    has_base = False  # the second fact's time is a base: "than in 2022"
    has_threshold = False  # the second fact is a line that the first comes to
    is_superlative = False  # it says that one figure is beyond all others
    may_tell_difference = False  # its words may say by how much
    direction = ""  # a word of this direction says the same
    takes_scope = True  # "of all" beside its words belongs to the comparison
    said_with_scope: tuple[str, ...] = ()  # words of these say it beside "of all"
    synonyms: tuple[str, ...] = ()  # words of these say the same
    phrases_beside: tuple[str, ...] = ()  # words of these may stand beside its own
    hedges_beside: tuple[str, ...] = ()  # classes of hedges that say nothing more
    may_be_said_outside_link = False  # a word for it may stand in the sentence
    hint_if_false = ""  # what else may be so; ``{}`` stands for its target

    @property
    def argument_counts(self) -> range:
        """How many arguments there may be."""
        most = self.usage.count("/") + 1
        return range(most - self.usage.count("["), most + 1)

    @property
    def is_over_things(self) -> bool:
        """Whether it ends with the argument over whose things it goes."""
        return self.usage.endswith("over.ARGUMENT")

    @abstractmethod
    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare the facts of a claim on the tables.

        Raises ``FactError`` where they cannot be compared.
        """


class More(Comparator):
    """The first fact is more than the second."""

    name = "more"
    usage = "FACT/FACT"
    is_ordered = True
    has_base = True
    may_tell_difference = True
    direction = "up"
    rule = staticmethod(explain_unless_surely_more)

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare two figures."""
        one, other = claim_operands.intervals
        return ComparisonResult(self.rule(one, other))


class Less(More):
    """The first fact is less than the second."""

    name = "less"
    direction = "down"
    rule = staticmethod(explain_unless_surely_less)


class Equal(Comparator):
    """Both facts are equal within their rounding, or a tolerance in percent."""

    name = "equal"
    usage = "FACT/FACT[/PERCENT]"
    direction = "flat"
    hedges_beside = ("about", "just_under")  # "nearly the same"

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare how far two figures may lie apart."""
        one, other = claim_operands.intervals
        names = f"{describe_interval(one)} and {describe_interval(other)}"
        if not claim_operands.options:
            if one.least > other.most or other.least > one.most:
                return ComparisonResult(f"{names} differ")
            return ComparisonResult("")
        (written,) = claim_operands.options
        furthest = max(abs(one.most - other.least), abs(other.most - one.least))
        smallest = min(abs(other.least), abs(other.most))
        if furthest > _parse_allowed_tolerance(written) / 100 * smallest:
            return ComparisonResult(f"{names} may differ by more than {written}%")
        return ComparisonResult("")


def _parse_allowed_tolerance(written: str) -> Decimal:
    """Return a tolerance in percent. Raises ``FactError`` for none that is allowed."""
    try:
        tolerance = Decimal(written)
        is_allowed = 0 <= tolerance <= MOST_TOLERANCE
    except InvalidOperation:  # no number, or none that can be compared
        hint = f"write percent, at most {MOST_TOLERANCE}, such as 0.5"
        raise FactError(f'"{written}" is no tolerance', hint) from None
    if not is_allowed:
        raise FactError(
            f"found a tolerance of {tolerance} percent, expected at most"
            f" {MOST_TOLERANCE}"
        )
    return tolerance


class MoreThanHalf(Comparator):
    """The first fact is more than half of the second, of which it is a part."""

    name = "most"
    usage = "PART/WHOLE"
    may_be_said_outside_link = True  # "a thin majority"

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare a part with half of its whole; a part of a fall is a fall."""
        part, whole = claim_operands.intervals
        if whole.most < 0:
            part = negate_interval(part)
            whole = negate_interval(whole)
        if abs(part.least + part.most) > abs(whole.least + whole.most):
            return ComparisonResult(
                f"{describe_interval(part)} cannot be a part of"
                f" {describe_interval(whole)}, which is smaller"
            )
        return ComparisonResult(
            explain_unless_sure(
                part,
                "more than half of",
                whole,
                is_sure=part.least > whole.most / 2,
                is_possible=part.most > whole.least / 2,
            )
        )


class FirstTimeReached(Comparator):
    """The first fact comes to the second, and none of its series before does."""

    name = "first"
    usage = "FACT/THRESHOLD"
    has_threshold = True
    takes_scope = False
    phrases_beside = ("crossed", "more")  # "the first above 5"
    may_be_said_outside_link = True  # "passed 5 for the first time"

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare what was before it with the threshold."""
        fact = claim_operands.fact
        reached, line = claim_operands.intervals
        if fault := explain_unless_minimum_reaches_minimum(reached, line):
            return ComparisonResult(fault)
        series = self.find_earlier_figures(claim_operands)
        if not series:
            raise FactError(
                f"nothing is left to compare {fact.key} with: the tables begin with"
                f" {get_required_time_argument(fact)}"
            )
        fault = first_nonempty(
            explain_unless_surely_less(other, line) for other in series
        )
        periods = list_periods_holding_or_within(get_required_time_argument(fact))
        return ComparisonResult(fault, None, periods, series)

    def find_earlier_figures(self, claim_operands: ClaimOperands) -> list[Interval]:
        """Return the figures of the fact before its own time."""
        fact = claim_operands.fact
        own = get_required_time_argument(fact)
        times = claim_operands.list_table_times()
        between = times.list_known_or_calendar_times(times.get_first_and_last()[0], own)
        before = (time for time in between if time < own)
        return claim_operands.get_figures_or_bounds_at_times(before)


class NeverReached(Comparator):
    """No figure of the series of the first fact has come to the second."""

    name = "never"
    usage = "FACT/THRESHOLD"
    has_threshold = True
    takes_scope = False

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare all known figures with the threshold, those of a year that has not
        ended as well.
        """
        own, line = claim_operands.intervals
        first, last = claim_operands.list_table_times().get_first_and_last()
        times = claim_operands.list_table_times().list_known_or_calendar_times(
            first, last
        )
        series = [
            own,
            *claim_operands.get_figures_or_bounds_at_times(times),
            *claim_operands.get_year_to_date_totals_after(last),
        ]
        faults = (explain_unless_surely_less(each, line) for each in series)
        return ComparisonResult(first_nonempty(faults), series=series)


class FirstThingReached(FirstTimeReached):
    """The first fact comes to the second, and no other thing's did up to then."""

    usage = "FACT/THRESHOLD/over.ARGUMENT"

    def find_earlier_figures(self, claim_operands: ClaimOperands) -> list[Interval]:
        """Return the figures of all other things up to the fact's time."""
        times = claim_operands.list_table_times()
        things = claim_operands.list_other_things()
        series = list[Interval]()
        for time in times.list_known_or_calendar_times(
            times.get_first_and_last()[0],
            get_required_time_argument(claim_operands.fact),
        ):
            series += claim_operands.get_figures_or_bounds_of_things(things, time)
        return series


class CrossedThreshold(Comparator):
    """The first fact comes to the second, and that of the time before did not."""

    name = "crossed"
    usage = "FACT/THRESHOLD"
    has_threshold = True
    synonyms = ("led",)  # "topped"

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare a figure and the one before it with a threshold.

        A threshold of the same time is moved to the time before, too: who overtakes
        whom.
        """
        fact, other = claim_operands.operands
        reached, line = claim_operands.intervals
        if fault := explain_unless_minimum_reaches_minimum(reached, line):
            return ComparisonResult(fault)
        time = get_required_time_argument(fact)
        earlier = claim_operands.list_table_times().get_previous_known_or_calendar_time(
            time
        )
        (before,) = claim_operands.get_figures_or_bounds_at_times([earlier])
        if time in other.arguments:
            moved = replace_time_argument(other, earlier)
            line = get_figure_or_bounds(claim_operands.facts, moved, moved.key)
        fault = explain_unless_surely_less(before, line)
        return ComparisonResult(
            fault, None, list_periods_holding_or_within(time), (before,)
        )


class Highest(Comparator):
    """The fact is more than every other of its series: of all, or of a part.

    "Since 2018" it is compared with the years after 2018, "from 2018 to 2024" with
    these two as well. Where it does not say until when, a year that has not ended
    counts with what it has come to since January.
    """

    name = "highest"
    usage = "FACT[/SINCE[/UNTIL]]"
    fact_count = 1
    is_ordered = True
    is_superlative = True
    may_tell_difference = True
    said_with_scope: tuple[str, ...] = ("more", "most", "equal")
    hint_if_false = (
        "if it was so until then, write {}/FACT/FROM/UNTIL, and say from when to when"
    )
    rule = staticmethod(explain_unless_surely_more)

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare a figure with those at other times."""
        fact = claim_operands.fact
        ends = claim_operands.options
        for time in ends:
            check_time_format(time, fact)
        times = claim_operands.list_table_times()
        start, end = (*ends, *times.get_first_and_last()[len(ends) :])
        compared = times.list_known_or_calendar_times(start, end)
        if len(ends) == 1:
            compared = [time for time in compared if time != start]
        own_time = get_required_time_argument(fact)
        if own_time not in compared or len(compared) == 1:
            raise FactError(
                f"{fact.key} is compared from {start} to {end}, expected a time that"
                " holds it and others"
            )
        series = claim_operands.get_figures_or_bounds_at_times(compared)
        (own,) = claim_operands.intervals
        others = [other for other in series if other.name != own_time]
        if not ends[1:]:  # it does not say until when
            others += self.find_year_to_date_totals(claim_operands, end)
        fault = first_nonempty(self.rule(own, other) for other in others)
        if not ends:
            return ComparisonResult(fault, series=series)
        return _make_comparison_from_to(fault, start, end, series)

    def find_year_to_date_totals(
        self, claim_operands: ClaimOperands, last_year: str
    ) -> list[Interval]:
        """Return what the years after the last of the series have come to: a year is at
        least as much as its months.
        """
        return claim_operands.get_year_to_date_totals_after(last_year)


class Lowest(Highest):
    """The fact is less than every other of its series."""

    name = "lowest"
    said_with_scope = ("less",)
    rule = staticmethod(explain_unless_surely_less)

    def find_year_to_date_totals(
        self, _claim_operands: ClaimOperands, _last_year: str
    ) -> list[Interval]:
        """Return nothing: months that are less than a year say nothing of their own."""
        return []


class HighestThing(Highest):
    """The fact is more than that of every other thing."""

    usage = "FACT/over.ARGUMENT"
    synonyms: tuple[str, ...] = ("led",)
    hint_if_false = ""
    is_largest_nearest = True  # of the other figures

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare a figure with those of other things, the nearest first."""
        (own,) = claim_operands.intervals
        others = claim_operands.get_figures_or_bounds_of_things(
            claim_operands.list_other_things()
        )
        nearest_first = sorted(
            others, key=attrgetter("most"), reverse=self.is_largest_nearest
        )
        fault = first_nonempty(self.rule(own, other) for other in nearest_first)
        return ComparisonResult(fault, series=others)


class LowestThing(Lowest, HighestThing):
    """The fact is less than that of every other thing."""

    synonyms = ()
    is_largest_nearest = False


class HighestThingEachTime(Comparator):
    """At each time up to another the fact is more than that of every other thing."""

    name = "led"
    usage = "FACT/UNTIL/over.ARGUMENT"
    fact_count = 1
    is_ordered = True
    is_superlative = True
    said_with_scope = ("more", "most")
    synonyms = ("highest",)
    phrases_beside = ("every",)

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare a figure with those of other things at each time."""
        fact = claim_operands.fact
        (until,) = claim_operands.options
        check_time_format(until, fact)
        since = get_required_time_argument(fact)
        if until <= since:
            raise FactError(
                f"claim:led goes from {since} to {until}, expected a later time"
            )
        faults = list[str]()
        series = list[Interval]()
        things = claim_operands.list_other_things()
        times = claim_operands.list_table_times().list_known_or_calendar_times(
            since, until
        )
        for time in times:
            then = replace_time_argument(fact, time)
            own = get_figure_or_bounds(claim_operands.facts, then, then.key)
            others = claim_operands.get_figures_or_bounds_of_things(things, time)
            faults += (explain_unless_surely_more(own, other) for other in others)
            series += (own, *others)
        return _make_comparison_from_to(first_nonempty(faults), since, until, series)


class RoseOrFellAtEachStep(Comparator):
    """From the first fact to the second each is more, or less, than the one before."""

    name = "every"
    usage = "more/FACT/FACT"
    names_step = True
    is_ordered = True
    may_be_said_outside_link = True  # "rose every year"

    def compare(self, claim_operands: ClaimOperands) -> ComparisonResult:
        """Compare each figure with the one before it."""
        (step,) = claim_operands.options
        if step not in STEP_RULES:
            raise FactError(
                f"found claim:every/{step}, expected claim:every/more or"
                " claim:every/less"
            )
        start, end = claim_operands.operands
        first = get_required_time_argument(start)
        last = get_required_time_argument(end)
        if replace_time_argument(start, last).key != end.key or first >= last:
            raise FactError(
                f"claim:every has {start.key} and {end.key}, expected one fact at two"
                " times, the earlier first"
            )
        times = claim_operands.list_table_times()
        series = claim_operands.get_figures_or_bounds_at_times(
            times.list_known_or_calendar_times(first, last)
        )
        rule = STEP_RULES[step]
        steps = pairwise(series)
        if fault := first_nonempty(rule(later, earlier) for earlier, later in steps):
            return ComparisonResult(fault)
        if len(series) < FEWEST_TIMES:
            raise FactError(
                f"claim:every needs three {STEPS[get_time_format(first)]} at least;"
                f" {start.key} and {end.key} are two",
                "compare the two with each other",
            )
        found = _make_comparison_from_to("", first, last, series)
        if (first, last) == times.get_first_and_last():
            return found._replace(window=None)
        return found


def _make_comparison_from_to(
    fault: str, start: str, end: str, series: Sequence[Interval]
) -> ComparisonResult:
    """Return what was found from one time to another, which the claim's sentence must
    state.
    """
    window = Period.between(start, end)
    moments = (window, Period.parse(start), Period.parse(end))
    return ComparisonResult(fault, window, moments, series)


STEP_RULES = {each.name: each.rule for each in (More, Less)}
COMPARATORS: tuple[Comparator, ...] = (
    More(),
    Less(),
    Equal(),
    MoreThanHalf(),
    FirstTimeReached(),
    NeverReached(),
    Highest(),
    Lowest(),
    CrossedThreshold(),
    RoseOrFellAtEachStep(),
    FirstThingReached(),
    HighestThing(),
    LowestThing(),
    HighestThingEachTime(),
)
SAID_OUTSIDE_LINK = {each.name for each in COMPARATORS if each.may_be_said_outside_link}


def may_stand_outside_claim_link(
    comparator_name: str | None, targets: Iterable[str]
) -> bool:
    """Tell whether words for a comparator may be said of a claim among some targets:
    "[passed](claim:first/…) … for the first time".
    """
    return comparator_name in SAID_OUTSIDE_LINK and any(
        target.startswith(f"claim:{comparator_name}/") for target in targets
    )
