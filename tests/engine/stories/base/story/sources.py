"""The publishers of the small story: each lists pages, one a year, with a table of trade."""

import re
from urllib.parse import urljoin

from press.data import Data
from press.intake import Adapter, Document, Line, Listed, Release, Sheet, UnreadableError, Wanted, listed, sheets

HOST = "http://127.0.0.1:1"
UNITS = {"USD million": 1, "USD billion": 1000}


def _adapter(name: str) -> Adapter:
    """Return the adapter of a publisher, whose pages are below its name."""
    publisher = name.title()

    def first(_data: Data, _since: str) -> list[Wanted]:
        return [Wanted(f"{HOST}/{name}/")]

    def follow(document: Document, data: Data, since: str) -> list[Wanted]:
        newest = since[:4] or str(max(row["year"] for row in data["trade"].rows))
        years = [address for row in listed(document) for address in _years(row)]
        if not years:
            raise UnreadableError("found no link to a year, expected one")
        return [Wanted(urljoin(document.address, year), year) for year in years if year > newest]

    def read(document: Document, expected: str) -> Release:
        for sheet in sheets(document):
            if sheet.before[-1:] and sheet.before[-1].startswith(f"{publisher}: trade of "):
                return _release(sheet, publisher, expected)
        raise UnreadableError(f"found no trade of {publisher}, expected {expected or 'a year'}", known=False)

    return Adapter(name, (f"{HOST}/{name}/",), first, read, follow)


def _years(row: Listed) -> list[str]:
    return [address for _, address in row.links if re.fullmatch(r"\d{4}", address)]


def _release(sheet: Sheet, publisher: str, expected: str) -> Release:
    found = re.fullmatch(r"\w+: trade of (\d{4}), ([\w ]+), (\d{4}-\d\d-\d\d)", sheet.before[-1])
    if not found or found[2] not in UNITS:
        raise UnreadableError(f"found the title {sheet.before[-1]}, expected year, unit and date")
    year, unit, date = found.groups()
    if expected not in {"", year}:
        raise UnreadableError(f"found the year {year}, expected {expected}")
    lines = []
    for flow, value in sheet.rows:
        if not re.fullmatch(r"\d+", value):
            raise UnreadableError(f"found {value} as the {flow}, expected a number")
        figures = {"value_usd_million": str(int(value) * UNITS[unit]), "precision_usd_million": str(UNITS[unit])}
        lines.append(Line("trade", {"year": year, "flow": flow, **figures}))
    source = {
        "id": f"{publisher.lower()}-page-{year}",
        "publisher": publisher,
        "title": f"Trade of {year}",
        "address": f"https://{publisher.lower()}.example/page/{year}",
        "published": date,
    }
    return Release(f"{publisher}: trade of {year}, {unit}", source, lines)


ADAPTERS = (_adapter("alpha"), _adapter("beta"))
