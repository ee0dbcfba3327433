"""Whole sentences on the real tables: true ones as journalists write them raise
nothing, false ones all do.
"""

import re
from pathlib import Path

import pytest

SENTENCES = Path(__file__).resolve().parent / "sentences"
TRUE = (SENTENCES / "true.txt").read_text("utf-8").splitlines()  # one a line
# One a line, and below it, indented, what must be said of it.
FALSE = re.findall(
    r"^(\S.*)\n +(.*)$", (SENTENCES / "false.txt").read_text("utf-8"), re.MULTILINE
)


@pytest.mark.parametrize("sentence", TRUE)
def test_a_true_sentence_raises_nothing(held, sentence):
    """An ordinary true sentence, once bound, is neither refused nor asked for more."""
    assert [str(problem) for problem in held(sentence).problems] == []


@pytest.mark.parametrize(("sentence", "message"), FALSE)
def test_a_false_or_unbound_sentence_is_caught(held, sentence, message):
    """A wrong number, unit, year, month, flow, country, rank, hedge, direction or
    speaker is a problem or a doubt.
    """
    ledger = held(sentence)
    doubts = [f"doubt: {doubt.message}" for _, doubt in ledger.doubts]

    assert message in "\n".join(
        [*(problem.message for problem in ledger.problems), *doubts]
    )
