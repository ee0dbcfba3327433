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

from press.approvals.lines import SAYS, Approval, file_of, written
from press.approvals.passages import Passage
from press.ground.errors import Problem, counted, quoted

NEVER = ("nobody has read these words",)
LONG = 80  # characters of a passage in a message


class Unread(NamedTuple):
    """A passage that nobody has read as it is now, and what has changed since somebody
    did.
    """

    passage: Passage
    why: tuple[str, ...]

    @property
    def telling(self) -> dict[str, str]:
        """Its words, where they stand, why it is unread, and its doubts,
        for a program.
        """
        (line, column), words = self.passage.place, self.passage.words
        place, why, doubts = (
            f"{self.passage.path}:{line}:{column}",
            "; ".join(self.why),
            "; ".join(self.passage.doubts),
        )
        return {"words": words, "place": place, "why": why, "doubts": doubts}

    @property
    def problem(self) -> Problem:
        """What a strict build says of it."""
        words, (line, column) = self.passage.words, self.passage.place
        short = words if len(words) <= LONG else f"{words[: LONG - 1].rstrip()}…"
        hint = "python build.py read shows it beside its data"
        return Problem(
            self.passage.path,
            line,
            f"unread: {quoted(short)}: {'; '.join(self.why)}",
            hint,
            column,
        )


@dataclass(frozen=True)
class Review:
    """The passages of a story that are to be read, held to the approvals in its files,
    once somebody asks.

    ``folder`` is that of the texts, ``approvals`` are by file; ``find`` gives the
    passages, in order.
    """

    folder: str
    approvals: Mapping[str, Sequence[Approval]]
    find: Callable[[], Sequence[Passage]]

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """All that are to be read."""
        return self.find()

    @cached_property
    def unread(self) -> Sequence[Unread]:
        """Those that nobody has read as they are now, but for what is false."""
        by_own, unread = defaultdict[str, list[Approval]](list), list[Unread]()
        for item in chain.from_iterable(self.approvals.values()):
            by_own[item.own].append(item)
        for passage in (each for each in self.passages if not each.is_false):
            # a story that nobody reads needs no hashes
            alike = by_own.get(passage.own, ()) if by_own else ()
            changes = [tuple(_changes(item, passage)) for item in alike]
            if () not in changes:
                unread.append(
                    Unread(passage, min(changes, key=len) if changes else NEVER)
                )
        return unread

    @property
    def has_begun(self) -> bool:
        """Tell whether anybody has approved anything: a new story is told once, not
        sentence by sentence.
        """
        return any(self.approvals.values())

    def coverage(self) -> str:
        """Return how many passages are read, and how many doubts stand in those that
        are not.
        """
        read = sum(not passage.is_false for passage in self.passages) - len(self.unread)
        doubts = sum(len(item.passage.doubts) for item in self.unread)
        doubtful = f" with {counted(doubts, 'doubt')}" if doubts else ""
        return (
            f"{self.folder}: {read} sentences read, {len(self.unread)} unread{doubtful}"
        )

    def accepting(self, accepted: Collection[Passage]) -> dict[str, bytes]:
        """Return the files that change when somebody approves passages, with their new
        bytes.

        Once nothing is unread, the lines that no passage needs are left out: until then
        they say what has changed.
        """
        new = defaultdict[str, list[Approval]](list)
        for passage in accepted:
            new[file_of(passage, self.folder)].append(
                Approval(*passage.key, passage.words[:SAYS], passage.beside)
            )
        done = {item.passage.key for item in self.unread} <= {
            passage.key for passage in accepted
        }
        needed = {passage.key for passage in self.passages} if done else None
        files = {}
        for file in sorted({*self.approvals, *new}):
            again = {item.key for item in new[file]}
            old = (
                item for item in self.approvals.get(file, ()) if item.key not in again
            )
            kept = [item for item in old if needed is None or item.key in needed]
            files[file] = written([*kept, *new[file]])
        return {
            file: body
            for file, body in files.items()
            if body != written(self.approvals.get(file, ()))
        }


def _changes(approval: Approval, passage: Passage) -> Iterator[str]:
    """Yield what has changed since an approval of the same words with the same links:
    around it, and of its basis.
    """
    if approval.around != passage.key[1]:
        yield "the words that it stands under or after have changed"
    old, new = (
        [each for each in one if each not in other]
        for one, other in (
            (approval.beside, passage.beside),
            (passage.beside, approval.beside),
        )
    )
    if old:
        yield f"was {'; '.join(old)}; is {'; '.join(new) or 'so no longer'}"
