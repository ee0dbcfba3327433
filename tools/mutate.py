"""Whether the checker catches what it must: the story's texts, changed one word at a time, held to the tables again.

Each survivor is told with its place and with what lets it pass: a rule, another fact of which the words are true as
well, or what the sentence around it lacks. The exit status is 1 if one survived that no rule allows.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import build
from press.binding import Ledger, Prover, claim, hold_texts, periods_of, statement
from press.errors import BuildError
from press.reading import CHECKED
from tools import mutants, oracle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from press.binding import Entry, Fact, Facts
    from press.content import Language
    from press.quantity import Quantity
    from press.reading import Text
    from press.story import Bound
    from tools.mutants import Mutant

WORDS, TARGET, CONTEXT = "Words of bindings", "Targets of bindings", "Words around bindings"
MEANING = "What makes another thing of a figure"
CAUGHT, ALLOWED, WRONG = "caught", "allowed", "wrong"
TIMES = {"year", "month"}
SHORT = 30  # as many characters on either side show where a word stands
SHOWN = 7  # significant digits


class Fate(NamedTuple):
    """What became of a mutant: ``caught``, ``allowed`` by what ``why`` says, or ``wrong``: nothing allows it."""

    what: str
    why: str = ""


class Tried(NamedTuple):
    """One mutant, where it stands, and its fate."""

    group: str
    kind: str
    path: str
    line: int
    column: int
    change: str
    fate: str
    why: str

    def __str__(self) -> str:
        """Write it as a clickable line."""
        return f"{self.path}:{self.line}:{self.column}: {self.kind}: {self.change}"


class Reader:
    """Holds paragraphs of one language to facts."""

    def __init__(self, language: Language, facts: Facts) -> None:
        """Prepare to hold texts of ``language`` to ``facts``."""
        self.language, self.facts, self.lexicon = language, facts, language.lexicon
        self._prover = Prover(language, facts)

    def read(self, text: Text, title: str) -> Ledger:
        """Return the ledger of a paragraph."""
        return hold_texts(self.language, [(title, [text])], self.facts)

    def proves(self, target: str, words: str, inherited: tuple[str, ...]) -> bool:
        """Tell whether words are true of a target, whatever stands around them."""
        try:
            return not self._prover.prove(target, words, inherited).fault
        except BuildError:
            return False


class Paragraph:
    """A paragraph as it stands: what was found in it, so that a mutant is caught only by what is new."""

    def __init__(self, reader: Reader, text: Text, title: str) -> None:
        """Read the paragraph, which stands under ``title``."""
        self.reader, self.text, self._title = reader, text, title
        self.found = reader.read(text, title)
        self._known = _messages(self.found)

    def catches(self, mutant: Mutant) -> bool:
        """Tell whether the paragraph has a problem with a mutant that it has not without."""
        changed = f"{self.text.value[: mutant.start]}{mutant.new}{self.text.value[mutant.end :]}"
        return bool(
            _messages(self.reader.read(replace(self.text, value=changed, without_code=None), self._title)) - self._known
        )

    def tried(self, group: str, mutant: Mutant, change: str, fate: Fate) -> Tried:
        """Return a mutant of this paragraph with its fate."""
        where = self.text.place(mutant.start)
        return Tried(group, mutant.kind, self.text.path, *where, " ".join(change.split()), *fate)


def _messages(ledger: Ledger) -> Counter[str]:
    return Counter(problem.message for problem in ledger.problems)


def tried(language: Language, facts: Facts) -> Iterator[Tried]:
    """Yield every mutant of every text of a language, and what became of it."""
    reader = Reader(language, facts)
    for title, texts in language.texts:
        for text in texts:
            for paragraph in map(text.paragraph, text.blocks):
                yield from of_paragraph(Paragraph(reader, paragraph, title))


def of_paragraph(paragraph: Paragraph) -> Iterator[Tried]:
    """Yield every mutant of a paragraph. Bindings that are false as they stand are left alone."""
    units: tuple[str, ...] = ()
    sentence = None
    for entry in paragraph.found.entries:
        inherited = units if entry.sentence == sentence else ()
        sentence, units = entry.sentence, entry.proof.units or inherited
        if not entry.faults:
            yield from _words_of(paragraph, entry, inherited)
            yield from _targets_of(paragraph, entry, inherited)
    for block in paragraph.text.blocks:
        given = paragraph.text, block, paragraph.reader.lexicon
        for mutant in mutants.of_context(*given):
            yield _around(paragraph, mutant)
        if any(not entry.faults for entry in paragraph.found.entries):
            yield from (_around(paragraph, mutant, MEANING) for mutant in mutants.of_meaning(*given))


# ---- Words and targets of bindings


def _words_of(paragraph: Paragraph, entry: Entry, inherited: tuple[str, ...]) -> Iterator[Tried]:
    """Yield the mutants of a binding's words. One that its target refuses is caught; the rest is read in its place."""
    reader = paragraph.reader
    for mutant in mutants.of_words(entry.link, entry.words, reader.lexicon):
        change = f"[{entry.words}] → [{mutant.new}] ({entry.link.target})"
        fate = Fate(CAUGHT)
        if reader.proves(entry.link.target, mutant.new, inherited) and not paragraph.catches(mutant):
            why = _rule(reader, entry, mutant, inherited)
            fate = Fate(ALLOWED, why) if why else Fate(WRONG, f"no rule, {entry.link.scheme}: {mutant.kind}")
            change = change if why else f"{change}; {_figures(entry.proof.facts)}".rstrip("; ")
        yield paragraph.tried(WORDS, mutant, change, fate)


