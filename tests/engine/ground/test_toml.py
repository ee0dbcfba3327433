"""Values from TOML: whether they have the shape that we need, and at which line they do not."""

from __future__ import annotations

import pytest

from press.errors import BuildError
from press.toml import TEXT, Toml, checked, mismatches

PAGE = {"title": str, "tags?": [str], "more?": {"*": object}}


def told(value, shape, *keys):
    """Return what is wrong with a value, without its places."""
    return [message for _, message, _ in mismatches(value, shape, keys or ("key",))]


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("words", str),
        ("", TEXT),
        (5, int),
        (True, bool),
        ([1, {}], object),
        (["a", "b"], [str]),
        ([{"title": "T"}, {"title": "U", "tags": ["a"]}], [PAGE]),
        ({"title": "T", "more": {"a": 1, "b": []}}, PAGE),
        ({"a": "A", "b": "B"}, {"*": str}),
        ({}, {"a?": str}),
    ],
    ids=str,
)
def test_a_value_of_its_shape_has_no_fault(value, shape):
    """Words, numbers, truths, lists, tables and tables of free keys are told apart."""
    assert told(value, shape) == []


@pytest.mark.parametrize(
    ("value", "shape", "messages"),
    [
        ("", str, ["found an empty key, expected words"]),
        (" \n", str, ["found an empty key, expected words"]),
        (5, str, ["found 5 for key, expected words"]),
        (5, TEXT, ["found 5 for key, expected words"]),
        ("5", int, ["found '5' for key, expected a whole number"]),
        (5.0, int, ["found 5.0 for key, expected a whole number"]),
        (True, int, ["found True for key, expected a whole number"]),
        ("true", bool, ["found 'true' for key, expected true or false"]),
        (1, bool, ["found 1 for key, expected true or false"]),
        ("a", [str], ["found 'a' for key, expected a list with something in it"]),
        ([], [str], ["found [] for key, expected a list with something in it"]),
        (["a", 5, ""], [str], ["found 5 for key 2, expected words", "found an empty key 3, expected words"]),
        ("a", PAGE, ["found 'a' for key, expected a table"]),
        ({"titel": "T"}, PAGE, ["found the unknown key 'titel' in key", "found no title in key, expected one"]),
        ({"title": "T", "more": 5}, PAGE, ["found 5 for more, expected a table"]),
        ({"a": 5}, {"*": str}, ["found 5 for a, expected words"]),
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
        "a.md:2: found no title, expected one",
        "a.md:2: found the unknown key 'titel'\n    hint: did you mean title?",
        "a.md:3: found 5 for tags, expected a list with something in it",
        "a.md:7: found no b in more, expected one",
        "a.md:8: found 1 for a, expected words",
    ]
