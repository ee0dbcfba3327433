"""What editors write: the site's settings, and for each language its words, pages and the words of its charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from press.address import Base
from press.errors import BuildError, Problem, Problems, nearest
from press.files import line_of, read, shown
from press.reading.lexicon import SHAPE as LEXICON
from press.reading.lexicon import Lexicon, read_lexicon
from press.reading.text import LINK, Text
from press.toml import TEXT, FrontMatter, Shape, Toml, check_shape, parse_toml, read_front_matter

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

HEADING = re.compile(r"^## +(.*?) +\{#([\w-]+)\}[ \t]*$", re.MULTILINE)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z_][a-z0-9_]*")
# Before and after a string in TOML; the first line end after three marks is none of the string's.
KEY = re.compile(r"[ \t]*[\"']?(?P<key>[^\"'=\n]*?)[\"']?[ \t]*=[ \t]*(?P<list>\[)?")
END = re.compile(r"\][ \t]*(?:#[^\n]*)?$", re.MULTILINE)  # of a list
QUOTES = [
    (before, mark) for mark in ('"""', "'''", '"', "'") for before in ([f"{mark}\n", mark] if mark[1:] else [mark])
]


class Word(str):
    """Words for readers that know where they are written, so that a slip in their {places} is told there."""

    __slots__ = ("key", "line", "path")
    path: str
    line: int
    key: str

    def fill(self, **values: object) -> str:
        """Return the words with their {places} filled. Raises ``BuildError`` for a place that has no value."""
        try:
            return self.format(**values)
        except KeyError as error:
            found = f"{{{error.args[0]}}}"
        except (IndexError, ValueError, AttributeError, TypeError):
            found = "braces that do not match"
        places = ", ".join(f"{{{name}}}" for name in values)
        message = f"found {found} in {self.key}, expected no places in braces but {places}"
        raise BuildError([Problem(self.path, self.line, message, "a brace that is meant as one is written twice")])


@dataclass(frozen=True)
class FactWords:
    """What readers are told of a fact: its label, and how it is computed."""

    label: str
    formula: str
    line: int


class Words(Mapping[str, Word]):
    """Words in one language by key. A key that is not there is a problem that names the file which lacks it."""

    def __init__(self, path: str, words: Mapping[str, Word], where: str = "") -> None:
        """Hold the words read from ``path`` (from its table ``where``, if they are not the whole file)."""
        self._path, self._words, self._where = path, words, where

    def __getitem__(self, key: str) -> Word:
        """Return the words for ``key``."""
        try:
            return self._words[key]
        except KeyError:
            message = f"found no word {key!r}{self._where}, expected one: it is used"
            raise BuildError([Problem(self._path, 1, message, nearest(key, self._words))]) from None

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        return iter(self._words)

    def __len__(self) -> int:
        """Count the words."""
        return len(self._words)


LABELS = {"*": str, **LEXICON}
FACTS = {"*": {"label": str, "formula": str}}
EXCEPTIONS = {"*": {"*": str}}
SETTINGS = {
    "name": str,
    "language": str,
    "navigation": [str],
    "base_url?": TEXT,
    "repository?": TEXT,
    "report?": TEXT,
    "renamed?": {"*": str},
    "licence?": {"title": str, "path": str},
}
PAGE = {
    "title": str,
    "description": str,
    "label?": str,
    "template?": str,
    "slug?": str,
    "entries?": str,
    "others?": [str],
}
STEP = {"name": str, "text": str, "alt": str}
CHART = {
    "title": str,
    "subtitle": str,
    "how_to_read": str,
    "alt": str,
    "notes?": [str],
    "words?": {"*": str},
    "steps?": [STEP],
}


