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
    just_before,
    parse,
    shown,
)

if TYPE_CHECKING:
    from press.reading import Lexicon, Link, Phrase, Text

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


def outside_fault(text: Text, sentence: Span, link: Link, lexicon: Lexicon) -> Fault | None:
    """Return what stands just outside a link and belongs inside it, or turns round what it says."""
    if link.scheme not in HELD:
        return None
    clause = text.clause(sentence, link.words_start)
    return (
        _touching_fault(text, link)
        or _negation_fault(text, clause, link, lexicon)
        or (_hedge_fault(text, clause, link, lexicon) if link.scheme != "said" else None)
        or (_counter_fault(text, clause, link, lexicon) if link.scheme != "said" else None)
        or (_unit_fault(text, sentence, link, lexicon) if link.scheme == "fact" else None)
    )


def _hedge_fault(text: Text, clause: Span, link: Link, lexicon: Lexicon) -> Fault | None:
    """A hedge, a direction or a sign belongs inside the link."""
    found = _sign(text, link, lexicon) or _before(text, clause, link, lexicon)
    if link.scheme == "fact":
        found = found or _after(text, clause, link, lexicon)
    if not found:
        return None
    words, own = html.unescape(text.value[found.start : found.end]), _own(text, link)
    words = " ".join(words.split())
    parts = [own, words] if found.start >= link.end else [words, own]
    touching = link.start == found.end or found.start == link.end
    inside = ("" if touching else " ").join(parts)
    message = f'found "{words}" outside the link [{own}], expected it inside'
    return Fault(found.start, found.end, message, f"write [{inside}](…)")


def _own(text: Text, link: Link) -> str:
    return shown(text, Span(link.words_start, link.words_end))


def _touching_fault(text: Text, link: Link) -> Fault | None:
    """No letter or digit touches a link: "HK[$5]" and "[$5](…)bn" say something else than the link."""
    before = "".join(takewhile(_joins, reversed(text.value[max(0, link.start - NEAR) : link.start].rstrip("*_"))))[::-1]
    behind = _past_marks(text, link)
    after = "".join(takewhile(_joins, text.value[behind : behind + NEAR]))
    if not before and not after:
        return None
    start = text.value.rindex(before, 0, link.start) if before else text.value.index(after, link.end)
    message = f'found "{before or after}" touching the link [{_own(text, link)}], expected a space or a mark between'
    return Fault(start, start + len(before or after), message, "write it inside the link, or apart from it")


def _joins(character: str) -> bool:
    """Tell whether a character makes one word with what it touches, in scripts that part words with spaces."""
    return character.isalnum() and character < WIDE


def _past_marks(text: Text, link: Link) -> int:
    """Return the place behind a link and the marks of Markdown that touch it."""
    found = MARKED.match(text.value, link.end)
    return found.end() if found else link.end


def _negation_fault(text: Text, clause: Span, link: Link, lexicon: Lexicon) -> Fault | None:
    """A negation before a link says that it is not so; one before a verb may speak of a goal: "did not reach [$5]"."""
    free = () if link.scheme != "fact" else lexicon.fillers
    found = None
    for match in lexicon.tagger.find(text.folded, DENYING, clause.start, link.start):
        between = text.folded[match.end : link.start].split()
        near = len(between) <= 1 and (link.scheme != "fact" or all(word in free for word in between))
        if near and not _in_other(text, link, match.start):
            found = match
    if not found or found.phrase not in lexicon.around.get("negations", ()):
        return None
    words, own = shown(text, Span(found.start, found.end)), _own(text, link)
    message = f'found "{words}" before the link [{own}], expected nothing that denies it'
    return Fault(found.start, found.end, message, "say what is so and bind that, or leave the link out")


