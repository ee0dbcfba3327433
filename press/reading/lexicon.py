"""How a language writes quantities, comparisons and time: the tables of ``words.toml`` that the checker reads."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from babel.dates import get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from press.errors import Problems
from press.reading.tagger import Tagger

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from babel import Locale

    from press.toml import Toml

LISTS: dict[str, Any] = {"*": [str]}
SHAPE = {
    "hedges?": LISTS,
    "directions?": {"up": [str], "down": [str], "flat?": [str]},
    "scales?": LISTS,
    "units?": LISTS,
    "short_units?": {"*": str},
    "numbers?": LISTS,
    "fractions?": LISTS,
    "multiples?": LISTS,
    "ordinals?": LISTS,
    "ranges?": {"before?": [str], "between": [str]},
    "fillers?": {"words": [str], "one?": [str], "into?": [str]},
    "comparators?": LISTS,
    "comparisons?": {"words": [str]},
    "subjects?": {"bare?": [str], "countries?": [str], "*": [str]},
    "periods?": {"between?": [str], "to_date?": [str], "to_date_beside?": [str]},
    "shifts?": LISTS,
    "around?": LISTS,
    "expiring?": {"words?": [str]},
    "names?": {"words": [str]},
    "unit_names?": {"*": str},
    "arguments?": {"*": str},
}
HEDGES = {"about", "over", "at_least", "just_over", "under", "just_under", "at_most"}
COMPARATORS = {"more", "less", "equal", "first", "highest", "lowest", "most", "crossed", "every"}
POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
PARTS = re.compile(r"[^\W\d_]+|\d+|[^\w\s.,-]")
# The tables of phrases that a tagger finds, by the names of their fields.
TAGGED = (
    "hedges", "directions", "scales", "units", "short_units", "numbers", "fractions", "multiples", "ordinals",
    "range_before", "range_between", "fillers", "articles", "comparators", "comparisons", "subjects", "bare_subjects",
    "countries", "shifts", "expiring", "months", "to_date_beside",
)  # fmt: skip
ABBREVIATED = 2  # letters of an abbreviated scale: "the m", "dozens of men" count nothing
TIME_UNITS = {"years", "months"}
PLACE = "{}"  # in templates of [periods]
MONTHS_MEANT = re.compile(r"\s[=~]")  # "first half of {} = 1-6"
MEANT = re.compile(r" ([1-9]|1[0-2])-([1-9]|1[0-2])")
# A language that reads quantities has these, even if empty: a list that is left out would switch a check off.
NEEDED = (("expiring", ""), ("comparators", ""), ("around", "negations"))
SHIFT = re.compile(r"(-?\d+) (month|year)")
KEPT = 12  # lexicons at a time: the preview reads a new one at every save
_MADE = TypeVar("_MADE")
SINGLE = {"\u2019": "'", "\u2018": "'", "\u2212": "-", "\u201c": '"', "\u201d": '"'}


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKC", SINGLE.get(character, character)).lower()
    plain = SINGLE.get(plain, plain)  # a superscript minus is a minus sign by now
    return " " if plain.isspace() else plain if len(plain) == 1 else character


def fold(text: str) -> str:
    """Return the text in small letters, with plain spaces, digits, quotation marks and minus signs; no shorter."""
    return "".join(map(_folded, text))


def alternation(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds the longest of some phrases that are in no table, as whole words."""
    found = []
    for phrase in sorted(map(fold, phrases), key=lambda item: (-len(item), item)):
        start, end = (r"(?<!\w)" if re.match(r"\w", phrase) else ""), (r"(?!\w)" if re.search(r"\w$", phrase) else "")
        found.append(start + r"\s+".join(map(re.escape, phrase.split())) + end)
    return re.compile("|".join(found) or r"(?!)")


