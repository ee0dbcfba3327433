"""Markdown to HTML: links between pages, charts, tables without inline styles."""

import pytest

from press.ground.errors import BuildError
from press.pages.markdown import HtmlElement, check_and_convert_markdown
from press.reading.text import Text

PAGES = {"index.md": "index.html", "sources.md": "../sources.html"}


def prose(text):
    return check_and_convert_markdown(
        Text("content/en/a.md", text, 0, 5, text, "text", is_markdown=True), PAGES
    )


def refused(text):
    """Return what is said of a text that is refused."""
    with pytest.raises(BuildError) as caught:
        prose(text)
    return caught.value


def test_each_link_remembers_its_line():
    """The check of the finished site can blame a link on the line in which it was
    written.
    """
    text = (
        'one\n[a](sources.md#x)\n\n[b](data/x.csv "title")'
        " and\n![c](<map.png>)\n\n<https://example.org/>"
    )

    assert prose(text).places == {
        "../sources.html#x": ("content/en/a.md", 6),
        "data/x.csv": ("content/en/a.md", 8),
        "map.png": ("content/en/a.md", 9),
        "https://example.org/": ("content/en/a.md", 11),
    }


def test_a_chart_leaves_its_place_and_its_line():
    """A chart on a line of its own becomes a place for the figure."""
    result = prose("Text.\n\n![](chart:race)\n\nMore.")

    assert result.html == '<p>Text.</p>\n<div data-chart="race"></div><p>More.</p>'
    assert result.charts == {"race": 7}


def test_headings_have_ids_of_their_own():
    """A heading has an id made of its words, or the one that is given; two of the same
    words have two.
    """
    html = prose("## Some words\n\n## Some words\n\n## Others {#given}").html

    assert (
        html == '<h2 id="some-words">Some words</h2>\n<h2 id="some-words_1">Some'
        ' words</h2>\n<h2 id="given">Others</h2>'
    )


ATTRIBUTES = [
    ('*a*{: title="300 billion" }', "title"),
    ("*a*{title='300 billion'}", "title"),
    ('## A {: #x title="300 billion" }', "title"),
    ("*a*{: .x style=y }", "style"),
    ("*a*{: data-x='y' }", "data-x"),
]


@pytest.mark.parametrize(("text", "name"), ATTRIBUTES)
def test_attributes_with_words_are_told(text, name):
    """What some readers get and the checker does not read is refused."""
    assert (
        str(refused(text))
        == f"content/en/a.md:5: found the attribute {name} in a text, expected ids and"
        " classes alone\n    hint: write it into the text; of a picture:"
        " ![words](file)"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("#Trade", "found a heading of the first level, expected ## and below"),
        (
            "&#51;00 billion",
            (
                "found &#51; in a text, expected no code of a character\n    hint:"
                " write the character itself"
            ),
        ),
        (
            "&frac12;",
            (
                "found &frac12; in a text, expected no code of a character\n    hint:"
                " write the character itself"
            ),
        ),
        (
            "nine<!-- a --><!--\n-->ty of them",
            (
                "found a comment inside a word, expected it beside whole words\n   "
                " hint: move it"
            ),
        ),
        (
            "nine&#8203;ty of them",
            (
                "found &#8203;, ZERO WIDTH SPACE (U+200B), which nobody sees, expected"
                " none\n    hint: delete it"
            ),
        ),
        (
            "It is n**o**w",
            'found stars inside the word "n**o", expected them around whole words',
        ),
    ],
)
def test_what_hides_words_is_told(text, problem):
    """Titles, headings of the page, codes of characters, marks inside a word: nobody
    would check what they hold.
    """
    assert str(refused(text)) == f"content/en/a.md:5: {problem}"


@pytest.mark.parametrize(
    "text",
    [
        "* It was due in\n  2025. It fell.",
        "It was due in\n2025. It fell.",
        "\n2025. It fell.",
    ],
)
def test_a_year_at_the_beginning_of_a_line_is_no_item_of_a_list(text):
    """Lines that were broken anew before the end of a sentence would lose their number:
    the line is named.
    """
    message = (
        "a line begins with 2025. and becomes an item of a list, without the number"
    )
    assert (
        str(refused(text))
        == f"content/en/a.md:6: {message}\n    hint: break the line at another word"
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("one {#at-300} billion", 5, "at 300"),
        ("one {.billion}", 5, "billion"),
        ("a\n](<plaintext> b", 6, "plaintext"),
    ],
)
def test_words_that_readers_see_are_words_that_the_checker_reads(text, line, words):
    """Whatever the scanner takes for marks, code or attributes and Markdown shows is
    told, with what stands there.
    """
    assert [(item.line, item.message) for item in refused(text).problems] == [
        (
            line,
            f'found "{words}" in the finished text, where the checker cannot read it',
        )
    ]


