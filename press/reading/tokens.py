"""Splits the words of a quantity into tokens: digits, number words, hedges, signs,
scales, units, each with what it means.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from press.ground.errors import ToldError
from press.reading.lexicon import Lexicon, fold_text

TokenKind = Literal[
    "digits",
    "word",
    "fraction",
    "multiple",
    "ordinal",
    "hedge",
    "direction",
    "sign",
    "scale",
    "unit",
    "filler",
    "dash",
    "join",
    "before",
    "other",
]
NUMERALS = ("digits", "word")  # "16", "sixteen"
NUMBERS = (*NUMERALS, "fraction", "multiple", "ordinal")
# The tables that words of a quantity may stand in, and what each is then: of two that
# have a phrase, the first counts.
TABLES: dict[str, TokenKind] = {
    "numbers": "word",  # "sixteen"
    "hedges": "hedge",  # "about"
    "multiples": "multiple",  # "doubled"
    "directions": "direction",  # "fell"
    "ordinals": "ordinal",  # "third"
    "fractions": "fraction",  # "half"
    "units": "unit",  # "tonnes"
    "short_units": "unit",  # "bcm"
    "scales": "scale",  # "billion"
    "range_before": "before",  # "between"
    "range_between": "join",  # "to", "and"
    "fillers": "filler",  # "of", "by"
    "none_before_unit": "filler",  # "no"
    "one_before_unit": "filler",  # "single"
    "figure_subjects": "filler",  # "its surplus of"
}
HYPHENS = ("-", "‐")
DASHES = (*HYPHENS, "–", "—")
SIGNS = {"+": "up", "-": "down", "–": "down"}
# Classes of hedges that may stand after their number: "5% at least".
HEDGES_AFTER = {"about", "at_least", "at_most"}
WORD = re.compile(r"\w+")
SPACES = re.compile(r"\s*")
LETTERS = re.compile(r"[^\W\d_]+")
POINT = "."  # before decimals
GROUP = ","  # between groups of digits
DIGITS = re.compile(r"\d(?:[.,']?\d)*")  # well grouped or not
# with its groups and its decimals
GROUPED = re.compile(r"(?:[1-9]\d{0,2}((?:,\d{3})+)|0|[1-9]\d*)(?:\.(\d+))?")
WELL_GROUPED = 'digits grouped as in "1,234.5"'
MOST_HEDGES = 3  # in a hint


class QuantityParseError(ToldError):
    """Why a text is not one quantity, and how to mend it."""


class Token(NamedTuple):
    """One word or several of a quantity: their kind, their meaning, their place.

    ``value`` is a number for number words, fractions, multiples and ordinals, the class
    of a hedge, "up", "down" or "flat" for a direction or a sign, the power of ten of a
    scale, the name of a unit, else the folded words.
    """

    kind: TokenKind
    value: Any
    start: int
    end: int
    phrase: str = ""  # as its table has it

    @property
    def is_rate(self) -> bool:
        """Tell whether it is the second part of a unit: "per tonne" after "USD"."""
        return self.kind == "unit" and self.value.startswith("per ")


NO_TOKEN = Token("other", "", -1, -1)


class QuantityWords:
    """The words of quantities in a language, and what each means."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Read the tables of ``lexicon``."""
        self.lexicon = lexicon
        ranked = "|".join(map(re.escape, lexicon.lists["ranked"]))
        self.ranked = re.compile(rf"-?(?:{ranked})(?!\w)")
        self.rank_marks = frozenset(lexicon.ordinal_marks.values())
        # Of each phrase: its kinds of tokens, and what it means as each.
        self.meanings: dict[str, dict[TokenKind, Any]] = {}
        for name, kind in TABLES.items():
            table = lexicon.get_phrase_list_or_table(name)
            for phrase in table:
                meaning = table[phrase] if isinstance(table, dict) else phrase
                self.meanings.setdefault(phrase, {})[kind] = meaning


def tokenize(
    text: str, lexicon: Lexicon, *, allow_unknown_words: bool = False
) -> Iterator[Token]:
    """Yield the tokens of a text from left to right, each as long as the tables let it
    be.

    A word that no table has raises ``QuantityParseError``; with
    ``allow_unknown_words`` it and those after it become one token of the kind
    "other".
    """
    cursor = _TokenCursor(lexicon.get_memoized(QuantityWords), fold_text(text))
    kinds_before_next_number = {"join"}
    if allow_unknown_words:
        kinds_before_next_number |= {"other", "filler", "hedge"}
    while cursor.position < len(cursor.folded):
        token = cursor.find_token() or cursor.find_filler_between_direction_and_by()
        if token is None:
            if not allow_unknown_words:
                raise _unknown_word_error_naming_hedges(text, cursor)
            token = cursor.make_token_of_unknown_words()
        yield token
        cursor.move_past(token, kinds_before_next_number)


