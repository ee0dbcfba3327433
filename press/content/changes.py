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

from press.content.words import Strings
from press.ground.errors import BuildError, Problem, Problems, quote_words
from press.ground.files import format_path, parse_file
from press.ground.schemas import check_schema
from press.ground.toml import Toml
from press.reading import Text

KINDS = PUBLISHED, CHANGE, CORRECTION = "published", "change", "correction"
CHANGES_PAGE = "changes"  # the slug of the page that lists them
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIGURE = re.compile(r"(fact|claim|said|data):[A-Za-z0-9_./+-]+")


class Changed(NamedTuple):
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
    figures: tuple[Changed, ...]
    pages: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Changes:
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

    def changed(self, slug: str) -> str:
        """Return the day on which a page last changed."""
        found = self.find_last_change(slug)
        return found.date if found else ""

    def last_of(self, slug: str) -> Change | None:
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


def read_changes(path: Path, root: Path) -> Changes:
    """Return the changes in a file; no file means that the story is not published.

    Raises ``BuildError``.
    """
    return (
        parse_file(path, root, parse_changes)
        if lexists(path)
        else Changes(format_path(path, root))
    )


def parse_changes(text: str, name: str) -> Changes:
    """Return the changes in the text of the file ``name``. Raises ``BuildError``."""
    toml = Toml(text, name)
    values = check_schema(toml.parse(), "changes", toml)["changes"]
    problems = Problems(
        Problem(toml.path, toml.line("changes", number, key), message, hint)
        for number, value in enumerate(values)
        for key, message, hint in _mistakes(value, first=not number)
    )
    problems.stop_if_any()
    items = tuple(
        _change(value, toml.line("changes", number))
        for number, value in enumerate(values)
    )
    _check_order(items, toml)
    strings = Strings(toml, toml.text, 0)
    for number, value in enumerate(values):
        for key in ("title", "why"):
            if key in value:
                strings.flat(value[key], "change", "changes", number, key)
    return Changes(toml.path, items, tuple(strings.texts))


def _change(value: Mapping[str, Any], line: int) -> Change:
    figures = tuple(
        Changed(**{**item, "sources": tuple(item.get("sources", ()))})
        for item in value.get("figures", ())
    )
    return Change(
        id=value["id"],
        date=f"{value['date']}",
        kind=value["kind"],
        title=value["title"],
        why=value.get("why", ""),
        figures=figures,
        pages=tuple(value.get("pages", ())),
        line=line,
    )


def _mistakes(
    value: Mapping[str, Any], *, first: bool
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with a change by itself: the key, what was found and
    expected, a hint.
    """
    if not ID.fullmatch(value["id"]):
        yield (
            "id",
            (
                f"found the id {quote_words(value['id'])}, expected small letters,"
                " digits"
                " and hyphens"
            ),
            "",
        )
    if value["kind"] not in KINDS:
        yield (
            "kind",
            (
                f"found the kind {quote_words(value['kind'])}, expected one of"
                f" {', '.join(KINDS)}"
            ),
            "",
        )
    elif (value["kind"] == PUBLISHED) != first:
        message = (
            f"the first change is of the kind {PUBLISHED}, and no other: found"
            f" {quote_words(value['kind'])}"
        )
        yield "kind", message, "they stand oldest first"
    count = Counter(figure["id"] for figure in value.get("figures", ()))
    for figure in (figure for figure in count if count[figure] > 1):
        yield (
            "figures",
            (
                f"found the figure {quote_words(figure)} {count[figure]} times in"
                " a change,"
                " expected it once"
            ),
            "",
        )
    for figure in value.get("figures", ()):
        yield from (("figures", *mistake) for mistake in _mistakes_in(figure))


def _mistakes_in(figure: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a figure of a change by itself, and a hint."""
    if not FIGURE.fullmatch(figure["id"]):
        yield (
            (
                f"found the figure {quote_words(figure['id'])}, expected an id such as"
                " fact:total/2023"
            ),
            "",
        )
    before, now = (figure.get(key, "") for key in ("before", "now"))
    if before == now:
        found = f"twice {quote_words(now)}" if now else "neither before nor now"
        hint = "a new figure has no before, one that was taken out no now"
        yield (
            (
                f"found {found} for the figure {quote_words(figure['id'])},"
                " expected what"
                " stood and what stands"
            ),
            hint,
        )


def _check_order(items: tuple[Change, ...], toml: Toml) -> None:
    """Raise ``BuildError`` for a change that stands after a later one, or has the id of
    another.
    """
    seen = dict[str, int]()
    for number, item in enumerate(items):
        if number and item.date < items[number - 1].date:
            message = (
                f"found {item.date} after {items[number - 1].date}, expected the oldest"
                " first"
            )
            raise BuildError.at(
                toml.path, toml.line("changes", number, "date"), message
            )
        if item.id in seen:
            message = (
                f"{toml.path}:{seen[item.id]} has the id {quote_words(item.id)} already"
            )
            raise BuildError.at(toml.path, toml.line("changes", number, "id"), message)
        seen[item.id] = item.line
