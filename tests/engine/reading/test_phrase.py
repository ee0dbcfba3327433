"""Quantities in words are read: the number, how exactly it is written, and what stands
around it.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from press.reading.phrase import parse_quantity
from press.reading.quantities import find_quantities_outside_names
from press.reading.tokens import QuantityParseError
from tests.cases import load_cases
from tests.engine.wording import ENGLISH, make_lexicon_with_names

CASES = load_cases(__file__)


def fraction(value):
    return Fraction(str(value))


@pytest.mark.parametrize(
    ("text", "form", "low", "high", "step", "place"), CASES["numbers"]
)
def test_a_number_is_read_with_its_precision(text, form, low, high, step, place):  # noqa: PLR0913, PLR0917 - a row
    """Digits, number words, fractions, multiples and ranges have a value, a step and a
    place in the base unit.
    """
    phrase = parse_quantity(text, ENGLISH)

    assert (phrase.number_form, phrase.low, phrase.high) == (
        form,
        fraction(low),
        fraction(high),
    )
    first = [
        (number.last_digit_step, number.digit_value) for number in phrase.numbers[:1]
    ] or [(0, 0)]
    assert first == [(fraction(step), fraction(place))]


@pytest.mark.parametrize(("text", "message"), CASES["refused"])
def test_what_is_not_one_quantity_is_refused(text, message):
    """What is left over, badly grouped, said twice or understood in two
    ways is named.
    """
    with pytest.raises(QuantityParseError) as caught:
        parse_quantity(text, ENGLISH)

    assert caught.value.message == message


@pytest.mark.parametrize(("text", "hint"), CASES["hints"])
def test_a_hint_says_how_to_mend_it(text, hint):
    """The hint beside a message is what an editor can do."""
    with pytest.raises(QuantityParseError) as caught:
        parse_quantity(text, ENGLISH)

    assert caught.value.hint == hint


@pytest.mark.parametrize("text", CASES["plain"])
def test_what_has_one_meaning_is_not_refused_as_ambiguous(text):
    """Growth below 200 percent, "grew fivefold" and levels are plain enough."""
    assert parse_quantity(text, ENGLISH).numbers


@pytest.mark.parametrize(("text", "found"), CASES["found"])
def test_quantities_are_found_in_a_longer_text(text, found):
    """Every number of a text is found with its hedge, sign, scale and units, whatever
    stands between them.
    """
    assert [
        text[item.start : item.end]
        for item in find_quantities_outside_names(text, ENGLISH)
    ] == found


def test_the_digits_of_a_name_are_no_quantity():
    """Names that words.toml lists, such as chapters of the customs tariff, count
    nothing.
    """
    text = "COVID-19 and G20, at least 5 of HS 27 and hs 84, double counting"
    lexicon = make_lexicon_with_names("covid-19", "hs #", "double counting", "at least")

    assert [
        text[item.start : item.end]
        for item in find_quantities_outside_names(text, lexicon)
    ] == ["at least 5"]


def test_a_sign_before_a_multiple_is_a_direction():
    """A multiple that begins with a digit may have a sign, which stands before it as
    "grew" does.
    """
    phrase = parse_quantity("+2x", replace(ENGLISH, multiples={"2x": Fraction(2)}))

    assert (phrase.number_form, phrase.direction, phrase.low) == ("multiple", "up", 2)
