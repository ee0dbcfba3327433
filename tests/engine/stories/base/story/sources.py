"""The publishers of the small story: each has a page of its newest year, with a table of trade."""

import re
from collections.abc import Sequence

from press.data import Data
from press.intake import Adapter, Document, ReleaseRow, Release, UnreadableError

HOST = "http://127.0.0.1:1"
NEWEST = "2024"  # year that is printed
UNITS = {"USD million": 1, "USD billion": 1000}


def _adapter(name: str) -> Adapter:
    """Return the adapter of a publisher, whose pages are below its name."""
    publisher = name.title()

    def list_addresses(data: Data, since: str) -> list[str]:
        newest = since[:4] or str(max(row["year"] for row in data["trade"].rows))
        return [f"{HOST}/{name}/{NEWEST}"] if newest < NEWEST else []

    def read(document: Document) -> Release:
        (title, *_), *tables = document.tables or [[("",)]]
        if title[0].startswith(f"{publisher}: trade of "):
            rows = tables[0] if tables else []
            return _release(title[0], rows, publisher)
        raise UnreadableError(f"found no trade of {publisher}, expected a year", known=False)

    return Adapter(name, read, list_addresses)


def _release(title: str, rows: Sequence[Sequence[str]], publisher: str) -> Release:
    found = re.fullmatch(r"\w+: trade of (\d{4}), ([\w ]+), (\d{4}-\d\d-\d\d)", title)
    if not found or found[2] not in UNITS:
        raise UnreadableError(f"found the title {title}, expected year, unit and date")
    year, unit, date = found.groups()
    lines = []
    for flow, value in rows:
        if not re.fullmatch(r"\d+", value):
            raise UnreadableError(f"found {value} as the {flow}, expected a number")
        figures = {"value_usd_million": str(int(value) * UNITS[unit]), "precision_usd_million": str(UNITS[unit])}
        lines.append(ReleaseRow("trade", {"year": year, "flow": flow, **figures}))
    source = {
        "id": f"{publisher.lower()}-page-{year}",
        "publisher": publisher,
        "title": f"Trade of {year}",
        "address": f"https://{publisher.lower()}.example/page/{year}",
        "published": date,
    }
    return Release(f"{publisher}: trade of {year}, {unit}", source, lines)


ADAPTERS = (_adapter("alpha"), _adapter("beta"))
