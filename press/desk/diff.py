"""Diff: today's story beside the same at another time; told in lines, or as Markdown
for a pull request.

The exit status is 0 where no words need a person, 1 where some are false or nobody has
read them as they are now, 2 where a side is not there or today's tables or texts cannot
be read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from press.approvals import Review
from press.desk.differences import (
    ChangesOfKind,
    compare_numbers,
    compare_pages,
    find_new_revisions,
)
from press.desk.name import Naming, check_title, name_change
from press.desk.order import Desk, Order
from press.desk.read import list_unread_problems
from press.desk.sides import TOLD, Side, build_side
from press.ground.errors import BuildError, Problem, format_count
from press.ground.steps import discard_line
from press.pages import File

SETTLED, WORDS, WRONG = 0, 1, 2  # exit statuses
MOST = 8  # items of a kind in a pull request; elsewhere all are told
LONG = 300  # characters of an item in a pull request
SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!])")
Say = Callable[[str], None]


class Today(NamedTuple):
    """The story as it is now: its side, what is wrong with it, and what nobody has read
    as it is.
    """

    side: Side
    wrong: Sequence[Problem]
    unread: Sequence[Problem]

    @property
    def outcome(self) -> str:
        """What is left to a person, in a line."""
        wrong = (
            f"{format_count(len(self.wrong), 'problem')} (build.py check)"
            if self.wrong
            else ""
        )
        unread = (
            f"{format_count(len(self.unread), 'sentence')} that nobody has read as"
            " it is now"
            " (build.py read)"
        )
        parts = [part for part in (wrong, unread if self.unread else "") if part]
        return (
            f"For a person: {' and '.join(parts)}"
            if parts
            else "No words need a person"
        )

    @property
    def sections(self) -> Iterator[ChangesOfKind]:
        """Yield what is false, and what is unread, with its place."""
        for title, found in (("False now", self.wrong), ("Unread now", self.unread)):
            lines = [
                str(problem).partition("\n")[0].partition(": ") for problem in found
            ]
            yield ChangesOfKind(
                title,
                f"{len(found)}",
                [(place, what.removeprefix("unread: ")) for place, _, what in lines],
            )


class Comparison(NamedTuple):
    """What a diff says: since when, what could not be compared, what has changed, what
    is left to a person.

    ``differences`` is how much has changed; what is false or unread now stands among
    the sections as well.
    """

    since: str
    notes: Sequence[str]
    sections: Sequence[ChangesOfKind]
    outcome: str
    differences: int

    @property
    def heading(self) -> str:
        """What is compared with what, in a line."""
        return (
            f"{'What' if self.sections else 'Nothing'} has changed since {self.since}"
        )

    @property
    def done(self) -> str:
        """What was done, in a line."""
        return (
            f"Compared with {self.since}:"
            f" {format_count(self.differences, 'difference')}"
        )

    def lines(self) -> Iterator[str]:
        """Yield lines, with all items."""
        yield self.heading
        yield from (f"  {note}" for note in self.notes)
        for section in self.sections:
            yield f"{section.title}: {section.amount}"
            yield from (
                f"  {_in_a_line(where)}: {_in_a_line(what)}"
                for where, what in section.items
            )
        yield self.outcome
        yield self.done

    def markdown(self) -> Iterator[str]:
        """Yield the lines of Markdown, with the first items of each kind."""
        yield from (
            f"### {_escaped(self.heading)}",
            "",
            f"**{_escaped(self.outcome)}.**",
        )
        yield from (line for note in self.notes for line in ("", f"{_escaped(note)}."))
        for section in self.sections:
            yield from ("", f"**{section.title}**: {section.amount}", "")
            yield from (
                f"* **{_escaped(where)}**: {_escaped(what)}"
                for where, what in section.items[:MOST]
            )
            if len(section.items) > MOST:
                yield f"* and {len(section.items) - MOST} more"
        yield from ("", _escaped(self.done))


def compare_with_revision(  # noqa: PLR0913 - two sides, and two ways to tell them
    desk: Desk,
    order: Order,
    revision: str,
    naming: Naming | None,
    say: Say,
    *,
    markdown: bool,
) -> int:
    """Compare today's story with a ``revision``, and say what has changed, or name it
    as ``naming`` says.

    Raises ``ToldError`` where that side is not there, and ``BuildError`` where today's
    story cannot be read, or what has changed cannot be named.
    """
    if naming:
        check_title(naming)
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(
            build_side,
            revision,
            desk.root,
            say if sys.stdout.isatty() else discard_line,
        )
        today = _today(desk, order)
        before = waiting.result()
    if naming:
        if today.wrong:
            raise BuildError(today.wrong)
        done = name_change(naming, before, today.side, desk.root, say)
        say(
            "Its words are to be read as well: python build.py read"
            if not today.unread
            else today.outcome
        )
        say(done)
    else:
        notes, sections = _compared(before, today.side)
        found = [section for section in (*today.sections, *sections) if section.items]
        differences = sum(len(section.items) for section in sections)
        told = Comparison(before.name, notes, found, today.outcome, differences)
        say("\n".join(told.markdown() if markdown else told.lines()))
    return WORDS if today.wrong or today.unread else SETTLED


def _today(desk: Desk, order: Order) -> Today:
    """Return the story as it is now. Raises ``BuildError`` where it cannot be read."""
    site = dict[str, File]()
    wrong = list[Problem]()
    unread = list[Problem]()

    def look(found: Review) -> Iterable[Problem]:
        unread.extend(list_unread_problems(found) if found.has_begun else ())
        return ()

    try:
        for address, file in desk.build(order._replace(look=look)):
            site[address] = file
    except BuildError as error:
        if not site:
            raise
        wrong += error.problems
    known = {
        address: file.body for address, file in site.items() if address.endswith(TOLD)
    }
    return Today(Side("today", known), wrong, unread)


def _compared(before: Side, after: Side) -> tuple[list[str], list[ChangesOfKind]]:
    """Compare numbers, revisions and pages; return what could not be compared, and what
    has changed.
    """
    figures = compare_numbers(before.site, after.site)
    again = [
        (
            f"{item.table}/{item.key} {item.column}",
            f"{item.first} → {item.later} ({', '.join(item.sources)})",
        )
        for item in find_new_revisions(before.site, after.site)
    ]
    printed = ChangesOfKind("Printed again", f"{len(again)}", again)
    found = [printed, compare_pages(before.site, after.site)]
    return (
        ([], [figures.section, *found])
        if figures
        else ([f"{before.name}: no numbers to compare"], found)
    )


def _escaped(words: str) -> str:
    """Write words so that Markdown shows them as they are, of many the beginning."""
    line = _in_a_line(words)
    return SPECIAL.sub(
        r"\\\1", line if len(line) <= LONG else f"{line[: LONG - 1].rstrip()}…"
    )


def _in_a_line(words: str) -> str:
    return "".join(each if each.isprintable() else " " for each in words)
