"""Numbers in running text, in digits and in words, with the signs and units beside
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from fractions import Fraction

from press.reading.lexicon import TIME_UNITS, Lexicon
from press.reading.nearby import NEAR
from press.reading.phrase import Phrase, quantities
from press.reading.tagger import Tag, Tagger
from press.reading.text import Span, blanked

# A word is looked into from its first letter alone: from each of its letters, a long
# one would take half a minute.
DIGIT, DIGITS = (
    re.compile(r"\d"),
    re.compile(r"(?<![^\W\d_])[^\W\d_]*\d[\w.,:]*(?<=\w)"),
)
WORD_BEFORE, WORD_AFTER = re.compile(r"([\w'-]+)\s*$"), re.compile(r"[\s-]*([\w'-]+)")
# Words that stand for a number without being a quantity, and with them all by which a
# number in words is known.
LOOSE = (
    "nth",
    "folds",
    "many",
    "vague",
    "long_scales",
    "numbers",
    "fractions",
    "spans",
)
COUNTING = (*LOOSE, "multiples", "parts_of_hundred")
# of these the first count something beside one of the others alone
STRETCHES, LATE = ("spans",), ("off", "scales")
COUNTING_ALONE = tuple(name for name in COUNTING if name not in STRETCHES)
GLANCED = (*COUNTING, *LATE)
WORDS, HALF = re.compile(r"[\w'-]+"), Fraction(1, 2)
TWELVE, STOP = 12, re.compile(r"[,.;:()|]")


def numbers_in(
    folded: str, words: str, block: Span, lexicon: Lexicon, *, title: bool = False
) -> Iterator[Span]:
    """Yield where numbers stand in a block of folded words, parts of which are blanked;
    in a title every number word.

    Number words up to twelve, "a year" and "twice a year" are none, but with a unit or
    "late" behind; nor are names of units: "sales, billions of dollars a year".
    """
    rest, done = words[: block.end], block.start
    tagger = lexicon.tagger
    if not DIGIT.search(rest) and not any(tagger.left(folded, words, COUNTING, block)):
        return
    for start, end, phrase in quantities(
        " " * block.start + words[slice(*block)], lexicon
    ):
        if start < done or not (
            phrase.form == "digits"
            or _counts(words, Span(start, end), phrase, lexicon, title=title)
        ):
            continue
        before = WORD_BEFORE.search(words[max(block.start, start - NEAR) : start])
        article = (
            phrase.form == "fraction"
            and before is not None
            and before[1] in lexicon.lists["articles"]
        )
        done = end
        place = Span(start - len(before[0]) if article and before else start, end)
        rest = blanked(rest, *place)
        yield place
    for found in DIGITS.finditer(rest, *block):
        yield Span(*found.span())
    done = block.start
    for tag in tagger.left(folded, rest, LOOSE, block):
        if tag.start >= done and (
            end := _end_of_loose(rest, tag, block, lexicon, title=title)
        ):
            done = end
            yield Span(tag.start, end)


def may_count(phrases: AbstractSet[str], tagger: Tagger) -> bool:
    """Tell whether numbers in words may stand in a block without digits, which has some
    phrases of ``GLANCED``.
    """
    alone, stretches, late = (
        phrases & tagger.phrases(*tables)
        for tables in (COUNTING_ALONE, STRETCHES, LATE)
    )
    return bool(alone or (stretches and late))


def _counts(
    words: str, place: Span, phrase: Phrase, lexicon: Lexicon, *, title: bool
) -> bool:
    """Tell whether a number in words is a figure, and no occasion, no time and no
    article before a unit.
    """
    if phrase.form == "fraction":
        return True
    after = WORD_AFTER.match(words, place.end)
    # "twice the", "twice as fast" compare; "twice a year" counts
    if phrase.form == "multiple":
        alone = any(
            other.startswith(f"{words[slice(*place)]} ") for other in lexicon.multiples
        )
        return not alone or (
            after is not None and after[1] in lexicon.lists["compares"]
        )
    first, _, unit = words[slice(*place)].partition(" ")
    of_time = {*phrase.units} & TIME_UNITS and not phrase.scale
    if of_time and _is_off(words, place.end, lexicon):
        return True
    if first in lexicon.lists["articles"]:
        return phrase.scale > 0 or unit in lexicon.tagger.phrases("parts_of_hundred")
    if of_time:
        return phrase.high > TWELVE or title
    return bool(phrase.units or phrase.scale) or title or phrase.high > TWELVE


def _is_off(words: str, end: int, lexicon: Lexicon) -> bool:
    """Tell whether a word such as "late" stands behind a place, after one other word at
    most.
    """
    off = lexicon.tagger.first(words, ("off",), end, end + NEAR)
    return off is not None and len(words[end : off.start].split()) <= 1


def _end_of_loose(
    words: str, tag: Tag, block: Span, lexicon: Lexicon, *, title: bool
) -> int:
    """Return where a rough count ends, "tens of billions", or a scale or number word
    alone; 0 if it counts nothing.
    """
    after = WORDS.findall(words, tag.end, block.end)[:2]
    if tag.phrase in lexicon.lists["vague"]:
        counted = [word for word in after if word not in lexicon.lists["fillers"]][:1]
        scales = {form for scale in lexicon.scales for form in (scale, f"{scale}s")}
        fits = counted and counted[0] in scales | lexicon.tagger.phrases("counted")
        return words.index(counted[0], tag.end) + len(counted[0]) if fits else 0
    if tag.phrase in lexicon.numbers:
        whole = WORDS.match(words, tag.start)
        ranked = whole is not None and whole[0] in lexicon.ordinals  # "thirty-sixth"
        return (
            tag.end
            if lexicon.numbers[tag.phrase] > (0 if title else TWELVE) and not ranked
            else 0
        )
    before = words[block.start : tag.start].split()[-1:]
    if tag.phrase in lexicon.fractions:
        return (
            tag.end
            if lexicon.fractions[tag.phrase] == HALF
            and not {*before} & {*lexicon.ordinals}
            else 0
        )
    if tag.phrase in lexicon.tagger.phrases("spans"):
        return (
            tag.end
            if not {*before} & {*lexicon.lists["before_scale"]}
            and _is_off(words, tag.end, lexicon)
            else 0
        )
    if tag.phrase in lexicon.tagger.phrases("nth", "folds"):
        return tag.end
    return 0 if _is_unit(words, tag, before, block, lexicon) else tag.end


def _is_unit(
    words: str, tag: Tag, before: list[str], block: Span, lexicon: Lexicon
) -> bool:
    """Tell whether a scale only names a unit: "sales, billions of dollars a year", "in
    millions", "$ billion".
    """
    if before and before[0][-1].isalnum():
        return before[0] in {*lexicon.lists["in_unit"], *lexicon.ordinals}
    known = {
        *lexicon.lists["fillers"],
        *lexicon.tagger.phrases("counted", "units", "rates"),
    }
    small = {word for phrase in known for word in WORDS.findall(phrase)}
    return {*WORDS.findall(STOP.split(words[tag.end : block.end])[0])} <= small
