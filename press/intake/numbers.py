"""The numbers of a printed row: read as they stand, and held to each other."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from press.ground.errors import quote_words
from press.intake.form import LOOK, NUMBER, TableForm
from press.intake.release import Document, UnreadableError

MISSING = {"", "-", "--", "…", "..."}  # no number is printed
LEAST_SHARE = Decimal("1e-9")  # of a year before
STEP = Decimal("0.1")  # one unit of the last digit that is printed
# What words of heads may mean beside the figures that a form names.
GROWTH = "growth"
TO_DATE = "to date"
THIS_MONTH = "month"
Column = tuple[str, str]  # a figure, and which of its numbers


class PrintedFigure(NamedTuple):
    """A figure since January, its growth in percent, and what the last month alone
    added, if these are printed.
    """

    value: Decimal
    growth: Decimal | None
    added: Decimal | None


def parse_printed_number(
    text: str, document: Document, form: TableForm
) -> Decimal | None:
    """Return the number in a cell, ``None`` where nothing is printed; a workbook stores
    more decimals than the one that is printed.

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
    rounded = number.quantize(STEP, ROUND_HALF_UP)
    if document.is_stored or number == rounded:
        return rounded
    raise UnreadableError(
        f"{found}, expected at most one decimal",
        f"a footnote may have slipped into a number: {LOOK}",
    )


def make_checked_figure(
    name: str, numbers: Mapping[Column, Decimal | None]
) -> PrintedFigure:
    """Return a figure.

    Raises ``UnreadableError`` for none, for one that is not above zero, and for a month
    with more than all since January.
    """
    value = numbers.get((name, TO_DATE))
    if value is None:
        raise UnreadableError(
            f"found none below the heads, expected one filled column for the {name}"
            " since January",
            LOOK,
        )
    month = numbers.get((name, THIS_MONTH))
    is_right = value > 0 and value >= (month or 0)
    if not is_right:
        raise UnreadableError(
            f"found {value} since January and {month} in the month as {name}, expected"
            " numbers above zero, of which the first is the larger",
            LOOK,
        )
    return PrintedFigure(value, numbers.get((name, GROWTH)), month)


def check_parts_make_whole(
    figures: Mapping[str, PrintedFigure], form: TableForm
) -> None:
    """The parts make the whole, but for what is rounded; one of them has a decimal."""
    values = {name: figure.value for name, figure in figures.items()}
    found = " and ".join(str(values[name]) for name in form.parts)
    row = f"the row {quote_words(form.row_name)}"
    if all(value == int(value) for value in values.values()):
        raise UnreadableError(
            f"found {found} in {row}, expected figures with one decimal",
            f"they may have been rounded: {LOOK}",
        )
    apart = abs(_subtract_parts(values, form))
    if apart > STEP * Decimal("1.5"):
        raise UnreadableError(
            f"found {found} beside the {form.whole} {values[form.whole]} in {row}: they"
            f" differ by {apart}",
            LOOK,
        )


def check_growths_fit_values(
    figures: Mapping[str, PrintedFigure], form: TableForm, document: Document
) -> None:
    """The values of a year before, as the growths tell them, make their whole, but for
    what is rounded; no growths of a workbook look like shares of one.
    """
    told = ", ".join(str(figure.growth) for figure in figures.values())
    growths = [each.growth for each in figures.values() if each.growth is not None]
    if document.is_stored and growths and max(map(abs, growths)) < 1:
        raise UnreadableError(
            f"found growths of {told} percent in a workbook, expected one from 1"
            " percent on",
            f"a cell that shows 12.3% may hold 0.123: {LOOK}",
        )
    if len(growths) < len(figures):
        return
    before = dict[str, Decimal]()
    rounded = Decimal(0)
    for (name, figure), growth in zip(figures.items(), growths, strict=True):
        share = max(1 + growth / 100, LEAST_SHARE)
        before[name] = figure.value / share
        rounded += before[name] * STEP / 100 / share
    most = min(rounded, figures[form.whole].value)
    if abs(_subtract_parts(before, form)) > most:
        raise UnreadableError(
            f"found growths of {told} percent, which do not fit the values", LOOK
        )


def _subtract_parts(values: Mapping[str, Decimal], form: TableForm) -> Decimal:
    """Return the whole less its parts."""
    return values[form.whole] - sum(values[name] for name in form.parts)
