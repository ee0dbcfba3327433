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

from press.ground.guard import PathAndLine, find_function_line, guard_story_code
from press.quantity import KINDS, Quantity

ANYWHERE = ("story/facts.py", 1)
# of the story: tables and arguments in, a figure out
Function = Callable[..., Quantity | None]


@dataclass(frozen=True, eq=False)
class FactSignature:
    """The function of a fact: where it is written, and what it takes beside the
    tables.
    """

    root: Path
    name: str
    function: Function

    def raise_problems_at_function(self) -> AbstractContextManager[None]:
        """Raise ``BuildError`` with the function's line for what is raised inside."""
        return guard_story_code(self.root, f"the fact {self.name}", self.place)

    @cached_property
    def place(self) -> PathAndLine:
        """Where the function is written."""
        return find_function_line(self.function, self.root, ANYWHERE)

    @cached_property
    def parameters_after_tables(self) -> Mapping[str, Parameter]:
        """Its parameters but the first by their names, their types evaluated: a year, a
        month, one of several words, any name. One that declares no type is a ``str``.

        Raises ``BuildError`` where Python cannot tell.
        """
        with self.raise_problems_at_function():
            signature = inspect.signature(self.function, eval_str=True)
        parameters = {}
        for item in list(signature.parameters.values())[1:]:
            is_typed = item.annotation is not Parameter.empty
            parameters[item.name] = item if is_typed else item.replace(annotation=str)
        return parameters


def check_returned_figure(returned: object) -> Quantity | None:
    """Return what a function of the story returned: a figure, or ``None``.

    Raises ``TypeError`` for anything else, and for a figure that is not well formed.
    """
    if returned is None:
        return None
    if isinstance(returned, Quantity):
        _check_figure_is_well_formed(returned)
        return returned
    name = type(returned).__name__
    raise TypeError(f"returned {name}, expected a Quantity or None")


def _check_figure_is_well_formed(figure: Quantity) -> None:
    """Raise ``TypeError`` for a figure that is not made of finite decimals, a kind that
    there is, ends in their order, and rows if its kind has them.
    """
    low, high = figure.low_and_high
    numbers: tuple[object, ...] = (figure.value, figure.precision, low, high)
    for number in numbers:
        if not (isinstance(number, Decimal) and number.is_finite()):
            raise TypeError(
                f"returned the number {number!r}, expected a Decimal from the tables"
            )
    if figure.kind not in [*KINDS]:
        known = ", ".join(KINDS)
        raise TypeError(f"returned the kind {figure.kind!r}, expected one of {known}")
    if figure.precision < 0 or low > high:
        raise TypeError(
            "returned an interval turned round, expected its lower end first and no"
            " width below zero"
        )
    if figure.kind_rules.needs_rows and not figure.rows:
        raise TypeError(
            "returned a figure without rows, expected those that it was taken from"
        )
