"""How bindings are shown: the words of each become a link to its receipt, its source or
its definition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape

from press.binding import Entry
from press.pages.markdown import PLAIN, Asked, Element, Shown
from press.quantity import Quantity, format_plain_number, format_year_month_or_day
from press.reading import Text

# the pages that bindings lead to
SOURCES, GLOSSARY, NUMBERS = "sources.md", "glossary.md", "numbers.md"
GALLERY = "charts.md"  # the page that shows all charts


# the bindings of a text, in their order, each with what the page calls it, or ""
Bound = Sequence[tuple[Entry, str]]


def shown(bound: Bound, link: Callable[[str], str], files: Mapping[str, str]) -> Shown:
    """Return how the bindings of a text are shown on a page.

    ``link`` says how to link to an address from the page; ``files`` maps the Markdown
    files of pages to addresses.
    """
    found = dict[str, tuple[Element, ...]]()
    for entry, anchor in bound:
        element = _element(entry, {"id": anchor} if anchor else {}, link, files)
        found[entry.link.target] = (*found.get(entry.link.target, ()), element)
    return found


def _element(
    entry: Entry,
    anchor: Mapping[str, str],
    link: Callable[[str], str],
    files: Mapping[str, str],
) -> Element:
    """Return how a binding is shown. What it leads to is checked as every link is."""
    scheme, _, name = entry.link.target.partition(":")
    inner = (
        machine_readable(entry.proof.facts[0].quantity)
        if scheme == "fact" and entry.proof.facts
        else None
    )
    if scheme == "term":
        if entry.proof.fault:  # it is told, and may lead nowhere
            return PLAIN
        return Element(
            "a",
            {"class": "term", "href": f"{link(files.get(GLOSSARY, GLOSSARY))}#{name}"},
        )
    if entry.has_facts_or_statement and NUMBERS in files:
        href = f"{link(files[NUMBERS])}#{entry.target_with_newest_time}"
        # Search engines take the words of a link for what they name: "more" names no
        # page.
        unnamed = {"rel": "nofollow"} if scheme == "claim" else {}
        return Element(
            "a", {"class": "number", **anchor, "href": href, **unnamed}, inner
        )
    if scheme in {"said", "source"} and entry.proof.source_ids:
        return Element(
            "a",
            {
                "href": (
                    f"{link(files.get(SOURCES, SOURCES))}#{entry.proof.source_ids[0]}"
                )
            },
        )
    return inner or PLAIN


def inline(text: Text, shown: Shown) -> Markup:
    """Return a text that is no Markdown, a title or a note, as HTML with its bindings
    shown.
    """
    parts = list[str]()
    end = 0
    asked = Asked(shown)
    for binding in text.bindings:
        words = escape(text.value[binding.words_start : binding.words_end])
        parts += [
            escape(text.value[end : binding.start]),
            _html(asked.next(binding.target), words),
        ]
        end = binding.end
    return Markup("".join([*parts, escape(text.value[end:])]))  # noqa: S704 - escaped


def machine_readable(quantity: Quantity) -> Element:
    """Return the element that tells a machine what a quantity is."""
    if quantity.kind_rules.is_date:
        return Element("time", {"datetime": format_year_month_or_day(quantity)})
    return Element(
        "data", {"value": format_plain_number(quantity.value * quantity.unit_factor)}
    )


def _html(element: Element, words: str) -> str:
    """Return words, which are HTML, as an element, and the one inside it."""
    inner = _html(element.inner, words) if element.inner else words
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in element.attributes.items()
    )
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"
