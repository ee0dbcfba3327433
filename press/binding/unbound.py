"""Nothing unbound: figures, words that expire and comparisons that stand in a text without a link that proves them."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from press.reading import (
    NEAR,
    SPACE,
    YEAR,
    Fault,
    Finder,
    Span,
    alternation,
    dates_of,
    named_periods,
    once,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from press.errors import Problems
    from press.reading import Lexicon, Text

# Bindings whose words are proved, or another's; those of a source or a term are scanned like any words.
PROVED = frozenset({"fact", "claim", "said"})
DIGITS = r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,:]\d+)*)"
YEARS = re.compile(rf"(?<![\w.,]){YEAR}(?![\w]|[.,]\d)")
# Decades, spans of years and ordinals. Other dates are a matter of the language.
SILENT = re.compile(rf"(?<![\w.,])(?:{YEAR}\s?[–/-]\s?(?:{YEAR}|\d\d)|{YEAR}'?s|\d+(?:st|nd|rd|th))(?![\w%]|[.,]\d)")
NEXT_WORD = re.compile(r"[\s-]{0,3}([^\W\d][\w'-]*)")
LAST_WORD = re.compile(rf"([\w'-]+){SPACE}$")
DIGIT = re.compile(r"\d")
WORDS = re.compile(r"\w+")
HALF = Fraction(1, 2)
TITLES = ("title", "subtitle")
QUESTION = "?"
HUNDRED = 100
SHORT = 2  # as many letters has an abbreviation
# Characters that nobody sees: inside a word they hide it from the checker. Joiners are letters' own in some scripts.
UNSEEN = re.compile(
    "[\u00ad\u200b\u202a-\u202e\u2060-\u2064\ufeff]|(?<=[0-9A-Za-z])[\u200c-\u200f]|[\u200c-\u200f](?=[0-9A-Za-z])"
)
WORD_AFTER = re.compile(rf"{SPACE}([^\W\d_][\w'-]*)")
TWELVE = 12
# Words that expire or compare, each with the longer phrases that hold one and do not.
EXPIRING = ("expiring", "shifts", "real_names")
COMPARING = ("comparators", "comparisons", "real_names")
IN_CODE = "write it into the words of the chart, in content/, and bind it there"


class _Patterns:
    """The patterns of a language, made once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.dates = dates_of(lexicon)
        multiples, around = lexicon.multiples, lexicon.around
        self.questions = around.get("questions", ())
        # Multiples that begin a longer one ("twice as large"): alone they may count occasions.
        self.occasions = {word for word in multiples if any(other.startswith(f"{word} ") for other in multiples)}
        # Words after "a third" that leave it a share: "a third of", "a third more", "a third as".
        directions = lexicon.directions.keys() - {*around.get("timely", ())}  # "a quarter earlier" is a time
        self.after_share = {*lexicon.fillers, *directions, *lexicon.range_between, *around.get("share", ())}
        self.of_time = {unit for unit, name in lexicon.units.items() if name in {"years", "months"}}

    @cached_property
    def multiples(self) -> set[str]:
        """Multiples, and number words with the ending of one: "twelvefold"."""
        endings = [unit[1:] for unit, name in self.lexicon.units.items() if name == "times" and unit[0] == "-"]
        return {*self.lexicon.multiples, *(word + ending for word in self.lexicon.numbers for ending in endings)}

    @cached_property
    def _before_scale(self) -> set[str]:
        return {*self.lexicon.articles, *self.lexicon.around.get("before_scale", ())}

    @cached_property
    def many(self) -> str:
        """A pattern of what counts roughly: "a billion", "hundreds of billions"; but "a billion-dollar question"."""
        lexicon = self.lexicon
        scales = [scale for scale in lexicon.scales if len(scale) > SHORT]  # "the m", "dozens of men" count nothing
        counted = {unit for unit, name in lexicon.units.items() if name not in {"years", "months", "times"}}
        units, vague = _one_of({*counted, *lexicon.short_units}), _one_of(lexicon.around.get("vague", ()))
        forms = rf"(?<!\w)(?:{'|'.join(map(re.escape, scales)) or '(?!)'})[^\W\d_]{{0,2}}(?!\w)"  # "billions"
        return (
            rf"{_one_of(self._before_scale)}\s{_one_of(scales)}(?![-\w])(?:{SPACE}{units})*"
            rf"|{vague}(?:{SPACE}{_one_of(lexicon.fillers)})?{SPACE}(?:{forms}|{units})"
        )

    @cached_property
    def units(self) -> str:
        """A pattern of what may follow a number: " billion dollars", "%"."""
        units = _one_of({*self.lexicon.units, *self.lexicon.short_units})
        return rf"(?:[\s-]{{0,3}}{_one_of(self.lexicon.scales)})?(?:[\s-]{{0,3}}{units})*"

    @cached_property
    def joint(self) -> str:
        """A pattern of what stands between two numbers of a range."""
        return rf"(?:\s?[–-]\s?|\s{_one_of(self.lexicon.range_between)}\s)"

    @cached_property
    def hedged(self) -> re.Pattern[str]:
        """A pattern of a hedge right before a number."""
        return re.compile(rf"{_one_of(self.lexicon.hedges)}{SPACE}$")

    @cached_property
    def signs(self) -> str:
        return _one_of(unit for unit in self.lexicon.units if not unit[-1].isalnum())

    @cached_property
    def digits(self) -> re.Pattern[str]:
        """A number in digits, its unit and the second number of a range."""
        digits = rf"(?:{self.signs}\s?)?[+−-]?{DIGITS}"
        return re.compile(rf"{DIGITS}(?:{self.units}{self.joint}{digits})?{self.units}\w*")

    @cached_property
    def before_digits(self) -> re.Pattern[str]:
        """What stands before digits and belongs to them: "$", "−", the letters of "A380"."""
        return re.compile(rf"(?:{self.signs}\s?)?(?:(?<!\w)[+−-])?(?:{self.signs}\s?)?$|[^\W\d_]+$")

    @cached_property
    def number_words(self) -> Finder:
        """Multiples, fractions and number words with their units."""
        lexicon = self.lexicon
        word = _one_of(lexicon.numbers)
        return Finder(
            rf"(?P<many>{self.many})|(?P<multiple>{_one_of(self.multiples)})|(?P<fraction>{_one_of(lexicon.fractions)})"
            rf"|(?P<word>{word}(?:(?:{self.joint}|[\s-]){word})*)(?P<unit>{self.units})",
            {
                *self.multiples,
                *lexicon.fractions,
                *lexicon.numbers,
                *self._before_scale,
                *lexicon.around.get("vague", ()),
            },
        )


