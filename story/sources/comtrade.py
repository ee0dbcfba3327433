"""UN Comtrade: what China counted as imports of fuels from Russia, and of crude oil from Saudi Arabia, by year.

The interface that needs no key. Values and weights are as China filed them; a weight that the United Nations estimated
is left out. The table of chapters is not filled from here: it holds values f.o.b., reconciled from the reports of both
sides, and these are China's own, c.i.f.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from press.data import Data
from press.ground.errors import quoted
from press.intake import Adapter, Cell, Document, Release, UnreadableError, Wanted

SITE = "https://comtradeapi.un.org/"
PRODUCTS = {"270900": "crude_oil", "270112": "coal", "271111": "lng", "271019": "oil_products"}
SUPPLIERS = {643: "Russia", 682: "Saudi Arabia"}
# What each row must say: China's imports of whole years, no part of them by procedure, transport or third country.
SCOPE = {
    "typeCode": "C",
    "freqCode": "A",
    "reporterCode": 156,
    "flowCode": "M",
    "partner2Code": 0,
    "customsCode": "C00",
    "motCode": 0,
}
QUERY = (
    f"reporterCode={SCOPE['reporterCode']}&partnerCode={','.join(map(str, SUPPLIERS))}&cmdCode={','.join(PRODUCTS)}"
    "&flowCode=M&partner2Code=0&customsCode=C00&motCode=0&includeDesc=true&period="
)
ADDRESS = f"{SITE}public/v1/preview/C/A/HS?{QUERY}"
OF_SAUDI_ARABIA = {"crude_oil"}  # the only product of this supplier in the tables
WEIGHED = {"crude_oil", "lng"}
MILLION, THOUSANDTH = Decimal(10**6), Decimal("0.001")
KILOGRAMS = Decimal(10**9)  # in a million tonnes
HINT = "open the address in a browser, save what it sends, and import the file"


def read(document: Document, expected: str) -> Release | None:
    """Return the imports of fuels in an answer; ``None`` for anything else.

    ``expected`` are the years that were asked for, of which the first must be there: ``2024,2025``. Raises
    ``UnreadableError``.
    """
    rows = _rows(document, expected)
    if rows is None:
        return None
    taken: dict[tuple[str, str, str], Mapping[str, object]] = {}
    for row in rows:
        _check_scope(row)
        key = _key(row)
        if key and key in taken:
            raise UnreadableError(f"found {' '.join(key)} twice, expected one row for it", HINT)
        if key:
            taken[key] = row
    years = sorted({year for year, *_ in taken})
    if expected.partition(",")[0] not in {"", *years} or not years:
        found = ", ".join(years) or "no year"
        raise UnreadableError(f"found {found} in it, expected fuels of {expected or 'a year'}", "look at the address")
    cells = tuple(cell for key, row in taken.items() for cell in _cells(key, row))
    return Release(f"UN Comtrade: China's imports of fuels, {', '.join(years)}", _source(years), cells)


def _rows(document: Document, expected: str) -> Sequence[Mapping[str, object]] | None:
    """Return the rows of an answer, ``None`` for a file that is none. Raises ``UnreadableError``."""
    try:
        answer = json.loads(document.body, parse_float=Decimal)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not {"data", "count"} <= answer.keys():
        if expected:
            found = quoted(document.body[:60].decode("utf-8", "replace"))
            raise UnreadableError(f"found {found}, expected an answer with data and count", HINT)
        return None
    if answer.get("error"):
        raise UnreadableError(f"found the error {quoted(str(answer['error']))}, expected data", HINT)
    rows = answer["data"]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or len(rows) != answer["count"]:
        raise UnreadableError("found rows that are not as many as the answer counts, or no rows at all", HINT)
    return rows


def _check_scope(row: Mapping[str, object]) -> None:
    """Refuse a row of another country's report, of a flow, period or part that was not asked for."""
    for name, value in SCOPE.items():
        if row.get(name) != value:
            raise UnreadableError(f"found {name} {quoted(str(row.get(name)))}, expected {value}", HINT)


def _key(row: Mapping[str, object]) -> tuple[str, str, str] | None:
    """Return year, supplier and product of a row, ``None`` for what the tables do not hold."""
    partner, code, year = row.get("partnerCode"), row.get("cmdCode"), str(row.get("period"))
    supplier = SUPPLIERS.get(partner) if isinstance(partner, int) else None
    product = PRODUCTS.get(str(code))
    if len(year) != len("2024") or not (year.isascii() and year.isdecimal()):
        raise UnreadableError(f"found the period {quoted(year)}, expected a year", HINT)
    if not supplier or not product or (supplier == SUPPLIERS[682] and product not in OF_SAUDI_ARABIA):
        return None
    return year, supplier, product


def _cells(key: tuple[str, str, str], row: Mapping[str, object]) -> Iterator[Cell]:
    """Yield the value of a row and, where China weighed the goods, their weight."""
    names = dict(zip(("year", "supplier", "product"), key, strict=True))
    value = _amount(row, "primaryValue")
    if row.get("cifvalue") is not None and _amount(row, "cifvalue") != value:
        raise UnreadableError(f"found a value of {value} that is not c.i.f. for {' '.join(key)}", HINT)
    yield Cell("energy_values", names, "value_usd_million", (value / MILLION).quantize(THOUSANDTH), "USD million")
    yield Cell("energy_values", names, "precision_usd_million", THOUSANDTH, "USD million")
    yield Cell("energy_values", names, "hs_code", Decimal(str(row["cmdCode"])), "")
    if names["product"] in WEIGHED and row.get("netWgt") and not row.get("isNetWgtEstimated"):
        weight = (_amount(row, "netWgt") / KILOGRAMS).quantize(THOUSANDTH)
        yield Cell("energy_volumes", names, "volume_million_tonnes", weight, "million tonnes")
        yield Cell("energy_volumes", names, "precision_million_tonnes", THOUSANDTH, "million tonnes")


def _amount(row: Mapping[str, object], name: str) -> Decimal:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 < value < 10**15:
        raise UnreadableError(f"found {name} {quoted(str(value))}, expected a number above zero", HINT)
    return Decimal(value)


def _source(years: Sequence[str]) -> dict[str, str]:
    """Return the row of the answer in the table of sources."""
    return {
        "id": f"comtrade-china-fuels-{years[-1]}",
        "publisher": "United Nations Statistics Division (UN Comtrade)",
        "title": f"China's imports of fuels from Russia and Saudi Arabia, {', '.join(years)}",
        "address": f"{ADDRESS}{','.join(years)}",
        "published": "undated",
        "kind": "dataset",
        "state_media": "false",
        "strength": "reprint",
        "licence": "UN Comtrade, quoted in part with credit",
    }


def first(data: Data, since: str) -> Sequence[Wanted]:
    """Return the years from ``since`` on, or the newest of the table and the next: both in one answer.

    The year that the table has already shows that the interface still says what it said.
    """
    newest = max(int(str(row["year"])) for row in data["energy_values"].rows)
    years = ",".join(str(year) for year in range(min(int(since[:4] or newest), newest), newest + 2))
    return [Wanted(f"{ADDRESS}{years}", years)]


def follow(_document: Document, _data: Data, _since: str) -> Sequence[Wanted]:
    """Return nothing: an answer leads to no other."""
    return []


COMTRADE = Adapter("comtrade", (SITE,), first, follow, read)
