"""What a sentence says of its figures: when, whose, of what; and whether that is so.

Of each thing that tells figures apart (their time, their subject, each dimension of the
story) a sentence may name some values. Where none of them can be the figure's, that is
a problem. Of several, words alone do not say surely which is meant: then the nearest
that is not the figure's is a doubt, unless two figures would both be right if they
changed places, which is a problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from press.binding.claim_words import SCOPES
from press.binding.ledger import Entry
from press.binding.proof import Proof
from press.binding.times import Dated, bases_of, periods_of, written
from press.ground.errors import Fault, similar
from press.quantity import DATES, PLUS, Quantity
from press.reading import Dimension, Link, Sentence, Span, inside, lies_in, read_alone

# Kinds that no dimension tells apart unless their fact says so: times, counts, and what
# a story has set.
APART = DATES | {"span", "count", "constant"}
BEHIND = 8  # so near behind a figure words are added to it: "[$5 billion], in yuan"
# ranks of doubts: the lower, the more telling
OF_TIME, OF_WHOM, OF_WHAT, UNSAID = 2, 3, 4, 7


@dataclass(frozen=True, eq=False)
class Valued:
    """A subject or a value of a dimension that a figure has; of a sum each of
    ``values`` is to be named.
    """

    word: str
    values: frozenset[str]
    named: Sequence[Any]
    rank: int
    free: bool = False  # it needs no naming

    def meant(self, _wrong: Any) -> str:  # noqa: ANN401 - a named subject or value
        """Return of what a figure is, in words."""
        return f'is of "{self.word}"'

    def fits(self, item: Any) -> bool:  # noqa: ANN401 - as above
        """Tell whether a value that is named is one of the figure's."""
        return bool(self.values & item.values)

    def wrong(self, named: Sequence[Any]) -> Any:  # noqa: ANN401 - as above
        """Return the first of some that is not the figure's, if none of them is."""
        return None if any(map(self.fits, named)) else next(iter(named), None)

    def is_sure(self, _wrong: Any, figures: int) -> bool:  # noqa: ANN401 - as above
        """Tell whether a sentence names one value alone, and has one figure, whose
        value no words need name.
        """
        return (
            figures == 1
            and len({item.values for item in self.named}) == 1
            and not self.free
        )


# one thing that tells figures apart, as a sentence names it and as a figure has it
Telling = Dated | Valued


def faults(sentence: Sentence, link: Link, proof: Proof) -> Iterator[Fault]:
    """Yield what the words around a figure say that is not so, and as a doubt what they
    leave open.
    """
    figures = [fact.quantity for fact in proof.facts]
    if unknown := _unknown(sentence, link, figures):
        yield unknown
        return
    for telling in _tellings(sentence, link, proof):
        if found := _fault(sentence, link, telling, proof):
            yield found
    yield from _unsaid(sentence, link, figures)
    for rule in (_of_threshold, _of_window, _of_scope, _of_pair, _of_heads):
        yield from rule(sentence, link, proof)


def _fault(
    sentence: Sentence, link: Link, telling: Telling, proof: Proof
) -> Fault | None:
    """Return what is wrong with what a sentence names beside a figure, or a doubt."""
    wrong: Any = telling.wrong(sentence.nearest(link, telling.named))
    if not wrong:
        return None
    words = sentence.shown(wrong)
    sure = inside(wrong, link) or telling.is_sure(wrong, len(sentence.data_links()))
    if (
        not sure
        and all(fact.quantity.kind == "span" for fact in proof.facts)
        and proof.facts
    ):
        return None  # "a year early" is of no time of its own
    message = (
        f'the sentence says "{words}", and "{sentence.own_words(link)}"'
        f" {telling.meant(wrong)}"
    )
    return Fault(wrong.start, wrong.end, message, "", rank=0 if sure else telling.rank)


def _tellings(sentence: Sentence, link: Link, proof: Proof) -> Iterator[Telling]:
    """Yield what a sentence says of a figure; a comparison is held to what all its
    figures have in common.
    """
    if periods := periods_of(proof):
        yield Dated(sentence, link, periods, bases_of(proof))
    figures, lexicon = [fact.quantity for fact in proof.facts], sentence.lexicon
    subjects = {item.subject for item in figures} - {""}
    subjects = subjects - {lexicon.whole} or subjects
    if len(subjects) == 1:
        subject = min(subjects)
        # which is of two: of a part in a whole
        part = all(item.kind == "share" for item in figures)
        yield Valued(
            lexicon.subject_forms.get(subject, subject),
            frozenset([subject]),
            sentence.subjects,
            OF_WHOM,
            free=part,
        )
    for dimension, value in _values(sentence, figures):
        parts = frozenset(value.split(PLUS))
        free = parts <= dimension.unnamed
        clause = sentence.clause(link.words_start)
        reach = Span(clause.start, max(clause.end, link.end + BEHIND))
        named = [
            item
            for item in sentence.values(dimension)
            if not free or lies_in(item, reach)
        ]
        yield Valued(_written(dimension, value), parts, named, OF_WHAT, free=free)


