"""Repairing stale numbers and dates: what an editor would have typed, and nothing
else.

A sentence that asks for the latest figure and names its time keeps both: the time is
written in place of ``latest``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from press.binding.adjacent_words import TURNED
from press.binding.date_words import replace_date
from press.binding.facts import Facts
from press.binding.faults import TIME_RANK
from press.binding.latest import LATEST_IN_TARGET
from press.binding.ledger import CheckedLink, Ledger
from press.binding.number_truth import (
    has_usual_numbers_before_scale,
    replace_number_if_writable,
)
from press.binding.paragraph import check_paragraph
from press.binding.truth import is_true_of_figure, list_errors_except_number
from press.binding.words_and_figure import WordsAndFigure
from press.ground.errors import BuildError, Problem, Problems, format_count
from press.ground.files import convert_line_ends
from press.ground.period import Period
from press.reading import (
    CHECKED,
    Sentence,
    Text,
    Vocabulary,
    begins_in,
    find_named_periods_and_days,
)

TELLING_RANKS = (TURNED, TIME_RANK)  # of doubts that a repair may not bring
# characters that a number may gain or lose: more, and a scale is missing ("[$200](…)
# billion")
MOST_CHANGED = 3
BYTE_ORDER_MARK = "\ufeff"
LINE_END = re.compile(r"\r\n|\r|\n")


class Edit(NamedTuple):
    """A number, a date or a target in a text that is to be written anew: where it
    stands, what its words are and will be.
    """

    text: Text
    start: int
    old_words: str
    new_words: str

    def __str__(self) -> str:
        """Write the edit as a clickable line."""
        line, column = self.text.line_and_column(self.start)
        edit = f"{self.text.path}:{line}:{column}: {self.old_words} → {self.new_words}"
        return edit.replace("\n", " ")

    @property
    def start_in_file(self) -> int:
        """Where its words begin in the file."""
        return self.text.file_offset + self.start

    def replace_words_at(self, start: int, text: str) -> str:
        """Return a text with the words that begin at ``start`` written anew."""
        return text[:start] + self.new_words + text[start + len(self.old_words) :]


def find_repairs(vocabulary: Vocabulary, ledger: Ledger, facts: Facts) -> list[Edit]:
    """Return every edit that makes a sentence true: of a sentence all that are false,
    or none; also none where it would bring a doubt, such as "fell to" a number that the
    table has now for both years.
    """
    found: list[Edit] = []
    for sentence, own in groupby(
        ledger.checked_links, key=lambda checked_link: checked_link.sentence
    ):
        checked_links = list(own)
        wrong = [checked_link for checked_link in checked_links if checked_link.faults]
        for repairs in _list_ways_to_repair(sentence, wrong, vocabulary):
            if not repairs:
                continue
            repaired = _apply_repairs_and_recheck_sentence(
                sentence, repairs, vocabulary, facts
            )
            is_true = not any(checked_link.faults for checked_link in repaired)
            if is_true and _count_telling_doubts(repaired) <= _count_telling_doubts(
                checked_links
            ):
                found += repairs
                break
    return found


def _count_telling_doubts(checked_links: Iterable[CheckedLink]) -> int:
    """Return how many doubts there are whether links are of the time named, or have a
    direction or negation beside them that turns them round.
    """
    return sum(
        fault.rank in TELLING_RANKS
        for checked_link in checked_links
        for fault in checked_link.faults_and_doubts
    )


def _list_ways_to_repair(
    sentence: Sentence, wrong_links: Sequence[CheckedLink], vocabulary: Vocabulary
) -> Iterator[list[Edit]]:
    """Yield edits of the wrong links of a sentence, to be tried in this order: a time
    that it names for each ``latest``, else newer numbers.
    """
    stale = [
        checked_link
        for checked_link in wrong_links
        if checked_link.proof.time_for_latest
    ]
    others = [
        checked_link
        for checked_link in wrong_links
        if not checked_link.proof.time_for_latest
    ]
    if stale:
        for time in _list_times_named_outside_links(sentence, vocabulary):
            yield [
                *_replace_latest_in_targets(stale, time),
                *_repair_false_links(others),
            ]
    yield list(_repair_false_links(wrong_links))


def _list_times_named_outside_links(
    sentence: Sentence, vocabulary: Vocabulary
) -> list[str]:
    """Return the times that a sentence names in words that ``fix`` does not write, else
    those named before it in its paragraph, the nearest first: as targets have them,
    each once.
    """
    text = sentence.text
    named = [
        time
        for block in text.blocks
        for time in find_named_periods_and_days(text, block, vocabulary.lexicon).periods
        if time.start < sentence.end
    ]
    own = [time for time in named if begins_in(time, sentence)]
    found = list[str]()
    for time in reversed(own or named):
        is_written_by_fix = any(
            link.words_start < time.end and time.start < link.words_end
            for link in text.bindings
            if link.scheme in CHECKED
        )
        if not is_written_by_fix:
            found += _list_target_spellings_of_period(time.period)
    return list(dict.fromkeys(found))


def _list_target_spellings_of_period(period: Period) -> Iterator[str]:
    """Yield how targets may have a period: as it is, its last month, its year."""
    for written in (f"{period}", f"{Period(period.last, period.last)}"):
        if Period.parse_or_none(written):
            yield written
    yield f"{period.year:04d}"


def _replace_latest_in_targets(
    checked_links: Sequence[CheckedLink], time: str
) -> Iterator[Edit]:
    """Yield an edit for each target that asks for the latest figure."""
    for checked_link in checked_links:
        target = checked_link.link.target
        start = checked_link.text.value.find(
            target, checked_link.link.words_end, checked_link.link.end
        )
        if start >= 0 and checked_link.text.file_offset >= 0:
            dated = LATEST_IN_TARGET.sub(time, target)
            yield Edit(checked_link.text, start, target, dated)


def _repair_false_links(checked_links: Sequence[CheckedLink]) -> Iterator[Edit]:
    """Yield an edit for each false link whose number or date can be made true.

    Those in texts that do not stand in their files as they are read are left out.
    """
    for checked_link in checked_links:
        if checked_link.proof.fault and checked_link.text.file_offset >= 0:
            new = _correct_words_of_link(checked_link)
            if new and new != checked_link.words:
                yield Edit(
                    checked_link.text,
                    checked_link.link.words_start,
                    checked_link.words,
                    new,
                )


def _correct_words_of_link(checked_link: CheckedLink) -> str | None:
    """Return the words of a false link with their number or date made true, ``None``
    where a person must do it.
    """
    proof = checked_link.proof
    if proof.case:
        new = correct_number(proof.case)
        if new and abs(len(new) - len(checked_link.words)) <= MOST_CHANGED:
            return new
        return None
    if proof.claim or not proof.facts:
        return None
    figure = proof.facts[0].quantity
    return (
        replace_date(checked_link.words, figure) if figure.kind_rules.is_date else None
    )


def correct_number(case: WordsAndFigure) -> str | None:
    """Return the words with their number made true, as they are if they are true
    already.

    ``None`` where a person must write them: with that number they would be false, or
    need other words or another scale.
    """
    if is_true_of_figure(case):
        return case.text
    if list_errors_except_number(
        case
    ):  # a minus sign would stand for the direction that they lack
        return None
    corrected = replace_number_if_writable(case)
    if (
        corrected
        and has_usual_numbers_before_scale(corrected.phrase)
        and is_true_of_figure(corrected)
    ):
        return corrected.text
    return None


def _apply_repairs_and_recheck_sentence(
    sentence: Sentence, repairs: Sequence[Edit], vocabulary: Vocabulary, facts: Facts
) -> list[CheckedLink]:
    """Return the links of a sentence as the checker finds them once it is repaired."""
    value = sentence.text.value
    by_place = sorted(repairs, key=lambda edit: edit.start)
    for edit in reversed(by_place):  # so that the places of those before hold
        value = edit.replace_words_at(edit.start, value)
    repaired = replace(sentence.text, value=value, without_code=None)
    checked = check_paragraph(repaired, sentence.paragraph.title, vocabulary, facts)
    return [
        checked_link
        for checked_link in checked.checked_links
        if begins_in(sentence, checked_link.sentence)
    ]


def apply_edits(raw: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a file's bytes with its edits made; its byte-order mark and the line ends
    that it begins with stay.

    Raises ``BuildError`` where the file is no longer what was read.
    """
    written = raw.decode("utf-8")
    mark = BYTE_ORDER_MARK if written.startswith(BYTE_ORDER_MARK) else ""
    line_end = LINE_END.search(written)
    text = convert_line_ends(written.removeprefix(mark))
    for edit in sorted(edits, key=lambda edit: edit.start_in_file, reverse=True):
        if not text.startswith(edit.old_words, edit.start_in_file):
            message = "the file was changed while fix was running; nothing was written"
            raise BuildError([Problem(edit.text.path, 1, message, "run fix again")])
        text = edit.replace_words_at(edit.start_in_file, text)
    if line_end:
        text = text.replace("\n", line_end[0])
    return (mark + text).encode("utf-8")


