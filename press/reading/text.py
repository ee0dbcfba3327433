"""The text as written: its links, its sentences and their clauses, each with its place
in the file.

Python-Markdown knows no positions, so this scanner reads the source itself. Everything
keeps its position: what is
not words (targets, markup, code, comments) is blanked with spaces, never cut out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from press.ground.errors import BuildError, Problem
from press.reading.lexicon import fold

SCHEMES = ("fact", "claim", "said", "source", "term")
OF_DATA = frozenset({"fact", "claim"})  # the words of these are held to our tables
# and of this to a published statement: the others only cite or define
CHECKED = OF_DATA | {"said"}
# What begins a new block without an empty line: a heading, a quotation, an item of a
# list, a row of a table.
NEXT = r"\n(?=[ \t]*(?:#|>|[-+*] |\d+\. |\|))"
# Code as Python-Markdown takes it: fences at the start of a line, closed by the same;
# equal runs of backticks.
CODE = re.compile(
    r"^(`{3,}|~{3,})[^\n`]*\n(?:.*?\n)??\1[ ]*$"
    rf"|(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n|{NEXT}).)+?(?<!`)\2(?!`)"
    r"|<!--(?:(?!<!--).)*?-->",
    re.MULTILINE | re.DOTALL,
)
# The address of a reference, and nothing else: "[1]: sources.md".
REFERENCE = re.compile(
    r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]*<?([^\s>]+)>?["
    r" \t]*(\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))?[ \t]*$",
    re.MULTILINE,
)
IMAGE = re.compile(r"!\[([^\[\]]*)\]\(([^()\s]*)\)")
LINK = re.compile(
    r"(?<!\!)\[([^\[\]]*)\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+\"[^\"]*\"|\s+'[^']*')?\s*\)"
)
TITLE = re.compile(r"\s(?:\"([^\"]*)\"|'([^']*)'|\(([^()]*)\))\s*\)?$")
# Tags, lists of attributes ("{#id .class}") and the names of characters; other braces
# are words.
ON = r"\n(?![ \t]*\n)"  # a line end within a block
ITEM = r"(?:[#.][\w.:-]+|[\w-]+=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[^\s\"'{}]+))"
TAG = re.compile(
    rf"</?[A-Za-z](?:[^<>\"'\n]|{ON}|\"(?:[^\"\n]|{ON})*\"|'(?:[^'\n]|{ON})*')*>"
    rf"|\{{:?[ ]*{ITEM}(?:[ ]+{ITEM})*[ ]*\}}"
    r"|&(?:#\w+|nbsp|amp|lt|gt);"
)
PLACE = re.compile(r"\{[^\W\d]\w*\}")  # what a label leaves to be filled in
ADDRESS = re.compile(
    r"<?\b(?:https?://|www\.)[^\s<>\])]*[^\s<>\]).,;:!?]>?|\b[\w.+-]+@[\w-]+\.[\w.-]*\w"
)
# what stands before a block's words
FRONT = r"^[ \t]*(?:(?:>[ \t]*|(?:[-+*]|\d+\.)[ \t]+)+#{0,6}|#{1,6})[ \t]*"
UNDERLINE = r"[=-]+[ \t]*$"  # below the words of a heading
MARKS = re.compile(
    rf"[*_]{{1,3}}(?=\S)|(?<=\S)[*_]{{1,3}}|{FRONT}|#+[ \t]*$|^{UNDERLINE}",
    re.MULTILINE,
)
MARK = re.compile(r"[*_#>=+\d-]")  # what of marks there is at least
BLOCK = re.compile(rf"\n[ \t]*\n|\n{UNDERLINE}|{NEXT}|(?<=\|)\n", re.MULTILINE)
HEADING = re.compile(r"\s*(?:>[ \t]*|(?:[-+*]|\d+\.)[ \t]+)*#")
UNDERLINED = re.compile(rf"\s*?\n{UNDERLINE}", re.MULTILINE)
# A table: the row of its heads, the line below them, its rows.
TABLE = re.compile(
    r"^([^\n]*\|[^\n]*)\n[ \t]*\|?[ \t]*:?-[-:| \t]*\n((?:[^\n]*\|[^\n]*(?:\n|\Z))*)",
    re.MULTILINE,
)
# A sentence ends at a full stop that is followed by a space and a capital, a digit, a
# quotation mark or a link.
SENTENCE = re.compile(
    r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9$€À-ÞА-Я])|(?<=[。！？])|\|"
)
ABBREVIATION = re.compile(
    r"(?:(?<!['’])\b(?:[A-Za-z]|No|Mr|Mrs|Ms|Dr|St|vs|cf|bn|mn|approx|Co|Ltd|Inc)"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
CLAUSE = re.compile(
    r"[,;:|]\s|(?<!\d)\s[—–]\s|\s[—–]\s(?!\d)|\s\(|\)|(?<!anything)(?<!nothing)(?<!\ball)\s(?:but|while|whereas)\s|(?<=[。"
    r"，；：])"
)
CONJUNCTION = re.compile(r"\s(?:and|or)\s")
# what blanked markup leaves before and after marks
SPACED = re.compile(r" (?=[.,;:!?)])|(?<=\() ")
# what of the words of a link is more than white space and marks
SHOWN = re.compile(r"[^\s*_`]")
WORD = 30  # as many characters hold an abbreviation
# characters of a paragraph: many more than anybody reads, and as many as are soon
# looked through
LONGEST = 5_000
# brackets in each other: for each that is open, what reads Markdown looks through all
# of its paragraph
DEEPEST = 10
# or a character that is none of Markdown's
BRACKET = re.compile(r"\\.|[\[\]()]", re.DOTALL)
PAIRS = {"]": "[", ")": "("}
MOST_FENCES = 1_000  # of code in a text
FENCE = re.compile("^(?:```|~~~)", re.MULTILINE)


class Link(NamedTuple):
    """A link in a text: where it begins and ends, where its words do, and
    its target.
    """

    start: int
    end: int
    words_start: int
    words_end: int
    target: str

    @property
    def scheme(self) -> str:
        """``fact`` and the like for a binding, else an empty text."""
        scheme = self.target.partition(":")[0]
        return scheme if scheme in SCHEMES and ":" in self.target else ""


class Above(NamedTuple):
    """What a block of a text stands under: the headings above it, the outermost first,
    and the heads of its columns.
    """

    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


NOTHING = Above()


class Span(NamedTuple):
    """A stretch of a text: a block, a sentence, a clause."""

    start: int
    end: int


class _Rows(NamedTuple):
    """The rows of a table: where they begin and end, and the heads of their columns."""

    start: int
    end: int
    heads: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """Words that readers see: their value, where each of its characters stands, and
    what kind of text it is.

    ``start`` is the position of the value's first character in the whole file
    ``source`` (line ends as LF), or -1
    where the file writes it otherwise (an escape in TOML): then its problems stand at
    ``line``. ``strict`` texts (titles, headings, descriptions, alternative texts) bear
    no unbound comparison; ``title`` texts no bare number word.
    """

    path: str
    source: str = field(repr=False)
    start: int
    line: int
    value: str
    what: str  # of the text, for people: "title", "alt", "text"
    markdown: bool = False
    strict: bool = False
    heading: bool = False  # all of it is one
    above: Above = NOTHING  # of a paragraph
    # of a paragraph: cut from its parent's
    without_code: str | None = field(default=None, repr=False, compare=False)
    # of which it is a paragraph
    parent: Text | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a text that would take very long to read. Raises ``BuildError``."""
        cuts = self._cuts if len(self.value) > LONGEST else []
        for block in _split(self.value, Span(0, len(self.value)), cuts):
            if (length := block.end - block.start) > LONGEST:
                message = (
                    f"found {length:,} characters in one paragraph, expected at most"
                    f" {LONGEST:,}"
                )
                raise self._refused(block.start, message, "begin another")
        if self.markdown and self.parent is None:
            self._check_fences()
            self._check_brackets()

    def _check_fences(self) -> None:
        """Refuse very many fences of code: for each without an end all that follows is
        looked through.
        """
        fences = [found.start() for found in FENCE.finditer(self.value)]
        if len(fences) > MOST_FENCES:
            message = (
                f"found {len(fences):,} fences of code, expected at most"
                f" {MOST_FENCES:,}"
            )
            raise self._refused(fences[MOST_FENCES], message)

    def _check_brackets(self) -> None:
        """Refuse brackets that stand too deep in each other in a paragraph, as those do
        that nothing closes.
        """
        for block in _split(self._without_code, Span(0, len(self.value)), self._cuts):
            depth = {"[": 0, "(": 0}
            for found in BRACKET.finditer(self._without_code, block.start, block.end):
                if found[0] in depth:
                    depth[found[0]] += 1
                elif opening := PAIRS.get(found[0]):
                    depth[opening] = max(0, depth[opening] - 1)
                if max(depth.values()) > DEEPEST:
                    message = (
                        f"found brackets more than {DEEPEST} deep in each other,"
                        " expected fewer"
                    )
                    raise self._refused(
                        found.start(),
                        message,
                        "close each, or write \\[ for one that is no link",
                    )

    def _refused(self, position: int, message: str, hint: str = "") -> BuildError:
        return BuildError([Problem(self.path, self.place(position)[0], message, hint)])

    @property
    def whole(self) -> Text:
        """The text of which it is a paragraph, else itself."""
        return self.parent or self

    def paragraph(self, block: Span) -> Text:
        """Return one of its blocks as a text of its own, with its place in the file."""
        return replace(
            self,
            start=self.start + block.start if self.start >= 0 else self.start,
            value=self.value[block.start : block.end],
            heading=block in self.headings,
            above=self.above_of[block],
            without_code=self._without_code[block.start : block.end],
            parent=self.whole,
        )

    def place(self, position: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a position in the value."""
        if self.start < 0:
            return self.line, 1
        whole = self.start + position
        return (
            self.source.count("\n", 0, whole) + 1,
            whole - (self.source.rfind("\n", 0, whole) + 1) + 1,
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every inline link, in order; none in code."""
        return tuple(
            Link(found.start(), found.end(), found.start(1), found.end(1), found[2])
            for found in LINK.finditer(self._without_code)
        )

    @cached_property
    def bindings(self) -> tuple[Link, ...]:
        """The links that bind."""
        return tuple(link for link in self.links if link.scheme)

    def is_empty(self, link: Link) -> bool:
        """Tell whether the words of a link are none: white space, marks, code, a
        comment.
        """
        words = self._without_code[link.words_start : link.words_end]
        return not SHOWN.search(words.replace("&nbsp;", "") if self.markdown else words)

    @cached_property
    def flat(self) -> str:
        """The value with each binding replaced by its words: what a text without links
        shows.
        """
        parts, end = [], 0
        for link in self.bindings:
            parts += [
                self.value[end : link.start],
                self.value[link.words_start : link.words_end],
            ]
            end = link.end
        return "".join([*parts, self.value[end:]])

    @cached_property
    def uncoded(self) -> str:
        """The value, spaces in place of code."""
        return CODE.sub(_blank, self.value) if self.markdown else self.value

    @cached_property
    def _without_code(self) -> str:
        """The value without code and without the addresses of references."""
        if self.without_code is not None or not self.markdown:
            return self.value if self.without_code is None else self.without_code
        return REFERENCE.sub(lambda found: _only_title(found[0]), self.uncoded)

    @cached_property
    def plain(self) -> str:
        """The words alone, each at its place: targets, markup, code, tags and addresses
        are spaces.
        """
        text = self._without_code
        if self.markdown:
            text = IMAGE.sub(_only_words, text)
        for link in self.links:
            words = text[link.words_start : link.words_end]
            before, after = (
                " " * (link.words_start - link.start),
                _only_title(text[link.words_end : link.end]),
            )
            text = f"{text[: link.start]}{before}{words}{after}{text[link.end :]}"
        text = unaddressed(text)
        if not self.markdown:
            return PLACE.sub(_blank, text)
        # few of which have marks, for which the pattern looks everywhere
        lines = TAG.sub(_blank, text).split("\n")
        return "\n".join(
            MARKS.sub(_blank, line) if MARK.search(line) else line for line in lines
        )

    def told(self, span: Span) -> str:
        """Return the words of a stretch as readers see them, on one line."""
        if span not in self._told:
            self._told[span] = SPACED.sub(
                "", " ".join(self.plain[slice(*span)].split())
            )
        return self._told[span]

    @cached_property
    def folded(self) -> str:
        """The words alone in small letters and plain characters, each at its place."""
        return fold(self.plain)

    @cached_property
    def unlinked(self) -> str:
        """The folded words, spaces in place of those of links whose words are held to
        something.
        """
        words = self.folded
        for link in self.bindings:
            if link.scheme in CHECKED:
                words = blanked(words, link.words_start, link.words_end)
        return words

    @cached_property
    def alts(self) -> tuple[Span, ...]:
        """Where the alternative texts of images stand."""
        images = IMAGE.finditer(self._without_code) if self.markdown else ()
        return tuple(Span(*found.span(1)) for found in images if found[1])

    def strict_at(self, position: int) -> bool:
        """Tell whether a position is in a strict text: a heading or an alternative
        text, or all of this text.
        """
        return self.strict or any(
            span.start <= position < span.end for span in (*self.headings, *self.alts)
        )

    @cached_property
    def _cuts(self) -> list[tuple[int, int]]:
        return [found.span() for found in BLOCK.finditer(self.value)]

    @cached_property
    def blocks(self) -> tuple[Span, ...]:
        """Paragraphs, headings, items of lists, rows of tables."""
        return _split(self.plain, Span(0, len(self.plain)), self._cuts)

    @cached_property
    def headings(self) -> frozenset[Span]:
        """The blocks that are headings: with number signs before them, also in a
        quotation or item, or a line below.
        """
        return frozenset(
            block
            for block in self.blocks
            if self.heading or (self.markdown and self._level(block))
        )

    @cached_property
    def above_of(self) -> dict[Span, Above]:
        """What each of its blocks stands under."""
        found, stack = {}, list[tuple[int, str]]()
        for block in self.blocks:
            level = self._level(block) if block in self.headings else 0
            stack = [item for item in stack if item[0] < level] if level else stack
            found[block] = Above(
                tuple(words for _, words in stack), self._columns_at(block.start)
            )
            stack += [(level, self.told(block))] if level else []
        return found

    def _columns_at(self, position: int) -> tuple[str, ...]:
        """Return the heads of the columns of the table in whose rows a position is;
        nothing where it is in none.
        """
        number = bisect_right(self._tables, position, key=lambda table: table.start) - 1
        if number < 0 or position >= self._tables[number].end:
            return ()
        return self._tables[number].heads

    def _level(self, block: Span) -> int:
        """Return how deep a heading is: how many number signs it has, or which line is
        below it; 0 of another block.
        """
        if found := HEADING.match(self.value, block.start):
            signs = self.value[found.end() - 1 : block.end]
            return len(signs) - len(signs.lstrip("#"))
        below = UNDERLINED.match(self.value, block.end)
        return (2 if "-" in below[0] else 1) if below else 0

    @cached_property
    def _tables(self) -> list[_Rows]:
        """The rows of each table, in order."""
        found = (
            TABLE.finditer(self.value) if self.markdown and "|" in self.value else ()
        )
        return [
            _Rows(*item.span(2), cells(self.plain[slice(*item.span(1))]))
            for item in found
        ]

    def sentences(self, block: Span) -> tuple[Span, ...]:
        """The sentences of a block.

        A full stop inside a link or after an abbreviation ends none.
        """
        cuts = [
            (found.start(), self._before_link(found))
            for found in SENTENCE.finditer(self.plain, block.start, block.end)
            if not self._in_link(found.start())
            and not ABBREVIATION.search(
                self.plain, self._last_word(block, found.start()), found.start()
            )
        ]
        return _split(self.plain, block, cuts)

    def clauses(self, sentence: Span) -> tuple[Span, ...]:
        """The clauses of a sentence, roughly: between commas, dashes and brackets, and
        where "and" joins statements.
        """
        if sentence not in self._clauses:
            cuts = [
                found.span()
                for found in CLAUSE.finditer(self.plain, sentence.start, sentence.end)
                if not self._in_link(found.start())
            ]
            parts = _split(self.plain, sentence, cuts)
            self._clauses[sentence] = tuple(
                clause for part in parts for clause in self._halves(part)
            )
        return self._clauses[sentence]

    def _halves(self, part: Span) -> tuple[Span, ...]:
        """Cut at the last "and" between two bindings: before it is said one thing,
        after it another.
        """
        cuts, bindings = [], self.within(part)
        for one, next_one in pairwise(bindings):
            found = [
                match.span()
                for match in CONJUNCTION.finditer(
                    self.plain, one.words_end, next_one.words_start
                )
                if not self._in_link(match.start())
            ]
            cuts += found[-1:]
        return _split(self.plain, part, cuts)

    def _before_link(self, cut: re.Match[str]) -> int:
        """Return where a cut ends: before the link that it reaches into, whose words
        may be quoted.
        """
        if "[" not in self.value[cut.start() : cut.end()]:
            return cut.end()
        return min(
            [
                cut.end(),
                *(link.start for link in self.links if link.words_start >= cut.start()),
            ]
        )

    def _last_word(self, block: Span, position: int) -> int:
        """Return where the word before a position begins, as far as it may be an
        abbreviation.
        """
        return max(block.start, position - WORD, self.plain.rfind(" ", 0, position) + 1)

    def _in_link(self, position: int) -> bool:
        return any(link.words_start <= position < link.words_end for link in self.links)

    @cached_property
    def _told(self) -> dict[Span, str]:
        return {}

    @cached_property
    def _clauses(self) -> dict[Span, tuple[Span, ...]]:
        return {}

    def clause(self, sentence: Span, position: int) -> Span:
        """The clause of a sentence in which a position is."""
        return next(
            (
                span
                for span in self.clauses(sentence)
                if span.start <= position < span.end
            ),
            sentence,
        )

    def within(self, span: Span) -> tuple[Link, ...]:
        """The bindings that begin in a span."""
        return tuple(
            link for link in self.bindings if span.start <= link.words_start < span.end
        )


def cells(row: str) -> tuple[str, ...]:
    """Return the words of each cell of a table's row."""
    return tuple(
        " ".join(cell.split())
        for cell in row.strip().removeprefix("|").removesuffix("|").split("|")
    )


def unaddressed(text: str) -> str:
    """Return a text with spaces in place of addresses, of which few have any."""
    return (
        ADDRESS.sub(_blank, text)
        if "@" in text or "://" in text or "www." in text
        else text
    )


def blanked(text: str, start: int, end: int) -> str:
    """Return a text with spaces from one place to another, so that what stands behind
    them keeps its place.
    """
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def _spaces(words: str) -> str:
    """Return as many characters, all spaces but the line ends."""
    return "\n".join(" " * len(line) for line in words.split("\n"))


def _blank(found: re.Match[str]) -> str:
    return _spaces(found[0])


def _only_words(found: re.Match[str]) -> str:
    """Return the words of an image at their place, and spaces for the rest."""
    before, after = found.start(1) - found.start(), found.end() - found.end(1)
    return f"{' ' * before}{found[1]}{' ' * after}"


def _only_title(rest: str) -> str:
    """Return the title of a link or a reference at its place, which some readers see,
    and spaces for the rest.
    """
    found = TITLE.search(rest)
    start, end = found.span(found.lastindex or 0) if found else (len(rest), len(rest))
    return f"{_spaces(rest[:start])}{rest[start:end]}{_spaces(rest[end:])}"


def _split(text: str, span: Span, cuts: list[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the parts of a span between cuts, those without words left out."""
    parts, start = [], span.start
    for cut, after in [*cuts, (span.end, span.end)]:
        if text[start:cut].strip():
            parts.append(Span(start, cut))
        start = max(start, after)
    return tuple(parts)
