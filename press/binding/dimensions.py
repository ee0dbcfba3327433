"""Holding figures to what a sentence says of them: which goods, whose count, in which prices, a goal or a level.

A story declares its dimensions in ``[dimensions]`` of words.toml and says of each fact which values it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.binding.proof import Proof
from press.binding.subjects import nearest_named
from press.ground.errors import Fault, Mend, similar
from press.quantity import DATES, PLUS, Quantity
from press.reading import Dimension, Link, NamedValue, Sentence, lies_in

# Kinds that no dimension tells apart unless their fact says so: times, counts, and what a story has set.
APART = DATES | {"span", "count", "constant"}


def dimension_fault(sentence: Sentence, link: Link, proof: Proof) -> Fault | None:
    """Return what is wrong where a sentence does not say of a figure what tells it from others, or says otherwise.

    A comparison is held to what all its figures have in common.
    """
    figures = [fact.quantity for fact in proof.facts]
    if unknown := _unknown(sentence, link, figures):
        return unknown
    found = (_Valued(sentence, link, dimension, value).fault() for dimension, value in _values(sentence, figures))
    return next(filter(None, found), None)


def _values(sentence: Sentence, figures: Sequence[Quantity]) -> Iterator[tuple[Dimension, str]]:
    """Yield each dimension in which figures have one value, and the value."""
    for dimension in sentence.lexicon.dimensions:
        told = (item for item in figures if item.kind not in APART or dimension.name in item.dimensions)
        values = {item.dimensions.get(dimension.name, dimension.assumed) for item in told}
        if len(values) == 1 and (value := values.pop()):
            yield dimension, value


def _unknown(sentence: Sentence, link: Link, figures: Sequence[Quantity]) -> Fault | None:
    """A fact has dimensions and values that the language knows, where it knows any."""
    known = {dimension.name: dimension for dimension in sentence.lexicon.dimensions}
    pairs = ((name, value) for item in figures for name, told in item.dimensions.items() for value in told.split(PLUS))
    for name, value in pairs if known else ():
        if name not in known or value not in known[name].values:
            where, names = (f"[dimensions.{name}]", known[name].values) if name in known else ("[dimensions]", known)
            message = f'the fact has {name} = "{value}", which words.toml has not in {where}'
            return Fault(link.words_start, link.words_end, message, similar(value if name in known else name, names))
    return None


@dataclass(frozen=True, eq=False)
class _Valued:
    """A figure in its sentence, and its value of a dimension; " + " joins the parts of a sum, each to be named."""

    sentence: Sentence
    link: Link
    dimension: Dimension
    value: str

    @property
    def parts(self) -> frozenset[str]:
        """The values that the sentence has to name."""
        return frozenset(self.value.split(PLUS))

    def fault(self) -> Fault | None:
        """Return what is wrong with the words for this dimension."""
        named = self.sentence.values(self.dimension)
        if not named and self._is_free:
            return None
        nearest = nearest_named(self.sentence, self.link, named) if named else ()
        if not any(self.parts & item.values for item in nearest):
            if beside := [*self._in_clause(nearest), *filter(self._is_added, named)]:
                return self._other(beside[0])
            elsewhere = any(self.parts & item.values for item in named)
            if nearest and not (elsewhere or self._is_free or self._is_compared):
                return self._other(nearest[0])
        return None if self._is_told(named) else self._missing()

    def _in_clause(self, named: Sequence[NamedValue]) -> list[NamedValue]:
        clause = self.sentence.clause(self.link.words_start)
        return [item for item in named if lies_in(item, clause)]

    def _is_added(self, item: NamedValue) -> bool:
        """Tell whether words are added right behind the figure: "[$5], in yuan"."""
        folded, start = self.sentence.text.folded, self.sentence.clause(item.start).start
        if start < self.link.words_end or folded[self.link.words_end : start].strip(" ,("):
            return False
        return folded[start : item.start].split()[:1] in ([word] for word in self.sentence.lexicon.within)

    @property
    def _is_free(self) -> bool:
        """Tell whether the value needs no naming."""
        return self.parts <= self.dimension.unnamed

    def _is_told(self, named: Sequence[NamedValue]) -> bool:
        """Tell whether the value is named, in the sentence or what stands above, or the sentence asserts nothing."""
        here = frozenset[str]().union(*(item.values for item in named))
        if self._is_free or self.parts <= here or self._is_compared:
            return True
        plain = self.sentence.text.plain
        around = plain[self.sentence.start : self.link.words_start], plain[self.link.words_end : self.sentence.end]
        asks = plain[: self.sentence.end].rstrip().endswith("?")
        return asks or not "".join(around).strip() or self.parts <= here | self.sentence.lent(self.dimension)

    @property
    def _is_compared(self) -> bool:
        """Tell whether a comparison of the sentence, which is proved, names the figure."""
        if self.link.scheme != "fact":
            return False
        own = self.link.target.partition(":")[2].replace("/", ".")
        claims = (other.target for other in self.sentence.bindings if other.scheme == "claim")
        return any(own in target.split("/") for target in claims)

    @property
    def _own(self) -> str:
        return " and ".join(self.dimension.written.get(part, part) for part in self.value.split(PLUS))

    def _other(self, item: NamedValue) -> Fault:
        words, own = self.sentence.shown(item), self.sentence.own_words(self.link)
        hint = f'link a fact of "{words}"'
        if self.value in self.dimension.unnamed:
            mends = (Mend(item.start, item.end, "", how="leave it out"),)
            return Fault(item.start, item.end, f'"{own}" is no figure of "{words}"', hint, mends=mends)
        message = f'"{own}" is a figure of "{self._own}", but the nearest words are "{words}"'
        mend = Mend(item.start, item.end, self._own, f'"{self._own}"')
        return Fault(item.start, item.end, message, hint, mends=(mend,))

    def _missing(self) -> Fault:
        words, link = self.sentence.own_words(self.link), self.link
        message = f'"{words}" is a figure of "{self._own}", and neither the sentence nor its heading says so'
        told, how = f'"{self._own}"', "write {} beside it"
        before = Mend(link.start, link.start, f"{self._own} ", told, how)
        behind = Mend(link.end, link.end, f" {self._own}", told, how)
        hint = "link another fact"
        return Fault(link.words_start, link.words_end, message, hint, mends=(before, behind))
