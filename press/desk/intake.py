"""New figures: what publishers print, an editor has saved or read is merged into the
tables; what it does is said.

The texts are not looked at: what is false or unread then other verbs say. The exit
status is 0 where all came in; 1 where nothing is written because something is wrong or
a person is asked first; 4 where a source could not be fetched or read; 3 where nothing
failed but that hosts turn scripts away, so that a person has to save their pages. What
other sources brought is written in both cases. What was due before today, by the
calendar of a table, and has not come from publishers is named.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from press.data import COUNTED, Data, find_overdue, load_tables
from press.desk.order import Desk
from press.desk.teller import SAY
from press.ground.errors import (
    BuildError,
    Problem,
    Problems,
    escape_invisible,
    format_count,
    suggest_similar,
)
from press.ground.files import replace_files
from press.ground.guard import guard_story_code
from press.intake import (
    CITED,
    SOURCES,
    Away,
    Inquiry,
    Line,
    Release,
    cells_of,
    gathered,
    list_page_ids,
    merge,
    understood,
)
from press.story import Story, check_tables_by_story

PAGE = "source."  # before the columns of a new page
DONE, WRONG, AWAY, DOWN = 0, 1, 3, 4  # exit statuses; a wrong command line has 2
TELL = (
    "once the story is published, tell readers: python build.py diff --name NAME"
    " --title TITLE"
)
NEXT = (
    f"python build.py fix; mend what it lists; {TELL}; python build.py read; python"
    " build.py"
)


@dataclass(frozen=True)
class Wanted:
    """What is to come in: ``files`` that a person has saved, or what adapters find,
    those of ``only`` or all.

    ``since`` is a month from which on they are to fetch, "" for what is newer than the
    tables; ``address`` is where the one file was saved from.
    """

    files: Sequence[str]
    only: Sequence[str]
    since: str
    address: str


@dataclass(frozen=True)
class Answers:
    """What a person has said beforehand: figures of which an earlier run has asked are
    right; nothing is written.
    """

    figures: Sequence[str]
    dry_run: bool


def import_figures(desk: Desk, wanted: Wanted, answers: Answers) -> int:
    """Merge the releases in files, or those that adapters find; return the exit status.

    Raises ``BuildError``.
    """
    inquiry, story = _begun(desk, wanted.since)
    releases = list[Release]()
    failures = list[Problem]()
    for release in _found(inquiry, wanted, failures):
        releases.append(release)
        SAY(release.told)
    SAY.clear()  # a terminal may show what was fetched last
    for failure in failures:
        sys.stderr.write(escape_invisible(f"{failure}\n"))
    if releases or not failures:
        status, tables = _merged(inquiry, story, releases, answers, "import")
    else:
        status = DONE
        tables = inquiry.data
        SAY(f"Nothing new, {format_count(len(failures), 'problem')}")
    if not (answers.dry_run or wanted.files):
        for problem in find_overdue(tables, inquiry.today):
            sys.stderr.write(f"{problem}\n")
    if not failures:
        return status
    is_away = all(isinstance(failure, Away) for failure in failures)
    return AWAY if is_away else DOWN


def record_figure(
    desk: Desk, table: str, cells: Sequence[str], answers: Answers
) -> int:
    """Merge a figure that a person has read on a page; return the exit status.

    Raises ``BuildError``.
    """
    inquiry, story = _begun(desk, "")
    release = recorded(inquiry.data, table, cells)
    status, _ = _merged(inquiry, story, [release], answers, "record")
    return status


def _begun(desk: Desk, since: str) -> tuple[Inquiry, Story]:
    """Return what is asked of publishers, and the story, whose texts are not looked at.

    If a command that was killed has left tables which contradict each other, they need
    not fit before the merge.
    """
    problems = Problems()
    root = desk.root
    story = problems.collect(desk.story, root)
    tables = problems.collect(load_tables, root / "data", root)
    if story is None or tables is None:
        problems.stop()
    with guard_story_code(root, "the story's code", ("story/sources/__init__.py", 1)):
        adapters = tuple(story.adapters())
    today = datetime.now(UTC).date().isoformat()
    return Inquiry(root, adapters, tables, today, since), story


def recorded(tables: Data, name: str, cells: Sequence[str]) -> Release:
    """Return the row that ``COLUMN=VALUE`` say, and its page if that is new or is told
    of; words that the row has stay where no others are given.
    """
    given = dict(cell.partition("=")[::2] for cell in cells)
    of_page = [column for column in given if column.startswith(PAGE)]
    page = {column.removeprefix(PAGE): given.pop(column) for column in of_page}
    table = tables[name]
    about = table.description
    key = tuple(given.get(column, "") for column in about.primary_key)
    known = cells_of(table).get(key, {})
    row: dict[str, str] = dict.fromkeys(about.fields, "")
    for column, text in known.items():
        is_word = about.fields[column].type not in COUNTED
        if is_word and column != CITED:
            row[column] = text
    row |= given
    cited = list_page_ids(row) or [""]
    sources = tables[SOURCES]
    new = [page_id for page_id in cited if (page_id,) not in cells_of(sources)]
    lines = [Line(name, row)]
    if any(new) or page:
        source = dict.fromkeys(sources.description.fields, "")
        source["id"] = (new or cited)[0]
        lines.append(Line(SOURCES, source | page))
    return Release("", {}, lines)


def _merged(
    inquiry: Inquiry,
    story: Story,
    releases: Sequence[Release],
    answers: Answers,
    verb: str,
) -> tuple[int, Data]:
    """Merge releases into the tables, unless there is a question, and say so; return
    exit status and tables.
    """
    check = partial(check_tables_by_story, story, root=inquiry.root)
    result = merge(inquiry.data, releases, answers.figures, check)
    for line in result.said:
        SAY(line)
    for name, words in result.questions.items():
        SAY(f"{name}: {words}: is it so?\n    hint: if it is so: --answer {name}")
    if result.questions:
        SAY(f"{format_count(len(result.questions), 'question')}: nothing is written")
    elif not result.files:
        SAY("Nothing new")
    elif answers.dry_run:
        SAY(f"{', '.join(sorted(result.files))}: to be written")
    else:
        replace_files(result.files, inquiry.root, verb)
        SAY(f"Next: {NEXT}")
        SAY(f"{', '.join(sorted(result.files))}: written")
    return (WRONG if result.questions else DONE), result.data


def _found(
    inquiry: Inquiry, wanted: Wanted, failures: list[Problem]
) -> Iterator[Release]:
    """Yield the release in each file, or what adapters find, all or those that are
    named.

    Raises ``BuildError``.
    """
    known = [adapter.name for adapter in inquiry.adapters]
    if wanted.address and len(wanted.files) > 1:
        message = (
            f"found {len(wanted.files)} files, expected one: each has an address of"
            " its own"
        )
        raise BuildError.at("--address", 0, message)
    if wanted.files and (wanted.only or wanted.since):
        raise BuildError.at(
            "import", 0, "found --only or --since beside files, which fetch nothing"
        )
    if unknown := [name for name in wanted.only if name not in known]:
        message = (
            f"found no source {', '.join(unknown)}, expected one of story/sources/"
        )
        raise BuildError.at("--only", 0, message, suggest_similar(unknown[0], known))
    yield from (understood(name, wanted.address, inquiry) for name in wanted.files)
    for adapter in () if wanted.files else inquiry.adapters:
        if not wanted.only or adapter.name in wanted.only:
            yield from gathered(adapter, inquiry, SAY, failures)
