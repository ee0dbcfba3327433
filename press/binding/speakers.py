"""Who said something, when, and of what: what a sentence around the words of a
statement must agree with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from press.binding.faults import fault_at, fault_at_words
from press.binding.ledger import CheckedLink
from press.binding.statements import QUOTED, SpeakerStatement
from press.binding.times import list_days_named
from press.data import Data, Row, Table
from press.ground.errors import Fault
from press.ground.period import MONTHS, Period
from press.reading import (
    Lexicon,
    Sentence,
    Span,
    begins_in,
    fold_text,
    group_into_enumerations,
)

LETTERS = re.compile(r"[^\W\d_]+")
WRITTEN_YEAR = re.compile(r"\d{4}")
FULL_NAME = re.compile(r"[A-Z]\w+ [A-Z]\w+")
# Names right before a link, three small words between at most: "Jane Doe", "Doe and Roe
# spoke of".
NAMES_BEFORE = re.compile(
    r"((?:\b[^\W\d_a-z][\w'’-]+\s+(?:\w{1,3}\s+)?){2,})(?:[^\W\d_A-Z]+\s+){0,3}\Z"
)
STEM_LENGTH = 5  # letters by which words are known again
ENOUGH_WORDS = 2  # as many show who or what is meant
LABELS = "words"  # the texts in a drawing, which say nothing of a speaker


def find_attribution_faults(checked_link: CheckedLink, data: Data) -> Iterator[Fault]:
    """Yield what is wrong around the words of a statement: its speaker and its day, and
    that it was said.
    """
    said = checked_link.proof.statement
    if said is None:
        return
    person = _find_wrong_speaker_fault(checked_link, said, data)
    faults = [
        person or _find_unknown_name_before_link_fault(checked_link, said, data),
        _find_wrong_day_before_link_fault(checked_link, said),
        _find_unattributed_figure_fault(checked_link, said),
    ]
    yield from filter(None, faults)


def find_unpublished_quotation_faults(
    sentence: Sentence, data: Data
) -> Iterator[Fault]:
    """Yield quotations without a link, which no statement has, in a sentence that names
    a person of the statements.
    """
    text = sentence.text
    quoted = QUOTED.finditer(text.folded_outside_checked_links, *sentence.span)
    quotations = [found for found in quoted if len(found[0].split()) > 1]
    if not quotations or not _find_speaker_names(sentence, sentence.span, data):
        return
    published = _join_published_quotations(data["statements"])
    for found in quotations:
        words = _collapse_spaces("".join(filter(None, found.groups())))
        place = Span(*found.span())
        is_linked = any(begins_in(place, link) for link in text.links)
        if not is_linked and words.strip(" ,.") not in published:
            shown = sentence.visible_words(place)
            yield fault_at(
                place,
                f"the quotation {shown} has no link to a statement",
                "link it, [“…”](said:…), or tell it in your own words",
            )


def _join_published_quotations(statements: Table) -> str:
    """Return the quotations of all statements, folded, one a line."""
    return "\n".join(
        _collapse_spaces(fold_text(str(row["quotation"] or "")))
        for row in statements.rows
    )


def _collapse_spaces(words: str) -> str:
    """Return words with one space between them."""
    return " ".join(words.split())


# ---- The people of the statements


def map_statements_to_unique_speaker_names(data: Data) -> dict[str, tuple[str, ...]]:
    """Return by statement the given names and surnames by which the people who made it
    are known from all others.

    People have an office and two names; no part of an institution's name is enough to
    know it by.
    """
    if "statements" not in data:
        return {}
    return data["statements"].get_memoized(_list_unique_speaker_names)


def _list_unique_speaker_names(statements: Table) -> dict[str, tuple[str, ...]]:
    """Return by statement the names that only one of all people has."""
    people = {
        str(row["id"]): _parse_full_names_of_speakers(row) for row in statements.rows
    }
    everybody = " ".join({*chain(*people.values())})
    count = Counter(everybody.split())
    distinctive = {}
    for key, own in people.items():
        distinctive[key] = tuple(
            name for name in " ".join(own).split() if count[name] == 1
        )
    return distinctive


def _parse_full_names_of_speakers(statement: Row) -> list[str]:
    """Return the full names of who made a statement, none where it tells no office."""
    role = str(statement.values.get("role") or "")
    if not role:
        return []
    _, _, others = role.partition("beside ")
    speakers = f"{statement['speaker']} and {others}".split(" and ")
    return list(filter(FULL_NAME.fullmatch, map(str.strip, speakers)))


def _list_names_of_all_speakers(data: Data) -> set[str]:
    """Return the names by which people of any statement are known."""
    return {*chain(*map_statements_to_unique_speaker_names(data).values())}


# ---- Speaker


def _find_wrong_speaker_fault(
    checked_link: CheckedLink, said: SpeakerStatement, data: Data
) -> Fault | None:
    """Return a fault where a clause, or else its sentence, names people who said
    something, and none who said this.
    """
    sentence = checked_link.sentence
    own = map_statements_to_unique_speaker_names(data)[str(said.row["id"])]
    if not own:
        return None
    clause = sentence.clause_or_sentence_at(checked_link.link.words_start)
    found = _find_speaker_names(sentence, clause, data)
    found = found or _find_speaker_names(sentence, sentence.span, data)
    if not found or any(name[0] in own for name in found):
        return None
    first = found[0]
    return fault_at(
        Span(*first.span()),
        f'"{first[0]}" is named, but {said.speaker} said it',
        "name who said it in this clause, or nobody",
    )


def _find_speaker_names(
    sentence: Sentence, span: Span, data: Data
) -> list[re.Match[str]]:
    """Return the words in a part of a sentence that are names of people who said
    something.
    """
    names = _list_names_of_all_speakers(data)
    words = LETTERS.finditer(sentence.text.visible_text, *span)
    return [word for word in words if word[0] in names]


def _find_unknown_name_before_link_fault(
    checked_link: CheckedLink, said: SpeakerStatement, data: Data
) -> Fault | None:
    """Return a fault where names of others stand right before the words of a
    statement; names of known speakers are let through.
    """
    sentence = checked_link.sentence
    found = NAMES_BEFORE.search(
        sentence.text.visible_text, sentence.start, checked_link.link.start
    )
    if not found:
        return None
    words = LETTERS.findall(found[1])
    capitals = [fold_text(word) for word in words if word[0].isupper()]
    if not {*capitals}.isdisjoint(_split_folded_words(said.speaker_and_role)):
        return None
    known = sentence.lexicon.get_memoized(_list_words_that_name_nobody)
    known = known.union(map(fold_text, _list_names_of_all_speakers(data)))
    if sum(word not in known for word in capitals) < ENOUGH_WORDS:
        return None
    names = found[1].rstrip()
    place = Span(found.start(1), found.start(1) + len(names))
    return fault_at(
        place,
        f'"{_collapse_spaces(names)}" is named, but {said.speaker} said it',
        "name who said it, or nobody",
    )


def _list_words_that_name_nobody(lexicon: Lexicon) -> frozenset[str]:
    """Return the words that name nobody: of the language's tables and of the story's
    subjects.
    """
    phrases = chain(
        lexicon.figure_subjects,
        lexicon.counterparties,
        lexicon.bare_figure_subjects,
        lexicon.months,
        lexicon.lists["to_date_beside"],
        _list_function_words_units_and_numbers(lexicon),
    )
    return frozenset(_split_folded_words(" ".join(phrases)))


def _list_function_words_units_and_numbers(lexicon: Lexicon) -> set[str]:
    """Return the words that mean nothing by themselves."""
    return {
        *lexicon.lists["before_year"],
        *lexicon.lists["fillers"],
        *lexicon.units,
        *lexicon.ordinals,
        *lexicon.numbers,
    }


# ---- Day


def _find_wrong_day_before_link_fault(
    checked_link: CheckedLink, said: SpeakerStatement
) -> Fault | None:
    """Return a fault where a day that a sentence names before the words of a statement
    is not the day of the statement.
    """
    sentence = checked_link.sentence
    day = Period.parse(str(said.row["said_on"]))
    days = [
        item
        for item in list_days_named(sentence)
        if item.end <= checked_link.link.start
    ]
    if not days or said.row.values.get("said_on_precision", "day") != "day":
        return None
    named = group_into_enumerations(sentence.text, days)[-1]  # "7 and 8 December"
    words = sentence.visible_words(named[-1])
    is_its_year = str(day.year) in words or not WRITTEN_YEAR.search(words)
    if is_its_year and any(
        _is_same_day_of_any_year(item.period, day) for item in named
    ):
        return None
    return fault_at(
        named[-1],
        f'"{words}" is not the day of the statement, {day}',
        "write the day of the statement, its month or its year",
    )


def _is_same_day_of_any_year(named: Period, day: Period) -> bool:
    """Tell whether two days are the same of any year."""
    return named.shift_months((day.year - named.year) * MONTHS) == day


# ---- That it was said


def _find_unattributed_figure_fault(
    checked_link: CheckedLink, said: SpeakerStatement
) -> Fault | None:
    """Return a fault where a figure that somebody gave is told as a fact: without the
    speaker, a verb of saying, or what it was said of.
    """
    if not checked_link.proof.statement_rows or checked_link.text.description == LABELS:
        return None
    lexicon = checked_link.sentence.lexicon
    around = " ".join(
        [
            checked_link.text.visible_text,
            *checked_link.sentence.headings_heads_and_title,
        ]
    )
    if lexicon.matcher.find_first_tag(fold_text(around), ("saying",)):
        return None
    stems = _stem_content_words(around, lexicon)
    shared = stems & _stem_content_words(" ".join(said.descriptions), lexicon)
    speaker = _stem_content_words(said.speaker_and_role, lexicon)
    if len(shared) >= ENOUGH_WORDS or speaker & stems:
        return None
    return fault_at_words(
        checked_link.link,
        f'"{checked_link.words}" is what {said.speaker} said, and the text tells it as'
        " a fact",
        "say who said it, or that it was said",
    )


def _stem_content_words(words: str, lexicon: Lexicon) -> set[str]:
    """Return the beginnings of the words of a text that mean something, by which they
    are known in another form.
    """
    small_words = lexicon.get_memoized(_list_function_words_units_and_numbers)
    return {
        word[:STEM_LENGTH]
        for word in _split_folded_words(words)
        if len(word) > len("to") and word not in small_words
    }


def _split_folded_words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return LETTERS.findall(fold_text(text))
