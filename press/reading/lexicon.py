"""How a language writes quantities, comparisons and time: its grammar, and the names
and subjects of a story.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, cast

from press.ground.memoizing import Memoizing
from press.reading.matcher import PhraseMatcher

# Tables of a grammar and of a story; each is a field of Lexicon.
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
    "figure_subjects",
    "bare_figure_subjects",
    "counterparties",
)
# Lists that a matcher does not find as they stand: some names, templates, found with
# their dates by ``dates``, and words that only a search knows.
UNTAGGED = {
    "names",
    "period_between",
    "parts_of_year",
    "spans_of_years",
    "month_before",
    "small",
}
WORDS_AND_SIGNS = re.compile(r"[^\W\d_]+|\d+|[^\w\s.,-]")
# letters of an abbreviated scale: "the m", "dozens of men" count nothing
LONGEST_ABBREVIATION = 2
EDGE = r"(?:(?<!\w)|(?!\w))"  # not inside a word
NEVER = r"(?!)"  # a pattern that matches nothing
TIME_UNITS = frozenset({"years", "months"})
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT_MONTH_NAMES = tuple(name[:3] for name in MONTH_NAMES)
PLAIN_SIGNS = {
    "\u2019": "'",
    "\u2018": "'",
    "\u2212": "-",
    "\u2010": "-",
    "\u201c": '"',
    "\u201d": '"',
}


class _FoldedCharacters(dict[int, str]):
    """What each character becomes, by its code: worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _fold_character(chr(code)))


FOLDED_CHARACTERS = _FoldedCharacters()


def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).lower()
    plain = PLAIN_SIGNS.get(plain, plain)  # a superscript minus is a minus sign by now
    if plain.isdecimal() and not character.isdecimal():
        return character  # raised, lowered or in a circle: "24⁰" is not 240
    if plain.isspace():
        return " "
    return plain if len(plain) == 1 else character


def fold_text(text: str) -> str:
    """Return the text in small letters, with plain spaces, digits, quotation marks and
    minus signs; no shorter.
    """
    return text.translate(FOLDED_CHARACTERS)


def build_whole_phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches any of some phrases as whole words, the longest
    that stands there.

    It is for phrases that are in no table: those a matcher finds sooner.
    """
    plain = (" ".join(fold_text(phrase).split()) for phrase in phrases)
    any_phrase = build_any_phrase_pattern(plain).replace(r"\ ", r"\s+")
    return re.compile(rf"{EDGE}(?:{any_phrase}){EDGE}")


def build_any_phrase_pattern(phrases: Iterable[str]) -> str:
    """Return a pattern for any of some phrases, the longest first."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or NEVER


@dataclass(frozen=True, eq=False)
class Dimension:
    """One of the things that tell figures of a story apart, such as which goods they
    are of.

    ``phrases`` say of each folded phrase which values it names; ``labels`` are how
    messages write the values. A value of ``unstated_values`` needs no naming, nor does
    ``default_value``: that of a figure that says nothing of the dimension, if any.
    """

    name: str
    phrases: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    unstated_values: frozenset[str] = frozenset()
    default_value: str = ""

    @property
    def values(self) -> frozenset[str]:
        """Every value that a figure may have."""
        return frozenset((*self.labels, *self.unstated_values))


