"""The ledger: every binding of a story, what it was proved on, and what is wrong with
it or beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from press.binding.facts import Fact
from press.binding.latest import LATEST_IN_TARGET
from press.binding.proof import Proof
from press.ground.errors import Fault, Problem
from press.reading import CHECKED, Link, Sentence, Text

# what a binding that is right counts as, in words
VERDICTS = {
    "proved": "proved on data",
    "matched": "match a cited statement",
    "cited": "cited",
    "defined": "defined",
}


@dataclass(frozen=True)
class CheckedLink:
    """One binding: its sentence, its link, the proof of its words, what was found."""

    sentence: Sentence
    link: Link
    proof: Proof
    faults_and_doubts: tuple[Fault, ...] = ()

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with it, without the doubts."""
        return [fault for fault in self.faults_and_doubts if not fault.rank]

    @property
    def text(self) -> Text:
        """The text that holds it."""
        return self.sentence.text

    @property
    def offset_in_whole_text(self) -> int:
        """Where its link begins in the whole text, counted as the file is written."""
        return (
            self.text.file_offset - self.text.whole_text.file_offset + self.link.start
        )

    @property
    def words(self) -> str:
        """The words of the link."""
        return self.text.value[self.link.words_start : self.link.words_end]

    @cached_property
    def target_with_newest_time(self) -> str:
        """The target of its link, with the newest time in place of ``latest``; as it is
        where that cannot be told.
        """
        newest = self.proof.time_for_latest
        if not newest:
            return self.link.target
        return LATEST_IN_TARGET.sub(newest, self.link.target)

    @property
    def has_facts_or_statement(self) -> bool:
        """Tell whether it rests on facts or on a statement, right or wrong: it has a
        receipt. Sources and terms have pages of their own.
        """
        return self.link.scheme in CHECKED and bool(
            self.proof.facts or self.proof.source_ids
        )

    @property
    def verdict(self) -> str:
        """What the binding counts as: what its proof rests on, or ``false``."""
        return "false" if self.faults else self.proof.basis


@dataclass(frozen=True)
class Ledger:
    """All bindings of some texts, in their order, and what was found in these texts.

    ``problems`` are wrong. ``doubts``, each with its paragraph, are not, but a reader
    should look at them.
    """

    checked_links: tuple[CheckedLink, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[tuple[Text, Fault], ...]
    # each number that an exception allows: its file there, and the words
    used_exceptions: tuple[tuple[str, str], ...]

    def summarize_verdicts_exceptions_and_doubts(self) -> str:
        """Return how many bindings there are of each verdict, never summed into one
        figure, and how many doubts.
        """
        count = Counter(checked_link.verdict for checked_link in self.checked_links)
        parts = [f"{count[verdict]} {words}" for verdict, words in VERDICTS.items()]
        if count["false"]:
            parts.append(f"{count['false']} false")
        parts.append(f"{len(self.used_exceptions)} excepted")
        if self.doubts:
            parts.append(f"{len(self.doubts)} in doubt")
        return ", ".join(parts)


def list_links_to_levels(checked_links: Iterable[CheckedLink]) -> list[CheckedLink]:
    """Return the links to facts whose figures are no changes."""
    return [
        checked_link
        for checked_link in checked_links
        if checked_link.link.scheme == "fact"
        and checked_link.proof.facts
        and not get_fact(checked_link).quantity.signed
    ]


def get_fact(checked_link: CheckedLink) -> Fact:
    """Return the first fact of a link that has one."""
    return checked_link.proof.facts[0]
