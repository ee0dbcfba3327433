"""What stands just outside a link and belongs inside it, or turns it round: a hedge, a sign, a unit, a negation."""

from __future__ import annotations

import html
import re
from itertools import takewhile
from typing import TYPE_CHECKING

from press.reading import (
    NEAR,
    WIDE,
    Fault,
    PhraseError,
    Span,
    Tag,
    dates_of,
    parse,
)

if TYPE_CHECKING:
    from press.reading import Lexicon, Link, Phrase, Sentence

SIGNS = "+-−–±~≈<>≤≥"
HELD = frozenset({"fact", "claim", "said"})
MARKED = re.compile(r"(?:[*_]|</?\w+>)*")  # marks of Markdown between a link and what touches it
ENTITY = len("&minus;")
PERCENT = frozenset({"percent", "percentage points", "times"})
TIMES = frozenset({"years", "months"})
EXTREMES = frozenset({"highest", "lowest"})
COUNTERS = ("numbers", "fractions", "multiples")
# What stands beside a link, each with the longer phrases that hold such a word without being one.
BESIDE = ("hedges", "directions", "shifts", "names")
DENYING = ("negations", "hedges", "names")
COUNTING = (*COUNTERS, "ordinals", "names")
MEASURING = ("units", "short_units", "scales", "rates", "moved_rates", "shifts", "names")


def outside_fault(sentence: Sentence, link: Link) -> Fault | None:
    """Return what stands just outside a link and belongs inside it, or turns round what it says."""
    if link.scheme not in HELD:
        return None
    clause = sentence.clause(link.words_start)
    return (
        _touching_fault(sentence, link)
        or _negation_fault(sentence, clause, link)
        or (_hedge_fault(sentence, clause, link) if link.scheme != "said" else None)
        or (_counter_fault(sentence, clause, link) if link.scheme != "said" else None)
        or (_unit_fault(sentence, link) if link.scheme == "fact" else None)
    )


def _hedge_fault(sentence: Sentence, clause: Span, link: Link) -> Fault | None:
    """A hedge, a direction or a sign belongs inside the link."""
    found = _sign(sentence, link) or _before(sentence, clause, link)
    if link.scheme == "fact":
        found = found or _after(sentence, clause, link)
    if not found:
        return None
    words, own = html.unescape(sentence.text.value[found.start : found.end]), _own(sentence, link)
    words = " ".join(words.split())
    parts = [own, words] if found.start >= link.end else [words, own]
    touching = link.start == found.end or found.start == link.end
    inside = ("" if touching else " ").join(parts)
    message = f'found "{words}" outside the link [{own}], expected it inside'
    return Fault(found.start, found.end, message, f"write [{inside}](…)")


def _own(sentence: Sentence, link: Link) -> str:
    return sentence.shown(Span(link.words_start, link.words_end))


def _touching_fault(sentence: Sentence, link: Link) -> Fault | None:
    """No letter or digit touches a link: "HK[$5]" and "[$5](…)bn" say something else than the link."""
    before = "".join(
        takewhile(_joins, reversed(sentence.text.value[max(0, link.start - NEAR) : link.start].rstrip("*_")))
    )[::-1]
    behind = _past_marks(sentence, link)
    after = "".join(takewhile(_joins, sentence.text.value[behind : behind + NEAR]))
    if not before and not after:
        return None
    start = sentence.text.value.rindex(before, 0, link.start) if before else sentence.text.value.index(after, link.end)
    message = (
        f'found "{before or after}" touching the link [{_own(sentence, link)}], expected a space or a mark between'
    )
    return Fault(start, start + len(before or after), message, "write it inside the link, or apart from it")


def _joins(character: str) -> bool:
    """Tell whether a character makes one word with what it touches, in scripts that part words with spaces."""
    return character.isalnum() and character < WIDE


def _past_marks(sentence: Sentence, link: Link) -> int:
    """Return the place behind a link and the marks of Markdown that touch it."""
    found = MARKED.match(sentence.text.value, link.end)
    return found.end() if found else link.end


def _negation_fault(sentence: Sentence, clause: Span, link: Link) -> Fault | None:
    """A negation before a link says that it is not so; one before a verb may speak of a goal: "did not reach [$5]"."""
    free = () if link.scheme != "fact" else sentence.lexicon.fillers
    found = None
    for match in sentence.lexicon.tagger.find(sentence.text.folded, DENYING, clause.start, link.start):
        between = sentence.text.folded[match.end : link.start].split()
        near = len(between) <= 1 and (link.scheme != "fact" or all(word in free for word in between))
        if near and not _in_other(sentence, link, match.start):
            found = match
    if not found or found.phrase not in sentence.lexicon.negations:
        return None
    words, own = sentence.shown(Span(found.start, found.end)), _own(sentence, link)
    message = f'found "{words}" before the link [{own}], expected nothing that denies it'
    return Fault(found.start, found.end, message, "say what is so and bind that, or leave the link out")


