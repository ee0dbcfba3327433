"""Plain prose is passed at a glance, and only where looking closely would find nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.binding.paragraph import hold_paragraph
from press.binding.unbound import scanner
from press.reading.text import Text
from tests.engine.bindings import INDEX, bound_of, story_at
from tests.engine.wording import ENGLISH

LOUD = [
    "Sales rose to 5 tonnes.",
    "A ½ is no digit.",
    "Chapter Ⅻ and 三 are numbers, too.",
    "Twenty ships came.",
    "Ships came in March.",
    "Sales were *higher* than ever.",
    "More\nthan that.",
    "It is a **record** so far.",
    "Ships will come **next** year.",
    "TODO",
    "It [rose](fact:growth/x).",
    "A [term](term:goal) is explained.",
    "An in\u200bvisible letter.",
    "See [the page](more.md 'twenty ships').",
    "`[a](`twenty) ships",
    "HUNDREDS of ships.",
    "A bi<b>llion</b> of them, a billion.",
]
SILENT = [
    "Ships came to the harbour, and people saw them.",
    "See [another page](page-0049.md) and *that*.",
    "A [page](https://example.org/2024/x) elsewhere.",
    "",
    "Wörter, die niemand zählt.",
]
WORDS = [
    "more",
    "than",
    "record",
    "so",
    "far",
    "twenty",
    "five",
    "hundred",
    "ships",
    "year",
    "ago",
    "half",
    "the",
    "a",
    "March",
    "billion",
    "twice",
    "as",
    "largest",
]
MARKS = ["`", "*", "**", "[", "](page.md)", "](p9.md)", "](", ")", "- ", "# ", "<b>", "</b>", "<!--", "-->", "~~~", "|"]
PIECES = [*WORDS, *MARKS, *" 7½.,'\"_三\u200b", " ", " ", "\n", "\n\n", "&nbsp;"]


@pytest.fixture(scope="module")
def scan():
    """Return the scanner of English."""
    return scanner(ENGLISH)


@pytest.fixture(scope="module")
def bound(tmp_path_factory):
    """Return the small story of bindings, held."""
    return bound_of(story_at(tmp_path_factory.mktemp("bound") / "story"))


@pytest.mark.parametrize("words", LOUD)
def test_what_may_hold_something_is_no_silent_text(scan, words):
    """A number in any writing, a month, a comparison, a word that expires, a link that binds; markup between or not."""
    assert not scan.is_silent(words)


@pytest.mark.parametrize("words", SILENT)
def test_plain_prose_is_silent(scan, words):
    """Also where it links to pages with numbers in their addresses."""
    assert scan.is_silent(words)


@given(words=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=400)
def test_in_a_silent_text_a_close_look_finds_nothing(bound, words):
    """Whatever words and marks stand together: no fault, no remark."""
    language, text = bound.texts.languages[0], Text(INDEX, words, 0, 1, words, "text", markdown=True)
    if not scanner(language.lexicon).is_silent(words):
        return
    for block in text.blocks:
        held = hold_paragraph(text.paragraph(block), "", language, bound.facts)
        assert (held.entries, held.faults, held.remarks, held.excepted) == ((), (), (), ())
