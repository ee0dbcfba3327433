"""Where the numbers of the site stand: on which page, at which anchor, in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from press.binding import CheckedLink
from press.content import STEP_ALT, VERDICT
from press.pages.addresses import SiteAddresses
from press.pages.anchors import HOW_TO_READ
from press.pages.receipts import NumberUse
from press.pages.texts import TextRenderer

AddressAndLabel = tuple[str, str]  # of a page
OF_PICTURES = {"alt", STEP_ALT, VERDICT, "words"}  # texts that are no link


def find_use_by_link_id(texts: TextRenderer) -> dict[int, NumberUse]:
    """Return where each binding stands that stands on a page, by the ``id`` of its
    link; words of a picture, which are no link, stand at their chart.
    """
    places = _find_page_by_text_id(texts.addresses)
    uses = dict[int, NumberUse]()
    for checked_link in texts.ledger.checked_links:
        place = places.get(id(checked_link.text.whole_text))
        if place:
            address, label = place
            anchor = _find_anchor(
                checked_link, texts.anchors_by_page_address.get(address, {})
            )
            if anchor:
                address = f"{address}#{anchor}"
            uses[id(checked_link)] = NumberUse(address, label, checked_link.words)
    return uses


def _find_anchor(checked_link: CheckedLink, anchors: Mapping[int, str]) -> str:
    """Return the anchor of a binding; "" where its page gives it none."""
    if checked_link.text.description in OF_PICTURES:
        return Path(checked_link.text.path).stem
    return anchors.get(id(checked_link), "")


def _find_page_by_text_id(addresses: SiteAddresses) -> dict[int, AddressAndLabel]:
    """Return address and label of the page on which each text stands, by the text's
    ``id``.

    The words of a chart stand where the chart does, but for how to read it, which only
    its own page says.
    """
    places: dict[int, AddressAndLabel] = {}
    for page in addresses.content.pages:
        here = addresses.get_address(page), page.label
        places |= {id(text): here for text in (*page.strings, page.body)}
    for name, text in addresses.content.charts.items():
        if name in addresses.showing_page_by_chart:
            page = addresses.showing_page_by_chart[name]
            here = addresses.get_address(page), page.label
            places |= {id(part): here for part in (*text.strings, text.body)}
        if name in addresses.addresses_of_charts_with_pages:
            own = addresses.addresses_of_charts_with_pages[name].page, text.title
            for part in text.strings:
                if part.description == HOW_TO_READ:
                    places[id(part)] = own
    return places
