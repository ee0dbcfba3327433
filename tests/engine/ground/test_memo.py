"""What tells one thing from another in a key, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from types import MappingProxyType

import pytest

from press.ground.memo import EVERY, TURNS, Memo, Noted, Same, key_of, remembered


@dataclass(frozen=True)
class Pair:
    """Two things, compared by content."""

    one: object
    other: object


@dataclass(frozen=True, eq=False)
class Row:
    """A thing that is only itself."""

    value: object


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, 1.0),
        (0.0, -0.0),
        (Decimal("1.0"), Decimal("1.00")),
        ("1", 1),
        ("a", b"a"),
        ((1, 2), [1, 2]),
        ((1, (2,)), ((1, 2),)),
        ({"a": 1}, {"a": 2}),
        (Pair(1, Decimal("1.0")), Pair(1, Decimal("1.00"))),
        (Pair({"a": 1}, 2), Pair({"a": 3}, 2)),
        (Row(1), Row(1)),
        (partial(key_of, 1), partial(key_of, 2)),
        (partial(key_of), partial(remembered)),
        (Row(1).__init__, Row(1).__init__),
        (Same("ab" * 2), Same("ba" * 2)),
        (lambda: 1, lambda: 1),
        ({1}, {1}),
    ],
)
def test_what_differs_has_another_key(one, other):
    """A key says all of what may differ; of what may change it says which object it is."""
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    "make",
    [
        lambda: "text" * 3,
        lambda: ("a", [1, {"b": Decimal("1.0")}], frozenset({2})),
        lambda: Pair("a", (Pair(1, None),)),
        lambda: MappingProxyType({"a": (1,)}),
        lambda: partial(key_of, (1, "a")),
    ],
)
def test_what_is_equal_has_the_same_key(make):
    """What was made anew of the same parts is found again."""
    assert (key_of(make()), hash(key_of(make()))) == (key_of(make()), hash(key_of(make())))


def test_a_function_is_worked_out_once_for_the_same():
    """The second time it is found; for something else it is worked out."""
    called = []
    kept = Memo()

    assert [kept.of(lambda_of(called), given) for given in ("a", "a", "b")] == ["a", "a", "b"]
    assert called == ["a", "b"]


def lambda_of(called, made={}):  # noqa: B006 - the same function for the same list
    return made.setdefault(id(called), lambda given: called.append(given) or given)


def test_only_what_was_asked_for_counts():
    """A value that nobody asked for may change; one that was asked for, or found missing, may not."""
    called, kept = [], Memo()

    def asks(values):
        called.append(dict(values) if values.get("all") else values.get("a"))
        return values.get("a")

    for values in ({"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 2}, {"b": 2}, {"b": 3}, {"a": 1, "b": 1}):
        assert kept.on(asks, values) == values.get("a")

    assert called == [1, 2, None]


def test_going_through_all_asks_for_all():
    """A function that counts or lists the names depends on every value."""
    kept = Memo()

    assert [kept.on(sum_of, values) for values in ({"a": 1}, {"a": 1, "b": 2}, {"a": 1})] == [1, 3, 1]
    assert EVERY in asked_by(sum_of)


def sum_of(values):
    return sum(values[name] for name in values)


def asked_by(function):
    noted = Noted({"a": 1})
    function(noted)
    return noted.asked


def test_what_a_call_inside_asks_for_counts_outside_too():
    """Also where it is found and not worked out again."""
    kept = Memo()

    def inner(values):
        return values["a"]

    def outer(values):
        return kept.on(inner, values) * 10

    assert [kept.on(outer, {"a": number}) for number in (1, 2, 1, 3)] == [10, 20, 10, 30]


@pytest.mark.parametrize(("more", "expected"), [(-1, ["a"]), (0, ["a", "a"])])
def test_what_some_builds_have_not_asked_for_is_forgotten(more, expected):
    """What so many builds have not used is worked out anew when the next asks for it, and not before."""
    called, kept = [], Memo()
    call = lambda_of(called)
    kept.of(call, "a")
    kept.forget_unused()
    for _ in range(TURNS + more):
        kept.forget_unused()
    kept.of(call, "a")

    assert called == expected
