"""Words in TOML: labels, the words of facts, exceptions; each string remembers where it
is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from os.path import lexists
from pathlib import Path

from babel import Locale

from press.ground.cache import FILES
from press.ground.errors import BuildError, Problem, similar
from press.ground.files import parse_file, read, shown
from press.ground.toml import FrontMatter, Toml, checked
from press.reading import GRAMMARS, Exceptions, FactWords, Lexicon, Text, read_lexicon
from press.reading import SHAPE as LEXICON

# Before and after a string in TOML; the first line end after three marks is none of the
# string's.
KEY = re.compile(r"[ \t]*[\"']?(?P<key>[^\"'=\n]*?)[\"']?[ \t]*=[ \t]*(?P<list>\[)?")


FILLED = re.compile(r"\{\{|\}\}|\{(\w+)\}")  # a brace that is shown, or a place


END = re.compile(r"\][ \t]*(?:#[^\n]*)?$", re.MULTILINE)  # of a list


QUOTES = [
    (before, mark)
    for mark in ('"""', "'''", '"', "'")
    for before in ([f"{mark}\n", mark] if mark[1:] else [mark])
]


class Word(str):
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
        wrong = self._find_wrong_places(values)
        if wrong:
            places = ", ".join(f"{{{name}}}" for name in values)
            known = f"only {places}" if places else "nothing"
            message = f"{wrong} {known} can be filled in"
            hint = "to show a brace, write it twice: {{"
            raise BuildError([Problem(self.path, self.line, message, hint)])

        def fill_place(found: re.Match[str]) -> str:
            return str(values[found[1]]) if found[1] else found[0][0]

        return FILLED.sub(fill_place, self)

    def _find_wrong_places(self, values: Mapping[str, object]) -> str:
        """Return the beginning of what is said of braces that cannot be read, or of the
        first place without a value; "" where all can be filled.
        """
        rest = FILLED.sub("", self)
        if "{" in rest or "}" in rest:
            return f"the braces in {self.key} cannot be read:"
        wanted = {found[1] for found in FILLED.finditer(self) if found[1]}
        unknown = wanted - values.keys()
        return f"{self.key} has {{{min(unknown)}}}, but" if unknown else ""


LACKING = "{} is missing, which the site uses"


