"""A sentence that binds a number to a fact and holds, for whoever has not used the fact yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice

from press.binding.arguments import Arguments
from press.binding.facts import FactError, Facts, told
from press.binding.ledger import Ledger
from press.binding.paragraph import hold_paragraph
from press.binding.truth import ways
from press.ground.errors import BuildError
from press.ground.scales import SCALES
from press.quantity import DATES, Quantity, decimals
from press.reading import Lexicon, Text, Texts, Vocabulary

TRIED = 2000  # combinations of arguments
HELD = 40  # sentences


class Examples:
    """Finds a sentence for each fact of a story: one of its texts, else one made of the fact's label and a figure."""

    def __init__(self, vocabulary: Vocabulary, texts: Texts, facts: Facts, ledger: Ledger) -> None:
        """Prepare for facts, of which ``texts``, whose bindings are in ``ledger``, use some."""
        self._vocabulary, self._facts, self._arguments = vocabulary, facts, Arguments(texts, facts)
        self._own: defaultdict[str, set[str]] = defaultdict(set)
        for entry in ledger.entries:
            sentence = " ".join(entry.text.value[slice(*entry.sentence.span)].split())
            for fact in entry.proof.facts if entry.link.scheme == "fact" else ():
                self._own[fact.name].add(sentence)

    def of(self, name: str) -> str:
        """Return the shortest sentence of the texts that holds by itself, else one that is made; "" for none found."""
        own = sorted(self._own[name], key=lambda text: (not text.endswith("."), len(text), text))  # titles last
        return next(filter(self._holds, islice(chain(own, self._made(name)), HELD)), "")

    def _holds(self, sentence: str) -> bool:
        text = Text("", "", -1, 0, sentence, "text", markdown=True)
        return not hold_paragraph(text, "", self._vocabulary, self._facts).found

    def _made(self, name: str) -> Iterator[str]:
        """Yield sentences with a figure of a fact, of the newest time that can be said."""
        for arguments in islice(self._arguments.of(name, self._arguments.every_time), TRIED):
            with suppress(FactError, BuildError):  # told where it is bound
                fact = self._facts.get(name, *self._facts.shortened(name, arguments))
                label = told(fact, self._vocabulary, self._facts)[0]
                for words in _written(fact.quantity, self._vocabulary.lexicon):
                    yield f"{label}: [{words}](fact:{fact.key})."


def _written(quantity: Quantity, lexicon: Lexicon) -> Iterator[str]:
    """Yield a figure in words, in each way that a sentence may have it: rounded, with its sign, scale and unit."""
    if quantity.kind in DATES:
        yield from ways(quantity)
        return
    places = 0 if quantity.value == int(quantity.value) else decimals(quantity, 1)
    number = "–".join(dict.fromkeys(f"{abs(round(end, places)):,}" for end in quantity.ends))
    if quantity.kind == "rank":
        yield from (word for word, rank in lexicon.ordinals.items() if rank == quantity.value)
    if quantity.kind == "span":
        yield from (f"{number} {unit} {'early' if quantity.value < 0 else 'late'}" for unit in ("years", "year"))
    sign = "" if not quantity.signed else "−" if quantity.value < 0 else "+"
    main, _, by = quantity.base.partition(" per ")
    scales = " ".join(word for word in quantity.unit.split() if word in SCALES)
    rates = [rate for rate, unit in lexicon.units.items() if by and unit == f"per {by}"][:1]
    for unit in [word for word, meant in lexicon.units.items() if meant == (main or "times")] or [""]:
        before, after = ("", unit) if unit[-1:].isalpha() or unit == "%" else (unit, "")
        yield " ".join(filter(None, [f"{sign}{before}{number}", scales, after, *rates])).replace(" %", "%")
    yield f"{sign}{number}"