class _TokenCursor:
    """A position in a folded text, where the next token begins."""

    def __init__(self, words: QuantityWords, folded: str) -> None:
        self.words = words
        self.folded = folded
        self.position = _skip_spaces(folded, 0)
        self.has_number = False  # the number of this quantity stands before
        self._tags = words.lexicon.matcher.tags_by_start(folded)
        self._last = NO_TOKEN

    def move_past(
        self, token: Token, kinds_before_next_number: Collection[str]
    ) -> None:
        """Go on after a token; after some kinds, another number may follow."""
        if token.kind in NUMBERS:
            self.has_number = True
        elif token.kind in kinds_before_next_number:
            self.has_number = False
        self.position = _skip_spaces(self.folded, token.end)
        self._last = token

    def find_token(self) -> Token | None:
        """Return the token that begins here, None for a word that no table has."""
        if self._last.kind == "ordinal":
            found = self.words.ranked.match(self.folded, self.position)
            if found:
                return Token("filler", found[0], self.position, found.end())
        phrases = self._list_table_tokens_at(self.position)
        tokens = filter(
            None,
            (
                self._find_digits_or_rank(),
                self._find_sign_or_dash(),
                *self._drop_hedges_impossible_after_number(phrases),
            ),
        )
        return self._choose_longest_or_fraction([*tokens])

    def find_filler_between_direction_and_by(self) -> Token | None:
        """Return the words between a direction and "by" as a filler, if no table has
        any of them: "cut their output by 5%".
        """
        if self._last.kind != "direction":
            return None
        words = self.make_token_of_unknown_words()
        by = self.words.lexicon.lists["margin"]
        after = self._tags.get(_skip_spaces(self.folded, words.end), ())
        if any(tag.phrase in by for tag in after):
            return words._replace(kind="filler")
        return None

    def make_token_of_unknown_words(self) -> Token:
        """Return the word or character that stands here, with all words after it that
        no table has, as one token.
        """
        end = self.position
        while end == self.position or (
            self.folded[end : end + 1].isalpha() and end not in self._tags
        ):
            word = WORD.match(self.folded, end)
            end = _skip_spaces(self.folded, word.end() if word else end + 1)
        return Token("other", self.folded[self.position : end], self.position, end)

    def _list_table_tokens_at(self, position: int) -> list[Token]:
        """Return every phrase of the tables that begins at a position, longer ones
        first.
        """
        return [
            Token(kind, value, tag.start, tag.end, tag.phrase)
            for tag in self._tags.get(position, ())
            for kind, value in self.words.meanings.get(tag.phrase, {}).items()
        ]

    def _drop_hedges_impossible_after_number(self, phrases: list[Token]) -> list[Token]:
        """Return the phrases without hedges that cannot stand after their number.

        There "more than" is no hedge but a direction and a filler: "5% more than".
        """
        if not self.has_number:
            return phrases
        is_directed = any(token.kind == "direction" for token in phrases)
        hedges = set() if is_directed else HEDGES_AFTER
        return [
            token for token in phrases if token.kind != "hedge" or token.value in hedges
        ]

    def _find_digits_or_rank(self) -> Token | None:
        """Return the digits that begin here, well grouped or not; with a mark after
        them a rank: "36th".
        """
        found = DIGITS.match(self.folded, self.position)
        if not found:
            return None
        digits = found[0]
        mark = LETTERS.match(self.folded, found.end())
        if mark and mark[0] in self.words.rank_marks and digits.isdigit():
            rank = digits + mark[0]
            return Token("ordinal", int(digits), self.position, mark.end(), rank)
        return Token("digits", digits, self.position, found.end())

    def _find_sign_or_dash(self) -> Token | None:
        """Return the sign or the dash that stands here."""
        mark = self.folded[self.position]
        end = self.position + 1
        if mark in SIGNS and self._is_sign_of_number_here():
            return Token("sign", SIGNS[mark], self.position, end)
        if mark in DASHES:
            return Token("dash", mark, self.position, end)
        return None

    def _is_sign_of_number_here(self) -> bool:
        """Tell whether digits follow the mark here, with a currency between them or
        not; none stand before it.
        """
        if self.has_number or self.folded[max(self.position - 1, 0)].isalnum():
            return False
        after = _skip_spaces(self.folded, self.position + 1)
        units = [
            token.end
            for token in self._list_table_tokens_at(after)
            if token.kind == "unit"
        ]
        after = _skip_spaces(self.folded, max(units, default=after))
        return DIGITS.match(self.folded, after) is not None

    def _choose_longest_or_fraction(self, tokens: Sequence[Token]) -> Token | None:
        """Return the longest of the tokens that begin here, or a fraction that it
        hides; None without any.
        """
        longest = max(tokens, key=lambda token: token.end, default=None)
        for token in tokens:
            if token.kind == "fraction" and longest:
                is_meant = self._is_fraction_meant_instead(token, longest)
                return token if is_meant else longest
        return longest

    def _is_fraction_meant_instead(self, fraction: Token, longest: Token) -> bool:
        """Tell whether a fraction is meant in place of a rank, "a third", or of a
        multiple, "half as much again".
        """
        if longest.kind == "ordinal" and longest.end == fraction.end:
            return self._last.value in self.words.lexicon.lists["articles"]
        if longest.kind != "multiple":
            return False
        after = self._list_table_tokens_at(_skip_spaces(self.folded, fraction.end))
        return any(
            token.kind == "direction" and token.end > longest.end for token in after
        )


def _unknown_word_error_naming_hedges(
    text: str, cursor: _TokenCursor
) -> QuantityParseError:
    """Return the error for a word that no table has; before a number it names hedges
    that could stand there.
    """
    word = text[cursor.position :].split(maxsplit=1)[0]
    hint = "move it out of the link"
    hedges = list(cursor.words.lexicon.hedges)[:MOST_HEDGES]
    if hedges and not cursor.has_number:
        hint += f", or write a hedge such as {', '.join(hedges)}"
    return QuantityParseError(
        f'"{word}" in "{text}" is not read as part of a number', hint
    )


def _skip_spaces(folded: str, position: int) -> int:
    """Return the first position from ``position`` on where no space is."""
    spaces = SPACES.match(folded, position)
    return spaces.end() if spaces else position
