"""Words for a date held to a figure that is a year, a month or a day."""

from __future__ import annotations

import re
from itertools import chain

from press.ground.errors import ToldError
from press.quantity import Quantity, format_year_month_or_day
from press.reading import MONTH_NAMES, Conventions, fold_text

DIGITS_OF_YEAR = 4
ENGLISH = Conventions("en")
# of a day, of a day or a month, of any date
SPELLINGS = (
    ("{day} {month} {year}", "{month} {day}, {year}", "{day} {month}", "{month} {day}"),
    ("{month} {year}", "{month}"),
    ("{year}",),
)


def list_date_errors(text: str, quantity: Quantity) -> list[ToldError]:
    """Return an error where a text is not the date of a figure; none where it is."""
    spellings = list_english_spellings_of_date_and_coarser(quantity)
    if fold_text(text).strip() in map(fold_text, spellings):
        return []
    return [ToldError(f'found "{text}", expected "{spellings[0]}"')]


def replace_date(text: str, quantity: Quantity) -> str | None:
    """Return the date of a figure spelled like the one that a text is, with the spaces
    of that.

    ``None`` where the text is no date, or one that is more exact than the figure's.
    """
    pattern = _get_date_style(text)
    alike = [
        spelling
        for spelling in list_english_spellings_of_date_and_coarser(quantity)
        if _get_date_style(spelling) == pattern
    ]
    if not alike:
        return None
    spaces = iter(re.findall(r"\s", text))
    return re.sub(r"\s", lambda _: next(spaces), alike[0])


def _get_date_style(text: str) -> str:
    """Return a date with "month" for its month, "0" for its day, "0000" for its year:
    what all dates spelled alike have in common.
    """

    def mask_word(found: re.Match[str]) -> str:
        word = found[0]
        if word.isdecimal():
            return "0" if len(word) < DIGITS_OF_YEAR else "0000"
        if word.capitalize() in MONTH_NAMES:
            return "month"
        return word

    return re.sub(r"\w+", mask_word, " ".join(fold_text(text).split()))


def list_english_spellings_of_date_and_coarser(quantity: Quantity) -> list[str]:
    """Return every way to write the date that a figure is, the usual one first.

    A coarser date is true as well: of a day also its month, of both also the year.
    """
    words = ENGLISH.date(format_year_month_or_day(quantity)).split()
    parts = dict(zip(("year", "month", "day"), reversed(words), strict=False))
    spellings = chain.from_iterable(SPELLINGS[-len(parts) :])
    return [spelling.format(**parts) for spelling in spellings]
