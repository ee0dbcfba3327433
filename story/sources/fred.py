"""FRED, the database of the Federal Reserve Bank of St.

Louis: US consumer prices and Brent, as CSV without a key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from press.data import Data
from press.ground.errors import quote_words
from press.intake import (
    Adapter,
    Document,
    Line,
    Release,
    UnreadableError,
    Wanted,
    read_records,
)

SITE = "https://fred.stlouisfed.org/"
ADDRESS = f"{SITE}graph/fredgraph.csv?id="
CPI, BRENT = "CPIAUCNS", "MCOILBRENTEU"
SINCE = {CPI: "1996-01", BRENT: "2018-01"}  # where the tables begin
TITLES = {
    CPI: (
        "Consumer Price Index for All Urban Consumers: All Items in U.S. City Average,"
        " not seasonally adjusted"
    ),
    BRENT: "Global price: Crude Oil Prices, Brent – Europe, monthly",
}
# the head of the first column; that of the second is the series
DAY_HEAD = "observation_date"
DAY = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-01")
VALUE = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?)?|\.")
MISSING = {".", ""}
FEWEST = 11  # months without which the table takes no mean
THOUSANDTH = Decimal("0.001")
CENT = Decimal("0.01")


def read(document: Document, expected: str) -> Release:
    """Return the yearly means of consumer prices, or the monthly prices of Brent.

    ``expected`` is the id that was asked for, empty for a file. Raises
    ``UnreadableError``.
    """
    records = read_records(document, [DAY_HEAD])
    name = ", ".join(head for head in records[0] if head != DAY_HEAD)
    if name not in SINCE or expected not in {"", name}:
        wanted = expected or " or ".join(SINCE)
        raise UnreadableError(f"found the series {name}, expected {wanted}")
    series = _read_series(name, records)
    lines = list(_yearly_means(series) if name == CPI else _monthly_prices(series))
    told = f"FRED: {TITLES[name]} to {max(series)}"
    return Release(told, _describe_source(name), lines, is_series=True)


def _read_series(name: str, records: Sequence[Mapping[str, str]]) -> dict[str, Decimal]:
    """Return the values of a series by month.

    Raises ``UnreadableError``.
    """
    series: dict[str, Decimal] = {}
    last = ""
    for cells in records:
        day = cells[DAY_HEAD]
        value = cells[name]
        is_right = DAY.fullmatch(day) and VALUE.fullmatch(value) and day > last
        if not is_right:
            raise UnreadableError(
                f"found {quote_words(f'{day},{value}')} after {quote_words(last)},"
                " expected a"
                " later first of a month and a number or a point"
            )
        last = day
        if value not in MISSING and day >= SINCE[name]:
            series[day[:7]] = Decimal(value)
    if not series:
        raise UnreadableError(f"found no value from {SINCE[name]} on, expected some")
    return series


def _yearly_means(series: Mapping[str, Decimal]) -> Iterator[Line]:
    """Yield the mean of each year that has ended: of its twelve months, or of the
    eleven that were published.

    Raises ``UnreadableError`` where no year has.
    """
    years = defaultdict[str, list[Decimal]](list)
    for month, value in series.items():
        years[month[:4]].append(value)
    whole = [
        year
        for year, values in years.items()
        if f"{year}-12" in series and len(values) >= FEWEST
    ]
    for year in whole:
        count = len(years[year])
        mean = sum(years[year], Decimal(0)) / count
        index = str(mean.quantize(THOUSANDTH, ROUND_HALF_UP))
        cells = {"index_1982_84_100": index, "months_averaged": str(count)}
        yield Line("us_cpi", {"year": year, **cells})
    if not whole:
        last = max(series)
        year = last[:4]
        raise UnreadableError(
            f"found {len(years[year])} months of {year}, the last of them {last},"
            f" expected a December and at least {FEWEST} months of a year"
        )


def _monthly_prices(series: Mapping[str, Decimal]) -> Iterator[Line]:
    """Yield the mean price of each month."""
    for month, value in series.items():
        cells = {
            "price_usd_per_barrel": str(value.quantize(CENT)),
            "precision_usd_per_barrel": str(CENT),
            "status": "published",
        }
        yield Line("oil_prices", {"month": month, "grade": "Brent", **cells})


def _describe_source(name: str) -> dict[str, str]:
    """Return the row of a series in the table of sources."""
    return {
        "id": f"fred-{name.lower()}",
        "publisher": "Federal Reserve Bank of St. Louis (FRED)",
        "title": f"{TITLES[name]} ({name})",
        "address": f"{ADDRESS}{name}",
        "published": "undated",
        "kind": "dataset",
        "state_media": "false",
        "strength": "reprint",
        "licence": "public domain, as FRED marks series of US agencies",
    }


def first(_data: Data, _since: str) -> Sequence[Wanted]:
    """Return both series, whole: FRED sends nothing smaller without a key."""
    return [Wanted(f"{ADDRESS}{name}", name) for name in SINCE]


FRED = Adapter("fred", (SITE,), first, read)
