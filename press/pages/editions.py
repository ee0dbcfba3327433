"""Editions: the story page as it stands on a day, with the receipts of its numbers, in
a folder that lacks nothing.

An edition is made without the site's address and without scripts, and says so in a line
of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath as Path

from markupsafe import Markup

from press.content import WHOLE, Page
from press.ground.errors import BuildError, Problem
from press.pages.file import File, Site
from press.pages.numbers import documents, receipts_of
from press.pages.receipts import Receipt
from press.pages.rendition import Rendition
from press.pages.whole import whole

MakePage = Callable[[Rendition, Page], Site]


def pages_of_edition(rendition: Rendition, make: MakePage) -> Site:
    """Return the edition that ``rendition`` is of: its pages, numbers.json and all that
    they load.

    ``make`` makes a page. Raises ``BuildError``.
    """
    story = rendition.story_page
    page = rendition.numbers_page
    static = rendition.templates.files().items()
    if story is None:
        problem = Problem(
            f"content/{rendition.language.code}",
            1,
            "found no index.md, of which an edition is made",
        )
        raise BuildError([problem])
    site = {
        f"{rendition.kept_in}{address}": file
        for address, file in static
        if not address.endswith(".js")
    }
    site |= make(rendition, story)
    if page is not None:
        own = _receipts(rendition, story)
        told = replace(
            page,
            title=rendition.language.words["edition_numbers"],
            template="edition_numbers",
        )
        site |= make(
            replace(
                rendition,
                receipts=tuple((item, Markup(), Markup()) for item in own),
                scripts={},
            ),
            told,
        )
        site |= documents(rendition, own, page)
    pages = [rendition.address(each) for each in (story, page) if each]
    body = whole(site, pages, rendition.content.settings.base)
    return site | {f"{rendition.kept_in}{WHOLE}.html": File(body, story.path)}


def _receipts(rendition: Rendition, story: Page) -> list[Receipt]:
    """Return the receipts of the numbers of the story's page, each with its uses there
    alone.
    """
    address = rendition.address(story)
    bound = rendition.bound[address]
    wanted = {entry.target_with_newest_time for entry in bound} | {
        f"fact:{fact.key}" for entry in bound for fact in entry.proof.facts
    }
    wanted |= (
        {f"fact:{fact.key}" for _, fact in rendition.held} if story.entries else set()
    )
    # as the edition's folder calls the page
    own = list[Receipt]()
    name = Path(address).name
    for receipt in (item for item in receipts_of(rendition) if item.id in wanted):
        uses = (use for use in receipt.uses if use.address.partition("#")[0] == address)
        here = tuple(
            use._replace(address=use.address.replace(address, name, 1)) for use in uses
        )
        own.append(replace(receipt, history=(), uses=here))
    return own
