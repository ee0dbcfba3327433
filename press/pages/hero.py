"""The hero: what the card of a story's first chart shows, beside the story's title."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from press.content import Page
from press.figures import card
from press.pages import cards
from press.pages.links import inline
from press.pages.rendition import Rendition


class Hero(NamedTuple):
    """The line of a card as SVG, and what its number is, as HTML."""

    picture: Markup
    words: Markup


def hero(rendition: Rendition, page: Page) -> Hero | None:
    """Return the hero of the story's page, if its first chart has a card with a line; any other page has none.

    Raises ``BuildError`` where the card is wrong.
    """
    name = next(iter(rendition.homes), "")
    if page is not rendition.story_page or name not in rendition.inputs.figures:
        return None
    text = rendition.content.charts[name]
    shown = cards.shown(rendition, rendition.inputs.figures[name], text)
    if not text.card or not shown or not text.card.line:
        return None
    number = text.card.number
    try:
        picture = card.bare(shown, rendition.inputs.palette)
    except ValueError:  # the card itself tells of it
        return None
    return Hero(Markup(picture), inline(number, rendition.shows(number, page)))  # noqa: S704 - ours
