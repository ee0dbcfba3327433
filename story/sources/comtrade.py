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
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fnmatch import fnmatchcase
from itertools import chain
from typing import NoReturn
from urllib.parse import parse_qsl, urlsplit

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
# What a row may hold of each dimension: its codes, and how their names and other codes
# are written, in small letters; ``*`` stands for any characters. All is of China's
# imports of whole years, no part of them by procedure, transport or third country.
DIMENSIONS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "type": {"C": ["goods", "commodities"]},
    "freq": {"A": ["annual"]},
    "reporter": {"156": ["chn", "china"]},
    "flow": {"M": ["import", "imports"]},
    "partner": {"643": ["rus", "russian federation"], "682": ["sau", "saudi arabia"]},
    "partner2": {"0": ["w00", "world"]},
    "cmd": {
        "270900": ["petroleum oils*; crude", "petroleum oils*, crude"],
        "270112": ["coal*bituminous*not agglomerated"],
        "271111": ["petroleum gases*liquefied, natural gas"],
        "271019": ["petroleum oils*not crude*not light oils*"],
    },
    "customs": {"C00": ["total cpc", "all customs procedures"]},
    "mos": {"0": ["total mos", "all modes of supply"]},
    "mot": {"0": ["total mot", "all modes of transport"]},
    "classification": {f"H{number}": [] for number in range(10)} | {"HS": []},
    "classificationSearch": {"HS": []},
    "qtyUnit": {"8": ["kg"], "-1": ["n/a"]},
    "altQtyUnit": {"8": ["kg"], "-1": ["n/a"]},
}
# of a dimension that is not declared, and has no names
CODES_OF_ALL: Mapping[str, Sequence[str]] = {"0": [], "total": [], "all": []}
# a dimension, and what of it a field holds
FIELD = re.compile("(.+?)(Code|ISO|Iso|Desc|Abbr)")
# fields without which nobody knows what a row is of
NEEDED = [
    "typeCode",
    "freqCode",
    "reporterCode",
    "flowCode",
    "partnerCode",
    "partner2Code",
    "cmdCode",
    "customsCode",
    "motCode",
    "period",
    "isNetWgtEstimated",
]
# What the other fields of a row may hold: it is whole, and of what China has filed. The
# first name that fits counts, and no other field is known.
OTHER_FIELDS: Mapping[str, Sequence[str]] = {
    "error": [],
    "refYear": ["{period}"],
    "refPeriodId": ["{period}0101"],
    "refMonth": ["52"],
    "isReported": ["true", "1"],
    "aggrLevel": ["6"],
    **dict.fromkeys(("period", "count", "qty", "altQty", "netWgt", "grossWgt"), ("*",)),
    **dict.fromkeys(("primaryValue", "cifvalue", "fobvalue"), ("*",)),
    **dict.fromkeys(("is*", "legacy*", "published*", "elapsed*"), ("*",)),
}
ADDRESS = (
    "https://comtradeapi.un.org/public/v1/preview/C/A/HS?reporterCode=156"
    "&partnerCode=643,682&cmdCode=270900,270112,271111,271019&flowCode=M"
    "&partner2Code=0&customsCode=C00&motCode=0&includeDesc=true&period="
)
SITES = r"https://comtrade(?:api|plus)\.un\.org/"
# of the interface: goods by year, and no answers of months or in other lists of goods
PATH = re.compile(r"/?|/TradeFlow|/\w+/v1/\w+/C/A/HS", re.IGNORECASE)
# dimensions as addresses name them, where that is not as rows do, in small letters
DIMENSIONS_BY_PARAMETER = {
    "frequency": "freq",
    "flows": "flow",
    "commoditycodes": "cmd",
    "partners": "partner",
    "reporters": "reporter",
}
# of an address, which change nothing that a row is of, but for its year
OTHER_PARAMETERS = {"period", "includedesc", "format", "maxrecords", "subscription-key"}
YEAR = re.compile("[12][0-9]{3}")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:E\+?[0-9]+)?", re.IGNORECASE)
OF_SAUDI_ARABIA = "crude_oil"  # the only product of this supplier in the tables
WEIGHED = {"crude_oil", "lng"}
# How many times the price of one supplier's crude oil may be the other's in a year: it
# was at most 1.11 in 2019, 2023 and 2024, for which the tables have both.
MOST_PRICE_RATIO = Decimal("1.3")
AMOUNTS = ("primaryValue", "cifvalue", "fobvalue", "netWgt", "grossWgt", "qty")
NO_AMOUNT = {"", "0", "0.0"}
MILLION = Decimal(10**6)
THOUSANDTH = Decimal("0.001")
KILOGRAM = "8"  # a code of units of quantity
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
    records = read_records(document, [*NEEDED, "primaryValue"])
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
    _check_prices(held)
    asked = _read_asked_years(document.address) or years
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


