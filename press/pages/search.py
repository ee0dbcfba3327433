"""What a reader may search for: a script, since pages opened as files load nothing
else.

They load it when asked.

Its name has no hash of its content: else each page would change when a text elsewhere
does.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from press.content import Page
from press.data import Row
from press.ground.errors import Problems, quote_words, suggest_similar
from press.ground.period import Period
from press.pages.file import File, Site
from press.pages.links import GALLERY, NUMBERS, SOURCES
from press.pages.receipts import Receipt, amount
from press.pages.rendition import ABSOLUTE, SEARCH, STORY, Rendition
from press.pages.sections import sections, stripped
from press.reading import Conventions

LONG = 120  # characters of what stands below a heading
ENTRY, NUMBER, SOURCE = "1", "2", "3"  # ranks of hits


class Hit(NamedTuple):
    """What may be found: where it is, its title, words that tell of it, its rank; the
    values in a chart.

    Of what fits as well, pages, charts and parts of the story stand first, then an
    ``ENTRY`` of another page, then a
    ``NUMBER``; a ``SOURCE`` is always last.
    """

    address: str
    title: str
    words: str = ""
    rank: str = ""
    values: str = ""


def index(rendition: Rendition) -> Site:
    """Return the script with all that may be found, which is made when it is asked for;
    none without a search.

    Raises ``BuildError`` for what readers are said to seek on a page that is not there.
    """
    if not rendition.searched:
        return {}
    return {
        rendition.searched: File(
            partial(_script, rendition, _sought(rendition)),
            f"templates/static/{SEARCH}",
        )
    }


def _script(rendition: Rendition, sought: Mapping[str, str]) -> bytes:
    """Return the script: what may be found, below the labels of pages."""
    groups: defaultdict[str, list[Hit]] = defaultdict(list)
    pages = (page for page in rendition.content.pages if page.slug not in ABSOLUTE)
    for page in dict.fromkeys((*rendition.listed, *pages)):
        groups[page.label] += _of_page(rendition, page)
    language = rendition.language
    lists = rendition.language.lexicon.lists
    whole = {
        "months": language.months("wide"),
        "small": lists["small"],
        "endings": lists["plural_endings"],
        "alike": rendition.content.settings.search.get("alike", ()),
        "sought": sought,
        "groups": [
            (name, [[" ".join(text.split()) for text in hit] for hit in hits])
            for name, hits in groups.items()
        ],
    }
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return f"window.found = {text};\n".encode()


def _sought(rendition: Rendition) -> dict[str, str]:
    """Return what readers call some places beside what is written there, by address.

    Raises ``BuildError``.
    """
    problems = Problems()
    found = dict[str, str]()
    settings = rendition.content.settings
    for key, called in settings.search.get("at", {}).items():
        file, mark, anchor = key.partition("#")
        if file not in rendition.files:
            message = (
                f"found {quote_words(key)} in [search.at], expected a page or a chart:"
                " index.md, or index.md#part"
            )
            line = settings.toml.line("search", "at", key)
            hint = suggest_similar(file, rendition.files)
            problems.add(settings.toml.path, line, message, hint)
        found[f"{rendition.files.get(file)}{mark}{anchor}"] = " · ".join(called)
    problems.stop_if_any()
    return found


def _of_page(rendition: Rendition, page: Page) -> Iterator[Hit]:
    """Yield what may be found on a page: itself, its sections, what its
    template lists.
    """
    name = page.file
    address = rendition.address(page)
    yield Hit(address, page.title, page.description)
    yield from _sections(rendition, page)
    if name == NUMBERS:
        yield from (
            _receipt(address, item, rendition) for item, *_ in rendition.receipts
        )
    if name == SOURCES and "sources" in rendition.inputs.data:
        yield from (
            _source(address, row, rendition.language)
            for row in rendition.inputs.data["sources"].rows
        )
    if name == GALLERY:
        yield from _charts(rendition)


def _sections(rendition: Rendition, page: Page) -> Iterator[Hit]:
    prose = Problems().collect(rendition.prose, page.body, page)
    rank = "" if page.slug == STORY else ENTRY
    for section in sections(prose.html)[1] if prose else ():
        told = _time(rendition, page, section.id), _shortened(stripped(section.body))
        words = " · ".join(filter(None, told))
        yield Hit(
            f"{rendition.address(page)}#{section.id}",
            stripped(section.heading),
            words,
            rank,
        )


def _time(rendition: Rendition, page: Page, name: str) -> str:
    """Return when that was of which a section tells, in words; nothing where it tells
    of no row, or of no time.
    """
    if page.entries not in rendition.inputs.data:
        return ""
    row = rendition.inputs.data[page.entries].by_key.get((name,))
    return _day(row.time, rendition.language) if row else ""


def _receipt(address: str, receipt: Receipt, rendition: Rendition) -> Hit:
    """Return how a number is found: by its label, its value, what it compares, who said
    it, as it is told.
    """
    told = [use.words for use in receipt.uses]
    if receipt.said:
        row = receipt.said.row
        told = [str(row["speaker"]), _day(row.time, rendition.language), *told]
    elif receipt.scheme == "fact":
        told = [
            amount(fact.quantity, rendition.language) for fact in receipt.facts.values()
        ] + told
    else:
        told = [*receipt.facts, *told]
    return Hit(
        f"{address}#{receipt.id}",
        receipt.label,
        " · ".join(dict.fromkeys(filter(None, told))),
        NUMBER,
    )


def _source(address: str, row: Row, language: Conventions) -> Hit:
    words = (str(row["publisher"]), _day(str(row["published"]), language))
    return Hit(
        f"{address}#{row['id']}",
        str(row["title"]),
        " · ".join(filter(None, words)),
        SOURCE,
    )


def _charts(rendition: Rendition) -> Iterator[Hit]:
    """Yield the charts, each with the values that it shows."""
    for name, home in rendition.homes.items():
        text = rendition.content.charts[name]
        tips = rendition.inputs.figures[name].points.tips
        yield Hit(
            home.page,
            text.title,
            text.subtitle,
            values=" · ".join(f"{tip.label}: {tip.value}" for tip in tips),
        )


def _day(time: str, language: Conventions) -> str:
    return language.date(time) if Period.parse_or_none(time) else ""


def _shortened(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG].rpartition(' ')[0]} …"
