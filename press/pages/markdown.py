"""Markdown to HTML: links between pages, charts, tables that a policy without inline
styles can show.

Content is Markdown and nothing else: a chart is an image of the scheme ``chart:`` in a
paragraph of its own, a link to another page names its Markdown file, so that both work
in any viewer of Markdown as well.
"""

from __future__ import annotations

import html
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

import markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from press.ground.errors import BuildError, Problems, quote_words, suggest_similar
from press.ground.guard import Place
from press.ground.invisible import HINT, locate_references
from press.reading import CODE, REFERENCE, SCHEMES, Text, blank_addresses

HEADING = re.compile(r"^#(?!#).*|^[^\n]+\n=+[ \t]*$", re.MULTILINE)
# in braces, where ids and classes stand
ATTRIBUTE = re.compile(r"\{:?[^{}\n]*?(?<![\w-])([\w-]++)\s*+=[^{}\n]*+\}")
ENTITY = re.compile(r"&#?\w+;")
ENTITIES = {"&nbsp;", "&amp;", "&lt;", "&gt;"}
NUMBERED = re.compile(r"^(?:[*+-][ \t]+|[ \t>])*(\d{1,9})\.(?= )", re.MULTILINE)
# From the stars on: a pattern that begins with a letter would be tried at every one.
BROKEN_WORD = re.compile(r"(\*(?<=[^\W\d_]\*)\*{0,2}[^\W\d_]\w*)(?:\*{1,3}\w+)*")
COMMENTED = re.compile(r"(?<=\w)(?:<!--(?:(?!-->).)*+-->)++(?=\w)", re.DOTALL)
LONGEST_WORD = 100  # characters of one that a message shows
WORD_BEFORE = re.compile(r"\w*\Z")
INLINE = re.compile(r"</?(?:em|strong|a|span|data|time)\b[^>]*>")
HIDDEN = re.compile(r"<(code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)
MARKED = re.compile(r"[`\\\[<&*_]|  \n")  # one of which any mark within a line has
TARGET = re.compile(r"(\]\(\s*<?|\]:\s*<?|<)(?=([^\s>]*))")
COMPARED = 100  # words at a time
MOST_TOLD = 100  # stretches of words that the checker cannot read
STASHED = re.compile("\x02[^\x03]*\x03")
WORD = re.compile(r"[^\W_]+")
OTHERS = bytes(code for code in range(128) if not WORD.match(chr(code)))
ELSEWHERE = {"http", "https", "mailto"}
# each with what a text for it has
EXTENSIONS = {"toc": "", "fenced_code": "``", "tables": "|", "attr_list": "{"}


class _Unmarked(Treeprocessor):
    """Takes texts without a mark out of the search for each kind of mark, which takes
    longer than all the rest.
    """

    def run(self, root: ET.Element) -> None:
        """Go through all elements of a text in which no marks have been looked for."""
        for element in root.iter():
            if element.text and not MARKED.search(element.text):
                element.text = AtomicString(element.text)


@cache
def _converter(extensions: tuple[str, ...]) -> markdown.Markdown:
    """Return what converts texts that need some extensions and no other: each looks at
    every block and element.
    """
    converter = markdown.Markdown(extensions=extensions, output_format="html")
    # HTML is shown as it is written, and found among the words
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    # right before "inline"
    converter.treeprocessors.register(_Unmarked(), "unmarked", 21)
    return converter


class Element(NamedTuple):
    """How a binding is shown: the element that its words become, and the
    one inside it.
    """

    tag: str
    attributes: Mapping[str, str]
    inner: Element | None = None


PLAIN = Element("span", {})
# how bindings are shown, by target, in their order
Shown = Mapping[str, tuple[Element, ...]]


class Asked:
    """Hands out how bindings are shown, one after another; one that the ledger does not
    have is told elsewhere.
    """

    def __init__(self, shown: Shown) -> None:
        """Begin with the first of each target."""
        self._left = {target: iter(elements) for target, elements in shown.items()}

    def next(self, target: str) -> Element:
        """Return how the next binding of a target is shown."""
        return next(self._left.get(target, iter(())), PLAIN)


class Prose(NamedTuple):
    """A text as HTML, ``<div data-chart="name"></div>`` where a chart goes; where its
    charts, links and ids stand.
    """

    html: str
    charts: Mapping[str, int]
    # of each link's target, and of each explicit id as "#id"
    places: Mapping[str, Place]


def convert(
    text: Text,
    pages: Mapping[str, str],
    link: Callable[[str], str] = str,
    shown: Shown = MappingProxyType({}),
) -> Prose:
    """Return Markdown as HTML, with the places of its links and ids.

    ``pages`` maps the Markdown files a link may name to their addresses, ``link`` says
    how to link to an address from here, ``shown`` how the bindings with a target are
    shown, in their order. Raises ``BuildError``.
    """
    source = _Original(text.without_code_blocks, text.path, text.line, Problems())
    source.scan()
    source.scan_comments(text.value)
    reader = _Reader(source, pages, link, Asked(shown))
    converter = _converter(
        tuple(
            name
            for name, mark in EXTENSIONS.items()
            if mark in text.value.replace("~", "`")
        )
    )
    # a text that was too deep has left it in the midst of a list
    converter.reset().parser.state.clear()
    # in place of the last text's
    converter.treeprocessors.register(reader, "press", -1)
    try:
        made = converter.convert(
            CODE.sub(_uncommented, text.value) if "<!--" in text.value else text.value
        )
    except RecursionError:
        message = "lists, quotations or marks stand too deep in each other to be read"
        raise BuildError.at(
            text.path, text.line, message, "take some of them out"
        ) from None
    _check_bindings(text, reader.bindings, source)
    if not source.problems:
        _check_words(text, made, source)
    source.problems.stop_if_any()
    return Prose(made, reader.charts, source.places | reader.places)


def _uncommented(code: re.Match[str]) -> str:
    return "" if code[0].startswith("<!--") else code[0]


def _check_bindings(
    text: Text, rendered: list[tuple[str, str]], source: _Original
) -> None:
    """Note each difference between the bindings read in the source and those that
    Markdown renders.
    """
    known = [
        (link.target, _letters(text.visible_text[link.words_start : link.words_end]))
        for link in text.bindings
    ]
    lost = Counter(known)
    extra = Counter(rendered)
    for link, binding in zip(text.bindings, known, strict=True):
        if lost[binding] > extra[binding]:
            hint = (
                "write [words](scheme:name) outside other links and headings of tables"
            )
            source.add(
                source.line(link.start),
                f"Markdown does not show the link to {link.target}",
                hint,
            )
    for target, _ in sorted(extra - lost):
        hint = (
            "write [words](scheme:name), without a title, brackets inside or a"
            " reference"
        )
        source.add(
            source.line_of_target(target),
            f"the checker cannot read the link to {target}",
            hint,
        )


def _check_words(text: Text, shown: str, source: _Original) -> None:
    """Note the rendered words that the checker does not read: a number might stand in
    them unchecked.
    """
    visible = blank_addresses(html.unescape(HIDDEN.sub(" ", INLINE.sub("", shown))))
    plain = text.visible_text
    for alt in (
        text.alternative_text_spans
    ):  # they are no words of the page, but of its pictures
        plain = f"{plain[: alt.start]}{' ' * (alt.end - alt.start)}{plain[alt.end :]}"
    read = _letters(plain)
    seen_letters = _letters(visible)
    letters = iter(read)
    if read == seen_letters or all(letter in letters for letter in seen_letters):
        return  # what is read and not shown does no harm
    known = list(WORD.finditer(plain))
    seen = WORD.findall(visible)
    for differing in islice(_differing([found[0] for found in known], seen), MOST_TOLD):
        words = seen[differing.first : differing.last]
        before = (
            known[min(differing.start, len(known)) - 1].end()
            if differing.start and known
            else 0
        )
        message = (
            f"found {quote_words(' '.join(words))} in the finished text, where the"
            " checker"
            " cannot read it"
        )
        hint = (
            "write it as plain words of Markdown, without HTML, stray backticks, braces"
            " or brackets"
        )
        source.add(
            source.line(max(source.text.find(words[0], before), before)), message, hint
        )


class _Differing(NamedTuple):
    """A stretch of words that a page shows, from ``first`` to ``last``, beside that
    which was read from ``start``.
    """

    start: int
    first: int
    last: int


def _differing(known: Sequence[str], seen: Sequence[str]) -> Iterator[_Differing]:
    """Yield stretches of the ``seen`` words that are not just those ``known``.

    Where the words part, some of both are compared at a time: to compare all takes the
    square of their number.
    """
    start = first = 0
    while first < len(seen):
        if known[start : start + 1] == seen[first : first + 1]:
            start = start + 1
            first = first + 1
            continue
        here = known[start : start + COMPARED]
        there = seen[first : first + COMPARED]
        same = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()[
            0
        ]
        if "".join(there[: same.b]) not in {"", "".join(here[: same.a])}:
            yield _Differing(start, first, first + same.b)
        start = start + same.a
        first = first + same.b


def _letters(words: str) -> str:
    """Return the letters and digits of a text, and nothing else."""
    if words.isascii():  # as most long texts are
        return words.encode().translate(None, OTHERS).decode()
    return "".join(WORD.findall(unicodedata.normalize("NFC", words)))


class _Original:
    """The Markdown as written, without its code: where things stand in it, and what
    must not.
    """

    def __init__(
        self, text: str, path: str, first_line: int, problems: Problems
    ) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        self.problems = problems
        self.places: dict[str, Place] = {}
        self._asked: dict[str, int] = {}

    def add(self, line: int, message: str, hint: str = "") -> None:
        self.problems.add(self.path, line, message, hint)

    def note(self, found: re.Match[str], message: str, hint: str = "") -> None:
        """Note a problem of what was found in the source."""
        self.add(self.line(found.start()), message, hint)

    def scan(self) -> None:
        """Note attributes that no text may have, reference links without an address,
        places of ids.
        """
        for found in ATTRIBUTE.finditer(self.text):
            hint = "write it into the text; of a picture: ![words](file)"
            self.note(
                found,
                f"found the attribute {found[1]} in a text, expected ids and classes"
                " alone",
                hint,
            )
        for found in re.finditer("<!--", self.text):
            self.note(found, "found a comment without its end -->, expected one")
        self._scan_characters()
        self._scan_numbers()
        for found in HEADING.finditer(self.text):
            self.note(
                found, "found a heading of the first level, expected ## and below"
            )
        self._scan_references()
        for found in re.finditer(r"\{[^}\n]*#([\w-]+)", self.text):
            self.places[f"#{found[1]}"] = self.path, self.line(found.start())

    def scan_comments(self, written: str) -> None:
        """Note comments inside a word of the text as ``written``: readers see one word,
        the checker reads two.
        """
        for found in COMMENTED.finditer(written):
            if (
                self.text[found.start() - 1].isspace()
                or self.text[found.end()].isspace()
            ):
                continue  # it stands in code
            self.note(
                found,
                "found a comment inside a word, expected it beside whole words",
                "move it",
            )

    def _scan_references(self) -> None:
        """Note links to references that have no address."""
        names = {found[1].lower() for found in REFERENCE.finditer(self.text)}
        for found in re.finditer(r"\[([^\[\]]+)\]\[([^\[\]]*)\]", self.text):
            name = (found[2] or found[1]).lower()
            if name not in names:
                hint = suggest_similar(name, names) or "write [text](address)"
                self.note(
                    found,
                    (
                        f"found a link to the reference {quote_words(name)}, expected"
                        " one below"
                    ),
                    hint,
                )

    def _scan_characters(self) -> None:
        """Note what hides letters from the checker: character references, and stars
        inside a word.
        """
        for found in ENTITY.finditer(self.text):
            hidden = locate_references(found[0])
            if hidden:
                self.note(found, hidden[0].message, HINT)
            elif found[0] not in ENTITIES and html.unescape(found[0]) != found[0]:
                hint = "write the character itself"
                self.note(
                    found,
                    f"found {found[0]} in a text, expected no code of a character",
                    hint,
                )
        for found in BROKEN_WORD.finditer(self.text):
            before = self.text[max(0, found.start() - LONGEST_WORD) : found.start()]
            word = "".join((*WORD_BEFORE.findall(before)[:1], found[1]))
            self.note(
                found,
                f"found stars inside the word {quote_words(word)}, expected them around"
                " whole words",
            )

    def _scan_numbers(self) -> None:
        """Note numbers that begin a line and end a sentence: Markdown makes items of
        them, and hides the number.
        """
        last = 0
        for found in NUMBERED.finditer(self.text):
            if int(found[1]) in {1, last + 1}:
                last = int(found[1])
            else:
                message = (
                    f"a line begins with {found[1]}. and becomes an item of a list,"
                    " without the number"
                )
                self.add(
                    self.line(found.start(1)), message, "break the line at another word"
                )

    def line(self, position: int) -> int:
        return self.first_line + self.text.count("\n", 0, position)

    def line_of_target(self, target: str) -> int:
        """Return the line of a link's target; of one that stands several times, the
        next at each call.
        """
        if target not in self._targets:
            self._targets[target] = [
                match.start() for match in re.finditer(re.escape(target), self.text)
            ]
        found = self._targets[target]
        number = self._asked[target] = self._asked.get(target, -1) + 1
        return (
            self.line(found[min(number, len(found) - 1)]) if found else self.first_line
        )

    @cached_property
    def _targets(self) -> dict[str, list[int]]:
        """Where each target stands: in brackets behind words, as an address of its own,
        or as that of a reference.

        Of brackets it is not known which closes them: the target may have some of its
        own.
        """
        targets: defaultdict[str, list[int]] = defaultdict(list)
        for found in TARGET.finditer(self.text):
            opening, rest = found.groups()
            ends = [len(rest)]
            if opening.startswith("]("):
                ends += [number for number, letter in enumerate(rest) if letter == ")"]
            for end in ends:
                targets[rest[:end]].append(found.start())
        return dict(targets)


class _Reader(Treeprocessor):
    """Goes through the converted text: rewrites links, makes room for charts, puts
    tables into boxes.
    """

    def __init__(
        self,
        source: _Original,
        pages: Mapping[str, str],
        link: Callable[[str], str],
        shown: Asked,
    ) -> None:
        self._source = source
        self._pages = pages
        self._to = link
        self._shown = shown
        self.bindings: list[tuple[str, str]] = []
        self.charts: dict[str, int] = {}
        self.places: dict[str, Place] = {}

    def run(self, root: ET.Element) -> None:
        """Go through all elements of a converted text."""
        for paragraph in list(root.iter("p")):
            if (image := _only_image(paragraph)) is not None and image.get(
                "src", ""
            ).startswith("chart:"):
                self._chart(paragraph, image)
        # a list: boxes are put into the tree on the way
        for element in list(root.iter()):
            if element.tag == "a":
                self._link(element)
            elif element.tag in {"td", "th"} and element.get("style"):
                element.set(
                    "class",
                    element.attrib.pop("style")
                    .removeprefix("text-align: ")
                    .rstrip(";"),
                )
            elif element.tag == "img":
                self._image(element)
            else:
                _box_tables(element)

    def _link(self, element: ET.Element) -> None:
        target = element.get("href", "")
        line = self._source.line_of_target(target)
        file, _, anchor = target.partition("#")
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", target)
        if target in {"", "#"}:
            self._source.add(line, "found a link without an address, expected one")
        elif scheme and scheme[1] in SCHEMES:
            self._bind(element, target)
            return
        elif scheme and scheme[1] not in ELSEWHERE:
            message = (
                f"found a link with the unknown scheme {quote_words(scheme[1])},"
                " expected a"
                " page or an address"
            )
            self._source.add(
                line, message, suggest_similar(scheme[1], {*ELSEWHERE, *SCHEMES})
            )
        elif target.startswith("/"):
            hint = "name the Markdown file of a page, such as sources.md"
            self._source.add(line, f"the link {target} begins with a slash", hint)
        elif not scheme and file.endswith(".md"):
            if file not in self._pages:
                message = f"found a link to {file}, expected a page of the story"
                self._source.add(line, message, suggest_similar(file, self._pages))
            address = self._to(self._pages[file]) if file in self._pages else file
            target = f"{address}#{anchor}" if anchor else address
            element.set("href", target)
        self.places[target] = self._source.path, line

    def _bind(self, element: ET.Element, target: str) -> None:
        """Show the words of a binding as what they are."""
        shown = self._shown.next(target)
        self.bindings.append((target, _letters(STASHED.sub("", _shown(element)))))
        element.tag = shown.tag
        element.attrib = dict(shown.attributes)
        if shown.inner:
            inner = ET.Element(shown.inner.tag, dict(shown.inner.attributes))
            inner.text = element.text
            element.text = None
            inner.extend(element)
            element[:] = [inner]

    def _chart(self, paragraph: ET.Element, image: ET.Element) -> None:
        """Turn a paragraph that is nothing but a chart into the room for it."""
        target = image.get("src", "")
        name = target.removeprefix("chart:")
        line = self._source.line_of_target(target)
        if image.get("alt"):
            message = (
                f"the chart {name} has its alternative text in charts/{name}.md: leave"
                " the square brackets empty"
            )
            self._source.add(line, message, f"write ![](chart:{name})")
        if name in self.charts:
            self._source.add(
                line, f"found the chart {name} again, expected it once in a page"
            )
        self.charts.setdefault(name, line)
        paragraph.clear()
        paragraph.tag = "div"
        paragraph.set("data-chart", name)

    def _image(self, element: ET.Element) -> None:
        target = element.get("src", "")
        line = self._source.line_of_target(target)
        if target.startswith("chart:"):
            message = (
                f"found the chart {target.removeprefix('chart:')} inside a text,"
                " expected it on a line of its own"
            )
            self._source.add(
                line, message, "leave an empty line before it and after it"
            )
        elif not element.get("alt"):
            hint = "say in the square brackets what the picture shows"
            self._source.add(
                line, f"the picture {target} has no alternative text", hint
            )
        self.places[target] = self._source.path, line


def _shown(element: ET.Element) -> str:
    """Return the words of an element, code left out."""
    if element.tag == "code":
        return ""
    parts = (part for child in element for part in (_shown(child), child.tail))
    return "".join(filter(None, (element.text, *parts)))


def _only_image(paragraph: ET.Element) -> ET.Element | None:
    """Return the image that is all a paragraph holds."""
    if len(paragraph) != 1 or paragraph[0].tag != "img":
        return None
    return (
        None
        if (paragraph.text or "").strip() or (paragraph[0].tail or "").strip()
        else paragraph[0]
    )


def _box_tables(parent: ET.Element) -> None:
    for index, child in enumerate(parent):
        if child.tag == "table":
            box = ET.Element("div", {"class": "scroll", "tabindex": "0"})
            box.append(child)
            parent[index] = box