def _values(
    sentence: Sentence, figures: Sequence[Quantity]
) -> Iterator[tuple[Dimension, str]]:
    """Yield each dimension in which figures have one value, and the value."""
    declared = {name for item in figures for name in item.dimensions}
    for dimension in sentence.lexicon.dimensions:
        if dimension.name not in declared and not sentence.values(dimension):
            continue  # nobody speaks of it
        told = (
            item
            for item in figures
            if item.kind not in APART or dimension.name in item.dimensions
        )
        values = {
            item.dimensions.get(dimension.name, dimension.assumed) for item in told
        }
        if len(values) == 1 and (value := values.pop()):
            yield dimension, value


def _written(dimension: Dimension, value: str) -> str:
    return " and ".join(
        dimension.written.get(part, part).removeprefix("of ")
        for part in value.split(PLUS)
    )


def _unknown(
    sentence: Sentence, link: Link, figures: Sequence[Quantity]
) -> Fault | None:
    """A fact has subjects, dimensions and values that the language knows, where it
    knows any.
    """
    lexicon = sentence.lexicon
    known = {dimension.name: dimension.values for dimension in lexicon.dimensions}
    pairs = [
        (name, value)
        for item in figures
        for name, told in item.dimensions.items()
        for value in told.split(PLUS)
    ]
    tables = [
        (f"[dimensions.{name}]", value, known.get(name, frozenset()))
        for name, value in pairs
        if known
    ]
    subjects = frozenset(lexicon.subjects.values())
    tables += [
        ("[subjects]", item.subject, subjects)
        for item in figures
        if item.subject and subjects
    ]
    for table, value, values in tables:
        if value not in values:
            message = f'the fact is of "{value}", which words.toml has not in {table}'
            return Fault(
                link.words_start, link.words_end, message, similar(value, values)
            )
    return None


def _unsaid(
    sentence: Sentence, link: Link, figures: Sequence[Quantity]
) -> Iterator[Fault]:
    """Yield a doubt where neither a sentence nor what it stands under says of what a
    figure is.
    """
    plain = sentence.text.plain
    if not (
        plain[sentence.start : link.words_start] + plain[link.words_end : sentence.end]
    ).strip(" .|"):
        return  # a label
    for dimension, value in _values(sentence, figures):
        parts = frozenset(value.split(PLUS))
        here = frozenset[str]().union(
            *(item.values for item in sentence.values(dimension))
        )
        if (
            parts <= dimension.unnamed
            or here
            or parts <= sentence.lent(dimension)
            or is_compared(sentence, link)
        ):
            continue
        words = sentence.own_words(link)
        message = (
            f'"{words}" is of {_written(dimension, value)}, and neither the sentence'
            " nor its heading says so"
        )
        yield Fault(link.words_start, link.words_end, message, "", rank=UNSAID)


def is_compared(sentence: Sentence, link: Link) -> bool:
    """Tell whether a comparison of the sentence, which is proved, names the figure of a
    link.
    """
    own = link.target.partition(":")[2].replace("/", ".")
    return any(
        own in other.target.split("/")
        for other in sentence.bindings
        if other.scheme == "claim"
    )


def _of_threshold(sentence: Sentence, link: Link, proof: Proof) -> Iterator[Fault]:
    """Yield what is wrong where a sentence links another threshold than its
    comparison's, such as one of two goals.
    """
    if not proof.claim or proof.claim.classes[0] not in {"first", "crossed"}:
        return
    fact, own = proof.claim.operands
    beside = [
        other
        for other in sentence.bindings
        if other.target.startswith(f"fact:{own.name}/")
    ]
    if (
        fact.name != own.name
        and beside
        and all(other.target != f"fact:{own.key}" for other in beside)
    ):
        words = f'"{sentence.own_words(beside[0])}" is {beside[0].target}'
        message = (
            f'{words}, but "{sentence.own_words(link)}" beside it is a comparison with'
            f" {own.key}"
        )
        yield Fault(beside[0].words_start, beside[0].words_end, message, "")


