"""Chinese customs: table (4), total values of exports and imports by country or region.

The English site's monthly page, in yuan or dollars, and what an editor has saved of it
or of the Chinese site, as HTML, XLSX, XLS or CSV. Only the totals since January are
taken: the tables of the story hold those.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from urllib.parse import urljoin

from press.data import Data
from press.intake import (
    Adapter,
    Document,
    Line,
    Listed,
    PrintedTable,
    Release,
    TableForm,
    UnreadableError,
    Wanted,
    listed,
    parse_label,
    read_table,
    sheets,
)

SITE = "http://english.customs.gov.cn/"
INDEX = f"{SITE}statics/report/preliminary"
PUBLISHER = "General Administration of Customs of China"
BY_COUNTRY = r"\bby\s+(?:\w+\s+){0,2}countr|国别|国家\s*\(地区\)"
FORM = TableForm(
    name="table (4), by country or region",
    sign=BY_COUNTRY,
    title={
        "USD": r"\bin usd\b|美元(?:值|计价)?",
        "CNY": r"\bin (?:cny|rmb)\b|人民币(?:值|计价)?",
        "of trade": (
            r"\(\d+\)|\bchina.?s\b|\btotal\b|\bexports?\b|\bimports?\b|\band\b"
            r"|\bvalues?\b|\bby(?: major)? countr(?:y|ies)|\bregions?\b"
            r"|\borigin/destination|进出口|商品|主要|国别|国家|地区|总值|表"
        ),
    },
    heads={
        "passed over": r"source|destination|countr|region|balance|国|地区|差额",
        "growth": (
            r"(?:total )?year.on.year(?: changes?)?|y/y|yoy|percent(?:age)?(?: change)?"
            r"|changes?|growth|(?:累计)?比?去?年?(?:同比|同期)增?减?|增减|增长|%"
        ),
        "to date": (
            r"累计|1\s*月?\s*[-至到]\s*[当本]月|cumulative|accumulat(?:ed|ive)"
            r"|to date|since january"
        ),
        "month": r"[当本]月",
        "total": r"exports? (?:&|and) imports?|进出口|\btotal\b(?: values?)?|总值|合计",
        "export": r"\bexports?\b|出口",
        "import": r"\bimports?\b|进口",
        "value": r"\bvalues?\b|金额|值",
    },
    # a mark or a number behind it leads to a footnote
    row=(
        r"(?:(?:the )?russian?(?: fed(?:eration|\.))?|俄罗斯(?:联邦)?)"
        r"(?:\s*\^.*|\W|\d\))*"
    ),
    row_name="Russian Federation",
    whole="total",
    parts=("export", "import"),
    currencies={
        "USD": r"us\s?d|us\s?\$|(?:us\s)?dollars?|美元",
        "CNY": r"cny|rmb|yuan|人民币|元",
    },
    scales={
        1_000: r"1,000|千",
        10_000: r"10,000|万",
        10**6: r"1?\s?million|百万",
        10**8: r"100\s?million|亿",
    },
    decimals={1_000: 0, 10_000: 0},
)
# by currency: the table, the unit of its columns, how many of the currency it is
TABLES = {
    "CNY": ("trade_to_month_yuan", "cny_billion", 10**9),
    "USD": ("trade_to_month", "usd_million", 10**6),
}
IN_WORDS = {"CNY": "yuan", "USD": "dollars"}
GROWTH_STEP = "0.1"  # one unit of the last digit of a growth
# a later print of all countries, another vintage
BULLETIN = re.compile(r"^\W*2\W(?!.*(?:major|主要))|origin|bulletin", re.IGNORECASE)
CHINESE = re.compile(r"[一-鿿]")
NO_LINK = ("#", "javascript:", "mailto:")
HINT = "open the page in a browser, save it, and import the file"


def read(document: Document, expected: str) -> Release:
    """Return the trade with Russia since January in a page or file.

    ``expected`` is the month that was asked for, with or without the currency, empty
    for a file. Raises ``UnreadableError``.
    """
    table = read_table(document, FORM)
    told = f"{table.month}, {IN_WORDS[table.currency]}"
    if not told.startswith(expected):
        raise UnreadableError(
            f"found the table of {told}, expected that of {expected}",
            "the index may name it wrongly",
        )
    return Release(
        f"{PUBLISHER}: {table.title} ({told})",
        _describe_source(document, table),
        list(_list_lines(table)),
    )


def _list_lines(table: PrintedTable) -> Iterator[Line]:
    """Yield value, growth and both precisions of each flow, in the units of the story's
    table.
    """
    name, unit, size = TABLES[table.currency]
    factor = Decimal(table.factor) / size
    for flow, figure in table.figures.items():
        cells = {
            "month": table.month,
            "flow": flow,
            f"value_{unit}": f"{(figure.value * factor).normalize():f}",
            f"precision_{unit}": f"{(table.step * factor).normalize():f}",
            "status": "published",
        }
        if figure.growth is not None:
            cells["growth_percent"] = str(figure.growth)
            cells["growth_precision_points"] = GROWTH_STEP
        yield Line(name, cells)


def _describe_source(document: Document, table: PrintedTable) -> dict[str, str]:
    """Return the row of the page in the table of sources.

    Its id holds what tells it from others: the kind of table, its language, month and
    currency, the day of the page, or of an undated one what stands for its address.
    """
    kind = "bulletin" if BULLETIN.search(table.title) else "preliminary"
    if CHINESE.search(table.title):
        kind += "-zh"
    undated = f"{zlib.crc32(document.address.encode()):08x}"
    parts = (table.month.replace("-", ""), table.currency.lower())
    vintage = table.published.replace("-", "") or undated
    return {
        "id": "-".join(("gacc", kind, *parts, vintage)),
        "publisher": PUBLISHER,
        "title": table.title,
        "address": document.address,
        "published": table.published or "undated",
        "kind": "official",
        "state_media": "false",
        "strength": "primary",
        "licence": "not stated",
    }


# The pages that list the tables


def first(data: Data, since: str) -> Sequence[Wanted]:
    """Return the pages that list the tables: this year's, and those of the years before
    from the month ``since`` on.
    """
    newest = _newest_month(data)
    years = range(int(since[:4]), int(newest[:4])) if since else ()
    return [_index_of(year, since or newest) for year in ("", *years)]


def follow(document: Document, data: Data, since: str) -> Sequence[Wanted]:
    """Return the pages of table (4) that an index links to and that are newer than the
    tables, or than ``since``.

    A new year's index leads to the index of the year in which the tables end. Raises
    ``UnreadableError`` for an index without such a table or a year.
    """
    name = document.address.removeprefix(INDEX)
    if name == document.address:
        return []
    rows = [row for row in listed(document) if FORM.is_title(row.words)]
    words = " ".join(text for sheet in sheets(document) for text in sheet.before)
    years = parse_label(name, {}).years or parse_label(words, {}).years
    if not rows or not years:
        raise UnreadableError(
            "found no row of the table by country, or no year, expected a list of"
            " tables, a link a month",
            HINT,
        )
    year = str(max(years))
    newest = since or _newest_month(data)
    wanted = [page for row in rows for page in _list_wanted_pages(document, row, year)]
    wanted = [page for page in wanted if page.expected[:7] > newest]
    if name == ".html" and newest < f"{year}-01" and not newest.endswith("-12"):
        wanted.append(_index_of(newest[:4], newest))
    return wanted


def _index_of(year: object, newest: str) -> Wanted:
    """Return an index, and which of its pages a person opens and saves."""
    return Wanted(
        f"{INDEX}{year}.html",
        by_hand=(
            "this is the list of tables: in the row of table (4), by country or region,"
            f" open a month after {newest}, in yuan and in dollars, save these pages"
        ),
    )


def _newest_month(data: Data) -> str:
    """Return the month in which the table ends that ends first: dollars and yuan are
    printed on the same day.
    """
    tables = [data[name] for name, *_ in TABLES.values()]
    return min(max(str(row["month"]) for row in table.rows) for table in tables)


def _list_wanted_pages(document: Document, row: Listed, year: str) -> Iterator[Wanted]:
    """Yield the pages to which a row of the index links, each with its month, and its
    currency if the row names it.
    """
    named = parse_label(row.words, FORM.title).words
    currency = "".join(f", {IN_WORDS[name]}" for name in IN_WORDS if name in named)
    for words, address in row.links:
        label = parse_label(words, {})
        months = label.spans | label.months
        if months and not address.startswith(NO_LINK):
            page = urljoin(document.address, address.replace("\\", "/"))
            yield Wanted(page, f"{year}-{max(months):02d}{currency}")


CUSTOMS = Adapter("customs", (SITE,), first, read, follow)
