"""Receipts: what each number of the site rests on, for the page of all numbers, for a
click, for numbers.json.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from operator import add, mul, sub, truediv
from pathlib import Path
from typing import NamedTuple

from babel.units import format_unit

from press.binding import (
    Entry,
    Fact,
    Facts,
    Ledger,
    Statement,
    get_label_and_formula,
    get_statement,
)
from press.content import STEP_ALT, Content, Language
from press.data import Data, Row
from press.ground.period import MONTHS
from press.pages.anchors import CHART, HOW
from press.quantity import WIDTH, Quantity, format_year_month_or_day
from press.reading import TIME_UNITS

# of a unit, however exact the figure
MOST_DECIMALS = {"percent": 2, "percentage points": 2}
REVISIONS = "revisions"  # the table that logs them
DECIMALS = 6  # of any other
SIGNS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": add,
    "−": sub,
    "×": mul,
    "÷": truediv,
}


class Use(NamedTuple):
    """Where a number stands: the page's address with the anchor in it, the page's
    label, the words.
    """

    address: str
    label: str
    words: str


class Lines(NamedTuple):
    """Rows of one table: its name, their lines in the file, in order."""

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


class Past(NamedTuple):
    """One thing in the history of a number: its kind, its day, what stood then in
    words, where more of it is told.

    ``kind`` is that of a change, or ``edition``; words.toml names it as ``past_…``.
    ``address`` is "" where no page tells of it.
    """

    kind: str
    date: str
    words: str
    address: str


class Revision(NamedTuple):
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
    """

    id: str
    label: str
    formula: str
    facts: Mapping[str, Fact]
    said: Statement | None
    rows: tuple[Row, ...]
    sources: tuple[Row, ...]
    licences: tuple[str, ...]
    revisions: tuple[Revision, ...] = ()
    history: tuple[Past, ...] = ()  # the oldest first
    uses: tuple[Use, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def scheme(self) -> str:
        """``fact``, ``claim`` or ``said``."""
        return self.id.partition(":")[0]

    @cached_property
    def pages(self) -> dict[str, str]:
        """The labels of the pages where it stands, by their addresses."""
        return {use.address.partition("#")[0]: use.label for use in self.uses}

    @cached_property
    def years(self) -> dict[str, str]:
        """The years in which the time of a figure begins and ends, or in which
        something was said: each for itself.
        """
        periods = [
            fact.quantity.period for fact in self.facts.values() if fact.quantity.period
        ]
        found = [
            str(year)
            for period in periods
            for year in (period.first // MONTHS, period.year)
        ]
        return {
            year: year
            for year in (
                found or [str(self.said.row["said_on"])[:4]] if self.said else found
            )
        }

    @cached_property
    def tables(self) -> list[Lines]:
        """The rows by table."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[Path(row.path).stem].append(row)
        return [Lines(name, tuple(rows)) for name, rows in found.items()]


def receipts(
    language: Language,
    ledger: Ledger,
    facts: Facts,
    uses: Mapping[int, Use],
    others: Iterable[tuple[Fact, Use]] = (),
) -> list[Receipt]:
    """Return a receipt for each target of the ledger, and each figure that a claim
    compares, in order of their ids.

    ``uses`` says where a binding stands, by the ``id`` of its entry; ``others`` are
    figures that a page shows and
    no text binds.
    """
    made = dict[str, Receipt]()
    used = defaultdict[str, dict[Use, None]](dict)
    asked = defaultdict[str, dict[str, None]](dict)
    for fact, use in others:
        receipt = of_fact(fact, language, facts)
        made.setdefault(receipt.id, receipt)
        used[receipt.id][use] = None
    for entry in ledger.entries:
        if not entry.has_facts_or_statement:
            continue
        makers = {
            f"fact:{fact.key}": partial(of_fact, fact) for fact in entry.proof.facts
        }
        makers.setdefault(entry.target_with_newest_time, partial(_receipt, entry))
        if entry.target_with_newest_time != entry.link.target:
            asked[entry.target_with_newest_time][entry.link.target] = None
        here = dict.fromkeys([uses[id(entry)]] if id(entry) in uses else [])
        for key, make in makers.items():
            made[key] = made.get(key) or make(language, facts)
            used[key] |= here
    return [
        replace(made[key], uses=tuple(used[key]), asked=tuple(asked[key]))
        for key in sorted(made)
    ]


def uses_of(
    ledger: Ledger,
    places: Mapping[int, tuple[str, str]],
    anchors: Mapping[str, Mapping[int, str]],
) -> dict[int, Use]:
    """Return where each binding stands that stands on a page, by the ``id`` of its
    entry.

    ``places`` gives the address and the label of the page of a text, by the text's
    ``id``; ``anchors`` what a
    page calls its bindings, by its address. Words of a picture, which are no link,
    stand at their chart.
    """
    uses = dict[int, Use]()
    for entry in ledger.entries:
        if place := places.get(id(entry.text.whole_text)):
            address, label = place
            chart = (
                Path(entry.text.path).stem
                if entry.text.description in {"alt", STEP_ALT, "words"}
                else ""
            )
            anchor = chart or anchors.get(address, {}).get(id(entry), "")
            uses[id(entry)] = Use(
                f"{address}#{anchor}" if anchor else address, label, entry.words
            )
    return uses


def pages_of(
    content: Content, addresses: Mapping[str, str], homes: Mapping[str, str]
) -> dict[int, tuple[str, str]]:
    """Return address and label of the page on which each text stands, by the text's
    ``id``.

    ``addresses`` maps the slugs of pages to addresses, ``homes`` the names of charts to
    those of their own pages. The words of a chart stand where the chart does, but for
    how to read it, which only its own page says.
    """
    places: dict[int, tuple[str, str]] = {}
    charts: dict[str, tuple[str, str]] = {}
    for page in content.pages:
        here = addresses[page.slug], page.label
        places |= {id(text): here for text in (*page.strings, page.body)}
        charts |= dict.fromkeys(CHART.findall(page.body.value), here)
    for name, text in content.charts.items():
        if name in charts:
            places |= {id(part): charts[name] for part in (*text.strings, text.body)}
        if name in homes:
            places |= {
                id(part): (homes[name], text.title)
                for part in text.strings
                if part.description == HOW
            }
    return places


def _receipt(entry: Entry, language: Language, facts: Facts) -> Receipt:
    """Return the receipt of a claim or a statement."""
    target, (name, *_) = (
        entry.target_with_newest_time,
        entry.target_with_newest_time.partition(":")[2].split("/"),
    )
    if entry.link.scheme == "said":
        return _of_statement(facts.data, target, name)
    over = "_over" if entry.proof.claim and entry.proof.claim.over else ""
    words = (
        language.words["claim_of"].fill(words=entry.words),
        language.words[f"claim_{name}{over}"],
    )
    compared = {
        get_label_and_formula(fact, language, facts)[0]: fact
        for fact in entry.proof.facts
    }
    return _made(facts.data, target, words, compared, entry.proof.rows)


def _of_statement(data: Data, target: str, name: str) -> Receipt:
    said = get_statement(data, name)
    return _made(
        data, target, (str(said.row["what"]), ""), {}, (said.row, *said.figures), said
    )


def of_fact(fact: Fact, language: Language, facts: Facts) -> Receipt:
    """Return the receipt of a fact: its rows, the sources they cite, the licences, with
    labels in ``language``.
    """
    plain = (
        replace(fact, arguments_as_written=()) if fact.arguments_as_written else fact
    )
    words = get_label_and_formula(plain, language, facts)
    rows = sorted(plain.quantity.rows, key=lambda row: (row.path, row.line))
    return _made(facts.data, f"fact:{plain.key}", words, {words[0]: plain}, rows)


def _made(  # noqa: PLR0913, PLR0917 - all that a receipt holds
    data: Data,
    key: str,
    words: tuple[str, str],
    facts: Mapping[str, Fact],
    rows: Sequence[Row],
    said: Statement | None = None,
) -> Receipt:
    """Return a receipt with the pages that its rows cite, in the rows' order, and the
    licences of their tables.
    """
    known = data["sources"].by_key if "sources" in data else {}
    ids = dict.fromkeys(source for row in rows for source in row.source_ids)
    sources = tuple(known[source,] for source in ids if (source,) in known)
    tables = {row.path: row.table for row in rows}.values()
    licences = dict.fromkeys(
        item["title"] for table in tables for item in table.licenses
    )
    return Receipt(
        key,
        *words,
        facts,
        said,
        tuple(rows),
        sources,
        tuple(licences),
        tuple(revisions(data, rows)),
    )


def revisions(data: Data, rows: Sequence[Row]) -> Iterator[Revision]:
    """Yield what the log of revisions, if there is one, says of some rows."""
    logged = data[REVISIONS].rows if REVISIONS in data else ()
    if not logged:
        return
    known = data["sources"].by_key
    for row in rows:
        keys = row.table.format_key_for_log(row[name] for name in row.table.primary_key)
        for found in logged:
            if (found["table"], found["key"]) == (Path(row.path).stem, keys):
                firsts = (
                    found["old_source_ids"]
                    if isinstance(found["old_source_ids"], tuple)
                    else ()
                )
                first, later = (
                    tuple(known[page,] for page in ids)
                    for ids in (firsts, found.source_ids)
                )
                stands = row.number(str(found["column"])) == Decimal(str(found["old"]))
                yield Revision(found, first, later, stands)


def amount(item: Quantity, language: Language) -> str:
    """Write a figure as exactly as it is known, with its unit: its value, or its two
    ends.
    """
    if item.kind_rules.is_date:
        return language.date(format_year_month_or_day(item))
    # in words instead of a sign
    if item.kind == "span" and item.signed and item.low is None:
        way = language.words["span_early" if item.value < 0 else "span_late"]
        return way.fill(amount=_written([abs(item.value)], item, language))
    return _written(item.low_and_high, item, language)


def doubt(item: Quantity, language: Language) -> str:
    """Write how far the true figure may lie from the one that is known; empty where it
    is exact.
    """
    least = Decimal(1).scaleb(-MOST_DECIMALS.get(item.base_unit, DECIMALS))
    half = (
        max(WIDTH.divide(item.precision, Decimal(2)), least)
        if item.precision
        else Decimal(0)
    )
    return (
        _written([half], replace(item, precision=Decimal(0)), language) if half else ""
    )


def sum_of(item: Quantity, language: Language) -> str:
    """Write the sum of a figure: with ``≈`` where what is written gives it only about.

    Empty where it has none, where that would be long, and where rounding would make it
    wrong in the digits shown. What is of the figure's unit stands in its scale.
    """
    if item.kind_rules.is_date or not _sign(item):
        return ""
    power = _power_of([item.value], item, language)
    [(known, result)] = _in_scale([item.value], item, power, language)
    # what is divided by is so small that it is written as zero
    with suppress(ArithmeticError):
        found, words = _worked_out(item, item.base_unit, power, language)
        if abs(found - known) <= Decimal(1).scaleb(int(known.as_tuple().exponent)):
            return f"{words} {'=' if found == known else '≈'} {result}"
    return ""


def _worked_out(
    item: Quantity, base: str, power: int, language: Language
) -> tuple[Decimal, str]:
    """Return what the written figures of a sum give, and how they are written; what is
    in ``base`` in its scale.
    """
    sign = _sign(item)
    parts = item.calculation.parts if item.calculation else ()
    if not sign:
        own = power if item.base_unit == base else item.unit_factor.adjusted()
        [(known, words)] = _in_scale([item.value], item, own, language, within=True)
        return known, f"({words})" if known < 0 else words
    (first, one), (second, other) = (
        _worked_out(part, base, power, language) for part in parts
    )
    left, right = map(_sign, parts)
    if left and (sign == "÷" or (sign == "×" and left in "+−")):
        one = f"({one})"
    if right and (sign in "×÷" or (sign == "−" and right in "+−")):
        other = f"({other})"
    return SIGNS[sign](first, second), f"{one} {sign} {other}"


def _sign(item: Quantity) -> str:
    """Return the sign of the sum that a figure is written as, "" for one that is
    written as it is.
    """
    return item.calculation.sign if item.calculation and item.calculation.parts else ""


def _written(values: Iterable[Decimal], item: Quantity, language: Language) -> str:
    """Write values in the unit of a figure, with the scale that suits them and the
    decimals that it earns.
    """
    ends = list(values)
    power = _power_of(ends, item, language)
    numbers = [text for _, text in _in_scale(ends, item, power, language)]
    # the first word of each
    known = {each: word for word, each in reversed([*language.lexicon.scales.items()])}
    unit = language.lexicon.unit_names.get(item.base_unit, item.base_unit)
    if item.base_unit in TIME_UNITS:  # CLDR knows their singular: 1 year
        unit = format_unit(
            abs(ends[-1]), item.base_unit.removesuffix("s"), locale=language.locale
        ).partition(" ")[2]
    return " ".join(
        filter(None, ("–".join(dict.fromkeys(numbers)), known.get(power, ""), unit))
    )


def _power_of(values: Iterable[Decimal], item: Quantity, language: Language) -> int:
    """Return which power of ten is the scale that suits values in the unit of a figure:
    9 for billions, 0 for none.
    """
    most = max(map(abs, values)) * item.unit_factor
    known = language.lexicon.scales.values()
    return max(
        (
            power
            for power in known
            if item.unit_factor > 1 and most >= Decimal(10) ** power
        ),
        default=0,
    )


def _in_scale(
    values: Iterable[Decimal],
    item: Quantity,
    power: int,
    language: Language,
    *,
    within: bool = False,
) -> list[tuple[Decimal, str]]:
    """Return values in the unit of a figure in a scale, rounded to the decimals that it
    earns, each with its words.

    ``within`` a sum each has what decimals its table gave it, and what was worked out
    has one more than it earns.
    """
    width = (item.precision * item.unit_factor).scaleb(-power)
    ends = [(value * item.unit_factor).scaleb(-power).normalize() for value in values]
    own = max(-int(end.as_tuple().exponent) for end in ends)
    places = -width.adjusted() if width else own
    if within and places < own:
        places = own if own <= DECIMALS else places + 1
    places = max(
        min(
            places, DECIMALS if within else MOST_DECIMALS.get(item.base_unit, DECIMALS)
        ),
        0,
    )
    return [
        (round(end, places), language.number(end, places).replace("-", "−"))
        for end in ends
    ]
