"""Whose flow a sentence tells: the words nearest to a figure must name its own, and a bare "exports" a country."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from press.reading import (
    SPACE,
    Fault,
    Tag,
    figures,
    fold,
    inside,
    just_before,
    lies_in,
    lists,
    nearest,
    once,
    own_words,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.reading import Lexicon, Link, Span, Text

WORD = re.compile(r"[^\W\d][\w-]*(?:'\w+)?")
GAP = (0, 2, 4)  # how many words may stand inside a phrase of one word, of two, and of more
BETWEEN = re.compile(SPACE)


class Flow(NamedTuple):
    """Words that say who sells to whom, and the subjects that they can mean."""

    subjects: frozenset[str]
    start: int
    end: int
    homeless: bool = False  # a bare "exports" where no country is named


@once
def _phrases(lexicon: Lexicon) -> dict[str, list[tuple[str, list[str]]]]:
    """Return what names a flow, by its first word, the longest first: each phrase and its other words."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for phrase in sorted({*lexicon.subjects, *lexicon.bare_subjects}, key=len, reverse=True):
        first, *others = phrase.split()
        found.setdefault(first, []).append((phrase, others))
    return found


@once
def _stops(lexicon: Lexicon) -> frozenset[str]:
    """Return the words that stand inside no phrase that names a flow: they say something else."""
    return frozenset({*lexicon.directions, *lexicon.bare_subjects, *lexicon.countries, *lexicon.comparators})


def subject_fault(  # noqa: PLR0913, PLR0917 - what a sentence is and what it must say
    text: Text, sentence: Span, link: Link, subject: str, lexicon: Lexicon, title: str = ""
) -> Fault | None:
    """Return what is wrong where the flow words nearest to a figure name another flow than its own."""
    if subject not in lexicon.subjects.values():
        return None
    flows = list(_flows(text, sentence, lexicon, fold(title)))
    clause = text.clause(sentence, link.words_start)
    own = [flow for flow in flows if lies_in(flow, clause)]
    alone = own and len(figures(text, clause)) == 1 and not any(inside(flow, link) for flow in own)
    candidates = own if alone else nearest(text, sentence, link, flows)
    if not candidates:
        return None
    if any(subject in flow.subjects for flow in candidates) or _both(text, candidates):
        homeless = next((flow for flow in candidates if flow.homeless), None)
        return _homeless_fault(text, homeless) if homeless and all(flow.homeless for flow in candidates) else None
    found = candidates[0]
    words = shown(text, found)
    expected = _example(subject, lexicon)
    hint = f"write whose figure it is, such as {expected}; or bind the figure of the words"
    message = f'found "{words}" beside [{own_words(text, link)}], a figure of {expected}, expected words for it'
    return Fault(found.start, found.end, message, hint)


def _homeless_fault(text: Text, flow: Flow) -> Fault:
    words = shown(text, flow)
    message = f'found "{words}" and no country in the sentence or the title, expected whose {words} they are'
    return Fault(flow.start, flow.end, message, "name the country")


def _both(text: Text, flows: Sequence[Flow]) -> bool:
    """Tell whether the words name both directions in one breath: "exports and imports"."""
    return any(
        one.subjects != other.subjects or text.folded[one.start : one.end] != text.folded[other.start : other.end]
        for group in lists(text, flows)
        for one, other in pairwise(group)
    )


def _example(subject: str, lexicon: Lexicon) -> str:
    """Return a phrase that names a subject, its countries with a capital."""
    phrase = next(phrase for phrase, name in lexicon.subjects.items() if name == subject)
    return " ".join(word.capitalize() if word in lexicon.countries else word for word in phrase.split())


def _flows(text: Text, sentence: Span, lexicon: Lexicon, title: str) -> Iterator[Flow]:
    """Yield the flow words of a sentence; what bare ones mean follows from the country that is named beside them."""
    here = [*lexicon.tagger.find(text.folded, ("countries",), *sentence)]
    titled = [] if here else [*lexicon.tagger.find(title, ("countries",))]
    for start, end, phrase, *_ in _flow_phrases(text.folded, sentence, lexicon):
        if phrase in lexicon.subjects:
            yield Flow(frozenset([lexicon.subjects[phrase]]), start, end)
            continue
        clause = text.clause(sentence, start)
        meant = set[str]()
        for country in here or titled:
            near = bool(here) and lies_in(country, clause)
            before = just_before(text, country).split()[-1:] if near else []
            meant |= _meant(phrase, before, country.phrase, lexicon)
        every = frozenset(lexicon.subjects.values()) - {"total"}
        yield Flow(frozenset(meant) or every, start, end, homeless=not (here or titled))


def _flow_phrases(folded: str, sentence: Span, lexicon: Lexicon) -> Iterator[Tag]:
    """Yield the phrases that name a flow; a few words may stand inside: "exports of cars to Russia"."""
    words = [(found[0], found.start(), found.end()) for found in WORD.finditer(folded, *sentence)]
    phrases, stops, done = _phrases(lexicon), _stops(lexicon), 0
    for index, (word, start, _) in enumerate(words):
        for phrase, others in phrases.get(word, ()) if index >= done else ():
            if length := _length(folded, words[index:], others, stops):
                done = index + length
                yield Tag(start, words[done - 1][2], phrase)
                break


def _length(folded: str, words: list[tuple[str, int, int]], others: list[str], stops: frozenset[str]) -> int:
    """Return over how many words a phrase reaches whose first is found, 0 if its other words do not follow."""
    most = GAP[min(len(others), 2)]
    for length in range(1 + len(others), 2 + len(others) + most):
        if length > len(words) or not _touch(folded, words[:length]):
            return 0
        rest = [word for word, _, _ in words[length - len(others) : length]]
        if all(word in {other, f"{other}'s"} for word, other in zip(rest, others, strict=True)):
            return length
        if words[length - len(others)][0] in stops:  # the next word that would stand inside
            return 0
    return 0


def _touch(folded: str, words: list[tuple[str, int, int]]) -> bool:
    """Tell whether only a space stands between words: no punctuation, and no target of a link."""
    return all(BETWEEN.fullmatch(folded, one[2], other[1]) for one, other in pairwise(words))


def _meant(bare: str, before: list[str], country: str, lexicon: Lexicon) -> set[str]:
    """Return what bare "imports" are beside a country: with "from Russia" what "imports from Russia" are."""
    if name := lexicon.subjects.get(" ".join([bare, *before, country])):
        return {name}
    return {
        name
        for words, name in lexicon.subjects.items()
        if words.split()[-1].startswith(bare) and words.startswith(country)
    }