@dataclass(frozen=True)
class Settings:
    """``content/site.toml``: what is said once for all languages."""

    name: str
    language: str
    navigation: tuple[str, ...]
    navigation_line: int
    base: Base
    repository: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)  # ids that numbers once had, and those they have now
    renamed_lines: Mapping[str, int] = field(default_factory=dict)
    licence: Mapping[str, str] = field(default_factory=dict)  # of texts and charts: its title, and its path: an address
    report: str = ""  # where errors are reported; {subject} in it becomes what the report is about

    @property
    def slug(self) -> str:
        """The name in small letters, digits and hyphens: what programs call the story."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-") or "story"


@dataclass(frozen=True)
class Page:
    """A page as written: its head, without bindings; its Markdown; and where all of it stands."""

    path: str
    slug: str
    title: str
    description: str
    template: str
    label: str
    lines: Mapping[str, int]  # of the keys in its front matter
    body: Text
    strings: tuple[Text, ...]  # of its front matter
    entries: str = ""  # the table whose rows its sections tell of, each under the row's id
    others: tuple[str, ...] = ()  # the ids of its sections that tell of no row


@dataclass(frozen=True)
class Exceptions:
    """The numbers that stand in a file unbound on purpose, and why."""

    path: str
    reasons: Mapping[str, Mapping[str, str]]  # by file below the language's folder, by the words
    lines: Mapping[tuple[str, str], int]


class Step(NamedTuple):
    """A state of a chart that tells itself in steps: its name, and the alternative text of its drawing."""

    name: str
    alt: str


@dataclass(frozen=True)
class ChartText:
    """The words of a chart: the finding as title, measure and unit as subtitle, how it is read, alternative text.

    Then notes, which say what a reader should know before quoting it, and the summary.
    """

    path: str
    name: str
    title: str
    subtitle: str
    alt: str
    notes: tuple[str, ...]
    words: Words
    body: Text  # the summary
    strings: tuple[Text, ...]  # of its front matter
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Language:
    """Everything that is written in one language, and how this language writes numbers and months."""

    code: str
    words: Words
    pages: tuple[Page, ...]
    charts: Mapping[str, ChartText]
    lexicon: Lexicon
    labels: tuple[Text, ...] = ()
    facts: Mapping[str, FactWords] = field(default_factory=dict)
    facts_path: str = ""
    exceptions: Exceptions = field(default_factory=lambda: Exceptions("", {}, {}))

    @property
    def texts(self) -> list[tuple[str, tuple[Text, ...]]]:
        """Every text that readers see, under its title: the labels', the pages', the charts'."""
        parts: list[Page | ChartText] = [*self.pages, *self.charts.values()]
        return [("", self.labels), *((part.title, (*part.strings, part.body)) for part in parts)]

    @cached_property
    def headings(self) -> Mapping[str, Mapping[str, str]]:
        """The headings of entries as readers see them: by the table that they tell of, by the row's id."""
        return {
            page.entries: {found[2]: LINK.sub(r"\1", found[1]) for found in HEADING.finditer(page.body.value)}
            for page in self.pages
            if page.entries
        }

    @cached_property
    def locale(self) -> Locale:
        """The language's conventions (Unicode CLDR, through Babel)."""
        return locale_of(self.code)

    def number(self, value: Decimal | float, decimals: int = 0) -> str:
        """Write a number with so many decimals, grouped, rounded half to even."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(value, pattern, locale=self.locale))

    def date(self, day: str) -> str:
        """Write a day, a month or a year (``2023-11-07``, ``2023-11``, ``2023``) in words."""
        pattern = {4: "y", 7: "LLLL y", 10: "d MMMM y"}[len(day)]
        whole = date.fromisoformat(day + "-01-01"[len(day) - 4 :])
        return str(format_date(whole, pattern, locale=self.locale))

    def months(self, width: Literal["abbreviated", "wide"] = "abbreviated") -> list[str]:
        """Name the twelve months as they stand alone, on an axis or in a table's head."""
        names = get_month_names(width, context="stand-alone", locale=self.locale)
        return [str(names[month]) for month in range(1, 13)]


@dataclass(frozen=True)
class Content:
    """The whole folder ``content/``."""

    settings: Settings
    languages: tuple[Language, ...]


def load(folder: Path, root: Path) -> Content:
    """Read the settings and every language. Raises ``BuildError`` with all that is wrong in all of them."""
    problems = Problems()
    settings = problems.collect(read_settings, folder / "site.toml", root)
    folders = sorted(path for path in folder.glob("*") if path.is_dir() and not path.name.startswith("."))
    languages = [problems.collect(read_language, path, root) for path in folders]
    if settings is not None and settings.language not in {path.name for path in folders}:
        name, code = shown(folder / "site.toml", root), settings.language
        line = line_of(read(folder / "site.toml", root), r"^language\b")
        problems.add(name, line, f"found no folder for the language {code!r}", f"make {shown(folder, root)}/{code}/")
    if settings is None or problems:
        problems.stop()
    return Content(settings, tuple(language for language in languages if language))


def read_settings(path: Path, root: Path) -> Settings:
    """Read ``site.toml``."""
    toml = Toml(read(path, root), shown(path, root))
    values = _checked(parse_toml(*toml), SETTINGS, toml)
    try:
        base = Base.parse(values.pop("base_url", ""))
    except ValueError as error:
        raise BuildError([Problem(toml.path, toml.line("base_url"), f"base_url: {error}")]) from None
    navigation = tuple(values.pop("navigation"))
    lines = {old: toml.line("renamed", old) for old in values.get("renamed", {})}
    at = toml.line("navigation")
    return Settings(**values, navigation=navigation, navigation_line=at, base=base, renamed_lines=lines)


