"""Claims: a comparator over facts, such as ``claim:more/total.2023/total.2022``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from press.binding.comparators import COMPARATORS, ClaimOperands, Comparator
from press.binding.fact_series import STEPS, get_required_time_argument, get_time_format
from press.binding.facts import Fact, FactError, Facts, check_latest_stands_once
from press.binding.intervals import Interval
from press.data import Row, add_steps_to_time
from press.ground.period import Period

OVER = "over."  # before the argument over whose things a claim goes


@dataclass(frozen=True)
class Claim:
    """A claim that was asked for: whether the tables confirm it, why not, and what it
    rests on.
    """

    comparator: Comparator
    classes: tuple[str, ...]  # of comparison words, each of which its text holds once
    fault: str  # what the tables say instead; empty if the claim is true
    operands: tuple[Fact, ...]
    # The stretch of time that its sentence must state: none, or the whole table.
    window: Period | None = None
    # When it happened: other periods that its sentence may name.
    event_periods: tuple[Period, ...] = ()
    # The figures that it was compared with, named by their times or things.
    series: tuple[Interval, ...] = ()
    over_argument: str = (
        ""  # the argument over whose things it goes, if it goes over things
    )

    @property
    def compared_rows(self) -> frozenset[Row]:
        """The rows of all that was compared: of the operands, and of their series."""
        compared: tuple[Fact | Interval, ...] = (*self.operands, *self.series)
        return frozenset().union(*(item.quantity.rows for item in compared))

    @property
    def compared_times(self) -> Period | None:
        """The stretch of times that a superlative goes over, None for others."""
        times = [item.name for item in self.series if Period.parse_or_none(item.name)]
        if not times or not self.comparator.is_superlative:
            return None
        return Period.between(min(times), max(times))

    @property
    def compared_time(self) -> str:
        """The year or month of what is compared with a series."""
        return get_required_time_argument(self.operands[0])

    @property
    def target_without_facts(self) -> str:
        """The link's target without its facts: ``claim:every/more``."""
        return f"claim:{'/'.join(self.classes)}"

    @property
    def time_unit_unless_gaps(self) -> str:
        """By what its figures go: ``years``, ``days``.

        Empty where they have no time, or are steps with one missing.
        """
        times = [item.name for item in self.series if self.comparator.names_step]
        if any(add_steps_to_time(one, 1) != other for one, other in pairwise(times)):
            return ""
        own = next(filter(Period.parse_or_none, self.operands[0].arguments), "")
        return STEPS.get(get_time_format(own), "")


def evaluate_true_or_false_claim(
    facts: Facts, comparator_name: str, *arguments: str
) -> Claim:
    """Return a claim, compared on the tables; it may be false.

    Raises ``FactError`` where it cannot be compared at all.
    """
    over = ""
    if len(arguments) > 1 and arguments[-1].startswith(OVER):
        over = arguments[-1].removeprefix(OVER)
    comparator = _get_comparator(comparator_name, arguments, is_over_things=bool(over))
    check_latest_stands_once(
        (part for argument in arguments for part in argument.split(".")),
        "/".join((f"claim:{comparator_name}", *arguments)),
    )
    classes = (comparator_name, *arguments[: comparator.names_step])
    rest = arguments[len(classes) - 1 : len(arguments) - comparator.is_over_things]
    operands = tuple(
        _get_operand_fact(facts, written) for written in rest[: comparator.fact_count]
    )
    _check_operands_share_unit(operands)
    if comparator.is_ordered:
        _check_no_ranks_or_falls(comparator_name, operands)
    if len({fact.key for fact in operands}) < len(operands):
        raise FactError(
            f"{operands[0].key} is compared with itself, expected two facts"
        )
    options = (*classes[1:], *rest[comparator.fact_count :])
    found = comparator.compare(ClaimOperands(facts, operands, options, over))
    return Claim(
        comparator,
        classes,
        found.fault,
        operands,
        found.window,
        found.event_periods,
        tuple(found.series),
        over,
    )


def _get_comparator(
    name: str, arguments: Sequence[str], *, is_over_things: bool
) -> Comparator:
    """Return the comparator of a name that takes so many arguments.

    Raises ``FactError`` with what it takes where there is none.
    """
    own = [record for record in COMPARATORS if record.name == name]
    if not own:
        names = dict.fromkeys(record.name for record in COMPARATORS)
        raise FactError(
            f'there is no comparison "{name}"', f"there are: {', '.join(names)}"
        )
    fitting = [record for record in own if record.is_over_things == is_over_things]
    if fitting and len(arguments) in fitting[0].argument_counts:
        return fitting[0]
    target = "/".join((name, *arguments))
    usage = (fitting or own)[0].usage
    raise FactError(f"found claim:{target}, expected claim:{name}/{usage}")


def _get_operand_fact(facts: Facts, dotted_target: str) -> Fact:
    """Return the fact in an operand, such as ``total.2023``. Raises ``FactError``."""
    try:
        return facts.get_fact(*dotted_target.split("."))
    except FactError as error:
        hint = error.hint
        if not hint and "." not in dotted_target:
            hint = "in a claim a fact is written with points: name.argument"
        raise FactError(error.message, hint) from None


def _check_operands_share_unit(operands: Sequence[Fact]) -> None:
    """Raise ``FactError`` for facts in several units; those of one base are one."""
    bases = {fact.quantity.base_unit for fact in operands}
    if len(bases) > 1:
        units = " with ".join(
            fact.quantity.base_unit or "a mere number" for fact in operands
        )
        raise FactError(f"found a comparison of {units}, expected facts in one unit")


def _check_no_ranks_or_falls(comparator_name: str, operands: Sequence[Fact]) -> None:
    """Raise ``FactError`` for a rank, and for what may be a fall: a larger one is not
    more.
    """
    for fact in operands:
        reason = ""
        if fact.quantity.kind_rules.is_rank:
            reason = "it is a rank, and a larger rank"
        elif fact.quantity.signed and fact.quantity.least < 0:
            reason = "it is not surely above zero, and a larger fall"
        if reason:
            raise FactError(
                f"claim:{comparator_name} cannot compare {fact.key}: {reason} is not"
                " more",
                "compare the levels, or say it without a comparison",
            )
