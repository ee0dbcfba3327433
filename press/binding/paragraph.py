"""Holding one paragraph to the data: each binding is proved, and what should be one is
looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from press.binding import around, beside
from press.binding.claim_words import SCOPES
from press.binding.facts import FactCode, Facts
from press.binding.latest import LATEST
from press.binding.ledger import Entry
from press.binding.proof import Proof, Prover
from press.binding.speakers import quotation_faults, speaker_faults
from press.binding.unbound import UNWRITTEN, Scan, is_silent, speaking
from press.data import Data
from press.ground.cache import BINDINGS, Identity
from press.ground.errors import BuildError, Fault, Problem
from press.quantity import DATES
from press.reading import (
    OF_DATA,
    SCHEMES,
    Link,
    Sentence,
    Span,
    Text,
    Vocabulary,
    fold,
    lies_in,
    sentences,
)

ANCHOR = re.compile(r"\{[^}\n]*#[\w-]+[^}\n]*\}")
BROKEN = re.compile(rf"\]\s*\(\s*<?(?:{'|'.join(SCHEMES)}):")
SUPERLATIVE = re.compile("claim:(highest|lowest|led)/")
COMPARED = 5  # rank of a doubt: the lower, the more telling


@dataclass(frozen=True)
class Held:
    """What holding a paragraph has found; the places of what was ``found`` are those of
    its ``text``.

    ``problems`` are those of the story's own code, told where that stands.
    """

    text: Text
    entries: tuple[Entry, ...]
    found: tuple[Fault, ...]
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> list[Fault]:
        """What is wrong: neither doubts nor what an exceptions file allows."""
        return [fault for fault in self.found if not (fault.rank or fault.excepted)]

    def at(self, text: Text) -> Held:
        """Return the same of the same words where they stand as ``text``."""
        sentences = {
            entry.sentence: replace(entry.sentence, text=text) for entry in self.entries
        }
        entries = tuple(
            replace(entry, sentence=sentences[entry.sentence]) for entry in self.entries
        )
        return replace(self, text=text, entries=entries)


def hold_text(
    text: Text, title: str, vocabulary: Vocabulary, facts: Facts
) -> tuple[Held, ...]:
    """Hold the paragraphs of a text, which stands under a title."""

    def hold(data: Data) -> tuple[Held, ...]:
        recorded = Facts(data, facts.code)
        blocks = speaking(text, vocabulary.lexicon)
        return tuple(
            hold_paragraph(text.paragraph(block), title, vocabulary, recorded)
            for block in blocks
        )

    return BINDINGS.get(
        (Identity(text), title, vocabulary, facts.code), hold, facts.data
    )


def hold_paragraph(
    paragraph: Text, title: str, vocabulary: Vocabulary, facts: Facts
) -> Held:
    """Hold the links of a paragraph, which stands under a title, to the facts, and look
    for what should be one.

    What was found before in the same words is found again without looking, wherever
    they stand now, as long as the tables that their facts asked for are the same.
    """
    if not BROKEN.search(paragraph.value) and is_silent(
        paragraph, Span(0, len(paragraph.value)), vocabulary.lexicon
    ):
        return Held(paragraph, (), (), ())
    words = replace(paragraph, source="", start=0, line=0, parent=None)
    key = ("paragraph", words, title, vocabulary, facts.code)
    held: Held = BINDINGS.get(
        key, lambda data: _held(data, words, title, vocabulary, facts.code), facts.data
    )
    return held.at(paragraph)


def _held(
    data: Data, paragraph: Text, title: str, vocabulary: Vocabulary, code: FactCode
) -> Held:
    """Hold a paragraph to the facts on tables that note what they are asked for."""
    facts, read = (
        Facts(data, code),
        tuple(sentences(paragraph, vocabulary.lexicon, title)),
    )
    scan = Scan(paragraph, vocabulary.lexicon, read)
    prover, problems = Prover(vocabulary, facts), list[Problem]()
    entries, found = list[Entry](), [*_misformed(paragraph, read)]
    for sentence in read:
        own = list(_entries(sentence, prover, facts, problems))
        entries += own
        found += chain.from_iterable(entry.found for entry in own)
        found += around.exchanged(own)
        found += quotation_faults(sentence, facts.data)
    found += _compared(scan)
    found += scan.unbound(
        vocabulary.exceptions.reasons.get(file_of(paragraph, vocabulary), {})
    )
    return Held(paragraph, tuple(entries), tuple(dict.fromkeys(found)), tuple(problems))


def _misformed(text: Text, read: tuple[Sentence, ...]) -> Iterator[Fault]:
    """Yield links of our schemes that are not read as they are written, and words that
    are still to be written.
    """
    for start in sorted(
        {found.start() for found in BROKEN.finditer(text.uncoded)}
        - {link.words_end for link in text.bindings}
    ):
        hint = (
            "write [words](scheme:name), the words without brackets, the target without"
            " spaces"
        )
        yield Fault(
            start,
            start + 1,
            "a link to a fact, a claim, a statement, a source or a term cannot be read",
            hint,
        )
    in_sentences = {link for sentence in read for link in sentence.bindings}
    for link in (
        link
        for link in text.bindings
        if link not in in_sentences and not text.is_empty(link)
    ):
        message = (
            f"the words of the link to {link.target} do not begin with a word or a"
            " number"
        )
        yield Fault(
            link.start, link.end, message, "leave marks and spaces out of the link"
        )
    for heading in text.headings:
        if text.within(heading) and not ANCHOR.search(
            text.value, heading.start, heading.end
        ):
            message = (
                "a heading with a link to a number needs an id of its own: write {#id}"
                " at its end"
            )
            hint = "without it the heading's address would change with the number"
            yield Fault(heading.start, heading.end, message, hint)
    for found in UNWRITTEN.finditer(text.value):
        yield Fault(*found.span(), f"{found[0]} still stands here", "write the text")


def _compared(scan: Scan) -> Iterator[Fault]:
    """Yield as doubts the comparisons that no link proves: in strict texts all, in a
    sentence with figures most.

    There a direction is read with its figure, and "every" compares no sizes.
    """
    bound = [
        each.span
        for each in scan.sentences
        if any(link.scheme in OF_DATA for link in each.bindings)
    ]
    topped = [
        each.span
        for each in scan.sentences
        if any(SUPERLATIVE.match(link.target) for link in each.bindings)
    ]
    scopes = scan.lexicon.tagger.phrases(*SCOPES) - scan.lexicon.comparators.keys()
    for fault in scan.comparisons():
        phrase = scan.text.folded[fault.start : fault.end]
        if phrase in scopes and any(lies_in(fault, span) for span in topped):
            continue  # of "[more](claim:…) than any other" the rest
        sizes = (
            phrase not in scan.lexicon.directions
            and scan.lexicon.comparators.get(phrase) != "every"
        )
        if scan.text.strict_at(fault.start) or (
            sizes and any(lies_in(fault, span) for span in bound)
        ):
            yield fault._replace(rank=COMPARED)


def _entries(
    sentence: Sentence, prover: Prover, facts: Facts, problems: list[Problem]
) -> Iterator[Entry]:
    """Yield the links of a sentence, each with what is wrong with it; add what is wrong
    in the story's own code.
    """
    for link in (
        link for link in sentence.bindings if not sentence.text.is_empty(link)
    ):
        words = sentence.text.value[link.words_start : link.words_end]
        try:
            said = (
                (sentence.units(link), sentence.ways(link))
                if link.scheme == "fact"
                else ((), frozenset[str]())
            )
            clause = (
                sentence.text.value[slice(*sentence.clause(link.words_start))]
                if link.scheme == "claim"
                else ""
            )
            proof = prover.prove(link.target, words, *said, clause)
        except BuildError as error:
            # the story's code, or a table: told where it stands
            problems += error.problems
            continue
        entry = Entry(
            sentence, link, _under_scale(sentence, words, link, proof, prover)
        )
        yield replace(
            entry, found=(*_of_words(entry, prover), *_of_sentence(entry, facts))
        )


def _under_scale(
    sentence: Sentence, words: str, link: Link, proof: Proof, prover: Prover
) -> Proof:
    """Return the proof of a number in a cell that leaves its scale to a head: "60.7"
    under "$ billion".
    """
    find = sentence.lexicon.tagger.find
    for tag in (
        tag
        for head in sentence.heads
        for tag in find(fold(head), ("scales",))
        if proof.fault
    ):
        if not prover.prove(
            link.target,
            f"{words} {tag.phrase}",
            sentence.units(link),
            sentence.ways(link),
        ).fault:
            return replace(proof, fault="", hint="")
    return proof


def _of_words(entry: Entry, prover: Prover) -> Iterator[Fault]:
    """Yield what is wrong with a link's words, and with the hedge or direction before
    it, which are read with them.
    """
    sentence, link, proof = entry.sentence, entry.link, entry.proof
    if proof.fault:
        message = f"{proof.fault}{_now(proof)}"
        unknown = link.scheme == "fact" and not proof.facts
        yield Fault(
            link.words_start, link.words_end, message, proof.hint, number=unknown
        )
    lead = (
        beside.lead_of(sentence, link)
        if link.scheme == "fact" and not proof.fault
        else None
    )
    if lead:
        place, words = lead
        whole = prover.prove(
            link.target, words, sentence.units(link), sentence.ways(link)
        )
        if whole.fault and whole.case and not around.is_compared(sentence, link):
            period, times = (
                whole.facts[0].quantity.period,
                {item.period for item in sentence.times},
            )
            # "fell to" can only mean since the year before
            since = period and period.is_year and times <= {period}
            sure = not whole.case.phrase.reached or since
            yield Fault(
                *place, whole.fault, whole.hint, rank=0 if sure else beside.TURNED
            )


def _of_sentence(entry: Entry, facts: Facts) -> Iterator[Fault]:
    """Yield what is wrong around a link, and the doubts there."""
    sentence, link, proof = entry.sentence, entry.link, entry.proof
    if touching := beside.touching(sentence, link):
        yield touching
    if proof.case and (second := beside.second_unit(sentence, link, proof.case)):
        yield second
    # its words are the time named
    if not (proof.fault and any(fact.quantity.kind in DATES for fact in proof.facts)):
        found = around.faults(sentence, link, proof)
        yield from (
            fault._replace(message=f"{fault.message}{_now(proof)}") for fault in found
        )
    yield from beside.doubtful(sentence, link, proof)
    yield from speaker_faults(entry, facts.data)


def _now(proof: Proof) -> str:
    """Say which time ``latest`` stands for, which a link does not show; nothing where
    it has a time.
    """
    return f"; {LATEST} is now {proof.latest}" if proof.latest else ""


def file_of(text: Text, vocabulary: Vocabulary) -> str:
    """Return the file of a text as an exceptions file names it: below the folder of its
    language.
    """
    return text.path.partition(f"content/{vocabulary.code}/")[2]
