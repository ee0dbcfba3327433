"""Tables that hold several series in one column, each perhaps with its own unit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from press.ground.errors import ToldError, quote_words, suggest_similar_or_all
from press.starter.answers import Question, TableAnswers
from press.starter.figures import COUNTS, is_unit, split_unit_from_head
from press.starter.heads import find_place_or_none
from press.starter.tables import RawTable

SERIES_HEAD = re.compile(
    r"(indi[ck]at[oe]u?r|series|variable|metric|measure|statistic)s?([ _]name)?",
    re.IGNORECASE,
)
UNIT_HEAD = re.compile(
    r"(unit|einheit|unité|unidad)s?([ _]of[ _]measure(ment)?|[ _]measure)?",
    re.IGNORECASE,
)
MOST_TOLD = 5


class OneSeries(NamedTuple):
    """The rows of one series of a table, or all where it has no more.

    ``answers`` are those about columns. ``name`` and ``unit`` are of the figures, ""
    where only the head of their column says them; ``kept`` says which rows they are.
    """

    raw: RawTable
    answers: TableAnswers
    name: str = ""
    unit: str = ""
    kept: str = ""

    def name_figures(self, head: str) -> str:
        """Return the head of the figures, with their name and unit where these stand in
        columns of their own.
        """
        name = self.name or head
        if not self.unit or split_unit_from_head(name).unit:
            return name
        return f"{name} ({self.unit})"


def keep_one_series(raw: RawTable, answers: TableAnswers) -> OneSeries:
    """Return the rows of the series that an author names as a measure: unlike figures
    are neither ranked nor added up.

    Raises ``ToldError`` where there are several, and nobody says which.
    """
    place = _find_place_of_head(raw, SERIES_HEAD)
    unit_place = _find_place_of_head(raw, UNIT_HEAD)
    if unit_place is not None and not any(map(is_unit, raw.cells[unit_place])):
        unit_place = None  # of an army, a hospital
    name = ""
    if place is None or raw.heads[place] in answers.things:
        place = unit_place
    for measure in answers.measures:
        found = _find_place_of_cell(raw, measure)
        if found is not None:
            place = found
            name = measure
    if place is None:
        return OneSeries(raw, answers)
    head = raw.heads[place]
    names = [*raw.cells[place].unique()]
    kept = ""
    if len(names) > 1 and not name:
        name = _ask_for_series(head, names, answers)
    if name:
        name = _find_name(name, head, names)
        raw = raw._replace(cells=raw.cells[raw.cells[place] == name])
        kept = f"{head}: {name}"
    unit = _find_only_unit(raw, unit_place)
    rest = [each for each in answers.measures if each.casefold() != name.casefold()]
    answers = replace(answers, measures=tuple(rest))
    return OneSeries(raw, answers, "" if place == unit_place else name, unit, kept)


def _find_place_of_head(raw: RawTable, head: re.Pattern[str]) -> int | None:
    """Return the place of the first column with such a head."""
    places = [place for place, own in enumerate(raw.heads) if head.fullmatch(own)]
    return next(iter(places), None)


def _find_place_of_cell(raw: RawTable, name: str) -> int | None:
    """Return the place of the first column with a cell of that name, ``None`` also for
    the name of a column.
    """
    if find_place_or_none(raw.heads, name) is None:
        for place in range(len(raw.heads)):
            if name.casefold() in {*raw.cells[place].str.casefold()}:
                return place
    return None


def _find_name(name: str, head: str, names: list[str]) -> str:
    """Return a series as its column has it, whatever its capitals.

    Raises ``ToldError`` where the column has none of that name.
    """
    for each in names:
        if each.casefold() == name.casefold():
            return each
    message = f"{head}: found no {quote_words(name)}, expected one of its series"
    raise ToldError(message, suggest_similar_or_all(name, names))


def _ask_for_series(head: str, names: list[str], answers: TableAnswers) -> str:
    """Return the series that an author chooses.

    Raises ``ToldError`` where nobody can be asked.
    """
    told = ", ".join(names[:MOST_TOLD])
    if len(names) > MOST_TOLD:
        told += ", …"
    message = f"{head}: found {len(names)} series ({told}), expected one"
    hint = f'say which: --measure "{names[0]}"; if they are alike: --thing "{head}"'
    words = f"{head} holds {told}. Which is the story about?"
    return answers.ask(Question(words, names[0], ToldError(message, hint)))


def _find_only_unit(raw: RawTable, place: int | None) -> str:
    """Return the unit of all rows, "" where no column has units, or things are counted.

    Raises ``ToldError`` for several.
    """
    units = [] if place is None else [*raw.cells[place].unique()]
    if len(units) > 1:
        told = ", ".join(units[:MOST_TOLD])
        message = f"found figures in several units ({told}), expected one"
        raise ToldError(message, f'say which to keep: --measure "{units[0]}"')
    return next((unit for unit in units if unit.casefold() not in COUNTS), "")
