"""Nothing unbound: figures, words that expire and comparisons that stand in a text without a link that proves them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain

from press.ground.errors import Fault, Problem, Problems, quoted
from press.ground.memo import remembered
from press.reading import (
    LINK,
    NEAR,
    PIECE,
    SCHEMES,
    SPACE,
    YEAR,
    Amount,
    Lexicon,
    NamedPeriod,
    Placed,
    Sentence,
    Span,
    Tag,
    Text,
    alternation,
    blanked,
    dates_of,
    fold,
    in_digits,
    in_words,
    is_off,
    sentences,
    shown,
)

YEARS = re.compile(rf"(?<![\w.,]){YEAR}(?![\w]|[.,]\d)")
# Decades, spans of years and ordinals. Other dates are a matter of the language.
SILENT = re.compile(rf"(?<![\w.,])(?:{YEAR}\s?[–/-]\s?(?:{YEAR}|\d\d)|{YEAR}'?s|\d+(?:st|nd|rd|th))(?![\w%]|[.,]\d)")
NEXT_WORD = re.compile(r"[\s-]{0,3}([^\W\d][\w'-]*)")
LAST_WORD = re.compile(rf"([\w'-]+){SPACE}$")
RIGHT_BEFORE = re.compile(SPACE)
WORDS = re.compile(r"\w+")
HALF = Fraction(1, 2)
TITLES = ("title", "subtitle")
QUESTION = "?"
HUNDRED = 100
CODED = ("`", "~", "<")  # what may hide a link, or be hidden
LOUD = (*(f"{scheme}:" for scheme in SCHEMES), "TODO", *'"“„«')  # what is quoted may be a statement's
WORD_AFTER = re.compile(rf"{SPACE}([^\W\d_][\w'-]*)")
TWELVE = 12
LONG_WORD = re.compile(r"[ -](\w{3,})")
MEASURES = ("units", "short_units", "scales")
# Words that expire or compare, each with the longer phrases that hold one and do not.
EXPIRING = ("expiring", "shifts", "real_names")
COMPARING = ("comparators", "comparisons", "real_names")
# The tables of which a phrase alone is found, or begins what is found.
TELLING = (
    "comparators", "comparisons", "expiring", "vague", "many", "nth", "off", "parts_of_hundred", "multiples", "folds",
    "fractions", "numbers", "long_scales",
)  # fmt: skip
IN_FIGURES = "list it in figures, with what stood before and what stands now"
IN_PAGES = "list it in pages, or in figures: the words of a change are plain"
IN_CODE = "write it into the words of the chart, in content/, and bind it there"


class Scanner:
    """Finds what stands unbound in the texts of one language: figures, words that expire, comparisons."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Work out which of the words of ``lexicon`` tell a share from a rank, and a count from an occasion."""
        self.lexicon, self._dates = lexicon, dates_of(lexicon)
        # Multiples that begin a longer one ("twice as large"): alone they may count occasions.
        self._occasions = {
            word for word in lexicon.multiples if any(other.startswith(f"{word} ") for other in lexicon.multiples)
        }
        # Words after "a third" that leave it a share: "a third of", "a third more", "a third as".
        directions = lexicon.directions.keys() - {*lexicon.timely}  # "a quarter earlier" is a time
        self._after_share = {"", *lexicon.fillers, *directions, *lexicon.range_between, *lexicon.share}
        self._of_time = lexicon.tagger.phrases("time_units")
        self._free = lexicon.tagger.phrases("real_names")
        self._telling = defaultdict[str, list[frozenset[str]]](list)  # the words of each phrase, by its first
        for phrase in lexicon.tagger.phrases(*TELLING):
            words = [piece for piece in PIECE.findall(phrase) if piece.isalpha()] or [""]
            self._telling[words[0]].append(frozenset(words))

    def is_silent(self, value: str) -> bool:
        """Tell at a glance that nothing can be found in words as written: most plain prose is done with that.

        They have no link that binds, no digit or character like one, no month, and not all the words of any phrase that
        is looked for. Markup is looked at, too: so they may be silent and not pass for it, but never the other way
        round.
        """
        if any(word in value for word in LOUD):
            return False
        if not any(mark in value for mark in CODED):
            value = LINK.sub(_without_target, value)
        if any(map(str.isnumeric, set(value))):
            return False
        written = set(PIECE.findall(value))
        pieces = {"", *map(str.lower, written)} if value.isascii() else {"", *PIECE.findall(fold(value))}
        phrases = chain.from_iterable(self._telling[piece] for piece in pieces & self._telling.keys())
        return written.isdisjoint(self._dates.months) and not any(words <= pieces for words in phrases)

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
            for found in self.lexicon.tagger.find(words, COMPARING, sentence.start, sentence.end):
                if found.phrase not in self._free:
                    written = shown(text, found)
                    hint = f"write [{written}](claim:…), or leave the comparison out"
                    message = f'the comparison "{written}" has no link that proves it'
                    yield Fault(found.start, found.end, message, hint)

    def _figures(self, text: Text, words: str, times: Iterable[NamedPeriod]) -> Iterator[Fault]:
        words = _without(words, times)
        for name in self.lexicon.tagger.find(words, ("real_names",)):
            if not self._is_counted(words, name):  # "article 5 percent"
                words = blanked(words, name.start, name.end)
        amounts: list[Span] = []
        for found in [*SILENT.finditer(words), *self._dates.finditer(text.plain)]:
            place = Span(*found.span())
            if self._is_amount(words, place):
                amounts.append(place)
            elif not any(amount.start <= place.start < amount.end for amount in amounts):
                words = blanked(words, *place)
        words = _with_digits(text.plain, words)
        for block in text.blocks:
            title = text.what in TITLES or block in text.headings
            digits = list(in_digits(words, *block, self.lexicon))
            left = _without(words, digits)
            for place in (*digits, *self._in_words(left, block, title=title)):
                if self._goes_on(text, place, digits):
                    continue
                written = shown(text, place)
                hint = f"write [{written}](fact:…), or list it with a reason in exceptions.toml"
                yield Fault(*place, f'the number "{written}" has no link to a fact', hint, number=True)

    def _is_counted(self, words: str, name: Span | Tag) -> bool:
        """Tell whether a scale or unit follows a name that ends in digits, which are an amount then."""
        after = LONG_WORD.match(words, name.end) if words[name.end - 1].isdigit() else None
        return any(self.lexicon.tagger.at(words, after.start(1), MEASURES)) if after else False

    def _goes_on(self, text: Text, place: Span, digits: Sequence[Span]) -> bool:
        """Tell whether a scale alone belongs to the link or number right before it, with which it is looked at."""
        if text.folded[place.start : place.end] not in self.lexicon.scales:
            return False
        ends = [*(link.end for link in text.bindings), *(number.end for number in digits)]
        return any(text.value[end : place.start].isspace() for end in ends if end < place.start)

    def _is_amount(self, words: str, place: Span) -> bool:
        """Tell whether what looks like a date or an ordinal counts: "the 200th billion", "more than 2000 cars"."""
        written, lexicon = words[place.start : place.end], self.lexicon
        before, after = words[max(0, place.start - NEAR) : place.start], WORD_AFTER.match(words, place.end)
        if not after:
            return False
        if written[-1:].isalpha():
            return after[1] in lexicon.scales
        led = before.rstrip(" ").split(" ")[-1]
        if not written.isdigit():  # "1900–2100 dollars"
            return led not in lexicon.before_year and after[1] in lexicon.units and not any(map(str.isalpha, written))
        if int(written) % HUNDRED:  # "around 2015 sales grew", "constant 2015 dollars"
            return False
        hedge = lexicon.tagger.leading(words, place.start, ("hedges",), RIGHT_BEFORE, place.start - len(before))
        return bool(hedge) or (led[-1:].isalpha() and led not in lexicon.before_year)  # "he bought 2000 cars"

    def _in_words(self, words: str, block: Span, *, title: bool) -> Iterator[Span]:
        """Yield where numbers in words stand; words that only look like one are left out."""
        for found in in_words(words, *block, self.lexicon):
            before, after = _neighbours(found, words)
            phrase = " ".join(words[found.start : found.end].split())
            match found.kind:
                case "many":
                    fires = True
                case "scale":
                    fires = not self._is_label(found, words, block)
                case "multiple":  # "twice the", "twice as fast" compare; "twice a year", "twice." count
                    fires = phrase not in self._occasions or after in self.lexicon.compares
                case "fraction":
                    fires = self._is_share(phrase, before, after)
                case _:
                    fires = self._counts(found, words, block, title=title)
            if fires:
                article = len(before) + 1 if found.kind == "fraction" and before in self.lexicon.articles else 0
                yield Span(found.start - article, found.end)

    def _is_share(self, phrase: str, before: str, after: str) -> bool:
        """Tell whether a fraction is a share; "the third", "a third country" and "the second half" are none."""
        lexicon = self.lexicon
        if " " in phrase or "-" in phrase:
            return True
        if lexicon.fractions[phrase] == HALF:
            return before not in lexicon.ordinals
        if after in lexicon.scales:  # "its third billion"
            return True
        # "a third of" is a share, "the third of" a rank, "a third country" one more
        return before in lexicon.articles and after in self._after_share

    def _is_label(self, found: Amount, words: str, block: Span) -> bool:
        """Tell whether a scale only names a unit: "sales, billions of dollars a year", "in millions".

        "A slip of thousands" and "it ran into trillions" are numbers.
        """
        before, after = words[block.start : found.start].rstrip(), words[found.end : block.end].lstrip()
        if before[-1:].isalnum():
            return before.split()[-1] in {*self.lexicon.in_unit, *self.lexicon.ordinals}
        return not after[:1].isalpha()

    def _counts(self, found: Amount, words: str, block: Span, *, title: bool) -> bool:
        """Tell whether number words are a figure: with a unit, above twelve, in a title, or so many years early."""
        numbers = self.lexicon.numbers
        values = [numbers[word] for word in WORDS.findall(words, found.start, found.words_end) if word in numbers]
        if not any(values):
            return False
        if title or max(values) > TWELVE:
            return True
        unit = words[found.words_end : found.end].strip(" -\n")
        if unit in self._of_time:
            return is_off(words, found.end, block.end, self.lexicon)
        return bool(unit)

    def _expiring(self, text: Text, words: str) -> Iterator[Fault]:
        for found in self.lexicon.tagger.find(words, EXPIRING):
            if found.phrase not in self.lexicon.expiring or found.phrase in self._free:
                continue
            if found.phrase in self.lexicon.comparators and _names_a_year(text, found.start):
                continue  # "a record" of 2024 stays one of 2024
            written = shown(text, found)
            hint = "name the month or the year instead, or say up to when the data go"
            yield Fault(found.start, found.end, f'"{written}" will not stay true', hint)

    def _asks(self, sentence: str) -> bool:
        """Tell whether a sentence is a question: "Sales fell?" is none, if the language names its question words."""
        first, known = WORDS.search(sentence), self.lexicon.questions
        return sentence.rstrip().endswith(QUESTION) and (not known or bool(first and first[0] in known))


