"""``changes.toml``: when the story was published, and what readers were told has
changed since.

Every date that the site gives of itself comes from there, so that the same files give
the same site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os.path import lexists
from pathlib import Path
from typing import Any, NamedTuple

from press.content.words import TextCollector
from press.ground.errors import BuildError, Problems, quote_words
from press.ground.files import format_path, parse_file
from press.ground.schemas import get_values_keeping_to_schema
from press.ground.toml import TomlText
from press.reading import Text

KINDS = PUBLISHED, CHANGE, CORRECTION = "published", "change", "correction"
CHANGES_PAGE = "changes"  # the slug of the page that lists them
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIGURE = re.compile(r"(fact|claim|said|data):[A-Za-z0-9_./+-]+")


class ChangedFigure(NamedTuple):
    """A number that a change concerns, as readers read it: what it is, what stood
    before, what has stood since.

    One that was new then has no ``before``, one that was taken out no ``now``; one that
    was printed again has both prints, whichever stands, and the ids of the ``sources``
    of the later. All of it is kept as it was told.
    """

    # fact:total/2023; data:TABLE/KEY/COLUMN of a figure of which no text speaks
    id: str
    label: str
    before: str = ""
    now: str = ""
    sources: tuple[str, ...] = ()


class Change(NamedTuple):
    """What was changed on a day, in words for readers; ``line`` is the one on which it
    is written.

    ``pages`` are the slugs of those that it changed: all of them, where it names none.
    """

    id: str
    date: str  # 2026-11-26
    kind: str  # one of KINDS
    title: str
    why: str
    figures: tuple[ChangedFigure, ...]
    pages: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class ChangeLog:
    """The changes of the story, oldest first: the publication, then each since.

    None where nothing is published.

    ``texts`` are their words, which bind nothing: what stands in the tables tomorrow
    does not change what was told.
    """

    path: str = ""
    items: tuple[Change, ...] = ()
    texts: tuple[Text, ...] = ()

    @property
    def published(self) -> str:
        """The day on which readers first saw the story; "" where nobody has said."""
        return self.items[0].date if self.items else ""

    @property
    def last(self) -> str:
        """The day of the last change, or of the publication."""
        return self.items[-1].date if self.items else ""

    def find_last_day(self, slug: str) -> str:
        """Return the day on which a page last changed."""
        found = self.find_last_change_or_any(slug)
        return found.date if found else ""

    def find_last_change_or_any(self, slug: str) -> Change | None:
        """Return the last change of a page, for "" that of any; ``None`` where nothing
        is published.
        """
        # each change is one of the page that lists it
        every = slug in {"", CHANGES_PAGE}
        found = (
            item
            for item in reversed(self.items)
            if every or not item.pages or slug in item.pages
        )
        return next(found, self.items[-1] if self.items else None)


def read_change_log_or_empty(path: Path, root: Path) -> ChangeLog:
    """Return the changes in a file; no file means that the story is not published.

    Raises ``BuildError``.
    """
    if not lexists(path):
        return ChangeLog(format_path(path, root))
    return parse_file(path, root, parse_change_log)


def parse_change_log(text: str, file_name: str) -> ChangeLog:
    """Return the changes in the text of the file ``file_name``.

    Raises ``BuildError``.
    """
    toml = TomlText(text, file_name)
    values = get_values_keeping_to_schema(toml.parse(), "changes", toml)["changes"]
    problems = Problems()
    for number, value in enumerate(values):
        for mistake in _yield_mistakes_of_change(value, is_first=number == 0):
            line = toml.find_line_or_closest("changes", number, mistake.key)
            problems.add(toml.path, line, mistake.message, mistake.hint)
    problems.stop_if_any()
    items = tuple(
        _make_change(value, toml.find_line_or_closest("changes", number))
        for number, value in enumerate(values)
    )
    _check_ascending_dates_unique_ids(items, toml)
    strings = TextCollector(toml, toml.text, 0)
    for number, value in enumerate(values):
        for key in ("title", "why"):
            if key in value:
                strings.note_and_unlink_text(
                    value[key], "change", "changes", number, key
                )
    return ChangeLog(toml.path, items, tuple(strings.texts))


def _make_change(value: Mapping[str, Any], line: int) -> Change:
    return Change(
        id=value["id"],
        date=f"{value['date']}",
        kind=value["kind"],
        title=value["title"],
        why=value.get("why", ""),
        figures=tuple(map(_make_changed, value.get("figures", ()))),
        pages=tuple(value.get("pages", ())),
        line=line,
    )


def _make_changed(figure: Mapping[str, Any]) -> ChangedFigure:
    values = dict(figure)
    sources = tuple(values.pop("sources", ()))
    return ChangedFigure(**values, sources=sources)


class _Mistake(NamedTuple):
    """What is wrong with a change: at which key, what was found, and a hint."""

    key: str
    message: str
    hint: str = ""


def _yield_mistakes_of_change(
    value: Mapping[str, Any], *, is_first: bool
) -> Iterator[_Mistake]:
    """Yield what is wrong with a change by itself."""
    name = quote_words(value["id"])
    kind = quote_words(value["kind"])
    if not ID.fullmatch(value["id"]):
        message = f"found the id {name}, expected small letters, digits and hyphens"
        yield _Mistake("id", message)
    if value["kind"] not in KINDS:
        known = ", ".join(KINDS)
        yield _Mistake("kind", f"found the kind {kind}, expected one of {known}")
    elif (value["kind"] == PUBLISHED) != is_first:
        message = (
            f"the first change is of the kind {PUBLISHED}, and no other: found {kind}"
        )
        yield _Mistake("kind", message, "they stand oldest first")
    figures = value.get("figures", ())
    for figure, count in Counter(each["id"] for each in figures).items():
        if count > 1:
            message = (
                f"found the figure {quote_words(figure)} {count} times in a change,"
                " expected it once"
            )
            yield _Mistake("figures", message)
    for figure in figures:
        yield from _yield_mistakes_of_figure(figure)


def _yield_mistakes_of_figure(figure: Mapping[str, str]) -> Iterator[_Mistake]:
    """Yield what is wrong with a figure of a change by itself."""
    name = quote_words(figure["id"])
    if not FIGURE.fullmatch(figure["id"]):
        message = f"found the figure {name}, expected an id such as fact:total/2023"
        yield _Mistake("figures", message)
    before = figure.get("before", "")
    now = figure.get("now", "")
    if before == now:
        found = f"twice {quote_words(now)}" if now else "neither before nor now"
        message = (
            f"found {found} for the figure {name}, expected what stood and what stands"
        )
        hint = "a new figure has no before, one that was taken out no now"
        yield _Mistake("figures", message, hint)


def _check_ascending_dates_unique_ids(
    items: tuple[Change, ...], toml: TomlText
) -> None:
    """Raise ``BuildError`` for a change that stands after a later one, or has the id of
    another.
    """
    seen = dict[str, int]()
    latest = ""
    for number, item in enumerate(items):
        if item.date < latest:
            message = f"found {item.date} after {latest}, expected the oldest first"
            line = toml.find_line_or_closest("changes", number, "date")
            raise BuildError.at(toml.path, line, message)
        if item.id in seen:
            place = f"{toml.path}:{seen[item.id]}"
            line = toml.find_line_or_closest("changes", number, "id")
            message = f"{place} has the id {quote_words(item.id)} already"
            raise BuildError.at(toml.path, line, message)
        latest = item.date
        seen[item.id] = item.line
