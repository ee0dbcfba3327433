"""What stands just outside a link and belongs inside it: a hedge, a direction, a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.dates import dates_of
from press.lexicon import Found, Phrases, once
from press.nearby import NEAR, Fault, just_before, shown
from press.source import Span

if TYPE_CHECKING:
    from press.lexicon import Lexicon
    from press.source import Link, Text

SIGNS = "+-−–±~≈<>≤≥"


@once
def _phrases(lexicon: Lexicon) -> Phrases:
    """Return what finds hedges, directions, and the longer phrases that hold such a word without being one."""
    return Phrases({*lexicon.hedges, *lexicon.directions, *lexicon.shifts, *lexicon.names})


@once
def _spans(lexicon: Lexicon) -> Phrases:
    """Return what finds units of time: a figure that has one can be early or late."""
    return Phrases(unit for unit, name in lexicon.units.items() if name in {"years", "months"})


def outside_fault(text: Text, sentence: Span, link: Link, lexicon: Lexicon) -> Fault | None:
    """Return the hedge, direction or sign that stands just outside a link and belongs inside it."""
    if link.scheme not in {"fact", "claim"}:
        return None
    clause = text.clause(sentence, link.words_start)
    found = _sign(text, link, lexicon) or _before(text, clause, link, lexicon)
    if link.scheme == "fact":
        found = found or _after(text, clause, link, lexicon)
    if not found:
        return None
    words, own = shown(text, found), shown(text, Span(link.words_start, link.words_end))
    parts = [own, words] if found.start >= link.end else [words, own]
    touching = link.start == found.end or found.start == link.end
    inside = ("" if touching else " ").join(parts)
    message = f'found "{words}" outside the link [{own}], expected it inside'
    return Fault(found.start, found.end, message, f"write [{inside}](…)")


def _sign(text: Text, link: Link, lexicon: Lexicon) -> Span | None:
    """Return a sign or the sign of a unit that touches a link: $[5 billion], [5]%."""
    symbols = {unit for unit in lexicon.units if len(unit) == 1 and not unit.isalnum()}
    before, after = text.value[link.start - 1 : link.start], text.value[link.end : link.end + 1]
    joins = text.value[max(0, link.start - 2) : link.start - 1].isalnum()  # "2021–[2023]"
    if before in {*SIGNS, *symbols} and not joins:
        return Span(link.start - 1, link.start)
    return Span(link.end, link.end + 1) if after in symbols else None


def _before(text: Text, clause: Span, link: Link, lexicon: Lexicon) -> Span | None:
    """Return a hedge or direction among the two words before a link."""
    found = None
    for match in _phrases(lexicon).finditer(text.folded, clause.start, link.start):
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
    for match in _phrases(lexicon).finditer(text.folded, link.end, clause.end):
        between = text.folded[link.end : match.start].split()
        if (between and not _ends_in_unit(between, lexicon)) or _in_other(text, link, match.start):
            return None
        first, last = match.phrase.split()[0], match.phrase.split()[-1]
        if lexicon.hedges.get(match.phrase) in {"at_least", "at_most"}:  # "at least" may follow, "up to" begins another
            return Span(match.start, match.end) if last not in lexicon.fillers else None
        if match.phrase in lexicon.hedges:  # "more" of "more than"
            match = Found(match.start, match.start + len(first), first)  # noqa: PLW2901 - it is read as another phrase
        return Span(match.start, match.end) if _is_direction(text, link, match, lexicon) else None
    return None


def _ends_in_unit(words: list[str], lexicon: Lexicon) -> bool:
    """Tell whether words end with a unit or a scale, which may stand between a figure and its direction."""
    ends = (" ".join(words[start:]) for start in range(len(words)))
    return any(end in lexicon.units or end in lexicon.scales for end in ends)


def _is_direction(text: Text, link: Link, match: Found, lexicon: Lexicon) -> bool:
    """Tell whether a phrase beside a link says which way its figure goes."""
    if match.phrase not in lexicon.directions:
        return False
    if match.phrase in lexicon.around.get("timely", ()):
        end = max(link.end, match.start)
        timed = _spans(lexicon).search(text.folded, link.words_start, end)
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
