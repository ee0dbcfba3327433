"""Holding the texts to the data: their paragraphs one by one, their form, and what
holds for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import isfunction
from itertools import chain

from press.binding.facts import PLACE, Facts
from press.binding.ledger import Ledger
from press.binding.legible import legible_faults, legible_problems
from press.binding.paragraph import file_of, hold_text
from press.binding.suggest import Suggester
from press.ground.errors import Fault, Problem, Problems, similar
from press.reading import Link, Text, Texts, Vocabulary

# much that is wrong at once is no slip but new data: only the first numbers are looked
# into
SUGGESTED = 12


def hold(
    vocabulary: Vocabulary, texts: Texts, facts: Facts, problems: Problems
) -> Ledger:
    """Hold all texts to the data; add what is false, functions that no text uses, and
    exceptions without a need.
    """
    ledger = hold_texts(vocabulary, texts, facts, texts)
    problems += (
        *ledger.problems,
        *_of_words(vocabulary, facts),
        *_of_exceptions(vocabulary, {*ledger.excepted}),
    )
    links = (link for _, group in texts for text in group for link in text.bindings)
    used = {name for link in links for name in _named(link)}
    tested = facts.data["claim_figures"].rows if "claim_figures" in facts.data else ()
    used |= {str(row["fact"]).partition("/")[0] for row in tested}
    for name in sorted(
        name
        for name, fact in facts.code.functions.items()
        if isfunction(fact) and name not in used
    ):
        hint = f"bind a number to it, as in [words](fact:{name}/…), or delete it"
        problems.add(*facts.code.place(name), f"no text uses the fact {name}", hint)
    return ledger


def _named(link: Link) -> Iterator[str]:
    """Yield the names of the facts in a target: of a fact the first part, of a claim
    the first part of each operand.
    """
    parts = link.target.partition(":")[2].split("/")
    yield from {
        "fact": parts[:1],
        "claim": [part.partition(".")[0] for part in parts[1:]],
    }.get(link.scheme, [])


def hold_texts(
    vocabulary: Vocabulary, texts: Texts, facts: Facts, among: Texts | None = None
) -> Ledger:
    """Hold some texts to the data.

    All that is wrong in them is in the ledger's ``problems``.

    ``among`` are all texts: the first wrong numbers then say how they would be true, of
    facts with
    arguments that those texts use.
    """
    held = [
        item
        for title, group in texts
        for text in group
        for item in hold_text(text, title, vocabulary, facts)
    ]
    found = [(item.text, fault) for item in held for fault in item.found]
    wrong = [
        (text, fault)
        for _, group in texts
        for text in group
        for fault in legible_faults(text, vocabulary.lexicon)
    ]
    wrong += [(item.text, fault) for item in held for fault in item.faults]
    suggester = None if among is None else Suggester(vocabulary, among, facts)
    return Ledger(
        tuple(chain.from_iterable(item.entries for item in held)),
        (*_problems(wrong, suggester), *chain(*(item.problems for item in held))),
        tuple((text, fault) for text, fault in found if fault.rank),
        tuple(
            (file_of(text, vocabulary), fault.excepted)
            for text, fault in found
            if fault.excepted
        ),
    )


def _problems(
    wrong: Sequence[tuple[Text, Fault]], suggester: Suggester | None
) -> Iterator[Problem]:
    """Yield faults as problems, the first wrong numbers with hints that name facts of
    which they are true.
    """
    left = SUGGESTED
    for text, fault in wrong:
        asked = suggester if fault.number and left else None
        hint = asked.hint(text, fault) if asked else fault.hint
        left -= bool(asked)
        line, column = text.place(fault.start)
        yield Problem(
            text.path,
            line,
            fault.message.replace("\n", " "),
            hint,
            column,
            fault.end - fault.start,
        )


def _of_words(vocabulary: Vocabulary, facts: Facts) -> Iterator[Problem]:
    """Yield words without a fact, in letters of several scripts, and places that a fact
    has no value for.
    """
    functions = facts.code.functions
    for words in vocabulary.facts.values():
        whole = f"{words.label} {words.formula}"
        text = Text(vocabulary.facts_path, "", -1, words.line, whole, "label")
        yield from legible_problems(text, vocabulary.lexicon)
    for name in sorted(vocabulary.facts.keys() & functions.keys()):
        words, known = vocabulary.facts[name], facts.code.parameters(name)
        for place in PLACE.findall(f"{words.label} {words.formula}"):
            if place not in known:
                message = f"{{{place}}} is no argument of the fact {name}"
                yield Problem(
                    vocabulary.facts_path, words.line, message, similar(place, known)
                )
    for name in sorted(vocabulary.facts.keys() - functions.keys()):
        message = f"[{name}] describes a fact that story/ does not have"
        yield Problem(
            vocabulary.facts_path,
            vocabulary.facts[name].line,
            message,
            similar(name, functions),
        )


def _of_exceptions(
    vocabulary: Vocabulary, used: set[tuple[str, str]]
) -> Iterator[Problem]:
    """Yield exceptions that no number needs."""
    for (file, words), line in vocabulary.exceptions.lines.items():
        if (file, words) not in used:
            message = (
                f'the exception "{words}" is not needed: {file} has no such number'
                " without a link"
            )
            yield Problem(vocabulary.exceptions.path, line, message, "delete it")
