"""What the tests of sentences around figures share: a paragraph, what is wrong in it,
and which periods it names.

The targets tell what a figure is of: fact:total/2023 of a year, total_to/… of January
to a month, total_rolling/… of the twelve months to it; a growth or change of the first
period against the second; goal and delay of no period; gold/2024/doria of a team.
"""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from press.binding import adjacent_words, attribute_checks
from press.binding.facts import Fact
from press.binding.ledger import CheckedLink
from press.binding.proof import Proof
from press.ground.period import Period
from press.quantity import Quantity
from press.reading.sentence import read_sentences
from press.reading.text import Text
from tests.engine.wording import ENGLISH

TEAMS = next(
    dimension for dimension in ENGLISH.dimensions if dimension.name == "team"
).values


def read_cases(place):
    """The sentences of a file, each with what the line below it says is found there, in
    order.
    """
    lines = (Path(__file__).parent / place).read_text("utf-8").splitlines()
    return [
        (sentence, found.split())
        for sentence, found in zip(lines[::2], lines[1::2], strict=True)
    ]


def make_text(value):
    return Text("a.md", value, 0, 1, value, "text", is_markdown=True)


def make_proof(target):
    """What a link is held to: a figure of the periods and the subject that its target
    names.
    """
    scheme, _, rest = target.partition(":")
    parts = re.split(r"[/.]", rest)
    times = [part for part in parts if Period.parse_or_none(part)]
    make = (
        Period.from_january_to_month
        if "_to" in target
        else make_twelve_months_to
        if "rolling" in target
        else Period.parse
    )
    periods = [make(time) for time in times] if scheme != "said" else []
    subject, team = (
        rest.partition("/")[0].partition("_")[0],
        next(filter(TEAMS.__contains__, parts), ""),
    )
    changed = (
        bool(re.match("fact:.*(growth|change|multiple)", target)) and len(periods) > 1
    )
    quantity = Quantity(
        Decimal(5),
        Decimal(0),
        "USD",
        frozenset(),
        "change" if changed else "money",
        signed=changed,
        period=max(periods, default=None),
        related=frozenset(periods),
        subject=subject if subject in ENGLISH.figure_subjects.values() else "",
        dimensions={"team": team} if team else {},
    )
    return Proof("proved", (Fact(rest, (), quantity),) if scheme != "said" else ())


def make_twelve_months_to(month):
    last = Period.parse(month).last
    return Period(last - 11, last)


def list_faulty_words(value, title=""):
    """The words of every fault of a paragraph, those of a doubt with a question mark
    behind.
    """
    words, found = make_text(value), []
    for sentence in read_sentences(words, ENGLISH, title):
        entries = [
            CheckedLink(sentence, link, make_proof(link.target))
            for link in sentence.bindings
        ]
        told = [
            replace(
                each,
                faults_and_doubts=(
                    *attribute_checks.find_attribute_faults_and_doubts(
                        sentence, each.link, each.proof
                    ),
                ),
            )
            for each in entries
        ]
        found += attribute_checks.find_exchanged_figure_faults(told)
        for entry in told:
            found += entry.faults_and_doubts
            found += filter(
                None, [adjacent_words.find_touching_mark_fault(sentence, entry.link)]
            )
            found += adjacent_words.find_negation_and_rate_faults(
                sentence, entry.link, entry.proof
            )
    return [
        f"{get_visible_words(words, fault).replace(' ', '_')}{'?' if fault.rank else ''}"
        for fault in found
    ]


def get_visible_words(words, span):
    return " ".join(words.visible_text[span.start : span.end].split())


def list_named_periods(value, lexicon=ENGLISH):
    """The periods that a paragraph names, as data write them, with their words."""
    words = make_text(value)
    found = [
        item for sentence in read_sentences(words, lexicon) for item in sentence.times
    ]
    return [(str(item.period), get_visible_words(words, item)) for item in found]
