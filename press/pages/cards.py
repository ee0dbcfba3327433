"""The card of a chart, where it is shared: its number is bound, and its drawing is the chart's."""

from __future__ import annotations

from press.content import ChartText
from press.figures import Figure, card
from press.ground.errors import BuildError, Problem, quoted, similar
from press.pages.rendition import Rendition
from press.reading import Text

BOUND = "begin with the number as a link: [12%](fact:name/argument) of all that there is"
STOPS = " ,:;"  # between a number and its words, which the card sets apart


def shown(rendition: Rendition, figure: Figure, text: ChartText) -> card.Shown | None:
    """Return what a chart's card shows below its title, if its words say that.

    Raises ``BuildError`` where they bind no number. What is false in a text is told elsewhere.
    """
    if not text.card:
        return None
    told, colour = text.card
    entries = rendition.entries.get(id(told), ())
    if any(entry.faults for entry in entries):
        return None
    if not entries or not (entries[0].proof.facts or entries[0].proof.told):
        raise _wrong(told, "found no number that is bound on the card, expected one", BOUND)
    if colour not in rendition.inputs.palette:
        known = similar(colour, rendition.inputs.palette)
        raise _wrong(told, f"found the colour {quoted(colour)}, expected a name of the palette", known)
    number = entries[0].words
    before, _, after = told.flat.partition(number)
    words = f"{before}{after.lstrip(STOPS)}".strip()
    return card.Shown(number, words, colour, figure.drawings[-2].svg)


def _wrong(text: Text, message: str, hint: str) -> BuildError:
    return BuildError([Problem(text.path, text.line, message, hint)])
