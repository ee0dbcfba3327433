"""Two small stories that are no trade: teams at Games with gaps, schools by day. Sentences of two authors are held.

The authors knew the tables, the list of facts and docs/binding.md, and no rule. Behind # stands what is false.
"""

import re
import textwrap
from pathlib import Path

import pytest

from press.binding import hold_texts
from press.desk.stages import bind
from press.reading import Text
from tests.engine.project import story_in

SENTENCES = Path(__file__).parent / "sentences"
STORIES = ("games", "marathon")
REFUSED, CAUGHT = 3, 52  # at most so many of 60 true ones; at least so many of 60 false ones, as problem or doubt


@pytest.fixture
def bound(make_project):
    """Return a function that binds a story."""

    def bound(name):
        project = make_project(name, Path(__file__).parent / "stories" / name)
        return bind(project.root, story_in)

    return bound


def outcomes(bound, kind):
    """Return each sentence of a kind with its problems, and its doubts, in all stories."""
    found = {}
    for name in STORIES:
        story = bound(name)
        for line in (SENTENCES / f"{name}.{kind}.txt").read_text("utf-8").splitlines():
            words = line.partition(" # ")[0]
            text = Text("page.md", words, 0, 1, words, "text", markdown=True)
            ledger = hold_texts(story.texts.language, [("", [text])], story.facts)
            found[line] = [problem.message for problem in ledger.problems], [doubt.message for doubt in ledger.doubts]
    return found


def test_true_sentences_are_hardly_ever_refused(bound):
    """A newcomer is not in the way of a rule."""
    found = outcomes(bound, "true")
    refused = {line: problems for line, (problems, _) in found.items() if problems}

    assert len(found) == 60
    assert len(refused) <= REFUSED, refused


def test_false_sentences_are_caught(bound):
    """Wrong things, days, ranks, gaps, superlatives, leads and exchanged numbers are problems or doubts."""
    found = outcomes(bound, "false")
    passed = [line for line, told in found.items() if not any(told)]

    assert len(found) == 60
    assert len(found) - len(passed) >= CAUGHT, passed


@pytest.mark.parametrize("name", STORIES)
def test_every_fact_is_shown_with_a_sentence_that_holds(bound, make_project, name):
    """``explain`` lists what can be bound; each example, held by itself, is neither refused nor doubted."""
    lines = make_project("listed", Path(__file__).parent / "stories" / name).run("explain").out.splitlines()
    story, examples = bound(name), [line.strip() for line in lines if line.startswith("    ")]
    ledger = hold_texts(
        story.texts.language,
        [("", [Text("page.md", line, 0, 1, line, "text", markdown=True) for line in examples])],
        story.facts,
    )

    assert len(examples) == len(story.facts.functions)
    assert [*map(str, ledger.problems), *(doubt.message for doubt in ledger.doubts)] == []


def test_the_page_on_facts_declares_facts(make_project):
    """What docs/facts.md shows, put together, gives facts that ``explain`` lists, each with a sentence."""
    page = (Path(__file__).parents[2] / "docs/facts.md").read_text("utf-8")
    code = [textwrap.dedent(block) for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL)]
    project = make_project("shown", Path(__file__).parent / "stories" / "games")
    imports = "from press.data import Data\nfrom press.ground.period import Period\nfrom press.quantity import Quantity"
    project.write("story/facts.py", "\n\n".join([imports, *code, '__all__ = ["leader_share"]']))

    listed = project.run("explain").out.splitlines()

    assert len([line for line in listed if line[:1].isalpha()]) == 11
    assert len([line for line in listed if line.startswith("    ")]) == 11
