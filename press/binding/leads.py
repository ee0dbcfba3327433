"""Words beside a link that its figure is read with: "fell to [$5 billion]", "a surplus of about [$5 billion]"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from press.binding.claims import REACHING
from press.reading import Lexicon, Link, Sentence, Span, Tag

REACH = 80  # characters before a link in which such words stand
WORD = re.compile(r"[^\s,]+")
STOP = re.compile(r"[.;:()|!?]\s|[()|]")
LEADING = ("hedges", "directions", "names")
NOUNS = ("changes", "of_balances")
PER = "per "


class Lead(NamedTuple):
    """The place of words beside a link, and the words of both together, without those that say nothing of a number.

    ``far``: a noun that need not be meant, as in "after the fall of prices it was [$5 billion]".
    """

    start: int
    end: int
    words: str
    far: bool = False


def lead_of(sentence: Sentence, link: Link) -> Lead | None:
    """Return a link's words with those beside it that are read with them: before it, else behind, else a noun."""
    text = sentence.text
    own, low = text.value[link.words_start : link.words_end], _low(sentence, link)
    if chain := list(_chain(sentence, link, low)):
        start = chain[-1].start
        return Lead(start, link.words_end, f"{_telling(text.folded[start : link.start], sentence.lexicon)} {own}")
    if behind := _behind(sentence, link):
        return Lead(link.words_start, behind.end, f"{own} {text.folded[link.end : behind.end].strip()}")
    nouns = list(sentence.lexicon.tagger.find(text.folded, NOUNS, low, link.start))
    return Lead(nouns[-1].start, link.words_end, f"{nouns[-1].phrase} {own}", far=True) if nouns else None


def is_reached(sentence: Sentence, link: Link, hedge: Tag) -> bool:
    """Tell whether a claim of the sentence proves a hedge such as "exceeded" before its own second operand."""
    own = link.target.partition(":")[2].replace("/", ".")
    claims = (other.target.partition(":")[2].split("/") for other in sentence.bindings if other.scheme == "claim")
    reached = any(name in REACHING and own in operands[1:] for name, *operands in claims)
    return reached and sentence.lexicon.hedges.get(hedge.phrase) == "over"


def per_beside(sentence: Sentence, link: Link) -> tuple[str, ...]:
    """Return what a price is by, where its sentence tells it: "[$5](…) a barrel", "a barrel cost [$5](…)"."""
    folded, lexicon = sentence.text.folded, sentence.lexicon
    found = [lexicon.tagger.first(folded, ("units",), link.end, min(len(folded), link.end + REACH))]
    behind = [tag for tag in found if tag and not folded[link.end : tag.start].strip()]
    clause = sentence.clause(link.words_start)
    before = lexicon.tagger.find(folded, ("units",), clause.start, link.start)
    units = (lexicon.units[tag.phrase] for tag in (*behind, *reversed([*before])))
    return tuple(unit for unit in units if unit.startswith(PER))


def _low(sentence: Sentence, link: Link) -> int:
    """Return from where on words before a link may be read with it: behind the link before, and any punctuation."""
    text = sentence.text
    low = max([sentence.start, *(other.end for other in text.links if other.end <= link.start)])
    stops = [found.end() for found in STOP.finditer(text.folded, low, link.start)]
    return max([low, *stops])


def _chain(sentence: Sentence, link: Link, low: int) -> Iterator[Tag]:
    """Yield the hedges and directions before a link, the nearest first, that only small words part from it."""
    text, lexicon, end = sentence.text, sentence.lexicon, link.start
    start = max(low, end - REACH)
    for tag in [*lexicon.tagger.find(text.folded, LEADING, start, end)][::-1]:
        between, after_comma = WORD.findall(text.folded, tag.end, end), text.folded[tag.end : end].partition(",")[2]
        led = not after_comma or {*after_comma.split()[:1]} & {*lexicon.fillers}  # "fell, to"
        if tag.phrase in lexicon.names or is_reached(sentence, link, tag) or not led or not _is_small(between, lexicon):
            return
        yield tag
        end = tag.start


def _is_small(words: list[str], lexicon: Lexicon) -> bool:
    """Tell whether words only lead to a number: "sharply to", "a bruising"."""
    small = {*lexicon.fillers, *" ".join(lexicon.into).split()}
    left = [word for word in words if word not in small and not _is_manner(word, lexicon)]
    return not left or (len(left) == 1 and left == words[-1:] and words[-2:-1] in ([one] for one in lexicon.articles))


def _is_manner(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word says how something went, and not how far."""
    endings = tuple(ending[1:] for ending in lexicon.manners if ending[0] == "-")
    return word in lexicon.manners or word.endswith(endings or "-")


def _telling(words: str, lexicon: Lexicon) -> str:
    """Return words without those that say nothing of a number: "rose slightly" is "rose"."""
    small = {*lexicon.fillers, *" ".join(lexicon.into).split()}
    told = [*lexicon.tagger.find(words, ("hedges", "directions"))]
    kept = (
        word[0]
        for word in WORD.finditer(words)
        if word[0] in small or any(tag.start <= word.start() < tag.end for tag in told)
    )
    return " ".join(kept)


def _behind(sentence: Sentence, link: Link) -> Span | None:
    """Return the direction, or unit and direction, right behind a link: "[three] years late", "[5%] higher"."""
    lexicon, folded = sentence.lexicon, sentence.text.folded
    end = sentence.clause(link.words_start).end
    tag = lexicon.tagger.first(folded, ("directions", "names"), link.end, end)
    between = folded[link.end : tag.start].strip() if tag else ""
    if not tag or tag.phrase not in lexicon.directions or between not in {"", *lexicon.units}:
        return None
    return Span(link.end, tag.end)
