"""The text as written: its links, what of it are words, its sentences and clauses, each
at its place.
"""

import pytest

from press.reading.text import Text


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


@pytest.mark.parametrize(
    ("value", "links"),
    [
        ("It was [$240](fact:total/2023) then.", [("$240", "fact:total/2023", "fact")]),
        (
            "[a](claim:more/x.1/y.2) [b](said:s-1) [c](source:S059) [d](term:t)",
            [
                ("a", "claim:more/x.1/y.2", "claim"),
                ("b", "said:s-1", "said"),
                ("c", "source:S059", "source"),
                ("d", "term:t", "term"),
            ],
        ),
        (
            "[a](b.md#c) [d](https://example.org/(e))",
            [("a", "b.md#c", ""), ("d", "https://example.org/(e)", "")],
        ),
        (
            "[a](<b.md>) [c](d.md \"t\") [e](f.md 't')",
            [("a", "b.md", ""), ("c", "d.md", ""), ("e", "f.md", "")],
        ),
        (
            "[fact](facts.md) [a](factual:b) [c](fact)",
            [("fact", "facts.md", ""), ("a", "factual:b", ""), ("c", "fact", "")],
        ),
        ("![alt](fact:a)", []),
        ("`[a](fact:b)` <!-- [c](fact:d) -->\n\n```\n[e](fact:f)\n```\n", []),
        ("[two\nlines](fact:a)", [("two\nlines", "fact:a", "fact")]),
    ],
)
def test_links_are_found(value, links):
    """Each inline link is found with its words, its target and its scheme; none in
    code, comments or images.
    """
    words = text(value)

    found = [
        (value[link.words_start : link.words_end], link.target, link.scheme)
        for link in words.links
    ]

    assert found == links
    assert [link.target for link in words.bindings] == [
        target for _, target, scheme in links if scheme
    ]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("It [was](a.md) *so* and __so__.", "It was so and so ."),
        ("## A heading {#its-id}", "A heading"),
        (
            "- an item\n* another\n12. a third\n> a quote",
            "an item another a third a quote",
        ),
        (
            "Code `x = 1` and <!-- a comment --> and <br> and &nbsp; end",
            "Code and and and end",
        ),
        ("```\n1 2 3\n```\nafter", "after"),
        ("![An old map](map-12.png) and ![](chart:race)", "An old map and"),
        (
            "See <https://example.org/1>, https://example.org/2 and me9@example.org.",
            "See , and .",
        ),
        ("[a]: https://example.org/1", ""),
        ("[a](b.md\n\"It was 300\") [c](<d.md> 'e')", "a It was 300 c e"),
        # backticks hold code within a block, in equal runs, not behind a backslash; a
        # fence ends as it began
        ("`a\n\n300 billion\n\nb`", "`a 300 billion b`"),
        ("`a\n## 300 billion`", "`a 300 billion`"),
        ("Trade ``was 300 billion` dollars", "Trade ``was 300 billion` dollars"),
        ("\\`Trade was 300\\`", "\\`Trade was 300\\`"),
        ("``a ` b`` and `c`", "and"),
        ("`a`` 300", "`a`` 300"),
        ("```\n\n300\n``` x", "``` 300 ``` x"),
        ("a `b\nc` d", "a d"),
        ("```\nx\n```\n300\n````", "300 ````"),
        ("~~~ text\n\n300\n\n~~~\nafter", "after"),
        ("<!-- a\n\nb --> after", "after"),
        # a line that begins like a reference and goes on in words is words
        (
            "[Note]: trade was 300 billion dollars.",
            "[Note]: trade was 300 billion dollars.",
        ),
        ("[^1]: Trade was 300.", "[^1]: Trade was 300."),
        (
            "  [1]: <a.md> 'Of 300'\n[2]: b.md (Of 5)\n[3]: c.md\nText",
            "Of 300 Of 5 Text",
        ),
        # only ids, classes and attributes in braces are hidden, and a tag that ends in
        # its block
        ("Trade was {300 billion}.", "Trade was {300 billion}."),
        ("In {2022} it was", "In {2022} it was"),
        ("*much*{: .a #b-2 lang=en}", "much"),
        ("*much*{ lang='en' }", "much"),
        ('<a href="x > 3">y</a>', "y"),
        ("*much*{#a=300 billion}", "much {#a=300 billion}"),
        ("a <b\nclass='c'>d", "a d"),
        ("a <b was 300\n\n> c", "a <b was 300 c"),
    ],
)
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


