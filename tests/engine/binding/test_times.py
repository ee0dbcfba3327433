"""Holding figures to the times that a sentence names, and telling what is wrong."""

from __future__ import annotations

import pytest

from press.binding.times import period_fault, unserved, written
from press.period import Period
from press.reading.dates import named_periods
from press.reading.nearby import Fault
from tests.engine.sentences import fault_of, found_in, shown, text
from tests.engine.wording import ENGLISH

PERIOD = [
    ("Against 2023 trade was [26.3% higher](fact:total_growth/2023/2022).", ["2023"]),
    ("Since 2023 trade has [grown by 63%](fact:total_growth/2023/2021).", ["2023"]),
    ("From 2016 trade [more than doubled](fact:total_multiple/2015/2021) by 2021.", ["2016"]),
    (
        (
            "Trade in January–April 2025 was [19.7% above](fact:total_growth_to/2026-04/2025-04) that of "
            "January–April 2025."
        ),
        ["January–April 2025"],
    ),
    (
        (
            "Trade in January–April 2026 was [19.7% above](fact:total_growth_to/2026-04/2025-04) that of "
            "January–April 2026."
        ),
        ["January–April 2026"],
    ),
    ("From January to October, trade in 2023 was [$218.2 billion](fact:total_to/2023-11).", ["2023"]),
    ("In October, trade in 2023 was [$21.7 billion](fact:total/2023-11).", ["2023"]),
    (
        (
            "In 2021, 2022 and 2023 trade was [$146.9 billion](fact:total/2021), [$240.1 "
            "billion](fact:total/2023) and [$190.3 billion](fact:total/2022)."
        ),
        ["2022", "2023"],
    ),
    (
        "The price in March and April 2026 was [$117](fact:brent/2026-04) and [$103](fact:brent/2026-03).",
        ["March", "April 2026"],
    ),
    ("At [$244.8 billion](fact:total/2024), 2023 was above 2022.", ["2023"]),
    ("2023’s total was [$244.8 billion](fact:total/2024).", ["2023"]),
    ("Customs printed [$240.1 billion](fact:total/2023) in January 2024.", ["January 2024"]),
    ("In 2020 Arden bought [5% fewer](fact:import_growth/2021/2020) tonnes from Borsia than in 2020.", ["2020"]),
    ("In 2022 Arden bought [5% fewer](fact:import_growth/2021/2020) tonnes from Borsia than in 2020.", ["2022"]),
    ("In 2021 Arden bought [5% fewer](fact:import_growth/2021/2020) tonnes from Borsia than in 2019.", ["2019"]),
    ("In 2021 Arden bought [5% fewer](fact:import_growth/2021/2020) tonnes from Borsia than in 2021.", ["2021"]),
    (
        (
            "In 2021 both rose: tonnes [up 8%](fact:oil_growth/2022/2021), the price [up a "
            "third](fact:oil_growth/2022/2021)."
        ),
        ["2021", "2021"],
    ),
    (
        "It was [26.7% more](fact:total_growth_to/2023-11/2022-11) than in the first eleven months of 2023.",
        ["first eleven months of 2023"],
    ),
    (
        "At the end of October 2022 the year’s trade stood at [$196.5 billion](fact:total_to/2023-10).",
        ["October 2022"],
    ),
    ("At the end of November 2023 trade stood at [$196.5 billion](fact:total_to/2023-10).", ["November 2023"]),
    ("In October 2023 trade stood at [$196.5 billion](fact:total_to/2023-10).", ["October 2023"]),
    ("In 2023 trade was [$196.5 billion](fact:total_to/2023-10).", ["2023"]),
    (
        (
            "By October 2023 trade was [$196.5 billion](fact:total_to/2023-10). A month later it was [$240.1 "
            "billion](fact:total_to/2023-12)."
        ),
        ["A month later"],
    ),
    (
        (
            "By October 2023 trade was [$196.5 billion](fact:total_to/2023-10). A year later it was [$218.2 "
            "billion](fact:total_to/2023-11)."
        ),
        ["A year later"],
    ),
    (
        "It was [26.7% more](fact:total_growth_to/2023-11/2022-11) than in the first ten months of 2022.",
        ["first ten months of 2022"],
    ),
    (
        "It was [26.7% more](fact:total_growth_to/2023-11/2022-11) than in the first eleven months of 2021.",
        ["first eleven months of 2021"],
    ),
    ("The largest year before, 2021, had ended at [$190.3 billion](fact:total/2022).", ["2021"]),
    (
        "The twelve months to February 2022 came to [$197.5 billion](fact:total_rolling/2023-02).",
        ["twelve months to February 2022"],
    ),
    (
        (
            "The twelve months to March 2023 came to [$197.5 billion](fact:total_rolling/2023-02), those to April"
            " 2023 to [$205.9 billion](fact:total_rolling/2023-03)."
        ),
        ["twelve months to March 2023", "April 2023"],
    ),
    (
        "The twelve months to March 2023 came to [$60 billion](fact:total_to/2023-03).",
        ["twelve months to March 2023"],
    ),
    (
        "[$60–80 billion](fact:goal) was the goal for 2010, when trade came to [about $59 billion](fact:total/2011).",
        ["2010"],
    ),
    (
        "From 2021 to 2022 Arden’s sales of vehicles [grew about fivefold](fact:export_multiple/2021/2023).",
        ["From 2021 to 2022"],
    ),
    (
        "From 2020 to 2023 Arden’s sales of vehicles [grew about fivefold](fact:export_multiple/2021/2023).",
        ["From 2020 to 2023"],
    ),
    (
        (
            "Purchases by Arden went from [$49.7 billion](fact:import/2021) in 2022 to [$81.9 "
            "billion](fact:import/2023) in 2023."
        ),
        ["2022"],
    ),
    (
        (
            "Purchases by Arden went from [$49.7 billion](fact:import/2021) in 2021 to [$81.9 "
            "billion](fact:import/2023) in 2024."
        ),
        ["2024"],
    ),
    (
        (
            "Purchases by Arden went from [$49.7 billion](fact:import/2021) in 2023 to [$81.9 "
            "billion](fact:import/2023) in 2021."
        ),
        ["2023", "2021"],
    ),
    ("In 2020 Arden bought [5% fewer tonnes](fact:import_growth/2021) from Borsia.", ["2020"]),
    ("In 2023 both rose: [tonnes by 8%](fact:oil_growth/2022/2021).", ["2023"]),
    (
        "In 2023 it cost [between 9 and 10% less](fact:discount/2023), and [5.3% less](fact:discount/2024) in 2025.",
        ["2025"],
    ),
    (
        "2023 ended at [$244.8 billion](fact:total/2024) and 2024 at [$240.1 billion](fact:total/2023).",
        ["2023", "2024"],
    ),
    ("2023 ended at [$240.1 billion](fact:total/2023) and 2025 at [$244.8 billion](fact:total/2024).", ["2025"]),
    ("2022 ended at [$240.1 billion](fact:total/2023) and 2024 at [$244.8 billion](fact:total/2024).", ["2022"]),
    (
        "From January to March 2026 trade was [$85.2 billion](fact:total_to/2026-04).",
        ["From January to March 2026"],
    ),
    (
        "From January to April 2025 trade was [$85.2 billion](fact:total_to/2026-04).",
        ["From January to April 2025"],
    ),
    (
        "From February to April 2026 trade was [$85.2 billion](fact:total_to/2026-04).",
        ["From February to April 2026"],
    ),
    (
        "Brent averaged [$103 a barrel](fact:brent/2026-03) in February and [$117](fact:brent/2026-04) in April 2026.",
        ["February"],
    ),
    (
        "Brent averaged [$103 a barrel](fact:brent/2026-03) in March and [$117](fact:brent/2026-04) in May 2026.",
        ["May 2026"],
    ),
    (
        "Brent averaged [$103 a barrel](fact:brent/2026-03) in March and [$117](fact:brent/2026-04) in April 2025.",
        ["March", "April 2025"],
    ),
    (
        "In March 2026 Brent cost [$103](fact:brent/2026-03), against [$73](fact:brent/2025-03) a month earlier.",
        ["a month earlier"],
    ),
    (
        "In April 2026 it was [$117](fact:brent/2026-04). A year earlier it was [$73](fact:brent/2025-03).",
        ["A year earlier"],
    ),
    ("In the same months of 2024 trade was [$71.1 billion](fact:total_to/2025-04).", ["same months of 2024"]),
    (
        (
            "In the first four months of 2026 trade was [$85.2 billion](fact:total_to/2026-04), in the same "
            "months of 2024 [$71.1 billion](fact:total_to/2025-04)."
        ),
        ["same months of 2024"],
    ),
    ("In 2023 trade was [$190.3 billion](fact:total/2022).", ["2023"]),
    ("Trade was [$190.3 billion](fact:total/2022) in 2023.", ["2023"]),
    ("Trade in 2021–2022 [grew by 63%](fact:total_growth/2021/2023).", ["2021–2022"]),
    ("From January to April 2026 trade was [$22.3 billion](fact:total/2026-04).", ["From January to April 2026"]),
    ("[In 2022 Ardense exports were $111.0 billion](fact:export/2023), in 2023 less.", ["2022"]),
    ("In November 2023 trade was [$240.1 billion](fact:total/2023).", ["November 2023"]),
    ("Trade in the first half of 2023 was [$116.9 billion](fact:total_to/2024-06).", ["first half of 2023"]),
    (
        "In 2024 trade was [fell](fact:total_change/2025), by [6.9% less](fact:total_growth/2025).",
        ["2024", "2024"],
    ),
    ("By the end of 2023 trade stood at [$218.2 billion](fact:total_to/2023-11).", ["2023"]),
    ("By 2023 trade was [$218.2 billion](fact:total_to/2023-11).", ["2023"]),
    ("In Q4 2023 trade was [$240.1 billion](fact:total/2023).", ["Q4 2023"]),
    ("In H1 2023 trade was [$240.1 billion](fact:total/2023).", ["H1 2023"]),
    ("In Q1 2026 Brent averaged [$103](fact:brent/2026-03).", ["Q1 2026"]),
    ("In early 2023 trade was [$240.1 billion](fact:total/2023).", ["early 2023"]),
    ("By mid-2023, trade was [$240.1 billion](fact:total/2023).", ["mid-2023"]),
    ("In spring 2023 trade was [$240.1 billion](fact:total/2023).", ["spring 2023"]),
    ("In late 2026 Brent averaged [$103](fact:brent/2026-03).", ["late 2026"]),
    ("Before 2023 trade was [$240.1 billion](fact:total/2023).", ["2023"]),
    ("Before 2023, trade was [$240.1 billion](fact:total/2023).", ["2023"]),
    ("Since 2023 trade was [$240.1 billion](fact:total/2023).", ["2023"]),
    ("Until 2023 trade was [$240.1 billion](fact:total/2023).", ["2023"]),
    ("Trade was [$240.1 billion](fact:total/2023) after 2023.", ["2023"]),
    ("In the years after 2023 trade was [$240.1 billion](fact:total/2023).", ["2023"]),
    ("In the decade to 2023 trade was [$240.1 billion](fact:total/2023).", ["2023"]),
    ("In the two years to 2023 trade was [$240.1 billion](fact:total/2023).", ["2023"]),
    ("Each day of 2023 trade was [$240.1 billion](fact:total/2023).", ["2023"]),
    ("Since March 2026 Brent cost [$103](fact:brent/2026-03).", ["March 2026"]),
    ("In 2023 and 2024 trade was [$240.1 billion](fact:total/2023).", ["2023 and 2024"]),
    ("Nov. 2022 brought [$21.7 billion](fact:total/2023-11) of trade.", ["Nov. 2022"]),
]


