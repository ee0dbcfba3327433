"""Holding figures to the times that a sentence names: the nearest must be the figure's own, or a related one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from babel.dates import get_month_names

from press.binding.proof import Proof
from press.ground.errors import Fault, Mend
from press.ground.period import MONTHS, Period
from press.reading import NEAR, SPACE, Lexicon, Link, NamedPeriod, Sentence, Span, Tag, inside, lies_in, lists

# The small words that may stand between a word such as "than" and a period: "than in the year", "since the", "in".
TWO_SMALL_WORDS = re.compile(rf"{SPACE}(?:\w{{1,3}}{SPACE}){{0,2}}")
AN_ARTICLE = re.compile(rf"{SPACE}(?:\w{{3}}{SPACE})?")
NONE = re.compile(SPACE)
CONJUNCTION = re.compile(rf"{SPACE}\w{{1,3}}{SPACE}")
RELATIVE = {"change", "points", "multiple", "share", "index"}  # kinds that are counted from a base, as signed ones are
OPENING = len("In the year ")  # so near its beginning a period is that of the whole sentence


def periods_of(proof: Proof) -> frozenset[Period]:
    """Return the periods that a sentence may name beside words with this proof."""
    quantities = [fact.quantity for fact in proof.facts]
    found = {period for item in quantities for period in (item.period, *item.related) if period}
    found |= proof.statement_periods
    if claim := proof.claim:
        found |= {*claim.moments, *([claim.window] if claim.window else [])}
    return frozenset(found)


def bases_of(proof: Proof) -> frozenset[Period]:
    """Return those of its periods that a change is counted from: a sentence may name them only as such."""
    quantities = [fact.quantity for fact in proof.facts]
    if proof.claim and proof.claim.classes[0] in {"more", "less"}:
        return frozenset({item.period for item in quantities[1:] if item.period} - {quantities[0].period})
    changes = [item for item in quantities if item.kind in RELATIVE or (item.signed and item.kind != "span")]
    dated = [(item.period, item.related) for item in changes if item.period]
    earlier = {other for period, related in dated for other in related if other.last < period.last}
    return frozenset(earlier - {period for period, _ in dated})


def period_fault(
    sentence: Sentence, link: Link, periods: frozenset[Period], base: frozenset[Period] = frozenset()
) -> Fault | None:
    """Return what is wrong where the nearest periods that a sentence names are none of a figure's ``periods``.

    ``base`` are those of them that a change is counted from: "more than in 2022" must name one, "in 2023" must not. A
    figure without periods may stand beside any.
    """
    return _Dated(sentence, link, periods, base).fault() if periods else None


@dataclass(frozen=True, eq=False)
class _Dated:
    """A figure in its sentence: the periods that may be named beside it, and those of them that it is counted from."""

    sentence: Sentence
    link: Link
    periods: frozenset[Period]
    base: frozenset[Period]

    @cached_property
    def nearest(self) -> list[NamedPeriod]:
        """The periods named nearest to the figure, in all their readings."""
        return [way for item in self.sentence.nearest(self.link, self.sentence.times) for way in self._readings(item)]

    @property
    def own(self) -> frozenset[Period]:
        """The periods of the figure itself, without those that it is counted from."""
        return self.periods - self.base or self.periods

    def fault(self) -> Fault | None:
        """Return what is wrong with the times beside the figure."""
        if not self.nearest:
            return None
        wrong = self._wrong()
        if not wrong:
            return self._level_fault() or self._shared_fault()
        if self._completes_another(wrong):
            return None
        lexicon, words = self.sentence.lexicon, self.sentence.shown(wrong)
        meant, own = (
            written(wrong.period, lexicon),
            " or ".join(written(period, lexicon) for period in sorted(self.own)),
        )
        read = "" if f"{wrong.period.year}" in words else f", read as {meant}"
        if self.base and self._is_base(wrong):
            base = " or ".join(self._named(self.base))
            message = f'"{self._words}" is counted from {base}, but the nearest date is "{words}"{read}'
            mends, hint = self._mends(wrong, self.base), f"link the fact that is counted from {meant}"
        else:
            message = f'"{self._words}" is the figure of {own}, but the nearest date is "{words}"{read}'
            mends, hint = (*self._as_base(wrong), *self._mends(wrong, self.own)), self._hint(wrong)
        return Fault(wrong.start, wrong.end, message, hint, mends=mends)

    @property
    def _words(self) -> str:
        return self.sentence.own_words(self.link)

    def _hint(self, wrong: NamedPeriod) -> str:
        """Return what to do about another time than the figure's, whatever else its sentence says."""
        meant = written(wrong.period, self.sentence.lexicon)
        if wrong.period in self.own:
            return "name the times in their order"
        return f"name its own time alone, or link the fact for {meant}" if self.base else f"link the fact for {meant}"

    def _mends(self, wrong: NamedPeriod, periods: Iterable[Period]) -> tuple[Mend, ...]:
        """Return the ways to name one of some periods in place of another."""
        named = ((words, f'"{words}"') for words in self._named(periods))
        return tuple(Mend(wrong.start, wrong.end, *words, "write {} in this clause") for words in named)

    def _as_base(self, wrong: NamedPeriod) -> tuple[Mend, ...]:
        """Return the way to say of a period that a change is counted from it: "than in 2022", "since 2022"."""
        led = self._led(wrong, "within", AN_ARTICLE) if wrong.period in self.base else None
        if not led:
            return ()
        lexicon, follows = self.sentence.lexicon, wrong.start > self.link.end
        word, end = (lexicon.than[0], led.start) if follows else (lexicon.since[0], wrong.start)
        rest = self.sentence.shown(Span(end, wrong.end))
        return (Mend(led.start, end, f"{word} ", f'"{word} {rest}"'),)

    def _within(self, item: NamedPeriod, led: Tag) -> tuple[Mend, ...]:
        """Return the way to say that a figure is of a period, in place of words that lead out of it."""
        words = f"{self.sentence.lexicon.within[0]} {self.sentence.shown(item)}"
        return (Mend(min(led.start, item.start), max(led.end, item.end), words, f'"{words}"'),)

    def _named(self, periods: Iterable[Period]) -> list[str]:
        """Return words that name periods as the checker reads them; a total to date may be told by its end."""
        lexicon = self.sentence.lexicon
        beside = [words for words in lexicon.to_date_beside if not {*words.split()} & lexicon.months.keys()]
        found = []
        for period in sorted(periods):
            found.append(written(period, lexicon))
            if period.is_to_date and beside:
                found.append(f"{max(beside, key=len)} {written(Period(period.last, period.last), lexicon)}")
        return found

    def _readings(self, item: NamedPeriod) -> list[NamedPeriod]:
        """Return what words can mean: "early 2022" in another clause may as well be the year of the figure."""
        if not item.loose or self._dates(item):
            return [item]
        return [item, item._replace(period=Period.parse(f"{item.period.year:04d}"), loose=False)]

    @cached_property
    def _moves(self) -> bool:
        """Tell whether a figure of one period may stand at one end of a range: the sentence goes along it."""
        ranges = len(self.periods) == 1 and any(item.ends for item in self.nearest)
        return ranges and _goes_along(self.sentence, self.link)

    def _is(self, item: NamedPeriod, periods: frozenset[Period]) -> bool:
        return _fits(item, periods, moves=self._moves)

    def _wrong(self) -> NamedPeriod | None:
        """Return the first period that should have been one of the figure's, if none that should have been is."""
        if inside(self.nearest[0], self.link):
            groups = lists(self.sentence.text, self.nearest)
            return next((group[0] for group in groups if not any(self._is(i, self.periods) for i in group)), None)
        bases = [item for item in self.nearest if self.base and self._is_base(item)]
        if bases and not any(self._is(item, self.base) for item in bases):
            return bases[0]
        others = [item for item in self.nearest if item not in bases]
        if self._make_own(others):
            return None
        return None if any(self._is_own(item, others) for item in others) else next(iter(others), None)

    def _is_own(self, item: NamedPeriod, others: list[NamedPeriod]) -> bool:
        """Tell whether a period is the figure's: where words leave it open, one that it is counted from is, too."""
        free = self._led(item, "after", AN_ARTICLE) or not self._is_dated_by(item, others)
        periods = self.periods if free else self.periods - self.base
        return self._is(item, periods) or (bool(item.ends) and self.periods.issuperset(item.ends))

    def _make_own(self, others: list[NamedPeriod]) -> bool:
        """Tell whether months in a list are together the figure's period: "in January and February"."""
        for group in lists(self.sentence.text, others):
            months = sorted({item.period for item in group})
            follow = all(
                one.length == other.length == 1 and one.last + 1 == other.first for one, other in pairwise(months)
            )
            if len(months) > 1 and follow and Period(months[0].first, months[-1].last) in self.own:
                return True
        return False

    def _is_dated_by(self, item: NamedPeriod, others: list[NamedPeriod]) -> bool:
        """Tell whether the figure is of a period, rather than counted from it: "it fell in 2020, then grew by …"."""
        last_before = [other for other in others if other.end <= self.link.words_start][-1:] == [item]
        opens = item.start - self.sentence.start <= OPENING
        return opens or not last_before or lies_in(item, self.sentence.clause(self.link.words_start))

    def _is_base(self, item: NamedPeriod) -> bool:
        """Tell whether words before a period say that a change is counted from it: "than in", "since"."""
        return bool(self._led(item, "than", TWO_SMALL_WORDS) or self._led(item, "since", AN_ARTICLE))

    def _level_fault(self) -> Fault | None:
        """A figure of one period tells nothing of the time before or since, and is not that of another as well."""
        if self.link.scheme != "fact" or self.base or len(self.periods) != 1 or inside(self.nearest[0], self.link):
            return None
        own = [item for item in self.nearest if item.period in self.periods and self._dates(item)]
        for item in own:
            if found := self._leads_out(item):
                words = self.sentence.shown(Span(min(found.start, item.start), max(found.end, item.end)))
                meant = written(item.period, self.sentence.lexicon)
                message = f'"{words}" is another time than {meant}, and "{self._words}" is the figure of {meant} alone'
                hint = "link a fact for the time that the words tell"
                return Fault(item.start, item.end, message, hint, mends=self._within(item, found))
        pair = self._pair() if own else None
        if not pair:
            return None
        message = f'"{self.sentence.shown(pair)}" are two times, but "{self._words}" is the figure of one'
        return Fault(pair.start, pair.end, message, "name its own time alone, or link a number for each")

    def _shared_fault(self) -> Fault | None:
        """A change from one year to the next is not that of both: "in 2022 and 2023 sales rose"."""
        for group in lists(self.sentence.text, [item for item in self.nearest if self.base and self._dates(item)]):
            periods = {item.period for item in group}
            led = self._led(group[0], "within", NONE) and not any(item.ends for item in group)
            if led and periods & self.base and periods & self.own:
                place = Span(group[0].start, group[-1].end)
                own = " or ".join(written(period, self.sentence.lexicon) for period in sorted(self.own))
                message = (
                    f'"{self.sentence.shown(place)}" are several times, but "{self._words}" is the figure of {own}'
                )
                return Fault(*place, message, f'write "{own}" alone, or link a figure for each')
        return None

    def _dates(self, item: NamedPeriod) -> bool:
        """Tell whether a period stands in the clause of the figure, or alone before it: "Before 2023, sales were …"."""
        clause = self.sentence.clause(item.start)
        own = self.sentence.clause(self.link.words_start)
        alone = clause.start == self.sentence.start and not self.sentence.text.plain[item.end : clause.end].strip()
        begins = self.sentence.text.folded[own.start : own.end].split()[:1]
        related = begins and begins[0] in self.sentence.lexicon.relative  # "after 2022, when sales were"
        return lies_in(item, own) or (alone and item.end <= self.link.start and not related)

    def _leads_out(self, item: NamedPeriod) -> Tag | None:
        """Return the words beside a period that lead out of it, as "since"; none after "not", and for "2022’s"."""
        part = "in_part" if item.period.is_year else "beyond"
        found = self._led(item, part, AN_ARTICLE, self.sentence.start) or self._led(
            item, "beyond", AN_ARTICLE, self.sentence.start
        )
        found = found or self._onward(item)
        if not found or self.sentence.text.folded[item.end : item.end + 1] == "'":
            return None
        ahead = self.sentence.text.folded[max(self.sentence.start, item.start - NEAR) : found.start].split()[-1:]
        return None if ahead and ahead[0] in self.sentence.lexicon.negations else found

    def _onward(self, item: NamedPeriod) -> Tag | None:
        """Return the phrase right behind a period that leads on from it: "from 2023 onwards"."""
        folded = self.sentence.text.folded
        found = self.sentence.lexicon.tagger.first(folded, ("onward",), item.end, min(len(folded), item.end + NEAR))
        return found if found and not folded[item.end : found.start].strip() else None

    def _led(self, item: NamedPeriod, table: str, small: re.Pattern[str], start: int = 0) -> Tag | None:
        """Return the phrase of a table that only ``small`` words part from a period behind it."""
        start = max(start, item.start - NEAR)
        return self.sentence.lexicon.tagger.leading(self.sentence.text.folded, item.start, (table,), small, start)

    def _pair(self) -> Span | None:
        """Return "2023 and 2024" where both have to share one figure, and nothing moves from one to the other."""
        sentence, clause = self.sentence, self.sentence.clause(self.link.words_start)
        for group in lists(sentence.text, [item for item in self.nearest if self._dates(item)]):
            first, last = group[0], group[-1]
            two = len({item.start for item in group}) == 2 and not any(item.ends for item in group)  # noqa: PLR2004
            joined = two and CONJUNCTION.fullmatch(sentence.text.plain, first.end, last.start)
            alone = len(sentence.data_links()) == 1 and len(sentence.text.within(clause)) == 1
            if joined and alone and self._led(first, "within", NONE):
                return None if _goes_along(sentence, self.link) else Span(first.start, last.end)
        return None

    def _completes_another(self, item: NamedPeriod) -> bool:
        """Tell whether a year only completes a part of it that is named: "in November, sales in 2023 were"."""
        year = item.period.year
        return item.period.is_year and any(
            _fits(other, self.periods, moves=False) and other.period.length < MONTHS and other.period.year == year
            for other in self.sentence.times
        )


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


