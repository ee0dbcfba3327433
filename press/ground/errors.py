"""Problems: what is wrong in a story's files, for the author who can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple, NoReturn, TypeVar

from press.ground.invisible import (
    HINT,
    InvisibleCharacter,
    collect_invisible,
    escape_character,
    is_invisible,
    locate_invisible,
)

ORDER = attrgetter("path", "line", "column", "message", "hint")
MOST_INVISIBLE = 20  # invisible characters of one text that are told by their places
LONGEST_MESSAGE = 500  # characters of a message, or of a hint, that are shown
LONGEST_END = 150  # of these, after what is left out
LONGEST_NAME = 100  # characters of one that is compared with others
MOST_LISTED = 12  # names that fit a line
MANY = 10_000  # problems of a file, after which the rest of it need not be looked at
Result = TypeVar("Result")


@dataclass(frozen=True)
class Problem:
    """One mistake of an author: where it stands, what was found and expected, and how
    to mend it.

    ``path`` is relative to the project's folder, with forward slashes; ``line`` counts
    from 1, and so does ``column`` where it is known, of the ``width`` characters that
    are wrong. What a person has given to a command stands in no file: then ``path``
    names the command, and ``line`` is 0.
    """

    path: str
    line: int
    message: str
    hint: str = ""
    column: int = 0
    width: int = 0

    def __str__(self) -> str:
        """Return the problem as a clickable ``path:line:column: message``, the hint
        below it, each as it is shown.
        """
        place = "".join(f":{number}" for number in (self.line, self.column) if number)
        text = f"{format_message(self.path)}{place}: {format_message(self.message)}"
        return f"{text}\n    hint: {format_message(self.hint)}" if self.hint else text


class BuildError(Exception):
    """The story's files are wrong: one or more ``problems``.

    Any other exception is a bug of the engine.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of their files and lines, each once."""
        self.problems = tuple(sorted(set(problems), key=ORDER))

    @classmethod
    def at(cls, path: str, line: int, message: str, hint: str = "") -> BuildError:
        """Return the error of one problem."""
        return cls([Problem(path, line, message, hint)])

    def __str__(self) -> str:
        """Return each problem in lines of its own."""
        return "\n".join(map(str, self.problems))


class ToldError(ValueError):
    """An error without a position, and a hint; the caller adds path and line."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep message and hint."""
        self.message = message
        self.hint = hint
        super().__init__(message)


class Fault(NamedTuple):
    """What is wrong at a place of a text, from ``start`` to ``end``; with the text's
    file it becomes a ``Problem``.

    The ``hint`` is right whatever the sentence says. ``excepted`` is the phrase of an
    exceptions file that allows it.
    A ``number`` is one for which there may be a fact: it is linked to none that there
    is. A ``rank`` above zero makes it a doubt: it refuses nothing, and is shown to
    whoever reads the sentence, the lowest first.
    """

    start: int
    end: int
    message: str
    hint: str
    excepted: str = ""
    number: bool = False
    rank: int = 0


class Problems(list[Problem]):
    """The problems of several stages, collected so that all are reported at once."""

    def add(self, path: str, line: int, message: str, hint: str = "") -> None:
        """Append one problem."""
        self.append(Problem(path, line, message, hint))

    def collect(
        self, stage: Callable[..., Result], *arguments: object
    ) -> Result | None:
        """Run a stage; return what it gives, or note what is wrong and return ``None``
        instead of stopping.
        """
        try:
            return stage(*arguments)
        except BuildError as error:
            self.extend(error.problems)
            return None

    def yield_and_collect(self, items: Iterable[Result]) -> Iterator[Result]:
        """Yield what a stage gives one by one, and note what is wrong instead of
        stopping.
        """
        try:
            yield from items
        except BuildError as error:
            self.extend(error.problems)

    def stop(self) -> NoReturn:
        """Raise everything noted so far as one ``BuildError``."""
        raise BuildError(self)

    def stop_if_any(self) -> None:
        """Stop if anything was noted."""
        if self:
            self.stop()


def list_problems_of_invisible_characters(
    text: str,
    path: str,
    found: list[InvisibleCharacter] | None = None,
    first_line: int = 1,
) -> list[Problem]:
    """Return a problem for each invisible character of a text, of many for the first of
    them, at its place.

    Every text of an author goes through this: what is proved is what is seen. The text
    begins on ``first_line`` of the file ``path``. ``found`` are what else stands in it
    for such a character: escapes of TOML, references of HTML.
    """
    hidden = locate_invisible(text) if found is None else found
    problems = [
        _make_problem_of_invisible_character(text, path, first_line, each)
        for each in hidden[:MOST_INVISIBLE]
    ]
    if rest := hidden[MOST_INVISIBLE:]:
        hint = f"{HINT}, and {format_count(len(rest), 'such character')} more behind it"
        problems[-1] = replace(problems[-1], hint=hint)
    return problems


def _make_problem_of_invisible_character(
    text: str, path: str, first_line: int, found: InvisibleCharacter
) -> Problem:
    """Return the problem of an invisible character in a text that begins on
    ``first_line`` of its file.
    """
    line = first_line + text.count("\n", 0, found.start)
    column = found.start - text.rfind("\n", 0, found.start)
    return Problem(path, line, found.message, HINT, column, len(found.written))


def format_message(message: str) -> str:
    """Return a message, a hint or a path as it is shown: what cannot be seen is
    escaped, and the middle is left out where it quotes a whole file.
    """
    shown = escape_invisible(message)
    if len(shown) <= LONGEST_MESSAGE:
        return shown
    gap = " … "
    start = LONGEST_MESSAGE - LONGEST_END - len(gap)
    return f"{shown[:start]}{gap}{shown[-LONGEST_END:]}"


def quote_words(words: str) -> str:
    """Return an author's words in quotation marks; what cannot be seen is written as
    Python escapes it.
    """
    shown = "".join(map(_escape_if_unseen, words))
    return f'"{shown}"'


def _escape_if_unseen(character: str) -> str:
    if character.isprintable() and not is_invisible(character):
        return character
    return escape_character(character)


def escape_invisible(text: str) -> str:
    """Return a text in which each invisible character is written as Python escapes it:
    a terminal would obey some.
    """
    hidden = collect_invisible(text)
    if not hidden:
        return text
    escapes = {ord(character): escape_character(character) for character in hidden}
    return text.translate(escapes)


def format_count(count: int, one: str) -> str:
    """Write how many things there are: ``1 row``, ``2 rows``."""
    ending = "" if count == 1 else "s"
    return f"{count} {one}{ending}"


def suggest_similar_or_all(name: str, names: Iterable[str]) -> str:
    """Return a hint: up to three ``names`` that look like ``name``, else all of them if
    they are few, else "".
    """
    if len(name) > LONGEST_NAME:
        return ""
    known = sorted(names)
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if close:
        return f"did you mean {' or '.join(close)}?"
    if 0 < len(known) <= MOST_LISTED:
        return f"there are: {', '.join(known)}"
    return ""
