"""What makes another figure of an amount that stands beside it: a rate, a distance, a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from unicodedata import category

from press.binding.proof import Proof
from press.ground.errors import Fault, Mend
from press.quantity import Quantity
from press.reading import NEAR, Link, Sentence, Span, Tag

AMOUNTS = {"money", "amount", "count"}
JOINED = " \n-–—/("  # what may part an amount and the words that make a rate of it: "[$5](…) (a month)"
PER = re.compile(r"[\s\n]*/\s*[^\W\d]")
MATHEMATICS = "Sm"  # the Unicode category of signs such as <, ≠ and ¬
PLAIN_SIGNS = {"=", "→", "←"}
WITHIN = ("rates", "moved_rates", "shifts", "averages", "beyond", "names")


def level_fault(sentence: Sentence, link: Link, proof: Proof) -> Fault | None:
    """Return what beside an amount makes another figure of it. Prices have their own units; changes may go "by" it."""
    figures = [fact.quantity for fact in proof.facts] if link.scheme == "fact" else []
    if not figures or figures[0].kind not in AMOUNTS or " per " in figures[0].unit:
        return None
    beside = _Beside(sentence, link, figures[0])
    found = beside.rate() or beside.distance() or beside.sign()
    if not found:
        return None
    words = sentence.shown(found) or sentence.text.value[found.start : found.end].strip()
    message = f'"{words}" beside the link [{sentence.own_words(link)}] makes another figure of it'
    mend = Mend(found.start, found.end, "", how="leave it out")
    return Fault(found.start, found.end, message, "link a fact for the whole of it", mends=(mend,))


@dataclass(frozen=True, eq=False)
class _Beside:
    """An amount in its sentence."""

    sentence: Sentence
    link: Link
    figure: Quantity

    @property
    def folded(self) -> str:
        """The folded words of the text."""
        return self.sentence.text.folded

    @cached_property
    def clause(self) -> Span:
        """The clause of the amount."""
        return self.sentence.clause(self.link.words_start)

    def rate(self) -> Tag | Span | None:
        """Return words that make a rate of the amount, right behind it or for a time anywhere in its clause."""
        return self._for_each() or self._in_clause()

    def _for_each(self) -> Tag | Span | None:
        """Return "a ship", "each" or "/ ship" right behind the amount; "a year earlier" only tells when."""
        end = self.link.end
        if found := PER.match(self.folded, end, min(len(self.folded), end + NEAR)):
            return Span(end, found.end())
        tag, lexicon = self._first_behind("for_each", "rates", "shifts", "moved_rates"), self.sentence.lexicon
        return tag if tag and tag.phrase in {*lexicon.for_each, *lexicon.rates} else None

    def _in_clause(self) -> Tag | None:
        """Return a rate by a time, or an average, in the clause: "every month"."""
        lexicon = self.sentence.lexicon
        wanted = {rate for rate in lexicon.rates if " " in rate or rate.endswith("ly")} | {*lexicon.averages}
        return next((tag for tag in self._in(WITHIN) if tag.phrase in wanted), None)

    def _in(self, tables: tuple[str, ...]) -> Iterator[Tag]:
        """Yield phrases of the clause that stand in no link."""
        links = self.sentence.text.links
        for tag in self.sentence.lexicon.tagger.find(self.folded, tables, self.clause.start, self.clause.end):
            if not any(other.words_start <= tag.start < other.words_end for other in links):
                yield tag

    def _first_behind(self, *tables: str) -> Tag | None:
        """Return the phrase of some tables right behind the amount."""
        end = self.link.end
        found = self.sentence.lexicon.tagger.first(self.folded, tables, end, min(len(self.folded), end + NEAR))
        return found if found and not self.folded[end : found.start].strip(JOINED) else None

    def _right_before(self, table: str) -> Tag | None:
        """Return the phrase of a table right before the amount."""
        tags = self.sentence.lexicon.tagger.find(self.folded, (table,), self.clause.start, self.link.start)
        return next((tag for tag in tags if not self.folded[tag.end : self.link.start].strip(" *_")), None)

    def distance(self) -> Tag | None:
        """Return words that make a change or a distance of an amount that is none: "swelled by", "above plan"."""
        if self.figure.signed:
            return None
        behind = self._first_behind("off_something", "shifts", "intervals")
        found = self._right_before("margin") or (behind if behind and self._is_off(behind) else None)
        return found if found and self.sentence.before(found).strip() else None

    def _is_off(self, tag: Tag) -> bool:
        return tag.phrase in self.sentence.lexicon.off_something and not self.folded[self.link.end : tag.start].strip()

    def sign(self) -> Span | None:
        """Return a sign of mathematics before the amount, a space between: "< [$5](…)"."""
        ahead = self.sentence.text.plain[self.sentence.start : self.link.start].rstrip()
        mark = ahead[-1:]
        if not mark or mark in PLAIN_SIGNS or category(mark) != MATHEMATICS:
            return None
        place = self.sentence.start + len(ahead) - 1
        return Span(place, place + 1)
