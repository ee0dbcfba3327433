"""The feed of changes, for readers who want to be told: Atom, as RFC 4287 describes it,
each change an entry.

An entry has its name for ever: the site's host, the day of publication, the story's and
the change's own names. So
no later build tells anybody of the same change again. Of when on a day something
changed nothing is known.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import jinja2

from press.content import CORRECTION
from press.pages.file import File, Site
from press.pages.history import changes_of
from press.pages.rendition import CHANGES, Rendition

TEMPLATE = Path(__file__).with_name("feed.xml")


def feed(rendition: Rendition) -> Site:
    """Return the feed; none where nobody has said where the site will be, or no page
    tells of changes.
    """
    path = rendition.content.changes.path
    return (
        {rendition.feed: File(partial(_written, rendition), path)}
        if rendition.feed
        else {}
    )


def _written(rendition: Rendition) -> bytes:
    settings = rendition.content.settings
    base = rendition.inputs.base
    language = rendition.language
    # What the feed is called for ever, by RFC 4151.
    host = urlsplit(base.url).hostname
    day = rendition.content.changes.published
    told = {
        "tag": f"tag:{host},{day}:{settings.slug}/{language.code}",
        "changes": changes_of(rendition),
        "correction": CORRECTION,
        "feed": rendition.feed,
        "home": rendition.files[CHANGES],
        "absolute": base.absolute,
        "settings": settings,
        "language": language,
        "words": language.words,
    }
    template = jinja2.Template(
        TEMPLATE.read_text("utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return f"{template.render(told)}\n".encode()
