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
from itertools import chain
from typing import NoReturn

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

PRODUCTS = {
    "270900": "crude_oil",
    "270112": "coal",
    "271111": "lng",
    "271019": "oil_products",
}
SUPPLIERS = {"643": "Russia", "682": "Saudi Arabia"}
# What each row of the answer to ``ADDRESS`` says: China's imports of whole years, no
# part of them by procedure, transport or third country.
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
# what a row says, if anything, that is whole, and of a year that China has filed
WHOLE = {"error": ("",), "refMonth": ("", "52"), "isReported": ("", "true", "1")}
ADDRESS = (
    "https://comtradeapi.un.org/public/v1/preview/C/A/HS?reporterCode=156"
    "&partnerCode=643,682&cmdCode=270900,270112,271111,271019&flowCode=M"
    "&partner2Code=0&customsCode=C00&motCode=0&includeDesc=true&period="
)
SITES = r"https://comtrade(?:api|plus)\.un\.org/"
YEAR = re.compile("[12][0-9]{3}")
PERIOD = re.compile(r"[?&]period=([0-9,]+)")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:E\+?[0-9]+)?", re.IGNORECASE)
OF_SAUDI_ARABIA = "crude_oil"  # the only product of this supplier in the tables
WEIGHED = {"crude_oil", "lng"}
NO_WEIGHT = {"", "0", "0.0"}
MILLION = Decimal(10**6)
THOUSANDTH = Decimal("0.001")
KILOGRAMS = Decimal(10**9)  # in a million tonnes
MOST_ROWS = 500  # that the interface without a key sends
MOST = 10**15  # dollars or kilograms
LAST_DIGIT = 3  # of an amount, as a power of ten: the tables have thousands
TRUE = {"true", "1"}
WEIGHT_ESTIMATED = {"4", "6"}  # as Comtrade marked rows before it had a column for it
# what the table of sources says of each answer
PAGE = {
    "publisher": "United Nations Statistics Division (UN Comtrade)",
    "published": "undated",
    "kind": "dataset",
    "state_media": "false",
    "strength": "reprint",
    "licence": "UN Comtrade, quoted in part with credit",
}
HINT = (
    "open the address in a browser, save what it sends, and import the file with"
    " --address ADDRESS"
)
Cells = Mapping[str, str]


def read_release(document: Document) -> Release:
    """Return the imports of fuels in an answer.

    Raises ``UnreadableError``, also where a year is missing that was asked for, but for
    the newest, which China may not have filed.
    """
    records = read_records(document, [*SCOPE, "period", "primaryValue"])
    count = records[0].get("count", "")
    if count not in {"", str(len(records))} or len(records) >= MOST_ROWS:
        raise UnreadableError(
            f"found {len(records)} rows, expected {count} as the answer counts, and"
            f" fewer than {MOST_ROWS}, after which it is cut off",
            HINT,
        )
    for cells in records:
        _check_row(cells)
    held = list(filter(_is_held, records))
    years = sorted({cells["period"] for cells in held})
    period = PERIOD.search(document.address)
    asked = period[1].split(",") if period else years
    expected = asked[:-1] or asked
    if not years or not {*expected} <= {*years}:
        found = ", ".join(years) or "no year"
        raise UnreadableError(
            f"found {found}, expected imports of {', '.join(expected)}", HINT
        )
    return Release(
        f"UN Comtrade: China's imports of fuels, {', '.join(years)}",
        _describe_source(document.address, asked),
        list(chain.from_iterable(map(_list_lines, held))),
        is_series=True,
    )


def _check_row(cells: Cells) -> None:
    """Raise ``UnreadableError`` for a row of something else than was asked for."""
    for name, values in (SCOPE | WHOLE).items():
        if cells.get(name, "").lower() not in map(str.lower, values):
            expected = ", ".join(filter(None, values)) or "nothing"
            _raise_unreadable(cells, name, expected)
    if not YEAR.fullmatch(cells["period"]):
        _raise_unreadable(cells, "period", "a year")


