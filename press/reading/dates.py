"""Reading dates and phrases of time: the years, months, ranges and shifts that a
paragraph names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice, pairwise, product
from typing import NamedTuple

from babel.dates import get_month_names

from press.ground.period import MONTHS, QUARTER, Period
from press.reading.lexicon import Lexicon, fold
from press.reading.nearby import NEAR, SPACE, data_links, lies_in, lists
from press.reading.tagger import ANY_DIGITS, DATE, Tag, Tagger
from press.reading.text import Span, Text

DIGITS, RUN = re.compile(r"\d+"), re.compile(f"{DATE}+")
# what may part a date from words such as "end of"
BESIDE = re.compile(rf"{SPACE}(?:\w{{2,3}}{SPACE})?")
GAP = 3  # characters of white space in a phrase of time
DECADE_YEARS = 10
# stands for each character of a date that names no period, so that no phrase is found
# around it
DAY = "\ue001"
YEAR = r"(?:(?:19|20)\d\d|2100)"
OLD_YEAR = r"1[0-8]\d\d"  # what is one and what an amount, words tell
FREE_YEAR = rf"(?<![\w.,$€£¥])(?:{YEAR}|{OLD_YEAR})"
DECADE = r"(?<![\w.,$€£¥])(?:1\d|20)\d0['’]?s(?!\w)"  # "the 2010s"
# "in" before a year, "cars" behind "1500"
LEADING, GOING_ON = re.compile(r"(\w+)\s+$"), re.compile(r"\s[a-z]\w{3}")
ALONE = r"(?!\w|[.,]\d|\s?%)"  # no part of a longer number follows
# that a text names; that of a day without one, a leap year
FIRST_YEAR, ANY_YEAR = 1000, 4
REMEMBERED = 24  # so many periods back a shift such as "a year earlier" may count from
LOOSE = "~"  # "= 1-3" are these months and no others, "~ 1-4" somewhere in them
# at the end of a template
MEANT = re.compile(r" (?P<how>[=~]) (?P<first>[1-9]|1[0-2])-(?P<last>[1-9]|1[0-2])$")
# units that may follow a year: "in 2019 a tonne cost"
NO_AMOUNT = ("per", "years", "months")


class NamedPeriod(NamedTuple):
    """A period that the words name.

    Words of two readings ("the year before") make two with the same place.
    """

    period: Period
    start: int
    end: int
    # beside "to", "by", "end of": a total from January on answers to its last month
    to_date: bool = False
    ends: tuple[Period, ...] = ()  # the first and the last year or month of a range
    loose: bool = False  # "early 2026": a figure of any months in it answers

    def is_among(self, periods: Collection[Period]) -> bool:
        """Tell whether it is one of some periods; a day that has no year
        may be of any.
        """
        if self.period.year >= FIRST_YEAR:
            return self.period in periods
        years = {(period.year - self.period.year) * MONTHS for period in periods}
        return any(self.period.shifted(months) in periods for months in years)


class Date(NamedTuple):
    """A date as written: a year, a month, or both; a month without a year
    has none yet.
    """

    start: int
    end: int
    year: int = 0
    month: int = 0
    last_year: int = 0  # of "2011–12"
    # where each of its days stands, and which of its year: "-08-09"
    days: tuple[tuple[int, str], ...] = ()

    def period(self, year: int = 0) -> Period:
        """Return what the date means; ``year`` for a month that has none."""
        year = self.year or year
        if self.last_year:
            return Period.between(f"{year:04d}", f"{self.last_year:04d}")
        return Period.parse(
            f"{year:04d}-{self.month:02d}" if self.month else f"{year:04d}"
        )


# ---- What dates and phrases of time look like


class _Dates:
    """Finds dates, months and years as texts write them; no amount such as "$2000" or
    "2000 tonnes".
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._months = months = lexicon.derive(month_names)
        full = {name for name in months if fold(name) in lexicon.months}
        month, short, every = _any_of(full), _any_of({*months} - full), _any_of(months)
        units = [
            unit
            for unit, name in lexicon.units.items()
            if not name.isupper() and name.split()[0] not in NO_AMOUNT
        ]
        counted = rf"\s?(?:{_any_of({*lexicon.scales, *units})})(?!\w)"
        small = [
            form
            for word in lexicon.lists["before_year"]
            for form in (word, word.capitalize())
        ]
        when = "|".join(rf"(?<=\b{re.escape(form)}\s)" for form in small) or "(?!)"
        self._years, self._old = lexicon.years, re.compile(OLD_YEAR)
        self._before = {
            True: {"", *lexicon.lists["before_year"]},
            False: {*lexicon.lists["before_old_year"]},
        }
        day = r"\d{1,2}(?:[–-]\d{1,2})?(?:\.|[a-z]{2})?"
        joints = _any_of(lexicon.lists["range_between"])
        # "9, 10 and 11"
        days = rf"(?:(?:\d{{1,2}},\s)*\d{{1,2}},?\s(?:{joints})\s)?{day}"
        # "in 2025 tonnes fell", but "2000 tonnes"
        year = rf"(?:(?:{when}){FREE_YEAR}{ALONE}|{FREE_YEAR}{ALONE}(?!{counted}))"
        self._pattern = re.compile(
            rf"(?P<day>(?<![\w.,])(?:(?P<d1>{days})\s(?:of\s)?(?P<m1>{every})\b(?!\s\d{{1,2}}\b)(?:,?\s(?P<y1>{year}))?"
            rf"|(?P<m2>{every})\.?\s(?P<d2>{day})(?![\w.,]*\d|\s?%|{counted})(?!\w)(?:,?\s(?P<y2>{year}))?"
            rf"|(?P<iso>\d{{4}}-\d\d-\d\d)(?!\d)))"
            rf"|(?<!\w)(?P<m3>{month}|(?:{short})\b\.?),?{SPACE}(?:of\s)?(?P<y3>{year})"
            rf"|(?P<y4>{FREE_YEAR})(?P<dash>[–/-])(?P<last>\d\d)(?![\w–-]|[.,]\d|\s?%)"
            rf"|(?P<y7>{DECADE})"
            rf"|(?P<y5>{year})|(?<!\w)(?P<m6>{month})(?!\w)"
        )
        initials = "".join({name[0] for name in months})
        self._begin = re.compile(rf"\d+|(?<![^\W\d_])(?=[{initials}])(?:{every})")

    def days(self, found: re.Match[str]) -> tuple[tuple[int, str], ...]:
        """Return where each day of a date stands, and which of its year it is:
        "-08-09", "-08-10".
        """
        if found["iso"]:
            return ((found.start(), found["iso"]),)
        which = "1" if found["d1"] else "2"
        month = self._months[found[f"m{which}"].rstrip(".")]
        numbers = DIGITS.finditer(found.string, *found.span(f"d{which}"))
        return tuple(
            (item.start(), f"-{month:02d}-{int(item[0]):02d}") for item in numbers
        )

    def finditer(self, words: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield each date, tried only where one may begin: at digits, and at names of
        months.
        """
        for token in self._begin.finditer(words, start, end):
            if token.start() >= start and (
                found := self._at(words, token.start(), end)
            ):
                start = found.end()
                yield found

    def _at(self, words: str, place: int, end: int) -> re.Match[str] | None:
        """Return the date at a place.

        An old year is one of the tables, or one that few words lead to: "in 1812".
        """
        found = self._pattern.match(words, place, end)
        old = self._old.search(words, *found.span()) if found else None
        if found is None or old is None or found["y7"] or found["iso"]:
            return found
        known, alone = int(old[0]) in self._years, old.start() == place
        lead = LEADING.search(words, max(0, place - NEAR), place)
        led = not alone or (lead[1].lower() if lead else "") in self._before[known]
        goes_on = not known and GOING_ON.match(words, old.end())
        return (
            found
            if led and not goes_on
            else self._pattern.match(words, place, old.start())
        )


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return (
        "|".join(map(re.escape, sorted(words, key=lambda item: (-len(item), item))))
        or r"(?!)"
    )


def month_names(lexicon: Lexicon) -> dict[str, int]:
    """Return the names of months as texts write them: with a capital where the language
    has one ("may" is no month).
    """
    found = {}
    for width in ("abbreviated", "wide"):
        for form in ("format", "stand-alone"):
            for number, name in get_month_names(
                width, context=form, locale=lexicon.locale
            ).items():
                for written in (str(name), str(name).capitalize(), str(name).upper()):
                    found[written.rstrip(".")] = number
    return found


class _Template(NamedTuple):
    """What a phrase of time means: a *range* between two dates, *months* of a year,
    *years* to one, a *shift*.

    ``rank`` says which of several that begin at one place is meant, the lowest.
    ``number`` is how many months the phrase says, in a word, of a shift by *days* how
    many days; ``span`` are those that its table says, of the year 0;
    ``loose``: or somewhere in them.
    """

    rank: int
    kind: str
    number: int = 0
    span: Period | None = None
    loose: bool = False


class _Times:
    """Phrases of time, with ``DATE`` where a date stands: a tagger of them, and what
    each means.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.meanings: dict[str, _Template] = {}
        months = sorted(lexicon.lists["parts_of_year"], key=len, reverse=True)
        ranges = sorted(lexicon.lists["period_between"], key=len, reverse=True)
        for rank, item in enumerate(months):
            meant = MEANT.search(item)
            span = (
                Period(int(meant["first"]) - 1, int(meant["last"]) - 1)
                if meant
                else None
            )
            for phrase, count in _filled(
                MEANT.sub("", item), {} if meant else lexicon.numbers
            ):
                loose = meant is not None and meant["how"] == LOOSE
                self.meanings.setdefault(
                    phrase, _Template(rank, "months", count, span, loose)
                )
        for item in lexicon.lists["spans_of_years"]:
            for phrase, count in _filled(item, lexicon.numbers):
                self.meanings.setdefault(phrase, _Template(0, "years", count))
        for rank, item in enumerate(ranges, len(months)):
            self.meanings.setdefault(item.replace("{}", DATE), _Template(rank, "range"))
        moves = [("shift", *each) for each in lexicon.shifts.items()]
        moves += [("days", *each) for each in lexicon.day_shifts.items()]
        # "two years later" moves twice as far as "{} years later"
        for kind, item, moved in moves:
            for phrase, count in _filled(item, lexicon.numbers):
                self.meanings.setdefault(
                    phrase,
                    _Template(len(months) + len(ranges), kind, moved * (count or 1)),
                )
        self.meanings[DATE] = _Template(len(self.meanings), "date")
        self.tagger = Tagger({"times": self.meanings})

    def find(self, words: str) -> Iterator[tuple[Tag, _Template]]:
        """Yield each phrase of time in words with dates as ``DATE``, and each date
        outside one, from left to right.
        """
        end = 0
        for place, tags in self.tagger.by_place(words).items():
            near = [
                (self.meanings[tag.phrase], tag) for tag in tags if _is_near(tag, words)
            ]
            if place >= end and near:
                meant, tag = min(near, key=lambda pair: pair[0].rank)
                end = tag.end
                yield tag, meant


def _filled(template: str, numbers: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield a template with dates and numbers of months in its places, and the number;
    0 where digits say it.
    """
    first, *rest = template.split("{}")
    places = [[(DATE, 0)] for _ in rest]
    counts = [(word, value) for word, value in numbers.items() if 0 < value <= MONTHS]
    choices = [[*place, ("#", 0), *counts] if numbers else place for place in places]
    for chosen in product(*choices):
        count = next((value for _, value in chosen if value), 0)
        yield (
            first
            + "".join(
                word + part for (word, _), part in zip(chosen, rest, strict=True)
            ),
            count,
        )


def _is_near(tag: Tag, words: str) -> bool:
    """Tell whether a phrase of time stands together: its words no more than a line end
    in a quotation apart.
    """
    if tag.tight or tag.gap > GAP:
        return False
    return ANY_DIGITS not in tag.phrase or all(
        len(number) < len("100") for number in DIGITS.findall(words, *tag[:2])
    )


# ---- What a paragraph names


def dates_in(text: Text, block: Span, lexicon: Lexicon) -> tuple[Date, ...]:
    """Return the dates in a block of a text, in their order."""
    return tuple(_dates(text, block, lexicon))


def _dates(text: Text, block: Span, lexicon: Lexicon) -> Iterator[Date]:
    for found in lexicon.derive(_Dates).finditer(text.plain, block.start, block.end):
        place = found.start(), found.end()
        month = lexicon.derive(month_names).get(
            (found["m3"] or found["m6"] or "").rstrip("."), 0
        )
        year = int(
            found["y1"]
            or found["y2"]
            or found["y3"]
            or found["y4"]
            or found["y5"]
            or (found["y7"] or "0")[:4]
        )
        if found["day"]:
            yield Date(*place, year, days=lexicon.derive(_Dates).days(found))
        elif found["y7"]:
            yield Date(*place, year, last_year=year + DECADE_YEARS - 1)
        elif found["last"]:
            yield _short_range(*place, year, found["dash"], int(found["last"]))
        else:
            yield Date(*place, year, month)


def named_times(
    text: Text, block: Span, lexicon: Lexicon
) -> tuple[tuple[NamedPeriod, ...], tuple[NamedPeriod, ...]]:
    """Return the periods that a block of a text names, and the days, which are none of
    these, both in their order.

    Without a date there are none that a shift could count from.
    """
    dates = dates_in(text, block, lexicon)
    return _Block(text, block, lexicon, dates).named() if dates else ((), ())


class _Block:
    """The dates of a block of a text, and the phrases that join and shift them."""

    def __init__(
        self, text: Text, block: Span, lexicon: Lexicon, dates: Sequence[Date]
    ) -> None:
        self._text, self._block, self._lexicon = text, block, lexicon
        self._sentences = text.sentences(block)
        self._dates = {date.start: date for date in dates}
        self._years = {start: self._year(date) for start, date in self._dates.items()}
        self._done: list[NamedPeriod] = []
        self._days: list[NamedPeriod] = []

    def _sentence(self, position: int) -> Span:
        return next(
            (span for span in self._sentences if span.start <= position < span.end),
            self._block,
        )

    def _year(self, date: Date) -> int:
        """Return the year of a date; that of a bare month is the paragraph's last
        before it, else its next.
        """
        if date.year or date.days:
            return date.last_year or date.year
        year = self._year_of_list(date) or self._year_around(date.start, month=True)
        named = [
            other
            for other in self._dates.values()
            if other.month and other.end <= date.start
        ]
        return year - bool(
            year and named and date.month >= named[-1].month and self._is_before(date)
        )

    def _is_before(self, date: Date) -> bool:
        """Tell whether a month is the last of its name before the one named: "against
        the April before".
        """
        before, after = self._text.folded[: date.start], self._text.folded[date.end :]
        parts = (item.split("{}") for item in self._lexicon.lists["month_before"])
        return any(
            before.endswith(head) and after.startswith(tail) for head, tail in parts
        )

    def _year_of_list(self, date: Date) -> int:
        """Return the year after a list or range of months ("March and April 2026") for
        a month in it.
        """
        dates = list(self._dates.values())
        for one, other in pairwise(dates[dates.index(date) :]):
            gap = self._text.plain[one.end : other.start]
            if len(gap.split()) > 1 or len(gap) > len(" through "):
                return 0
            if other.month and other.year:
                return other.year - (date.month > other.month)
        return 0

    def _year_around(
        self, position: int, *, month: bool = False, part: bool = False
    ) -> int:
        """Return the year before a position in its sentence, else a month's after it;
        else in the block.

        Of ``part`` of a year, "Q2" or "10 August", it may be any after it that no
        figure parts from it.
        """
        sentence, dated = (
            self._sentence(position),
            [date for date in self._dates.values() if date.year],
        )
        last_before = [date for date in dated if date.end <= position][-1:]
        after = [date for date in dated if date.start >= position]
        near = [
            date
            for date in after
            if part and not data_links(self._text, Span(position, date.start))
        ]
        near += [date for date in after if month and date.month]
        here = [date for date in (*last_before, *near) if lies_in(date, sentence)]
        return next(
            (date.last_year or date.year for date in (*here, *last_before, *after)), 0
        )

    def named(self) -> tuple[tuple[NamedPeriod, ...], tuple[NamedPeriod, ...]]:
        """Return all named periods, and all days."""
        self._add_days()
        start, end = self._block
        characters = list(self._text.folded[start:end])
        for date in self._dates.values():
            sign = DAY if date.days or not self._years[date.start] else DATE
            characters[date.start - start : date.end - start] = sign * (
                date.end - date.start
            )
        words = "".join(characters)
        for tag, meant in self._lexicon.derive(_Times).find(words):
            self._add(tag, meant, words, start)
        return tuple(self._done), tuple(sorted(self._days, key=lambda item: item.start))

    def _add_days(self) -> None:
        for date in (date for date in self._dates.values() if date.days):
            year = date.year or self._year_around(date.start, part=True) or ANY_YEAR
            for number, (start, day) in enumerate(date.days, 1):
                if period := Period.read(day if day[0] != "-" else f"{year:04d}{day}"):
                    end = date.end if number == len(date.days) else start + len("10")
                    self._days.append(
                        NamedPeriod(period, date.start if number == 1 else start, end)
                    )

    def _add(self, tag: Tag, meant: _Template, words: str, offset: int) -> None:
        starts = (found.start() for found in RUN.finditer(words, tag.start, tag.end))
        dates = [self._dates[place + offset] for place in starts]
        place, digits = (
            (tag.start + offset, tag.end + offset),
            DIGITS.search(words, tag.start, tag.end),
        )
        if meant.kind in {"shift", "days"}:
            count = meant.number * (int(digits[0]) if digits else 1)
            self._shift_days(place, count, meant.kind)
            if meant.kind == "shift":
                self._shift(place, count)
        elif meant.kind in {"months", "years"}:
            count = meant.number or (
                int(digits[0]) if digits and ANY_DIGITS in tag.phrase.split() else 0
            )
            if meant.kind == "months" or not self._years_to(place, count, dates[0]):
                self._months(place, count, dates, meant)
        elif meant.kind == "date" or not self._range(
            place, *(date.period(self._years[date.start]) for date in dates)
        ):
            for date in dates:
                self._one(date)

    def _one(self, date: Date) -> None:
        period = date.period(self._years[date.start])
        to_date = self._beside(date.start, year=period.is_year)
        self._done.append(NamedPeriod(period, date.start, date.end, to_date))

    def _beside(self, position: int, *, year: bool) -> bool:
        """Tell whether words such as "to" or "end of" stand before a position; what
        ends with a year is all of it.
        """
        folded, sentence = self._text.folded, self._sentence(position)
        since = self._lexicon.tagger.first(
            folded, ("since_january",), sentence.start, sentence.end
        )
        start = max(sentence.start, position - NEAR)
        beside = self._lexicon.tagger.leading(
            folded, position, ("to_date_beside",), BESIDE, start
        )
        return since is not None or (not year and beside is not None)

    def _range(self, place: tuple[int, int], first: Period, last: Period) -> bool:
        """Add the range between two periods, if they are in order."""
        if first.first >= last.first:
            return False
        self._done.append(
            NamedPeriod(Period(first.first, last.last), *place, ends=(first, last))
        )
        return True

    def _years_to(self, place: tuple[int, int], count: int, date: Date) -> bool:
        """Add what "three years to 2024" names: from 2021 to 2024, if the date is a
        year.
        """
        last = Period.of(self._years[date.start] * MONTHS, MONTHS)
        return not date.month and self._range(place, last.after(-count), last)

    def _months(
        self,
        place: tuple[int, int],
        count: int,
        dates: Sequence[Date],
        meant: _Template,
    ) -> None:
        """Add what "first eleven months of 2022", "twelve months to March 2023" or
        "same months of 2022" name.
        """
        date, span = dates[0] if dates else None, meant.span
        year = (
            self._years[date.start]
            if date
            else self._year_around(place[0], part=bool(span))
        )
        # "early May 2026" is May
        if year and span and date and (date.month or date.last_year):
            self._one(date)
        elif year and span:
            period = span.shifted(year * MONTHS)
            if period.length == QUARTER and not meant.loose:
                self._done += [*self._quarters_before(place[0], year)][::-1]
            self._done.append(NamedPeriod(period, *place, loose=meant.loose))
        elif year and count:
            last = (
                date.period(year).last
                if date and date.month
                else year * MONTHS + count - 1
            )
            self._done.append(NamedPeriod(Period(last - count + 1, last), *place))
        elif year:
            self._same_months(place, year)

    def _quarters_before(self, start: int, year: int) -> Iterator[NamedPeriod]:
        """Yield those listed before a quarter by their ordinals alone, the last first:
        "first and second quarter".
        """
        lexicon, folded = self._lexicon, self._text.folded
        small = {*lexicon.lists["range_between"], *lexicon.lists["before_scale"]}
        for tag in [
            *lexicon.tagger.find(
                folded, ("ordinals",), self._sentence(start).start, start
            )
        ][::-1]:
            last = lexicon.ordinals[tag.phrase] * QUARTER
            if (
                last > MONTHS
                or not {*folded[tag.end : start].replace(",", " ").split()} <= small
            ):
                return
            start = tag.start
            yield NamedPeriod(
                Period.of(year * MONTHS + last - 1, QUARTER), start, tag.end
            )

    def _same_months(self, place: tuple[int, int], year: int) -> None:
        """Add the months named last, in another year; all of it to date where none are
        named.
        """
        for base in self._bases(place[0], years=False):
            period = base.period.shifted((year - base.period.year) * MONTHS)
            self._done.append(
                base._replace(period=period, start=place[0], end=place[1])
            )
        if not self._done or self._done[-1].start != place[0]:
            self._done.append(
                NamedPeriod(Period.of(year * MONTHS, MONTHS), *place, to_date=True)
            )

    def _shift_days(self, place: tuple[int, int], count: int, kind: str) -> None:
        """Add the day so many days or months after the last one named, if no other time
        is named after that.
        """
        base = max(
            (item for item in self._days if item.end <= place[0]),
            default=None,
            key=lambda item: item.end,
        )
        if base and (
            kind == "days" or not self._done or self._done[-1].start < base.start
        ):
            with suppress(ValueError, OverflowError):  # before all calendars
                period = (
                    base.period.after(count)
                    if kind == "days"
                    else base.period.shifted(count)
                )
                self._days.append(NamedPeriod(period, *place))

    def _shift(self, place: tuple[int, int], months: int) -> None:
        whole_years = months % MONTHS == 0
        found: list[NamedPeriod] = []
        for base in self._bases(place[0], years=whole_years):
            # a month after January to October: January to November
            if base.period.is_to_date and not whole_years:
                period = Period(base.period.first, base.period.last + months)
            else:
                period = base.period.shifted(months)
            ends = tuple(end.shifted(months) for end in base.ends)
            found.append(NamedPeriod(period, *place, base.to_date, ends, base.loose))
            # "the year before" may be the whole year
            if whole_years and not base.period.is_year:
                found.append(
                    NamedPeriod(
                        Period.of(base.period.year * MONTHS + months, MONTHS),
                        *place,
                        loose=True,
                    )
                )
        self._done += dict.fromkeys(found)

    def _bases(self, position: int, *, years: bool) -> list[NamedPeriod]:
        """Return what a shift is counted from: the last named period; of several with a
        figure each, as many.
        """
        fitting = (
            item for item in reversed(self._done) if years or not item.period.is_year
        )
        known = [*islice(fitting, REMEMBERED)][::-1]
        if not known:
            return []
        last, sentence = known[-1], self._sentence(position)
        count = len(data_links(self._text, Span(last.end, position)))
        same = [
            item
            for item in known
            if item.start >= sentence.start and item.period.length == last.period.length
        ]
        return list(
            dict.fromkeys(
                [last, *same[-max(count, 1) :], *lists(self._text, known)[-1]]
            )
        )


def _short_range(start: int, end: int, year: int, dash: str, last: int) -> Date:
    """Return "2011–12" as two years, "2023-11" as a month."""
    if dash == "-" and 0 < last <= MONTHS and last != year % 100 + 1:
        return Date(start, end, year, last)
    return Date(start, end, year, last_year=max(year, year // 100 * 100 + last))