class Words(Mapping[str, Word]):
    """Words by key.

    A key that is not there is a problem that names the file which lacks it.
    """

    def __init__(
        self, path: str, words: Mapping[str, Word], lacking: str = LACKING
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

    def __getitem__(self, key: str) -> Word:
        """Return the words for ``key``."""
        try:
            return self._words[key]
        except KeyError:
            message = self._lacking.format(key)
            problem = Problem(self._path, 1, message, similar(key, self._words))
            raise BuildError([problem]) from None

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        return iter(self._words)

    def __len__(self) -> int:
        """Count the words."""
        return len(self._words)


LABELS = {"*": str, **LEXICON}


FACT = {"label": str, "formula": str}


EXCEPTIONS = {"*": {"*": str}}


def read_words(path: Path, root: Path) -> tuple[Words, tuple[Text, ...], Lexicon]:
    """Read the labels, flat ``key = "words"``, and the names and subjects that add to
    the grammar of the language.

    Those that a story does not say are the engine's, which no story's readers need to
    approve.
    """
    code = path.parent.name
    engine = GRAMMARS.parents[1]
    sources = {
        "grammar": _read_toml(GRAMMARS / f"{code}.toml", engine),
        "labels": _read_toml(GRAMMARS.with_name("labels") / f"{code}.toml", engine),
        "own": _read_toml(path, root),
    }

    def parse(inputs: Mapping[str, Toml]) -> tuple[Words, tuple[Text, ...], Lexicon]:
        return _parse_words(inputs["own"], inputs["grammar"], inputs["labels"], code)

    return FILES.get((_parse_words, path), parse, sources)


def _read_toml(path: Path, root: Path) -> Toml:
    """Return the text of a file. Raises ``BuildError`` where it cannot be read."""
    return Toml(read(path, root), shown(path, root))


def _parse_words(
    toml: Toml, grammar: Toml, engine: Toml, code: str
) -> tuple[Words, tuple[Text, ...], Lexicon]:
    """Return the labels of a story beside those of the engine, the texts of its own,
    and the lexicon of its language.
    """
    values = checked(toml.parse(), LABELS, toml)
    engine_labels = checked(engine.parse(), {"*": str}, engine)
    common = Strings(engine, engine.text, 0).words(engine_labels)
    labels = {key: value for key, value in values.items() if isinstance(value, str)}
    tables = {key: value for key, value in values.items() if key not in labels}
    strings = Strings(toml, toml.text, 0)
    words = strings.words(labels)
    lexicon = read_lexicon(Locale.parse(code), grammar, toml, tables)
    return Words(toml.path, common | words), tuple(strings.texts), lexicon


def read_facts(path: Path, root: Path) -> dict[str, FactWords]:
    """Read the label of each fact, and its formula where it has one of its own; no file
    means no words.
    """
    return parse_file(path, root, _parse_facts) if lexists(path) else {}


def _parse_facts(text: str, path: str) -> dict[str, FactWords]:
    """Return the words of each fact in a text: a label, or a table of label and
    formula. Raises ``BuildError`` for anything else.
    """
    toml = Toml(text, path)
    values = toml.parse()
    labels = {name: item for name, item in values.items() if isinstance(item, str)}
    checked(values, {**dict.fromkeys(values, FACT), **dict.fromkeys(labels, str)}, toml)
    facts = {}
    for name, item in values.items():
        words = {"label": item, "formula": ""} if name in labels else item
        facts[name] = FactWords(**words, line=toml.line(name))
    return facts


def read_exceptions(path: Path, root: Path) -> Exceptions:
    """Read the numbers that stand unbound on purpose, each with its reason; no file
    means none.
    """
    if lexists(path):
        return parse_file(path, root, _parse_exceptions)
    return _parse_exceptions("", shown(path, root))


def _parse_exceptions(text: str, path: str) -> Exceptions:
    """Return the exceptions in a text: by file words, each with its reason.

    Raises ``BuildError`` for anything else.
    """
    toml = Toml(text, path)
    values = checked(toml.parse(), EXCEPTIONS, toml)
    lines = {
        (file, words): toml.line(file, words)
        for file, reasons in values.items()
        for words in reasons
    }
    return Exceptions(toml.path, values, lines)


class Strings:
    """Reads the strings of a TOML text that readers see: as texts with their places,
    and flat, without links.
    """

    def __init__(self, toml: Toml, source: str, offset: int) -> None:
        """Read strings of ``toml``, which begins at ``offset`` of the
        file ``source``.
        """
        self._toml = toml
        self._source = source
        self._offset = offset
        line_ends = re.finditer("\n", toml.text)
        self._line_starts = [0, *(found.end() for found in line_ends)]
        # where strings stand that were read: two may be the same
        self._taken = set[int]()
        self.texts: list[Text] = []

    @classmethod
    def of(cls, front: FrontMatter) -> Strings:
        """Return a reader of the head of a Markdown file."""
        return cls(front.head, front.source, front.source.index("\n") + 1)

    def flat(
        self, value: str, what: str, *keys: str | int, strict: bool = False
    ) -> str:
        """Note a string as a text, and return the words that readers see."""
        line = self._toml.line(*keys)
        key = next(item for item in reversed(keys) if isinstance(item, str))
        start = self._find_start(value, line, key)
        path = self._toml.path
        text = Text(path, self._source, start, line, value, what, is_strict=strict)
        self.texts.append(text)
        return text.with_words_for_links

    def words(self, values: Mapping[str, str], *inside: str) -> dict[str, Word]:
        """Return the words of a table, each with its place."""
        words = {}
        for key, value in values.items():
            word = Word(self.flat(value, "words", *inside, key))
            word.path = self._toml.path
            word.line = self._toml.line(*inside, key)
            word.key = key
            words[key] = word
        return words

    def _find_start(self, value: str, line: int, key: str) -> int:
        """Return where the file holds a string as it is: as its key's value, or in its
        list; -1 if not at all.
        """
        text = self._toml.text
        own = KEY.match(text, self._line_starts[line - self._toml.first_line])
        if not own or own["key"] != key:
            return -1
        begin = own.end()
        list_end = END.search(text, begin) if own["list"] else None
        end = list_end.start() if list_end else len(text)
        for before, after in QUOTES:
            written = f"{before}{value}{after}"
            if own["list"]:
                start = text.find(written, begin, end)
            else:
                start = begin if text.startswith(written, begin) else -1
            while start in self._taken:
                start = text.find(written, start + 1)
            if start >= 0:
                self._taken.add(start)
                return self._offset + start + len(before)
        return -1
