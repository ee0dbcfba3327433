"""Quantities in words: what a text such as "grew by about 4%" says, read
word by word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise, product
from typing import Any, NamedTuple

from press.ground.scales import SCALES
from press.reading.lexicon import Lexicon, fold
from press.reading.tokens import (
    GROUP,
    GROUPED,
    HYPHENS,
    NUMBERS,
    NUMERALS,
    POINT,
    WELL_GROUPED,
    PhraseError,
    Token,
    What,
    tokenize,
)

# A number word or a fraction has no last digit: its step and its place are parts of
# itself (docs/binding.md). It is good to 2.5 % either way, and a hedge reaches a
# quarter of it: "more than doubled" is above 2 times and below 2.5.
WORD_STEP = Fraction(5, 100)
WORD_PLACE = Fraction(1, 4)
LONGEST = 40  # digits of a number; Python itself reads no more than 4,300
MEASURES: tuple[What, ...] = ("scale", "unit")
# what can be the number of a quantity in a longer text
COUNTING = {*NUMERALS, "fraction", "multiple"}


@dataclass(frozen=True)
class Number:
    """One number as written, its scale applied; ``start`` and ``end`` say where its
    digits or words stand.

    ``step`` is one unit of its last digit, ``place`` one unit of its last digit but the
    zeros of a whole number, or five where that is a 5: 1,200 has the step 1 and the
    place 100, 250 the step 1 and the place 50, 1.20 has 0.01 for both. Without a hedge
    the number is true to half its step; the place says how far a hedge reaches.
    """

    value: Fraction
    step: Fraction
    place: Fraction
    start: int
    end: int
    decimals: int = 0
    grouped: bool = False


@dataclass(frozen=True)
class Phrase:
    """A quantity in words: one number or the two of a range, and what
    stands around it.
    """

    form: What  # of its numbers: one of NUMBERS; "direction" where it has none
    numbers: tuple[Number, ...] = ()  # none where a direction stands alone
    hedge: str = ""  # a class of hedges
    direction: str = ""  # "up", "down", "flat"; a sign is one, too
    # the number is where the direction led to: "fell to $228.1 billion"
    reached: bool = False
    units: tuple[str, ...] = ()
    scale: int = 0  # a power of ten
    # of the direction, as its table has it
    direction_word: str = field(default="", compare=False)

    @property
    def low(self) -> Fraction:
        """The number, or the lower one of a range; zero for a direction alone."""
        return self.numbers[0].value if self.numbers else Fraction(0)

    @property
    def high(self) -> Fraction:
        """The number, or the higher one of a range; zero for a direction alone."""
        return self.numbers[-1].value if self.numbers else Fraction(0)


class PlacedPhrase(NamedTuple):
    """A quantity in a longer text, and from where to where its words stand there."""

    start: int
    end: int
    phrase: Phrase


@dataclass(frozen=True)
class _Words:
    """Words as tokens: those of a whole text, or a stretch of them that may be one
    quantity.
    """

    text: str  # the whole text, as written: tokens keep their places in it
    tokens: tuple[Token, ...]
    lexicon: Lexicon

    def at(self, index: int) -> Token:
        """Return the token at an index; an empty one before the first and behind the
        last.
        """
        return (
            self.tokens[index]
            if 0 <= index < len(self.tokens)
            else Token("other", "", -1, -1)
        )

    def of(self, *whats: str) -> list[Token]:
        """Return the tokens that are one of some things: "hedge", "unit"."""
        return [token for token in self.tokens if token.what in whats]

    def only(self, name: str, values: Sequence[str]) -> str:
        """Return the only value, an empty text if there is none.

        Raises ``PhraseError`` if there are more.
        """
        if len(values) > 1:
            raise PhraseError(
                f'"{self.text}" has {len(values)} {name}, expected one at most',
                "leave one of them out",
            )
        return values[0] if values else ""

    def is_article(self, index: int) -> bool:
        """Tell whether a word such as "a" stands right before a scale or a unit, and so
        counts one.
        """
        token, after = self.at(index), self.at(index + 1)
        article = (
            token.what == "filler" and token.value in self.lexicon.lists["articles"]
        )
        return article and after.what in MEASURES and not after.is_rate

    def is_hyphen(self, index: int) -> bool:
        """Tell whether a hyphen joins a number to its scale or unit, "a 5-percent
        rise", but not to a symbol, "5-$".
        """
        before, token, after = (self.at(index + step) for step in (-1, 0, 1))
        symbol = after.what == "unit" and after.end - after.start == 1
        between = (
            before.what in {*NUMERALS, "scale"}
            and after.what in MEASURES
            and not symbol
        )
        return (
            token.value in HYPHENS
            and between
            and (before.end, token.end) == (token.start, after.start)
        )

    def joins(self, token: Token, *, led: bool) -> bool:
        """Tell whether a token may join two numbers: a dash, "to"; "and" only if
        "between" ``led`` to them.
        """
        return token.what == "dash" or (
            token.what == "join"
            and (led or token.value == self.lexicon.lists["range_between"][0])
        )

    def ends_open(self) -> bool:
        """Tell whether they end where a quantity goes on: with "to", "of", or the
        currency of a next number, "to $".
        """
        before, last = self.at(len(self.tokens) - 2).what, self.tokens[-1].what
        return last in {"join", "dash", "filler"} or (
            last == "unit" and before in {"join", "dash"}
        )


def parse(text: str, lexicon: Lexicon) -> Phrase:
    """Return the one quantity that a text is.

    Raises ``PhraseError`` where it is none, or not only one.
    """
    return _phrase(_Words(text, tuple(tokenize(text, lexicon)), lexicon))


def quantities(text: str, lexicon: Lexicon) -> list[PlacedPhrase]:
    """Return every number of a longer text with its hedge, sign, scale and units; other
    words are passed over.

    Number words count where a scale or unit follows, fractions where they are no
    ordinals or stretches of a year
    ("a third", "half of", but neither "the third" nor "the second half").
    """
    for start, end, *_ in lexicon.tagger.find(fold(text), ("plain_names",)):
        text = text[:start] + "_" * (end - start) + text[end:]
    words, index = (
        _Words(text, tuple(tokenize(text, lexicon, tolerant=True)), lexicon),
        0,
    )
    found: list[PlacedPhrase] = []
    while index < len(words.tokens):
        if placed := _placed(words, index):
            found.append(placed)
            rest = tuple(token for token in words.tokens if token.start >= placed.end)
            words, index = replace(words, tokens=rest), 0
        else:
            index += 1
    return found


def _placed(words: _Words, index: int) -> PlacedPhrase | None:
    """Return the quantity whose number is the token at an index, ``None`` if the token
    counts nothing.

    It is the longest stretch around its number that is one quantity; other tokens there
    belong to other quantities.
    """
    if words.at(index).what not in COUNTING and not words.is_article(index):
        return None
    start, end = _around(words, index)
    if not _counts(words, index, beside=end - start > 1):
        return None
    for first, last in product(range(start, index + 1), range(end, index, -1)):
        stretch = replace(words, tokens=words.tokens[first:last])
        with suppress(PhraseError):
            if last == index + 1 or not stretch.ends_open():
                return PlacedPhrase(
                    stretch.tokens[0].start, stretch.tokens[-1].end, _phrase(stretch)
                )
    return None


def _around(words: _Words, index: int) -> tuple[int, int]:
    """Return where the tokens begin and end that may belong to the number
    at an index.
    """
    start, end, fraction = index, index + 1, words.at(index).what == "fraction"
    if fraction and [words.at(index - 2).what, words.at(index - 1).what] == [
        "hedge",
        "filler",
    ]:
        start -= 1  # "about a quarter"
    while (
        words.at(start - 1).what in {"unit", "sign", "hedge"}
        and not words.at(start - 1).is_rate
    ):
        start -= 1
    led = words.at(start - 1).what == "before"
    while more := _more(words, end, led=led, fraction=fraction):
        end += more
    return start - led, end


def _more(words: _Words, end: int, *, led: bool, fraction: bool) -> int:
    """Return how many tokens at an index a number goes on with: a scale or unit, the
    second end of a range, "of a".

    ``led``: a word such as "between" stands before the number; ``fraction``: the number
    is one.
    """
    first, second, third = (words.at(end + step).what for step in (0, 1, 2))
    if first in MEASURES:
        return 1
    if words.joins(words.at(end), led=led):
        return (
            2
            if second in NUMERALS
            else 3
            if second == "unit" and third in NUMERALS
            else 0
        )
    measured = second in MEASURES or (second == "filler" and third in MEASURES)
    return 1 if fraction and first == "filler" and measured else 0


def _counts(words: _Words, index: int, *, beside: bool) -> bool:
    """Tell whether a number counts something; ``beside``: other tokens belong to it.

    "No one" counts nothing.
    """
    before, token, after = (words.at(index + step) for step in (-1, 0, 1))
    if token.what in {"word", "filler"}:
        return beside
    if token.what != "fraction" or beside or " " in token.phrase or "-" in token.phrase:
        return True
    return before.what != "ordinal" and (
        before.value in words.lexicon.lists["articles"] or after.what == "filler"
    )


def _phrase(words: _Words) -> Phrase:
    """Return the phrase that some words are.

    Raises ``PhraseError`` where they are no quantity, or not only one.
    """
    words = _with_article(words)
    kept = tuple(
        token for index, token in enumerate(words.tokens) if not words.is_hyphen(index)
    )
    words = replace(words, tokens=kept)
    numbers, directions = words.of(*NUMBERS), words.of("direction")
    direction = _direction(words)
    if not numbers and not direction:
        raise PhraseError(
            f'"{words.text}" has no number, expected one such as "218.2 billion"'
        )
    joint = _joint(words, numbers)
    units, scale = _units(words, joint)
    hedge = words.only("hedges", [token.value for token in words.of("hedge")])
    phrase = Phrase(
        form=numbers[0].what if numbers else "direction",
        numbers=tuple(_number(words, token, scale) for token in numbers),
        hedge=hedge,
        direction=direction,
        reached=bool(numbers and directions)
        and _reaches(words, directions[0], numbers[0]),
        units=units,
        scale=scale,
        direction_word=directions[0].phrase if directions else "",
    )
    _check(words, phrase)
    return phrase


def _with_article(words: _Words) -> _Words:
    """Return the words, an article as the number one where they have no other number:
    "a billion", "a year".
    """
    article = next(filter(words.is_article, range(len(words.tokens))), None)
    if words.of(*NUMBERS) or article is None:
        return words
    one = words.at(article)._replace(what="word", value=1)
    return replace(
        words, tokens=(*words.tokens[:article], one, *words.tokens[article + 1 :])
    )


def _direction(words: _Words) -> str:
    """Return "up", "down", "flat" or an empty text.

    Raises ``PhraseError`` where a sign contradicts the word.
    """
    signs = {token.value for token in words.of("sign")}
    word = words.only("directions", [token.value for token in words.of("direction")])
    if word and signs - {word}:
        message = f'the sign and the word in "{words.text}" contradict each other'
        raise PhraseError(message, "leave out one of them")
    return word or words.only("signs", sorted(signs))


def _reaches(words: _Words, direction: Token, number: Token) -> bool:
    """Tell whether a direction and then a word such as "to" lead to a number; after
    "flat" any filler does.
    """
    into = (
        words.lexicon.lists["fillers"]
        if direction.value == "flat"
        else words.lexicon.lists["into"]
    )
    return any(
        direction.start < token.start < number.start and token.phrase in into
        for token in words.tokens
    )


def _joint(words: _Words, numbers: Sequence[Token]) -> Token | None:
    """Return the token that joins the two numbers of a range, ``None`` for one number
    or none.

    Raises ``PhraseError`` for two numbers that are no range, and for more.
    """
    if len(numbers) <= 1:
        return None
    first, last, *others = numbers
    if others:
        raise PhraseError(
            f'"{words.text}" has {len(numbers)} numbers, expected one',
            "make a link for each number",
        )
    between = [token for token in words.tokens if first.end <= token.start < last.start]
    joints = [token for token in between if token.what not in {"unit", "scale", "sign"}]
    joined = len(joints) == 1 and words.joins(joints[0], led=bool(words.of("before")))
    if not joined or first.what != last.what or first.what == "ordinal":
        message = f'"{words.text}" has two numbers and is not read as a range'
        raise PhraseError(
            message,
            'write a number in digits, a range as "3–4", or make a link for each'
            " number",
        )
    return joints[0]


def _units(words: _Words, joint: Token | None) -> tuple[tuple[str, ...], int]:
    """Return the units and the scale, a power of ten.

    Raises ``PhraseError`` if there are several.

    In a range each may stand on both sides of the joint, the same: "$3 billion to $4
    billion".
    """
    measures = list(_measures(words, joint))
    scales, units, rates = (
        [item[1:] for item in measures if item[0] == what]
        for what in ("scale", "unit", "rate")
    )
    for name, found in (("scales", scales), ("units", units), ("units", rates)):
        if len(set(found)) < len(found) or len(dict(found)) > 1:
            message = f'"{words.text}" has {len(found)} {name}, expected one'
            raise PhraseError(message, "make a link for each number")
    if joint and scales and not scales[-1][1]:
        raise PhraseError(
            f'only the first number of "{words.text}" has a scale',
            "write it after the second",
        )
    return tuple(dict(units + rates)), scales[0][0] if scales else 0


def _measures(words: _Words, joint: Token | None) -> Iterator[tuple[str, Any, bool]]:
    """Yield each "scale", "unit" and "rate" ("per tonne"), its power or name, and
    whether it is behind the joint.
    """
    for token in words.of(*MEASURES):
        behind = joint is not None and token.start > joint.start
        if token.what == "scale":
            yield "scale", token.value, behind
            continue
        parts = token.value.split()  # "billion cubic metres" is both
        yield from (("scale", SCALES[part], behind) for part in parts if part in SCALES)
        name = " ".join(part for part in parts if part not in SCALES)
        yield "rate" if name.startswith("per ") else "unit", name, behind


def _number(words: _Words, token: Token, scale: int) -> Number:
    """Return the number that a token is, times ten to the power ``scale``."""
    factor = Fraction(10) ** scale
    if token.what == "digits":
        return _number_in_digits(words, token, factor)
    value = token.value * factor
    return Number(value, value * WORD_STEP, value * WORD_PLACE, token.start, token.end)


def _number_in_digits(words: _Words, token: Token, factor: Fraction) -> Number:
    """Return the number that digits are.

    Raises ``PhraseError`` if they are not grouped as the language does it.
    """
    strict = GROUPED.fullmatch(token.value)
    if not strict:
        raise PhraseError(
            f'found "{token.value}" in "{words.text}", expected {WELL_GROUPED}'
        )
    decimals = len(strict[2] or "")
    step = factor / Fraction(10) ** decimals
    digits = token.value.replace(GROUP, "").replace(POINT, "")
    if len(digits) > LONGEST:
        raise PhraseError(
            f"a number has {len(digits)} digits, expected {LONGEST} at most",
            "write a scale behind it",
        )
    # zeros before the point may be rounding
    kept = digits if decimals else digits.rstrip("0") or digits
    place = step * 10 ** (len(digits) - len(kept)) * (5 if kept.endswith("5") else 1)
    return Number(
        int(digits) * step,
        step,
        place,
        token.start,
        token.end,
        decimals,
        grouped=bool(strict[1]),
    )


def _check(words: _Words, phrase: Phrase) -> None:
    """Raise ``PhraseError`` for parts that do not go together, and for what readers
    understand in two ways.
    """
    text, ranged, ranked, alone = (
        words.text,
        len(phrase.numbers) > 1,
        phrase.form == "ordinal",
        not phrase.numbers,
    )
    falling = ranged and phrase.low >= phrase.high
    measured = any((phrase.units, phrase.scale))
    more = any((phrase.hedge, phrase.direction, measured))
    unsure = phrase.hedge and phrase.direction != "flat"
    halved = all(
        (phrase.form == "multiple", phrase.low < 1, phrase.hedge not in {"", "about"})
    )
    changed = all((phrase.numbers, phrase.direction, not phrase.reached))
    signed = (ranged or phrase.reached) and words.of("sign")
    flat, two_ways = phrase.direction_word, f'"{text}" can be understood in two ways'
    as_part = (
        'write "about", or a fraction with its direction, such as "fell by nearly half"'
    )
    # each rule: whether it is broken, the message, and the hint
    for broken, message, hint in (
        (
            falling,
            f'the range in "{text}" does not rise, expected the lower number first',
            "",
        ),
        (
            ranged and phrase.hedge,
            f'"{text}" has a hedge and a range, expected only one of them',
            "",
        ),
        (
            ranked and more,
            f'"{text}" has more than a rank, expected a rank alone, such as "second"',
            "",
        ),
        (
            alone and unsure,
            f'"{text}" has a hedge and no number, expected a number with it',
            "",
        ),
        (
            alone and measured,
            f'"{text}" has a unit and no number, expected a number with it',
            "",
        ),
        (halved, two_ways, as_part),
        (
            signed,
            f"the sign in {two_ways}",
            "leave it out, and say the direction with a word",
        ),
        (
            changed and phrase.direction == "flat",
            f'"{text}" has "{flat}" and a number, expected only one',
            "",
        ),
    ):
        if broken:
            raise PhraseError(message, hint)
    _check_forms(words, phrase)


def _check_forms(words: _Words, phrase: Phrase) -> None:
    """Raise ``PhraseError`` for a rank with another mark than its own, "22th", and for
    one of several: "one years".
    """
    for number, unit in pairwise((*words.tokens, *words.tokens[-1:])):
        if number.what == "ordinal" and number.phrase[0].isdigit():
            rank = words.lexicon.rank(number.value)
            if number.phrase != rank:
                raise PhraseError(f'found "{number.phrase}", expected "{rank}"')
        singular = (
            words.lexicon.derive(_singulars).get(unit.phrase)
            if number.what in NUMERALS
            else None
        )
        if (
            singular
            and not phrase.scale
            and phrase.low == phrase.high == 1
            and not phrase.numbers[0].decimals
        ):
            raise PhraseError(
                f'"{words.text}" has a plural behind one', f'write "{singular}"'
            )


def _singulars(lexicon: Lexicon) -> dict[str, str]:
    """Return the forms of units that an ending makes of another form, each with that:
    "medals" with "medal".
    """
    pairs = product(lexicon.units.items(), lexicon.lists["plural_endings"])
    return {
        f"{form}{end}": form
        for (form, unit), end in pairs
        if lexicon.units.get(f"{form}{end}") == unit
    }
