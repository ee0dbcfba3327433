"""A judge of what the story's texts say, which knows none of the checker's rules:
another opinion on the same tables.

It calls the story's functions itself, reads words by a few patterns and compares plain
decimals. What it calls false is false by any reading: where words leave room, it lets
more pass than the checker.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from inspect import signature
from itertools import pairwise
from typing import NamedTuple

from press.binding import CheckedLink
from press.data import Data, Row
from press.ground.errors import BuildError
from press.ground.period import MONTHS, Month
from press.quantity import Quantity, format_year_month_or_day, scale_factor_of_unit
from press.story import Story

Key = tuple[str, ...]  # a fact's name and arguments
Ends = tuple[Decimal, Decimal]  # between which a figure lies, in its unit's base

# --- What words say
# ---------------------------------------------------------------------------------------------------

NEAR, FAR, HUNDRED = Decimal("0.1"), Decimal(1), Decimal(100)
# how far below and above the number, as a part of it
HEDGES: dict[str, tuple[Decimal, Decimal]] = {
    "about|around|approximately": (-NEAR, NEAR),
    "nearly|almost": (-NEAR, NEAR * 0),
    "just over": (NEAR * 0, NEAR),
    "more than|over|exceeded": (NEAR * 0, FAR),
    "less than|at most": (-FAR, NEAR * 0),
}
SCALES = {"thousand": 3, "million": 6, "billion": 9, "bn": 9, "trillion": 12}
COUNTS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
]
RANKS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
OFF = 40  # a number in words is good to this part of itself
JOINS = {"to", "and"}
TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+|%")
LED = re.compile(r"\b(?:rises?|rose|falls?|fell|grew|climbed|shrank) to\b")
QUOTED = re.compile(r"“([^”]*)”")
SPELT = re.compile(r"\d{4}|[A-Z][a-z]+")  # parts of a date


class Number(NamedTuple):
    """A number as written: its value, and half of what one of its last digit is."""

    value: Decimal
    half: Decimal


def read_numbers(words: str, kind: str = "") -> list[Number]:
    """Return the numbers in words, in digits or not, of a figure of a kind; parts of a
    whole are percent.
    """
    tokens = TOKEN.findall(words.lower().replace("a year", "one year"))
    found, count = list[Number](), Decimal(0)
    for index, token in enumerate(tokens):
        part, named = PARTS.get(token.removesuffix("s")), token.removesuffix("fold")
        if token[0].isdigit():
            value, power = Decimal(token.replace(",", "")), _power(tokens[index + 1 :])
            found.append(
                Number(
                    value * power,
                    Decimal(1).scaleb(int(value.as_tuple().exponent)) * power / 2,
                )
            )
        elif kind == "rank" and token in RANKS:
            found.append(Number(Decimal(RANKS.index(token) + 1), Decimal(0)))
        elif part:
            found = found[:-1] if count else found  # "three quarters"
            found.append(
                Number(
                    (count or 1) * HUNDRED / part, (count or 1) * HUNDRED / part / OFF
                )
            )
        elif named in COUNTS:
            value = COUNTS.index(named) * _power(tokens[index + 1 :])
            found.append(Number(value, value / OFF))
        count = Decimal(COUNTS.index(named)) if named in COUNTS else Decimal(0)
    return found


def _power(after: list[str]) -> Decimal:
    """Return the scale that stands behind a number, or behind the other number of its
    range.
    """
    after = after[1:] if after[:1] and after[0] in JOINS else after
    after = after[1:] if after[:1] and after[0][0].isdigit() else after
    return Decimal(10) ** SCALES.get(after[0] if after else "", 0)


def get_room_of_hedge(words: str) -> tuple[Decimal, Decimal]:
    """Return how far the hedge in words lets a figure lie below and above
    their number.
    """
    found = (
        far
        for hedge, far in HEDGES.items()
        if re.search(rf"\b(?:{hedge})\b", words.lower())
    )
    return next(found, (Decimal(0), Decimal(0)))


def are_words_true(words: str, now: Quantity, before: Quantity) -> bool | None:
    """Tell whether words are true of a figure that they were true of ``before``;
    ``None`` where no number is read.
    """
    if now.kind_rules.is_date:
        year, month = (*map(int, format_year_month_or_day(now).split("-")), 0)[:2]
        return all(
            part in {str(year), month_name[month]} for part in SPELT.findall(words)
        )
    if now.signed and _sign(now) != _sign(before):
        return False
    if (
        LED.search(words)
        and now.change
        and before.change
        and _sign(now.change) != _sign(before.change)
    ):
        return False
    read = read_numbers(words, now.kind)
    if not read:
        return True if now.signed else None
    (down, up), first, last = get_room_of_hedge(words), read[0], read[-1]
    sizes = [
        (abs(end) if now.signed else end) * now.unit_factor for end in now.low_and_high
    ]
    return all(
        first.value * (1 + down) - first.half
        <= size
        <= last.value * (1 + up) + last.half
        for size in sizes
    )


def _sign(quantity: Quantity) -> int:
    return (quantity.value > 0) - (quantity.value < 0)


# --- What is so
# -------------------------------------------------------------------------------------------------------

YEARS = [str(year) for year in range(1990, 2036)]
TIMES = {
    int: YEARS,
    Month: [f"{year}-{month:02}" for year in YEARS for month in range(1, MONTHS + 1)],
}
TIME = re.compile(r"\d{4}(-\d{2})?")


@cache
def list_argument_types(fact: Callable[..., object]) -> list[object]:
    """Return the types of a fact's arguments but the tables."""
    return [
        item.annotation for item in signature(fact, eval_str=True).parameters.values()
    ][1:]


