"""One binding held to what it names: words and a target in, a proof out. The sentence around it is not looked at."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from press.binding import truth
from press.binding.claims import claim
from press.binding.facts import FactError
from press.binding.statements import blanked, matched, periods_of, statement
from press.errors import ToldError, similar
from press.quantity import DATES
from press.reading import PhraseError, fold, parse, quantities

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from press.binding.claims import Claim
    from press.binding.facts import Fact, Facts
    from press.period import Period
    from press.reading import Tag, Vocabulary

NAME, ID, ARGUMENT = "[a-z_][a-z0-9_]*", "[A-Za-z0-9._-]+", "[A-Za-z0-9._+-]+"
TARGETS = {
    "fact": re.compile(f"fact:({NAME}(?:/{ARGUMENT})*)"),
    "claim": re.compile(f"claim:({NAME}(?:/{ARGUMENT})+)"),
    "said": re.compile(f"said:({ID})"),
    "source": re.compile(f"source:({ID})"),
    "term": re.compile(f"term:({ID})"),
}
EXAMPLES = {
    "fact": "fact:name/argument",
    "claim": "claim:more/fact.argument/fact.argument",
    "said": "said:id of a statement",
    "source": "source:id of a source",
    "term": "term:id of an entry of the glossary",
}
# Tables of words that would turn a claim's comparison round, or say more than it proves.
FOREIGN = ("hedges", "negations", "ordinals", "fractions", "multiples", "scales", "other_times")


@dataclass(frozen=True)
class Proof:
    """What a binding was held to, and the verdict; ``fault`` and ``hint`` are what is wrong, empty if nothing is.

    ``verdict``: *proved* on the tables, *matched* with the figures or words of a statement, *cited* (a statement or
    source, without a number), *defined* (a term).
    """

    verdict: str
    facts: tuple[Fact, ...] = ()
    claim: Claim | None = None
    source_ids: tuple[str, ...] = ()
    case: truth.Case | None = None  # the words of a fact, where they are a quantity
    statement_periods: frozenset[Period] = frozenset()  # that a sentence may name beside the words of a statement
    fault: str = ""
    hint: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """The units that the next quantity of the sentence may leave out, the nearest first."""
        return tuple(dict.fromkeys(self.case.phrase.units + self.case.inherited)) if self.case else ()


class Prover:
    """Proves the bindings of one language."""

    def __init__(self, vocabulary: Vocabulary, facts: Facts) -> None:
        """Prepare to hold words of ``vocabulary`` to ``facts``, and to the statements and sources of their tables."""
        self._vocabulary, self._facts, self._lexicon = vocabulary, facts, vocabulary.lexicon

    def prove(self, target: str, words: str, inherited: tuple[str, ...] = ()) -> Proof:
        """Hold the words of a binding to its target; ``inherited`` are the units of the quantity before it.

        Raises ``BuildError`` where the story's own code fails.
        """
        scheme = target.partition(":")[0]
        try:
            name, *arguments = _parts(target)
            proofs = {"said": self._said, "source": self._source, "term": self._term}
            if scheme == "fact":
                return self._fact(words, self._facts.get(name, *arguments), inherited)
            words = " ".join(words.split())  # as a message shows them; those of a fact keep their places
            if scheme == "claim":
                return self._claim(words, claim(self._facts, name, *arguments))
            return proofs[scheme](words, name)
        except FactError as error:
            return Proof("proved", fault=error.message, hint=error.hint)

    def _fact(self, words: str, fact: Fact, inherited: tuple[str, ...]) -> Proof:
        """A fact's text is one quantity, or one date, and nothing else."""
        proof = Proof("proved", (fact,), source_ids=_sources((fact,)))
        try:
            if fact.quantity.kind in DATES:
                truth.check_date(words, fact.quantity, self._lexicon.locale)
            else:
                case = truth.Case(words, parse(words, self._lexicon), fact.quantity, self._lexicon, inherited)
                proof = replace(proof, case=case)
                truth.check(case)
        except PhraseError as error:
            hint = error.hint or f"{fact.key} is {truth.as_known(fact.quantity)}"
            return replace(proof, fault=error.message, hint=hint)
        except ToldError as error:
            return replace(proof, fault=error.message, hint=error.hint)
        return proof

    def _claim(self, words: str, claimed: Claim) -> Proof:
        """A claim's text holds the comparator's word, and no number that is not an operand's."""
        proof = Proof("proved", claimed.operands, claimed, _sources(claimed.operands))
        found = Counter(self._lexicon.comparators[item.phrase] for item in self._find("comparators", words))
        if found != Counter(claimed.classes):
            expected = " and ".join(f"one word for {name!r}" for name in claimed.classes)
            counts = ", ".join(f"{count} for {name!r}" for name, count in sorted(found.items())) or "no such word"
            lacking = {name for name in claimed.classes if not found[name]} or {*claimed.classes}
            return replace(
                proof, fault=f"found {counts} in {words!r}, expected {expected}", hint=self._words_of(lacking)
            )
        if wrong := self._foreign(words, claimed):
            keys = ", ".join(item.key for item in claimed.operands)
            return replace(proof, fault=f"found {wrong!r} in {words!r}, expected only what the claim compares: {keys}")
        return replace(proof, fault=f"found {words!r}, but {claimed.fault}") if claimed.fault else proof

    def _foreign(self, words: str, claimed: Claim) -> str:
        """Return the number, hedge, negation or unit of time in a claim's words that is none of its operands'."""
        rest = words
        for start, end, *_ in self._find("comparators", words):
            rest = blanked(rest, start, end)  # which may hold a number of their own: "more than half"
        for start, end, phrase in quantities(rest, self._lexicon):
            cases = (truth.Case(words, phrase, item.quantity, self._lexicon) for item in claimed.operands)
            if not any(map(truth.is_true, cases)):
                return words[start:end]
            rest = blanked(rest, start, end)
        foreign = [tag for table in FOREIGN for tag in self._find(table, rest)]
        if claimed.classes[0] == "every":
            others = truth.TIME - {"months" if claimed.by_month else "years"}
            foreign += (tag for tag in self._find("units", rest) if self._lexicon.units[tag.phrase] in others)
        return words[foreign[0].start : foreign[0].end] if foreign else ""

    def _find(self, table: str, words: str) -> list[Tag]:
        return list(self._lexicon.tagger.find(fold(words), (table,)))

    def _words_of(self, classes: Collection[str]) -> str:
        """Return a hint that names words for some classes of comparisons."""
        own = [words for words, name in self._lexicon.comparators.items() if name in classes]
        return f"such words are {', '.join(own[:6])}" if own else "list them under [comparators] in words.toml"

    def _said(self, words: str, name: str) -> Proof:
        """Words of a statement hold no number and no quotation that it does not have."""
        said = statement(self._facts.data, name)
        verdict = "matched" if matched(words, said, self._vocabulary) else "cited"
        return Proof(verdict, source_ids=said.row.source_ids, statement_periods=periods_of(said))

    def _source(self, _words: str, name: str) -> Proof:
        """A number in words that only cite is unbound: it is told, or excepted, as every such number is."""
        known = {str(row["id"]) for row in self._facts.data["sources"].rows}
        if name not in known:
            raise FactError(f"found the unknown source {name!r}", similar(name, known))
        return Proof("cited", source_ids=(name,))

    def _term(self, _words: str, name: str) -> Proof:
        if name not in self._vocabulary.terms:
            message = f"found the unknown term {name!r}, expected an entry of glossary.md"
            raise FactError(message, similar(name, self._vocabulary.terms))
        return Proof("defined")


def _parts(target: str) -> list[str]:
    """Return the name and the arguments in a target."""
    scheme = target.partition(":")[0]
    if found := TARGETS[scheme].fullmatch(target):
        return str(found[1]).split("/")
    raise FactError(f"found {target!r}, expected {EXAMPLES[scheme]}")


def _sources(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the sources of the rows that facts rest on, in the order of the rows."""
    rows = sorted({row for fact in facts for row in fact.quantity.rows}, key=lambda row: (row.path, row.line))
    return tuple(dict.fromkeys(source for row in rows for source in row.source_ids))