def _counter_fault(sentence: Sentence, clause: Span, link: Link) -> Fault | None:
    """What counts or ranks a link makes another figure of it: "twice [$5 billion]", "second [highest]"."""
    found = None
    for match in sentence.lexicon.tagger.find(sentence.text.folded, COUNTING, clause.start, link.start):
        if not sentence.text.folded[match.end : link.start].strip() and not _in_other(sentence, link, match.start):
            found = match
    if not found or not _counts(sentence, link, found.phrase):
        return None
    words, own = sentence.shown(Span(found.start, found.end)), _own(sentence, link)
    message = f'found "{words}" before the link [{own}], expected nothing that counts or ranks it'
    return Fault(found.start, found.end, message, "bind a figure that says all of it")


def _counts(sentence: Sentence, link: Link, phrase: str) -> bool:
    """Tell whether a word counts the figure behind it, or ranks the extreme behind it."""
    words = sentence.text.folded[link.words_start : link.words_end].strip()
    if link.scheme == "claim":
        classes = {
            sentence.lexicon.comparators[found.phrase]
            for found in sentence.lexicon.tagger.find(words, ("comparators",))
        }
        return phrase in sentence.lexicon.multiples or (
            phrase in sentence.lexicon.ordinals and bool(classes & EXTREMES)
        )
    begins = words[:1].isdigit() or words[:1] in {*SIGNS, *_symbols(sentence.lexicon)}
    return begins and any(phrase in getattr(sentence.lexicon, table) for table in COUNTERS)


def _unit_fault(sentence: Sentence, link: Link) -> Fault | None:
    """A second unit or scale behind a link makes another figure of it: "[$5 billion](…) yuan", "… a month"."""
    found = _unit_behind(sentence, link)
    if not found:
        return None
    try:
        phrase = parse(sentence.text.value[link.words_start : link.words_end], sentence.lexicon)
    except PhraseError:
        return None
    if not phrase.numbers or phrase.form == "ordinal" or not _is_second(sentence, link, found, phrase):
        return None
    words, own = sentence.shown(Span(found.start, found.end)), _own(sentence, link)
    message = f'found "{words}" right behind the link [{own}], expected no unit of its own there'
    return Fault(found.start, found.end, message, "leave it out, or bind the figure in that unit")


def _unit_behind(sentence: Sentence, link: Link) -> Tag | None:
    """Return the unit, scale or rate that begins right behind a link."""
    found = sentence.lexicon.tagger.first(
        sentence.text.folded, MEASURING, link.end, min(len(sentence.text.folded), link.end + NEAR)
    )
    return found if found and not sentence.text.folded[link.end : found.start].strip(" \n-‐") else None


def _is_second(sentence: Sentence, link: Link, found: Tag, phrase: Phrase) -> bool:
    """Tell whether a unit behind a link is more than its own figure leaves out."""
    earlier = [unit for other in sentence.bindings if other.end <= link.start for unit in _said(sentence, other)]
    if found.phrase in sentence.lexicon.rates:
        return True
    if (
        found.phrase in sentence.lexicon.scales
    ):  # of "[$20](…) billion" the number itself is false, which is said already
        alone = len(phrase.units) == 1 and phrase.units[0] not in PERCENT
        return bool(phrase.scale) or not alone
    unit = sentence.lexicon.units.get(found.phrase) or sentence.lexicon.short_units.get(found.phrase, "")
    if not unit or (unit in TIMES and not TIMES & {*phrase.units}):  # "a [$5 billion](…) year" is a year
        return False
    if unit.startswith("per "):
        return unit not in earlier
    mains = [name for name in phrase.units if not name.startswith("per ")]
    if mains == ["percent"] and phrase.direction and unit != "percent":  # "[5% fewer](…) tonnes"
        return False
    before = [name for name in earlier if not name.startswith("per ")]
    return bool(mains) or bool(phrase.scale and before and before[-1] != unit)


def _said(sentence: Sentence, link: Link) -> tuple[str, ...]:
    """Return the units in the words of a figure."""
    if link.scheme != "fact":
        return ()
    try:
        return parse(sentence.text.value[link.words_start : link.words_end], sentence.lexicon).units
    except PhraseError:
        return ()