def _of_window(sentence: Sentence, link: Link, proof: Proof) -> Iterator[Fault]:
    """Yield a doubt where a comparison goes over a part of its table, and no words say
    over which.
    """
    if not proof.claim or not (window := proof.claim.window):
        return
    start, end = proof.claim.moments[-2:]
    days = [
        item.period for item in sentence.paragraph.days if lies_in(item, sentence.span)
    ]
    if (
        start not in days
        if start.day
        else all(item.period.first != window.first for item in sentence.times)
    ):
        over = f"{written(start)} to {written(end)}" if start.day else written(window)
        told = f'"{sentence.own_words(link)}" is compared over {over} only'
        yield Fault(
            link.words_start,
            link.words_end,
            f"{told}, and the sentence does not say so",
            "",
            rank=UNSAID,
        )


def _of_scope(sentence: Sentence, link: Link, proof: Proof) -> Iterator[Fault]:
    """Yield a doubt where a superlative is said of all times and goes over things, or
    the other way round.
    """
    if not proof.claim or proof.claim.classes[0] not in {"highest", "lowest"}:
        return
    over = proof.claim.over
    told = f"that of every other {over}" if over else "those of other times"
    for tag in sentence.lexicon.tagger.find(
        sentence.text.folded, SCOPES, *sentence.clause(link.words_start)
    ):
        if tag.phrase not in sentence.lexicon.lists[SCOPES[not over]]:
            words = f'"{sentence.shown(tag)}", and "{sentence.own_words(link)}"'
            yield Fault(
                tag.start,
                tag.end,
                f"the sentence says {words} is compared with {told}",
                "",
                rank=OF_WHAT,
            )


def _of_pair(sentence: Sentence, link: Link, proof: Proof) -> Iterator[Fault]:
    """Yield what is wrong where two things are compared and a sentence names another in
    the place of one.
    """
    compared = [fact.quantity.dimensions for fact in proof.facts] if proof.claim else []
    for dimension in sentence.lexicon.dimensions if len(compared) > 1 else ():
        own = {
            value
            for item in compared
            for value in item.get(dimension.name, dimension.assumed).split(PLUS)
        } - {""}
        named = sentence.values(dimension)
        others = [item for item in named if not item.values & own]
        if (
            len(own) > 1
            and others
            and own - frozenset[str]().union(*(item.values for item in named))
        ):
            told = " and ".join(
                dimension.written.get(value, value) for value in sorted(own)
            )
            words = (
                f'"{sentence.shown(others[0])}", and "{sentence.own_words(link)}"'
                f" compares {told}"
            )
            rank = 0 if sentence.data_links() == [link] else OF_WHAT
            yield Fault(
                others[0].start,
                others[0].end,
                f"the sentence says {words}",
                "",
                rank=rank,
            )


def _of_heads(sentence: Sentence, link: Link, proof: Proof) -> Iterator[Fault]:
    """Yield what is wrong where a cell stands in a row or under a column of another
    time, subject or value.
    """
    for words in sentence.heads:
        for head in read_alone(words, sentence.lexicon):
            for telling in _tellings(head, link, proof):
                if (
                    not telling.free
                    and telling.named
                    and not any(map(telling.fits, telling.named))
                ):
                    told = telling.meant(telling.named[0])
                    message = (
                        f'"{sentence.own_words(link)}" {told}, but stands under'
                        f' "{words}"'
                    )
                    yield Fault(link.words_start, link.words_end, message, "")


def exchanged(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Yield two or three figures of a sentence of which each would be right in the
    place of another, and none is.
    """
    doubted = [
        each
        for each in entries
        if any(fault.rank in {OF_TIME, OF_WHOM, OF_WHAT} for fault in each.found)
    ]
    for group in (*combinations(doubted, 2), *combinations(doubted, 3)):
        turned = ((*group[1:], group[0]), (group[-1], *group[:-1]))
        if any(not any(map(_crossed, group, places)) for places in turned):
            *words, last = (f'"{each.sentence.own_words(each.link)}"' for each in group)
            message = (
                f"{', '.join(words)} and {last} stand in each other’s place: what is"
                " said of one is so of another"
            )
            yield Fault(
                group[0].link.words_start,
                group[-1].link.words_end,
                message,
                "let them change places",
            )


def _crossed(figure: Entry, place: Entry) -> bool:
    """Tell whether a figure would not fit what is said at a place of its sentence."""
    tellings = _tellings(place.sentence, place.link, figure.proof)
    return any(
        _fault(place.sentence, place.link, telling, figure.proof)
        for telling in tellings
    )
