"""Other targets of a link: a year, month, flow or name beside its own."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from press.quantity import UnknownNameError
from tools.mutants.changes import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from inspect import Parameter

    from press.binding import Facts

YEAR = re.compile(r"\d{4}")
MONTH = re.compile(r"(\d{4})-(\d\d)")
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
        for other in _list_names_beside(rest, statements):
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
    parameters = _list_parameters(name, facts)
    defaults = [str(parameter.default) for parameter in parameters]
    written = [*arguments, *defaults[len(arguments) :][:1]]
    for place, given in enumerate(written):
        before = arguments[:place]
        after = arguments[place + 1 :]
        around = [*before, NOWHERE, *after]
        for change in _list_other_arguments(name, around, given, facts):
            changed = separator.join([name, *before, change.new, *after])
            yield Change(f"target: {change.kind}", changed)


def _list_other_arguments(
    fact_name: str, arguments_with_gap: Sequence[str], given: str, facts: Facts
) -> list[Change]:
    """Return what else may stand in place of an argument, where
    ``arguments_with_gap`` has no name.
    """
    parameter = _list_parameters(fact_name, facts)[arguments_with_gap.index(NOWHERE)]
    choices = [str(choice) for choice in get_args(parameter.annotation)]
    if YEAR.fullmatch(given):
        year = int(given)
        return [Change("year", str(year - 1)), Change("year", str(year + 1))]
    if found := MONTH.fullmatch(given):
        months = int(found[1]) * MONTHS + int(found[2]) - 1
        steps = (-MONTHS, -1, 1, MONTHS)
        return [Change("month", _write_month(months + step)) for step in steps]
    if choices:
        kind = "flow" if "export" in choices else "name"
        return [Change(kind, choice) for choice in choices if choice != given]
    names = _list_names_known_for_gap(fact_name, arguments_with_gap, facts)
    return [Change("name", other) for other in _list_names_beside(given, names)]


def _write_month(months: int) -> str:
    """Return a month as targets have it; it is counted from January of year 0."""
    year, month = divmod(months, MONTHS)
    return f"{year}-{month + 1:02d}"


def _list_names_known_for_gap(
    fact_name: str, arguments_with_gap: Sequence[str], facts: Facts
) -> list[str]:
    """Return the names that a fact knows where its arguments have one that no
    table holds; none where it takes that.
    """
    parameters = _list_parameters(fact_name, facts)
    values: list[int | str] = []
    for given, parameter in zip(arguments_with_gap, parameters, strict=False):
        values.append(int(given) if parameter.annotation is int else given)
    try:
        facts.fact_functions.functions[fact_name](facts.data, *values)
    except UnknownNameError as error:
        return list(error.known)
    return []


def _list_parameters(name: str, facts: Facts) -> list[Parameter]:
    """Return the parameters of a fact but for the tables."""
    return list(facts.fact_functions.get_parameters_after_tables(name).values())


def _list_names_beside(name: str, names: Sequence[str]) -> list[str]:
    """Return the names before and after a name, in their order."""
    place = names.index(name) if name in names else 0
    return [other for other in names[max(place - 1, 0) : place + 2] if other != name]
