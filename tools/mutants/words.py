"""Other words of a link, and of a paragraph around its links: digits, marks, units,
scales, hedges, directions, comparisons.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any

from press.reading import (
    Dimension,
    Lexicon,
    PhraseTag,
    Text,
    build_whole_phrase_pattern,
    fold_text,
)
from tools.mutants.changes import Change, Mutant, list_neighbours

# Tables of the lexicon whose phrases are changed, and how that is called.
NUMBERS = {
    "numbers": "number word",
    "fractions": "fraction",
    "multiples": "multiple",
    "ordinals": "rank",
}
MEASURES = {
    "hedges": "hedge",
    "units": "unit",
    "short_units": "unit",
    "scales": "scale",
    "months": "month",
}
OF_FACTS = {**NUMBERS, **MEASURES, "directions": "direction"}
OF_CLAIMS = {**NUMBERS, **MEASURES, "comparators": "comparison"}
OUTSIDE = {
    "figure_subjects": "subject",
    "directions": "direction",
    "comparators": "comparison",
    "months": "month",
    **NUMBERS,
}
# of these a phrase becomes the next smaller and the next larger, of others any other
ORDERED = {*NUMBERS, "months"}
# in digits, with its marks
NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
# the first number in digits: its sign, its currency
SIGNED = re.compile(r"([+−-]?)([^\w\s,.–+−-]?\d)")
YEAR = re.compile(r"(?<![\w.,$€£¥])(?:19|20)\d\d(?!\w|[.,]\d)")
QUOTED = re.compile(r"(?<=[\"“])[^\"”]+(?=[\"”])")
WORD = re.compile(r"\w+")
ENDING = 4  # characters: words that end alike take one another's place


# --- The words of a link
# --------------------------------------------------------------------------------------


def mutate_link_words(words: str, scheme: str, lexicon: Lexicon) -> Iterator[Change]:
    """Yield every change to the words of a link of a scheme."""
    yield from _change_numbers(words)
    yield from _replace_and_drop_phrases(words, scheme, lexicon)
    yield from _change_or_drop_sign(words)
    yield from _add_hedges(words, scheme, lexicon)
    yield from _change_quoted_words(words)


def _change_numbers(words: str) -> Iterator[Change]:
    for found in NUMBER.finditer(words):
        for change in list_number_mutants_with_repeats(found[0]):
            yield Change(change.kind, _replace_stretch(words, found.span(), change.new))


def _replace_and_drop_phrases(
    words: str, scheme: str, lexicon: Lexicon
) -> Iterator[Change]:
    """Yield words with a phrase of the lexicon replaced by others, then left out."""
    kind_by_table = OF_CLAIMS if scheme == "claim" else OF_FACTS
    for tag, table in find_longest_phrases(words, kind_by_table, lexicon):
        kind = kind_by_table[table]
        for new in find_phrases_of_other_meaning(tag, table, words, lexicon):
            yield Change(f"{kind} changed", _replace_phrase(words, tag, new))
        yield Change(f"{kind} dropped", _drop_phrase(words, tag))


def _change_or_drop_sign(words: str) -> Iterator[Change]:
    """Yield words with another sign before their first number, and with none."""
    number = SIGNED.search(words)
    if number:
        other = "+" if number[1] == "−" else "−"
        for sign in (other, ""):
            yield Change("sign", _replace_stretch(words, number.span(1), sign))


def _add_hedges(words: str, scheme: str, lexicon: Lexicon) -> Iterator[Change]:
    """Yield words with each kind of hedge before their number, where there is none."""
    if any(find_longest_phrases(words, ("hedges",), lexicon)):
        return
    number = SIGNED.search(words)
    counts = find_longest_phrases(words, ("articles", *NUMBERS), lexicon)
    starts = [number.start()] if number else [tag.start for tag, _ in counts]
    if scheme == "said" and not starts:
        return
    start = min(starts, default=0)
    for name in dict.fromkeys(lexicon.hedges.values()):
        hedge = _list_phrases_meaning(name, lexicon.hedges)[0]
        yield Change("hedge added", f"{words[:start]}{hedge} {words[start:]}")


def _change_quoted_words(words: str) -> Iterator[Change]:
    for quoted in QUOTED.finditer(words):
        for found in WORD.finditer(words, *quoted.span()):
            new = _replace_stretch(words, found.span(), "otherwise")
            yield Change("quoted word", new)


# --- A number in digits
# --------------------------------------------------------------------------------------


def list_number_mutants_with_repeats(number: str) -> Iterator[Change]:
    """Yield other numbers in digits: digits changed and swapped, decimals and marks
    moved.
    """
    yield from _change_digits(number)
    yield from _swap_digits(number)
    whole, mark, decimals = number.partition(".")
    plain = whole.replace(",", "")
    digits = plain + decimals
    yield Change("decimal dropped", whole)
    yield Change("decimal dropped", f"{whole}{mark}{decimals[:-1]}".rstrip("."))
    yield Change("decimal added", f"{whole}.{decimals}0")
    for place in (len(plain) - 1, len(plain) + 1):
        moved = f"{digits[:place]}.{digits[place:]}".strip(".")
        yield Change("decimal mark moved", moved)
    yield Change("decimal mark moved", number.replace(".", ","))
    yield Change("grouping removed", number.replace(",", ""))


def _change_digits(number: str) -> Iterator[Change]:
    for place in _list_places_of_digits(number):
        digit = int(number[place])
        others = {digit - 1, digit + 1, 0, 9} - {-1, 10}
        for other in sorted(others):
            new = _replace_stretch(number, (place, place + 1), str(other))
            yield Change("digit", new)


def _swap_digits(number: str) -> Iterator[Change]:
    """Yield a number with each two digits that follow one another swapped."""
    for one, other in pairwise(_list_places_of_digits(number)):
        between = number[one + 1 : other]
        swapped = number[other] + between + number[one]
        yield Change(
            "digits swapped", _replace_stretch(number, (one, other + 1), swapped)
        )


def _list_places_of_digits(number: str) -> list[int]:
    return [place for place, character in enumerate(number) if character.isdecimal()]


# --- Phrases of the lexicon
# --------------------------------------------------------------------------------------


def find_longest_phrases(
    words: str, tables: Collection[str], lexicon: Lexicon
) -> Iterator[tuple[PhraseTag, str]]:
    """Yield the longest phrase at each place of some words, with each of the tables
    that has it.
    """
    end = 0
    wanted = lexicon.matcher.phrases_of(*tables)
    for place, tags in lexicon.matcher.tags_by_start(fold_text(words)).items():
        tag = next((tag for tag in tags if tag.phrase in wanted), None)
        if tag is None or place < end:
            continue
        end = tag.end
        for table in tables:
            if tag.phrase in lexicon.get_phrase_list_or_table(table):
                yield tag, table


def find_phrases_of_other_meaning(
    tag: PhraseTag, table: str, words: str, lexicon: Lexicon
) -> Iterator[str]:
    """Yield phrases that say something else than a phrase of a table, one for each
    other meaning.
    """
    meanings: Mapping[str, Any] = getattr(lexicon, table)
    own = meanings[tag.phrase]
    if table == "short_units":  # one becomes any unit
        meanings = lexicon.units
    others = list(dict.fromkeys(meanings.values()))
    if table in ORDERED:
        others = list_neighbours(own, sorted(others))
    for other in others:
        if other != own and _is_of_something(other) == _is_of_something(own):
            yield _choose_form(_list_phrases_meaning(other, meanings), tag, words)


def _is_of_something(meaning: object) -> bool:
    """Tell whether a unit is one of a price, such as "per tonne"."""
    return str(meaning).startswith("per ")


def _list_phrases_meaning(meaning: object, meanings: Mapping[str, Any]) -> list[str]:
    return [phrase for phrase, meant in meanings.items() if meant == meaning]


def _choose_form(forms: Sequence[str], tag: PhraseTag, words: str) -> str:
    """Return the form that takes a phrase's place best: a sign before a digit, else a
    word that ends alike.
    """
    if words[tag.end :][:1].isdecimal():
        signs = (form for form in forms if len(form) == 1 and not form.isalnum())
        return next((sign for sign in signs if sign != "%"), tag.phrase)
    written = [form for form in forms if form[0].isalnum()] or forms
    ending = tag.phrase[-ENDING:]
    alike = (form for form in written if form[-ENDING:] == ending)
    new = next(alike, written[0])
    return f" {new}" if words[: tag.start][-1:].isdecimal() else new


def _replace_phrase(words: str, tag: PhraseTag, new: str) -> str:
    """Return words with a phrase replaced; what begins with a capital still does."""
    if words[tag.start].isupper():
        new = new[0].upper() + new[1:]
    return _replace_stretch(words, (tag.start, tag.end), new)


def _drop_phrase(words: str, tag: PhraseTag) -> str:
    """Return words without a phrase, and no space left over where it was."""
    without = _replace_stretch(words, (tag.start, tag.end), " ")
    return " ".join(without.split())


def _replace_stretch(words: str, span: tuple[int, int], new: str) -> str:
    start, end = span
    return words[:start] + new + words[end:]


# --- The words around links
# --------------------------------------------------------------------------------------


def mutate_around_links(text: Text, lexicon: Lexicon) -> Iterator[Mutant]:
    """Yield changes to a paragraph outside its links: when, whose, of what, which way;
    and what denies its figures.
    """
    words = text.folded_outside_checked_links
    for found in YEAR.finditer(words):
        for step in (-1, 1):
            yield Mutant("year", *found.span(), str(int(found[0]) + step))
    for tag, table in find_longest_phrases(words, OUTSIDE, lexicon):
        others = find_phrases_of_other_meaning(tag, table, words, lexicon)
        for new in islice(others, 1):
            yield Mutant(OUTSIDE[table], tag.start, tag.end, new)
    for dimension in lexicon.dimensions:
        yield from _change_dimension(dimension, words)
    for link in text.bindings:
        if link.scheme in {"fact", "claim"}:
            yield Mutant("never", link.start, link.start, "never ")


def _change_dimension(dimension: Dimension, words: str) -> Iterator[Mutant]:
    """Yield words of a dimension, such as of goods, changed to those of another."""
    for found in build_whole_phrase_pattern(dimension.phrases).finditer(words):
        own = dimension.phrases[" ".join(found[0].split())]
        others = (
            label for named, label in dimension.labels.items() if named not in own
        )
        for other in islice(others, 1):
            yield Mutant(dimension.name, *found.span(), other)
