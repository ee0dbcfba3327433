"""Reads which periods a paragraph names: of its dates, and of phrases around them.

"first half of 2024" is one, "a year earlier" another, counted from the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from itertools import islice, pairwise
from typing import NamedTuple

from press.ground.period import MONTHS, QUARTER, Period
from press.reading.dates import WrittenDate, find_dates
from press.reading.lexicon import Lexicon
from press.reading.matcher import DATE, PhraseTag
from press.reading.places import (
    NEAR,
    SPACE,
    ItemInText,
    begins_in,
    find_data_links,
    group_into_enumerations,
)
from press.reading.text import Span, Text, get_span_at_or_default
from press.reading.time_phrases import TimePhraseMeaning, TimePhrases

DATE_RUN = re.compile(f"{DATE}+")
# Stands for each character of a date that names no period, so that no phrase is found
# around it.
NO_PERIOD = "\ue001"
# What may stand between a date and words such as "end of".
BESIDE = re.compile(rf"{SPACE}(?:\w{{2,3}}{SPACE})?")
FIRST_YEAR = 1000  # that a text names
ANY_YEAR = 4  # stands for that of a day without one; a leap year
LONGEST_JOINT = len(" through ")  # between two months of a list
REMEMBERED = 24  # so many periods back a shift such as "a year earlier" may count from


class PeriodMention(NamedTuple):
    """A period that words of a text name, and from where to where they stand.

    Words of two readings ("the year before") make two with the same place.
    """

    period: Period
    start: int
    end: int
    # beside "to", "by", "end of": a total from January on answers to its last month
    is_to_date: bool = False
    range_ends: tuple[
        Period, ...
    ] = ()  # the first and the last year or month of a range
    is_loose: bool = False  # "early 2026": a figure of any months in it answers

    def is_among_ignoring_unstated_year(self, periods: Collection[Period]) -> bool:
        """Tell whether it is one of some periods; a day without a year is of any."""
        years = {self.period.year}
        if self.period.year < FIRST_YEAR:
            years = {period.year for period in periods}
        return any(
            self.period.shift_months((year - self.period.year) * MONTHS) in periods
            for year in years
        )


class TimeMentions(NamedTuple):
    """What a block of a text names: periods, and days, which are none of these."""

    periods: tuple[PeriodMention, ...] = ()
    days: tuple[PeriodMention, ...] = ()


def find_named_periods_and_days(
    text: Text, block: Span, lexicon: Lexicon
) -> TimeMentions:
    """Return the periods and the days that a block of a text names, in their order.

    Without a date there are none that a shift could count from.
    """
    dates = find_dates(text, block, lexicon)
    if not dates:
        return TimeMentions()
    return _PeriodReader(text, block, lexicon, dates).read_periods_and_days()


class _PlacedTimePhrase(NamedTuple):
    """A phrase of time in a text: where it stands, its dates, what it means, and the
    number that it says.
    """

    place: Span
    dates: Sequence[WrittenDate]
    meaning: TimePhraseMeaning
    number: int  # of months, years or days; 0 where it says none


class _PeriodReader:
    """Reads the periods of one block of a text, whose dates are known.

    It goes from left to right: a shift counts from what was read before it.
    """

    def __init__(
        self, text: Text, block: Span, lexicon: Lexicon, dates: Sequence[WrittenDate]
    ) -> None:
        self._text = text
        self._block = block
        self._lexicon = lexicon
        self._sentences = text.split_sentences(block)
        self._dates = dates
        self._resolved = {
            date.start: self._fill_in_missing_year_of_month(date) for date in dates
        }
        self._periods: list[PeriodMention] = []
        self._days: list[PeriodMention] = []

    def read_periods_and_days(self) -> TimeMentions:
        """Return all named periods in the order of their words, and all days."""
        self._add_valid_days_of_dates()
        words = self._replace_dates_by_placeholders()
        for tag, meaning in self._lexicon.get_memoized(TimePhrases).find_time_phrases(
            words
        ):
            phrase = self._locate_phrase(tag, meaning, words)
            self._add_day_shifted_from_last(phrase)
            self._periods += list(self._read_periods(phrase))
        days = sorted(self._days, key=lambda day: day.start)
        return TimeMentions(tuple(self._periods), tuple(days))

    def _replace_dates_by_placeholders(self) -> str:
        """Return the words of the block, each character of its dates replaced."""
        start = self._block.start
        characters = list(self._text.folded_visible[start : self._block.end])
        for date in self._resolved.values():
            sign = DATE if date.year and not date.days else NO_PERIOD
            place = slice(date.start - start, date.end - start)
            characters[place] = sign * (date.end - date.start)
        return "".join(characters)

    # ---- Years of dates and phrases that have none

    def _fill_in_missing_year_of_month(self, date: WrittenDate) -> WrittenDate:
        """Return a date, of a month with its year, from other dates; 0 if none tells.

        Days keep what they have.
        """
        if date.year or date.days:
            return date
        year = self._find_year_at_end_of_month_list(date) or self._infer_year_at(
            date.start, lambda other: other.month > 0
        )
        if year and self._is_same_month_of_year_before(date):
            year -= 1
        return date._replace(year=year or 0)

    def _find_year_at_end_of_month_list(self, month: WrittenDate) -> int | None:
        """Return the year after a list or range of months that a month is in; None
        without any.

        "March and April 2026": 2026.
        """
        after = self._dates[self._dates.index(month) :]
        for previous, date in pairwise(after):
            gap = self._text.visible_text[previous.end : date.start]
            if len(gap.split()) > 1 or len(gap) > LONGEST_JOINT:
                return None
            if date.month and date.year:
                return date.year - (month.month > date.month)
        return None

    def _infer_year_at(
        self, position: int, can_follow: Callable[[WrittenDate], bool] | None = None
    ) -> int | None:
        """Return the year that is meant at a position; None without any in the block.

        It is the last before it in its sentence, else one after it there whose date
        ``can_follow``; else the last before it, else the first after it.
        """
        dated = [date for date in self._dates if date.year]
        last_before = [date for date in dated if date.end <= position][-1:]
        after = [date for date in dated if date.start >= position]
        near = [*last_before]
        if can_follow:
            near += filter(can_follow, after)
        sentence = self._sentence_or_block_at(position)
        in_sentence = [date for date in near if begins_in(date, sentence)]
        dates = [*in_sentence, *last_before, *after]
        return dates[0].closing_year if dates else None

    def _find_year_for_quarter_or_day(self, position: int) -> int | None:
        """Return the year of a quarter or a day at a position: also that of a date
        after it, if no figure is between them.
        """

        def can_follow(date: WrittenDate) -> bool:
            return not find_data_links(self._text, Span(position, date.start))

        return self._infer_year_at(position, can_follow)

    def _is_same_month_of_year_before(self, date: WrittenDate) -> bool:
        """Tell whether a month is of the year before: "against the April before" after
        that April's name.
        """
        named = [
            other for other in self._dates if other.month and other.end <= date.start
        ]
        if not named or date.month < named[-1].month:
            return False
        folded = self._text.folded_visible
        for template in self._lexicon.lists["month_before"]:
            head, tail = template.split("{}")
            if folded.endswith(head, 0, date.start) and folded.startswith(
                tail, date.end
            ):
                return True
        return False

    def _sentence_or_block_at(self, position: int) -> Span:
        """Return the sentence in which a position is, else the block."""
        return get_span_at_or_default(position, self._sentences, self._block)

    # ---- Dates and phrases, from left to right

    def _add_valid_days_of_dates(self) -> None:
        """Add the days of all dates; those that no calendar has are left out."""
        for date in self._dates:
            year = date.year or self._find_year_for_quarter_or_day(date.start)
            for day in date.days:
                period = day.to_period(year or ANY_YEAR)
                if period:
                    start = date.start if day == date.days[0] else day.start
                    end = date.end if day == date.days[-1] else day.start + len("10")
                    self._days.append(PeriodMention(period, start, end))

    def _locate_phrase(
        self, tag: PhraseTag, meaning: TimePhraseMeaning, words: str
    ) -> _PlacedTimePhrase:
        """Return a phrase in the masked words of the block with its place in the text,
        and the dates in it.
        """
        offset = self._block.start
        place = Span(tag.start + offset, tag.end + offset)
        runs = DATE_RUN.finditer(words, tag.start, tag.end)
        dates = [self._resolved[run.start() + offset] for run in runs]
        return _PlacedTimePhrase(
            place, dates, meaning, meaning.read_count_or_shift(words, tag)
        )

    def _read_periods(self, phrase: _PlacedTimePhrase) -> Iterator[PeriodMention]:
        """Yield the periods that a phrase names, none for a shift by days."""
        readers = {
            "date": self._read_dates,
            "range": self._read_rising_range_or_both_dates,
            "years": self._read_years_ending_at_date,
            "months": self._read_months_if_year_known,
            "shift_months": self._read_shifted_periods,
        }
        read = readers.get(phrase.meaning.kind)
        if read:
            yield from read(phrase)

    def _read_dates(self, phrase: _PlacedTimePhrase) -> Iterator[PeriodMention]:
        return map(self._read_date, phrase.dates)

    def _read_date(self, date: WrittenDate) -> PeriodMention:
        """Return what a date alone names."""
        is_to_date = self._is_end_of_total_from_january(date)
        return PeriodMention(date.month_or_years, date.start, date.end, is_to_date)

    def _is_end_of_total_from_january(self, date: WrittenDate) -> bool:
        """Tell whether words such as "to" or "end of" stand before a date, or "since
        January" in its sentence; what ends with a year is all of it.
        """
        sentence = self._sentence_or_block_at(date.start)
        if self._lexicon.matcher.find_first_tag(
            self._text.folded_visible, ("since_january",), *sentence
        ):
            return True
        if date.month_or_years.is_year:
            return False
        return self._is_led_to_by(date, sentence, "to_date_beside")

    def _is_led_to_by(self, item: ItemInText, span: Span, *tables: str) -> bool:
        """Tell whether a phrase of some tables leads up to something in a span, one
        small word between them at most.
        """
        tag = self._lexicon.matcher.find_first_tag_leading_to(
            self._text.folded_visible,
            item.start,
            tables,
            BESIDE,
            max(span.start, item.start - NEAR),
        )
        return tag is not None

    def _read_rising_range_or_both_dates(
        self, phrase: _PlacedTimePhrase
    ) -> Iterator[PeriodMention]:
        """Yield the range between two dates; each alone if they are not in order."""
        first, last = (date.month_or_years for date in phrase.dates)
        if first.first < last.first:
            yield _name_range(first, last, phrase.place)
        else:
            yield from self._read_dates(phrase)

    def _read_years_ending_at_date(
        self, phrase: _PlacedTimePhrase
    ) -> Iterator[PeriodMention]:
        """Yield the range of "three years to 2024": from 2021 to 2024.

        None where a number stands in place of the date: "three years to five". With a
        month they are months: "three years to May 2024".
        """
        for date in phrase.dates[:1]:
            if date.month:
                yield from self._read_months_if_year_known(phrase)
            else:
                last = Period.from_contained_month_and_length(
                    date.closing_year * MONTHS, MONTHS
                )
                yield _name_range(
                    last.shift_by_own_lengths(-phrase.number), last, phrase.place
                )

    # ---- Months of a year

    def _read_months_if_year_known(
        self, phrase: _PlacedTimePhrase
    ) -> Iterator[PeriodMention]:
        """Yield the months of "first half of 2022", "ten months to March", "same months
        of 2022"; none where no date tells the year.
        """
        place, dates, meaning, number = phrase
        date = dates[0] if dates else None
        year: int | None
        if date:
            year = date.closing_year
        elif meaning.span:
            year = self._find_year_for_quarter_or_day(place.start)
        else:
            year = self._infer_year_at(place.start)
        if not year:
            return
        if meaning.span and date and (date.month or date.last_year):
            yield self._read_date(date)  # "early May 2026" is May
        elif meaning.span:
            period = meaning.span.shift_months(year * MONTHS)
            if period.length == QUARTER and not meaning.is_loose:
                yield from self._read_quarters_listed_before(place.start, year)
            yield PeriodMention(period, *place, is_loose=meaning.is_loose)
        elif number:
            last = year * MONTHS + number - 1
            if date and date.month:
                last = date.month_or_years.last
            yield PeriodMention(Period(last - number + 1, last), *place)
        else:
            yield from self._read_last_named_months_or_year_to_date(place, year)

    def _read_quarters_listed_before(
        self, start: int, year: int
    ) -> Sequence[PeriodMention]:
        """Return the quarters listed before one by their ordinals alone.

        Of "first and second quarter", the first.
        """
        lexicon = self._lexicon
        folded = self._text.folded_visible
        joining = {*lexicon.lists["range_between"], *lexicon.lists["before_scale"]}
        sentence = self._sentence_or_block_at(start)
        ordinals = lexicon.matcher.find_tags(
            folded, ("ordinals",), sentence.start, start
        )
        found: list[PeriodMention] = []
        for tag in reversed(list(ordinals)):
            months = lexicon.ordinals[tag.phrase] * QUARTER
            between = folded[tag.end : start].replace(",", " ").split()
            if months > MONTHS or not joining.issuperset(between):
                break
            start = tag.start
            quarter = Period.from_contained_month_and_length(
                year * MONTHS + months - 1, QUARTER
            )
            found.insert(0, PeriodMention(quarter, start, tag.end))
        return found

    def _read_last_named_months_or_year_to_date(
        self, place: Span, year: int
    ) -> Iterator[PeriodMention]:
        """Yield the months named last, in another year; all of it to date where none
        are named.
        """
        bases = self._find_periods_to_shift_from(place.start, can_be_years=False)
        for base in bases:
            period = base.period.shift_months((year - base.period.year) * MONTHS)
            yield base._replace(period=period, start=place.start, end=place.end)
        if not bases:
            yield PeriodMention(
                Period.from_contained_month_and_length(year * MONTHS, MONTHS),
                *place,
                is_to_date=True,
            )

    # ---- Shifts

    def _add_day_shifted_from_last(self, phrase: _PlacedTimePhrase) -> None:
        """Add the day of a shift: so many days or months after the last one named.

        By months it is shifted only if no other time is named after it.
        """
        kind = phrase.meaning.kind
        before = [day for day in self._days if day.end <= phrase.place.start]
        if not before or not kind.startswith("shift"):
            return
        base = max(before, key=lambda day: day.end)
        with suppress(ValueError, OverflowError):  # before all calendars
            if kind == "shift_days":
                period = base.period.shift_by_own_lengths(phrase.number)
            elif not self._periods or self._periods[-1].start < base.start:
                period = base.period.shift_months(phrase.number)
            else:
                return
            self._days.append(PeriodMention(period, *phrase.place))

    def _read_shifted_periods(
        self, phrase: _PlacedTimePhrase
    ) -> Iterator[PeriodMention]:
        """Yield the periods so many months after those that a shift counts from."""
        months = phrase.number
        bases = self._find_periods_to_shift_from(
            phrase.place.start, can_be_years=months % MONTHS == 0
        )
        found: dict[PeriodMention, None] = {}
        for base in bases:
            found |= dict.fromkeys(_list_readings_of_shift(base, phrase.place, months))
        yield from found

    def _find_periods_to_shift_from(
        self, position: int, *, can_be_years: bool
    ) -> list[PeriodMention]:
        """Return what a shift is counted from: the last named period; of several with a
        figure each, as many.
        """
        named = reversed(self._periods)
        fitting = (item for item in named if can_be_years or not item.period.is_year)
        known = list(islice(fitting, REMEMBERED))[::-1]
        if not known:
            return []
        last = known[-1]
        start = self._sentence_or_block_at(position).start
        alike = [
            item
            for item in known
            if item.start >= start and item.period.length == last.period.length
        ]
        figures = find_data_links(self._text, Span(last.end, position))
        # what "since" or "than" leads to: what is said is not of it
        said = [
            item
            for item in known
            if not self._is_led_to_by(item, self._block, "since", "than")
        ]
        bases = [
            last,
            *said[-1:],
            *alike[-max(len(figures), 1) :],
            *group_into_enumerations(self._text, known)[-1],
        ]
        return list(dict.fromkeys(bases))


def _name_range(first: Period, last: Period, place: Span) -> PeriodMention:
    """Return the range from one period to another, named at a place."""
    return PeriodMention(
        Period(first.first, last.last), *place, range_ends=(first, last)
    )


def _list_readings_of_shift(
    base: PeriodMention, place: Span, months: int
) -> Iterator[PeriodMention]:
    """Yield what a shift of a period by some months may mean: "the year before" also
    the whole year.
    """
    period = base.period.shift_months(months)
    is_whole_years = months % MONTHS == 0
    # a month after January to October: January to November
    if base.period.is_to_date and not is_whole_years:
        period = Period(base.period.first, base.period.last + months)
    ends = tuple(end.shift_months(months) for end in base.range_ends)
    yield PeriodMention(period, *place, base.is_to_date, ends, base.is_loose)
    if is_whole_years and not base.period.is_year:
        year = Period.from_contained_month_and_length(
            base.period.year * MONTHS + months, MONTHS
        )
        yield PeriodMention(year, *place, is_loose=True)
