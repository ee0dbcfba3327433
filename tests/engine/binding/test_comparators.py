"""Comparators: what stands in the class of one holds wherever claims are held.

Each promise is tested of all that there are, and of one more that only the tests know.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import press
from press.binding import claims
from press.binding.binder import check_texts
from press.binding.claims import evaluate_true_or_false_claim
from press.binding.comparators import COMPARATORS, ComparisonResult, More
from press.binding.facts import FactError
from press.binding.intervals import describe_interval
from tests.engine.bindings import bind_project, make_text_of_index
from tests.engine.wording import ENGLISH

GAMES = Path(__file__).parents[1] / "stories" / "games"
LABELS = Path(press.__file__).parent / "labels" / "en.toml"
DOCUMENT = Path(press.__file__).parent / "docs" / "binding.md"
TWICE = "twice as many"


class Double(More):
    """The first fact is twice the second."""

    name = "double"
    may_tell_difference = False
    direction = ""

    def compare(self, question):
        """Compare a figure with twice another."""
        one, other = question.intervals
        if one.least == 2 * other.least:
            return ComparisonResult("")
        return ComparisonResult(f"{describe_interval(one)} is not twice {other.name}")


ALL = (*COMPARATORS, Double())
each_comparator = pytest.mark.parametrize(
    "comparator", ALL, ids=lambda each: type(each).__name__
)


@pytest.fixture
def bound(make_project, monkeypatch):
    """Bind the story of the games, in whose language there is one comparator more."""
    monkeypatch.setattr(claims, "COMPARATORS", ALL)
    return bind_project(make_project("games", GAMES))


@pytest.fixture
def read(bound):
    """Return a function that gives what is wrong with a paragraph, without hints."""
    language = bound.texts.language
    lexicon = language.lexicon
    known = {**lexicon.comparators, TWICE: "double"}
    language = replace(language, lexicon=replace(lexicon, comparators=known))

    def read(words):
        ledger = check_texts(language, [("", [make_text_of_index(words)])], bound.facts)
        return [problem.message for problem in ledger.problems]

    return read


def arguments_of(comparator, fact):
    """Return arguments of a comparator, each operand a fact of its own year."""
    years = iter(("1956", "1960"))
    operands = [f"{fact}.{next(years)}.Ardland" for _ in range(comparator.fact_count)]
    least = comparator.argument_counts.start - len(operands) - comparator.names_step
    more = ["1960", "over.team"][-least:] if comparator.is_over_things else []
    return [*["more"][: comparator.names_step], *operands, *more]


@each_comparator
def test_ranks_have_no_order(bound, comparator):
    """A larger rank is not more: who compares sizes refuses it, who does not takes it."""
    arguments = arguments_of(comparator, "gold_rank")

    if comparator.is_ordered:
        with pytest.raises(FactError, match="it is a rank, and a larger rank is not"):
            evaluate_true_or_false_claim(bound.facts, comparator.name, *arguments)
    else:
        evaluate_true_or_false_claim(bound.facts, comparator.name, *arguments)


@each_comparator
def test_another_number_of_arguments_is_told_with_the_usage(bound, comparator):
    """The usage is shown as it stands in the class."""
    over = ["over.team"] if comparator.is_over_things else []
    usage = re.escape(f"expected claim:{comparator.name}/{comparator.usage}")

    with pytest.raises(FactError, match=usage):
        evaluate_true_or_false_claim(
            bound.facts, comparator.name, *["gold.1960.Ardland"] * 4, *over
        )


@pytest.mark.parametrize("comparator", COMPARATORS, ids=lambda each: each.usage)
def test_the_language_has_words_for_it(comparator):
    """Without any no link could say it."""
    assert comparator.name in ENGLISH.comparators.values()


@pytest.mark.parametrize("comparator", COMPARATORS, ids=lambda each: each.usage)
def test_a_label_says_what_it_proves(comparator):
    """It is what readers find in its receipt."""
    over = "_over" if comparator.is_over_things else ""

    assert f"\nclaim_{comparator.name}{over} = " in LABELS.read_text()


@pytest.mark.parametrize("comparator", COMPARATORS, ids=lambda each: each.usage)
def test_the_documents_list_it(comparator):
    """Authors find it in the table of claims."""
    rows = re.findall(r"^\| `.+", DOCUMENT.read_text(), re.MULTILINE)
    named = [row for row in rows if re.search(rf"`{comparator.name}/", row)]

    assert any(comparator.is_over_things <= ("/over." in row) for row in named)


def test_the_language_has_words_for_no_other():
    """They would be read as a comparison that nobody can make."""
    names = {comparator.name for comparator in COMPARATORS}

    assert set(ENGLISH.comparators.values()) <= names


def test_a_new_comparator_is_held(read):
    """It is true of the tables, and of the times that its sentence compares."""
    claim = "claim:double/gold.1960.Ardland/gold.1956.Ardland"

    assert read(f"In 1960 Ardland won [{TWICE} gold medals]({claim}) as in 1956.") == []


def test_a_comparator_of_the_tests_knows_its_sides(read):
    """Who won twice as many stands before "as", and not behind it."""
    claim = "claim:double/gold.1932.Ardland/gold.1932.Belmark"
    words = f"In 1932 {{}} won [{TWICE} gold medals]({claim}) as {{}}."

    assert read(words.format("Ardland", "Belmark")) == []
    assert read(words.format("Belmark", "Ardland"))


def test_a_new_comparator_turned_round_is_refused(read):
    """The time of the second fact is what the first is compared with."""
    claim = "claim:double/gold.1960.Ardland/gold.1956.Ardland"

    (problem,) = read(f"In 1956 Ardland won [{TWICE} gold medals]({claim}) as in 1960.")

    assert problem.endswith("is counted from 1956")


def test_a_false_claim_of_a_new_comparator_is_refused(read):
    """Of its words and its figures."""
    claim = "claim:double/gold.1956.Ardland/gold.1960.Ardland"

    (problem,) = read(f"In 1956 Ardland won [{TWICE} gold medals]({claim}) as in 1960.")

    assert "is not twice gold/1960/Ardland" in problem


def test_a_new_comparator_without_its_words_is_refused(read):
    """The hint of another says another."""
    claim = "claim:double/gold.1960.Ardland/gold.1956.Ardland"

    (problem,) = read(f"In 1960 Ardland won [more gold medals]({claim}) than in 1956.")

    assert problem == '"more" says more, but the link says claim:double'
