"""numbers.json: the receipts of the site for programs, in the form that
numbers.schema.json describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from press.content import Page
from press.data import Row
from press.pages.dates import PageDates
from press.pages.file import File, FilesByAddress
from press.pages.inputs import SiteInputs
from press.pages.json_text import drop_unknown, format_json
from press.pages.receipts import Receipt, RevisionWithPages, list_revisions_of_rows
from press.pages.rendition import Rendition
from press.quantity import Quantity, format_plain_number, format_year_month_or_day

SCHEMA_OF_NUMBERS = Path(__file__).with_name("numbers.schema.json")
# of the form: a new one where a program that reads the old would go wrong
NUMBERS_VERSION = 1
COLUMNS_OF_SOURCE = (
    "publisher",
    "title",
    "address",
    "published",
    "kind",
    "state_media",
    "strength",
)


def make_numbers_json_and_schema(
    rendition: Rendition, receipts: Sequence[Receipt], numbers_page: Page
) -> FilesByAddress:
    """Return numbers.json with some receipts, those of ``numbers_page``, and its
    schema, at their places beside that page.
    """
    document = partial(
        _format_receipts_and_revisions_json,
        receipts,
        rendition.language.code,
        rendition.inputs.collect_dates_of_page_or_site(""),
        rendition.inputs,
    )
    folder = rendition.addresses.folder
    schema = SCHEMA_OF_NUMBERS
    return {
        f"{folder}numbers.json": File(document, numbers_page.path),
        f"{folder}{schema.name}": File(schema.read_bytes(), numbers_page.path),
    }


def _format_receipts_and_revisions_json(
    receipts: Sequence[Receipt],
    language_code: str,
    dates: PageDates,
    inputs: SiteInputs,
) -> bytes:
    """Return the receipts as JSON, each in a line, and for each chart which of its
    figures were printed again.
    """
    revisions_by_chart = dict[str, list[RevisionWithPages]]()
    for name, figure in inputs.figures.items():
        revisions = list(list_revisions_of_rows(inputs.data, figure.rows))
        if revisions:
            revisions_by_chart[name] = revisions
    charts = {
        name: {"revisions": [_describe_logged_revision(each) for each in revisions]}
        for name, revisions in revisions_by_chart.items()
    }
    sources = sorted(_collect_sources_by_id(receipts, revisions_by_chart).items())
    numbers = ",\n".join(format_json(_describe_receipt(item)) for item in receipts)
    parts = {
        "$schema": format_json(SCHEMA_OF_NUMBERS.name),
        "version": format_json(NUMBERS_VERSION),
        "language": format_json(language_code),
        "dates": format_json(_describe_dates(dates)),
        "numbers": f"[\n{numbers}\n]",
        "charts": format_json(charts),
        "sources": format_json({key: _describe_source(row) for key, row in sources}),
    }
    lines = ",\n".join(f"{format_json(name)}: {part}" for name, part in parts.items())
    return f"{{\n{lines}\n}}\n".encode()


def _collect_sources_by_id(
    receipts: Iterable[Receipt],
    revisions_by_chart: Mapping[str, Sequence[RevisionWithPages]],
) -> dict[str, Row]:
    """Return all sources that the document names, by their ids."""
    rows = list[Row]()
    revisions = list[RevisionWithPages]()
    for receipt in receipts:
        rows += receipt.sources
        revisions += receipt.revisions
    for own in revisions_by_chart.values():
        revisions += own
    for each in revisions:
        rows += (*each.firsts, *each.laters)
    return {str(row["id"]): row for row in rows}


def _describe_dates(dates: PageDates) -> dict[str, str]:
    """Return the dates of the site that are known."""
    return drop_unknown(
        {
            "published": dates.published,
            "changed": dates.changed,
            "data_through": dates.through,
            "looked_on": dates.looked,
            "next_due": dates.due,
        }
    )


def _describe_receipt(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt for programs: what it has not, is not in it."""
    number: dict[str, Any] = {"id": receipt.id}
    if receipt.asked:
        number["asked"] = list(receipt.asked)
    number["label"] = receipt.label
    if receipt.formula:
        number["formula"] = receipt.formula
    if receipt.scheme == "fact":
        number |= _describe_quantity(receipt.facts[receipt.label].quantity)
    if receipt.scheme == "claim":
        number["compares"] = [f"fact:{fact.key}" for fact in receipt.facts.values()]
    if receipt.said:
        number["statement"] = _describe_speaker_date_and_quotation(receipt.said.row)
        number["statement"]["figures"] = [
            _describe_figure_of_statement(row) for row in receipt.said.figures
        ]
    number["rows"] = [{"file": row.path, "line": row.line} for row in receipt.rows]
    number["sources"] = _list_ids(receipt.sources)
    number["licences"] = list(receipt.licences)
    if receipt.revisions:
        number["revisions"] = [
            _describe_logged_revision(each) for each in receipt.revisions
        ]
    if receipt.history:
        number["history"] = [drop_unknown(past._asdict()) for past in receipt.history]
    number["uses"] = [
        {"address": use.address, "words": use.words} for use in receipt.uses
    ]
    return number


def _describe_logged_revision(revision: RevisionWithPages) -> dict[str, Any]:
    """Return a later print of one of the rows' figures, in the unit of its column."""
    log = revision.row
    return {
        "table": str(log["table"]),
        "key": str(log["key"]),
        "column": str(log["column"]),
        "first": str(log["old"]),
        "later": str(log["new"]),
        "published": str(log["published"]),
        "first_sources": _list_ids(revision.firsts),
        "later_sources": _list_ids(revision.laters),
        "stands": "first" if revision.first_stands else "later",
    }


def _describe_quantity(quantity: Quantity) -> dict[str, Any]:
    """Return a figure: exact decimals as text, so that no program rounds them on the
    way.
    """
    low, high = quantity.low_and_high
    told: dict[str, Any] = {"kind": quantity.kind, "unit": quantity.unit}
    told["value"] = format_plain_number(quantity.value)
    if quantity.kind_rules.is_date:
        told["value"] = format_year_month_or_day(quantity)
    if low != high:
        told["low"] = format_plain_number(low)
        told["high"] = format_plain_number(high)
    told["precision"] = format_plain_number(quantity.precision)
    if quantity.period:
        told["period"] = str(quantity.period)
    if quantity.related:
        told["related_periods"] = [str(period) for period in sorted(quantity.related)]
    if quantity.subject:
        told["subject"] = quantity.subject
    return told


def _describe_speaker_date_and_quotation(statement_row: Row) -> dict[str, Any]:
    """Return who said something and when, as far as known, and the very words."""
    told = {
        name: str(statement_row[name])
        for name in ("speaker", "said_on")
        if statement_row[name]
    }
    if statement_row["quotation"]:
        told["quotation"] = str(statement_row["quotation"])
    return told


def _describe_figure_of_statement(figure_row: Row) -> dict[str, Any]:
    """Return a figure of a statement."""
    return {
        "what": figure_row["what"],
        "low": format_plain_number(figure_row.number("low")),
        "high": format_plain_number(figure_row.number("high")),
        "unit": figure_row["unit"],
    }


def _describe_source(source_row: Row) -> dict[str, Any]:
    """Return what is known of a source; numbers and dates as text."""
    told = dict[str, Any]()
    for name in COLUMNS_OF_SOURCE:
        value = source_row.values.get(name)
        if value is not None:
            told[name] = value if isinstance(value, bool) else str(value)
    return told


def _list_ids(sources: Iterable[Row]) -> list[object]:
    return [row["id"] for row in sources]
