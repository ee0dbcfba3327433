"""A saved ``numbers.json``, perhaps of an older build, perhaps another file: its numbers, or what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from press.errors import ToldError
from press.pages import NUMBERS_VERSION

AMOUNTS = ("value", "low", "high", "precision")
LARGEST = 50_000_000  # bytes
VALUE = re.compile(r"-?\d{1,40}(\.\d{1,40})?|\d{4}-\d\d(-\d\d)?")  # a decimal, a month, a day


def numbers_in(path: Path, name: str) -> list[dict[str, Any]]:
    """Return the numbers of the file that ``name`` names. Raises ``ToldError`` for one that no build has written."""
    try:
        if path.stat().st_size > LARGEST:
            raise ToldError(f"{name}: found {path.stat().st_size:,} bytes, expected at most {LARGEST:,}")
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise ToldError(f"{name}: found a file that cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise ToldError(f"{name}: found no JSON, expected a numbers.json that a build has written") from None
    if not isinstance(document, dict) or not _are_numbers(document.get("numbers")):
        raise ToldError(f"{name}: found other JSON, expected a numbers.json that a build has written")
    if document.get("version") != NUMBERS_VERSION:
        message = f"{name}: found the version {document.get('version')!r}, expected {NUMBERS_VERSION}"
        raise ToldError(message, "compare with the revision that it was built from")
    found: list[dict[str, Any]] = document["numbers"]
    return found


def _are_numbers(found: object) -> bool:
    """Tell whether JSON has the form of the numbers in a ``numbers.json``."""
    return isinstance(found, list) and all(isinstance(item, dict) and _is_number(item) for item in found)


def _is_number(item: Mapping[str, Any]) -> bool:
    said = item.get("statement", {})
    figures = said.get("figures", []) if isinstance(said, dict) else None
    ends = ("low", "high", "unit")
    return (
        isinstance(item.get("id"), str)
        and all(isinstance(item.get(name, ""), str) for name in ("kind", "label", "unit", "period"))
        and all(VALUE.fullmatch(str(item.get(name, "0"))) for name in AMOUNTS)
        and all(isinstance(item.get(name, ""), str) for name in AMOUNTS)
        and ("low" in item) == ("high" in item)
        and _are_texts(item.get("asked", []))
        and isinstance(figures, list)
        and all(isinstance(one, dict) and _are_texts([one.get(end) for end in ends]) for one in figures)
    )


def _are_texts(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(each, str) for each in found)
