"""What stands beside an amount and makes another figure of it: a rate, a distance, a sign."""

from __future__ import annotations

import pytest

from press.binding.facts import Fact
from press.binding.levels import level_fault
from press.binding.proof import Proof
from press.reading.sentence import sentences
from tests.engine.sentences import shown, text
from tests.engine.wording import ENGLISH, figure


def beside(value, item):
    """Return the words beside the last link of a sentence that make another figure of it."""
    *_, sentence = sentences(text(value), ENGLISH)
    fault = level_fault(sentence, sentence.text.bindings[-1], Proof("proved", (Fact("sum", (), item),)))
    return shown(sentence.text, fault) if fault else ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Trade was [$5](fact:sum) a ship.", "a"),
        ("Trade was [$5](fact:sum) an hour.", "an hour"),
        ("Trade was [$5](fact:sum) each.", "each"),
        ("Trade was [$5](fact:sum) for every ship.", "for every"),
        ("Trade was [$5](fact:sum) every single day.", "every"),
        ("Trade was [$5](fact:sum) (a month).", "a month"),
        ("Trade was [$5](fact:sum) / month.", "/ m"),
        ("Trade was [$5](fact:sum) of goods every month.", "every month"),
        ("Every week trade was [$5](fact:sum).", "Every week"),
        ("Monthly trade was [$5](fact:sum).", "Monthly"),
        ("Trade was [$5](fact:sum) on average.", "on average"),
        ("Trade missed the mark by [$5](fact:sum).", "by"),
        ("Trade was [$5](fact:sum) above plan.", "above"),
        ("Trade was [$5](fact:sum) too low.", "too"),
        ("Trade was < [$5](fact:sum).", "<"),
        ("Trade was − [$5](fact:sum).", "−"),
        ("Trade was ¬ [$5](fact:sum).", "¬"),
        ("Trade was [$5](fact:sum) a year later.", ""),
        ("Trade was [$5](fact:sum) a month before.", ""),
        ("Trade was [$5](fact:sum), a record.", ""),
        ("Trade was [$5](fact:sum), above the line.", ""),
        ("Trade was [$5](fact:sum) over the year.", ""),
        ("By then trade was [$5](fact:sum).", ""),
        ("Trade, which customs counts every month, was [$5](fact:sum).", ""),
        ("Trade – [$5](fact:sum) – was low.", ""),
        ("Trade = [$5](fact:sum)", ""),
    ],
)
def test_an_amount_is_of_its_whole_time(value, words):
    """No rate or distance of it: a time, an aside or a clause of its own makes no other figure of an amount."""
    assert beside(value, figure("5", unit="USD")) == words


def test_a_change_goes_by_its_amount():
    """The amount of a change may stand behind "by"."""
    assert not beside("Trade rose by [$5](fact:sum).", figure("5", unit="USD", signed=True))


@pytest.mark.parametrize("item", [figure("5", unit="USD per tonne", kind="price"), figure("5", unit="%", kind="share")])
def test_a_price_or_a_share_is_no_amount(item):
    """A price is a rate of its own; a share has none."""
    assert not beside("Oil was [$5](fact:sum) a tonne.", item)