def _rule(reader: Reader, entry: Entry, mutant: Mutant, inherited: tuple[str, ...]) -> str:
    """Return the rule that lets the words of a binding pass, an empty text if there is none."""
    if entry.link.scheme == "said":
        said = statement(reader.facts.data, entry.link.target.partition(":")[2])
        why = oracle.rule_of_statement(mutant.new, said, reader.lexicon)
        return oracle.SAID_FINER if why == oracle.SAID and mutant.kind == "decimal added" else why
    if entry.proof.claim:
        return oracle.rule_of_claim(mutant.new, entry.proof.facts, reader.lexicon)
    rule = oracle.rule(mutant.new, entry.proof.facts[0].quantity, reader.lexicon, inherited)
    if rule is None:
        return ""
    special = {"direction dropped": rule.direction, "sign added": rule.direction, "sign turned": rule.direction,
               "currency dropped": rule.unit, "unit dropped": rule.unit}  # fmt: skip
    return special.get(mutant.kind) or rule.number or rule.direction


def _value(quantity: Quantity) -> str:
    """Write a figure shortly: its value or two ends, its unit, and how far it may be off."""
    ends = " to ".join(dict.fromkeys(f"{end:.{SHOWN}g}" for end in quantity.ends))
    width = f" ± {quantity.precision / 2:.2g}" if quantity.precision else ""
    return f"{ends}{width} {quantity.unit}".strip()


def _targets_of(paragraph: Paragraph, entry: Entry, inherited: tuple[str, ...]) -> Iterator[Tried]:
    """Yield the mutants of a binding's target: the same words, another fact."""
    reader, link = paragraph.reader, entry.link
    start = paragraph.text.value.index(link.target, link.words_end)
    for kind, target in mutants.of_target(entry.target, reader.facts):
        mutant = mutants.Mutant(kind, start, start + len(link.target), target)
        change, fate = f"[{entry.words}]({link.target}) → ({target})", Fate(CAUGHT)
        if reader.proves(target, entry.words, inherited) and not paragraph.catches(mutant):
            fate, figures = _also_true(reader, entry, target, inherited)
            change = f"{change}; {figures}; as written: {_figures(entry.proof.facts)}" if figures else change
        yield paragraph.tried(TARGET, mutant, change, fate)