def group_edits_by_file(edits: Sequence[Edit]) -> Mapping[str, list[Edit]]:
    """Return the edits of each file."""
    files: dict[str, list[Edit]] = {}
    for edit in edits:
        files.setdefault(edit.text.path, []).append(edit)
    return files


def list_problems_without_edit(problems: Problems, edits: Sequence[Edit]) -> Problems:
    """Return the problems that do not stand where an edit is made."""
    mended = {
        (edit.text.path, *edit.text.line_and_column(edit.start)) for edit in edits
    }
    return Problems(
        item for item in problems if (item.path, item.line, item.column) not in mended
    )


def format_fix_report(
    edits: Sequence[Edit], problems_left: Problems, *, dry: bool
) -> str:
    """Say what was (or would be) written, what is left for a person, and at last how
    much of both there is.
    """
    problems = BuildError(problems_left).problems
    done = "Nothing to fix"
    if edits:
        numbers = format_count(len(edits), "number")
        files = format_count(len(group_edits_by_file(edits)), "file")
        done = f"{numbers} {'to be written' if dry else 'written'} in {files}"
    rest = "no problems left"
    if problems:
        rest = f"{format_count(len(problems), 'problem')} left to correct by hand"
    return "\n".join([*map(str, edits), *map(str, problems), f"{done}, {rest}"])
