"""Upserting: lines of releases become rows of tables, or change known ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from press.data import COUNTED, Data, TableDescription
from press.ground.errors import Problems, quote_words, suggest_similar_or_all
from press.ground.invisible import locate_invisible
from press.intake.prints import (
    PrintedValue,
    SourceStanding,
    get_source_standing,
    read_printed_values,
)
from press.intake.release import SOURCES, TAKEN, Release
from press.intake.rows import Key, TableAndKey, format_cell_path, get_cells_by_key

LOG = "revisions"
CITED = "source_ids"
DECEMBER = "-12"
LATE = "if the page has changed since, its row says so in published"
SLIP = "if that was misread, correct it in the table; a later print has its own page"
MOVED = "if the page has moved, correct its address there"
SEEN = "look at what the page shows, and record that"
LEFT_OUT = (
    "row left out, for a page that ranks higher prints another figure of its time"
)


def list_page_ids(cells: Mapping[str, str]) -> list[str]:
    """Return the pages that the cells of a row cite."""
    return list(filter(None, cells.get(CITED, "").split(";")))


# a figure that comes in: one that the row lacks, another one, or the same, which may be
# known more exactly
Relation = Literal["lacking", "revised", "finer", "same"]


@dataclass(frozen=True)
class MatchedRow:
    """The ``cells`` of a line that has come in, and the row that it is of: ``old``
    as it was, empty where it is new, ``row`` as it becomes.
    """

    table: str
    key: Key
    description: TableDescription
    cells: Mapping[str, str]
    old: Mapping[str, str]
    row: dict[str, str]

    @property
    def place(self) -> TableAndKey:
        """Where the row is."""
        return self.table, self.key

    @property
    def time(self) -> str:
        """The last time of the row, "" if it has none."""
        names = self.description.time_keys[-1:]
        return "".join(self.cells.get(name, "") for name in names)

    @property
    def page_ids(self) -> list[str]:
        """The pages that print the line."""
        return list_page_ids(self.cells)

    @cached_property
    def new_prints(self) -> dict[str, PrintedValue]:
        """The figures that have come in; without a page they are no prints."""
        return (
            read_printed_values(self.cells, self.description) if self.page_ids else {}
        )

    @cached_property
    def old_prints(self) -> dict[str, PrintedValue]:
        """The figures of the row, as it was."""
        return read_printed_values(self.old, self.description)

    @property
    def derived_column(self) -> str:
        """The column whose figure followed from others: the first, if the row said."""
        is_derived = self.old.get("status") == "derived"
        return (
            next(iter(self.description.precision_column_by_figure_column))
            if is_derived
            else ""
        )

    @cached_property
    def relations_by_column(self) -> Mapping[str, Relation]:
        """How each figure that has come in relates to that of the row."""
        found = dict[str, Relation]()
        for column, new in self.new_prints.items():
            old = self.old_prints.get(column)
            found[column] = "same"
            if old is None:
                found[column] = "lacking"
            elif not old.agrees_with(new):
                found[column] = "revised"
            elif new.is_more_exact_than(old):
                found[column] = "finer"
        return found

    def list_columns(self, *relations: Relation) -> list[str]:
        """Return the columns whose figures relate so to those of the row."""
        return [
            column
            for column, relation in self.relations_by_column.items()
            if relation in relations
        ]

    @property
    def is_revision(self) -> bool:
        """Whether a figure that was printed is another one now."""
        revised = set(self.list_columns("revised"))
        return bool(revised - {self.derived_column})


class ReleaseMerger:
    """What merging has come to.

    ``rows`` are those that change, whole, by their table. ``revisions`` are the
    columns of matches of which the log lacked the other print. ``again`` counts the
    rows of a table that were there and are printed again, ``same`` those of which no
    figure is another.
    ``notes`` says what a person is told besides the rows that change, by what it is.
    """

    def __init__(self, data: Data) -> None:
        """Begin with the tables as they are."""
        self.data = data
        self.rows = defaultdict[str, dict[Key, dict[str, str]]](dict)
        self.revisions: list[tuple[MatchedRow, str]] = []
        self.again = Counter[str]()
        self.same = Counter[str]()
        self.notes = defaultdict[str, list[str]](list)
        self.problems = Problems()
        # all pages, as they are and as they came in
        known = get_cells_by_key(data[SOURCES]).values()
        self._pages = {row["id"]: dict(row) for row in known}
        self._read = set[str]()  # of these a program has read

    def add_pages_and_get_own_id(self, release: Release) -> str:
        """Take the rows of the table of sources that come in, whichever release has
        them, and whichever cites them; return the id of the release's own page, "" if
        it has none.
        """
        for line in release.lines:
            if line.table == SOURCES:
                self._add_page(line.values)
        if not release.source:
            return ""
        page = self._add_page(release.source)
        self._read.add(page)
        return page

    def merge_release(self, release: Release, page: str) -> None:
        """Merge a release, one time after the other; note which rows cite its page that
        it prints no more.
        """
        cited = {CITED: page} if page else {}
        matches = [
            self._match_row(line.table, {**line.values, **cited})
            for line in release.lines
            if line.table != SOURCES
        ]
        matches += [
            year for match in matches for year in self._match_years_of_december(match)
        ]
        self.again.update(match.table for match in matches if match.old)
        places = Counter(match.place for match in matches)
        for place, count in places.items():
            if count > 1:
                message = "found two rows for it, expected one"
                self.problems.add(format_cell_path(place), 0, message)
        by_time = defaultdict[tuple[object, ...], list[MatchedRow]](list)
        for match in filter(self._check_cells, matches):
            time = match.time or match.key
            by_time[match.table, time, *match.page_ids[:1]].append(match)
        for group in by_time.values():
            self._merge_rows_of_time(group)
        if page:
            self._note_rows_no_longer_printed(page, places)

    def _add_page(self, source: Mapping[str, str]) -> str:
        """Return the id of a page: the one that its address has already, or its new
        one, which no other has.
        """
        self._check_cells(self._match_row(SOURCES, source))
        address = source.get("address", "")
        ids = {page.get("address"): name for name, page in self._pages.items()}
        name = ids.get(address, source["id"])
        page = self._pages.setdefault(name, dict(source))
        if page.get("address", "") != address:
            found = (
                f"found the id {quote_words(name)} for {address}, expected one of its"
                " own"
            )
            hint = f"it is that of {page['address']}: {MOVED}"
            self.problems.add(self.data[SOURCES].path, 1, found, hint)
        if page == get_cells_by_key(self.data[SOURCES]).get((name,)):
            page |= {column: source[column] for column in TAKEN if source.get(column)}
        return name

    def _match_row(self, table: str, cells: Mapping[str, str]) -> MatchedRow:
        """Find the row that cells are of."""
        about = self.data[table].description
        key = tuple(cells.get(name, "") for name in about.primary_key)
        known = get_cells_by_key(self.data[table]).get(key, {})
        old = self.rows[table].get(key, known)
        return MatchedRow(table, key, about, cells, old, dict(old))

    def _match_years_of_december(self, match: MatchedRow) -> Iterator[MatchedRow]:
        """Yield the row of the year that a line of a December is of, too."""
        for name, table in self.data.items():
            about = table.description
            is_year = about.refresh.december_of == match.table
            if is_year and match.time.endswith(DECEMBER):
                year = match.time.removesuffix(DECEMBER)
                cells = {**match.cells, about.time_keys[-1]: year}
                own = about.fields.keys() & cells.keys()
                yield self._match_row(name, {column: cells[column] for column in own})

    def _check_cells(self, match: MatchedRow) -> bool:
        """Tell whether each cell keeps to its column, and a new row lacks none; note
        what does not.
        """
        count = len(self.problems)
        fields = match.description.fields
        empty = {} if match.old else dict.fromkeys(fields, "")
        for name, text in {**empty, **match.cells}.items():
            place = format_cell_path(match.place, name)
            for hidden in locate_invisible(text):
                self.problems.add(place, 0, hidden.message, SEEN)
            if name not in fields:
                message = f"found no such column in {match.description.path}"
                self.problems.add(
                    place, 0, message, suggest_similar_or_all(name, fields)
                )
            elif text or not match.old:
                try:
                    fields[name].parse(text)
                except ValueError as error:
                    described = f"{match.description.path}:{fields[name].line}"
                    hint = f"its column is described in {described}"
                    self.problems.add(place, 0, str(error), hint)
        return len(self.problems) == count

    def _list_standings(self, match: MatchedRow) -> list[SourceStanding]:
        """Return the standing of a line's page, and those of the pages of its row."""
        sources = self.data[SOURCES]
        pages = match.page_ids[:1] + list_page_ids(match.old)
        return [
            get_source_standing(self._pages.get(page, {}), sources) for page in pages
        ]

    def _merge_rows_of_time(self, matches: Sequence[MatchedRow]) -> None:
        """Merge what one page prints of one time: either all its revisions stand, or
        none; all is left out that a page of a lower rank prints beside another figure.
        """
        revised = [match for match in matches if match.is_revision]
        is_first = bool(revised) and all(map(self._is_first_print, revised))
        is_later = bool(revised) and not is_first
        is_left_out = is_later and any(map(self._ranks_lower, revised))
        for match in matches:
            revised_columns = match.list_columns("revised")
            self.same[match.table] += bool(match.old) and not revised_columns
            follows = match.description.refresh.follows_revisions
            if is_left_out:
                self.notes[LEFT_OUT].append(format_cell_path(match.place))
            elif match.old:
                for column in revised_columns:
                    self._log_revision(match, column, is_first_print=is_first)
                self._update_cells_and_citations(
                    match, replaces_figures=not (is_first if follows else is_later)
                )
            else:
                self._add_row(match)
            if match.row != match.old:
                self.rows[match.table][match.key] = match.row
                self._add_cited_pages(match.page_ids)

    def _is_first_print(self, match: MatchedRow) -> bool:
        """Tell whether a page's print is the first beside those of the row's pages."""
        own, *cited = self._list_standings(match)
        if match.description.refresh.follows_revisions:
            return any(map(own.is_older_than, cited))
        return bool(cited) and all(map(own.is_first_print_beside, cited))

    def _ranks_lower(self, match: MatchedRow) -> bool:
        """Tell whether a line's page ranks lower than one that its row cites."""
        own, *cited = self._list_standings(match)
        return any(own.rank > other.rank for other in cited)

    def _log_revision(
        self, match: MatchedRow, column: str, *, is_first_print: bool
    ) -> None:
        """Write into the log that a page prints another figure than a row has: the
        earlier print and its pages, the later.

        Refuse another figure of the same page by hand.
        """
        page = match.page_ids[0]
        cited = list_page_ids(match.old)
        name = format_cell_path(match.place, column)
        old = match.old[column]
        new = match.cells[column]
        is_by_hand = page in cited and page not in self._read
        if is_by_hand and column != match.derived_column:
            found = f"found {new} in {page}, which is cited for {old}"
            self.problems.add(name, 0, found, SLIP)
        prints = [(old, cited), (new, [page])]
        if is_first_print:
            prints.reverse()
        (earlier, earliest), (later, latest) = prints
        cells = {
            "table": match.table,
            "key": match.description.format_key_for_log(match.key),
            "column": column,
            "old": earlier,
            "new": later,
            "published": self._pages.get(latest[0], {}).get("published", ""),
            "old_source_ids": ";".join(earliest),
            CITED: ";".join(latest),
        }
        entry = self._match_row(LOG, cells)
        if not entry.old:
            self.rows[LOG][entry.key] = cells
            self.revisions.append((match, column))
            self.notes["figure revised"].append(f"{name} {old} → {new}")
            self._add_cited_pages([page])

    def _update_cells_and_citations(
        self, match: MatchedRow, *, replaces_figures: bool
    ) -> None:
        """Take over into a row what it lacks, figures that stand in the place of its
        own, and words; cite the page, first where a figure is replaced, unless all its
        figures are others.
        """
        replaced = match.list_columns("finer", "revised") if replaces_figures else []
        for column in match.list_columns("lacking") + replaced:
            names = {
                column,
                match.description.precision_column_by_figure_column[column],
            }
            if column == match.derived_column:
                names |= {"status", "note"}
            for name in names & match.row.keys():
                match.row[name] = match.cells.get(name, "")
        for column, text in match.cells.items():
            is_word = match.description.fields[column].type not in COUNTED
            is_set = is_word and column not in {"status", CITED}
            if text and (is_set or not match.page_ids):
                match.row[column] = text
        pages = list_page_ids(match.old)
        if replaced:
            pages = match.page_ids + pages
        elif (
            match.list_columns("lacking", "finer", "same")
            or not match.relations_by_column
        ):
            pages += match.page_ids
        if CITED in match.row:
            match.row[CITED] = ";".join(dict.fromkeys(pages))

    def _add_row(self, match: MatchedRow) -> None:
        """Add a new row; note a page that prints what lies ahead of it."""
        match.row.update(match.cells)
        for page in match.page_ids[:1]:
            published = self._pages.get(page, {}).get("published", "")
            if match.time[: len(published)] > published[: len(match.time)]:
                found = f"found a figure of {match.time} on a page of {published}"
                message = f"{found}, {page}, expected a page that is later"
                self.problems.add(format_cell_path(match.place), 0, message, LATE)

    def _add_cited_pages(self, pages: Collection[str]) -> None:
        """Let the rows of pages that are cited now come in, or change."""
        for page in pages:
            known = get_cells_by_key(self.data[SOURCES]).get((page,))
            if self._pages.get(page, known) != known:
                self.rows[SOURCES][page,] = self._pages[page]

    def _note_rows_no_longer_printed(
        self, page: str, printed: Collection[TableAndKey]
    ) -> None:
        """Note which rows cite a page that prints them no more."""
        for name in sorted({name for name, _ in printed}):
            for key, row in get_cells_by_key(self.data[name]).items():
                if page in list_page_ids(row) and (name, key) not in printed:
                    gone = f"{format_cell_path((name, key))} by {page}"
                    self.notes["row no longer printed"].append(gone)
