"""Holding figures to the times that a sentence names, and telling what is wrong."""

from __future__ import annotations

import pytest

from press.binding.times import period_fault
from press.ground.errors import Fault, Mend
from press.ground.period import Period
from tests.engine.sentences import cases, fault_of, found_in


@pytest.mark.parametrize(("sentence", "found"), cases("binding/times.txt"))
def test_another_period_beside_a_figure_is_found(sentence, found):
    """A figure beside a year or month that is not its own is a problem, told at the words that name it."""
    assert found_in(sentence) == [("period", words) for words in found]


def test_the_message_names_the_words_and_the_period_of_the_figure():
    """A journalist reads what was found, what the figure is of, and how to mend it."""
    value = "In 2022 it was [$240.1 billion](fact:total/2023)."

    assert fault_of(value, period_fault, frozenset([Period.parse("2023")])) == Fault(
        3,
        7,
        '"$240.1 billion" is the figure of 2023, but the nearest date is "2022"',
        "link the fact for 2022",
        mends=(Mend(3, 7, "2023", '"2023"', "write {} in this clause"),),
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "Since 2023 it was [$240.1 billion](fact:total/2023).",
            '"Since 2023" is another time than 2023, and "$240.1 billion" is the figure of 2023 alone',
        ),
        (
            "In 2023 and 2024 it was [$240.1 billion](fact:total/2023).",
            '"2023 and 2024" are two times, but "$240.1 billion" is the figure of one',
        ),
    ],
)
def test_the_message_says_that_a_figure_is_of_one_time(value, message):
    """A journalist reads which words lead out of the time of the figure."""
    assert fault_of(value, period_fault, frozenset([Period.parse("2023")])).message == message


@pytest.mark.parametrize(
    "sentence",
    [
        "In early 2026 Brent averaged [$103](fact:brent/2026-03).",
        "In late 2023 the year’s trade stood at [$218.2 billion](fact:total_to/2023-11).",
        "In early 2022 war began; trade [grew by 29%](fact:growth/2022/2021) in that year.",
        "By the end of 2023 trade came to [$240.1 billion](fact:total/2023).",
        "To November, trade in 2023 came to [$218.2 billion](fact:total_to/2023-11).",
        "Since 2021 trade has [grown by 63%](fact:total_growth/2023/2021).",
        "Not until 2023 was trade [$240.1 billion](fact:total/2023).",
        "Since 2023’s [$240.1 billion](fact:total/2023) little has happened.",
        "After 2022, when trade was [$190.3 billion](fact:total/2022), it went on.",
        "The year before, 2022, trade was [$190.3 billion](fact:total/2022).",
        "Trade rose in 2022 and 2023 to [$240.1 billion](fact:total/2023), it is said.",
        "In 2022 and 2023 trade was [$190.3 billion](fact:total/2022), then [$240.1 billion](fact:total/2023).",
        "Of 2022 and 2023 the second was larger with [$240.1 billion](fact:total/2023).",
        "Until October 2023 trade came to [$196.5 billion](fact:total_to/2023-10).",
        "In the month of May 2023 trade came to [$5](fact:month/2023-05).",
        "In the course of 2023 trade came to [$240.1 billion](fact:total/2023).",
        "From 2022 to 2023 trade [rose to $240.1 billion](fact:total/2023).",
        "In the two years to 2023 trade [grew by 63%](fact:total_growth/2023/2021).",
        "In the 2 years to 2023 trade [grew by 63%](fact:total_growth/2023/2021).",
    ],
)
def test_the_time_of_a_figure_may_be_told_in_many_ways(sentence):
    """A part of a year answers for the months in it, and what a figure is counted from stands after "since"."""
    assert [words for kind, words in found_in(sentence) if kind == "period"] == []


def test_a_statement_is_held_to_the_time_beside_it_and_not_to_its_own():
    """Years inside the words of a statement are what was said; the year beside them is when."""
    value = "In 2018 they [backed $200 billion by 2024](said:S1)."
    periods = frozenset([Period.parse("2019"), Period.parse("2024")])

    assert fault_of(value, period_fault, periods).message.endswith('the nearest date is "2018"')


def test_a_total_to_date_beside_a_bare_month_is_told_how_to_say_so():
    """The right month without "to" or "end of" needs only these words."""
    value = "In October 2023 it was [$196.5 billion](fact:total_to/2023-10)."

    fault = fault_of(value, period_fault, frozenset([Period.to_month("2023-10")]))

    assert fault.message == (
        '"$196.5 billion" is the figure of January to October 2023, but the nearest date is "October 2023"'
    )
    assert [mend.told for mend in fault.mends] == ['"January to October 2023"', '"at the end of October 2023"']
    assert fault.hint == "link the fact for October 2023"


@pytest.mark.parametrize(
    ("value", "period", "found"),
    [
        (
            "In January it was [$5](fact:x), and in 2024 more.",
            "2022-01",
            'but the nearest date is "January", read as January 2024',
        ),
        ("In January 2024 it was [$5](fact:x).", "2022-01", 'but the nearest date is "January 2024"'),
    ],
)
def test_a_time_that_another_word_completes_is_told_as_it_was_read(value, period, found):
    """Whoever took the year out of a sentence reads which year the month has got instead."""
    fault = fault_of(value, period_fault, frozenset([Period.parse(period)]))

    assert fault.message.endswith(found)
