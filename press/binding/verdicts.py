"""Numbers that somebody else wrote, held to our tables, so that a page can say whether
they are right.

The table ``claim_figures`` holds the words of each, the fact to hold them to, and the
outcome that the site prints: *right*; *hedge* (true only with its hedge: "exceeded",
"about"); *wrong*; *undecided* (our tables have no such figure). The build computes the
outcome anew, so that new data cannot leave an old one standing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Literal

from press.binding.date_words import list_date_errors
from press.binding.facts import Fact, Facts
from press.binding.truth import is_true_of_figure, list_errors_except_number
from press.binding.words_and_figure import WordsAndFigure
from press.data import Row
from press.ground.errors import Problems, ToldError
from press.quantity import format_exact_quantity
from press.reading import Lexicon, parse_quantity

CLAIMS = "claims"
TABLE = "claim_figures"
NumberOutcome = Literal["right", "hedge", "wrong", "undecided"]


def add_claimed_outcome_problems(
    lexicon: Lexicon, facts: Facts, problems: Problems
) -> None:
    """Add a problem for each number whose outcome is not the one in the table, or that
    cannot be held to its fact.

    ``lexicon`` is that of the language in which the words are.
    """
    for row in list_claimed_figure_rows(facts):
        try:
            _check_stated_outcome_is_computed(row, lexicon, facts, problems)
        except ToldError as error:
            problems.add(row.path, row.line, f"words: {error.message}", error.hint)


def list_claimed_figure_rows(facts: Facts) -> Sequence[Row]:
    """Return the rows of the table of numbers that others wrote; none without it."""
    return facts.data[TABLE].rows if TABLE in facts.data else ()


def _check_stated_outcome_is_computed(
    row: Row, lexicon: Lexicon, facts: Facts, problems: Problems
) -> None:
    """Add a problem where the outcome of a row is not the one that is computed.

    Raises ``ToldError`` where its number cannot be held to its fact.
    """
    words = str(row["words"])
    fact = get_fact_if_named(row, facts)
    computed = judge_number_or_raise(words, fact, lexicon)
    if computed == row["outcome"]:
        return
    known = "no fact is named"
    if fact:
        known = f"{fact.key} is {format_exact_quantity(fact.quantity)}"
    problems.add(
        row.path,
        row.line,
        f'outcome: the table says "{row["outcome"]}" for "{words}" of {row["claim"]},'
        f' but it is "{computed}": {known}',
        f'write "{computed}", and make the verdict and the text of {row["claim"]}'
        " agree with it",
    )


def list_rows_with_claimed_fact(facts: Facts) -> Iterator[tuple[Row, Fact]]:
    """Yield each row whose number is held to a fact, with the fact.

    Rows that name no fact, or a wrong one, are left out.
    """
    for row in list_claimed_figure_rows(facts):
        with suppress(ToldError):
            if fact := get_fact_if_named(row, facts):
                yield row, fact


def get_fact_if_named(row: Row, facts: Facts) -> Fact | None:
    """Return the fact that a row names, ``None`` if it names none.

    Raises ``FactError`` where there is no such fact, or it has no figure.
    """
    target = row["fact"]
    return facts.get_fact(*str(target).split("/")) if target else None


def judge_number_or_raise(
    words: str, fact: Fact | None, lexicon: Lexicon
) -> NumberOutcome:
    """Return whether a number or date in words is right; "hedge" if only its hedge
    makes it so, "undecided" without a fact.

    Raises ``ToldError`` for words that cannot be held to the fact.
    """
    if fact is None:
        return "undecided"
    if fact.quantity.kind_rules.is_date:
        return "wrong" if list_date_errors(words, fact.quantity) else "right"
    phrase = parse_quantity(words, lexicon)
    case = WordsAndFigure(words, phrase, fact.quantity, lexicon)
    if unfit := list_errors_except_number(case, skip_direction_of_change=True):
        raise unfit[0]
    if not is_true_of_figure(case):
        return "wrong"
    without_hedge = replace(case, phrase=replace(phrase, hedge=""))
    return "right" if is_true_of_figure(without_hedge) else "hedge"
