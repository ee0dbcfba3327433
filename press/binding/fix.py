"""Repairing stale numbers and dates: what an editor would have typed, and
nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from press.binding.facts import Facts
from press.binding.ledger import Entry, Ledger
from press.binding.paragraph import hold_paragraph
from press.binding.truth import (
    Case,
    is_true,
    keeps_its_scale,
    misfits,
    redated,
    renumbered,
)
from press.ground.errors import BuildError, Problem, Problems, counted
from press.ground.files import lines_of
from press.quantity import DATES
from press.reading import Text, Texts, Vocabulary

# characters that a number may gain or lose: more, and a scale is missing ("[$200](…)
# billion")
ROOM = 3
MARK = "\ufeff"  # of the order of bytes
LINE_END = re.compile(r"\r\n|\r|\n")


class Edit(NamedTuple):
    """A number or date in a text that is to be written anew: where it stands, what its
    words are and will be.
    """

    text: Text
    start: int
    words: str
    new: str

    def __str__(self) -> str:
        """Write the edit as a clickable line."""
        line, column = self.text.place(self.start)
        return f"{self.text.path}:{line}:{column}: {self.words} → {self.new}".replace(
            "\n", " "
        )


def edits(
    vocabulary: Vocabulary, texts: Texts, ledger: Ledger, facts: Facts
) -> list[Edit]:
    """Return every repair of ``texts`` that makes a sentence true; those of one
    sentence all or none.
    """
    found: list[Edit] = []
    titles = {text.path: title for title, group in texts for text in group}
    for sentence, group in groupby(ledger.entries, key=lambda entry: entry.sentence):
        false = [entry for entry in group if entry.proof.fault]
        made = list(_of_sentence(false))
        if (
            made
            and len(made) == len(false)
            and _makes_true(made, titles[sentence.text.path], vocabulary, facts)
        ):
            found += made
    return found


def _of_sentence(false: Sequence[Entry]) -> Iterator[Edit]:
    """Yield the repairs of the false links of a sentence that are facts with a number
    or a date.
    """
    for entry in false:
        if entry.text.start >= 0 and (new := _anew(entry)) and new != entry.words:
            yield Edit(entry.text, entry.link.words_start, entry.words, new)


def _anew(entry: Entry) -> str | None:
    """Return the words of a false link with their number or date made true, ``None``
    where a person must do it.
    """
    if case := entry.proof.case:
        new = rewritten(case)
        return new if new and abs(len(new) - len(entry.words)) <= ROOM else None
    dates = [fact.quantity for fact in entry.proof.facts if fact.quantity.kind in DATES]
    return redated(entry.words, dates[0]) if dates and not entry.proof.claim else None


def rewritten(case: Case) -> str | None:
    """Return the words with their number made true, as they are if they are true
    already.

    ``None`` where a person must write them: with that number they would be false, or
    need other words or another scale.
    """
    if is_true(case):
        return case.text
    # else a minus sign would stand for the direction that they lack
    made = None if misfits(case) else renumbered(case)
    return (
        made.text if made and keeps_its_scale(made.phrase) and is_true(made) else None
    )


def _makes_true(
    made: Sequence[Edit], title: str, vocabulary: Vocabulary, facts: Facts
) -> bool:
    """Tell whether no link of the sentence is false once it is written anew.

    The figure that ``latest`` stands for may stand beside an old date, which is no
    link: a person must write that.
    """
    text, start = made[0].text, made[0].start
    written = replace(text, value=_applied(text.value, made), without_code=None)
    held = hold_paragraph(written, title, vocabulary, facts)
    found = (
        entry
        for entry in held.entries
        if entry.sentence.start <= start < entry.sentence.end
    )
    return all(
        not entry.faults or (entry.proof.latest and not entry.proof.fault)
        for entry in found
    )


def _applied(value: str, made: Sequence[Edit]) -> str:
    """Return a text with its words written anew, the last first, so that
    places hold.
    """
    for edit in sorted(made, key=lambda item: -item.start):
        value = value[: edit.start] + edit.new + value[edit.start + len(edit.words) :]
    return value


def applied(raw: bytes, made: Sequence[Edit]) -> bytes:
    """Return a file's bytes with its edits made; its byte-order mark and the line ends
    that it begins with stay.

    Raises ``BuildError`` where the file is no longer what was read.
    """
    text = raw.decode("utf-8")
    mark, end = text[: text.startswith(MARK)], LINE_END.search(text)
    text = lines_of(text.removeprefix(mark))
    for edit in sorted(made, key=lambda item: -item.text.start - item.start):
        start = edit.text.start + edit.start
        if not text.startswith(edit.words, start):
            message = "the file was changed while fix was running; nothing was written"
            raise BuildError([Problem(edit.text.path, 1, message, "run fix again")])
        text = text[:start] + edit.new + text[start + len(edit.words) :]
    return (mark + text.replace("\n", end[0] if end else "\n")).encode("utf-8")


def by_file(made: Sequence[Edit]) -> Mapping[str, list[Edit]]:
    """Return the edits of each file."""
    files: dict[str, list[Edit]] = {}
    for edit in made:
        files.setdefault(edit.text.path, []).append(edit)
    return files


def without(problems: Problems, made: Sequence[Edit]) -> Problems:
    """Return the problems that are left once the edits are made."""
    mended = {(edit.text.path, *edit.text.place(edit.start)) for edit in made}
    return Problems(
        item for item in problems if (item.path, item.line, item.column) not in mended
    )


def as_text(made: Sequence[Edit], left: Problems, *, dry: bool) -> str:
    """Say what was (or would be) written, what is left for a person, and at last how
    much of both there is.
    """
    lines = [*map(str, made), *map(str, BuildError(left).problems)]
    count = len(BuildError(left).problems)
    person = (
        f"{counted(count, 'problem')} left to correct by hand"
        if count
        else "no problems left"
    )
    if made:
        written = "to be written" if dry else "written"
        done = (
            f"{counted(len(made), 'number')} {written} in"
            f" {counted(len(by_file(made)), 'file')}"
        )
    else:
        done = "Nothing to fix"
    return "\n".join([*lines, f"{done}, {person}"])
