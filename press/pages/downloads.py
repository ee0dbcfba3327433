"""What is offered beside the pages: the tables for other programs, and lists of pages
for robots.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from press.data import Data, Description, Table
from press.ground.address import Base
from press.pages.dates import Calendar
from press.pages.file import File, Site
from press.pages.rendition import Inputs

CSV = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
QUARTERS = "[12][0-9]{3}-Q[1-4]"
NOT_STATED = "notspecified"  # as the Open Definition calls it
# The namespace of the ids of stories: one is made of the story's name, so that it is
# the same with an address, without one and at another.
STORIES = UUID("ef8d7bbd-1fc1-44c6-93bb-a3933b558fd0")
SITEMAP = "sitemap.xml"  # made where somebody has said where the site will be


def tables(inputs: Inputs) -> Iterator[tuple[str, File]]:
    """Yield the tables as CSV, and the data package that describes them."""
    for name, table in inputs.data.items():
        yield f"data/{name}.csv", File(table.text.encode(), table.path)
    settings = inputs.content.settings
    changes = inputs.content.changes
    words = inputs.content.language.words
    about = {
        "id": str(uuid5(STORIES, settings.name)),
        "name": settings.slug,
        "title": settings.name,
        "homepage": inputs.base.url,
        # which programs can sort
        "version": ".".join(part.lstrip("0") for part in changes.last.split("-")),
        "created": changes.last and f"{changes.last}T00:00:00Z",
        "contributors": ({"title": words["authors"].fill(name=settings.name)},),
    }
    package = partial(_format_package, inputs.data, inputs.calendar, about)
    yield "data/datapackage.json", File(package, "data")


def _format_package(data: Data, calendar: Calendar, about: Mapping[str, Any]) -> bytes:
    """Return the description of all tables.

    What it says of licences holds for tables that say nothing else, as the standard
    has it. So where a licence is stated for some tables alone, it says of the others,
    once, what most of them say of theirs.
    """
    terms = {
        name: Terms.from_description(table.description) for name, table in data.items()
    }
    unlicensed = Counter(own.rights for own in terms.values() if not own.licences)
    rights = unlicensed.most_common(1)[0][0] if unlicensed else ""
    told = licences(table.description for table in data.values())
    stated = [licence for licence in told if _is_stated(licence)]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        **{key: value for key, value in about.items() if value},
        "licenses": [{"name": NOT_STATED, "title": rights}] if unlicensed else stated,
        "resources": [
            {
                "id": str(uuid5(UUID(about["id"]), name)),
                **_describe_table(name, table, calendar),
                **terms[name].list_unless_shared(rights),
            }
            for name, table in data.items()
        ],
    }
    return (
        json.dumps(package, ensure_ascii=False, indent=2, default=_plain) + "\n"
    ).encode()


class Terms(NamedTuple):
    """On which terms a table may be used: the licences that somebody has stated, and
    what is known of the rights where nobody has, in words.
    """

    licences: Sequence[Mapping[str, str]]
    rights: str

    @classmethod
    def from_description(cls, table: Description) -> Terms:
        """Return the terms that the description of a table tells."""
        stated = [licence for licence in table.licenses if _is_stated(licence)]
        others = [
            licence["title"] for licence in table.licenses if not _is_stated(licence)
        ]
        return cls(stated, "; ".join(others))

    def list_unless_shared(self, rights: str) -> dict[str, Any]:
        """Return what a table says of its terms in a package whose tables have these
        ``rights`` unless they say more.
        """
        if not self.licences and self.rights == rights:
            return {}
        told = {"licenses": self.licences, "rights": self.rights}
        return {key: value for key, value in told.items() if value}


def _is_stated(licence: Mapping[str, str]) -> bool:
    return licence["name"] != NOT_STATED or "path" in licence


def _plain(value: Any) -> Any:  # noqa: ANN401 - TOML
    """Return a read-only mapping as one that JSON takes; a day, as a column of dates
    has it, as text.
    """
    return dict(value) if isinstance(value, Mapping) else str(value)


def licences(tables: Iterable[Description]) -> list[Mapping[str, str]]:
    """Return the licences of tables as they describe them, each once."""
    told = (licence for table in tables for licence in table.licenses)
    return list({tuple(licence.items()): licence for licence in told}.values())


def _describe_table(name: str, table: Table, calendar: Calendar) -> dict[str, Any]:
    """Return the description of a table for programs, with what pages say of figures to
    come; in it lists and quarters are strings. Its terms are not in it.
    """
    raw = {
        key: value
        for key, value in table.description.raw.items()
        if key not in {"schema", "anchors", "licenses"}
    }
    days = {
        "looked_on": calendar.find_day_looked(table),
        "next_due": calendar.find_due_day(table),
    }
    if known := {key: day for key, day in days.items() if day}:
        raw["refresh"] = {**raw["refresh"], **known}
    schema = dict(table.description.raw["schema"])
    lists = {
        name for name, field in table.description.fields.items() if field.type == "list"
    }
    schema["fields"] = [_column(item) for item in schema["fields"]]
    # the standard knows none
    keys = [
        key for key in schema.pop("foreignKeys", []) if lists.isdisjoint(key["fields"])
    ]
    schema |= {"foreignKeys": keys} if keys else {}
    body = table.text.encode()
    exact = {"bytes": len(body), "hash": f"sha256:{hashlib.sha256(body).hexdigest()}"}
    return {
        "name": name,
        "path": f"{name}.csv",
        **CSV,
        **exact,
        **raw,
        "schema": schema,
    }


def _column(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the description of a column in types that the profile knows; a quarter
    keeps to a pattern instead.
    """
    if item["type"] not in {"list", "quarter"}:
        return item
    rules = dict(item.get("constraints", {}))
    if item["type"] == "quarter":
        rules = {"pattern": QUARTERS} | {
            key: rule
            for key, rule in rules.items()
            if key not in {"minimum", "maximum"}
        }
    return {**item, "type": "string", **({"constraints": rules} if rules else {})}


def for_robots(
    changed: Mapping[str, str], base: Base, hidden: AbstractSet[str]
) -> Site:
    """Return the list of pages, and the address of it; ``hidden`` are the names of
    pages and folders left out.

    ``changed`` are the days on which files last changed, "" where nobody knows, by
    their addresses.
    """
    pages = (Path(address) for address in changed if address.endswith(".html"))
    addresses = sorted(
        path.as_posix()
        for path in pages
        if hidden.isdisjoint({path.stem, path.parent.name})
    )
    days = {
        address: f"<lastmod>{day}</lastmod>" for address, day in changed.items() if day
    }
    entries = (
        f"<loc>{base.absolute(address)}</loc>{days.get(address, '')}"
        for address in addresses
    )
    places = "".join(f"  <url>{entry}</url>\n" for entry in entries)
    sitemap = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset'
        f' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    )
    robots = f"User-agent: *\nAllow: /\nSitemap: {base.absolute(SITEMAP)}\n"
    return {
        SITEMAP: File(sitemap.encode(), "content"),
        "robots.txt": File(robots.encode(), "content"),
    }
