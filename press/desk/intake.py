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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from press.binding import as_text, without
from press.data import COUNTED, Field, Table, load, overdue
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
    Document,
    Failure,
    Inquiry,
    Line,
    Release,
    UnreadableError,
    cells_of,
    gathered,
    merge,
    understood,
)
from press.story import Bound, notes

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
    releases, failures = list[Release](), list[Failure]()
    for item in found:
        if isinstance(item, Failure):
            failures.append(item)
        else:
            releases.append(item)
            say(item.told)
    if isinstance(say, Teller):
        say.clear()  # a terminal may show what was fetched last
    for failure in failures:
        sys.stderr.write(f"{failure}\n")
    status = _merged(loaded, options, say, releases) if releases or not failures else DONE
    fetched = not (options.dry_run or options.files)
    for problem in overdue(load(loaded.root / "data", loaded.root), inquiry.today) if fetched else ():
        sys.stderr.write(f"{problem}\n")
    down = DOWN if any(not failure.turned_away for failure in failures) else AWAY
    return down if failures else status


def record(loaded: Loaded, options: argparse.Namespace, say: Say) -> int:
    """Merge one figure that a person has read on a page: the columns of its row, and of the page where it is new.

    What the command line leaves out is asked for on a terminal; elsewhere all of it is told at once. Raises
    ``BuildError``.
    """
    table, problems = loaded.tables[options.table], Problems()
    fields, keys = table.description.fields, table.description.primary_key
    sources = loaded.tables[SOURCES] if CITED in fields else None
    columns = [f"{PAGE}{name}" for name in (sources.description.fields if sources else ())]
    row = _given(options.cells, [*fields, *columns])
    page = {name.removeprefix(PAGE): row.pop(name) for name in columns if name in row}
    if "id" in page:
        row.setdefault(CITED, page["id"])
    row |= _completed([fields[name] for name in keys], row, problems)
    known = cells_of(table).get(tuple(row[name] for name in keys), {})
    words = {name: text for name, text in known.items() if fields[name].type not in COUNTED and name != CITED}
    row = _completed(fields.values(), words | row, problems)
    lines = [Line(options.table, row)]
    if sources:
        lines += _new_page(row[CITED].split(fields[CITED].delimiter), page, sources, problems)
    problems.stop_if_any()
    return _merged(loaded, options, say, [Release("", {}, (), lines)])


def _merged(loaded: Loaded, options: argparse.Namespace, say: Say, releases: Sequence[Release]) -> int:
    """Merge releases into the tables, unless there is a question; say what was done and what it does to the texts."""
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
        return WRONG
    if not result.files:
        say("Nothing new")
        return DONE
    say(f"{', '.join(sorted(result.files))}: {'to be written' if options.dry_run else 'written'}")
    if not options.dry_run:
        rewrite(result.files, root, options.verb)
    bound = hold(loaded._replace(tables=result.data))
    for line in (*_false(bound), *_unread(bound, root, say)):
        say(line)
    if not options.dry_run:
        say(_next(bound))
    return DONE


def _next(bound: Bound) -> str:
    """Say what a person does when new figures are in, to the end."""
    told = ("tell readers: python build.py diff --name NAME",) if bound.texts.changes.published else ()
    steps = "python build.py fix", "mend what it lists", *told, "python build.py read", "python build.py"
    return f"Next: {'; '.join(steps)}"


def _false(bound: Bound) -> Iterator[str]:
    """Yield what fix would write in the texts, and what else is false in them."""
    made = repairs(bound)
    left = without(bound.problems, made)
    if made or left:
        yield "Now false; what fix would write, then what is for a person:"
    yield as_text(made, left, dry=True)


def _unread(bound: Bound, root: Path, say: Say) -> Iterator[str]:
    """Yield what of the texts nobody has read beside the new figures."""
    with contextlib.closing(Worker()) as worker:
        yield from said_of(looked_at(bound, root, worker, say), strict=False)


def _of_publishers(
    options: argparse.Namespace, adapters: Sequence[Adapter], inquiry: Inquiry, say: Say
) -> Iterator[Release | Failure]:
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
        try:
            yield understood(adapters, Document(name, _bytes_of(name), options.address), inquiry)
        except UnreadableError as error:
            raise BuildError([Problem(name, 1, error.message, error.hint)]) from None


def _bytes_of(name: str) -> bytes:
    """Return the bytes of a file. Raises ``BuildError`` where it cannot be read, or is no file of a release."""
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST:
            message = f"found {path.stat().st_size:,} bytes, expected a document of one release, at most {LARGEST:,}"
            raise BuildError([Problem(name, 1, message)])
        return path.read_bytes()
    except OSError as error:
        raise BuildError([Problem(name, 1, f"found no file that can be read: {error.strerror}")]) from None


def _new_page(cited: Sequence[str], page: dict[str, str], sources: Table, problems: Problems) -> list[Line]:
    """Return the row of the page that is new to the sources, or that the command line tells, if any."""
    known = [str(key[0]) for key in sources.by_key]
    new = [name for name in cited if name and name not in known]
    name = page.get("id") or next(iter(new), cited[0])
    if name not in cited:
        problems.add(*HERE, f"found {PAGE}id {quoted(name)}, expected one of {CITED}, {', '.join(map(quoted, cited))}")
    if len(new) > 1:
        message = f"found the unknown sources {', '.join(new)}, expected one new page at most"
        problems.add(*HERE, message, similar(new[0], known))
    if not (page or new):
        return []
    if new and sys.stdin.isatty():
        near = similar(name, known)
        click.echo(f"{name} is not in {sources.path} yet{f' ({near})' if near else ''}; tell its page:")
    columns = [field for field in sources.description.fields.values() if field.name != "id"]
    return [Line(SOURCES, {"id": name} | _completed(columns, page, problems, PAGE))]


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


def _completed(
    fields: Iterable[Field], given: Mapping[str, str], problems: Problems, prefix: str = ""
) -> dict[str, str]:
    """Return the cells of some columns: those that are given, and what a person says on a terminal to the others."""
    made = dict[str, str]()
    for field in fields:
        text = given.get(field.name, "")
        if field.name not in {*given, *TAKEN} and sys.stdin.isatty():
            text = _asked(field, prefix)
        try:
            field.parse(text)
        except ValueError as error:
            hint = f"write {prefix}{field.name}=…: {_about(field)}"
            problems.add(*HERE, f"{prefix}{field.name}: {error}", hint)
        made[field.name] = text
    return made


def _asked(field: Field, prefix: str) -> str:
    """Ask on the terminal for a cell until it is right; an empty answer leaves it empty, where that may be."""

    def checked(text: str) -> str:
        try:
            field.parse(text.strip())
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
        return text.strip()

    click.echo(f"{prefix}{field.name}: {_about(field)}")
    default = None if field.constraints.get("required") else ""
    return str(click.prompt("  ", default=default, show_default=False, value_proc=checked))


def _about(field: Field) -> str:
    """Say what a column holds: its title, what it means, its unit, its list of values; where a source is told."""
    listed = ", ".join(map(str, field.constraints.get("enum", ())))
    parts = (f"in {field.unit}" if field.unit else "", f"one of {listed}" if listed else "")
    more = f"of a new source also {PAGE}COLUMN=…" if field.name == CITED else ""
    return "; ".join(filter(None, (field.title, field.description.rstrip("."), *parts, more)))
