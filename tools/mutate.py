"""Whether the checker notices what it must: ``python -m tools.mutate`` changes the
story's links one at a time.

Every link that is true as it stands gets other words (digits, marks, units, scales,
hedges, directions, comparisons) and other targets (a year, month, flow or name beside
its own), and words around links are changed, too. What is printed first is how many
mutants of each kind were noticed, then each that passed, at its place, with the figures
of its target. A person judges those: "about $228 billion" is as true as "$228 billion".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from press.binding import CheckedLink, Facts, Ledger, Prover, check_texts
from press.binding.proof import Proof
from press.content import Language
from press.desk.order import StoryImportFunction, import_story
from press.desk.stages import load_story_and_check_texts
from press.ground.errors import BuildError
from press.quantity import format_exact_quantity
from press.reading import CHECKED, Text
from press.story import CheckedStory
from tools.mutants.changes import Mutant
from tools.mutants.targets import mutate_link_target
from tools.mutants.words import mutate_around_links, mutate_link_words

ROOT = Path(__file__).resolve().parents[1]
WORDS = "Words of links"
TARGETS = "Targets of links"
AROUND = "Words around links"
SHORT = 30  # as many characters on either side show where a word stands


class Outcome(NamedTuple):
    """A mutant at its place, and what is said of it, which is nothing where it was not
    noticed.
    """

    group: str
    kind: str
    place: str
    change: str
    messages: tuple[str, ...]

    @property
    def is_noticed(self) -> bool:
        """Whether anything is said of it that was not said before."""
        return bool(self.messages)


def main(root: Path = ROOT, story: StoryImportFunction = import_story) -> None:
    """Try every mutant of the story, and print what became of them."""
    outcomes = list(try_mutants_of_story(load_story_and_check_texts(root, story)))
    print("\n".join(format_report(outcomes)))


def try_mutants_of_story(bound: CheckedStory) -> Iterator[Outcome]:
    """Yield what becomes of every mutant of every text of a story."""
    language = bound.texts.language
    for title, texts in bound.texts.titles_and_shown_texts:
        for text in texts:
            for block in text.blocks:
                paragraph = text.make_paragraph(block)
                mutated = MutatedParagraph(paragraph, title, language, bound.facts)
                yield from mutated.try_mutants()


def format_report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines: for each group how many mutants of each kind there were and were
    noticed, then what passed.
    """
    for group in (WORDS, TARGETS, AROUND):
        own = [outcome for outcome in outcomes if outcome.group == group]
        yield f"{group:32}  mutants  noticed   passed"
        for kind in sorted({outcome.kind for outcome in own}):
            yield _format_counts(kind, [each for each in own if each.kind == kind])
        yield _format_counts("together", own)
        yield ""
    for outcome in outcomes:
        if not outcome.is_noticed:
            yield f"{outcome.place}: {outcome.kind}: {outcome.change}"


def _format_counts(name: str, outcomes: Sequence[Outcome]) -> str:
    noticed = sum(outcome.is_noticed for outcome in outcomes)
    return f"{name:32}{len(outcomes):>9}{noticed:>9}{len(outcomes) - noticed:>9}"


class MutatedParagraph:
    """A paragraph as it stands, and what was found in it: a mutant is noticed by what
    is new.
    """

    def __init__(
        self, text: Text, title: str, language: Language, facts: Facts
    ) -> None:
        """Check the paragraph, which stands under ``title``."""
        self._text = text
        self._title = title
        self._language = language
        self._facts = facts
        self._prover = Prover(language, facts)
        self._ledger = self._bind_text(text)
        self._known_messages = _count_messages(self._ledger)

    def _bind_text(self, text: Text) -> Ledger:
        return check_texts(self._language, [(self._title, [text])], self._facts)

    def try_mutants(self) -> Iterator[Outcome]:
        """Yield what becomes of every mutant of the paragraph.

        Links that are false as they stand are left alone.
        """
        for entry in self._ledger.checked_links:
            if entry.link.scheme in CHECKED and not entry.faults:
                yield from self._try_mutants_of_link(entry)
        mutants = mutate_around_links(self._text, self._language.lexicon)
        for mutant in dict.fromkeys(mutants):
            before = self._text.visible_text[: mutant.start]
            after = self._text.visible_text[mutant.end :]
            note = f"… {before[-SHORT:]}_{after[:SHORT]} …"
            yield self._make_outcome(
                AROUND, mutant, note, self._list_new_messages(mutant)
            )

    def _try_mutants_of_link(self, entry: CheckedLink) -> Iterator[Outcome]:
        """Yield what becomes of each mutant of a link, once.

        What its target refuses is noticed; the rest is read in its place.
        """
        tried = {(entry.words, entry.link.target)}
        for changed in self._change_link(entry):
            key = (changed.words, changed.target)
            if key in tried or not changed.words.strip():
                continue
            tried.add(key)
            yield self._try_changed_link(entry, changed)

    def _change_link(self, entry: CheckedLink) -> Iterator[_ChangedLink]:
        """Yield a link with other words, then with other targets."""
        lexicon = self._language.lexicon
        target = entry.link.target
        for change in mutate_link_words(entry.words, entry.link.scheme, lexicon):
            yield _ChangedLink(WORDS, change.kind, change.new, target)
        for change in mutate_link_target(entry.target_with_newest_time, self._facts):
            yield _ChangedLink(TARGETS, change.kind, entry.words, change.new)

    def _try_changed_link(self, entry: CheckedLink, changed: _ChangedLink) -> Outcome:
        link = entry.link
        new = f"[{changed.words}]({changed.target})"
        mutant = Mutant(changed.kind, link.start, link.end, new)
        proof = self._prove_changed_link(entry, changed)
        if proof.fault:
            return self._make_outcome(changed.group, mutant, "", (proof.fault,))
        figures = ", ".join(
            f"{fact.key} is {format_exact_quantity(fact.quantity)}"
            for fact in proof.facts
        )
        messages = self._list_new_messages(mutant)
        return self._make_outcome(changed.group, mutant, figures, messages)

    def _prove_changed_link(self, entry: CheckedLink, changed: _ChangedLink) -> Proof:
        """Hold words to a target, whatever stands around them."""
        context = entry.sentence.read_link_context(entry.link)
        try:
            return self._prover.prove_words(changed.target, changed.words, context)
        except BuildError as error:
            return Proof("", fault=str(error))

    def _list_new_messages(self, mutant: Mutant) -> tuple[str, ...]:
        """Return what is said of a paragraph with a mutant, and not without it."""
        before = self._text.value[: mutant.start]
        after = self._text.value[mutant.end :]
        value = f"{before}{mutant.new}{after}"
        ledger = self._bind_text(replace(self._text, value=value, without_code=None))
        new_messages = _count_messages(ledger) - self._known_messages
        return tuple(new_messages.elements())

    def _make_outcome(
        self, group: str, mutant: Mutant, note: str, messages: tuple[str, ...]
    ) -> Outcome:
        line, column = self._text.line_and_column(mutant.start)
        old = self._text.value[mutant.start : mutant.end]
        change = " ".join(f"{old} → {mutant.new}; {note}".split())
        place = f"{self._text.path}:{line}:{column}"
        return Outcome(group, mutant.kind, place, change, messages)


class _ChangedLink(NamedTuple):
    """A link with other words or another target."""

    group: str
    kind: str
    words: str
    target: str


def _count_messages(ledger: Ledger) -> Counter[str]:
    return Counter(problem.message for problem in ledger.problems)


if __name__ == "__main__":
    main()
