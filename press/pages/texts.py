"""How texts become HTML on a page: Markdown and strings, with their bindings as links
to where each leads from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from press.binding import CheckedLink, Ledger
from press.content import ChartText, Page
from press.ground.cache import PAGES, Identity
from press.ground.errors import BuildError
from press.pages.addresses import SiteAddresses
from press.pages.anchors import (
    CheckedLinksByTextId,
    group_checked_links_by_text_id,
    list_checked_links_on_chart_page,
    list_checked_links_on_page,
    make_anchor_by_link_id,
)
from press.pages.links import make_elements_by_target, render_string_without_markdown
from press.pages.markdown import (
    ElementsByTarget,
    RenderedMarkdown,
    check_and_convert_markdown,
)
from press.reading import Text


@dataclass(frozen=True, eq=False)
class TextRenderer:
    """Renders the texts of the site, or of an edition, whose pages lie at
    ``addresses``; the bindings are those of the ``ledger``.
    """

    addresses: SiteAddresses
    ledger: Ledger

    @cached_property
    def checked_links_by_text_id(self) -> CheckedLinksByTextId:
        """The bindings of each text, in their order, by its ``id``."""
        return group_checked_links_by_text_id(self.ledger)

    @cached_property
    def checked_links_by_page_address(self) -> Mapping[str, Sequence[CheckedLink]]:
        """The bindings that each page shows, those of charts too, in the order of its
        words, by its address.
        """
        known = self.checked_links_by_text_id
        content = self.addresses.content
        found = dict[str, Sequence[CheckedLink]]()
        for page in content.pages:
            found[self.addresses.get_address(page)] = list_checked_links_on_page(
                page, content.charts, known
            )
        for name, chart in self.addresses.addresses_of_charts_with_pages.items():
            found[chart.page] = list_checked_links_on_chart_page(
                content.charts[name], known
            )
        return found

    @cached_property
    def anchors_by_page_address(self) -> Mapping[str, Mapping[int, str]]:
        """What each page calls the bindings that it shows, by its address and by their
        ``id``.
        """
        return {
            address: make_anchor_by_link_id(checked_links)
            for address, checked_links in self.checked_links_by_page_address.items()
        }

    def render_strings_by_kind(
        self, texts: Sequence[Text], page: Page
    ) -> dict[str, list[Markup]]:
        """Return the strings of a front matter as a page shows them, by what they are:
        title, subtitle, note.
        """
        rendered = defaultdict[str, list[Markup]](list)
        for text in texts:
            rendered[text.description].append(
                render_string_without_markdown(
                    text, self._make_elements_by_target(text, page)
                )
            )
        return rendered

    def render_markdown(self, text: Text, page: Page) -> RenderedMarkdown:
        """Return a text as a page shows it, from before where nothing has changed that
        it is made of.

        Raises ``BuildError``.
        """
        addresses = self.addresses
        parts = {
            "files": addresses.address_by_markdown_file,
            "link": addresses.make_linker_of_page(page),
            "elements": self._make_elements_by_target(text, page),
        }

        def convert_parts(inputs: Mapping[str, Any]) -> RenderedMarkdown:
            return check_and_convert_markdown(
                text, inputs["files"], inputs["link"], inputs["elements"]
            )

        return PAGES.get(
            ("text", Identity(text), addresses.folder, page.slug), convert_parts, parts
        )

    def render_summary_refusing_charts(
        self, text: ChartText, page: Page
    ) -> RenderedMarkdown:
        """Return the summary of a chart on a page.

        Raises ``BuildError`` where it holds a chart.
        """
        summary = self.render_markdown(text.body, page)
        for chart, line in summary.charts.items():
            message = f"found the chart {chart} in a summary, expected text"
            raise BuildError.at(text.path, line, message)
        return summary

    def _make_elements_by_target(self, text: Text, page: Page) -> ElementsByTarget:
        """Return how the bindings of a text are shown on a page: those of other pages
        have no anchor.
        """
        addresses = self.addresses
        anchors = self.anchors_by_page_address.get(addresses.get_address(page), {})
        checked_links = self.checked_links_by_text_id.get(id(text), ())
        bound = [
            (checked_link, anchors.get(id(checked_link), ""))
            for checked_link in checked_links
        ]
        return make_elements_by_target(
            bound,
            addresses.make_linker_of_page(page),
            addresses.address_by_markdown_file,
        )
