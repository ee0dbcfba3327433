"""A table's description: Frictionless Table Schema in TOML, beside the table that it
describes.

Vocabulary: https://specs.frictionlessdata.io/table-schema/ (and the type ``list`` of
its version 2). Ours is the
type ``quarter``, the ``unit`` of a number, the ``anchors``: totals as a publisher
printed them, which the table must agree with; what a newer figure is held to: the
``jump`` of a column, whether it is ``running``, how the table is to
``refresh``; and what is complete: at ``every`` which time a table has rows, ``without``
which, and what stands for an
``absent`` row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from press.data.fields import COUNTED, TIMES, Field
from press.ground.toml import TomlText

EACH_ROW = "row"  # what ``every`` says where a table has whichever times there are


@dataclass(frozen=True)
class ForeignKey:
    """Values of ``field`` (each item of a list) must stand in ``column``
    of ``table``.
    """

    field: str
    table: str
    column: str
    line: int


@dataclass(frozen=True)
class PrintedAnchor:
    """A figure as its publisher printed it: the cell in ``column`` of the row that
    ``row`` names must agree.
    """

    row: Mapping[str, str]
    column: str
    value: Decimal
    tolerance: Decimal
    printed: str
    line: int


class DueRule(NamedTuple):
    """When the figures of a period are out: by a ``day`` of a month, so many ``months``
    after its last month.

    ``without`` are months of the year whose figures come only with those of the next.
    """

    months: int
    day: int
    without: tuple[int, ...] = ()


class RefreshRules(NamedTuple):
    """How a table's figures come and are refreshed, in a sentence; the command that
    does it.

    A table keeps the first print of a figure, unless it ``follows_revisions``. Where
    its rows are those that end with
    ``december_of`` another table, what comes in for such a December comes into both.
    """

    how: str = ""
    command: str = ""
    follows_revisions: bool = False
    due: DueRule | None = None
    december_of: str = ""


UNTOLD = RefreshRules()


@dataclass(frozen=True)
class TableDescription:
    """What a table is: words for people, types and rules for the build.

    It cannot be changed.
    """

    toml: TomlText
    raw: Mapping[str, Any]
    fields: Mapping[str, Field]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    anchors: tuple[PrintedAnchor, ...]
    title: str
    description: str
    licenses: Sequence[Mapping[str, str]] = ()  # as in a data package
    # who made the figures; the pages that were read are cited row by row
    sources: Sequence[Mapping[str, str]] = ()
    notes: Sequence[str] = ()  # what a re-user must know, in sentences
    refresh: RefreshRules = UNTOLD
    may_be_empty: bool = False  # a log, in which nothing need have happened

    @property
    def path(self) -> str:
        """The file that holds it."""
        return self.toml.path

    @property
    def time_keys(self) -> tuple[str, ...]:
        """The columns of the primary key that hold times: a year, a month, a day, or
        both ends of a period.
        """
        return tuple(
            name for name in self.primary_key if self.fields[name].type in TIMES
        )

    @property
    def type_of_times(self) -> str:
        """The type of the last column of times in the key; "" for none."""
        return self.fields[self.time_keys[-1]].type if self.time_keys else ""

    @cached_property
    def dating_columns(self) -> tuple[str, ...]:
        """The columns that say of which time a row is: those of the key, or the first
        of dates.
        """
        if self.time_keys:
            return self.time_keys
        dates = [name for name, each in self.fields.items() if each.type == "date"]
        return tuple(dates[:1])

    @cached_property
    def precision_column_by_figure_column(self) -> Mapping[str, str]:
        """The columns of figures, each with the column of its width, or nothing: the
        next one that says precision.

        Columns of the key are no figures.
        """
        counted = [name for name, field in self.fields.items() if field.type in COUNTED]
        found = dict[str, str]()
        width = ""
        for name in reversed(counted):
            if "precision" in name:
                width = name
            elif name not in self.primary_key:
                found[name] = width
        return MappingProxyType(dict(reversed(found.items())))

    def format_key_for_log(self, key: Iterable[object]) -> str:
        """Return a row's key as the log of revisions writes it:
        ``year=2023;flow=total``.
        """
        parts = zip(self.primary_key, key, strict=True)
        return ";".join(f"{name}={part}" for name, part in parts)
