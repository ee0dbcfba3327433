"""Texts that nobody writes on purpose: each is read in moments, and what is wrong in it is told at its place."""

from __future__ import annotations

import time

import pytest

from press.ground.errors import BuildError
from press.pages.markdown import convert
from press.reading.text import Text
from tests.engine.bindings import bound_of, read, story_at

LONG = 20_000
MOMENTS = 5  # seconds of the processor on a busy machine; each took half a minute


@pytest.fixture(scope="module")
def bound(tmp_path_factory):
    """Return a small story, held to its tables."""
    return bound_of(story_at(tmp_path_factory.mktemp("extremes") / "story"))


@pytest.mark.parametrize(
    "sentence",
    [
        f"In 2023 trade was {', '.join(['[$190.3 billion](fact:total/2023)'] * 300)}.",
        f"In 2023 {'a' * LONG} was $5 billion.",
        f"In 2023 {'é' * LONG} was $5 billion.",
        f"The numbers are {'1 ' * (LONG // 5)}.",
    ],
    ids=["100 wrong links", "a long word", "a long word with accents", "many numbers"],
)
def test_it_is_read_in_moments(bound, sentence):
    """Time grows with the length of a text, not with its square."""
    begun = time.process_time()

    ledger = read(bound, sentence)

    assert ledger.problems
    assert time.process_time() - begun < MOMENTS


def test_a_number_of_very_many_digits_is_told(bound):
    """Python reads no more than 4,300 digits; a number of so many is no crash but a problem."""
    sentence = f"In 2023 trade was [${'9' * 5000} billion](fact:total/2023)."

    assert [problem.message for problem in read(bound, sentence).problems] == [
        "a number has 5000 digits, expected 40 at most"
    ]


def test_lists_that_are_nested_too_deep_are_told():
    """Markdown gives up on 600 marks of lists in each other: the text is named."""
    value = f"A line.\n\n{'- ' * 600}deep\n"

    with pytest.raises(BuildError, match=r"^a.md:1: lists, quotations or marks stand too deep"):
        convert(Text("a.md", value, 0, 1, value, "text", markdown=True), {})
