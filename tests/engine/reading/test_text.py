"""The text as written: its links, what of it are words, its sentences and clauses, each
at its place.
"""

import pytest

from press.reading.text import Text
from tests.cases import load_cases

CASES = load_cases(__file__)


def text(value, **about):
    return Text(
        "a.md",
        about.pop("source", value),
        about.pop("start", 0),
        7,
        value,
        "text",
        **{"is_markdown": True, **about},
    )


def shown(words, spans):
    return [
        " ".join(words.visible_text[span.start : span.end].split()) for span in spans
    ]


@pytest.mark.parametrize(("value", "links"), CASES["links"])
def test_links_are_found(value, links):
    """Each inline link is found with its words, its target and its scheme; none in
    code, comments or images.
    """
    words = text(value)

    found = [
        [value[link.words_start : link.words_end], link.target, link.scheme]
        for link in words.links
    ]

    assert found == links
    assert [link.target for link in words.bindings] == [
        target for _, target, scheme in links if scheme
    ]


@pytest.mark.parametrize(("value", "plain"), CASES["visible"])
def test_what_readers_see_is_kept_at_its_place(value, plain):
    """Marks, targets, code, comments, ids and addresses are blanked; words and line
    ends stay where they are.
    """
    words = text(value)

    assert " ".join(words.visible_text.split()) == plain
    assert len(words.visible_text) == len(words.folded_visible) == len(value)
    assert all(
        words.visible_text[i] == value[i]
        for i in range(len(value))
        if words.visible_text[i] != " "
    )
    assert [i for i, letter in enumerate(value) if letter == "\n"] == [
        i for i, x in enumerate(words.visible_text) if x == "\n"
    ]


@pytest.mark.parametrize(
    ("value", "plain"),
    [("*{count} pages*", "*        pages*"), ("{300} and {a b}", "{300} and {a b}")],
)
def test_places_to_fill_are_no_words_of_a_label(value, plain):
    """In a text that is no Markdown, names in braces are filled in, and a star is a
    star.
    """
    assert text(value, is_markdown=False).visible_text == plain


def test_flat_text_has_words_for_bindings():
    """A text that is shown without links has the words of its bindings; other links
    stay.
    """
    assert (
        text("It [was](fact:a) [so](b.md).").with_words_in_place_of_bindings
        == "It was [so](b.md)."
    )


@pytest.mark.parametrize(
    ("start", "position", "place"),
    [(0, 0, (1, 1)), (4, 0, (2, 1)), (4, 5, (3, 2)), (-1, 5, (7, 1))],
)
def test_places_are_told_in_the_file(start, position, place):
    """A position becomes a line and a column of the whole file; where the file writes
    otherwise, the text's line.
    """
    assert (
        text("one\ntwo", source="+++\none\ntwo", start=start).line_and_column(position)
        == place
    )


@pytest.mark.parametrize(("value", "blocks"), CASES["blocks"])
def test_blocks(value, blocks):
    """Paragraphs, items of lists and rows of tables are blocks of their own."""
    words = text(value)

    assert shown(words, words.blocks) == blocks


@pytest.mark.parametrize(("value", "sentences"), CASES["sentences"])
def test_sentences(value, sentences):
    """A sentence ends at its full stop; abbreviations, decimals and the words of a link
    end none; a cell is one.
    """
    words = text(value)

    assert shown(words, words.split_sentences(words.blocks[0])) == sentences


@pytest.mark.parametrize(
    "words", ["**$3**", "*$3*", " $3", "<b>$3</b>", "&nbsp;$3", "__$3__"]
)
@pytest.mark.parametrize("mark", [".", ",", " –"])
def test_a_sentence_and_a_clause_hold_a_link_whose_words_begin_with_a_mark(words, mark):
    """Marks and blanks at the start of a link are no part of the gap before it: each
    binding is in one sentence.
    """
    value = f"Trade was good{mark} [{words}](fact:a) was it."
    found = text(value)
    sentences = found.split_sentences(found.blocks[0])

    assert [len(found.bindings_in(sentence)) for sentence in sentences] == (
        [0, 1] if mark == "." else [1]
    )
    assert len(found.bindings_in(found.split_clauses(sentences[-1])[-1])) == 1


@pytest.mark.parametrize(("value", "clauses"), CASES["clauses"])
def test_clauses(value, clauses):
    """Commas, dashes and brackets part clauses, and "and" only where it joins two
    statements with a figure each.
    """
    words = text(value)

    assert (
        shown(words, words.split_clauses(words.split_sentences(words.blocks[0])[0]))
        == clauses
    )


@pytest.mark.parametrize(
    ("value", "strict"),
    [
        ("## Here it is", True),
        ("![Here it is](a.png)", True),
        ("- Here it is", False),
        ("> Here it is", False),
        ("##Here it is", True),
        ("> ## Here it is", True),
        ("- ## Here it is", True),
        ("Here it is\n-----", True),
        ("Here it is\n===\nText", True),
        ("Text\n\n-----\n\nHere it is", False),
        ("Some text. Here it is.", False),
    ],
)
def test_headings_and_alternative_texts_are_strict(value, strict):
    """Headings and alternative texts bear no unbound comparison; a text that is strict
    is so everywhere.
    """
    assert text(value).is_heading_or_alternative_text_at(value.index("Here")) == strict
    assert text(value, must_link_comparisons=True).is_heading_or_alternative_text_at(
        value.index("Here")
    )
    assert not text(value, is_markdown=False).is_heading_or_alternative_text_at(
        value.index("Here")
    )
