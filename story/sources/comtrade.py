"""UN Comtrade: what China counted as imports of fuels from Russia, and of crude oil
from Saudi Arabia, by year.

The interface that needs no key, and what an editor has saved of it or of the site, as
JSON or CSV. Values and weights are as China filed them; a weight that the United
Nations estimated is left out. The table of chapters is not filled from here: it holds
values f.o.b., reconciled from the reports of both sides, and these are China's own,
c.i.f.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, NoReturn

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

SITE = "https://comtradeapi.un.org/"
PRODUCTS = {
    "270900": "crude_oil",
    "270112": "coal",
    "271111": "lng",
    "271019": "oil_products",
}
SUPPLIERS = {"643": "Russia", "682": "Saudi Arabia"}
# What a row says that is taken: China's imports of whole years, no part of them by
# procedure, transport or third country; other rows of an answer are passed over.
SCOPE = {
    "typeCode": ("C",),
    "freqCode": ("A",),
    "reporterCode": ("156",),
    "flowCode": ("M",),
    "partnerCode": tuple(SUPPLIERS),
    "partner2Code": ("0",),
    "cmdCode": tuple(PRODUCTS),
    "customsCode": ("C00",),
    "motCode": ("0",),
}
# what a row says of a whole year that China has filed, if it says anything
WHOLE_YEAR = {"refMonth": ("", "52"), "isReported": ("", "true", "1")}
ADDRESS = (
    f"{SITE}public/v1/preview/C/A/HS?reporterCode=156&partnerCode=643,682"
    "&cmdCode=270900,270112,271111,271019&flowCode=M&partner2Code=0&customsCode=C00"
    "&motCode=0&includeDesc=true&period="
)
PERIOD = re.compile(r"[?&]period=([0-9,]+)")
YEAR = re.compile(r"[12][0-9]{3}")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:E\+?[0-9]+)?", re.IGNORECASE)
OF_SAUDI_ARABIA = "crude_oil"  # the only product of this supplier in the tables
WEIGHED = {"crude_oil", "lng"}
MILLION = Decimal(10**6)
THOUSANDTH = Decimal("0.001")
KILOGRAMS = Decimal(10**9)  # in a million tonnes
MOST = 10**15  # dollars or kilograms
LAST_DIGIT = 3  # of an amount, as a power of ten: the tables have thousands
VALUATIONS = ("cifvalue", "fobvalue")  # columns that say how a value is valued
WEIGHT_ESTIMATED = {"4", "6"}  # as Comtrade marked rows before it had a column for it
HINT = (
    "open the address in a browser, save what it sends, and import the file with"
    " --address ADDRESS"
)


class Import(NamedTuple):
    """What a row is of."""

    year: str
    supplier: str
    product: str


def read(document: Document, expected: str) -> Release:
    """Return the imports of fuels in an answer.

    ``expected`` are the years that were asked for, of which the first must be there:
    ``2024,2025``. Raises ``UnreadableError``.
    """
    records = read_records(document, [*SCOPE, "period", "primaryValue"])
    lines = list[Line]()
    for cells in records:
        if all(cells[name] in values for name, values in SCOPE.items()):
            supplier = SUPPLIERS[cells["partnerCode"]]
            product = PRODUCTS[cells["cmdCode"]]
            if supplier == "Russia" or product == OF_SAUDI_ARABIA:
                key = Import(cells["period"], supplier, product)
                lines += _list_lines(key, cells)
    years = sorted({line.values["year"] for line in lines})
    if expected.partition(",")[0] not in {"", *years} or not years:
        told = f"found {', '.join(years) or 'no year'}, expected an import of fuels of"
        raise UnreadableError(
            _explain_missing(records) or f"{told} {expected or 'a year'}",
            "look at the address",
        )
    return Release(
        f"UN Comtrade: China's imports of fuels, {', '.join(years)}",
        _describe_source(document.address, years),
        lines,
        is_series=True,
    )


def _raise_unreadable(key: Import, found: str, expected: str) -> NoReturn:
    raise UnreadableError(
        f"found {found} for {' '.join(key)}, expected {expected}", HINT
    )


def _explain_missing(records: Sequence[Mapping[str, str]]) -> str:
    """Say by what none of the rows is taken, "" where there is no one such thing."""
    for name, values in SCOPE.items():
        found = {cells[name] for cells in records}
        if not found & {*values}:
            seen = ", ".join(sorted(found)[:5])
            return f"found {name} {seen}, expected {name} {', '.join(values)}"
    return ""


def _list_lines(key: Import, cells: Mapping[str, str]) -> Iterator[Line]:
    """Yield the value of a row and, where China weighed the goods, their weight."""
    if not YEAR.fullmatch(key.year):
        _raise_unreadable(key, f"the period {key.year}", "a year")
    for name, values in WHOLE_YEAR.items():
        if cells.get(name, "").lower() not in values:
            _raise_unreadable(
                key, f"{name} {quote_words(cells[name])}", "a whole year as filed"
            )
    value = _read_amount(key, cells, "primaryValue")
    valuations = [name for name in VALUATIONS if cells.get(name)]
    if valuations:
        name = valuations[0]  # c.i.f., if the row has it
        if name != VALUATIONS[0] or _read_amount(key, cells, name) != value:
            _raise_unreadable(
                key, f"a value of {value} that is not c.i.f.", "one that is"
            )
    figures = {
        "value_usd_million": str((value / MILLION).quantize(THOUSANDTH)),
        "precision_usd_million": str(THOUSANDTH),
        "hs_code": cells["cmdCode"],
    }
    yield Line("energy_values", key._asdict() | figures)
    is_filed = (
        cells.get("isNetWgtEstimated", "").lower() not in {"true", "1"}
        and cells.get("legacyEstimationFlag", "") not in WEIGHT_ESTIMATED
    )
    is_weighed = cells.get("netWgt", "") not in {"", "0", "0.0"}
    if key.product in WEIGHED and is_weighed and is_filed:
        weight = _read_amount(key, cells, "netWgt") / KILOGRAMS
        figures = {
            "volume_million_tonnes": str(weight.quantize(THOUSANDTH)),
            "precision_million_tonnes": str(THOUSANDTH),
        }
        yield Line("energy_volumes", key._asdict() | figures)


def _read_amount(key: Import, cells: Mapping[str, str], name: str) -> Decimal:
    text = cells[name]
    if not NUMBER.fullmatch(text) or not 0 < Decimal(text) < MOST:
        _raise_unreadable(key, f"{name} {quote_words(text)}", "a number above zero")
    amount = Decimal(text)
    if int(amount.as_tuple().exponent) > LAST_DIGIT:
        _raise_unreadable(
            key,
            f"{name} {quote_words(text)}, which a spreadsheet cut",
            "all its digits",
        )
    return amount


def _describe_source(address: str, years: Sequence[str]) -> dict[str, str]:
    """Return the row of the answer in the table of sources: one of the years that its
    address asks for, if it does.
    """
    asked = PERIOD.search(address)
    periods = asked[1].split(",") if asked else years
    vintage = f"{zlib.crc32(address.encode()):08x}"
    of_whom = "China's imports of fuels from Russia and Saudi Arabia"
    return {
        "id": "-".join(("comtrade-china-fuels", *periods, vintage)),
        "publisher": "United Nations Statistics Division (UN Comtrade)",
        "title": f"{of_whom}, {', '.join(periods)}",
        "address": address,
        "published": "undated",
        "kind": "dataset",
        "state_media": "false",
        "strength": "reprint",
        "licence": "UN Comtrade, quoted in part with credit",
    }


def first(data: Data, since: str) -> Sequence[Wanted]:
    """Return the years from ``since`` on, or the newest of the table and the next: both
    in one answer.

    The year that the table has already shows that the interface still says what it
    said.
    """
    newest = max(int(str(row["year"])) for row in data["energy_values"].rows)
    begin = min(int(since[:4] or newest), newest)
    years = ",".join(str(year) for year in range(begin, newest + 2))
    return [Wanted(f"{ADDRESS}{years}", years)]


COMTRADE = Adapter("comtrade", (SITE,), first, read)
