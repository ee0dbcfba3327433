"""Quantities in words are held to figures: form, unit, direction, range, truth,
precision.
"""

import datetime as dt
from decimal import Decimal

import pytest

from press.binding.date_words import list_date_errors, replace_date
from press.binding.truth import list_errors_against_figure
from press.binding.words_and_figure import WordsAndFigure
from press.reading.phrase import parse_quantity
from tests.cases import load_cases
from tests.engine.wording import ENGLISH, make_figure, read_figure

CASES = load_cases(__file__)


def case_of(text, figure, inherited=(), ways=()):
    return WordsAndFigure(
        text,
        parse_quantity(text, ENGLISH),
        read_figure(figure),
        ENGLISH,
        inherited,
        frozenset(ways),
    )


def verdict(text, figure, inherited=(), ways=()):
    """Return the first that is wrong with a text, ``None`` if it is true."""
    return next(
        iter(list_errors_against_figure(case_of(text, figure, inherited, ways))), None
    )


def date_verdict(text, figure):
    return next(iter(list_date_errors(text, read_figure(figure))), None)


@pytest.mark.parametrize(("figure", "texts"), CASES["true"])
def test_true_texts_pass(figure, texts):
    """A text of the right form, unit and direction that rounds to the figure, or hedges
    it, is true.
    """
    assert {text: wrong for text in texts if (wrong := verdict(text, figure))} == {}


@pytest.mark.parametrize(("text", "figure", "message"), CASES["false"])
def test_false_texts_are_told_what_is_true(text, figure, message):
    """The message says what was found and what was expected, in the words of the text
    where it can.
    """
    wrong = verdict(text, figure)

    assert wrong is not None
    assert wrong.message == message.format(text)


@pytest.mark.parametrize(("text", "figure", "inherited", "true"), CASES["inherited"])
def test_a_unit_left_out_stands_elsewhere_in_the_sentence(
    text, figure, inherited, true
):
    """What a text leaves out of its unit its sentence has, and of what a price is by it
    names no other.
    """
    assert (verdict(text, figure, inherited) is None) is true


@pytest.mark.parametrize(("text", "figure", "ways", "message"), CASES["directions"])
def test_a_direction_may_stand_elsewhere_in_the_sentence(text, figure, ways, message):
    """Of a change the magnitude is enough where its sentence says which way it went."""
    wrong = verdict(text, figure, ways=ways)

    assert wrong.message.startswith(message) if message else wrong is None


def test_all_that_is_wrong_is_told_at_once():
    """An author need not mend the unit to learn of the direction and of the number."""
    messages = [
        wrong.message
        for wrong in list_errors_against_figure(case_of("down €5", "rose"))
    ]

    assert messages == [
        '"down €5" is in EUR, but the fact is in percent',
        '"down €5" has the wrong direction: the figure is 26.69 percent',
        '"down €5" is not true: the figure is 26.69 percent',
    ]


@pytest.mark.parametrize(("date", "true", "false"), CASES["dates"])
def test_a_date_is_written_in_any_usual_way(date, true, false):
    """A day before or behind its month, a month with or without its year, or what they
    lie in.
    """
    assert [date_verdict(text, date) for text in true] == [None] * len(true)
    assert None not in [date_verdict(text, date) for text in false]


def test_a_wrong_date_is_told_the_right_one():
    """The message has the date as it is usually written."""
    assert (
        date_verdict("8 November", "day").message
        == 'found "8 November", expected "7 November 2023"'
    )


def test_long_fractions_are_shortened_in_messages():
    """A ratio of two decimals is shown with seven digits and a sign that there are
    more.
    """
    third = {"value": Decimal(100) / 3, "precision": "0.1", "unit": "percent"}

    wrong = verdict("a half", third | {"kind": "share"})

    assert wrong is not None
    assert wrong.message == '"a half" is not true: the figure is 33.33333… percent'


@pytest.mark.parametrize(
    ("text", "figure"),
    [("$2 trillion", {"value": "0.2"}), ("two years late", "one_year")],
)
def test_no_message_shows_words_that_nobody_would_write(text, figure):
    """Neither "$0 trillion" nor "one years late" is expected of anyone."""
    message = verdict(text, figure).message

    assert message.startswith(f'"{text}" is not true: the figure is ')


@pytest.mark.parametrize(("kind", "text", "new"), CASES["other_dates"])
def test_another_date_is_written_in_the_same_way(kind, text, new):
    """Its parts, their order and every space stay; words that are no date stay as they
    are.
    """
    day = dt.date(2027, 9, 12)
    count = {
        "year": day.year,
        "month": day.year * 12 + day.month - 1,
        "date": day.toordinal(),
    }[kind]

    assert replace_date(text, make_figure(count, "0", "", kind)) == (new or None)
