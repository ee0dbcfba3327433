"""Tables of customs written anew in the shapes that customs prints: in two languages,
two currencies, every month.
"""

from decimal import Decimal
from typing import NamedTuple

from tests.workbooks import csv_of, xlsx

NAMES = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
# Exports and imports of a month and since January, in tenths of a unit, and three
# growths since January.
FIGURES = {
    "Total": (2229700, 1874940, 6846670, 4991330, "15.0", "11.9", "19.6"),
    "Germany": (71180, 53170, 217290, 157960, "-12.7", "-", "-2.1"),
    "Russian Federation": (6498, 8856, 19328, 23476, "11.8", "18.8", "6.5"),
    "India": (8461, 1418, 26157, 4064, "16.9", "14.6", "34.1"),
    "Viet Nam": (15000, 9990, 43000, 28000, "0.0", "-0.1", "0.1"),
}
CHINESE = {
    "Total": "总值",
    "Germany": "其中：德国",
    "Russian Federation": "俄罗斯联邦",
    "India": "印度",
    "Viet Nam": "越南",
}
FLOWS = ("total", "export", "import")
LABELS = {
    "en": ("Import Source", "Export Destination"),
    "zh": ("进口原产国（地区）", "出口最终目的国（地区）"),
}
HEADS = {
    "en": ("Export & Import", "Export", "Import"),
    "zh": ("进出口", "出口", "进口"),
}


class Style(NamedTuple):
    """How a table is printed."""

    year: int = 2025
    month: int = 3
    currency: str = "CNY"
    language: str = "en"
    title: str = ""
    unit: str = ""
    span: str = "1- to-{month}"
    single: str = "{month}"
    label: str = ""
    growth: str = ""
    is_short: bool = False  # seven cells: since January alone
    rows_of_heads: int = 2


def number(tenths):
    return f"{tenths / 10:,.1f}"


def title_of(style):
    if style.title:
        return style.title
    if style.language == "zh":
        span = (
            f"1至{style.month}" if style.is_short and style.month > 1 else style.month
        )
        value = "人民币值" if style.currency == "CNY" else "美元值"
        return f"（4）{style.year}年{span}月进出口商品国别（地区）总值表（{value}）"
    name = NAMES[style.month - 1]
    span = f"Jan-{name}" if style.is_short and style.month > 1 else name
    return (
        f"(4) China's Total Export & Import Values by Country/Region, {span}"
        f" {style.year} (in {style.currency})"
    )


def unit_of(style):
    if style.unit:
        return style.unit
    if style.language == "zh":
        return "单位：亿元人民币" if style.currency == "CNY" else "单位：百万美元"
    return "Unit: CNY 100 Million" if style.currency == "CNY" else "Unit: USD1 Million"


def heads_of(style):
    """Return the heads of the columns, each as its parts from above: the flow, the
    time; growth, the flow.
    """
    flows = HEADS[style.language]
    times = [] if style.is_short else [style.single.format(month=style.month)]
    times.append(style.span.format(month=style.month))
    growth = style.growth or (
        "Year-on-Year (±%)" if style.language == "en" else "累计比去年同期±%"
    )
    first = LABELS[style.language]
    return [
        first,
        *((flow, time) for flow in flows for time in times),
        *((growth, flow) for flow in flows),
    ]


def values_of(name, style):
    """Return the cells of a row behind its label."""
    export, import_, exports, imports, *growths = FIGURES[name]
    pairs = (
        (export + import_, exports + imports),
        (export, exports),
        (import_, imports),
    )
    return [
        *(
            number(value)
            for pair in pairs
            for value in (pair[1:] if style.is_short else pair)
        ),
        *growths,
    ]


def label_of(name, style):
    if name == "Russian Federation" and style.label:
        return style.label
    return name if style.language == "en" else CHINESE[name]


def lines(style=Style()):  # noqa: B008 - it cannot be changed
    """Return the rows of a table as an editor's spreadsheet has them: what spans cells
    stands in the first alone.
    """
    heads = heads_of(style)
    above = [head[0] for head in heads]
    spread = [
        "" if number and text == above[number - 1] else text
        for number, text in enumerate(above)
    ]
    below = [head[1] for head in heads]
    rows = (
        [spread, below]
        if style.rows_of_heads == 2
        else [[" ".join(dict.fromkeys(head)) for head in heads]]
    )
    body = [[label_of(name, style), *values_of(name, style)] for name in FIGURES]
    return [[title_of(style)], [*[""] * (len(heads) - 1), unit_of(style)], *rows, *body]


def page(style=Style(), *, before=None, after=""):  # noqa: B008 - it cannot be changed
    """Return the page of a site: its title, its date, its table."""
    (title,), (*_, unit), *rows = lines(style)
    width = len(rows[0])
    marked = [f"<tr><td colspan={width}><b>{title.replace('&', '&amp;')}</b></td></tr>"]
    marked.append(
        f'<tr><td colspan="{width}" align="right"><span>{unit}</span></td></tr>'
    )
    heads = heads_of(style)
    for number, row in enumerate(rows):
        cells = (
            row
            if number >= style.rows_of_heads or style.rows_of_heads == 1
            else [head[number] for head in heads]
        )
        shown = "".join(
            f"<td><span>{text.replace('&', '&amp;')}&nbsp;</span></td>"
            for text in cells
        )
        marked.append(f"<tr>{shown}</tr>")
    before = title if before is None else before
    return (
        "<!DOCTYPE html><html><head><meta"
        f' charset="UTF-8"><title>{before}</title></head><body>'
        f'<ul><li><a href="/">Home</a></li></ul><div class="atcl-ttl">{before}</div>'
        "<div"
        f' class="atcl-date">{style.year + style.month // 12}/{style.month % 12 + 1:02d}/09</div>'
        f"<div><table>{''.join(marked)}</table>{after}</div></body></html>"
    )


def change_words(text, changes):
    """Return a text in which words are changed, one after the other."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def print_page(changes=(), **style):
    """Return a page in a style, with words changed."""
    return change_words(page(Style(**style)), changes)


def stored(rows):
    """Return rows as a spreadsheet stores them: numbers are numbers."""
    return [[as_stored(text) for text in row] for row in rows]


def as_stored(text):
    plain = text.replace(",", "")
    return (
        float(plain)
        if plain.removeprefix("-").replace(".", "", 1).isdecimal()
        else text
    )


def body_of(style, kind):
    """Return the bytes of a table in a format."""
    rows = lines(style)
    if kind == "html":
        return page(style).encode()
    if kind == "csv":
        return csv_of(rows).encode()
    return xlsx(stored(rows))


def expected_cells(style):
    """Return what must be read: by flow, the value in the unit of the story's table,
    and the growth.
    """
    *_, exports, imports, total, export, import_ = FIGURES["Russian Federation"]
    per_tenth = Decimal("0.01") if style.currency == "CNY" else Decimal("0.1")
    values = zip(
        FLOWS,
        (exports + imports, exports, imports),
        (total, export, import_),
        strict=True,
    )
    return {
        flow: (value * per_tenth, Decimal(growth)) for flow, value, growth in values
    }
