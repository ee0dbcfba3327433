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
    list_all_passages,
    read_approval_files,
)
from press.content import TextCollector
from press.data import Data, Table, TableDescription
from press.desk.passage_report import (
    describe_unread_passage_with_figures,
    list_first_rows_and_sources,
)
from press.figures import (
    DrawingPool,
    DrawnChart,
    Studio,
    describe_newest_size_and_extremes,
)
from press.ground.errors import Problem, Problems
from press.ground.files import format_path, replace_files_one_by_one
from press.ground.steps import Say
from press.reading import Text
from press.story import CheckedStory

LISTED = 20  # unread passages in the report of a build; of more the number is told
KEYS = (
    "y: read, and true   l: later   s: sources and rows   u: take the last answer back "
    "  q: quit"
)
QUITTING = {"q", "\x03", "\x04", "\x1b"}
# sees the review, and says what of it is a problem
ReviewJudge = Callable[[Review], Iterable[Problem]]
FilesBefore = dict[str, bytes]  # what files held before they were written, by path


class ReviewedStory(NamedTuple):
    """What lies before a reader: the story, and its review."""

    bound: CheckedStory
    review: Review


def review_passages(
    bound: CheckedStory, drawn_charts: Mapping[str, DrawnChart], root: Path
) -> Review:
    """Hold the passages of a story to its approvals.

    Raises ``BuildError`` for files that cannot be read.
    """
    folder = root / "content" / bound.texts.language.code
    return Review(
        format_path(folder, root),
        read_approval_files(folder, root),
        partial(_list_passages, bound, drawn_charts),
    )


def _list_passages(
    bound: CheckedStory, drawn_charts: Mapping[str, DrawnChart]
) -> list[Passage]:
    """Return the passages of a story."""
    data = bound.facts.data
    content = bound.texts
    told = _index_described_items_by_file_path(bound, drawn_charts)
    texts: list[tuple[str, Sequence[Text]]] = [
        *content.titles_and_shown_texts,
        ("", content.changes.texts),
        ("", content.unbound_labels),
    ]
    for table in data.values():
        about = table.description
        texts.append((about.title, _list_texts_of_description(about)))
    return list_all_passages(texts, bound.ledger, content.language, data, told)


def _index_described_items_by_file_path(
    bound: CheckedStory, drawn_charts: Mapping[str, DrawnChart]
) -> dict[str, DescribedChartOrTable | None]:
    """Return the chart or the table that each file tells of, by its path; a page of
    entries tells of a table's rows, and has ``None``.
    """
    data = bound.facts.data
    told = dict[str, DescribedChartOrTable | None]()
    for name, text in bound.texts.charts.items():
        told[text.path] = _outline_chart(drawn_charts[name], data)
    for page in bound.texts.pages:
        if page.entries in data and data[page.entries].newest:
            told[page.path] = None
    for table in data.values():
        told[table.description.path] = _outline_table(table, data)
    return told


def _outline_chart(drawn_chart: DrawnChart, data: Data) -> DescribedChartOrTable:
    return DescribedChartOrTable(
        drawn_chart.name,
        drawn_chart.rows,
        data,
        tuple(describe_newest_size_and_extremes(drawn_chart.drawn_table)),
    )


def _outline_table(table: Table, data: Data) -> DescribedChartOrTable:
    return DescribedChartOrTable(Path(table.path).stem, table.rows, data)


def _list_texts_of_description(description: TableDescription) -> tuple[Text, ...]:
    """Return what the description of a table tells readers."""
    strings = TextCollector(description.toml, description.toml.text, 0)
    raw = description.raw
    for key in ("title", "description"):
        strings.note_and_unlink_text(raw[key], key, key)
    for number, note in enumerate(description.notes):
        strings.note_and_unlink_text(note, "note", "notes", number)
    for number, licence in enumerate(description.licenses):
        strings.note_and_unlink_text(
            licence["title"], "description", "licenses", number, "title"
        )
    if description.refresh.how:
        strings.note_and_unlink_text(
            description.refresh.how, "refresh", "refresh", "how"
        )
    for number, field in enumerate(description.fields.values()):
        strings.note_and_unlink_text(
            field.description, "column", "schema", "fields", number, "description"
        )
        if "title" in raw["schema"]["fields"][number]:
            strings.note_label(
                field.title, field.name, "schema", "fields", number, "title"
            )
    return tuple(strings.texts)


def draw_charts_and_review_story(
    bound: CheckedStory, root: Path, pool: DrawingPool, report: Say
) -> Review:
    """Return the review of a story, its charts drawn or taken from the cache."""
    story = bound.story
    studio = Studio(
        root,
        bound.texts,
        bound.facts.data,
        story.charts,
        story.code,
        pool,
        report,
        palette=story.palette,
    )
    return review_passages(
        bound,
        {figure.name: figure for figure in studio.begin_all_then_yield_charts()},
        root,
    )


def describe_unread_places_and_counts(
    review: Review, *, counts_only: bool
) -> Iterator[str]:
    """Yield what a build says of its unread passages, and how many are read; of a story
    that nobody reads, one line.

    A strict build, whose problems the unread are among, wants ``counts_only``: how many
    there are.
    """
    if review.has_begun:
        if not counts_only:
            yield from _describe_first_unread_places(review)
        yield review.describe_read_and_unread_counts()
    elif not counts_only:
        yield f"{review.folder}: nobody has read it yet: python build.py read"


