"""What editors write, whole: the site's settings and every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from babel import UnknownLocaleError

from press.content.changes import Changes, read_changes
from press.content.editions import Edition, read_editions
from press.content.pages import ENTRY, ChartText, Page, read_chart_text, read_page
from press.content.settings import Settings, read_settings
from press.content.words import Words, read_exceptions, read_facts, read_grammar, read_words
from press.ground.errors import BuildError, Problem, Problems, quoted
from press.ground.files import line_of, read, shown
from press.ground.memo import MEMO
from press.reading import LINK, Conventions, Text, Texts, Vocabulary, locale_of

GLOSSARY = "glossary"  # the slug of the page whose entries are terms
HEADING = re.compile(r"^## +(.*?) +\{#([\w-]+)\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class ChartLanguage(Conventions):
    """What a chart is told of its language: how it writes numbers and dates, and the headings of entries.

    ``headings`` are those that readers see: by the table that a page tells of, by the row's id.
    """

    headings: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Language(Vocabulary):
    """Everything that is written in one language."""

    words: Words = field(default_factory=lambda: Words("", {}))
    pages: tuple[Page, ...] = ()
    charts: Mapping[str, ChartText] = field(default_factory=dict)
    labels: tuple[Text, ...] = ()
    changes: Changes = field(default_factory=Changes)

    @cached_property
    def alone(self) -> Language:
        """The language without its texts: the very same as before where nothing of it has changed."""
        given = self.lexicon, self.facts, self.facts_path, self.exceptions, self.terms, self.words
        return MEMO.of(Language, self.code, *given)

    @property
    def texts(self) -> Texts:
        """Every text that readers see, under its title: the labels', the pages', the charts'."""
        parts: list[Page | ChartText] = [*self.pages, *self.charts.values()]
        return [("", self.labels), *((part.title, (*part.strings, part.body)) for part in parts)]

    @cached_property
    def headings(self) -> Mapping[str, Mapping[str, str]]:
        """The headings of entries as readers see them: by the table that they tell of, by the row's id."""
        return {
            page.entries: MappingProxyType(
                {found[2]: LINK.sub(r"\1", found[1]) for found in HEADING.finditer(page.body.value)}
            )
            for page in self.pages
            if page.entries
        }


@dataclass(frozen=True)
class Content:
    """The whole folder ``content/``, and the versions of the story that stay, oldest first."""

    settings: Settings
    languages: tuple[Language, ...]
    editions: tuple[Edition, ...] = ()

    @property
    def own(self) -> Language:
        """The site's own language, as site.toml names it."""
        return next(item for item in self.languages if item.code == self.settings.language)


def load(folder: Path, root: Path) -> Content:
    """Read settings, languages and editions. Raises ``BuildError`` with all that is wrong in all of them."""
    problems = Problems()
    settings = problems.collect(read_settings, folder / "site.toml", root)
    folders = sorted(path for path in folder.glob("*") if path.is_dir() and not path.name.startswith("."))
    languages = [problems.collect(read_language, path, root) for path in folders]
    if settings is not None and settings.language not in {path.name for path in folders}:
        name, code = shown(folder / "site.toml", root), settings.language
        line = line_of(read(folder / "site.toml", root), r"^language\b")
        hint = f"make {shown(folder, root)}/{code}/"
        problems.add(name, line, f"found no folder for the language {quoted(code)}", hint)
    editions = problems.collect(read_editions, root)
    if settings is None or editions is None or problems:
        problems.stop()
    return Content(settings, tuple(language for language in languages if language), editions)


def read_language(folder: Path, root: Path) -> Language:
    """Read the folder of one language, whose name is the language's code."""
    _check_code(folder, root)
    problems = Problems()
    grammar = problems.collect(read_grammar, folder, root)
    labels = problems.collect(read_words, folder / "words.toml", grammar, root) if grammar else None
    facts = problems.collect(read_facts, folder / "facts.toml", root)
    exceptions = problems.collect(read_exceptions, folder / "exceptions.toml", root)
    changes = problems.collect(read_changes, folder / "changes.toml", root)
    pages = [problems.collect(read_page, path, root) for path in _visible(folder.glob("*.md"))]
    charts = [problems.collect(read_chart_text, path, root) for path in _visible(folder.glob("charts/*.md"))]
    if labels is None or facts is None or exceptions is None or changes is None or problems:
        problems.stop()
    words, texts, lexicon = labels
    whole = tuple(page for page in pages if page)
    return Language(
        folder.name,
        lexicon,
        facts,
        shown(folder / "facts.toml", root),
        exceptions,
        _terms(whole),
        words=words,
        pages=whole,
        charts={text.name: text for text in charts if text},
        labels=texts,
        changes=changes,
    )


def _check_code(folder: Path, root: Path) -> None:
    """Raise ``BuildError`` where a folder's name is the code of no language."""
    try:
        locale_of(folder.name)
    except (ValueError, UnknownLocaleError):
        message = f"found {quoted(folder.name)}, expected the code of a language, such as en"
        raise BuildError([Problem(shown(folder, root), 1, message)]) from None


def _terms(pages: tuple[Page, ...]) -> frozenset[str]:
    """Return the ids of the entries of the glossary."""
    glossaries = (page.body.value for page in pages if page.slug == GLOSSARY)
    return frozenset(term for text in glossaries for term in ENTRY.findall(text))


def _visible(paths: Iterable[Path]) -> list[Path]:
    """Return the files in order, without hidden ones, such as an editor's locks."""
    return sorted(path for path in paths if not path.name.startswith("."))
