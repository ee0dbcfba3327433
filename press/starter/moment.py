"""The time of each row of a table: in a column, or as its author says."""

from __future__ import annotations

import re
from typing import NamedTuple

from press.ground.errors import ToldError, quote_words, suggest_similar_or_all
from press.starter.answers import Question, TableAnswers
from press.starter.figures import drop_missing_marks
from press.starter.heads import find_place_or_none
from press.starter.tables import RawTable
from press.starter.times import TIME_WORDS, TimeColumn, parse_times

UNDATED = "Time of all rows"
YEAR_OF_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
EXAMPLES = "--time 2024, 2023/24, 2024-Q3, 2024-03 or 2024-03-31"


class Moment(NamedTuple):
    """The time of each row, and the place of its column."""

    place: int
    column: TimeColumn


def find_time_of_rows(raw: RawTable, stem: str, answers: TableAnswers) -> Moment:
    """Return the time of each row of the table in a file of the name ``stem``; one that
    all rows are of becomes a column of the table.

    Raises ``ToldError`` where no column has it and nobody says it, and for days that
    may be others.
    """
    name, _, order = answers.time.partition("=")
    place = find_place_or_none(raw.heads, name)
    if not name:
        place = _find_place_of_times(raw)
    if place is None:
        place = len(raw.heads)
        raw.cells[place] = name or _ask_for_time(raw, stem, answers)
        raw.heads.append(UNDATED)
    head = raw.heads[place]
    cells = drop_missing_marks(raw.cells[place])
    column = parse_times("time", cells, order)
    if column and column.rival:
        order = _ask_for_order(head, column.rival, answers)
        column = parse_times("time", cells, order)
    if column is None:
        first = next(filter(None, cells), "")
        message = f"{head}: found {quote_words(first)}, expected a time"
        raise ToldError(message, _suggest_time(raw, head, name))
    return Moment(place, column)


def _suggest_time(raw: RawTable, head: str, name: str) -> str:
    """Return what to say of the time, where an author said a ``name`` that is none."""
    similar = suggest_similar_or_all(name, raw.heads[:-1])
    if head == UNDATED and similar:
        return similar
    place = _find_place_of_times(raw)
    if place is not None:
        return f'the times are in this column: --time "{raw.heads[place]}"'
    return f"no column has times; say of which time all rows are: {EXAMPLES}"


def _find_place_of_times(raw: RawTable) -> int | None:
    """Return the place of the first column of times, one whose head says so before
    others; ``None`` where there is none.
    """
    for is_named in (True, False):
        for place, head in enumerate(raw.heads):
            if bool(TIME_WORDS.search(head)) == is_named and parse_times(
                head, drop_missing_marks(raw.cells[place])
            ):
                return place
    return None


def _ask_for_time(raw: RawTable, stem: str, answers: TableAnswers) -> str:
    """Return the time that an author says all rows are of.

    Raises ``ToldError`` where nobody can be asked.
    """
    years = YEAR_OF_NAME.findall(stem)
    suggested = years[0] if len(years) == 1 else ""
    problem = ToldError(
        f"found no column of times among {', '.join(raw.heads)}, expected one",
        f"say of which time all rows are, such as --time {suggested or 'YEAR'}, or"
        " which column has the times: --time NAME",
    )
    words = "No column has times. Of which time are all rows (2023, 2024-Q3, 2024-03)?"
    return answers.ask(Question(words, suggested, problem))


def _ask_for_order(head: str, cell: str, answers: TableAnswers) -> str:
    """Return in which order an author says that days are written.

    Raises ``ToldError`` where nobody can be asked.
    """
    message = f"{head}: found {quote_words(cell)}, which may be two days, expected one"
    hint = (
        f'say what stands first: --time "{head}=dmy" for the day, --time "{head}=mdy"'
        " for the month"
    )
    words = f"{head}: what stands first in {cell}, the day (dmy) or the month (mdy)?"
    order = answers.ask(Question(words, "dmy", ToldError(message, hint)))
    return "mdy" if order == "mdy" else "dmy"
