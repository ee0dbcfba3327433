"""FRED, the database of the Federal Reserve Bank of St.

Louis: US consumer prices and Brent, as CSV without a key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from press.data import Data
from press.ground.errors import quoted
from press.intake import (
    Adapter,
    Document,
    Line,
    Release,
    UnreadableError,
    Wanted,
    sheets,
)

SITE = "https://fred.stlouisfed.org/"
ADDRESS = f"{SITE}graph/fredgraph.csv?id="
CPI, BRENT = "CPIAUCNS", "MCOILBRENTEU"
SINCE = {CPI: "1996-01", BRENT: "2018-01"}  # where the tables begin
# the head of the first column; that of the second is the id of the series
DAYS = {"observation_date", "DATE"}
DAY = re.compile(r"([12][0-9]{3}-(?:0[1-9]|1[0-2]))-01")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
WIDTH = 2
MISSING = {".", ""}
# the month that ends a year, and the months without which the table takes no mean
LAST, FEWEST = "-12", 11
HINT = "open the address in a browser, save the file, and import it"
THOUSANDTH, CENT = Decimal("0.001"), Decimal("0.01")


def read(document: Document, expected: str) -> Release:
    """Return the yearly means of consumer prices, or the monthly prices of Brent.

    ``expected`` is the id that was asked for, empty for a file. Raises
    ``UnreadableError``.
    """
    head, *rows = next((sheet.rows for sheet in sheets(document) if sheet.rows), ((),))
    if not head or head[0] not in DAYS:
        wanted = f"a head of observation_date,{expected or ' or '.join(SINCE)}"
        raise UnreadableError(
            f"found {','.join(head)[:60] or 'no table'}, expected {wanted}",
            HINT,
            known=0,
        )
    if head[1:] not in {(name,) for name in SINCE}:
        raise UnreadableError(
            f"found the series {', '.join(head[1:])}, expected"
            f" {expected or ' or '.join(SINCE)}"
        )
    name, series = head[1], _series(head[1], rows)
    if expected and name != expected:
        raise UnreadableError(f"found the series {name}, expected {expected}")
    lines = tuple(_prices(series) if name == CPI else _barrels(series))
    if not lines:
        raise UnreadableError(
            f"found no value from {SINCE[name]} on, expected at least one"
        )
    return Release(f"FRED: {TITLES[name]} to {max(series)}", _source(name), lines)


TITLES = {
    CPI: (
        "Consumer Price Index for All Urban Consumers: All Items in U.S. City Average,"
        " not seasonally adjusted"
    ),
    BRENT: "Global price: Crude Oil Prices, Brent – Europe, monthly",
}


def _series(name: str, rows: Sequence[Sequence[str]]) -> dict[str, Decimal]:
    """Return the values of a series by month.

    Raises ``UnreadableError`` with the line that is wrong.
    """
    values: dict[str, Decimal] = {}
    for line, row in enumerate(filter(None, rows), 2):
        day = DAY.fullmatch(row[0]) if len(row) == WIDTH else None
        if not day or not (row[1] in MISSING or NUMBER.fullmatch(row[1])):
            found = quoted(",".join(row))
            raise UnreadableError(
                f"found {found} on line {line}, expected a first of a month and a"
                " number or a point"
            )
        if day[1] in values:
            raise UnreadableError(
                f"found {day[1]} again on line {line}, expected each month once"
            )
        if row[1] not in MISSING and day[1] >= SINCE[name]:
            values[day[1]] = Decimal(row[1])
    return values


def _prices(series: Mapping[str, Decimal]) -> Iterator[Line]:
    """Yield the mean of each year that has ended: of its twelve months, or of the
    eleven that were published.
    """
    years = defaultdict[str, list[Decimal]](list)
    for month, value in series.items():
        years[month[:4]].append(value)
    newest = max(series, default="")
    for year, values in years.items():
        if f"{year}{LAST}" <= newest and len(values) >= FEWEST:
            mean = (sum(values, Decimal(0)) / len(values)).quantize(
                THOUSANDTH, ROUND_HALF_UP
            )
            figures = {
                "index_1982_84_100": str(mean),
                "months_averaged": str(len(values)),
            }
            yield Line("us_cpi", {"year": year, **figures})


def _barrels(series: Mapping[str, Decimal]) -> Iterator[Line]:
    """Yield the mean price of each month."""
    for month, value in series.items():
        figures = {
            "price_usd_per_barrel": str(value.quantize(CENT)),
            "precision_usd_per_barrel": str(CENT),
        }
        yield Line(
            "oil_prices",
            {"month": month, "grade": "Brent", **figures, "status": "published"},
        )


def _source(name: str) -> dict[str, str]:
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
