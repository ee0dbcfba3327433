"""Reading the texts of a language into a ledger: each binding is proved, and what should be one is looked for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from press.binding.facts import PLACE
from press.binding.flows import subject_fault
from press.binding.ledger import Entry, Ledger, Remark
from press.binding.outside import outside_fault
from press.binding.proof import Prover
from press.binding.statements import speakers
from press.binding.suggest import Suggester
from press.binding.times import period_fault, unserved
from press.binding.unbound import loose_comparisons, unbound
from press.errors import BuildError, Problem, Problems, nearest
from press.quantity import DATES
from press.reading import CODE, SCHEMES, Fault, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.binding.facts import Facts
    from press.reading import Link, Sentence, Span, Text, Texts, Vocabulary

ANCHOR = re.compile(r"\{[^}\n]*#[\w-]+[^}\n]*\}")


BROKEN = re.compile(rf"\]\s*\(\s*<?(?:{'|'.join(SCHEMES)}):")


UNWRITTEN = re.compile(r"\bTODO\b")


SUGGESTED = 12


def hold(languages: Sequence[tuple[Vocabulary, Texts]], facts: Facts, problems: Problems) -> dict[str, Ledger]:
    """Hold the texts of every language to the data; add what is false, and the facts that no text uses.

    Returns a ledger for each language, by the language's code.
    """
    ledgers = {vocabulary.code: bind(vocabulary, texts, facts) for vocabulary, texts in languages}
    links = (link for _, texts in languages for _, group in texts for text in group for link in text.bindings)
    used = {name for link in links for name in _named(link)}
    tested = facts.data["claim_figures"].rows if "claim_figures" in facts.data else ()
    used |= {str(row["fact"]).partition("/")[0] for row in tested}
    for ledger in ledgers.values():
        problems += ledger.problems
    for name in sorted(facts.functions.keys() - used):
        hint = f"bind a number to it, as in [words](fact:{name}/…), or delete it"
        problems.add(*facts.place(name), f"found the fact {name} in no text, expected it in one", hint)
    return ledgers


def _named(link: Link) -> Iterator[str]:
    """Yield the names of the facts in a target: of a fact the first part, of a claim the first part of each operand."""
    parts = link.target.partition(":")[2].split("/")
    yield from {"fact": parts[:1], "claim": [part.partition(".")[0] for part in parts[1:]]}.get(link.scheme, [])


def bind(vocabulary: Vocabulary, texts: Texts, facts: Facts) -> Ledger:
    """Hold the texts of a language to the data. All that is wrong is in the ledger's ``problems``."""
    binder = Binder(vocabulary, facts)
    for title, group in texts:
        for text in group:
            binder.read(text, title)
    binder.close()
    binder.suggest(texts)
    return binder.ledger