def _counter_fault(text: Text, clause: Span, link: Link, lexicon: Lexicon) -> Fault | None:
    """What counts or ranks a link makes another figure of it: "twice [$5 billion]", "second [highest]"."""
    found = None
    for match in lexicon.tagger.find(text.folded, COUNTING, clause.start, link.start):
        if not text.folded[match.end : link.start].strip() and not _in_other(text, link, match.start):
            found = match
    if not found or not _counts(text, link, found.phrase, lexicon):
        return None
    words, own = shown(text, Span(found.start, found.end)), _own(text, link)
    message = f'found "{words}" before the link [{own}], expected nothing that counts or ranks it'
    return Fault(found.start, found.end, message, "bind a figure that says all of it")


def _counts(text: Text, link: Link, phrase: str, lexicon: Lexicon) -> bool:
    """Tell whether a word counts the figure behind it, or ranks the extreme behind it."""
    words = text.folded[link.words_start : link.words_end].strip()
    if link.scheme == "claim":
        classes = {lexicon.comparators[found.phrase] for found in lexicon.tagger.find(words, ("comparators",))}
        return phrase in lexicon.multiples or (phrase in lexicon.ordinals and bool(classes & EXTREMES))
    begins = words[:1].isdigit() or words[:1] in {*SIGNS, *_symbols(lexicon)}
    return begins and any(phrase in getattr(lexicon, table) for table in COUNTERS)


def _unit_fault(text: Text, sentence: Span, link: Link, lexicon: Lexicon) -> Fault | None:
    """A second unit or scale behind a link makes another figure of it: "[$5 billion](…) yuan", "… a month"."""
    found = _unit_behind(text, link, lexicon)
    if not found:
        return None
    try:
        phrase = parse(text.value[link.words_start : link.words_end], lexicon)
    except PhraseError:
        return None
    if not phrase.numbers or phrase.form == "ordinal" or not _is_second(text, sentence, link, found, phrase, lexicon):
        return None
    words, own = shown(text, Span(found.start, found.end)), _own(text, link)
    message = f'found "{words}" right behind the link [{own}], expected no unit of its own there'
    return Fault(found.start, found.end, message, "leave it out, or bind the figure in that unit")


def _unit_behind(text: Text, link: Link, lexicon: Lexicon) -> Tag | None:
    """Return the unit, scale or rate that begins right behind a link."""
    found = lexicon.tagger.first(text.folded, MEASURING, link.end, min(len(text.folded), link.end + NEAR))
    return found if found and not text.folded[link.end : found.start].strip(" \n-‐") else None


def _is_second(  # noqa: PLR0913, PLR0917 - what a sentence is and what it must say
    text: Text, sentence: Span, link: Link, found: Tag, phrase: Phrase, lexicon: Lexicon
) -> bool:
    """Tell whether a unit behind a link is more than its own figure leaves out."""
    earlier = [
        unit for other in text.within(sentence) if other.end <= link.start for unit in _said(text, other, lexicon)
    ]
    if found.phrase in lexicon.around.get("rates", ()):
        return True
    if found.phrase in lexicon.scales:  # of "[$20](…) billion" the number itself is false, which is said already
        alone = len(phrase.units) == 1 and phrase.units[0] not in PERCENT
        return bool(phrase.scale) or not alone
    unit = lexicon.units.get(found.phrase) or lexicon.short_units.get(found.phrase, "")
    if not unit or (unit in TIMES and not TIMES & {*phrase.units}):  # "a [$5 billion](…) year" is a year
        return False
    if unit.startswith("per "):
        return unit not in earlier
    mains = [name for name in phrase.units if not name.startswith("per ")]
    if mains == ["percent"] and phrase.direction and unit != "percent":  # "[5% fewer](…) tonnes"
        return False
    before = [name for name in earlier if not name.startswith("per ")]
    return bool(mains) or bool(phrase.scale and before and before[-1] != unit)


