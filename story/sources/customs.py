"""Chinese customs: table (4), total values of exports and imports by country or region.

The English site's monthly page, in yuan or dollars, and what an editor has saved of it or of the Chinese site, as HTML,
XLSX, XLS or CSV. Only the totals since January are taken: the tables of the story hold those.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from press.data import Data
from press.errors import quoted
from press.intake import Adapter, Cell, Document, Release, Sheet, UnreadableError, Wanted, decoded, sheets

SITE = "http://english.customs.gov.cn/"
PUBLISHER = "General Administration of Customs of China"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
# "Mar 2026", "January-February 2025", "2026年3月", "2025年1-2月", "2025年1至2月"
ENGLISH = re.compile(rf"\b(?:{NAMED}\s*(?:-|–|—|to|and|&)\s*)?{NAMED},?\s*(?:of\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
CHINESE = re.compile(r"((?:19|20)\d\d)\s*年\s*(?:1\s*[-–—至到]\s*)?(\d{1,2})\s*月")
BY_COUNTRY = re.compile(r"by\s+(?:major\s+)?countr|国别|国家（地区）|国家\(地区\)", re.IGNORECASE)
OF_CUSTOMS = re.compile(r"china'?s\s+total\s+(?:export|import|value)|进出口", re.IGNORECASE)
UNIT = re.compile(r"(?:unit|单位)\s*[:：]\s*([^|()（）]{1,40})", re.IGNORECASE)
YUAN = re.compile(r"cny|rmb|yuan|人民币|亿元|万元", re.IGNORECASE)
DOLLARS = re.compile(r"us\s?d|us\s?\$|dollar|美元", re.IGNORECASE)
SCALES = {"亿": 100_000_000, "百万": 1_000_000, "千万": 10_000_000, "万": 10_000, "千": 1_000}
WORDS = {"billion": 1_000_000_000, "million": 1_000_000, "thousand": 1_000}
RUSSIA = re.compile(r"(?:the )?russia(?:n federation)?|俄罗斯(?:联邦)?", re.IGNORECASE)
WHOLE = re.compile(r"total|总\s*值|总\s*计|合\s*计", re.IGNORECASE)
FOOTNOTE = re.compile(r"(?:\s*\^.*|[*†‡#]+|\s*[(（\[]?\d{1,2}[)）\]])$")
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
LABELS = re.compile(r"source|destination|countr|region|国|地区")
SPAN = re.compile(r"(?<!\d)1\s*(?:-|–|—|to|至)\s*(?:to\s*-?\s*)?(\d{1,2})(?!\d)", re.IGNORECASE)
GROWTH = re.compile(r"year.on.year|[%％]|同比|同期", re.IGNORECASE)
MONTHS_SINCE = re.compile(rf"\bjan[a-z]*\.?\s*(?:-|–|—|to)\s*{NAMED}", re.IGNORECASE)
EMPTY = {"", "-", "–", "—"}
ALONE = re.compile(r"(?<![\d.,])\d{1,2}(?![\d.,])")
DATE = re.compile(r"\b(20\d\d)[/-](\d\d)[/-](\d\d)\b")
SAVED = re.compile(r"saved from url=\(\d+\)(https?://[^\s>]+)")
HEAD_OF_FILE = 4096
TABLES = {  # by currency: the table, what its columns end in, its unit, and that as a power of ten
    "CNY": ("trade_to_month_yuan", "cny_billion", "CNY billion", 9),
    "USD": ("trade_to_month", "usd_million", "USD million", 6),
}
IN_WORDS = {"CNY": "yuan", "USD": "dollars"}
FLOWS = ("total", "export", "import")


class Head(NamedTuple):
    """What a page says it is: its title, the month to which it goes, its currency."""

    title: str
    month: str
    currency: str

    def __str__(self) -> str:
        """Say month and currency in words."""
        return f"{self.month}, {IN_WORDS[self.currency]}"


def read(document: Document, expected: str) -> Release | None:
    """Return the trade with Russia since January in a page or file; ``None`` where it is no table of customs.

    ``expected`` is the month and the currency that were asked for, empty for a file. Raises ``UnreadableError``.
    """
    found = sheets(document)
    chosen = [sheet for sheet in found if OF_CUSTOMS.search(_words(sheet)) or RUSSIA.search(" ".join(_labels(sheet)))]
    if not chosen:
        if expected:
            raise UnreadableError(f"found no table of customs, expected table (4) by country, {expected}", HINT)
        return None
    sheet = next((sheet for sheet in chosen if any(map(_is_russia, _labels(sheet)))), chosen[0])
    head = _head(sheet)
    if expected and str(head) != expected:
        raise UnreadableError(
            f"found the table of {head}, expected that of {expected}", "the index may name it wrongly"
        )
    if not sheet.rows or not any(map(_is_number, (text for row in sheet.rows for text in row))):
        raise UnreadableError(f"found the title {quoted(head.title)} and no table below it", HINT)
    cells = tuple(_cells(sheet, head))
    return Release(
        f"{PUBLISHER}: {head.title} ({head})", _source(document, sheet, head), cells, rest={"status": "published"}
    )


HINT = "open the page in a browser, save it, and import the file"


def _words(sheet: Sheet) -> str:
    return " ".join([sheet.before, *(text for row in sheet.rows[:5] for text in row[:1])])


def _labels(sheet: Sheet) -> list[str]:
    return [next(filter(None, row), "") for row in sheet.rows]


def _is_russia(label: str) -> bool:
    return bool(RUSSIA.fullmatch(_bare(label)))


def _bare(label: str) -> str:
    """Return a label without its footnote and the words that only set it under others."""
    return FOOTNOTE.sub("", label.strip()).removeprefix("of which:").removeprefix("其中：").strip(" 　:：")


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))


# What it is


def _head(sheet: Sheet) -> Head:
    """Return what a sheet says it is. Raises ``UnreadableError`` where that is another table, or cannot be told."""
    title = _title(sheet)
    if not BY_COUNTRY.search(title):
        raise UnreadableError(f"found the table {quoted(title)}, expected table (4), by country or region")
    unit = _unit(sheet)
    told, named = (_currency(words) for words in (UNIT.sub("", title), unit))
    if not (told or named):
        raise UnreadableError("found neither a currency nor a unit, expected CNY or USD in the title", HINT)
    if told and named and told != named:
        message = f"found a title in {IN_WORDS[told]} over the unit {quoted(unit)}, expected one currency"
        raise UnreadableError(message, "look at the page: one of the two is wrong, and no figure is taken")
    return Head(title, _month(title), told or named)


def _unit(sheet: Sheet) -> str:
    """Return the unit as a table names it, else as the words before it do."""
    texts = (text for row in sheet.rows for text in row if UNIT.search(text))
    found = UNIT.search(next(texts, sheet.before))
    return found[1].strip() if found else ""


def _title(sheet: Sheet) -> str:
    """Return the title of a table: what stands in its first rows, else the last words before it that are one."""
    heads = (", ".join(dict.fromkeys(filter(None, row))) for row in sheet.rows[:5])
    rows = (text for text in heads if BY_COUNTRY.search(text) and (ENGLISH.search(text) or CHINESE.search(text)))
    if found := next(rows, ""):
        return found
    starts = [
        found.start() for found in re.finditer(r"[(（]\d+[)）]\s*\D|china's total|\d{4}年", sheet.before, re.IGNORECASE)
    ]
    words = sheet.before[starts[-1] :] if starts else sheet.before
    return DATE.split(words)[0].strip()[:200]


def _month(title: str) -> str:
    """Return the last month that a title names: ``2026-03``. Raises ``UnreadableError`` where it names none."""
    if found := CHINESE.search(title):
        year, month = int(found[1]), int(found[2])
    elif found := ENGLISH.search(title):
        year, month = int(found[3]), MONTHS.index(found[2].lower()) + 1
    else:
        raise UnreadableError(f"found no month in the title {quoted(title)}, expected one such as Mar 2026")
    return f"{year:04d}-{month:02d}"


def _currency(words: str) -> str:
    """Return the currency that some words name, an empty text if none or both."""
    found = [name for name, pattern in (("CNY", YUAN), ("USD", DOLLARS)) if pattern.search(words)]
    return found[0] if len(found) == 1 else ""


def _factor(unit: str) -> int:
    """Return how many yuan or dollars one of a unit is: 100,000,000 for "CNY 100 Million", for "亿元"."""
    for sign, factor in SCALES.items():
        if sign in unit and not (sign == "万" and "百万" in unit):
            return factor
    number = next((int(found[0].replace(",", "")) for found in re.finditer(r"\d[\d,]*", unit)), 1)
    scale = next((factor for word, factor in WORDS.items() if word in unit.lower()), 0)
    if scale or number > 1:
        return number * (scale or 1)
    raise UnreadableError(f"found the unit {quoted(unit)}, expected one such as CNY 100 Million or USD1 Million")


# What it holds


class Column(NamedTuple):
    """A column by its heads: the flow, whether it is growth, the month to which it goes since January (0: unsaid)."""

    flow: str
    is_growth: bool
    is_to_date: bool
    month: int


def _cells(sheet: Sheet, head: Head) -> Iterator[Cell]:
    """Yield the figures of the row of Russia since January. Raises ``UnreadableError`` for what does not add up."""
    table, suffix, unit, power = TABLES[head.currency]
    start = _first_row(sheet)
    columns = _columns(sheet, start, head)
    values = {flow: number for flow, (number, _) in columns.items()}
    rows = sheet.rows[start:]
    row = _row(rows, _is_russia, "Russian Federation")
    for number in range(1, len(row)):
        if row[number] not in EMPTY:
            _number(row, number)
    decimals = max(_decimals(line[number]) for line in rows for number in values.values() if number < len(line))
    for line in (row, _row(rows, lambda label: bool(WHOLE.fullmatch(_bare(label))), "Total")):
        _check_sum({flow: _number(line, number) for flow, number in values.items()}, line, decimals)
    factor = Decimal(_factor(_unit(sheet))).scaleb(-power)
    for flow, (number, growth) in columns.items():
        key = {"month": head.month, "flow": flow}
        yield Cell(table, key, f"value_{suffix}", _plain(_number(row, number) * factor), unit)
        yield Cell(table, key, f"precision_{suffix}", _plain(Decimal(1).scaleb(-decimals) * factor), unit)
        if growth is not None and _is_number(_figures(row[growth])):
            percent = _number(row, growth)
            yield Cell(table, key, "growth_percent", percent, "percent")
            step = Decimal(1).scaleb(-max(1, _decimals(row[growth])))
            yield Cell(table, key, "growth_precision_points", step, "percentage points")


def _first_row(sheet: Sheet) -> int:
    """Return the number of the first row of figures: below the heads. Raises ``UnreadableError``."""
    for number, row in enumerate(sheet.rows):
        figures = [text for text in map(_figures, row[1:]) if _is_number(text)]
        if len(figures) >= len(FLOWS) and any("." in text or "," in text for text in figures) and not _is_head(row):
            return number
    raise UnreadableError("found no row of figures, expected one for each country", HINT)


def _is_head(row: Sequence[str]) -> bool:
    return any(SPAN.search(text) for text in row)


def _columns(sheet: Sheet, start: int, head: Head) -> dict[str, tuple[int, int | None]]:
    """Return by flow the columns of its value and its growth since January. Raises ``UnreadableError``."""
    width = max(map(len, sheet.rows[start:]))
    heads = [_heads(sheet.rows[:start], number) for number in range(width)]
    columns = {number: _column(text, head) for number, text in enumerate(heads) if number and _flow(text)}
    found: dict[str, tuple[int, int | None]] = {}
    for flow in FLOWS:
        own = {number: column for number, column in columns.items() if column.flow == flow}
        value = _one_of(own, is_growth=False, alone=head.month[5:] in {"01", "02"})
        if value is None:
            told = ", ".join(map(quoted, dict.fromkeys(filter(None, heads))))
            message = f"found the headings {told}; expected one column for the {flow} since January"
            raise UnreadableError(message, "the layout has changed: look at the page, and record the figures by hand")
        found[flow] = value, _one_of(own, is_growth=True, alone=True)
    return found


def _heads(rows: Sequence[Sequence[str]], number: int) -> str:
    """Return the heads of a column in one text; one over several columns of a spreadsheet stands in the first alone.

    A row that says the same in all columns, or something in one, is a title.
    """
    heads = [row[: number + 1] for row in rows if len(set(filter(None, row))) > 1]
    texts = (next(filter(None, reversed(row)), "") for row in heads)
    return " ".join(dict.fromkeys(text for text in texts if text))


def _flow(text: str) -> str:
    """Return the flow that heads name, an empty text if none."""
    words = text.lower()
    exports, imports = ("export" in words or "出口" in words), ("import" in words or "进口" in words)
    if LABELS.search(words):
        return ""
    if "进出口" in words or exports is imports:
        return "total" if exports or "进出口" in words or WHOLE.search(words) else ""
    return "export" if exports else "import"


def _column(text: str, head: Head) -> Column:
    """Return what a column holds. Raises ``UnreadableError`` where its heads are of another month than the title."""
    month = int(head.month[5:])
    ends = {int(found[1]) for found in SPAN.finditer(text)}
    ends |= {MONTHS.index(found[1].lower()) + 1 for found in MONTHS_SINCE.finditer(text)}
    alone = {int(found) for found in ALONE.findall(SPAN.sub("", text))}
    if wrong := sorted((ends | alone) - {month}):
        raise UnreadableError(f"found the heading {quoted(text)} in a table of {head.month}: month {wrong[0]}")
    return Column(_flow(text), bool(GROWTH.search(text)), bool(ends) or "累计" in text, month)


def _one_of(columns: Mapping[int, Column], *, is_growth: bool, alone: bool) -> int | None:
    """Return the one column of values, or growth, since January; ``alone``: also one that does not say since when."""
    of_kind = [number for number, column in columns.items() if column.is_growth is is_growth]
    to_date = [number for number in of_kind if columns[number].is_to_date]
    chosen = to_date or (of_kind if alone else [])
    return chosen[0] if len(chosen) == 1 else None


def _row(rows: Sequence[Sequence[str]], fits: Callable[[str], bool], what: str) -> Sequence[str]:
    """Return the one row with a label. Raises ``UnreadableError`` for none or several."""
    found = [row for row in rows if fits(next(filter(None, row), ""))]
    if len(found) != 1:
        raise UnreadableError(f"found {len(found) or 'no'} rows labelled {what}, expected one")
    return found[0]


def _check_sum(numbers: Mapping[str, Decimal], row: Sequence[str], decimals: int) -> None:
    """Exports and imports make the total, but for what is rounded."""
    apart = abs(numbers["total"] - numbers["export"] - numbers["import"])
    if apart > Decimal("1.5").scaleb(-decimals):
        message = f"found {numbers['export']} and {numbers['import']} beside the total {numbers['total']}"
        raise UnreadableError(f"{message} in the row {quoted(row[0])}: they differ by {apart}", "no figure is taken")


def _figures(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def _number(row: Sequence[str], number: int) -> Decimal:
    """Return the number in a cell. Raises ``UnreadableError`` for anything beside its digits."""
    text = _figures(row[number]) if number < len(row) else ""
    if not _is_number(text):
        message = f"found {quoted(text)} in the row {quoted(row[0])}, expected a number such as 1,234.5"
        raise UnreadableError(message, "a footnote may say what the mark means: record the figure by hand")
    return Decimal(text.replace(",", ""))


def _decimals(text: str) -> int:
    figures = _figures(text)
    return len(figures.partition(".")[2]) if _is_number(figures) else 0


def _plain(number: Decimal) -> Decimal:
    """Return a number without an exponent and without zeros behind its last digit that a factor has made."""
    return Decimal(f"{number.normalize():f}")


# Where it is from


def _source(document: Document, sheet: Sheet, head: Head) -> dict[str, str]:
    """Return the row of the page in the table of sources. A saved page may say from where it was saved."""
    saved = SAVED.search(document.body[:HEAD_OF_FILE].decode("latin-1"))
    index = f"{SITE}statics/report/preliminary.html#{head.month}-{head.currency.lower()}"
    date = DATE.search(sheet.before)
    return {
        "id": f"gacc-{head.month.replace('-', '')}-{head.currency.lower()}",
        "publisher": PUBLISHER,
        "title": head.title,
        "address": document.address or (saved[1] if saved else index),
        "published": "-".join(date.groups()) if date else "undated",
        "kind": "official",
        "state_media": "false",
        "strength": "primary",
        "licence": "not stated",
    }


def first(data: Data, since: str) -> Sequence[Wanted]:
    """Return the pages that list the tables: this year's, and those of the years before from the month ``since`` on."""
    newest = max(str(row["month"]) for name, *_ in TABLES.values() for row in data[name].rows)
    years = range(int((since or newest)[:4]), int(newest[:4]) + 1)
    pages = [f"{SITE}statics/report/preliminary{year}.html" for year in years]
    return [Wanted(f"{SITE}statics/report/preliminary.html"), *(Wanted(page) for page in (pages if since else ()))]


