"""What the tests of sentences around figures share: a paragraph, what is wrong in it, and which periods it names.

The targets tell what a figure is of: fact:total/2023 of a year, total_to/… of January to a month, total_rolling/… of
the twelve months to it; a growth or change of the first period against the second; goal and delay of no period.
"""

from __future__ import annotations

import re
from pathlib import Path

from press.binding.outside import outside_fault
from press.binding.subjects import subject_fault
from press.binding.times import period_fault
from press.ground.period import Period
from press.reading.sentence import sentences
from press.reading.text import Text
from tests.engine.wording import ENGLISH

WHEN = re.compile(r"\d{4}(-\d\d)?")


def cases(place):
    """The sentences of a file, each with what the line below it says is found there, in order."""
    lines = (Path(__file__).parent / place).read_text("utf-8").splitlines()
    return [(sentence, found.strip().split(" | ")) for sentence, found in zip(lines[::2], lines[1::2], strict=True)]


def text(value):
    return Text("a.md", value, 0, 1, value, "text", markdown=True)


def periods_of(target):
    """The periods of a figure, and those of them that a change is counted from."""
    times = [part for part in re.split(r"[/.]", target) if WHEN.fullmatch(part)]
    make = Period.to_month if "_to" in target else twelve_months_to if "rolling" in target else Period.parse
    periods = frozenset(map(make, times))
    compares = re.match("fact:.*(growth|change|multiple)", target) and len(periods) > 1
    return periods, frozenset(sorted(periods)[:1] if compares else ())


def twelve_months_to(month):
    last = Period.parse(month).last
    return Period(last - 11, last)


def found_in(value, title=""):
    """Every fault of a paragraph, each with the words that it stands at."""
    words, found = text(value), []
    for sentence in sentences(words, ENGLISH, title):
        for link in sentence.bindings:
            subject = link.target.partition(":")[2].partition("/")[0].partition("_")[0]
            periods, base = periods_of(link.target) if link.scheme != "said" else (frozenset(), frozenset())
            found += [
                ("period", period_fault(sentence, link, periods, base)),
                ("subject", subject_fault(sentence, link, subject)),
                ("outside", outside_fault(sentence, link, settled=bool(periods) or "goal" not in link.target)),
            ]
    return [(kind, shown(words, fault)) for kind, fault in found if fault]


def shown(words, span):
    return " ".join(words.plain[span.start : span.end].split())


def names(value, lexicon=ENGLISH):
    """The periods that a paragraph names, as data write them, with their words."""
    words = text(value)
    found = [item for sentence in sentences(words, lexicon) for item in sentence.times]
    return [(str(item.period), shown(words, item)) for item in found]


def fault_of(value, find, *arguments):
    *_, sentence = sentences(text(value), ENGLISH)
    return find(sentence, sentence.text.bindings[-1], *arguments)
