"""How a chart is cited, by people and by machines: a sentence, BibTeX, CSL-JSON, and JSON-LD for search engines.

What is not known is left out. Every address is a full one, since none of these stays on its page; only the names that
a page gives to its parts (``#data``) are relative to it where its address is not known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath as Path
from typing import Any, NamedTuple
from urllib.parse import quote

from press.content import Language
from press.figures import DATE, dates
from press.grid import Grid

# https://ctan.org/pkg/encguide: how TeX writes the characters that mean something to it. Braces have names, because
# BibTeX counts those that are written as themselves, after a backslash too.
TEX = str.maketrans({character: f"\\{character}" for character in "&%$#_"}) | {
    ord("{"): r"\textbraceleft{}",
    ord("}"): r"\textbraceright{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
    ord("\\"): r"\textbackslash{}",
}
NOT_IN_ADDRESS = re.compile(r"[\s{}\\]")  # BibTeX passes addresses on as they are
MEDIA_TYPES = {".csv": "text/csv", ".json": "application/json", ".zip": "application/zip"}
SHORTEST, LONGEST = 50, 5000  # characters of a data set's description, as Google wants it


class Work(NamedTuple):
    """What is cited: a chart, on its page. Dates are written as far as known; "" is what is not known."""

    key: str  # names the work in bibliographies: letters, digits, - and _
    title: str
    description: str  # what is measured, and in which unit
    container: str  # the name of the site
    authors: str
    language: str  # its code
    licence: str
    licence_address: str
    address: str = ""  # of the page, with its host
    site: str = ""  # the address of the site, with its host
    published: str = ""  # 2026-11-25
    newest: str = ""  # the date of the newest page that the figures were read on


def newest(days: Iterable[str]) -> str:
    """Return the latest of some dates (``2023-11-07``, ``2023-11``, ``2023``, or words that are none); "" for none."""
    return max(filter(DATE.fullmatch, days), default="")


def text(work: Work, language: Language) -> str:
    """Return the citation as a reader copies it. Raises ``BuildError`` for a label that is missing."""
    words = language.words
    day = language.date(work.published) if work.published else words["cite_undated"]
    about = {"authors": work.authors, "title": work.title, "site": work.container, "licence": work.licence}
    whole = words["cite_text"].fill(date=day, **about)
    return " ".join(filter(None, (whole, _note(work, language), work.address)))


def _note(work: Work, language: Language) -> str:
    """Return up to when the figures were published, in a sentence."""
    return language.words["cite_newest"].fill(date=language.date(work.newest)) if work.newest else ""


def bibtex(work: Work, language: Language) -> str:
    """Return the citation for BibTeX and biblatex, in UTF-8."""
    fields = {
        "author": f"{{{tex(work.authors)}}}",  # a second pair of braces: a name of one part
        "title": f"{{{tex(work.title)}}}",  # and capitals as they are
        "howpublished": tex(work.container),
        "year": work.published[:4],
        "note": tex(_note(work, language)),
        "url": NOT_IN_ADDRESS.sub(lambda found: quote(found[0]), work.address),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.key},\n{lines}}}\n"


def tex(words: str) -> str:
    """Return words as TeX sets them."""
    return words.translate(TEX)


def csl(work: Work, language: Language) -> str:
    """Return the citation as CSL-JSON: a list of one item. It is a ``webpage``, the type that every style knows."""
    item = {
        "id": work.key,
        "type": "webpage",
        "title": work.title,
        "container-title": work.container,
        "author": [{"literal": work.authors}],
        "issued": work.published and {"date-parts": [[int(part) for part in work.published.split("-")]]},
        "abstract": work.description,
        "language": work.language,
        "note": _note(work, language),
        "URL": work.address,
    }
    return json.dumps([_known(item)], ensure_ascii=False, indent=1) + "\n"


def article(work: Work, picture: str) -> dict[str, Any]:
    """Return the page as an ``Article`` of schema.org, which rests on its data set. ``picture`` is a full address."""
    return _known(
        {
            "@type": "Article",
            "@id": f"{work.address}#article",
            "headline": work.title,
            "image": picture,
            "description": work.description,
            "author": _authors(work),
            "publisher": _authors(work),
            "mainEntityOfPage": work.address,
            **_about(work),
            "isBasedOn": {"@id": f"{work.address}#data"},
        }
    )


def dataset(work: Work, grid: Grid, downloads: Iterable[str], pages: Iterable[str]) -> dict[str, Any]:
    """Return a chart's data as a ``Dataset`` of schema.org; downloads and pages are full addresses, "" if not known."""
    return _known(
        {
            "@type": "Dataset",
            "@id": f"{work.address}#data",
            "name": work.title,
            "description": _description(work, grid),
            "creator": _authors(work),
            **_about(work),
            "temporalCoverage": _span(grid),
            "variableMeasured": list(_variables(work, grid)),
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[Path(address).suffix], "contentUrl": address}
                for address in downloads
                if address
            ],
            "isBasedOn": list(pages),
        }
    )


def script(*things: dict[str, Any]) -> str:
    """Return things as JSON-LD that can stand inside ``<script type="application/ld+json">``: nothing in it ends it."""
    whole = {"@context": "https://schema.org", "@graph": things}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")


def _known(item: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {key: value for key, value in item.items() if value not in ("", [])}


def _about(work: Work) -> dict[str, Any]:
    """Return what is true of the page and of its data."""
    return {
        "url": work.address,
        "inLanguage": work.language,
        "license": work.licence_address,
        "isAccessibleForFree": True,
        "datePublished": work.published,
        "isPartOf": _known({"@type": "WebSite", "name": work.container, "url": work.site}),
    }


def _authors(work: Work) -> dict[str, Any]:
    return _known({"@type": "Organization", "name": work.authors, "url": work.site})


def _description(work: Work, grid: Grid) -> str:
    """Say what is measured; where Google finds that too short, the title and the heads of columns as well."""
    whole = work.description
    for more in (work.title, ", ".join(column.head for column in grid.columns)):
        whole += f". {more}" if len(whole) < SHORTEST else ""
    return whole[:LONGEST]


def _span(grid: Grid) -> str:
    """Return the time that a table covers as an ISO 8601 interval, or its only date."""
    days = [str(cell.value) for cell in dates(grid)]
    return "/".join(dict.fromkeys([days[0], days[-1]])) if days else ""


def _variables(work: Work, grid: Grid) -> Iterator[dict[str, Any]]:
    """Yield what the columns measure. Where dates head them, they measure one thing: what the chart does."""
    columns = grid.columns[1:]
    names = [(work.description if DATE.fullmatch(column.head) else column.head, column.unit) for column in columns]
    for name, unit in dict.fromkeys(names):
        yield _known({"@type": "PropertyValue", "name": name, "unitText": unit})
