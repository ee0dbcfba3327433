"""Holding one paragraph to the data: each binding is proved, and what should be one is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from press.binding.ledger import Entry, Remark
from press.binding.outside import outside_fault
from press.binding.proof import Prover
from press.binding.statements import speakers
from press.binding.subjects import subject_fault
from press.binding.times import period_fault, unserved, written
from press.binding.unbound import scanner
from press.errors import BuildError, Problem, similar
from press.quantity import DATES
from press.reading import Fault, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.binding.facts import Facts
    from press.reading import Placed, Sentence, Span, Text, Vocabulary

LETTERS = re.compile(r"[^\W\d_]+")
# What a person should look at.
UNSERVED = "no number linked in this sentence is of this time"
LOOSE = "a comparison that no link proves"


@dataclass(frozen=True)
class Held:
    """What holding a paragraph has found; the places of faults and remarks are those of its ``text``.

    ``problems`` are those of the story's own code, told where that stands. ``excepted`` are faults that an exceptions
    file allows.
    """

    text: Text
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...]
    excepted: tuple[Fault, ...]


def hold_paragraph(paragraph: Text, title: str, vocabulary: Vocabulary, facts: Facts) -> Held:
    """Hold the bindings of a paragraph, which stands under a title, to the facts, and look for what should be one."""
    prover = Prover(vocabulary, facts)
    entries, faults, problems, remarks = list[Entry](), list[Fault](), list[Problem](), list[Remark]()
    read, scan = tuple(sentences(paragraph, vocabulary.lexicon, title)), scanner(vocabulary.lexicon)
    for sentence in read:
        own = list(_entries(sentence, prover, facts, problems))
        entries += own
        faults += (fault for entry in own for fault in entry.faults)
        served = [(entry.link, entry.periods) for entry in own if entry.periods]
        remarks += (_remark(paragraph, item, UNSERVED) for item in unserved(sentence, served))
    loose = list(scan.comparisons(read))
    faults += (fault for fault in loose if paragraph.strict_at(fault.start))
    remarks += (_remark(paragraph, fault, LOOSE) for fault in loose if not paragraph.strict_at(fault.start))
    found = list(scan.unbound(paragraph, _exceptions(paragraph, vocabulary)))
    faults += (fault for fault in found if not fault.excepted)
    excepted = tuple(fault for fault in found if fault.excepted)
    return Held(paragraph, tuple(entries), tuple(faults), tuple(problems), tuple(remarks), excepted)


def _entries(sentence: Sentence, prover: Prover, facts: Facts, problems: list[Problem]) -> Iterator[Entry]:
    """Yield the bindings of a sentence with what is wrong with them; add what is wrong in the story's own code."""
    units: tuple[str, ...] = ()
    for link in sentence.bindings:
        words = sentence.text.value[link.words_start : link.words_end]
        try:
            proof = prover.prove(link.target, words, units)
        except BuildError as error:  # the story's code, or a table: told where it stands
            problems += error.problems
            continue
        units = proof.units or units
        entry = Entry(sentence, link, proof)
        yield replace(entry, faults=tuple(_faults(entry, facts)))


def _faults(entry: Entry, facts: Facts) -> Iterator[Fault]:
    """Yield what is wrong with a binding: its words, then the sentence around them."""
    sentence, link, proof = entry.sentence, entry.link, entry.proof
    if proof.fault:
        yield Fault(link.words_start, link.words_end, proof.fault, proof.hint, number=link.scheme == "fact")
    subjects = {fact.quantity.subject for fact in proof.facts} - {""}
    # Of a part and its whole, the part is what the words are about.
    subjects = subjects - {sentence.lexicon.whole} or subjects
    subject = subjects.pop() if len(subjects) == 1 else ""
    dated = proof.fault and any(fact.quantity.kind in DATES for fact in proof.facts)  # its words are the time named
    around = [
        period_fault(sentence, link, entry.periods, entry.bases) if entry.periods and not dated else None,
        _unknown_subject(entry, subject) or subject_fault(sentence, link, subject) if subject else None,
        outside_fault(sentence, link),
        _speaker_fault(entry, facts) if link.scheme == "said" else None,
        _window_fault(entry),
    ]
    yield from (fault for fault in around if fault)


def _unknown_subject(entry: Entry, subject: str) -> Fault | None:
    """A fact is about a subject of the language, where the language tells subjects apart at all."""
    known = set(entry.sentence.lexicon.subjects.values())
    if subject in known or not known:
        return None
    message = f'the fact {entry.proof.facts[0].key} has the subject "{subject}", which words.toml has not in [subjects]'
    return Fault(entry.link.words_start, entry.link.words_end, message, similar(subject, known))


def _speaker_fault(entry: Entry, facts: Facts) -> Fault | None:
    """A clause that names people who said something names one who said this."""
    sentence, known = entry.sentence, speakers(facts.data)
    own = known.get(entry.link.target.partition(":")[2], ())
    people = {name for names in known.values() for name in names}
    named = _people(sentence, sentence.clause(entry.link.words_start), people) or _people(
        sentence, sentence.span, people
    )
    if not own or not named or any(found[0] in own for found in named):
        return None
    start, end = named[0].span()
    message = f'"{named[0][0]}" is named, but {" ".join(own)} said it'
    return Fault(start, end, message, "name who said it in this clause, or nobody")


def _people(sentence: Sentence, span: Span, people: set[str]) -> list[re.Match[str]]:
    """Return the names of people who said something, as they stand in a part of a sentence."""
    return [found for found in LETTERS.finditer(sentence.text.plain, *span) if found[0] in people]


def _window_fault(entry: Entry) -> Fault | None:
    """A superlative over a part of its table says since when: "the highest since 2015"."""
    claim = entry.proof.claim
    if claim is None or claim.window is None:
        return None
    own = None if claim.classes[0] == "every" else claim.operands[0].quantity.period
    inside = [item.period for item in entry.sentence.times if item.period != own]
    if any(period.first == claim.window.first for period in inside):
        return None
    window = written(claim.window, entry.sentence.lexicon)
    message = f'"{entry.words}" is compared over {window} only, and the sentence does not say so'
    hint = "write since when, or leave the years out of the link: then all of the table is compared"
    return Fault(entry.link.words_start, entry.link.words_end, message, hint)


def _exceptions(paragraph: Text, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the numbers that may stand unbound in the file of a paragraph, with their reasons."""
    return vocabulary.exceptions.reasons.get(file_of(paragraph, vocabulary), {})


def file_of(text: Text, vocabulary: Vocabulary) -> str:
    """Return the file of a text as an exceptions file names it: below the folder of its language."""
    return text.path.partition(f"content/{vocabulary.code}/")[2]


def _remark(text: Text, place: Placed, what: str) -> Remark:
    return Remark(text, place.start, text.value[place.start : place.end], what)
