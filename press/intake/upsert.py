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
from press.ground.errors import Problems, counted, quoted, similar
from press.ground.invisible import find_invisible
from press.intake.prints import Print, Standing, is_jump, prints_of, standing_of
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
    def about(self) -> Description:
        """The description of the table."""
        return self.table.description

    @property
    def place(self) -> Place:
        """Where the row is."""
        return self.name, self.key

    @property
    def time(self) -> str:
        """The last time of the row, "" if it has none."""
        names = self.about.times[-1:]
        return "".join(self.cells.get(name, "") for name in names)

    @property
    def pages(self) -> list[str]:
        """The pages that print the line."""
        return pages_in(self.cells)

    @cached_property
    def new(self) -> dict[str, Print]:
        """The figures that have come in."""
        return prints_of(self.cells, self.about)

    @cached_property
    def old(self) -> dict[str, Print]:
        """The figures of the row, as it was."""
        return prints_of(self.row, self.about)

    @cached_property
    def derived(self) -> str:
        """The column whose figure followed from others: the first, if the row said."""
        is_derived = self.row.get("status") == "derived"
        return next(iter(self.about.figures)) if is_derived else ""

    @cached_property
    def revised(self) -> set[str]:
        """The columns whose figure is another one now."""
        both = self.old.keys() & self.new.keys()
        return {name for name in both if not self.old[name].agrees(self.new[name])}


