"""A sentence that binds a number to a fact and holds, for whoever has not used the fact yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from press.binding.facts import FactError, Facts, told
from press.binding.latest import LENGTHS, times
from press.binding.paragraph import hold_paragraph
from press.binding.truth import ways
from press.ground.errors import BuildError
from press.ground.scales import SCALES
from press.quantity import DATES, Quantity, decimals
from press.reading import Lexicon, Text, Vocabulary

TRIED = 200  # combinations of arguments


def example(name: str, vocabulary: Vocabulary, facts: Facts) -> str:
    """Return a sentence with a number bound to a fact, of the newest time that can be said; "" where none is found."""
    for arguments in islice(_arguments(name, facts), TRIED):
        with suppress(FactError, BuildError):  # told where it is bound
            fact = facts.get(name, *facts.shortened(name, arguments))
            label = told(fact, vocabulary, facts)[0]
            for words in _written(fact.quantity, vocabulary.lexicon):
                text = Text("", "", -1, 0, f"{label}: [{words}](fact:{fact.key}).", "text", markdown=True)
                if not hold_paragraph(text, "", vocabulary, facts).found:
                    return text.value
    return ""


def _arguments(name: str, facts: Facts, given: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield arguments for a fact: the newest times first, and all things that are known for each."""
    rest = list(facts.types(name).items())[len(given) :]
    if not rest:
        yield given
        return
    parameter, kind = rest[0]
    if kind in LENGTHS:
        known = times(facts.data.values(), LENGTHS[kind])
        words = [time for time in known if time not in given and (parameter != "later" or time > given[0])]
    else:
        with suppress(FactError):
            words = list(facts.choices(name, parameter, given))
    for word in words:
        yield from _arguments(name, facts, (*given, word))


def _written(quantity: Quantity, lexicon: Lexicon) -> Iterator[str]:
    """Yield a figure in words, in each way that a sentence may have it: rounded, with its sign, scale and unit."""
    if quantity.kind in DATES:
        yield from ways(quantity)
        return
    places = decimals(quantity, 1)
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
        before, after = (unit, "") if unit in "$€£¥" else ("", unit)
        yield " ".join(filter(None, [f"{sign}{before}{number}", scales, after, *rates])).replace(" %", "%")
    yield f"{sign}{number}"
