"""Editions: the story page as it stands on a day, with the receipts of its numbers, in a folder that lacks nothing.

An edition is made without the site's address and without scripts. A build copies what was made; only two lines of a
page are written anew each time, since they depend on what came later: where it lies, and what has overtaken it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath as Path
from typing import Any

from press.address import Base, relative
from press.content import Edition, Page
from press.errors import BuildError, Problem
from press.memo import remembered
from press.pages.checks import seen
from press.pages.file import File, Site
from press.pages.numbers import SCHEMA, numbers, receipts_of, schema
from press.pages.receipts import Receipt, Use, doubt
from press.pages.rendition import CHANGES, Inputs, Rendition, Stays
from press.pages.templates import Templates, finished

TEMPLATE, RECEIPTS = "edition.html", "edition_numbers.html"
TOLD = re.compile(r'<p class="edition">.*?</p>')
HEAD = '<meta name="edition" content="{}">'
MakePage = Callable[[Rendition, Page], Site]


def pages_of_edition(rendition: Rendition, make: MakePage) -> Site:
    """Return the edition of a language that ``rendition`` is of: its pages, numbers.json and all that they load.

    ``make`` makes a page. Raises ``BuildError``.
    """
    story = rendition.story_page
    if story is None:
        problem = Problem(f"content/{rendition.language.code}", 1, "found no index.md, of which an edition is made")
        raise BuildError([problem])
    site = make(rendition, story)
    _check_told(site)
    site |= _receipts(rendition, story)
    return site | dict(_loaded(site, rendition))


def _receipts(rendition: Rendition, story: Page) -> Site:
    """Return the receipts of a page's numbers, for people and for programs, if the site has any."""
    page = rendition.numbers_page
    if page is None:
        return {}
    address, folder = rendition.address(story), f"{rendition.kept_in}{rendition.folder}"
    bound = rendition.bound[address]
    wanted = {entry.target for entry in bound} | {f"fact:{fact.key}" for entry in bound for fact in entry.proof.facts}
    wanted |= {f"fact:{fact.key}" for _, fact in rendition.held} if story.entries else set()
    own = [_here(item, address) for item in receipts_of(rendition) if item.id in wanted]
    renamed = {old: new for old, new in rendition.inputs.content.settings.renamed.items() if new in wanted}
    document = numbers(own, rendition.language.code, renamed, rendition.dates(story.slug))
    return {
        rendition.address(page): File(_page_of(rendition, page, own), f"templates/{RECEIPTS}"),
        f"{folder}numbers.json": File(document.encode(), page.path),
        f"{folder}{SCHEMA.name}": File(schema().encode(), page.path),
    }


def _here(receipt: Receipt, address: str) -> Receipt:
    """Return a receipt that names only the uses on one page, as that page's own folder calls it."""
    name = Path(address).name
    uses = (use for use in receipt.uses if use.address.partition("#")[0] == address)
    return replace(
        receipt, history=(), uses=tuple(Use(f"{name}{use.address.removeprefix(address)}", *use[1:]) for use in uses)
    )


def _page_of(rendition: Rendition, page: Page, receipts: list[Receipt]) -> bytes:
    language = rendition.language.alone
    title = language.words["edition_numbers"]
    context: dict[str, Any] = {
        **rendition.context(replace(page, title=title, template="edition_numbers")),
        "title": title,
        "body": "",
        "receipts": receipts,
        "doubt": partial(doubt, language=language),
        "sources": list({str(row["id"]): row for item in receipts for row in item.sources}.values()),
        "structured": "",
    }
    return finished(rendition.templates.fill(RECEIPTS, (page.path, 1), context))


def _check_told(site: Site) -> None:
    """Raise ``BuildError`` for a page that does not say of which edition it is on a line of its own."""
    for address, file in site.items():
        if address.endswith(".html") and len(TOLD.findall(file.text)) != 1:
            message = f'found no <p class="edition">…</p> on one line of {address}, expected one'
            hint = f'write {{% if edition %}}{{% include "{TEMPLATE}" %}}{{% endif %}} into the template of all pages'
            raise BuildError([Problem(file.origin, 1, message, hint)])


def _loaded(site: Site, rendition: Rendition) -> Iterator[tuple[str, File]]:
    """Yield the static files that the pages of an edition load, at their places in its folder."""
    static, folder = rendition.templates.files(), rendition.kept_in
    pages = (seen(file.text, address, Base()) for address, file in site.items() if address.endswith(".html"))
    for address in sorted({leads_to for page in pages for _, leads_to, _ in page.links}):
        if address.removeprefix(folder) in static:
            yield address, static[address.removeprefix(folder)]


def published(inputs: Inputs, templates: Templates) -> Iterator[tuple[str, File]]:
    """Yield the files of all editions as readers are to see them."""
    newest = inputs.content.editions[-1:]
    for edition in inputs.content.editions:
        for place, body in edition.files.items():
            address = f"{edition.folder}{place}"
            if place.endswith(".html"):
                rendition = _of_today(inputs, templates, place)
                told = _told(rendition, edition, address, newest[0])
                body = _page_as_published(body, edition.name, told, rendition.absolute(address))  # noqa: PLW2901
            yield address, File(body, address, kept=edition.date)


def _of_today(inputs: Inputs, templates: Templates, place: str) -> Rendition:
    """Return the rendition of today in the language of a page, the site's own where there is none any more."""
    languages = {f"{item.code}": item for item in inputs.content.languages}
    return Rendition(inputs, languages.get(place.partition("/")[0], inputs.content.own), templates)


def _told(rendition: Rendition, edition: Edition, address: str, newest: Edition) -> str:
    """Return the line by which a page of an edition says what it is, and what has overtaken it."""
    overtaken, place = newest.name != edition.name, address.removeprefix(edition.folder)
    there = place if place in newest.files else next(iter(newest.files))
    context = {
        **rendition.context(rendition.language.pages[0]),
        "url": partial(relative, address),
        "edition": Stays(
            edition.name,
            edition.date,
            newest.name if overtaken else "",
            relative(address, f"{newest.folder}{there}") if overtaken else "",
            relative(address, changes) if (changes := _changes(rendition, edition, overtaken=overtaken)) else "",
        ),
    }
    return rendition.templates.fill(TEMPLATE, (f"{edition.folder}{place}", 1), context).strip()


def _changes(rendition: Rendition, edition: Edition, *, overtaken: bool) -> str:
    """Return where the site tells what has changed since an edition; "" where no page does, or nothing has."""
    later = next((change for change in rendition.language.changes.items if change.date > edition.date), None)
    return rendition.told_at(later) or (rendition.files.get(CHANGES, "") if later or overtaken else "")


@remembered
def _page_as_published(body: bytes, name: str, told: str, address: str) -> bytes:
    """Return a page of an edition with what is known of it today; ``address`` is its full one, "" if not known."""
    text, head = TOLD.sub(lambda _: told, body.decode(), count=1), HEAD.format(name)
    canonical = f'{head}<link rel="canonical" href="{address}">' if address else head
    return text.replace(head, canonical, 1).encode()
