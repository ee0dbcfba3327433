"""What else a fact could be asked for: the arguments that texts give to facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Literal, get_args, get_origin

from press.binding.facts import Fact, FactError, Facts
from press.binding.latest import LENGTHS
from press.ground.errors import BuildError
from press.quantity import Quantity
from press.reading import Texts


def used(texts: Texts, facts: Facts) -> Mapping[str, set[str]]:
    """Return the arguments that texts give to facts, by the name of the parameter; a time in place of ``latest``."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    links = (link for _, group in texts for text in group for link in text.bindings)
    for name, *arguments in (link.target[len("fact:") :].split("/") for link in links if link.scheme == "fact"):
        parameters = facts.parameters(name) if name in facts.functions else {}
        for parameter, argument in zip(parameters, _dated(facts, name, arguments), strict=False):
            found[parameter].add(argument)
    return found


def _dated(facts: Facts, name: str, arguments: Sequence[str]) -> Sequence[str]:
    """Return arguments with a time in place of ``latest``, none where there is no such time."""
    with suppress(FactError, BuildError):  # told where it is bound
        return facts.resolved(name, tuple(arguments))
    return ()


def choices(parameter: str, kind: object, known: Mapping[str, set[str]]) -> set[str]:
    """Return the arguments to try for a parameter: all of several words, else those ``known``."""
    return {*get_args(kind)} if get_origin(kind) is Literal else {*known.get(parameter, ())}


def siblings(fact: Fact, facts: Facts, known: Mapping[str, set[str]]) -> Iterator[Quantity]:
    """Yield the figures of a fact with another argument in one place; at the same time if that is the ``latest``."""
    for place, (parameter, kind) in enumerate(facts.types(fact.name).items()):
        if place >= len(fact.arguments) or (fact.latest and kind in LENGTHS):
            continue
        for argument in choices(parameter, kind, known) - {fact.arguments[place]}:
            with suppress(FactError, BuildError):
                quantity = facts.find(fact.name, *fact.arguments[:place], argument, *fact.arguments[place + 1 :])
                if quantity:
                    yield quantity
