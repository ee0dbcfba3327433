"""A text as its author wrote it: where things stand in it, and what must not."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from press.ground.errors import Problems, quote_words, suggest_similar_or_all
from press.ground.guard import PathAndLine
from press.ground.invisible import HINT, locate_invisible_references
from press.reading import REFERENCE

TOP_HEADING = re.compile(r"^#(?!#).*|^[^\n]+\n=+[ \t]*$", re.MULTILINE)
# in braces, where ids and classes stand
BRACED_ATTRIBUTE = re.compile(r"\{:?[^{}\n]*?(?<![\w-])([\w-]++)\s*+=[^{}\n]*+\}")
BRACED_ID = re.compile(r"\{[^}\n]*#([\w-]+)")
ENTITY = re.compile(r"&#?\w+;")
ENTITIES = {"&nbsp;", "&amp;", "&lt;", "&gt;"}
NUMBERED = re.compile(r"^(?:[*+-][ \t]+|[ \t>])*(\d{1,9})\.(?= )", re.MULTILINE)
# From the stars on: a pattern that begins with a letter would be tried at every one.
BROKEN_WORD = re.compile(r"(\*(?<=[^\W\d_]\*)\*{0,2}[^\W\d_]\w*)(?:\*{1,3}\w+)*")
COMMENTED = re.compile(r"(?<=\w)(?:<!--(?:(?!-->).)*+-->)++(?=\w)", re.DOTALL)
REFERENCE_LINK = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
LONGEST_BEGINNING = 100  # characters of a word that a message shows
BEGINNING_OF_WORD = re.compile(r"\w*\Z")
LINK_OPENING = re.compile(r"(\]\(\s*<?|\]:\s*<?|<)(?=([^\s>]*))")


@dataclass
class MarkdownSource:
    """The Markdown as written, without its code, with the problems found in it.

    ``places`` says where explicit ids stand, by "#id".
    """

    text: str
    path: str
    first_line: int
    problems: Problems = field(default_factory=Problems)
    places: dict[str, PathAndLine] = field(default_factory=dict)
    _asked: Counter[str] = field(default_factory=Counter)

    def add_problem(self, line: int, message: str, hint: str = "") -> None:
        """Note a problem of a line."""
        self.problems.add(self.path, line, message, hint)

    def get_line(self, offset: int) -> int:
        """Return the line of an offset in the text."""
        return self.first_line + self.text.count("\n", 0, offset)

    def find_next_line_of_target(self, target: str) -> int:
        """Return the line of a link's target: of one that stands several times, the
        next at each call; the first line of the text where it is not found.
        """
        offsets = self._find_offsets_of_target(target)
        number = self._asked[target]
        self._asked[target] += 1
        if not offsets:
            return self.first_line
        return self.get_line(offsets[min(number, len(offsets) - 1)])

    def check_markup_and_record_ids(self) -> None:
        """Note what no text may have, and where explicit ids stand."""
        self._check_no_valued_attributes()
        for found in re.finditer("<!--", self.text):
            self._add_problem_at_match(
                found, "found a comment without its end -->, expected one"
            )
        self._add_problems_of_forbidden_entities()
        self._check_no_stars_within_words()
        self._check_no_accidental_list_items()
        for found in TOP_HEADING.finditer(self.text):
            message = "found a heading of the first level, expected ## and below"
            self._add_problem_at_match(found, message)
        self._check_references_are_defined()
        for found in BRACED_ID.finditer(self.text):
            self.places[f"#{found[1]}"] = self.path, self.get_line(found.start())

    def check_no_comments_within_words(self, whole_text: str) -> None:
        """Note comments inside a word of the whole text: readers see one word, the
        checker reads two.
        """
        message = "found a comment inside a word, expected it beside whole words"
        for found in COMMENTED.finditer(whole_text):
            around = self.text[found.start() - 1], self.text[found.end()]
            if not any(character.isspace() for character in around):
                self._add_problem_at_match(found, message, "move it")

    def _add_problem_at_match(
        self, found: re.Match[str], message: str, hint: str = ""
    ) -> None:
        """Note a problem where something was found in the text."""
        self.add_problem(self.get_line(found.start()), message, hint)

    def _check_no_valued_attributes(self) -> None:
        """Note attributes that are neither ids nor classes."""
        hint = "write it into the text; of a picture: ![words](file)"
        for found in BRACED_ATTRIBUTE.finditer(self.text):
            message = (
                f"found the attribute {found[1]} in a text, expected ids and classes"
                " alone"
            )
            self._add_problem_at_match(found, message, hint)

    def _check_references_are_defined(self) -> None:
        """Note links to references that have no address."""
        names = {found[1].lower() for found in REFERENCE.finditer(self.text)}
        for found in REFERENCE_LINK.finditer(self.text):
            name = (found[2] or found[1]).lower()
            if name not in names:
                message = (
                    f"found a link to the reference {quote_words(name)}, expected"
                    " one below"
                )
                hint = suggest_similar_or_all(name, names) or "write [text](address)"
                self._add_problem_at_match(found, message, hint)

    def _add_problems_of_forbidden_entities(self) -> None:
        """Note character references, which hide letters from the checker."""
        for found in ENTITY.finditer(self.text):
            hidden = locate_invisible_references(found[0])
            named = html.unescape(found[0]) != found[0]
            if hidden:
                self._add_problem_at_match(found, hidden[0].message, HINT)
            elif named and found[0] not in ENTITIES:
                message = f"found {found[0]} in a text, expected no code of a character"
                self._add_problem_at_match(found, message, "write the character itself")

    def _check_no_stars_within_words(self) -> None:
        """Note stars inside a word, which hide the whole word from the checker."""
        for found in BROKEN_WORD.finditer(self.text):
            earliest = max(0, found.start() - LONGEST_BEGINNING)
            beginning = BEGINNING_OF_WORD.findall(self.text[earliest : found.start()])[
                0
            ]
            message = (
                f"found stars inside the word {quote_words(beginning + found[1])},"
                " expected"
                " them around whole words"
            )
            self._add_problem_at_match(found, message)

    def _check_no_accidental_list_items(self) -> None:
        """Note numbers that begin a line and end a sentence: Markdown makes items of
        them, and hides the number.
        """
        last = 0
        for found in NUMBERED.finditer(self.text):
            number = int(found[1])
            if number in {1, last + 1}:
                last = number
                continue
            message = (
                f"a line begins with {found[1]}. and becomes an item of a list,"
                " without the number"
            )
            self.add_problem(
                self.get_line(found.start(1)), message, "break the line at another word"
            )

    def _find_offsets_of_target(self, target: str) -> list[int]:
        """Return the offsets of a link's target; of one that stands in no link, those
        at which its letters stand.
        """
        if target not in self._offsets_by_target:
            found = re.finditer(re.escape(target), self.text)
            self._offsets_by_target[target] = [match.start() for match in found]
        return self._offsets_by_target[target]

    @cached_property
    def _offsets_by_target(self) -> dict[str, list[int]]:
        """Where each target stands: in brackets behind words, as an address of its own,
        or as that of a reference.
        """
        targets = defaultdict[str, list[int]](list)
        for found in LINK_OPENING.finditer(self.text):
            for target in _list_possible_targets(*found.groups()):
                targets[target].append(found.start())
        return dict(targets)


def _list_possible_targets(opening: str, rest: str) -> Iterator[str]:
    """Yield what may be the target of a link that begins with ``opening``: the target
    may have brackets of its own, so it may end at each that closes.
    """
    yield rest
    if opening.startswith("]("):
        for offset, letter in enumerate(rest):
            if letter == ")":
                yield rest[:offset]
