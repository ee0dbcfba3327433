"""The bindings that README shows are held to the real story."""

import re
from pathlib import Path

import pytest

from press.reading.text import SCHEMES

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = re.compile(r"\| `([A-Z][^`\n]*\]\([^`\n]*)` \|$", re.MULTILINE)
EXAMPLES = EXAMPLE.findall(README)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_readme_is_true(held, example):
    """A sentence that README shows as an example raises nothing and is bound."""
    ledger = held(example)

    assert [str(problem) for problem in ledger.problems] == []
    assert [entry.verdict for entry in ledger.checked_links] != []


def test_readme_has_an_example_of_each_scheme():
    """Newcomers see every scheme at work."""
    assert {
        scheme
        for scheme in SCHEMES
        if any(f"]({scheme}:" in example for example in EXAMPLES)
    } == set(SCHEMES)
