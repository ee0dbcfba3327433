"""How a language writes quantities, comparisons and time: its grammar, and the names
and subjects of a story.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, product
from pathlib import Path
from typing import Any, cast

from babel import Locale
from babel.dates import get_month_names

from press.ground.derived import Deriving
from press.ground.errors import Problems
from press.ground.scales import SCALES
from press.ground.toml import Toml
from press.reading.tagger import Tagger

# of each language that the engine knows a file: en.toml
GRAMMARS = Path(__file__).parents[1] / "languages"
HEDGES = (
    "about",
    "over",
    "at_least",
    "just_over",
    "well_over",
    "under",
    "just_under",
    "well_under",
    "at_most",
)
DIRECTIONS = ("up", "down", "flat")
COMPARATORS = (
    "more",
    "less",
    "equal",
    "first",
    "highest",
    "lowest",
    "most",
    "crossed",
    "every",
    "led",
)
# Tables of a grammar, from a meaning to its phrases; turned round each is a field of
# Lexicon.
TABLES = (
    "hedges",
    "directions",
    "scales",
    "units",
    "short_units",
    "numbers",
    "fractions",
    "multiples",
    "ordinals",
    "comparators",
    "shifts",
)
# What a story adds in its own words.toml.
SHAPE = {
    "subjects?": {"*": [str]},
    "subject_words?": {"bare?": [str], "parties?": [str], "whole?": str},
    "dimensions?": {"*": {"*": [str]}},
    "word_classes?": {"*": [str]},
    "names?": {"words": [str]},
    "units?": {"*": [str]},
    "short_units?": {"*": [str]},
    "unit_names?": {"*": str},
    "arguments?": {"*": str},
}
# Lists that a tagger does not find as they stand: some names, templates, found with
# their dates by ``dates``, and words that only a search knows.
UNTAGGED = {
    "names",
    "period_between",
    "parts_of_year",
    "spans_of_years",
    "month_before",
    "small",
}
PARTS = re.compile(r"[^\W\d_]+|\d+|[^\w\s.,-]")
WHOLES = {*range(2, 13), 20, 100}  # of which parts are told: "nine in ten"
TEN = 10
# letters of an abbreviated scale: "the m", "dozens of men" count nothing
ABBREVIATED = 2
TIME_UNITS = frozenset({"years", "months"})
CLASS = re.compile(r"\{(\w+)\}")  # in a phrase of a story: any word of a class
# In a dimension: its values that need no naming; that of figures that say nothing of
# it.
UNNAMED, ASSUMED = "unnamed", "assumed"
SINGLE = {
    "\u2019": "'",
    "\u2018": "'",
    "\u2212": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u201c": '"',
    "\u201d": '"',
}


class _Folds(dict[int, str]):
    """What each character becomes, by its code: worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _folded(chr(code))
        return found


FOLDS = _Folds()


def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKC", SINGLE.get(character, character)).lower()
    plain = SINGLE.get(plain, plain)  # a superscript minus is a minus sign by now
    if plain.isdecimal() and not character.isdecimal():
        return character  # raised, lowered or in a circle: "24⁰" is not 240
    return " " if plain.isspace() else plain if len(plain) == 1 else character


def fold(text: str) -> str:
    """Return the text in small letters, with plain spaces, digits, quotation marks and
    minus signs; no shorter.
    """
    return text.translate(FOLDS)