def _also_true(reader: Reader, entry: Entry, target: str, inherited: tuple[str, ...]) -> tuple[Fate, str]:
    """Return the fate of words that another target bears as well, and the figures of that target."""
    if entry.link.scheme == "said":
        return Fate(ALLOWED, "also said in another statement"), ""
    name, *arguments = target.partition(":")[2].split("/")
    if entry.proof.claim:
        operands = claim(reader.facts, name, *arguments).operands
        why = says_nothing(name, operands) or f"claim:{name} is also true of other figures"
        return Fate(ALLOWED, why), _figures(operands)
    other = reader.facts.get(name, *arguments)
    true = entry.proof.case is None or oracle.rule(entry.words, other.quantity, reader.lexicon, inherited)
    fate = (
        Fate(ALLOWED, f"also true of {name} of another time, flow or name") if true else Fate(WRONG, "no rule, target")
    )
    return fate, _figures([other])


def _figures(facts: Iterable[Fact]) -> str:
    return ", ".join(f"{fact.key} {_value(fact.quantity)}" for fact in facts)


def says_nothing(comparator: str, operands: Sequence[Fact]) -> str:
    """Return why a claim cannot fail, an empty text if it can."""
    one, other = operands[0], operands[-1]
    if comparator == "every":
        differ = [pair for pair in zip(one.arguments, other.arguments, strict=False) if pair[0] != pair[1]]
        if len(differ) != 1 or one.name != other.name or len(one.arguments) != len(other.arguments):
            return "a claim that compares one series and names another"
        return "a claim over no time at all: its end is before its beginning" if differ[0][0] > differ[0][1] else ""
    if comparator == "most" and one.quantity.least > other.quantity.most:
        return "a part that is more than its whole"
    if len(operands) > 1 and one.quantity == other.quantity:
        return "a figure compared with itself"
    return ""


# ---- Words around bindings


def _around(paragraph: Paragraph, mutant: Mutant, group: str = CONTEXT) -> Tried:
    """Return the fate of one changed word of a sentence, with the reason if it survived."""
    text, found = paragraph.text, paragraph.found
    old = text.value[mutant.start : mutant.end]
    before, after = text.plain[: mutant.start][-SHORT:], text.plain[mutant.end :][:SHORT]
    change, fate = f"… {before}[{old} → {mutant.new}]{after} …", Fate(CAUGHT)
    if not paragraph.catches(mutant):
        sentences = (span for block in text.blocks for span in text.sentences(block))
        sentence = next((span for span in sentences if span.start <= mutant.start < span.end), None)
        entries = [entry for entry in found.entries if entry.sentence.span == sentence]
        remarked = any(remark.start <= mutant.start < remark.start + len(remark.words) for remark in found.remarks)
        fate = Fate(ALLOWED, _reason(mutant, text, entries, remarked=remarked))
    return paragraph.tried(group, mutant, change, fate)


def _reason(mutant: Mutant, text: Text, entries: list[Entry], *, remarked: bool) -> str:
    """Return why a sentence may say this word or the other."""
    held = [entry for entry in entries if entry.link.scheme in CHECKED]
    if mutant.kind in TIMES:
        return _reason_of_time(mutant, held, remarked=remarked)
    if mutant.kind in {"flow", "country"}:
        return _reason_of_flow(mutant, text, held)
    if remarked:
        return "a comparison that no claim proves: build.py read shows it"
    return "a word beside figures that no rule reads" if held else "no figure is bound in its sentence"


def _reason_of_time(mutant: Mutant, held: list[Entry], *, remarked: bool) -> str:
    if not held:
        return "no figure is bound in its sentence" + ("; build.py read shows the time" if remarked else "")
    periods = {period for entry in held for period in periods_of(entry.proof)}
    if not periods:
        return "the figures of its sentence have no time of their own"
    if any(re.search(r"\d{4}", entry.words) for entry in held if entry.link.scheme == "said"):
        return "the words of a statement name a time, and only that one is held to it"
    if mutant.kind == "year" and any(period.is_year and period.year == int(mutant.new) for period in periods):
        return "also a time of a figure in its sentence: a base, or what it is compared with"
    return "another time that the sentence names serves its figures" + ("; build.py read shows it" if remarked else "")


