"""Other targets of a link: a year, month, flow or name beside its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from inspect import Parameter
from itertools import pairwise
from typing import get_args

from press.binding import Facts
from press.ground.period import Period
from press.quantity import UnknownNameError
from tools.mutants.changes import Change, list_neighbours

NOWHERE = "?"  # a name that no table holds
MONTHS = 12


def mutate_link_target(target: str, facts: Facts) -> Iterator[Change]:
    """Yield every other target near a link's own."""
    scheme, _, rest = target.partition(":")
    if scheme == "fact":
        for change in _change_arguments(rest.split("/"), "/", facts):
            yield Change(change.kind, f"fact:{change.new}")
    elif scheme == "said":
        statements = sorted(str(row["id"]) for row in facts.data["statements"].rows)
        for other in list_neighbours(rest, statements):
            yield Change("target: name", f"said:{other}")
    elif scheme == "claim":
        yield from _change_claim_operands(rest.split("/"), facts)


def _change_claim_operands(parts: Sequence[str], facts: Facts) -> Iterator[Change]:
    """Yield a claim with two of its facts exchanged, and with a fact changed."""
    places = [
        place
        for place, part in enumerate(parts)
        if part.split(".")[0] in facts.fact_functions.functions
    ]
    for one, other in pairwise(places):
        swapped = list(parts)
        swapped[one] = parts[other]
        swapped[other] = parts[one]
        yield Change("target: operands", f"claim:{'/'.join(swapped)}")
    for place in places:
        for change in _change_arguments(parts[place].split("."), ".", facts):
            changed = "/".join([*parts[:place], change.new, *parts[place + 1 :]])
            yield Change(change.kind, f"claim:{changed}")


def _change_arguments(
    key: Sequence[str], separator: str, facts: Facts
) -> Iterator[Change]:
    """Yield a fact with one argument changed to its neighbours; the first that is left
    out is written.
    """
    name, *arguments = key
    parameters = facts.list_parameters(name)
    defaults = [str(parameter.default) for parameter in parameters]
    written = [*arguments, *defaults[len(arguments) :][:1]]
    for place, given in enumerate(written):
        before = arguments[:place]
        after = arguments[place + 1 :]
        around = [*before, NOWHERE, *after]
        for change in _list_other_arguments(
            parameters[place], given, name, around, facts
        ):
            changed = separator.join([name, *before, change.new, *after])
            yield Change(f"target: {change.kind}", changed)


def _list_other_arguments(
    parameter: Parameter,
    given: str,
    fact_name: str,
    arguments_with_gap: Sequence[str],
    facts: Facts,
) -> list[Change]:
    """Return what else may stand in place of an argument, where
    ``arguments_with_gap`` has no name.
    """
    if time := Period.parse_or_none(given):
        return _list_other_times(time)
    choices = [str(choice) for choice in get_args(parameter.annotation)]
    if choices:
        kind = "flow" if "export" in choices else "name"
        return [Change(kind, choice) for choice in choices if choice != given]
    names = _list_names_known_for_gap(fact_name, arguments_with_gap, facts)
    return [Change("name", other) for other in list_neighbours(given, names)]


def _list_other_times(time: Period) -> list[Change]:
    """Return the times before and after a year or a month, and those a year off."""
    length = time.last - time.first + 1
    kind = "year" if length == MONTHS else "month"
    return [
        Change(kind, str(replace(time, first=time.first + step, last=time.last + step)))
        for step in sorted({-MONTHS, -length, length, MONTHS})
    ]


def _list_names_known_for_gap(
    fact_name: str, arguments_with_gap: Sequence[str], facts: Facts
) -> list[str]:
    """Return the names that a fact knows where its arguments have one that no
    table holds; none where it takes that.
    """
    parameters = facts.list_parameters(fact_name)
    values: list[int | str] = []
    for given, parameter in zip(arguments_with_gap, parameters, strict=False):
        values.append(int(given) if parameter.annotation is int else given)
    try:
        facts.fact_functions.functions[fact_name](facts.data, *values)
    except UnknownNameError as error:
        return list(error.known)
    return []