@pytest.mark.parametrize(("sentence", "found"), PERIOD)
def test_another_period_beside_a_figure_is_found(sentence, found):
    """A figure beside a year or month that is not its own is a problem, told at the words that name it."""
    assert found_in(sentence) == [("period", words) for words in found]


def test_the_message_names_the_words_and_the_period_of_the_figure():
    """A journalist reads what was found, what the figure is of, and how to mend it."""
    value = "In 2022 it was [$240.1 billion](fact:total/2023)."
    named = named_periods(text(value), text(value).blocks[0], ENGLISH)

    assert fault_of(value, period_fault, frozenset([Period.parse("2023")]), named) == Fault(
        3,
        7,
        'found "2022" beside [$240.1 billion], a figure of 2023, expected its own period',
        'write "2023" in this clause, or bind the figure of the period that it names',
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "Since 2023 it was [$240.1 billion](fact:total/2023).",
            'found "Since 2023" beside [$240.1 billion], a figure of that time alone, expected "in"',
        ),
        (
            "In 2023 and 2024 it was [$240.1 billion](fact:total/2023).",
            'found "2023 and 2024" beside [$240.1 billion], one figure, expected one time or a figure of each',
        ),
    ],
)
def test_the_message_says_that_a_figure_is_of_one_time(value, message):
    """A journalist reads which words lead out of the time of the figure."""
    named = named_periods(text(value), text(value).blocks[0], ENGLISH)

    assert fault_of(value, period_fault, frozenset([Period.parse("2023")]), named).message == message


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
    ],
)
def test_the_time_of_a_figure_may_be_told_in_many_ways(sentence):
    """A part of a year answers for the months in it, and what a figure is counted from stands after "since"."""
    assert [words for kind, words in found_in(sentence) if kind == "period"] == []


