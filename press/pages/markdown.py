"""Markdown to HTML: links between pages, charts, tables that a policy without inline
styles can show.

Content is Markdown and nothing else: a chart is an image of the scheme ``chart:`` in a
paragraph of its own, a link to another page names its Markdown file, so that both work
in any viewer of Markdown as well.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from press.ground.errors import BuildError, quote_words, suggest_similar_or_all
from press.ground.guard import PathAndLine
from press.pages.rendered_words import (
    RenderedBinding,
    check_bindings_match_rendered,
    check_no_unparsed_words_rendered,
    keep_letters,
)
from press.pages.source import MarkdownSource
from press.reading import CODE, SCHEMES, Text

# one of which any mark within a line has
MARK_WITHIN_LINE = re.compile(r"[`\\\[<&*_]|  \n")
STASHED = re.compile("\x02[^\x03]*\x03")  # as Markdown keeps what it has made already
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
CHART_SCHEME = "chart:"
SCHEMES_ELSEWHERE = {"http", "https", "mailto"}
# each with what a text for it has
EXTENSIONS = {"toc": "", "fenced_code": "``", "tables": "|", "attr_list": "{"}


class HtmlElement(NamedTuple):
    """How a binding is shown: the element that its words become, and the
    one inside it.
    """

    tag: str
    attributes: Mapping[str, str]
    inner: HtmlElement | None = None


PLAIN_WORDS = HtmlElement("span", {})
# how bindings are shown, by target, in their order
ElementsByTarget = Mapping[str, tuple[HtmlElement, ...]]


class ElementQueue:
    """Hands out how bindings are shown, one after another."""

    def __init__(self, elements: ElementsByTarget) -> None:
        """Begin with the first of each target."""
        self._left = {target: iter(own) for target, own in elements.items()}

    def take_next_or_plain(self, target: str) -> HtmlElement:
        """Return how the next binding of a target is shown; plain words of one that the
        ledger does not have, which is told elsewhere.
        """
        left: Iterator[HtmlElement] = self._left.get(target, iter(()))
        return next(left, PLAIN_WORDS)


class RenderedMarkdown(NamedTuple):
    """A text as HTML, ``<div data-chart="name"></div>`` where a chart goes; where its
    charts, links and ids stand.
    """

    html: str
    charts: Mapping[str, int]
    # of each link's target, and of each explicit id as "#id"
    places: Mapping[str, PathAndLine]


def check_and_convert_markdown(
    text: Text,
    address_by_markdown_file: Mapping[str, str],
    make_link: Callable[[str], str] = str,
    elements_by_target: ElementsByTarget = MappingProxyType({}),
) -> RenderedMarkdown:
    """Return Markdown as HTML, with the places of its links and ids.

    ``address_by_markdown_file`` maps the Markdown files a link may name to their
    addresses, ``make_link`` says how to link to an address from here,
    ``elements_by_target`` how the bindings with a target are shown, in their order.
    Raises ``BuildError``.
    """
    source = MarkdownSource(text.without_code_blocks, text.path, text.line)
    source.check_markup_and_record_ids()
    source.check_no_comments_within_words(text.value)
    rewriter = _LinkAndChartRewriter(
        source, address_by_markdown_file, make_link, ElementQueue(elements_by_target)
    )
    made = _convert_to_html(text, rewriter)
    check_bindings_match_rendered(text, rewriter.bindings, source)
    if not source.problems:
        check_no_unparsed_words_rendered(text, made, source)
    source.problems.stop_if_any()
    return RenderedMarkdown(made, rewriter.charts, source.places | rewriter.places)


def _convert_to_html(text: Text, rewriter: _LinkAndChartRewriter) -> str:
    """Return a text as HTML, rewritten on the way.

    Raises ``BuildError`` for one that is nested too deeply.
    """
    fences = text.value.replace("~", "`")
    needed = (name for name, mark in EXTENSIONS.items() if mark in fences)
    converter = _make_converter(tuple(needed))
    # a text that was too deep has left it in the midst of a list
    converter.reset().parser.state.clear()
    # in place of the last text's
    converter.treeprocessors.register(rewriter, "press", -1)
    try:
        return converter.convert(_drop_comments(text.value))
    except RecursionError:
        message = "lists, quotations or marks stand too deep in each other to be read"
        raise BuildError.at(
            text.path, text.line, message, "take some of them out"
        ) from None


@cache
def _make_converter(extensions: tuple[str, ...]) -> markdown.Markdown:
    """Return what converts texts that need some extensions and no other: each looks at
    every block and element.
    """
    converter = markdown.Markdown(extensions=extensions, output_format="html")
    # HTML is shown as it is written, and found among the words
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    # right before "inline"
    converter.treeprocessors.register(_UnmarkedTexts(), "unmarked", 21)
    return converter


def _drop_comments(text: str) -> str:
    """Return a text without the comments that do not stand in code."""
    if "<!--" not in text:
        return text
    return CODE.sub(_keep_unless_comment, text)


def _keep_unless_comment(found: re.Match[str]) -> str:
    return "" if found[0].startswith("<!--") else found[0]


class _UnmarkedTexts(Treeprocessor):
    """Takes texts without a mark out of the search for each kind of mark, which takes
    longer than all the rest.
    """

    def run(self, root: ET.Element) -> None:
        """Go through all elements of a text in which no marks have been looked for."""
        for element in root.iter():
            if element.text and not MARK_WITHIN_LINE.search(element.text):
                element.text = AtomicString(element.text)


class _LinkAndChartRewriter(Treeprocessor):
    """Goes through the converted text: rewrites links, makes room for charts, puts
    tables into boxes.
    """

    def __init__(
        self,
        source: MarkdownSource,
        pages: Mapping[str, str],
        link: Callable[[str], str],
        elements: ElementQueue,
    ) -> None:
        self._source = source
        self._pages = pages
        self._link_to = link
        self._elements = elements
        self.bindings: list[RenderedBinding] = []
        self.charts: dict[str, int] = {}
        self.places: dict[str, PathAndLine] = {}

    def run(self, root: ET.Element) -> None:
        """Go through all elements of a converted text."""
        for paragraph in list(root.iter("p")):
            image = _find_only_image(paragraph)
            if image is not None and _is_chart(image):
                self._check_and_replace_chart_image(paragraph, image)
        # a list: boxes are put into the tree on the way
        for element in list(root.iter()):
            if element.tag == "a":
                self._rewrite_and_check_link(element)
            elif element.tag == "img":
                self._check_alt_and_record_image_place(element)
            elif element.tag in {"td", "th"}:
                _replace_style_by_class(element)
            else:
                _wrap_child_tables_in_boxes(element)

    def _rewrite_and_check_link(self, element: ET.Element) -> None:
        """Show a binding as what it is, let a link to a text lead to its page, and note
        what is wrong with any other.
        """
        target = element.get("href", "")
        line = self._source.find_next_line_of_target(target)
        found = SCHEME.match(target)
        scheme = found[1] if found else ""
        if scheme in SCHEMES:
            self._replace_and_record_binding(element, target)
            return
        within_site = not scheme and not target.startswith("/")
        if within_site and target.partition("#")[0].endswith(".md"):
            target = self._make_checked_link_to_file(target, line)
            element.set("href", target)
        else:
            self._check_address_and_scheme(target, scheme, line)
        self.places[target] = self._source.path, line

    def _make_checked_link_to_file(self, markdown_target: str, line: int) -> str:
        """Return how the page links to a text, with the anchor; note one that is not
        there.
        """
        file, _, anchor = markdown_target.partition("#")
        address = file
        if file in self._pages:
            address = self._link_to(self._pages[file])
        else:
            message = f"found a link to {file}, expected a page of the story"
            self._source.add_problem(
                line, message, suggest_similar_or_all(file, self._pages)
            )
        return f"{address}#{anchor}" if anchor else address

    def _check_address_and_scheme(self, target: str, scheme: str, line: int) -> None:
        """Note an address that is empty, begins at the root, or has a scheme that no
        page leads to.
        """
        if target in {"", "#"}:
            message = "found a link without an address, expected one"
            self._source.add_problem(line, message)
        elif scheme and scheme not in SCHEMES_ELSEWHERE:
            message = (
                f"found a link with the unknown scheme {quote_words(scheme)},"
                " expected a"
                " page or an address"
            )
            hint = suggest_similar_or_all(scheme, {*SCHEMES_ELSEWHERE, *SCHEMES})
            self._source.add_problem(line, message, hint)
        elif target.startswith("/"):
            message = f"the link {target} begins with a slash"
            hint = "name the Markdown file of a page, such as sources.md"
            self._source.add_problem(line, message, hint)

    def _replace_and_record_binding(self, element: ET.Element, target: str) -> None:
        """Turn a link that binds its words into the element that shows them."""
        shown = self._elements.take_next_or_plain(target)
        letters = keep_letters(STASHED.sub("", _read_words_outside_code(element)))
        self.bindings.append(RenderedBinding(target, letters))
        element.tag = shown.tag
        element.attrib = dict(shown.attributes)
        if shown.inner:
            inner = ET.Element(shown.inner.tag, dict(shown.inner.attributes))
            inner.text = element.text
            element.text = None
            inner.extend(element)
            element[:] = [inner]

    def _check_and_replace_chart_image(
        self, paragraph: ET.Element, image: ET.Element
    ) -> None:
        """Turn a paragraph that is nothing but a chart into the room for it."""
        target = image.get("src", "")
        name = target.removeprefix(CHART_SCHEME)
        line = self._source.find_next_line_of_target(target)
        if image.get("alt"):
            message = (
                f"the chart {name} has its alternative text in charts/{name}.md: leave"
                " the square brackets empty"
            )
            self._source.add_problem(line, message, f"write ![](chart:{name})")
        if name in self.charts:
            message = f"found the chart {name} again, expected it once in a page"
            self._source.add_problem(line, message)
        self.charts.setdefault(name, line)
        paragraph.clear()
        paragraph.tag = "div"
        paragraph.set("data-chart", name)

    def _check_alt_and_record_image_place(self, image: ET.Element) -> None:
        """Note a chart within a text, and a picture that has no words."""
        target = image.get("src", "")
        line = self._source.find_next_line_of_target(target)
        if target.startswith(CHART_SCHEME):
            name = target.removeprefix(CHART_SCHEME)
            message = (
                f"found the chart {name} inside a text, expected it on a line of its"
                " own"
            )
            hint = "leave an empty line before it and after it"
            self._source.add_problem(line, message, hint)
        elif not image.get("alt"):
            message = f"the picture {target} has no alternative text"
            hint = "say in the square brackets what the picture shows"
            self._source.add_problem(line, message, hint)
        self.places[target] = self._source.path, line


def _read_words_outside_code(element: ET.Element) -> str:
    """Return the words of an element, code left out."""
    if element.tag == "code":
        return ""
    words = element.text or ""
    for child in element:
        words += _read_words_outside_code(child) + (child.tail or "")
    return words


def _find_only_image(paragraph: ET.Element) -> ET.Element | None:
    """Return the image that is all a paragraph holds, if it does."""
    if len(paragraph) != 1 or paragraph[0].tag != "img":
        return None
    words = f"{paragraph.text or ''}{paragraph[0].tail or ''}"
    return None if words.strip() else paragraph[0]


def _is_chart(image: ET.Element) -> bool:
    return image.get("src", "").startswith(CHART_SCHEME)


def _replace_style_by_class(cell: ET.Element) -> None:
    """Let a class say how a cell is aligned: no page's policy allows inline styles."""
    style = cell.attrib.pop("style", "")
    if style:
        cell.set("class", style.removeprefix("text-align: ").rstrip(";"))


def _wrap_child_tables_in_boxes(parent: ET.Element) -> None:
    """Put each table right inside an element into a box that can be scrolled."""
    for index, child in enumerate(parent):
        if child.tag == "table":
            box = ET.Element("div", {"class": "scroll", "tabindex": "0"})
            box.append(child)
            parent[index] = box
