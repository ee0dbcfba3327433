"""What editors write: the site's settings, and for each language its words, pages and the words of its charts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names
from babel.numbers import format_decimal

from press.errors import BuildError, Problem, Problems, nearest
from press.site import Base
from press.text import line_of, read, read_front_matter, read_toml, shown

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

Kinds = Mapping[str, type]
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z_][a-z0-9_]*")


class Words(Mapping[str, str]):
    """Words in one language by key. A key that is not there is a problem that names the file which lacks it."""

    def __init__(self, path: str, words: Mapping[str, str], where: str = "") -> None:
        """Hold the words read from ``path`` (from its table ``where``, if they are not the whole file)."""
        self._path, self._words, self._where = path, words, where

    def __getitem__(self, key: str) -> str:
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


@dataclass(frozen=True)
class Settings:
    """``content/site.toml``: what is said once for all languages."""

    name: str
    language: str
    navigation: tuple[str, ...]
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
        return Locale.parse(self.code)

    def number(self, value: Decimal | float, decimals: int = 0) -> str:
        """Write a number with so many decimals, grouped, rounded half to even."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(value, pattern, locale=self.locale))

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
    folders = sorted(path for path in folder.glob("*") if path.is_dir())
    languages = [problems.collect(read_language, path, root) for path in folders]
    if settings is not None and settings.language not in {path.name for path in folders}:
        name, code = shown(folder / "site.toml", root), settings.language
        problems.add(name, 1, f"found no folder for the language {code!r}", f"make {shown(folder, root)}/{code}/")
    if settings is None or problems:
        problems.stop()
    return Content(settings, tuple(language for language in languages if language))


def read_settings(path: Path, root: Path) -> Settings:
    """Read ``site.toml``."""
    values, name = read_toml(path, root), shown(path, root)
    needed = {"name": str, "language": str, "navigation": list}
    fields = _checked(values, name, read(path, root), needed, {"base_url": str, "repository": str})
    try:
        base = Base.parse(fields.pop("base_url", ""))
    except ValueError as error:
        line = line_of(read(path, root), r"^base_url\b")
        raise BuildError([Problem(name, line, f"base_url: {error}")]) from None
    return Settings(**{**fields, "navigation": tuple(map(str, fields["navigation"])), "base": base})


def read_language(folder: Path, root: Path) -> Language:
    """Read the folder of one language, whose name is the language's code."""
    problems = Problems()
    try:
        Locale.parse(folder.name, sep="-")
    except (ValueError, UnknownLocaleError):
        problems.add(shown(folder, root), 1, f"found {folder.name!r}, expected the code of a language, such as en")
        problems.stop_if_any()
    words = problems.collect(read_words, folder / "words.toml", root)
    pages = [problems.collect(read_page, path, root) for path in sorted(folder.glob("*.md"))]
    charts = [problems.collect(read_chart_text, path, root) for path in sorted(folder.glob("charts/*.md"))]
    whole = tuple(page for page in pages if page)
    _check_addresses(whole, problems)
    if words is None or problems:
        problems.stop()
    return Language(folder.name, words, whole, {text.name: text for text in charts if text})


def read_words(path: Path, root: Path) -> Words:
    """Read the language's labels: a flat list of ``key = "words"``."""
    values, name = read_toml(path, root), shown(path, root)
    text, problems = read(path, root), Problems()
    for key, value in values.items():
        if not isinstance(value, str) or not value.strip():
            problems.add(
                name,
                line_of(text, rf"^{key}\b"),
                f"found {value!r} for {key}, expected words in quotation marks",
            )
    problems.stop_if_any()
    return Words(name, values)


def read_page(path: Path, root: Path) -> Page:
    """Read a page: front matter with title and description, then Markdown."""
    front, name = read_front_matter(path, root), shown(path, root)
    optional = {"template": str, "label": str, "slug": str}
    fields = _checked(front.values, name, read(path, root), {"title": str, "description": str}, optional)
    slug = fields.get("slug", path.stem)
    if not SLUG.fullmatch(slug):
        message = f"found the address {slug!r}, expected small letters, digits and hyphens"
        raise BuildError([Problem(name, 1, message, "rename the file, or set slug in its front matter")])
    template, label = fields.get("template", "page"), fields.get("label", fields["title"])
    return Page(name, slug, fields["title"], fields["description"], template, label, front.body, front.body_line)


def read_chart_text(path: Path, root: Path) -> ChartText:
    """Read a chart's words: front matter with title, subtitle and alt, then the summary in Markdown."""
    front, name = read_front_matter(path, root), shown(path, root)
    needed = {"title": str, "subtitle": str, "alt": str}
    fields = _checked(front.values, name, read(path, root), needed, {"notes": list, "words": dict})
    problems = Problems()
    if not NAME.fullmatch(path.stem):
        problems.add(name, 1, f"found the chart name {path.stem!r}, expected small letters, digits and _")
    if not front.body.strip():
        problems.add(name, front.body_line, "found no summary, expected a paragraph below the front matter")
    problems.stop_if_any()
    words = Words(name, fields.get("words", {}), " in [words]")
    notes = tuple(map(str, fields.get("notes", [])))
    texts = (fields["title"], fields["subtitle"], fields["alt"], notes, words)
    return ChartText(name, path.stem, *texts, front.body, front.body_line)


def _checked(values: dict[str, Any], name: str, text: str, needed: Kinds, optional: Kinds) -> dict[str, Any]:
    """Return the values once every key is known, every needed one there and each of its kind."""
    problems, known = Problems(), {**needed, **optional}
    for key in values.keys() - known.keys():
        problems.add(
            name,
            line_of(text, rf"^\[?{re.escape(key)}\b"),
            f"found the unknown key {key!r}",
            nearest(key, known),
        )
    for key in needed.keys() - values.keys():
        problems.add(name, 1, f"found no {key}, expected one")
    for key, value in values.items():
        kind = known.get(key)
        if kind and (not isinstance(value, kind) or (key in needed and not value)):
            message = f"found {value!r} for {key}, expected {KINDS[kind]}"
            problems.add(name, line_of(text, rf"^\[?{re.escape(key)}\b"), message)
    problems.stop_if_any()
    return values


KINDS: Mapping[type, str] = {str: "words in quotation marks", list: "a list", dict: "a table"}


def _check_addresses(pages: tuple[Page, ...], problems: Problems) -> None:
    seen: dict[str, str] = {}
    for page in pages:
        if page.slug in seen:
            problems.add(page.path, 1, f"found the address {page.slug}.html, which {seen[page.slug]} has already")
        seen.setdefault(page.slug, page.path)
