"""The functions of a story: where they are written, what they take and return."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import FunctionType, MappingProxyType
from typing import Any, get_type_hints

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

    def report_errors_at_function(self) -> AbstractContextManager[None]:
        """Raise ``BuildError`` with the function's line for what is raised inside."""
        return guarded(self.root, f"the fact {self.name}", self.place)

    @cached_property
    def place(self) -> Place:
        """Where the function is written."""
        return begin_of(self.function, self.root, ANYWHERE)

    @cached_property
    def defaults_by_parameter(self) -> Mapping[str, object]:
        """The names of its parameters but the first, each with its default.

        Raises ``BuildError`` where Python cannot tell.
        """
        with self.report_errors_at_function():
            parameters = list(inspect.signature(self.function).parameters.values())
            return MappingProxyType(
                {item.name: item.default for item in parameters[1:]}
            )

    @cached_property
    def types_by_parameter(self) -> Mapping[str, Any]:
        """The types of its parameters but the first, ``str`` where it declares none: a
        year, a month, one of several words, any name.

        Raises ``BuildError`` where Python cannot tell.
        """
        with self.report_errors_at_function():
            if isinstance(self.function, FunctionType):
                hints = get_type_hints(self.function)
            else:
                parameters = inspect.signature(self.function).parameters.values()
                hints = {item.name: item.annotation for item in parameters}
            return MappingProxyType(
                {name: hints.get(name, str) for name in self.defaults_by_parameter}
            )


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
    low, high = returned.ends
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
