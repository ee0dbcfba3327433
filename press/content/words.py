"""Words in TOML: labels, the words of facts, exceptions; each string remembers where it
is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from press.ground.cache import FILES
from press.ground.errors import BuildError, Problems, suggest_similar_or_all
from press.ground.files import format_path, read_text
from press.ground.schemas import get_values_keeping_to_schema, yield_problems_by_schema
from press.ground.toml import FrontMatter, TomlText
from press.reading import (
    GRAMMARS,
    FactWords,
    HeadingsAndColumnHeads,
    Lexicon,
    Text,
    UnlinkedNumberExceptions,
    read_lexicon,
)

LABELS = GRAMMARS.with_name("labels")  # the engine's, of each language a file: en.toml
LABEL = "label"  # the description of a text of a word or two
# Before and after a string in TOML; the first line end after three marks is none of the
# string's.
KEY = re.compile(r"[ \t]*[\"']?(?P<key>[^\"'=\n]*?)[\"']?[ \t]*=[ \t]*(?P<list>\[)?")


FILLED = re.compile(r"\{\{|\}\}|\{(\w+)\}")  # a brace that is shown, or a place
END = re.compile(r"\][ \t]*(?:#[^\n]*)?$", re.MULTILINE)  # of a list
QUOTES = (
    ('"""\n', '"""'),
    ('"""', '"""'),
    ("'''\n", "'''"),
    ("'''", "'''"),
    ('"', '"'),
    ("'", "'"),
)
LACKING = "{} is missing, which the site uses"


class WordsTemplate(str):
    """Words for readers that know where they are written, so that a slip in their
    {places} is told there.
    """

    __slots__ = ("key", "line", "path")
    path: str
    line: int
    key: str

    def fill(self, **values: object) -> str:
        """Return the words with their {places} filled.

        Raises ``BuildError`` for a place that has no value.
        """
        wanted = {found[1] for found in FILLED.finditer(self) if found[1]}
        rest = FILLED.sub("", self)
        if "{" in rest or "}" in rest:
            wrong = f"the braces in {self.key} cannot be read:"
            raise self._make_fill_error(wrong, values)
        if unknown := wanted - values.keys():
            raise self._make_fill_error(
                f"{self.key} has {{{min(unknown)}}}, but", values
            )

        def fill_place(found: re.Match[str]) -> str:
            name = found[1]
            return str(values[name]) if name else found[0][0]

        return FILLED.sub(fill_place, self)

    def _make_fill_error(self, wrong: str, values: Iterable[str]) -> BuildError:
        """Return the error of words that cannot be filled in with some values."""
        places = ", ".join(f"{{{name}}}" for name in values)
        known = f"only {places}" if places else "nothing"
        hint = "to show a brace, write it twice: {{"
        message = f"{wrong} {known} can be filled in"
        return BuildError.at(self.path, self.line, message, hint)


class Words(Mapping[str, WordsTemplate]):
    """Words by key.

    A key that is not there is a problem that names the file which lacks it.
    """

    def __init__(
        self, path: str, words: Mapping[str, WordsTemplate], lacking: str = LACKING
    ) -> None:
        """Hold the words read from ``path``; ``lacking`` says that a key
        is not there.
        """
        self._path = path
        self._words = words
        self._lacking = lacking

    # two files may say the same at other places, which words know
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __getitem__(self, key: str) -> WordsTemplate:
        """Return the words for ``key``."""
        try:
            return self._words[key]
        except KeyError:
            message = self._lacking.format(key)
            raise BuildError.at(
                self._path, 1, message, suggest_similar_or_all(key, self._words)
            ) from None

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        return iter(self._words)

    def __len__(self) -> int:
        """Count the words."""
        return len(self._words)


class MergedWords(NamedTuple):
    """What ``words.toml`` gives: the words of the site, the story's own among them as
    texts, and what its texts may say.
    """

    words: Words
    texts: tuple[Text, ...]
    lexicon: Lexicon


def read_and_merge_words(path: Path, root: Path) -> MergedWords:
    """Return the labels, flat ``key = "words"``, and the names and subjects that add to
    the grammar of the language.

    Those that a story does not say are the engine's, which no story's readers need to
    approve.
    """
    code = path.parent.name
    engine = GRAMMARS.parents[1]
    sources = {
        "grammar": _read_toml(GRAMMARS / f"{code}.toml", engine),
        "labels": _read_toml(LABELS / f"{code}.toml", engine),
        "own": _read_toml(path, root),
    }

    def parse(inputs: Mapping[str, TomlText]) -> MergedWords:
        return _merge_engine_and_story_words(
            inputs["own"], inputs["grammar"], inputs["labels"]
        )

    return FILES.get((_merge_engine_and_story_words, path), parse, sources)


def _read_toml(path: Path, root: Path) -> TomlText:
    return TomlText(read_text(path, root), format_path(path, root))


def _merge_engine_and_story_words(
    story_words: TomlText, grammar: TomlText, engine_words: TomlText
) -> MergedWords:
    """Return the ``engine_words``, those of the story in place of them, and the lexicon
    of the language that ``grammar`` is of.
    """
    values = get_values_keeping_to_schema(story_words.parse(), "words", story_words)
    common = get_values_keeping_to_schema(engine_words.parse(), "labels", engine_words)
    words = TextCollector(engine_words, engine_words.text, 0).note_words(common)
    labels, tables = _split_labels_and_tables(values)
    strings = TextCollector(story_words, story_words.text, 0)
    words |= strings.note_words(labels)
    lexicon = read_lexicon(grammar, story_words, tables)
    return MergedWords(Words(story_words.path, words), tuple(strings.texts), lexicon)


def _split_labels_and_tables(
    values: Mapping[str, Any],
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the strings among some values, and the tables."""
    labels = {key: value for key, value in values.items() if isinstance(value, str)}
    tables = {key: value for key, value in values.items() if key not in labels}
    return labels, tables


