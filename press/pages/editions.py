"""Editions: the story page as it stands on a day, with the receipts of its numbers, in
a folder that lacks nothing.

An edition is made without the site's address and without scripts, and says so in a line
of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath as Path

from markupsafe import Markup

from press.content import WHOLE, Page
from press.ground.errors import BuildError, Problems
from press.pages.file import File, FilesByAddress
from press.pages.numbers import list_receipts
from press.pages.numbers_json import make_numbers_json_and_schema
from press.pages.page import render_page_and_record_charts
from press.pages.receipts import Receipt, RenderedReceipt
from press.pages.rendition import Rendition
from press.pages.single_file import join_pages_with_loaded_files


def make_files_of_dated_edition(
    rendition: Rendition, problems: Problems
) -> FilesByAddress:
    """Return the edition that ``rendition`` is of: its pages, numbers.json and all that
    they load.

    Problems of a page are added. Raises ``BuildError``.
    """
    addresses = rendition.addresses
    story = addresses.story_page
    numbers = addresses.numbers_page
    if story is None:
        folder = f"content/{rendition.language.code}"
        message = "found no index.md, of which an edition is made"
        raise BuildError.at(folder, 1, message)
    site = FilesByAddress()
    for address, file in rendition.templates.list_static_files_not_inlined().items():
        if not address.endswith(".js"):
            site[f"{addresses.folder}{address}"] = file
    site |= render_page_and_record_charts(rendition, story, set(), problems)
    pages = [addresses.get_address(story)]
    if numbers is not None:
        site |= _make_numbers_page_and_json(rendition, story, numbers, problems)
        pages.append(addresses.get_address(numbers))
    body = join_pages_with_loaded_files(site, pages, rendition.content.settings.base)
    site[f"{addresses.folder}{WHOLE}.html"] = File(body, story.path)
    return site


def _make_numbers_page_and_json(
    rendition: Rendition, story: Page, numbers: Page, problems: Problems
) -> FilesByAddress:
    """Return the page of the numbers of the story, and numbers.json with them."""
    receipts = list(_list_receipts_used_in_story(rendition, story))
    page = replace(
        numbers,
        title=rendition.language.words["edition_numbers"],
        template="edition_numbers",
    )
    rendered = tuple(RenderedReceipt(item, Markup(), Markup()) for item in receipts)
    site = render_page_and_record_charts(
        replace(rendition, receipts=rendered), page, set(), problems
    )
    return site | make_numbers_json_and_schema(rendition, receipts, numbers)


def _list_receipts_used_in_story(
    rendition: Rendition, story: Page
) -> Iterator[Receipt]:
    """Yield the receipts of the numbers of the story's page, each with its uses there
    alone.
    """
    address = rendition.addresses.get_address(story)
    # as the edition's folder calls the page
    name = Path(address).name
    wanted = _collect_linked_receipt_ids(rendition, story)
    for receipt in list_receipts(rendition):
        if receipt.id not in wanted:
            continue
        here = [
            use._replace(address=use.address.replace(address, name, 1))
            for use in receipt.uses
            if use.address.partition("#")[0] == address
        ]
        yield replace(receipt, history=(), uses=tuple(here))


def _collect_linked_receipt_ids(rendition: Rendition, story: Page) -> set[str]:
    """Return the ids of the receipts that links of the story's page lead to."""
    wanted = set[str]()
    facts = list(rendition.inputs.claimed_facts if story.entries else ())
    keys = {fact.key for _, fact in facts}
    for checked_link in rendition.texts.checked_links_by_page_address[
        rendition.addresses.get_address(story)
    ]:
        wanted.add(checked_link.target_with_newest_time)
        keys |= {fact.key for fact in checked_link.proof.facts}
    return wanted | {f"fact:{key}" for key in keys}
