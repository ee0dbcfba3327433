"""What is offered beside the pages: the tables for other programs, and lists of pages for robots."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from press.address import Base
from press.content import Settings
from press.data import Data, Table
from press.memo import remembered
from press.pages.file import File, Site


def tables(data: Data, settings: Settings, base: Base) -> Iterator[tuple[str, File]]:
    """Yield the tables as CSV, and the data package that describes them."""
    for name, table in data.items():
        yield f"data/{name}.csv", _csv(table)
    yield "data/datapackage.json", File(_package(data, settings, base), "data")


@remembered
def _csv(table: Table) -> File:
    return File(table.text.encode(), table.path)


@remembered
def _package(data: Data, settings: Settings, base: Base) -> bytes:
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": settings.slug,
        "title": settings.name,
        **({"homepage": base.url} if base.url else {}),
        "resources": [_resource(name, table) for name, table in data.items()],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2, default=dict) + "\n"  # of mappings that are read-only
    return text.encode()


def _resource(name: str, table: Table) -> dict[str, Any]:
    raw = {key: value for key, value in table.description.raw.items() if key not in {"schema", "anchors"}}
    schema = dict(table.description.raw["schema"])
    lists = {name for name, field in table.description.fields.items() if field.type == "list"}
    keys = [key for key in schema.pop("foreignKeys", []) if lists.isdisjoint(key["fields"])]  # the standard knows none
    schema |= {"foreignKeys": keys} if keys else {}
    form = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {"name": name, "path": f"{name}.csv", **form, **raw, "schema": schema}


def for_robots(site: Iterable[str], base: Base, hidden: AbstractSet[str]) -> Site:
    """Return the list of pages, and the address of it; ``hidden`` are the names of pages and folders left out."""
    pages = (Path(address) for address in site if address.endswith(".html"))
    addresses = sorted(path.as_posix() for path in pages if hidden.isdisjoint({path.stem, path.parent.name}))
    places = "".join(f"  <url><loc>{base.absolute(address)}</loc></url>\n" for address in addresses)
    sitemap = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    robots = f"User-agent: *\nAllow: /\nSitemap: {base.absolute('sitemap.xml')}\n"
    return {"sitemap.xml": File(sitemap.encode(), "content"), "robots.txt": File(robots.encode(), "content")}
