"""New figures: what publishers print, an editor has saved or read is merged into the tables; what it does is said.

The exit status is 0 where all came in, whatever it makes of the texts; 1 where nothing is written because something is
wrong or a person is asked first; 4 where a source could not be fetched or read; 3 where nothing failed but that hosts
turn scripts away, so that a person has to save their pages. What other sources brought is written in both cases. What
was due before today, by the calendar of a table, and has not come from publishers is named.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from press.binding import as_text, without
from press.data import COUNTED, Data, Field, overdue
from press.desk.bind import Loaded, hold, repairs
from press.desk.read import looked_at, said_of
from press.desk.teller import Teller
from press.figures import Worker
from press.ground.errors import BuildError, Problem, Problems, counted, quoted, similar
from press.ground.files import rewrite
from press.ground.guard import guarded
from press.intake import (
    CITED,
    LARGEST,
    SOURCES,
    TAKEN,
    Adapter,
    Away,
    Document,
    Inquiry,
    Line,
    Release,
    UnreadableError,
    cells_of,
    gathered,
    merge,
    understood,
)
from press.story import notes

PAGE = "source."  # before the columns of a new page
HERE = ("record", 0)  # where problems of the command line stand
DONE, WRONG, AWAY, DOWN = 0, 1, 3, 4  # exit statuses; argparse has 2
Say = Callable[[str], None]


def bring(loaded: Loaded, options: argparse.Namespace, say: Say) -> int:
    """Merge what the files print that an editor has saved; without files, what adapters find at their publishers."""
    inquiry = Inquiry(loaded.root, loaded.tables, datetime.now(UTC).date().isoformat(), options.since or "")
    with guarded(loaded.root, "the story's code", ("story/sources/__init__.py", 1)):
        adapters = tuple(loaded.story.adapters())
    found = _of_files(options, adapters, inquiry) if options.files else _of_publishers(options, adapters, inquiry, say)
    releases, failures = list[Release](), list[Problem]()
    for item in found:
        if isinstance(item, Problem):
            failures.append(item)
        else:
            releases.append(item)
            say(item.told)
    if isinstance(say, Teller):
        say.clear()  # a terminal may show what was fetched last
    sys.stderr.writelines(f"{failure}\n" for failure in failures)
    nothing = DONE, loaded.tables
    status, tables = _merged(loaded, options, say, releases) if releases or not failures else nothing
    late = () if options.dry_run or options.files else overdue(tables, inquiry.today)
    sys.stderr.writelines(f"{problem}\n" for problem in late)
    down = AWAY if all(isinstance(failure, Away) for failure in failures) else DOWN
    return down if failures else status


def record(loaded: Loaded, options: argparse.Namespace, say: Say) -> int:
    """Merge one figure that a person has read on a page: the columns of its row, and of the page where it is new.

    What the command line leaves out is asked for on a terminal; elsewhere all of it is told at once. Raises
    ``BuildError``.
    """
    table, problems = loaded.tables[options.table], Problems()
    fields, keys = dict(table.description.fields), table.description.primary_key
    sources = loaded.tables[SOURCES] if CITED in fields else None
    of_page = {f"{PAGE}{name}": field for name, field in sources.description.fields.items()} if sources else {}
    given = _given(options.cells, [*fields, *of_page])
    if f"{PAGE}id" in given:
        given.setdefault(CITED, given[f"{PAGE}id"])
    given |= _completed({name: fields[name] for name in keys}, given, problems)
    known = cells_of(table).get(tuple(given[name] for name in keys), {})
    words = {name: text for name, text in known.items() if fields[name].type not in COUNTED and name != CITED}
    row = _completed(fields, words | given, problems)
    lines = [Line(options.table, row)]
    if sources:
        cited, ids = row[CITED].split(fields[CITED].delimiter), [str(id_) for (id_,) in sources.by_key]
        name = given.setdefault(f"{PAGE}id", next((name for name in cited if name and name not in ids), cited[0]))
        if name and name not in cited:
            problems.add(*HERE, f"found {PAGE}id {quoted(name)}, expected one of {CITED}, {quoted(row[CITED])}")
        if name and (name not in ids or len(given.keys() & of_page.keys()) > 1):
            page = _completed(of_page, given, problems)
            lines.append(Line(SOURCES, {name.removeprefix(PAGE): text for name, text in page.items()}))
    problems.stop_if_any()
    return _merged(loaded, options, say, [Release("", {}, lines)])[0]


def _merged(loaded: Loaded, options: argparse.Namespace, say: Say, releases: Sequence[Release]) -> tuple[int, Data]:
    """Merge releases into the tables, unless there is a question; say what was done and what it does to the texts.

    Return the exit status, and the tables as they are then.
    """
    root, story, tables = loaded.root, loaded.story, loaded.tables
    bodies = {name: (root / table.path).read_bytes() for name, table in tables.items()}
    answered, check = {*options.answer}, partial(notes, story, root=root)
    result = merge(tables, bodies, releases, answered, check)
    if result.questions and sys.stdin.isatty():
        answered |= {name for name, words in result.questions.items() if click.confirm(f"{words}: is it so?")}
        result = merge(tables, bodies, releases, answered, check)
    for line in result.said:
        say(line)
    for name, words in result.questions.items():
        say(f"{name}: {words}: is it so?\n    hint: if it is so: --answer {name}")
    if result.questions:
        say(f"{counted(len(result.questions), 'question')}: nothing is written")
        return WRONG, tables
    if not result.files:
        say("Nothing new")
        return DONE, tables
    say(f"{', '.join(sorted(result.files))}: {'to be written' if options.dry_run else 'written'}")
    if not options.dry_run:
        rewrite(result.files, root, options.verb)
    bound = hold(loaded._replace(tables=result.data))
    made = repairs(bound)
    left = without(bound.problems, made)
    with contextlib.closing(Worker()) as worker:
        unread = list(said_of(looked_at(bound, root, worker, say), strict=False))
    if made or left:
        say("Now false; what fix would write, then what is for a person:")
    for line in (as_text(made, left, dry=True), *unread):
        say(line)
    if not options.dry_run:
        told = ("tell readers: python build.py diff --name NAME",) if bound.texts.changes.published else ()
        steps = "python build.py fix", "mend what it lists", *told, "python build.py read", "python build.py"
        say(f"Next: {'; '.join(steps)}")
    return DONE, result.data


def _of_publishers(
    options: argparse.Namespace, adapters: Sequence[Adapter], inquiry: Inquiry, say: Say
) -> Iterator[Release | Problem]:
    """Yield what adapters find, all or those that are named. Raises ``BuildError`` for a name that none has."""
    known = [adapter.name for adapter in adapters]
    if unknown := [name for name in options.only if name not in known]:
        message = f"found no source {', '.join(unknown)}, expected one of story/sources/"
        raise BuildError([Problem("--only", 0, message, similar(unknown[0], known))])
    for adapter in adapters:
        if not options.only or adapter.name in options.only:
            yield from gathered(adapter, inquiry, say)


def _of_files(options: argparse.Namespace, adapters: Sequence[Adapter], inquiry: Inquiry) -> Iterator[Release]:
    """Yield the release in each file. Raises ``BuildError``."""
    if options.address and len(options.files) > 1:
        message = f"found {len(options.files)} files, expected one: each has an address of its own"
        raise BuildError([Problem("--address", 0, message)])
    if options.only or options.since:
        raise BuildError([Problem("import", 0, "found --only or --since beside files, which fetch nothing")])
    for name in options.files:
        path = Path(name)
        try:
            if path.stat().st_size > LARGEST:
                message = f"found more than {LARGEST:,} bytes, expected a document of one release"
                raise BuildError([Problem(name, 1, message)])
            yield understood(adapters, Document(name, path.read_bytes(), options.address), inquiry)
        except OSError as error:
            raise BuildError([Problem(name, 1, f"found no file that can be read: {error.strerror}")]) from None
        except UnreadableError as error:
            raise BuildError([Problem(name, 1, error.message, error.hint)]) from None


def _given(cells: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """Return the cells that the command line gives, by column. Raises ``BuildError``."""
    problems, given = Problems(), dict[str, str]()
    for cell in cells:
        name, sign, text = cell.partition("=")
        if not sign or name not in known:
            message = f"found {quoted(cell)}, expected COLUMN=VALUE with a column of this table or of its source"
            problems.add(*HERE, message, similar(name, known) or f"there are: {', '.join(known)}")
        elif name in given:
            problems.add(*HERE, f"found {name} twice, expected it once")
        else:
            given[name] = text
    problems.stop_if_any()
    return given


def _completed(fields: Mapping[str, Field], given: Mapping[str, str], problems: Problems) -> dict[str, str]:
    """Return the cells of some columns: those that are given, and what a person says on a terminal to the others."""
    made = {name: given.get(name, "") for name in fields}
    for name, field in fields.items():
        right, default = partial(_right, field), None if field.constraints.get("required") else ""
        try:
            if name in given or field.name in TAKEN or not sys.stdin.isatty():
                right(made[name])
            else:
                words = f"{name}: {_about(field)}\n  "
                made[name] = click.prompt(words, default=default, show_default=False, value_proc=right)
        except click.BadParameter as error:
            problems.add(*HERE, f"{name}: {error.message}", f"write {name}=…: {_about(field)}")
    return made


def _right(field: Field, text: str) -> str:
    """Return a cell without spaces around it, where it is right: a terminal asks again until it is."""
    try:
        field.parse(text.strip())
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    return text.strip()


def _about(field: Field) -> str:
    """Say what a column holds: its title, what it means, its unit, its list of values; where a source is told."""
    listed = ", ".join(map(str, field.constraints.get("enum", ())))
    parts = (f"in {field.unit}" if field.unit else "", f"one of {listed}" if listed else "")
    more = f"of a new source also {PAGE}COLUMN=…" if field.name == CITED else ""
    return "; ".join(filter(None, (field.title, field.description.rstrip("."), *parts, more)))
