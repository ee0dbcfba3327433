"""Holding the texts to the data: their paragraphs one by one, how they are written,
and what holds for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import isfunction

from press.binding.facts import PLACE, Facts
from press.binding.ledger import CheckedLink, Ledger
from press.binding.legible import (
    find_legibility_faults,
    find_legibility_problems,
    make_problem_of_fault,
)
from press.binding.paragraph import (
    check_paragraphs_with_possible_findings,
    get_path_in_language_folder,
)
from press.binding.suggest import FactSuggester
from press.binding.verdicts import list_claimed_figure_rows
from press.ground.errors import Fault, Problem, Problems, suggest_similar_or_all
from press.reading import Link, Text, Texts, Vocabulary

# much that is wrong at once is no slip but new data: only the first numbers are looked
# into
SUGGESTED = 30


def check_story_texts_and_facts(
    vocabulary: Vocabulary, texts: Texts, facts: Facts, problems: Problems
) -> Ledger:
    """Hold all texts to the data, and add a problem for whatever is false.

    Problems are also a mistake in facts.toml, an exception that nothing needs, and a
    function that no text uses.
    """
    suggester = FactSuggester(vocabulary, texts, facts)
    ledger = check_texts(vocabulary, texts, facts, suggester)
    problems += [
        *ledger.problems,
        *_find_facts_toml_problems(vocabulary, facts),
        *_find_unused_exceptions(vocabulary, {*ledger.used_exceptions}),
        *_find_unused_story_functions(texts, facts),
    ]
    return ledger


def check_texts(
    vocabulary: Vocabulary,
    texts: Texts,
    facts: Facts,
    suggester: FactSuggester | None = None,
) -> Ledger:
    """Hold some texts to the data; what is wrong in them is in the ledger's
    ``problems``.

    With a ``suggester`` the hints for the first wrong numbers name facts that would be
    true.
    """
    checked_links: list[CheckedLink] = []
    problems: list[Problem] = []
    wrong: list[tuple[Text, Fault]] = []
    doubts: list[tuple[Text, Fault]] = []
    excepted: list[tuple[str, str]] = []
    for title, group in texts:
        for text in group:
            faults = find_legibility_faults(text, vocabulary.lexicon)
            wrong += [(text, fault) for fault in faults]
            for held in check_paragraphs_with_possible_findings(
                text, title, vocabulary, facts
            ):
                checked_links += held.checked_links
                problems += held.problems
                file = get_path_in_language_folder(held.text, vocabulary)
                for fault in held.faults_and_doubts:
                    if fault.excepted:
                        excepted.append((file, fault.excepted))
                    elif fault.rank:
                        doubts.append((held.text, fault))
                    else:
                        wrong.append((held.text, fault))
    described = _describe_faults_with_first_suggestions(wrong, suggester)
    return Ledger(
        tuple(checked_links), (*described, *problems), tuple(doubts), tuple(excepted)
    )


def _describe_faults_with_first_suggestions(
    faults: Sequence[tuple[Text, Fault]], suggester: FactSuggester | None
) -> Iterator[Problem]:
    """Yield faults as problems; the hints of the first wrong numbers name facts of
    which they are true, if there is a suggester.
    """
    left = SUGGESTED
    for text, fault in faults:
        hint = fault.hint
        if suggester and fault.number:
            if left:
                hint = suggester.extend_hint_with_facts(text, fault)
            else:
                hint = f"{hint}; facts are named for the first {SUGGESTED} numbers"
            left = max(left - 1, 0)
        message = fault.message.replace("\n", " ")
        yield make_problem_of_fault(text, fault._replace(message=message, hint=hint))


def _find_facts_toml_problems(
    vocabulary: Vocabulary, facts: Facts
) -> Iterator[Problem]:
    """Yield what is wrong in facts.toml: words that cannot be read as they look,
    {places} that a fact has no argument for, words for no fact.
    """
    path = vocabulary.facts_path
    functions = facts.fact_functions.functions
    for name, words in vocabulary.facts.items():
        told = f"{words.label} {words.formula}"
        text = Text(path, "", -1, words.line, told, "label")
        yield from find_legibility_problems(text, vocabulary.lexicon)
        if name not in functions:
            message = f"[{name}] describes a fact that story/ does not have"
            yield Problem(
                path, words.line, message, suggest_similar_or_all(name, functions)
            )
            continue
        parameters = facts.fact_functions.get_parameters_after_tables(name)
        for place in PLACE.findall(told):
            if place not in parameters:
                message = f"{{{place}}} is no argument of the fact {name}"
                yield Problem(
                    path, words.line, message, suggest_similar_or_all(place, parameters)
                )


def _find_unused_exceptions(
    vocabulary: Vocabulary, used_exceptions: set[tuple[str, str]]
) -> Iterator[Problem]:
    """Yield exceptions that no number needs."""
    exceptions = vocabulary.exceptions
    for (file, words), line in exceptions.lines.items():
        if (file, words) not in used_exceptions:
            message = (
                f'the exception "{words}" is not needed: {file} has no such number'
                " without a link"
            )
            yield Problem(exceptions.path, line, message, "delete it")


def _find_unused_story_functions(texts: Texts, facts: Facts) -> Iterator[Problem]:
    """Yield the functions of the story that neither a text nor a claimed figure uses;
    facts that are objects may be unused.
    """
    used = {
        name
        for _, group in texts
        for text in group
        for link in text.bindings
        for name in _list_fact_names(link)
    }
    used |= {
        str(row["fact"]).partition("/")[0] for row in list_claimed_figure_rows(facts)
    }
    for name, function in sorted(facts.fact_functions.functions.items()):
        if isfunction(function) and name not in used:
            path, line = facts.fact_functions.signatures[name].place
            message = f"no text uses the fact {name}"
            hint = f"bind a number to it, as in [words](fact:{name}/…), or delete it"
            yield Problem(path, line, message, hint)


def _list_fact_names(link: Link) -> list[str]:
    """Return the names of the facts in a link's target: of a fact the first part, of a
    claim the first part of each argument.
    """
    parts = link.target.partition(":")[2].split("/")
    if link.scheme == "fact":
        return parts[:1]
    if link.scheme == "claim":
        return [part.partition(".")[0] for part in parts[1:]]
    return []