def read_language(folder: Path, root: Path) -> Language:
    """Read the folder of one language, whose name is the language's code."""
    problems = Problems()
    try:
        locale_of(folder.name)
    except (ValueError, UnknownLocaleError):
        problems.add(shown(folder, root), 1, f"found {folder.name!r}, expected the code of a language, such as en")
        problems.stop()
    labels = problems.collect(read_words, folder / "words.toml", root)
    facts = problems.collect(read_facts, folder / "facts.toml", root)
    exceptions = problems.collect(read_exceptions, folder / "exceptions.toml", root)
    pages = [problems.collect(read_page, path, root) for path in _visible(folder.glob("*.md"))]
    charts = [problems.collect(read_chart_text, path, root) for path in _visible(folder.glob("charts/*.md"))]
    whole = tuple(page for page in pages if page)
    _check_addresses(whole, problems)
    if labels is None or facts is None or exceptions is None or problems:
        problems.stop()
    words, texts, lexicon = labels
    named = {text.name: text for text in charts if text}
    return Language(
        folder.name, words, whole, named, lexicon, texts, facts, shown(folder / "facts.toml", root), exceptions
    )


def _visible(paths: Iterable[Path]) -> list[Path]:
    """Return the files in order, without hidden ones, such as an editor's locks."""
    return sorted(path for path in paths if not path.name.startswith("."))


def locale_of(code: str) -> Locale:
    """Return the conventions of a language (Unicode CLDR, through Babel). Raises for a code that is none."""
    return Locale.parse(code, sep="-")


def read_words(path: Path, root: Path) -> tuple[Words, tuple[Text, ...], Lexicon]:
    """Read the labels, flat ``key = "words"``, and the tables that say how the language writes quantities."""
    toml = Toml(read(path, root), shown(path, root))
    values = _checked(parse_toml(*toml), LABELS, toml)
    labels = {key: value for key, value in values.items() if isinstance(value, str)}
    tables = {key: value for key, value in values.items() if not isinstance(value, str)}
    strings = _Strings(toml, toml.text, 0)
    words = strings.words(labels)
    return Words(toml.path, words), tuple(strings.texts), read_lexicon(tables, locale_of(path.parent.name), toml)


def read_facts(path: Path, root: Path) -> dict[str, FactWords]:
    """Read the label and the formula in words of each fact; no file means no facts."""
    if not path.exists():
        return {}
    toml = Toml(read(path, root), shown(path, root))
    values = _checked(parse_toml(*toml), FACTS, toml)
    return {name: FactWords(item["label"], item["formula"], toml.line(name)) for name, item in values.items()}


def read_exceptions(path: Path, root: Path) -> Exceptions:
    """Read the numbers that stand unbound on purpose, each with its reason; no file means none."""
    if not path.exists():
        return Exceptions(shown(path, root), {}, {})
    toml = Toml(read(path, root), shown(path, root))
    values = _checked(parse_toml(*toml), EXCEPTIONS, toml)
    lines = {(file, words): toml.line(file, words) for file, reasons in values.items() for words in reasons}
    return Exceptions(toml.path, values, lines)


def read_page(path: Path, root: Path) -> Page:
    """Read a page: front matter with title and description, then Markdown."""
    front, name = read_front_matter(path, root), shown(path, root)
    values = _checked(front.values, PAGE, front.head)
    lines = {key: front.head.line(key) for key in values}
    slug = values.get("slug", path.stem)
    if not SLUG.fullmatch(slug):
        message = f"found the address {slug!r}, expected small letters, digits and hyphens"
        hint = "rename the file, or set slug in its front matter"
        raise BuildError([Problem(name, lines.get("slug", 1), message, hint)])
    template = values.get("template", "page")
    strings = _Strings.of(front)
    title, description = (strings.flat(values[key], key, key, strict=True) for key in ("title", "description"))
    label = strings.flat(values["label"], "label", "label", strict=True) if "label" in values else title
    body = _body(front, name, "text")
    told = values.get("entries", ""), tuple(values.get("others", ()))
    return Page(name, slug, title, description, template, label, lines, body, tuple(strings.texts), *told)


