"""Whole sentences on the real tables: true ones as journalists write them raise nothing, false ones all do."""

import re
from pathlib import Path

import pytest

from press.binding.binder import hold_texts
from press.desk.explain import listed
from press.reading.text import Text

SENTENCES = Path(__file__).resolve().parent / "sentences"
TRUE = (SENTENCES / "true.txt").read_text("utf-8").splitlines()  # one a line
# One a line, and below it, indented, what must be said of it.
FALSE = re.findall(r"^(\S.*)\n +(.*)$", (SENTENCES / "false.txt").read_text("utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def read(bound):
    """Return a function that returns the ledger of a text, held to the real tables."""

    def read(value, **kind):
        text = Text("page.md", value, 0, 1, value, "text", markdown=True, **kind)
        return hold_texts(bound.texts.language, [("", [text])], bound.facts)

    return read


@pytest.mark.parametrize("sentence", TRUE)
def test_a_true_sentence_raises_nothing(read, sentence):
    """An ordinary true sentence, once bound, is neither refused nor asked for more."""
    assert [str(problem) for problem in read(sentence).problems] == []


@pytest.mark.parametrize(("sentence", "message"), FALSE)
def test_a_false_or_unbound_sentence_is_caught(read, sentence, message):
    """A wrong number, unit, year, month, flow, country, rank, hedge, direction or speaker is a problem or a doubt."""
    ledger = read(sentence)
    doubts = [f"doubt: {doubt.message}" for doubt in ledger.doubts]

    assert message in "\n".join([*(problem.message for problem in ledger.problems), *doubts])


def test_every_fact_is_shown_with_a_sentence_that_holds(bound, read):
    """``explain`` lists each fact with an example; held by itself it is neither refused nor doubted."""
    examples = [line.strip() for line in listed(bound) if line.startswith("    ")]
    found = [(line, ledger) for line in examples if (ledger := read(line)).problems or ledger.doubts]

    assert len(examples) == len(bound.facts.functions)
    assert found == []
