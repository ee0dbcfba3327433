"""All the numbers: their receipts as HTML, for their page and for a click, and the
scripts that a click loads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from html import unescape

from markupsafe import Markup

from press.binding import CLAIMS, Fact, FactArguments
from press.content import Page
from press.ground.errors import (
    BuildError,
    Problems,
    quote_words,
    suggest_similar_or_all,
)
from press.ground.files import hash_parts
from press.ground.period import Period
from press.pages.addresses import GLOSSARY_FILE, NUMBERS_FILE
from press.pages.amounts import format_value_range_or_date
from press.pages.context import ReceiptContext, TermContext
from press.pages.file import File, FilesByAddress
from press.pages.history import add_history_to_receipts
from press.pages.json_text import format_json
from press.pages.numbers_json import make_numbers_json_and_schema
from press.pages.page_context import describe_story_and_page
from press.pages.receipts import NumberUse, Receipt, RenderedReceipt, make_receipts
from press.pages.rendition import Rendition
from press.pages.sections import match_sections_with_rows, split_sections
from press.pages.uses import find_use_by_link_id

LINK_WITH_ANCHOR = re.compile(r'href="([^"#]*)#([^"]+)"')
LETTERS_OF_SCRIPT = 24_000  # of what popups show, in one, about
# a story without this template has no rows, and its receipts say all
ROW_TEMPLATE = "row.html"


def add_receipts_and_make_files(
    rendition: Rendition,
) -> tuple[Rendition, FilesByAddress]:
    """Make the receipts, if there is a page of all numbers; return the rendition with
    them, and files.

    The files are numbers.json with its schema, and for each page with numbers or terms
    scripts with what a click on them shows. Raises ``BuildError``.
    """
    page = rendition.addresses.numbers_page
    if page is None:
        return rendition, {}
    receipts = list_receipts(rendition)
    rendered = _render_receipts(rendition, page, receipts)
    shown = {item.receipt.id: f"{item.row}{item.body}" for item in rendered}
    shown |= _render_glossary_entries(rendition, page)
    site = make_numbers_json_and_schema(rendition, receipts, page)
    names = dict[str, list[str]]()
    for address, popups in _list_popup_html_by_page(rendition, page, shown):
        scripts = make_popup_scripts(rendition.language.code, address, popups)
        names[address] = [name for name, _ in scripts]
        site |= {name: File(body, page.path) for name, body in scripts}
    return replace(rendition, receipts=rendered, scripts=names), site


def _render_receipts(
    rendition: Rendition, numbers_page: Page, receipts: list[Receipt]
) -> tuple[RenderedReceipt, ...]:
    """Return receipts as the page of all numbers shows them. Raises ``BuildError``."""
    told = describe_story_and_page(rendition, numbers_page)
    templates = rendition.templates
    has_rows = templates.has_template(ROW_TEMPLATE)

    def fill_receipt(template: str, receipt: Receipt) -> Markup:
        context = ReceiptContext(receipt=receipt)
        html = templates.fill_template(
            template, receipt.id, (numbers_page.path, 1), *told, context
        )
        return Markup(html)  # noqa: S704 - ours

    rendered = list[RenderedReceipt]()
    for receipt in receipts:
        row = fill_receipt(ROW_TEMPLATE, receipt) if has_rows else Markup()
        rendered.append(
            RenderedReceipt(receipt, row, fill_receipt("receipt.html", receipt))
        )
    return tuple(rendered)


def list_receipts(rendition: Rendition) -> list[Receipt]:
    """Return the receipts, each with the places where its number stands.

    Raises ``BuildError`` for a leading fact that is unknown.
    """
    inputs = rendition.inputs
    uses = find_use_by_link_id(rendition.texts)
    shown = [
        *_list_claimed_facts_on_pages(rendition),
        *_list_facts_heading_numbers_page(rendition),
    ]
    return add_history_to_receipts(
        rendition,
        make_receipts(rendition.language, inputs.ledger, inputs.facts, uses, shown),
    )


def _list_claimed_facts_on_pages(
    rendition: Rendition,
) -> Iterator[tuple[Fact, NumberUse]]:
    """Yield the figures that claims are held to, where a page shows them."""
    for page in rendition.content.pages:
        if page.entries == CLAIMS:
            address = rendition.addresses.get_address(page)
            for row, fact in rendition.inputs.claimed_facts:
                words = str(row["words"])
                yield fact, NumberUse(f"{address}#{row['claim']}", page.label, words)


def _list_facts_heading_numbers_page(
    rendition: Rendition,
) -> Iterator[tuple[Fact, NumberUse]]:
    """Yield the figures that the page of all numbers begins with.

    Raises ``BuildError`` for a fact that is unknown.
    """
    page = rendition.addresses.numbers_page
    content = rendition.content
    name = content.settings.leading_fact
    if page is None or not name:
        return
    address = rendition.addresses.get_address(page)
    for fact in _get_facts_at_all_times(rendition, name):
        yield (
            fact,
            NumberUse(
                address,
                page.label,
                format_value_range_or_date(fact.quantity, content.language),
            ),
        )


def _get_facts_at_all_times(rendition: Rendition, fact_name: str) -> list[Fact]:
    """Return the facts of one name, which begin with a time. Raises ``BuildError``."""
    facts = rendition.inputs.facts
    known = facts.fact_functions.functions
    found = list[Fact]()
    if fact_name in known:
        every = FactArguments(rendition.content.titles_and_shown_texts, facts)
        found = list(
            every.list_facts_with_figures(
                fact_name, every.list_table_times_newest_first
            )
        )
    if found and all(
        Period.parse_or_none("".join(fact.arguments[:1])) for fact in found
    ):
        return found
    toml = rendition.content.settings.toml
    message = (
        f"found the fact {quote_words(fact_name)}, expected one of story/ that begins"
        " with a time"
    )
    hint = "" if fact_name in known else suggest_similar_or_all(fact_name, known)
    raise BuildError.at(
        toml.path, toml.find_line_or_closest("leading_fact"), message, hint
    )


def _render_glossary_entries(
    rendition: Rendition, numbers_page: Page
) -> Iterator[tuple[str, Markup]]:
    """Yield the entries of the glossary, if there is one, as the page of all numbers
    would show them, by their anchors.
    """
    glossary = rendition.addresses.find_page(GLOSSARY_FILE)
    if glossary is None or not glossary.entries:
        return
    told = describe_story_and_page(rendition, numbers_page)
    prose = rendition.texts.render_markdown(glossary.body, numbers_page)
    _, parts = split_sections(prose.html)
    place = (glossary.path, 1)
    for section, row in match_sections_with_rows(
        rendition.inputs.data, glossary, parts, prose, Problems()
    ):
        context = TermContext(section=section, row=row)
        body = rendition.templates.fill_template(
            "term.html", section.id, place, *told, context
        )
        yield section.id, Markup("<h3>{}</h3>").format(section.heading) + Markup(body)  # noqa: S704 - ours


def _list_popup_html_by_page(
    rendition: Rendition, numbers_page: Page, html_by_anchor: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield for each page with numbers or terms, by its address, the HTML that a click
    on one of them shows, by its anchor.

    That is what its links lead to, and what links inside of it lead to.
    """
    addresses = rendition.addresses
    files = addresses.address_by_markdown_file
    link = addresses.make_linker_of_page(numbers_page)
    pages = {
        link(files[name]) for name in (NUMBERS_FILE, GLOSSARY_FILE) if name in files
    }
    inside = {
        key: _find_linked_anchors(html, pages) & html_by_anchor.keys()
        for key, html in html_by_anchor.items()
    }
    claimed = {f"fact:{fact.key}" for _, fact in rendition.inputs.claimed_facts}
    with_claims = {
        addresses.get_address(item)
        for item in rendition.content.pages
        if item.entries == CLAIMS
    }
    for address, checked_links in rendition.texts.checked_links_by_page_address.items():
        targets = {
            checked_link.target_with_newest_time for checked_link in checked_links
        }
        new = {
            target.removeprefix("term:") for target in targets
        } & html_by_anchor.keys()
        if address in with_claims:
            new |= claimed
        wanted = _collect_reachable_anchors(new, inside)
        if wanted:
            yield (
                address,
                {key: html for key, html in html_by_anchor.items() if key in wanted},
            )