class Judge:
    """Says what is true on some tables; ``before`` judges those on which all texts are
    true.
    """

    def __init__(self, story: Story, data: Data, before: Judge | None = None) -> None:
        """Judge on ``data``."""
        self.story, self.data, self.before = story, data, before or self
        self._known: dict[Key, Quantity | None] = {}

    def is_true(self, entry: CheckedLink) -> bool | None:
        """Tell whether a binding to a fact, a claim or a statement is true here;
        ``None`` where nobody can say.
        """
        scheme, _, rest = entry.link.target.partition(":")
        words = " ".join(entry.words.split())
        if scheme == "said":
            return self._said(
                words, entry.text.visible_words(entry.sentence.span), rest
            )
        if scheme == "claim":
            return self._claim(*rest.split("/"))
        now, before = (
            judge.figure(*judge.newest(*rest.split("/")))
            for judge in (self, self.before)
        )
        return are_words_true(words, now, before) if now and before else False

    def figure(self, name: str, *arguments: str) -> Quantity | None:
        """Return a figure of the story, ``None`` where it gives none."""
        key = (name, *arguments)
        if key not in self._known:
            kinds = list_argument_types(self.story.facts[name])
            values = (
                int(item) if kind is int else item
                for item, kind in zip(arguments, kinds, strict=False)
            )
            try:
                self._known[key] = self.story.facts[name](self.data, *values)
            except (BuildError, LookupError, ValueError, ArithmeticError):
                self._known[key] = None
        return self._known[key]

    def newest(self, name: str, *arguments: str) -> Key:
        """Return a fact's name and arguments with the newest time for which it has a
        figure in place of ``latest``.
        """
        if "latest" not in arguments:
            return name, *arguments
        place = arguments.index("latest")
        times = TIMES[list_argument_types(self.story.facts[name])[place]]
        tried = (
            (name, *arguments[:place], time, *arguments[place + 1 :])
            for time in reversed(times)
        )
        return next((key for key in tried if self.figure(*key)), (name, *arguments))

    # Comparisons

    def _claim(self, comparison: str, *rest: str) -> bool | None:
        keys = [
            self.newest(*part.split("."))
            for part in rest
            if part.partition(".")[0] in self.story.facts
        ]
        figures = [self.figure(*key) for key in keys]
        if not all(figures):
            return False
        spans = [_span(figure) for figure in figures if figure]
        if comparison in {"more", "less", "equal", "most"}:
            return _compared(comparison, *spans, Decimal(rest[2] if rest[2:] else 0))
        now, until = (
            next(filter(TIME.fullmatch, key), "") for key in (keys[0], keys[-1])
        )
        series = dict(self._series(keys[0], now, only_before=comparison == "crossed"))
        window = [part for part in rest if TIME.fullmatch(part)] or [
            YEARS[0],
            YEARS[-1],
        ]
        earlier = [most for time, (_, most) in series.items() if time < now]
        others = [
            span
            for time, span in series.items()
            if time != now and window[0] <= time <= window[-1]
        ]
        steps = pairwise(span for time, span in series.items() if now <= time <= until)
        (least, most), line = spans[0], spans[-1][0]
        return {
            "first": least >= line and all(top < line for top in earlier),
            "crossed": least >= line and bool(earlier) and earlier[-1] < line,
            "never": all(top < line for _, top in series.values()),
            "highest": all(least > top for _, top in others),
            "lowest": all(most < bottom for bottom, _ in others),
            "every": all(
                one[1] < two[0] if rest[0] == "more" else one[0] > two[1]
                for one, two in steps
            ),
        }[comparison]

    def _series(
        self, key: Key, now: str, *, only_before: bool
    ) -> Iterator[tuple[str, Ends]]:
        """Yield the figures of a fact at all times, or the ends between which they lie;
        or only the time before.
        """
        times, place = TIMES[Month if "-" in now else int], key.index(now)
        before = times.index(now) - 1
        for time in times[before : before + 1] if only_before else times:
            other = (*key[:place], time, *key[place + 1 :])
            if found := self.figure(*other) or self.story.bounds_function(
                self.data, *other
            ):
                yield time, _span(found)

    # Statements

    def _said(self, words: str, told: str, name: str) -> bool | None:
        row, was = (
            judge.data["statements"].by_key.get((name,))
            for judge in (self, self.before)
        )
        if not row or not was or self._is_told_of_another(row, was, told):
            return False
        published, quoted = _plain(str(row["quotation"] or "")), QUOTED.findall(words)
        if any(_plain(part).strip(" ,.") not in published for part in quoted):
            return False
        spelt = {str(row["said_on"])[:4], str(int(str(row["said_on"])[8:]))}
        read = read_numbers(
            " ".join(
                part for part in QUOTED.sub(" ", words).split() if part not in spelt
            )
        )
        if not read:
            return True if quoted else None
        tables = (judge.data["statement_figures"].rows for judge in (self, self.before))
        # the checker holds no hedge to a number in words: "seven banks"
        hedged = any(map(str.isdigit, words))
        figures = [
            figure
            for figure, old in zip(*tables, strict=True)
            if figure["statement"] == name and (not hedged or _is_as_sure(figure, old))
        ]
        return all(any(_is(number, figure) for figure in figures) for number in read)

    def _is_told_of_another(self, row: Row, was: Row, told: str) -> bool:
        """Tell whether a sentence names a person who said something, though not this,
        and not the one who did.
        """
        people = {
            str(item["speaker"]).split()[-1]
            for item in self.data["statements"].rows
            if _is_person(item)
        }
        now, then = (str(item["speaker"]).split() for item in (row, was))
        now += str(row["role"]).partition("beside ")[2].split()
        return (
            _is_person(row)
            and not any(name in told for name in now)
            and then[-1] in told
            and then[-1] in people
        )


