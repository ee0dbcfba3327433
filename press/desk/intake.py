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

from press.data import Data, list_problems_of_overdue_tables, load_tables
from press.desk.order import StoryHandle
from press.desk.teller import SAY
from press.ground.errors import (
    BuildError,
    Problem,
    format_count,
    suggest_similar_or_all,
)
from press.ground.files import replace_files_one_by_one
from press.ground.guard import guard_story_code
from press.intake import (
    CITED,
    SOURCES,
    ImportContext,
    ManualFetchProblem,
    Release,
    ReleaseRow,
    fetch_releases_of_adapter,
    merge_releases,
    read_release_from_file,
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
class ImportRequest:
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
class MergeOptions:
    """What a person has said beforehand: figures of which an earlier run has asked are
    right; nothing is written.
    """

    confirmed_figures: Sequence[str]
    dry_run: bool


def import_figures(
    handle: StoryHandle, request: ImportRequest, options: MergeOptions
) -> int:
    """Merge the releases in files, or those that adapters find; return the exit status.

    Raises ``BuildError``.
    """
    context, story = _load_import_context_and_story(handle, request.since)
    releases = list[Release]()
    failures = list[Problem]()
    for release in _read_or_fetch_releases(context, request, failures):
        releases.append(release)
        SAY(release.told)
    SAY.clear()  # a terminal may show what was fetched last
    for failure in failures:
        sys.stderr.write(f"{failure}\n")
    status, tables = _merge_write_and_report(
        context, story, releases, options, "import"
    )
    if not (options.dry_run or request.files):
        for problem in list_problems_of_overdue_tables(tables, context.today):
            sys.stderr.write(f"{problem}\n")
    if not failures:
        return status
    is_away = all(isinstance(failure, ManualFetchProblem) for failure in failures)
    return AWAY if is_away else DOWN


def record_figure(
    handle: StoryHandle, table_name: str, cells: Sequence[str], options: MergeOptions
) -> int:
    """Merge a figure that a person has read on a page; return the exit status.

    Raises ``BuildError``.
    """
    context, story = _load_import_context_and_story(handle, "")
    release = make_release_of_row_and_page(table_name, cells)
    status, _ = _merge_write_and_report(context, story, [release], options, "record")
    return status


def _load_import_context_and_story(
    handle: StoryHandle, since: str
) -> tuple[ImportContext, Story]:
    """Return what is asked of publishers, and the story, whose texts are not looked at.

    If a command that was killed has left tables which contradict each other, they need
    not fit before the merge.
    """
    root = handle.root
    story = handle.story(root)
    tables = load_tables(root / "data", root)
    with guard_story_code(root, "the story's code", ("story/sources/__init__.py", 1)):
        adapters = tuple(story.adapters())
    today = datetime.now(UTC).date().isoformat()
    return ImportContext(root, adapters, tables, today, since), story


def make_release_of_row_and_page(table_name: str, cells: Sequence[str]) -> Release:
    """Return the row that ``COLUMN=VALUE`` say, and its page if that is told of: the
    first that the row cites.
    """
    given = dict(cell.partition("=")[::2] for cell in cells)
    of_page = [column for column in given if column.startswith(PAGE)]
    page = {column.removeprefix(PAGE): given.pop(column) for column in of_page}
    lines = [ReleaseRow(table_name, given)]
    if page:
        page_id = given.get(CITED, "").partition(";")[0]
        lines.append(ReleaseRow(SOURCES, {"id": page_id} | page))
    return Release("", {}, lines)


def _merge_write_and_report(
    context: ImportContext,
    story: Story,
    releases: Sequence[Release],
    options: MergeOptions,
    verb: str,
) -> tuple[int, Data]:
    """Merge releases into the tables, unless there is a question, and say so; return
    exit status and tables.
    """
    check = partial(check_tables_by_story, story, root=context.root)
    result = merge_releases(context.data, releases, options.confirmed_figures, check)
    for line in result.said:
        SAY(line)
    for name, words in result.questions.items():
        SAY(f"{name}: {words}: is it so?\n    hint: if it is so: --answer {name}")
    if result.questions:
        SAY(f"{format_count(len(result.questions), 'question')}: nothing is written")
    elif not result.files:
        SAY("Nothing new")
    elif options.dry_run:
        SAY(f"{', '.join(sorted(result.files))}: to be written")
    else:
        replace_files_one_by_one(result.files, context.root, verb)
        SAY(f"Next: {NEXT}")
        SAY(f"{', '.join(sorted(result.files))}: written")
    return (WRONG if result.questions else DONE), result.data


def _read_or_fetch_releases(
    context: ImportContext, request: ImportRequest, failures: list[Problem]
) -> Iterator[Release]:
    """Yield the release in each file, or what adapters find, all or those that are
    named.

    Raises ``BuildError``.
    """
    known = [adapter.name for adapter in context.adapters]
    if request.address and len(request.files) > 1:
        message = (
            f"found {len(request.files)} files, expected one: each has an address of"
            " its own"
        )
        raise BuildError.at("--address", 0, message)
    if request.files and (request.only or request.since):
        raise BuildError.at(
            "import", 0, "found --only or --since beside files, which fetch nothing"
        )
    if unknown := [name for name in request.only if name not in known]:
        message = (
            f"found no source {', '.join(unknown)}, expected one of story/sources/"
        )
        raise BuildError.at(
            "--only", 0, message, suggest_similar_or_all(unknown[0], known)
        )
    yield from (
        read_release_from_file(name, request.address, context) for name in request.files
    )
    for adapter in () if request.files else context.adapters:
        if not request.only or adapter.name in request.only:
            yield from fetch_releases_of_adapter(adapter, context, SAY, failures)
