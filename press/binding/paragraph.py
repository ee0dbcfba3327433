"""Holding one paragraph to the data: each binding is proved, and what should be one is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from press.binding import around, beside
from press.binding.facts import FactCode, Facts
from press.binding.latest import LATEST
from press.binding.ledger import Doubt, Entry
from press.binding.proof import Proof, Prover
from press.binding.speakers import quotation_faults, speaker_faults
from press.binding.unbound import Scanner
from press.data import Data
from press.ground.errors import BuildError, Fault, Problem
from press.ground.memo import MEMO, Same
from press.quantity import DATES
from press.reading import OF_DATA, Link, Sentence, Text, Vocabulary, fold, sentences

COMPARED = 5  # rank of a doubt: the lower, the more telling


@dataclass(frozen=True)
class Held:
    """What holding a paragraph has found; the places of faults and doubts are those of its ``text``.

    ``problems`` are those of the story's own code, told where that stands. ``excepted`` are faults that an exceptions
    file allows.
    """

    text: Text
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]
    excepted: tuple[Fault, ...]

    def at(self, text: Text) -> Held:
        """Return the same of the same words where they stand as ``text``."""
        sentences = {entry.sentence: replace(entry.sentence, text=text) for entry in self.entries}
        entries = tuple(replace(entry, sentence=sentences[entry.sentence]) for entry in self.entries)
        doubts = tuple(doubt._replace(text=text) for doubt in self.doubts)
        return replace(self, text=text, entries=entries, doubts=doubts)


def hold_text(text: Text, title: str, vocabulary: Vocabulary, facts: Facts) -> tuple[Held, ...]:
    """Hold the paragraphs of a text, which stands under a title."""
    try:
        return MEMO.on(_paragraphs, facts.data, Same(text), title, vocabulary.alone, facts.code)
    except _StoryError as error:
        return error.held


def _paragraphs(data: Data, text: Same[Text], title: str, vocabulary: Vocabulary, code: FactCode) -> tuple[Held, ...]:
    """Hold the paragraphs of a text to facts on tables that note what they are asked for. Raises ``_StoryError``."""
    facts, whole = code.on(data), text.value
    found = tuple(hold_paragraph(whole.paragraph(block), title, vocabulary, facts) for block in whole.blocks)
    if any(held.problems for held in found):
        raise _StoryError(found)
    return found


def hold_paragraph(paragraph: Text, title: str, vocabulary: Vocabulary, facts: Facts) -> Held:
    """Hold the links of a paragraph, which stands under a title, to the facts, and look for what should be one.

    What was found before in the same words is found again without looking, wherever they stand now, as long as the
    tables that their facts asked for are the same.
    """
    words = replace(paragraph, source="", start=0, line=0, parent=None)
    try:
        held = MEMO.on(_held, facts.data, words, title, vocabulary.alone, facts.code)
    except _StoryError as error:
        (held,) = error.held
    return held.at(paragraph)


class _StoryError(Exception):
    """The story's own code failed, perhaps not for good: what was ``held`` must not be kept."""

    def __init__(self, held: tuple[Held, ...]) -> None:
        super().__init__()
        self.held = held


def _held(data: Data, paragraph: Text, title: str, vocabulary: Vocabulary, code: FactCode) -> Held:
    """Hold a paragraph to the facts on tables that note what they are asked for. Raises ``_StoryError``."""
    facts, scan = code.on(data), vocabulary.lexicon.once(Scanner)
    read = tuple(sentences(paragraph, vocabulary.lexicon, title))
    prover, problems = Prover(vocabulary, facts), list[Problem]()
    entries, found = list[Entry](), list[Fault]()
    for sentence in read:
        own = list(_entries(sentence, prover, facts, problems))
        entries += (entry for entry, _ in own)
        found += chain.from_iterable(faults for _, faults in own)
        found += around.exchanged(own)
        found += quotation_faults(sentence, facts.data)
    found += [*_unread(paragraph, read), *_compared(paragraph, read, scan)]
    unbound = list(scan.unbound(paragraph, _exceptions(paragraph, vocabulary), read))
    found += (fault for fault in unbound if not fault.excepted)
    whole = Held(
        paragraph,
        tuple(entries),
        tuple(fault for fault in found if not fault.rank),
        tuple(problems),
        tuple(Doubt(paragraph, *fault[:3], fault.rank) for fault in dict.fromkeys(found) if fault.rank),
        tuple(fault for fault in unbound if fault.excepted),
    )
    if problems:
        raise _StoryError((whole,))
    return whole


def _unread(paragraph: Text, read: tuple[Sentence, ...]) -> Iterator[Fault]:
    """Yield links that stand in no sentence, because they have no words."""
    for link in {*paragraph.bindings}.difference(*(sentence.bindings for sentence in read)):
        message = f"the words of the link to {link.target} do not begin with a word or a number"
        yield Fault(link.start, link.end, message, "leave marks and spaces out of the link")


