"""What README and the pages beside it show: examples of bindings and a fact are held to the real story."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from press.binding.binder import hold_texts
from press.binding.facts import Facts
from press.reading.text import SCHEMES, Text
from story import measures

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BINDING = (ROOT / "docs" / "binding.md").read_text("utf-8")
EXAMPLE = re.compile(r"\| `([A-Z][^`\n]*\]\([^`\n]*)` \|$", re.MULTILINE)
EXAMPLES = EXAMPLE.findall(README)


def read(bound, example):
    """Return the ledger of one sentence."""
    text = Text("README.md", example, 0, 1, example, "text", markdown=True)
    return hold_texts(bound.texts.language, [("", [text])], bound.facts)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_readme_is_true(bound, example):
    """A sentence that README shows as an example raises nothing and is bound."""
    ledger = read(bound, example)

    assert [str(problem) for problem in ledger.problems] == []
    assert [entry.verdict for entry in ledger.entries] != []


@pytest.mark.parametrize("example", EXAMPLE.findall(BINDING))
def test_what_the_page_of_rules_shows_holds(bound, example):
    """How to say the common things: each sentence is neither refused nor doubted."""
    ledger = read(bound, example)

    assert [*map(str, ledger.problems), *(doubt.message for doubt in ledger.doubts)] == []
    assert [entry.verdict for entry in ledger.entries] != []


def test_readme_has_an_example_of_each_scheme():
    """Newcomers see every scheme at work."""
    assert {scheme for scheme in SCHEMES if any(f"]({scheme}:" in example for example in EXAMPLES)} == set(SCHEMES)


def test_the_fact_that_readme_makes_is_one(bound):
    """The declaration in README runs beside the story's own, and the number beside it is true."""
    names = dict(vars(measures))
    code = textwrap.dedent(re.search(r"```python\n(.*?)```", README, re.DOTALL)[1])
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - our own README
    functions = {**bound.facts.functions, "growth": names["growth"]}
    binding = re.search(r"Bind a number: `([^`]+)`", README)[1]

    ledger = read(bound._replace(facts=Facts(ROOT, bound.facts.data, functions)), f"In 2023 trade was {binding}.")

    assert ([str(problem) for problem in ledger.problems], len(ledger.entries)) == ([], 1)


def test_the_message_in_readme_is_the_checker_s_own(bound):
    """A stale number in the first sentence of README's examples is told as README tells it."""
    text = "A month later, at the end of November 2023, it stood at [$218.3 billion](fact:total_to_month/2023-11)."

    assert [problem.message for problem in read(bound, text).problems] == [
        re.search(r'index\.md:\d+:\d+: (found "\$218\.3.*)', README)[1]
    ]
