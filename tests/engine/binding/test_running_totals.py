"""A year that has not ended: once its months have come to more, no year before is a
record, and what was out of reach is reached.
"""

import pytest

from press.binding.claims import evaluate_true_or_false_claim
from press.ground.errors import ToldError
from tests.engine.bindings import (
    STORY,
    bind_project,
    check_words,
    list_problems,
    make_project_with_overlay,
)
from tests.engine.project import run_file_for_names

TABLE = "data/honey_to_month.csv"
PASSED = (
    "is not true: honey/2022 (1499.5 to 1500.5 tonnes) is not more than honey from"
    " January to 2024-11 (1529.5 to 1530.5 tonnes)"
)


@pytest.fixture
def story(tmp_path):
    """Return a story of monthly totals."""
    return make_project_with_overlay(tmp_path / "story", STORY.with_name("months"))


@pytest.fixture
def evaluate(story):
    """Return a function that gives what is wrong with a claim once the newest year has
    come to some tonnes by November.
    """

    def evaluate(claim, tonnes):
        if tonnes:
            row = f"2024-11,{tonnes},1,beta-2024\n"
            story.write(TABLE, story.read(TABLE) + row)
        facts = bind_project(story).facts
        return evaluate_true_or_false_claim(facts, *claim.split("/")).fault

    return evaluate


@pytest.mark.parametrize(
    ("claim", "tonnes", "fault"),
    [
        ("highest/honey.2022", 1400, ""),
        ("highest/honey.2022", 1530, "is not more than honey from January to 2024-11"),
        ("highest/honey.2022", 1500, "is not surely more than honey from January"),
        ("highest/honey.2022/2020", 1530, "is not more than honey from January"),
        ("highest/honey.2022/2020/2023", 1530, ""),
        ("highest/december.2022/2021", 0, ""),  # of 2024 there is no December yet
        ("lowest/honey.2020", 100, ""),
        ("never/honey.2023/plenty", 1530, ""),
        ("never/honey.2023/plenty", 1700, "honey from January to 2024-11"),
        ("never/honey.2023/honey.2022", 0, "less than honey/2022"),
    ],
)
def test_months_that_have_come_to_more_end_a_record(evaluate, claim, tonnes, fault):
    """Of the highest, and of what was never reached; not of the lowest, nor where the
    claim says until when.
    """
    found = evaluate(claim, tonnes)

    assert (fault in found) if fault else (found == "")


def test_each_text_with_the_record_is_named(story):
    """In front matter as well as on the page: with both figures."""
    assert list_problems(story) == []

    story.write(TABLE, f"{story.read(TABLE)}2024-11,1530,1,beta-2024\n")
    story.run("fix")

    assert [line.partition(": ")[2] for line in list_problems(story)] == [
        f'"more honey than in any other year" {PASSED}',
        f'"a record" {PASSED}',
    ]


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("honey.with_running_total(honey)", "expected a panel of month(running=True)"),
        (
            (
                'honey.with_running_total(Panel("honey_to_month", month(running=True),'
                ' "who").value("honey_t"))'
            ),
            "the other measure takes who, which this one lacks",
        ),
    ],
)
def test_what_is_no_running_total_is_refused(declared, message):
    """Where the story declares it."""
    names = run_file_for_names(STORY.with_name("months") / "story/facts.py")

    with pytest.raises(ToldError) as caught:
        eval(declared, names)  # noqa: S307 - the tests' own words

    assert message in f"{caught.value}"


def test_a_share_has_no_running_total(story):
    """What follows from a measure has other figures."""
    place = "story/facts.py"
    more = "part = honey.share(honey)\n"
    story.write(place, story.read(place) + more)

    facts = bind_project(story).facts

    fact = facts.get_fact("part", "2022")
    assert facts.find_running_totals_of_later_years(fact, "2023") == {}


@pytest.mark.parametrize(
    ("month", "is_right"), [("April 2024", True), ("December 2023", False)]
)
def test_a_date_of_a_fact_may_end_a_span(story, month, is_right):
    """Where it is the fact's, "twelve months to [April 2024]" is said of it."""
    figure = "[450 tonnes](fact:twelve_months/2024-04)"
    sentence = f"In the twelve months to [{month}](fact:last_month) came {figure}."

    problems = check_words(bind_project(story), sentence).problems

    assert (not problems) == is_right
