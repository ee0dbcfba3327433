"""Claims over series with gaps, and over things: teams at Games of which some never
were, schools day by day.
"""

from pathlib import Path

import pytest

from press.binding.claims import evaluate_true_or_false_claim
from press.binding.facts import FactError
from press.ground.period import Period
from tests.engine.bindings import (
    STORY,
    bind_project,
    check_words,
    list_messages_about,
    make_project_with_overlay,
    read_sentences_with_messages,
)

THINGS = read_sentences_with_messages(Path(__file__).with_name("things.txt"))


@pytest.fixture(scope="module")
def facts(stories):
    """Return the facts of the games."""
    return stories["games"].facts


CLAIMS = [
    # over times: each of the table, and no other
    ("highest/gold.1948.Corvia", ""),
    ("highest/gold.1912.Ardland/1896/1912", ""),
    (
        "highest/gold.1912.Ardland",
        "gold/1912/Ardland (26 gold medals) is not more than 1928 (29 gold medals)",
    ),
    (
        "lowest/gold.1948.Tavria",
        "gold/1948/Tavria (1 gold medals) is not less than 1896 (0 gold medals)",
    ),
    ("first/gold_so_far.1912.Ardland/hundred", ""),
    (
        "first/gold_so_far.1920.Ardland/hundred",
        "1912 (106 gold medals) is not less than hundred (100 gold medals)",
    ),
    ("crossed/gold_so_far.1912.Ardland/hundred", ""),
    ("crossed/gold_so_far.1956.Corvia/gold_so_far.1956.Ardland", ""),
    (
        "crossed/gold_so_far.1960.Corvia/gold_so_far.1960.Ardland",
        (
            "1956 (280 gold medals) is not less than gold_so_far/1956/Ardland (272 gold"
            " medals)"
        ),
    ),
    ("every/more/gold.1896.Corvia/gold.1928.Corvia", ""),
    (
        "every/more/gold.1896.Corvia/gold.1952.Corvia",
        "1936 (27 gold medals) is not more than 1932 (34 gold medals)",
    ),
    # over things: each other one at that time, the highest first
    ("highest/gold.1960.Corvia/over.team", ""),
    (
        "highest/gold.1928.Ardland/over.team",
        "gold/1928/Ardland (29 gold medals) is not more than Corvia (29 gold medals)",
    ),
    ("lowest/gold.1960.Tavria/over.team", ""),
    (
        "lowest/gold.1960.Corvia/over.team",
        "gold/1960/Corvia (29 gold medals) is not less than Tavria (1 gold medals)",
    ),
    ("led/gold.1932.Corvia/1948/over.team", ""),
    (
        "led/gold.1932.Corvia/1960/over.team",
        (
            "gold/1952/Corvia (25 gold medals) is not more than Ardland 1952 (25 gold"
            " medals)"
        ),
    ),
    ("first/gold_so_far.1912.Ardland/hundred/over.team", ""),
    (
        "first/gold_so_far.1928.Corvia/hundred/over.team",
        "Ardland 1912 (106 gold medals) is not less than hundred (100 gold medals)",
    ),
]


@pytest.mark.parametrize(("written", "fault"), CLAIMS)
def test_a_claim_goes_over_the_times_or_the_things_that_there_are(
    facts, written, fault
):
    """A tie is no superlative; what is above, or below, is named with both figures."""
    assert evaluate_true_or_false_claim(facts, *written.split("/")).fault == fault


REFUSED = [
    (
        "highest/gold.1912.Ardland/1892",
        "is compared from 1892 to 1960, but its tables go from 1896 to 1960",
    ),
    (
        "highest/gold.1912.Ardland/1904-Q3",
        'found "1904-Q3", expected a time such as 1912',
    ),
    (
        "first/gold.1896.Ardland/gold.1896.Belmark",
        "nothing is left to compare gold/1896/Ardland with",
    ),
    (
        "crossed/gold.1896.Ardland/gold.1896.Belmark",
        "the tables have no figure for gold/1895/Ardland",
    ),
    (
        "highest/gold.1912.Ardland/1896/over.team",
        "expected claim:highest/FACT/over.ARGUMENT",
    ),
    (
        "led/gold.1932.Corvia/1948",
        (
            "found claim:led/gold.1932.Corvia/1948, expected"
            " claim:led/FACT/UNTIL/over.ARGUMENT"
        ),
    ),
    (
        "led/gold.1932.Corvia/1928/over.team",
        "claim:led goes from 1932 to 1928, expected a later time",
    ),
]


@pytest.mark.parametrize(("written", "message"), REFUSED)
def test_what_the_tables_do_not_know_cannot_be_compared(facts, written, message):
    """A time before the first or of another kind, an argument whose things nobody
    tells.
    """
    with pytest.raises(FactError) as refused:
        evaluate_true_or_false_claim(facts, *written.split("/"))

    assert message in refused.value.message


def test_a_thing_without_a_row_leaves_a_claim_open_unless_its_table_says_what_that_means(
    tmp_path,
):
    """What has a figure at one time is missed at another."""
    project = make_project_with_overlay(tmp_path / "games", STORY.with_name("games"))
    project.replace(
        "data/games.toml", 'unit = "gold medals"\nabsent = 0', 'unit = "gold medals"'
    )

    with pytest.raises(
        FactError, match="the tables have no figure for gold/1956/Tavria"
    ):
        evaluate_true_or_false_claim(
            bind_project(project).facts, "highest", "gold.1956.Corvia", "over.team"
        )


def test_who_led_says_from_when_to_when(facts):
    """As its sentence must; it rests on the rows of all that it was compared with."""
    led = evaluate_true_or_false_claim(
        facts, "led", "gold.1932.Corvia", "1948", "over.team"
    )

    assert led.window == Period.between("1932", "1948")
    assert led.compared_rows == {
        row for row in facts.data["games"].rows if 1932 <= row["year"] <= 1948
    }


@pytest.mark.parametrize(("sentence", "told"), THINGS)
def test_the_words_of_a_claim_say_over_what_it_goes(stories, sentence, told):
    """Nothing is said of a true sentence; of others what stands below them: a problem,
    or a doubt (?).
    """
    story = stories["marathon" if "School" in sentence else "games"]
    messages = list_messages_about(story, sentence)

    assert [line[: len(told)] for line in messages or ["-"]] == [told]


@pytest.mark.parametrize(
    ("when", "is_doubted"), [("From 1896 to 1956", False), ("In 1956", True)]
)
def test_a_sum_is_not_of_its_last_time_alone(stories, when, is_doubted):
    """It is of all the times that it adds up."""
    won = "Ardland won [272 gold medals](fact:gold_so_far/1956/Ardland)"
    ledger = check_words(stories["games"], f"{when} alone {won}.")

    assert not ledger.problems
    assert bool(ledger.doubts) == is_doubted