def alternation(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds the longest of some phrases that are in no table, as
    whole words.
    """
    found = []
    for phrase in sorted(map(fold, phrases), key=lambda item: (-len(item), item)):
        start, end = (
            (r"(?<!\w)" if re.match(r"\w", phrase) else ""),
            (r"(?!\w)" if re.search(r"\w$", phrase) else ""),
        )
        found.append(start + r"\s+".join(map(re.escape, phrase.split())) + end)
    return re.compile("|".join(found) or r"(?!)")


@dataclass(frozen=True, eq=False)
class Dimension:
    """One of the things that tell figures of a story apart, such as which goods they
    are of.

    ``phrases`` say of each folded phrase which values it names; ``written`` is how
    messages write a value. A value in
    ``unnamed`` needs no naming, nor does ``assumed``: that of a figure that says
    nothing of the dimension, if any.
    """

    name: str
    phrases: Mapping[str, frozenset[str]]
    written: Mapping[str, str]
    unnamed: frozenset[str] = frozenset()
    assumed: str = ""

    @property
    def values(self) -> frozenset[str]:
        """Every value that a figure may have."""
        return frozenset((*self.written, *self.unnamed))


@dataclass(frozen=True, eq=False)
class Lexicon(Deriving):
    """The phrases of a language and of a story, folded, each with what it means.

    ``lists`` are the lists of phrases in the language's file in ``press/languages/``,
    by their keys. What they and the tables are for stands there.
    """

    locale: Locale
    lists: Mapping[str, tuple[str, ...]]
    hedges: Mapping[str, str]  # phrase: class
    directions: Mapping[str, str]  # phrase: up, down, flat
    scales: Mapping[str, int]  # phrase: power of ten
    units: Mapping[str, str]  # phrase: unit, or a part of one ("per tonne")
    short_units: Mapping[str, str]  # phrase: unit with its scale
    numbers: Mapping[str, int]
    fractions: Mapping[str, Fraction]
    multiples: Mapping[str, Fraction]
    ordinals: Mapping[str, int]
    # how a number ends: what makes a rank of its digits
    ordinal_marks: Mapping[str, str]
    comparators: Mapping[str, str]  # phrase: class
    shifts: Mapping[str, int]  # phrase: months
    # how a fact follows from another: its label and formula
    fact_words: Mapping[str, tuple[str, str]]
    day_shifts: Mapping[str, int]  # phrase: days
    # the story's own
    subjects: Mapping[str, str]  # phrase: subject
    bare_subjects: tuple[str, ...]  # words that mean a subject only beside a party
    parties: tuple[str, ...]
    whole: str  # the subject of which the others are parts
    dimensions: tuple[Dimension, ...]
    subject_forms: Mapping[str, str]  # subject: how messages write it
    unit_names: Mapping[str, str]  # unit: how readers are told of it
    arguments: Mapping[str, str]  # an argument of facts: how readers are told of it
    years: frozenset[int] = frozenset()  # of its tables, before the 20th century

    def table(self, name: str) -> Collection[str]:
        """Return the phrases of a list or a table, of a table with what they mean."""
        return (
            self.lists[name]
            if name in self.lists
            else cast("Mapping[str, Any]", getattr(self, name))
        )

    def rank(self, number: int) -> str:
        """Write a rank in digits: "21st"."""
        ends = (end for end in self.ordinal_marks if f"{number}".endswith(end))
        return f"{number}{self.ordinal_marks[max(ends, key=len)]}"

    @cached_property
    def tagger(self) -> Tagger:
        """What finds the phrases of all lists and tables, and of some tables that
        follow from them.
        """
        lists = {
            name: phrases
            for name, phrases in self.lists.items()
            if name not in UNTAGGED
        }
        tables = {
            name: self.table(name)
            for name in (*TABLES, "subjects", "bare_subjects", "parties")
        }
        own = {**lists, **tables, "months": self.months}
        names = self.lists["names"]
        own["names"] = [name for name in names if not self._frees_nothing(name)]
        no_hedges = [name for name in names if name not in self.hedges]
        return Tagger(
            {**own, **self._by_unit, **self._by_time, "plain_names": no_hedges}
        )

    def _frees_nothing(self, name: str) -> bool:
        """Tell whether a name is made of numbers and units, or a word that expires or
        compares.
        """
        measures = {*self.numbers, *self.units, *self.short_units, *self.scales, "#"}
        words = {
            *self.lists["expiring"],
            *self.comparators,
            *self.lists["comparisons"],
            *self.directions,
        }
        # of "km²", which is no figure, two
        parts = PARTS.findall(unicodedata.normalize("NFKC", name))
        return name in words or all(
            part in measures or part.isnumeric() for part in parts
        )

    @property
    def _by_unit(self) -> dict[str, list[str]]:
        """Units that are signs, of other things than time; multiples in "-fold"."""
        names = self.units.items()
        endings = [
            unit[1:] for unit, name in names if name == "times" and unit[0] == "-"
        ]
        return {
            "symbols": [unit for unit in self.units if not unit[-1].isalnum()],
            "counted": (
                [unit for unit, name in names if name not in {*TIME_UNITS, "times"}]
                + [*self.short_units]
            ),
            "long_scales": [scale for scale in self.scales if len(scale) > ABBREVIATED],
            "folds": [f"{word}{ending}" for word in self.numbers for ending in endings],
            "parts_of_hundred": [
                unit
                for unit, name in names
                if unit[-1].isalnum()
                and (name == "percent" or (name == "percentage points" and " " in unit))
            ],
        }

    @property
    def _by_time(self) -> dict[str, list[str]]:
        """What only looks like a rate ("a year earlier"); what makes all dates of a
        sentence ends of totals.
        """
        return {
            "moved_rates": [
                f"{rate} {word}"
                for rate in self.lists["rates"]
                for word in self.lists["moved"]
            ],
            "nth": [
                f"{word} {rank}"
                for word in self.lists["every_nth"]
                for rank, no in self.ordinals.items()
                if no > 1
            ],
            "spans": [
                *self.lists["other_times"],
                *(unit for unit, name in self.units.items() if name in TIME_UNITS),
            ],
            "since_january": [
                words
                for words in self.lists["to_date_beside"]
                if words.split()[-1] in self.months
            ],
        }

    @cached_property
    def months(self) -> Mapping[str, int]:
        """The names of the twelve months in every form of the language (Unicode CLDR),
        and their numbers.
        """
        return {
            fold(str(name)): number
            for context in ("format", "stand-alone")
            for number, name in get_month_names(
                "wide", context=context, locale=self.locale
            ).items()
        }


def read_lexicon(
    locale: Locale, grammar: Toml, words: Toml, tables: Mapping[str, Any]
) -> Lexicon:
    """Return what the engine's ``grammar`` and the ``tables`` of a story's ``words``,
    which are checked, say together.

    Raises ``BuildError`` with all that is wrong.
    """
    language, story = _Tables(grammar.parse(), grammar), _Tables(tables, words)
    units = language.table("units")
    subject_words = tables.get("subject_words", {})
    lists = {
        name: tuple(map(fold, found))
        for name, found in language.values.items()
        if isinstance(found, list)
    }
    names = (*lists["names"], *map(fold, tables.get("names", {}).get("words", ())))
    lexicon = Lexicon(
        locale,
        {**lists, "names": names},
        hedges=language.table("hedges", HEDGES),
        directions=language.table("directions", DIRECTIONS),
        scales={
            phrase: SCALES.get(name, 0)
            for phrase, name in language.table("scales", (*SCALES,)).items()
        },
        units={**units, **story.table("units", beside=units)},
        short_units={
            **(short := language.table("short_units")),
            **story.table("short_units", beside=short),
        },
        numbers=_with_tens(language, "numbers"),
        fractions=_fractions(language),
        multiples=language.fractions("multiples"),
        ordinals=_with_tens(language, "ordinals"),
        ordinal_marks=language.table("ordinal_marks"),
        comparators=language.table("comparators", COMPARATORS),
        shifts=_moved(language, {"month": 1, "quarter": 3, "year": 12}),
        day_shifts=_moved(language, {"day": 1}),
        fact_words={
            name: (label, formula)
            for name, (label, formula) in language.values["fact_words"].items()
        },
        subjects=story.table("subjects"),
        bare_subjects=tuple(map(fold, subject_words.get("bare", ()))),
        parties=tuple(map(fold, subject_words.get("parties", ()))),
        whole=subject_words.get("whole", ""),
        dimensions=story.dimensions(),
        subject_forms=story.first_of("subjects"),
        unit_names=tables.get("unit_names", {}),
        arguments=tables.get("arguments", {}),
    )
    Problems([*language.problems, *story.problems]).stop_if_any()
    return lexicon


def _fractions(language: _Tables) -> dict[str, Fraction]:
    """Return the fractions of a grammar, also with hyphens, and those that two of its
    numbers make: "nine in ten".
    """
    numbers = {
        word: value for word, value in language.fractions("numbers").items() if value
    }
    found = {
        f"{part} {joint} {whole}": numbers[part] / numbers[whole]
        for part, joint, whole in product(
            numbers, map(fold, language.values["out_of"]), numbers
        )
        if numbers[part] < numbers[whole] and numbers[whole] in WHOLES
    }
    listed = language.fractions("fractions")
    joined = {
        phrase.replace(" ", "-"): value
        for phrase, value in listed.items()
        if phrase.split()[0] in numbers
    }
    return listed | {
        phrase: value
        for phrase, value in (joined | found).items()
        if phrase not in listed
    }


def _with_tens(language: _Tables, table: str) -> dict[str, int]:
    """Return numbers or ranks of a grammar, and those that tens make with them:
    "thirty-six", "thirty-sixth".
    """
    numbers, words = map(language.fractions, ("numbers", table))
    tens = {
        word: number
        for word, number in numbers.items()
        if TEN < number < TEN**2 and number % TEN == 0
    }
    # the first of each
    ones = {
        number: phrase
        for phrase, number in reversed([*words.items()])
        if 0 < number < TEN
    }
    made = {
        f"{ten}-{phrase}": tens[ten] + number
        for ten, (number, phrase) in product(tens, ones.items())
    }
    return {phrase: int(number) for phrase, number in (words | made).items()}


def _moved(language: _Tables, units: Mapping[str, int]) -> dict[str, int]:
    """Return how far each shift in some units moves: "-1 year" by -12 months."""
    counted = {
        phrase: name.split() for phrase, name in language.table("shifts").items()
    }
    return {
        phrase: int(count) * units[unit]
        for phrase, (count, unit) in counted.items()
        if unit in units
    }


class _Tables:
    """The tables of a file, turned round: from what a phrase means to what each phrase
    means.
    """

    def __init__(self, values: Mapping[str, Any], toml: Toml) -> None:
        self.values, self._toml, self.problems = values, toml, Problems()

    def _add(self, message: str, *keys: str) -> None:
        self.problems.add(self._toml.path, self._toml.line(*keys), message)

    def table(
        self,
        table: str,
        known: Sequence[str] = (),
        beside: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """Return what each phrase of a table means, one thing; ``beside``: what phrases
        mean that others add to.
        """
        found: dict[str, str] = {}
        for name, phrases in self.values.get(table, {}).items():
            if not name.strip():
                self._add(
                    f"found an empty name in {table}, expected what its phrases mean",
                    table,
                    name,
                )
            if known and name not in known:
                expected = ", ".join(known)
                self._add(
                    f"found the unknown class {name!r} in {table}, expected one of"
                    f" {expected}",
                    table,
                    name,
                )
            for phrase in map(fold, self._filled(phrases, table, name)):
                other = (beside or {}).get(phrase) or found.setdefault(phrase, name)
                if other != name:
                    self._add(
                        f"found {phrase!r} in {name}, which stands in {other} already",
                        table,
                        name,
                    )
        return found

    def _filled(self, phrases: Iterable[str], *keys: str) -> Iterator[str]:
        """Yield phrases; of one with ``{name}`` as many as the class of words of this
        name has words.
        """
        classes = self.values.get("word_classes", {})
        for phrase in phrases:
            names = CLASS.findall(phrase)
            for name in names:
                if name not in classes:
                    self._add(
                        f"found {{{name}}} in {phrase!r}, which is none of"
                        " word_classes",
                        *keys,
                    )
            for words in product(*(classes.get(name, ()) for name in names)):
                parts = CLASS.split(phrase)[::2]
                yield "".join(
                    chain.from_iterable(zip(parts, (*words, ""), strict=True))
                )

    def first_of(self, table: str) -> dict[str, str]:
        """Return the first phrase for each meaning of a table, as the
        file writes it.
        """
        listed = self.values.get(table, {}).items()
        return {
            name: next(filter(None, self._filled(phrases, table, name)), name)
            for name, phrases in listed
        }

    def dimensions(self) -> tuple[Dimension, ...]:
        """Return what tells the figures of a story apart; one phrase may name several
        values of a dimension.
        """
        return tuple(
            self._dimension(name, values)
            for name, values in self.values.get("dimensions", {}).items()
        )

    def _dimension(self, name: str, values: Mapping[str, Sequence[str]]) -> Dimension:
        named: dict[str, set[str]] = {}
        written = {}
        for value, phrases in values.items():
            if value in {UNNAMED, ASSUMED}:
                continue
            filled = [*self._filled(phrases, "dimensions", name, value)]
            written[value] = next(iter(filled), value)
            for phrase in map(fold, filled):
                named.setdefault(phrase, set()).add(value)
        phrases_of = {phrase: frozenset(meant) for phrase, meant in named.items()}
        assumed = next(iter(values.get(ASSUMED, ())), "")
        return Dimension(
            name,
            phrases_of,
            written,
            frozenset([*values.get(UNNAMED, ()), assumed]) - {""},
            assumed,
        )

    def fractions(self, table: str) -> dict[str, Fraction]:
        """Return the number that each phrase of a table means."""
        found = {}
        for phrase, name in self.table(table).items():
            try:
                found[phrase] = Fraction(name)
            except (ValueError, ZeroDivisionError):
                self._add(
                    f"found {name!r} in {table}, expected a number like 3/4",
                    table,
                    name,
                )
        return found
