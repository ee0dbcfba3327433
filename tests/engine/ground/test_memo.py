"""What tells one thing from another in a key, and what is kept."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import pytest

from press.ground.memo import EVERY, Memo, Noted, Same, key_of, remembered


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
        (0.0, -0.0),
        (Decimal("1.0"), Decimal("1.00")),
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
    kept, noted = Memo(), Noted({"a": 1})

    assert [kept.on(sum_of, values) for values in ({"a": 1}, {"a": 1, "b": 2}, {"a": 1})] == [1, 3, 1]
    assert (sum_of(noted), EVERY in noted.asked) == (1, True)


def sum_of(values):
    return sum(values[name] for name in values)


def test_what_a_call_inside_asks_for_counts_outside_too():
    """Also where it is found and not worked out again."""
    kept = Memo()

    def inner(values):
        return values["a"]

    def outer(values):
        return kept.on(inner, values) * 10

    assert [kept.on(outer, {"a": number}) for number in (1, 2, 1, 3)] == [10, 20, 10, 30]
