"""Holding one paragraph to the data: each binding is proved, and what should be one is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from press.binding.beside import is_beside
from press.binding.compared import order_faults, repeat_fault, threshold_fault
from press.binding.dimensions import dimension_fault
from press.binding.facts import FactCode, Facts
from press.binding.latest import LATEST
from press.binding.leads import lead_of, per_beside
from press.binding.ledger import Entry, Remark
from press.binding.lent import lent_fault
from press.binding.levels import level_fault
from press.binding.moments import moment_fault
from press.binding.outside import outside_fault
from press.binding.proof import Proof, Prover
from press.binding.speakers import quotation_faults, speaker_faults
from press.binding.subjects import subject_fault
from press.binding.times import bases_of, period_fault, periods_of, unserved
from press.binding.truth import Case, is_true, renumbered
from press.binding.unbound import scanner
from press.binding.windows import window_fault
from press.data import Data
from press.ground.errors import BuildError, Fault, Problem, similar
from press.ground.memo import MEMO, Same
from press.quantity import DATES
from press.reading import Link, NamedPeriod, Placed, Sentence, Text, Vocabulary, sentences

# What a person should look at.
UNSERVED = "no number linked in this sentence is of this time"
LOOSE = "a comparison that no link proves"


@dataclass(frozen=True)
class Held:
    """What holding a paragraph has found; the places of faults and remarks are those of its ``text``.

    ``problems`` are those of the story's own code, told where that stands. ``excepted`` are faults that an exceptions
    file allows; ``read`` is where links begin that stand in a sentence.
    """

    text: Text
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...]
    excepted: tuple[Fault, ...]
    read: frozenset[int]

    def at(self, text: Text) -> Held:
        """Return the same of the same words where they stand as ``text``."""
        sentences = {entry.sentence: replace(entry.sentence, text=text) for entry in self.entries}
        entries = tuple(replace(entry, sentence=sentences[entry.sentence]) for entry in self.entries)
        remarks = tuple(remark._replace(text=text) for remark in self.remarks)
        return replace(self, text=text, entries=entries, remarks=remarks)


def hold_text(text: Text, title: str, vocabulary: Vocabulary, facts: Facts) -> tuple[Held, ...]:
    """Hold the paragraphs of a text, which stands under a title."""
    try:
        return MEMO.on(_paragraphs, facts.data, Same(text), title, vocabulary.alone, facts.code)
    except _StoryError as error:
        return error.held


def _paragraphs(data: Data, text: Same[Text], title: str, vocabulary: Vocabulary, code: FactCode) -> tuple[Held, ...]:
    """Hold the paragraphs of a text to facts on tables that note what they are asked for. Raises ``_StoryError``."""
    facts, whole, scan = code.on(data), text.value, scanner(vocabulary.lexicon)
    silent = Held(whole, (), (), (), (), (), frozenset())
    found = tuple(
        silent
        if scan.is_silent(whole.value[slice(*block)])
        else hold_paragraph(whole.paragraph(block), title, vocabulary, facts)
        for block in whole.blocks
    )
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
    facts = code.on(data)
    read, scan = tuple(sentences(paragraph, vocabulary.lexicon, title)), scanner(vocabulary.lexicon)
    prover, problems = Prover(vocabulary, facts), list[Problem]()
    entries = [tuple(_entries(sentence, prover, facts, problems)) for sentence in read]
    times = chain.from_iterable(map(_unserved, read, entries))
    compared = list(scan.comparisons(paragraph, read))
    lexicon = vocabulary.lexicon
    strict = [fault for fault in compared if paragraph.strict_at(fault.start) or is_beside(paragraph, fault, lexicon)]
    unbound = list(scan.unbound(paragraph, _exceptions(paragraph, vocabulary), read))
    held = tuple(chain.from_iterable(entries))
    remarks = [_remark(paragraph, item, UNSERVED)._replace(period=item.period) for item in times]
    remarks += (_remark(paragraph, fault, LOOSE) for fault in compared if fault not in strict)
    faults = [*chain.from_iterable(entry.faults for entry in held), *strict]
    for sentence, own in zip(read, entries, strict=True):
        faults += order_faults(sentence, [(entry.link, entry.proof) for entry in own])
    faults += (fault for fault in unbound if not fault.excepted)
    faults += chain.from_iterable(quotation_faults(sentence, facts.data) for sentence in read)
    excepted = tuple(fault for fault in unbound if fault.excepted)
    starts = frozenset(link.start for sentence in read for link in sentence.bindings)
    whole = Held(paragraph, held, tuple(faults), tuple(problems), tuple(remarks), excepted, starts)
    if problems:
        raise _StoryError((whole,))
    return whole


def _unserved(sentence: Sentence, entries: Sequence[Entry]) -> Iterable[NamedPeriod]:
    """Return the periods that a sentence names and none of its entries is of."""
    served = [(entry.link, periods_of(entry.proof)) for entry in entries]
    return unserved(sentence, [(link, periods) for link, periods in served if periods])


def _entries(sentence: Sentence, prover: Prover, facts: Facts, problems: list[Problem]) -> Iterator[Entry]:
    """Yield the links of a sentence with what is wrong with them; add what is wrong in the story's own code."""
    units: tuple[str, ...] = ()
    for link in sentence.bindings:
        words = sentence.text.value[link.words_start : link.words_end]
        units = (*per_beside(sentence, link), *units) if link.scheme == "fact" else units
        try:
            proof = prover.prove(link.target, words, units)
        except BuildError as error:  # the story's code, or a table: told where it stands
            problems += error.problems
            continue
        read, fault = _led(sentence, link, proof, prover, units) if link.scheme == "fact" else (None, None)
        proof = read if read and not read.fault else proof
        units = proof.units or units
        entry = Entry(sentence, link, proof)
        faults = _faults(entry, facts, led=read is not None)
        yield replace(entry, faults=(*([fault] if fault else []), *faults))