def test_a_statement_is_held_to_the_time_beside_it_and_not_to_its_own():
    """Years inside the words of a statement are what was said; the year beside them is when."""
    value = "In 2018 they [backed $200 billion by 2024](said:S1)."
    named = named_periods(text(value), text(value).blocks[0], ENGLISH)
    periods = frozenset([Period.parse("2019"), Period.parse("2024")])

    assert fault_of(value, period_fault, periods, named).message.startswith('found "2018"')


def test_a_total_to_date_beside_a_bare_month_is_told_how_to_say_so():
    """The right month without "to" or "end of" needs only these words."""
    value = "In October 2023 it was [$196.5 billion](fact:total_to/2023-10)."
    named = named_periods(text(value), text(value).blocks[0], ENGLISH)

    fault = fault_of(value, period_fault, frozenset([Period.to_month("2023-10")]), named)

    assert fault.message == (
        'found "October 2023" beside [$196.5 billion], a figure of January to October 2023, expected its own period'
    )
    assert fault.hint == (
        'write "January to October 2023" or "at the end of October 2023" in this clause, '
        "or bind the figure of the period that it names"
    )


@pytest.mark.parametrize(
    ("value", "period", "found"),
    [
        (
            "In January it was [$5](fact:x), and in 2024 more.",
            "2022-01",
            'found "January", which is January 2024, beside',
        ),
        ("In January 2024 it was [$5](fact:x).", "2022-01", 'found "January 2024" beside'),
    ],
)
def test_a_time_that_another_word_completes_is_told_as_it_was_read(value, period, found):
    """Whoever took the year out of a sentence reads which year the month has got instead."""
    named = named_periods(text(value), text(value).blocks[0], ENGLISH)

    fault = fault_of(value, period_fault, frozenset([Period.parse(period)]), named)

    assert fault.message.startswith(found)


