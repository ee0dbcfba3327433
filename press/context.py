"""The sentence around a figure: it must name the figure's period and flow, and no hedge may stand outside the link."""

from __future__ import annotations

import re
import sys
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, cast

from babel.dates import get_month_names

from press.lexicon import Found, Phrases, alternation, fold
from press.period import MONTHS, Period
from press.source import Link, Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from press.lexicon import Lexicon

DATE, DAY = "\ue000", "\ue001"  # stand for each character of a date, so that phrases around dates can be found
YEAR = r"(?<![\w.,$€£¥])(?:(?:19|20)\d\d|2100)"
ALONE = r"(?!\w|[.,]\d|\s?%)"  # no part of a longer number follows
NO_AMOUNT = ("per", "years", "months")  # units that may follow a year: "in 2019 a tonne cost"
SPACE = r"\s{1,3}"  # a line end with a mark; never a link's target, which is longer
NEAR = 30  # as many characters before a date hold the words that stand beside it
JOINED = re.compile(r"\s*,?\s*(?:\w{1,3}\s)?\s*")  # what may stand between two members of a list: ", and "
TOKEN = re.compile(rf"[^\W\d_]+|\d+|{DATE}+")
FLOW_WORD = re.compile(r"[^\W\d][\w-]*(?:'\w+)?")
GAP = (0, 2, 4)  # how many words may stand inside a phrase of one word, of two, and of more
LONGEST_SPACE = 3  # a line end with a mark
SIGNS = "+-−–±~≈<>≤≥"
GOVERNING = len("In the year ")  # so near its beginning a period is that of the whole sentence
QUOTED = frozenset({"said", "source", "term"})  # their words are another's: they name nothing for a figure beside them
_MADE = TypeVar("_MADE")
_MARK = TypeVar("_MARK", bound="_Mark")


class _Mark(Protocol):
    """Words at a place that say something of a figure: when, whose."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Fault(NamedTuple):
    """What is wrong in a text, from where to where; ``excepted`` is the phrase of an exceptions file that allows it."""

    start: int
    end: int
    message: str
    hint: str
    excepted: str = ""


class Named(NamedTuple):
    """A period that the words name. Words of two readings ("the year before") make two with the same place."""

    period: Period
    start: int
    end: int
    to_date: bool = False  # beside "to", "by", "end of": a total from January on answers to its last month
    ends: tuple[Period, ...] = ()  # the first and the last year or month of a range


class Flow(NamedTuple):
    """Words that say who sells to whom, and the subjects that they can mean."""

    subjects: frozenset[str]
    start: int
    end: int
    homeless: bool = False  # a bare "exports" where no country is named


class _Date(NamedTuple):
    """A date as written: a year, a month, or both; a month without a year has none yet."""

    start: int
    end: int
    year: int = 0
    month: int = 0
    last_year: int = 0  # of "2011–12"
    day: bool = False

    def period(self, year: int = 0) -> Period:
        """Return what the date means; ``year`` for a month that has none."""
        year = self.year or year
        if self.last_year:
            return Period.between(f"{year:04d}", f"{self.last_year:04d}")
        return Period.parse(f"{year:04d}-{self.month:02d}" if self.month else f"{year:04d}")


class Finder:
    """A pattern of phrases that is tried only at words that one of them begins with: text is long, phrases are rare."""

    def __init__(self, pattern: str, phrases: Iterable[str]) -> None:
        """Take the pattern and what its matches begin with: phrases, ``0`` for any number, ``DATE``."""
        self._pattern = re.compile(pattern)
        self._firsts = {found[0] for phrase in phrases if (found := TOKEN.match(phrase))}
        self._digits = "0" in self._firsts

    def finditer(self, words: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield what ``re.finditer`` would."""
        for token in TOKEN.finditer(words, start, end):
            begins = token[0] in self._firsts or token[0][0] == DATE or (self._digits and token[0].isdigit())
            if begins and token.start() >= start and (found := self._pattern.match(words, token.start(), end)):
                start = found.end()
                yield found


