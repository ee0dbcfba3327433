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

from press.data import Data, Table, TableDescription
from press.ground.address import BaseUrl
from press.pages.dates import DueDateCalendar
from press.pages.file import File, FilesByAddress
from press.pages.inputs import SiteInputs

CSV_FILE = {
    "type": "table",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
}
QUARTERS = "[12][0-9]{3}-Q[1-4]"
NOT_STATED = "notspecified"  # as the Open Definition calls it
# The namespace of the ids of stories: one is made of the story's name, so that it is
# the same with an address, without one and at another.
STORIES = UUID("ef8d7bbd-1fc1-44c6-93bb-a3933b558fd0")
SITEMAP = "sitemap.xml"  # made where somebody has said where the site will be


def make_tables_and_data_package(inputs: SiteInputs) -> Iterator[tuple[str, File]]:
    """Yield the tables as CSV, and the data package that describes them."""
    for name, table in inputs.data.items():
        yield f"data/{name}.csv", File(table.text.encode(), table.path)
    settings = inputs.content.settings
    last = inputs.content.changes.last
    words = inputs.content.language.words
    about = {
        "id": str(uuid5(STORIES, settings.name)),
        "name": settings.slug,
        "title": settings.name,
        "homepage": inputs.base.url,
        # which programs can sort
        "version": ".".join(part.lstrip("0") for part in last.split("-")),
        "created": f"{last}T00:00:00Z" if last else "",
        "contributors": ({"title": words["authors"].fill(name=settings.name)},),
    }
    yield (
        "data/datapackage.json",
        File(
            partial(_format_data_package, inputs.data, inputs.calendar, about), "data"
        ),
    )


def _format_data_package(
    data: Data, calendar: DueDateCalendar, package_fields: Mapping[str, Any]
) -> bytes:
    """Return the description of all tables.

    What it says of licences holds for tables that say nothing else, as the standard
    has it. So where a licence is stated for some tables alone, it says of the others,
    once, what most of them say of theirs.
    """
    terms = {
        name: LicenceTerms.from_description(table.description)
        for name, table in data.items()
    }
    unlicensed = Counter(own.rights for own in terms.values() if not own.licences)
    rights = unlicensed.most_common(1)[0][0] if unlicensed else ""
    told = list_licences(table.description for table in data.values())
    licences = [licence for licence in told if _is_stated(licence)]
    if unlicensed:
        licences = [{"name": NOT_STATED, "title": rights}]
    package = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    package |= {key: value for key, value in package_fields.items() if value}
    namespace = UUID(package_fields["id"])
    resources = list[dict[str, Any]]()
    for name, table in data.items():
        described = _describe_table_without_licences(name, table, calendar)
        own = terms[name].describe_licences_and_unshared_rights(rights)
        resources.append({"id": str(uuid5(namespace, name)), **described, **own})
    whole = {**package, "licenses": licences, "resources": resources}
    text = json.dumps(whole, ensure_ascii=False, indent=2, default=_convert_for_json)
    return f"{text}\n".encode()


class LicenceTerms(NamedTuple):
    """On which terms a table may be used: the licences that somebody has stated, and
    what is known of the rights where nobody has, in words.
    """

    licences: Sequence[Mapping[str, str]]
    rights: str

    @classmethod
    def from_description(cls, description: TableDescription) -> LicenceTerms:
        """Return the terms that the description of a table tells."""
        stated = list[Mapping[str, str]]()
        others = list[str]()
        for licence in description.licenses:
            if _is_stated(licence):
                stated.append(licence)
            else:
                others.append(licence["title"])
        return cls(stated, "; ".join(others))

    def describe_licences_and_unshared_rights(
        self, shared_rights: str
    ) -> dict[str, Any]:
        """Return what a table says of its terms in a package whose tables have these
        ``shared_rights`` unless they say more.
        """
        told = dict[str, Any]()
        if self.licences:
            told["licenses"] = self.licences
        if self.rights and (self.licences or self.rights != shared_rights):
            told["rights"] = self.rights
        return told


