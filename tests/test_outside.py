"""What stands just outside a link and belongs inside it."""

from __future__ import annotations

import pytest

from press.outside import outside_fault
from tests.reading import fault_of, found_in

OUTSIDE = [
    ("It was [less](fact:a) [more than $5](fact:b), up [5%](fact:growth/2023).", ["up"]),
    ("It took [three years](fact:delay) late, it seems.", ["late"]),
    ("In each month trade was above [$20 billion](fact:goal).", ["above"]),
    ("Trade was close to [$200 billion](fact:goal).", ["close to"]),
    ("It was no less than [$200 billion](fact:goal).", ["no less than"]),
    ("A loss of [$5 billion](fact:change/2023) followed.", ["loss"]),
    ("Trade was about [$240 billion](fact:total/2023).", ["about"]),
    ("Trade was more than [$240 billion](fact:total/2023).", ["more than"]),
    ("Trade was nearly [$241 billion](fact:total/2023).", ["nearly"]),
    ("Trade was just over [$240 billion](fact:total/2023).", ["just over"]),
    ("It was about a [third](fact:share/2023).", ["about"]),
    ("Trade rose by [26.3%](fact:growth/2023).", ["rose"]),
    ("Trade rose [26.3%](fact:growth/2023).", ["rose"]),
    ("Trade fell to [$228.1 billion](fact:total/2025).", ["fell"]),
    ("Trade was [26.3%](fact:growth/2023) higher.", ["higher"]),
    ("Trade was [26.3%](fact:growth/2023) more than before.", ["more"]),
    ("It came [three](fact:delay) years late.", ["late"]),
    ("It came [three years](fact:delay) late.", ["late"]),
    ("It came [a year](fact:delay) ahead of schedule.", ["ahead of schedule"]),
    ("China bought [5%](fact:growth/2021) fewer tonnes.", ["fewer"]),
    ("It cost $[103](fact:brent/2026-03).", ["$"]),
    ("Trade changed by −[6.9%](fact:growth/2025).", ["−"]),
    ("Trade grew, by +[6.9](fact:growth/2025)%.", ["+"]),
    ("It had a surplus of [$18 billion](fact:balance/2023).", ["surplus"]),
    ("Trade was [$240 billion](fact:total/2023) at least.", ["at least"]),
    ("Trade stayed flat at [$240.1 billion](fact:total/2023).", ["flat"]),
    ("Almost [every month](claim:every/total.2023/total.2022) it was so.", ["Almost"]),
    ("After growth of [5%](fact:growth/2021) it slowed.", ["growth"]),
    ("Prices were up [5%](fact:growth/2021).", ["up"]),
    ("Trade exceeded [$240 billion](fact:total/2023).", ["exceeded"]),
]


@pytest.mark.parametrize(("sentence", "found"), OUTSIDE)
def test_a_hedge_direction_or_sign_outside_a_link_is_found(sentence, found):
    """What hedges or turns a figure stands inside its link, or is a problem."""
    assert found_in(sentence) == [("outside", words) for words in found]


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        (
            "It was about [$240 billion](fact:a).",
            'found "about" outside the link [$240 billion], expected it inside',
            "write [about $240 billion](…)",
        ),
        (
            "It was [26%](fact:a) higher.",
            'found "higher" outside the link [26%], expected it inside',
            "write [26% higher](…)",
        ),
        ("It was −[26%](fact:a).", 'found "−" outside the link [26%], expected it inside', "write [−26%](…)"),
        ("It was [26](fact:a)%.", 'found "%" outside the link [26], expected it inside', "write [26%](…)"),
    ],
)
def test_the_message_shows_the_link_as_it_should_be(value, message, hint):
    """A journalist can copy the mended link from the hint."""
    fault = fault_of(value, outside_fault)

    assert (fault.message, fault.hint) == (message, hint)
    assert value[fault.start : fault.end] == message.split('"')[1]


@pytest.mark.parametrize("scheme", ["said", "source", "term"])
def test_words_of_others_may_be_hedged_outside(scheme):
    """A link to a statement, a source or a term holds no figure of ours."""
    assert fault_of(f"It was about [$240 billion]({scheme}:a).", outside_fault) is None
