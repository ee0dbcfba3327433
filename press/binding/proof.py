"""One link held to what it names: words and a target in, a proof out.

The sentence around it is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from press.binding import truth
from press.binding.claims import Claim, claim
from press.binding.facts import Fact, FactError, Facts
from press.binding.statements import LEAVE, Statement, matched, periods_of, statement
from press.data import Row
from press.ground.errors import ToldError, quoted, similar
from press.ground.period import Period
from press.quantity import DATES
from press.reading import (
    TIME_UNITS,
    Phrase,
    PhraseError,
    Tag,
    Vocabulary,
    blanked,
    fold,
    parse,
    quantities,
)

NAME, ID, ARGUMENT = "[a-z_][a-z0-9_]*", re.compile("[A-Za-z0-9._-]+"), r"[\w.+-]+"
PARTS = {
    "fact": re.compile(f"{NAME}(?:/{ARGUMENT})*"),
    "claim": re.compile(f"{NAME}(?:/{ARGUMENT})+"),
}
EXAMPLES = {
    "fact": "fact:name/argument",
    "claim": "claim:more/fact.argument/fact.argument",
}
# hedges that compare nothing, whatever word they begin with
BOUNDS = {"at_least", "at_most"}
# what a direction alone compares
WAYS = {"up": "more", "down": "less", "flat": "equal"}
OVERTAKEN = (
    "if it was so until then, write {}/FACT/FROM/UNTIL, and say from when to when"
)
SHOWN = 6  # words for a comparison in a hint
# Tables of words that would turn a claim's comparison round, or say more than it
# proves.
FOREIGN = (
    "hedges",
    "negations",
    "ordinals",
    "fractions",
    "multiples",
    "scales",
    "other_times",
)
SCOPES = ("over_things", "over_times")
# what these say beside "of all", "any other"
WITH_SCOPE = {"more": "highest", "less": "lowest", "most": "highest"}
LEADING = {"highest", "led"}  # of things these say the same
GAPPED = {"more", "less", "highest", "lowest"}  # claims that may say by how much
# what may stand beside the word: "the first above 5"
BESIDE = {"led": {"every"}, "first": {"crossed", "more"}}


@dataclass(frozen=True)
class Proof:
    """What a link was held to, and what it rests on; ``fault`` and ``hint`` are what is
    wrong, empty if nothing is.

    ``basis``: *proved* on the tables, *matched* with the figures or words of a
    statement, *cited* (a statement or source, without a number), *defined* (a term).
    """

    basis: str
    facts: tuple[Fact, ...] = ()
    claim: Claim | None = None
    source_ids: tuple[str, ...] = ()
    case: truth.Case | None = None  # the words of a fact, where they are a quantity
    # that a sentence may name beside the words of a statement
    statement_periods: frozenset[Period] = frozenset()
    said: Statement | None = None
    told: tuple[Row, ...] = ()  # the figures of the statement that the words tell
    fault: str = ""
    hint: str = ""

    @cached_property
    def latest(self) -> str:
        """The year or month that ``latest`` in the target stands for; empty where it
        does not say so.
        """
        return next(filter(None, (fact.latest for fact in self.facts)), "")

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that it rests on, in the order of their files."""
        rows = {row for fact in self.facts for row in fact.quantity.rows}
        rows |= self.claim.rows if self.claim else set()
        return tuple(sorted(rows, key=lambda row: (row.path, row.line)))

    def wrong(self, errors: Sequence[ToldError]) -> Proof:
        """Return the same with all that is wrong told at once."""
        messages = dict.fromkeys(error.message for error in errors)
        hints = dict.fromkeys(error.hint for error in errors if error.hint)
        return (
            replace(self, fault="; ".join(messages), hint="; ".join(hints))
            if errors
            else self
        )


