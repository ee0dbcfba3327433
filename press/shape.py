"""Whether a value read from TOML has the shape that we need, and where in its file it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from press.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.errors import Problems
    from press.files import Toml

Keys = tuple[str | int, ...]
# str for words, TEXT for words that may be empty, int, bool, object for anything; [shape] for a list of it;
# {"key": shape, "key?": shape, "*": shape} for a table.
Shape = Any
TEXT = "text"
Fault = tuple[Keys, str, str]  # where, what was found and expected, hint

NAMES = {str: "words", bool: "true or false", int: "a whole number"}


def check_shape(values: dict[str, Any], shape: Shape, toml: Toml, problems: Problems) -> None:
    """Note every value that is not as ``shape`` says, at its line."""
    for keys, message, hint in faults(values, shape, ()):
        problems.add(toml.path, toml.line(*keys), message, hint)


def faults(value: Any, shape: Shape, keys: Keys) -> Iterator[Fault]:  # noqa: ANN401 - TOML
    """Yield what is wrong with a value."""
    if shape is object or (shape == TEXT and isinstance(value, str)):
        return
    if isinstance(shape, dict):
        yield from _table_faults(value, shape, keys)
    elif isinstance(shape, list):
        if not isinstance(value, list) or not value:
            yield keys, f"found {value!r} for {_name(keys)}, expected a list with something in it", ""
        else:
            for number, item in enumerate(value):
                yield from faults(item, shape[0], (*keys, number))
    elif shape is str and isinstance(value, str) and not value.strip():
        yield keys, f"found an empty {_name(keys)}, expected words", ""
    elif shape == TEXT or not isinstance(value, shape) or (isinstance(value, bool) and shape is not bool):
        yield keys, f"found {value!r} for {_name(keys)}, expected {NAMES.get(shape, NAMES[str])}", ""


def _table_faults(value: Any, shape: dict[str, Shape], keys: Keys) -> Iterator[Fault]:  # noqa: ANN401 - TOML
    if not isinstance(value, dict):
        yield keys, f"found {value!r} for {_name(keys)}, expected a table", ""
        return
    known = {key.rstrip("?"): item for key, item in shape.items() if key != "*"}
    inside = f" in {_name(keys)}" if keys else ""
    for key, item in value.items():
        if key in known or "*" in shape:
            yield from faults(item, known.get(key, shape.get("*")), (*keys, key))
        else:
            yield (*keys, key), f"found the unknown key {key!r}{inside}", nearest(key, known)
    for key in shape:
        if not key.endswith("?") and key != "*" and key not in value:
            yield keys, f"found no {key}{inside}, expected one", ""


def _name(keys: Keys) -> str:
    """Name a place as people do: the last key, and which of several."""
    words = [str(key) if isinstance(key, str) else f"{key + 1}" for key in keys[-2:]]
    return " ".join(words) if isinstance(keys[-1], int) else words[-1]
