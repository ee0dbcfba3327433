"""The functions of a story: where they are written, what they take and return."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from inspect import Parameter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from press.ground.guard import Place, begin_of, guarded
from press.quantity import KINDS, Quantity

ANYWHERE = ("story/facts.py", 1)
# of the story: tables and arguments in, a figure out
Function = Callable[..., Quantity | None]


@dataclass(frozen=True, eq=False)
class Signature:
    """The function of a fact: where it is written, and what it takes beside the
    tables.
    """

    root: Path
    name: str
    function: Function

    def raise_problems_at_function(self) -> AbstractContextManager[None]:
        """Raise ``BuildError`` with the function's line for what is raised inside."""
        return guarded(self.root, f"the fact {self.name}", self.place)

    @cached_property
    def place(self) -> Place:
        """Where the function is written."""
        return begin_of(self.function, self.root, ANYWHERE)

    @cached_property
    def defaults_by_parameter(self) -> Mapping[str, object]:
        """The defaults of its parameters but the first.

        Raises ``BuildError`` where Python cannot tell.
        """
        return MappingProxyType(
            {item.name: item.default for item in self._parameters_but_first}
        )

    @cached_property
    def types_by_parameter(self) -> Mapping[str, Any]:
        """The types of its parameters but the first, ``str`` where it declares none: a
        year, a month, one of several words, any name.

        Raises ``BuildError`` where Python cannot tell.
        """
        types = {item.name: item.annotation for item in self._parameters_but_first}
        for name, parameter_type in types.items():
            if parameter_type is Parameter.empty:
                types[name] = str
        return MappingProxyType(types)

    @cached_property
    def _parameters_but_first(self) -> list[Parameter]:
        """Its parameters but the first, which are the tables; their types evaluated."""
        with self.raise_problems_at_function():
            signature = inspect.signature(self.function, eval_str=True)
            return list(signature.parameters.values())[1:]


def check_returned_figure(returned: object) -> Quantity | None:
    """Return what a function of the story returned: a figure, or ``None``.

    Raises ``TypeError`` for anything else, and for a figure that is not made of finite
    decimals, a kind that there is, ends in their order, and rows if its kind has them.
    """
    if returned is None:
        return None
    if not isinstance(returned, Quantity):
        name = type(returned).__name__
        raise TypeError(f"returned {name}, expected a Quantity or None")
    low, high = returned.low_and_high
    numbers: tuple[object, ...] = (returned.value, returned.precision, low, high)
    for number in numbers:
        if not (isinstance(number, Decimal) and number.is_finite()):
            raise TypeError(
                f"returned the number {number!r}, expected a Decimal from the tables"
            )
    if returned.kind not in [*KINDS]:
        known = ", ".join(KINDS)
        raise TypeError(f"returned the kind {returned.kind!r}, expected one of {known}")
    if returned.precision < 0 or low > high:
        raise TypeError(
            "returned an interval turned round, expected its lower end first and no"
            " width below zero"
        )
    if returned.kind_rules.needs_rows and not returned.rows:
        raise TypeError(
            "returned a figure without rows, expected those that it was taken from"
        )
    return returned
