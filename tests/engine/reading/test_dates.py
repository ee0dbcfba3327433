"""Reading dates and phrases of time: which years and months a paragraph names."""

from dataclasses import replace

import pytest

from press.ground.period import Period
from press.reading import Conventions, PeriodMention
from tests.engine.sentences import list_faulty_words, list_named_periods, read_cases
from tests.engine.wording import ENGLISH


@pytest.mark.parametrize(("paragraph", "named"), read_cases("reading/dates.txt"))
def test_periods_are_read(paragraph, named):
    """Years, months, ranges and what is counted from them are read; dates of a day,
    amounts and verbs name none.
    """
    found = [
        f"{period}={words}".replace(" ", "_")
        for period, words in list_named_periods(paragraph)
    ]

    assert (found or ["-"]) == named


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (
            "The 1896 Games, the Games of 1896, from 1896 to 1912, by 1900",
            ["1896", "1896", "from 1896 to 1912", "1900"],
        ),
        (
            "1896: Athens (1896), 6 April 1896, the 1896–97 winter; | 1896 |",
            ["1896", "1896", "1896–97", "1896"],
        ),
        (
            (
                "They sold 1896 cars, 1,896 tonnes, $1896, 1896 tonnes, 1896.5, and"
                " from 1848 to 1852"
            ),
            [],
        ),
    ],
)
def test_an_old_year_of_the_tables_is_one_wherever_a_newer_is(words, named):
    """Any other number that looks like one stays an amount."""
    lexicon = replace(ENGLISH, years=frozenset([1896]))

    assert [words.lower() for _, words in list_named_periods(words, lexicon)] == [
        words.lower() for words in named
    ]


def test_a_shift_counts_from_each_figure_in_a_list():
    """After two figures of two months, "a year earlier" is a year before either."""
    value = (
        "In March it was [a](fact:a) and in April 2026 [b](fact:b), against [c](fact:c)"
        " and [d](fact:d) a year earlier."
    )

    assert {
        period
        for period, words in list_named_periods(value)
        if words == "a year earlier"
    } == {"2025-03", "2025-04", "2025"}


def test_shifts_without_end_are_read():
    """In a sentence of nothing but shifts each counts from the one before."""
    assert ("1723", "a year earlier") in list_named_periods(
        f"In 2023 {'a year earlier ' * 300}it was."
    )
    days = (
        "On 10 August " + "99 days earlier " * 20 + "it was [5](fact:total/2024-08-10)."
    )
    assert list_faulty_words(days) == []


def test_a_day_is_of_its_year_from_the_year_1000_on():
    """Only a day without a year is of any."""
    day = PeriodMention(Period.parse("1000-05-01"), 0, 0)

    assert not day.is_among_ignoring_unstated_year({Period.parse("1001-05-01")})


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        ("1996", "1996"),
        ("2024-Q3", "3rd quarter 2024"),
        ("2023-11", "November 2023"),
        ("2024-08-10", "10 August 2024"),
    ],
)
def test_a_time_is_written_as_it_is_read(time, shown):
    """Readers see times as texts may write them."""
    assert Conventions("en").date(time) == shown
    assert Period.parse(time).day or shown in {
        words for _, words in list_named_periods(f"It fell in {shown}.")
    }
