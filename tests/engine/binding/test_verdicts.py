"""Figures that others wrote, held to our tables: right, right only with their hedge,
wrong, not decided.
"""

from decimal import Decimal

import pytest

from press.binding.facts import Fact
from press.binding.verdicts import judge_number_or_raise
from press.ground.errors import ToldError
from press.ground.period import Period
from press.quantity import Quantity
from tests.cases import load_cases
from tests.engine.bindings import (
    add_claim_figures,
    bind_project,
    list_problems,
    make_project_with_overlay,
)
from tests.engine.wording import ENGLISH

CASES = load_cases(__file__)


def figure(value, unit="USD billion", precision="0.001", kind="money", **about):
    """Return a fact of a value."""
    quantity = Quantity(
        Decimal(value),
        Decimal(precision),
        unit,
        frozenset(),
        kind,
        period=Period.parse("2023"),
        **about,
    )
    return Fact("figure", (), quantity)


@pytest.mark.parametrize(("words", "about", "expected"), CASES["outcomes"])
def test_an_outcome_follows_from_the_words_and_the_figure(words, about, expected):
    """By the same rules that hold for our own texts."""
    fact = figure(**about) if about else None

    assert judge_number_or_raise(words, fact, ENGLISH) == expected


@pytest.mark.parametrize(("words", "about"), CASES["refused"])
def test_words_of_another_kind_are_no_wrong_figure(words, about):
    """They cannot be held to the fact at all: the row is a mistake, and says so."""
    with pytest.raises(ToldError):
        judge_number_or_raise(words, figure(**about), ENGLISH)


@pytest.fixture
def story(tmp_path):
    """Return a small story that tests four figures of somebody else."""
    return add_claim_figures(make_project_with_overlay(tmp_path / "story"))


def test_new_data_that_flip_an_outcome_stop_the_build_and_are_named(story):
    """With the row, the words, the new outcome, the figure; the hint names the claim
    that a person must read again.
    """
    story.replace("data/trade.csv", "2023,import,129140", "2023,import,129130")
    problems = [
        str(item)
        for item in bind_project(story).problems
        if item.path == "data/claim_figures.csv"
    ]

    assert problems == [
        (
            'data/claim_figures.csv:2: outcome: the table says "right" for "$129.14'
            ' billion" of C1, but it is "wrong": flow/import/2023 is 129130 USD million\n  '
            '  hint: write "wrong", and make the verdict and the text of C1 agree with it'
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "flow/import/2023,right",
            "flw/import/2023,right",
            "data/claim_figures.csv:2: words: there is no fact",
        ),
        (
            "$5 trillion,,undecided",
            "$5 trillion,,right",
            'data/claim_figures.csv:5: outcome: the table says "right"',
        ),
        ("grew 30%", "30 yuan", 'data/claim_figures.csv:4: words: "30 yuan" is in CNY'),
    ],
)
def test_a_row_that_cannot_be_judged_is_told(story, old, new, problem):
    """With what is wrong in it."""
    story.replace("data/claim_figures.csv", old, new)

    assert [line for line in list_problems(story) if line.startswith(problem)]
