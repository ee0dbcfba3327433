"""Tables that publishers print: one row of figures since January, by what the title,
the unit and the heads say.

An adapter declares the words; here they are matched. A word that is not declared, over
a column or anywhere in a document but in rows of figures, refuses the document: it may
be of another place, of a part, or of another time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, takewhile
from typing import NamedTuple

from press.ground.errors import quote_words
from press.intake.form import LOOK, SAVE, TableForm, Unit, find_label, has_figures
from press.intake.labels import ParsedLabel, parse_label, unify_signs
from press.intake.numbers import (
    GROWTH,
    THIS_MONTH,
    TO_DATE,
    Column,
    PrintedFigure,
    check_growths_fit_values,
    check_parts_make_whole,
    make_checked_figure,
    parse_printed_number,
)
from press.intake.release import Document, TextRow, UnreadableError

MONTHS_OF_YEAR = 12
PASSED_OVER = "passed over"
NOTHING = ("", "")  # what a column that is passed over has
TextRows = Sequence[TextRow]


class TableTitle(NamedTuple):
    """What a document says of its table: title, time, days of the page, unit."""

    text: str
    year: int
    month: int
    days: Sequence[str]
    unit: Unit

    @property
    def time(self) -> str:
        """The month to which the table goes."""
        return f"{self.year}-{self.month:02d}"

    @property
    def published(self) -> str:
        """The last day that the page tells, "" for none."""
        return max(self.days, default="")


class PrintedTable(NamedTuple):
    """What was read: what the title says, and figures by name."""

    title: TableTitle
    figures: Mapping[str, PrintedFigure]


def read_table(document: Document, form: TableForm) -> PrintedTable:
    """Return the one table of a form in a document.

    Raises ``UnreadableError``, with ``known=False`` where there is nothing like it.
    """
    tables = [list(map(_unify_row, table)) for table in document.tables]
    table = _choose_table_with_form_row(tables, form)
    above = list(takewhile(lambda row: not has_figures(row), table))
    heads = [row for row in above if _has_differing_headings(row, form)]
    words = _yield_texts_outside_figure_rows(chain.from_iterable(tables), heads, form)
    title = _parse_title_and_unit(list(dict.fromkeys(words)), document.day, form)
    row = next(filter(form.is_row, table))
    _check_heading_count(heads, row, form)
    numbers = dict[Column, Decimal | None]()
    for column, text in _yield_cells_by_column(heads, row, title, form):
        if column in numbers:
            kind = " ".join(column)
            raise UnreadableError(f"found two columns of {kind}, expected one", LOOK)
        numbers[column] = parse_printed_number(text, document, form)
    figures = {name: make_checked_figure(name, numbers) for name in form.figures}
    check_parts_make_whole(figures, form)
    check_growths_fit_values(figures, form, document)
    return PrintedTable(title, figures)


def _unify_row(row: TextRow) -> TextRow:
    """Return a row in the signs of a plain keyboard."""
    return tuple(map(unify_signs, row))


def _choose_table_with_form_row(
    tables: Sequence[TextRows], form: TableForm
) -> TextRows:
    """Return the table with the row that is taken.

    Raises ``UnreadableError`` where there is no title, no such row, or several, and
    where the first row is not the sum of all.
    """
    rows = list(chain.from_iterable(tables))
    if not any(map(form.is_title, chain.from_iterable(rows))):
        raise UnreadableError(f"found no {form.name}, expected one", SAVE, known=False)
    count = sum(map(form.is_row, rows))
    if count != 1:
        raise UnreadableError(
            f"found {count or 'no'} rows labelled {form.row_name}, expected one",
            "save the table by itself, with all its rows",
        )
    table = next(table for table in tables if any(map(form.is_row, table)))
    first = find_label(next(filter(has_figures, table)))
    if not re.fullmatch(form.first_row, first, re.IGNORECASE):
        raise UnreadableError(
            f"found {quote_words(first)} as the first row of figures, expected the sum"
            " of all",
            f"it may be of another place, or of a part: {LOOK}",
        )
    return table


# What is said beside the figures


def _has_differing_headings(row: TextRow, form: TableForm) -> bool:
    """Tell whether a row above the figures is one of heads, which differ."""
    texts = set(row) - {""}
    is_titled = any(map(form.is_title, texts))
    has_unit = any(map(form.parse_unit_raising_if_undeclared, texts))
    return len(texts) > 1 and not is_titled and not has_unit


def _yield_texts_outside_figure_rows(
    rows: Iterable[TextRow], heads: TextRows, form: TableForm
) -> Iterator[str]:
    """Yield what stands in a document outside of the heads and of rows with figures,
    and the titles that stand in these.
    """
    for row in rows:
        if has_figures(row):
            yield from filter(form.is_title, row)
        elif row not in heads:
            yield from row


def _parse_title_and_unit(
    words: Sequence[str], today: str, form: TableForm
) -> TableTitle:
    """Return what the titles, the unit and all other words of a document say together,
    of which each is declared.

    Raises ``UnreadableError``.
    """
    titles = list(filter(form.is_title, words))
    units = list(filter(form.parse_unit_raising_if_undeclared, words))
    others = [text for text in words if text not in {*titles, *units}]
    label = parse_label(" | ".join(titles), form.title)
    beside = parse_label(" | ".join(others), form.beside)
    _check_title_month_and_known_words(titles, label, beside, form)
    unit = _get_only_unit(units, label, form)
    title = TableTitle(
        titles[-1], min(label.years), min(label.last_months), beside.days, unit
    )
    _check_month_ended_before_page_day(title, today)
    return title


def _check_title_month_and_known_words(
    titles: Sequence[str],
    title_words: ParsedLabel,
    other_words: ParsedLabel,
    form: TableForm,
) -> None:
    """Raise ``UnreadableError`` for titles that are not of one month, and for words and
    times that are not declared.
    """
    times = sorted(other_words.years | other_words.last_months)
    strange = title_words.rest or other_words.rest or ", ".join(map(str, times))
    is_one_time = len(title_words.years) == len(title_words.last_months) == 1
    if strange or not is_one_time or max(title_words.last_months) > MONTHS_OF_YEAR:
        found = " and ".join(map(quote_words, titles))
        more = strange and f" with {quote_words(strange)}"
        raise UnreadableError(
            f"found {found}{more}, expected the title of {form.name}, of one month such"
            " as Mar 2026, and no words but those that are known",
            f"it may be of another time or place, or of a part: {LOOK}",
        )


def _get_only_unit(
    texts: Sequence[str], title_words: ParsedLabel, form: TableForm
) -> Unit:
    """Return the unit that texts name.

    Raises ``UnreadableError`` for none, for several, and for one of another currency
    than the titles have.
    """
    currencies = title_words.words & {unit.currency for unit in form.units.values()}
    units = set(filter(None, map(form.parse_unit_raising_if_undeclared, texts)))
    named = {*currencies, *(unit.currency for unit in units)}
    if len(units) != 1 or len(named) != 1:
        found = " and ".join(map(quote_words, texts)) or "no unit"
        currency = " and ".join(sorted(currencies)) or "no money"
        raise UnreadableError(
            f"found {found} below a title in {currency}, expected one unit and"
            " currency, such as USD 1 Million",
            LOOK,
        )
    return units.pop()


def _check_month_ended_before_page_day(title: TableTitle, today: str) -> None:
    """Raise ``UnreadableError`` for a table of a month that has not ended on the day of
    its page, or today, and for a page that is not of the year after it.
    """
    first = min([*title.days, today])
    year_after = f"{title.year + 1}-{title.month:02d}"
    is_ended = title.time < first[:7]
    is_right = title.published <= today and title.published[:7] < year_after
    if not is_ended or not is_right:
        days = " and ".join(title.days) or f"{today}, which is today,"
        raise UnreadableError(
            f"found a page of {days} over a table that goes to {title.time}, expected"
            " one of the months after",
            "look at the page: the title may name another year or month than was meant",
        )


# Columns


def _check_heading_count(heads: TextRows, row: TextRow, form: TableForm) -> None:
    """Raise ``UnreadableError`` where the heads right above the figures are more or
    fewer than these: one may have slipped over another column.
    """
    width = len(heads[-1]) if heads else 0
    if width != len(row):
        cells = f"the {len(row)} cells of the row {quote_words(form.row_name)}"
        raise UnreadableError(
            f"found {width} headings over {cells}, expected as many", SAVE
        )


def _yield_cells_by_column(
    heads: TextRows, row: TextRow, title: TableTitle, form: TableForm
) -> Iterator[tuple[Column, str]]:
    """Yield which number of which figure stands in each cell of a row, and its text.

    Raises ``UnreadableError``.
    """
    for place, text in enumerate(row):
        column = _identify_column_or_nothing(_join_heads(heads, place), title, form)
        if text and column != NOTHING:
            yield column, text


def _join_heads(heads: TextRows, place: int) -> str:
    """Return the heads of a column in one text; one over several columns of a
    spreadsheet stands in the first alone.
    """
    parts = [_find_head(row[: place + 1]) for row in heads]
    return " ".join(dict.fromkeys(filter(None, parts)))


def _find_head(row: TextRow) -> str:
    """Return the last text of a row of heads, "" where there is none."""
    return next(filter(None, reversed(row)), "")


def _identify_column_or_nothing(
    text: str, title: TableTitle, form: TableForm
) -> Column:
    """Return which number of which figure heads name; ``NOTHING`` for no figure.

    Raises ``UnreadableError`` for heads of which a word is not known, that are of
    another time than the title, or of a growth in the month alone.
    """
    label = parse_label(text, form.heads)
    figures = label.words.intersection(form.figures)
    is_passed_over = PASSED_OVER in label.words or not figures
    is_of_title = label.years <= {title.year} and label.last_months <= {title.month}
    kind = TO_DATE if label.spans or TO_DATE in label.words else THIS_MONTH
    if GROWTH in label.words:
        is_of_month = kind == THIS_MONTH and (label.months or THIS_MONTH in label.words)
        is_of_title = is_of_title and not is_of_month
        kind = GROWTH
    is_one = is_passed_over or len(figures) == 1
    is_strange = label.rest or label.days  # a spreadsheet makes a day of "1-3"
    if is_strange or not is_of_title or not is_one:
        raise UnreadableError(
            f"found the heading {quote_words(text)} in a table of {title.time},"
            " expected one figure of that time, in words that are known",
            LOOK,
        )
    return NOTHING if is_passed_over else (min(figures), kind)
