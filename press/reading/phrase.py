"""Reads one quantity in words, such as "grew by about 4%": its numbers, and what
stands around them.

``parse_quantity`` takes a text that is nothing else; ``find_quantities_outside_names``
finds them in longer texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from press.ground.scales import SCALES
from press.reading.lexicon import Lexicon
from press.reading.tokens import (
    GROUP,
    GROUPED,
    HYPHENS,
    NO_TOKEN,
    NUMBERS,
    NUMERALS,
    POINT,
    WELL_GROUPED,
    QuantityParseError,
    Token,
    TokenKind,
    tokenize,
)

# A number word or a fraction has no last digit: its step and its place are parts of
# itself (docs/binding.md). It is good to 2.5 % either way, and a hedge reaches a
# quarter of it: "more than doubled" is above 2 times and below 2.5.
WORD_STEP = Fraction(5, 100)
WORD_PLACE = Fraction(1, 4)
MOST_DIGITS = 40  # of a number; Python itself reads no more than 4,300
MEASURES: tuple[TokenKind, ...] = ("scale", "unit")


@dataclass(frozen=True)
class WrittenNumber:
    """One number as written, its scale applied; ``start`` and ``end`` say where its
    digits or words stand.

    ``last_digit_step`` is one unit of its last digit; ``digit_value`` one unit of its
    last digit but the zeros of a whole number, or five where that is a 5: 1,200 has 1
    and 100, 250 has 1 and 50, 1.20 has 0.01 for both. Without a hedge the number is
    true to half the first; the second says how far a hedge reaches.
    """

    value: Fraction
    last_digit_step: Fraction
    digit_value: Fraction
    start: int
    end: int
    decimals: int = 0


@dataclass(frozen=True)
class WrittenQuantity:
    """A quantity in words: one number or the two of a range, and what stands around
    it.
    """

    number_form: TokenKind  # one of NUMBERS; "direction" where it has no number
    numbers: tuple[WrittenNumber, ...] = ()  # none where a direction stands alone
    hedge: str = ""  # a class of hedges
    direction: str = ""  # "up", "down", "flat"; a sign is one, too
    # the number is where the direction led to: "fell to $228.1 billion"
    is_level_reached: bool = False
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

    @property
    def is_measured(self) -> bool:
        """Tell whether it has a unit or a scale."""
        return bool(self.units or self.scale)


@dataclass(frozen=True)
class TokenSequence:
    """The tokens of a text, or a stretch of them that may be one quantity."""

    text: str  # the whole text, as written: tokens keep their places in it
    tokens: tuple[Token, ...]
    lexicon: Lexicon

    def token_or_blank_at(self, index: int) -> Token:
        """Return the token at an index, ``NO_TOKEN`` outside the sequence."""
        if 0 <= index < len(self.tokens):
            return self.tokens[index]
        return NO_TOKEN

    def tokens_of(self, *kinds: str) -> list[Token]:
        """Return the tokens of some kinds: "hedge", "unit"."""
        return [token for token in self.tokens if token.kind in kinds]

    def is_article_meaning_one(self, index: int) -> bool:
        """Tell whether a word such as "a" stands right before a scale or a unit, and so
        counts one.
        """
        token = self.token_or_blank_at(index)
        if token.kind != "filler" or token.value not in self.lexicon.lists["articles"]:
            return False
        after = self.token_or_blank_at(index + 1)
        return after.kind in MEASURES and not after.is_rate

    def get_count_of_no_or_single(self, token: Token) -> int | None:
        """Return what a word such as "no" or "single" counts, None for another."""
        lists = self.lexicon.lists
        if token.kind != "filler":
            return None
        if token.value in lists["none_before_unit"]:
            return 0
        if token.value in lists["one_before_unit"]:
            return 1
        return None

    def can_join_numbers(self, token: Token, *, allows_and: bool) -> bool:
        """Tell whether a token may join two numbers: a dash, "to"; "and" only where
        ``allows_and``: "between" led to them.
        """
        if token.kind != "join":
            return token.kind == "dash"
        return allows_and or token.value == self.lexicon.lists["range_between"][0]


def parse_quantity(text: str, lexicon: Lexicon) -> WrittenQuantity:
    """Return the one quantity that a text is.

    Raises ``QuantityParseError`` where it is none, or not only one.
    """
    return parse_quantity_tokens(
        TokenSequence(text, tuple(tokenize(text, lexicon)), lexicon)
    )


def parse_quantity_tokens(words: TokenSequence) -> WrittenQuantity:
    """Return the one quantity that some tokens are.

    Raises ``QuantityParseError`` where they are none, or not only one.
    """
    words = _read_no_and_single_as_numbers(words)
    words = _drop_hyphens_before_units(_read_article_as_one_if_no_number(words))
    numbers = words.tokens_of(*NUMBERS)
    directions = words.tokens_of("direction")
    direction = _read_direction_of_word_or_sign(words)
    if not numbers and not direction:
        raise QuantityParseError(
            f'"{words.text}" has no number, expected one such as "218.2 billion"'
        )
    separator = _get_range_separator(words, numbers) if len(numbers) > 1 else None
    units, scale = _read_units_and_scale(words, separator)
    phrase = WrittenQuantity(
        number_form=numbers[0].kind if numbers else "direction",
        numbers=tuple(_read_number(words, token, scale) for token in numbers),
        hedge=_get_value_of_one_token_or_empty(
            words, "hedges", words.tokens_of("hedge")
        ),
        direction=direction,
        is_level_reached=_has_word_like_to_before_number(words, directions, numbers),
        units=units,
        scale=scale,
        direction_word=directions[0].phrase if directions else "",
    )
    _check_phrase(words, phrase)
    return phrase


# ---- Articles and hyphens


def _read_no_and_single_as_numbers(words: TokenSequence) -> TokenSequence:
    """Return the tokens, with a number for "no" or "single" right before a unit.

    Raises ``QuantityParseError`` for such a word beside a number, or before anything
    else.
    """
    tokens = list(words.tokens)
    for index, token in enumerate(tokens):
        count = words.get_count_of_no_or_single(token)
        if count is None:
            continue
        if (
            words.tokens_of(*NUMBERS)
            or words.token_or_blank_at(index + 1).kind != "unit"
        ):
            raise QuantityParseError(
                f'"{token.value}" in "{words.text}" is not read as part of a number',
                "move it out of the link",
            )
        tokens[index] = token._replace(kind="word", value=count)
    return replace(words, tokens=tuple(tokens))


def _read_article_as_one_if_no_number(words: TokenSequence) -> TokenSequence:
    """Return the tokens, an article as the number one where they have no other number:
    "a billion", "a year".
    """
    if words.tokens_of(*NUMBERS):
        return words
    tokens = list(words.tokens)
    for index, token in enumerate(tokens):
        if words.is_article_meaning_one(index):
            tokens[index] = token._replace(kind="word", value=1)
            return replace(words, tokens=tuple(tokens))
    return words


def _drop_hyphens_before_units(words: TokenSequence) -> TokenSequence:
    """Return the tokens without hyphens between a number and its scale or unit."""
    tokens = [NO_TOKEN, *words.tokens, NO_TOKEN]
    with_neighbours = zip(tokens, tokens[1:], tokens[2:], strict=False)
    kept = (
        token
        for before, token, after in with_neighbours
        if not _is_hyphen_before_unit(before, token, after)
    )
    return replace(words, tokens=tuple(kept))


def _is_hyphen_before_unit(before: Token, token: Token, after: Token) -> bool:
    """Tell whether a token is a hyphen that joins the number before it to a scale or
    unit after it, "a 5-percent rise", but not to a symbol, "5-$".
    """
    if token.value not in HYPHENS:
        return False
    is_symbol = after.kind == "unit" and after.end - after.start == 1
    if is_symbol or before.end != token.start or token.end != after.start:
        return False
    return before.kind in {*NUMERALS, "scale"} and after.kind in MEASURES


# ---- Hedge and direction


def _get_value_of_one_token_or_empty(
    words: TokenSequence, plural_name: str, tokens: Sequence[Token]
) -> str:
    """Return the value of the only token, an empty text if there is none.

    Raises ``QuantityParseError`` if there are more.
    """
    if len(tokens) > 1:
        raise QuantityParseError(
            f'"{words.text}" has {len(tokens)} {plural_name}, expected one at most',
            "leave one of them out",
        )
    return tokens[0].value if tokens else ""


def _read_direction_of_word_or_sign(words: TokenSequence) -> str:
    """Return "up", "down" or "flat", an empty text without a word or a sign for it.

    Raises ``QuantityParseError`` where a sign contradicts the word.
    """
    signs = {token.value: token for token in words.tokens_of("sign")}
    direction = _get_value_of_one_token_or_empty(
        words, "directions", words.tokens_of("direction")
    )
    if not direction:
        return _get_value_of_one_token_or_empty(words, "signs", list(signs.values()))
    if signs.keys() - {direction}:
        raise QuantityParseError(
            f'the sign and the word in "{words.text}" contradict each other',
            "leave out one of them",
        )
    return direction


def _has_word_like_to_before_number(
    words: TokenSequence, directions: Sequence[Token], numbers: Sequence[Token]
) -> bool:
    """Tell whether a direction and then a word such as "to" lead to a number; after
    "flat" any filler does.
    """
    if not directions or not numbers:
        return False
    table = "fillers" if directions[0].value == "flat" else "into"
    leading = words.lexicon.lists[table]
    return any(
        directions[0].start < token.start < numbers[0].start and token.phrase in leading
        for token in words.tokens
    )


# ---- Ranges


def _get_range_separator(words: TokenSequence, numbers: Sequence[Token]) -> Token:
    """Return the token that joins the two numbers of a range, such as a dash.

    Raises ``QuantityParseError`` for two numbers that are no range, and for more.
    """
    first, last, *others = numbers
    if others:
        raise QuantityParseError(
            f'"{words.text}" has {len(numbers)} numbers, expected one',
            "make a link for each number",
        )
    between = [token for token in words.tokens if first.end <= token.start < last.start]
    separators = [token for token in between if token.kind not in {*MEASURES, "sign"}]
    is_joined = len(separators) == 1 and words.can_join_numbers(
        separators[0], allows_and=bool(words.tokens_of("before"))
    )
    if not is_joined or first.kind != last.kind or first.kind == "ordinal":
        raise QuantityParseError(
            f'"{words.text}" has two numbers and is not read as a range',
            'write a number in digits, a range as "3–4", or make a link for each'
            " number",
        )
    return separators[0]


# ---- Units and scales


MeasureKind = Literal["scales", "units", "rates"]


class _Measure(NamedTuple):
    """A scale or a unit, and on which side of the separator of a range it stands."""

    value: Any  # a power of ten, or a unit's name
    is_after_separator: bool


def _read_units_and_scale(
    words: TokenSequence, range_separator: Token | None
) -> tuple[tuple[str, ...], int]:
    """Return the units and the scale, a power of ten.

    In a range each may stand on both sides of its separator, the same: "$3 billion to
    $4 billion". Raises ``QuantityParseError`` if there are several.
    """
    found: dict[MeasureKind, list[_Measure]] = {"scales": [], "units": [], "rates": []}
    for token in words.tokens_of(*MEASURES):
        is_after_separator = (
            range_separator is not None and token.start > range_separator.start
        )
        for name, value in _split_into_scales_units_and_rates(token):
            found[name].append(_Measure(value, is_after_separator))
    for name, measures in found.items():
        values = {measure.value for measure in measures}
        if len(values) > 1 or len({*measures}) < len(measures):
            told = "units" if name == "rates" else name
            raise QuantityParseError(
                f'"{words.text}" has {len(measures)} {told}, expected one',
                "make a link for each number",
            )
    scales = found["scales"]
    if range_separator and scales and not scales[-1].is_after_separator:
        raise QuantityParseError(
            f'only the first number of "{words.text}" has a scale',
            "write it after the second",
        )
    units = [measure.value for measure in found["units"] + found["rates"]]
    return tuple(dict.fromkeys(units)), scales[0].value if scales else 0


def _split_into_scales_units_and_rates(
    token: Token,
) -> Iterator[tuple[MeasureKind, Any]]:
    """Yield what a scale or a unit is, with its power or its name.

    "billion cubic metres" is both one of the "scales" and one of the "units", "per
    tonne" one of the "rates".
    """
    if token.kind == "scale":
        yield "scales", token.value
        return
    names = []
    for part in token.value.split():
        if part in SCALES:
            yield "scales", SCALES[part]
        else:
            names.append(part)
    name = " ".join(names)
    yield "rates" if name.startswith("per ") else "units", name


# ---- Numbers


def _read_number(
    words: TokenSequence, token: Token, power_of_ten: int
) -> WrittenNumber:
    """Return the number that a token is, times ten to the power ``power_of_ten``."""
    factor = Fraction(10) ** power_of_ten
    if token.kind == "digits":
        return _parse_grouped_digits(words.text, token, factor)
    value = token.value * factor
    return WrittenNumber(
        value, value * WORD_STEP, value * WORD_PLACE, token.start, token.end
    )


def _parse_grouped_digits(text: str, token: Token, factor: Fraction) -> WrittenNumber:
    """Return the number that digits are, times a factor.

    Raises ``QuantityParseError`` if they are not grouped as the language does it.
    """
    found = GROUPED.fullmatch(token.value)
    if not found:
        raise QuantityParseError(
            f'found "{token.value}" in "{text}", expected {WELL_GROUPED}'
        )
    digits = token.value.replace(GROUP, "").replace(POINT, "")
    if len(digits) > MOST_DIGITS:
        raise QuantityParseError(
            f"a number has {len(digits)} digits, expected {MOST_DIGITS} at most",
            "write a scale behind it",
        )
    decimals = len(found[2] or "")
    step = factor / Fraction(10) ** decimals
    kept = digits
    if not decimals:  # zeros before the point may be rounding
        kept = digits.rstrip("0") or digits
    place = step * 10 ** (len(digits) - len(kept))
    if kept.endswith("5"):
        place *= 5
    return WrittenNumber(
        int(digits) * step, step, place, token.start, token.end, decimals
    )


# ---- Rules


def _check_phrase(words: TokenSequence, phrase: WrittenQuantity) -> None:
    """Raise ``QuantityParseError`` for parts that do not go together, and for what
    readers understand in two ways.
    """
    if len(phrase.numbers) > 1:
        _check_range_rises_without_hedge(words.text, phrase)
    if phrase.number_form == "ordinal":
        _check_rank_stands_alone_with_own_mark(words, phrase)
    if not phrase.numbers:
        _check_no_hedge_or_unit_without_number(words.text, phrase)
    _check_halving_sign_and_flat_unambiguous(words, phrase)
    _check_no_plural_after_one(words, phrase)


def _check_range_rises_without_hedge(text: str, phrase: WrittenQuantity) -> None:
    """Raise ``QuantityParseError`` for a range that does not rise, or has a hedge."""
    if phrase.low >= phrase.high:
        raise QuantityParseError(
            f'the range in "{text}" does not rise, expected the lower number first'
        )
    if phrase.hedge:
        raise QuantityParseError(
            f'"{text}" has a hedge and a range, expected only one of them'
        )


def _check_rank_stands_alone_with_own_mark(
    words: TokenSequence, phrase: WrittenQuantity
) -> None:
    """Raise ``QuantityParseError`` for a rank that has more beside it, or in digits
    with the mark of another: "22th".
    """
    if phrase.hedge or phrase.direction or phrase.is_measured:
        raise QuantityParseError(
            f'"{words.text}" has more than a rank, expected a rank alone, such as'
            ' "second"'
        )
    for token in words.tokens_of("ordinal"):
        rank = words.lexicon.format_ordinal(token.value)
        if token.phrase[0].isdigit() and token.phrase != rank:
            raise QuantityParseError(f'found "{token.phrase}", expected "{rank}"')


def _check_no_hedge_or_unit_without_number(text: str, phrase: WrittenQuantity) -> None:
    """Raise ``QuantityParseError`` for a hedge or a unit without a number."""
    extra = ""
    if phrase.is_measured:
        extra = "a unit"
    if phrase.hedge and phrase.direction != "flat":
        extra = "a hedge"
    if extra:
        raise QuantityParseError(
            f'"{text}" has {extra} and no number, expected a number with it'
        )


def _check_halving_sign_and_flat_unambiguous(
    words: TokenSequence, phrase: WrittenQuantity
) -> None:
    """Raise ``QuantityParseError`` for a multiple below one with a hedge but "about",
    "more than halved", for a sign with a range or a level reached, and for "flat" with
    a number that is no level reached.
    """
    text = words.text
    is_part = phrase.number_form == "multiple" and phrase.low < 1
    if is_part and phrase.hedge not in {"", "about"}:
        raise QuantityParseError(
            f'"{text}" can be understood in two ways',
            'write "about", or a fraction with its direction, such as "fell by nearly'
            ' half"',
        )
    has_level = len(phrase.numbers) > 1 or phrase.is_level_reached
    if has_level and words.tokens_of("sign"):
        raise QuantityParseError(
            f'the sign in "{text}" can be understood in two ways',
            "leave it out, and say the direction with a word",
        )
    if phrase.numbers and phrase.direction == "flat" and not phrase.is_level_reached:
        raise QuantityParseError(
            f'"{text}" has "{phrase.direction_word}" and a number, expected only one'
        )


def _check_no_plural_after_one(words: TokenSequence, phrase: WrittenQuantity) -> None:
    """Raise ``QuantityParseError`` for a plural after one: "one years"."""
    if not phrase.low == phrase.high == 1 or phrase.numbers[0].decimals:
        return
    singulars = words.lexicon.get_memoized(_map_plurals_to_singulars)
    for number, unit in pairwise(words.tokens):
        singular = singulars.get(unit.phrase)
        if singular and number.kind in NUMERALS:
            raise QuantityParseError(
                f'"{words.text}" has a plural behind one', f'write "{singular}"'
            )


def _map_plurals_to_singulars(lexicon: Lexicon) -> dict[str, str]:
    """Return the singular of each unit's plural that is made by an ending: of "medals"
    "medal".
    """
    singulars = {}
    for form, unit in lexicon.units.items():
        for ending in lexicon.lists["plural_endings"]:
            plural = form + ending
            if lexicon.units.get(plural) == unit:
                singulars[plural] = form
    return singulars
