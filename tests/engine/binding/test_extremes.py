"""Texts that nobody writes on purpose: each is read in moments, and what is wrong in it
is told at its place.
"""

import time

import pytest

from press.ground.errors import BuildError
from press.pages.markdown import check_and_convert_markdown
from press.reading.text import Text
from tests.engine.bindings import check_words

SHORT, TIMES = 300, 16  # that is nearly as long as a paragraph may be
# by the square it would be TIMES * TIMES; the rest is for a busy machine
GROWTH = 4 * TIMES


@pytest.mark.parametrize(
    "sentence",
    [
        lambda size: (
            "In 2023 trade was"
            f" {', '.join(['[$190.3 billion](fact:total/2023)'] * (size // 50))}."
        ),
        lambda size: f"In 2023 {'a' * size} was $5 billion.",
        lambda size: f"In 2023 {'é' * size} was $5 billion.",
        lambda size: f"The numbers are {'1 ' * (size // 5)}.",
    ],
    ids=["wrong links", "a long word", "a long word with accents", "many numbers"],
)
def test_time_grows_with_the_length_of_a_text(bound, sentence):
    """And not with its square: a text that is 16 times as long once took 256 times as
    long.
    """

    def taken(size: int) -> float:
        begun = time.process_time()
        assert check_words(bound, sentence(size)).problems
        return time.process_time() - begun

    # No text is read twice: what was read is remembered. One quiet moment of three is
    # enough.
    assert any(
        taken(SHORT * TIMES + more) < GROWTH * taken(SHORT + more)
        for more in (0, 50, 100)
    )


def test_a_number_of_very_many_digits_is_told(bound):
    """Python reads no more than 4,300 digits; a number of so many is no crash but a
    problem.
    """
    sentence = f"In 2023 trade was [${'9' * 4900} billion](fact:total/2023)."

    assert [problem.message for problem in check_words(bound, sentence).problems] == [
        "a number has 4900 digits, expected 40 at most"
    ]


def test_lists_that_are_nested_too_deep_are_told():
    """Markdown gives up on 600 marks of lists in each other: the text is named."""
    value = f"A line.\n\n{'- ' * 600}deep\n"

    with pytest.raises(
        BuildError, match=r"^a.md:1: lists, quotations or marks stand too deep"
    ):
        check_and_convert_markdown(
            Text("a.md", value, 0, 1, value, "text", is_markdown=True), {}
        )
