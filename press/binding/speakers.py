"""Who said something, when, and of what: what a sentence around the words of a
statement must agree with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from press.binding.ledger import Entry
from press.binding.statements import QUOTED, Statement, speakers
from press.data import Data
from press.ground.errors import Fault
from press.ground.period import MONTHS, Period
from press.reading import Lexicon, Sentence, Span, fold, lists

LETTERS = re.compile(r"[^\W\d_]+")
WRITTEN_YEAR = re.compile(r"\d{4}")
# Names right before a link, three small words between at most: "Jane Doe", "Doe and Roe
# spoke of".
NAMES = re.compile(
    r"((?:\b[^\W\d_a-z][\w'’-]+\s+(?:\w{1,3}\s+)?){2,})(?:[^\W\d_A-Z]+\s+){0,3}\Z"
)
# letters by which words are known again; words of a table that show what is meant
STEM, ENOUGH = 5, 2
LABELS = "words"  # the texts in a drawing, which say nothing of a speaker


def speaker_faults(entry: Entry, data: Data) -> Iterator[Fault]:
    """Yield what is wrong around the words of a statement: its speaker and its day, and
    that it was said.
    """
    said = entry.proof.said
    if said is None:
        return
    found = _person_fault(entry, said, data) or _stranger_fault(entry, said, data)
    yield from filter(
        None, (found, _day_fault(entry, said), _untold_fault(entry, said))
    )


def quotation_faults(sentence: Sentence, data: Data) -> Iterator[Fault]:
    """Yield quotations without a link, which no statement has, in a sentence that names
    a person of the statements.
    """
    words = sentence.text.unlinked
    quoted = [
        found
        for found in QUOTED.finditer(words, *sentence.span)
        if len(found[0].split()) > 1
    ]
    if not quoted or "statements" not in data:
        return
    people = {name for names in speakers(data).values() for name in names}
    rows = data["statements"].rows if _people(sentence, sentence.span, people) else ()
    published = "\n".join(
        " ".join(fold(str(row["quotation"] or "")).split()) for row in rows
    )
    for found in quoted if rows else ():
        linked = any(
            link.start <= found.start() < link.end for link in sentence.text.links
        )
        if (
            not linked
            and " ".join("".join(filter(None, found.groups())).split()).strip(" ,.")
            not in published
        ):
            message = (
                f"the quotation {sentence.shown(Span(*found.span()))} has no link to a"
                " statement"
            )
            yield Fault(
                *found.span(),
                message,
                "link it, [“…”](said:…), or tell it in your own words",
            )


def _speaker(said: Statement) -> str:
    """Return the name of a speaker, and the office where the table has one."""
    return f"{said.row['speaker']} {said.row.values.get('role') or ''}"


def _person_fault(entry: Entry, said: Statement, data: Data) -> Fault | None:
    """A clause that names people who said something names one who said this."""
    sentence, known = entry.sentence, speakers(data)
    own = known[str(said.row["id"])]
    people = {name for names in known.values() for name in names}
    named = _people(
        sentence, sentence.clause(entry.link.words_start), people
    ) or _people(sentence, sentence.span, people)
    if not own or not named or any(found[0] in own for found in named):
        return None
    start, end = named[0].span()
    message = f'"{named[0][0]}" is named, but {said.row["speaker"]} said it'
    return Fault(start, end, message, "name who said it in this clause, or nobody")


def _people(sentence: Sentence, span: Span, people: set[str]) -> list[re.Match[str]]:
    """Return the names of people who said something, as they stand in a part of a
    sentence.
    """
    return [
        found
        for found in LETTERS.finditer(sentence.text.plain, *span)
        if found[0] in people
    ]


def _stranger_fault(entry: Entry, said: Statement, data: Data) -> Fault | None:
    """No names of others stand right before the words of a statement."""
    sentence = entry.sentence
    found = NAMES.search(sentence.text.plain[sentence.start : entry.link.start])
    if not found:
        return None
    own = {*_words(_speaker(said))}
    people = {fold(name) for names in speakers(data).values() for name in names}
    capital = [fold(word) for word in LETTERS.findall(found[1]) if word[0].isupper()]
    strangers = [
        word for word in capital if word not in people | sentence.lexicon.derive(_known)
    ]
    if len(strangers) < ENOUGH or own & {*capital}:
        return None
    start, names = sentence.start + found.start(1), found[1].rstrip()
    message = f'"{" ".join(names.split())}" is named, but {said.row["speaker"]} said it'
    return Fault(start, start + len(names), message, "name who said it, or nobody")


def _known(lexicon: Lexicon) -> frozenset[str]:
    """Return the words that name nobody: of the language's tables and of the story's
    subjects.
    """
    named = (
        lexicon.subjects,
        lexicon.parties,
        lexicon.bare_subjects,
        lexicon.months,
        lexicon.lists["to_date_beside"],
    )
    return frozenset(_words(" ".join(chain(*named, _small(lexicon)))))


def _small(lexicon: Lexicon) -> set[str]:
    """Return the words that mean nothing by themselves."""
    tables = (lexicon.units, lexicon.ordinals, lexicon.numbers)
    return {*lexicon.lists["before_year"], *lexicon.lists["fillers"], *chain(*tables)}


def _day_fault(entry: Entry, said: Statement) -> Fault | None:
    """A day that a sentence names before the words of a statement is the day of the
    statement.
    """
    sentence, day = entry.sentence, Period.parse(str(said.row["said_on"]))
    days = [
        item
        for item in sentence.paragraph.days
        if sentence.start <= item.start and item.end <= entry.link.start
    ]
    if said.row.values.get("said_on_precision", "day") != "day" or not days:
        return None
    named = lists(sentence.text, days)[-1]  # "7 and 8 December"
    words, year = sentence.shown(named[-1]), f"{day.year}"
    alike = (
        item
        for item in named
        if item.period.shifted((day.year - item.period.year) * MONTHS) == day
    )
    if any(alike) and (year in words or not WRITTEN_YEAR.search(words)):
        return None
    message = f'"{words}" is not the day of the statement, {day}'
    return Fault(
        *named[-1][1:3],
        message,
        "write the day of the statement, its month or its year",
    )


def _untold_fault(entry: Entry, said: Statement) -> Fault | None:
    """A figure that somebody gave is told as said: with the speaker, a verb of saying,
    or what it was said of.
    """
    if not entry.proof.told or entry.text.what == LABELS:
        return None
    sentence, lexicon = entry.sentence, entry.sentence.lexicon
    around = " ".join(
        [
            entry.text.plain,
            *entry.text.above.headings,
            *sentence.heads,
            sentence.paragraph.title,
        ]
    )
    told = " ".join(
        [str(said.row["what"]), *(str(row["what"]) for row in said.figures)]
    )
    speaker = _stems(_speaker(said), lexicon)
    here = _stems(around, lexicon)
    saying = lexicon.tagger.first(fold(around), ("saying",))
    if saying or speaker & here or len(_stems(told, lexicon) & here) >= ENOUGH:
        return None
    message = (
        f'"{entry.words}" is what {said.row["speaker"]} said, and the text tells it as'
        " a fact"
    )
    return Fault(
        entry.link.words_start,
        entry.link.words_end,
        message,
        "say who said it, or that it was said",
    )


def _words(told: str) -> list[str]:
    return LETTERS.findall(fold(told))


def _stems(told: str, lexicon: Lexicon) -> set[str]:
    """Return the beginnings of the words of a text that mean something, by which they
    are known in another form.
    """
    small = lexicon.derive(_small)
    return {
        word[:STEM]
        for word in _words(told)
        if len(word) > len("to") and word not in small
    }
