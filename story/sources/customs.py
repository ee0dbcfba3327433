"""Chinese customs: table (4), total values of exports and imports by country or region.

What an editor has saved of the English site, in yuan or dollars, or of the Chinese one,
as HTML, XLSX or CSV. Only the totals since January are taken: the tables of the
story hold those.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from decimal import Decimal

from press.intake import (
    STEP,
    Adapter,
    Document,
    PrintedTable,
    Release,
    ReleaseRow,
    TableForm,
    TableTitle,
    Unit,
    read_table,
)

SITE = "http://english.customs.gov.cn/"
# of the administration, not of its districts; and pages of it that were recorded
SITES = (
    r"https?://(?:(?:english|www|tjs|stats)\.customs\.gov\.cn"
    r"|github\.com/hoyla/meridian)/"
)
PUBLISHER = "General Administration of Customs of China"
BY_HAND = (
    "its site turns scripts away; look for newer months at"
    f" {SITE}statics/report/preliminary.html, in the rows of table (4), by country or"
    " region, in yuan and in dollars; save their pages, then: python build.py import"
    " FILE"
)
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
        "passed over": (
            r"\bsource\b|\bdestination\b|\bcountr(?:y|ies)\b|\bregions?\b"
            r"|(?:trade )?balance|(?:进口)?原产国|(?:出口)?(?:最终)?目的国|国别|国家"
            r"|地区|(?:贸易)?差额"
        ),
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
    # of a page, its foot, a note, a worksheet
    beside={
        "address": r"address: no\.6\. jianguomennei.*?100730",
        "publisher": (
            r"general administrat(?:ion|or) of customs(?: of the people.s republic of"
            r" china|, p\.?r\.? ?china| of china)?|中华人民共和国海关总署"
        ),
        "page": (
            r"\bhome\b|\bsheet\d*\b|\bsource: customs\b|\babout gacc\b"
            r"|\b(?:quick|friendly) links\b"
        ),
        # which countries belong to groups that have rows of their own
        "groups": (
            r"\d\. ?(?:the (?:association of southeast asian nations|european union"
            r"|regional comprehensive economic partnership) \(\w+\)|apec) includes:?"
            r"[\w\s,]+[.;]|\d\. ?jointly build .*?listed countries and regions"
        ),
        "note": r"\bnotes?:|\b\d\. (?:preliminary|see \d)\.",
    },
    first_row=r"total|总值|合计",
    # a mark or a number behind it leads to a footnote
    row=(
        r"(?:(?:the )?russian?(?: fed(?:eration|\.))?|俄罗斯(?:联邦)?)"
        r"(?:\s*\^.*|\W|\d\))*"
    ),
    row_name="Russian Federation",
    whole="total",
    parts=("export", "import"),
    units={
        r"(?:usd|us\$) ?1? ?million|百万美元": Unit("USD", 10**6),
        r"(?:usd|us\$) ?100 million|亿美元": Unit("USD", 10**8),
        r"(?:cny|rmb) ?1? ?million|百万元(?:人民币)?": Unit("CNY", 10**6),
        r"(?:cny|rmb) ?100 million|100 million yuan|亿元(?:人民币)?": Unit(
            "CNY", 10**8
        ),
    },
)
# what the table of sources says of each page
PAGE = {
    "publisher": PUBLISHER,
    "kind": "official",
    "state_media": "false",
    "strength": "primary",
    "licence": "not stated",
}
# by currency: the table, the unit of its columns, how many of the currency it is
TABLES = {
    "CNY": ("trade_to_month_yuan", "cny_billion", 10**9),
    "USD": ("trade_to_month", "usd_million", 10**6),
}


def read_release(document: Document) -> Release:
    """Return the trade with Russia since January in a page or file.

    Raises ``UnreadableError``.
    """
    table = read_table(document, FORM)
    title = table.title
    told = f"{PUBLISHER}: {title.text} ({title.time}, {title.unit.currency})"
    source = _describe_source(document.address, title)
    return Release(told, source, list(_list_lines(table)))


def _list_lines(table: PrintedTable) -> Iterator[ReleaseRow]:
    """Yield value, growth and both precisions of each flow, in the units of the story's
    table.
    """
    unit = table.title.unit
    name, column, size = TABLES[unit.currency]
    factor = Decimal(unit.factor) / size
    step = (STEP * factor).normalize()
    for flow, figure in table.figures.items():
        value = (figure.value * factor).normalize()
        cells = {
            "month": table.title.time,
            "flow": flow,
            f"value_{column}": f"{value:f}",
            f"precision_{column}": f"{step:f}",
            "status": "published",
        }
        if figure.growth is not None:
            cells["growth_percent"] = str(figure.growth)
            cells["growth_precision_points"] = str(STEP)
        added = dict[str, str]()
        if figure.added is not None:
            added[f"value_{column}"] = f"{figure.added * factor:f}"
        yield ReleaseRow(name, cells, added)


def _describe_source(address: str, title: TableTitle) -> dict[str, str]:
    """Return the row of the page in the table of sources.

    Its id holds month and currency, and what stands for its address: each address is a
    print of its own.
    """
    vintage = f"{zlib.crc32(address.encode()):08x}"
    month = title.time.replace("-", "")
    currency = title.unit.currency.lower()
    return {
        "id": f"gacc-{month}-{currency}-{vintage}",
        "title": title.text,
        "address": address,
        "published": title.published or "undated",
        **PAGE,
    }


CUSTOMS = Adapter("customs", read_release, by_hand=BY_HAND, site=SITES)
