"""Quantities in words are read: the number, how exactly it is written, and what stands
around it.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from press.reading.phrase import parse_quantity
from press.reading.quantities import find_quantities_outside_names
from press.reading.tokens import QuantityParseError
from tests.engine.wording import ENGLISH, make_lexicon_with_names

BILLION = 10**9


def fraction(value):
    return Fraction(str(value))


@pytest.mark.parametrize(
    ("text", "form", "low", "high", "step", "place"),
    [
        ("218.2", "digits", 218.2, 218.2, 0.1, 0.1),
        ("4.0", "digits", 4, 4, 0.1, 0.1),
        ("0.25", "digits", 0.25, 0.25, 0.01, 0.05),
        ("30", "digits", 30, 30, 1, 10),
        ("25", "digits", 25, 25, 1, 5),
        ("0", "digits", 0, 0, 1, 1),
        ("1,200", "digits", 1200, 1200, 1, 100),
        ("1,234.5", "digits", 1234.5, 1234.5, 0.1, 0.5),
        ("240110", "digits", 240110, 240110, 1, 10),
        ("2 thousand", "digits", 2000, 2000, 1000, 1000),
        ("1.5 million", "digits", 1500000, 1500000, 100000, 500000),
        ("5bn", "digits", 5 * BILLION, 5 * BILLION, BILLION, 5 * BILLION),
        (
            "0.2 trillion",
            "digits",
            200 * BILLION,
            200 * BILLION,
            100 * BILLION,
            100 * BILLION,
        ),
        ("38.8 bcm", "digits", 38800000000, 38800000000, 100000000, 100000000),
        ("３．５", "digits", 3.5, 3.5, 0.1, 0.5),
        ("2.2 times as large", "digits", 2.2, 2.2, 0.1, 0.1),
        ("3–4", "digits", 3, 4, 1, 1),
        ("3-4", "digits", 3, 4, 1, 1),
        ("between 3 and 4", "digits", 3, 4, 1, 1),
        ("$60–80 billion", "digits", 60 * BILLION, 80 * BILLION, BILLION, 10 * BILLION),
        (
            "$3 billion to $4 billion",
            "digits",
            3 * BILLION,
            4 * BILLION,
            BILLION,
            BILLION,
        ),
        ("3% to 4%", "digits", 3, 4, 1, 1),
        (
            "rose to $3 billion to $4 billion",
            "digits",
            3 * BILLION,
            4 * BILLION,
            BILLION,
            BILLION,
        ),
        ("three", "word", 3, 3, 0.15, 0.75),
        ("zero", "word", 0, 0, 0, 0),
        ("twenty", "word", 20, 20, 1, 5),
        ("hundred", "word", 100, 100, 5, 25),
        ("a billion", "word", BILLION, BILLION, BILLION // 20, BILLION // 4),
        ("a year", "word", 1, 1, 0.05, 0.25),
        ("half", "fraction", 0.5, 0.5, 0.025, 0.125),
        ("three quarters", "fraction", 0.75, 0.75, 0.0375, 0.1875),
        ("seven in ten", "fraction", 0.7, 0.7, 0.035, 0.175),
        (
            "a quarter of a trillion",
            "fraction",
            250 * BILLION,
            250 * BILLION,
            12.5 * BILLION,
            62.5 * BILLION,
        ),
        ("half a million", "fraction", 500000, 500000, 25000, 125000),
        ("half as much again", "fraction", 0.5, 0.5, 0.025, 0.125),
        ("doubled", "multiple", 2, 2, 0.1, 0.5),
        ("half as much", "multiple", 0.5, 0.5, 0.025, 0.125),
        ("fivefold", "multiple", 5, 5, 0.25, 1.25),
        ("second-largest", "ordinal", 2, 2, 0.1, 0.5),
        ("3rd", "ordinal", 3, 3, 0.15, 0.75),
        ("thirty-sixth", "ordinal", 36, 36, 1.8, 9),
        ("the twenty-first largest", "ordinal", 21, 21, 1.05, 5.25),
        ("the 36th-largest", "ordinal", 36, 36, 1.8, 9),
        ("112th", "ordinal", 112, 112, 5.6, 28),
        ("second-placed", "ordinal", 2, 2, 0.1, 0.5),
        ("one medal", "word", 1, 1, 0.05, 0.25),
        ("a medal", "word", 1, 1, 0.05, 0.25),
        ("1.0 medals", "digits", 1, 1, 0.1, 0.1),
        ("1 million medals", "digits", 10**6, 10**6, 10**6, 10**6),
        ("fell", "direction", 0, 0, 0, 0),
    ],
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


NO_PART = "is not read as part of a number"
OTHER_WORDS = "move it out of the link"
HEDGES = "about, around, roughly"
TWO_WAYS = "can be understood in two ways"
NO_RANGE = "has two numbers and is not read as a range"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", '"" has no number, expected one such as "218.2 billion"'),
        ("billion", '"billion" has no number, expected one such as "218.2 billion"'),
        ("$5 billion.", f'"." in "$5 billion." {NO_PART}'),
        ("circa 5%", f'"circa" in "circa 5%" {NO_PART}'),
        ("½", f'"½" in "½" {NO_PART}'),
        ("12,34", 'found "12,34" in "12,34", expected digits grouped as in "1,234.5"'),
        (
            "1.234,5",
            'found "1.234,5" in "1.234,5", expected digits grouped as in "1,234.5"',
        ),
        ("007", 'found "007" in "007", expected digits grouped as in "1,234.5"'),
        ("5% 6%", f'"5% 6%" {NO_RANGE}'),
        ("one and a half", f'"one and a half" {NO_RANGE}'),
        ("first to second", f'"first to second" {NO_RANGE}'),
        ("3, 4", f'"," in "3, 4" {NO_PART}'),
        ("1 to 2 to 3", '"1 to 2 to 3" has 3 numbers, expected one'),
        ("4–3%", 'the range in "4–3%" does not rise, expected the lower number first'),
        (
            "about 3–4%",
            '"about 3–4%" has a hedge and a range, expected only one of them',
        ),
        ("$10 billion–20", 'only the first number of "$10 billion–20" has a scale'),
        ("about nearly 5%", '"about nearly 5%" has 2 hedges, expected one at most'),
        ("rose 5% more", '"rose 5% more" has 2 directions, expected one at most'),
        ("5 million billion", '"5 million billion" has 2 scales, expected one'),
        ("5 billion bcm", '"5 billion bcm" has 2 scales, expected one'),
        ("$5 yuan", '"$5 yuan" has 2 units, expected one'),
        ("$5 a barrel per tonne", '"$5 a barrel per tonne" has 2 units, expected one'),
        ("rose −5%", 'the sign and the word in "rose −5%" contradict each other'),
        *(
            (wrong, f'found "{wrong}", expected "{right}"')
            for wrong, right in (
                ("22th", "22nd"),
                ("11st", "11th"),
                ("112nd", "112th"),
                ("103th", "103rd"),
            )
        ),
        ("one medals", '"one medals" has a plural behind one'),
        ("1 cubic metres", '"1 cubic metres" has a plural behind one'),
        (
            "about second",
            (
                '"about second" has more than a rank, expected a rank alone, such as'
                ' "second"'
            ),
        ),
        (
            "second year",
            (
                '"second year" has more than a rank, expected a rank alone, such as'
                ' "second"'
            ),
        ),
        (
            "more than fell",
            '"more than fell" has a hedge and no number, expected a number with it',
        ),
        ("fell %", '"fell %" has a unit and no number, expected a number with it'),
        ("5% flat", '"5% flat" has "flat" and a number, expected only one'),
        ("nearly halved", f'"nearly halved" {TWO_WAYS}'),
        ("fell to −$5 billion", f'the sign in "fell to −$5 billion" {TWO_WAYS}'),
        ("rose to +5", f'the sign in "rose to +5" {TWO_WAYS}'),
        ("−3–4%", f'the sign in "−3–4%" {TWO_WAYS}'),
        ("+3 to +5%", f'the sign in "+3 to +5%" {TWO_WAYS}'),
        ("more than half as large", f'"more than half as large" {TWO_WAYS}'),
    ],
)
def test_what_is_not_one_quantity_is_refused(text, message):
    """What is left over, badly grouped, said twice or understood in two
    ways is named.
    """
    with pytest.raises(QuantityParseError) as caught:
        parse_quantity(text, ENGLISH)

    assert caught.value.message == message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("circa 5%", f"{OTHER_WORDS}, or write a hedge such as {HEDGES}"),
        ("5% oil", OTHER_WORDS),
        ("$10 billion–20", "write it after the second"),
        ("5 million billion", "make a link for each number"),
        ("1 to 2 to 3", "make a link for each number"),
        (
            "5% 6%",
            (
                'write a number in digits, a range as "3–4", or make a link for each'
                " number"
            ),
        ),
        ("rose −5%", "leave out one of them"),
        (
            "nearly halved",
            (
                'write "about", or a fraction with its direction, such as "fell by'
                ' nearly half"'
            ),
        ),
        ("one years", 'write "year"'),
    ],
)
def test_a_hint_says_how_to_mend_it(text, hint):
    """The hint beside a message is what an editor can do."""
    with pytest.raises(QuantityParseError) as caught:
        parse_quantity(text, ENGLISH)

    assert caught.value.hint == hint


@pytest.mark.parametrize(
    "text",
    [
        "199% up",
        "up 150.5%",
        "grew fivefold",
        "rose to 250%",
        "down 200%",
        "about halved",
    ],
)
def test_what_has_one_meaning_is_not_refused_as_ambiguous(text):
    """Growth below 200 percent, "grew fivefold" and levels are plain enough."""
    assert parse_quantity(text, ENGLISH).numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("to reach $200 billion by 2024", ["$200 billion", "2024"]),
        ("double trade by 2030 to US$200bn", ["double", "2030", "US$200bn"]),
        ("It grew from $60 billion to $80 billion", ["$60 billion to $80 billion"]),
        ("between 9 and 10%, and 5% and 7%", ["between 9 and 10%", "5%", "7%"]),
        ("between $60 billion and nothing", ["between $60 billion"]),
        ("5% $3 billion", ["5%", "$3 billion"]),
        ("about three quarters of it", ["about three quarters"]),
        ("about a quarter of it", ["about a quarter"]),
        ("more than $5 a barrel", ["more than $5 a barrel"]),
        ("fell −5%, or +3%", ["−5%", "+3%"]),
        ("a third of it", ["third"]),
        ("the third of them", []),
        ("the third quarter of 2023, the second half", ["2023"]),
        ("no one, and one of the goals", []),
        ("one year and a billion", ["one year", "a billion"]),
        ("half of a billion tonnes", ["half of a billion tonnes"]),
        ("a quarter of a trillion dollars", ["quarter of a trillion dollars"]),
        ("in 1999–2001", ["1999–2001"]),
        ("1,23 is no number, 1,234 is", ["1,234"]),
        (
            "half a billion tonnes and half a point",
            ["half a billion tonnes", "half a point"],
        ),
        ("the T-72, and 3–4 of them", ["72", "3–4"]),
        ("nothing at all", []),
        ("", []),
    ],
)
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
