"""Diff: today's story beside the same at another time; told in lines, or as Markdown
for a pull request.

The exit status is 0 where no words need a person, 1 where some are false or nobody has
read them as they are now, 2 where a side is not there or today's tables or texts cannot
be read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from press.approvals import Review
from press.desk.change_entry import (
    ChangeOptions,
    check_title,
    write_change_and_describe_outcome,
)
from press.desk.differences import (
    DiffSection,
    compare_pages,
    find_newly_revised_figures_with_pages,
    pair_numbers_of_sites,
)
from press.desk.order import Order, StoryHandle
from press.desk.read import list_unread_problems
from press.desk.sides import TOLD, ComparedSite, build_site_of_revision
from press.ground.errors import BuildError, Problem, format_count
from press.ground.steps import Say, discard_line
from press.pages import File

# exit statuses
SETTLED = 0
WORDS = 1
WRONG = 2
MOST = 8  # items of a kind in a pull request; elsewhere all are told
LONG = 300  # characters of an item in a pull request
SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!])")


class TodaysSite(NamedTuple):
    """The story as it is now: its site, what is wrong with it, and what nobody has read
    as it is.
    """

    compared: ComparedSite
    wrong: Sequence[Problem]
    unread: Sequence[Problem]

    @property
    def status(self) -> int:
        """The exit status of a comparison with it."""
        return WORDS if self.wrong or self.unread else SETTLED

    @property
    def work_left(self) -> str:
        """What is left to a person, in a line."""
        parts = list[str]()
        if self.wrong:
            parts.append(f"{format_count(len(self.wrong), 'problem')} (build.py check)")
        if self.unread:
            sentences = format_count(len(self.unread), "sentence")
            parts.append(
                f"{sentences} that nobody has read as it is now (build.py read)"
            )
        if not parts:
            return "No words need a person"
        return f"For a person: {' and '.join(parts)}"

    @property
    def sections(self) -> Iterator[DiffSection]:
        """Yield what is false, and what is unread, with its place."""
        yield _make_section_of_problems("False now", self.wrong)
        yield _make_section_of_problems("Unread now", self.unread)


def _make_section_of_problems(title: str, problems: Sequence[Problem]) -> DiffSection:
    """Return the places of some problems, and what is wrong there."""
    items = list[tuple[str, str]]()
    for problem in problems:
        line, _, _ = str(problem).partition("\n")
        place, _, what = line.partition(": ")
        items.append((place, what.removeprefix("unread: ")))
    return DiffSection(title, f"{len(items)}", items)


class DiffReport(NamedTuple):
    """What a diff says: since when, what could not be compared, what has changed, what
    is left to a person.

    ``differences`` is how much has changed; what is false or unread now stands among
    the sections as well.
    """

    since: str
    notes: Sequence[str]
    sections: Sequence[DiffSection]
    work_left: str
    differences: int

    @property
    def heading(self) -> str:
        """What is compared with what, in a line."""
        what = "What" if self.sections else "Nothing"
        return f"{what} has changed since {self.since}"

    @property
    def outcome(self) -> str:
        """What was done, in a line."""
        return (
            f"Compared with {self.since}:"
            f" {format_count(self.differences, 'difference')}"
        )

    def format_lines(self) -> Iterator[str]:
        """Yield lines, with all items."""
        yield self.heading
        for note in self.notes:
            yield f"  {note}"
        for section in self.sections:
            yield f"{section.title}: {section.amount}"
            for where, what in section.items:
                yield f"  {_make_printable(where)}: {_make_printable(what)}"
        yield self.work_left
        yield self.outcome

    def format_shortened_markdown(self) -> Iterator[str]:
        """Yield the lines of Markdown, with the first items of each kind."""
        yield f"### {_escape_and_shorten(self.heading)}"
        yield ""
        yield f"**{_escape_and_shorten(self.work_left)}.**"
        for note in self.notes:
            yield ""
            yield f"{_escape_and_shorten(note)}."
        for section in self.sections:
            yield ""
            yield f"**{section.title}**: {section.amount}"
            yield ""
            for where, what in section.items[:MOST]:
                yield f"* **{_escape_and_shorten(where)}**: {_escape_and_shorten(what)}"
            if len(section.items) > MOST:
                yield f"* and {len(section.items) - MOST} more"
        yield ""
        yield _escape_and_shorten(self.outcome)


def report_changes_since_revision(
    handle: StoryHandle, order: Order, revision: str, say: Say, *, markdown: bool
) -> int:
    """Compare today's story with a ``revision``, and say what has changed; return the
    exit status.

    Raises ``ToldError`` where that side is not there, and ``BuildError`` where today's
    story cannot be read.
    """
    before, today = _build_both_sites(handle, order, revision, say)
    figures = pair_numbers_of_sites(before.site, today.compared.site)
    notes = [] if figures else [f"{before.name}: no numbers to compare"]
    sections = [figures.section] if figures else []
    sections.append(_make_section_of_revised_figures(before, today.compared))
    sections.append(compare_pages(before.site, today.compared.site))
    found = [section for section in (*today.sections, *sections) if section.items]
    differences = sum(len(section.items) for section in sections)
    told = DiffReport(before.name, notes, found, today.work_left, differences)
    lines = told.format_shortened_markdown() if markdown else told.format_lines()
    say("\n".join(lines))
    return today.status


def write_change_since_revision(
    handle: StoryHandle, order: Order, revision: str, options: ChangeOptions, say: Say
) -> int:
    """Compare today's story with a ``revision``, and tell readers what has changed, as
    ``options`` says; return the exit status.

    Raises as ``report_changes_since_revision``, and ``BuildError`` where something
    is false now or what has changed cannot be named.
    """
    check_title(options)
    before, today = _build_both_sites(handle, order, revision, say)
    if today.wrong:
        raise BuildError(today.wrong)
    done = write_change_and_describe_outcome(
        options, before, today.compared, handle.root, say
    )
    to_read = "Its words are to be read as well: python build.py read"
    say(today.work_left if today.unread else to_read)
    say(done)
    return today.status


def _build_both_sites(
    handle: StoryHandle, order: Order, revision: str, say: Say
) -> tuple[ComparedSite, TodaysSite]:
    """Build both sides at once. Raises ``ToldError`` or ``BuildError``."""
    tell = say if sys.stdout.isatty() else discard_line
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(build_site_of_revision, revision, handle.root, tell)
        today = _build_todays_site(handle, order)
        return waiting.result(), today


def _build_todays_site(handle: StoryHandle, order: Order) -> TodaysSite:
    """Return the story as it is now. Raises ``BuildError`` where it cannot be read."""
    site = dict[str, File]()
    wrong = list[Problem]()
    unread = list[Problem]()

    def collect_unread(found: Review) -> Iterable[Problem]:
        if found.has_begun:
            unread.extend(list_unread_problems(found))
        return ()

    try:
        site.update(handle.build(order._replace(judge_unread=collect_unread)))
    except BuildError as error:
        if not site:
            raise
        wrong += error.problems
    told = {place: file.body for place, file in site.items() if place.endswith(TOLD)}
    return TodaysSite(ComparedSite("today", told), wrong, unread)


def _make_section_of_revised_figures(
    before: ComparedSite, after: ComparedSite
) -> DiffSection:
    """Return the figures that publishers have printed again since."""
    items = list[tuple[str, str]]()
    for item in find_newly_revised_figures_with_pages(before.site, after.site):
        place = f"{item.table}/{item.key} {item.column}"
        prints = f"{item.first} → {item.later}"
        items.append((place, f"{prints} ({', '.join(item.sources)})"))
    return DiffSection("Printed again", f"{len(items)}", items)


def _escape_and_shorten(words: str) -> str:
    """Write words so that Markdown shows them as they are, of many the beginning."""
    line = _make_printable(words)
    if len(line) > LONG:
        line = f"{line[: LONG - 1].rstrip()}…"
    return SPECIAL.sub(r"\\\1", line)


def _make_printable(words: str) -> str:
    """Return words on one line, with a space for each character that is not printed."""
    return "".join(each if each.isprintable() else " " for each in words)