def _is_held(cells: Cells) -> bool:
    """Tell whether a row is of Russia, or of what the tables have of others."""
    is_of_russia = SUPPLIERS[cells["partnerCode"]] == "Russia"
    return is_of_russia or PRODUCTS[cells["cmdCode"]] == OF_SAUDI_ARABIA


def _list_lines(cells: Cells) -> Iterator[ReleaseRow]:
    """Yield the value of a row and, where China weighed the goods, their weight.

    Raises ``UnreadableError``.
    """
    key = {
        "year": cells["period"],
        "supplier": SUPPLIERS[cells["partnerCode"]],
        "product": PRODUCTS[cells["cmdCode"]],
    }
    value = _read_amount(cells, "primaryValue")
    is_cif = bool(cells.get("cifvalue"))
    is_fob = not is_cif and bool(cells.get("fobvalue"))
    if is_fob or (is_cif and _read_amount(cells, "cifvalue") != value):
        _raise_unreadable(cells, "primaryValue", "a value c.i.f.")
    yield ReleaseRow(
        "energy_values",
        {
            **key,
            "value_usd_million": str((value / MILLION).quantize(THOUSANDTH)),
            "precision_usd_million": str(THOUSANDTH),
            "hs_code": cells["cmdCode"],
        },
    )
    is_estimated = cells.get("isNetWgtEstimated", "").lower() in TRUE
    is_marked = cells.get("legacyEstimationFlag", "") in WEIGHT_ESTIMATED
    is_filed = not is_estimated and not is_marked
    is_weighed = key["product"] in WEIGHED and cells.get("netWgt", "") not in NO_WEIGHT
    if is_weighed and is_filed:
        weight = _read_amount(cells, "netWgt") / KILOGRAMS
        yield ReleaseRow(
            "energy_volumes",
            {
                **key,
                "volume_million_tonnes": str(weight.quantize(THOUSANDTH)),
                "precision_million_tonnes": str(THOUSANDTH),
            },
        )


def _raise_unreadable(cells: Cells, name: str, expected: str) -> NoReturn:
    """Raise ``UnreadableError`` for a cell of a row."""
    names = [cells[code] for code in ("period", "partnerCode", "cmdCode")]
    raise UnreadableError(
        f"found {name} {quote_words(cells[name])} in the row {', '.join(names)},"
        " expected"
        f" {expected}",
        HINT,
    )


def _read_amount(cells: Cells, name: str) -> Decimal:
    """Return dollars or kilograms. Raises ``UnreadableError`` for no number above zero,
    and for one that is rounded to more than thousands.
    """
    text = cells[name]
    amount = Decimal(text) if NUMBER.fullmatch(text) else Decimal(0)
    if not 0 < amount < MOST:
        _raise_unreadable(cells, name, "a number above zero")
    if int(amount.as_tuple().exponent) > LAST_DIGIT:
        _raise_unreadable(cells, name, "all digits: a spreadsheet cut them")
    return amount


def _describe_source(address: str, years: Sequence[str]) -> dict[str, str]:
    """Return the row of an answer in the table of sources: one of the years that were
    asked for.
    """
    vintage = f"{zlib.crc32(address.encode()):08x}"
    of_whom = "China's imports of fuels from Russia and Saudi Arabia"
    return {
        "id": "-".join(("comtrade-china-fuels", *years, vintage)),
        "title": f"{of_whom}, {', '.join(years)}",
        "address": address,
        **PAGE,
    }


def list_addresses(data: Data, since: str) -> list[str]:
    """Return the years from ``since`` on, or the newest of the table and the next: both
    in one answer.

    The year that the table has already shows that the interface still says what it
    said.
    """
    newest = max(int(str(row["year"])) for row in data["energy_values"].rows)
    begin = min(int(since[:4] or newest), newest)
    years = ",".join(map(str, range(begin, newest + 2)))
    return [f"{ADDRESS}{years}"]


COMTRADE = Adapter("comtrade", read_release, list_addresses, site=SITES)