def _symbols(lexicon: Lexicon) -> set[str]:
    return {unit for unit in lexicon.units if len(unit) == 1 and not unit.isalnum()}


def _sign(sentence: Sentence, link: Link) -> Span | None:
    """Return a sign or the sign of a unit that touches a link, marks between or not: $[5 billion], **−**[5], [5]%."""
    symbols = _symbols(sentence.lexicon)
    head = sentence.text.value[max(0, link.start - NEAR) : link.start].rstrip("*_")
    offset = max(0, link.start - NEAR)
    short = re.search(r"&\w+;$", head[-ENTITY:])
    start = len(head) - (len(short[0]) if short else 1)
    before, joins = html.unescape(head[max(0, start) :]), head[max(0, start - 1) : max(0, start)].isalnum()
    if before in {*SIGNS, *symbols} and not joins:  # "2021–[2023]"
        return Span(offset + start, offset + len(head))
    behind = _past_marks(sentence, link)
    return Span(behind, behind + 1) if sentence.text.value[behind : behind + 1] in symbols else None


def _before(sentence: Sentence, clause: Span, link: Link) -> Span | None:
    """Return a hedge or direction among the two words before a link."""
    found = None
    for match in sentence.lexicon.tagger.find(sentence.text.folded, BESIDE, clause.start, link.start):
        between = sentence.text.folded[match.end : link.start].split()
        if len(between) <= 1 and not _in_other(sentence, link, match.start):
            found = match, between
    if not found:
        return None
    match, between = found
    if match.phrase in sentence.lexicon.hedges:
        wrong = not between or between[0] in sentence.lexicon.articles  # "about a third", but "above the line"
    else:
        wrong = link.scheme == "fact" and _is_direction(sentence, link, match)
        wrong = wrong and not (between and between[0] in sentence.lexicon.apart)
    return Span(match.start, match.end) if wrong else None


def _after(sentence: Sentence, clause: Span, link: Link) -> Span | None:
    """Return a direction right after a link or its unit ("three years late"), or "at least" at the end of a clause."""
    for match in sentence.lexicon.tagger.find(sentence.text.folded, BESIDE, link.end, clause.end):
        between = sentence.text.folded[link.end : match.start].split()
        if (between and not _ends_in_unit(between, sentence.lexicon)) or _in_other(sentence, link, match.start):
            return None
        first, last = match.phrase.split()[0], match.phrase.split()[-1]
        if sentence.lexicon.hedges.get(match.phrase) in {
            "at_least",
            "at_most",
        }:  # "at least" may follow, "up to" begins another
            return Span(match.start, match.end) if last not in sentence.lexicon.fillers else None
        if match.phrase in sentence.lexicon.hedges:  # "more" of "more than"
            match = Tag(match.start, match.start + len(first), first)  # noqa: PLW2901 - it is read as another phrase
        return Span(match.start, match.end) if _is_direction(sentence, link, match) else None
    return None


def _ends_in_unit(words: list[str], lexicon: Lexicon) -> bool:
    """Tell whether words end with a unit or a scale, which may stand between a figure and its direction."""
    ends = (" ".join(words[start:]) for start in range(len(words)))
    return any(end in lexicon.units or end in lexicon.scales for end in ends)


def _is_direction(sentence: Sentence, link: Link, match: Tag) -> bool:
    """Tell whether a phrase beside a link says which way its figure goes."""
    if match.phrase not in sentence.lexicon.directions:
        return False
    if match.phrase in sentence.lexicon.timely:
        end = max(link.end, match.start)
        timed = sentence.lexicon.tagger.first(sentence.text.folded, ("time_units",), link.words_start, end)
        return bool(timed) and not _before_date(sentence, match.end)
    if sentence.lexicon.directions[match.phrase] == "flat":  # "the level of", "a level"
        previous = sentence.before(match).split()[-1:]
        return not previous or previous[0] not in sentence.lexicon.fillers
    return True


def _before_date(sentence: Sentence, position: int) -> bool:
    """Tell whether a date follows, after one short word at most: "early 2026", "early in 2026" is a time."""
    dates = dates_of(sentence.lexicon).finditer(
        sentence.text.plain, position, min(len(sentence.text.plain), position + NEAR)
    )
    return any(len(sentence.text.plain[position : found.start()].split()) <= 1 for found in dates)


def _in_other(sentence: Sentence, link: Link, position: int) -> bool:
    return any(other != link and other.start <= position < other.end for other in sentence.text.links)