def _said(text: Text, link: Link, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the units in the words of a figure."""
    if link.scheme != "fact":
        return ()
    try:
        return parse(text.value[link.words_start : link.words_end], lexicon).units
    except PhraseError:
        return ()


def _symbols(lexicon: Lexicon) -> set[str]:
    return {unit for unit in lexicon.units if len(unit) == 1 and not unit.isalnum()}


def _sign(text: Text, link: Link, lexicon: Lexicon) -> Span | None:
    """Return a sign or the sign of a unit that touches a link, marks between or not: $[5 billion], **−**[5], [5]%."""
    symbols = _symbols(lexicon)
    head = text.value[max(0, link.start - NEAR) : link.start].rstrip("*_")
    offset = max(0, link.start - NEAR)
    short = re.search(r"&\w+;$", head[-ENTITY:])
    start = len(head) - (len(short[0]) if short else 1)
    before, joins = html.unescape(head[max(0, start) :]), head[max(0, start - 1) : max(0, start)].isalnum()
    if before in {*SIGNS, *symbols} and not joins:  # "2021–[2023]"
        return Span(offset + start, offset + len(head))
    behind = _past_marks(text, link)
    return Span(behind, behind + 1) if text.value[behind : behind + 1] in symbols else None


def _before(text: Text, clause: Span, link: Link, lexicon: Lexicon) -> Span | None:
    """Return a hedge or direction among the two words before a link."""
    found = None
    for match in lexicon.tagger.find(text.folded, BESIDE, clause.start, link.start):
        between = text.folded[match.end : link.start].split()
        if len(between) <= 1 and not _in_other(text, link, match.start):
            found = match, between
    if not found:
        return None
    match, between = found
    if match.phrase in lexicon.hedges:
        wrong = not between or between[0] in lexicon.articles  # "about a third", but "above the line"
    else:
        wrong = link.scheme == "fact" and _is_direction(text, link, match, lexicon)
        wrong = wrong and not (between and between[0] in lexicon.around.get("apart", ()))
    return Span(match.start, match.end) if wrong else None


def _after(text: Text, clause: Span, link: Link, lexicon: Lexicon) -> Span | None:
    """Return a direction right after a link or its unit ("three years late"), or "at least" at the end of a clause."""
    for match in lexicon.tagger.find(text.folded, BESIDE, link.end, clause.end):
        between = text.folded[link.end : match.start].split()
        if (between and not _ends_in_unit(between, lexicon)) or _in_other(text, link, match.start):
            return None
        first, last = match.phrase.split()[0], match.phrase.split()[-1]
        if lexicon.hedges.get(match.phrase) in {"at_least", "at_most"}:  # "at least" may follow, "up to" begins another
            return Span(match.start, match.end) if last not in lexicon.fillers else None
        if match.phrase in lexicon.hedges:  # "more" of "more than"
            match = Tag(match.start, match.start + len(first), first)  # noqa: PLW2901 - it is read as another phrase
        return Span(match.start, match.end) if _is_direction(text, link, match, lexicon) else None
    return None


def _ends_in_unit(words: list[str], lexicon: Lexicon) -> bool:
    """Tell whether words end with a unit or a scale, which may stand between a figure and its direction."""
    ends = (" ".join(words[start:]) for start in range(len(words)))
    return any(end in lexicon.units or end in lexicon.scales for end in ends)


def _is_direction(text: Text, link: Link, match: Tag, lexicon: Lexicon) -> bool:
    """Tell whether a phrase beside a link says which way its figure goes."""
    if match.phrase not in lexicon.directions:
        return False
    if match.phrase in lexicon.around.get("timely", ()):
        end = max(link.end, match.start)
        timed = lexicon.tagger.first(text.folded, ("time_units",), link.words_start, end)
        return bool(timed) and not _before_date(text, match.end, lexicon)
    if lexicon.directions[match.phrase] == "flat":  # "the level of", "a level"
        previous = just_before(text, match).split()[-1:]
        return not previous or previous[0] not in lexicon.fillers
    return True


def _before_date(text: Text, position: int, lexicon: Lexicon) -> bool:
    """Tell whether a date follows, after one short word at most: "early 2026", "early in 2026" is a time."""
    dates = dates_of(lexicon).finditer(text.plain, position, min(len(text.plain), position + NEAR))
    return any(len(text.plain[position : found.start()].split()) <= 1 for found in dates)


def _in_other(text: Text, link: Link, position: int) -> bool:
    return any(other != link and other.start <= position < other.end for other in text.links)
