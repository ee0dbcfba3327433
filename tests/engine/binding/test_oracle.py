"""The checker of quantities is held to another one: ten lines of arithmetic on readings
written down by hand.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import pairwise, product
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from press.binding.fix import correct_number
from press.binding.truth import is_true_of_figure, list_errors_against_figure
from press.binding.words_and_figure import WordsAndFigure
from press.reading.phrase import parse_quantity
from press.reading.quantities import find_quantities_outside_names
from press.reading.tokens import QuantityParseError
from tests.cases import load_cases
from tests.engine.wording import ENGLISH, make_figure

CASES = load_cases(__file__)

NEVER = Fraction(1, 10**6)


class Reading(NamedTuple):
    """What a text says, by hand: its ends, one unit of its last digit, the place of its
    hedge; all in ``unit``.
    """

    text: str
    low: str
    high: str
    step: str
    place: str
    hedge: str
    unit: str = "USD billion"
    sign: int = 0
    fraction: bool = False


READINGS = [Reading(**about) for about in CASES["readings"]]
KINDS = {"percent": "share", "percentage points": "points", "USD per tonne": "price"}


def widest(reading: Reading) -> Fraction:
    """Say how wide a source is at which its figure may not be told so."""
    return 10 * Fraction(reading.step)


def oracle(
    reading: Reading, ends: tuple[Fraction, Fraction], precision: Fraction
) -> bool:
    """Say whether a reading is true of both ends of a figure: the rules once more, in
    other words.
    """
    low, high, u, k = (Fraction(item) for item in reading[1:5])
    a, b = sorted(abs(end) for end in ends)
    if reading.sign and any(end * reading.sign <= 0 for end in ends):
        return False
    if widest(reading) <= precision and not reading.hedge and low == high:
        return False
    if low != high and a != b:
        outward = (
            low <= a - precision / 2 < low + u and high - u < b + precision / 2 <= high
        )
        return outward or (abs(a - low) <= u / 2 and abs(b - high) <= u / 2)
    if low != high:
        return (
            low <= a - precision / 2
            and a + precision / 2 <= high
            and high - low <= min(TENS.get(reading.text, k), high / 2)
        )
    few = low / (10 if reading.fraction else 20)
    near = max(min(few, k / 2), u / 2 if u >= precision else 0)
    return all(
        {
            "": abs(v - low) <= u / 2,
            "about": abs(v - low) <= near,
            "over": low < v < low + k,
            "at_least": low <= v < low + k,
            "just_over": low < v <= low * 21 / 20,
            "under": low - min(k, low / 2) < v < low,
            "just_under": low - few <= v < low,
            "at_most": low - min(k, low / 2) < v <= low,
        }[reading.hedge]
        for v in (a, b)
    )


TOO_WIDE = "$60–80 billion"  # for a figure of one end
# the wider of the two places of a range, where it is not the second's
TENS = {"$3.5 to 3.8 billion": Fraction(1, 2)}


def figure_of(reading: Reading, ends, precision):
    low, high = (Decimal(end.numerator) / Decimal(end.denominator) for end in ends)
    kind = KINDS.get(reading.unit, "money")
    kind = "change" if reading.sign and kind == "share" else kind
    return make_figure(
        (low + high) / 2,
        precision,
        reading.unit,
        kind,
        signed=bool(reading.sign),
        low=low,
        high=high,
    )


def edges(reading: Reading) -> list[Fraction]:
    """Return many values on, just below and just above every edge that any rule has."""
    low, high, u, k = (Fraction(item) for item in reading[1:5])
    far = [Fraction(0), u / 2, u, k / 2, k, low / 20, low / 10, low / 40]
    around = {
        end + sign * step for end, sign, step in product((low, high), (1, -1), far)
    } | {(low + high) / 2}
    # figures are decimals
    exact = [Fraction(f"{float(value):.6f}") for value in around]
    return sorted(
        {abs(value + nudge) for value, nudge in product(exact, (-NEVER, 0, NEVER))}
    )


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.text)
def test_the_checker_and_the_oracle_agree_at_every_edge(reading):
    """On many values around each edge, signs and widths of sources, both
    say the same.
    """
    edge = {
        widest(reading),
        *([Fraction(reading.step)] if reading.hedge == "about" else []),
    }
    widths = {
        Decimal(0),
        *(
            Decimal(f"{float(width) + extra:.7f}")
            for width in edge
            for extra in (0, 1e-5)
        ),
    }
    phrase, said = parse_quantity(reading.text, ENGLISH), []
    for value, sign, width in product(
        edges(reading), (1, -1) if reading.sign else (1,), sorted(widths)
    ):
        ends = (value * sign, value * sign)
        mine = is_true_of_figure(
            WordsAndFigure(
                reading.text, phrase, figure_of(reading, ends, width), ENGLISH
            )
        )
        assert mine is oracle(reading, ends, Fraction(width)), (
            float(value),
            sign,
            width,
        )
        said.append(mine)
    assert set(said) == ({False} if reading.text == TOO_WIDE else {True, False})


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.text)
def test_both_agree_on_figures_with_two_ends(reading):
    """A text must be true of both ends of a figure, a range round to both."""
    phrase, values = parse_quantity(reading.text, ENGLISH), edges(reading)
    for low, high in [
        *pairwise(values),
        (Fraction(reading.low), Fraction(reading.high)),
    ]:
        ends = tuple(
            Fraction(f"{float(end):.6f}") * (reading.sign or 1) for end in (low, high)
        )
        item = figure_of(reading, tuple(sorted(ends)), Decimal(0))
        assert is_true_of_figure(
            WordsAndFigure(reading.text, phrase, item, ENGLISH)
        ) is oracle(reading, ends, Fraction(0)), ends


def case(text, item) -> WordsAndFigure:
    return WordsAndFigure(text, parse_quantity(text, ENGLISH), item, ENGLISH)


# Any number

VALUES = st.decimals("0.001", "99999", places=3)
DECIMALS = st.integers(0, 3)


def written(value: Decimal, decimals: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    return f"{rounded:,}"


@given(VALUES, DECIMALS)
def test_what_is_written_is_read(value, decimals):
    """A number as the language formats it is read as the same number, at the precision
    written.
    """
    phrase = parse_quantity(f"${written(value, decimals)} billion", ENGLISH)

    step = Fraction(10**9, 10**decimals)
    assert phrase.numbers[0].last_digit_step == step
    assert phrase.low == round(Fraction(value) * 10**9 / step) * step


@given(VALUES, DECIMALS)
def test_what_is_rounded_is_true(value, decimals):
    """Every figure may be told at any of its decimals, and at none more."""
    text = f"${written(value, decimals)} billion"

    assert is_true_of_figure(case(text, make_figure(value, "0.001")))
    (wrong,) = list_errors_against_figure(
        case(f"${written(value, 3)}0 billion", make_figure(value, "0.001"))
    )
    assert "more exact than the source" in wrong.message


@given(
    VALUES,
    VALUES,
    DECIMALS,
    st.sampled_from(["", "about ", "more than ", "nearly ", "at least ", "up to "]),
)
def test_what_is_rewritten_is_true_and_stays(old, new, decimals, hedge):
    """A rewritten text is true, the same but for its number, and not rewritten again;
    else a person is asked.
    """
    text = f"{hedge}${written(old, decimals)} billion"
    item = make_figure(new, "0.001")

    found = correct_number(case(text, item))

    if found is not None:
        assert is_true_of_figure(case(found, item))
        assert correct_number(case(found, item)) == found
        assert re.sub(r"[\d,]+", "0", found.replace(".", "")) == re.sub(
            r"[\d,]+", "0", text.replace(".", "")
        )


@given(
    st.decimals("1", "999", places=2),
    st.decimals("1", "999", places=2),
    st.booleans(),
    st.booleans(),
)
def test_a_rewritten_change_keeps_its_direction(old, new, rises, rose):
    """A change whose direction turned is never rewritten; another always is where its
    scale and grammar allow it.
    """
    text = f"{'up' if rose else 'down'} {old}%"
    assume(old < 200 and new < 200)
    item = make_figure(new if rises else -new, "0.01", "percent", "change", signed=True)

    found = correct_number(case(text, item))

    assert found == (f"{'up' if rose else 'down'} {new}%" if rises == rose else None)


@given(
    st.lists(st.sampled_from(CASES["words"]), max_size=7), st.sampled_from(["", " "])
)
def test_any_words_are_read_or_refused_with_a_reason(words, space):
    """However words are thrown together, they are a phrase or an error with a message,
    and other texts are searched.
    """
    text, refused = space.join(words), ""
    try:
        phrase = parse_quantity(text, ENGLISH)
    except QuantityParseError as error:
        refused = error.message

    assert refused or (
        (phrase.numbers or phrase.direction) and phrase.low <= phrase.high
    )
    assert all(
        text[item.start : item.end].strip() and item.phrase.numbers
        for item in find_quantities_outside_names(text, ENGLISH)
    )
