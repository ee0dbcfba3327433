"""What a story gives to the engine, and what holding its texts to its tables gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from press.binding import Facts, Ledger
from press.colour import Palette
from press.content import Content
from press.data import Data
from press.errors import Problems
from press.figures import ChartFunction
from press.quantity import Quantity


class Story(NamedTuple):
    """What is Python about the subject: checks of the tables, facts, chart functions, colours."""

    check: Callable[[Data], list[str]]
    facts: Mapping[str, Callable[..., Quantity | None]]
    bound: Callable[..., Quantity | None]  # between which ends a figure lies that no table holds
    charts: Callable[[], Mapping[str, ChartFunction]]
    palette: Palette


class Bound(NamedTuple):
    """The texts held to the tables, before anything is drawn; ``problems`` are all that was found up to here."""

    story: Story
    texts: Content
    facts: Facts
    ledgers: Mapping[str, Ledger]  # by language
    problems: Problems
