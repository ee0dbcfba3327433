"""What editors write, whole: the site's settings, and the texts with their language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from press.content.changes import ChangeLog, read_change_log_or_empty
from press.content.editions import Edition, read_editions
from press.content.pages import ENTRY, ChartText, Page, parse_chart_text, parse_page
from press.content.settings import Settings, read_settings
from press.content.words import (
    Words,
    parse_exceptions,
    parse_fact_labels_and_formulas,
    parse_labels_of_facts,
    parse_labels_of_settings,
    parse_labels_of_words,
    read_and_merge_words,
)
from press.ground.cache import FILES
from press.ground.errors import Problems
from press.ground.files import format_path, parse_file
from press.reading import GRAMMARS, LINK, Conventions, Text, Texts, Vocabulary

GLOSSARY = "glossary"  # the slug of the page whose entries are terms
Parsed = TypeVar("Parsed")
HEADING = re.compile(r"^## +(.*?) +\{#([\w-]+)\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class ChartLanguage(Conventions):
    """What a chart is told of its language: how it writes numbers and dates, and the
    headings of entries.

    ``headings_by_table_and_row`` are those that readers see: by the table that a
    page tells of, by the row's id.
    """

    headings_by_table_and_row: Mapping[str, Mapping[str, str]]


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
    changes: ChangeLog
    editions: tuple[Edition, ...]

    @property
    def titles_and_shown_texts(self) -> Texts:
        """Every text that readers see, under its title: the labels', the pages', the
        charts'.
        """
        parts: list[Page | ChartText] = [*self.pages, *self.charts.values()]
        return [
            ("", self.labels),
            *((part.title, (*part.strings, part.body)) for part in parts),
        ]

    @cached_property
    def headings_by_table_and_row(self) -> Mapping[str, Mapping[str, str]]:
        """The headings of entries as readers see them: by the table that they tell of,
        by the row's id.
        """
        told = {
            page.entries: _find_headings(page) for page in self.pages if page.entries
        }
        return MappingProxyType(told)


def _find_headings(page: Page) -> Mapping[str, str]:
    """Return the headings of a page's entries, without their links, by their ids."""
    found = HEADING.finditer(page.body.value)
    return MappingProxyType({item[2]: LINK.sub(r"\1", item[1]) for item in found})


def replace_known_years(language: Language, years: frozenset[int]) -> Language:
    """Return a language in whose texts some old years are known, so that no word need
    lead to them.
    """
    if not years:
        return language
    lexicon = replace(language.lexicon, years=years)
    key = ("language with years", language, years)
    return FILES.get(key, lambda _: replace(language, lexicon=lexicon))


def load_content_in_one_language(content_folder: Path, root: Path) -> Content:
    """Return settings, texts and editions; the texts are those of the one folder of a
    language in ``content_folder``.

    Raises ``BuildError`` with all that is wrong in all of them.
    """
    problems = Problems()
    settings = problems.collect(read_settings, content_folder / "site.toml", root)
    own = _choose_folder_or_default_noting_others(content_folder, root, problems)
    facts_path = own / "facts.toml"
    words_path = own / "words.toml"
    labels = problems.collect(read_and_merge_words, words_path, root)
    facts = problems.collect(
        parse_file, facts_path, root, parse_fact_labels_and_formulas, ""
    )
    exceptions = problems.collect(
        parse_file, own / "exceptions.toml", root, parse_exceptions, ""
    )
    changes = problems.collect(read_change_log_or_empty, own / "changes.toml", root)
    pages = tuple(_parse_visible_files(own.glob("*.md"), root, parse_page, problems))
    charts = _parse_visible_files(
        own.glob("charts/*.md"), root, parse_chart_text, problems
    )
    editions = problems.collect(read_editions, root)
    if problems or not (settings and labels and exceptions and changes):
        problems.stop()
    unbound_labels = (
        parse_file(facts_path, root, parse_labels_of_facts, ""),
        parse_file(words_path, root, parse_labels_of_words, ""),
        parse_file(content_folder / "site.toml", root, parse_labels_of_settings),
    )
    parts = {
        "code": own.name,
        "lexicon": labels.lexicon,
        "facts": facts,
        "facts_path": format_path(facts_path, root),
        "exceptions": exceptions,
        "terms": _list_ids_of_glossary(pages),
        "words": labels.words,
    }
    language = FILES.get(("language", root), lambda inputs: Language(**inputs), parts)
    return Content(
        settings=settings,
        language=language,
        pages=pages,
        charts={chart.name: chart for chart in charts},
        labels=labels.texts,
        unbound_labels=tuple(chain.from_iterable(unbound_labels)),
        changes=changes,
        editions=editions or (),
    )


def _parse_visible_files(
    paths: Iterable[Path],
    root: Path,
    parse: Callable[[str, str], Parsed],
    problems: Problems,
) -> list[Parsed]:
    """Return what the files say that can be parsed, in order, and note what is wrong
    with the others; hidden ones, such as an editor's locks, are left out.
    """
    found = list[Parsed]()
    for path in sorted(paths):
        if not path.name.startswith("."):
            parsed = problems.collect(parse_file, path, root, parse)
            found += () if parsed is None else (parsed,)
    return found


def _choose_folder_or_default_noting_others(
    folder: Path, root: Path, problems: Problems
) -> Path:
    """Return the folder of the texts, which has the name of a language that is read,
    and note each that lies beside it.
    """
    known = [folder / path.stem for path in sorted(GRAMMARS.glob("*.toml"))]
    own = next(filter(Path.is_dir, known), known[0])
    for other in filter(Path.is_dir, sorted(folder.glob("*"))):
        if other != own and not other.name.startswith("."):
            message = (
                f"found a second folder of texts, expected {format_path(own, root)}"
                " alone: a story has one language"
            )
            problems.add(format_path(other, root), 0, message)
    return own


def _list_ids_of_glossary(pages: tuple[Page, ...]) -> frozenset[str]:
    """Return the ids of the entries of the glossary."""
    terms = set[str]()
    for page in pages:
        if page.slug == GLOSSARY:
            terms.update(ENTRY.findall(page.body.value))
    return frozenset(terms)
