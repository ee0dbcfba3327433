"""Reads a lexicon: the grammar of a language, and the words of a story.

Both are tables from what phrases mean to the phrases; they are turned round, to what
each phrase means.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product, starmap
from pathlib import Path
from typing import Any

from press.ground.errors import Problems
from press.ground.scales import SCALES
from press.ground.toml import TomlText
from press.reading.lexicon import Dimension, Lexicon, fold_text

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
WHOLES = {*range(2, 13), 20, 100}  # of which parts are told: "nine in ten"
TEN = 10
CLASS = re.compile(r"\{(\w+)\}")  # in a phrase of a story: any word of a class
NO_PHRASES: Mapping[str, str] = {}
# In a dimension: its values that need no naming; that of figures that say nothing of
# it.
UNNAMED = "unnamed"
ASSUMED = "assumed"


def read_lexicon(
    grammar_file: TomlText, words_file: TomlText, words_tables: Mapping[str, Any]
) -> Lexicon:
    """Return what the engine's ``grammar_file`` and the ``words_tables`` of a story's
    ``words_file``, which are checked, say together.

    Raises ``BuildError`` with all that is wrong.
    """
    language = _PhraseTables(grammar_file.parse(), grammar_file)
    story = _PhraseTables(words_tables, words_file)
    lists = {
        key: tuple(map(fold_text, phrases))
        for key, phrases in language.values.items()
        if isinstance(phrases, list)
    }
    lists["names"] += tuple(
        map(fold_text, words_tables.get("names", {}).get("words", ()))
    )
    read = language.read_meaning_by_phrase
    scales = read("scales", tuple(SCALES))
    dimensions = words_tables.get("dimensions", {})
    fact_words = language.values["fact_words"].items()
    subject_words = words_tables.get("subject_words", {})
    lexicon = Lexicon(
        lists,
        units=story.read_meaning_by_phrase("units", base=read("units")),
        short_units=story.read_meaning_by_phrase(
            "short_units", base=read("short_units")
        ),
        scales={phrase: SCALES.get(name, 0) for phrase, name in scales.items()},
        hedges=read("hedges", HEDGES),
        directions=read("directions", DIRECTIONS),
        numbers=_read_numbers_with_compounds(language, "numbers"),
        fractions=_read_fractions_and_parts_of_wholes(language),
        multiples=language.read_number_by_phrase("multiples"),
        ordinals=_read_numbers_with_compounds(language, "ordinals"),
        ordinal_marks=read("ordinal_marks"),
        comparators=read("comparators"),
        shifts=_read_shifts_dropping_other_units(
            language, {"month": 1, "quarter": 3, "year": 12}
        ),
        day_shifts=_read_shifts_dropping_other_units(language, {"day": 1}),
        fact_words={name: (label, formula) for name, (label, formula) in fact_words},
        figure_subjects=story.read_meaning_by_phrase("subjects"),
        bare_figure_subjects=tuple(map(fold_text, subject_words.get("bare", ()))),
        counterparties=tuple(map(fold_text, subject_words.get("parties", ()))),
        whole_figure_subject=subject_words.get("whole", ""),
        dimensions=tuple(
            starmap(story.read_dimension_with_ambiguous_phrases, dimensions.items())
        ),
        figure_subject_labels=story.read_first_phrase_by_meaning("subjects"),
        unit_names=words_tables.get("unit_names", {}),
        arguments=words_tables.get("arguments", {}),
    )
    Problems([*language.problems, *story.problems]).stop_if_any()
    return lexicon


def _read_numbers_with_compounds(language: _PhraseTables, table: str) -> dict[str, int]:
    """Return numbers or ranks of a grammar, and those that tens make with them:
    "thirty-six", "thirty-sixth".
    """
    words = language.read_number_by_phrase(table)
    # the first phrase of each
    ones = {
        number: phrase for phrase, number in reversed(words.items()) if 0 < number < TEN
    }
    for ten, tens in language.read_number_by_phrase("numbers").items():
        if TEN < tens < TEN**2 and tens % TEN == 0:
            words |= {f"{ten}-{phrase}": tens + one for one, phrase in ones.items()}
    return {phrase: int(number) for phrase, number in words.items()}


def _read_fractions_and_parts_of_wholes(language: _PhraseTables) -> dict[str, Fraction]:
    """Return the fractions of a grammar, also with hyphens, and those that two of its
    numbers make: "nine in ten".
    """
    listed = language.read_number_by_phrase("fractions")
    numbers = language.read_number_by_phrase("numbers")
    fractions = dict(listed)
    for phrase, fraction in listed.items():
        fractions.setdefault(phrase.replace(" ", "-"), fraction)
    joints = map(fold_text, language.values["out_of"])
    for part, joint, whole in product(numbers, joints, numbers):
        if 0 < numbers[part] < numbers[whole] and numbers[whole] in WHOLES:
            phrase = f"{part} {joint} {whole}"
            fractions.setdefault(phrase, numbers[part] / numbers[whole])
    return fractions


def _read_shifts_dropping_other_units(
    language: _PhraseTables, unit_lengths: Mapping[str, int]
) -> dict[str, int]:
    """Return how far each shift in some units moves, others left out: "-1 year" by -12
    months.
    """
    found = {}
    for phrase, shift in language.read_meaning_by_phrase("shifts").items():
        count, unit = shift.split()
        if unit in unit_lengths:
            found[phrase] = int(count) * unit_lengths[unit]
    return found


class _PhraseTables:
    """The tables of a file, turned round: from what a phrase means to what each phrase
    means.
    """

    def __init__(self, values: Mapping[str, Any], toml: TomlText) -> None:
        self.values = values
        self._toml = toml
        self.problems = Problems()

    def _add_problem(self, message: str, *keys: str) -> None:
        self.problems.add(
            self._toml.path, self._toml.find_line_or_closest(*keys), message
        )

    def read_meaning_by_phrase(
        self,
        table: str,
        known_meanings: Sequence[str] = (),
        base: Mapping[str, str] = NO_PHRASES,
    ) -> dict[str, str]:
        """Return what each phrase of a table means, added to a ``base``.

        A phrase of two meanings is a problem; so is one that is none of the
        ``known_meanings``, if there are any.
        """
        found = dict(base)
        for meaning, phrases in self.values.get(table, {}).items():
            self._note_empty_or_unknown_meaning(table, meaning, known_meanings)
            for written in self._expand_word_classes(phrases, table, meaning):
                phrase = fold_text(written)
                other = found.setdefault(phrase, meaning)
                if other != meaning:
                    self._add_problem(
                        f"found {phrase!r} in {meaning}, which stands in {other}"
                        " already",
                        table,
                        meaning,
                    )
        return found

    def _note_empty_or_unknown_meaning(
        self, table: str, meaning: str, known: Sequence[str]
    ) -> None:
        """Note a meaning that is empty, or none of the known ones if there are any."""
        if not meaning.strip():
            self._add_problem(
                f"found an empty name in {table}, expected what its phrases mean",
                table,
                meaning,
            )
        if known and meaning not in known:
            self._add_problem(
                f"found the unknown class {meaning!r} in {table}, expected one of"
                f" {', '.join(known)}",
                table,
                meaning,
            )

    def _expand_word_classes(
        self, phrases: Iterable[str], *problem_keys: str
    ) -> Iterator[str]:
        """Yield phrases; of one with ``{name}`` as many as the class of words of this
        name has words. An unknown class is noted as a problem at some keys of the file.
        """
        classes = self.values.get("word_classes", {})
        for phrase in phrases:
            parts = CLASS.split(phrase)  # every other is the name of a class
            names = parts[1::2]
            for name in names:
                if name not in classes:
                    self._add_problem(
                        f"found {{{name}}} in {phrase!r}, which is none of"
                        " word_classes",
                        *problem_keys,
                    )
            for words in product(*(classes.get(name, ()) for name in names)):
                parts[1::2] = words
                yield "".join(parts)

    def read_number_by_phrase(self, table: str) -> dict[str, Fraction]:
        """Return the number that each phrase of a table means; others are noted."""
        found = {}
        for phrase, number in self.read_meaning_by_phrase(table).items():
            try:
                found[phrase] = Fraction(number)
            except (ValueError, ZeroDivisionError):
                self._add_problem(
                    f"found {number!r} in {table}, expected a number like 3/4",
                    table,
                    number,
                )
        return found

    def read_first_phrase_by_meaning(self, table: str) -> dict[str, str]:
        """Return the first phrase for each meaning of a table, as the file writes
        it.
        """
        found = {}
        for meaning, phrases in self.values.get(table, {}).items():
            expanded = self._expand_word_classes(phrases, table, meaning)
            found[meaning] = next(filter(None, expanded), meaning)
        return found

    def read_dimension_with_ambiguous_phrases(
        self, name: str, phrases_by_value: Mapping[str, Sequence[str]]
    ) -> Dimension:
        """Return a dimension; one phrase may name several values of it."""
        values_by_phrase = defaultdict[str, set[str]](set)
        written = {}
        for value, phrases in phrases_by_value.items():
            if value in {UNNAMED, ASSUMED}:
                continue
            expanded = list(
                self._expand_word_classes(phrases, "dimensions", name, value)
            )
            written[value] = next(iter(expanded), value)
            for phrase in expanded:
                values_by_phrase[fold_text(phrase)].add(value)
        assumed = next(iter(phrases_by_value.get(ASSUMED, ())), "")
        unnamed = {*phrases_by_value.get(UNNAMED, ()), assumed}
        return Dimension(
            name,
            {phrase: frozenset(named) for phrase, named in values_by_phrase.items()},
            written,
            frozenset(unnamed - {""}),
            assumed,
        )
