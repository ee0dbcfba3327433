"""The words of a quantity one by one: digits, number words, hedges, signs, scales,
units, each by what it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from press.ground.errors import ToldError
from press.reading.lexicon import Lexicon, fold

What = Literal[
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
TABLES: dict[str, What] = {
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
    "subjects": "filler",  # "its surplus of"
}
HYPHENS = ("-", "‐")
DASHES = (*HYPHENS, "–", "—")
SIGNS = {"+": "up", "-": "down", "–": "down"}
# classes of hedges that may stand behind their number: "5% at least"
BEHIND = {"about", "at_least", "at_most"}
WORD, SPACES, LETTERS = re.compile(r"\w+"), re.compile(r"\s*"), re.compile(r"[^\W\d_]+")
POINT, GROUP = ".", ","  # before decimals; between groups of digits
DIGITS = re.compile(r"\d(?:[.,']?\d)*")  # well grouped or not
# with its groups and its decimals
GROUPED = re.compile(r"(?:[1-9]\d{0,2}((?:,\d{3})+)|0|[1-9]\d*)(?:\.(\d+))?")
WELL_GROUPED = 'digits grouped as in "1,234.5"'
SHOWN = 3  # hedges in a hint


class PhraseError(ToldError):
    """Why a text is not one quantity, and how to mend it."""


class Token(NamedTuple):
    """One word or several: what they are in a quantity, what they mean, and from where
    to where they stand.

    ``value`` is a number for number words, fractions, multiples and ordinals, the class
    of a hedge, "up", "down" or "flat" for a direction or a sign, the power of ten of a
    scale, the name of a unit, else the folded words.
    """

    what: What
    value: Any
    start: int
    end: int
    phrase: str = ""  # as its table has it

    @property
    def is_rate(self) -> bool:
        """Tell whether this is the second part of a unit: "per tonne" of "USD per
        tonne".
        """
        return self.what == "unit" and self.value.startswith("per ")


class QuantityWords:
    """What the words of quantities mean in a language."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Read the tables of ``lexicon``."""
        self.lexicon = lexicon
        self.ranked = re.compile(
            rf"-?(?:{'|'.join(map(re.escape, lexicon.lists['ranked']))})(?!\w)"
        )
        self.marks = frozenset(lexicon.ordinal_marks.values())
        # of each phrase: what it is, and what it then means
        self.meanings: dict[str, dict[What, Any]] = {}
        for name, what in TABLES.items():
            table = lexicon.table(name)
            for phrase in table:
                self.meanings.setdefault(phrase, {})[what] = (
                    table[phrase] if isinstance(table, dict) else phrase
                )


def tokenize(text: str, lexicon: Lexicon, *, tolerant: bool = False) -> Iterator[Token]:
    """Yield the tokens of a text from left to right, each as long as the tables let it
    be.

    A word that no table has raises ``PhraseError``; ``tolerant``, it and those behind
    it become one token, "other".
    """
    # behind these another number may follow
    parting = {"join", "other", "filler", "hedge"} if tolerant else {"join"}
    place = _Place(lexicon.derive(QuantityWords), fold(text))
    while place.position < len(place.folded):
        token = place.token()
        if token is None and not tolerant:
            raise _left_over(text, place)
        token = token or place.other()
        yield token
        place.pass_by(token, parting)


def _left_over(text: str, place: _Place) -> PhraseError:
    """Return the error for a word that no table has, before a number with hedges that
    could stand in its place.
    """
    word = text[place.position :].split(maxsplit=1)[0]
    hedges = [] if place.counted else list(place.words.lexicon.hedges)[:SHOWN]
    instead = f", or write a hedge such as {', '.join(hedges)}" if hedges else ""
    return PhraseError(
        f'"{word}" in "{text}" is not read as part of a number',
        f"move it out of the link{instead}",
    )


def _past_spaces(folded: str, position: int) -> int:
    """Return the first position from ``position`` on where no space is."""
    found = SPACES.match(folded, position)
    return found.end() if found else position


