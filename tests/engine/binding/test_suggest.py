"""How to mend what is wrong: with words that hold, or bound to a fact of which it is true, the nearest first."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from press.binding.paragraph import hold_paragraph
from press.binding.suggest import Suggester
from press.reading import Text
from tests.engine.bindings import INDEX, bound_of, read, story_at

PROPOSED = re.compile(r"\[[^\]]+\]\(fact:[^)…]+\)")

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
    "bound to no fact": (
        "In 2023 trade came to [$240.1 billion](fact:totals/2023).",
        f"{NO_FACT}; or write {TOTAL}; or {PARTNER}",
    ),
    "of a year that no text asks for": (
        "Exports of 2022 were $76.1 billion.",
        'write [$76.1 billion](fact:flow/export/2022), which is "The exports of 2022"',
    ),
    "bound to a fact of which it is not true": ("Exports of 2023 were [$111 billion](fact:flow/import/2023).", ""),
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


WORDS = {
    "its own time": ("In 2022 trade came to [$240.1 billion](fact:total/2023).", 'write "2023"'),
    "no time, where the sentence goes on in another": (
        "In 2022 trade was [$240.1 billion](fact:total/2023), and exports were [$76.1 billion](fact:flow/export/2022).",
        "",
    ),
    "the time that a comparison is counted from": (
        "In 2023 trade was [larger](claim:more/total.2023/total.2022) than in 2021.",
        'write "2022"',
    ),
    "its own subject": ("Imports of 2023 were [$240.1 billion](fact:total/2023).", 'write "trade"'),
    "a sign inside the link": (
        "In 2023 trade was about $[240.1 billion](fact:total/2023).",
        "write [$240.1 billion](…)",
    ),
    "no sign inside the link that is wrong there": (
        "In 2023 trade was −[$240.1 billion](fact:total/2023).",
        "leave it out",
    ),
    "no rate of an amount": ("In 2023 trade was [$240.1 billion](fact:total/2023) each.", "leave it out"),
}


@pytest.mark.parametrize(("sentence", "hint"), WORDS.values(), ids=WORDS)
def test_words_are_proposed_only_where_they_hold(bound, sentence, hint):
    """A hint names words with which nothing else is wrong in that sentence; else it says what to link."""
    assert hint in hints(bound, sentence)


def obeyed(text, fault, hint):
    """Yield a text as each proposal of a hint has it: a link in place of another, words in place of others."""
    ways = [(mend.start, mend.end, mend.new) for mend in fault.mends if mend.how.replace("{}", mend.told) in hint]
    if link := text.bound_at(fault.start):
        ways += [(link.start, link.end, found[0]) for found in PROPOSED.finditer(hint)]
    for start, end, new in ways:
        yield f"{text.value[:start]}{new}{text.value[end:]}"


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in (*CASES.values(), *WORDS.values())])
def test_whoever_obeys_a_hint_is_not_refused_again(bound, sentence):
    """What a hint says to write has fewer faults, and no new one."""
    language = bound.texts.own
    suggester = Suggester(language, language.texts, bound.facts)

    def held(value):
        text = Text(INDEX, value, 0, 1, value, "text", markdown=True)
        return text, hold_paragraph(text, "", language, bound.facts).faults

    text, faults = held(sentence)
    wrong = Counter(fault.message for fault in faults)
    for fault in faults:
        for value in obeyed(text, fault, suggester.hint(text, fault)):
            assert Counter(left.message for left in held(value)[1]) < wrong, value