_patterns = once(_Patterns)


def _one_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the folded phrases as whole words; one may touch a digit before it (200bn)."""
    found = []
    for phrase in sorted(phrases, key=lambda item: (-len(item), item)):
        start = r"(?<![^\W\d])" if phrase[0].isalnum() else ""
        end = r"(?!\w)" if phrase[-1].isalnum() else ""
        found.append(start + r"\s{1,3}".join(map(re.escape, phrase.split())) + end)
    return f"(?:{'|'.join(found) or '(?!)'})"


def unbound(text: Text, lexicon: Lexicon, excepted: Collection[str] = ()) -> Iterator[Fault]:
    """Yield the figures and expiring words outside bindings.

    What a phrase of ``excepted`` covers is yielded with that phrase as its ``excepted``: allowed, and counted.
    """
    patterns = _patterns(lexicon)
    words = _outside_bindings(text)
    allowed = [(found, phrase) for phrase in excepted for found in alternation([phrase]).finditer(words)]
    for fault in sorted([*_figures(text, words, patterns), *_expiring(text, words, patterns), *_unseen(text)]):
        covers = (phrase for found, phrase in allowed if found.start() <= fault.start and fault.end <= found.end())
        yield fault._replace(excepted=next(covers, ""))


def _outside_bindings(text: Text) -> str:
    """Return the folded words of a text, those of proved bindings blanked."""
    words = text.folded
    for link in text.bindings:
        if link.scheme in PROVED:
            words = _without(words, link.words_start, link.words_end)
    return words


def _without(words: str, start: int, end: int) -> str:
    return f"{words[:start]}{' ' * (end - start)}{words[end:]}"


def _figures(text: Text, words: str, patterns: _Patterns) -> Iterator[Fault]:
    for name in patterns.lexicon.tagger.find(words, ("real_names",)):
        words = _without(words, name.start, name.end)
    amounts: list[Span] = []
    for found in [*SILENT.finditer(words), *patterns.dates.finditer(text.plain)]:
        place = Span(*found.span())
        if _is_amount(words, place, patterns):
            amounts.append(place)
        elif not any(amount.start <= place.start < amount.end for amount in amounts):
            words = _without(words, *place)
    words = _with_digits(text.plain, words)
    for block in text.blocks:
        title = text.what in TITLES or block in text.headings
        for place in (*_in_digits(words, block, patterns), *_in_words(words, block, patterns, title=title)):
            yield _figure(text, place)


def _is_amount(words: str, place: Span, patterns: _Patterns) -> bool:
    """Tell whether what looks like a date or an ordinal counts: "the 200th billion", "more than 2000 cars"."""
    written, lexicon = words[place.start : place.end], patterns.lexicon
    before, after = words[max(0, place.start - NEAR) : place.start], WORD_AFTER.match(words, place.end)
    if not after:
        return False
    if written[-1:].isalpha():
        return after[1] in lexicon.scales
    if before.split()[-1:] and before.split()[-1] in lexicon.around.get("before_year", ()):
        return False
    if not written.isdigit():  # "1900–2100 dollars"
        return after[1] in lexicon.units and not any(map(str.isalpha, written))
    if int(written) % HUNDRED:  # "around 2015 trade grew", "constant 2015 dollars"
        return False
    return after[1] in lexicon.units or bool(patterns.hedged.search(before))


def _with_digits(plain: str, words: str) -> str:
    """Return the words with a zero for each character that is a number and no digit: ½, Ⅻ, 三."""
    numbers = {letter for letter in set(plain) if letter.isnumeric() and not letter.isdecimal()}
    if not numbers:
        return words
    return "".join("0" if one in numbers and word != " " else word for one, word in zip(plain, words, strict=True))


def _in_digits(words: str, block: Span, patterns: _Patterns) -> Iterator[Span]:
    """Yield where numbers in digits stand."""
    end = block.start
    while found := DIGIT.search(words, end, block.end):
        before = words[max(end, found.start() - NEAR) : found.start()]
        sign = patterns.before_digits.search(before)
        number = patterns.digits.match(words, found.start(), block.end)
        end = number.end() if number else found.end()
        yield Span(found.start() - (len(sign[0]) if sign else 0), end)


def _in_words(words: str, block: Span, patterns: _Patterns, *, title: bool) -> Iterator[Span]:
    """Yield where numbers in words stand; words that only look like one are left out."""
    for found in patterns.number_words.finditer(words, block.start, block.end):
        before, after = _neighbours(found, words)
        phrase = " ".join(found[0].split())
        if found["many"]:
            fires = True
        elif found["multiple"]:
            # "twice the", "twice as fast" compare; "twice a year", "twice that year", "twice." count
            fires = phrase not in patterns.occasions or after in patterns.lexicon.around.get("compares", ())
        elif found["fraction"]:
            fires = _is_share(phrase, before, after, patterns)
        else:
            fires = _counts(found, words, patterns, title=title)
        if fires:
            article = len(before) + 1 if found["fraction"] and before in patterns.lexicon.articles else 0
            yield Span(found.start() - article, found.end())


def _neighbours(found: re.Match[str], words: str) -> tuple[str, str]:
    """Return the words before and after, empty where punctuation or nothing stands there."""
    before = LAST_WORD.search(words[max(0, found.start() - NEAR) : found.start()])
    after = NEXT_WORD.match(words, found.end())
    return before[1] if before else "", after[1] if after else ""


def _is_share(phrase: str, before: str, after: str, patterns: _Patterns) -> bool:
    """Tell whether a fraction is a share; "the third", "a third country" and "the second half" are none."""
    lexicon = patterns.lexicon
    if " " in phrase or "-" in phrase:
        return True
    if lexicon.fractions[phrase] == HALF:
        return before not in lexicon.ordinals
    if after in lexicon.scales:  # "its third billion"
        return True
    # "a third of" is a share, "the third of" a rank, "a third country" one more
    return before in patterns.lexicon.articles and after in {"", *patterns.after_share}


def _counts(found: re.Match[str], words: str, patterns: _Patterns, *, title: bool) -> bool:
    """Tell whether number words are a figure: with a unit, above twelve, in a title, or so many years early."""
    numbers = patterns.lexicon.numbers
    values = [numbers[word] for word in WORDS.findall(found["word"]) if word in numbers]
    if not any(values):
        return False
    if title or max(values) > TWELVE:
        return True
    unit = found["unit"].strip(" -\n")
    if unit in patterns.of_time:
        off = patterns.lexicon.around.get("off", ())
        return any(word in off for word in WORDS.findall(words[found.end() : found.end() + NEAR])[:2])
    return bool(unit)


def _figure(text: Text, place: Span) -> Fault:
    words = shown(text, place)
    hint = f"write [{words}](fact:…), or list it with a reason among the exceptions"
    return Fault(*place, f'found the number "{words}" outside a binding', hint, number=True)


def _unseen(text: Text) -> Iterator[Fault]:
    for found in UNSEEN.finditer(text.plain):
        message = f"found the unseen character U+{ord(found[0]):04X}, expected none"
        yield Fault(*found.span(), message, "delete it: inside a word it hides the word from the checker")


def _expiring(text: Text, words: str, patterns: _Patterns) -> Iterator[Fault]:
    lexicon = patterns.lexicon
    for found in lexicon.tagger.find(words, EXPIRING):
        if found.phrase not in lexicon.expiring or found.phrase in lexicon.tagger.phrases("real_names"):
            continue
        if found.phrase in lexicon.comparators and _names_a_year(text, found.start):
            continue  # "a record" of 2024 stays one of 2024
        written = shown(text, found)
        message = f'found "{written}", which stops being true, expected a date'
        yield Fault(found.start, found.end, message, "name the month or the year, or write to when the data run")


def _names_a_year(text: Text, position: int) -> bool:
    """Tell whether the sentence around a position names a year."""
    spans = (sentence for block in text.blocks for sentence in text.sentences(block))
    sentence = next((span for span in spans if span.start <= position < span.end), None)
    return bool(sentence and YEARS.search(text.plain, sentence.start, sentence.end))


def loose_comparisons(text: Text, lexicon: Lexicon) -> Iterator[Fault]:
    """Yield the comparison words outside bindings. A question asserts nothing, "first six months" compares nothing."""
    patterns = _patterns(lexicon)
    words = _outside_bindings(text)
    for block in text.blocks:
        for named in named_periods(text, block, lexicon):
            words = _without(words, named.start, named.end)
        for sentence in text.sentences(block):
            if not _asks(words[sentence.start : sentence.end], patterns):
                yield from _compared(text, words, sentence, patterns)


def _asks(sentence: str, patterns: _Patterns) -> bool:
    """Tell whether a sentence is a question: "Trade fell?" is none, if the language names its question words."""
    first = WORDS.search(sentence)
    begins = not patterns.questions or bool(first and first[0] in patterns.questions)
    return begins and sentence.rstrip().endswith(QUESTION)


def _compared(text: Text, words: str, sentence: Span, patterns: _Patterns) -> Iterator[Fault]:
    for found in patterns.lexicon.tagger.find(words, COMPARING, sentence.start, sentence.end):
        if found.phrase not in patterns.lexicon.tagger.phrases("real_names"):
            written = shown(text, found)
            hint = f"write [{written}](claim:…), or leave the comparison out"
            yield Fault(found.start, found.end, f'found the comparison "{written}" outside a binding', hint)


def check_code(texts: Iterable[Text], lexicon: Lexicon, problems: Problems) -> None:
    """Note every number and comparison in strings of the code of charts: there nothing can be bound."""
    for text in texts:
        for what, faults in (("number", unbound(text, lexicon)), ("comparison", loose_comparisons(text, lexicon))):
            for fault in faults:
                words = text.value[fault.start : fault.end]
                message = f"found {words!r} in the code of a chart, expected no {what}"
                problems.add(text.path, text.line, message, IN_CODE)
