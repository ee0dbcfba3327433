"""Statements: what a text says that somebody said, held to the figures and the words that were published."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from press.errors import nearest
from press.facts import FactError
from press.lexicon import alternation, fold
from press.period import Period
from press.phrase import quantities
from press.quantity import Quantity

if TYPE_CHECKING:
    from press.content import Language
    from press.data import Data, Row
    from press.phrase import Phrase

QUOTED = re.compile(r"[\"„«「]([^\"„«»「」]*)[\"»」]")
SPAN = {"years", "months"}


class Statement(NamedTuple):
    """A published statement and its figures, in order."""

    row: Row
    figures: tuple[Row, ...]


def statement(data: Data, name: str) -> Statement:
    """Return a statement by its id. Raises ``FactError`` for one that is not there."""
    rows = {str(row["id"]): row for row in data["statements"].rows}
    if name not in rows:
        raise FactError(f"found the unknown statement {name!r}", nearest(name, rows))
    figures = (row for row in data["statement_figures"].rows if row["statement"] == name)
    return Statement(rows[name], tuple(sorted(figures, key=lambda row: row.number("ordinal"))))


def periods_of(said: Statement) -> frozenset[Period]:
    """Return the periods that a sentence may name: when it was said, the year before, and the years that it names."""
    month = Period.parse(str(said.row["said_on"])[:7])
    years = {month.year, month.year - 1, *(int(row.number("low")) for row in said.figures if row["unit"] == "year")}
    return frozenset([month, *(Period.parse(f"{year:04d}") for year in years)])


def matched(words: str, said: Statement, language: Language) -> bool:
    """Tell whether words hold a number or a quotation, all of which match the statement.

    Raises ``FactError`` for a number, a year, an order or a quotation that the statement does not have.
    """
    text = fold(words)
    text, dates = _without_dates(text, str(said.row["said_on"]), language)
    quoted = _check_quotations(text, str(said.row["quotation"] or ""))
    text = QUOTED.sub(lambda found: " " * len(found[0]), text)
    if month := alternation(language.lexicon.months).search(text):
        when = language.date(str(said.row["said_on"]))
        raise FactError(f"found {words[month.start() : month.end()]!r}, expected {when}, when it was said")
    return bool(_check_numbers(text, words, said, language) or quoted or dates)


def _without_dates(text: str, said_on: str, language: Language) -> tuple[str, int]:
    """Blank the day of the statement, in whole or in part, wherever the text names it; return how often it does."""
    whole, month = language.date(said_on), language.date(said_on[:7])
    year = said_on[:4]
    forms = [form.replace(year, "").strip(" ,.") for form in (whole, month)]
    pattern = alternation([whole, month, *forms, year])
    count = sum(1 for _ in pattern.finditer(text))
    return pattern.sub(lambda found: " " * len(found[0]), text), count


def _check_quotations(text: str, quotation: str) -> int:
    published = " ".join(fold(quotation).split())
    found = QUOTED.findall(text)
    for words in found:
        quoted = " ".join(words.split()).strip(" ,.")
        if not quoted or not re.search(rf"(?<!\w){re.escape(quoted)}(?!\w)", published):
            expected = f'expected words of "{quotation}"' if quotation else "expected none: the table has no words"
            raise FactError(f'found the quotation "{words}", {expected}')
    return len(found)


def _check_numbers(text: str, words: str, said: Statement, language: Language) -> int:
    """Count the numbers, each of which is the next figure of the statement that it matches: years, and all others."""
    following = {True: 0, False: 0}
    count = 0
    for start, end, phrase in quantities(text, language.lexicon):
        written = words[start:end]
        matches = [number for number, row in enumerate(said.figures) if _fits(phrase, row)]
        if not matches:
            told = ", ".join(_told(row, language) for row in said.figures) or "no figure"
            raise FactError(f"found {written!r}, expected a figure of the statement: {told}")
        is_year = said.figures[matches[0]]["unit"] == "year"
        later = [number for number in matches if number >= following[is_year]]
        if not later:
            raise FactError(f"found {written!r} after a figure that follows it in the statement, expected its order")
        following[is_year] = later[0] + 1
        count += 1
    return count


def _fits(phrase: Phrase, row: Row) -> bool:
    """Tell whether a number in words is a figure: its value as written, its unit, the word before it."""
    figure = Quantity(row.number("low"), Decimal(0), str(row["unit"]), frozenset([row]))
    factor = figure.factor / 100 if phrase.form == "fraction" and figure.base == "percent" else figure.factor
    ends = row.number("low") * factor, row.number("high") * factor
    close = all(
        abs(Fraction(end) - value) <= Fraction(phrase.step) / 2
        for end, value in zip(ends, (phrase.low, phrase.high), strict=True)
    )
    hedge = "" if row["qualifier"] == "none" else str(row["qualifier"])
    softened = phrase.hedge == "about" and not hedge
    return close and _same_unit(phrase, figure) and (phrase.hedge == hedge or softened)


def _same_unit(phrase: Phrase, figure: Quantity) -> bool:
    written = " ".join(phrase.units)
    return written == figure.base or (not written and figure.base in {"year", "count", "rank"})


def _told(row: Row, language: Language) -> str:
    low, high = (language.number(row.number(end)) for end in ("low", "high"))
    return f"{low if low == high else f'{low}–{high}'} {row['unit']}"
