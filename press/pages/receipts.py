"""Receipts: what each number of the site rests on, for the page of all numbers, for a
click, for numbers.json.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from press.binding import (
    CheckedLink,
    Fact,
    Facts,
    Ledger,
    SpeakerStatement,
    get_label_and_formula,
    get_statement,
)
from press.content import Language
from press.data import Data, Row, Table
from press.ground.period import MONTHS
from press.quantity import do_tables_state_precision

REVISIONS_TABLE = "revisions"  # which logs them


class NumberUse(NamedTuple):
    """Where a number stands: the page's address with the anchor in it, the page's
    label, the words.
    """

    address: str
    label: str
    words: str


class RowsOfTable(NamedTuple):
    """Rows of one table: its name, the rows in the order of their lines."""

    table: str
    rows: tuple[Row, ...]

    @property
    def lines(self) -> str:
        """The lines as people write them: ``3, 5–8``."""
        spans: list[list[int]] = []
        for row in self.rows:
            if spans and row.line == spans[-1][-1] + 1:
                spans[-1] = [spans[-1][0], row.line]
            else:
                spans.append([row.line])
        return ", ".join("–".join(map(str, span)) for span in spans)


class HistoryEvent(NamedTuple):
    """One thing in the history of a number: its kind, its day, what stood then in
    words, where more of it is told.

    ``kind`` is that of a change, or ``edition``; words.toml names it as ``past_…``.
    ``address`` is "" where no page tells of it.
    """

    kind: str
    date: str
    words: str
    address: str


class RevisionWithPages(NamedTuple):
    """A figure of a row that was printed again, and differently: what the log says, the
    pages of both prints.

    ``first_stands`` tells whether the table has the first print, as it does unless it
    follows revisions.
    """

    row: Row
    firsts: tuple[Row, ...]
    laters: tuple[Row, ...]
    first_stands: bool


@dataclass(frozen=True)
class Receipt:
    """One number, comparison or statement: what it is, what it rests on, where it
    stands.

    ``id`` is the binding's target, with its time where texts write ``latest``, and
    ``asked`` are the targets that do.
    ``facts`` are the figure itself, or those that a claim compares, by their labels.
    ``closeness`` is a value of the column ``strength`` of the sources: of each row the
    closest of its pages, of all rows the farthest; "" where no page tells.
    """

    id: str
    label: str
    formula: str
    facts: Mapping[str, Fact]
    rows: tuple[Row, ...]
    said: SpeakerStatement | None = None
    sources: tuple[Row, ...] = ()
    closeness: str = ""
    licences: tuple[str, ...] = ()
    revisions: tuple[RevisionWithPages, ...] = ()
    history: tuple[HistoryEvent, ...] = ()  # the oldest first
    uses: tuple[NumberUse, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def scheme(self) -> str:
        """``fact``, ``claim`` or ``said``."""
        return self.id.partition(":")[0]

    @cached_property
    def states_precision(self) -> bool:
        """Whether its tables say how exactly its figures are known."""
        return do_tables_state_precision(self.rows)

    @cached_property
    def pages(self) -> dict[str, str]:
        """The labels of the pages where it stands, by their addresses."""
        return {use.address.partition("#")[0]: use.label for use in self.uses}

    @cached_property
    def year_options(self) -> dict[str, str]:
        """The years in which the time of a figure begins and ends, or in which
        something was said, as options of the list's filter: value and label.
        """
        found = dict[str, str]()
        for fact in self.facts.values():
            period = fact.quantity.period
            if period:
                first = str(period.first // MONTHS)
                found |= {first: first, str(period.year): str(period.year)}
        if self.said and not found:
            year = str(self.said.row["said_on"])[:4]
            found[year] = year
        return found

    @cached_property
    def tables(self) -> list[RowsOfTable]:
        """The rows by table."""
        found = defaultdict[str, list[Row]](list)
        for row in self.rows:
            found[Path(row.path).stem].append(row)
        return [RowsOfTable(name, tuple(rows)) for name, rows in found.items()]


class RenderedReceipt(NamedTuple):
    """A receipt with its row of a list, and what unfolds below, as HTML."""

    receipt: Receipt
    row: Markup
    body: Markup


def make_receipts(
    language: Language,
    ledger: Ledger,
    facts: Facts,
    use_by_link_id: Mapping[int, NumberUse],
    unbound_facts_with_uses: Iterable[tuple[Fact, NumberUse]] = (),
) -> list[Receipt]:
    """Return a receipt for each target of the ledger, and each figure that a claim
    compares, in order of their ids.

    ``use_by_link_id`` says where a binding stands, by the ``id`` of its link;
    ``unbound_facts_with_uses`` are figures that a page shows and no text binds.
    """
    made = dict[str, Receipt]()
    used = defaultdict[str, dict[NumberUse, None]](dict)
    asked = defaultdict[str, dict[str, None]](dict)
    for fact, use in unbound_facts_with_uses:
        receipt = make_receipt_of_fact(fact, language, facts)
        made.setdefault(receipt.id, receipt)
        used[receipt.id][use] = None
    for checked_link in ledger.checked_links:
        if not checked_link.has_facts_or_statement:
            continue
        target = checked_link.target_with_newest_time
        if target != checked_link.link.target:
            asked[target][checked_link.link.target] = None
        here = use_by_link_id.get(id(checked_link))
        for key, make in _make_receipt_factory_by_id(checked_link).items():
            if key not in made:
                made[key] = make(language, facts)
            if here:
                used[key][here] = None
    return [
        replace(made[key], uses=tuple(used[key]), asked=tuple(asked[key]))
        for key in sorted(made)
    ]


def _make_receipt_factory_by_id(
    checked_link: CheckedLink,
) -> Mapping[str, Callable[[Language, Facts], Receipt]]:
    """Return what makes the receipts that a binding leads to, by their ids: its own,
    and those of the facts that it compares.
    """
    makers: dict[str, Callable[[Language, Facts], Receipt]] = {
        f"fact:{fact.key}": partial(make_receipt_of_fact, fact)
        for fact in checked_link.proof.facts
    }
    target = checked_link.target_with_newest_time
    if checked_link.link.scheme == "said":
        makers.setdefault(target, partial(_make_receipt_of_statement, target))
    else:
        makers.setdefault(target, partial(_make_receipt_of_claim, checked_link))
    return makers


def _make_receipt_of_claim(
    checked_link: CheckedLink, language: Language, facts: Facts
) -> Receipt:
    """Return the receipt of a comparison."""
    target = checked_link.target_with_newest_time
    comparator = _find_first_part_of_target(target)
    claim = checked_link.proof.claim
    over = "_over" if claim and claim.over_argument else ""
    compared = {
        get_label_and_formula(fact, language, facts)[0]: fact
        for fact in checked_link.proof.facts
    }
    receipt = Receipt(
        id=target,
        label=language.words["claim_of"].fill(words=checked_link.words),
        formula=language.words[f"claim_{comparator}{over}"],
        facts=compared,
        rows=tuple(checked_link.proof.rows),
    )
    return _add_sources_licences_and_revisions(receipt, facts.data)


def _make_receipt_of_statement(
    target: str, _language: Language, facts: Facts
) -> Receipt:
    """Return the receipt of what somebody said."""
    said = get_statement(facts.data, _find_first_part_of_target(target))
    receipt = Receipt(
        id=target,
        label=str(said.row["what"]),
        formula="",
        facts={},
        said=said,
        rows=(said.row, *said.figures),
    )
    return _add_sources_licences_and_revisions(receipt, facts.data)


def make_receipt_of_fact(fact: Fact, language: Language, facts: Facts) -> Receipt:
    """Return the receipt of a fact: its rows, the sources they cite, the licences, with
    labels in ``language``.
    """
    if fact.arguments_as_written:
        fact = replace(fact, arguments_as_written=())
    label, formula = get_label_and_formula(fact, language, facts)
    rows = sorted(fact.quantity.rows, key=lambda row: (row.path, row.line))
    receipt = Receipt(
        id=f"fact:{fact.key}",
        label=label,
        formula=formula,
        facts={label: fact},
        rows=tuple(rows),
    )
    return _add_sources_licences_and_revisions(receipt, facts.data)


def _find_first_part_of_target(target: str) -> str:
    """Return what stands first in a target: a comparator, the id of a statement."""
    return target.partition(":")[2].partition("/")[0]


def _add_sources_licences_and_revisions(receipt: Receipt, data: Data) -> Receipt:
    """Return a receipt with the pages that its rows cite, in the rows' order, the
    licences of their tables, and what was printed again.
    """
    rows = receipt.rows
    known = data["sources"].by_key if "sources" in data else {}
    closeness = find_strength_of_weakest_row(rows, data["sources"]) if known else ""
    ids = dict.fromkeys(source for row in rows for source in row.source_ids)
    tables = {row.path: row.table for row in rows}.values()
    titles = (licence["title"] for table in tables for licence in table.licenses)
    return replace(
        receipt,
        sources=tuple(known[source,] for source in ids if (source,) in known),
        closeness=closeness,
        licences=tuple(dict.fromkeys(titles)),
        revisions=tuple(list_revisions_of_rows(data, rows)),
    )


def find_strength_of_weakest_row(rows: Iterable[Row], sources: Table) -> str:
    """Return how close some rows are to the origin of their figures: of each row the
    closest of its pages, of all rows the farthest; "" where no page tells.
    """
    field = sources.description.fields.get("strength")
    words = list(map(str, field.constraints.get("enum", ()))) if field else []
    closest = list[int]()
    for row in rows:
        pages = [sources.by_key.get((source,)) for source in row.source_ids]
        ranks = [words.index(str(page["strength"])) for page in pages if page and words]
        closest += [min(ranks)] if ranks else []
    return words[max(closest)] if closest else ""


def list_revisions_of_rows(
    data: Data, rows: Sequence[Row]
) -> Iterator[RevisionWithPages]:
    """Yield what the log of revisions, if there is one, says of some rows."""
    if REVISIONS_TABLE not in data:
        return
    logged = data[REVISIONS_TABLE].rows
    for row in rows if logged else ():
        table = Path(row.path).stem
        key = row.table.format_key_for_log(row[name] for name in row.table.primary_key)
        for found in logged:
            if (found["table"], found["key"]) == (table, key):
                yield _make_revision_of_row(data, row, found)


def _make_revision_of_row(data: Data, row: Row, log_row: Row) -> RevisionWithPages:
    """Return what a row of the log says of a figure of a row."""
    known = data["sources"].by_key
    first_ids = log_row["old_source_ids"]
    if not isinstance(first_ids, tuple):
        first_ids = ()
    stands = row.number(str(log_row["column"]))
    return RevisionWithPages(
        log_row,
        tuple(known[source,] for source in first_ids),
        tuple(known[source,] for source in log_row.source_ids),
        stands == Decimal(str(log_row["old"])),
    )
