"""Telling a difference: on one screen, as short Markdown, as a page on which nothing runs."""

from __future__ import annotations

import html5lib
import pytest

from press.changes import as_html, as_lines, as_markdown, compared

MANY = 30
LONG = "It is " + "very " * 80 + "long."
SVG = '<svg width="9" height="9"><clipPath id="c-1"><path d="M0,0"/></clipPath><g clip-path="url(#c-1)"/></svg>'


def mistakes(what):
    return [{"key": f"{what}{n}", "place": f"x.md:{n}:1", "words": f"{n} {LONG}", "why": LONG} for n in range(MANY)]


def side(value, palette):
    """Return a side in which much differs from one with another value."""
    return {
        "numbers": [{"id": f"fact:n/{n}", "value": f"{n + value}", "unit": "USD"} for n in range(MANY)],
        "charts": {
            f"c{n}": {"outline": [], "csv": value, "points": [["a", "b", f"{value}", f"{value}"]], "svg": SVG}
            for n in range(MANY)
        },
        "tables": {f"t{n}": {"key": ["a"], "text": f"a,b\n1,{value}\n"} for n in range(MANY)},
        "verdicts": {f"v{n}": f"{value}" for n in range(MANY)},
        "palette": palette,
    }


@pytest.fixture
def much():
    """Return a difference with much of everything."""
    words = {name: mistakes(name) for name in ("false", "stale", "unread")}
    before, after = side(1, {"ink": ["#111111", "#eeeeee"]}), {**side(2, {"ink": ["#222222", "#dddddd"]}), **words}
    return compared("then", before, after, ("a note",))


def test_a_terminal_shows_it_on_one_screen(much):
    """At most forty lines, no item wider than the terminal; each kind is there, and how much is left out."""
    lines = as_lines(much, 80)

    assert len(lines) <= 40
    assert max(len(line) for line in lines if line.startswith("  ")) == 80
    assert lines[:2] == ["What has changed since then", "  a note"]
    assert [line for line in lines if not line.startswith(" ")][1:-1] == [
        "Now false, for a person: 30 places",
        "Now false, and fix writes them: 30 places",
        "Now unread: 30 sentences",
        "Verdicts: 30 verdicts",
        "Numbers: 30 changed",
        "Charts: 30 changed",
        "Tables: 30 changed",
    ]
    assert lines.count("  and 27 more") == 7
    assert lines[-1].startswith("For a person: 60 mistakes in the words (build.py check), and 30 sentences that")


def test_markdown_is_short(much):
    """At most sixty lines."""
    lines = as_markdown(much).split("\n")

    assert len(lines) <= 60
    assert lines[:5] == [
        "### What has changed since then",
        "",
        f"**{much.outcome}.**",
        "",
        "a note.",
    ]
    assert "| `fact:n/0` | 1 USD | 2 USD |" in lines


def test_markdown_shows_words_as_they_are():
    """No word of a story is markup, a cell or HTML of the pull request's page."""
    odd = {"false": [{"place": "x:1", "words": "*a* | [b](c) <img src=x> `d` #1 &lt; _e_", "why": "~no~"}]}

    assert as_markdown(compared("then", {}, odd)).split("\n")[-1] == (
        r'* `x:1` "\*a\* \| \[b\](c) \<img src=x\> \`d\` \#1 \&lt; \_e\_": \~no\~'
    )


def test_the_page_leaves_nothing_out_and_runs_nothing(much):
    """It is valid, loads nothing, and has every item in full."""
    page = as_html(much)

    html5lib.HTMLParser(strict=True).parse(page)
    assert page.count(f"29 {LONG}") == 3
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "http:" not in page.replace("http-equiv", "")


def test_drawings_stand_side_by_side_in_their_own_colours(much):
    """Their ids differ, and each side has the palette that it had, in light and in dark."""
    page = as_html(much)

    assert page.count('id="before-c-1"') == page.count("url(#after-c-1)") == MANY
    assert ".before { --ink: #111111; }" in page
    assert "@media (prefers-color-scheme: dark) { .after { --ink: #dddddd; } }" in page


def test_words_are_no_markup_on_the_page():
    """Whatever a text, a table or a chart is called."""
    odd = "<script>alert(1)</script>"
    chart = {"outline": [], "csv": "", "points": [], "svg": SVG}
    after = {"false": [{"place": odd, "words": odd, "why": odd}], "charts": {odd: chart}, "palette": {odd: [odd, odd]}}

    assert "<script" not in as_html(compared(odd, {"charts": {}}, after, (odd,)))


def test_the_same_sides_are_told_in_the_same_bytes(much):
    """Nothing of it is of the moment."""
    assert as_html(much) == as_html(much)
    assert as_markdown(much) == as_markdown(much)
