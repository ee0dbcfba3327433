"""Statements: what a text says that somebody said, held to the figures and the words
that were published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from press.binding.facts import FactError
from press.data import Data, Row, Table
from press.ground.errors import similar
from press.ground.period import Period
from press.quantity import Quantity
from press.reading import (
    WELL_GROUPED,
    Lexicon,
    Phrase,
    Vocabulary,
    alternation,
    blanked,
    fold,
    quantities,
    read_alone,
)

LEAVE = "leave it out of the link"  # a hint
SPACES, SIGN = re.compile(r"\s*"), re.compile(r"[-–+]\s*\Z")
QUOTED = re.compile(
    r"[\"„«「]([^\"„«»「」]*)[\"»」]|(?<![\w.])'(?=\S)([^']*)(?<=\S)'(?!\w)"
)
YEAR = re.compile(r"\b[12]\d{3}\b")


class Statement(NamedTuple):
    """A published statement and its figures, in order."""

    row: Row
    figures: tuple[Row, ...]


def statement(data: Data, name: str) -> Statement:
    """Return a statement by its id. Raises ``FactError`` for one that is not there."""
    rows = data["statements"].by_key
    if (name,) not in rows:
        raise FactError(
            f'data/statements.csv has no statement "{name}"',
            similar(name, (str(key) for (key,) in rows)),
        )
    figures = (
        row for row in data["statement_figures"].rows if row["statement"] == name
    )
    return Statement(
        rows[name,], tuple(sorted(figures, key=lambda row: row.number("ordinal")))
    )


def speakers(data: Data) -> dict[str, tuple[str, ...]]:
    """Return by statement the given names and surnames by which the people who made it
    are known from all others.

    People have an office and two names; no part of an institution's name is enough to
    know it by.
    """
    return data["statements"].derive(_speakers) if "statements" in data else {}


def _speakers(table: Table) -> dict[str, tuple[str, ...]]:
    people = {str(row["id"]): _people(row) for row in table.rows}
    shared = Counter(
        name for person in {*chain(*people.values())} for name in person.split()
    )
    return {
        key: tuple(name for name in " ".join(own).split() if shared[name] == 1)
        for key, own in people.items()
    }


def _people(row: Row) -> list[str]:
    role = str(row.values.get("role") or "")
    people = (
        f"{row['speaker']} and {role.partition('beside ')[2]}".split(" and ")
        if role
        else []
    )
    return [
        person.strip()
        for person in people
        if re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", person.strip())
    ]


def periods_of(
    said: Statement, rows: Sequence[Row], lexicon: Lexicon
) -> frozenset[Period]:
    """Return the periods that a sentence may name: when it was said, and the times that
    its figures in ``rows`` are of.

    Where these tell none it is the times of all that was said.
    """
    month = Period.parse(str(said.row["said_on"])[:7])
    deadlines = {
        Period.parse(f"{int(row.number('low')):04d}")
        for row in said.figures
        if row["unit"] == "year"
    }
    own = [str(row["what"]) for row in rows if YEAR.search(str(row["what"]))]
    told = own or [str(said.row["what"]), *(str(row["what"]) for row in said.figures)]
    return frozenset(
        [
            month,
            Period.parse(f"{month.year:04d}"),
            *deadlines,
            *chain(*(_times(it, lexicon) for it in told)),
        ]
    )


def _times(told: str, lexicon: Lexicon) -> frozenset[Period]:
    """Return the periods that words of a table name, and their years."""
    named = {
        item.period for sentence in read_alone(told, lexicon) for item in sentence.times
    }
    return frozenset(named | {Period.parse(f"{period.year:04d}") for period in named})


def matched(
    words: str, said: Statement, vocabulary: Vocabulary
) -> tuple[tuple[Row, ...], bool]:
    """Return the figures that words tell, and whether they hold a number, a date or a
    quotation of the statement.

    What has been held is blanked, so that nothing is held twice and nothing passed
    over. Raises ``FactError`` for a number, an order, a direction or a quotation that
    the statement does not have.
    """
    text = fold(words)
    text, dates = _without_dates(text, str(said.row["said_on"]), vocabulary)
    if '"' in QUOTED.sub("", text):
        raise FactError("found one quotation mark, expected two")
    quoted = _count_quotations(
        text, str(said.row["quotation"] or ""), vocabulary.lexicon
    )
    text = QUOTED.sub(lambda found: " " * len(found[0]), text)
    if negation := vocabulary.lexicon.tagger.first(text, ("negations",)):
        raise FactError(
            f'"{words[negation.start : negation.end]}" denies what was said', LEAVE
        )
    if month := vocabulary.lexicon.tagger.first(text, ("months",)):
        when = vocabulary.date(str(said.row["said_on"]))
        raise FactError(
            f'"{words[month.start : month.end]}" is not the date of the statement,'
            f" {when}"
        )
    rows, counted = _numbers(text, words, said, vocabulary)
    return tuple(rows), bool(rows or counted or quoted or dates)


def _without_dates(text: str, said_on: str, vocabulary: Vocabulary) -> tuple[str, int]:
    """Blank the day of the statement, in whole or in part, wherever the text names it;
    return how often it does.
    """
    whole, month = vocabulary.date(said_on), vocabulary.date(said_on[:7])
    year = said_on[:4]
    forms = [form.replace(year, "").strip(" ,.") for form in (whole, month)]
    dates = [
        found.span()
        for found in alternation([whole, month, *forms, year]).finditer(text)
    ]
    for start, end in dates:
        hedge = vocabulary.lexicon.tagger.leading(text, start, ("hedges",), SPACES, 0)
        sign = SIGN.search(text, 0, start)
        if hedge or sign:
            found = text[
                hedge.start if hedge else sign.start() if sign else 0 : start
            ].strip()
            raise FactError(
                f'"{found}" stands before the date of the statement, which is exact',
                LEAVE,
            )
        text = blanked(text, start, end)
    return text, len(dates)


def _count_quotations(text: str, quotation: str, lexicon: Lexicon) -> int:
    """Count the quotations in a text.

    Raises ``FactError`` for one that is no part of the published words.

    Nor may one begin right behind a negation there: "provide weapons" of "will not
    provide weapons".
    """
    published = " ".join(fold(quotation).split())
    found = ["".join(parts) for parts in QUOTED.findall(text)]
    for words in found:
        quoted = " ".join(words.split()).strip(" ,.")
        if not quoted or not re.search(rf"(?<!\w){re.escape(quoted)}(?!\w)", published):
            if not quotation:
                raise FactError(
                    f'"{words}" is quoted, but data/statements.csv has no quotation of'
                    " this statement"
                )
            raise FactError(f'"{words}" is not in the quotation "{quotation}"')
        if cut := lexicon.tagger.leading(
            published, published.index(quoted), ("negations",), SPACES, 0
        ):
            message = (
                f'"{words}" is cut right behind "{cut.phrase}", which turns it round'
            )
            raise FactError(message, "quote that word as well")
    return len(found)


def _numbers(
    text: str, words: str, said: Statement, vocabulary: Vocabulary
) -> tuple[list[Row], int]:
    """Return the numbers, each the next figure of its unit in the statement, and how
    many words are figures too.
    """
    rows: list[Row] = []
    rest = text
    for start, end, phrase in quantities(text, vocabulary.lexicon):
        rest = blanked(rest, start, end)
        unit = vocabulary.lexicon.tagger.first(rest, ("units",), end)
        # that a range has left over: "11% to 34 tonnes"
        if unit and not rest[end : unit.start].strip():
            raise _no_figure(words[start : unit.end], said)
        whole = any(_fits(phrase, row) for row in said.figures)
        for part in (
            [phrase]
            if whole
            else [replace(phrase, numbers=(number,)) for number in phrase.numbers]
        ):
            rows.append(_next(part, words[start:end], said, rows, vocabulary))
    counted = _count_words(rest, words, said, vocabulary)
    if left := re.search(r"\d[\d.,]*", rest):
        raise FactError(
            f'found "{words[left.start() : left.end()]}", expected {WELL_GROUPED}'
        )
    if rows:
        _check_directions(rest, words, rows, vocabulary)
    return rows, counted


def _count_words(rest: str, words: str, said: Statement, vocabulary: Vocabulary) -> int:
    """Count the number words without a unit that are figures of the
    statement: "seven".
    """
    counted, numbers = 0, vocabulary.lexicon.numbers
    for found in vocabulary.lexicon.tagger.find(rest, ("numbers",)):
        counted += any(
            row.number("low") == numbers[found.phrase] for row in said.figures
        )
        if numbers[found.phrase] > 1 and not counted:
            raise _no_figure(words[found.start : found.end], said)
    return counted


def _next(
    part: Phrase,
    written: str,
    said: Statement,
    before: Sequence[Row],
    vocabulary: Vocabulary,
) -> Row:
    """Return the figure that a number is: of those that fit, the first after the last
    one of its unit.
    """
    matches = [row for row in said.figures if _fits(part, row)]
    if not matches:
        raise _no_figure(written, said)
    # amounts and their years have one order
    paired = sum(row["unit"] == "year" for row in said.figures) > 1
    alike = [row for row in before if paired or row["unit"] == matches[0]["unit"]]
    free = not alike or _is_of_before(alike[-1], vocabulary)
    later = [
        row
        for row in matches
        if free or row.number("ordinal") > alike[-1].number("ordinal")
    ]
    if not later:
        message = f'"{written}" stands after a figure that comes later in the statement'
        raise FactError(message, "keep the order of the statement")
    return later[0]


def _is_of_before(row: Row, vocabulary: Vocabulary) -> bool:
    """Tell whether a figure is of an earlier time than the others, as its table says:
    words may begin with it.
    """
    tags = vocabulary.lexicon.tagger.find(fold(str(row["what"])), ("shifts",))
    return any(vocabulary.lexicon.shifts[tag.phrase] < 0 for tag in tags)


def _no_figure(written: str, said: Statement) -> FactError:
    if not said.figures:
        return FactError(f'"{written}" is not in the statement, which has no figures')
    figures = ", ".join(map(_shown, said.figures))
    return FactError(f'"{written}" is no figure of the statement, which has {figures}')


def _hedge(row: Row) -> str:
    """Return the class of the hedge that a figure was said with, an empty text if it
    was said without.
    """
    return "" if row["qualifier"] == "none" else str(row["qualifier"])


def _check_directions(
    rest: str, words: str, rows: Sequence[Row], vocabulary: Vocabulary
) -> None:
    """A direction is the one that the statement's figures are described with, or that
    leads from one to the other.
    """
    directions, tagger = vocabulary.lexicon.directions, vocabulary.lexicon.tagger
    described = {
        tag.phrase
        for row in rows
        for tag in tagger.find(fold(str(row["what"])), ("directions",))
    }
    first, last = rows[0].number("low"), rows[-1].number("low")
    led = (
        ""
        if first == last or rows[0]["unit"] != rows[-1]["unit"]
        else "up"
        if last > first
        else "down"
    )
    allowed = {directions[phrase] for phrase in described} or {led}
    for found in tagger.find(rest, ("directions",)):
        if directions[found.phrase] not in allowed:
            raise FactError(
                f'"{words[found.start : found.end]}" is not said by the figures of the'
                " statement",
                LEAVE,
            )


def _fits(phrase: Phrase, row: Row) -> bool:
    """Tell whether a number in words is a figure: its value as exactly as it was said,
    its unit, the word before it.
    """
    figure, hedge = (
        Quantity(row.number("low"), Decimal(0), str(row["unit"]), frozenset([row])),
        _hedge(row),
    )
    factor = (
        figure.factor / 100
        if phrase.form == "fraction" and figure.base == "percent"
        else figure.factor
    )
    ends = [Fraction(row.number(end) * factor) for end in ("low", "high")]
    pairs = zip(ends, (phrase.low, phrase.high), strict=True)
    close = all(abs(end - value) <= phrase.numbers[0].step / 2 for end, value in pairs)
    last = [
        (end / 10**phrase.scale, number.decimals)
        for end, number in zip(ends, phrase.numbers, strict=False)
    ]
    # "3.10" for 3.1
    padded = any(
        places and (end * 10 ** (places - 1)).denominator == 1 for end, places in last
    )
    hedged = phrase.hedge == hedge or (phrase.hedge == "about" and not hedge)
    return (
        close
        and not padded
        and hedged
        and not phrase.direction
        and _same_unit(phrase, figure)
    )


def _same_unit(phrase: Phrase, figure: Quantity) -> bool:
    written = " ".join(phrase.units)
    if phrase.form == "fraction":
        return figure.base == "percent"
    return written == figure.base or (
        not written and figure.base in {"year", "count", "rank"}
    )


def _shown(row: Row) -> str:
    """Write a figure for a message, with the hedge that belongs before it."""
    group = "" if row["unit"] == "year" else ","
    low, high = (f"{row.number(end):{group}f}" for end in ("low", "high"))
    number = low if low == high else f"{low}–{high}"
    return f"{_hedge(row).replace('_', ' ')} {number} {row['unit']}".removesuffix(
        " year"
    ).strip()
