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
from itertools import product
from typing import NamedTuple

from press.ground.errors import quote_words
from press.intake.labels import parse_label, unify_signs
from press.intake.release import Document, UnreadableError
from press.intake.sheets import Sheet, sheets

SAVE = "open the page in a browser, save it, and import the file"
LOOK = "look at the page, and record the figures by hand"
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
MISSING = {"", "-", "--", "…", "..."}  # no number is printed
# a figure in whatever notation, or signs for a wide one; numbers of heads are months
# and years
FIGURE = re.compile(r"-?[\d., ]*\d[., ]\d+|-?\d{5,}|##+")
UNIT = re.compile(r"^\W*(?:unit|(?:计量)?单位)\s*:\s*", re.IGNORECASE)
MONTHS_OF_YEAR = 12
LEAST_SHARE = Decimal("1e-9")  # of a year before
GROWTH_STEP = Decimal("0.1")  # of a printed growth, in points
# What words of heads may mean beside the figures that a form names.
GROWTH = "growth"
TO_DATE = "to date"
THIS_MONTH = "month"
PASSED_OVER = "passed over"
SINCE_JANUARY = {THIS_MONTH: TO_DATE}
Column = tuple[str, str]  # a figure, and which of its numbers
Rows = Sequence[Sequence[str]]


class Unit(NamedTuple):
    """A unit of money: as it is printed, its currency, and how many of that it is."""

    text: str
    currency: str
    factor: int


class TableForm(NamedTuple):
    """A kind of table, as an adapter declares it; all patterns ignore case.

    ``name`` is what messages call it. ``sign`` is in each of its titles and in no other
    text. ``title`` are all words of titles, ``heads`` all words of heads, by what they
    mean: in titles the currency, in heads the ``whole``, one of the ``parts`` that make
    it, ``growth``, ``to date``, ``month``, or ``passed over``; in both anything else
    for words without a meaning. ``row`` is the label of the row that is taken, which
    messages call ``row_name``. Units are one of the ``currencies`` in one of the
    ``scales``. Values are printed with as many ``decimals`` as the scale says, else
    with one.
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
    scales: Mapping[int, str]
    decimals: Mapping[int, int]

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of the figures."""
        return (self.whole, *self.parts)

    def is_title(self, text: str) -> bool:
        """Tell whether a text is, or has in it, a title of this kind."""
        return bool(re.search(self.sign, text, re.IGNORECASE))

    def is_row(self, row: Sequence[str]) -> bool:
        """Tell whether a row is the one that is taken."""
        return any(re.fullmatch(self.row, text, re.IGNORECASE) for text in row)

    def find_unit(self, text: str) -> Unit | None:
        """Return the unit that a text is: "Unit: USD 100 Million", "百万元"; ``None``
        for other words.

        Raises ``UnreadableError`` for a unit that is not declared.
        """
        printed = UNIT.sub("", text)
        words = printed.strip(" ()")
        for currency, factor in product(self.currencies, self.scales):
            money = rf"(?:{self.currencies[currency]})"
            scale = rf"(?:{self.scales[factor]})"
            is_of_money = rf"(?=.*{money})"
            pattern = rf"{is_of_money}{money}?\s*{scale}\s*{money}*"
            if re.fullmatch(pattern, words, re.IGNORECASE):
                return Unit(words, currency, factor)
        if printed != text:
            found = f"found the unit {quote_words(words)}"
            raise UnreadableError(f"{found}, expected one such as USD 1 Million", LOOK)
        return None


