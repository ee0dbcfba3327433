"""Quantities in words: what a text such as "grew by about 4%" says, read word by word."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from press.reading.lexicon import POWERS, fold
from press.reading.tokens import (
    NUMBERS,
    TEN,
    PhraseError,
    grammar,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from press.reading.lexicon import Lexicon
    from press.reading.tokens import Form, Token

WORD_STEP = Fraction(5, 100)  # a number word or a fraction is good to 2.5 % of itself either way
WORD_PLACE = Fraction(1, 4)
FIVE = 5
AMBIGUOUS_GROWTH = 200  # percent: "200% up" may be twice or three times as much


@dataclass(frozen=True)
class Number:
    """One number as written: its value, one unit of its last digit, the place of its last digit but zeros.

    All three are in the base unit, the scale applied. ``start`` and ``end`` say where its digits or words stand.
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
    """A quantity in words: one number or the two of a range, and what stands around it."""

    form: Form
    numbers: tuple[Number, ...] = ()  # none where a direction stands alone
    hedge: str = ""  # a class of hedges
    direction: str = ""  # "up", "down", "flat"; a sign is one, too
    level: bool = False  # the number is where the direction led to: "fell to $228.1 billion"
    units: tuple[str, ...] = ()
    scale: int = 0
    word: str = field(default="", compare=False)  # of the direction, as its table has it

    @property
    def low(self) -> Fraction:
        """The number, or the lower one of a range; zero for a direction alone."""
        return self.numbers[0].value if self.numbers else Fraction(0)

    @property
    def high(self) -> Fraction:
        """The number, or the higher one of a range."""
        return self.numbers[-1].value if self.numbers else Fraction(0)

    @property
    def step(self) -> Fraction:
        """One unit of the last digit written; 5 % of a number word or fraction."""
        return self.numbers[0].step if self.numbers else Fraction(0)

    @property
    def place(self) -> Fraction:
        """The place of the last digit that is no zero, by which hedges are bounded."""
        return self.numbers[0].place if self.numbers else Fraction(0)

    @property
    def token(self) -> tuple[int, int]:
        """Where the number stands, both ends of a range included."""
        return (self.numbers[0].start, self.numbers[-1].end) if self.numbers else (0, 0)


class Found(NamedTuple):
    """A quantity in a longer text, with its place there."""

    start: int
    end: int
    phrase: Phrase


def parse(text: str, lexicon: Lexicon) -> Phrase:
    """Return the one quantity that a text is. Raises ``PhraseError`` where it is none, or not only one."""
    return _phrase(text, list(tokenize(text, grammar(lexicon))), lexicon)


def quantities(text: str, lexicon: Lexicon) -> list[Found]:
    """Return every number of a longer text with its hedge, sign, scale and units; other words are passed over.

    Number words count where a scale or unit follows, fractions where they are no ordinals or stretches of a year
    ("a third", "half of", but neither "the third" nor "the second half").
    """
    found: list[Found] = []
    for start, end, *_ in lexicon.tagger.find(fold(text), ("plain_names",)):
        text = text[:start] + "_" * (end - start) + text[end:]
    tokens = list(tokenize(text, grammar(lexicon), tolerant=True))
    number = past = 0
    while number < len(tokens):
        start, end = _around(tokens, number, past, lexicon)
        if start < end and _counts(tokens, start, end, number, lexicon):
            # the longest stretch that is a quantity; what else stands around it belongs to something else
            for first, last in product(range(start, number + 1), range(end, number, -1)):
                if last - 1 > number and _trails(tokens[last - 2], tokens[last - 1]):
                    continue
                try:
                    phrase = _phrase(text, tokens[first:last], lexicon)
                except PhraseError:
                    continue
                found.append(Found(tokens[first].start, tokens[last - 1].end, phrase))
                number, past = last - 1, last
                break
        number += 1
    return found


def _trails(before: Token, last: Token) -> bool:
    """Tell whether a stretch ends with what leads to the next: "2030 to", "2030 to $"."""
    return last.what in {"join", "dash", "filler"} or (last.what == "unit" and before.what in {"join", "dash"})


