"""Claims over series with gaps: teams at games, of which some never were."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import pytest

from press.binding.claims import claim
from press.binding.facts import FactError, Facts
from press.data.loading import load
from press.ground.period import Period
from press.quantity import Quantity

TABLE = """
title = "Medals"
description = "D"
licenses = [{ name = "x", title = "X" }]
sources = [{ title = "S" }]
[schema]
primaryKey = ["year", "team"]
[[schema.fields]]
name = "year"
type = "year"
title = "Y"
description = "D"
every = 4
without = [2008]
[[schema.fields]]
name = "team"
type = "string"
title = "T"
description = "D"
[[schema.fields]]
name = "gold"
type = "integer"
title = "G"
description = "D"
unit = "medals"
absent = 0
constraints = { minimum = 1, maximum = 100 }
"""
GOLD = {
    1996: {"ARD": 10, "BOR": 8, "COL": 3},
    2000: {"ARD": 12, "BOR": 12},
    2004: {"ARD": 20, "BOR": 14, "COL": 5},
    2012: {"ARD": 15, "BOR": 21, "COL": 9},
    2016: {"ARD": 22, "BOR": 21, "COL": 2},
}
Team = Literal["ARD", "BOR", "COL"]


def facts_of(tmp_path, table=TABLE):
    """Return facts on medals of three teams: ``gold``, of which an absent row is none, and ``known``, of a row alone."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/medals.toml").write_text(table, "utf-8")
    rows = [f"{year},{team},{count}\n" for year, teams in GOLD.items() for team, count in teams.items()]
    (tmp_path / "data/medals.csv").write_text("".join(("year,team,gold\n", *rows)), "utf-8")

    def figure(value, rows, year=None):
        period = Period.parse(str(year)) if year else None
        return Quantity(Decimal(value), Decimal(0), "medals", frozenset(rows), "count", period=period)

    def known(data, year: int, team: Team):
        row = data["medals"].by_key.get((year, team))
        return figure(row["gold"], [row], year) if row else None

    def gold(data, year: int, team: Team = "ARD"):
        others = [row for row in data["medals"].rows if row["year"] == year]
        return known(data, year, team) or (figure(0, others, year) if others else None)

    def added(data, year: int, team: Team):
        rows = [row for row in data["medals"].rows if row["team"] == team and row["year"] <= year]
        return figure(sum(row["gold"] for row in rows), rows, year) if rows else None

    def mark(data, amount: str):
        return figure(amount, data["medals"].rows[:1])

    functions = {"gold": gold, "known": known, "added": added, "mark": mark}
    return Facts(tmp_path, load(tmp_path / "data", tmp_path), functions)


@pytest.fixture
def facts(tmp_path):
    return facts_of(tmp_path)


GAPS = [
    ("highest/gold.2016.ARD", ""),
    ("highest/gold.2016", ""),
    ("highest/gold.2004.ARD/1996/2012", ""),
    ("highest/gold.2012.ARD/2004", "gold/2012/ARD (15 medals) is not more than 2016 (22 medals)"),
    ("highest/gold.2012.BOR", "gold/2012/BOR (21 medals) is not more than 2016 (21 medals)"),
    ("lowest/gold.2000.COL", ""),
    ("lowest/gold.2016.COL", "gold/2016/COL (2 medals) is not less than 2000 (0 medals)"),
    ("lowest/gold.2016.COL/2000", ""),
    ("first/gold.2012.BOR/mark.20", ""),
    ("first/gold.2016.BOR/mark.20", "2012 (21 medals) is not less than mark/20 (20 medals)"),
    ("crossed/gold.2012.BOR/mark.20", ""),
    ("crossed/gold.2016.BOR/mark.20", "2012 (21 medals) is not less than mark/20 (20 medals)"),
    ("every/more/gold.1996.BOR/gold.2012.BOR", ""),
    ("every/more/gold.1996.BOR/gold.2016.BOR", "2016 (21 medals) is not more than 2012 (21 medals)"),
]


@pytest.mark.parametrize(("written", "fault"), GAPS)
def test_a_series_has_the_times_that_its_table_says(facts, written, fault):
    """From one of them to the next, whatever lies between; a record, a first and a habit are true or false of these."""
    assert claim(facts, *written.split("/")).fault == fault


REFUSED = [
    ("highest/known.2004.COL", TABLE, "the tables have no figure for known/2000/COL"),
    ("highest/gold.2004.ARD/1992", TABLE, "is compared from 1992 to 2016, but its tables go from 1996 to 2016"),
    ("highest/gold.2004.ARD", TABLE.replace("every = 4\nwithout = [2008]", ""), "no figure for gold/1997/ARD"),
    ("highest/gold.2004.ARD/2004-Q3", TABLE, 'found "2004-Q3", expected a time such as 2004'),
    ("first/gold.1996.ARD/mark.5", TABLE, "nothing is left to compare gold/1996/ARD with"),
    ("crossed/gold.1996.ARD/mark.5", TABLE, "the tables have no figure for gold/1995/ARD"),
]


@pytest.mark.parametrize(("written", "table", "message"), REFUSED)
def test_what_the_tables_do_not_know_cannot_be_compared(tmp_path, written, table, message):
    """A figure that is missing at a time, a time before the first, and a gap that nobody has told."""
    with pytest.raises(FactError) as refused:
        claim(facts_of(tmp_path, table), *written.split("/"))

    assert message in refused.value.message