@pytest.mark.parametrize("words", ["January to October 2023", "At the end of October 2023"])
def test_the_words_that_a_hint_names_are_accepted(words):
    """What the message says to write is what the checker reads as the figure's own period."""
    value = f"{words} it was [$196.5 billion](fact:total_to/2023-10)."
    named = named_periods(text(value), text(value).blocks[0], ENGLISH)

    assert fault_of(value, period_fault, frozenset([Period.to_month("2023-10")]), named) is None


def test_a_figure_without_a_period_is_beside_any():
    """A goal of $200 billion is the same in each year."""
    value = "In 2022 the goal was [$200 billion](fact:goal)."
    named = named_periods(text(value), text(value).blocks[0], ENGLISH)

    assert fault_of(value, period_fault, frozenset(), named) is None


def test_periods_that_serve_no_figure_are_listed():
    """A year that no figure of its sentence is of is left for a person to read."""
    words = text("In 2022 and 2019 it was [$190.3 billion](fact:total/2022), as in March 2018.")
    (block,) = words.blocks
    (sentence,) = words.sentences(block)
    served = [(words.bindings[0], frozenset([Period.parse("2022")]))]

    left = unserved(words, sentence, served, named_periods(words, block, ENGLISH), ENGLISH)

    assert [shown(words, item) for item in left] == ["2019", "March 2018"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.parse("2023"), "2023"),
        (Period.parse("2023-11"), "November 2023"),
        (Period.to_month("2023-11"), "January to November 2023"),
        (Period.between("2022-12", "2023-11"), "December 2022 to November 2023"),
        (Period.between("2021", "2023"), "2021 to 2023"),
    ],
)
def test_messages_write_periods_in_words(period, words):
    """A period is written as a journalist would write it."""
    assert written(period, ENGLISH) == words
