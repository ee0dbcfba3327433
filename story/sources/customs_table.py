"""The row of Russia in a table of Chinese customs: values and growth since January, by
what the headings say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from press.ground.errors import quoted
from press.intake import Line, Sheet, UnreadableError
from story.sources.customs_title import (
    HINT,
    NAMED_SPAN,
    SPAN,
    UNIT,
    Head,
    is_title,
    line,
    month_named,
    spans,
)

# by currency: the table, the unit of its columns, and that as a power of ten
TABLES = {
    "CNY": ("trade_to_month_yuan", "cny_billion", 9),
    "USD": ("trade_to_month", "usd_million", 6),
}
FLOWS = ("total", "export", "import")
RUSSIA = re.compile(
    r"(?:the )?russian?(?: fed(?:eration|\.))?|俄罗斯(?:联邦)?", re.IGNORECASE
)
WHOLE = re.compile(
    r"(?:grand )?total(?: values?)?|总\s*值|总\s*计|合\s*计", re.IGNORECASE
)
BELOW = re.compile(r"^(?:of which|其中)\s*:?\s*", re.IGNORECASE)
FOOTNOTE = re.compile(r"\s*(?:\^.*|[*†‡#①-⑳¹²³⁴-⁹]+|[(\[]?\d{1,2}[)\]])$")
NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
LABELS = re.compile(
    r"source|destination|countr|region|balance|国|地区|差额", re.IGNORECASE
)
GROWTH = re.compile(
    r"year.on.year|y/y|yoy|[%‰]|percent|chang|growth|同比|同期|增减|增长", re.IGNORECASE
)
TO_DATE = re.compile(
    r"累计|1\s*月?\s*[-至到]\s*[当本]月|cumulative|accumulat|to date|since january",
    re.IGNORECASE,
)
THIS_MONTH = re.compile(r"[当本]月")
MONTH_ALONE = re.compile(r"(?<![A-Za-z\d.,$])\d{1,2}(?![\d.,])")
EMPTY = {"", "-", "--", "…", "..."}
# decimals of a value, by how many yuan or dollars its unit is; of all others one
PRINTED = {1_000: 0, 10_000: 0}
ENOUGH = 3  # rows that show how many decimals a table prints


class Column(NamedTuple):
    """A column by its heads: the flow, whether it is growth, and what it covers: since
    January, a month, or unsaid.
    """

    flow: str
    is_growth: bool
    covers: str


class Places(NamedTuple):
    """Where the figures of a flow stand in a row: its value since January; if any, its
    growth and a month's value.
    """

    value: int
    growth: int | None
    month: int | None


def is_russia(label: str) -> bool:
    """Tell whether the label of a row is Russia's, a footnote aside."""
    return bool(RUSSIA.fullmatch(_bare(label)))


def label_of(row: Sequence[str]) -> str:
    """Return the label of a row: its first cell that is neither empty nor a number, as
    a rank would be.
    """
    return next((text for text in row if text and not _is_number(text)), "")


def has_figures(sheet: Sheet) -> bool:
    """Tell whether a number stands anywhere in a sheet."""
    return any(_is_number(text) for row in sheet.rows for text in row)


def lines(sheet: Sheet, head: Head) -> Iterator[Line]:
    """Yield the figures of the row of Russia since January, a line a flow.

    Raises ``UnreadableError`` for what does not add up.
    Another row may be damaged: that of the total is held to its parts where all three
    can be read.
    """
    start = _first_row(sheet)
    columns = _columns(sheet, start, head)
    values = {flow: places.value for flow, places in columns.items()}
    rows = (
        _as_printed(sheet.rows[start:], columns, head)
        if sheet.stored
        else sheet.rows[start:]
    )
    row = _row(rows)
    for number in range(row.index(label_of(row)) + 1, len(row)):
        if row[number] not in EMPTY:
            _number(row, number)
    _check_width(sheet.rows[:start], row)
    _check_months(row, columns)
    decimals = _printed_decimals(rows, row, list(values.values()))
    for each in rows:
        can_be_read = all(
            _is_number(each[place]) for place in values.values() if place < len(each)
        )
        if each is row or (WHOLE.fullmatch(_bare(label_of(each))) and can_be_read):
            _check_sum(
                {flow: _amount(each, number) for flow, number in values.items()},
                each,
                decimals,
            )
    _check_growth(row, columns)
    yield from _written(row, columns, head, decimals)


