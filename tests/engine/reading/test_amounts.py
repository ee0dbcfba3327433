"""Numbers in running text are found, in digits and in words, with the signs and units beside them."""

from __future__ import annotations

import pytest

from press.reading import fold, in_digits, in_words
from tests.engine.wording import ENGLISH


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it came to $218.2 billion in all", ["$218.2 billion"]),
        ("−5%, +3 points, US$ 7bn", ["−5%", "+3 points", "US$ 7bn"]),
        ("from 3% to 4% or 5–6 million tonnes", ["3% to 4%", "5–6 million tonnes"]),
        ("$60 billion to $80 billion", ["$60 billion to $80 billion"]),
        ("1,234.5 and 1 234 567", ["1,234.5 and 1 234 567"]),
        ("the T-72 and a 5-percent rise, 2nd", ["72", "5-percent", "2nd"]),
        ("none at all", []),
    ],
)
def test_numbers_in_digits_are_found(text, found):
    """Signs, currencies, units and the second number of a range belong to a number."""
    assert [text[start:end] for start, end in in_digits(fold(text), 0, len(text), ENGLISH)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("twenty-five tonnes", [("twenty-five tonnes", "twenty-five", "word")]),
        ("two or three years", [("two", "two", "word"), ("three years", "three", "word")]),
        ("doubled, a twelvefold rise", [("doubled", "doubled", "multiple"), ("twelvefold", "twelvefold", "multiple")]),
        ("half of it", [("half", "half", "fraction")]),
        ("a billion dollars", [("a billion dollars", "a billion dollars", "many")]),
        ("a billion-dollar question", [("a billion", "a billion", "many")]),
        ("billions of dollars a year", [("billions of dollars a year", "billions", "scale")]),
        ("a year late", [("a year", "a year", "many")]),
        ("every third car", [("every third", "every third", "many")]),
        ("hundreds of billions", [("hundreds of billions", "hundreds of billions", "many")]),
    ],
)
def test_numbers_in_words_are_found(text, found):
    """Number words are found with their units, rough counts and the words of multiples and fractions by themselves."""
    amounts = in_words(fold(text), 0, len(text), ENGLISH)

    assert [(text[item.start : item.end], text[item.start : item.words_end], item.kind) for item in amounts] == found


def test_nothing_is_found_outside_the_two_places():
    """A number that goes on behind the end is found up to it."""
    assert [*in_digits("5 of 100 billion", 2, 8, ENGLISH)] == [(5, 8)]
    assert [*in_words("one of twenty-five", 3, 13, ENGLISH)] == [(7, 13, 13, "word")]
