"""Which rows stand at the edge of their tables, and which times."""

from __future__ import annotations

import pytest

from press.approvals.edge import Edge
from press.period import Period
from tests.engine.bindings import story_at

HEAD = "year,flow,value_usd_million,precision_usd_million,source_ids\n"


@pytest.fixture
def tables(tmp_path):
    """Return the tables of the base story, where exports go on for a year after the total has ended."""
    project = story_at(tmp_path / "story", None)
    text = project.read("data/trade.csv")
    project.write("data/trade.csv", text + "2024,export,111000,10,beta-2024\n")
    return project.load()


def test_the_newest_row_of_each_series_stands_at_the_edge(tables):
    """Rows of other flows do not make it older; a source is never the newest: its table is keyed by an id."""
    edge = Edge(tables)

    found = {(row["year"], row["flow"]) for row in tables["trade"].rows if edge.holds(row)}

    assert found == {(2024, "export"), (2023, "import"), (2023, "total")}
    assert not any(map(edge.holds, tables["sources"].rows))


@pytest.mark.parametrize(
    ("time", "newest"), [("2024", ["2024"]), ("2023", []), ("2025", []), ("2024-12", []), ("2024-05", [])]
)
def test_a_named_time_is_newest_if_a_table_ends_with_it(tables, time, newest):
    """A table of years ends with a year, not with its December."""
    assert Edge(tables).named(Period.parse(time)) == newest


def test_a_stretch_of_time_is_newest_if_it_ends_with_the_newest(tables):
    """From 2021 to 2024 is a stretch that the next year continues."""
    edge = Edge(tables)

    assert edge.named(Period.between("2021", "2024")) == ["2024"]
    assert not edge.named(Period.between("2021", "2023"))
