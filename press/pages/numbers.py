"""``numbers.json``: the receipts of one language for programs, as ``numbers.schema.json`` describes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press.files import read
from press.quantity import DATES, moment, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from press.data.tables import Row
    from press.pages.receipts import Receipt
    from press.quantity import Quantity

SCHEMA = Path(__file__).with_name("numbers.schema.json")
VERSION = 1  # of the form: a new one where a program that reads the old would go wrong
ABOUT = ("publisher", "title", "address", "published", "kind", "state_media", "strength")


def numbers(receipts: Iterable[Receipt], language: str, renamed: Mapping[str, str]) -> str:
    """Return the receipts as JSON. ``renamed`` maps ids that numbers once had to those they have now."""
    found = list(receipts)
    sources = {str(row["id"]): row for receipt in found for row in receipt.sources}
    whole = {
        "$schema": SCHEMA.name,
        "version": VERSION,
        "language": language,
        "numbers": [_number(receipt) for receipt in found],
        "sources": {key: _about(row) for key, row in sorted(sources.items())},
        "renamed": dict(renamed),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def schema() -> str:
    """Return the JSON Schema that the document follows."""
    return read(SCHEMA, SCHEMA.parent)


def _number(receipt: Receipt) -> dict[str, Any]:
    fact = receipt.facts.get(receipt.label) if receipt.scheme == "fact" else None
    return {
        "id": receipt.id,
        "label": receipt.label,
        **({"formula": receipt.formula} if receipt.formula else {}),
        **(_quantity(fact.quantity) if fact else {}),
        **({"compares": [f"fact:{item.key}" for item in receipt.facts.values()]} if receipt.scheme == "claim" else {}),
        **(_statement(receipt.said.row, receipt.said.figures) if receipt.said else {}),
        "rows": [{"file": row.path, "line": row.line} for row in receipt.rows],
        "sources": [row["id"] for row in receipt.sources],
        "licences": list(receipt.licences),
        "uses": [{"address": use.address, "words": use.words} for use in receipt.uses],
    }


def _quantity(item: Quantity) -> dict[str, Any]:
    """Return a figure: exact decimals as text, so that no program rounds them on the way."""
    low, high = item.ends
    value = {"value": moment(item)} if item.kind in DATES else {"value": plain(item.value)}
    if low != high:
        value |= {"low": plain(low), "high": plain(high)}
    return {
        "kind": item.kind,
        "unit": item.unit,
        **value,
        "precision": plain(item.precision),
        **({"period": str(item.period)} if item.period else {}),
        **({"related_periods": [str(period) for period in sorted(item.related)]} if item.related else {}),
        **({"subject": item.subject} if item.subject else {}),
    }


def _statement(row: Row, figures: Iterable[Row]) -> dict[str, Any]:
    said = {name: str(row[name]) for name in ("speaker", "said_on") if row[name]}
    quotation = {"quotation": row["quotation"]} if row["quotation"] else {}
    numbers = [
        {
            "what": item["what"],
            "low": plain(item.number("low")),
            "high": plain(item.number("high")),
            "unit": item["unit"],
        }
        for item in figures
    ]
    return {"statement": {**said, **quotation, "figures": numbers}}


def _about(row: Row) -> dict[str, Any]:
    told = {name: row.values[name] for name in ABOUT if row.values.get(name) is not None}
    return {name: item if isinstance(item, bool) else str(item) for name, item in told.items()}