def _is(number: Number, figure: Row) -> bool:
    """Tell whether a number is a figure of a statement."""
    factor = scale_factor_of_unit(str(figure["unit"]).split())
    return any(
        abs(figure.number(end) * factor - number.value) <= number.half
        for end in ("low", "high")
    )


def _is_as_sure(figure: Row, old: Row) -> bool:
    """Tell whether the word said before a figure has stayed; "about" may be added to
    what was said without.
    """
    return figure["qualifier"] == old["qualifier"] or (
        figure["qualifier"],
        old["qualifier"],
    ) == ("none", "about")


def _is_person(row: Row) -> bool:
    """Tell whether a statement is one person's: no part of an institution's name is
    enough to know it by.
    """
    return bool(row["role"] and re.fullmatch(r"[A-Z]\w+ [A-Z]\w+", str(row["speaker"])))


def _span(figure: Quantity) -> Ends:
    return figure.least * figure.unit_factor, figure.most * figure.unit_factor


def _compared(comparison: str, one: Ends, two: Ends, percent: Decimal) -> bool:
    """Tell whether a comparison of two figures is sure."""
    return {
        "more": one[0] > two[1],
        "less": one[1] < two[0],
        "equal": max(one[1] - two[0], two[1] - one[0]) * HUNDRED <= percent * two[1],
        "most": abs(sum(one)) * 2 > abs(sum(two)),
    }[comparison]


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").lower().split())
