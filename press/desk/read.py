"""Reading: what nobody has read as it is now, shown beside its data one by one, and
approved or left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from press.approvals import (
    DescribedChartOrTable,
    Passage,
    Review,
    UnreadPassage,
    list_passages,
    read_approvals,
)
from press.content import Strings
from press.data import Data, Description, Table
from press.desk.beside import describe_unread_passage, list_rows_and_sources
from press.figures import DrawingPool, Figure, Studio, outline
from press.ground.errors import BuildError, Problem
from press.ground.files import format_path, replace_files
from press.reading import Text
from press.story import Bound

LISTED = 20  # unread passages in the report of a build; of more the number is told
KEYS = (
    "y: read, and true   l: later   s: sources and rows   u: take the last answer back "
    "  q: quit"
)
QUITTING = {"q", "\x03", "\x04", "\x1b"}
# sees the review, and says what of it is a problem
Look = Callable[[Review], Iterable[Problem]]


class Pile(NamedTuple):
    """What lies before a reader: the story, and its review."""

    bound: Bound
    review: Review


def review_passages(bound: Bound, figures: Mapping[str, Figure], root: Path) -> Review:
    """Hold the passages of a story to its approvals.

    Raises ``BuildError`` for files that cannot be read.
    """
    folder = root / "content" / bound.texts.language.code
    return Review(
        format_path(folder, root),
        read_approvals(folder, root),
        partial(_found, bound, figures),
    )


def _found(bound: Bound, figures: Mapping[str, Figure]) -> list[Passage]:
    """Return the passages of a story."""
    data = bound.facts.data
    content = bound.texts
    charts = {text.path: name for name, text in content.charts.items()}
    told: dict[str, DescribedChartOrTable | None] = {
        path: _of_chart(figures[name], data) for path, name in charts.items()
    }
    told |= {
        page.path: None
        for page in content.pages
        if page.entries in data and data[page.entries].newest
    }
    told |= {table.description.path: _of_table(table, data) for table in data.values()}
    texts = [
        *content.shown,
        ("", content.changes.texts),
        ("", content.unbound_labels),
        *(
            (table.description.title, _described(table.description))
            for table in data.values()
        ),
    ]
    return list_passages(texts, bound.ledger, content.language, data, told)


def _of_chart(figure: Figure, data: Data) -> DescribedChartOrTable:
    return DescribedChartOrTable(figure.name, figure.rows, data, outline(figure.shown))


def _of_table(table: Table, data: Data) -> DescribedChartOrTable:
    return DescribedChartOrTable(Path(table.path).stem, table.rows, data)


def _described(table: Description) -> tuple[Text, ...]:
    """Return what the description of a table tells readers."""
    strings = Strings(table.toml, table.toml.text, 0)
    raw = table.raw
    for key in ("title", "description"):
        strings.flat(raw[key], key, key)
    for number, note in enumerate(table.notes):
        strings.flat(note, "note", "notes", number)
    for number, licence in enumerate(table.licenses):
        strings.flat(licence["title"], "description", "licenses", number, "title")
    if table.refresh.how:
        strings.flat(table.refresh.how, "refresh", "refresh", "how")
    for number, field in enumerate(table.fields.values()):
        strings.flat(
            field.description, "column", "schema", "fields", number, "description"
        )
        if "title" in raw["schema"]["fields"][number]:
            strings.note_label(
                field.title, field.name, "schema", "fields", number, "title"
            )
    return tuple(strings.texts)


def review_story(
    bound: Bound, root: Path, pool: DrawingPool, report: Callable[[str], None]
) -> Review:
    """Return the review of a story, its charts drawn or taken from the cache."""
    story = bound.story
    studio = Studio(
        root, bound.texts, bound.facts.data, story.charts, story.code, pool, report
    )
    return review_passages(
        bound, {figure.name: figure for figure in studio.begin()}, root
    )


def report_reading(found: Review, *, strict: bool) -> Iterator[str]:
    """Yield what a build says of its unread passages, and how many are read; of a story
    that nobody reads, one line.

    A ``strict`` build says of the unread only how many there are: they are among its
    problems.
    """
    if found.has_begun:
        yield from (
            str(unread.problem) for unread in found.unread[:LISTED] if not strict
        )
        if len(found.unread) > LISTED and not strict:
            yield (
                f"and {len(found.unread) - LISTED} more unread: python build.py read"
                " --list"
            )
        yield found.describe_read_and_unread_counts()
    elif not strict:
        yield f"{found.folder}: nobody has read it yet: python build.py read"


def list_unread_problems(found: Review) -> Iterator[Problem]:
    """Yield what is unread as problems, of a story that nobody has read as one."""
    if found.has_begun:
        yield from (unread.problem for unread in found.unread)
    elif found.unread:
        message = f"nobody has read the {len(found.unread)} sentences of this story"
        yield Problem(
            found.folder, 1, message, "python build.py read shows them one by one"
        )


def show_unread_passages(pile: Pile) -> Iterator[str]:
    """Yield every unread passage beside its data."""
    for unread in pile.review.unread:
        yield from (
            "",
            *describe_unread_passage(unread, pile.bound),
            *list_rows_and_sources(unread.passage, pile.bound.facts),
        )


def find_passages_at(pile: Pile, places: Sequence[str]) -> list[Passage]:
    """Return what is to be read in files and at places such as
    ``content/en/index.md:12``, a column behind it or none.

    Raises ``BuildError`` for a place where nothing begins that is to be read, whether
    somebody has read it or not.
    """
    known = defaultdict[str, list[Passage]](list)
    for passage in pile.review.passages_without_faults:
        line, column = passage.line_and_column
        for place in (
            passage.path,
            f"{passage.path}:{line}",
            f"{passage.path}:{line}:{column}",
        ):
            known[place].append(passage)
    hint = "python build.py read --list tells where they begin"
    if lacking := [place for place in places if place not in known]:
        raise BuildError(
            Problem(place, 0, "no passage to be read begins here", hint)
            for place in lacking
        )
    # two may be one line
    return list(dict.fromkeys(passage for place in places for passage in known[place]))


def approve_passages(
    pile: Pile, chosen: Sequence[Passage], root: Path
) -> dict[str, bytes]:
    """Write approvals of unread passages into their files, and return these as they
    were: they take them back.
    """
    files = pile.review.format_files_changed_by_approving(chosen)
    before = {
        file: (root / file).read_bytes() if (root / file).exists() else b""
        for file in files
    }
    replace_files(files, root, "read", new=True)
    return before


class Progress(NamedTuple):
    """How many passages a reader has read, how many were edited meanwhile, and which
    are left, by their keys.
    """

    read: int = 0
    edited: int = 0
    left: frozenset[tuple[str, str]] = frozenset()


class Reader:
    """Somebody who reads one passage after another, and may take each answer back."""

    def __init__(
        self, look: Callable[[], Pile], say: Callable[[str], None], root: Path
    ) -> None:
        """Look for the first time; ``look`` reads the story anew, with what somebody
        has edited meanwhile.
        """
        self._look = look
        self._say = say
        self._root = root
        self._pile = look()
        self._done = Progress()
        # each answer: what was done, the files till then
        self._before: list[tuple[Progress, dict[str, bytes]]] = []

    def go(self) -> str:
        """Show what is unread one at a time and do as the reader says; return what has
        been done, in a line.
        """
        key = ""
        while key not in QUITTING and (
            waiting := [item for item in self._pile.review.unread if self._waits(item)]
        ):
            passage = waiting[0].passage
            rows = (
                list_rows_and_sources(passage, self._pile.bound.facts)
                if key == "s"
                else ()
            )
            self._tell(
                "",
                f"{len(waiting)} unread",
                *describe_unread_passage(waiting[0], self._pile.bound),
                *rows,
                KEYS,
            )
            key = _key()
            if key in {"y", "l"}:
                self._settle(passage, read=key == "y")
            elif key == "u" and self._before:
                self._done, files = self._before.pop()
                replace_files(files, self._root, "read", new=True)
                self._pile = self._look()
        return (
            f"{self._done.read} read, {self._done.edited} edited,"
            f" {len(self._done.left)} left"
        )

    def _waits(self, unread: UnreadPassage) -> bool:
        return unread.passage.key not in self._done.left

    def _tell(self, *lines: str) -> None:
        for line in lines:
            self._say(line)

    def _settle(self, passage: Passage, *, read: bool) -> None:
        """Approve a passage or leave it, look anew, and count it as edited where it is
        there no more.
        """
        files = approve_passages(self._pile, [passage], self._root) if read else {}
        self._before.append((self._done, files))
        self._pile = self._look()
        count, edited, left = self._done
        if passage.key not in {each.key for each in self._pile.review.passages}:
            self._done = Progress(count, edited + 1, left)
        else:
            self._done = Progress(
                count + read, edited, left if read else left | {passage.key}
            )


def _key() -> str:
    """Wait for a key, and return it."""
    import click  # noqa: PLC0415 - no build asks for a key

    return click.getchar()
