"""The hero: what stands beside the title of a story's first page, in a few words and squares."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from press.content import HERO, Page
from press.pages.links import inline
from press.pages.rendition import Rendition
from press.reading import Text


class HeroLine(NamedTuple):
    """A line of the hero as HTML; where it tells of a share, the side of a square whose share is a square of side 1."""

    words: Markup
    side: Decimal | None


def hero(rendition: Rendition, page: Page) -> list[HeroLine]:
    """Return the lines beside the title. Their squares show one part in several wholes: all its shares are equal."""
    texts = (text for text in page.strings if text.what == HERO)
    return [HeroLine(inline(text, rendition.shows(text, page)), _side(rendition, text)) for text in texts]


def _side(rendition: Rendition, text: Text) -> Decimal | None:
    facts = [fact for entry in rendition.entries.get(id(text), ()) for fact in entry.proof.facts]
    shares = (sum(fact.quantity.ends, Decimal(0)) / 2 for fact in facts if fact.quantity.kind == "share")
    share = next((share for share in shares if share > 0), None)
    return None if share is None else (100 / share).sqrt().quantize(Decimal("0.01"))
