"""``make mutate`` changes what it should, and finds a check that is switched off."""

import re
from typing import Literal

import pytest

from press.binding import attribute_checks, truth
from press.binding.facts import FactFunctions, Facts
from press.desk.stages import load_story_and_check_texts
from press.quantity import UnknownNameError
from tests.cases import load_cases
from tests.engine.project import load_story
from tests.engine.wording import ENGLISH, make_figure
from tools import mutate
from tools.mutants.targets import mutate_link_target
from tools.mutants.words import mutate_link_words

CASES = load_cases(__file__)


@pytest.mark.parametrize(("kind", "words", "scheme", "expected"), CASES["words"])
def test_words_are_changed(kind, words, scheme, expected):
    """Each kind of change makes all that it should, and nothing where there is nothing
    to change.
    """
    made = dict.fromkeys(
        new for made, new in mutate_link_words(words, scheme, ENGLISH) if made == kind
    )

    assert [new for new in made if new != words] == expected


@pytest.fixture
def facts(tables, tmp_path):
    """Facts with a year, a month, a flow that may be left out, and a name."""

    def total(_data, year: int, _flow: Literal["total", "export"] = "total"):
        return make_figure(year)

    def to_month(_data, month: str):
        return make_figure(len(month))

    def target(_data, goal: str):
        if goal not in {"a", "b", "c"}:
            raise UnknownNameError(goal, {"a", "b", "c"})
        return make_figure(1)

    functions = {"total": total, "to_month": to_month, "target": target}
    return Facts(
        tables(statements=("id", "id", "s1", "s2", "s3")),
        FactFunctions(tmp_path, functions),
    )


@pytest.mark.parametrize(("target", "expected"), CASES["targets"])
def test_targets_are_changed_to_their_neighbours(facts, target, expected):
    """The year before and after, the month, the other flow, the names beside, and the
    operands changed about.
    """
    assert [
        new.partition(":")[2] for _, new in mutate_link_target(target, facts)
    ] == expected


INDEX, CHART = "content/en/index.md", "content/en/charts/totals.md"
CLAIM = "Trade came to [more each year](claim:every/more/total.2021/total.2023)"
BARS = (
    "The bars go from [$146.9 billion](fact:total/2021) to [$240.1"
    " billion](fact:total/2023)."
)


@pytest.fixture
def story(project):
    """The small story with one link, a figure in a sentence that names its year."""
    project.replace(CHART, CLAIM, "Trade by year")
    project.replace(CHART, BARS, "A bar for each total.")
    return project


@pytest.fixture
def passed(story):
    """Return a function that tries every mutant of the small story as it stands then;
    it returns those that passed.
    """

    def run(group):
        found = mutate.try_mutants_of_story(
            load_story_and_check_texts(story.root, load_story)
        )
        return [item for item in found if item.group == group and not item.is_noticed]

    return run


def test_a_check_that_is_switched_off_is_found(passed, monkeypatch):
    """Where figures are no longer compared, changed digits, signs and scales pass."""
    monkeypatch.setattr(truth, "list_errors_against_figure", lambda _: [])

    assert {item.kind for item in passed(mutate.WORDS)} >= {
        "digit",
        "digits swapped",
        "scale dropped",
        "sign",
    }


def test_an_unheld_sentence_is_found(passed, monkeypatch):
    """Where sentences are no longer held to the time of their figures, a changed year
    passes.
    """
    assert "year" not in {
        item.kind for item in passed(mutate.AROUND) if item.place.startswith(INDEX)
    }

    monkeypatch.setattr(
        attribute_checks, "find_attribute_faults_and_doubts", lambda *_: []
    )

    assert "year" in {
        item.kind for item in passed(mutate.AROUND) if item.place.startswith(INDEX)
    }


def test_what_was_wrong_before_notices_nothing(passed, story):
    """A mutant beside an older mistake is noticed only by what it adds; a link that is
    false has no mutants.
    """
    story.replace(INDEX, "In 2023 trade", "In 2023, of 17, trade")
    beside = passed(mutate.WORDS)
    story.replace(INDEX, "$240.1 billion", "$241.1 billion")

    assert "decimal dropped" in {item.kind for item in beside}
    assert passed(mutate.WORDS) == []


def test_all_is_counted(story, capsys):
    """By kind, and together; then what passed."""
    mutate.main(story.root, load_story)
    told = capsys.readouterr().out
    counts = re.search(r"^together +(\d+) +(\d+) +(\d+)$", told, re.MULTILINE)

    assert re.search(r"^digit +(\d+) +\1 +0$", told, re.MULTILINE)
    assert int(counts[1]) == int(counts[2]) + int(counts[3]) > 30
    assert told.count(" → [") >= int(counts[3])
