"""The time of each row of a table: in a column, or as its author says."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from press.ground.errors import ToldError, quote_words, suggest_similar_or_all
from press.ground.period import Period
from press.starter.answers import Question, TableAnswers
from press.starter.figures import drop_missing_marks
from press.starter.heads import find_place_or_none
from press.starter.tables import RawTable
from press.starter.times import TIME_WORDS, TimeColumn, parse_times

UNDATED = "Time of all rows"
YEAR_OF_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ANSWER = re.compile(r"(.+?)(?:=(dmy|mdy))?")
EXAMPLES = "times are such as 2024, 2023/24, 2024-Q3, 2024-03, 2024-03-31"
NOWHERE = -1


class Moment(NamedTuple):
    """The time of each row, and of which column that is: its head and its place,
    ``NOWHERE`` where no column has times.
    """

    title: str
    column: TimeColumn
    place: int = NOWHERE


def find_time_of_rows(raw: RawTable, stem: str, answers: TableAnswers) -> Moment:
    """Return the time of each row of the table in a file of the name ``stem``.

    Raises ``ToldError`` where no column has it and nobody says it, and for days that
    may be others.
    """
    answered = ANSWER.fullmatch(answers.time)
    if not answered:
        place = _find_place_of_times(raw)
        order = ""
    else:
        place = find_place_or_none(raw.heads, answered[1])
        order = answered[2] or ""
    if place is None:
        return _make_time_of_all_rows(raw, stem, answers)
    head = raw.heads[place]
    cells = drop_missing_marks(raw.cells[place])
    column = parse_times("time", cells, order)
    if column and column.rival:
        order = _ask_for_order(head, column.rival, answers)
        column = parse_times("time", cells, order)
    if column is None:
        raise ToldError(f"{head}: found no times, expected some", EXAMPLES)
    return Moment(head, column, place)


def _find_place_of_times(raw: RawTable) -> int | None:
    """Return the place of the first column of times, one whose head says so before
    others; ``None`` where there is none.
    """
    named = [place for place, head in enumerate(raw.heads) if TIME_WORDS.search(head)]
    for place in named + list(range(len(raw.heads))):
        if parse_times(raw.heads[place], drop_missing_marks(raw.cells[place])):
            return place
    return None


def _make_time_of_all_rows(raw: RawTable, stem: str, answers: TableAnswers) -> Moment:
    """Return the time that an author says all rows are of.

    Raises ``ToldError`` where nobody says it, and for what is no time.
    """
    years = YEAR_OF_NAME.findall(stem)
    suggested = years[0] if len(years) == 1 else ""
    problem = ToldError(
        f"found no column of times among {', '.join(raw.heads)}, expected one",
        f"say of which time all rows are, such as --time {suggested or 'YEAR'}, or"
        " which column has the times: --time NAME",
    )
    words = "No column has times. Of which time are all rows (2023, 2024-Q3, 2024-03)?"
    time = answers.time or answers.ask(Question(words, suggested, problem))
    column = parse_times("time", pd.Series([time], index=[0]))
    if column is None or not Period.parse_or_none(column.cells[0]):
        message = f"found {quote_words(time)}, expected a column or a time"
        raise ToldError(message, suggest_similar_or_all(time, raw.heads) or EXAMPLES)
    cells = pd.Series(column.cells[0], index=raw.cells.index)
    return Moment(UNDATED, column._replace(cells=cells, note="as its author says"))


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
