"""Whether the values of a TOML file have the shape that is expected, which JSON Schemas
in the folder ``schemas/`` say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import jsonschema

from press.ground.address import BaseUrl, get_checked_address_or_empty
from press.ground.errors import Problem, Problems, quote_words, suggest_similar_or_all
from press.ground.files import ENGINE
from press.ground.toml import TomlText, format_keys, format_toml_value

EXPECTED = {
    "string": "text in quotes",
    "boolean": "true or false",
    "integer": "a whole number",
    "array": "a list with at least one item",
    "object": "a table",
    "date": "a day without quotes: 2026-11-26",
}
# TOML has days, of which JSON knows nothing
TYPES = jsonschema.Draft4Validator.TYPE_CHECKER.redefine(
    "date", lambda _types, value: type(value) is date
)
Validator = jsonschema.validators.extend(jsonschema.Draft4Validator, type_checker=TYPES)


def _check_address(value: object) -> bool:
    return not isinstance(value, str) or get_checked_address_or_empty(value) == value


def _check_base(value: object) -> bool:
    return not isinstance(value, str) or bool(BaseUrl.parse(value))


# what is wrong with a text says the error that is raised
FORMATS = jsonschema.FormatChecker([])
FORMATS.checks("address", ValueError)(_check_address)
FORMATS.checks("base", ValueError)(_check_base)


def get_values_keeping_to_schema(
    values: dict[str, Any], schema_name: str, toml: TomlText
) -> dict[str, Any]:
    """Return the values of a file, if they keep to the schema of a ``schema_name``.

    Raises ``BuildError`` with each that does not, at its line.
    """
    Problems(yield_problems_by_schema(values, schema_name, toml)).stop_if_any()
    return values


def yield_problems_by_schema(
    values: dict[str, Any], schema_name: str, toml: TomlText
) -> Iterator[Problem]:
    """Yield what is wrong with values by the schema of a ``schema_name``."""
    for error in _load_schema_validator(schema_name).iter_errors(values):
        yield from _yield_problems_of_error(error, toml)


def _yield_problems_of_error(
    error: jsonschema.ValidationError, toml: TomlText
) -> Iterator[Problem]:
    """Yield a problem for each key that is unknown or missing, or for the value that is
    wrong.
    """
    keys = tuple(error.absolute_path)
    found = error.instance
    expected = error.validator_value
    line = toml.find_line_or_closest(*keys)
    inside = f" in {format_keys(keys)}" if keys else ""
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        for key in found:
            if key not in known:
                message = f"found the unknown key {quote_words(key)}{inside}"
                hint = suggest_similar_or_all(key, known)
                yield Problem(
                    toml.path, toml.find_line_or_closest(*keys, key), message, hint
                )
    elif error.validator == "required":
        for key in expected:
            if key not in found:
                yield Problem(toml.path, line, f"{key} is missing{inside}")
    elif error.validator == "format":
        yield Problem(toml.path, line, f"{keys[-1]}: {error.cause}")
    elif error.validator == "pattern":
        yield Problem(toml.path, line, f"{format_keys(keys)} is empty, expected text")
    else:
        told = f"{format_toml_value(found)}, expected {EXPECTED[error.schema['type']]}"
        yield Problem(toml.path, line, f"{format_keys(keys)} is {told}")


@cache  # a file of the engine's own, which no story changes
def _load_schema_validator(schema_name: str) -> jsonschema.protocols.Validator:
    """Return what validates by a schema."""
    schema = (ENGINE / "schemas" / f"{schema_name}.json").read_text("utf-8")
    return Validator(json.loads(schema), format_checker=FORMATS)
