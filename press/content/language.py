"""What editors write, whole: the site's settings, and the texts with their language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from press.content.changes import Changes, read_changes
from press.content.editions import Edition, read_editions
from press.content.pages import ENTRY, ChartText, Page, parse_chart_text, parse_page
from press.content.settings import Settings, read_settings
from press.content.words import (
    Words,
    parse_exceptions,
    parse_facts,
    parse_labels_of_facts,
    parse_labels_of_settings,
    parse_labels_of_words,
    read_words,
)
from press.ground.cache import FILES
from press.ground.errors import Problems
from press.ground.files import format_path, parse_file
from press.reading import GRAMMARS, LINK, Conventions, Text, Texts, Vocabulary

GLOSSARY = "glossary"  # the slug of the page whose entries are terms
HEADING = re.compile(r"^## +(.*?) +\{#([\w-]+)\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class ChartLanguage(Conventions):
    """What a chart is told of its language: how it writes numbers and dates, and the
    headings of entries.

    ``headings`` are those that readers see: by the table that a page tells of, by the
    row's id.
    """

    headings: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Language(Vocabulary):
    """How texts are read, held and written; the very same where nothing of that has
    changed, whatever the texts say.
    """

    words: Words = field(default_factory=lambda: Words("", {}))


@dataclass(frozen=True)
class Content:
    """The whole folder ``content/``, and the versions of the story that stay, oldest
    first.
    """

    settings: Settings
    language: Language
    pages: tuple[Page, ...]
    charts: Mapping[str, ChartText]
    labels: tuple[Text, ...]
    unbound_labels: tuple[Text, ...]  # those of facts, arguments, units, the site
    changes: Changes
    editions: tuple[Edition, ...]

    @property
    def shown(self) -> Texts:
        """Every text that readers see, under its title: the labels', the pages', the
        charts'.
        """
        parts: list[Page | ChartText] = [*self.pages, *self.charts.values()]
        return [
            ("", self.labels),
            *((part.title, (*part.strings, part.body)) for part in parts),
        ]

    @cached_property
    def headings(self) -> Mapping[str, Mapping[str, str]]:
        """The headings of entries as readers see them: by the table that they tell of,
        by the row's id.
        """
        told = {page.entries: _headings_of(page) for page in self.pages if page.entries}
        return MappingProxyType(told)


def _headings_of(page: Page) -> Mapping[str, str]:
    """Return the headings of a page's entries, without their links, by their ids."""
    found = HEADING.finditer(page.body.value)
    return MappingProxyType({item[2]: LINK.sub(r"\1", item[1]) for item in found})


def add_known_years(language: Language, years: frozenset[int]) -> Language:
    """Return a language in whose texts some old years are known, so that no word need
    lead to them.
    """
    if not years:
        return language
    key = ("language with years", language, years)
    return FILES.get(
        key, lambda _: replace(language, lexicon=replace(language.lexicon, years=years))
    )


def load_content(folder: Path, root: Path) -> Content:
    """Read settings, texts and editions.

    Raises ``BuildError`` with all that is wrong in all of them.
    """
    problems = Problems()
    settings = problems.collect(read_settings, folder / "site.toml", root)
    own, *others = _folders(folder)
    for other in others:
        message = (
            f"found a second folder of texts, expected {format_path(own, root)}"
            " alone: a"
            " story has one language"
        )
        problems.add(format_path(other, root), 0, message)
    labels = problems.collect(read_words, own / "words.toml", root)
    facts = problems.collect(parse_file, own / "facts.toml", root, parse_facts, "")
    exceptions = problems.collect(
        parse_file, own / "exceptions.toml", root, parse_exceptions, ""
    )
    changes = problems.collect(read_changes, own / "changes.toml", root)
    pages = tuple(
        filter(
            None,
            [
                problems.collect(parse_file, path, root, parse_page)
                for path in _visible(own.glob("*.md"))
            ],
        )
    )
    charts = [
        problems.collect(parse_file, path, root, parse_chart_text)
        for path in _visible(own.glob("charts/*.md"))
    ]
    editions = problems.collect(read_editions, root)
    if (
        not (settings and labels and exceptions and changes)
        or facts is None
        or editions is None
        or problems
    ):
        problems.stop()
    words, texts, lexicon = labels
    unbound_labels = (
        parse_file(own / "facts.toml", root, parse_labels_of_facts, ""),
        parse_file(own / "words.toml", root, parse_labels_of_words, ""),
        parse_file(folder / "site.toml", root, parse_labels_of_settings),
    )
    parts = {
        "code": own.name,
        "lexicon": lexicon,
        "facts": facts,
        "facts_path": format_path(own / "facts.toml", root),
        "exceptions": exceptions,
        "terms": _terms(pages),
        "words": words,
    }
    language = FILES.get(("language", root), lambda inputs: Language(**inputs), parts)
    by_name = {text.name: text for text in charts if text}
    return Content(
        settings,
        language,
        pages,
        by_name,
        texts,
        tuple(chain.from_iterable(unbound_labels)),
        changes,
        editions,
    )


def _folders(folder: Path) -> list[Path]:
    """Return the folder of the texts, which has the name of a language that is read,
    and those that lie beside it.
    """
    known = [folder / path.stem for path in sorted(GRAMMARS.glob("*.toml"))]
    own = next(filter(Path.is_dir, known), known[0])
    others = (
        path
        for path in folder.glob("*")
        if path.is_dir() and not path.name.startswith(".") and path != own
    )
    return [own, *sorted(others)]


def _terms(pages: tuple[Page, ...]) -> frozenset[str]:
    """Return the ids of the entries of the glossary."""
    glossaries = (page.body.value for page in pages if page.slug == GLOSSARY)
    return frozenset(term for text in glossaries for term in ENTRY.findall(text))


def _visible(paths: Iterable[Path]) -> list[Path]:
    """Return the files in order, without hidden ones, such as an editor's locks."""
    return sorted(path for path in paths if not path.name.startswith("."))
