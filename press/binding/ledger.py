"""The ledger: every binding of a language, what it was proved on, and what is wrong with it or beside it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from press.binding.facts import PLACE
from press.binding.flows import subject_fault
from press.binding.outside import outside_fault
from press.binding.proof import Proof, Prover
from press.binding.statements import speakers
from press.binding.suggest import Suggester
from press.binding.times import period_fault, unserved
from press.binding.unbound import loose_comparisons, unbound
from press.content.strings_in_code import check_code
from press.errors import BuildError, Problem, Problems, nearest
from press.quantity import DATES
from press.reading.dates import named_periods
from press.reading.nearby import Fault
from press.reading.text import CODE, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.binding.facts import Facts
    from press.content.language import Content, Language
    from press.data.tables import Row
    from press.period import Period
    from press.reading.dates import Named
    from press.reading.text import Link, Span, Text

ANCHOR = re.compile(r"\{[^}\n]*#[\w-]+[^}\n]*\}")
BROKEN = re.compile(rf"\]\s*\(\s*<?(?:{'|'.join(SCHEMES)}):")
UNWRITTEN = re.compile(r"\bTODO\b")
SUGGESTED = 12
RELATIVE = {"change", "points", "multiple", "share", "index"}  # kinds that are counted from a base, as signed ones are
VERDICTS = {"proved": "proved on data", "matched": "match a cited statement", "cited": "cited", "defined": "defined"}


@dataclass(frozen=True)
class Entry:
    """One binding: the text that holds it, its sentence, its link, what its words were held to, what is wrong."""

    text: Text
    sentence: Span
    link: Link
    proof: Proof
    faults: tuple[Fault, ...] = ()

    @property
    def words(self) -> str:
        """The words of the link."""
        return self.text.value[self.link.words_start : self.link.words_end]

    @property
    def told(self) -> str:
        """The sentence as readers see it."""
        words = " ".join(self.text.plain[self.sentence.start : self.sentence.end].split())
        return re.sub(r" (?=[.,;:!?)])|(?<=\() ", "", words)

    @property
    def has_receipt(self) -> bool:
        """Tell whether it has something to show: sources and terms have pages of their own, a slip has none."""
        return self.link.scheme in {"fact", "claim", "said"} and bool(self.proof.facts or self.proof.source_ids)

    @property
    def verdict(self) -> str:
        """What the binding counts as: the proof's verdict, or ``false``."""
        return "false" if self.faults else self.proof.verdict

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that the binding rests on, in the order of their files."""
        rows = {row for fact in self.proof.facts for row in fact.quantity.rows}
        rows |= self.proof.claim.rows if self.proof.claim else set()
        return tuple(sorted(rows, key=lambda row: (row.path, row.line)))

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the words."""
        return self.text.place(self.link.words_start)

    @property
    def bases(self) -> frozenset[Period]:
        """The earlier periods that changes are counted from: a sentence may name them only as such."""
        quantities = [fact.quantity for fact in self.proof.facts]
        if self.proof.claim and self.proof.claim.classes[0] in {"more", "less"}:
            return frozenset({item.period for item in quantities[1:] if item.period} - {quantities[0].period})
        changes = [item for item in quantities if item.kind in RELATIVE or (item.signed and item.kind != "span")]
        own = {item.period for item in changes if item.period}
        earlier = {other for item in changes if item.period for other in item.related if other.last < item.period.last}
        return frozenset(earlier - own)

    @property
    def periods(self) -> frozenset[Period]:
        """The periods that the sentence may name beside the words."""
        quantities = [fact.quantity for fact in self.proof.facts]
        found = {period for item in quantities for period in (item.period, *item.related) if period}
        found |= self.proof.periods
        if claim := self.proof.claim:
            found |= {*claim.moments, *([claim.window] if claim.window else [])}
        return frozenset(found)


class Remark(NamedTuple):
    """What a person should look at, without being wrong: a loose comparison, a period that serves no link."""

    text: Text
    start: int
    words: str
    what: str


