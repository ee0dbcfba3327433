"""Holding the texts to the data: their paragraphs one by one, how they are written,
and what holds for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import isfunction

from press.binding.facts import PLACE, Facts
from press.binding.ledger import Entry, Ledger
from press.binding.legible import (
    find_legibility_faults,
    find_legibility_problems,
    problem_at,
)
from press.binding.paragraph import check_text, exceptions_path
from press.binding.suggest import FactSuggester
from press.binding.verdicts import get_claimed_figures
from press.ground.errors import Fault, Problem, Problems, similar
from press.reading import Link, Text, Texts, Vocabulary

# much that is wrong at once is no slip but new data: only the first numbers are looked
# into
SUGGESTED = 12


def check_story(
    vocabulary: Vocabulary, texts: Texts, facts: Facts, problems: Problems
) -> Ledger:
    """Hold all texts to the data; add what is false, functions that no text uses, and
    exceptions without a need.
    """
    ledger = check_texts(vocabulary, texts, facts, texts)
    problems += [
        *ledger.problems,
        *_check_fact_words(vocabulary, facts),
        *_check_exceptions(vocabulary, {*ledger.used_exceptions}),
    ]
    problems += _check_facts_are_used(texts, facts)
    return ledger


def check_texts(
    vocabulary: Vocabulary, texts: Texts, facts: Facts, among: Texts | None = None
) -> Ledger:
    """Hold some texts to the data.

    All that is wrong in them is in the ledger's ``problems``.

    ``among`` are all texts: the first wrong numbers then say how they would be true, of
    facts with
    arguments that those texts use.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    illegible: list[tuple[Text, Fault]] = []
    false: list[tuple[Text, Fault]] = []
    doubts: list[tuple[Text, Fault]] = []
    excepted: list[tuple[str, str]] = []
    for title, group in texts:
        for text in group:
            faults = find_legibility_faults(text, vocabulary.lexicon)
            illegible += [(text, fault) for fault in faults]
            for held in check_text(text, title, vocabulary, facts):
                entries += held.entries
                problems += held.problems
                false += [(held.text, fault) for fault in held.faults]
                doubts += [
                    (held.text, fault) for fault in held.faults_and_doubts if fault.rank
                ]
                file = exceptions_path(held.text, vocabulary)
                phrases = [fault.excepted for fault in held.faults_and_doubts]
                excepted += [(file, phrase) for phrase in phrases if phrase]
    suggester = None if among is None else FactSuggester(vocabulary, among, facts)
    wrong = _describe_faults([*illegible, *false], suggester)
    problems = [*wrong, *problems]
    return Ledger(tuple(entries), tuple(problems), tuple(doubts), tuple(excepted))


def _describe_faults(
    wrong: Sequence[tuple[Text, Fault]], suggester: FactSuggester | None
) -> Iterator[Problem]:
    """Yield faults as problems, the first wrong numbers with hints that name facts of
    which they are true.
    """
    left = SUGGESTED
    for text, fault in wrong:
        hint = fault.hint
        if suggester and fault.number and left:
            hint = suggester.suggest_facts(text, fault)
            left -= 1
        message = fault.message.replace("\n", " ")
        yield problem_at(text, fault._replace(message=message, hint=hint))


def _check_fact_words(vocabulary: Vocabulary, facts: Facts) -> Iterator[Problem]:
    """Yield words without a fact, in letters of several scripts, and places that a fact
    has no value for.
    """
    path = vocabulary.facts_path
    functions = facts.fact_functions.functions
    for words in vocabulary.facts.values():
        told = f"{words.label} {words.formula}"
        text = Text(path, "", -1, words.line, told, "label")
        yield from find_legibility_problems(text, vocabulary.lexicon)
    for name in sorted(vocabulary.facts.keys() & functions.keys()):
        words = vocabulary.facts[name]
        parameters = facts.fact_functions.get_parameters(name)
        for place in PLACE.findall(f"{words.label} {words.formula}"):
            if place not in parameters:
                message = f"{{{place}}} is no argument of the fact {name}"
                yield Problem(path, words.line, message, similar(place, parameters))
    for name in sorted(vocabulary.facts.keys() - functions.keys()):
        message = f"[{name}] describes a fact that story/ does not have"
        line = vocabulary.facts[name].line
        yield Problem(path, line, message, similar(name, functions))


def _check_exceptions(
    vocabulary: Vocabulary, used: set[tuple[str, str]]
) -> Iterator[Problem]:
    """Yield exceptions that no number needs."""
    exceptions = vocabulary.exceptions
    for (file, words), line in exceptions.lines.items():
        if (file, words) not in used:
            message = (
                f'the exception "{words}" is not needed: {file} has no such number'
                " without a link"
            )
            yield Problem(exceptions.path, line, message, "delete it")


def _check_facts_are_used(texts: Texts, facts: Facts) -> Iterator[Problem]:
    """Yield the functions of the story that no text uses, and no number of others."""
    used = {
        name
        for _, group in texts
        for text in group
        for link in text.bindings
        for name in _facts_of(link)
    }
    used |= {str(row["fact"]).partition("/")[0] for row in get_claimed_figures(facts)}
    for name, function in sorted(facts.fact_functions.functions.items()):
        if isfunction(function) and name not in used:
            path, line = facts.fact_functions.find_place(name)
            message = f"no text uses the fact {name}"
            hint = f"bind a number to it, as in [words](fact:{name}/…), or delete it"
            yield Problem(path, line, message, hint)


def _facts_of(link: Link) -> list[str]:
    """Return the names of the facts in a target: of a fact the first part, of a claim
    the first part of each operand.
    """
    parts = link.target.partition(":")[2].split("/")
    if link.scheme == "fact":
        return parts[:1]
    if link.scheme == "claim":
        return [part.partition(".")[0] for part in parts[1:]]
    return []
