"""Upserting: lines of releases become rows of tables, or change known ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from press.data import COUNTED, Data, Description, Table
from press.ground.errors import Problems, format_count, quote_words, suggest_similar
from press.ground.invisible import locate_invisible
from press.intake.prints import Print, Standing, get_standing, is_jump, prints_of
from press.intake.release import SOURCES, TAKEN, Line, Release
from press.intake.rows import Key, Place, cells_of, name_row

LOG = "revisions"
CITED = "source_ids"
SAMPLES = 3  # of rows or figures of one kind; of more the number is told
DECEMBER = "-12"
LATE = "if the page has changed since, its row says so in published"
SLIP = "if that was misread, correct it in the table; a later print has its own page"
MOVED = "if the page has moved, correct its address there"
SEEN = "look at what the page shows, and record that"


@dataclass
class Match:
    """A line that has come in, and the row that it is of: ``row`` is empty where that
    is new, and becomes what the row will be.
    """

    name: str
    table: Table
    key: Key
    cells: Mapping[str, str]
    row: dict[str, str]

    @property
    def description(self) -> Description:
        """The description of the table."""
        return self.table.description

    @property
    def place(self) -> Place:
        """Where the row is."""
        return self.name, self.key

    @property
    def time(self) -> str:
        """The last time of the row, "" if it has none."""
        names = self.description.times[-1:]
        return "".join(self.cells.get(name, "") for name in names)

    @property
    def page_ids(self) -> list[str]:
        """The pages that print the line."""
        return list_page_ids(self.cells)

    @cached_property
    def new_prints(self) -> dict[str, Print]:
        """The figures that have come in."""
        return prints_of(self.cells, self.description)

    @cached_property
    def old_prints(self) -> dict[str, Print]:
        """The figures of the row, as it was."""
        return prints_of(self.row, self.description)

    @cached_property
    def derived_column(self) -> str:
        """The column whose figure followed from others: the first, if the row said."""
        is_derived = self.row.get("status") == "derived"
        return next(iter(self.description.figures)) if is_derived else ""

    @cached_property
    def revised_columns(self) -> set[str]:
        """The columns whose figure is another one now."""
        both = self.old_prints.keys() & self.new_prints.keys()
        return {
            name
            for name in both
            if not self.old_prints[name].agrees(self.new_prints[name])
        }


def list_page_ids(cells: Mapping[str, str], column: str = CITED) -> list[str]:
    """Return the pages that the cells of a row cite."""
    return list(filter(None, cells.get(column, "").split(";")))


@dataclass
class Upsert:
    """What merging has come to: rows as they would be, and what has changed in them."""

    data: Data
    # those that change, whole
    rows: dict[Place, dict[str, str]] = field(default_factory=dict)
    # by what is said of them
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    read: set[str] = field(default_factory=set)  # pages that a program has read
    # the table of sources, with the pages that came in
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    jumps: dict[str, str] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)  # figures for others
    # rows of a table that a series prints again, by whether their figures agree
    again: Counter[tuple[str, bool]] = field(default_factory=Counter)
    problems: Problems = field(default_factory=Problems)

    def collect_pages(self, release: Release) -> None:
        """Take the rows of the table of sources that come in, whichever release has
        them, and whichever cites them.
        """
        for line in release.lines:
            if line.table == SOURCES and self._is_sound(self._match_row(line)):
                self._add_page(line.values)

    def merge_release(self, release: Release) -> None:
        """Merge a release: of what it prints of one time either all revisions stand, or
        none; say which rows cite its page that it prints no more.

        A line of a December is that of the year, too.
        """
        cited = dict[str, str]()
        if release.source:
            self._is_sound(self._match_row(Line(SOURCES, release.source)))
            cited[CITED] = self._add_page(release.source)
            self.read.add(cited[CITED])
        lines = [
            Line(table, {**values, **cited})
            for table, values in release.lines
            if table != SOURCES
        ]
        lines += [year for line in lines for year in self._list_year_lines(line)]
        groups = defaultdict[tuple[object, ...], list[Match]](list)
        for match in sorted(map(self._match_row, lines), key=attrgetter("place")):
            time = match.time or match.key
            printed_by = "".join(match.page_ids[:1])
            groups[match.name, time, printed_by].append(match)
        for group in groups.values():
            self._merge_lines_of_time(group, is_series=release.is_series)
        if release.source:
            printed = {match.place for group in groups.values() for match in group}
            self._note_rows_no_longer_printed(cited[CITED], printed)

    def _note_rows_no_longer_printed(
        self, page: str, printed: Collection[Place]
    ) -> None:
        """Say which rows cite a page that prints them no more."""
        for name in sorted({name for name, _ in printed}):
            for key, row in cells_of(self.data[name]).items():
                if page in list_page_ids(row) and (name, key) not in printed:
                    gone = f"{name_row((name, key))} by {page}"
                    self.said["row no longer printed"].append(gone)

    def describe_changes(self) -> Iterator[str]:
        """Yield what merging does, in sentences."""
        for kind, items in self.said.items():
            thing, _, what = kind.partition(" ")
            shown = "; ".join(items[:SAMPLES])
            more = len(items) - SAMPLES
            if more > 0:
                shown += f" and {more} more"
            count = format_count(len(items), thing)
            yield f"{count} {what}: {shown}"
        for (name, key), cells in self.rows.items():
            note = cells.get("note")
            old = cells_of(self.data[name]).get(key)
            if note and old and old | {CITED: ""} != cells | {CITED: ""}:
                row = name_row((name, key))
                changed = f"{row} has changed, and its note says {quote_words(note)}"
                yield f"{changed}: is it still so?"

    def with_pages(self) -> dict[Place, dict[str, str]]:
        """Return the rows that change, and those of the pages that they cite."""
        cited = {
            page
            for cells in self.rows.values()
            for column in (CITED, "old_source_ids")
            for page in list_page_ids(cells, column)
        }
        known = sorted(cited.intersection(self.pages))
        pages = {(SOURCES, (page,)): self.pages[page] for page in known}
        return pages | self.rows

    def _match_row(self, line: Line) -> Match:
        """Find the row that a line is of."""
        table = self.data[line.table]
        names = table.description.primary_key
        key = tuple(line.values.get(name, "") for name in names)
        old = cells_of(table).get(key, {})
        row = dict(self.rows.get((line.table, key), old))
        return Match(line.table, table, key, line.values, row)

    def _list_year_lines(self, line: Line) -> Iterator[Line]:
        """Yield a line of a December as one of its year."""
        month = self._match_row(line).time
        for name, table in self.data.items():
            about = table.description
            if about.refresh.december_of == line.table and month.endswith(DECEMBER):
                year = {about.times[-1]: month.removesuffix(DECEMBER)}
                cells = {**line.values, **year}
                own = sorted(cells.keys() & about.fields.keys())
                yield Line(name, {column: cells[column] for column in own})

    def _get_page(self, page: str) -> Mapping[str, str]:
        """Return the row of a page, empty where there is none."""
        old = cells_of(self.data[SOURCES]).get((page,), {})
        return self.pages.get(page, old)

    def _add_page(self, source: Mapping[str, str]) -> str:
        """Return the id of a page: the one that its address has already, or its new
        one, which no other has.
        """
        address = source.get("address")
        old = cells_of(self.data[SOURCES]).values()
        same = [
            row["id"]
            for row in (*old, *self.pages.values())
            if row["address"] == address
        ]
        name = (same or [source["id"]])[0]
        page = self._get_page(name) or source
        if page["address"] != address:
            found = f"found the id {quote_words(name)} for {address}"
            other = f"it is that of {page['address']}"
            path = self.data[SOURCES].path
            message = f"{found}, expected one of its own"
            self.problems.add(path, 1, message, f"{other}: {MOVED}")
        when = {column: source[column] for column in TAKEN if source.get(column)}
        self.pages.setdefault(name, {**page, **when})
        return name

    def _get_standing(self, pages: Sequence[str]) -> Standing:
        """Return the standing of the first of some pages."""
        page = self._get_page("".join(pages[:1]))
        return get_standing(page, self.data[SOURCES])

    def _merge_lines_of_time(
        self, matches: Sequence[Match], *, is_series: bool
    ) -> None:
        """Merge what one page prints of one time."""
        for match, other in pairwise(matches):
            if match.key == other.key:
                self._add_problem(match, "", "found two rows for it, expected one")
        if is_series:
            known = [match for match in matches if match.old_prints]
            self.again.update(
                (match.name, not match.revised_columns) for match in known
            )
        sound = list(filter(self._is_sound, matches))
        revised = [
            match for match in sound if match.revised_columns - {match.derived_column}
        ]
        is_first = all(map(self._is_first, revised)) if revised else None
        for match in sound:
            before = dict(match.row)
            if before:
                stands = [
                    self._merge_figure(match, name, is_first)
                    for name in match.new_prints
                ]
                self._set_words(match)
                self._add_cited_pages(match, stands=any(stands))
            else:
                match.row.update(match.cells)
                kind = f"row new in {match.name}"
                self.said[kind].append(", ".join(match.key))
            if match.row != before:
                self.rows[match.place] = match.row

    def _is_first(self, match: Match) -> bool:
        """Tell whether a page's print is the first beside that of the row."""
        own = self._get_standing(match.page_ids)
        other = self._get_standing(list_page_ids(match.row))
        if match.description.refresh.follows_revisions:
            return own.is_older(other)
        return own.is_first(other)

    def _is_sound(self, match: Match) -> bool:
        """Tell whether each cell keeps to its column, shows all that it has, and no
        page prints what lies ahead of it; note what does not.
        """
        count = len(self.problems)
        fields = match.description.fields
        for name, text in match.cells.items():
            for hidden in locate_invisible(text):
                self._add_problem(match, name, hidden.message, SEEN)
            if name not in fields:
                found = f"found the column {quote_words(name)}"
                self._add_problem(match, "", found, suggest_similar(name, fields))
                continue
            try:
                fields[name].parse(text)
            except ValueError as error:
                place = f"{match.description.path}:{fields[name].line}"
                hint = f"its column is described in {place}"
                self._add_problem(match, name, str(error), hint)
        published = self._get_standing(match.page_ids).published
        known = min(len(published), len(match.time))
        is_ahead = match.time[:known] > published[:known]
        if published[:1].isdigit() and is_ahead and not match.row:
            found = f"found a figure of {match.time} on a page of {published}"
            expected = f"{found}, {match.page_ids[0]}, expected a page that is later"
            self._add_problem(match, "", expected, LATE)
        return len(self.problems) == count

    def _merge_figure(self, match: Match, column: str, is_first: bool | None) -> bool:  # noqa: FBT001 - as the page is to the rows of its time
        """Hold a figure to that of the row, which it may change; tell whether one now
        stands that the row's pages print otherwise, or less exactly.

        A finer print stands unless it comes with revisions that do not.
        """
        old = match.old_prints.get(column)
        new = match.new_prints[column]
        is_published = match.cells.get("status") == "published"
        is_printed_now = column == match.derived_column and is_published
        is_finer = old is not None and new.width < old.width
        is_as_fine = old is not None and new.width == old.width
        follows = match.description.refresh.follows_revisions
        stands = is_first is None or is_first != follows
        if column in match.revised_columns:
            if not self._merge_revision(match, column, is_first):
                return False
        elif old is None:
            self._note_change("figure filled in", match, column)
        elif stands and (is_finer or (is_as_fine and is_printed_now)):
            self._note_change("figure known more exactly", match, column)
        else:
            there = f"{name_row(match.place)} {column}"
            self.said["figure there already"].append(there)
            return False
        taken = {column, match.description.figures[column]}
        if is_printed_now:
            taken |= {"status", "note"}
        for name in taken & match.row.keys():
            match.row[name] = match.cells.get(name, "")
        return old is not None

    def _merge_revision(self, match: Match, column: str, is_first: bool | None) -> bool:  # noqa: FBT001 - as above
        """Log that a page prints another figure than a row has; tell whether it is to
        stand. A derived figure gives way, unless those that it follows from are revised
        and stay: then it does, too.

        Refuse what cannot be.
        """
        old = match.row[column]
        new = match.cells[column]
        if not match.page_ids:  # no prints, but what a person sets
            self._note_change("cell set", match, column)
            return True
        page = match.page_ids[0]
        cited = list_page_ids(match.row)
        is_derived = column == match.derived_column
        gives_way = is_derived and is_first is None
        is_lower = self._get_standing([page]).rank > self._get_standing(cited).rank
        if page in cited and page not in self.read and not is_derived:
            found = f"found {new} in {page}, which is cited for {old}"
            self._add_problem(match, column, found, SLIP)
        elif is_lower and not (is_first or gives_way):
            kind = "figure left out, for a page that ranks higher prints another"
            self._note_change(kind, match, column)
            return False
        name = name_row(match.place, column)
        about = match.description.fields[column]
        if is_jump((Decimal(old), ""), (Decimal(new), ""), about):
            self.jumps[name] = f"{new} is further from {old} than its jump allows"
        prints = [(old, ";".join(cited)), (new, page)]
        if is_first:
            prints.reverse()
        self._log_revision(match, column, prints)
        follows = match.description.refresh.follows_revisions
        stands = gives_way or bool(is_first) != follows
        if stands:
            self.replaced.append(f"{name} {old} → {new}")
        return stands

    def _log_revision(
        self, match: Match, column: str, prints: Sequence[tuple[str, str]]
    ) -> None:
        """Write a revision to the log: the earlier print and its pages, the later."""
        (earlier, earliest), (later, latest) = prints
        cells = {
            "table": match.name,
            "key": match.description.format_key_for_log(match.key),
            "column": column,
            "old": earlier,
            "new": later,
            "published": self._get_standing(latest.split(";")).published,
            "old_source_ids": earliest,
            CITED: latest,
        }
        entry = self._match_row(Line(LOG, cells))
        if not entry.row:
            self.rows[entry.place] = cells
            self._note_change("figure revised", match, column)

    def _set_words(self, match: Match) -> None:
        """Set the words that a person has written besides figures."""
        for column, text in match.cells.items():
            is_word = match.description.fields[column].type not in COUNTED
            is_set = is_word and column not in {"status", CITED}
            if text and is_set and match.row.get(column) != text:
                self._note_change("cell set", match, column)
                match.row[column] = text

    def _add_cited_pages(self, match: Match, *, stands: bool) -> None:
        """Add the pages of a line to the row's: the finest print first, of equal ones
        the body's own first.
        """
        held = prints_of(match.row, match.description)
        both = [
            (match.new_prints[name], held[name])
            for name in match.new_prints
            if name in held
        ]
        agreeing = [new.agrees(old) for new, old in both]
        is_as_fine = any(new.width == old.width for new, old in both)
        is_fine = all(agreeing) and is_as_fine
        ids = list_page_ids(match.row)
        pages = match.page_ids if any(agreeing) or not agreeing else []
        for page in pages:
            if page not in ids:
                rank = self._get_standing([page]).rank
                ranks = [self._get_standing([each]).rank for each in ids]
                behind = [at for at, each in enumerate(ranks) if each > rank]
                at = len(ids)
                if stands:
                    at = 0
                elif is_fine:
                    at = min(behind, default=at)
                ids.insert(at, page)
                more = f"{name_row(match.place)} by {page}"
                self.said["row with one page more"].append(more)
        if CITED in match.row:
            match.row[CITED] = ";".join(ids)

    def _add_problem(
        self, match: Match, column: str, message: str, hint: str = ""
    ) -> None:
        """Note what is wrong with a line: at the row that is there, else at the
        table.
        """
        keys = list(cells_of(match.table))
        line = 1
        if match.key in keys:
            line = match.table.rows[keys.index(match.key)].line
        what = f"{name_row(match.place, column)}: {message}"
        self.problems.add(match.table.path, line, what, hint)

    def _note_change(self, kind: str, match: Match, column: str) -> None:
        """Say how a cell changes: from what to what."""
        old = match.row.get(column) or "empty"
        new = match.cells[column]
        figure = new if old == new else f"{old} → {new}"
        row = name_row(match.place)
        self.said[kind].append(f"{row} {column} {figure}")
