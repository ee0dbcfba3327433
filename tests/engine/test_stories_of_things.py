"""Two small stories that are no trade: teams at Games with gaps, schools by day.

Sentences of two authors are held.

The authors knew the tables, the list of facts and press/docs/binding.md, and no rule.
Behind # stands what is false.
"""

from pathlib import Path

import pytest

from tests.engine.bindings import bind_project, check_words

SENTENCES = Path(__file__).parent / "sentences"
STORIES = ("games", "marathon")
# at most so many of 60 true ones; at least so many of 60 false ones, as problem or
# doubt
REFUSED, CAUGHT = 3, 52


@pytest.fixture
def bound(make_project):
    """Return a function that binds a story."""

    def bound(name):
        return bind_project(
            make_project(name, Path(__file__).parent / "stories" / name)
        )

    return bound


def outcomes(bound, kind):
    """Return each sentence of a kind with its problems, and its doubts,
    in all stories.
    """
    found = {}
    for name in STORIES:
        story = bound(name)
        for line in (SENTENCES / f"{name}.{kind}.txt").read_text("utf-8").splitlines():
            words = line.partition(" # ")[0]
            ledger = check_words(story, words)
            found[line] = (
                [problem.message for problem in ledger.problems],
                [doubt.message for _, doubt in ledger.doubts],
            )
    return found


def test_true_sentences_are_hardly_ever_refused(bound):
    """A newcomer is not in the way of a rule."""
    found = outcomes(bound, "true")
    refused = {line: problems for line, (problems, _) in found.items() if problems}

    assert len(found) == 60
    assert len(refused) <= REFUSED, refused


def test_false_sentences_are_caught(bound):
    """Wrong things, days, ranks, gaps, superlatives, leads and exchanged numbers are
    problems or doubts.
    """
    found = outcomes(bound, "false")
    passed = [line for line, told in found.items() if not any(told)]

    assert len(found) == 60
    assert len(found) - len(passed) >= CAUGHT, passed
