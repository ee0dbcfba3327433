"""Markdown to HTML: links between pages, charts, tables that a policy without inline styles can show.

Content is Markdown and nothing else: a chart is an image of the scheme ``chart:`` on a line of its own, a link to
another page names its Markdown file, so that both work in any viewer of Markdown as well.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, NamedTuple

import markdown
from markdown.treeprocessors import Treeprocessor

from press.errors import Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

CHART = re.compile(r"!\[([^\]]*)\]\(chart:([^)\s]*)\)")
FENCED = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
SCHEMES = {"http", "https", "mailto"}


class Prose(NamedTuple):
    """A text as HTML: ``<div data-chart="name"></div>`` where a chart goes, and the line of each link's target."""

    html: str
    charts: Mapping[str, int]
    links: Mapping[str, int]


def convert(text: str, path: str, first_line: int, pages: Mapping[str, str]) -> Prose:
    """Convert the Markdown that begins on ``first_line`` of the file ``path``.

    ``pages`` maps the Markdown files a link may name to their addresses. Raises ``BuildError``.
    """
    problems, charts = Problems(), dict[str, int]()
    code_free = FENCED.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate(code_free.split("\n"), first_line):
        _scan_line(line, path, number, charts, problems)
    links = _Links(code_free, path, first_line, pages, problems)
    converter = markdown.Markdown(extensions=["tables", "toc", "attr_list"], output_format="html")
    converter.treeprocessors.register(links, "press", 0)
    html = converter.convert(CHART.sub(r'<div data-chart="\2"></div>', text) if charts else text)
    problems.stop_if_any()
    return Prose(html, charts, links.lines)


def _scan_line(line: str, path: str, number: int, charts: dict[str, int], problems: Problems) -> None:
    if re.match(r"#\s", line):
        problems.add(path, number, "found a heading of the first level, expected ##", "the page's title is its first")
    for found in CHART.finditer(line):
        alt, name = found.groups()
        if line.strip() != found[0]:
            problems.add(path, number, f"found the chart {name} inside a line, expected a line of its own")
        if alt:
            hint = f"write ![](chart:{name}), and the words in charts/{name}.md"
            problems.add(path, number, f"found an alternative text for the chart {name}, which has its own", hint)
        if name in charts:
            problems.add(path, number, f"found the chart {name} again, expected it once in a page")
        charts.setdefault(name, number)


class _Links(Treeprocessor):
    """Rewrites links to Markdown files as links to pages, notes where each link stands, gives tables a frame."""

    def __init__(self, source: str, path: str, first_line: int, pages: Mapping[str, str], problems: Problems) -> None:
        self._source, self._path, self._first_line = source, path, first_line
        self._pages, self._problems = pages, problems
        self.lines: dict[str, int] = {}

    def run(self, root: ET.Element) -> None:
        """Go through all elements of a converted text."""
        for element in root.iter():
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._image(element)
            elif element.tag in {"td", "th"} and element.get("style"):
                element.set("class", element.attrib.pop("style").removeprefix("text-align: ").rstrip(";"))
            else:
                self._frame_tables(element)

    def _link(self, element: ET.Element) -> None:
        target = element.get("href", "")
        line = self._line_of(target)
        file, _, anchor = target.partition("#")
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", target)
        if scheme and scheme[1] not in SCHEMES:
            message = f"found a link with the unknown scheme {scheme[1]!r}, expected a page or an address"
            self._problems.add(self._path, line, message, nearest(scheme[1], SCHEMES))
        elif not scheme and file.endswith(".md"):
            if file not in self._pages:
                message = f"found a link to {file}, expected a page of this language"
                self._problems.add(self._path, line, message, nearest(file, self._pages))
            target = self._pages.get(file, file) + (f"#{anchor}" if anchor else "")
            element.set("href", target)
        self.lines[target] = line

    def _image(self, element: ET.Element) -> None:
        target = element.get("src", "")
        line = self._line_of(target)
        if not element.get("alt"):
            hint = "say in the square brackets what the picture shows"
            self._problems.add(self._path, line, f"found no alternative text for {target}, expected one", hint)
        self.lines[target] = line

    def _line_of(self, target: str) -> int:
        found = re.search(r"\]\(\s*<?" + re.escape(target) + r"[\s>)]|<" + re.escape(target) + ">", self._source)
        return self._first_line + (self._source.count("\n", 0, found.start()) if found else 0)

    def _frame_tables(self, parent: ET.Element) -> None:
        for index, child in enumerate(parent):
            if child.tag == "table":
                frame = ET.Element("div", {"class": "scroll", "tabindex": "0"})
                frame.append(child)
                parent[index] = frame
