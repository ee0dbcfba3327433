"""What stands nearest to a figure: sentences that a journalist may write about one raise no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.reading.lexicon import Phrases
from tests.engine.sentences import found_in

TRUE = Path(__file__).with_name("true.txt").read_text("utf-8").splitlines()  # a sentence a line


@pytest.mark.parametrize("sentence", TRUE)
def test_true_sentences_stay_silent(sentence):
    """A sentence that a journalist may write about a figure raises no alarm."""
    assert found_in(sentence) == []


@pytest.mark.parametrize(
    ("phrases", "words", "found"),
    [
        (["up", "up to"], "up to 5, up", [(0, 5, "up to"), (9, 11, "up")]),
        (["up"], "upper, sup, up2, _up and up_", []),
        (["A  Third", "-fold", "%", "hs #"], "a\n third, 5-fold, 5%, hs 27", [
            (0, 8, "a  third"), (11, 16, "-fold"), (19, 20, "%"), (22, 27, "hs #")]),
        (["more than", "than a year", "a year"], "more than a year", [(0, 9, "more than"), (10, 16, "a year")]),
        (["up to"], "up, to; up", []),
    ],
)  # fmt: skip
def test_phrases_are_found_as_whole_words(phrases, words, found):
    """The longest phrase is found from the left, over line ends, and never as a part of a word."""
    assert list(Phrases(phrases).finditer(words)) == found
    assert Phrases(phrases).search(words) == (found[0] if found else None)