def read_chart_text(path: Path, root: Path) -> ChartText:
    """Read a chart's words: front matter with title, subtitle and alt, then the summary in Markdown."""
    front, name = read_front_matter(path, root), shown(path, root)
    values = _checked(front.values, CHART, front.head)
    problems = Problems()
    if not NAME.fullmatch(path.stem):
        problems.add(name, 1, f"found the chart name {path.stem!r}, expected small letters, digits and _")
    if not front.body.strip():
        problems.add(name, front.body_line, "found no summary, expected a paragraph below the front matter")
    problems.stop_if_any()
    strings = _Strings.of(front)
    title = strings.flat(values["title"], "title", "title", strict=True)
    subtitle = strings.flat(values["subtitle"], "subtitle", "subtitle")
    strings.flat(values["how_to_read"], "how_to_read", "how_to_read")
    alt = strings.flat(values["alt"], "alt", "alt", strict=True)
    notes = tuple(strings.flat(note, "note", "notes", number) for number, note in enumerate(values.get("notes", ())))
    words = Words(name, strings.words(values.get("words", {}), "words"), " in [words]")
    steps = tuple(_step(step, strings, number) for number, step in enumerate(values.get("steps", ())))
    body = _body(front, name, "summary")
    return ChartText(name, path.stem, title, subtitle, alt, notes, words, body, tuple(strings.texts), steps)


def _step(values: dict[str, str], strings: _Strings, number: int) -> Step:
    """Return a state of a chart, and note its words as texts."""
    strings.flat(values["text"], "step", "steps", number, "text")
    return Step(values["name"], strings.flat(values["alt"], "alt", "steps", number, "alt", strict=True))


def _body(front: FrontMatter, name: str, what: str) -> Text:
    """Return the Markdown of a file as a text with its place."""
    start = len(front.source) - len(front.body)
    return Text(name, front.source, start, front.body_line, front.body, what, markdown=True)


class _Strings:
    """Reads the strings of a TOML text that readers see: as texts with their places, and flat, without links."""

    def __init__(self, toml: Toml, source: str, offset: int) -> None:
        """Read strings of ``toml``, which begins at ``offset`` of the file ``source``."""
        self._toml, self._source, self._offset = toml, source, offset
        self._taken = set[int]()  # where strings stand that were read: two may be the same
        self.texts: list[Text] = []

    @classmethod
    def of(cls, front: FrontMatter) -> _Strings:
        """Return a reader of the head of a Markdown file."""
        return cls(front.head, front.source, front.source.index("\n") + 1)

    def flat(self, value: str, what: str, *keys: str | int, strict: bool = False) -> str:
        """Note a string as a text, and return the words that readers see."""
        line = self._toml.line(*keys)
        key = next(item for item in reversed(keys) if isinstance(item, str))
        text = Text(self._toml.path, self._source, self._start(value, line, key), line, value, what, strict=strict)
        self.texts.append(text)
        return text.flat

    def words(self, values: Mapping[str, str], *inside: str) -> dict[str, Word]:
        """Return the words of a table, each with its place."""
        words = {}
        for key, value in values.items():
            words[key] = word = Word(self.flat(value, "words", *inside, key))
            word.path, word.line, word.key = self._toml.path, self._toml.line(*inside, key), key
        return words

    def _start(self, value: str, line: int, key: str) -> int:
        """Return where the file holds a string as it is: as its key's value, or in its list; -1 if not at all."""
        text = self._toml.text
        begin = sum(len(item) + 1 for item in text.split("\n")[: line - self._toml.first_line])
        own = KEY.match(text, begin)
        if not own or own["key"] != key:
            return -1
        end = END.search(text, own.end()) if own["list"] else None
        for before, after in QUOTES:
            written = f"{before}{value}{after}"
            start = own.end() if text.startswith(written, own.end()) else -1
            if own["list"]:
                start = text.find(written, own.end(), end.start() if end else len(text))
            while start in self._taken:
                start = text.find(written, start + 1)
            if start >= 0:
                self._taken.add(start)
                return self._offset + start + len(before)
        return -1


def _checked(values: dict[str, Any], shape: Shape, toml: Toml) -> dict[str, Any]:
    """Return the values once every key is known, every needed one there and each of its kind."""
    problems = Problems()
    check_shape(values, shape, toml, problems)
    problems.stop_if_any()
    return values


def _check_addresses(pages: tuple[Page, ...], problems: Problems) -> None:
    seen: dict[str, str] = {}
    for page in pages:
        if page.slug in seen:
            message = f"found the address {page.slug}.html, which {seen[page.slug]} has already"
            problems.add(page.path, page.lines.get("slug", 1), message)
        seen.setdefault(page.slug, page.path)