def follow(document: Document, data: Data, since: str) -> Sequence[Wanted]:
    """Return the pages of table (4) that an index links to and that are newer than the tables, or than ``since``.

    Raises ``UnreadableError`` for an index without such a table.
    """
    if "preliminary" not in document.address:
        return []
    page = BeautifulSoup(decoded(document.body, document.media_type), "html.parser")
    rows = [row for row in page.find_all("tr") if BY_COUNTRY.search(row.get_text(" "))]
    if not rows:
        raise UnreadableError(
            "found no row of the table by country, expected a list of tables with a link a month", HINT
        )
    year = _year(document.address, page.get_text(" "))
    found = []
    for row in rows:
        currency = _currency(row.get_text(" ")) or "CNY"
        newest = max(str(line["month"]) for line in data[TABLES[currency][0]].rows)
        for link in row.find_all("a", href=True):
            month = _month_of_link(link.get_text(" "))
            if month and year and f"{year}-{month:02d}" > (since or newest):
                expected = f"{year}-{month:02d}, {IN_WORDS[currency]}"
                found.append(Wanted(urljoin(document.address, str(link["href"]).replace("\\", "/")), expected))
    return found


def _year(address: str, words: str) -> str:
    named = re.search(r"preliminary(20\d\d)", address) or re.search(r"\b(20\d\d)\b", words)
    return named[1] if named else ""


def _month_of_link(words: str) -> int:
    """Return the last month that the words of a link name, 0 if none: "Mar", "1-2", "Jan.-Feb."."""
    named = re.findall(NAMED, words, re.IGNORECASE)
    numbers = [int(found) for found in re.findall(r"\d{1,2}", words)]
    month = MONTHS.index(named[-1].lower()) + 1 if named else (numbers or [0])[-1]
    return month if month <= len(MONTHS) else 0


CUSTOMS = Adapter("customs", (SITE,), first, follow, read)