@dataclass
class Ledger:
    """All bindings of a language, in the order of their texts; what is wrong; what ``check --read`` lists."""

    language: str
    entries: list[Entry] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    remarks: list[Remark] = field(default_factory=list)
    excepted: list[str] = field(default_factory=list)  # where, what and why

    @property
    def by_target(self) -> dict[str, Entry]:
        """The first entry of each target."""
        return {entry.link.target: entry for entry in reversed(self.entries)}

    def coverage(self) -> str:
        """Return how many bindings there are of each class, never summed into one figure."""
        count = Counter(entry.verdict for entry in self.entries)
        parts = [f"{count[verdict]} {words}" for verdict, words in VERDICTS.items()]
        wrong = [f"{count['false']} false"] if count["false"] else []
        return f"{self.language}: {', '.join([*parts, *wrong, f'{len(self.excepted)} excepted'])}"


def hold(content: Content, facts: Facts, problems: Problems) -> dict[str, Ledger]:
    """Hold every text of every language to the data; add what is false, and the facts that no text uses."""
    ledgers = {language.code: bind(language, facts) for language in content.languages}
    texts = (text for language in content.languages for _, texts in language.texts for text in texts)
    used = {name for text in texts for link in text.bindings for name in _named(link)}
    tested = facts.data["claim_figures"].rows if "claim_figures" in facts.data else ()
    used |= {str(row["fact"]).partition("/")[0] for row in tested}
    for ledger in ledgers.values():
        problems += ledger.problems
    for language in content.languages[:1]:  # what stands in code is in no language: one look is enough
        check_code(facts.root, language.lexicon, problems)
    for name in sorted(facts.functions.keys() - used):
        hint = f"bind a number to it, as in [words](fact:{name}/…), or delete it"
        problems.add(*facts.place(name), f"found the fact {name} in no text, expected it in one", hint)
    return ledgers


def _named(link: Link) -> Iterator[str]:
    """Yield the names of the facts in a target: of a fact the first part, of a claim the first part of each operand."""
    parts = link.target.partition(":")[2].split("/")
    yield from {"fact": parts[:1], "claim": [part.partition(".")[0] for part in parts[1:]]}.get(link.scheme, [])


def bind(language: Language, facts: Facts) -> Ledger:
    """Hold every text of a language to the data. All that is wrong is in the ledger's ``problems``."""
    binder = Binder(language, facts)
    for title, texts in language.texts:
        for text in texts:
            binder.read(text, title)
    binder.close()
    binder.suggest()
    return binder.ledger


