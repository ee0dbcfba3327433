"""Values from TOML: whether they have the shape that we need, and at which line they do not."""

from __future__ import annotations

import pytest

from press.ground.errors import BuildError
from press.ground.toml import TEXT, Toml, checked, mismatches

PAGE = {"title": str, "tags?": [str], "more?": {"*": object}}


def told(value, shape, *keys):
    """Return what is wrong with a value, without its places."""
    return [message for _, message, _ in mismatches(value, shape, keys or ("key",))]


@pytest.mark.parametrize(
    ("value", "shape", "messages"),
    [
        ("", str, ["key is empty, expected text"]),
        (" \n", str, ["key is empty, expected text"]),
        (5, str, ["key is 5, expected text in quotes"]),
        (5, TEXT, ["key is 5, expected text in quotes"]),
        ("5", int, ['key is "5", expected a whole number']),
        (5.0, int, ["key is 5.0, expected a whole number"]),
        (True, int, ["key is true, expected a whole number"]),
        ("true", bool, ['key is "true", expected true or false']),
        (1, bool, ["key is 1, expected true or false"]),
        ("a", [str], ['key is "a", expected a list with at least one item']),
        ([], [str], ["key is [], expected a list with at least one item"]),
        (["a", 5, ""], [str], ["key 2 is 5, expected text in quotes", "key 3 is empty, expected text"]),
        ("a", PAGE, ['key is "a", expected a table']),
        ({"titel": "T"}, PAGE, ['found the unknown key "titel" in key', "title is missing in key"]),
        ({"title": "T", "more": 5}, PAGE, ["more is 5, expected a table"]),
        ({"a": 5}, {"*": str}, ["a is 5, expected text in quotes"]),
    ],
    ids=str,
)
def test_a_fault_says_what_was_found_and_expected(value, shape, messages):
    """Every fault of a value is told, in words and not in types."""
    assert told(value, shape) == messages


def test_faults_become_problems_at_their_lines():
    """A problem stands at the value's line, one of a missing value at the line of what lacks it."""
    text = 'titel = "T"\ntags = [\n  "a",\n]\n\n[more]\na = 1\n'
    values = {"titel": "T", "tags": 5, "more": {"a": 1}}

    with pytest.raises(BuildError) as raised:
        checked(values, {**PAGE, "more?": {"a": str, "b": str}}, Toml(text, "a.md", 2))

    assert [str(problem) for problem in raised.value.problems] == [
        'a.md:2: found the unknown key "titel"\n    hint: did you mean title?',
        "a.md:2: title is missing",
        "a.md:3: tags is 5, expected a list with at least one item",
        "a.md:7: b is missing in more",
        "a.md:8: a is 1, expected text in quotes",
    ]
