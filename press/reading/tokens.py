"""The words of a quantity one by one: digits, number words, hedges, signs, scales, units, each by what it is."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from press.errors import ToldError
from press.reading.lexicon import KEPT, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from press.reading.lexicon import Lexicon

Form = Literal["digits", "word", "fraction", "multiple", "ordinal", "direction"]


DASHES = "-‐–—"


SIGNS = {"+": "up", "-": "down", "–": "down"}


TEN, HUNDRED = 10, 100


AFTER = {"about", "at_least", "at_most"}  # hedges that may follow their number: "5% at least"


NUMBERS = ("number", "fraction", "multiple", "ordinal")


WORD = re.compile(r"\w+")


class PhraseError(ToldError):
    """Why a text is not one quantity, and how to mend it."""


class Token(NamedTuple):
    """A word or several of a quantity by what they are, with their place; ``value`` is what they mean."""

    what: str  # one of NUMBERS, or hedge, direction, sign, scale, unit, filler, dash, join, before
    value: Any
    start: int
    end: int
    form: Form = "digits"
    phrase: str = ""  # as its table has it
    unit: int = 0  # what the last of several number words counts by: "two hundred thirty" by tens


# The tables that words of a quantity may stand in, and what each is then: of two that have a phrase, the first counts.
TABLES = {
    "hedges": "hedge",
    "multiples": "multiple",
    "directions": "direction",
    "ordinals": "ordinal",
    "fractions": "fraction",
    "units": "unit",
    "short_units": "unit",
    "scales": "scale",
    "range_before": "before",
    "range_between": "join",
    "fillers": "filler",
    "numbers": "numeral",
}


class Grammar:
    """What the words of a quantity mean in a language, and how it writes digits."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Read the tables of ``lexicon``."""
        self.lexicon = lexicon
        self._meanings: dict[str, dict[str, Any]] = {}  # of each phrase: what it is, and what it then means
        for name, what in TABLES.items():
            table = getattr(lexicon, name)
            for phrase in table:
                meant = table[phrase] if isinstance(table, dict) and what not in NUMBERS else phrase
                self._meanings.setdefault(phrase, {})[what] = meant
        mark, group = re.escape(lexicon.decimal), re.escape(lexicon.group)
        # a run of digits and marks, well grouped or not; a space is a mark only before three digits
        spaced = lexicon.group == " "
        run = rf"[.,'{mark}]?\d| \d(?=\d\d(?!\d))" if spaced else rf"[.,'{mark}{group}]?\d"
        self.digits = re.compile(rf"\d(?:{run})*")
        self.strict = re.compile(rf"(?:[1-9]\d{{0,2}}((?:{group}\d{{3}})+)|0|[1-9]\d*)(?:{mark}(\d+))?")

    def at(self, folded: str, position: int) -> Iterator[Token]:
        """Yield every phrase that begins here, longer ones first."""
        for tag in self.lexicon.tagger.at(folded, position, tuple(TABLES)):
            for what, value in self._meanings[tag.phrase].items():
                yield Token(what, value, tag.start, tag.end, _form(what), tag.phrase)


grammar = lru_cache(maxsize=KEPT)(Grammar)


def tokenize(text: str, grammar: Grammar, *, tolerant: bool = False) -> Iterator[Token]:
    """Yield the words of a text by what they are: always the longest phrase that a table has.

    ``tolerant``: a word that no table has parts what stands before it from what follows, else it is an error.
    """
    folded, position, counted, before = fold(text), 0, False, ""
    while position < len(folded):
        if folded[position].isspace():
            position += 1
            continue
        token = _next(folded, position, grammar, counted=counted, before=before)
        if token is None and not tolerant:
            raise _left_over(text, position, grammar.lexicon)
        if token is None:
            end = _end_of_word(folded, position)
            token = Token("other", folded[position:end], position, end)
        parting = {"join", "other", "filler", "hedge"} if tolerant else {"join"}
        counted = token.what in NUMBERS or (counted and token.what not in parting)
        before = folded[token.start : token.end]
        position = token.end
        yield token


def _form(what: str) -> Form:
    return what if what in NUMBERS else "digits"  # type: ignore[return-value]


def _end_of_word(folded: str, position: int) -> int:
    found = WORD.match(folded, position)
    return found.end() if found else position + 1


