"""The caches of a process: what is given again, what is made again, and what is
forgotten.
"""

import ast
from pathlib import Path

import pytest

from press.ground.cache import ALL, CACHES, KEPT, Cache, Call, Identity, RecordedMapping

PRESS = Path(__file__).resolve().parents[3] / "press"


def sum_of(values):
    return sum(values[name] for name in values)


def make_one(_inputs):
    return [1]


@pytest.fixture
def cache():
    """Return a cache with nothing in it."""
    return Cache()


def test_only_inputs_that_were_asked_for_count(cache):
    """One that nobody asked for may change; one that was asked for, or found missing,
    may not.
    """
    called = []

    def ask_for_a(inputs):
        called.append(inputs.get("a"))
        return inputs.get("a")

    for inputs in (
        {"a": 1, "b": 1},
        {"a": 1, "b": 2},
        {"a": 2, "b": 2},
        {"b": 2},
        {"b": 3},
        {"a": None},
    ):
        assert cache.get("key", ask_for_a, inputs) == inputs.get("a")

    assert called == [1, 2, None, None]


def test_going_through_all_inputs_asks_for_all(cache):
    """What counts or lists the names depends on every value."""
    recorded = RecordedMapping({"a": 1})

    assert [
        cache.get("key", sum_of, values)
        for values in ({"a": 1}, {"a": 1, "b": 2}, {"a": 1})
    ] == [1, 3, 1]
    assert (sum_of(recorded), ALL in recorded.asked) == (1, True)


def test_what_is_asked_for_inside_counts_outside_too(cache):
    """Also where the inner value is given again and not made."""

    def outer(inputs):
        return cache.get("inner", lambda inner: inner["a"], inputs) * 10

    assert [cache.get("outer", outer, {"a": number}) for number in (1, 2, 1, 3)] == [
        10,
        20,
        10,
        30,
    ]


def test_other_keys_have_other_values(cache):
    """Nothing is given that was made under another key."""
    assert [
        cache.get(key, lambda _inputs, key=key: key) for key in ("a", "b", ("a",), "a")
    ] == ["a", "b", ("a",), "a"]


def test_what_raises_is_not_kept(cache):
    """A mistake is told again, and what is mended is made."""
    with pytest.raises(ZeroDivisionError):
        cache.get("key", lambda _inputs: 1 / 0)

    assert cache.get("key", lambda _inputs: "mended") == "mended"


def test_what_no_build_asks_for_is_forgotten(cache):
    """After some builds, not at once: an editor goes from file to file and back."""
    first = cache.get("old", make_one)
    for _ in range(KEPT):
        cache.count_build_and_drop_unused()
        cache.get("new", make_one)
    assert cache.find("old") is first
    for _ in range(KEPT + 1):
        cache.count_build_and_drop_unused()
        cache.get("new", make_one)

    assert (cache.find("old"), len(cache)) == (None, 1)


def test_an_identity_is_equal_to_itself_alone():
    """Two texts that say the same at the same place are two texts."""
    one, other = [1], [1]

    assert Identity(one) == Identity(one)
    assert Identity(one) != Identity(other)


def test_a_call_is_equal_to_one_of_the_same():
    """And calls the function with its first arguments before the others."""
    assert Call(divmod, (7,)) == Call(divmod, (7,)) != Call(divmod, (8,))
    assert Call(divmod, (7,))(2) == (3, 1)


def test_there_are_six_caches_at_most():
    """Five in memory, which one module names, and that of drawings on disk; a function
    has none of its own.

    ``functools.cache`` may hold what belongs to the installation, such as the widths of
    a font, or live as long as a call.
    """
    whole = {
        path.relative_to(PRESS).as_posix(): ast.parse(path.read_bytes())
        for path in PRESS.rglob("*.py")
    }
    made = [
        place
        for place, tree in whole.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Cache"
    ]
    decorated = {
        (place, node.name)
        for place, tree in whole.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).partition("(")[0]
        in {"cache", "lru_cache", "functools.cache"}
    }

    lru = [place for place, tree in whole.items() if "lru_cache" in ast.unparse(tree)]

    assert lru == []
    assert made == ["ground/cache.py"] * len(CACHES)
    assert len(CACHES) + 1 <= 6
    assert decorated <= {
        ("figures/font.py", "_read_character_widths_in_em"),
        ("figures/rules.py", "_load_vega_lite_validator"),
        ("ground/colour.py", "measure_contrast"),
        ("ground/schemas.py", "_load_schema_validator"),
        ("pages/markdown.py", "_make_converter"),
    }