def _read_asked_years(address: str) -> list[str]:
    """Return the years that an address asks for, none where it names none.

    Raises ``UnreadableError`` where it asks for something else than imports of fuels.
    """
    parts = urlsplit(address)
    if not PATH.fullmatch(parts.path):
        raise UnreadableError(
            f"found an address that asks for {parts.path}, expected goods by year,"
            " C/A/HS",
            HINT,
        )
    years = list[str]()
    for parameter, text in parse_qsl(parts.query):
        name = parameter.lower()
        if name == "period":
            years += text.split(",")
        if name in OTHER_PARAMETERS:
            continue
        dimension = DIMENSIONS_BY_PARAMETER.get(name, name.removesuffix("code"))
        codes = DIMENSIONS.get(dimension, {})
        if not {*text.upper().split(",")} <= codes.keys():
            expected = " or ".join(codes) or "nothing of that name"
            raise UnreadableError(
                f"found an address that asks for {parameter}={text}, expected"
                f" {expected}",
                HINT,
            )
    return years


def _check_prices(rows: Sequence[Cells]) -> None:
    """Raise ``UnreadableError`` where two suppliers were paid prices for crude oil in
    one year that lie further apart than in any known year: values or weights of their
    rows were exchanged.
    """
    prices = defaultdict[str, dict[str, Decimal]](dict)
    for cells in rows:
        is_crude = PRODUCTS[cells["cmdCode"]] == OF_SAUDI_ARABIA
        if is_crude and _is_weighed(cells):
            price = _read_amount(cells, "primaryValue") / _read_amount(cells, "netWgt")
            prices[cells["period"]][SUPPLIERS[cells["partnerCode"]]] = price
    for year, found in prices.items():
        if max(found.values()) > min(found.values()) * MOST_PRICE_RATIO:
            told = " and ".join(f"{price * 1000:.0f}" for price in found.values())
            raise UnreadableError(
                f"found crude oil at {told} dollars a tonne in {year}, expected prices"
                f" of {' and '.join(found)} that differ less",
                f"values or weights may be of another row: {HINT}",
            )


def _check_row(cells: Cells) -> None:
    """Raise ``UnreadableError`` for a row of something else than was asked for, or of
    which two fields contradict each other.
    """
    for name in NEEDED:
        _check_field(name, cells)
    if not YEAR.fullmatch(cells["period"]):
        _raise_unreadable(cells, "period", "a year")
    for name, text in cells.items():
        if text:
            _check_field(name, cells)
    _check_amounts(cells)


def _check_amounts(cells: Cells) -> None:
    """Raise ``UnreadableError`` where one amount of a row contradicts another: goods
    cost less free on board than with freight, weigh less without packaging, and are
    counted in kilograms as they are weighed.
    """
    amounts = {
        name: _read_amount(cells, name)
        for name in AMOUNTS
        if cells.get(name, "") not in NO_AMOUNT
    }
    for smaller, larger in (("fobvalue", "cifvalue"), ("netWgt", "grossWgt")):
        most = amounts.get(larger, MOST)
        if amounts.get(smaller, 0) > most:
            _raise_unreadable(cells, smaller, f"at most the {larger} {most}")
    if cells.get("qtyUnitCode") == KILOGRAM and {"qty", "netWgt"} <= amounts.keys():
        quantity = amounts["qty"]
        if amounts["netWgt"] != quantity:
            _raise_unreadable(cells, "netWgt", f"the quantity of {quantity} kg")


def _check_field(name: str, cells: Cells) -> None:
    """Raise ``UnreadableError`` where a field does not hold what it may."""
    expected = _list_values_of_field(name, cells)
    text = cells[name].lower()
    if not any(fnmatchcase(text, value.lower()) for value in expected):
        _raise_unreadable(cells, name, ", ".join(expected) or "nothing")


def _list_values_of_field(name: str, cells: Cells) -> Sequence[str]:
    """Return what a field may hold beside the others of its row, with ``*`` for any
    characters.
    """
    if part := FIELD.fullmatch(name):
        dimension, kind = part.groups()
        names_by_code = DIMENSIONS.get(dimension, CODES_OF_ALL)
        if kind == "Code":
            return list(names_by_code)
        return names_by_code.get(cells.get(f"{dimension}Code", "").upper(), [])
    for known, values in OTHER_FIELDS.items():
        if fnmatchcase(name, known):
            return [value.format_map(cells) for value in values]
    return []


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
    if key["product"] in WEIGHED and _is_weighed(cells):
        weight = _read_amount(cells, "netWgt") / KILOGRAMS
        yield ReleaseRow(
            "energy_volumes",
            {
                **key,
                "volume_million_tonnes": str(weight.quantize(THOUSANDTH)),
                "precision_million_tonnes": str(THOUSANDTH),
            },
        )


def _is_weighed(cells: Cells) -> bool:
    """Tell whether China has filed the weight of a row."""
    is_estimated = cells.get("isNetWgtEstimated", "").lower() in TRUE
    is_marked = cells.get("legacyEstimationFlag", "") in WEIGHT_ESTIMATED
    has_weight = cells.get("netWgt", "") not in NO_AMOUNT
    return has_weight and not is_estimated and not is_marked


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
