"""Nothing unbound: figures, words that expire and comparisons that stand in a text without a link that proves them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from press.ground.errors import Fault, Problem, Problems
from press.ground.memo import remembered
from press.reading import (
    YEAR,
    Lexicon,
    NamedPeriod,
    Placed,
    Sentence,
    Span,
    Tag,
    Text,
    alternation,
    dates_in,
    numbers_in,
    sentences,
    shown,
)

YEARS = re.compile(rf"(?<![\w.,]){YEAR}(?![\w]|[.,]\d)")
# Decades, spans of years and ordinals. Other dates are a matter of the language.
SILENT = re.compile(rf"(?<![\w.,])(?:{YEAR}\s?[–/-]\s?(?:{YEAR}|\d\d)|{YEAR}'?s|\d+(?:st|nd|rd|th))(?![\w%]|[.,]\d)")
WORDS = re.compile(r"\w+")
TITLES = ("title", "subtitle")
QUESTION = "?"
# Words that expire or compare, each with the longer phrases that hold one and do not.
EXPIRING = ("expiring", "shifts", "real_names")
COMPARING = ("comparators", "comparisons", "real_names")
IN_CHANGES = "list it in pages, or in figures: the words of a change are plain"
IN_CODE = "write it into the words of the chart, in content/, and bind it there"


class Scanner:
    """Finds what stands unbound in the texts of one language: figures, words that expire, comparisons."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Prepare to look for the phrases of ``lexicon``."""
        self.lexicon = lexicon
        self._free = lexicon.tagger.phrases("real_names")

    def unbound(
        self, text: Text, excepted: Collection[str] = (), sentences: Sequence[Sentence] = ()
    ) -> Iterator[Fault]:
        """Yield the figures, expiring words and unseen characters outside bindings, by their place.

        A number in words that name a time of ``sentences`` is none: "first 11 months of 2023".
        What a phrase of ``excepted`` covers is yielded with that phrase as its ``excepted``: allowed, and counted.
        """
        words = text.unlinked
        allowed = [(found, phrase) for phrase in excepted for found in alternation([phrase]).finditer(words)]
        for fault in sorted([*self._figures(text, words, _times(sentences)), *self._expiring(text, words)]):
            covers = (phrase for found, phrase in allowed if found.start() <= fault.start and fault.end <= found.end())
            yield fault._replace(excepted=next(covers, ""))

    def comparisons(self, text: Text, sentences: Sequence[Sentence]) -> Iterator[Fault]:
        """Yield the comparison words outside bindings in the ``sentences`` of a text.

        A question asserts nothing; words of a date compare nothing: "first six months".
        """
        words = text.unlinked
        words = _without(words, _times(sentences))
        for sentence in sentences:
            if self._asks(words[sentence.start : sentence.end]):
                continue
            for found in self.lexicon.tagger.left(text.folded, words, COMPARING, sentence.span):
                if found.phrase not in self._free:
                    written = shown(text, found)
                    hint = f"write [{written}](claim:…), or leave the comparison out"
                    message = f'the comparison "{written}" has no link that proves it'
                    yield Fault(found.start, found.end, message, hint)

    def _figures(self, text: Text, words: str, times: Iterable[NamedPeriod]) -> Iterator[Fault]:
        dates = chain.from_iterable(dates_in(text, block, self.lexicon) for block in text.blocks)
        silent = (Span(*found.span()) for found in SILENT.finditer(words))
        words = _without(words, [*times, *self._left(text, words, "real_names"), *silent, *dates])
        words = _with_digits(text.plain, words)
        ends = [link.end for link in text.bindings]
        for block in text.blocks:
            title = text.what in TITLES or block in text.headings
            for place in numbers_in(text.folded, words, block, self.lexicon, title=title):
                if (
                    text.folded[slice(*place)] in self.lexicon.scales
                    and len(text.value[: place.start].rstrip()) in ends
                ):
                    continue  # of "[$20](…) billion" the number is looked at
                written = shown(text, place)
                hint = f"write [{written}](fact:…), or list it with a reason in exceptions.toml"
                yield Fault(*place, f'the number "{written}" has no link to a fact', hint, number=True)

    def _left(self, text: Text, words: str, *tables: str) -> Iterator[Tag]:
        return self.lexicon.tagger.left(text.folded, words, tables, (0, len(words)))

    def _expiring(self, text: Text, words: str) -> Iterator[Fault]:
        for found in self._left(text, words, *EXPIRING):
            if found.phrase not in self.lexicon.lists["expiring"] or found.phrase in self._free:
                continue
            if found.phrase in self.lexicon.comparators and _names_a_year(text, found.start):
                continue  # "a record" of 2024 stays one of 2024
            written = shown(text, found)
            hint = "name the month or the year instead, or say up to when the data go"
            yield Fault(found.start, found.end, f'"{written}" will not stay true', hint)

    def _asks(self, sentence: str) -> bool:
        """Tell whether a sentence is a question: "Sales fell?" is none."""
        first = WORDS.search(sentence)
        return sentence.rstrip().endswith(QUESTION) and bool(first and first[0] in self.lexicon.lists["questions"])


def _with_digits(plain: str, words: str) -> str:
    """Return the words with a zero for each character that is a number and no digit: ½, Ⅻ, 三."""
    numbers = {letter for letter in set(plain) if letter.isnumeric() and not letter.isdecimal()}
    if not numbers:
        return words
    return "".join("0" if one in numbers and word != " " else word for one, word in zip(plain, words, strict=True))


def _times(sentences: Iterable[Sentence]) -> set[NamedPeriod]:
    """Return the times that words name; digits alone may as well be an amount: "they bought 2000 cars"."""
    paragraphs = dict.fromkeys(sentence.paragraph for sentence in sentences)
    return {item for each in paragraphs for item in each.times if not shown(each.text, item).isdigit()}


def _without(words: str, places: Iterable[Placed]) -> str:
    """Return words with spaces in some places; each character is looked at once."""
    parts, end = list[str](), 0
    for place in sorted(places, key=lambda item: item.start):
        start = max(place.start, end)
        parts += [words[end:start], " " * (place.end - start)]
        end = max(end, place.end)
    return "".join([*parts, words[end:]])


def _names_a_year(text: Text, position: int) -> bool:
    """Tell whether the sentence around a position names a year."""
    spans = (sentence for block in text.blocks for sentence in text.sentences(block))
    sentence = next((span for span in spans if span.start <= position < span.end), None)
    return bool(sentence and YEARS.search(text.plain, sentence.start, sentence.end))


def check_plain(texts: Iterable[Text], lexicon: Lexicon, problems: Problems) -> None:
    """Note what is wrong in texts in which nothing can be bound: strings in the code of charts, words of changes."""
    for text in texts:
        problems += _in_plain(text, lexicon)


@remembered
def _in_plain(text: Text, lexicon: Lexicon) -> tuple[Problem, ...]:
    """Return numbers, words that expire and links; in code comparisons, too."""
    scan, read, code = lexicon.once(Scanner), tuple(sentences(text, lexicon)), text.what == "code"
    hint = IN_CODE if code else IN_CHANGES
    found = [fault._replace(hint=hint) if fault.number else fault for fault in scan.unbound(text, (), read)]
    found += [fault._replace(hint=hint) for fault in scan.comparisons(text, read) if code]
    found += [Fault(link.start, link.end, f"found a link to {link.target}", hint) for link in text.links]
    places = ((fault, *text.place(fault.start)) for fault in found)
    return tuple(Problem(text.path, line, fault.message, fault.hint, column) for fault, line, column in places)
