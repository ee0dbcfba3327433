"""What stands nearest to a figure: sentences that a journalist may write about one raise no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.sentences import found_in

TRUE = Path(__file__).with_name("true.txt").read_text("utf-8").splitlines()  # a sentence a line


@pytest.mark.parametrize("sentence", TRUE)
def test_true_sentences_stay_silent(sentence):
    """A sentence that a journalist may write about a figure raises no alarm."""
    assert found_in(sentence) == []
