"""The numbers of a printed row: read as they stand, and held to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from press.ground.errors import quote_words
from press.intake.form import LOOK, NUMBER, TableForm
from press.intake.release import Document, UnreadableError

MISSING = {"", "-", "--", "…", "..."}  # no number is printed
LEAST_SHARE = Decimal("1e-9")  # of a year before
GROWTH_STEP = Decimal("0.1")  # of a printed growth, in points
# What words of heads may mean beside the figures that a form names.
GROWTH = "growth"
TO_DATE = "to date"
THIS_MONTH = "month"
Column = tuple[str, str]  # a figure, and which of its numbers


class PrintedFigure(NamedTuple):
    """A figure since January, and its growth in percent, if that is printed."""

    value: Decimal
    growth: Decimal | None


def read_number(
    text: str, decimals: int, document: Document, form: TableForm
) -> Decimal | None:
    """Return the number in a cell, ``None`` where nothing is printed; a workbook stores
    more ``decimals`` than are printed.

    Raises ``UnreadableError`` for another text, and for more decimals.
    """
    if text in MISSING:
        return None
    found = f"found {quote_words(text)} in the row {quote_words(form.row_name)}"
    if not NUMBER.fullmatch(text):
        raise UnreadableError(
            f"{found}, expected a number such as 1,234.5 and nothing beside it",
            f"a mark may have a meaning: {LOOK}",
        )
    number = Decimal(text.replace(",", ""))
    more = -_exponent_of(number)
    if document.is_stored and more > decimals:
        step = Decimal(1).scaleb(-decimals)
        return number.quantize(step, ROUND_HALF_UP)
    most = max(1, decimals)
    if more > most:
        raise UnreadableError(
            f"{found}, expected at most {most} decimals",
            f"a footnote may have slipped into a number: {LOOK}",
        )
    return number


def _exponent_of(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def take_figure(name: str, numbers: Mapping[Column, Decimal | None]) -> PrintedFigure:
    """Return a figure. Raises ``UnreadableError`` for a value of nothing, and for a
    month with more than all since January.
    """
    value = numbers[name, TO_DATE] or Decimal(0)
    month = numbers.get((name, THIS_MONTH)) or Decimal(0)
    is_right = value > 0 and value >= month
    if not is_right:
        raise UnreadableError(
            f"found {value} since January and {month} in the month as {name}, expected"
            " numbers above zero, of which the first is the larger",
            LOOK,
        )
    return PrintedFigure(value, numbers.get((name, GROWTH)))


def find_step(values: Iterable[Decimal]) -> Decimal:
    """Return one unit of the last digit of some values, at most 1."""
    return Decimal(1).scaleb(min(0, *map(_exponent_of, values)))


def check_sum(
    figures: Mapping[str, PrintedFigure], form: TableForm, step: Decimal
) -> None:
    """The parts make the whole, but for what is rounded."""
    values = {name: figure.value for name, figure in figures.items()}
    apart = abs(_subtract_parts(values, form))
    if apart > step * Decimal("1.5"):
        found = " and ".join(str(values[name]) for name in form.parts)
        raise UnreadableError(
            f"found {found} beside the {form.whole} {values[form.whole]} in the row"
            f" {quote_words(form.row_name)}: they differ by {apart}",
            LOOK,
        )


def check_growths(
    figures: Mapping[str, PrintedFigure], form: TableForm, document: Document
) -> None:
    """The values of a year before, as the growths tell them, make their whole, but for
    what is rounded; no growths of a workbook look like shares of one.
    """
    growths = [figure.growth for figure in figures.values()]
    printed = [growth for growth in growths if growth is not None]
    told = f"found growths of {', '.join(map(str, growths))} percent"
    if document.is_stored and printed and max(map(abs, printed)) < 1:
        raise UnreadableError(
            f"{told} in a workbook, expected one from 1 percent on",
            f"a cell that shows 12.3% may hold 0.123: {LOOK}",
        )
    before = dict[str, Decimal]()
    rounded = Decimal(0)
    for name, figure in figures.items():
        if figure.growth is None:
            return
        share = max(1 + figure.growth / 100, LEAST_SHARE)
        before[name] = figure.value / share
        rounded += before[name] * GROWTH_STEP / 100 / share
    most = min(rounded, figures[form.whole].value)
    if abs(_subtract_parts(before, form)) > most:
        raise UnreadableError(f"{told}, which do not fit the values", LOOK)


def _subtract_parts(values: Mapping[str, Decimal], form: TableForm) -> Decimal:
    """Return the whole less its parts."""
    return values[form.whole] - sum(values[name] for name in form.parts)
