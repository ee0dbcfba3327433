"""The replay's cutting: what is false on an earlier day is left out of the texts, and nothing beside it."""

from __future__ import annotations

import pytest

from press.errors import Problem
from tools.replay.cutting import cut, without_charts

PAGE = "content/en/index.md"
TEXT = """+++
title = "A page. It has [$1 bn](fact:a/b). So it is."
notes = [
    "One note.",
]

[card]
number = "[9%](fact:g) of it"
pair = [
    "A: [1](fact:h)",
]

[words]
unit = "%"
+++

First one. The second
is longer, with [4.5](fact:c/d). Third.

* An item. And more.
* Another item.

| a | b |
|---|---|
| 1 | 2 |

## A heading of [5](fact:e) {#own}

The end.
"""


def cut_at(*words):
    problems = []
    for word in words:
        before = TEXT[: TEXT.index(word)]
        problems.append(Problem(PAGE, before.count("\n") + 1, "false", "", len(before) - before.rfind("\n")))
    return cut({PAGE: TEXT}, problems)[PAGE]


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("[$1 bn]", " It has [$1 bn](fact:a/b). So", " So"),
        ("One note", 'notes = [\n    "One note.",\n]\n', ""),
        ("[1]", '[card]\nnumber = "[9%](fact:g) of it"\npair = [\n    "A: [1](fact:h)",\n]\n\n', ""),
        ("[4.5]", " The second\nis longer, with [4.5](fact:c/d).", ""),
        ("First one", "First one. The second", "The second"),
        ("And more", " And more.", ""),
        ("Another", "\n* Another item.", ""),
        ("1 | 2", "| 1 | 2 |\n", ""),
        ("[5]", "## A heading of [5](fact:e) {#own}", "## Left for later {#own}"),
        ("The end", "\n\nThe end.", ""),
    ],
)
def test_a_sentence_is_cut(words, old, new):
    """Of a paragraph, a string, a list; a row; what a heading says; a card is left out whole."""
    assert TEXT.count(old) == 1
    assert cut_at(words).rstrip("\n") == TEXT.replace(old, new).rstrip("\n")


def test_several_are_cut_at_once():
    """Each once, though two problems stand in one."""
    found = cut_at("First one", "The second", "[4.5]", "Third", "title", "Another")

    assert "Third" not in found
    assert "The end." in found
    assert found.startswith('+++\ntitle = "It has [$1 bn](fact:a/b). So it is."\n')


def test_a_table_of_toml_is_cut_whole():
    """Of a fact that no text uses."""
    toml = '[a]\nlabel = "A"\n\n[b]\nlabel = "B"\n\n[c]\nlabel = "C"\n'

    found = cut({"facts.toml": toml}, [Problem("facts.toml", 4, "no such fact"), Problem("elsewhere.py", 1, "no")])

    assert found == {"facts.toml": '[a]\nlabel = "A"\n\n[c]\nlabel = "C"\n'}


def test_a_chart_is_left_out():
    """Its words, its place, and links to it, of which the words stay."""
    texts = {
        "content/en/charts/one.md": "x",
        PAGE: "See [it](charts/one.md#a).\n\n![](chart:one)\n\n![](chart:other)\n",
    }

    assert without_charts(texts, ["one"]) == {PAGE: "See it.\n\n![](chart:other)\n"}