def _compared(paragraph: Text, read: tuple[Sentence, ...], scan: Scanner) -> Iterator[Fault]:
    """Yield as doubts the comparisons that no link proves: in strict texts all, in a sentence with figures most.

    There a direction is read with its figure, and "every" compares no sizes.
    """
    for sentence in read:
        figures = any(link.scheme in OF_DATA for link in sentence.bindings)
        for fault in scan.comparisons(paragraph, [sentence]):
            phrase = paragraph.folded[fault.start : fault.end]
            sizes = phrase not in scan.lexicon.directions and scan.lexicon.comparators.get(phrase) != "every"
            if paragraph.strict_at(fault.start) or (figures and sizes):
                yield fault._replace(rank=COMPARED)


def _entries(
    sentence: Sentence, prover: Prover, facts: Facts, problems: list[Problem]
) -> Iterator[tuple[Entry, list[Fault]]]:
    """Yield the links of a sentence, each with what is wrong with it; add what is wrong in the story's own code."""
    for link in sentence.bindings:
        words = sentence.text.value[link.words_start : link.words_end]
        try:
            proof = prover.prove(link.target, words, sentence.units(link), sentence.ways(link))
        except BuildError as error:  # the story's code, or a table: told where it stands
            problems += error.problems
            continue
        entry = Entry(sentence, link, _under_scale(sentence, words, link, proof, prover))
        found = [*_of_words(entry, prover), *_of_sentence(entry, facts)]
        yield replace(entry, faults=tuple(fault for fault in found if not fault.rank)), found


def _under_scale(sentence: Sentence, words: str, link: Link, proof: Proof, prover: Prover) -> Proof:
    """Return the proof of a number in a cell that leaves its scale to a head: "60.7" under "$ billion"."""
    find = sentence.lexicon.tagger.find
    for tag in (tag for head in sentence.heads for tag in find(fold(head), ("scales",)) if proof.fault):
        if not prover.prove(link.target, f"{words} {tag.phrase}", sentence.units(link), sentence.ways(link)).fault:
            return replace(proof, fault="", hint="")
    return proof


def _of_words(entry: Entry, prover: Prover) -> Iterator[Fault]:
    """Yield what is wrong with a link's words, and with the hedge or direction before it, which are read with them."""
    sentence, link, proof = entry.sentence, entry.link, entry.proof
    if proof.fault:
        message = f"{proof.fault}{_now(proof)}"
        yield Fault(
            link.words_start, link.words_end, message, proof.hint, number=link.scheme == "fact" and not proof.facts
        )
    lead = beside.lead_of(sentence, link) if link.scheme == "fact" and not proof.fault else None
    if lead:
        whole = prover.prove(link.target, lead.words, sentence.units(link), sentence.ways(link))
        if whole.fault and whole.case and not around.is_compared(sentence, link):
            sure = not whole.case.phrase.reached or _is_of_year_before(whole, sentence)
            yield Fault(lead.start, lead.end, whole.fault, whole.hint, rank=0 if sure else beside.TURNED)


def _is_of_year_before(proof: Proof, sentence: Sentence) -> bool:
    """Tell whether "fell to" can only mean since the year before: of a year, where the sentence names no other time."""
    period = proof.facts[0].quantity.period
    return period is not None and period.is_year and {item.period for item in sentence.times} <= {period}


def _of_sentence(entry: Entry, facts: Facts) -> Iterator[Fault]:
    """Yield what is wrong around a link, and the doubts there."""
    sentence, link, proof = entry.sentence, entry.link, entry.proof
    if touching := beside.touching(sentence, link):
        yield touching
    if proof.case and (second := beside.second_unit(sentence, link, proof.case)):
        yield second
    if not (proof.fault and any(fact.quantity.kind in DATES for fact in proof.facts)):  # its words are the time named
        found = around.faults(sentence, link, proof)
        yield from (fault._replace(message=f"{fault.message}{_now(proof)}") for fault in found)
    yield from beside.doubtful(sentence, link, proof)
    yield from speaker_faults(entry, facts.data)


def _now(proof: Proof) -> str:
    """Say which time ``latest`` stands for, which a link does not show; nothing where it has a time."""
    return f"; {LATEST} is now {proof.latest}" if proof.latest else ""


def _exceptions(paragraph: Text, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the numbers that may stand unbound in the file of a paragraph, with their reasons."""
    return vocabulary.exceptions.reasons.get(file_of(paragraph, vocabulary), {})


def file_of(text: Text, vocabulary: Vocabulary) -> str:
    """Return the file of a text as an exceptions file names it: below the folder of its language."""
    return text.path.partition(f"content/{vocabulary.code}/")[2]