class _Patterns:
    """The patterns of a language, made once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    @cached_property
    def months(self) -> dict[str, int]:
        """The names of months as texts write them: with a capital where the language has one ("may" is no month)."""
        locale, found = self.lexicon.locale, {}
        for width in ("abbreviated", "wide"):
            for form in ("format", "stand-alone"):
                for number, name in get_month_names(width, context=form, locale=locale).items():
                    for written in (str(name), str(name).capitalize(), str(name).upper()):
                        found[written.rstrip(".")] = number
        return found

    @cached_property
    def dates(self) -> Finder:
        lexicon = self.lexicon
        full = {name for name in self.months if fold(name) in lexicon.months}
        month, short, every = _any(full), _any({*self.months} - full), _any(self.months)
        units = [
            unit for unit, name in lexicon.units.items() if not name.isupper() and name.split()[0] not in NO_AMOUNT
        ]
        counted = rf"\s?(?:{_any({*lexicon.scales, *units})})(?!\w)"
        small = lexicon.around.get("before_year", ())
        when = (
            "|".join(rf"(?<=\b{re.escape(form)}\s)" for word in small for form in (word, word.capitalize())) or "(?!)"
        )
        year = rf"(?:(?:{when}){YEAR}{ALONE}|{YEAR}{ALONE}(?!{counted}))"  # "in 2025 tonnes fell", but "2000 tonnes"
        day = r"\d{1,2}(?:[–-]\d{1,2})?(?:\.|[a-z]{2})?"
        return Finder(
            rf"(?P<day>(?<![\w.,])(?:{day}\s(?:of\s)?(?:{every})\b(?!\s\d{{1,2}}\b)(?:,?\s(?P<y1>{year}))?"
            rf"|(?:{every})\.?\s{day}(?![\w.,]*\d|\s?%|{counted})(?!\w)(?:,?\s(?P<y2>{year}))?"
            rf"|\d{{4}}-\d\d-\d\d(?!\d)))"
            rf"|(?<!\w)(?P<m3>{month}|(?:{short})\b\.?),?{SPACE}(?:of\s)?(?P<y3>{year})"
            rf"|(?P<y4>{YEAR})(?P<dash>[–/-])(?P<last>\d\d)(?![\w–-]|[.,]\d|\s?%)"
            rf"|(?P<y5>{year})|(?<!\w)(?P<m6>{month})(?!\w)",
            {*self.months, "0"},
        )

    @cached_property
    def phrases(self) -> Finder:
        """What names a period in a text whose dates are ``DATE``: the first template that fits from the left."""
        lexicon = self.lexicon
        number = rf"\d{{1,2}}(?!\d)|{_any(word for word, value in lexicon.numbers.items() if 0 < value <= MONTHS)}"
        parts = [f"(?P<t{index}>{_template(item, number)})" for index, (item, _) in enumerate(self.to_date)]
        parts += [f"(?P<b{index}>{_template(item)})" for index, item in enumerate(self.between)]
        parts += [f"(?P<s>{alternation(lexicon.shifts).pattern})", f"(?P<d>{DATE}+)"]
        firsts = {*lexicon.period_between, *lexicon.to_date, *lexicon.shifts, *lexicon.numbers, "0"}
        return Finder("|".join(parts), firsts)

    @cached_property
    def between(self) -> list[str]:
        return sorted(self.lexicon.period_between, key=len, reverse=True)

    @cached_property
    def to_date(self) -> list[tuple[str, tuple[int, int] | None]]:
        """The templates of months of a year, longest first, with the months that they mean if they say so."""
        found: list[tuple[str, tuple[int, int] | None]] = []
        for item in sorted(self.lexicon.to_date, key=len, reverse=True):
            template, _, months = item.partition(" = ")
            first, _, last = months.partition("-")
            found.append((template, (int(first), int(last)) if months else None))
        return found

    @cached_property
    def beside(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{alternation(self.lexicon.to_date_beside).pattern}){SPACE}(?:\w{{2,3}}{SPACE})?$")

    @cached_property
    def since_january(self) -> Phrases:
        """The words beside a total to date that end with a month themselves: they may stand anywhere in a sentence."""
        return Phrases(item for item in self.lexicon.to_date_beside if item.split()[-1] in self.lexicon.months)

    @cached_property
    def than(self) -> re.Pattern[str]:
        """What stands before the period that a change is counted from."""
        than, since = (_any(self.lexicon.around.get(key, ())) for key in ("than", "since"))
        small = rf"(?:\w{{1,3}}{SPACE}){{0,2}}"  # "in the"
        return re.compile(rf"\b(?:(?:{than}){SPACE}{small}|(?:{since}){SPACE}(?:\w{{3}}{SPACE})?)$")

    @cached_property
    def after(self) -> re.Pattern[str]:
        """What stands before a period that a change may be counted from."""
        return re.compile(rf"\b(?:{_any(self.lexicon.around.get('after', ()))}){SPACE}(?:\w{{3}}{SPACE})?$")

    @cached_property
    def flows(self) -> dict[str, list[tuple[str, list[str]]]]:
        """What names a flow, by its first word, the longest first: each phrase and its other words."""
        found: dict[str, list[tuple[str, list[str]]]] = {}
        for phrase in sorted({*self.lexicon.subjects, *self.lexicon.bare_subjects}, key=len, reverse=True):
            first, *others = phrase.split()
            found.setdefault(first, []).append((phrase, others))
        return found

    @cached_property
    def stops(self) -> frozenset[str]:
        """Words that stand inside no phrase that names a flow: they say something else."""
        lexicon = self.lexicon
        return frozenset({*lexicon.directions, *lexicon.bare_subjects, *lexicon.countries, *lexicon.comparators})

    @cached_property
    def countries(self) -> Phrases:
        return Phrases(self.lexicon.countries)

    @cached_property
    def outside(self) -> Phrases:
        """Hedges, directions, and the longer phrases that hold such a word without being one."""
        lexicon = self.lexicon
        return Phrases({*lexicon.hedges, *lexicon.directions, *lexicon.shifts, *lexicon.names})

    @cached_property
    def directions(self) -> Phrases:
        return Phrases(self.lexicon.directions)

    @cached_property
    def spans(self) -> Phrases:
        """Units of time: a figure that has one can be early or late."""
        return Phrases(unit for unit, name in self.lexicon.units.items() if name in {"years", "months"})

    @cached_property
    def symbols(self) -> str:
        """Units of one sign: % and $."""
        return "".join(unit for unit in self.lexicon.units if len(unit) == 1 and not unit.isalnum())


def once(make: Callable[[Lexicon], _MADE]) -> Callable[[Lexicon], _MADE]:
    """Make something for each lexicon once; a dozen are kept, with their lexicon, so that no other passes for it."""
    made: dict[int, tuple[Lexicon, _MADE]] = {}

    def get(lexicon: Lexicon) -> _MADE:
        if id(lexicon) not in made:
            if len(made) >= MONTHS:
                made.clear()
            made[id(lexicon)] = lexicon, make(lexicon)
        return made[id(lexicon)][1]

    return get


_patterns = once(_Patterns)


def dates_of(lexicon: Lexicon) -> Finder:
    """Return a finder of dates, months and years as texts write them; no amount such as "$2000" or "2000 tonnes"."""
    return _patterns(lexicon).dates


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda item: (-len(item), item)))) or r"(?!)"


def _template(template: str, number: str = "") -> str:
    """Return the pattern of a template such as ``between {} and {}``."""
    slot = f"({DATE}+|{number})" if number else f"({DATE}+)"
    parts = [re.sub(r"(?:\\?\s)+", lambda _: SPACE, re.escape(part)) for part in template.split("{}")]
    start = r"(?<!\w)" if re.match(r"\w", template) or number else ""
    return start + slot.join(parts) + (r"(?!\w)" if re.search(r"\w$", template) else "")


# ---- Periods


def named_periods(text: Text, block: Span, lexicon: Lexicon) -> tuple[Named, ...]:
    """Return the periods that a paragraph names, in their order."""
    key = id(lexicon), block
    if key not in text.known:
        text.known[key] = tuple(_Paragraph(text, block, _patterns(lexicon)).named())
    return cast("tuple[Named, ...]", text.known[key])


class _Paragraph:
    """The dates of a paragraph, and the phrases that join and shift them."""

    def __init__(self, text: Text, block: Span, patterns: _Patterns) -> None:
        self._text, self._block, self._patterns = text, block, patterns
        self._sentences = text.sentences(block)
        self._dates = {date.start: date for date in self._found()}
        self._years = {start: self._year(date) for start, date in self._dates.items()}
        self._since: dict[Span, bool] = {}
        self._done: list[Named] = []

    def _found(self) -> Iterator[_Date]:
        for found in self._patterns.dates.finditer(self._text.plain, self._block.start, self._block.end):
            place = found.start(), found.end()
            month = self._patterns.months.get((found["m3"] or found["m6"] or "").rstrip("."), 0)
            year = int(found["y1"] or found["y2"] or found["y3"] or found["y4"] or found["y5"] or 0)
            if found["day"]:
                yield _Date(*place, year, day=True)
            elif found["last"]:
                yield _short_range(*place, year, found["dash"], int(found["last"]))
            else:
                yield _Date(*place, year, month)

    def _sentence(self, position: int) -> Span:
        return next((span for span in self._sentences if span.start <= position < span.end), self._block)

    def _year(self, date: _Date) -> int:
        """Return the year of a date; that of a bare month is the paragraph's last before it, else its next."""
        if date.year or date.day:
            return date.last_year or date.year
        return self._year_of_list(date) or self._year_around(date.start, month=True)

    def _year_of_list(self, date: _Date) -> int:
        """Return the year after a list or range of months ("March and April 2026") for a month in it."""
        dates = list(self._dates.values())
        for one, other in pairwise(dates[dates.index(date) :]):
            gap = self._text.plain[one.end : other.start]
            if len(gap.split()) > 1 or len(gap) > len(" through "):
                return 0
            if other.month and other.year:
                return other.year - (date.month > other.month)
        return 0

    def _year_around(self, position: int, *, month: bool = False) -> int:
        """Return the year before a position in its sentence, else a month's after it; else in the paragraph."""
        sentence = self._sentence(position)
        before = [date for date in self._dates.values() if date.year and date.end <= position]
        after = [date for date in self._dates.values() if date.year and date.start >= position]
        near = [date for date in before if date.start >= sentence.start]
        dated = [date for date in after if date.month and date.start < sentence.end] if month else []
        chosen = near[-1:] or dated[:1] or before[-1:] or after[:1]
        return (chosen[0].last_year or chosen[0].year) if chosen else 0

    def named(self) -> list[Named]:
        """Return all named periods."""
        start, end = self._block
        characters = list(self._text.folded[start:end])
        for date in self._dates.values():
            sign = DAY if date.day or not self._years[date.start] else DATE
            characters[date.start - start : date.end - start] = sign * (date.end - date.start)
        for found in self._patterns.phrases.finditer("".join(characters)):
            self._add(found, start)
        return self._done

    def _add(self, found: re.Match[str], offset: int) -> None:
        kind = str(found.lastgroup)
        if kind == "d":
            self._one(self._dates[found.start() + offset])
            return
        dates = [
            self._dates[found.start(index) + offset]
            for index in range(1, len(found.groups()) + 1)
            if set(found[index] or "") == {DATE}
        ]
        place = found.start() + offset, found.end() + offset
        if kind.startswith("b") and not self._range(place, dates):
            for date in dates:
                self._one(date)
        elif kind == "s":
            self._shift(place, self._patterns.lexicon.shifts[" ".join(found[0].split())])
        elif kind.startswith("t"):
            self._months(place, found, dates, self._patterns.to_date[int(kind[1:])][1])

    def _one(self, date: _Date) -> None:
        period = date.period(self._years[date.start])
        ends = _ends(period) if date.last_year else ()
        self._done.append(Named(period, date.start, date.end, self._beside(date.start), ends))

    def _beside(self, position: int) -> bool:
        """Tell whether words such as "to" or "end of" stand before a position."""
        folded, sentence = self._text.folded, self._sentence(position)
        if sentence not in self._since:
            found = self._patterns.since_january.search(folded, sentence.start, sentence.end)
            self._since[sentence] = bool(found)
        before = folded[max(sentence.start, position - NEAR) : position]
        return self._since[sentence] or bool(self._patterns.beside.search(before))

    def _range(self, place: tuple[int, int], dates: Sequence[_Date]) -> bool:
        """Add the range between two dates, if they are in order."""
        first, last = (date.period(self._years[date.start]) for date in dates)
        if first.first >= last.first:
            return False
        self._done.append(Named(Period(first.first, last.last), *place, ends=(first, last)))
        return True

    def _months(
        self, place: tuple[int, int], found: re.Match[str], dates: Sequence[_Date], span: tuple[int, int] | None
    ) -> None:
        """Add what "first eleven months of 2022", "twelve months to March 2023" or "same months of 2022" name."""
        date = dates[0] if dates else None
        count = self._count(found)
        year = self._years[date.start] if date else self._year_around(place[0])
        if not year:
            return
        start = year * MONTHS
        if span:
            self._done.append(Named(Period(start + span[0] - 1, start + span[1] - 1), *place))
        elif count and date and date.month:
            last = date.period(year).last
            self._done.append(Named(Period(last - count + 1, last), *place))
        elif count:
            self._done.append(Named(Period(start, start + count - 1), *place))
        elif not self._bases(place[0], years=False):
            self._done.append(Named(Period(start, start + MONTHS - 1), *place, to_date=True))
        else:
            self._done += [
                base._replace(
                    period=base.period.shifted((year - base.period.year) * MONTHS), start=place[0], end=place[1]
                )
                for base in self._bases(place[0], years=False)
            ]

    def _count(self, found: re.Match[str]) -> int:
        """Return the number of months in a phrase, 0 if it tells none."""
        numbers = self._patterns.lexicon.numbers
        words = [found[index] for index in range(1, len(found.groups()) + 1) if found[index]]
        counts = [int(word) if word.isdigit() else numbers.get(word, 0) for word in words if DATE not in word]
        return next((count for count in counts if count), 0)

    def _shift(self, place: tuple[int, int], months: int) -> None:
        whole_years = months % MONTHS == 0
        for base in self._bases(place[0], years=whole_years):
            if base.period.is_to_date and not whole_years:  # a month after January to October: January to November
                period = Period(base.period.first, base.period.last + months)
            else:
                period = base.period.shifted(months)
            ends = tuple(end.shifted(months) for end in base.ends)
            self._done.append(Named(period, *place, base.to_date, ends))
            if whole_years and not base.period.is_year:  # "the year before" may be the whole year
                start = base.period.year * MONTHS + months
                self._done.append(Named(Period(start, start + MONTHS - 1), *place))

    def _bases(self, position: int, *, years: bool) -> list[Named]:
        """Return what a shift is counted from: the last named period; of several with a figure each, as many."""
        known = [item for item in self._done if years or not item.period.is_year]
        if not known:
            return []
        last, sentence = known[-1], self._sentence(position)
        figures = len(_figures(self._text, Span(last.end, position)))
        same = [item for item in known if item.start >= sentence.start and item.period.length == last.period.length]
        return list(dict.fromkeys([last, *same[-max(figures, 1) :], *_joined(self._text, known, last)]))