def pages_in(cells: Mapping[str, str], column: str = CITED) -> list[str]:
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

    def take_pages(self, release: Release) -> None:
        """Take the rows of the table of sources that come in, whichever release has
        them, and whichever cites them.
        """
        for line in release.lines:
            if line.table == SOURCES and self._is_sound(self._match(line)):
                self._take_page(line.values)

    def take(self, release: Release) -> None:
        """Merge a release: of what it prints of one time either all revisions stand, or
        none; say which rows cite its page that it prints no more.

        A line of a December is that of the year, too.
        """
        cited = dict[str, str]()
        if release.source:
            self._is_sound(self._match(Line(SOURCES, release.source)))
            cited[CITED] = self._take_page(release.source)
            self.read.add(cited[CITED])
        lines = [
            Line(table, {**values, **cited})
            for table, values in release.lines
            if table != SOURCES
        ]
        lines += [year for line in lines for year in self._years_of(line)]
        groups = defaultdict[tuple[object, ...], list[Match]](list)
        for match in sorted(map(self._match, lines), key=attrgetter("place")):
            time = match.time or match.key
            printed_by = "".join(match.pages[:1])
            groups[match.name, time, printed_by].append(match)
        for group in groups.values():
            self._take_time(group, is_series=release.is_series)
        if release.source:
            printed = {match.place for group in groups.values() for match in group}
            self._tell_of_gone(cited[CITED], printed)

    def _tell_of_gone(self, page: str, printed: Collection[Place]) -> None:
        """Say which rows cite a page that prints them no more."""
        for name in sorted({name for name, _ in printed}):
            for key, row in cells_of(self.data[name]).items():
                if page in pages_in(row) and (name, key) not in printed:
                    gone = f"{name_row((name, key))} by {page}"
                    self.said["row no longer printed"].append(gone)

    def told(self) -> Iterator[str]:
        """Yield what merging does, in sentences."""
        for kind, items in self.said.items():
            thing, _, what = kind.partition(" ")
            shown = "; ".join(items[:SAMPLES])
            more = len(items) - SAMPLES
            if more > 0:
                shown += f" and {more} more"
            count = counted(len(items), thing)
            yield f"{count} {what}: {shown}"
        for (name, key), cells in self.rows.items():
            note = cells.get("note")
            old = cells_of(self.data[name]).get(key)
            if note and old and old | {CITED: ""} != cells | {CITED: ""}:
                row = name_row((name, key))
                changed = f"{row} has changed, and its note says {quoted(note)}"
                yield f"{changed}: is it still so?"

    def with_pages(self) -> dict[Place, dict[str, str]]:
        """Return the rows that change, and those of the pages that they cite."""
        cited = {
            page
            for cells in self.rows.values()
            for column in (CITED, "old_source_ids")
            for page in pages_in(cells, column)
        }
        known = sorted(cited.intersection(self.pages))
        pages = {(SOURCES, (page,)): self.pages[page] for page in known}
        return pages | self.rows

    def _match(self, line: Line) -> Match:
        """Find the row that a line is of."""
        table = self.data[line.table]
        names = table.description.primary_key
        key = tuple(line.values.get(name, "") for name in names)
        old = cells_of(table).get(key, {})
        row = dict(self.rows.get((line.table, key), old))
        return Match(line.table, table, key, line.values, row)

    def _years_of(self, line: Line) -> Iterator[Line]:
        """Yield a line of a December as one of its year."""
        month = self._match(line).time
        for name, table in self.data.items():
            about = table.description
            if about.refresh.december_of == line.table and month.endswith(DECEMBER):
                year = {about.times[-1]: month.removesuffix(DECEMBER)}
                cells = {**line.values, **year}
                own = sorted(cells.keys() & about.fields.keys())
                yield Line(name, {column: cells[column] for column in own})

    def _page(self, page: str) -> Mapping[str, str]:
        """Return the row of a page, empty where there is none."""
        old = cells_of(self.data[SOURCES]).get((page,), {})
        return self.pages.get(page, old)

    def _take_page(self, source: Mapping[str, str]) -> str:
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
        page = self._page(name) or source
        if page["address"] != address:
            found = f"found the id {quoted(name)} for {address}"
            other = f"it is that of {page['address']}"
            path = self.data[SOURCES].path
            message = f"{found}, expected one of its own"
            self.problems.add(path, 1, message, f"{other}: {MOVED}")
        when = {column: source[column] for column in TAKEN if source.get(column)}
        self.pages.setdefault(name, {**page, **when})
        return name

    def _standing(self, pages: Sequence[str]) -> Standing:
        """Return the standing of the first of some pages."""
        page = self._page("".join(pages[:1]))
        return standing_of(page, self.data[SOURCES])

    def _take_time(self, matches: Sequence[Match], *, is_series: bool) -> None:
        """Merge what one page prints of one time."""
        for match, other in pairwise(matches):
            if match.key == other.key:
                self._refuse(match, "", "found two rows for it, expected one")
        if is_series:
            known = [match for match in matches if match.old]
            self.again.update((match.name, not match.revised) for match in known)
        sound = list(filter(self._is_sound, matches))
        revised = [match for match in sound if match.revised - {match.derived}]
        is_first = all(map(self._is_first, revised)) if revised else None
        for match in sound:
            before = dict(match.row)
            if before:
                stands = [self._hold(match, name, is_first) for name in match.new]
                self._set_words(match)
                self._cite(match, stands=any(stands))
            else:
                match.row.update(match.cells)
                kind = f"row new in {match.name}"
                self.said[kind].append(", ".join(match.key))
            if match.row != before:
                self.rows[match.place] = match.row

    def _is_first(self, match: Match) -> bool:
        """Tell whether a page's print is the first beside that of the row."""
        own = self._standing(match.pages)
        other = self._standing(pages_in(match.row))
        if match.about.refresh.follows_revisions:
            return own.is_older(other)
        return own.is_first(other)

    def _is_sound(self, match: Match) -> bool:
        """Tell whether each cell keeps to its column, shows all that it has, and no
        page prints what lies ahead of it; note what does not.
        """
        count = len(self.problems)
        fields = match.about.fields
        for name, text in match.cells.items():
            for hidden in find_invisible(text):
                self._refuse(match, name, hidden.message, SEEN)
            if name not in fields:
                found = f"found the column {quoted(name)}"
                self._refuse(match, "", found, similar(name, fields))
                continue
            try:
                fields[name].parse(text)
            except ValueError as error:
                place = f"{match.about.path}:{fields[name].line}"
                hint = f"its column is described in {place}"
                self._refuse(match, name, str(error), hint)
        published = self._standing(match.pages).published
        known = min(len(published), len(match.time))
        is_ahead = match.time[:known] > published[:known]
        if published[:1].isdigit() and is_ahead and not match.row:
            found = f"found a figure of {match.time} on a page of {published}"
            expected = f"{found}, {match.pages[0]}, expected a page that is later"
            self._refuse(match, "", expected, LATE)
        return len(self.problems) == count

    def _hold(self, match: Match, column: str, is_first: bool | None) -> bool:  # noqa: FBT001 - as the page is to the rows of its time
        """Hold a figure to that of the row, which it may change; tell whether one now
        stands that the row's pages print otherwise, or less exactly.

        A finer print stands unless it comes with revisions that do not.
        """
        old = match.old.get(column)
        new = match.new[column]
        is_published = match.cells.get("status") == "published"
        is_printed_now = column == match.derived and is_published
        is_finer = old is not None and new.width < old.width
        is_as_fine = old is not None and new.width == old.width
        follows = match.about.refresh.follows_revisions
        stands = is_first is None or is_first != follows
        if column in match.revised:
            if not self._revise(match, column, is_first):
                return False
        elif old is None:
            self._tell("figure filled in", match, column)
        elif stands and (is_finer or (is_as_fine and is_printed_now)):
            self._tell("figure known more exactly", match, column)
        else:
            there = f"{name_row(match.place)} {column}"
            self.said["figure there already"].append(there)
            return False
        taken = {column, match.about.figures[column]}
        if is_printed_now:
            taken |= {"status", "note"}
        for name in taken & match.row.keys():
            match.row[name] = match.cells.get(name, "")
        return old is not None

    def _revise(self, match: Match, column: str, is_first: bool | None) -> bool:  # noqa: FBT001 - as above
        """Log that a page prints another figure than a row has; tell whether it is to
        stand. A derived figure gives way, unless those that it follows from are revised
        and stay: then it does, too.

        Refuse what cannot be.
        """
        old = match.row[column]
        new = match.cells[column]
        if not match.pages:  # no prints, but what a person sets
            self._tell("cell set", match, column)
            return True
        page = match.pages[0]
        cited = pages_in(match.row)
        is_derived = column == match.derived
        gives_way = is_derived and is_first is None
        is_lower = self._standing([page]).rank > self._standing(cited).rank
        if page in cited and page not in self.read and not is_derived:
            found = f"found {new} in {page}, which is cited for {old}"
            self._refuse(match, column, found, SLIP)
        elif is_lower and not (is_first or gives_way):
            kind = "figure left out, for a page that ranks higher prints another"
            self._tell(kind, match, column)
            return False
        name = name_row(match.place, column)
        about = match.about.fields[column]
        if is_jump((Decimal(old), ""), (Decimal(new), ""), about):
            self.jumps[name] = f"{new} is further from {old} than its jump allows"
        prints = [(old, ";".join(cited)), (new, page)]
        if is_first:
            prints.reverse()
        self._log(match, column, prints)
        follows = match.about.refresh.follows_revisions
        stands = gives_way or bool(is_first) != follows
        if stands:
            self.replaced.append(f"{name} {old} → {new}")
        return stands

    def _log(
        self, match: Match, column: str, prints: Sequence[tuple[str, str]]
    ) -> None:
        """Write a revision to the log: the earlier print and its pages, the later."""
        (earlier, earliest), (later, latest) = prints
        cells = {
            "table": match.name,
            "key": match.about.key_in_log(match.key),
            "column": column,
            "old": earlier,
            "new": later,
            "published": self._standing(latest.split(";")).published,
            "old_source_ids": earliest,
            CITED: latest,
        }
        entry = self._match(Line(LOG, cells))
        if not entry.row:
            self.rows[entry.place] = cells
            self._tell("figure revised", match, column)

    def _set_words(self, match: Match) -> None:
        """Set the words that a person has written besides figures."""
        for column, text in match.cells.items():
            is_word = match.about.fields[column].type not in COUNTED
            is_set = is_word and column not in {"status", CITED}
            if text and is_set and match.row.get(column) != text:
                self._tell("cell set", match, column)
                match.row[column] = text

    def _cite(self, match: Match, *, stands: bool) -> None:
        """Add the pages of a line to the row's: the finest print first, of equal ones
        the body's own first.
        """
        held = prints_of(match.row, match.about)
        both = [(match.new[name], held[name]) for name in match.new if name in held]
        agreeing = [new.agrees(old) for new, old in both]
        is_as_fine = any(new.width == old.width for new, old in both)
        is_fine = all(agreeing) and is_as_fine
        ids = pages_in(match.row)
        pages = match.pages if any(agreeing) or not agreeing else []
        for page in pages:
            if page not in ids:
                rank = self._standing([page]).rank
                ranks = [self._standing([each]).rank for each in ids]
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

    def _refuse(self, match: Match, column: str, message: str, hint: str = "") -> None:
        """Note what is wrong with a line: at the row that is there, else at the
        table.
        """
        keys = list(cells_of(match.table))
        line = 1
        if match.key in keys:
            line = match.table.rows[keys.index(match.key)].line
        what = f"{name_row(match.place, column)}: {message}"
        self.problems.add(match.table.path, line, what, hint)

    def _tell(self, kind: str, match: Match, column: str) -> None:
        """Say how a cell changes: from what to what."""
        old = match.row.get(column) or "empty"
        new = match.cells[column]
        figure = new if old == new else f"{old} → {new}"
        row = name_row(match.place)
        self.said[kind].append(f"{row} {column} {figure}")
