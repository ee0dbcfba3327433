"""Amounts: what looks like a number in running text, in digits or in words, with the signs and units beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from press.reading.nearby import NEAR
from press.reading.tagger import TOKEN
from press.reading.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.reading.lexicon import Lexicon
    from press.reading.tagger import Tag

NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,:]\d+)*")
SIGNED = re.compile(r"[+−-]?")
DASH = re.compile(r"\s?[–-]\s?")  # between two numbers of a range
APART = re.compile(r"[\s-]{0,3}")  # between a number and its unit
LETTERS, LETTERS_BEFORE = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+\Z")
PLURAL = 2  # letters that a scale may have more: "billions"
NARROW = 3  # characters of white space in a phrase
DIGIT = re.compile(r"\d")
UNITS = ("units", "short_units")


class Amount(NamedTuple):
    """A number in words, from where to where; its words alone, without the units behind them, end at ``words_end``.

    ``kind``: *many* is a rough count ("hundreds of billions"), *multiple*, *fraction* and *word* are what they say.
    """

    start: int
    end: int
    words_end: int
    kind: Literal["many", "multiple", "fraction", "word"]


def in_digits(words: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Span]:
    """Yield where numbers in digits stand between two places of folded words, with their signs and units."""
    place = start
    while found := DIGIT.search(words, place, end):
        first = _sign_before(words, found.start(), max(place, found.start() - NEAR), lexicon)
        place = _end_of_digits(words, found.start(), end, lexicon)
        yield Span(first, place)


def in_words(words: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Amount]:
    """Yield where numbers in words stand between two places of folded words, with their units."""
    done = start
    for token in TOKEN.finditer(words, start, end):
        if token.start() >= done and (found := _amount(words, token.start(), end, lexicon)):
            done = found.end
            yield found


def _tag(words: str, place: int, end: int, tables: tuple[str, ...], lexicon: Lexicon) -> Tag | None:
    """Return the longest phrase of some tables that begins at a place; a digit may stand before it (200bn)."""
    tags = lexicon.tagger.at(words, place, tables)
    return next((tag for tag in tags if tag.gap <= NARROW and tag.end <= end), None)


def _sign_before(words: str, place: int, low: int, lexicon: Lexicon) -> int:
    """Return where the sign, the currency or the letters begin that belong to digits at a place."""
    first = _symbol_before(words, place, low, lexicon)
    if first > low and words[first - 1] in "+−-" and not re.match(r"\w", words[max(low, first - 2) : first - 1]):
        first = _symbol_before(words, first - 1, low, lexicon)
    letters = LETTERS_BEFORE.search(words, low, place)
    return min(first, letters.start()) if letters else first


def _symbol_before(words: str, place: int, low: int, lexicon: Lexicon) -> int:
    """Return where the sign of a unit begins that ends at a place, a space between them or not; else the place."""
    ends = {place, place - 1} if words[place - 1 : place].isspace() else {place}
    tags = lexicon.tagger.find(words, ("symbols",), low, place)
    return next((tag.start for tag in tags if tag.end in ends), place)


def _end_of_digits(words: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where a number in digits ends, with its units, and the second number of a range."""
    number = NUMBER.match(words, start, end)
    place = number.end() if number else start + 1
    joint = _past_joint(words, _past_units(words, place, end, lexicon), end, lexicon)
    if joint and (second := _second(words, joint, end, lexicon)):
        place = second
    place = _past_units(words, place, end, lexicon)
    while re.match(r"\w", words[place : min(place + 1, end)]):
        place += 1
    return place


def _second(words: str, place: int, end: int, lexicon: Lexicon) -> int:
    """Return where the number in digits ends that begins at a place, with its sign; 0 if there is none."""
    if symbol := _tag(words, place, end, ("symbols",), lexicon):
        place = symbol.end + words[symbol.end : symbol.end + 1].isspace()
    sign = SIGNED.match(words, place, end)
    number = NUMBER.match(words, sign.end() if sign else place, end)
    return number.end() if number else 0


def _past_units(words: str, place: int, end: int, lexicon: Lexicon) -> int:
    """Return the place behind the scale and the units that follow a number."""
    if scale := _next(words, place, end, ("scales",), lexicon):
        place = scale.end
    while unit := _next(words, place, end, UNITS, lexicon):
        place = unit.end
    return place


