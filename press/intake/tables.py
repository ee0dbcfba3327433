"""Tables that publishers print: one row of figures since January, by what the title,
the unit and the heads say.

An adapter declares the words; here they are matched. A word that is not declared, above
the table or over a column that counts, refuses the document: it may be of another
place, of a part, or of another time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from press.ground.errors import quoted
from press.intake.labels import Label, Unit, find_unit, parse_label, unify_signs
from press.intake.notation import find_notation, looks_like_number
from press.intake.release import Document, UnreadableError
from press.intake.sheets import Sheet, sheets

SAVE = "open the page in a browser, save it, and import the file"
LOOK = "look at the page, and record the figures by hand"
STORED = re.compile(r"-?\d+\.\d+")
ONE_MONTH = re.compile(r"\d{1,2}")
MONTHS_OF_YEAR = 12
# What words of heads may mean beside the figures that a form names.
GROWTH, TO_DATE, THIS_MONTH, PASSED_OVER = "growth", "to date", "month", "passed over"
MONTH_GROWTH = "growth of the month"
Rows = Sequence[Sequence[str]]


class TableForm(NamedTuple):
    """A kind of table, as an adapter declares it; all patterns ignore case.

    ``name`` is what messages call it. ``sign`` is in each of its titles and in no other
    text. ``title`` are all words of titles, ``heads`` all words of heads, by what they
    mean: in titles the currency, in heads the ``whole``, one of the ``parts`` that make
    it, ``growth``, ``to date``, ``month``, or ``passed over``; in both anything else
    for words without a meaning. ``row`` is the label of the row that is taken, which
    messages call ``row_name``. ``currencies`` are those of units. Values are printed
    with as many ``decimals`` as their unit's factor says, else with one.
    """

    name: str
    sign: str
    title: Mapping[str, str]
    heads: Mapping[str, str]
    row: str
    row_name: str
    whole: str
    parts: Sequence[str]
    currencies: Mapping[str, str]
    decimals: Mapping[int, int]

    def is_title(self, text: str) -> bool:
        """Tell whether a text is, or has in it, a title of this kind."""
        return bool(re.search(self.sign, text, re.IGNORECASE))

    def is_row(self, row: Sequence[str]) -> bool:
        """Tell whether a row is the one that is taken."""
        return bool(re.fullmatch(self.row, label_of(row), re.IGNORECASE))

    def find_unit(self, text: str) -> Unit | None:
        """Return the unit that a text is, if it is one."""
        return find_unit(text, self.currencies)


class PrintedFigure(NamedTuple):
    """A figure since January; its growth, if that is printed; of each one unit of the
    last digit.
    """

    value: Decimal
    step: Decimal
    growth: Decimal | None
    growth_step: Decimal


class PrintedTable(NamedTuple):
    """What was read: the title, the month to which it goes, its currency; the day of
    the page ("" if it has none); figures by name, how many of the currency one is, and
    one unit of their last digit.
    """

    title: str
    month: str
    currency: str
    published: str
    factor: int
    step: Decimal
    figures: Mapping[str, PrintedFigure]


class _Title(NamedTuple):
    """What the titles of a table say together."""

    text: str
    year: int
    month: int
    is_span: bool
    currencies: set[str]

    @property
    def time(self) -> str:
        """The month to which the table goes."""
        return f"{self.year}-{self.month:02d}"


def read_table(document: Document, form: TableForm) -> PrintedTable:
    """Return the one table of a form in a document.

    Raises ``UnreadableError``, with ``known=0`` where there is nothing like it.
    """
    sheet = _choose_sheet(list(map(_unify_sheet, sheets(document))), form)
    start = _find_first_row(sheet, form)
    heads = [row for row in sheet.rows[:start] if _is_head(row, form)]
    title = _read_title(sheet, start, form)
    unit = _read_unit(sheet, title, form)
    row = _find_row(sheet.rows[start:], heads, form)
    columns = _find_columns(heads, row, title, form)
    decimals = form.decimals.get(unit.factor, 1)
    cells = _printed_cells(row, columns, decimals) if sheet.stored else row
    figures = _read_figures(cells, columns, decimals, form)
    step = min(figure.step for figure in figures.values())
    _check_sum(figures, form, step)
    _check_growth(figures, form)
    return PrintedTable(
        title.text,
        title.time,
        "".join(title.currencies) or unit.currency,
        _find_day(sheet, title),
        unit.factor,
        step,
        figures,
    )


def label_of(row: Sequence[str]) -> str:
    """Return the first cell that is neither empty nor a number, as a rank would be."""
    return next((text for text in row if text and not looks_like_number(text)), "")


def _unify_sheet(sheet: Sheet) -> Sheet:
    """Return a sheet in the signs of a plain keyboard."""
    rows = tuple(tuple(map(unify_signs, row)) for row in sheet.rows)
    return sheet._replace(before=tuple(map(unify_signs, sheet.before)), rows=rows)


def _choose_sheet(found: Sequence[Sheet], form: TableForm) -> Sheet:
    """Return the one sheet with the row, else the first with a title."""
    with_row = [sheet for sheet in found if any(map(form.is_row, sheet.rows))]
    if len({sheet.rows for sheet in with_row}) > 1:
        raise UnreadableError(
            f"found {len(with_row)} tables with a row of {form.row_name}, expected one",
            "save them one by one",
        )
    for sheet in with_row or found:
        cells = [text for row in sheet.rows for text in row]
        if with_row or any(map(form.is_title, [*sheet.before, *cells])):
            return sheet
    raise UnreadableError(f"found no {form.name}, expected one", SAVE, known=0)


# What stands above the figures


def _find_first_row(sheet: Sheet, form: TableForm) -> int:
    """Return the number of the first row of figures: numbers of heads are months."""
    for number, row in enumerate(sheet.rows):
        numbers = [text for text in row if looks_like_number(text)]
        is_of_heads = all(map(ONE_MONTH.fullmatch, numbers)) or any(
            parse_label(text, form.heads).spans for text in row
        )
        if len(numbers) > len(form.parts) and not is_of_heads:
            return number
    raise UnreadableError(
        f"found the title of {form.name} and no table below it, expected one", SAVE
    )


def _distinct(row: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, row)))


def _is_head(row: Sequence[str], form: TableForm) -> bool:
    """Tell whether a row above the figures is one of heads: they differ, or each of
    their words is known.
    """
    texts = _distinct(row)
    if any(form.is_title(text) or form.find_unit(text) for text in texts):
        return False
    return len(texts) > 1 or not parse_label("".join(texts), form.heads).rest


def _read_title(sheet: Sheet, start: int, form: TableForm) -> _Title:
    """Return what the titles before and in a table say together, of which each word is
    declared.

    Raises ``UnreadableError``, also for other words between a title and the table: they
    may say that it is of less.
    """
    above = [row for row in sheet.rows[:start] if not _is_head(row, form)]
    own = [text for row in above for text in _distinct(row)]
    texts = [*sheet.before, *own]
    titles = list(filter(form.is_title, texts))
    at = [number for number, text in enumerate(sheet.before) if form.is_title(text)]
    label = parse_label(" | ".join(titles), form.title)
    months = label.spans | label.months
    currencies = label.words & form.currencies.keys()
    strange = label.rest or " ".join(
        text
        for text in (*(sheet.before[at[-1] + 1 :] if at else ()), *own)
        if parse_label(text, {}).rest
        and text not in titles
        and not form.find_unit(text)
    )
    is_one = len(label.years) == len(months) == 1 and len(currencies) <= 1
    if strange or not is_one or max(months) > MONTHS_OF_YEAR:
        found = " and ".join(map(quoted, dict.fromkeys(titles))) or "no title"
        raise UnreadableError(
            f"found {found}{f' with {quoted(strange)}' if strange else ''}, expected"
            f" the title of {form.name}, of one month such as Mar 2026, one currency",
            "it may be of another time or place, or of a part: look at the page",
        )
    return _Title(
        titles[-1], min(label.years), min(months), bool(label.spans), currencies
    )


def _read_unit(sheet: Sheet, title: _Title, form: TableForm) -> Unit:
    """Return the unit that a table names, else the lines before it do.

    Raises ``UnreadableError`` for none, for several, and for another currency.
    """
    cells = dict.fromkeys(text for row in sheet.rows for text in row)
    units = list(filter(None, map(form.find_unit, cells)))
    units = units or list(filter(None, map(form.find_unit, sheet.before)))
    currencies = title.currencies | {unit.currency for unit in units} - {""}
    if len({unit.factor for unit in units}) != 1 or len(currencies) != 1:
        found = " and ".join(quoted(unit.text) for unit in units) or "no unit"
        raise UnreadableError(
            f"found {found} below a title in {''.join(title.currencies) or 'no money'},"
            " expected one unit and currency, such as USD 1 Million",
            LOOK,
        )
    return units[0]


def _find_day(sheet: Sheet, title: _Title) -> str:
    """Return the day of a page, the last before its table; nothing if it has none.

    Raises ``UnreadableError`` where that is not within the year after the month.
    """
    days = [day for text in sheet.before for day in parse_label(text, {}).days]
    if not days:
        return ""
    day = days[-1].replace("/", "-")
    after = (int(day[:4]) - title.year) * MONTHS_OF_YEAR + int(day[5:7]) - title.month
    if not 0 < after < MONTHS_OF_YEAR:
        raise UnreadableError(
            f"found a page of {day} over a table that goes to {title.time}, expected"
            " one of the months after",
            "look at the page: the title may name another year or month than was meant",
        )
    return day


# Columns


def _find_columns(
    heads: Rows, row: Sequence[str], title: _Title, form: TableForm
) -> dict[str, dict[str, int]]:
    """Return by figure the places of what a row has of it: since January, its growth,
    and the month alone.

    Raises ``UnreadableError``.
    """
    filled = [place for place, text in enumerate(row) if text]
    texts = {place: _join_heads(heads, place, form) for place in filled}
    found: dict[str, dict[str, list[int]]] = {
        name: {kind: [] for kind in (TO_DATE, "", THIS_MONTH, GROWTH, MONTH_GROWTH)}
        for name in (form.whole, *form.parts)
    }
    for place, text in texts.items():
        label = parse_label(text, form.heads)
        if figure := _figure_of(text, label, title, form):
            found[figure][_kind_of(label)].append(place)
    kinds = [TO_DATE]
    if title.month == 1:  # January alone is all since January
        kinds = [TO_DATE, "", THIS_MONTH]
    elif title.is_span or (title.month == 2 and not found[form.whole][THIS_MONTH]):  # noqa: PLR2004 - February, printed with January as one
        kinds = [TO_DATE, ""]
    columns = dict[str, dict[str, int]]()
    for figure, places in found.items():
        values = next(filter(None, map(places.get, kinds)), [])
        if len(values) != 1:
            told = ", ".join(map(quoted, _distinct(list(texts.values()))))
            raise UnreadableError(
                f"found the headings {told}; expected one filled column for the"
                f" {figure} since January",
                LOOK,
            )
        single = {kind: own[0] for kind, own in places.items() if len(own) == 1}
        columns[figure] = single | {TO_DATE: values[0]}
    return columns


def _join_heads(heads: Rows, place: int, form: TableForm) -> str:
    """Return the heads of a column in one text; one over several columns of a
    spreadsheet stands in the first alone.
    """
    texts = dict[str, None]()
    for row in heads:
        text = next(filter(None, reversed(row[: place + 1])), "")
        is_of_labels = PASSED_OVER in parse_label(text, form.heads).words
        if row[place : place + 1] == (text,) or not is_of_labels:
            texts[text] = None
    return " ".join(texts).strip()


def _figure_of(text: str, label: Label, title: _Title, form: TableForm) -> str:
    """Return the figure that heads name, "" for none.

    Raises ``UnreadableError`` for heads of which a word is not known, or that are of
    another time than the title.
    """
    figures = label.words & {form.whole, *form.parts}
    if not figures or PASSED_OVER in label.words:
        return ""
    times = label.years - {title.year} | (label.spans | label.months) - {title.month}
    if times:
        kind = "year" if label.years - {title.year} else "month"
        raise UnreadableError(
            f"found the heading {quoted(text)} in a table of {title.time}: {kind}"
            f" {min(times)}",
            LOOK,
        )
    if label.rest or len(figures) > 1:
        raise UnreadableError(
            f"found the heading {quoted(text)}, expected one figure since January:"
            f" {label.rest or ' and '.join(sorted(figures))}",
            LOOK,
        )
    return min(figures)


def _kind_of(label: Label) -> str:
    """Return what a column has: a value or its growth since January or of the month, or
    a value of a time that it does not say ("").
    """
    is_to_date = label.spans or TO_DATE in label.words
    is_of_month = not is_to_date and (label.months or THIS_MONTH in label.words)
    if GROWTH in label.words:
        return MONTH_GROWTH if is_of_month else GROWTH
    if is_to_date:
        return TO_DATE
    return THIS_MONTH if is_of_month else ""


# The row


def _find_row(rows: Rows, heads: Rows, form: TableForm) -> Sequence[str]:
    """Return the row that is taken.

    Raises ``UnreadableError`` for none, for several, and where the heads right above
    the figures are fewer: one may have slipped over another column.
    """
    found = list(filter(form.is_row, rows))
    if len(found) != 1:
        raise UnreadableError(
            f"found {len(found) or 'no'} rows labelled {form.row_name}, expected one"
        )
    widths = [len(each) for each in heads if len(_distinct(each)) > 1]
    if widths and widths[-1] != len(found[0]):
        raise UnreadableError(
            f"found {widths[-1]} headings over the {len(found[0])} cells of the row"
            f" {quoted(form.row_name)}, expected as many",
            SAVE,
        )
    return found[0]


def _printed_cells(
    row: Sequence[str], columns: Mapping[str, Mapping[str, int]], decimals: int
) -> list[str]:
    """Return the numbers of a workbook as they are printed: it keeps more decimals."""
    growths = {places.get(GROWTH) for places in columns.values()}
    cells = list(row)
    for place, text in enumerate(row):
        if STORED.fullmatch(text):
            most = 1 if place in growths else decimals
            step = Decimal(1).scaleb(-min(most, len(text.partition(".")[2])))
            cells[place] = str(Decimal(text).quantize(step, ROUND_HALF_UP))
    return cells


def _read_figures(
    row: Sequence[str],
    columns: Mapping[str, Mapping[str, int]],
    decimals: int,
    form: TableForm,
) -> dict[str, PrintedFigure]:
    """Return the figures of a row by name.

    Raises ``UnreadableError`` for a value with more ``decimals`` than are printed, of
    nothing, and for a month with more than all since January.
    """
    growths = {places.get(GROWTH) for places in columns.values()}
    cells = [
        text.removesuffix("%").strip() if place in growths else text
        for place, text in enumerate(row)
    ]
    notation = find_notation(cells[row.index(label_of(row)) + 1 :], form.row_name)
    figures = dict[str, PrintedFigure]()
    for name, places in columns.items():
        value, month, growth = (
            cells[places[kind]] if kind in places else ""
            for kind in (TO_DATE, THIS_MONTH, GROWTH)
        )
        number = notation.parse(value) or Decimal(0)
        if not max(0, notation.parse(month) or 0) <= number > 0:
            raise UnreadableError(
                f"found {quoted(value)} since January and {quoted(month)} in the month"
                f" as {name} of the row {quoted(form.row_name)}, expected numbers above"
                " zero, such as 1,234.5, of which the first is the larger",
                LOOK,
            )
        if notation.decimals(value) > max(1, decimals):
            raise UnreadableError(
                f"found {quoted(value)} in the row {quoted(form.row_name)}, expected at"
                f" most {max(1, decimals)} decimals",
                "a footnote may have slipped into a number: look at the page",
            )
        figures[name] = PrintedFigure(
            number,
            Decimal(1).scaleb(-notation.decimals(value)),
            notation.parse(growth),
            Decimal(1).scaleb(-max(1, notation.decimals(growth))),
        )
    return figures


def _check_sum(
    figures: Mapping[str, PrintedFigure], form: TableForm, step: Decimal
) -> None:
    """The parts make the whole, but for what is rounded."""
    whole, *parts = (figures[name].value for name in (form.whole, *form.parts))
    if abs(whole - sum(parts)) > step * Decimal("1.5"):
        raise UnreadableError(
            f"found {' and '.join(map(str, parts))} beside the {form.whole} {whole} in"
            f" the row {quoted(form.row_name)}: they differ by"
            f" {abs(whole - sum(parts))}",
            LOOK,
        )


def _check_growth(figures: Mapping[str, PrintedFigure], form: TableForm) -> None:
    """The values of a year before, as the growths tell them, make their whole, but for
    what is rounded.
    """
    apart = Decimal(0)
    rounded = Decimal(0)
    for name, figure in figures.items():
        if figure.growth is None:
            return
        share = max(1 + figure.growth / 100, Decimal("1e-9"))
        before = figure.value / share
        apart += before if name == form.whole else -before
        rounded += before * figure.growth_step / 100 / share
    if abs(apart) > min(rounded, figures[form.whole].value):
        told = ", ".join(str(figure.growth) for figure in figures.values())
        raise UnreadableError(
            f"found growths of {told} percent, which do not fit the values", LOOK
        )
