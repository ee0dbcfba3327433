"""New figures: what publishers print or an editor has saved is merged into the tables, and what it does is said.

The exit status is 0 where all came in, whatever it makes of the texts; 1 where nothing is written because something is
wrong or a person is asked first; 3 where a host turns scripts away, so that a person has to save its pages; 4 where
another source could not be fetched or read. What other sources brought is written in both of these cases. What was due
before today, by the calendar of a table, and has not come is named by ``update``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from press.binding import as_text, without
from press.data import load, overdue
from press.desk.bind import Loaded, hold, repairs
from press.desk.read import looked_at, said_of
from press.desk.teller import Teller
from press.figures import Worker
from press.ground.errors import BuildError, Problem, counted, quoted, similar
from press.ground.files import rewrite
from press.ground.guard import guarded
from press.intake import (
    LARGEST,
    Adapter,
    Change,
    Clock,
    Document,
    Failure,
    Fetcher,
    Inquiry,
    Plan,
    Release,
    UnreadableError,
    gathered,
    merge,
    understood,
)
from press.story import Bound, notes

DONE, WRONG, AWAY, DOWN = 0, 1, 3, 4  # exit statuses; argparse has 2
SAMPLES = 3  # of rows or figures of one kind; of more the number is told
Say = Callable[[str], None]


class Desk(NamedTuple):
    """A desk at which figures come in: the story as loaded, who is told, by which verb, and what may be written."""

    loaded: Loaded
    say: Say
    verb: str
    dry: bool
    answered: Sequence[str]


def update(loaded: Loaded, options: argparse.Namespace, say: Say, clock: Clock | None = None) -> int:
    """Ask each adapter for what is new, and merge it."""
    adapters = _chosen(_adapters(loaded), options.only)
    inquiry = Inquiry(loaded.root, loaded.tables, _today(clock), options.since or "", os.environ)
    fetcher, releases, failures = Fetcher(say, clock), list[Release](), list[Failure]()
    for adapter in adapters:
        for item in gathered(adapter, inquiry, fetcher):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                releases.append(item)
                say(item.told)
    if isinstance(say, Teller):
        say.clear()  # a terminal may show what was fetched last
    for failure in failures:
        sys.stderr.write(f"{failure}\n")
    desk = Desk(loaded, say, options.verb, options.dry_run, options.answer)
    status = merged(desk, releases) if releases or not failures else DONE
    for problem in [] if desk.dry else overdue(load(loaded.root / "data", loaded.root), inquiry.today):
        sys.stderr.write(f"{problem}\n")
    return _of_sources(failures) or status


def take(loaded: Loaded, options: argparse.Namespace, say: Say, clock: Clock | None = None) -> int:
    """Read files that an editor has saved, and merge what they print."""
    inquiry = Inquiry(loaded.root, loaded.tables, _today(clock))
    adapters, releases = _adapters(loaded), list[Release]()
    for name in options.files:
        try:
            releases.append(understood(adapters, Document(name, _bytes_of(name)), inquiry))
        except UnreadableError as error:
            raise BuildError([Problem(name, 1, error.message, error.hint)]) from None
    for release in releases:
        say(release.told)
    return merged(Desk(loaded, say, options.verb, options.dry_run, options.answer), releases)


def merged(desk: Desk, releases: Sequence[Release]) -> int:
    """Merge releases into the tables, unless there is a question; say what was done and what it does to the texts."""
    root, story, tables = desk.loaded.root, desk.loaded.story, desk.loaded.tables
    bodies = {name: (root / own.path).read_bytes() for name, own in tables.items()}
    plan = merge(tables, bodies, releases, desk.answered, lambda after: notes(story, after, root))
    for line in told(plan, dry=desk.dry):
        desk.say(line)
    if plan.questions:
        return WRONG
    if not plan.files:
        return DONE
    if not desk.dry:
        rewrite(plan.files, root, desk.verb)
    bound = hold(desk.loaded._replace(tables=plan.data))
    for line in (*_false(bound), *_unread(bound, root, desk.say)):
        desk.say(line)
    if not desk.dry:
        desk.say(_next(bound))
    return DONE


def _next(bound: Bound) -> str:
    """Say what a person does when new figures are in, to the end."""
    told = ("tell readers: python build.py diff --name NAME",) if bound.texts.own.changes.published else ()
    steps = "python build.py fix", "mend what it lists", *told, "python build.py read", "python build.py"
    return f"Next: {'; '.join(steps)}"


def told(plan: Plan, *, dry: bool) -> Iterator[str]:
    """Yield what merging does to the tables, or what a person has to say before it does anything."""
    for name in dict.fromkeys(name for name, _ in plan.added):
        keys = [", ".join(key) for own, key in plan.added if own == name]
        yield f"{name}: {counted(len(keys), 'new row')}: {_some(keys)}"
    kinds = ("filled in", plan.filled), ("known more exactly", plan.finer), ("revised", plan.revised)
    for what, changes in (*kinds, ("corrected", plan.corrected)):
        if changes:
            yield f"{counted(len(changes), 'figure')} {what}: {_some(list(map(_change, changes)))}"
    if plan.cited:
        yield f"{counted(len(plan.cited), 'row')} with one page more"
    for name, key, note in plan.notes:
        yield f"{name}/{'/'.join(key)} has changed, and its note says {quoted(note)}: is it still so?"
    if plan.unchanged:
        yield f"{counted(plan.unchanged, 'figure')} {'was' if plan.unchanged == 1 else 'were'} there already"
    for question in plan.questions:
        answers = question.answers or (() if question.barred else ((question.name, "it is so"),))
        hint = "; ".join(f"if {words}: --answer {name}" for name, words in answers)
        yield f"{question.words}\n    hint: {hint}" if hint else question.words
    if plan.questions:
        yield f"{counted(len(plan.questions), 'question')}: nothing is written"
    elif not plan.files:
        yield "Nothing new"
    else:
        yield f"{', '.join(sorted(plan.files))}: {'to be written' if dry else 'written'}"


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


def _adapters(loaded: Loaded) -> Sequence[Adapter]:
    with guarded(loaded.root, "the story's code", ("story/sources/__init__.py", 1)):
        return tuple(loaded.story.adapters())


def _chosen(adapters: Sequence[Adapter], names: Sequence[str]) -> list[Adapter]:
    """Return the adapters with some names, or all. Raises ``BuildError`` for a name that none has."""
    known = [adapter.name for adapter in adapters]
    if unknown := [name for name in names if name not in known]:
        message = f"found no source {', '.join(unknown)}, expected one of story/sources/"
        raise BuildError([Problem("--only", 0, message, similar(unknown[0], known))])
    return [adapter for adapter in adapters if not names or adapter.name in names]


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


def _of_sources(failures: Sequence[Failure]) -> int:
    """Return the exit status for sources that were down."""
    return AWAY if any(failure.turned_away for failure in failures) else DOWN if failures else DONE


def _today(clock: Clock | None) -> str:
    return (clock.now() if clock else datetime.now(UTC)).date().isoformat()


def _change(change: Change) -> str:
    """Say how a figure has changed: from what to what, and how exactly each is known.

    One that was derived may have been printed as it is.
    """
    old, new = change.widths
    figure = change.new if change.old == change.new else f"{change.old or 'empty'} → {change.new}"
    known = f", known {f'to {new}' if new else 'exactly'}, not {old or 'exactly'}" if change.old and old != new else ""
    printed = ", printed, not derived" if change.old == change.new and not known else ""
    return f"{change.table}/{'/'.join(change.key)} {change.column} {figure}{known}{printed}"


def _some(items: Sequence[str]) -> str:
    more = f" and {len(items) - SAMPLES} more" if len(items) > SAMPLES else ""
    return "; ".join(items[:SAMPLES]) + more
