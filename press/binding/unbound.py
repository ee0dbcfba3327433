"""Nothing unbound: figures, words that expire and comparisons that stand in a text
without a link that proves them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from press.binding.legible import legible_problems
from press.ground.errors import Fault, Problem, Problems
from press.reading import (
    GLANCED,
    LINK,
    Date,
    Lexicon,
    NamedPeriod,
    Placed,
    Sentence,
    Span,
    Tag,
    Text,
    alternation,
    dates_in,
    lies_in,
    may_count,
    numbers_in,
    sentences,
    shown,
)

SILENT = re.compile(r"(?<![\w.,])\d+(?:st|nd|rd|th)(?![\w%]|[.,]\d)")  # ordinals
WORDS = re.compile(r"\w+")
# Patterns that begin with what they are about: one that first looks behind would be
# tried at every letter.
NO_LETTER = re.compile(r"[0-9]|[^\0-\x7f]")  # among which is all that is a number
UNWRITTEN = re.compile(r"TODO(?<!\wTODO)(?!\w)")
# what of a block may have its other half in another block
MARKED = re.compile(r"[\[\]<>{}&]")
# in a link that may go on in another block, or have a scheme
ELSEWHERE = re.compile(r"[\n:]")
QUOTING = re.compile(r"[\"„«「'](?<![\w.]')")  # what begins a quotation
TITLES = ("title", "subtitle")
QUESTION = "?"
NAME = "name"  # a string of one word in code, of which no reader is told a number
# Words that expire or compare, each with the longer phrases that hold one and do not.
EXPIRING = ("expiring", "shifts", "names")
COMPARING = ("comparators", "comparisons", "names")
IN_CHANGES = "list it in pages, or in figures: the words of a change are plain"
IN_CODE = "write it into the words of the chart, in content/, and bind it there"


@dataclass(frozen=True, eq=False)
class Scan:
    """Finds what stands unbound in a text that was read in ``sentences``: figures,
    words that expire, comparisons.
    """

    text: Text
    lexicon: Lexicon
    sentences: Sequence[Sentence]

    def unbound(self, excepted: Collection[str] = ()) -> Iterator[Fault]:
        """Yield the figures, expiring words and unseen characters outside bindings, by
        their place.

        A number in words that name a time is none: "first 11 months of 2023". What a
        phrase of ``excepted`` covers is yielded with that phrase as its ``excepted``:
        allowed, and counted.
        """
        words = self.text.unlinked
        allowed = [
            (found, phrase)
            for phrase in excepted
            for found in alternation([phrase]).finditer(words)
        ]
        for fault in sorted([*self._figures(), *self._expiring()]):
            covers = (
                phrase
                for found, phrase in allowed
                if found.start() <= fault.start and fault.end <= found.end()
            )
            yield fault._replace(excepted=next(covers, ""))

    def comparisons(self) -> Iterator[Fault]:
        """Yield the comparison words outside bindings.

        A question asserts nothing; words of a date compare nothing: "first six months".
        """
        words = _without(self.text.unlinked, self._times)
        for sentence in self.sentences:
            if not self._asks(words[sentence.start : sentence.end]):
                for found in self._left(words, *COMPARING, span=sentence.span):
                    written = shown(self.text, found)
                    hint = f"write [{written}](claim:…), or leave the comparison out"
                    message = f'the comparison "{written}" has no link that proves it'
                    yield Fault(found.start, found.end, message, hint)

    @cached_property
    def _times(self) -> set[NamedPeriod]:
        """The times that words name; digits alone may as well be an amount: "they
        bought 2000 cars".
        """
        paragraphs = dict.fromkeys(sentence.paragraph for sentence in self.sentences)
        return {
            item
            for each in paragraphs
            for item in each.times
            if not shown(each.text, item).isdigit()
        }

    @cached_property
    def _dates(self) -> list[Date]:
        return [
            date
            for block in self.text.blocks
            for date in dates_in(self.text, block, self.lexicon)
        ]

    def _figures(self) -> Iterator[Fault]:
        text, words = self.text, self.text.unlinked
        names = self.lexicon.tagger.left(
            text.folded, words, ("names",), (0, len(words))
        )
        silent = (Span(*found.span()) for found in SILENT.finditer(words))
        words = _with_digits(
            text.plain, _without(words, [*self._times, *names, *silent, *self._dates])
        )
        ends = [link.end for link in text.bindings]
        for block in text.blocks:
            title = text.what in TITLES or block in text.headings
            for place in numbers_in(
                text.folded, words, block, self.lexicon, title=title
            ):
                if (
                    text.folded[slice(*place)] in self.lexicon.scales
                    and len(text.value[: place.start].rstrip()) in ends
                ):
                    continue  # of "[$20](…) billion" the number is looked at
                written = shown(text, place)
                hint = (
                    f"write [{written}](fact:…), or list it with a reason in"
                    " exceptions.toml"
                )
                yield Fault(
                    *place,
                    f'the number "{written}" has no link to a fact',
                    hint,
                    number=True,
                )

    def _left(self, words: str, *tables: str, span: tuple[int, int]) -> Iterator[Tag]:
        """Yield the phrases of some tables that are left in words, but for names."""
        free = self.lexicon.tagger.phrases("names")
        found = self.lexicon.tagger.left(self.text.folded, words, tables, span)
        yield from (tag for tag in found if tag.phrase not in free)

    def _expiring(self) -> Iterator[Fault]:
        words = self.text.unlinked
        for found in self._left(words, *EXPIRING, span=(0, len(words))):
            if found.phrase not in self.lexicon.lists["expiring"]:
                continue
            if found.phrase in self.lexicon.comparators and self._names_a_year(
                found.start
            ):
                continue  # "a record" of 2024 stays one of 2024
            message = f'"{shown(self.text, found)}" will not stay true'
            hint = "name the month or the year instead, or say up to when the data go"
            yield Fault(found.start, found.end, message, hint)

    def _names_a_year(self, position: int) -> bool:
        """Tell whether the sentence around a position names a year."""
        around = (
            sentence.span
            for sentence in self.sentences
            if sentence.start <= position < sentence.end
        )
        return any(
            date.year for span in around for date in self._dates if lies_in(date, span)
        )

    def _asks(self, sentence: str) -> bool:
        """Tell whether a sentence is a question: "Sales fell?" is none."""
        first = WORDS.search(sentence)
        return sentence.rstrip().endswith(QUESTION) and bool(
            first and first[0] in self.lexicon.lists["questions"]
        )


def speaking(text: Text, lexicon: Lexicon) -> list[Span]:
    """Return the blocks of a text in which holding them may find something, at a glance
    at all of it.
    """
    marked = LINK.sub(
        lambda found: found[0] if ELSEWHERE.search(found[0]) else " " * len(found[0]),
        text.value,
    )
    if not MARKED.search(marked) and is_silent(text, Span(0, len(text.value)), lexicon):
        return []
    return [
        block
        for block in text.blocks
        if MARKED.search(marked, *block) or not is_silent(text, block, lexicon)
    ]


def is_silent(text: Text, block: Span, lexicon: Lexicon) -> bool:
    """Tell at a glance that holding a block without links of our schemes would find
    nothing, as most blocks of prose.

    It has no character and no phrase with which anything begins that is looked for.
    """
    tagger = lexicon.tagger.of(*GLANCED, EXPIRING[0], *COMPARING[:2])
    phrases = tagger.within(text.folded, *block)
    return not (
        may_count(phrases, tagger)
        or phrases & tagger.phrases(EXPIRING[0], *COMPARING[:2])
        or UNWRITTEN.search(text.value, *block)
        or QUOTING.search(text.folded, *block)
        or any(map(str.isnumeric, NO_LETTER.findall(text.plain, *block)))
    )


def _with_digits(plain: str, words: str) -> str:
    """Return the words with a zero for each character that is a number and no digit: ½,
    Ⅻ, 三.
    """
    numbers = {
        letter for letter in set(plain) if letter.isnumeric() and not letter.isdecimal()
    }
    if not numbers:
        return words
    return "".join(
        "0" if one in numbers and word != " " else word
        for one, word in zip(plain, words, strict=True)
    )


def _without(words: str, places: Iterable[Placed]) -> str:
    """Return words with spaces in some places; each character is looked at once."""
    parts, end = list[str](), 0
    for place in sorted(places, key=lambda item: item.start):
        start = max(place.start, end)
        parts += [words[end:start], " " * (place.end - start)]
        end = max(end, place.end)
    return "".join([*parts, words[end:]])


def check_plain(texts: Iterable[Text], lexicon: Lexicon, problems: Problems) -> None:
    """Note what is wrong in texts in which nothing can be bound: strings in the code of
    charts, words of changes.

    A single word in code may hold a number, and is looked at for its letters alone.
    """
    for text in texts:
        problems += legible_problems(text, lexicon)
        if text.what != NAME:
            problems += _in_plain(text, lexicon)


def _in_plain(text: Text, lexicon: Lexicon) -> tuple[Problem, ...]:
    """Return numbers, words that expire and links; in code comparisons, too."""
    scan, code = (
        Scan(text, lexicon, tuple(sentences(text, lexicon))),
        text.what == "code",
    )
    hint = IN_CODE if code else IN_CHANGES
    found = [
        fault._replace(hint=hint) if fault.number else fault for fault in scan.unbound()
    ]
    found += [fault._replace(hint=hint) for fault in scan.comparisons() if code]
    found += [
        Fault(link.start, link.end, f"found a link to {link.target}", hint)
        for link in text.links
    ]
    places = ((fault, *text.place(fault.start)) for fault in found)
    return tuple(
        Problem(text.path, line, fault.message, fault.hint, column)
        for fault, line, column in places
    )
