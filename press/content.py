"""What editors write: the site's settings, and for each language its words, pages and the words of its charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from press.errors import BuildError, Problem, Problems, nearest
from press.shape import TEXT, Shape, check_shape
from press.site import Base
from press.text import Toml, line_of, parse_toml, read, read_front_matter, shown

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z_][a-z0-9_]*")


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


SETTINGS = {"name": str, "language": str, "navigation": [str], "base_url?": TEXT, "repository?": TEXT}
PAGE = {"title": str, "description": str, "label?": str, "template?": str, "slug?": str}
CHART = {"title": str, "subtitle": str, "alt": str, "notes?": [str], "words?": {"*": str}}


@dataclass(frozen=True)
class Settings:
    """``content/site.toml``: what is said once for all languages."""

    name: str
    language: str
    navigation: tuple[str, ...]
    navigation_line: int
    base: Base
    repository: str = ""


@dataclass(frozen=True)
class Page:
    """A page as written: its head, its Markdown, and where both stand."""

    path: str
    slug: str
    title: str
    description: str
    template: str
    label: str
    lines: Mapping[str, int]  # of the keys in its front matter
    body: str
    body_line: int


@dataclass(frozen=True)
class ChartText:
    """The words of a chart: the finding as title, measure and unit as subtitle, alternative text, summary, notes."""

    path: str
    name: str
    title: str
    subtitle: str
    alt: str
    notes: tuple[str, ...]
    words: Words
    summary: str
    summary_line: int


@dataclass(frozen=True)
class Language:
    """Everything that is written in one language, and how this language writes numbers and months."""

    code: str
    words: Words
    pages: tuple[Page, ...]
    charts: Mapping[str, ChartText]

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
    return Settings(**values, navigation=navigation, navigation_line=toml.line("navigation"), base=base)


def read_language(folder: Path, root: Path) -> Language:
    """Read the folder of one language, whose name is the language's code."""
    problems = Problems()
    try:
        locale_of(folder.name)
    except (ValueError, UnknownLocaleError):
        problems.add(shown(folder, root), 1, f"found {folder.name!r}, expected the code of a language, such as en")
        problems.stop()
    words = problems.collect(read_words, folder / "words.toml", root)
    pages = [problems.collect(read_page, path, root) for path in _visible(folder.glob("*.md"))]
    charts = [problems.collect(read_chart_text, path, root) for path in _visible(folder.glob("charts/*.md"))]
    whole = tuple(page for page in pages if page)
    _check_addresses(whole, problems)
    if words is None or problems:
        problems.stop()
    return Language(folder.name, words, whole, {text.name: text for text in charts if text})


def _visible(paths: Iterable[Path]) -> list[Path]:
    """Return the files in order, without hidden ones, such as an editor's locks."""
    return sorted(path for path in paths if not path.name.startswith("."))


def locale_of(code: str) -> Locale:
    """Return the conventions of a language (Unicode CLDR, through Babel). Raises for a code that is none."""
    return Locale.parse(code, sep="-")


def read_words(path: Path, root: Path) -> Words:
    """Read the language's labels: a flat list of ``key = "words"``."""
    toml = Toml(read(path, root), shown(path, root))
    return Words(toml.path, _words(_checked(parse_toml(*toml), {"*": str}, toml), toml))


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
    template, label = values.get("template", "page"), values.get("label", values["title"])
    words = (values["title"], values["description"], template, label)
    return Page(name, slug, *words, lines, front.body, front.body_line)


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
    words = Words(name, _words(values.get("words", {}), front.head, "words"), " in [words]")
    texts = (values["title"], values["subtitle"], values["alt"], tuple(values.get("notes", ())), words)
    return ChartText(name, path.stem, *texts, front.body, front.body_line)


def _checked(values: dict[str, Any], shape: Shape, toml: Toml) -> dict[str, Any]:
    """Return the values once every key is known, every needed one there and each of its kind."""
    problems = Problems()
    check_shape(values, shape, toml, problems)
    problems.stop_if_any()
    return values


def _words(values: dict[str, str], toml: Toml, *inside: str) -> dict[str, Word]:
    words = {}
    for key, value in values.items():
        words[key] = word = Word(value)
        word.path, word.line, word.key = toml.path, toml.line(*inside, key), key
    return words


def _check_addresses(pages: tuple[Page, ...], problems: Problems) -> None:
    seen: dict[str, str] = {}
    for page in pages:
        if page.slug in seen:
            message = f"found the address {page.slug}.html, which {seen[page.slug]} has already"
            problems.add(page.path, page.lines.get("slug", 1), message)
        seen.setdefault(page.slug, page.path)