class _Place:
    """A position in a folded text where a token begins, and what the tokens before it
    are.
    """

    def __init__(self, words: QuantityWords, folded: str) -> None:
        self.words, self.folded, self._tags = (
            words,
            folded,
            words.lexicon.tagger.by_place(folded),
        )
        self.position = _past_spaces(folded, 0)
        self.counted = False  # the number of the quantity stands before
        self._before = Token("other", "", 0, 0)

    def pass_by(self, token: Token, parting: Collection[str]) -> None:
        """Go on behind a token; behind one that is ``parting`` another number may
        follow.
        """
        self.counted = token.what in NUMBERS or (
            self.counted and token.what not in parting
        )
        self.position = _past_spaces(self.folded, token.end)
        self._before = token

    def _at(self, position: int) -> list[Token]:
        """Return every phrase of the tables that begins at a position, longer ones
        first.
        """
        return [
            Token(what, value, tag.start, tag.end, tag.phrase)
            for tag in self._tags.get(position, ())
            for what, value in self.words.meanings.get(tag.phrase, {}).items()
        ]

    def token(self) -> Token | None:
        """Return the token that begins here, ``None`` for a word that no table has."""
        if self._before.what == "ordinal" and (
            found := self.words.ranked.match(self.folded, self.position)
        ):
            return Token("filler", found[0], self.position, found.end())
        phrases = self._at(self.position)
        if not phrases and self.folded[self.position].isalpha():
            return None
        directed = any(token.what == "direction" for token in phrases)
        # behind its number "more than" is no hedge but a direction and a filler: "5%
        # more than"
        hedges = set() if directed else BEHIND
        fitting = [
            token
            for token in phrases
            if token.what != "hedge" or not self.counted or token.value in hedges
        ]
        tokens = [*filter(None, (self._digits(), self._mark())), *fitting]
        return self._meant(tokens) if tokens else None

    def other(self) -> Token:
        """Return the word or character that stands here, with all words behind it that
        no table has, as one token.
        """
        end = self.position
        while end == self.position or (
            self.folded[end : end + 1].isalpha() and end not in self._tags
        ):
            found = WORD.match(self.folded, end)
            end = _past_spaces(self.folded, found.end() if found else end + 1)
        return Token("other", self.folded[self.position : end], self.position, end)

    def _digits(self) -> Token | None:
        """Return the digits that begin here, well grouped or not; with a mark behind
        them a rank: "36th".
        """
        found = DIGITS.match(self.folded, self.position)
        if not found:
            return None
        letters = LETTERS.match(self.folded, found.end())
        if letters and letters[0] in self.words.marks and found[0].isdigit():
            return Token(
                "ordinal",
                int(found[0]),
                self.position,
                letters.end(),
                found[0] + letters[0],
            )
        return Token("digits", found[0], self.position, found.end())

    def _mark(self) -> Token | None:
        """Return the sign or dash that stands here: a sign stands before digits, a
        currency between them or not.
        """
        mark, end = self.folded[self.position], self.position + 1
        if (
            mark in SIGNS
            and not self.counted
            and not self.folded[max(self.position - 1, 0)].isalnum()
        ):
            after = _past_spaces(self.folded, end)
            units = [token.end for token in self._at(after) if token.what == "unit"]
            if DIGITS.match(
                self.folded, _past_spaces(self.folded, max(units, default=after))
            ):
                return Token("sign", SIGNS[mark], self.position, end)
        return Token("dash", mark, self.position, end) if mark in DASHES else None

    def _meant(self, tokens: Sequence[Token]) -> Token:
        """Return which of the tokens that begin here is meant: the longest, or a
        fraction that it hides.
        """
        longest = max(tokens, key=lambda token: token.end)
        fraction = next((token for token in tokens if token.what == "fraction"), None)
        return fraction if fraction and self._is_hidden(fraction, longest) else longest

    def _is_hidden(self, fraction: Token, longest: Token) -> bool:
        """Tell whether a fraction is meant in place of a rank, "a third", or a
        multiple, "half as much again".
        """
        if longest.what == "ordinal" and longest.end == fraction.end:
            return self._before.value in self.words.lexicon.lists["articles"]
        after = self._at(_past_spaces(self.folded, fraction.end))
        directions = [token.end for token in after if token.what == "direction"]
        return longest.what == "multiple" and max(directions, default=0) > longest.end