def _without_target(link: re.Match[str]) -> str:
    """Return a link without its target, which no reader sees; one with a title as it is."""
    return f"[{link[1]}]" if link.end(2) + 1 == link.end() else link[0]


def _with_digits(plain: str, words: str) -> str:
    """Return the words with a zero for each character that is a number and no digit: ½, Ⅻ, 三."""
    numbers = {letter for letter in set(plain) if letter.isnumeric() and not letter.isdecimal()}
    if not numbers:
        return words
    return "".join("0" if one in numbers and word != " " else word for one, word in zip(plain, words, strict=True))


def _times(sentences: Iterable[Sentence]) -> set[NamedPeriod]:
    """Return the times that words name; digits alone may as well be an amount: "they bought 2000 cars"."""
    return {item for sentence in sentences for item in sentence.paragraph_times if not sentence.shown(item).isdigit()}


def _without(words: str, places: Iterable[Placed]) -> str:
    """Return words with spaces in some places; each character is looked at once."""
    parts, end = list[str](), 0
    for place in sorted(places, key=lambda item: item.start):
        start = max(place.start, end)
        parts += [words[end:start], " " * (place.end - start)]
        end = max(end, place.end)
    return "".join([*parts, words[end:]])


def _neighbours(found: Amount, words: str) -> tuple[str, str]:
    """Return the words before and after, empty where punctuation or nothing stands there."""
    before = LAST_WORD.search(words[max(0, found.start - NEAR) : found.start])
    after = NEXT_WORD.match(words, found.end)
    return before[1] if before else "", after[1] if after else ""