class Binder:
    """Reads the texts of one language into a ledger."""

    def __init__(self, language: Language, facts: Facts) -> None:
        """Prepare to hold texts of ``language`` to ``facts``."""
        self.ledger = Ledger(language.code)
        self._language, self._facts, self._lexicon = language, facts, language.lexicon
        self._prover = Prover(language, facts)
        self._speakers = speakers(facts.data)
        self._named = {name for names in self._speakers.values() for name in names}
        self._used = set[tuple[str, str]]()  # exceptions: file, words
        self._numbers: list[tuple[int, Text, Fault]] = []  # that are unbound or false: which problem each is

    def read(self, text: Text, title: str = "") -> None:
        """Prove each binding of a text, which stands under a title, and look for what should be one."""
        self._look_at_form(text)
        proved: set[Link] = set()
        for block in text.blocks:
            named = named_periods(text, block, self._lexicon)
            for sentence in text.sentences(block):
                proved |= {*text.within(sentence)}
                entries = list(self._entries(text, sentence, named, title))
                self.ledger.entries += entries
                served = [(entry.link, entry.periods) for entry in entries if entry.periods]
                for item in unserved(text, sentence, served, named, self._lexicon):
                    self._remark(text, item.start, item.end, "names a time that no number beside it is of")
        for link in set(text.bindings) - proved:
            message = f"found the binding {link.target} in no sentence, expected its words to begin with a word"
            self._fault(text, Fault(link.start, link.end, message, "leave marks and spaces out of the link"))
        self._look_for_unbound(text)

    def close(self) -> None:
        """Check that facts have words and words facts, and that every exception is needed."""
        language, functions = self._language, self._facts.functions
        for name in sorted(functions.keys() - language.facts.keys()):
            message = f"found no label and formula for the fact {name}, expected [{name}]"
            self._add(language.facts_path, 1, message)
        for name in sorted(language.facts.keys() & functions.keys()):
            self._check_places(name)
        for name in sorted(language.facts.keys() - functions.keys()):
            message = f"found words for the unknown fact {name!r}, expected a function of that name in story/facts.py"
            self._add(language.facts_path, language.facts[name].line, message, nearest(name, functions))
        exceptions = language.exceptions
        for (file, words), line in exceptions.lines.items():
            if (file, words) not in self._used:
                message = f"found an exception for {words!r} in {file}, where no such number is unbound"
                self._add(exceptions.path, line, message, "delete it")

    def suggest(self) -> None:
        """Say in the hints of numbers that are false or unbound how they would be true.

        Many at once are no slips but new data: only the first are looked into.
        """
        suggester = Suggester(self._language, self._facts, self._holds)
        for index, text, fault in self._numbers[:SUGGESTED]:
            self.ledger.problems[index] = replace(self.ledger.problems[index], hint=suggester.hint(text, fault))

    def _holds(self, text: Text, title: str, start: int) -> bool:
        """Tell whether nothing is wrong with the binding that begins at a place of a text which nobody has written."""
        binder = Binder(self._language, self._facts)
        binder.read(text, title)
        return any(entry.link.start == start and not entry.faults for entry in binder.ledger.entries)

    def _check_places(self, name: str) -> None:
        """The {places} in the words of a fact are its parameters."""
        words, known = self._language.facts[name], self._facts.parameters(name)
        for place in PLACE.findall(f"{words.label} {words.formula}"):
            if place not in known:
                message = f"found the place {{{place}}} in the words of {name}, expected one of its parameters"
                self._add(self._language.facts_path, words.line, message, nearest(place, known))

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

    def _entries(self, text: Text, sentence: Span, named: Sequence[Named], title: str) -> Iterator[Entry]:
        """Yield the bindings of a sentence; what is wrong with them is noted."""
        units: tuple[str, ...] = ()
        for link in text.within(sentence):
            words = text.value[link.words_start : link.words_end]
            try:
                proof = self._prover.prove(link.target, words, units)
            except BuildError as error:  # the story's code, or a table: told where it stands
                self.ledger.problems += error.problems
                continue
            units = proof.units or units
            entry = Entry(text, sentence, link, proof)
            faults = tuple(self._faults(entry, named, title))
            for fault in faults:
                self._fault(text, fault)
            yield Entry(text, sentence, link, proof, faults)

    def _faults(self, entry: Entry, named: Sequence[Named], title: str) -> Iterator[Fault]:
        """Yield what is wrong with a binding: its words, then the sentence around them."""
        text, sentence, link, proof = entry.text, entry.sentence, entry.link, entry.proof
        if proof.fault:
            yield Fault(link.words_start, link.words_end, proof.fault, proof.hint, number=link.scheme == "fact")
        subjects = {fact.quantity.subject for fact in proof.facts} - {""}
        subjects = subjects - {"total"} or subjects  # of a part and its whole, the part is what the words are about
        subject = subjects.pop() if len(subjects) == 1 else ""
        dated = proof.fault and any(fact.quantity.kind in DATES for fact in proof.facts)  # its words are the time named
        around = [
            period_fault(text, sentence, link, entry.periods, named, self._lexicon, entry.bases)
            if entry.periods and not dated
            else None,
            self._unknown_subject(entry, subject) or subject_fault(text, sentence, link, subject, self._lexicon, title)
            if subject
            else None,
            outside_fault(text, sentence, link, self._lexicon),
            self._speaker_fault(entry) if link.scheme == "said" else None,
            _window_fault(entry, named) if proof.claim and proof.claim.window else None,
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
        clause = text.clause(entry.sentence, link.words_start)
        named = self._people(text, clause) or self._people(text, entry.sentence)
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
        file = text.path.partition(f"content/{self._language.code}/")[2]
        reasons = self._language.exceptions.reasons.get(file, {})
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


def _window_fault(entry: Entry, named: Sequence[Named]) -> Fault | None:
    """A superlative over a part of its table says since when: "the highest since 2015"."""
    claim, span = entry.proof.claim, entry.sentence
    if claim is None or claim.window is None:
        return None
    own = None if claim.classes[0] == "every" else claim.operands[0].quantity.period
    inside = [item.period for item in named if span.start <= item.start < span.end and item.period != own]
    if any(period.first == claim.window.first for period in inside):
        return None
    message = f"found {entry.words!r} over {claim.window}, expected the sentence to name this stretch of time"
    hint = "say since when, or leave the years out of the claim"
    return Fault(entry.link.words_start, entry.link.words_end, message, hint)