class PrintedFigure(NamedTuple):
    """A figure since January, and its growth in percent, if that is printed."""

    value: Decimal
    growth: Decimal | None


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

    Raises ``UnreadableError``, with ``known=False`` where there is nothing like it.
    """
    found = list(map(_unify_sheet, sheets(document)))
    sheet = _choose_sheet(found, form)
    start = _find_first_row(sheet, form)
    heads = [row for row in sheet.rows[:start] if _is_head(row, form)]
    title = _read_title(sheet, start, form)
    unit = _read_unit(sheet, title, form)
    row = _find_row(sheet.rows[start:], heads, form)
    columns = _find_columns(heads, row, title, form)
    decimals = form.decimals.get(unit.factor, 1)
    numbers = dict[Column, Decimal | None]()
    for column, place in columns.items():
        most = 1 if GROWTH in column else decimals
        number = _read_number(row[place], most, form, is_stored=sheet.stored)
        numbers[column] = number
    figures = {name: _take_figure(name, numbers) for name in form.figures}
    exponents = [_exponent_of(figure.value) for figure in figures.values()]
    step = Decimal(1).scaleb(min(0, *exponents))
    _check_sum(figures, form, step)
    _check_growth(figures, form)
    day = _find_day(sheet, title)
    return PrintedTable(
        title.text, title.time, unit.currency, day, unit.factor, step, figures
    )


def _unify_sheet(sheet: Sheet) -> Sheet:
    """Return a sheet in the signs of a plain keyboard."""
    before = tuple(map(unify_signs, sheet.before))
    rows = tuple(tuple(map(unify_signs, row)) for row in sheet.rows)
    return sheet._replace(before=before, rows=rows)


def _choose_sheet(found: Sequence[Sheet], form: TableForm) -> Sheet:
    """Return the one sheet with the row, else the first with a title."""
    with_row = [sheet for sheet in found if any(map(form.is_row, sheet.rows))]
    if len({sheet.rows for sheet in with_row}) > 1:
        found_rows = f"{len(with_row)} tables with a row of {form.row_name}"
        raise UnreadableError(
            f"found {found_rows}, expected one", "save them one by one"
        )
    if with_row:
        return with_row[0]
    for sheet in found:
        cells = [text for row in sheet.rows for text in row]
        texts = [*sheet.before, *cells]
        if any(map(form.is_title, texts)):
            return sheet
    raise UnreadableError(f"found no {form.name}, expected one", SAVE, known=False)


# What stands above the figures


def _find_first_row(sheet: Sheet, form: TableForm) -> int:
    """Return the number of the first row of figures."""
    for number, row in enumerate(sheet.rows):
        if any(map(FIGURE.fullmatch, row)):
            return number
    raise UnreadableError(
        f"found the title of {form.name} and no table below it, expected one", SAVE
    )


def _distinct(row: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, row)))


def _is_head(row: Sequence[str], form: TableForm) -> bool:
    """Tell whether a row above the figures is one of heads, which differ."""
    texts = _distinct(row)
    is_titled = any(map(form.is_title, texts))
    has_unit = any(map(form.find_unit, texts))
    return len(texts) > 1 and not is_titled and not has_unit


def _read_title(sheet: Sheet, start: int, form: TableForm) -> _Title:
    """Return what the titles before and in a table say together, of which each word is
    declared.

    Raises ``UnreadableError``, also for other words between a title and the table: they
    may say that it is of less.
    """
    above = [row for row in sheet.rows[:start] if not _is_head(row, form)]
    own = [text for row in above for text in _distinct(row)]
    lines = [*sheet.before, *own]
    titles = _distinct(list(filter(form.is_title, lines)))
    places = [at for at, text in enumerate(sheet.before) if form.is_title(text)]
    below = sheet.before[places[-1] :] if places else ()
    untitled = [text for text in (*below, *own) if text not in titles]
    others = [text for text in untitled if not form.find_unit(text)]
    label = parse_label(" | ".join(titles), form.title)
    besides = parse_label(" | ".join(others), {})
    strange = label.rest or besides.rest
    months = label.spans | label.months
    currencies = label.words & form.currencies.keys()
    is_one_time = len(label.years) == len(months) == 1
    is_one = is_one_time and len(currencies) <= 1
    if strange or not is_one or max(months) > MONTHS_OF_YEAR:
        found = " and ".join(map(quote_words, titles)) or "no title"
        if strange:
            found += f" with {quote_words(strange)}"
        raise UnreadableError(
            f"found {found}, expected the title of {form.name}, of one month such as"
            " Mar 2026, one currency",
            "it may be of another time or place, or of a part: look at the page",
            known=bool(titles),
        )
    year = min(label.years)
    month = min(months)
    is_span = bool(label.spans)
    return _Title(titles[-1], year, month, is_span, currencies)


def _read_unit(sheet: Sheet, title: _Title, form: TableForm) -> Unit:
    """Return the unit that a table names, else the lines before it do.

    Raises ``UnreadableError`` for none, for several, and for another currency.
    """
    cells = [text for row in sheet.rows for text in row]
    units = list(filter(None, map(form.find_unit, _distinct(cells))))
    if not units:
        units = list(filter(None, map(form.find_unit, sheet.before)))
    kinds = {(unit.currency, unit.factor) for unit in units}
    currencies = title.currencies | {currency for currency, _ in kinds}
    if len(kinds) != 1 or len(currencies) != 1:
        found = " and ".join(quote_words(unit.text) for unit in units) or "no unit"
        currency = "".join(title.currencies) or "no money"
        raise UnreadableError(
            f"found {found} below a title in {currency}, expected one unit and"
            " currency, such as USD 1 Million",
            LOOK,
        )
    return units[0]


def _find_day(sheet: Sheet, title: _Title) -> str:
    """Return the day of a page, the last before its table; nothing if it has none.

    Raises ``UnreadableError`` where that is not within the year after the month.
    """
    days = parse_label(" | ".join(sheet.before), {}).days
    if not days:
        return ""
    day = days[-1].replace("/", "-")
    years = int(day[:4]) - title.year
    months = int(day[5:7]) - title.month
    after = years * MONTHS_OF_YEAR + months
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
) -> dict[Column, int]:
    """Return the places of what a row has of each figure.

    Raises ``UnreadableError``.
    """
    filled = [place for place, text in enumerate(row) if text]
    texts = [_join_heads(heads, place, form) for place in filled]
    names = [_name_column(text, title, form) for text in texts]
    if title.month == 1 and (form.whole, TO_DATE) not in names:
        # January alone is all since January
        names = [(name, SINCE_JANUARY.get(kind, kind)) for name, kind in names]
    for figure in form.figures:
        growths = names.count((figure, GROWTH))
        if names.count((figure, TO_DATE)) != 1 or growths > 1:
            told = ", ".join(map(quote_words, _distinct(texts)))
            expected = f"one filled column for the {figure} since January"
            raise UnreadableError(
                f"found the headings {told}; expected {expected}, and at most one for"
                " its growth",
                LOOK,
            )
    columns = dict(zip(names, filled, strict=True))
    return {name: place for name, place in columns.items() if name[0]}


def _join_heads(heads: Rows, place: int, form: TableForm) -> str:
    """Return the heads of a column in one text; one over several columns of a
    spreadsheet stands in the first alone.
    """
    texts = list[str]()
    for row in heads:
        to_here = filter(None, reversed(row[: place + 1]))
        text = next(to_here, "")
        is_of_labels = PASSED_OVER in parse_label(text, form.heads).words
        if row[place : place + 1] == (text,) or not is_of_labels:
            texts.append(text)
    return " ".join(_distinct(texts))


def _name_column(text: str, title: _Title, form: TableForm) -> Column:
    """Return which number of which figure heads name; of no figure two empty texts.

    Raises ``UnreadableError`` for heads of which a word is not known, or that are of
    another time than the title.
    """
    label = parse_label(text, form.heads)
    figures = label.words.intersection(form.figures)
    if not figures or PASSED_OVER in label.words:
        return "", ""
    months = label.spans | label.months
    is_of_year = label.years <= {title.year}
    is_of_title = is_of_year and months <= {title.month}
    if not is_of_title or label.rest or len(figures) > 1:
        raise UnreadableError(
            f"found the heading {quote_words(text)} in a table of {title.time},"
            " expected"
            " one figure of that time, in words that are known",
            LOOK,
        )
    is_to_date = bool(label.spans) or TO_DATE in label.words
    is_of_month = not is_to_date and (bool(months) or THIS_MONTH in label.words)
    if GROWTH in label.words:
        kind = f"{GROWTH} of the {THIS_MONTH}" if is_of_month else GROWTH
    elif is_to_date or (title.is_span and not is_of_month):
        kind = TO_DATE
    else:
        kind = THIS_MONTH
    return min(figures), kind


# The row


def _find_row(rows: Rows, heads: Rows, form: TableForm) -> Sequence[str]:
    """Return the row that is taken.

    Raises ``UnreadableError`` for none, for several, and where the heads right above
    the figures are fewer: one may have slipped over another column.
    """
    found = list(filter(form.is_row, rows))
    if len(found) != 1:
        count = len(found) or "no"
        message = f"found {count} rows labelled {form.row_name}, expected one"
        raise UnreadableError(message)
    (row,) = found
    width = len(heads[-1]) if heads else len(row)
    if width != len(row):
        cells = f"the {len(row)} cells of the row {quote_words(form.row_name)}"
        raise UnreadableError(
            f"found {width} headings over {cells}, expected as many", SAVE
        )
    return row


def _read_number(
    text: str, decimals: int, form: TableForm, *, is_stored: bool
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
    if is_stored and more > decimals:
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


def _take_figure(name: str, numbers: Mapping[Column, Decimal | None]) -> PrintedFigure:
    """Return a figure. Raises ``UnreadableError`` for a value of nothing, and for a
    month with more than all since January.
    """
    value = numbers[name, TO_DATE] or Decimal(0)
    month = numbers.get((name, THIS_MONTH)) or Decimal(0)
    is_right = value > 0 and value >= month
    if not is_right:
        found = f"found {value} since January and {month} in the month as {name}"
        expected = "numbers above zero, of which the first is the larger"
        raise UnreadableError(f"{found}, expected {expected}", LOOK)
    return PrintedFigure(value, numbers.get((name, GROWTH)))


def _check_sum(
    figures: Mapping[str, PrintedFigure], form: TableForm, step: Decimal
) -> None:
    """The parts make the whole, but for what is rounded."""
    whole = figures[form.whole].value
    parts = [figures[name].value for name in form.parts]
    apart = abs(whole - sum(parts))
    if apart > step * Decimal("1.5"):
        found = " and ".join(map(str, parts))
        beside = f"the {form.whole} {whole} in the row {quote_words(form.row_name)}"
        message = f"found {found} beside {beside}: they differ by {apart}"
        raise UnreadableError(message, LOOK)


def _check_growth(figures: Mapping[str, PrintedFigure], form: TableForm) -> None:
    """The values of a year before, as the growths tell them, make their whole, but for
    what is rounded.
    """
    apart = Decimal(0)
    rounded = Decimal(0)
    for name, figure in figures.items():
        if figure.growth is None:
            return
        share = max(1 + figure.growth / 100, LEAST_SHARE)
        before = figure.value / share
        apart += before if name == form.whole else -before
        rounded += before * GROWTH_STEP / 100 / share
    if abs(apart) > min(rounded, figures[form.whole].value):
        growths = [figure.growth for figure in figures.values()]
        told = ", ".join(map(str, growths))
        message = f"found growths of {told} percent, which do not fit the values"
        raise UnreadableError(message, LOOK)
