"""JSON as files and scripts of the site have it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def format_json(value: object) -> str:
    """Return a value as JSON in one line, letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def format_compact_json(value: object) -> str:
    """Return a value as JSON without any space between its parts."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def drop_unknown(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object without its parts that nobody knows, which are empty."""
    return {key: value for key, value in item.items() if value not in ("", [], {})}
