"""``make mutate`` changes what it should, and finds a check that is switched off."""

import re
from typing import Literal

import pytest

from press.binding import attribute_checks, truth
from press.binding.facts import FactFunctions, Facts
from press.desk.stages import load_story_and_check_texts
from press.quantity import UnknownNameError
from tests.engine.project import load_story
from tests.engine.wording import ENGLISH, make_figure
from tools import mutate
from tools.mutants.targets import mutate_link_target
from tools.mutants.words import mutate_link_words


@pytest.mark.parametrize(
    ("kind", "words", "scheme", "expected"),
    [
        (
            "digit",
            "$18.9",
            "fact",
            ["$08.9", "$28.9", "$98.9", "$10.9", "$17.9", "$19.9", "$18.0", "$18.8"],
        ),
        ("digits swapped", "18.99", "fact", ["81.99", "19.89"]),
        ("decimal dropped", "4.25%", "fact", ["4%", "4.2%"]),
        ("decimal added", "3–4 years", "fact", ["3.0–4 years", "3–4.0 years"]),
        ("decimal mark moved", "18.9", "fact", ["1.89", "189", "18,9"]),
        ("grouping removed", "1,234.5", "fact", ["1234.5"]),
        ("direction changed", "rose by 4%", "fact", ["down by 4%", "flat by 4%"]),
        ("direction changed", "more than 4%", "fact", []),
        ("direction dropped", "grew by 4%", "fact", ["by 4%"]),
        ("sign", "−4%", "fact", ["+4%", "4%"]),
        ("sign", "up $4", "fact", ["up −$4"]),
        (
            "unit changed",
            "$4 billion",
            "fact",
            ["¥4 billion", "₽4 billion", "€4 billion"],
        ),
        (
            "unit changed",
            "$68 a barrel",
            "fact",
            ["¥68 a barrel", "₽68 a barrel", "€68 a barrel", "$68 a tonne"],
        ),
        ("unit dropped", "up 4%", "fact", ["up 4"]),
        ("scale changed", "$4bn", "fact", ["$4 thousand", "$4 million", "$4 trillion"]),
        ("hedge dropped", "rose by about 4%", "fact", ["rose by 4%"]),
        ("hedge added", "up about 4%", "fact", []),
        ("hedge added", "named the goal", "said", []),
        (
            "number word changed",
            "three years late",
            "fact",
            ["two years late", "four years late"],
        ),
        (
            "fraction changed",
            "up a third",
            "fact",
            ["up a three tenths", "up a seven in twenty"],
        ),
        (
            "multiple changed",
            "grew fivefold",
            "fact",
            ["grew fourfold", "grew sixfold"],
        ),
        ("rank changed", "second", "fact", ["first", "third"]),
        ("month changed", "January 2026", "fact", ["February 2026"]),
        ("comparison dropped", "fell again", "claim", ["again"]),
        (
            "quoted word",
            "named “a goal”",
            "said",
            ["named “otherwise goal”", "named “a otherwise”"],
        ),
    ],
)
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


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("fact:total/2023", ["total/2022", "total/2024", "total/2023/export"]),
        (
            "fact:total/2023/export",
            ["total/2022/export", "total/2024/export", "total/2023/total"],
        ),
        (
            "fact:to_month/2023-12",
            [
                "to_month/2022-12",
                "to_month/2023-11",
                "to_month/2024-01",
                "to_month/2024-12",
            ],
        ),
        ("fact:target/b", ["target/a", "target/c"]),
        (
            "claim:crossed/target.a/target.c",
            [
                "crossed/target.c/target.a",
                "crossed/target.b/target.c",
                "crossed/target.a/target.b",
            ],
        ),
        ("claim:every/more/target.a", ["every/more/target.b"]),
        ("said:s2", ["s1", "s3"]),
        ("source:s2", []),
    ],
)
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