def _around(tokens: Sequence[Token], number: int, past: int, lexicon: Lexicon) -> tuple[int, int]:
    """Return where the tokens begin and end that may belong to the one at this index; an empty stretch if to none.

    Those before ``past`` belong to the quantity before.
    """
    article = _is_article(tokens, number, lexicon)
    if tokens[number].what not in {"number", "fraction", "multiple"} and not article:
        return number, number
    start, end = number, number + 1
    before = tokens[max(past, number - 2) : number]
    if tokens[number].what == "fraction" and [token.what for token in before] == ["hedge", "filler"]:
        start -= 1  # "about a quarter"
    while (
        start > past and tokens[start - 1].what in {"unit", "sign", "hedge"} and tokens[start - 1].value[:4] != "per "
    ):
        start -= 1
    led = tokens[start - 1 : start] if start > past and tokens[start - 1].what == "before" else []
    start -= len(led)
    while end < len(tokens):
        ahead = [token.what for token in tokens[end : end + 3]]
        joins = _may_join(tokens[end], led, lexicon)
        if ahead[0] in {"unit", "scale"}:
            end += 1
        elif joins and ahead[1:2] == ["number"]:
            end += 2
        elif joins and ahead[1:3] == ["unit", "number"]:
            end += 3
        elif tokens[number].what == "fraction" and _leads_to_scale(tokens, end):
            end += 1
        else:
            break
    return start, end


