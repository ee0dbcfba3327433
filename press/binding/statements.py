"""Statements: what a text says that somebody said, held to the figures and the words
that were published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal, NamedTuple

from press.binding.facts import FactError
from press.data import Data, Row
from press.ground.errors import suggest_similar_or_all
from press.ground.period import MONTHS, Period
from press.quantity import scale_factor_of_unit, unit_without_scale
from press.reading import (
    WELL_GROUPED,
    Lexicon,
    Span,
    Vocabulary,
    WrittenQuantity,
    blank_span,
    build_whole_phrase_pattern,
    find_periods_in_headings,
    find_quantities_outside_names,
    fold_text,
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


class SpeakerStatement(NamedTuple):
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


class SpeakerStatementMatch(NamedTuple):
    """The figures of a statement that words tell; and whether these hold anything of
    it: a number, a date or a quotation.
    """

    figures: tuple[Row, ...]
    is_any_held: bool


def get_statement(data: Data, statement_id: str) -> SpeakerStatement:
    """Return a statement by its id. Raises ``FactError`` for one that is not there."""
    row = get_row_by_id(data, "statement", statement_id)
    figures = [
        figure
        for figure in data["statement_figures"].rows
        if figure["statement"] == statement_id
    ]
    figures.sort(key=lambda figure: figure.number("ordinal"))
    return SpeakerStatement(row, tuple(figures))


def get_row_by_id(data: Data, noun: Literal["statement", "source"], row_id: str) -> Row:
    """Return the row of a statement or source. Raises ``FactError`` for one that is not
    there.
    """
    rows = data[f"{noun}s"].by_key
    if (row_id,) in rows:
        return rows[row_id,]
    raise FactError(
        f'data/{noun}s.csv has no {noun} "{row_id}"',
        suggest_similar_or_all(row_id, (str(key) for (key,) in rows)),
    )


def list_nameable_periods_of_statement(
    said: SpeakerStatement, figures_in_words: Sequence[Row], lexicon: Lexicon
) -> frozenset[Period]:
    """Return the periods that a sentence may name: month and year in which it was said,
    and the times that its figures that are told are of; no day.

    Where these tell none it is the times of all that was said.
    """
    periods = {Period.parse(str(said.row["said_on"])[:7])}
    for row in said.figures:
        if row["unit"] == "year":
            periods.add(Period.parse(f"{row.number('low'):04.0f}"))
    told = [str(row["what"]) for row in figures_in_words]
    own = list(filter(YEAR.search, told))
    named = find_periods_in_headings(own or said.descriptions, lexicon)
    periods |= {item.period for item in named}
    years = {
        Period.from_contained_month_and_length(period.last, MONTHS)
        for period in periods
    }
    return frozenset(periods | years)


def match_words_with_statement(
    words: str, said: SpeakerStatement, vocabulary: Vocabulary
) -> SpeakerStatementMatch:
    """Hold every number, date and quotation in words to a statement.

    What has been held is blanked, so that nothing is held twice and nothing passed
    over. Raises ``FactError`` for a number, an order, a direction or a quotation that
    the statement does not have.
    """
    lexicon = vocabulary.lexicon
    said_on = str(said.row["said_on"])
    text = fold_text(words)
    dates = _find_day_month_or_year_spans(text, said_on, vocabulary)
    for start, end in dates:
        _check_no_hedge_or_sign_before_date(text, start, lexicon)
        text = blank_span(text, start, end)
    quotations = ["".join(parts) for parts in QUOTED.findall(text)]
    text = QUOTED.sub(lambda found: " " * len(found[0]), text)
    if '"' in text:
        raise FactError("found one quotation mark, expected two")
    for quotation in quotations:
        _check_quoted_words_and_negation_before(
            quotation, str(said.row["quotation"] or ""), lexicon
        )
    matcher = lexicon.matcher
    negation = matcher.find_first_tag(text, ("negations",))
    if negation:
        raise FactError(
            f'"{words[negation.start : negation.end]}" denies what was said', LEAVE
        )
    month = matcher.find_first_tag(text, ("months",))
    if month:
        raise FactError(
            f'"{words[month.start : month.end]}" is not the date of the statement,'
            f" {vocabulary.date(said_on)}"
        )
    figures, has_number = _match_figures(text, words, said, lexicon)
    return SpeakerStatementMatch(figures, has_number or bool(quotations or dates))


# ---- Dates and quotations


def _find_day_month_or_year_spans(
    text: str, said_on: str, vocabulary: Vocabulary
) -> list[Span]:
    """Return where a text names the day of a statement, or its month or year alone."""
    year = said_on[:4]
    full = [vocabulary.date(said_on), vocabulary.date(said_on[:7])]
    without_year = [date.replace(year, "").strip(" ,.") for date in full]
    dates = build_whole_phrase_pattern([*full, *without_year, year])
    return [Span(*found.span()) for found in dates.finditer(text)]


def _check_no_hedge_or_sign_before_date(
    text: str, date_start: int, lexicon: Lexicon
) -> None:
    """Raise ``FactError`` where a hedge or a sign stands before a date."""
    hedge = lexicon.matcher.find_first_tag_leading_to(
        text, date_start, ("hedges",), SPACES, 0
    )
    sign = SIGN.search(text, 0, date_start)
    if hedge:
        before = text[hedge.start : date_start]
    elif sign:
        before = text[sign.start() : date_start]
    else:
        return
    raise FactError(
        f'"{before.strip()}" stands before the date of the statement, which is exact',
        LEAVE,
    )


def _check_quoted_words_and_negation_before(
    quoted_words: str, published_quotation: str, lexicon: Lexicon
) -> None:
    """Raise ``FactError`` for quoted words that are no part of the published quotation,
    or that begin right behind a negation there: "provide weapons" of "will not provide
    weapons".
    """
    if not published_quotation:
        raise FactError(
            f'"{quoted_words}" is quoted, but data/statements.csv has no quotation of'
            " this statement"
        )
    published = " ".join(fold_text(published_quotation).split())
    quoted = " ".join(quoted_words.split()).strip(" ,.")
    if not quoted or not re.search(rf"(?<!\w){re.escape(quoted)}(?!\w)", published):
        raise FactError(
            f'"{quoted_words}" is not in the quotation "{published_quotation}"'
        )
    start = published.index(quoted)
    negation = lexicon.matcher.find_first_tag_leading_to(
        published, start, ("negations",), SPACES, 0
    )
    if negation:
        raise FactError(
            f'"{quoted_words}" is cut right behind "{negation.phrase}", which turns it'
            " round",
            "quote that word as well",
        )


# ---- Numbers


def _match_figures(
    blanked_text: str, original_words: str, said: SpeakerStatement, lexicon: Lexicon
) -> SpeakerStatementMatch:
    """Hold the numbers in a text, from which dates and quotations are blanked, to the
    figures of a statement: each is the next one of its unit.

    Raises ``FactError`` for a number or a direction that the statement does not have.
    """
    rows: list[Row] = []
    rest = blanked_text
    for start, end, phrase in find_quantities_outside_names(blanked_text, lexicon):
        rest = blank_span(rest, start, end)
        unit = lexicon.matcher.find_first_tag(rest, ("units",), end)
        # that a range has left over: "11% to 34 tonnes"
        if unit and not rest[end : unit.start].strip():
            raise _make_no_figure_error(original_words[start : unit.end], said)
        for part in _split_numbers_unless_range_is_figure(phrase, said):
            rows.append(
                _get_next_figure_in_order(
                    part, original_words[start:end], said, rows, lexicon
                )
            )
    has_word = _is_number_word_figure_or_raise(rest, original_words, said, lexicon)
    left = DIGITS.search(rest)
    if left:
        raise FactError(
            f'found "{original_words[left.start() : left.end()]}",'
            f" expected {WELL_GROUPED}"
        )
    if rows:
        _check_directions_are_of_figures(rest, original_words, rows, lexicon)
    return SpeakerStatementMatch(tuple(rows), bool(rows or has_word))


def _split_numbers_unless_range_is_figure(
    phrase: WrittenQuantity, said: SpeakerStatement
) -> list[WrittenQuantity]:
    """Return a quantity that is a figure of a statement, or else one for each of its
    numbers.
    """
    if any(_has_hedge_unit_and_value_of(phrase, row) for row in said.figures):
        return [phrase]
    return [replace(phrase, numbers=(number,)) for number in phrase.numbers]


def _is_number_word_figure_or_raise(
    blanked_text: str, original_words: str, said: SpeakerStatement, lexicon: Lexicon
) -> bool:
    """Tell whether a number word without a unit, such as "seven", is a figure of the
    statement; what stands behind the first is not looked at.

    Raises ``FactError`` for one above one that is none.
    """
    for found in lexicon.matcher.find_tags(blanked_text, ("numbers",)):
        number = lexicon.numbers[found.phrase]
        if any(row.number("low") == number for row in said.figures):
            return True
        if number > 1:
            raise _make_no_figure_error(original_words[found.start : found.end], said)
    return False


def _get_next_figure_in_order(
    phrase: WrittenQuantity,
    words: str,
    said: SpeakerStatement,
    figures_before: Sequence[Row],
    lexicon: Lexicon,
) -> Row:
    """Return the figure that a number is: of those that fit, the first after the last
    one of its unit.

    Raises ``FactError`` where none fits, or only one before that.
    """
    matches = [row for row in said.figures if _has_hedge_unit_and_value_of(phrase, row)]
    if not matches:
        raise _make_no_figure_error(words, said)
    # amounts and their years have one order
    has_years = sum(row["unit"] == "year" for row in said.figures) > 1
    unit = matches[0]["unit"]
    alike = [row for row in figures_before if has_years or row["unit"] == unit]
    if not alike or _is_figure_earlier_than_others(alike[-1], lexicon):
        return matches[0]
    last = alike[-1].number("ordinal")
    for row in matches:
        if row.number("ordinal") > last:
            return row
    raise FactError(
        f'"{words}" stands after a figure that comes later in the statement',
        "keep the order of the statement",
    )


def _is_figure_earlier_than_others(row: Row, lexicon: Lexicon) -> bool:
    """Tell whether a figure is of an earlier time than the others, as its table says:
    words may begin with it.
    """
    shifts = lexicon.matcher.find_tags(fold_text(str(row["what"])), ("shifts",))
    return any(lexicon.shifts[tag.phrase] < 0 for tag in shifts)


def _check_directions_are_of_figures(
    blanked_text: str, original_words: str, rows: Sequence[Row], lexicon: Lexicon
) -> None:
    """Raise ``FactError`` for a word of a direction that is none of those in what
    figures are of; where there are none, not that from the first figure to the last.
    """
    described = fold_text(" | ".join(str(row["what"]) for row in rows))
    allowed = {
        lexicon.directions[tag.phrase]
        for tag in lexicon.matcher.find_tags(described, ("directions",))
    }
    allowed = allowed or {_find_direction_between(rows[0], rows[-1])}
    for found in lexicon.matcher.find_tags(blanked_text, ("directions",)):
        if lexicon.directions[found.phrase] not in allowed:
            raise FactError(
                f'"{original_words[found.start : found.end]}" is not said by the'
                " figures of the statement",
                LEAVE,
            )


def _find_direction_between(first: Row, last: Row) -> Literal["up", "down", ""]:
    """Return the direction from one figure to another, an empty text if they are equal
    or of different units.
    """
    change = last.number("low") - first.number("low")
    if not change or first["unit"] != last["unit"]:
        return ""
    return "up" if change > 0 else "down"


# ---- One number, one figure


def _has_hedge_unit_and_value_of(phrase: WrittenQuantity, row: Row) -> bool:
    """Tell whether a number in words is a figure: its value as exactly as it was said,
    its unit, the hedge before it. One with a direction is none.
    """
    hedge = _get_hedge_of_figure(row)
    # what was said without a hedge may be told with "about"
    if phrase.direction or phrase.hedge not in {hedge, hedge or "about"}:
        return False
    unit = unit_without_scale(str(row["unit"]))
    return _has_unit_or_may_lack_it(phrase, unit) and _has_value_of_figure(phrase, row)


def _get_hedge_of_figure(row: Row) -> str:
    """Return the class of the hedge that a figure was said with, an empty text if it
    was said without.
    """
    return "" if row["qualifier"] == "none" else str(row["qualifier"])


def _has_unit_or_may_lack_it(phrase: WrittenQuantity, unit: str) -> bool:
    """Tell whether a number is in a unit, given without its scale; or in none, where
    years, counts and ranks may do without.
    """
    if phrase.number_form == "fraction":
        return unit == "percent"
    if not phrase.units and unit in UNITS_LEFT_OUT:
        return True
    return " ".join(phrase.units) == unit


def _has_value_of_figure(phrase: WrittenQuantity, row: Row) -> bool:
    """Tell whether a number or a range is the value of a figure, to half its last digit
    and without a zero too many: no "3.10" for 3.1.
    """
    factor = scale_factor_of_unit(str(row["unit"]).split())
    if phrase.number_form == "fraction":
        factor /= 100  # of percent
    low, high = (Fraction(row.number(end) * factor) for end in ("low", "high"))
    distance = max(abs(low - phrase.low), abs(high - phrase.high))
    if distance > phrase.numbers[0].last_digit_step / 2:
        return False
    for end, number in zip((low, high), phrase.numbers, strict=False):
        scaled = end / 10**phrase.scale
        if number.decimals and _has_zeros_too_many(scaled, number.decimals):
            return False
    return True


def _has_zeros_too_many(value: Fraction, decimals: int) -> bool:
    """Tell whether a value needs fewer decimals than it is written with."""
    tenfold: int = 10 ** (decimals - 1)
    return (value * tenfold).denominator == 1


# ---- Messages


def _make_no_figure_error(written: str, said: SpeakerStatement) -> FactError:
    """Return the error for a number that a statement does not have."""
    if not said.figures:
        return FactError(f'"{written}" is not in the statement, which has no figures')
    figures = ", ".join(map(_format_hedged_figure, said.figures))
    return FactError(f'"{written}" is no figure of the statement, which has {figures}')


def _format_hedged_figure(row: Row) -> str:
    """Return a figure in words, with the hedge that belongs before it."""
    group = "" if row["unit"] == "year" else ","
    low, high = (f"{row.number(end):{group}f}" for end in ("low", "high"))
    number = low if low == high else f"{low}–{high}"
    hedge = _get_hedge_of_figure(row).replace("_", " ")
    return f"{hedge} {number} {row['unit']}".removesuffix(" year").strip()