def _reason_of_flow(mutant: Mutant, text: Text, held: list[Entry]) -> str:
    if not held:
        return "no figure is bound in its sentence"
    flows = [{fact.quantity.subject for fact in entry.proof.facts} - {""} for entry in held]
    if not any(flows):
        return "the figures of its sentence have no flow"
    if all(len(flow) != 1 for flow in flows):
        return "a claim over figures of several flows is held to none of them"
    if all(flow <= {"total"} for flow in flows):
        return "trade in both directions: no word says who sells"
    if mutant.kind == "flow" and re.match(r"\s+(?:to|from)\b", text.folded[mutant.end :]):
        return "exports from a country and imports from it are one flow"
    return "the flow of the figures is told by other words, or by none"


# ---- What is printed


def report(found: Sequence[Tried], bindings: int, seconds: float) -> list[str]:
    """Return the lines: a table for each group, each survivor with what lets it pass, and the sum."""
    lines = [line for group in (WORDS, TARGET, CONTEXT, MEANING) for line in _table(group, found)]
    wrong = [item for item in found if item.fate == WRONG]
    lines += _listed("Survived, and nothing allows it", wrong)
    for group, title in (
        (WORDS, "Survived by a rule"),
        (TARGET, "The same words, another target"),
        (CONTEXT, "Words around bindings that no rule holds, by reason"),
        (MEANING, "Another thing made of a figure, by reason"),
    ):
        lines += _listed(title, [item for item in found if item.group == group and item.fate == ALLOWED])
    return [*lines, "", _sum(found, bindings, seconds)]


def _table(group: str, found: Sequence[Tried]) -> list[str]:
    """Return how many mutants of each kind there were, were caught, are allowed, are not."""
    counts = Counter((item.kind, item.fate) for item in found if item.group == group)
    kinds = sorted({kind for kind, _ in counts})
    fates = (CAUGHT, ALLOWED, WRONG)
    head = f"{group:32}{'mutants':>9}{CAUGHT:>9}{'survived':>10}{'unallowed':>11}"
    rows = [_row(kind, [counts[kind, fate] for fate in fates]) for kind in kinds]
    return ["", head, *rows, _row("together", [sum(counts[kind, fate] for kind in kinds) for fate in fates])]


def _row(kind: str, counts: list[int]) -> str:
    caught, allowed, wrong = counts
    return f"{kind:32}{sum(counts):>9}{caught:>9}{allowed + wrong:>10}{wrong:>11}"


def _listed(title: str, found: Sequence[Tried]) -> list[str]:
    """Return survivors below what lets them pass, in the order of the texts."""
    lines = ["", f"{title}: {len(found)}"]
    for why in sorted({item.why for item in found}, key=lambda why: (-_count(found, why), why)):
        lines += [f"  {why} ({_count(found, why)})", *(f"    {item}" for item in sorted(found) if item.why == why)]
    return lines


def _count(found: Iterable[Tried], why: str) -> int:
    return sum(item.why == why for item in found)


def _sum(found: Sequence[Tried], bindings: int, seconds: float) -> str:
    counts = Counter((item.group in {CONTEXT, MEANING}, item.fate) for item in found)
    inside, around = (sum(counts[side, fate] for fate in (CAUGHT, ALLOWED, WRONG)) for side in (False, True))
    return (
        f"{inside:,} mutants of {bindings} bindings: {counts[False, CAUGHT]:,} caught, {counts[False, ALLOWED]} true "
        f"all the same, {counts[False, WRONG]} survived that no rule allows. {around} changed words around bindings: "
        f"{counts[True, CAUGHT]} caught, {counts[True, ALLOWED]} survived. {seconds:.0f} seconds."
    )


def main(root: Path = build.ROOT, bind: Callable[..., Bound] = build.bind) -> int:
    """Try every mutant of the story and print what became of them; return 1 if one survived that nothing allows."""
    started = time.perf_counter()
    bound = bind(root, lambda _: None)
    found = [item for language in bound.texts.languages for item in tried(language, bound.facts)]
    entries = [entry for ledger in bound.ledgers.values() for entry in ledger.entries]
    false = sum(bool(entry.faults) for entry in entries)
    for line in report(found, len(entries) - false, time.perf_counter() - started):
        print(line)
    if false:
        print(f"Bindings that are false as they stand, and were left alone: {false}.")
    return int(any(item.fate == WRONG for item in found))


if __name__ == "__main__":
    sys.exit(main())