@pytest.mark.parametrize(
    ("value", "blocks"),
    [
        ("One.\nStill one.\n\nTwo.", ["One. Still one.", "Two."]),
        (
            "## A\nText\n- item\n- item two\n1. three",
            ["A Text", "item", "item two", "three"],
        ),
        ("| a | b |\n| c | d |\n\nend", ["| a | b |", "| c | d |", "end"]),
        ("A\n---\nText\n\n---\n\nend", ["A", "Text", "end"]),
        ("Text\n##A\n> B\n> ## C", ["Text", "A", "B", "C"]),
    ],
)
def test_blocks(value, blocks):
    """Paragraphs, items of lists and rows of tables are blocks of their own."""
    words = text(value)

    assert shown(words, words.blocks) == blocks


@pytest.mark.parametrize(
    ("value", "sentences"),
    [
        (
            "It rose. Then it fell! Did it? Yes.",
            ["It rose.", "Then it fell!", "Did it?", "Yes."],
        ),
        ("It rose to 3.5. In 2023 it fell.", ["It rose to 3.5.", "In 2023 it fell."]),
        (
            "It ended. 2025 was lower. $5 more.",
            ["It ended.", "2025 was lower.", "$5 more."],
        ),
        (
            "By the U.S. Treasury, Dr. No, No. 5 and Nov. 2023.",
            ["By the U.S. Treasury, Dr. No, No. 5 and Nov. 2023."],
        ),
        (
            "A part of Anna’s. Of Bruno's. More.",
            ["A part of Anna’s.", "Of Bruno's.", "More."],
        ),
        (
            "Exports f.o.b. and imports c.i.f. rose.",
            ["Exports f.o.b. and imports c.i.f. rose."],
        ),
        ("It [was so. Really](fact:a) so.", ["It was so. Really so."]),
        ("He said “yes.” Then [he](fact:a) left.", ["He said “yes.", "Then he left."]),
        ("It was [$5](fact:a). [More](fact:b) came.", ["It was $5 .", "More came."]),
        ("| one | two |", ["one", "two"]),
        ("增长。下降。", ["增长。", "下降。"]),
    ],
)
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


@pytest.mark.parametrize(
    ("value", "clauses"),
    [
        (
            "2023 ended at [a](fact:a) and 2024 at [b](fact:b).",
            ["2023 ended at a", "2024 at b ."],
        ),
        (
            "Trade of Arden and Borsia was [a](fact:a) and rose.",
            ["Trade of Arden and Borsia was a and rose."],
        ),
        (
            "[a](fact:a) of vehicles and parts and [b](fact:b) of oil.",
            ["a of vehicles and parts", "b of oil."],
        ),
        (
            "[a](fact:a) for Arden and Borsia, [b](fact:b).",
            ["a for Arden and Borsia", "b ."],
        ),
        (
            "In 2023, it rose; in 2024 (to May) it fell.",
            ["In 2023", "it rose", "in 2024", "to May", "it fell."],
        ),
        (
            "It rose but fell, while prices rose – a little.",
            ["It rose", "fell", "while prices rose", "a little."],
        ),
        (
            "From 2021 – 2023 it was 1,234.5: less.",
            ["From 2021 – 2023 it was 1,234.5", "less."],
        ),
        ("[up, down and up](fact:a) or [so](fact:b)", ["up, down and up", "so"]),
    ],
)
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
    assert text(value).must_link_comparisons_at(value.index("Here")) == strict
    assert text(value, must_link_comparisons=True).must_link_comparisons_at(
        value.index("Here")
    )
    assert not text(value, is_markdown=False).must_link_comparisons_at(
        value.index("Here")
    )
