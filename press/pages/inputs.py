"""What the site is made of, as one value, with what follows from it for many pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from press.binding import Fact, Facts, Ledger, list_rows_with_claimed_fact
from press.content import Content
from press.data import Data, Row, Table
from press.figures import (
    DrawnChart,
    Studio,
    list_dating_cells_earliest_first,
    read_series_of_table,
)
from press.ground.address import BaseUrl
from press.ground.colour import Palette
from press.pages.dates import (
    DueDateCalendar,
    PageDates,
    collect_dates_of_page,
    list_tables_due_with_chart,
    narrow_coverage_to_times,
)


class EditionName(NamedTuple):
    """An edition as its pages tell of it: its name and its day."""

    name: str
    date: str


@dataclass(frozen=True)
class SiteInputs:
    """All that ``render_site`` makes pages of; ``root`` is the project's folder."""

    root: Path
    content: Content
    facts: Facts
    studio: Studio
    figures: Mapping[str, DrawnChart]  # by name; those that can be drawn
    ledger: Ledger
    palette: Palette
    theme: Path | None  # the folder of the templates that the story does not replace
    base: BaseUrl
    edition: EditionName | None = None  # to be made, beside the site
    day: str = ""  # on which the site is built, where somebody says it

    @property
    def calendar(self) -> DueDateCalendar:
        """What decides whether figures are still promised."""
        day = max(self.day, self.content.changes.last)
        return DueDateCalendar(day, str(self.content.settings.looked_on or ""))

    @property
    def data(self) -> Data:
        """The tables."""
        return self.facts.data

    @cached_property
    def claimed_facts(self) -> Sequence[tuple[Row, Fact]]:
        """The rows with figures that somebody claimed, each with the fact that it is
        held to.
        """
        return list(list_rows_with_claimed_fact(self.facts))

    @cached_property
    def table_names_by_source(self) -> Mapping[str, Sequence[str]]:
        """The names of the tables with a row that cites a source, by source."""
        found: dict[str, list[str]] = {}
        for name, table in self.data.items():
            for source in dict.fromkeys(
                source for row in table.rows for source in row.source_ids
            ):
                found.setdefault(source, []).append(name)
        return found

    def collect_dates_of_page_or_site(self, page_slug: str) -> PageDates:
        """Return what a page says of time, a chart's from its own tables; the site's
        for an empty slug.
        """
        changes = self.content.changes
        figure = self._find_chart_of_page(page_slug)
        if figure is None:
            tables = list(self.data.values())
            return collect_dates_of_page(
                changes,
                page_slug,
                tables,
                self._list_leading_or_all_tables(),
                self.calendar,
            )
        tables = [self.data[name] for name in figure.tables]
        # its frame says the same as its page
        page_slug = f"charts/{figure.name}"
        shown_times = [
            str(cell.value) for cell in list_dating_cells_earliest_first(figure.table)
        ]
        leading = list_tables_due_with_chart(tables, shown_times)
        known = collect_dates_of_page(
            changes, page_slug, tables, leading, self.calendar
        )
        also_narrows_end = bool(read_series_of_table(figure.table).series)
        return narrow_coverage_to_times(
            known, shown_times, also_narrows_end=also_narrows_end
        )

    def _find_chart_of_page(self, page_slug: str) -> DrawnChart | None:
        """Return the figure that a page of a chart is of; ``None`` of any other page,
        and where it could not be drawn.
        """
        folder, _, name = page_slug.rpartition("/")
        return self.figures.get(name) if folder else None

    def _list_leading_or_all_tables(self) -> Sequence[Table]:
        """Return the table by which the story says how far its figures reach; all where
        it names none.
        """
        leading = self.content.settings.leading
        if leading in self.data:
            return [self.data[leading]]
        return list(self.data.values())

    def list_makers(self, tables: Iterable[str]) -> list[str]:
        """Return the names of those who made tables, each once."""
        described = (self.data[table].description for table in tables)
        names = (source["title"] for table in described for source in table.sources)
        return list(dict.fromkeys(names))

    def list_cited_source_rows(self, drawn_chart: DrawnChart) -> list[Row]:
        """Return the pages that a figure was read on, in the order in which its rows
        cite them.
        """
        known = self.data["sources"].by_key
        return [known[source,] for source in drawn_chart.source_ids]