def _as_printed(
    rows: Sequence[Sequence[str]], columns: Mapping[str, Places], head: Head
) -> list[list[str]]:
    """Return rows with no more decimals than customs prints: a workbook keeps what was
    not yet rounded.
    """
    growths, decimals = (
        {places.growth for places in columns.values()},
        PRINTED.get(head.factor, 1),
    )
    return [
        [
            _rounded(text, 1 if place in growths else decimals)
            for place, text in enumerate(row)
        ]
        for row in rows
    ]


def _rounded(text: str, decimals: int) -> str:
    if _decimals(text) <= decimals:
        return text
    return str(
        Decimal(text.replace(",", "")).quantize(
            Decimal(1).scaleb(-decimals), ROUND_HALF_UP
        )
    )


def _written(
    row: Sequence[str], columns: Mapping[str, Places], head: Head, decimals: int
) -> Iterator[Line]:
    """Yield value, growth and both precisions of each flow, in the units of the story's
    table.
    """
    table, unit, power = TABLES[head.currency]
    factor = Decimal(head.factor).scaleb(-power)
    precision = _plain(Decimal(1).scaleb(-decimals) * factor)
    for flow, (number, growth, _) in columns.items():
        values = {"month": head.month, "flow": flow, "status": "published"}
        values |= {
            f"value_{unit}": _plain(_amount(row, number) * factor),
            f"precision_{unit}": precision,
        }
        if growth is not None and _is_printed(row, growth):
            step = Decimal(1).scaleb(-max(1, _decimals(row[growth])))
            values |= {
                "growth_percent": str(_number(row, growth)),
                "growth_precision_points": f"{step:f}",
            }
        yield Line(table, values)


# Rows


def _first_row(sheet: Sheet) -> int:
    """Return the number of the first row of figures: below the heads, whose numbers are
    of months.
    """
    for number, row in enumerate(sheet.rows):
        figures = [text for text in row if _is_number(text)]
        if (
            len(figures) >= len(FLOWS)
            and not all(map(MONTH_ALONE.fullmatch, figures))
            and not any(map(spans, row))
        ):
            return number
    raise UnreadableError(
        "found no row of figures, expected one for each country", HINT
    )