def fits(named: Iterable[NamedPeriod], periods: frozenset[Period]) -> bool:
    """Tell whether any of some named periods is one of a figure's, or an end of what it is counted between."""
    return any(_fits(item, periods, moves=True) for item in named)


def unserved(sentence: Sentence, served: Iterable[tuple[Link, frozenset[Period]]]) -> tuple[NamedPeriod, ...]:
    """Return the periods that a sentence names and no figure in it is of; ``served``: its links and their periods."""
    ranges = any(item.ends for item in sentence.times)
    figures = [(periods, ranges and _goes_along(sentence, link)) for link, periods in served]
    found: dict[tuple[int, int], list[tuple[NamedPeriod, bool]]] = {}
    for item in sentence.times:
        fits = any(_fits(item, periods, moves=moves) for periods, moves in figures)
        found.setdefault((item.start, item.end), []).append((item, fits))
    return tuple(items[0][0] for items in found.values() if not any(fits for _, fits in items))


def _goes_along(sentence: Sentence, link: Link) -> bool:
    """Tell whether a sentence goes from one end of a range to the other: it rose, or goes from a figure to a figure."""
    goes = sentence.lexicon.tagger.first(sentence.text.folded, ("directions",), sentence.start, sentence.end)
    before = sentence.text.folded[sentence.start : link.words_start].split()[-1:]
    if sentence.data_links()[:1] == [link]:  # "came to": the first figure is where a range begins
        before = [word for word in before if word not in sentence.lexicon.range_between]
    words = sentence.text.folded[link.words_start : link.words_end].split()[:1]
    turns = {*sentence.lexicon.range_before, *sentence.lexicon.range_between, *sentence.lexicon.apart}
    return bool(goes or turns & {*before, *words})


def _fits(named: NamedPeriod, periods: frozenset[Period], *, moves: bool) -> bool:
    """Tell whether a named period is one of a figure's."""
    if named.period in periods:
        return True
    if named.loose:
        inner = (period for period in periods if not period.is_year)
        return any(named.period.first <= period.last <= named.period.last for period in inner)
    if named.ends and _are_ends(periods, named, moves=moves):
        return True
    return named.to_date and any(_ends_with(period, named.period) for period in periods)


def _are_ends(periods: frozenset[Period], named: NamedPeriod, *, moves: bool) -> bool:
    """Tell whether a change has both ends of a range, or a level stands at one to which the sentence goes."""
    return periods.issuperset(named.ends) or (moves and len(periods) == 1 and periods <= {*named.ends})


def _ends_with(period: Period, named: Period) -> bool:
    """Tell whether a total of several months answers to a month that it ends with, or to its unfinished year."""
    if named.length == 1:
        return period.length > 1 and period.length <= MONTHS and period.last == named.last
    return period.is_to_date and named.is_year and named.year == period.year