def _collect_reachable_anchors(
    anchors: set[str], linked_anchors_by_anchor: Mapping[str, Collection[str]]
) -> set[str]:
    """Return anchors with all that links inside of what they show lead to, step by
    step.
    """
    found = set[str]()
    new = anchors
    while new:
        found |= new
        new = {key for one in new for key in linked_anchors_by_anchor[one]} - found
    return found


def _find_linked_anchors(html: str, page_links: Collection[str]) -> set[str]:
    """Return the anchors on some of the pages, given as links lead to them, that the
    links in HTML lead to.
    """
    found = set[str]()
    for address, anchor in LINK_WITH_ANCHOR.findall(html):
        if unescape(address) in page_links:
            found.add(unescape(anchor))
    return found


def make_popup_scripts(
    language_code: str, page_address: str, html_by_anchor: Mapping[str, str]
) -> list[tuple[str, bytes]]:
    """Return the scripts of a page, each with its address: so many that a click, which
    asks for one, waits for little.

    What a popup shows is in the script that cards.js asks for: the one of the number
    that its anchor's letters add up to.
    """
    letters = sum(map(len, html_by_anchor.values()))
    parts: list[dict[str, str]] = [{} for _ in range(letters // LETTERS_OF_SCRIPT + 1)]
    for key, html in html_by_anchor.items():
        parts[sum(map(ord, key)) % len(parts)][key] = html
    name = page_address.removesuffix(".html").replace("/", ".")
    scripts = list[tuple[str, bytes]]()  # some may be empty, and alike
    for part in parts:
        body = f"Object.assign(window.cards ??= {{}}, {format_json(part)});\n".encode()
        address = f"assets/cards.{language_code}.{name}.{hash_parts(body)[:10]}.js"
        scripts.append((address, body))
    return scripts
