"""The feed of changes, for readers who want to be told: Atom, as RFC 4287 describes it,
each change an entry.

An entry has its name for ever: the site's host, the day of publication, the story's and
the change's own names. So no later build tells anybody of the same change again. Of
when on a day something changed nothing is known.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import jinja2

from press.content import CORRECTION
from press.pages.addresses import CHANGES_FILE
from press.pages.file import File, FilesByAddress
from press.pages.history import list_change_notices
from press.pages.rendition import Rendition

FEED_TEMPLATE = Path(__file__).with_name("feed.xml")


def make_feed(rendition: Rendition) -> FilesByAddress:
    """Return the feed; none where nobody has said where the site will be, or no page
    tells of changes.
    """
    address = rendition.addresses.feed_address_or_empty
    if not address:
        return {}
    return {
        address: File(partial(_render_feed, rendition), rendition.content.changes.path)
    }


def _render_feed(rendition: Rendition) -> bytes:
    """Return the feed as a file."""
    settings = rendition.content.settings
    base = rendition.inputs.base
    language = rendition.language
    # What the feed is called for ever, by RFC 4151.
    host = urlsplit(base.url).hostname
    day = rendition.content.changes.published
    template = jinja2.Template(
        FEED_TEMPLATE.read_text("utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    xml = template.render(
        tag=f"tag:{host},{day}:{settings.slug}/{language.code}",
        changes=list_change_notices(rendition),
        correction=CORRECTION,
        feed=rendition.addresses.feed_address_or_empty,
        home=rendition.addresses.address_by_markdown_file[CHANGES_FILE],
        absolute=base.absolute,
        settings=settings,
        language=language,
        words=language.words,
    )
    return f"{xml}\n".encode()
