"""Times that words tell without naming a year: since an event, on a day, month on month, in November."""

from __future__ import annotations

from decimal import Decimal

import pytest

from press.binding.facts import Fact
from press.binding.moments import moment_fault
from press.binding.proof import Proof
from press.ground.period import Period
from press.quantity import Quantity
from press.reading.sentence import sentences
from tests.engine.sentences import shown, text
from tests.engine.wording import ENGLISH

LEVEL = Quantity(Decimal(5), Decimal(0), "USD", frozenset(), "money", period=Period.parse("2023"))
TO_MONTH = LEVEL.said("money", period=Period.to_month("2023-11"))
OF_MONTH = LEVEL.said("price", period=Period.parse("2023-11"))
GAP = LEVEL.said("change", signed=True)
CHANGE = LEVEL.said("change", signed=True, related=frozenset([Period.parse("2022")]))


def beside(value, item):
    """Return the words of the last sentence that tell another time than the figure of its last link."""
    *_, sentence = sentences(text(value), ENGLISH)
    fault = moment_fault(sentence, sentence.text.bindings[-1], Proof("proved", (Fact("sum", (), item),)))
    return shown(sentence.text, fault) if fault else ""


@pytest.mark.parametrize(
    ("value", "item", "words"),
    [
        ("Since the war trade has come to [$5](fact:sum).", LEVEL, "Since"),
        ("Since the war trade [fell by 5%](fact:sum) by 2023.", CHANGE, "Since"),
        ("In 2023 trade was [5% less](fact:sum) than before the war.", CHANGE, "than"),
        ("In 2023 trade was [5% less](fact:sum) than at its peak.", CHANGE, "than"),
        ("In 2023 one count was [5% more](fact:sum) than the year before.", GAP, "than"),
        ("In 2023 one count was [5% more](fact:sum) than in 2022.", GAP, "than"),
        ("In 2023 trade [fell by 5%](fact:sum) month on month.", CHANGE, "month on month"),
        ("In 2023 trade [fell by 5%](fact:sum) over the decade.", CHANGE, "over the decade"),
        ("On 14 December 2023 trade came to [$5](fact:sum).", LEVEL, "14 December 2023"),
        ("On 1 November 2023 oil cost [$5](fact:sum).", OF_MONTH, "1 November 2023"),
        ("November’s trade came to [$5](fact:sum).", TO_MONTH, "November"),
        ("In October oil cost [$5](fact:sum).", OF_MONTH, "October"),
        ("In November trade came to [$5](fact:sum).", LEVEL, "November"),
        ("Since 2022 trade [fell by 5%](fact:sum).", CHANGE, ""),
        ("Since the war of 2022 trade [fell by 5%](fact:sum).", CHANGE, ""),
        ("Since [2023](fact:sum) trade has grown.", LEVEL, ""),
        ("In 2023, long since, trade came to [$5](fact:sum).", LEVEL, ""),
        ("In 2023 trade was [5% less](fact:sum) than in the year before.", CHANGE, ""),
        ("In 2023 trade was [5% less](fact:sum) than before 2023.", CHANGE, ""),
        ("In 2023 trade was [5% less](fact:sum) than was hoped.", CHANGE, ""),
        ("Trade was [5% less](fact:sum) than a year earlier.", CHANGE, ""),
        ("In 2023 one count was [5% more](fact:sum) than the other.", GAP, ""),
        ("One count was [5% more](fact:sum) than in 2023 the other.", GAP, ""),
        ("In 2023 trade [fell by 5%](fact:sum) year on year.", CHANGE, ""),
        ("On 14 December 2023, it was said, trade came to [$5](fact:sum).", LEVEL, ""),
        ("By the 14 December 2023 trade came to [$5](fact:sum).", LEVEL, ""),
        ("To November trade came to [$5](fact:sum).", TO_MONTH, ""),
        ("In November oil cost [$5](fact:sum).", OF_MONTH, ""),
        ("In 2023 trade was [$5](fact:sum).", LEVEL, ""),
        ("On 14 December 2023 the goal was [$5](fact:sum).", LEVEL.said("constant", period=None), ""),
    ],
)
def test_the_time_that_words_tell_is_the_figures_own(value, item, words):
    """A figure of a month or a year is of no day, no event, and of no other month; a goal may be named on any day."""
    assert beside(value, item) == words
