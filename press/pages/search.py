"""What a reader may search for: a script, since pages opened as files load nothing
else.

They load it when asked. Its name has no hash of its content: else each page would
change when a text elsewhere does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from press.content import Language, Page
from press.data import Row
from press.ground.errors import Problems, quote_words, suggest_similar_or_all
from press.ground.period import Period
from press.pages.addresses import (
    GALLERY_FILE,
    NUMBERS_FILE,
    ROOTED_SLUGS,
    SOURCES_FILE,
    STORY_SLUG,
)
from press.pages.amounts import format_value_range_or_date
from press.pages.file import File, FilesByAddress
from press.pages.json_text import format_compact_json
from press.pages.receipts import Receipt
from press.pages.rendition import SEARCH_SCRIPT, Rendition
from press.pages.sections import split_sections, strip_tags
from press.reading import Conventions

LONGEST_EXCERPT = 120  # characters of what stands below a heading
# ranks of items: pages, charts and parts of the story have none, and stand first
ENTRY_RANK = "1"
NUMBER_RANK = "2"
SOURCE_RANK = "3"


class SearchItem(NamedTuple):
    """What may be found: where it is, its title, words that tell of it, its rank; the
    values in a chart.

    Of what fits as well, pages, charts and parts of the story stand first, then an
    entry of another page, then a number; a source is always last.
    """

    address: str
    title: str
    words: str = ""
    rank: str = ""
    values: str = ""


def make_search_index(rendition: Rendition) -> FilesByAddress:
    """Return the script with all that may be found, which is made when it is asked for;
    none without a search.

    Raises ``BuildError`` for what readers are said to seek on a page that is not there.
    """
    address = rendition.search_index
    if not address:
        return {}
    return {
        address: File(
            partial(
                _format_index_script,
                rendition,
                _get_extra_search_words_by_address(rendition),
            ),
            f"templates/static/{SEARCH_SCRIPT}",
        )
    }


def _format_index_script(
    rendition: Rendition, extra_words_by_address: Mapping[str, str]
) -> bytes:
    """Return the script: what may be found, below the labels of pages."""
    groups = dict[str, list[list[str]]]()
    pages = [page for page in rendition.content.pages if page.slug not in ROOTED_SLUGS]
    for page in dict.fromkeys((*rendition.addresses.navigation_pages, *pages)):
        group = groups.setdefault(page.label, [])
        for item in _list_items_of_page(rendition, page):
            group.append([" ".join(text.split()) for text in item])
    language = rendition.language
    lists = language.lexicon.lists
    whole = {
        "months": language.months(),
        "small": lists["small"],
        "endings": lists["plural_endings"],
        "alike": rendition.content.settings.search.get("alike", ()),
        "sought": extra_words_by_address,
        "groups": list(groups.items()),
    }
    return f"window.found = {format_compact_json(whole)};\n".encode()


def _get_extra_search_words_by_address(rendition: Rendition) -> dict[str, str]:
    """Return what readers call some places beside what is written there, by address.

    Raises ``BuildError``.
    """
    problems = Problems()
    found = dict[str, str]()
    settings = rendition.content.settings
    toml = settings.toml
    files = rendition.addresses.address_by_markdown_file
    for key, called in settings.search.get("at", {}).items():
        file, mark, anchor = key.partition("#")
        if file not in files:
            message = (
                f"found {quote_words(key)} in [search.at], expected a page or a chart:"
                " index.md, or index.md#part"
            )
            line = toml.find_line_or_closest("search", "at", key)
            problems.add(toml.path, line, message, suggest_similar_or_all(file, files))
        found[f"{files.get(file)}{mark}{anchor}"] = " · ".join(called)
    problems.stop_if_any()
    return found


def _list_items_of_page(rendition: Rendition, page: Page) -> Iterator[SearchItem]:
    """Yield what may be found on a page: itself, its sections, what its
    template lists.
    """
    address = rendition.addresses.get_address(page)
    language = rendition.language
    yield SearchItem(address, page.title, page.description)
    yield from _list_items_of_sections(rendition, page)
    if page.file == NUMBERS_FILE:
        for item in rendition.receipts:
            yield _make_item_of_receipt(address, item.receipt, language)
    if page.file == SOURCES_FILE and "sources" in rendition.inputs.data:
        for row in rendition.inputs.data["sources"].rows:
            yield _make_item_of_source(address, row, language)
    if page.file == GALLERY_FILE:
        yield from _list_items_of_chart_pages(rendition)


def _list_items_of_sections(rendition: Rendition, page: Page) -> Iterator[SearchItem]:
    """Yield the sections of a page; none where its text is wrong, which is told
    already.
    """
    prose = Problems().collect(rendition.texts.render_markdown, page.body, page)
    if prose is None:
        return
    address = rendition.addresses.get_address(page)
    rank = "" if page.slug == STORY_SLUG else ENTRY_RANK
    _, sections = split_sections(prose.html)
    for section in sections:
        time = _find_formatted_time_of_section(rendition, page, section.id)
        excerpt = _shorten_text(strip_tags(section.body))
        place = f"{address}#{section.id}"
        yield SearchItem(
            place, strip_tags(section.heading), _join_words([time, excerpt]), rank
        )


def _find_formatted_time_of_section(
    rendition: Rendition, page: Page, section_id: str
) -> str:
    """Return when that was of which a section tells, in words; nothing where it tells
    of no row, or of no time.
    """
    if page.entries not in rendition.inputs.data:
        return ""
    row = rendition.inputs.data[page.entries].by_key.get((section_id,))
    return _format_day(row.time, rendition.language) if row else ""


def _make_item_of_receipt(
    page_address: str, receipt: Receipt, language: Language
) -> SearchItem:
    """Return how a number is found: by its label, its value, what it compares, who said
    it, as it is told.
    """
    words = list[str]()
    if receipt.said:
        row = receipt.said.row
        words += [str(row["speaker"]), _format_day(row.time, language)]
    elif receipt.scheme == "fact":
        words += [
            format_value_range_or_date(fact.quantity, language)
            for fact in receipt.facts.values()
        ]
    else:
        words += receipt.facts
    words += [use.words for use in receipt.uses]
    place = f"{page_address}#{receipt.id}"
    return SearchItem(
        place, receipt.label, _join_words(dict.fromkeys(words)), NUMBER_RANK
    )


def _make_item_of_source(
    page_address: str, row: Row, language: Conventions
) -> SearchItem:
    """Return how a source is found: by its title, its publisher, its day."""
    day = _format_day(str(row["published"]), language)
    words = _join_words([str(row["publisher"]), day])
    return SearchItem(
        f"{page_address}#{row['id']}", str(row["title"]), words, SOURCE_RANK
    )


def _list_items_of_chart_pages(rendition: Rendition) -> Iterator[SearchItem]:
    """Yield the charts, each with the values that it shows."""
    for name, chart in rendition.addresses.addresses_of_charts_with_pages.items():
        text = rendition.content.charts[name]
        tips = rendition.inputs.figures[name].points.tips
        values = " · ".join(f"{tip.label}: {tip.value}" for tip in tips)
        yield SearchItem(chart.page, text.title, text.subtitle, values=values)


def _join_words(words: Iterable[str]) -> str:
    """Return words in a line, but for empty ones."""
    return " · ".join(filter(None, words))


def _format_day(time: str, language: Conventions) -> str:
    """Return a time in words; "" for words that are none."""
    return language.date(time) if Period.parse_or_none(time) else ""


def _shorten_text(text: str) -> str:
    """Return the first words of a text."""
    if len(text) <= LONGEST_EXCERPT:
        return text
    return f"{text[:LONGEST_EXCERPT].rpartition(' ')[0]} …"
