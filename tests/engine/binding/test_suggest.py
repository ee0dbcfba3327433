"""Facts of which a number is true that has no link, the nearest first."""

import re
from collections import Counter

import pytest

from press.binding.paragraph import check_paragraph
from press.binding.suggest import FactSuggester
from press.reading import Text
from tests.engine.bindings import (
    INDEX,
    STORY,
    append_paragraph,
    check_words,
    make_project_with_overlay,
)

PROPOSED = re.compile(r"\[[^\]]+\]\(fact:[^)…]+\)")

NO_FACT = (
    "did you mean total or month_total? A new one needs a function in story/ and its"
    " name in __all__"
)
TOTAL = '[$240.1 billion](fact:total/2023), which is "Trade in 2023"'
PARTNER = '[$240.1 billion](fact:partner/borsia), which is "Trade with borsia in 2023"'


def hints(bound, sentence):
    """Return the hints for a sentence, as if it were a page."""
    return [item.hint for item in check_words(bound, sentence).problems]


def none(number):
    """Return the hint where no fact is known of which a number is true."""
    return f"write [{number}](fact:…), or list it with a reason in exceptions.toml"


CASES = {
    "its direction before it": (
        "In 2023 trade rose by 26.2%.",
        'write [26.2%](fact:growth/2023), which is "Change of trade in 2023"',
    ),
    "with its hedge": (
        "In 2023 imports were more than 53% of it.",
        (
            'write [more than 53%](fact:share/import/2023), which is "Part of imports'
            ' in 2023"'
        ),
    ),
    "bound to no fact": (
        "In 2023 trade came to [$240.1 billion](fact:totals/2023).",
        f"{NO_FACT}; or write {TOTAL}; or {PARTNER}",
    ),
    "of a year that no text asks for": (
        "Exports of 2022 were $76.1 billion.",
        'write [$76.1 billion](fact:flow/export/2022), which is "The exports of 2022"',
    ),
    "bound to a fact of which it is not true": (
        "Exports of 2023 were [$111 billion](fact:flow/import/2023).",
        "",
    ),
    "of a statement": (
        "In June 2022 the bank put the share at 3.1%.",
        'write [3.1%](said:share-2022), where A bank said "Gave shares of currencies"',
    ),
    "true of no fact": (
        "In 2023 trade came to $240.2 billion.",
        none("$240.2 billion"),
    ),
    "true of none in its sentence": (
        "In 2021 trade came to $240.1 billion.",
        none("$240.1 billion"),
    ),
    "in the words of a source": (
        "In 2023 trade came to [$240.1 billion](source:beta-2024).",
        none("$240.1 billion"),
    ),
}


@pytest.mark.parametrize(("sentence", "hint"), CASES.values(), ids=CASES)
def test_a_number_is_told_how_it_would_be_true(bound, sentence, hint):
    """What the hint says to write holds in that sentence; where nothing does, nothing
    is named.
    """
    assert hint in hints(bound, sentence)


def test_facts_are_named_by_how_near_their_labels_are(bound):
    """Of several, the one whose label lacks the fewest words of the sentence stands
    first.
    """
    assert [
        hints(bound, f"In 2023 trade {words} $240.1 billion.")
        for words in ("came to", "with Borsia came to")
    ] == [[f"write {TOTAL}; or {PARTNER}"], [f"write {PARTNER}; or {TOTAL}"]]


def test_many_numbers_at_once_are_not_looked_into(bound):
    """New data make many numbers false: only the first thirty cost the time of a
    search, and the others say so.
    """
    told = hints(bound, "In 2023 trade came to $240.1 billion.\n\n" * 31)

    assert [TOTAL in hint for hint in told] == [True] * 30 + [False]
    assert told[-1].endswith("; facts are named for the first 30 numbers")


def obeyed(text, fault, hint):
    """Yield a text as each proposal of a hint has it."""
    place = next(
        (link for link in text.bindings if link.words_start == fault.start), fault
    )
    for found in PROPOSED.finditer(hint):
        yield f"{text.value[: place.start]}{found[0]}{text.value[place.end :]}"


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in CASES.values()])
def test_whoever_obeys_a_hint_is_not_refused_again(bound, sentence):
    """What a hint says to write has fewer faults, and no new one."""
    language = bound.texts.language
    suggester = FactSuggester(language, bound.texts.titles_and_shown_texts, bound.facts)

    def held(value):
        text = Text(INDEX, value, 0, 1, value, "text", is_markdown=True)
        found = check_paragraph(text, "", language, bound.facts).faults_and_doubts
        return text, [fault for fault in found if not (fault.rank or fault.excepted)]

    text, faults = held(sentence)
    wrong = Counter(fault.message for fault in faults)
    for fault in faults:
        for value in obeyed(text, fault, suggester.extend_hint_with_facts(text, fault)):
            assert Counter(left.message for left in held(value)[1]) < wrong, value


def test_a_day_is_tried_that_a_sentence_names(tmp_path):
    """With a year or without, whether a text has asked for it or not."""
    project = make_project_with_overlay(tmp_path / "story", STORY.with_name("marathon"))
    append_paragraph(
        project,
        "On 19 May River School read 80 books. On 18 May 2024 it read 67 books.",
    )

    assert PROPOSED.findall(project.run("check").problems) == [
        "[80 books](fact:read/2024-05-19/River-School)",
        "[67 books](fact:read/2024-05-18/River-School)",
    ]
