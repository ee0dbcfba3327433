"""Nothing unbound: figures, words that expire and comparisons that stand in a text without a link that proves them."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from press.reading import (
    KEPT,
    NEAR,
    SPACE,
    YEAR,
    Amount,
    Fault,
    Span,
    alternation,
    dates_of,
    in_digits,
    in_words,
    named_periods,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from press.errors import Problems
    from press.reading import Lexicon, Text

# Bindings whose words are proved, or another's; those of a source or a term are scanned like any words.
PROVED = frozenset({"fact", "claim", "said"})
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
        multiples = lexicon.multiples
        # Multiples that begin a longer one ("twice as large"): alone they may count occasions.
        self.occasions = {word for word in multiples if any(other.startswith(f"{word} ") for other in multiples)}
        # Words after "a third" that leave it a share: "a third of", "a third more", "a third as".
        directions = lexicon.directions.keys() - {*lexicon.timely}  # "a quarter earlier" is a time
        self.after_share = {*lexicon.fillers, *directions, *lexicon.range_between, *lexicon.share}
        self.of_time = {unit for unit, name in lexicon.units.items() if name in {"years", "months"}}


_patterns = lru_cache(maxsize=KEPT)(_Patterns)


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
        for place in (*in_digits(words, *block, patterns.lexicon), *_in_words(words, block, patterns, title=title)):
            yield _figure(text, place)


def _is_amount(words: str, place: Span, patterns: _Patterns) -> bool:
    """Tell whether what looks like a date or an ordinal counts: "the 200th billion", "more than 2000 cars"."""
    written, lexicon = words[place.start : place.end], patterns.lexicon
    before, after = words[max(0, place.start - NEAR) : place.start], WORD_AFTER.match(words, place.end)
    if not after:
        return False
    if written[-1:].isalpha():
        return after[1] in lexicon.scales
    if before.split()[-1:] and before.split()[-1] in lexicon.before_year:
        return False
    if not written.isdigit():  # "1900–2100 dollars"
        return after[1] in lexicon.units and not any(map(str.isalpha, written))
    if int(written) % HUNDRED:  # "around 2015 sales grew", "constant 2015 dollars"
        return False
    return after[1] in lexicon.units or bool(
        lexicon.tagger.leading(words, place.start, ("hedges",), RIGHT_BEFORE, place.start - len(before))
    )


def _with_digits(plain: str, words: str) -> str:
    """Return the words with a zero for each character that is a number and no digit: ½, Ⅻ, 三."""
    numbers = {letter for letter in set(plain) if letter.isnumeric() and not letter.isdecimal()}
    if not numbers:
        return words
    return "".join("0" if one in numbers and word != " " else word for one, word in zip(plain, words, strict=True))


def _in_words(words: str, block: Span, patterns: _Patterns, *, title: bool) -> Iterator[Span]:
    """Yield where numbers in words stand; words that only look like one are left out."""
    for found in in_words(words, *block, patterns.lexicon):
        before, after = _neighbours(found, words)
        phrase = " ".join(words[found.start : found.end].split())
        if found.kind == "many":
            fires = True
        elif found.kind == "multiple":
            # "twice the", "twice as fast" compare; "twice a year", "twice that year", "twice." count
            fires = phrase not in patterns.occasions or after in patterns.lexicon.compares
        elif found.kind == "fraction":
            fires = _is_share(phrase, before, after, patterns)
        else:
            fires = _counts(found, words, patterns, title=title)
        if fires:
            article = len(before) + 1 if found.kind == "fraction" and before in patterns.lexicon.articles else 0
            yield Span(found.start - article, found.end)


def _neighbours(found: Amount, words: str) -> tuple[str, str]:
    """Return the words before and after, empty where punctuation or nothing stands there."""
    before = LAST_WORD.search(words[max(0, found.start - NEAR) : found.start])
    after = NEXT_WORD.match(words, found.end)
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


def _counts(found: Amount, words: str, patterns: _Patterns, *, title: bool) -> bool:
    """Tell whether number words are a figure: with a unit, above twelve, in a title, or so many years early."""
    numbers = patterns.lexicon.numbers
    values = [numbers[word] for word in WORDS.findall(words, found.start, found.words_end) if word in numbers]
    if not any(values):
        return False
    if title or max(values) > TWELVE:
        return True
    unit = words[found.words_end : found.end].strip(" -\n")
    if unit in patterns.of_time:
        return any(word in patterns.lexicon.off for word in WORDS.findall(words[found.end : found.end + NEAR])[:2])
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
    """Tell whether a sentence is a question: "Sales fell?" is none, if the language names its question words."""
    first = WORDS.search(sentence)
    words = patterns.lexicon.questions
    begins = not words or bool(first and first[0] in words)
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
