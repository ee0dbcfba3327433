"""Holding a comparison over a part of its table to the time that its sentence names: "the highest since 2015"."""

from __future__ import annotations

from press.binding.claims import Claim
from press.binding.times import AN_ARTICLE, written
from press.ground.errors import Fault
from press.reading import NEAR, Link, NamedPeriod, Sentence


def window_fault(sentence: Sentence, link: Link, claim: Claim | None) -> Fault | None:
    """Return what is wrong where a sentence does not say over which time a comparison goes, or says another.

    Since a year it goes from the year after it, and was so in that year for the last time; from a year on it goes over
    that year, too.
    """
    if claim is None or claim.window is None:
        return None
    own = None if claim.classes[0] == "every" else claim.operands[0].quantity.period
    named = [item for item in sentence.times if item.period != own and item.period.first == claim.window.first]
    words = sentence.own_words(link)
    if not named:
        window = written(claim.window, sentence.lexicon)
        message = f'"{words}" is compared over {window} only, and the sentence does not say so'
        hint = "write since when, or leave the years out of the link: then all of the table is compared"
        return Fault(link.words_start, link.words_end, message, hint)
    since = any(_is_since(sentence, item) for item in named)
    fault = claim.since_fault if since else claim.fault
    if not fault or (claim.fault and claim.since_fault):  # what is false either way is told of its words
        return None
    hint = 'write "from … to …" if the first time named belongs to the comparison' if since else 'write "since …"'
    return Fault(link.words_start, link.words_end, f'"{words}" is not true: {fault}', hint)


def _is_since(sentence: Sentence, item: NamedPeriod) -> bool:
    """Tell whether "since" stands before a time."""
    start = max(sentence.start, item.start - NEAR)
    tagger = sentence.lexicon.tagger
    return not item.ends and bool(tagger.leading(sentence.text.folded, item.start, ("last_so",), AN_ARTICLE, start))