def _leads_to_scale(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the words "of a" or "a" before a scale or unit stand here."""
    ahead = [token.what for token in tokens[index : index + 3]]
    return ahead[:1] == ["filler"] and (
        ahead[1:2] in (["scale"], ["unit"]) or ahead[1:3] in (["filler", "scale"], ["filler", "unit"])
    )


def _counts(tokens: Sequence[Token], start: int, end: int, number: int, lexicon: Lexicon) -> bool:
    """Tell whether a number word or a fraction counts something, and is not "no one" or "the third quarter"."""
    token = tokens[number]
    beside = end - start > 1
    if (token.what == "number" and token.form == "word") or token.what == "filler":
        return beside
    if token.what != "fraction" or beside or " " in token.value or "-" in token.value:
        return True
    before = tokens[number - 1] if number else None
    if before and before.what == "ordinal":
        return False
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    return bool(before and before.value in lexicon.articles) or bool(after and after.what == "filler")


def _phrase(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Phrase:
    """Return the phrase that tokens make. Raises ``PhraseError``."""
    tokens = _without_hyphens(_with_article(list(tokens), lexicon))
    numbers = [token for token in tokens if token.what in NUMBERS]
    direction = _direction(text, tokens)
    if not numbers and not direction:
        raise PhraseError(f'found no quantity in "{text}", expected one such as "{_example(lexicon)}"')
    _check_joints(text, tokens, numbers, lexicon)
    units, scale = _units(text, tokens)
    _check_again(text, tokens, lexicon)
    hedge = _one(text, "hedges", [token.value for token in tokens if token.what == "hedge"])
    form = numbers[0].form if numbers else "direction"
    found = tuple(_number(text, token, scale, lexicon) for token in numbers)
    level = bool(numbers) and _is_level(tokens, numbers[0], lexicon)
    word = next((token.phrase for token in tokens if token.what == "direction"), "")
    phrase = Phrase(form, found, hedge or "", direction, level, units, scale, word)
    _check(text, phrase, tokens)
    return phrase


def _is_article(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Tell whether a word such as "a" stands right before a scale or a unit, and so counts one."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return (
        tokens[index].what == "filler"
        and tokens[index].value in lexicon.articles
        and after is not None
        and (after.what == "scale" or (after.what == "unit" and not after.value.startswith("per ")))
    )


def _with_article(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Return the tokens, an article as the number that it is where there is no other: "a billion", "a year"."""
    if not any(token.what in NUMBERS for token in tokens):
        for index, token in enumerate(tokens):
            if _is_article(tokens, index, lexicon):
                tokens[index] = token._replace(what="number", value=Fraction(1), form="word")
                break
    return tokens


def _without_hyphens(tokens: list[Token]) -> list[Token]:
    """Return the tokens without the hyphens that join a number to its unit: "a 5-percent rise"."""
    kept = tokens[:1]
    for before, token, after in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
        joined = before.what in {"number", "scale"} and after is not None and after.what in {"scale", "unit"}
        touching = before.end == token.start and after is not None and token.end == after.start
        if not (token.what == "dash" and token.value in "-‐" and joined and touching and not _is_symbol(after)):
            kept.append(token)
    return kept


def _is_symbol(token: Token | None) -> bool:
    """Tell whether a unit stands before its number, as a currency's symbol does."""
    return token is not None and token.end - token.start == 1 and token.what == "unit"


def _example(lexicon: Lexicon) -> str:
    billions = [phrase for phrase, power in lexicon.scales.items() if power == POWERS["billion"]]
    return f"218{lexicon.decimal}2 {''.join(billions[:1])}".strip()


def _one(text: str, what: str, values: Sequence[Any]) -> Any:  # noqa: ANN401 - whatever the tokens hold
    """Return the only value, ``None`` if there is none. Raises ``PhraseError`` for two."""
    if len(values) > 1:
        raise PhraseError(f'found {len(values)} {what} in "{text}", expected one at most')
    return values[0] if values else None


def _direction(text: str, tokens: Sequence[Token]) -> str:
    """Return the direction; a sign beside a word must agree with it."""
    words = [token.value for token in tokens if token.what == "direction"]
    signs = {token.value for token in tokens if token.what == "sign"}
    word = _one(text, "directions", words)
    if word and signs - {word}:
        hint = "leave out one of them"
        raise PhraseError(f'found a sign in "{text}" that contradicts the direction, expected them to agree', hint)
    return str(word or _one(text, "signs", sorted(signs)) or "")


def _may_join(token: Token, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell whether a word joins the ends of a range: the first of its list does by itself, others after "between"."""
    led = any(other.what == "before" for other in tokens)
    return token.what == "dash" or (token.what == "join" and (led or token.value == lexicon.range_between[0]))


def _check_joints(text: str, tokens: Sequence[Token], numbers: Sequence[Token], lexicon: Lexicon) -> None:
    """Two numbers are a range if a dash or a word joins them; words of ranges stand nowhere else."""
    if len(numbers) > 2:  # noqa: PLR2004 - a range has two ends
        raise PhraseError(f'found {len(numbers)} numbers in "{text}", expected one', "bind each by itself")
    between: list[Token] = []
    if len(numbers) > 1:
        first, last = numbers
        inside = [token for token in tokens if first.end <= token.start < last.start]
        between = [token for token in inside if token.what not in {"unit", "scale", "sign"}]
        joined = len(between) == 1 and _may_join(between[0], tokens, lexicon) and first.form == last.form
        # "2020 to $2,100" is no range: a unit before the second number stands before the first as well
        led = [token.what for token in tokens if token.start < last.start]
        late = led[-1:] == ["unit"] and led.count("unit") == 1
        if not joined or late or first.form == "ordinal":
            raise PhraseError(f'found two numbers in "{text}", expected one', "bind each by itself")
    for token in tokens:
        stray = token.what == "dash" or (token.what == "join" and token.value not in lexicon.fillers)
        if (stray and token not in between) or (token.what == "before" and len(numbers) != 2):  # noqa: PLR2004
            word = text[token.start : token.end]
            raise PhraseError(
                f'found "{word}" in "{text}", expected a quantity and nothing else', "move other words out of the link"
            )


def _units(text: str, tokens: Sequence[Token]) -> tuple[tuple[str, ...], int]:
    """Return the units and the scale. In a range both may stand twice, the same: "$3 billion to $4 billion"."""
    numbers = [token for token in tokens if token.what in NUMBERS]
    joint = next((token.start for token in tokens if numbers and _joins(token, numbers)), len(text))
    # units, and scales as digits, each with whether it stands behind the joint of a range
    parts: list[tuple[str, bool]] = []
    for token in tokens:
        if token.what == "scale":
            parts.append((str(token.value), token.start > joint))
        elif token.what == "unit":
            words = token.value.split()
            parts += [(str(POWERS[word]), token.start > joint) for word in words if word in POWERS]
            parts.append((" ".join(word for word in words if word not in POWERS), token.start > joint))
    scales = [part for part in parts if part[0].isdigit()]
    mains = [part for part in parts if not part[0].isdigit() and not part[0].startswith("per ")]
    pers = [part for part in parts if part[0].startswith("per ")]
    ranged = len(numbers) > 1
    for what, found in (("scales", scales), ("units", mains), ("units", pers)):
        same = ranged and len({name for name, _ in found}) == 1 and len(set(found)) == len(found)
        if len(found) > 1 and not same:
            raise PhraseError(f'found {len(found)} {what} in "{text}", expected one', "bind each number by itself")
    if ranged and scales and not any(behind for _, behind in scales):
        raise PhraseError(f'found a scale by the first number alone in "{text}", expected it after the second')
    units = tuple(dict.fromkeys(name for name, _ in (*mains, *pers)))
    return units, int(scales[0][0]) if scales else 0


def _joins(token: Token, numbers: Sequence[Token]) -> bool:
    """Tell whether a dash or a word stands between the two numbers of a range."""
    return token.what in {"dash", "join"} and numbers[0].end <= token.start < numbers[-1].start


def _number(text: str, token: Token, scale: int, lexicon: Lexicon) -> Number:
    """Return a token's number with its step and place."""
    factor = Fraction(TEN) ** scale
    if token.form != "digits":
        tables: dict[str, Mapping[str, Any]] = {
            "fraction": lexicon.fractions,
            "multiple": lexicon.multiples,
            "ordinal": lexicon.ordinals,
        }
        value = Fraction(tables[token.form][token.value] if token.form in tables else token.value) * factor
        finest = token.unit * factor or value
        return Number(value, min(value * WORD_STEP, finest), min(value * WORD_PLACE, finest), token.start, token.end)
    strict = grammar(lexicon).strict.fullmatch(token.value)
    if not strict:
        example = f"1{lexicon.group}234{lexicon.decimal}5"
        raise PhraseError(f'found "{token.value}" in "{text}", expected digits grouped as in "{example}"')
    decimals = strict[2] or ""
    whole = token.value[: len(token.value) - len(decimals) - bool(decimals)].replace(lexicon.group, "")
    step = factor / Fraction(TEN) ** len(decimals)
    digits = (whole + decimals).lstrip("0")
    kept = digits.rstrip("0")
    place = step * TEN ** (len(digits) - len(kept)) * (FIVE if kept[-1:] == "5" else 1)
    value = Fraction(int(whole + decimals)) * step
    return Number(value, step, place, token.start, token.end, len(decimals), bool(strict[1]))


def _check_again(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """A direction that begins with a filler, "as much again", says nothing without its fraction."""
    if any(token.what == "fraction" for token in tokens):
        return
    for token in tokens:
        if token.what == "direction" and token.phrase.split()[0] in lexicon.fillers:
            words = text[token.start : token.end]
            raise PhraseError(f'found "{words}" in "{text}", expected a fraction before it', 'or write "doubled"')


def _is_level(tokens: Sequence[Token], number: Token, lexicon: Lexicon) -> bool:
    """Tell whether a direction and then a word such as "to" lead to the number; after "flat" any filler does."""
    into: set[str] = set()
    for token in tokens:
        if token.start < number.start and token.phrase in into:
            return True
        if token.what == "direction":
            into = set(lexicon.fillers if token.value == "flat" else lexicon.into)
    return False


def _check(text: str, phrase: Phrase, tokens: Sequence[Token]) -> None:
    """Refuse what readers understand in two ways, and ranges that are none. Raises ``PhraseError``."""
    if phrase.low > phrase.high or (len(phrase.numbers) > 1 and phrase.low == phrase.high):
        raise PhraseError(f'found a range in "{text}" that does not rise, expected the lower number first')
    if len(phrase.numbers) > 1 and phrase.hedge:
        raise PhraseError(f'found a hedge with a range in "{text}", expected one of both')
    if phrase.form == "ordinal" and (phrase.hedge or phrase.direction or phrase.units or phrase.scale):
        raise PhraseError(f'found more than a rank in "{text}", expected a rank such as "second"')
    if phrase.form == "direction" and phrase.hedge and phrase.direction != "flat":
        raise PhraseError(f'found a hedge without a number in "{text}", expected a number with it')
    if phrase.form == "direction" and (phrase.units or phrase.scale):
        raise PhraseError(f'found a unit without a number in "{text}", expected a number with it')
    if phrase.form == "multiple" and phrase.low < 1 and phrase.hedge not in {"", "about"}:
        hint = 'write "about", or a fraction with its direction, such as "fell by nearly half"'
        raise PhraseError(f'found "{text}", which readers understand in two ways', hint)
    if phrase.direction == "flat" and phrase.numbers and not phrase.level:
        raise PhraseError(f'found a number beside "flat" in "{text}", expected either')
    if not phrase.direction or phrase.level:
        return
    after = any(token.what == "direction" and token.start > phrase.token[0] for token in tokens)
    times = "times" in phrase.units or (phrase.form == "multiple" and (after or phrase.direction != "up"))
    much = "percent" in phrase.units and phrase.direction == "up" and phrase.high >= AMBIGUOUS_GROWTH
    if phrase.numbers and (times or much):
        hint = 'say how many times as large it is, such as "2.2 times as large", and link a fact that is a multiple'
        raise PhraseError(f'found "{text}", which readers understand in two ways', hint)
