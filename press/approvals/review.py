"""Which passages somebody has read as they are now, why others have to be read again,
and the files once they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from press.approvals.approval_files import (
    EXCERPT_LENGTH,
    Approval,
    format_approvals,
    get_approvals_path,
)
from press.approvals.passages import Passage, PassageKey
from press.ground.errors import Problem, format_count, quote_words

NEVER_READ = ("nobody has read these words",)
MOST_QUOTED = 80  # characters of a passage in a message


class UnreadPassage(NamedTuple):
    """A passage that nobody has read as it is now, and what has changed since somebody
    did.
    """

    passage: Passage
    reasons: tuple[str, ...]

    @property
    def words_place_why_and_doubts(self) -> dict[str, str]:
        """Its words, where they stand, why it is unread, and its doubts,
        for a program.
        """
        line, column = self.passage.line_and_column
        return {
            "words": self.passage.words,
            "place": f"{self.passage.path}:{line}:{column}",
            "why": "; ".join(self.reasons),
            "doubts": "; ".join(self.passage.doubts),
        }

    @property
    def problem(self) -> Problem:
        """What a strict build says of it."""
        line, column = self.passage.line_and_column
        words = self.passage.words
        if len(words) > MOST_QUOTED:
            words = f"{words[: MOST_QUOTED - 1].rstrip()}…"
        message = f"unread: {quote_words(words)}: {'; '.join(self.reasons)}"
        hint = "python build.py read shows it beside its data"
        return Problem(self.passage.path, line, message, hint, column)


@dataclass(frozen=True)
class Review:
    """The passages of a story that are to be read, held to the approvals in its files,
    once somebody asks.

    ``folder`` is that of the texts, ``approvals`` are by file; ``find_passages`` gives
    the passages, in order.
    """

    folder: str
    approvals: Mapping[str, Sequence[Approval]]
    find_passages: Callable[[], Sequence[Passage]]

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """All that are to be read."""
        return self.find_passages()

    @cached_property
    def passages_without_faults(self) -> Sequence[Passage]:
        """Those in which no link is false: the others are no matter of reading."""
        return [passage for passage in self.passages if not passage.has_false_link]

    @cached_property
    def unread(self) -> Sequence[UnreadPassage]:
        """Those without faults that nobody has read as they are now."""
        approvals_by_hash = defaultdict[str, list[Approval]](list)
        for approval in chain.from_iterable(self.approvals.values()):
            approvals_by_hash[approval.own].append(approval)
            if approval.without_figures:
                approvals_by_hash[approval.without_figures].append(approval)
        unread = list[UnreadPassage]()
        for passage in self.passages_without_faults:
            approvals = [
                *approvals_by_hash.get(passage.words_and_targets_hash, ()),
                *approvals_by_hash.get(passage.hash_without_figures, ()),
            ]
            # labels of other files may be as many
            own_path = get_approvals_path(passage, self.folder)
            own_approvals = self.approvals.get(own_path, ())
            own_first = [each for each in approvals if each in own_approvals]
            changes = [
                tuple(_describe_changed_context_and_evidence(each, passage))
                for each in (*own_first, *approvals)
            ]
            if () not in changes:
                why = min(changes, key=len, default=NEVER_READ)
                unread.append(UnreadPassage(passage, why))
        return unread

    @property
    def has_begun(self) -> bool:
        """Tell whether anybody has approved anything: a new story is told once, not
        sentence by sentence.
        """
        return any(self.approvals.values())

    def describe_read_and_unread_counts(self) -> str:
        """Return how many passages are read, and how many doubts stand in those that
        are not.
        """
        unread = len(self.unread)
        read = len(self.passages_without_faults) - unread
        doubts = sum(len(item.passage.doubts) for item in self.unread)
        doubtful = f" with {format_count(doubts, 'doubt')}" if doubts else ""
        return f"{self.folder}: {read} sentences read, {unread} unread{doubtful}"

    def format_files_changed_by_approving(
        self, accepted: Collection[Passage]
    ) -> dict[str, bytes]:
        """Return the files that change when somebody approves passages, with their new
        bytes.

        Once nothing is unread, the lines that no passage needs are left out: until then
        they say what has changed.
        """
        new = defaultdict[str, list[Approval]](list)
        for passage in accepted:
            path = get_approvals_path(passage, self.folder)
            excerpt = passage.words[:EXCERPT_LENGTH]
            new[path].append(
                Approval(
                    *passage.key,
                    excerpt,
                    passage.evidence,
                    passage.hash_without_figures,
                )
            )
        obsolete = set[PassageKey]()
        newly_accepted_keys = {passage.key for passage in accepted}
        if newly_accepted_keys.issuperset(item.passage.key for item in self.unread):
            obsolete = self._find_keys_of_obsolete_approvals(newly_accepted_keys)
        files = {}
        for path in sorted({*self.approvals, *new}):
            old = self.approvals.get(path, ())
            dropped = obsolete | {approval.key for approval in new[path]}
            kept = [approval for approval in old if approval.key not in dropped]
            content = format_approvals([*kept, *new[path]])
            if content != format_approvals(old):
                files[path] = content
        return files

    def _find_keys_of_obsolete_approvals(
        self, newly_accepted_keys: Collection[PassageKey]
    ) -> set[PassageKey]:
        """Return the keys of approvals that no passage needs, once some are accepted:
        one with other numbers is needed where no newer one is known.
        """
        needed_keys = {passage.key for passage in self.passages}
        known_keys = {
            *newly_accepted_keys,
            *(each.key for each in chain.from_iterable(self.approvals.values())),
        }
        needed_without_figures = {
            passage.hash_without_figures
            for passage in self.passages
            if passage.key not in known_keys
        } - {""}
        return {
            approval.key
            for approval in chain.from_iterable(self.approvals.values())
            if approval.key not in needed_keys
            and approval.without_figures not in needed_without_figures
        }


def _describe_changed_context_and_evidence(
    approval: Approval, passage: Passage
) -> Iterator[str]:
    """Yield what has changed around a passage and in its evidence since an approval of
    the same words, or of the same but for numbers: nothing where it still holds.
    Evidence that is new does not count, nor that of links whose figures move on.
    """
    has_other_numbers = approval.own != passage.words_and_targets_hash
    if has_other_numbers and not passage.moving_targets:
        yield "its numbers have changed"
    if approval.around != passage.key.context_hash:
        yield "the words that it stands under or after have changed"
    old = [
        each
        for each in approval.beside
        if each not in passage.evidence and not passage.is_evidence_of_moving_link(each)
    ]
    new = [each for each in passage.evidence if each not in approval.beside]
    if old:
        yield f"was {'; '.join(old)}; is {'; '.join(new) or 'so no longer'}"