def _left_over(text: str, position: int, lexicon: Lexicon) -> PhraseError:
    """Return the error for a word that no table has, with a hint where it looks like a hedge."""
    word = text[position:].split(maxsplit=1)[0]
    known = ", ".join(list(lexicon.hedges)[:6])
    hint = "move other words out of the link" + (f"; hedges are {known} and more in words.toml" if known else "")
    return PhraseError(f'found "{word}" in "{text}", expected a quantity and nothing else', hint)


def _next(folded: str, position: int, grammar: Grammar, *, counted: bool, before: str) -> Token | None:
    """Return the longest token that begins here."""
    here = list(grammar.at(folded, position))
    found = [
        _digits(folded, position, grammar),
        _words(folded, here, grammar),
        _mark(folded, position, grammar, counted=counted),
    ]
    directed = any(token.what == "direction" for token in here)
    for token in here:
        # after its number, "more than" is a direction and a filler
        late = token.what == "hedge" and counted and (token.value not in AFTER or directed)
        if token.what != "numeral" and not late:
            found.append(token)
    tokens = [token for token in found if token]
    if not tokens:
        return None
    best = max(tokens, key=lambda token: token.end)
    return _chosen(best, tokens, folded, grammar, before)


def _chosen(best: Token, tokens: Sequence[Token], folded: str, grammar: Grammar, before: str) -> Token:
    """Return the token meant where several begin: "half as much again" is no "half as much", "a third" is no rank."""
    fraction = next((token for token in tokens if token.what == "fraction"), None)
    if fraction is None or fraction is best:
        return best
    if best.what == "ordinal" and best.end == fraction.end:
        return fraction if before in grammar.lexicon.articles else best
    after = grammar.at(folded, past_spaces(folded, fraction.end))
    longer = any(token.what == "direction" and token.end > best.end for token in after)
    return fraction if best.what == "multiple" and longer else best


def _mark(folded: str, position: int, grammar: Grammar, *, counted: bool) -> Token | None:
    """Return the sign or dash that stands here: a sign stands before a number, currency between them or not."""
    character = folded[position]
    if character in SIGNS and not counted and not folded[max(position - 1, 0)].isalnum():
        after = past_spaces(folded, position + 1)
        units = [token.end for token in grammar.at(folded, after) if token.what == "unit"]
        after = past_spaces(folded, max(units, default=after))
        if grammar.digits.match(folded, after):
            return Token("sign", SIGNS[character], position, position + 1)
    return Token("dash", character, position, position + 1) if character in DASHES else None


def past_spaces(folded: str, position: int) -> int:
    """Return the first position from ``position`` on where no space is."""
    while folded[position : position + 1].isspace():
        position += 1
    return position


def _digits(folded: str, position: int, grammar: Grammar) -> Token | None:
    """Return the digits that begin here, well grouped or not."""
    found = grammar.digits.match(folded, position)
    return Token("number", found[0], position, found.end()) if found else None


def _past_joint(folded: str, position: int) -> int:
    """Return the place behind the hyphen or spaces that join number words."""
    return position + 1 if folded[position : position + 1] in {"-", "‐"} else past_spaces(folded, position)


def _numeral(tokens: Iterable[Token]) -> Token | None:
    return next((token for token in tokens if token.what == "numeral"), None)


def _words(folded: str, here: Sequence[Token], grammar: Grammar) -> Token | None:
    """Return the number in words that begins with one of these tokens: "twenty-five", "two hundred"."""
    found = first = _numeral(here)
    value, last, end, unit = Fraction(0), 0, 0, 0
    while first and found:
        next_value = int(found.value)
        if found is first:
            value = Fraction(next_value)
        elif next_value == HUNDRED and value < TEN:
            value, unit = value * HUNDRED, HUNDRED
        elif 0 < next_value < (TEN if last % HUNDRED else HUNDRED) and last >= 2 * TEN and last % TEN == 0:
            value, unit = value + next_value, 1 if next_value % TEN else TEN
        else:
            break
        last, end = next_value, found.end
        found = _numeral(grammar.at(folded, _past_joint(folded, end)))
    return Token("number", value, first.start, end, "word", unit=unit) if first else None
