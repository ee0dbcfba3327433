"""How bindings are shown: the words of each become a link to its receipt, its source or
its definition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape

from press.binding import CheckedLink
from press.pages.addresses import GLOSSARY_FILE, NUMBERS_FILE, SOURCES_FILE
from press.pages.markdown import (
    PLAIN_WORDS,
    ElementQueue,
    ElementsByTarget,
    HtmlElement,
)
from press.quantity import Quantity, format_plain_number, format_year_month_or_day
from press.reading import Text

# the bindings of a text, in their order, each with what the page calls it, or ""
CheckedLinksWithAnchors = Sequence[tuple[CheckedLink, str]]


def make_elements_by_target(
    checked_links_with_anchors: CheckedLinksWithAnchors,
    make_link: Callable[[str], str],
    address_by_markdown_file: Mapping[str, str],
) -> ElementsByTarget:
    """Return how the bindings of a text are shown on a page.

    ``make_link`` says how to link to an address from the page;
    ``address_by_markdown_file`` has those of pages.
    """
    found = dict[str, tuple[HtmlElement, ...]]()
    for checked_link, anchor in checked_links_with_anchors:
        target = checked_link.link.target
        element = _make_binding_element(
            checked_link, anchor, make_link, address_by_markdown_file
        )
        found[target] = (*found.get(target, ()), element)
    return found


def _make_binding_element(
    checked_link: CheckedLink,
    anchor: str,
    make_link: Callable[[str], str],
    address_by_markdown_file: Mapping[str, str],
) -> HtmlElement:
    """Return how a binding is shown. What it leads to is checked as every link is."""
    proof = checked_link.proof
    scheme, _, name = checked_link.link.target.partition(":")
    if scheme == "term":
        if proof.fault:  # it is told, and may lead nowhere
            return PLAIN_WORDS
        glossary = make_link(address_by_markdown_file.get(GLOSSARY_FILE, GLOSSARY_FILE))
        return HtmlElement("a", {"class": "term", "href": f"{glossary}#{name}"})
    quantity = None
    if scheme == "fact" and proof.facts:
        quantity = make_quantity_element(proof.facts[0].quantity)
    if checked_link.has_facts_or_statement and NUMBERS_FILE in address_by_markdown_file:
        numbers = make_link(address_by_markdown_file[NUMBERS_FILE])
        receipt = f"{numbers}#{checked_link.target_with_newest_time}"
        return HtmlElement(
            "a", _make_receipt_link_attributes(scheme, anchor, receipt), quantity
        )
    if scheme in {"said", "source"} and proof.source_ids:
        sources = make_link(address_by_markdown_file.get(SOURCES_FILE, SOURCES_FILE))
        return HtmlElement("a", {"href": f"{sources}#{proof.source_ids[0]}"})
    return quantity or PLAIN_WORDS


def _make_receipt_link_attributes(
    scheme: str, anchor: str, receipt_link: str
) -> dict[str, str]:
    """Return the attributes of a link to a receipt, from an anchor if it has one."""
    attributes = {"class": "number"}
    if anchor:
        attributes["id"] = anchor
    attributes["href"] = receipt_link
    if scheme == "claim":
        # Search engines take the words of a link for what they name: "more" names no
        # page.
        attributes["rel"] = "nofollow"
    return attributes


def render_string_without_markdown(
    text: Text, elements_by_target: ElementsByTarget
) -> Markup:
    """Return a text that is no Markdown, a title or a note, as HTML with its bindings
    shown as ``elements_by_target``.
    """
    parts = list[str]()
    end = 0
    queue = ElementQueue(elements_by_target)
    for binding in text.bindings:
        parts.append(escape(text.value[end : binding.start]))
        words = escape(text.value[binding.words_start : binding.words_end])
        parts.append(_render_element(queue.take_next_or_plain(binding.target), words))
        end = binding.end
    parts.append(escape(text.value[end:]))
    return Markup("".join(parts))  # noqa: S704 - escaped


def make_quantity_element(quantity: Quantity) -> HtmlElement:
    """Return the element that tells a machine what a quantity is."""
    if quantity.kind_rules.is_date:
        return HtmlElement("time", {"datetime": format_year_month_or_day(quantity)})
    return HtmlElement(
        "data", {"value": format_plain_number(quantity.value * quantity.unit_factor)}
    )


def _render_element(element: HtmlElement, inner_html: str) -> str:
    """Return words, which are HTML, as an element, and the one inside it."""
    if element.inner:
        inner_html = _render_element(element.inner, inner_html)
    attributes = element.attributes.items()
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<{element.tag}{written}>{inner_html}</{element.tag}>"
