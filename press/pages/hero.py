"""The hero: what stands beside the title of a story's first page, in a few words and squares."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from press.binding import Fact
from press.content import HERO, Page
from press.figures import card
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


def shares(rendition: Rendition, page: Page) -> tuple[list[card.Share], str]:
    """Return the shares beside the title as a card shows them, each number as it is bound, and what is said first."""
    found = [(text, _side(rendition, text)) for text in page.strings if text.what == HERO]
    return [_share(text, side) for text, side in found if side], " ".join(text.flat for text, side in found if not side)


def makers(rendition: Rendition, page: Page) -> list[str]:
    """Name those who made the tables that what stands beside the title rests on, in the order of its lines."""
    facts = [fact for text in page.strings if text.what == HERO for fact in _facts(rendition, text)]
    tables = (sorted({Path(row.path).stem for row in fact.quantity.rows}) for fact in facts)
    return rendition.makers(dict.fromkeys(chain.from_iterable(tables)))


def _share(text: Text, side: Decimal) -> card.Share:
    first = text.bindings[0]
    number = text.value[first.words_start : first.words_end]
    before, _, after = text.flat.partition(number)
    return card.Share(float(side), number, f"{before}{after}".strip())


def _side(rendition: Rendition, text: Text) -> Decimal | None:
    facts = _facts(rendition, text)
    shares = (sum(fact.quantity.ends, Decimal(0)) / 2 for fact in facts if fact.quantity.kind == "share")
    share = next((share for share in shares if share > 0), None)
    return None if share is None else (100 / share).sqrt().quantize(Decimal("0.01"))


def _facts(rendition: Rendition, text: Text) -> list[Fact]:
    """Return the facts that a line is bound to."""
    return [fact for entry in rendition.entries.get(id(text), ()) for fact in entry.proof.facts]