def _short_range(start: int, end: int, year: int, dash: str, last: int) -> _Date:
    """Return "2011–12" as two years, "2023-11" as a month."""
    if dash == "-" and 0 < last <= MONTHS and last != year % 100 + 1:
        return _Date(start, end, year, last)
    return _Date(start, end, year, last_year=max(year, year // 100 * 100 + last))


def _ends(period: Period) -> tuple[Period, ...]:
    """Return the first and the last year of a span of whole years."""
    return Period(period.first, period.first + MONTHS - 1), Period(period.last - MONTHS + 1, period.last)


def period_fault(  # noqa: PLR0913, PLR0917 - what a sentence is and what it must say
    text: Text,
    sentence: Span,
    link: Link,
    quantity_periods: frozenset[Period],
    named: Sequence[Named],
    lexicon: Lexicon,
    base: frozenset[Period] = frozenset(),
) -> Fault | None:
    """Return what is wrong where the nearest periods that a sentence names are not the figure's or a related one.

    ``base`` are those of them that a change is counted from: "more than in 2022" must name one, "in 2023" must not.
    """
    candidates = _candidates(text, sentence, link, [item for item in named if _lies_in(item, sentence)])
    if not quantity_periods or not candidates:
        return None
    wrong = _misfit(text, sentence, link, _Figure(quantity_periods, base & quantity_periods), candidates, lexicon)
    if not wrong or _dated_elsewhere(wrong, sentence, quantity_periods, named):
        return None
    expected = " or ".join(written(period, lexicon) for period in sorted(quantity_periods - base or quantity_periods))
    words, own = _shown(text, wrong), _own_words(text, link)
    message = f'found "{words}" beside [{own}], a figure of {expected}, expected its own period'
    return Fault(wrong.start, wrong.end, message, _hint(text, sentence, link, wrong, quantity_periods, base, lexicon))


def _hint(  # noqa: PLR0913, PLR0917 - what a sentence is and what it must say
    text: Text,
    sentence: Span,
    link: Link,
    wrong: Named,
    periods: frozenset[Period],
    base: frozenset[Period],
    lexicon: Lexicon,
) -> str:
    """Say how to mend it: a total that counts from January, a year that is only compared with, another year."""
    moves = _moves(text, sentence, link, lexicon)
    if wrong.period in base:
        return "that is what it is compared with: write than, since or against before it, or name its own period"
    if _fits(wrong._replace(to_date=True), periods, moves=moves):
        return "say that the figure counts from January: to, by or at the end of"
    return "name its period in this clause, or bind the figure of the period that it names"


def _own_words(text: Text, link: Link) -> str:
    return " ".join(text.value[link.words_start : link.words_end].split())


class _Figure(NamedTuple):
    """The periods of a figure, and those of them that it is counted from."""

    periods: frozenset[Period]
    base: frozenset[Period]


def _misfit(  # noqa: PLR0913, PLR0917 - what a sentence is and what it must say
    text: Text, sentence: Span, link: Link, figure: _Figure, candidates: list[Named], lexicon: Lexicon
) -> Named | None:
    """Return the first candidate that should have named a period of the figure, if none that should does."""
    ranges = len(figure.periods) == 1 and any(item.ends for item in candidates)
    moves = ranges and _moves(text, sentence, link, lexicon)
    if _inside(candidates[0], link):
        groups = _groups(text, candidates)
        wrong = (group[0] for group in groups if not any(_fits(i, figure.periods, moves=moves) for i in group))
        return next(wrong, None)
    compared = [item for item in candidates if figure.base and _follows(text, item, _patterns(lexicon).than)]
    if compared and not any(_fits(item, figure.base, moves=moves) for item in compared):
        return compared[0]
    others = [item for item in candidates if item not in compared]
    for item in others:
        free = _follows(text, item, _patterns(lexicon).after) or not _governs(text, sentence, link, item, others)
        periods = figure.periods if free else figure.periods - figure.base
        if _fits(item, periods, moves=moves) or (item.ends and figure.periods.issuperset(item.ends)):
            return None
    return others[0] if others else None


def _governs(text: Text, sentence: Span, link: Link, item: Named, candidates: list[Named]) -> bool:
    """Tell whether a figure is of this period, rather than counted from it: "it fell in 2020, then grew by …"."""
    last_before = [other for other in candidates if other.end <= link.words_start][-1:] == [item]
    begins = item.start - sentence.start <= GOVERNING
    return begins or not last_before or _lies_in(item, text.clause(sentence, link.words_start))


def _dated_elsewhere(item: Named, sentence: Span, periods: frozenset[Period], named: Sequence[Named]) -> bool:
    """Tell whether a year only completes a part of it that the sentence names: "in November, trade in 2023 was"."""
    return item.period.is_year and any(
        other.period in periods and other.period.length < MONTHS and other.period.year == item.period.year
        for other in named
        if _lies_in(other, sentence)
    )


def _follows(text: Text, mark: _Mark, words: re.Pattern[str]) -> bool:
    """Tell whether some words stand before a mark."""
    return bool(words.search(text.folded[max(0, mark.start - NEAR) : mark.start]))


def written(period: Period, lexicon: Lexicon) -> str:
    """Return a period in words: 2023, November 2023, January to November 2023, 2021 to 2023."""
    if period.is_year:
        return f"{period.year}"
    if period.first % MONTHS == 0 and period.length % MONTHS == 0:
        return f"{period.first // MONTHS} to {period.year}"
    names = get_month_names("wide", context="stand-alone", locale=lexicon.locale)
    first, last = (str(names[end % MONTHS + 1]) for end in (period.first, period.last))
    if period.length == 1:
        return f"{last} {period.year}"
    year = "" if period.first // MONTHS == period.year else f" {period.first // MONTHS}"
    return f"{first}{year} to {last} {period.year}"


def unserved(
    text: Text,
    sentence: Span,
    served: Iterable[tuple[Link, frozenset[Period]]],
    named: Iterable[Named],
    lexicon: Lexicon,
) -> tuple[Named, ...]:
    """Return the periods that a sentence names and no figure in it is of; ``served``: its links and their periods."""
    ranges = any(item.ends for item in named)
    figures = [(periods, ranges and _moves(text, sentence, link, lexicon)) for link, periods in served]
    found: dict[tuple[int, int], list[tuple[Named, bool]]] = {}
    for item in named:
        if _lies_in(item, sentence):
            fits = any(_fits(item, periods, moves=moves) for periods, moves in figures)
            found.setdefault((item.start, item.end), []).append((item, fits))
    return tuple(items[0][0] for items in found.values() if not any(fits for _, fits in items))


def _moves(text: Text, sentence: Span, link: Link, lexicon: Lexicon) -> bool:
    """Tell whether a sentence goes from one end of a range to the other: it rose, or goes from a figure to a figure."""
    patterns = _patterns(lexicon)
    before = text.folded[sentence.start : link.words_start].split()[-1:]
    words = text.folded[link.words_start : link.words_end].split()[:1]
    turns = {*lexicon.range_before, *lexicon.range_between, *lexicon.around.get("apart", ())}
    return bool(turns & {*before, *words} or patterns.directions.search(text.folded, sentence.start, sentence.end))


def _fits(named: Named, periods: frozenset[Period], *, moves: bool) -> bool:
    """Tell whether a named period is one of a figure's."""
    if named.period in periods:
        return True
    if named.ends and (periods.issuperset(named.ends) or (moves and len(periods) == 1 and periods <= {*named.ends})):
        return True  # a change has both ends of a range; a level may stand at one, where the sentence goes to it
    return named.to_date and any(_ends_with(period, named.period) for period in periods)


def _ends_with(period: Period, named: Period) -> bool:
    """Tell whether a total of several months answers to a month that it ends with, or to its unfinished year."""
    if named.length == 1:
        return period.length > 1 and period.length <= MONTHS and period.last == named.last
    return period.is_to_date and named.is_year and named.year == period.year


# ---- What stands nearest


def _shown(text: Text, mark: _Mark) -> str:
    """Return the words of a mark on one line."""
    return " ".join(text.plain[mark.start : mark.end].split())


def _figures(text: Text, span: Span) -> list[Link]:
    """Return the links in a span whose words are held to data."""
    return [link for link in text.within(span) if link.scheme not in QUOTED]


def _lies_in(mark: _Mark, span: Span | Link) -> bool:
    return span.start <= mark.start < span.end


def _inside(mark: _Mark, link: Link) -> bool:
    return link.words_start <= mark.start < link.words_end


def _candidates(text: Text, sentence: Span, link: Link, marks: Sequence[_MARK]) -> list[_MARK]:
    """Return the marks that a figure may answer to: those in its own words, else the nearest in its clause or sentence.

    The nearest are the last before and the first after it, and the first of all if it opens clause or sentence: "In
    2023 exports were …, more than in 2022, and imports …". A list ("in March and April") is as near as its nearest.
    """
    quoted = [other for other in text.within(sentence) if other.scheme in QUOTED and other != link]
    marks = [mark for mark in marks if not any(_inside(mark, other) for other in quoted)]
    if inside := [mark for mark in marks if _inside(mark, link)]:
        return inside
    clause = text.clause(sentence, link.words_start)
    every = _groups(text, marks)
    if partner := _in_turn(text, every, sentence, link):
        return partner
    own = [group for group in every if any(_lies_in(mark, clause) for mark in group)]
    span, groups = (clause, own) if own else (sentence, every)
    links = _figures(text, span)
    if own and (partner := _partner(groups, links, link)):
        return partner
    before = [group for group in groups if group[-1].end <= link.words_start]
    after = [group for group in groups if group[0].start >= link.words_end]
    first = groups[:1] if groups and links and groups[0][-1].end <= links[0].words_start else []
    chosen = [*before[-1:], *after[:1], *first]
    return list(dict.fromkeys(mark for group in chosen for mark in group))


def _in_turn(text: Text, groups: list[list[_MARK]], sentence: Span, link: Link) -> list[_MARK] | None:
    """Return a link's own mark where a list of figures stands beside one list of as many: "in 2021 and 2022 … and"."""
    links = _figures(text, sentence)
    if len(groups) != 1 or len(groups[0]) != len(links) or len({mark.start for mark in groups[0]}) != len(links):
        return None
    listed = all(JOINED.fullmatch(text.value, one.end, other.start) for one, other in pairwise(links))
    apart = groups[0][-1].end <= links[0].start or groups[0][0].start >= links[-1].end
    return [groups[0][links.index(link)]] if len(links) > 1 and listed and apart else None


def _groups(text: Text, marks: Sequence[_MARK]) -> list[list[_MARK]]:
    """Return the marks in lists: members of an enumeration, and readings of the same words."""
    groups: list[list[_MARK]] = []
    for mark in marks:
        if groups and _one_list(text, groups[-1][-1], mark):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _one_list(text: Text, mark: _Mark, other: _Mark) -> bool:
    return other.start <= mark.end or bool(JOINED.fullmatch(text.value, mark.end, other.start))


def _joined(text: Text, marks: Sequence[_MARK], mark: _MARK) -> list[_MARK]:
    """Return the list that a mark is in."""
    return next((group for group in _groups(text, marks) if mark in group), [])


def _partner(groups: list[list[_MARK]], links: Sequence[Link], link: Link) -> list[_MARK] | None:
    """Return the marks after a link where each has its own: "from … in 2021 to … in 2023"."""
    if len(groups) != len(links) or len(links) < 2:  # noqa: PLR2004 - two of a kind
        return None
    places = [place for one, group in zip(links, groups, strict=True) for place in (one.words_start, group[0].start)]
    return groups[links.index(link)] if places == sorted(places) else None


# ---- Flows


def subject_fault(  # noqa: PLR0913, PLR0917 - what a sentence is and what it must say
    text: Text, sentence: Span, link: Link, subject: str, lexicon: Lexicon, title_subject_context: str = ""
) -> Fault | None:
    """Return what is wrong where the flow words nearest to a figure name another flow than its own."""
    if subject not in lexicon.subjects.values():
        return None
    flows = list(_flows(text, sentence, lexicon, fold(title_subject_context)))
    clause = text.clause(sentence, link.words_start)
    own = [flow for flow in flows if _lies_in(flow, clause)]
    alone = own and len(_figures(text, clause)) == 1 and not any(_inside(flow, link) for flow in own)
    candidates = own if alone else _candidates(text, sentence, link, flows)
    if not candidates:
        return None
    if any(subject in flow.subjects for flow in candidates) or _both(text, candidates):
        homeless = next((flow for flow in candidates if flow.homeless), None)
        return _homeless_fault(text, homeless) if homeless and all(flow.homeless for flow in candidates) else None
    found = candidates[0]
    words = _shown(text, found)
    expected = _example(subject, lexicon)
    hint = f"write whose figure it is, such as {expected}; or bind the figure of the words"
    message = f'found "{words}" beside [{_own_words(text, link)}], a figure of {expected}, expected words for it'
    return Fault(found.start, found.end, message, hint)


def _homeless_fault(text: Text, flow: Flow) -> Fault:
    words = _shown(text, flow)
    message = f'found "{words}" and no country in the sentence or the title, expected whose {words} they are'
    return Fault(flow.start, flow.end, message, "name the country")


def _both(text: Text, flows: Sequence[Flow]) -> bool:
    """Tell whether the words name both directions in one breath: "exports and imports"."""
    return any(
        one.subjects != other.subjects or text.folded[one.start : one.end] != text.folded[other.start : other.end]
        for group in _groups(text, flows)
        for one, other in pairwise(group)
    )


def _example(subject: str, lexicon: Lexicon) -> str:
    """Return a phrase that names a subject, its countries with a capital."""
    phrase = next(phrase for phrase, name in lexicon.subjects.items() if name == subject)
    return " ".join(word.capitalize() if word in lexicon.countries else word for word in phrase.split())


def _flows(text: Text, sentence: Span, lexicon: Lexicon, title: str) -> Iterator[Flow]:
    """Yield the flow words of a sentence; what bare ones mean follows from the country that is named beside them."""
    patterns = _patterns(lexicon)
    here = [*patterns.countries.finditer(text.folded, *sentence)]
    titled = [] if here else [*patterns.countries.finditer(title)]
    for start, end, phrase in _flow_phrases(text.folded, sentence, patterns):
        if phrase in lexicon.subjects:
            yield Flow(frozenset([lexicon.subjects[phrase]]), start, end)
            continue
        clause = text.clause(sentence, start)
        meant = set[str]()
        for country in here or titled:
            near = bool(here) and _lies_in(country, clause)
            before = text.folded[max(0, country.start - NEAR) : country.start].split()[-1:] if near else []
            meant |= _meant(phrase, before, country.phrase, lexicon)
        every = frozenset(lexicon.subjects.values()) - {"total"}
        yield Flow(frozenset(meant) or every, start, end, homeless=not (here or titled))


def _flow_phrases(folded: str, sentence: Span, patterns: _Patterns) -> Iterator[Found]:
    """Yield the phrases that name a flow; a few words may stand inside: "exports of cars to Russia"."""
    words = [(found[0], found.start(), found.end()) for found in FLOW_WORD.finditer(folded, *sentence)]
    done = 0
    for index, (word, start, _) in enumerate(words):
        for phrase, others in patterns.flows.get(word, ()) if index >= done else ():
            if length := _length(folded, words[index:], others, patterns.stops):
                done = index + length
                yield Found(start, words[done - 1][2], phrase)
                break


def _length(folded: str, words: list[tuple[str, int, int]], others: list[str], stops: frozenset[str]) -> int:
    """Return over how many words a phrase reaches whose first is found, 0 if its other words do not follow."""
    most = GAP[min(len(others), 2)]
    for length in range(1 + len(others), 2 + len(others) + most):
        if length > len(words) or any(_apart(folded, words[i - 1][2], words[i][1]) for i in range(1, length)):
            return 0
        rest = [word for word, _, _ in words[length - len(others) : length]]
        if all(word in {other, f"{other}'s"} for word, other in zip(rest, others, strict=True)):
            return length
        if words[length - len(others)][0] in stops:  # the next word that would stand inside
            return 0
    return 0


def _apart(folded: str, end: int, start: int) -> bool:
    """Tell whether more than a space stands between two words: punctuation, or the target of a link."""
    return start - end > LONGEST_SPACE or not folded[end:start].isspace()


def _meant(bare: str, before: list[str], country: str, lexicon: Lexicon) -> set[str]:
    """Return what bare "imports" are beside a country: with "from Russia" what "imports from Russia" are."""
    if name := lexicon.subjects.get(" ".join([bare, *before, country])):
        return {name}
    return {
        name
        for words, name in lexicon.subjects.items()
        if words.split()[-1].startswith(bare) and words.startswith(country)
    }


# ---- Words just outside a link


def outside_fault(text: Text, sentence: Span, link: Link, lexicon: Lexicon) -> Fault | None:
    """Return the hedge, direction or sign that stands just outside a link and belongs inside it."""
    if link.scheme not in {"fact", "claim"}:
        return None
    clause = text.clause(sentence, link.words_start)
    found = _sign(text, link, _patterns(lexicon)) or _before(text, clause, link, lexicon)
    if link.scheme == "fact":
        found = found or _after(text, clause, link, lexicon)
    if not found:
        return None
    words, own = _shown(text, found), _shown(text, Span(link.words_start, link.words_end))
    parts = [own, words] if found.start >= link.end else [words, own]
    touching = link.start == found.end or found.start == link.end
    inside = ("" if touching else " ").join(parts)
    message = f'found "{words}" outside the link [{own}], expected it inside'
    return Fault(found.start, found.end, message, f"write [{inside}](…)")


def _sign(text: Text, link: Link, patterns: _Patterns) -> Span | None:
    """Return a sign or the sign of a unit that touches a link: $[5 billion], [5]%."""
    before, after = text.value[link.start - 1 : link.start], text.value[link.end : link.end + 1]
    joins = text.value[max(0, link.start - 2) : link.start - 1].isalnum()  # "2021–[2023]"
    if before and before in f"{SIGNS}{patterns.symbols}" and not joins:
        return Span(link.start - 1, link.start)
    return Span(link.end, link.end + 1) if after and after in patterns.symbols else None


def _before(text: Text, clause: Span, link: Link, lexicon: Lexicon) -> Span | None:
    """Return a hedge or direction among the two words before a link."""
    found = None
    for match in _patterns(lexicon).outside.finditer(text.folded, clause.start, link.start):
        between = text.folded[match.end : link.start].split()
        if len(between) <= 1 and not _in_other(text, link, match.start):
            found = match, between
    if not found:
        return None
    match, between = found
    if match.phrase in lexicon.hedges:
        wrong = not between or between[0] in lexicon.articles  # "about a third", but "above the line"
    else:
        wrong = link.scheme == "fact" and _is_direction(text, link, match, lexicon)
        wrong = wrong and not (between and between[0] in lexicon.around.get("apart", ()))
    return Span(match.start, match.end) if wrong else None


def _after(text: Text, clause: Span, link: Link, lexicon: Lexicon) -> Span | None:
    """Return a direction right after a link or its unit ("three years late"), or "at least" at the end of a clause."""
    patterns = _patterns(lexicon)
    for match in patterns.outside.finditer(text.folded, link.end, clause.end):
        between = text.folded[link.end : match.start].split()
        if (between and not _ends_in_unit(between, lexicon)) or _in_other(text, link, match.start):
            return None
        first, last = match.phrase.split()[0], match.phrase.split()[-1]
        if lexicon.hedges.get(match.phrase) in {"at_least", "at_most"}:  # "at least" may follow, "up to" begins another
            return Span(match.start, match.end) if last not in lexicon.fillers else None
        if match.phrase in lexicon.hedges:  # "more" of "more than"
            match = Found(match.start, match.start + len(first), first)  # noqa: PLW2901 - it is read as another phrase
        return Span(match.start, match.end) if _is_direction(text, link, match, lexicon) else None
    return None


def _ends_in_unit(words: list[str], lexicon: Lexicon) -> bool:
    """Tell whether words end with a unit or a scale, which may stand between a figure and its direction."""
    ends = (" ".join(words[start:]) for start in range(len(words)))
    return any(end in lexicon.units or end in lexicon.scales for end in ends)


def _is_direction(text: Text, link: Link, match: Found, lexicon: Lexicon) -> bool:
    """Tell whether a phrase beside a link says which way its figure goes."""
    if match.phrase not in lexicon.directions:
        return False
    if match.phrase in lexicon.around.get("timely", ()):
        end = max(link.end, match.start)
        timed = _patterns(lexicon).spans.search(text.folded, link.words_start, end)
        return bool(timed) and not _before_date(text, match.end, lexicon)
    if lexicon.directions[match.phrase] == "flat":  # "the level of", "a level"
        previous = text.folded[max(0, match.start - NEAR) : match.start].split()[-1:]
        return not previous or previous[0] not in lexicon.fillers
    return True


def _before_date(text: Text, position: int, lexicon: Lexicon) -> bool:
    """Tell whether a date follows, after one short word at most: "early 2026", "early in 2026" is a time."""
    dates = _patterns(lexicon).dates.finditer(text.plain, position, min(len(text.plain), position + NEAR))
    return any(len(text.plain[position : found.start()].split()) <= 1 for found in dates)


def _in_other(text: Text, link: Link, position: int) -> bool:
    return any(other != link and other.start <= position < other.end for other in text.links)