def parse_fact_labels_and_formulas(text: str, file_name: str) -> dict[str, FactWords]:
    """Return the label of each fact in the text of the file ``file_name``, and its
    formula where it has one of its own.

    Raises ``BuildError``.
    """
    toml = TomlText(text, file_name)
    values = toml.parse()
    labels, tables = _split_labels_and_tables(values)
    problems = Problems(yield_problems_by_schema(labels, "labels", toml))
    problems += yield_problems_by_schema(tables, "facts", toml)
    problems.stop_if_any()
    for key, label in labels.items():
        tables[key] = {"label": label, "formula": ""}
    return {
        key: FactWords(**tables[key], line=toml.find_line_or_closest(key))
        for key in values
    }


def parse_labels_of_facts(text: str, file_name: str) -> tuple[Text, ...]:
    """Return the labels and formulas in a file of facts, each below its keys."""
    return _parse_labels_of_keys_or_all(text, file_name, ())


def parse_labels_of_words(text: str, file_name: str) -> tuple[Text, ...]:
    """Return what readers are shown of the arguments and units in a file of words."""
    return _parse_labels_of_keys_or_all(text, file_name, ("arguments", "unit_names"))


def parse_labels_of_settings(text: str, file_name: str) -> tuple[Text, ...]:
    """Return the names in a file of settings that readers see."""
    return _parse_labels_of_keys_or_all(text, file_name, ("name", "licence"))


def _parse_labels_of_keys_or_all(
    text: str, file_name: str, keys: Iterable[str]
) -> tuple[Text, ...]:
    """Return the strings of some keys of the TOML file ``file_name``, or of all: labels
    that readers see and no rule reads.
    """
    toml = TomlText(text, file_name)
    strings = TextCollector(toml, text, 0)
    values = toml.parse()
    for key in keys or values:
        strings.note_labels(values.get(key), key)
    return tuple(strings.texts)