def _describe_first_unread_places(review: Review) -> Iterator[str]:
    for unread in review.unread[:LISTED]:
        yield str(unread.problem)
    if len(review.unread) > LISTED:
        more = len(review.unread) - LISTED
        yield f"and {more} more unread: python build.py read --list"


def list_unread_problems(review: Review) -> Iterator[Problem]:
    """Yield what is unread as problems, of a story that nobody has read as one."""
    if review.has_begun:
        yield from (unread.problem for unread in review.unread)
    elif review.unread:
        message = f"nobody has read the {len(review.unread)} sentences of this story"
        yield Problem(
            review.folder, 1, message, "python build.py read shows them one by one"
        )


def describe_unread_passages_with_rows(reviewed: ReviewedStory) -> Iterator[str]:
    """Yield every unread passage beside its data."""
    for unread in reviewed.review.unread:
        yield from (
            "",
            *describe_unread_passage_with_figures(unread, reviewed.bound),
            *list_first_rows_and_sources(unread.passage, reviewed.bound.facts),
        )


def get_passages_at(reviewed: ReviewedStory, places: Sequence[str]) -> list[Passage]:
    """Return what is to be read in files and at places such as
    ``content/en/index.md:12``, a column behind it or none.

    Raises ``BuildError`` for a place where nothing begins that is to be read, whether
    somebody has read it or not.
    """
    known = defaultdict[str, list[Passage]](list)
    for passage in reviewed.review.passages_without_faults:
        path = passage.path
        line, column = passage.line_and_column
        for place in (path, f"{path}:{line}", f"{path}:{line}:{column}"):
            known[place].append(passage)
    problems = Problems()
    # two places may be one line
    chosen = dict[Passage, None]()
    for place in places:
        if place in known:
            chosen.update(dict.fromkeys(known[place]))
        else:
            message = "no passage to be read begins here"
            hint = "python build.py read --list tells where they begin"
            problems.add(place, 0, message, hint)
    problems.stop_if_any()
    return list(chosen)


def write_approvals(
    reviewed: ReviewedStory, chosen: Sequence[Passage], root: Path
) -> FilesBefore:
    """Write approvals of unread passages into their files, and return these as they
    were: they take them back.
    """
    files = reviewed.review.format_files_changed_by_approving(chosen)
    before = dict[str, bytes]()
    for file in files:
        path = root / file
        before[file] = path.read_bytes() if path.exists() else b""
    replace_files_one_by_one(files, root, "read", may_create=True)
    return before


class ReviewProgress(NamedTuple):
    """How many passages a reader has read, how many were edited meanwhile, and which
    are left, by their keys.
    """

    read: int = 0
    edited: int = 0
    left: frozenset[tuple[str, str]] = frozenset()


class ReviewSession:
    """Somebody who reads one passage after another, and may take each answer back."""

    def __init__(
        self, review_anew: Callable[[], ReviewedStory], say: Say, root: Path
    ) -> None:
        """Look for the first time; ``review_anew`` reads the story anew, with what
        somebody has edited meanwhile.
        """
        self._review_anew = review_anew
        self._say = say
        self._root = root
        self._reviewed = review_anew()
        self._done = ReviewProgress()
        # each answer: what was done, the files till then
        self._before: list[tuple[ReviewProgress, FilesBefore]] = []

    def read_unread_until_quit(self) -> str:
        """Show what is unread one at a time and do as the reader says; return what has
        been done, in a line.
        """
        key = ""
        while key not in QUITTING and (waiting := self._list_waiting()):
            self._show_first_unread(waiting, with_rows=key == "s")
            key = _wait_for_key()
            if key in {"y", "l"}:
                self._approve_or_leave_passage(waiting[0].passage, approves=key == "y")
            elif key == "u" and self._before:
                self._take_back()
        done = self._done
        return f"{done.read} read, {done.edited} edited, {len(done.left)} left"

    def _list_waiting(self) -> list[UnreadPassage]:
        """Return what is unread and was not left."""
        left = self._done.left
        unread = self._reviewed.review.unread
        return [item for item in unread if item.passage.key not in left]

    def _show_first_unread(
        self, waiting: list[UnreadPassage], *, with_rows: bool
    ) -> None:
        """Say what the first of the unread passages tells, and what may be typed."""
        bound = self._reviewed.bound
        lines = ["", f"{len(waiting)} unread"]
        lines += describe_unread_passage_with_figures(waiting[0], bound)
        if with_rows:
            lines += list_first_rows_and_sources(waiting[0].passage, bound.facts)
        for line in (*lines, KEYS):
            self._say(line)

    def _take_back(self) -> None:
        """Undo the last answer, and look anew."""
        self._done, files = self._before.pop()
        replace_files_one_by_one(files, self._root, "read", may_create=True)
        self._reviewed = self._review_anew()

    def _approve_or_leave_passage(self, passage: Passage, *, approves: bool) -> None:
        """Approve a passage or leave it, look anew, and count it as edited where it is
        there no more.
        """
        files = (
            write_approvals(self._reviewed, [passage], self._root) if approves else {}
        )
        done = self._done
        self._before.append((done, files))
        self._reviewed = self._review_anew()
        if passage.key not in {each.key for each in self._reviewed.review.passages}:
            self._done = done._replace(edited=done.edited + 1)
        elif approves:
            self._done = done._replace(read=done.read + 1)
        else:
            self._done = done._replace(left=done.left | {passage.key})


def _wait_for_key() -> str:
    """Wait for a key, and return it."""
    import click  # noqa: PLC0415 - no build asks for a key

    return click.getchar()