def _is_stated(licence: Mapping[str, str]) -> bool:
    return licence["name"] != NOT_STATED or "path" in licence


def _convert_for_json(value: Any) -> Any:  # noqa: ANN401 - TOML
    """Return a read-only mapping as one that JSON takes; a day, as a column of dates
    has it, as text.
    """
    return dict(value) if isinstance(value, Mapping) else str(value)


def list_licences(tables: Iterable[TableDescription]) -> list[Mapping[str, str]]:
    """Return the licences of tables as they describe them, each once."""
    told = (licence for table in tables for licence in table.licenses)
    return list({tuple(licence.items()): licence for licence in told}.values())


def _describe_table_without_licences(
    table_name: str, table: Table, calendar: DueDateCalendar
) -> dict[str, Any]:
    """Return the description of a table for programs, with what pages say of figures to
    come; in it lists and quarters are strings. Its terms are not in it.
    """
    body = table.text.encode()
    described: dict[str, Any] = {
        "name": table_name,
        "path": f"{table_name}.csv",
        **CSV_FILE,
    }
    described["bytes"] = len(body)
    described["hash"] = f"sha256:{hashlib.sha256(body).hexdigest()}"
    raw = table.description.raw.items()
    apart = {"anchors", "licenses", "schema"}
    described |= {key: value for key, value in raw if key not in apart}
    days = {
        "looked_on": calendar.find_day_looked_in_vain(table),
        "next_due": calendar.find_coming_due_day(table),
    }
    known = {key: day for key, day in days.items() if day}
    if known:
        described["refresh"] = {**described["refresh"], **known}
    return {**described, "schema": _convert_schema_to_standard(table.description)}


def _convert_schema_to_standard(description: TableDescription) -> dict[str, Any]:
    """Return the columns of a table and its keys in words of the standard, which knows
    no lists.
    """
    schema = dict(description.raw["schema"])
    lists = {name for name, field in description.fields.items() if field.type == "list"}
    schema["fields"] = [_convert_column_to_standard(item) for item in schema["fields"]]
    every_key = schema.pop("foreignKeys", [])
    keys = [key for key in every_key if lists.isdisjoint(key["fields"])]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _convert_column_to_standard(column: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the description of a column in types that the profile knows; a quarter
    keeps to a pattern instead.
    """
    if column["type"] not in {"list", "quarter"}:
        return column
    described = {**column, "type": "string"}
    rules = dict(described.pop("constraints", {}))
    if column["type"] == "quarter":
        for bound in ("minimum", "maximum"):
            rules.pop(bound, None)
        rules = {"pattern": QUARTERS, **rules}
    if rules:
        described["constraints"] = rules
    return described


def make_sitemap_and_robots_txt(
    last_change_by_address: Mapping[str, str],
    base: BaseUrl,
    hidden_names: AbstractSet[str],
) -> FilesByAddress:
    """Return the list of pages, and the address of it; ``hidden_names`` are those
    of pages and folders left out.

    ``last_change_by_address`` has the days on which files last changed, "" where nobody
    knows.
    """
    places = list[str]()
    for address, day in sorted(last_change_by_address.items()):
        path = Path(address)
        if path.suffix == ".html" and hidden_names.isdisjoint(
            {path.stem, path.parent.name}
        ):
            last_change = f"<lastmod>{day}</lastmod>" if day else ""
            location = f"<loc>{base.absolute(address)}</loc>"
            places.append(f"  <url>{location}{last_change}</url>\n")
    sitemap = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset'
        ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(places)}</urlset>\n"
    )
    robots = f"User-agent: *\nAllow: /\nSitemap: {base.absolute(SITEMAP)}\n"
    return {
        SITEMAP: File(sitemap.encode(), "content"),
        "robots.txt": File(robots.encode(), "content"),
    }