def _next(words: str, place: int, end: int, tables: tuple[str, ...], lexicon: Lexicon) -> Tag | None:
    """Return the phrase that follows a place, with up to three spaces or hyphens between."""
    apart = APART.match(words, place, end)
    last = apart.end() if apart else place
    tags = (_tag(words, start, end, tables, lexicon) for start in range(last, place - 1, -1))
    return next(filter(None, tags), None)


def _past_joint(words: str, place: int, end: int, lexicon: Lexicon) -> int:
    """Return the place behind what joins two numbers of a range, 0 if nothing does: a dash, "to", "and"."""
    if dash := DASH.match(words, place, end):
        return dash.end()
    tag = _tag(words, place + 1, end, ("range_between",), lexicon) if words[place : place + 1].isspace() else None
    return tag.end + 1 if tag and words[tag.end : tag.end + 1].isspace() and tag.end < end else 0


def _amount(words: str, place: int, end: int, lexicon: Lexicon) -> Amount | None:
    """Return the number in words that begins at a place."""
    if last := _rough(words, place, end, lexicon):
        return Amount(place, last, last, "many")
    if tag := _tag(words, place, end, ("multiples", "folds"), lexicon):
        return Amount(place, tag.end, tag.end, "multiple")
    if tag := _tag(words, place, end, ("fractions",), lexicon):
        return Amount(place, tag.end, tag.end, "fraction")
    tag = _tag(words, place, end, ("numbers",), lexicon)
    if not tag:
        return None
    last = tag.end
    while following := _number_after(words, last, end, lexicon):
        last = following
    return Amount(place, _past_units(words, last, end, lexicon), last, "word")


def _number_after(words: str, place: int, end: int, lexicon: Lexicon) -> int:
    """Return where the number word ends that goes on a number: "twenty-five", "two or three"; 0 if there is none."""
    joint = _past_joint(words, place, end, lexicon)
    near = place + 1 if words[place : place + 1] in {"-", " ", "\n", "\t"} else 0
    tags = (_tag(words, start, end, ("numbers",), lexicon) for start in (joint, near) if start)
    return next((tag.end for tag in tags if tag), 0)


def _rough(words: str, place: int, end: int, lexicon: Lexicon) -> int:
    """Return where a rough count ends: "a billion", "hundreds of billions"; but "a billion-dollar question"."""
    before = _tag(words, place, end, ("articles", "before_scale"), lexicon)
    if before and words[before.end : before.end + 1].isspace():
        scale = _tag(words, before.end + 1, end, ("long_scales",), lexicon)
        if scale and not re.match(r"[-\w]", words[scale.end : scale.end + 1]):
            place = scale.end
            while unit := _after_space(words, place, end, ("counted",), lexicon):
                place = unit.end
            return place
    vague = _tag(words, place, end, ("vague",), lexicon)
    if not vague:
        return 0
    filler = _after_space(words, vague.end, end, ("fillers",), lexicon)
    ends = (_counted(words, tag.end, end, lexicon) for tag in (filler, vague) if tag)
    return next(filter(None, ends), 0)


def _counted(words: str, place: int, end: int, lexicon: Lexicon) -> int:
    """Return where the scale, in the plural or not, or the unit ends that follows a place; 0 if neither does."""
    start = _past_space(words, place)
    letters = LETTERS.match(words, start, end) if start > place else None
    scales = lexicon.tagger.phrases("long_scales")
    if letters and any(letters[0][: len(letters[0]) - more] in scales for more in range(PLURAL + 1)):
        return letters.end()
    unit = _after_space(words, place, end, ("counted",), lexicon)
    return unit.end if unit else 0


def _after_space(words: str, place: int, end: int, tables: tuple[str, ...], lexicon: Lexicon) -> Tag | None:
    start = _past_space(words, place)
    return _tag(words, start, end, tables, lexicon) if start > place else None


def _past_space(words: str, place: int) -> int:
    """Return the place behind one to three characters of white space, else the place."""
    start = place
    while start - place < NARROW and words[start : start + 1].isspace():
        start += 1
    return start
