"""Holding figures to the times that a sentence names: the nearest must be the figure's own, or a related one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import get_month_names

from press.period import MONTHS, Period
from press.reading import (
    NEAR,
    SPACE,
    Fault,
    Span,
    Tag,
    inside,
    lies_in,
    lists,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from press.reading import Lexicon, Link, NamedPeriod, Sentence

# What may stand between a period and the words that say how it is meant: "than in the", "since the".
THAN = re.compile(rf"{SPACE}(?:\w{{1,3}}{SPACE}){{0,2}}")
ONE_SPACE = re.compile(SPACE)
SINCE = re.compile(rf"{SPACE}(?:\w{{3}}{SPACE})?")
GOVERNING = len("In the year ")  # so near its beginning a period is that of the whole sentence


class _Figure(NamedTuple):
    """The periods of a figure, those of them that it is counted from, and whether its sentence leads along a range."""

    periods: frozenset[Period]
    base: frozenset[Period]
    moves: bool


def period_fault(
    sentence: Sentence, link: Link, quantity_periods: frozenset[Period], base: frozenset[Period] = frozenset()
) -> Fault | None:
    """Return what is wrong where the nearest periods that a sentence names are not the figure's or a related one.

    ``base`` are those of them that a change is counted from: "more than in 2022" must name one, "in 2023" must not.
    """
    candidates = sentence.nearest(link, sentence.times)
    if not quantity_periods or not candidates:
        return None
    candidates = [way for item in candidates for way in _ways(sentence, link, item)]
    ranges = len(quantity_periods) == 1 and any(item.ends for item in candidates)
    moves = ranges and _moves(sentence, link)
    figure = _Figure(quantity_periods, base, moves)
    wrong = _misfit(sentence, link, figure, candidates)
    if not wrong:
        return _level_fault(sentence, link, figure, candidates)
    if _dated_elsewhere(wrong, sentence, quantity_periods):
        return None
    expected = " or ".join(
        written(period, sentence.lexicon) for period in sorted(quantity_periods - base or quantity_periods)
    )
    words, own = sentence.shown(wrong), sentence.own_words(link)
    meant = written(wrong.period, sentence.lexicon)
    read = "" if f"{wrong.period.year}" in words else f", which is {meant},"
    message = f'found "{words}"{read} beside [{own}], a figure of {expected}, expected its own period'
    return Fault(wrong.start, wrong.end, message, _hint(wrong, figure, sentence.lexicon))


def _ways(sentence: Sentence, link: Link, item: NamedPeriod) -> list[NamedPeriod]:
    """Return what a period can mean: "early 2022" in another clause may as well be the year of the figure."""
    if not item.loose or _frames(sentence, link, item):
        return [item]
    year = Period.parse(f"{item.period.year:04d}")
    return [item, item._replace(period=year, loose=False)]


def _hint(wrong: NamedPeriod, figure: _Figure, lexicon: Lexicon) -> str:
    """Say how to mend it: a total that counts from January, a year that is only compared with, another year."""
    own = figure.periods - figure.base or figure.periods
    if wrong.period in figure.base:
        return (
            "that is what it is compared with: write than, since or against before it, "
            f"or name its own period, {_named(own, lexicon)}"
        )
    return f"write {_named(own, lexicon)} in this clause, or bind the figure of the period that it names"


def _named(periods: Iterable[Period], lexicon: Lexicon) -> str:
    """Return words that name periods, each as the checker reads it; a total to date may be told by its end."""
    beside = [words for words in lexicon.to_date_beside if not {*words.split()} & lexicon.months.keys()]
    found = []
    for period in sorted(periods):
        found.append(written(period, lexicon))
        if period.is_to_date and beside:
            found.append(f"{max(beside, key=len)} {written(Period(period.last, period.last), lexicon)}")
    return " or ".join(f'"{words}"' for words in found)


def _misfit(sentence: Sentence, link: Link, figure: _Figure, candidates: list[NamedPeriod]) -> NamedPeriod | None:
    """Return the first candidate that should have named a period of the figure, if none that should does."""
    if inside(candidates[0], link):
        groups = lists(sentence.text, candidates)
        wrong = (group[0] for group in groups if not any(_fits(i, figure.periods, moves=figure.moves) for i in group))
        return next(wrong, None)
    compared = [item for item in candidates if figure.base and _compares(sentence, item)]
    if compared and not any(_fits(item, figure.base, moves=figure.moves) for item in compared):
        return compared[0]
    others = [item for item in candidates if item not in compared]
    for item in others:
        after = _led(sentence, item, "after", SINCE)
        free = after or not _governs(sentence, link, item, others)
        periods = figure.periods if free else figure.periods - figure.base
        if _fits(item, periods, moves=figure.moves) or (item.ends and figure.periods.issuperset(item.ends)):
            return None
    return others[0] if others else None


def _governs(sentence: Sentence, link: Link, item: NamedPeriod, candidates: list[NamedPeriod]) -> bool:
    """Tell whether a figure is of this period, rather than counted from it: "it fell in 2020, then grew by …"."""
    last_before = [other for other in candidates if other.end <= link.words_start][-1:] == [item]
    begins = item.start - sentence.start <= GOVERNING
    return begins or not last_before or lies_in(item, sentence.clause(link.words_start))


def _level_fault(sentence: Sentence, link: Link, figure: _Figure, candidates: list[NamedPeriod]) -> Fault | None:
    """A figure of one period tells nothing of the time before or since, and not the figure of another."""
    if link.scheme != "fact" or figure.base or len(figure.periods) != 1 or inside(candidates[0], link):
        return None
    own = [item for item in candidates if item.period in figure.periods and _frames(sentence, link, item)]
    for item in own:
        if found := _beyond_it(sentence, item):
            words = f"{found} {sentence.shown(item)}"
            message = f'found "{words}" beside [{sentence.own_words(link)}], a figure of that time alone, expected "in"'
            return Fault(item.start, item.end, message, "or bind a figure of the time that the words tell")
    pair = _pair(sentence, link, candidates) if own else None
    if not pair:
        return None
    words = sentence.shown(pair)
    message = f'found "{words}" beside [{sentence.own_words(link)}], one figure, expected one time or a figure of each'
    return Fault(pair.start, pair.end, message, "name its own period alone, or bind a figure of the other, too")


def _frames(sentence: Sentence, link: Link, item: NamedPeriod) -> bool:
    """Tell whether a period stands in the clause of a figure, or by itself before it: "Before 2023, sales were …"."""
    clause = sentence.clause(item.start)
    own = sentence.clause(link.words_start)
    alone = clause.start == sentence.start and not sentence.text.plain[item.end : clause.end].strip()
    begins = sentence.text.folded[own.start : own.end].split()[:1]
    related = begins and begins[0] in sentence.lexicon.relative  # "after 2022, when sales were"
    return lies_in(item, own) or (alone and item.end <= link.start and not related)


def _beyond_it(sentence: Sentence, item: NamedPeriod) -> str:
    """Return the word before a period that leads out of it: "since"; an empty text after "not", and for "2022’s"."""
    found = _led(sentence, item, "beyond", SINCE, sentence.start)
    if not found or sentence.text.folded[item.end : item.end + 1] == "'":
        return ""
    ahead = sentence.text.folded[max(sentence.start, item.start - NEAR) : found.start].split()[-1:]
    denied = ahead and ahead[0] in sentence.lexicon.negations
    return "" if denied else sentence.shown(found)


def _led(sentence: Sentence, item: NamedPeriod, table: str, small: re.Pattern[str], start: int = 0) -> Tag | None:
    """Return the phrase of a table that leads to a period."""
    return sentence.lexicon.tagger.leading(
        sentence.text.folded, item.start, (table,), small, max(start, item.start - NEAR)
    )


def _compares(sentence: Sentence, item: NamedPeriod) -> bool:
    """Tell whether words before a period say that a change is counted from it."""
    return bool(_led(sentence, item, "than", THAN) or _led(sentence, item, "since", SINCE))


def _pair(sentence: Sentence, link: Link, candidates: list[NamedPeriod]) -> Span | None:
    """Return "2023 and 2024" where both have to share one figure, and nothing moves from one to the other."""
    clause = sentence.clause(link.words_start)
    items = [item for item in candidates if _frames(sentence, link, item)]
    for group in lists(sentence.text, items):
        first, last = group[0], group[-1]
        apart = len({item.start for item in group}) == 2 and not any(item.ends for item in group)  # noqa: PLR2004
        joined = re.fullmatch(rf"{SPACE}\w{{1,3}}{SPACE}", sentence.text.plain[first.end : last.start])
        led = _led(sentence, first, "within", ONE_SPACE)
        if apart and joined and led and len(sentence.figures()) == 1 and len(sentence.text.within(clause)) == 1:
            return None if _moves(sentence, link) else Span(first.start, last.end)
    return None


def _dated_elsewhere(item: NamedPeriod, sentence: Sentence, periods: frozenset[Period]) -> bool:
    """Tell whether a year only completes a part of it that the sentence names: "in November, sales in 2023 were"."""
    return item.period.is_year and any(
        _fits(other, periods, moves=False) and other.period.length < MONTHS and other.period.year == item.period.year
        for other in sentence.times
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


def unserved(sentence: Sentence, served: Iterable[tuple[Link, frozenset[Period]]]) -> tuple[NamedPeriod, ...]:
    """Return the periods that a sentence names and no figure in it is of; ``served``: its links and their periods."""
    ranges = any(item.ends for item in sentence.named)
    figures = [(periods, ranges and _moves(sentence, link)) for link, periods in served]
    found: dict[tuple[int, int], list[tuple[NamedPeriod, bool]]] = {}
    for item in sentence.times:
        fits = any(_fits(item, periods, moves=moves) for periods, moves in figures)
        found.setdefault((item.start, item.end), []).append((item, fits))
    return tuple(items[0][0] for items in found.values() if not any(fits for _, fits in items))


def _moves(sentence: Sentence, link: Link) -> bool:
    """Tell whether a sentence goes from one end of a range to the other: it rose, or goes from a figure to a figure."""
    goes = sentence.lexicon.tagger.first(sentence.text.folded, ("directions",), sentence.start, sentence.end)
    before = sentence.text.folded[sentence.start : link.words_start].split()[-1:]
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
    if named.ends and (periods.issuperset(named.ends) or (moves and len(periods) == 1 and periods <= {*named.ends})):
        return True  # a change has both ends of a range; a level may stand at one, where the sentence goes to it
    return named.to_date and any(_ends_with(period, named.period) for period in periods)


def _ends_with(period: Period, named: Period) -> bool:
    """Tell whether a total of several months answers to a month that it ends with, or to its unfinished year."""
    if named.length == 1:
        return period.length > 1 and period.length <= MONTHS and period.last == named.last
    return period.is_to_date and named.is_year and named.year == period.year
