"""FRED, the database of the Federal Reserve Bank of St.

Louis: US consumer prices and Brent, as CSV without a key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from press.data import Data
from press.ground.errors import quote_words
from press.intake import (
    Adapter,
    Document,
    Release,
    ReleaseRow,
    UnreadableError,
    read_records,
)

ADDRESS = "https://fred.stlouisfed.org/graph/fredgraph.csv?id="
CPI, BRENT = "CPIAUCNS", "MCOILBRENTEU"
# the head of the first column; that of the second is the series
DAY_HEAD = "observation_date"
DAY = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-01")
VALUE = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?)?|\.")
MISSING = {".", ""}
FEWEST = 11  # months without which the table takes no mean
# what the table of sources says of each series
PAGE = {
    "publisher": "Federal Reserve Bank of St. Louis (FRED)",
    "published": "undated",
    "kind": "dataset",
    "state_media": "false",
    "strength": "reprint",
    "licence": "public domain, as FRED marks series of US agencies",
}
THOUSANDTH = Decimal("0.001")
CENT = Decimal("0.01")
Months = Mapping[str, Decimal]


class Series(NamedTuple):
    """A series: its title, the month in which its table begins, what makes rows of its
    months.
    """

    title: str
    begin: str
    list_lines: Callable[[Months], Iterator[ReleaseRow]]


def read_release(document: Document) -> Release:
    """Return the yearly means of consumer prices, or the monthly prices of Brent.

    Raises ``UnreadableError``.
    """
    records = read_records(document, [DAY_HEAD])
    name = ", ".join(head for head in records[0] if head != DAY_HEAD)
    if name not in SERIES:
        raise UnreadableError(
            f"found the series {name}, expected {' or '.join(SERIES)}"
        )
    address = f"{ADDRESS}{name}"
    if document.address not in {"", address}:
        raise UnreadableError(
            f"found the address {document.address}, expected {address}, that of the"
            " whole series"
        )
    months = _read_months(name, records, document.day)
    series = SERIES[name]
    source = {
        "id": f"fred-{name.lower()}",
        "title": f"{series.title} ({name})",
        "address": address,
        **PAGE,
    }
    told = f"FRED: {series.title} to {max(months)}"
    return Release(told, source, list(series.list_lines(months)), is_series=True)


def _read_months(
    name: str, records: Sequence[Mapping[str, str]], today: str
) -> dict[str, Decimal]:
    """Return the values of a series by month, from where its table begins.

    Raises ``UnreadableError``, also for a mean of a month that has not ended.
    """
    months = dict[str, Decimal]()
    last = ""
    for cells in records:
        day = cells[DAY_HEAD]
        value = cells[name]
        is_right = DAY.fullmatch(day) and VALUE.fullmatch(value)
        if not is_right or day != (_get_next_day(last) or day):
            raise UnreadableError(
                f"found {quote_words(f'{day},{value}')} after {quote_words(last)},"
                " expected the first of the month after, and a number or a point",
                "of a month that it does not know FRED prints a point: fetch it anew",
            )
        last = day
        if value not in MISSING and day >= SERIES[name].begin:
            months[day[:7]] = Decimal(value)
    newest = max(months, default="")
    if not "" < newest < today[:7]:
        raise UnreadableError(
            f"found {newest or 'no value'} as the newest month on {today}, expected one"
            f" that has ended, from {SERIES[name].begin} on",
            "what is printed of a month before its end is no mean of it",
        )
    return months


def _get_next_day(day: str) -> str:
    """Return the first of the month after a day, "" where there is no day."""
    if not day:
        return ""
    year, month = int(day[:4]), int(day[5:7])
    return f"{year + month // 12}-{month % 12 + 1:02d}-01"


def _list_yearly_means(months: Months) -> Iterator[ReleaseRow]:
    """Yield the mean of each year that has ended: of its twelve months, or of the
    eleven that were published.
    """
    years = defaultdict[str, list[Decimal]](list)
    for month, value in months.items():
        years[month[:4]].append(value)
    for year, values in years.items():
        count = len(values)
        mean = sum(values, Decimal(0)) / count
        cells = {
            "year": year,
            "index_1982_84_100": str(mean.quantize(THOUSANDTH, ROUND_HALF_UP)),
            "months_averaged": str(count),
        }
        if f"{year}-12" in months and count >= FEWEST:
            yield ReleaseRow("us_cpi", cells)


def _list_monthly_prices(months: Months) -> Iterator[ReleaseRow]:
    """Yield the mean price of each month."""
    for month, value in months.items():
        cells = {
            "month": month,
            "grade": "Brent",
            "price_usd_per_barrel": str(value.quantize(CENT)),
            "precision_usd_per_barrel": str(CENT),
            "status": "published",
        }
        yield ReleaseRow("oil_prices", cells)


SERIES = {
    CPI: Series(
        "Consumer Price Index for All Urban Consumers: All Items in U.S. City Average,"
        " not seasonally adjusted",
        "1996-01",
        _list_yearly_means,
    ),
    BRENT: Series(
        "Global price: Crude Oil Prices, Brent – Europe, monthly",
        "2018-01",
        _list_monthly_prices,
    ),
}


def list_addresses(_data: Data, _since: str) -> list[str]:
    """Return both series, whole: FRED sends nothing smaller without a key."""
    return [f"{ADDRESS}{name}" for name in SERIES]


FRED = Adapter("fred", read_release, list_addresses)