@dataclass(frozen=True, eq=False)
class Lexicon(Memoizing):
    """The phrases of a language and of a story, folded, each with what it means.

    ``lists`` are the lists of phrases in the language's file in ``press/languages/``,
    by their keys. That file says what each list and each table is for.
    """

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
    figure_subjects: Mapping[str, str]  # phrase: subject of figures, such as a flow
    bare_figure_subjects: tuple[
        str, ...
    ]  # words that mean a subject only beside a counterparty
    # who takes part in what a subject is: "the south" of "sales to the south"
    counterparties: tuple[str, ...]
    whole_figure_subject: str  # the subject of which the others are parts
    dimensions: tuple[Dimension, ...]
    figure_subject_labels: Mapping[str, str]  # subject: how messages write it
    unit_names: Mapping[str, str]  # unit: how readers are told of it
    arguments: Mapping[str, str]  # an argument of facts: how readers are told of it
    years: frozenset[int] = frozenset()  # of its tables, before the 20th century

    def get_phrase_list_or_table(self, name: str) -> Collection[str]:
        """Return a list or a table of phrases by its name; a table maps each phrase to
        what it means.
        """
        if name in self.lists:
            return self.lists[name]
        return cast("Mapping[str, Any]", getattr(self, name))

    def format_ordinal(self, number: int) -> str:
        """Write a rank in digits: "21st"."""
        ending = max(filter(f"{number}".endswith, self.ordinal_marks), key=len)
        return f"{number}{self.ordinal_marks[ending]}"

    @cached_property
    def matcher(self) -> PhraseMatcher:
        """Finds the phrases of all lists and tables, and of tables that are derived
        from them.
        """
        tables: dict[str, Collection[str]] = {
            name: phrases
            for name, phrases in self.lists.items()
            if name not in UNTAGGED
        }
        for name in TABLES:
            tables[name] = self.get_phrase_list_or_table(name)
        tables["names"] = self._list_names_without_figures_or_comparisons()
        tables["plain_names"] = [
            name for name in self.lists["names"] if name not in self.hedges
        ]
        tables |= (
            self._derive_symbol_count_and_scale_tables() | self._derive_time_tables()
        )
        return PhraseMatcher(tables)

    def _list_names_without_figures_or_comparisons(self) -> list[str]:
        """Return the names whose words need no link, such as "Group of 20".

        A name made of numbers and units is none of them, nor is a word that expires or
        compares.
        """
        measures = {*self.numbers, *self.units, *self.short_units, *self.scales, "#"}
        telling = {*self.lists["expiring"], *self.lists["comparisons"]}
        telling |= self.comparators.keys() | self.directions
        return [
            name
            for name in self.lists["names"]
            if name not in telling
            and not _is_made_of_measures_and_numbers(name, measures)
        ]

    def _derive_symbol_count_and_scale_tables(self) -> dict[str, Collection[str]]:
        """Return tables of the units and scales that signs, counts, multiples and
        percentages are told by.
        """
        units = self.units.items()
        no_counts = {*TIME_UNITS, "times"}
        counted = [unit for unit, name in units if name not in no_counts]
        endings = [  # "-fold"
            unit[1:] for unit, name in units if name == "times" and unit[0] == "-"
        ]
        return {
            "symbols": [unit for unit in self.units if not unit[-1].isalnum()],
            "counted": [*counted, *self.short_units],
            "long_scales": [
                scale for scale in self.scales if len(scale) > LONGEST_ABBREVIATION
            ],
            "folds": [f"{word}{end}" for word in self.numbers for end in endings],
            "parts_of_hundred": [
                unit for unit, name in units if _is_percent_in_words(unit, name)
            ],
        }

    def _derive_time_tables(self) -> dict[str, Collection[str]]:
        """Return tables of phrases around times: what only looks like a rate ("a year
        earlier"), what makes all dates of a sentence ends of totals.
        """
        lists = self.lists
        later_ranks = [rank for rank, number in self.ordinals.items() if number > 1]
        return {
            "months": self.months,
            "moved_rates": [f"{a} {b}" for a in lists["rates"] for b in lists["moved"]],
            "nth": [f"{a} {b}" for a in lists["every_nth"] for b in later_ranks],
            "spans": [
                *lists["other_times"],
                *(unit for unit, name in self.units.items() if name in TIME_UNITS),
            ],
            "since_january": [
                words
                for words in lists["to_date_beside"]
                if words.split()[-1] in self.months
            ],
        }

    @cached_property
    def months(self) -> Mapping[str, int]:
        """The full names of the twelve months, and their numbers."""
        return {fold_text(name): number for number, name in enumerate(MONTH_NAMES, 1)}


def _is_made_of_measures_and_numbers(name: str, measures: Collection[str]) -> bool:
    """Tell whether a name consists of measures and numbers alone."""
    # "km²" has two parts, and is no figure
    parts = WORDS_AND_SIGNS.findall(unicodedata.normalize("NFKC", name))
    return all(part in measures or part.isnumeric() for part in parts)


def _is_percent_in_words(phrase: str, unit: str) -> bool:
    """Tell whether a phrase means percent or percentage points in words."""
    if not phrase[-1].isalnum():
        return False
    return unit == "percent" or (unit == "percentage points" and " " in phrase)
