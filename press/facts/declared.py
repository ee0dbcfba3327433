"""What a story declares as facts: numbers set by us, what a fact takes, and which facts
texts may cite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from inspect import Parameter, Signature
from types import ModuleType

from press.data import Data
from press.facts.axes import Thing
from press.facts.kinds import DeclaredFact, FactDescriber, FactDescription
from press.ground.errors import ToldError, quote_words
from press.quantity import ZERO, Quantity

# The names of the two times that a change goes between, in its signature. A parameter
# called LATER, of a function of a story as well, is asked for no time before the one
# that the first parameter is given.
EARLIER = "earlier"
LATER = "later"


@dataclass(frozen=True, eq=False)
class Mark(DeclaredFact):
    """A number set by us as a fact, such as one to pass; it rests on no row."""

    value: int | Decimal
    unit: str = ""

    def __call__(self, _data: Data) -> Quantity:
        """Return the number."""
        return Quantity(Decimal(self.value), ZERO, self.unit, frozenset(), "constant")

    def describe_by_declaration(self, describer: FactDescriber) -> FactDescription:
        """Return its name, and that it is set by us."""
        return describer.fill_form(
            "mark", describer.describe_by_name_and_docstring(self)
        )


def make_fact_signature(
    time_names: Iterable[str], time_type: object, things: Iterable[Thing]
) -> Signature:
    """Return what a fact takes: the tables, its times, an argument for each thing."""
    parameters = [_make_parameter("data", Data)]
    parameters += [_make_parameter(name, time_type) for name in time_names]
    parameters += [
        _make_parameter(thing.name, thing.type, thing.default) for thing in things
    ]
    return Signature(parameters)


def _make_parameter(name: str, annotation: object, default: str = "") -> Parameter:
    """Return a parameter of a signature; one without a default must be given."""
    return Parameter(
        name,
        Parameter.POSITIONAL_OR_KEYWORD,
        annotation=annotation,
        default=default or Parameter.empty,
    )


def get_thing(things: tuple[Thing, ...], thing: Thing | str) -> Thing:
    """Return one of some things, by itself or its name.

    Raises ``ToldError`` for any other.
    """
    known = {item.name: item for item in things}
    name = thing if isinstance(thing, str) else thing.name
    if name not in known:
        expected = ", ".join(known) or "none"
        raise ToldError(
            f"found the thing {quote_words(name)}, expected one of: {expected}"
        )
    return known[name]


def list_facts_including_imported_siblings(
    module: ModuleType,
) -> dict[str, Callable[..., Quantity | None]]:
    """Return the facts of a story by name: what a module names in ``__all__``, and the
    public measures in it.

    Those of modules that lie beside it are facts as well, where it imports these.
    """
    facts: dict[str, Callable[..., Quantity | None]] = {}
    for item in vars(module).values():
        if isinstance(item, ModuleType) and item.__package__ == module.__package__:
            facts |= _list_public_facts(item)
    return facts | _list_public_facts(module)


def _list_public_facts(module: ModuleType) -> dict[str, Callable[..., Quantity | None]]:
    """Return what a module names in ``__all__``, and the public measures in it."""
    names = [
        name
        for name, item in vars(module).items()
        if isinstance(item, DeclaredFact) and name[0] != "_"
    ]
    names += getattr(module, "__all__", ())
    return {name: getattr(module, name) for name in names}
