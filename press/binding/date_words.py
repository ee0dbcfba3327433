"""Words for a date held to a figure that is a year, a month or a day."""

from __future__ import annotations

import re

from press.ground.errors import ToldError
from press.quantity import Quantity, format_year_month_or_day
from press.reading import Conventions, fold_text

DIGITS_OF_YEAR = 4
ENGLISH = Conventions("en")
MONTH_NAMES = ENGLISH.months("wide")


def list_date_errors(text: str, quantity: Quantity) -> list[ToldError]:
    """Return an error where a text is not the date of a figure; none where it is."""
    spellings = list_date_spellings(quantity)
    if fold_text(text).strip() in map(fold_text, spellings):
        return []
    return [ToldError(f'found "{text}", expected "{spellings[0]}"')]


def replace_date(text: str, quantity: Quantity) -> str | None:
    """Return the date of a figure spelled like the one that a text is, with the spaces
    of that.

    ``None`` where the text is no date, or one that is more exact than the figure's.
    """
    pattern = _mask_parts_of_date(text)
    alike = [
        spelling
        for spelling in list_date_spellings(quantity)
        if _mask_parts_of_date(spelling) == pattern
    ]
    if not alike:
        return None
    spaces = iter(re.findall(r"\s", text))
    return re.sub(r"\s", lambda _: next(spaces), alike[0])


def _mask_parts_of_date(text: str) -> str:
    """Return a date with "month" for its month, "0" for its day, "0000" for its year:
    what all dates spelled alike have in common.
    """

    def mask_word(found: re.Match[str]) -> str:
        word = found[0]
        if word.isdecimal():
            return "0" if len(word) < DIGITS_OF_YEAR else "0000"
        return "month" if word.capitalize() in MONTH_NAMES else word

    return re.sub(r"\w+", mask_word, " ".join(fold_text(text).split()))


def list_date_spellings(quantity: Quantity) -> list[str]:
    """Return every way to write the date that a figure is, the usual one first.

    A coarser date is true as well: of a day also its month, of both also the year.
    """
    *day_and_month, year = ENGLISH.date(format_year_month_or_day(quantity)).split()
    if not day_and_month:
        return [year]
    *day, month = day_and_month
    months = [f"{month} {year}", month, year]
    if not day:
        return months
    return [
        f"{day[0]} {month} {year}",
        f"{month} {day[0]}, {year}",
        f"{day[0]} {month}",
        f"{month} {day[0]}",
        *months,
    ]