def _names_a_year(text: Text, position: int) -> bool:
    """Tell whether the sentence around a position names a year."""
    spans = (sentence for block in text.blocks for sentence in text.sentences(block))
    sentence = next((span for span in spans if span.start <= position < span.end), None)
    return bool(sentence and YEARS.search(text.plain, sentence.start, sentence.end))


def check_code(texts: Iterable[Text], lexicon: Lexicon, problems: Problems) -> None:
    """Note every number and comparison in strings of the code of charts: there nothing can be bound."""
    for text in texts:
        problems += _in_code(text, lexicon)


def check_told(texts: Iterable[Text], lexicon: Lexicon, problems: Problems) -> None:
    """Note every number and link in the words of changes: what was told stays, whatever the tables say tomorrow."""
    for text in texts:
        problems += _in_told(text, lexicon)


@remembered
def _in_told(text: Text, lexicon: Lexicon) -> tuple[Problem, ...]:
    bare = lexicon.once(Scanner).unbound(text, (), tuple(sentences(text, lexicon)))
    found = [_untold(fault, text.value[fault.start : fault.end]) if fault.number else fault for fault in bare]
    found += [Fault(link.start, link.end, f"found a link to {link.target}", IN_PAGES) for link in text.links]
    places = ((fault, *text.place(fault.start)) for fault in found)
    return tuple(Problem(text.path, line, fault.message, fault.hint, column) for fault, line, column in places)


def _untold(fault: Fault, words: str) -> Fault:
    message = f"found {quoted(words)} in the words of a change, expected no number"
    return fault._replace(message=message, hint=IN_FIGURES)


@remembered
def _in_code(text: Text, lexicon: Lexicon) -> tuple[Problem, ...]:
    scan = lexicon.once(Scanner)
    read = tuple(sentences(text, lexicon))
    numbers = scan.unbound(text, (), read)
    found = [("number", text.value[fault.start : fault.end]) for fault in numbers]
    found += (("comparison", text.value[fault.start : fault.end]) for fault in scan.comparisons(text, read))
    return tuple(
        Problem(text.path, text.line, f"found {words!r} in the code of a chart, expected no {what}", IN_CODE)
        for what, words in found
    )
