"""What holding passes over at a glance: only paragraphs in which all of it would find
nothing.
"""

from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.binding import paragraph, unbound
from press.binding.paragraph import check_paragraphs_with_possible_findings
from press.reading import GLANCED, Text
from tests.engine.bindings import INDEX, bind_project, make_project_with_overlay

TABLES = (
    *GLANCED,
    "expiring",
    "comparators",
    "comparisons",
    "directions",
    "names",
    "units",
    "hedges",
    "ordinals",
)
WORDS = [
    "sales",
    "fell.",
    "They",
    "a",
    "the",
    "$",
    "bn",
    "in",
    "January",
    "½",
    "TODO",
    "Bach\u2019s",
    "- ",
    "# ",
    "\n\n",
]
ENDS = [
    "](source:a)",
    "](fact:x)",
    "](page-2.md)",
    "</b>",
    "{#id}",
    "\u201c",
    "\u201d",
    "'",
    "&amp;",
    "-->",
    "|",
    "\n",
]
MARKS = ["*", "**", "_", "`", "~~~\n", "<b>", "[", "[", "![", "<!--", *ENDS]


@pytest.fixture(scope="module")
def bound(tmp_path_factory):
    """Hold the small story once."""
    return bind_project(
        make_project_with_overlay(tmp_path_factory.mktemp("glance") / "story")
    )


@given(data=st.data())
def test_what_is_passed_over_has_nothing_to_find(bound, data):
    """Whatever marks and phrases stand in a text, holding each of its paragraphs
    without a glance finds no more.
    """
    vocabulary, facts = bound.texts.language, bound.facts
    phrases = sorted(vocabulary.lexicon.matcher.phrases_of(*TABLES))
    parts = st.sampled_from(WORDS) | st.sampled_from(MARKS) | st.sampled_from(phrases)
    value = " ".join(data.draw(st.lists(parts, min_size=3, max_size=12)))
    markdown, strict = data.draw(st.booleans()), data.draw(st.booleans())
    text = Text(
        INDEX,
        value,
        0,
        1,
        value,
        "text",
        is_markdown=markdown,
        must_link_comparisons=strict,
    )
    found = [
        fault
        for each in check_paragraphs_with_possible_findings(text, "", vocabulary, facts)
        for fault in each.faults_and_doubts
    ]
    with patch.object(unbound, "_can_skip_unlinked_block", lambda *_: False):
        whole = [
            fault
            for each in check_paragraphs_with_possible_findings(
                replace(text), "", vocabulary, facts
            )
            for fault in each.faults_and_doubts
        ]
    assert found == whole


def test_a_page_without_numbers_is_not_held(bound, monkeypatch):
    """No paragraph of prose is looked into in which neither marks nor words begin what
    is looked for.
    """
    monkeypatch.setattr(paragraph, "check_paragraph", None)
    value = (
        "## Apples\n\nThey *sold* [apples](index.md) at a pier.\n\n- Years of"
        " rain.\n\nIt isn’t over.\n"
    )
    text = Text(INDEX, value, 0, 1, value, "text", is_markdown=True)
    assert (
        check_paragraphs_with_possible_findings(
            text, "", bound.texts.language, bound.facts
        )
        == ()
    )
