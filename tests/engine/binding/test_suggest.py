"""How to mend a number: with the word that it lacks, or bound to a fact of which it is true, the nearest first."""

from __future__ import annotations

import pytest

from tests.engine.bindings import bound_of, read, story_at

NO_FACT = "did you mean total or month_total? A new one needs a function in story/ and its name in __all__"
TOTAL = '[$240.1 billion](fact:total/2023), which is "Trade in 2023"'
PARTNER = '[$240.1 billion](fact:partner/borsia), which is "Trade with borsia in 2023"'


@pytest.fixture(scope="module")
def bound(tmp_path_factory):
    """Return a small story in which every scheme is bound, held to its tables."""
    return bound_of(story_at(tmp_path_factory.mktemp("suggest") / "story"))


def hints(bound, sentence):
    """Return the hints for a sentence, as if it were a page."""
    return [item.hint for item in read(bound, sentence).problems]


def none(number):
    """Return the hint where no fact is known of which a number is true."""
    return f"write [{number}](fact:…), or list it with a reason in exceptions.toml"


CASES = {
    "with its direction": (
        "In 2023 trade rose by 26.2%.",
        'write [rose by 26.2%](fact:growth/2023), which is "Change of trade in 2023"',
    ),
    "with its hedge": (
        "In 2023 imports were more than 53% of it.",
        'write [more than 53%](fact:share/import/2023), which is "Part of imports in 2023"',
    ),
    "bound to another fact": (
        "Exports of 2023 were [$111 billion](fact:flow/import/2023).",
        'write [$111 billion](fact:flow/export/2023), which is "The exports of 2023"',
    ),
    "bound to no fact": (
        "In 2023 trade came to [$240.1 billion](fact:totals/2023).",
        f"{NO_FACT}; or write {TOTAL}; or {PARTNER}",
    ),
    "of a year that no text asks for": (
        "Exports of 2022 were $76.1 billion.",
        'write [$76.1 billion](fact:flow/export/2022), which is "The exports of 2022"',
    ),
    "its scale gone": ("In 2023 trade came to [$240](fact:total/2023).", "write [$240 billion](fact:total/2023)"),
    "its unit gone": ("In 2023 trade came to [240 billion](fact:total/2023).", "write [$240 billion](fact:total/2023)"),
    "its direction gone": ("In 2023 trade was [26.2%](fact:growth/2023) so.", "write [up 26.2%](fact:growth/2023)"),
    "the wrong hedge": (
        "In 2023 trade came to [nearly $240 billion](fact:total/2023).",
        "write [$240 billion]… or [about $240 billion]… or [more than $240 billion]…".replace("…", "(fact:total/2023)"),
    ),
    "another number alone would do": (
        "In 2023 trade came to [$240.2 billion](fact:total/2023).",
        "",
    ),
    "true of no fact": ("In 2023 trade came to $240.2 billion.", none("$240.2 billion")),
    "true of none in its sentence": ("In 2021 trade came to $240.1 billion.", none("$240.1 billion")),
    "in the words of a source": (
        "In 2023 trade came to [$240.1 billion](source:beta-2024).",
        none("$240.1 billion"),
    ),
}


@pytest.mark.parametrize(("sentence", "hint"), CASES.values(), ids=CASES)
def test_a_number_is_told_how_it_would_be_true(bound, sentence, hint):
    """What the hint says to write holds in that sentence; where nothing does, nothing is named."""
    assert hint in hints(bound, sentence)


def test_facts_are_named_by_how_near_their_labels_are(bound):
    """Of several, the one whose label lacks the fewest words of the sentence stands first."""
    assert [hints(bound, f"In 2023 trade {words} $240.1 billion.") for words in ("came to", "with Borsia came to")] == [
        [f"write {TOTAL}; or {PARTNER}"],
        [f"write {PARTNER}; or {TOTAL}"],
    ]


def test_many_numbers_at_once_are_not_looked_into(bound):
    """New data make many numbers false: only the first twelve cost the time of a search."""
    told = hints(bound, "In 2023 trade came to $240.1 billion.\n\n" * 13)

    assert [TOTAL in hint for hint in told] == [True] * 12 + [False]