class Prover:
    """Proves links."""

    def __init__(self, vocabulary: Vocabulary, facts: Facts) -> None:
        """Prepare to hold words of ``vocabulary`` to ``facts``, and to the statements
        and sources of their tables.
        """
        self._vocabulary, self._facts, self._lexicon = (
            vocabulary,
            facts,
            vocabulary.lexicon,
        )

    def prove(
        self,
        target: str,
        words: str,
        units: tuple[str, ...] = (),
        ways: frozenset[str] = frozenset(),
        clause: str = "",
    ) -> Proof:
        """Hold the words of a link to its target.

        ``units`` and ``ways`` are the units and the words for directions that its
        sentence has for it, ``clause`` is what stands around it there. Raises
        ``BuildError`` where the story's own code fails.
        """
        scheme = target.partition(":")[0]
        try:
            name, *arguments = _parts(target)
            proofs = {"said": self._said, "source": self._source, "term": self._term}
            if scheme == "fact":
                return self._fact(words, self._facts.get(name, *arguments), units, ways)
            # as a message shows them; those of a fact keep their places
            words = " ".join(words.split())
            if scheme == "claim":
                return self._claim(words, claim(self._facts, name, *arguments), clause)
            return proofs[scheme](words, name)
        except FactError as error:
            return Proof("proved", fault=error.message, hint=error.hint)

    def _fact(
        self, words: str, fact: Fact, units: tuple[str, ...], ways: frozenset[str]
    ) -> Proof:
        """A fact's text is one quantity, or one date, and nothing else."""
        proof, quantity = (
            Proof("proved", (fact,), source_ids=_sources((fact,))),
            fact.quantity,
        )
        if quantity.kind in DATES:
            return proof.wrong(truth.date_faults(words, quantity))
        try:
            phrase = parse(words, self._lexicon)
        except PhraseError as error:
            hint = error.hint or f"{fact.key} is {truth.as_known(quantity)}"
            return replace(proof, fault=error.message, hint=hint)
        case = truth.Case(words, phrase, quantity, self._lexicon, units, ways)
        return replace(proof, case=case).wrong(truth.faults(case))

    def _claim(self, words: str, claimed: Claim, clause: str) -> Proof:
        """A claim's text holds the words for its comparison, and none that say more
        than it proves.
        """
        proof = Proof("proved", claimed.operands, claimed, _sources(claimed.operands))
        wrong = [
            *self._of_comparison(words, claimed, clause),
            *self._of_rest(words, claimed),
        ]
        if claimed.fault:
            of_times = claimed.classes[0] in {"highest", "lowest"} and not claimed.over
            hint = OVERTAKEN.format(claimed.target) if of_times else ""
            wrong.append(ToldError(f'"{words}" is not true: {claimed.fault}', hint))
        return proof.wrong(wrong)

    def _of_comparison(
        self, words: str, claimed: Claim, clause: str
    ) -> Iterator[ToldError]:
        """Words hold a word for each class of comparisons that the claim has, and none
        for another.
        """
        named = [
            (tag, self._class_of(tag, words, claimed, clause))
            for tag in self._compared(words)
        ]
        named = [
            (tag, name)
            for tag, name in named
            if name not in BESIDE.get(claimed.classes[0], ())
        ]
        found = [name for _, name in named]
        found = found or [
            WAYS[self._lexicon.directions[tag.phrase]]
            for tag in self._find("directions", words)
        ]
        lacking = [name for name in claimed.classes if name not in found]
        for tag, name in named:
            if name not in claimed.classes:
                message = (
                    f'"{words[tag.start : tag.end]}" says {name}, but the link says'
                    f" {claimed.target}"
                )
                yield ToldError(
                    message, self._words_for(lacking[0]) if lacking else LEAVE
                )
        for name in lacking[:1] if {*found} <= {*claimed.classes} else ():
            yield ToldError(
                f'"{words}" has no word for "{name}"', self._words_for(name)
            )
        for name in sorted({name for name in found if found.count(name) > 1}):
            yield ToldError(
                f'"{words}" has {found.count(name)} words for "{name}"',
                "leave the others out of the link",
            )

    def _class_of(self, tag: Tag, words: str, claimed: Claim, clause: str) -> str:
        """Return what a comparison of a claim's words says: "more than any other" says
        "highest", as "more" may.
        """
        name, own = self._lexicon.comparators[tag.phrase], claimed.classes[0]
        if own == "highest" and tag.phrase == "most":  # "its most on a single day"
            return own
        said = WITH_SCOPE.get(name, name)
        if own != "first" and any(
            self._find(table, clause if said == own else words) for table in SCOPES
        ):
            name = said
        return own if claimed.over and {own, name} <= LEADING else name

    def _compared(self, words: str) -> Iterator[Tag]:
        """Yield the words for comparisons; of "up to", which is a hedge, and of "of
        all" no part is one.
        """
        others = [
            tag
            for tag in self._find("hedges", words)
            if self._lexicon.hedges[tag.phrase] in BOUNDS
        ]
        scopes = (tag for table in SCOPES for tag in self._find(table, words))
        others += (tag for tag in scopes if tag.phrase not in self._lexicon.comparators)
        spans = [range(tag.start, tag.end) for tag in others]
        yield from (
            tag
            for tag in self._find("comparators", words)
            if not any(tag.start in span for span in spans)
        )

    def _of_rest(self, words: str, claimed: Claim) -> Iterator[ToldError]:
        """Words hold no number but of a figure compared or of a gap, and nothing that
        the claim does not prove.
        """
        rest = words
        for start, end, *_ in self._compared(words):
            # which may hold a number of their own: "more than half"
            rest = blanked(rest, start, end)
        figures = [item.quantity for item in claimed.operands]
        beside = [
            *figures[1:],
            *(item for _, item in claimed.series[:1] if claimed.over),
        ][:1]
        if claimed.classes[0] in GAPPED and [item.unit for item in beside] == [
            figures[0].unit
        ]:
            gap = figures[0] - beside[0]
            figures.append(replace(gap, value=abs(gap.value), kind=figures[0].kind))
        keys = ", ".join(item.key for item in claimed.operands)
        years = {
            f"{item.year}"
            for item in (*claimed.moments, *(item.period for item in figures))
            if item
        }
        for start, end, phrase in self._numbers(rest):
            if words[start:end] not in years and not any(
                truth.is_true(
                    truth.Case(words, phrase, item, self._lexicon, (item.base,))
                )
                for item in figures
            ):
                yield ToldError(
                    f'"{words[start:end]}" is none of the figures compared: {keys}',
                    LEAVE,
                )
            rest = blanked(rest, start, end)
        for tag in self._foreign(rest, claimed)[:1]:
            yield ToldError(
                f'"{words[tag.start : tag.end]}" in "{words}" says something that the'
                " claim does not prove",
                LEAVE,
            )

    def _numbers(self, rest: str) -> Iterator[tuple[int, int, Phrase]]:
        """Yield the numbers in words, with those that no unit follows: "five gold
        medals fewer".
        """
        found = quantities(rest, self._lexicon)
        yield from found
        for tag in self._find("numbers", rest):
            # "one fewer", the comparison blanked
            least = 1 if rest[tag.end : tag.end + 2].isspace() else 2
            if self._lexicon.numbers[tag.phrase] >= least and not any(
                start <= tag.start < end for start, end, _ in found
            ):
                yield tag.start, tag.end, parse(tag.phrase, self._lexicon)

    def _foreign(self, rest: str, claimed: Claim) -> list[Tag]:
        """Return the hedges, negations and the like in the rest of a claim's words, and
        units of another time.
        """
        added = ("sums",) if claimed.classes[0] in {"highest", "lowest", "led"} else ()
        foreign = [
            tag for table in (*FOREIGN, *added) for tag in self._find(table, rest)
        ]
        foreign = [
            tag
            for tag in foreign
            if tag.phrase not in self._lexicon.lists.get(claimed.step, ())
        ]
        if claimed.classes[0] == "every":
            others = TIME_UNITS - {claimed.step}
            foreign += (
                tag
                for tag in self._find("units", rest)
                if self._lexicon.units[tag.phrase] in others
            )
        return foreign

    def _find(self, table: str, words: str) -> list[Tag]:
        return list(self._lexicon.tagger.find(fold(words), (table,)))

    def _words_for(self, comparison: str) -> str:
        """Return a hint that names words for a class of comparisons."""
        own = [
            words
            for words, name in self._lexicon.comparators.items()
            if name == comparison
        ]
        return (
            f'words for "{comparison}" are'
            f" {', '.join(own[:SHOWN])}{', …' if len(own) > SHOWN else ''}"
        )

    def _said(self, words: str, name: str) -> Proof:
        """Words of a statement hold no number and no quotation that it
        does not have.
        """
        said = statement(self._facts.data, name)
        figures, held = matched(words, said, self._vocabulary)
        periods, basis = (
            periods_of(said, figures, self._lexicon),
            "matched" if held else "cited",
        )
        return Proof(
            basis,
            source_ids=said.row.source_ids,
            statement_periods=periods,
            said=said,
            told=figures,
        )

    def _source(self, _words: str, name: str) -> Proof:
        """A number in words that only cite is a problem elsewhere, as every number
        without a link is.
        """
        rows = self._facts.data["sources"].by_key
        if (name,) not in rows:
            raise FactError(
                f'data/sources.csv has no source "{name}"',
                similar(name, (str(key) for (key,) in rows)),
            )
        return Proof("cited", source_ids=(name,))

    def _term(self, words: str, name: str) -> Proof:
        """An entry of the glossary defines words; it proves no comparison."""
        nouns = {*self._lexicon.lists["changes"]}  # "growth rates"
        for tag in self._lexicon.tagger.find(fold(words), ("comparators", "names")):
            if tag.phrase in self._lexicon.comparators and tag.phrase not in nouns:
                word = words[tag.start : tag.end]
                raise FactError(
                    f'"{word}" compares, and an entry of the glossary proves nothing',
                    LEAVE,
                )
        if name not in self._vocabulary.terms:
            raise FactError(
                f'glossary.md has no entry "{name}"',
                similar(name, self._vocabulary.terms),
            )
        return Proof("defined")


def _parts(target: str) -> list[str]:
    """Return the name and the arguments in a target."""
    scheme, _, rest = target.partition(":")
    if PARTS.get(scheme, ID).fullmatch(rest):
        return rest.split("/")
    raise FactError(
        f"found {quoted(target)}, expected {EXAMPLES.get(scheme, f'{scheme}:id')}"
    )


def _sources(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the sources of the rows that facts rest on, in the order of the rows."""
    rows = sorted(
        {row for fact in facts for row in fact.quantity.rows},
        key=lambda row: (row.path, row.line),
    )
    return tuple(dict.fromkeys(source for row in rows for source in row.source_ids))
