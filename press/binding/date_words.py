"""Words for a date held to a figure that is a year, a month or a day."""

from __future__ import annotations

import datetime as dt
import re

from press.ground.errors import ToldError
from press.ground.period import MONTHS
from press.quantity import Quantity
from press.reading import Conventions, fold_text

DIGITS_OF_YEAR = 4
MONTH_NAMES = Conventions("en").months("wide")


def find_date_errors(text: str, quantity: Quantity) -> list[ToldError]:
    """Return what is wrong with a text that must be the date of a figure."""
    written = list_date_spellings(quantity)
    if fold_text(text).strip() in map(fold_text, written):
        return []
    return [ToldError(f'found "{text}", expected "{written[0]}"')]


def replace_date(text: str, quantity: Quantity) -> str | None:
    """Return words for a date with that of a figure in its place, written alike.

    ``None`` for other words.
    """
    shape = _shape_of(text)
    alike = [
        written
        for written in list_date_spellings(quantity)
        if _shape_of(written) == shape
    ]
    if not alike:
        return None
    spaces = iter(re.findall(r"\s", text))
    return re.sub(r"\s", lambda _: next(spaces), alike[0])


def _shape_of(text: str) -> str:
    """Return how a date is written, whichever it is.

    Every month becomes one name, every day one digit.
    """

    def shape_word(found: re.Match[str]) -> str:
        word = found[0]
        if word.isdecimal():
            return "0" if len(word) < DIGITS_OF_YEAR else "0000"
        return "month" if word.capitalize() in MONTH_NAMES else word

    return re.sub(r"\w+", shape_word, " ".join(fold_text(text).split()))


def list_date_spellings(quantity: Quantity) -> list[str]:
    """Return every way to write a date, the usual one first.

    A coarser one is true as well.
    """
    value = int(quantity.value)
    if quantity.kind == "year":
        return [f"{value}"]
    is_day = quantity.kind == "date"
    day = dt.date.fromordinal(value) if is_day else _first_day(value)
    name = MONTH_NAMES[day.month - 1]
    months = [f"{name} {day.year}", name, f"{day.year}"]
    if not is_day:
        return months
    return [
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day.day} {name}",
        f"{name} {day.day}",
        *months,
    ]


def _first_day(month: int) -> dt.date:
    """Return the first day of a month that is counted from the year 0."""
    return dt.date(month // MONTHS, month % MONTHS + 1, 1)