def parse_exceptions(text: str, file_name: str) -> UnlinkedNumberExceptions:
    """Return the numbers in the text of the file ``file_name`` that stand unbound on
    purpose, each with its reason.

    Raises ``BuildError``.
    """
    toml = TomlText(text, file_name)
    values = get_values_keeping_to_schema(toml.parse(), "exceptions", toml)
    lines = {
        (file, words): toml.find_line_or_closest(file, words)
        for file, reasons in values.items()
        for words in reasons
    }
    return UnlinkedNumberExceptions(toml.path, values, lines)


class TextCollector:
    """Reads the strings of a TOML text that readers see: as texts with their places,
    and flat, without links.
    """

    def __init__(self, toml: TomlText, source: str, offset: int) -> None:
        """Read strings of ``toml``, which begins at ``offset`` of the
        file ``source``.
        """
        self._toml = toml
        self._source = source
        self._offset = offset
        # of each line
        self._begins = [0, *(found.end() for found in re.finditer("\n", toml.text))]
        # where strings stand that were read: two may be the same
        self._taken = set[int]()
        self.texts: list[Text] = []

    @classmethod
    def of_front_matter(cls, front: FrontMatter) -> TextCollector:
        """Return a reader of the head of a Markdown file."""
        return cls(front.head, front.source, front.source.index("\n") + 1)

    def note_and_unlink_text(
        self,
        value: str,
        description: str,
        *keys: str | int,
        must_link_comparisons: bool = False,
    ) -> str:
        """Note a string as a text, and return its words as readers see them."""
        line = self._toml.find_line_or_closest(*keys)
        key = next(item for item in reversed(keys) if isinstance(item, str))
        text = Text(
            self._toml.path,
            self._source,
            self._find_offset_or_minus_one(value, line, key),
            line,
            value,
            description,
            must_link_comparisons=must_link_comparisons,
        )
        self.texts.append(text)
        return text.with_words_in_place_of_bindings

    def note_words(
        self, values: Mapping[str, str], *inside: str
    ) -> dict[str, WordsTemplate]:
        """Return the words of a table, each with its place."""
        words = {}
        for key, value in values.items():
            words[key] = word = WordsTemplate(
                self.note_and_unlink_text(value, "words", *inside, key)
            )
            word.path = self._toml.path
            word.line = self._toml.find_line_or_closest(*inside, key)
            word.key = key
        return words

    def note_labels(self, value: object, *keys: str) -> None:
        """Note a string, or each string of a table, as a label below its keys."""
        if isinstance(value, dict):
            for key, item in value.items():
                self.note_labels(item, *keys, key)
        elif isinstance(value, str):
            self.note_label(value, ".".join(keys), *keys)

    def note_label(self, value: str, name: str, *keys: str | int) -> None:
        """Note a string as the label of what has a name."""
        self.note_and_unlink_text(value, LABEL, *keys)
        heads = HeadingsAndColumnHeads((name,))
        self.texts[-1] = replace(self.texts[-1], heads=heads)

    def _find_offset_or_minus_one(self, value: str, line: int, key: str) -> int:
        """Return where the file holds a string as it is: as its key's value, or in its
        list; -1 if not at all.
        """
        text = self._toml.text
        own = KEY.match(text, self._begins[line - self._toml.first_line])
        if not own or own["key"] != key:
            return -1
        for before, after in QUOTES:
            written = f"{before}{value}{after}"
            start = self._find_quoted_or_minus_one(
                written, own.end(), is_listed=bool(own["list"])
            )
            while start in self._taken:
                start = text.find(written, start + 1)
            if start >= 0:
                self._taken.add(start)
                return self._offset + start + len(before)
        return -1

    def _find_quoted_or_minus_one(
        self, written: str, begin: int, *, is_listed: bool
    ) -> int:
        """Return where a string is: at once, or before the end of a list; else -1."""
        text = self._toml.text
        if not is_listed:
            return begin if text.startswith(written, begin) else -1
        end = END.search(text, begin)
        return text.find(written, begin, end.start() if end else len(text))