@pytest.mark.parametrize(
    "name",
    [
        "plaintext",
        "textarea",
        "svg",
        "PlainText",
        "script",
        "h1",
        "x",
        "b",
        "br",
        "/div",
    ],
)
def test_html_in_a_text_is_words_that_the_checker_cannot_read(name):
    """Elements, ends of elements, whatever they are called: none reaches a page, and
    each is told.
    """
    problem, *_ = refused(f"a\n\nb <{name}> c\n\nd").problems

    assert problem.message.startswith(
        f'found "{name.removeprefix("/")}" in the finished text'
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\n\n<!-- b\n\nc", 7), ("a <!-- b", 5), ("<!-- a --> b\n<!-- c", 6)],
)
def test_a_comment_without_its_end_is_told(text, line):
    """Else readers would read it."""
    assert [(item.line, item.message) for item in refused(text).problems] == [
        (line, "found a comment without its end -->, expected one")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[a](b.html?title=x)",
        "*a*{: #value .start}",
        "x=1",
        "1. One\n2. Two\n\n1. One",
        "It was due in\n2025.5 of them",
        "It was due in\n2025.",
        "Due\nin 2025. It fell.",
        "a&nbsp;b &amp; c &lt; d &gt; e",
        "AT&T; and &x",
        "2 * 3",
        "*a* **b** ***c***",
        "    indented 5\n\nand `5`, ``a ` 6`` and\n\n```\n7\n```",
        (
            "![A map of 12](a.png) and <https://example.org/12> and me9@example.org,"
            " [vehicle](sources.md)s"
        ),
        (
            "1. one\n2. two\n\n| a | b |\n|---|--:|\n| 1 | **2** |\n\n> 3\n\n## 4"
            " {#x}\n\nFive\n----"
        ),
        "a_b_c \\* 6 é e\u0301 &amp; &nbsp;7 *8*{: .x }",
        (
            "a < b, c <d and e<5; <https://example.org/> <me@example.org>"
            " [x](<sources.md>)"
        ),
        "`<plaintext>` and\n\n```\n<svg> <!--\n```\n\n<!-- <title>\n\n-->\n\nb",
        "a<!-- b --> c <!-- d -->e and `f<!-- g -->h`",
    ],
)
def test_what_is_read_as_it_is_shown_is_free(text):
    """Ids, lists, plain characters, code, addresses, tables and comments raise no
    alarm.
    """
    assert prose(text).html


def test_all_mistakes_of_a_text_are_told_at_once():
    """The first mistake does not hide the others."""
    problems = refused("# A\n\n[b](x.md) ![](y.png)\n\nSee ![](chart:z)").problems

    assert [(problem.line, problem.message.split(",")[0]) for problem in problems] == [
        (5, "found a heading of the first level"),
        (7, "found a link to x.md"),
        (7, "the picture y.png has no alternative text"),
        (9, "found the chart z inside a text"),
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[$5](fact:a/b)", "<p><span>$5</span></p>"),
        (
            "*[$5](fact:a/b)* and **[6](claim:c/d)**",
            "<p><em><span>$5</span></em> and <strong><span>6</span></strong></p>",
        ),
        ("[$5](fact:a/b)\n[$5](fact:a/b)", "<p><span>$5</span>\n<span>$5</span></p>"),
        ("- [$5](fact:a/b)", "<ul>\n<li><span>$5</span></li>\n</ul>"),
        ("> [$5](said:a)", "<blockquote>\n<p><span>$5</span></p>\n</blockquote>"),
        ("## [$5](fact:a/b) {#x}", '<h2 id="x"><span>$5</span></h2>'),
        ("[$5\nbillion](term:a)", "<p><span>$5\nbillion</span></p>"),
        ("[*much*](source:a)", "<p><span><em>much</em></span></p>"),
        ("[5&nbsp;& `6`](source:a)", "<p><span>5&nbsp;&amp; <code>6</code></span></p>"),
        ("`[$5](fact:a/b)`", "<p><code>[$5](fact:a/b)</code></p>"),
        ("a<!-- [$5](fact:a/b) -->", "<p>a</p>"),
    ],
)
def test_bindings_are_shown_as_what_they_are(text, html):
    """Wherever Markdown shows a link, a binding is the element that the caller says,
    and no link.
    """
    source = Text("a.md", text, 0, 1, text, "text", is_markdown=True)

    shown = {
        link.target: (HtmlElement("span", {}),) * len(source.bindings)
        for link in source.bindings
    }

    assert check_and_convert_markdown(source, {}, elements_by_target=shown).html == html


LOST = "Markdown does not show the link to {}"
HIDDEN = "the checker cannot read the link to {}"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("x\n\n[a [$5](fact:a/b) c](index.md)", [(7, LOST.format("fact:a/b"))]),
        ("x\n\n![a [$5](fact:a/b)](m.png)", [(7, LOST.format("fact:a/b"))]),
        ("[a][1]\n\n[1]: fact:a/b", [(7, HIDDEN.format("fact:a/b"))]),
        ("[a [b] c](fact:a/b)", [(5, HIDDEN.format("fact:a/b"))]),
        ("    [$5](fact:a/b)", [(5, LOST.format("fact:a/b"))]),
        ("\\[$5](fact:a/b)", [(5, LOST.format("fact:a/b"))]),
        (
            "\\[$5](fact:a/b)\n\n[vast][r]\n\n[r]: fact:a/b",
            [(5, LOST.format("fact:a/b")), (9, HIDDEN.format("fact:a/b"))],
        ),
    ],
)
def test_bindings_found_are_the_bindings_rendered(text, problems):
    """What the checker reads and Markdown does not show is told, and the other way
    round.
    """
    assert [
        (problem.line, problem.message) for problem in refused(text).problems
    ] == problems