class Binder:
    """Reads the texts of one language into a ledger."""

    def __init__(self, vocabulary: Vocabulary, facts: Facts) -> None:
        """Prepare to hold texts of ``vocabulary`` to ``facts``."""
        self.ledger = Ledger(vocabulary.code)
        self._vocabulary, self._facts, self._lexicon = vocabulary, facts, vocabulary.lexicon
        self._prover = Prover(vocabulary, facts)
        self._speakers = speakers(facts.data)
        self._named = {name for names in self._speakers.values() for name in names}
        self._used = set[tuple[str, str]]()  # exceptions: file, words
        self._numbers: list[tuple[int, Text, Fault]] = []  # that are unbound or false: which problem each is

    def read(self, text: Text, title: str = "") -> None:
        """Prove each binding of a text, which stands under a title, and look for what should be one."""
        self._look_at_form(text)
        proved: set[Link] = set()
        for sentence in sentences(text, self._lexicon, title):
            proved |= {*sentence.bindings}
            entries = list(self._entries(sentence))
            self.ledger.entries += entries
            for item in unserved(sentence, [(entry.link, entry.periods) for entry in entries if entry.periods]):
                self._remark(text, item.start, item.end, "names a time that no number beside it is of")
        for link in set(text.bindings) - proved:
            message = f"found the binding {link.target} in no sentence, expected its words to begin with a word"
            self._fault(text, Fault(link.start, link.end, message, "leave marks and spaces out of the link"))
        self._look_for_unbound(text)

    def close(self) -> None:
        """Check that facts have words and words facts, and that every exception is needed."""
        vocabulary, functions = self._vocabulary, self._facts.functions
        for name in sorted(functions.keys() - vocabulary.facts.keys()):
            message = f"found no label and formula for the fact {name}, expected [{name}]"
            self._add(vocabulary.facts_path, 1, message)
        for name in sorted(vocabulary.facts.keys() & functions.keys()):
            self._check_places(name)
        for name in sorted(vocabulary.facts.keys() - functions.keys()):
            message = f"found words for the unknown fact {name!r}, expected a function of that name in story/facts.py"
            self._add(vocabulary.facts_path, vocabulary.facts[name].line, message, nearest(name, functions))
        exceptions = vocabulary.exceptions
        for (file, words), line in exceptions.lines.items():
            if (file, words) not in self._used:
                message = f"found an exception for {words!r} in {file}, where no such number is unbound"
                self._add(exceptions.path, line, message, "delete it")

    def suggest(self, texts: Texts) -> None:
        """Say in the hints of numbers that are false or unbound how they would be true.

        Many at once are no slips but new data: only the first are looked into.
        """
        suggester = Suggester(self._vocabulary, texts, self._facts, self._holds)
        for index, text, fault in self._numbers[:SUGGESTED]:
            self.ledger.problems[index] = replace(self.ledger.problems[index], hint=suggester.hint(text, fault))

    def _holds(self, text: Text, title: str, start: int) -> bool:
        """Tell whether nothing is wrong with the binding that begins at a place of a text which nobody has written."""
        binder = Binder(self._vocabulary, self._facts)
        binder.read(text, title)
        return any(entry.link.start == start and not entry.faults for entry in binder.ledger.entries)

    def _check_places(self, name: str) -> None:
        """The {places} in the words of a fact are its parameters."""
        words, known = self._vocabulary.facts[name], self._facts.parameters(name)
        for place in PLACE.findall(f"{words.label} {words.formula}"):
            if place not in known:
                message = f"found the place {{{place}}} in the words of {name}, expected one of its parameters"
                self._add(self._vocabulary.facts_path, words.line, message, nearest(place, known))

    def _look_at_form(self, text: Text) -> None:
        """Note bindings that cannot be read, and headings whose anchor a repaired number would move."""
        written = CODE.sub(lambda found: " " * len(found[0]), text.value) if text.markdown else text.value
        read = {found.start() for found in BROKEN.finditer(written)} - {link.words_end for link in text.bindings}
        for start in sorted(read):
            hint = "write [words](scheme:name), the words without brackets, the target without spaces"
            self._fault(text, Fault(start, start + 1, "found a binding that cannot be read", hint))
        for found in UNWRITTEN.finditer(text.value):
            message = f"found {found[0]}, expected the words that are to stand here"
            self._fault(text, Fault(*found.span(), message, ""))
        for heading in text.headings:
            if text.within(heading) and not ANCHOR.search(text.value, heading.start, heading.end):
                message = (
                    "found a heading with a binding and without an anchor of its own, expected {#anchor} at its end"
                )
                hint = "else a number written anew would change the heading's address"
                self._fault(text, Fault(heading.start, heading.end, message, hint))

    def _entries(self, sentence: Sentence) -> Iterator[Entry]:
        """Yield the bindings of a sentence; what is wrong with them is noted."""
        units: tuple[str, ...] = ()
        for link in sentence.bindings:
            words = sentence.text.value[link.words_start : link.words_end]
            try:
                proof = self._prover.prove(link.target, words, units)
            except BuildError as error:  # the story's code, or a table: told where it stands
                self.ledger.problems += error.problems
                continue
            units = proof.units or units
            entry = Entry(sentence, link, proof)
            faults = tuple(self._faults(entry))
            for fault in faults:
                self._fault(sentence.text, fault)
            yield replace(entry, faults=faults)

    def _faults(self, entry: Entry) -> Iterator[Fault]:
        """Yield what is wrong with a binding: its words, then the sentence around them."""
        sentence, link, proof = entry.sentence, entry.link, entry.proof
        if proof.fault:
            yield Fault(link.words_start, link.words_end, proof.fault, proof.hint, number=link.scheme == "fact")
        subjects = {fact.quantity.subject for fact in proof.facts} - {""}
        subjects = subjects - {"total"} or subjects  # of a part and its whole, the part is what the words are about
        subject = subjects.pop() if len(subjects) == 1 else ""
        dated = proof.fault and any(fact.quantity.kind in DATES for fact in proof.facts)  # its words are the time named
        around = [
            period_fault(sentence, link, entry.periods, entry.bases) if entry.periods and not dated else None,
            self._unknown_subject(entry, subject) or subject_fault(sentence, link, subject) if subject else None,
            outside_fault(sentence, link),
            self._speaker_fault(entry) if link.scheme == "said" else None,
            _window_fault(entry) if proof.claim and proof.claim.window else None,
        ]
        yield from (fault for fault in around if fault)

    def _unknown_subject(self, entry: Entry, subject: str) -> Fault | None:
        """A fact is about a subject of the language, where the language tells subjects apart at all."""
        known = set(self._lexicon.subjects.values())
        if subject in known or not known:
            return None
        message = f"found the subject {subject!r} of {entry.proof.facts[0].key}, expected one of [subjects]"
        return Fault(entry.link.words_start, entry.link.words_end, message, nearest(subject, known))

    def _speaker_fault(self, entry: Entry) -> Fault | None:
        """A clause that names people who said something names one who said this."""
        text, link = entry.text, entry.link
        clause = entry.sentence.clause(link.words_start)
        named = self._people(text, clause) or self._people(text, entry.sentence.span)
        own = self._speakers.get(link.target.partition(":")[2], ())
        if not own or not named or any(found[0] in own for found in named):
            return None
        start, end = named[0].span()
        message = f'found "{named[0][0]}" beside words of {" ".join(own)}, expected their speaker'
        return Fault(start, end, message, "name who said it, or nobody")

    def _people(self, text: Text, span: Span) -> list[re.Match[str]]:
        """Return the names of people who said something, as they stand in a span."""
        words = re.compile(r"[^\W\d_]+").finditer(text.plain, span.start, span.end)
        return [found for found in words if found[0] in self._named]

    def _look_for_unbound(self, text: Text) -> None:
        """Note numbers and expiring words outside bindings, and comparisons that no claim proves."""
        file = text.path.partition(f"content/{self._vocabulary.code}/")[2]
        reasons = self._vocabulary.exceptions.reasons.get(file, {})
        for fault in unbound(text, self._lexicon, reasons):
            if fault.excepted:
                self._used.add((file, fault.excepted))
                line, column = text.place(fault.start)
                told = f"{text.path}:{line}:{column}: {fault.excepted} ({reasons[fault.excepted]})"
                self.ledger.excepted.append(told)
            else:
                self._fault(text, fault)
        for fault in loose_comparisons(text, self._lexicon):
            if text.strict_at(fault.start):
                self._fault(text, fault)
            else:
                self._remark(text, fault.start, fault.end, "compares, and no claim proves it")

    def _fault(self, text: Text, fault: Fault) -> None:
        line, column = text.place(fault.start)
        width = fault.end - fault.start
        if fault.number:
            self._numbers.append((len(self.ledger.problems), text, fault))
        message = fault.message.replace("\n", " ")
        self.ledger.problems.append(Problem(text.path, line, message, fault.hint, column, width))

    def _remark(self, text: Text, start: int, end: int, what: str) -> None:
        self.ledger.remarks.append(Remark(text, start, text.value[start:end], what))

    def _add(self, path: str, line: int, message: str, hint: str = "") -> None:
        self.ledger.problems.append(Problem(path, line, message, hint))


def _window_fault(entry: Entry) -> Fault | None:
    """A superlative over a part of its table says since when: "the highest since 2015"."""
    claim = entry.proof.claim
    if claim is None or claim.window is None:
        return None
    own = None if claim.classes[0] == "every" else claim.operands[0].quantity.period
    inside = [item.period for item in entry.sentence.times if item.period != own]
    if any(period.first == claim.window.first for period in inside):
        return None
    message = f"found {entry.words!r} over {claim.window}, expected the sentence to name this stretch of time"
    hint = "say since when, or leave the years out of the claim"
    return Fault(entry.link.words_start, entry.link.words_end, message, hint)