@dataclass(frozen=True)
class Lexicon:
    """The phrases of a language, folded, each with what it means. Empty where ``words.toml`` says nothing."""

    locale: Locale
    hedges: Mapping[str, str] = field(default_factory=dict)  # phrase: class
    directions: Mapping[str, str] = field(default_factory=dict)  # phrase: up, down, flat
    scales: Mapping[str, int] = field(default_factory=dict)  # phrase: power of ten
    units: Mapping[str, str] = field(default_factory=dict)  # phrase: unit, or a part of one ("per tonne")
    short_units: Mapping[str, str] = field(default_factory=dict)  # phrase: unit with its scale
    numbers: Mapping[str, int] = field(default_factory=dict)
    fractions: Mapping[str, Fraction] = field(default_factory=dict)
    multiples: Mapping[str, Fraction] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    range_before: tuple[str, ...] = ()
    range_between: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()  # fillers that count one before a scale or a unit: "a billion"
    into: tuple[str, ...] = ()  # fillers that lead from a direction to a level: "fell to"
    comparators: Mapping[str, str] = field(default_factory=dict)  # phrase: class
    comparisons: tuple[str, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)  # phrase: subject
    bare_subjects: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    period_between: tuple[str, ...] = ()
    to_date: tuple[str, ...] = ()
    to_date_beside: tuple[str, ...] = ()
    shifts: Mapping[str, int] = field(default_factory=dict)  # phrase: months
    around: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # small words that tell how others are meant
    expiring: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    first_form: Mapping[str, str] = field(default_factory=dict)  # unit: how messages write it
    unit_names: Mapping[str, str] = field(default_factory=dict)  # unit: how readers are told of it
    arguments: Mapping[str, str] = field(default_factory=dict)  # an argument of facts: how readers are told of it

    @cached_property
    def tagger(self) -> Tagger:
        """What finds the phrases of all tables, of the lists in ``[around]``, and of some that follow from them.

        ``time_units`` are units that a figure early or late has, ``moved_rates`` what only looks like a rate ("a year
        earlier"), ``since_january`` what a total to date may stand beside anywhere in its sentence, ``symbols``
        units that are signs, ``counted`` units of other things than time, ``long_scales`` scales that are no
        abbreviation, ``folds`` such as "twelvefold", ``real_names`` the names that are no figure and no comparison,
        ``plain_names`` those that are no hedge.
        """
        around, beside = self.around, self.to_date_beside
        names = [fold(name) for name in self.names]
        return Tagger(
            {name: getattr(self, name) for name in TAGGED}
            | dict(around)
            | {
                "time_units": [unit for unit, name in self.units.items() if name in TIME_UNITS],
                "moved_rates": [
                    f"{rate} {word}" for rate in around.get("rates", ()) for word in around.get("moved", ())
                ],
                "since_january": [words for words in beside if words.split()[-1] in self.months],
                "symbols": [unit for unit in self.units if not unit[-1].isalnum()],
                "counted": [unit for unit, name in self.units.items() if name not in {*TIME_UNITS, "times"}]
                + [*self.short_units],
                "long_scales": [scale for scale in self.scales if len(scale) > ABBREVIATED],
                "folds": [f"{word}{ending}" for word in self.numbers for ending in self._multiple_endings],
                "names": names,
                "real_names": [name for name in names if not self._is_more_than_a_name(name)],
                "plain_names": [name for name in names if name not in self.hedges],
            }
        )

    @property
    def _multiple_endings(self) -> list[str]:
        """The units that make a number word a multiple: "twelvefold"."""
        return [unit[1:] for unit, name in self.units.items() if name == "times" and unit[0] == "-"]

    def _is_more_than_a_name(self, name: str) -> bool:
        """Tell whether a name is a figure with its unit, or a word that expires or compares: it frees nothing."""
        if name in {*self.expiring, *self.comparators, *self.comparisons, *self.directions}:
            return True
        units = {*self.units, *self.short_units, *self.scales}
        parts = PARTS.findall(name)
        counted = [part for part in parts if part in self.numbers or part == "#" or part.isnumeric()]
        measured = [part for part in parts if part in units]
        return bool(counted and measured) and len(counted) + len(measured) == len(parts)

    @cached_property
    def months(self) -> Mapping[str, int]:
        """The names of the twelve months in every form of the language (Unicode CLDR), and their numbers."""
        return {
            fold(str(name)): number
            for context in ("format", "stand-alone")
            for number, name in get_month_names("wide", context=context, locale=self.locale).items()
        }

    @cached_property
    def decimal(self) -> str:
        """The mark before the decimals."""
        return str(get_decimal_symbol(self.locale))

    @cached_property
    def group(self) -> str:
        """The mark between groups of digits; a space where it is any kind of space."""
        return fold(str(get_group_symbol(self.locale)))


def once(make: Callable[[Lexicon], _MADE]) -> Callable[[Lexicon], _MADE]:
    """Make something for each lexicon once; it is kept with its lexicon, so that no other passes for it."""
    made: dict[int, tuple[Lexicon, _MADE]] = {}

    def get(lexicon: Lexicon) -> _MADE:
        if id(lexicon) not in made:
            if len(made) >= KEPT:
                made.clear()
            made[id(lexicon)] = lexicon, make(lexicon)
        return made[id(lexicon)][1]

    return get


