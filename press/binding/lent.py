"""Holding figures to what they stand under: a figure that its sentence does not date is of the time of its heading.

A cell of a table is of what the heads of its row and of its column say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from press.binding.proof import Proof
from press.binding.times import fits, periods_of, written
from press.ground.errors import Fault
from press.ground.period import Period
from press.reading import Link, Sentence, read_alone


def lent_fault(sentence: Sentence, link: Link, proof: Proof) -> Fault | None:
    """Return what is wrong where what a figure stands under names another time, subject or value than its own."""
    heads = [(words, read_alone(words, sentence.lexicon)) for words in sentence.heads]
    for words, read in heads:
        if told := _told_otherwise(read, proof) or _times_of_others(read, proof):
            return _fault(sentence, link, told, words)
    spans = all(fact.quantity.kind == "span" for fact in proof.facts)  # "a year early": of no time of its own
    if heads or sentence.times or spans:
        return None
    return _undated(sentence, link, proof)


def _undated(sentence: Sentence, link: Link, proof: Proof) -> Fault | None:
    """A figure that its sentence does not date is of a time that the paragraph has named, else of its heading's."""
    before = [item for item in sentence.paragraph_times if item.end <= sentence.start]
    periods = periods_of(proof)
    if not periods or sentence.paragraph_times:
        found = before if periods and not fits(before, periods) else []
        words = sentence.shown(found[-1]) if found else ""
        return _fault(sentence, link, _written(periods, sentence), words) if words else None
    for words in reversed(sentence.text.above.headings):
        read = read_alone(words, sentence.lexicon)
        if any(item.times for item in read):
            told = _times_of_others(read, proof)
            return _fault(sentence, link, told, words) if told else None
    return None


def _times_of_others(read: Iterable[Sentence], proof: Proof) -> str:
    """Return the times of a figure in words, where words above name others; "" where they name its own, or none."""
    sentences, periods = [*read], periods_of(proof)
    named = [time for item in sentences for time in item.times]
    return _written(periods, sentences[0]) if periods and named and not fits(named, periods) else ""


def _written(periods: Iterable[Period], sentence: Sentence) -> str:
    return " or ".join(written(period, sentence.lexicon) for period in sorted(periods))


def _told_otherwise(read: Iterable[Sentence], proof: Proof) -> str:
    """Return the subject or the value of a figure that words above deny by naming another one."""
    return next(_differing([*read], proof), "")


def _differing(read: list[Sentence], proof: Proof) -> Iterator[str]:
    figures = [fact.quantity for fact in proof.facts]
    subjects = {item.subject for item in figures} - {""}
    named = [item for sentence in read for item in sentence.subjects if not item.unclear]
    if len(subjects) == 1 and named and not any(subjects <= item.subjects for item in named):
        yield subjects.pop()
    for dimension in read[0].lexicon.dimensions if read else ():
        values = {item.dimensions.get(dimension.name, "") for item in figures}
        words = [item for sentence in read for item in sentence.values(dimension)]
        if len(values) == 1 and "" not in values and words and not any(values <= item.values for item in words):
            yield values.pop()


def _fault(sentence: Sentence, link: Link, own: str, words: str) -> Fault:
    message = f'"{sentence.own_words(link)}" is a figure of {own}, but stands under "{words}"'
    return Fault(link.words_start, link.words_end, message, "name its own in the sentence, or link another fact")
