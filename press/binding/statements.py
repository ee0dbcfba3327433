"""Statements: what a text says that somebody said, held to the figures and the words
that were published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from press.binding.facts import FactError
from press.data import Data, Row
from press.ground.errors import similar
from press.ground.period import Period
from press.quantity import scale_of_unit, unit_without_scale
from press.reading import (
    WELL_GROUPED,
    Lexicon,
    Phrase,
    Vocabulary,
    blank_span,
    find_quantities,
    fold_text,
    phrase_pattern,
    read_heading_sentences,
)

LEAVE = "leave it out of the link"  # a hint
SPACES = re.compile(r"\s*")
SIGN = re.compile(r"[-–+]\s*\Z")
QUOTED = re.compile(
    r"[\"„«「]([^\"„«»「」]*)[\"»」]|(?<![\w.])'(?=\S)([^']*)(?<=\S)'(?!\w)"
)
YEAR = re.compile(r"\b[12]\d{3}\b")
DIGITS = re.compile(r"\d[\d.,]*")
UNITS_LEFT_OUT = {"year", "count", "rank"}


class Statement(NamedTuple):
    """A published statement and its figures, in order."""

    row: Row
    figures: tuple[Row, ...]

    @property
    def speaker(self) -> str:
        """The name of who made it."""
        return str(self.row["speaker"])

    @property
    def speaker_and_role(self) -> str:
        """The name of who made it, and the office where the table has one."""
        return f"{self.speaker} {self.row.values.get('role') or ''}"

    @property
    def descriptions(self) -> list[str]:
        """What the tables say that it and its figures are about."""
        return [str(row["what"]) for row in (self.row, *self.figures)]


def get_statement(data: Data, name: str) -> Statement:
    """Return a statement by its id. Raises ``FactError`` for one that is not there."""
    rows = data["statements"].by_key
    if (name,) not in rows:
        raise FactError(
            f'data/statements.csv has no statement "{name}"',
            similar(name, (str(key) for (key,) in rows)),
        )
    figures = [
        row for row in data["statement_figures"].rows if row["statement"] == name
    ]
    figures.sort(key=lambda row: row.number("ordinal"))
    return Statement(rows[name,], tuple(figures))


def find_statement_periods(
    said: Statement, rows: Sequence[Row], lexicon: Lexicon
) -> frozenset[Period]:
    """Return the periods that a sentence may name: when it was said, and the times that
    its figures in ``rows`` are of.

    Where these tell none it is the times of all that was said.
    """
    month = Period.parse(str(said.row["said_on"])[:7])
    periods = {month, _year_period(month.year)}
    for row in said.figures:
        if row["unit"] == "year":
            periods.add(_year_period(int(row.number("low"))))
    own = [str(row["what"]) for row in rows if YEAR.search(str(row["what"]))]
    for description in own or said.descriptions:
        periods.update(_periods_named(description, lexicon))
    return frozenset(periods)


def _periods_named(description: str, lexicon: Lexicon) -> Iterator[Period]:
    """Yield the periods that words of a table name, and their years."""
    for sentence in read_heading_sentences(description, lexicon):
        for item in sentence.times:
            yield item.period
            yield _year_period(item.period.year)


def _year_period(year: int) -> Period:
    """Return a year as a period."""
    return Period.parse(f"{year:04d}")


def match_statement(
    words: str, said: Statement, vocabulary: Vocabulary
) -> tuple[tuple[Row, ...], bool]:
    """Return the figures that words tell, and whether they hold a number, a date or a
    quotation of the statement.

    What has been held is blanked, so that nothing is held twice and nothing passed
    over. Raises ``FactError`` for a number, an order, a direction or a quotation that
    the statement does not have.
    """
    said_on = str(said.row["said_on"])
    text, date_count = _blank_dates(fold_text(words), said_on, vocabulary)
    if '"' in QUOTED.sub("", text):
        raise FactError("found one quotation mark, expected two")
    quotation = str(said.row["quotation"] or "")
    quotation_count = _check_quotations(text, quotation, vocabulary.lexicon)
    text = QUOTED.sub(lambda found: " " * len(found[0]), text)
    matcher = vocabulary.lexicon.matcher
    if negation := matcher.find_first_tag(text, ("negations",)):
        denying = words[negation.start : negation.end]
        raise FactError(f'"{denying}" denies what was said', LEAVE)
    if month := matcher.find_first_tag(text, ("months",)):
        raise FactError(
            f'"{words[month.start : month.end]}" is not the date of the statement,'
            f" {vocabulary.date(said_on)}"
        )
    rows, word_count = _match_numbers(text, words, said, vocabulary.lexicon)
    return tuple(rows), bool(rows or word_count or quotation_count or date_count)


# ---- Dates and quotations


def _blank_dates(text: str, said_on: str, vocabulary: Vocabulary) -> tuple[str, int]:
    """Blank the day of the statement, in whole or in part, wherever the text names it;
    return how often it does.
    """
    year = said_on[:4]
    day = vocabulary.date(said_on)
    month = vocabulary.date(said_on[:7])
    without_year = [form.replace(year, "").strip(" ,.") for form in (day, month)]
    dates = phrase_pattern([day, month, *without_year, year])
    # where they stood before any was blanked
    places = [found.span() for found in dates.finditer(text)]
    for start, end in places:
        _check_date_is_exact(text, start, vocabulary.lexicon)
        text = blank_span(text, start, end)
    return text, len(places)


def _check_date_is_exact(text: str, start: int, lexicon: Lexicon) -> None:
    """Raise ``FactError`` where a hedge or a sign stands before a date."""
    hedge = lexicon.matcher.find_tag_leading_to(text, start, ("hedges",), SPACES, 0)
    sign = SIGN.search(text, 0, start)
    if hedge:
        before = text[hedge.start : start]
    elif sign:
        before = text[sign.start() : start]
    else:
        return
    raise FactError(
        f'"{before.strip()}" stands before the date of the statement, which is exact',
        LEAVE,
    )


def _check_quotations(text: str, quotation: str, lexicon: Lexicon) -> int:
    """Return how many quotations a text has.

    Raises ``FactError`` for one that is no part of the published words, and for one
    that begins right behind a negation there: "provide weapons" of "will not provide
    weapons".
    """
    published = " ".join(fold_text(quotation).split())
    found = ["".join(parts) for parts in QUOTED.findall(text)]
    for words in found:
        quoted = " ".join(words.split()).strip(" ,.")
        if not quoted or not re.search(rf"(?<!\w){re.escape(quoted)}(?!\w)", published):
            raise _not_quoted_error(words, quotation)
        start = published.index(quoted)
        negation = lexicon.matcher.find_tag_leading_to(
            published, start, ("negations",), SPACES, 0
        )
        if negation:
            raise FactError(
                f'"{words}" is cut right behind "{negation.phrase}", which turns it'
                " round",
                "quote that word as well",
            )
    return len(found)


def _not_quoted_error(words: str, quotation: str) -> FactError:
    """Return the error for words that are quoted and were not published."""
    if quotation:
        return FactError(f'"{words}" is not in the quotation "{quotation}"')
    return FactError(
        f'"{words}" is quoted, but data/statements.csv has no quotation of this'
        " statement"
    )


# ---- Numbers


def _match_numbers(
    text: str, words: str, said: Statement, lexicon: Lexicon
) -> tuple[list[Row], int]:
    """Return the figures that numbers are, each the next one of its unit in the
    statement, and how many number words are figures too.
    """
    rows: list[Row] = []
    rest = text
    for start, end, phrase in find_quantities(text, lexicon):
        rest = blank_span(rest, start, end)
        unit = lexicon.matcher.find_first_tag(rest, ("units",), end)
        # that a range has left over: "11% to 34 tonnes"
        if unit and not rest[end : unit.start].strip():
            raise _no_figure_error(words[start : unit.end], said)
        for part in _whole_or_numbers(phrase, said):
            rows.append(_next_figure(part, words[start:end], said, rows, lexicon))
    word_count = _count_number_words(rest, words, said, lexicon)
    left = DIGITS.search(rest)
    if left:
        digits = words[left.start() : left.end()]
        raise FactError(f'found "{digits}", expected {WELL_GROUPED}')
    if rows:
        _check_directions(rest, words, rows, lexicon)
    return rows, word_count


def _whole_or_numbers(phrase: Phrase, said: Statement) -> list[Phrase]:
    """Return a quantity that is a figure of a statement, or else one for each of its
    numbers.
    """
    if any(_is_same_figure(phrase, row) for row in said.figures):
        return [phrase]
    return [replace(phrase, numbers=(number,)) for number in phrase.numbers]


def _count_number_words(
    rest: str, words: str, said: Statement, lexicon: Lexicon
) -> int:
    """Return how many number words without a unit are figures of the statement:
    "seven".
    """
    count = 0
    for found in lexicon.matcher.find_tags(rest, ("numbers",)):
        number = lexicon.numbers[found.phrase]
        count += any(row.number("low") == number for row in said.figures)
        if number > 1 and not count:
            raise _no_figure_error(words[found.start : found.end], said)
    return count


def _next_figure(
    phrase: Phrase,
    written: str,
    said: Statement,
    before: Sequence[Row],
    lexicon: Lexicon,
) -> Row:
    """Return the figure that a number is: of those that fit, the first after the last
    one of its unit.
    """
    matches = [row for row in said.figures if _is_same_figure(phrase, row)]
    if not matches:
        raise _no_figure_error(written, said)
    # amounts and their years have one order
    has_years = sum(row["unit"] == "year" for row in said.figures) > 1
    unit = matches[0]["unit"]
    alike = [row for row in before if has_years or row["unit"] == unit]
    if not alike or _is_of_earlier_time(alike[-1], lexicon):
        return matches[0]
    last = alike[-1].number("ordinal")
    for row in matches:
        if row.number("ordinal") > last:
            return row
    raise FactError(
        f'"{written}" stands after a figure that comes later in the statement',
        "keep the order of the statement",
    )


def _is_of_earlier_time(row: Row, lexicon: Lexicon) -> bool:
    """Tell whether a figure is of an earlier time than the others, as its table says:
    words may begin with it.
    """
    shifts = lexicon.matcher.find_tags(fold_text(str(row["what"])), ("shifts",))
    return any(lexicon.shifts[tag.phrase] < 0 for tag in shifts)


def _check_directions(
    rest: str, words: str, rows: Sequence[Row], lexicon: Lexicon
) -> None:
    """Raise ``FactError`` for a direction that is neither the one that the statement's
    figures are described with, nor that which leads from one to the other.
    """
    directions = lexicon.directions
    find = lexicon.matcher.find_tags
    allowed: set[str] = set()
    for row in rows:
        for tag in find(fold_text(str(row["what"])), ("directions",)):
            allowed.add(directions[tag.phrase])
    if not allowed:
        allowed.add(_direction_between(rows[0], rows[-1]))
    for found in find(rest, ("directions",)):
        if directions[found.phrase] not in allowed:
            raise FactError(
                f'"{words[found.start : found.end]}" is not said by the figures of the'
                " statement",
                LEAVE,
            )


def _direction_between(first: Row, last: Row) -> str:
    """Return the direction from one figure to another, an empty text if it is none."""
    change = last.number("low") - first.number("low")
    if not change or first["unit"] != last["unit"]:
        return ""
    return "up" if change > 0 else "down"


# ---- One number, one figure


def _is_same_figure(phrase: Phrase, row: Row) -> bool:
    """Tell whether a number in words is a figure: its value as exactly as it was said,
    its unit, the word before it.
    """
    if phrase.direction or not _is_hedged_alike(phrase, row):
        return False
    unit = str(row["unit"])
    return _has_unit(phrase, unit_without_scale(unit)) and _has_value(
        phrase, _figure_ends(phrase, row)
    )


def _is_hedged_alike(phrase: Phrase, row: Row) -> bool:
    """Tell whether a number is hedged as a figure was, which without may be "about"."""
    hedge = _hedge(row)
    return phrase.hedge == hedge or (phrase.hedge == "about" and not hedge)


def _hedge(row: Row) -> str:
    """Return the class of the hedge that a figure was said with, an empty text if it
    was said without.
    """
    return "" if row["qualifier"] == "none" else str(row["qualifier"])


def _has_unit(phrase: Phrase, unit: str) -> bool:
    """Tell whether a number is in a unit, which is without its scale."""
    if phrase.number_form == "fraction":
        return unit == "percent"
    if not phrase.units and unit in UNITS_LEFT_OUT:
        return True
    return " ".join(phrase.units) == unit


def _figure_ends(phrase: Phrase, row: Row) -> tuple[Fraction, Fraction]:
    """Return the two ends of a figure in its unit without scale; for a fraction, as
    parts of 1.
    """
    factor = scale_of_unit(str(row["unit"]).split())
    if phrase.number_form == "fraction":
        factor /= 100
    return Fraction(row.number("low") * factor), Fraction(row.number("high") * factor)


def _has_value(phrase: Phrase, ends: Sequence[Fraction]) -> bool:
    """Tell whether a number or a range is a value, to half its last digit and without a
    zero too many: no "3.10" for 3.1.
    """
    low, high = ends
    distance = max(abs(low - phrase.low), abs(high - phrase.high))
    if distance > phrase.numbers[0].last_digit_step / 2:
        return False
    for end, number in zip(ends, phrase.numbers, strict=False):
        scaled = end / 10**phrase.scale
        if number.decimals and _is_padded(scaled, number.decimals):
            return False
    return True


def _is_padded(value: Fraction, decimals: int) -> bool:
    """Tell whether a value needs fewer decimals than it is written with."""
    tenfold: int = 10 ** (decimals - 1)
    return (value * tenfold).denominator == 1


# ---- Messages


def _no_figure_error(written: str, said: Statement) -> FactError:
    """Return the error for a number that a statement does not have."""
    if not said.figures:
        return FactError(f'"{written}" is not in the statement, which has no figures')
    figures = ", ".join(map(_figure_label, said.figures))
    return FactError(f'"{written}" is no figure of the statement, which has {figures}')


def _figure_label(row: Row) -> str:
    """Return a figure in words, with the hedge that belongs before it."""
    group = "" if row["unit"] == "year" else ","
    low, high = (f"{row.number(end):{group}f}" for end in ("low", "high"))
    number = low if low == high else f"{low}–{high}"
    hedge = _hedge(row).replace("_", " ")
    return f"{hedge} {number} {row['unit']}".removesuffix(" year").strip()
