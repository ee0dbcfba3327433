"""The site, or an edition of it, as it is made: its inputs, its looks, where its pages
lie, how its texts are rendered, and the receipts of its numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from press.content import Content, Language
from press.pages.addresses import SiteAddresses
from press.pages.inputs import EditionName, SiteInputs
from press.pages.receipts import RenderedReceipt
from press.pages.templates import Templates
from press.pages.texts import TextRenderer

CHART_TEMPLATE = "chart.html"  # a story without it has no pages of charts
SEARCH_SCRIPT = "search.js"  # a story without this static file has no search
SEARCH_INDEX = "search-index.js"  # the script with what may be found


@dataclass(frozen=True, eq=False)
class Rendition:
    """The site, or an edition of it, with all that any of its pages is made of.

    ``scripts`` are the addresses of the scripts that show the receipts that a page's
    links lead to, by the page's address. Both they and the receipts come last: they are
    made with the rest.
    """

    inputs: SiteInputs
    templates: Templates
    addresses: SiteAddresses
    texts: TextRenderer
    receipts: Sequence[RenderedReceipt] = ()
    scripts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def from_inputs(
        cls,
        inputs: SiteInputs,
        templates: Templates,
        edition: EditionName | None = None,
    ) -> Rendition:
        """Return the site, or an edition, without receipts."""
        addresses = SiteAddresses(
            inputs.content, inputs.base, templates.has_template(CHART_TEMPLATE), edition
        )
        return cls(inputs, templates, addresses, TextRenderer(addresses, inputs.ledger))

    @property
    def content(self) -> Content:
        """What is written."""
        return self.inputs.content

    @property
    def language(self) -> Language:
        """How it is written."""
        return self.inputs.content.language

    @property
    def search_index(self) -> str:
        """The address of the script with what may be found; "" where the templates have
        no search.
        """
        return SEARCH_INDEX if self.templates.has_asset(SEARCH_SCRIPT) else ""
