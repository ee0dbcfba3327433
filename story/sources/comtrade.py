"""UN Comtrade: what China counted as imports of fuels from Russia, and of crude oil
from Saudi Arabia, by year.

The interface that needs no key, and what an editor has saved of it or of the site, as
JSON or CSV. Values and weights are as China filed them; a weight that the United
Nations estimated is left out. The table of chapters is not filled from here: it holds
values f.o.b., reconciled from the reports of both sides, and these are China's own,
c.i.f.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

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
ASKED = "&".join(
    f"{name}={','.join(SCOPE[name])}"
    for name in ("reporterCode", "partnerCode", "cmdCode")
)
WHOLES = "flowCode=M&partner2Code=0&customsCode=C00&motCode=0&includeDesc=true"
ADDRESS = f"{SITE}public/v1/preview/C/A/HS?{ASKED}&{WHOLES}&period="
PERIOD, YEAR = re.compile(r"[?&]period=([0-9,]+)"), re.compile(r"[12][0-9]{3}")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:E\+?[0-9]+)?", re.IGNORECASE)
OF_SAUDI_ARABIA = {"crude_oil"}  # the only product of this supplier in the tables
WEIGHED = {"crude_oil", "lng"}
MILLION, THOUSANDTH = Decimal(10**6), Decimal("0.001")
KILOGRAMS = Decimal(10**9)  # in a million tonnes
EXPECTED = "expected an answer with data and count, or CSV with the same columns"
HINT = (
    "open the address in a browser, save what it sends, and import the file with"
    " --address ADDRESS"
)
Row = Mapping[str, object]


def read(document: Document, expected: str) -> Release:
    """Return the imports of fuels in an answer.

    ``expected`` are the years that were asked for, of which the first must be there:
    ``2024,2025``. Raises
    ``UnreadableError``.
    """
    rows, taken = _rows(document), dict[tuple[str, str, str], Row]()
    for row in rows:
        key = _key(row)
        if key and key in taken:
            raise UnreadableError(
                f"found {' '.join(key)} twice, expected one row for it", HINT
            )
        if key:
            taken[key] = row
    years = sorted({year for year, *_ in taken})
    if not years:
        raise UnreadableError(_missing(rows), "look at the address")
    if expected.partition(",")[0] not in {"", *years}:
        raise UnreadableError(
            f"found {', '.join(years)} in it, expected fuels of {expected}",
            "look at the address",
        )
    lines = tuple(line for key, row in taken.items() for line in _lines(key, row))
    told = f"UN Comtrade: China's imports of fuels, {', '.join(years)}"
    return Release(told, _source(document.address, years), lines)


def _rows(document: Document) -> Sequence[Row]:
    """Return the rows of an answer. Raises ``UnreadableError``."""
    try:
        answer = json.loads(document.body, parse_float=Decimal)
    except (ValueError, RecursionError):
        return _rows_of_csv(document)
    if not isinstance(answer, dict) or not {"data", "count"} <= answer.keys():
        raise UnreadableError(f"found other JSON, {EXPECTED}", HINT, known=0)
    if answer.get("error"):
        raise UnreadableError(
            f"found the error {quoted(str(answer['error']))}, expected data", HINT
        )
    rows = answer["data"]
    if (
        not isinstance(rows, list)
        or not all(isinstance(row, dict) for row in rows)
        or len(rows) != answer["count"]
    ):
        raise UnreadableError(
            "found rows that are not as many as the answer counts, or no rows at all",
            HINT,
        )
    return rows


def _rows_of_csv(document: Document) -> Sequence[Row]:
    """Return the rows of CSV whose head has the names of the interface.

    Raises ``UnreadableError``.
    """
    if document.body.lstrip()[:1] == b"{" and b'"data"' in document.body:
        raise UnreadableError(f"found JSON that breaks off, {EXPECTED}", HINT)
    head, *rows = next((sheet.rows for sheet in sheets(document) if sheet.rows), ((),))
    if not {*SCOPE, "period", "primaryValue"} <= {*head}:
        raise UnreadableError(
            f"found {','.join(head)[:60] or 'no table'}, {EXPECTED}", HINT, known=0
        )
    if wrong := [
        row
        for row in rows
        if any(row) and (len(row) < len(head) or any(row[len(head) :]))
    ]:
        raise UnreadableError(
            f"found a row of {len(wrong[0])} cells, expected {len(head)}", HINT
        )
    return [dict(zip(head, row, strict=False)) for row in rows if any(row)]


def _key(row: Row) -> tuple[str, str, str] | None:
    """Return year, supplier and product of a row, ``None`` for what the tables do not
    hold.
    """
    if any(str(row.get(name)) not in values for name, values in SCOPE.items()):
        return None
    year, supplier, product = (
        str(row.get("period")),
        SUPPLIERS[str(row["partnerCode"])],
        PRODUCTS[str(row["cmdCode"])],
    )
    if not YEAR.fullmatch(year):
        raise UnreadableError(f"found the period {quoted(year)}, expected a year", HINT)
    if supplier == SUPPLIERS["682"] and product not in OF_SAUDI_ARABIA:
        return None
    return year, supplier, product


def _missing(rows: Sequence[Row]) -> str:
    """Say what the rows are of, none of which is taken: by what none of them fits, else
    by all.
    """
    found = {
        name: sorted({str(row.get(name)) for row in rows}) for name in SCOPE if rows
    }
    strange = [
        name for name, values in found.items() if not {*values} & {*SCOPE[name]}
    ] or list(found)
    if not strange:
        return "found no rows, expected imports of fuels"
    told = (
        "; ".join(f"{name} {', '.join(of[name][:5])}" for name in strange)
        for of in (found, SCOPE)
    )
    return "found {}, expected {}".format(*told)


def _lines(key: tuple[str, str, str], row: Row) -> Iterator[Line]:
    """Yield the value of a row and, where China weighed the goods, their weight."""
    names = dict(zip(("year", "supplier", "product"), key, strict=True))
    value = _amount(row, "primaryValue")
    if row.get("cifvalue") not in {None, ""} and _amount(row, "cifvalue") != value:
        raise UnreadableError(
            f"found a value of {value} that is not c.i.f. for {' '.join(key)}", HINT
        )
    figures = {
        "value_usd_million": str((value / MILLION).quantize(THOUSANDTH)),
        "precision_usd_million": str(THOUSANDTH),
    }
    yield Line("energy_values", {**names, **figures, "hs_code": str(row["cmdCode"])})
    estimated = str(row.get("isNetWgtEstimated")).lower() in {"true", "1"}
    if (
        names["product"] in WEIGHED
        and str(row.get("netWgt")) not in {"None", "", "0", "0.0"}
        and not estimated
    ):
        weight = str((_amount(row, "netWgt") / KILOGRAMS).quantize(THOUSANDTH))
        precision = {"precision_million_tonnes": str(THOUSANDTH)}
        yield Line(
            "energy_volumes", {**names, "volume_million_tonnes": weight, **precision}
        )


def _amount(row: Row, name: str) -> Decimal:
    text = str(row.get(name))
    if not NUMBER.fullmatch(text) or not 0 < Decimal(text) < 10**15:
        raise UnreadableError(
            f"found {name} {quoted(text)}, expected a number above zero", HINT
        )
    return Decimal(text)


def _source(address: str, years: Sequence[str]) -> dict[str, str]:
    """Return the row of the answer in the table of sources: one of the years that its
    address asks for, if it does.
    """
    asked = PERIOD.search(address)
    years = asked[1].split(",") if asked else years
    return {
        "id": (
            f"comtrade-china-fuels-{'-'.join(years)}-{zlib.crc32(address.encode()):08x}"
        ),
        "publisher": "United Nations Statistics Division (UN Comtrade)",
        "title": (
            f"China's imports of fuels from Russia and Saudi Arabia, {', '.join(years)}"
        ),
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
    years = ",".join(
        str(year) for year in range(min(int(since[:4] or newest), newest), newest + 2)
    )
    return [Wanted(f"{ADDRESS}{years}", years)]


COMTRADE = Adapter("comtrade", (SITE,), first, read)
