"""Claims over series with gaps, and over things: teams at games, of which some never were."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest

from press.binding.claims import claim
from press.binding.facts import FactError, Facts
from press.ground.period import Period
from press.quantity import Quantity
from tests.engine.bindings import bound_of, read, story_at
from tests.engine.medals import medals

Team = Literal["ARD", "BOR", "COL"]
WORDS = '\n[units]\nmedals = ["gold medals", "gold medal", "medals", "medal", "golds"]\n'
LINES = Path(__file__).with_name("things.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """Return facts on medals: ``gold``, of which an absent row is none, ``known`` of rows alone, ``added`` up."""

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

    root = tmp_path_factory.mktemp("medals")
    return Facts(root, medals(root), {"gold": gold, "known": known, "added": added, "mark": mark})


CLAIMS = [
    # over times: each of the table, and no other
    ("highest/gold.2016", ""),
    ("highest/gold.2004.ARD/1996/2012", ""),
    ("highest/gold.2012.ARD/2004", "gold/2012/ARD (15 medals) is not more than 2016 (22 medals)"),
    ("highest/gold.2012.BOR", "gold/2012/BOR (21 medals) is not more than 2016 (21 medals)"),
    ("lowest/gold.2016.COL", "gold/2016/COL (2 medals) is not less than 2000 (0 medals)"),
    ("lowest/gold.2016.COL/2000", ""),
    ("first/gold.2012.BOR/mark.20", ""),
    ("first/gold.2016.BOR/mark.20", "2012 (21 medals) is not less than mark/20 (20 medals)"),
    ("crossed/gold.2012.BOR/mark.20", ""),
    ("crossed/gold.2016.BOR/mark.20", "2012 (21 medals) is not less than mark/20 (20 medals)"),
    ("every/more/gold.1996.BOR/gold.2012.BOR", ""),
    ("every/more/gold.1996.BOR/gold.2016.BOR", "2016 (21 medals) is not more than 2012 (21 medals)"),
    # over things: each other one at that time, the highest first
    ("highest/gold.2004/over.team", ""),
    ("highest/gold.2000.ARD/over.team", "gold/2000/ARD (12 medals) is not more than BOR (12 medals)"),
    ("highest/gold.2012.COL/over.team", "gold/2012/COL (9 medals) is not more than BOR (21 medals)"),
    ("lowest/gold.2000.COL/over.team", ""),
    ("lowest/gold.2012.BOR/over.team", "gold/2012/BOR (21 medals) is not less than COL (9 medals)"),
    ("led/added.1996.ARD/2012/over.team", ""),
    ("led/gold.1996.ARD/2004/over.team", "gold/2000/ARD (12 medals) is not more than BOR 2000 (12 medals)"),
    ("led/gold.2004.ARD/2016/over.team", "gold/2012/ARD (15 medals) is not more than BOR 2012 (21 medals)"),
    ("first/added.2004.ARD/mark.40/over.team", ""),
    ("first/added.2012.ARD/mark.50/over.team", "BOR 2012 (55 medals) is not less than mark/50 (50 medals)"),
    ("first/added.2000.ARD/mark.50/over.team", "added/2000/ARD (22 medals) is not as much as mark/50 (50 medals)"),
]


@pytest.mark.parametrize(("written", "fault"), CLAIMS)
def test_a_claim_goes_over_the_times_or_the_things_that_there_are(facts, written, fault):
    """A tie is no superlative; what is above, or below, is named with both figures."""
    assert claim(facts, *written.split("/")).fault == fault


REFUSED = [
    ("highest/known.2004.COL", "the tables have no figure for known/2000/COL"),
    ("highest/gold.2004.ARD/1992", "is compared from 1992 to 2016, but its tables go from 1996 to 2016"),
    ("highest/gold.2004.ARD/2004-Q3", 'found "2004-Q3", expected a time such as 2004'),
    ("first/gold.1996.ARD/mark.5", "nothing is left to compare gold/1996/ARD with"),
    ("crossed/gold.1996.ARD/mark.5", "the tables have no figure for gold/1995/ARD"),
    ("highest/known.2000.ARD/over.team", "the tables have no figure for known/2000/COL"),
    ("highest/gold.2000.ARD/over.teem", 'gold has no argument "teem"'),
    ("highest/gold.2000.ARD/over.year", "nothing says which year there may be of gold"),
    ("led/gold.2004.ARD/2012", "found claim:led/gold.2004.ARD/2012, expected claim:led/FACT/UNTIL/over.ARGUMENT"),
    ("led/gold.2004.ARD/2000/over.team", "claim:led goes from 2004 to 2000, expected a later time"),
    ("highest/gold.2000.ARD/2000/over.team", "expected claim:highest/FACT/over.ARGUMENT"),
    ("more/gold.2000.ARD/over.team", "expected claim:more/FACT/FACT"),
]


@pytest.mark.parametrize(("written", "message"), REFUSED)
def test_what_the_tables_do_not_know_cannot_be_compared(facts, written, message):
    """A figure that is missing, a time before the first, an argument whose things nobody tells."""
    with pytest.raises(FactError) as refused:
        claim(facts, *written.split("/"))

    assert message in refused.value.message


def test_who_led_says_from_when_to_when(facts):
    """As its sentence must; it rests on the rows of all that it was compared with."""
    led = claim(facts, "led", "added.1996.ARD", "2012", "over.team")

    assert led.window == Period.between("1996", "2012")
    assert led.rows == {row for row in facts.data["medals"].rows if row["year"] <= 2012}


@pytest.fixture(scope="module")
def bound(tmp_path_factory, facts):
    """Return a small story with the facts on medals."""
    project = story_at(tmp_path_factory.mktemp("things") / "story")
    project.write("content/en/words.toml", project.read("content/en/words.toml") + WORDS)
    return bound_of(project)._replace(facts=facts)


@pytest.mark.parametrize(("sentence", "told"), [*zip(LINES[::2], LINES[1::2], strict=True)])
def test_the_words_of_a_claim_say_over_what_it_goes(bound, sentence, told):
    """Nothing is said of a true sentence; of others what stands below them: a problem, or a doubt (?)."""
    found = read(bound, sentence)
    messages = [*(item.message for item in found.problems), *(f"? {item.message}" for item in found.doubts)]

    assert [line[: len(told.strip())] for line in messages or ["-"]] == [told.strip()]