def read_lexicon(values: Mapping[str, Any], locale: Locale, toml: Toml) -> Lexicon:
    """Return the lexicon in the values of ``words.toml``, whose shape is checked. Raises ``BuildError``."""
    tables = _Tables(values, toml)
    subjects = tables.classes("subjects")
    lexicon = Lexicon(
        locale,
        hedges=tables.classes("hedges", HEDGES),
        directions=tables.classes("directions"),
        scales={
            phrase: POWERS[name] for phrase, name in tables.classes("scales", set(POWERS)).items() if name in POWERS
        },
        units=tables.classes("units"),
        short_units={fold(phrase): unit for phrase, unit in values.get("short_units", {}).items()},
        numbers=tables.whole("numbers"),
        fractions=tables.numbers("fractions"),
        multiples=tables.numbers("multiples"),
        ordinals=tables.whole("ordinals"),
        range_before=tables.phrases("ranges", "before"),
        range_between=tables.phrases("ranges", "between"),
        fillers=tables.phrases("fillers"),
        articles=tables.phrases("fillers", "one"),
        into=tables.phrases("fillers", "into"),
        comparators=tables.classes("comparators", COMPARATORS),
        comparisons=tables.phrases("comparisons"),
        subjects={phrase: name for phrase, name in subjects.items() if name not in {"bare", "countries"}},
        bare_subjects=tables.phrases("subjects", "bare"),
        countries=tables.phrases("subjects", "countries"),
        period_between=tables.phrases("periods", "between"),
        to_date=tables.phrases("periods", "to_date"),
        to_date_beside=tables.phrases("periods", "to_date_beside"),
        shifts=tables.shifts(),
        around={key: tables.phrases("around", key) for key in values.get("around", {})},
        expiring=tables.phrases("expiring"),
        names=tuple(values.get("names", {}).get("words", ())),
        first_form={unit: forms[0] for unit, forms in values.get("units", {}).items()},
        unit_names=values.get("unit_names", {}),
        arguments=values.get("arguments", {}),
    )
    tables.check_templates()
    tables.check_needed()
    tables.problems.stop_if_any()
    return lexicon


class _Tables:
    """The tables of ``words.toml``, turned round: from what a phrase means to what each phrase means."""

    def __init__(self, values: Mapping[str, Any], toml: Toml) -> None:
        self._values, self._toml, self.problems = values, toml, Problems()

    def _add(self, table: str, key: str, message: str) -> None:
        self.problems.add(self._toml.path, self._toml.line(table, key), message)

    def classes(self, table: str, known: Collection[str] = ()) -> dict[str, str]:
        """Return the class of each phrase of a table; a phrase has one."""
        found: dict[str, str] = {}
        for name, phrases in self._values.get(table, {}).items():
            if not name.strip():
                self._add(table, name, f"found an empty name in {table}, expected what its phrases mean")
            if known and name not in known:
                expected = ", ".join(sorted(known))
                self._add(table, name, f"found the unknown class {name!r} in {table}, expected one of {expected}")
            for phrase in map(fold, phrases):
                if found.setdefault(phrase, name) != name:
                    self._add(table, name, f"found {phrase!r} in {name}, which stands in {found[phrase]} already")
        return found

    def phrases(self, table: str, key: str = "words") -> tuple[str, ...]:
        """Return the phrases under one key of a table."""
        return tuple(map(fold, self._values.get(table, {}).get(key, ())))

    def numbers(self, table: str) -> dict[str, Fraction]:
        """Return the number that each phrase of a table means."""
        found = {}
        for phrase, name in self.classes(table).items():
            try:
                found[phrase] = Fraction(name)
            except (ValueError, ZeroDivisionError):
                self._add(table, name, f"found {name!r} in {table}, expected a number like 3/4")
        return found

    def whole(self, table: str) -> dict[str, int]:
        """Return the whole number that each phrase of a table means."""
        found = self.numbers(table)
        for name in self._values.get(table, {}):
            if "/" in name or "." in name:
                self._add(table, name, f"found {name!r} in {table}, expected a whole number")
        return {phrase: int(value) for phrase, value in found.items()}

    def check_templates(self) -> None:
        """Note templates of periods with too many or too few places, or with months that are none."""
        templates = self._values.get("periods", {})
        for phrase in templates.get("between", ()):
            if phrase.count(PLACE) != len(("from", "to")):
                self._add("periods", "between", f"found {phrase!r} in between, expected two places {PLACE}")
        for phrase in templates.get("to_date", ()):
            words, *months = MONTHS_MEANT.split(phrase)
            meant = MEANT.fullmatch(months[0]) if len(months) == 1 else None
            if words.count(PLACE) > 2 or not words.replace(PLACE, "").strip(" -–"):  # noqa: PLR2004 - a number and a date
                self._add(
                    "periods", "to_date", f"found {phrase!r} in to_date, expected words and two places {PLACE} at most"
                )
            elif months and (not meant or int(meant[1]) > int(meant[2])):
                self._add("periods", "to_date", f"found {phrase!r} in to_date, expected months such as 1-6 at its end")

    def check_needed(self) -> None:
        """Note tables that are left out where others read quantities: what finds nothing must be meant to."""
        reads = next((table for table in ("hedges", "units") if table in self._values), "")
        for table, key in NEEDED if reads else ():
            if table not in self._values or (key and self._values[table] and key not in self._values[table]):
                missing = f"no {key} in [{table}]" if key else f"no [{table}]"
                line = self._toml.line(table if table in self._values else reads)
                message = f"found [{reads}] and {missing}, expected both: its check would find nothing"
                self.problems.add(self._toml.path, line, message, "add it, as an empty table if that is meant")

    def shifts(self) -> dict[str, int]:
        """Return by how many months each phrase moves a period."""
        found = {}
        for phrase, name in self.classes("shifts").items():
            if match := SHIFT.fullmatch(name):
                found[phrase] = int(match[1]) * (12 if match[2] == "year" else 1)
            else:
                self._add("shifts", name, f"found the shift {name!r}, expected one like -1 year")
        return found
