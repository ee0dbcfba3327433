"""What somebody said: numbers, years, their order, hedges, dates and quotations, held
to the published statement.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from press.binding.facts import FactError
from press.binding.speakers import map_statements_to_unique_speaker_names
from press.binding.statements import get_statement, match_words_with_statement
from press.ground.errors import BuildError
from tests.cases import load_cases
from tests.engine.bindings import check_words, make_project_with_overlay

CASES = load_cases(__file__)


def match(bound, name, words):
    return match_words_with_statement(
        words, get_statement(bound.facts.data, name), bound.texts.language
    )[1]


@pytest.mark.parametrize(("name", "words"), CASES["published"])
def test_words_that_were_published_match(bound, name, words):
    """A number, a year, a date or a quotation that the statement has makes a text a
    match.
    """
    assert match(bound, name, words) is True


@pytest.mark.parametrize(
    "words",
    [
        "hoped for more",
        "said so",
        "the envoys’ words of one kind, and the guests’ hopes",
    ],
)
def test_words_without_number_or_quotation_only_cite(bound, words):
    """What nothing can be held against is no match, and no mistake either."""
    assert match(bound, "hope-2023", words) is False


@pytest.mark.parametrize(("name", "words", "message"), CASES["refused"])
def test_words_that_were_not_published_are_refused(bound, name, words, message):
    """Another number, unit, year, hedge, order, month or quotation is told beside what
    the statement has.
    """
    with pytest.raises(FactError) as caught:
        match(bound, name, words)

    assert caught.value.message == message


def test_a_figure_between_two_numbers_may_be_said_as_either(tmp_path, bound):
    """A number may be off by half of its last digit."""
    project = make_project_with_overlay(tmp_path / "story")
    project.replace("data/statement_figures.csv", "3.1,3.1", "3.5,3.5")
    said = get_statement(project.load(), "share-2022")

    for words in ("3%", "4%"):
        assert match_words_with_statement(words, said, bound.texts.language)[1]


def test_a_range_ends_above_its_beginning(tmp_path):
    """A low end above the high one is a slip of who typed them."""
    project = make_project_with_overlay(tmp_path / "story")
    project.replace("data/statement_figures.csv", "3.1,3.1", "9.1,3.1")

    with pytest.raises(BuildError) as caught:
        project.load()

    (problem,) = caught.value.problems
    assert problem.message == "low: found 9.1, expected at most high, 3.1"


def test_figures_stand_in_the_order_of_the_statement(tmp_path):
    """The order is that of the column, wherever the rows stand."""
    project = make_project_with_overlay(tmp_path / "story")
    head, *rows = project.read("data/statement_figures.csv").splitlines()
    project.write(
        "data/statement_figures.csv", "\n".join([head, *reversed(rows)]) + "\n"
    )

    said = get_statement(project.load(), "share-2022")

    assert [str(row["what"]) for row in said.figures] == [
        "share before",
        "share after",
        "share to come",
    ]


def test_the_first_figure_may_be_numbered_zero(bound):
    """Of numbers that are told in the statement's order none comes before it."""
    said = get_statement(bound.facts.data, "share-2022")
    rows = tuple(
        replace(row, values={**row.values, "ordinal": Decimal(place)})
        for place, row in enumerate(said.figures)
    )

    assert match_words_with_statement(
        "3.1%", said._replace(figures=rows), bound.texts.language
    )[1]


def test_people_are_known_by_names_that_no_other_bears_institutions_by_none(tables):
    """An office and two names make a person; a second one stands behind "beside" in the
    office.
    """
    columns = "id,speaker,role,said_on"
    rows = [
        "a,Karl Brandt,minister,2022-12-21",
        "b,Karl Brandt and Bo Ames,ministers,2022-12-21",
        "c,Karl Brandt,minister beside Bo Ames,2022-12-21",
        "d,Central Bank,,2022-12-21",
        "e,An envoy of Arden,envoy,2022-12-21",
        "f,Karl Moor,poet,2022-12-21",
    ]

    assert map_statements_to_unique_speaker_names(
        tables(statements=("id", columns, *rows))
    ) == {
        "a": ("Brandt",),
        "b": ("Brandt", "Bo", "Ames"),
        "c": ("Brandt", "Bo", "Ames"),
        "d": (),
        "e": (),
        "f": ("Moor",),
    }


def test_a_story_without_statements_is_told_that_it_has_none(tmp_path):
    """A binding to a statement in a story without that table is blamed on the missing
    table, not on us.
    """
    project = make_project_with_overlay(tmp_path / "story", overlay=None)

    with pytest.raises(
        BuildError, match=r"^data/statements\.csv:1: found no such table, expected one"
    ):
        get_statement(project.load(), "goal-2022")


SAID = [
    (
        (
            "On 21 December 2022 the minister named [$200 billion by"
            " 2024](said:goal-2022)."
        ),
        "",
    ),
    (
        (
            "On 20 and 21 December the minister named [$200 billion by"
            " 2024](said:goal-2022)."
        ),
        "",
    ),
    (
        "On Dec. 21, 2023 the minister named [$200 billion by 2024](said:goal-2022).",
        "is not the day of",
    ),
    (
        (
            "On 20 December 2022 the minister named [$200 billion by"
            " 2024](said:goal-2022)."
        ),
        "is not the day of",
    ),
    ("In December 2022 the minister named [$200 billion by 2024](said:goal-2022).", ""),
    (
        "In December 2022 Joe Biden named [$200 billion by 2024](said:goal-2022).",
        '"Joe Biden" is named',
    ),
    (
        "In December 2022 Obama and Merkel [hoped for more](said:hope-2023).",
        '"Obama and Merkel" is named',
    ),
    ("Arden and Borsia heard the goal of [$200 billion by 2024](said:goal-2022).", ""),
    (
        "In 2024 trade came to [$200 billion](said:goal-2022).",
        "the text tells it as a fact",
    ),
    ("For 2024 the minister named [$200 billion](said:goal-2022).", ""),
    (
        "For 2025 the minister named [$200 billion](said:goal-2022).",
        'the sentence says "2025"',
    ),
]


@pytest.mark.parametrize(("sentence", "message"), SAID)
def test_the_sentence_agrees_with_who_said_it_and_when(bound, sentence, message):
    """Its day is that of the statement, no stranger stands before its words, and a
    figure is told as said.
    """
    found = [problem.message for problem in check_words(bound, sentence).problems]

    assert (message in "\n".join(found)) if message else found == []
