"""What stands just outside a link and belongs inside it, or turns it round."""

from __future__ import annotations

import pytest

from press.binding.leads import per_beside
from press.binding.outside import outside_fault
from press.reading.sentence import sentences
from tests.engine.sentences import fault_of, found_in, text
from tests.engine.wording import ENGLISH

OUTSIDE = [
    ("It was [less](fact:a) [more than $5](fact:b), up [5%](fact:growth/2023).", ["up"]),
    ("It took [three years](fact:delay) late, it seems.", ["late"]),
    ("In each month trade was above [$20 billion](fact:goal).", ["above"]),
    ("It was no less than [$200 billion](fact:goal).", ["no less than"]),
    ("A loss of [$5 billion](fact:change/2023) followed.", ["loss"]),
    ("Trade was about [$240 billion](fact:total/2023).", ["about"]),
    ("It was about a [third](fact:share/2023).", ["about"]),
    ("Trade rose by [26.3%](fact:growth/2023).", ["rose"]),
    ("Trade fell to [$228.1 billion](fact:total/2025).", ["fell"]),
    ("Trade was [26.3%](fact:growth/2023) higher.", ["higher"]),
    ("It came [three](fact:delay) years late.", ["late"]),
    ("It came [a year](fact:delay) ahead of schedule.", ["ahead of schedule"]),
    ("It cost $[103](fact:brent/2026-03).", ["$"]),
    ("Trade was < [$240 billion](fact:total/2023).", ["<"]),
    ("Trade was − [$240 billion](fact:total/2023).", ["−"]),
    ("Trade changed by −[6.9%](fact:growth/2025).", ["−"]),
    ("Trade was [$240 billion](fact:total/2023) at least.", ["at least"]),
    ("Trade stayed flat at [$240.1 billion](fact:total/2023).", ["flat"]),
    ("Almost [every month](claim:every/total.2023/total.2022) it was so.", ["Almost"]),
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

    first, *_, last = fault.mends
    assert (fault.message, first.how.replace("{}", first.told), last.how) == (message, hint, "leave it out")
    assert value[fault.start : fault.end] == message.split('"')[1]


@pytest.mark.parametrize("scheme", ["said", "source", "term"])
def test_words_of_others_may_be_hedged_outside(scheme):
    """A link to a statement, a source or a term holds no figure of ours."""
    assert fault_of(f"It was about [$240 billion]({scheme}:a).", outside_fault) is None


DENIED, DENIED_BEHIND = '"{}" before the link [{}] denies it', '"{}" behind the link [{}] denies it'
ANOTHER, UNIT = (
    '"{}" before the link [{}] makes another figure of it',
    '"{}" right behind the link [{}] is a second unit',
)
TOUCHING = '"{}" touches the link [{}]'
BESIDE = [
    ("In 2023 trade was not [$240.1 billion](fact:total/2023).", "not", DENIED),
    ("In 2023 trade wasn’t [$240.1 billion](fact:total/2023).", "wasn’t", DENIED),
    ("In 2023 trade had not yet [passed](claim:crossed/total.2023/goal) it.", "not", DENIED),
    ("In 2023 trade narrowly missed [passing](claim:crossed/total.2023/goal) it.", "narrowly missed", DENIED),
    ("Trade of 2023 was by no means [the highest](claim:highest/total.2023).", "by no means", DENIED),
    ("In 2023 trade failed to reach [$240.1 billion](fact:total/2023).", "failed", DENIED),
    ("In 2023 trade did anything but reach [$240.1 billion](fact:total/2023).", "anything but", DENIED),
    ("In 2023 trade could as well have been [$240.1 billion](fact:total/2023).", "could", DENIED),
    ("In 2023 it may have come to [$91 billion](fact:total/2023).", "may", DENIED),
    ("It is false that in 2023 trade was [$240.1 billion](fact:total/2023).", "false", DENIED),
    ("In 2023 trade was about to have [passed](claim:crossed/total.2023/goal) it.", "about to", DENIED),
    ("They no longer [backed $200 billion](said:S1).", "no longer", DENIED),
    ("They didn’t [back $200 billion](said:S1).", "didn’t", DENIED),
    ("In 2023 [$240.1 billion](fact:total/2023) was not what trade came to.", "not", DENIED_BEHIND),
    ("Trade was several [$240.1 billion](fact:total/2023).", "several", ANOTHER),
    ("Trade was tens of [$240.1 billion](fact:total/2023).", "tens of", ANOTHER),
    ("Trade was twice [$240.1 billion](fact:total/2023).", "twice", ANOTHER),
    ("Trade was half [240.1 billion dollars](fact:total/2023).", "half", ANOTHER),
    ("Trade of 2023 was the second [highest](claim:highest/total.2023).", "second", ANOTHER),
    ("Trade was [$240.1 billion](fact:total/2023) yuan.", "yuan", UNIT),
    ("Trade was [$240.1 billion](fact:total/2023) billion.", "billion", UNIT),
    ("Trade was [$240.1 billion](fact:total/2023)-dollars.", "dollars", UNIT),
    ("There were [12](fact:count) thousand of them.", "thousand", UNIT),
    ("Brent cost [$103 a barrel](fact:brent/2026-03) million.", "million", UNIT),
    ("Trade was [$240.1 billion](fact:total/2023) a month.", "a month", UNIT),
    ("Trade was [$240.1 billion](fact:total/2023) a barrel.", "a barrel", UNIT),
    ("Trade was [$240.1 billion](fact:total/2023) per day.", "per", UNIT),
    ("It took [three years](fact:delay) months.", "months", UNIT),
    (
        "It was [4.1 billion cubic metres](fact:gas/2020) and then [38.8 billion](fact:gas/2025) dollars.",
        "dollars",
        UNIT,
    ),
    ("Trade was A[$240.1 billion](fact:total/2023).", "A", TOUCHING),
    ("Trade was [$240.1 billion](fact:total/2023)bn.", "bn", TOUCHING),
    ("Trade was 1**[$240.1 billion](fact:total/2023)**.", "1", TOUCHING),
    ("Trade **[passed](claim:crossed/total.2023/goal)**es.", "es", TOUCHING),
]


@pytest.mark.parametrize(("sentence", "word", "message"), BESIDE)
def test_what_denies_or_changes_a_figure_beside_its_link_is_found(sentence, word, message):
    """No negation, number, rank, second unit, letter or digit beside a link makes something else of what it proves."""
    own = sentence.rpartition("[")[2].partition("]")[0]
    fault = fault_of(sentence, outside_fault)

    assert fault.message == message.format(word, own)
    assert sentence[fault.start : fault.end] == word


def test_a_goal_may_have_been_missed():
    """Of what need not have been, a sentence may say that it was not; but no word turns the number itself round."""
    words = text("In 2022 trade did not reach [$200 billion](fact:goal), far short of [$300 billion](fact:goal).")
    (sentence,), (first, second) = sentences(words, ENGLISH), words.bindings

    assert outside_fault(sentence, first, settled=False) is None
    assert outside_fault(sentence, second, settled=False) is None
    assert outside_fault(sentence, second) is not None


@pytest.mark.parametrize("sign", ["**−**", "&minus;", "&gt;", "_~_"])
def test_a_sign_is_found_behind_marks_and_entities(sign):
    """What Markdown shows as a sign right before a figure is one."""
    fault = fault_of(f"Trade was {sign}[$240.1 billion](fact:total/2023).", outside_fault)

    assert fault.message.endswith("outside the link [$240.1 billion], expected it inside")


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2022 trade did not reach [$200 billion](fact:goal).",
        "Trade was [no less than $200 billion](fact:goal), as opposed to [$60 billion](fact:goal).",
        "It was not a discount, and [5.3% less](fact:discount/2024) in 2024.",
        "They did not meet, but [backed $200 billion](said:S1).",
        "Arden bought [5% fewer](fact:growth/2021) tonnes.",
        "Arden bought [5% fewer tonnes](fact:growth/2021), [a third](fact:share/2021) barrels.",
        "Trade was [$240.1 billion](fact:total/2023) a month later, a [$240.1 billion](fact:total/2023) year.",
        "Brent cost [$103 a barrel](fact:brent/2026-03) in March and [$117](fact:brent/2026-04) a barrel in April.",
        "Together the two [rose by $25.9 billion](fact:change/2023).",
        "At first [mostly](claim:most/a/b) from Borsia.",
        "It was its second year of [growth](claim:more/total.2023/total.2022).",
        "[**$240.1 billion**](fact:total/2023)’s worth.",
        "In 2023 trade came to [$240.1 billion](fact:total/2023), or so customs wrongly said.",
        "By the end of May 2023 it came to [$91 billion](fact:total_to/2023-05).",
        "贸易额[$240.1 billion](fact:goal)。",
    ],
)
def test_ordinary_words_beside_a_link_are_left_alone(sentence):
    """A goal that was not reached, a thing counted, another time: none of these changes the figure."""
    assert found_in(sentence) == []


@pytest.mark.parametrize(
    ("value", "units"),
    [
        ("Oil cost [$5](fact:price/2023) a barrel.", ("per barrel",)),
        ("A tonne of oil cost [$5](fact:price/2023).", ("per tonne",)),
        ("A tonne was dear, and oil cost [$5](fact:price/2023) now.", ()),
        ("Oil cost [$5 a barrel](fact:price/2023), which is a tonne.", ()),
    ],
)
def test_what_a_price_is_by_may_stand_outside_its_link(value, units):
    """The unit right behind a price, or before it in its clause, is read with it."""
    *_, sentence = sentences(text(value), ENGLISH)

    assert per_beside(sentence, sentence.text.bindings[-1]) == units