def _row(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the one row of Russia. Raises ``UnreadableError`` for none or several."""
    found = [row for row in rows if is_russia(label_of(row))]
    if len(found) != 1:
        raise UnreadableError(
            f"found {len(found) or 'no'} rows labelled Russian Federation, expected one"
        )
    return found[0]


def _bare(label: str) -> str:
    """Return a label without its footnote and the words that only set it
    under others.
    """
    return FOOTNOTE.sub("", BELOW.sub("", label.strip())).strip(" :")


def _printed_decimals(
    rows: Sequence[Sequence[str]], row: Sequence[str], values: Sequence[int]
) -> int:
    """Return how many decimals a table prints.

    Raises ``UnreadableError`` for a row that has more than all others.
    """
    by_row = sorted(_most_decimals(each, values) for each in rows)
    own = _most_decimals(row, values)
    if len(by_row) >= ENOUGH and own > by_row[-2]:
        message = f"found {quoted(' '.join(row))} with more decimals than any other row"
        raise UnreadableError(
            message, "a footnote may have slipped into a number: look at the page"
        )
    return by_row[-2] if len(by_row) >= ENOUGH else max(by_row)


def _most_decimals(row: Sequence[str], values: Sequence[int]) -> int:
    return max(
        (_decimals(row[number]) for number in values if number < len(row)), default=0
    )


def _check_width(heads: Sequence[Sequence[str]], row: Sequence[str]) -> None:
    """The headings right above the figures are as many as these: none has slipped over
    another column.
    """
    widths = [len(each) for each in heads if len(set(filter(None, each))) > 1]
    if widths and widths[-1] != len(row):
        message = (
            f"found {widths[-1]} headings over the {len(row)} cells of the row"
            f" {quoted(label_of(row))}"
        )
        raise UnreadableError(f"{message}, expected as many", HINT)


def _check_months(row: Sequence[str], columns: Mapping[str, Places]) -> None:
    """No month is more than all since January."""
    for flow, places in columns.items():
        if places.month is not None and _is_printed(row, places.month):
            month, value = _amount(row, places.month), _amount(row, places.value)
            if month > value:
                message = (
                    f"found {month} as the {flow} of the month, and {value} since"
                    " January"
                )
                raise UnreadableError(
                    f"{message}, expected no less", "look at the headings of the page"
                )


def _check_growth(row: Sequence[str], columns: Mapping[str, Places]) -> None:
    """The values of a year before, as the growths tell them, make their total, but for
    what is rounded.
    """
    growths = {
        flow: places.growth
        for flow, places in columns.items()
        if _is_printed(row, places.growth)
    }
    shares = {
        flow: 1 + _number(row, number or 0) / 100 for flow, number in growths.items()
    }
    if len(shares) < len(FLOWS):
        return
    if min(shares.values()) > 0:
        before = {
            flow: _amount(row, columns[flow].value) / share
            for flow, share in shares.items()
        }
        steps = {
            flow: Decimal(1).scaleb(-_decimals(row[number or 0]) - 2)
            for flow, number in growths.items()
        }
        rounded = sum(
            (before[flow] * steps[flow] / shares[flow] for flow in FLOWS), Decimal(0)
        )
        if abs(before["total"] - before["export"] - before["import"]) <= rounded:
            return
    told = ", ".join(row[number or 0] for number in growths.values())
    raise UnreadableError(
        f"found growths of {told} percent, which do not fit the three values",
        "none is taken",
    )


def _is_printed(row: Sequence[str], number: int | None) -> bool:
    return number is not None and number < len(row) and row[number] not in EMPTY


def _check_sum(
    numbers: Mapping[str, Decimal], row: Sequence[str], decimals: int
) -> None:
    """Exports and imports make the total, but for what is rounded."""
    apart = abs(numbers["total"] - numbers["export"] - numbers["import"])
    if apart > Decimal("1.5").scaleb(-decimals):
        message = (
            f"found {numbers['export']} and {numbers['import']} beside the total"
            f" {numbers['total']}"
        )
        raise UnreadableError(
            f"{message} in the row {quoted(label_of(row))}: they differ by {apart}",
            "look at the page",
        )


# Columns


def _columns(sheet: Sheet, start: int, head: Head) -> dict[str, Places]:
    """Return by flow the places of its figures. Raises ``UnreadableError``."""
    rows = sheet.rows[start:]
    filled = [
        n
        for n in range(max(map(len, rows)))
        if any(n < len(row) and _is_number(row[n]) for row in rows)
    ]
    heads = {number: _heads(sheet.rows[:start], number) for number in filled}
    columns = {
        number: _column(text, head) for number, text in heads.items() if _flow(text)
    }
    kinds = _kinds(head, {column.covers for column in columns.values()})
    found: dict[str, Places] = {}
    for flow in FLOWS:
        own = {
            number: column for number, column in columns.items() if column.flow == flow
        }
        value = _one_of(own, kinds, is_growth=False)
        if value is None:
            told = ", ".join(map(quoted, dict.fromkeys(heads.values())))
            message = (
                f"found the headings {told}; expected one column for the {flow} since"
                " January"
            )
            raise UnreadableError(
                message,
                "the layout has changed: look at the page, and record the figures by"
                " hand",
            )
        growth = _one_of(own, ("since January", "unsaid"), is_growth=True)
        found[flow] = Places(value, growth, _one_of(own, ("month",), is_growth=False))
    return found


def _kinds(head: Head, covers: set[str]) -> Sequence[str]:
    """Return what a column of values may cover, the best first: all since January in
    words, or by what is clear.

    January alone is all since January. A column that does not say what it covers is
    taken where the title says since January, and in a table of February without that
    month alone: customs prints both months as one.
    """
    if head.month.endswith("-01"):
        return ("since January", "unsaid", "month")
    of_two_months = head.month.endswith("-02") and "month" not in covers
    return (
        ("since January", "unsaid")
        if spans(head.title) or of_two_months
        else ("since January",)
    )


def _heads(rows: Sequence[Sequence[str]], number: int) -> str:
    """Return the heads of a column in one text; one over several columns of a
    spreadsheet stands in the first alone.

    A row that says the same in all columns, or something in one, is a title; so is one
    that reads as one.
    """
    heads = [
        row[: number + 1]
        for row in rows
        if len(set(filter(None, row))) > 1 and not is_title(line(row))
    ]
    texts = (UNIT.sub("", _filled(row)).strip() for row in heads)
    return " ".join(dict.fromkeys(text for text in texts if text))


def _filled(row: Sequence[str]) -> str:
    """Return the last text of a row, unless the last cell is empty and the text heads
    the labels.
    """
    text = next(filter(None, reversed(row)), "")
    return "" if not row[-1] and LABELS.search(text) else text


def _flow(text: str) -> str:
    """Return the flow that heads name, an empty text if none."""
    words = text.lower()
    if LABELS.search(words):
        return ""
    exports, imports = (
        ("export" in words or "出口" in words),
        ("import" in words or "进口" in words),
    )
    if "进出口" in words or exports is imports:
        return "total" if exports or "进出口" in words or WHOLE.search(words) else ""
    return "export" if exports else "import"


def _column(text: str, head: Head) -> Column:
    """Return what a column holds.

    Raises ``UnreadableError`` where its heads are of another month than the title.
    """
    month = int(head.month[5:])
    ends = spans(text)
    rest = TO_DATE.sub("", NAMED_SPAN.sub("", SPAN.sub("", text)))
    alone = set(map(int, MONTH_ALONE.findall(rest))) | ({month_named(rest)} - {0})
    if wrong := sorted((ends | alone) - {month}):
        raise UnreadableError(
            f"found the heading {quoted(text)} in a table of {head.month}: month"
            f" {wrong[0]}"
        )
    covers = (
        "since January"
        if ends or TO_DATE.search(text)
        else "month"
        if alone or THIS_MONTH.search(rest)
        else "unsaid"
    )
    return Column(_flow(text), bool(GROWTH.search(text)), covers)


def _one_of(
    columns: Mapping[int, Column], kinds: Sequence[str], *, is_growth: bool
) -> int | None:
    """Return the one column of values, or of growth, that covers the first of some
    kinds of time that is there.
    """
    for kind in kinds:
        found = [
            n
            for n, column in columns.items()
            if column.is_growth is is_growth and column.covers == kind
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


# Numbers


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))


def _number(row: Sequence[str], number: int) -> Decimal:
    """Return the number in a cell.

    Raises ``UnreadableError`` for anything beside its digits.
    """
    text = row[number] if number < len(row) else ""
    if not _is_number(text):
        message = (
            f"found {quoted(text)} in the row {quoted(label_of(row))}, expected a"
            " number such as 1,234.5"
        )
        raise UnreadableError(
            message, "a footnote may say what the mark means: record the figure by hand"
        )
    return Decimal(text.replace(",", ""))


def _amount(row: Sequence[str], number: int) -> Decimal:
    """Return a value, which is above zero. Raises ``UnreadableError``."""
    amount = _number(row, number)
    if amount <= 0:
        raise UnreadableError(
            f"found {amount} in the row {quoted(label_of(row))}, expected a value above"
            " zero"
        )
    return amount


def _decimals(text: str) -> int:
    return len(text.partition(".")[2]) if _is_number(text) else 0


def _plain(number: Decimal) -> str:
    """Write a number without an exponent and without zeros behind its last digit that a
    factor has made.
    """
    return f"{number.normalize():f}"