def _led(
    sentence: Sentence, link: Link, proof: Proof, prover: Prover, units: tuple[str, ...]
) -> tuple[Proof | None, Fault | None]:
    """Read a figure with the hedge or direction beside its link, if there is one.

    Return the proof of both together, and what is wrong with them if another number would not mend it.
    """
    lead = lead_of(sentence, link)
    whole = prover.prove(link.target, lead.words, units) if lead else None
    if lead is None or whole is None or (whole.fault and (lead.far or whole.case is None)):
        return None, None
    mends = whole.fault and proof.fault and whole.case and _is_mended(whole.case)
    fault = None if not whole.fault or mends else Fault(lead.start, lead.end, whole.fault, whole.hint)
    return whole, fault


def _is_mended(case: Case) -> bool:
    """Tell whether the words are true with another number."""
    made = renumbered(case)
    return made is not None and is_true(made)


def _faults(entry: Entry, facts: Facts, *, led: bool) -> Iterator[Fault]:
    """Yield what is wrong with a link: its words, then the sentence around them; ``led``: read with words beside it."""
    link, proof = entry.link, entry.proof
    if proof.fault:
        message = f"{proof.fault}{_now(proof)}"
        yield Fault(link.words_start, link.words_end, message, proof.hint, number=link.scheme == "fact")
    around = [
        time_fault(entry),
        _subject_fault(entry),
        dimension_fault(entry.sentence, link, proof),
        lent_fault(entry.sentence, link, proof),
        outside_fault(entry.sentence, link, settled=_is_settled(proof), led=led, per=_per(proof))
        or level_fault(entry.sentence, link, proof),
        *speaker_faults(entry, facts.data),
        window_fault(entry.sentence, link, proof.claim),
        moment_fault(entry.sentence, link, proof),
        threshold_fault(entry.sentence, link, proof),
        repeat_fault(entry.sentence, link),
    ]
    yield from (fault for fault in around if fault)


def _per(proof: Proof) -> str:
    """Return what a price is counted by, such as "per tonne"; "" for any other figure."""
    unit = proof.facts[0].quantity.unit if proof.facts else ""
    return f"per {unit.partition(' per ')[2]}" if " per " in unit else ""


def _is_settled(proof: Proof) -> bool:
    """Tell whether what a link names was so at some time; a goal may never have been met."""
    of_time = (fact.quantity for fact in proof.facts if fact.quantity.kind not in DATES)
    return proof.claim is not None or any(quantity.period or quantity.kind == "span" for quantity in of_time)


def time_fault(entry: Entry) -> Fault | None:
    """The times beside a link are its own; of a false date the words themselves are the time named."""
    proof = entry.proof
    if proof.fault and any(fact.quantity.kind in DATES for fact in proof.facts):
        return None
    fault = period_fault(entry.sentence, entry.link, periods_of(proof), bases_of(proof))
    return fault and fault._replace(message=f"{fault.message}{_now(proof)}")


def _now(proof: Proof) -> str:
    """Say which time ``latest`` stands for, which a link does not show; nothing where it has a time."""
    return f"; {LATEST} is now {proof.latest}" if proof.latest else ""


def _subject_fault(entry: Entry) -> Fault | None:
    """The words for a subject beside a link name its own: of a part and its whole, the part."""
    subjects = {fact.quantity.subject for fact in entry.proof.facts} - {""}
    subjects = subjects - {entry.sentence.lexicon.whole} or subjects
    if len(subjects) != 1:
        return None
    subject = subjects.pop()
    return _unknown_subject(entry, subject) or subject_fault(entry.sentence, entry.link, subject)


def _unknown_subject(entry: Entry, subject: str) -> Fault | None:
    """A fact is about a subject of the language, where the language tells subjects apart at all."""
    known = set(entry.sentence.lexicon.subjects.values())
    if subject in known or not known:
        return None
    message = f'the fact {entry.proof.facts[0].key} has the subject "{subject}", which words.toml has not in [subjects]'
    return Fault(entry.link.words_start, entry.link.words_end, message, similar(subject, known))


def _exceptions(paragraph: Text, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the numbers that may stand unbound in the file of a paragraph, with their reasons."""
    return vocabulary.exceptions.reasons.get(file_of(paragraph, vocabulary), {})


def file_of(text: Text, vocabulary: Vocabulary) -> str:
    """Return the file of a text as an exceptions file names it: below the folder of its language."""
    return text.path.partition(f"content/{vocabulary.code}/")[2]


def _remark(text: Text, place: Placed, what: str) -> Remark:
    return Remark(text, place.start, text.value[place.start : place.end], what)
