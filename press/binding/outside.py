"""What stands just outside a link and belongs inside it, or turns it round: a hedge, a sign, a unit, a negation."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from unicodedata import category

from press.binding.leads import is_reached
from press.ground.errors import Fault, Mend
from press.reading import (
    CHECKED,
    NEAR,
    TIME_UNITS,
    WIDE,
    Link,
    Phrase,
    PhraseError,
    Sentence,
    Span,
    Tag,
    dates_of,
    parse,
)

SIGNS = "+-−–±~≈<>≤≥"
OTHERWISE = "say it in other words, or link another fact"
MARKUP = re.compile(r"(?:[*_]|</?\w+>)*")  # markup between a link and what touches it
ENTITY = len("&minus;")
RELATIONS = {"Sm"}  # the Unicode category of "<", "≠", "−"; "¬" is one, too
NEUTRAL = "=←↑→↓↔⇒⇔"  # which say nothing of the figure
RATIOS = frozenset({"percent", "percentage points", "times"})
EXTREMES = frozenset({"highest", "lowest"})
COUNTERS = ("numbers", "fractions", "multiples", "several")
# What stands beside a link, each with the longer phrases that hold such a word without being one.
BESIDE = ("hedges", "directions", "shifts", "names")
DENYING = ("negations", "unreal", "hedges", "names")
COUNTING = (*COUNTERS, "ordinals", "names")
MEASURING = ("units", "short_units", "scales", "rates", "moved_rates", "shifts", "names")


def outside_fault(
    sentence: Sentence, link: Link, *, settled: bool = True, led: bool = False, per: str = ""
) -> Fault | None:
    """Return what stands just outside a link and belongs inside it, or turns round what it says.

    ``settled``: it is so, at some time, and cannot be denied; of a goal a sentence may as well say that it was missed.
    ``led``: hedge and direction beside it are read with it, and true. ``per`` is what a price is counted by.
    """
    if link.scheme not in CHECKED:
        return None
    outside = _Outside(sentence, link, settled and link.scheme != "said", per)
    found = outside.touching_fault() or outside.negation_fault()
    if link.scheme != "said":
        found = found or outside.hedge_fault(led=led) or outside.counter_fault()
    if link.scheme == "fact":
        found = found or outside.unit_fault()
    return found


@dataclass(frozen=True, eq=False)
class _Outside:
    """A link in its sentence, and what stands beside it."""

    sentence: Sentence
    link: Link
    settled: bool
    per: str = ""

    @cached_property
    def clause(self) -> Span:
        """The clause of the link's words."""
        return self.sentence.clause(self.link.words_start)

    @property
    def own(self) -> str:
        """The words of the link as readers see them."""
        return self._shown(Span(self.link.words_start, self.link.words_end))

    def _shown(self, place: Span | Tag) -> str:
        return self.sentence.shown(Span(place.start, place.end))

    def _before(self, tables: tuple[str, ...]) -> Iterator[tuple[Tag, list[str]]]:
        """Yield the phrases of some tables in the clause before the link, each with the words between the two."""
        folded = self.sentence.text.folded
        for tag in self.sentence.lexicon.tagger.find(folded, tables, self.clause.start, self.link.start):
            if not self._in_other(tag.start):
                yield tag, folded[tag.end : self.link.start].split()

    def _in_other(self, position: int) -> bool:
        return any(other != self.link and other.start <= position < other.end for other in self.sentence.text.links)

    # ---- What touches it

    def touching_fault(self) -> Fault | None:
        """No letter or digit touches a link: "HK[$5]" and "[$5](…)bn" say something else than the link."""
        value, link = self.sentence.text.value, self.link
        ahead = value[max(0, link.start - NEAR) : link.start].rstrip("*_")
        before = "".join(takewhile(_joins, reversed(ahead)))[::-1]
        behind = self._behind
        after = "".join(takewhile(_joins, value[behind : behind + NEAR]))
        if not before and not after:
            return None
        start = value.rindex(before, 0, link.start) if before else value.index(after, link.end)
        message = f'"{before or after}" touches the link [{self.own}]'
        hint = "write it inside the link, or put a space between"
        return Fault(start, start + len(before or after), message, hint)

    @cached_property
    def _behind(self) -> int:
        """The place behind the link and the markup that touches it."""
        found = MARKUP.match(self.sentence.text.value, self.link.end)
        return found.end() if found else self.link.end

    # ---- What denies it

    def negation_fault(self) -> Fault | None:
        """A negation before a link denies it; before or behind a figure or a comparison, wherever in its clause."""
        found = self._negation() if self.settled else self._near_negation()
        if not found:
            return None
        where = "before" if found.start < self.link.start else "behind"
        message = f'"{self._shown(found)}" {where} the link [{self.own}] denies it'
        return Fault(found.start, found.end, message, "say what is so and link that, or leave the link out")

    def _near_negation(self) -> Tag | None:
        """Return a negation right before a link; of a goal, one before a verb speaks of the goal: "did not reach"."""
        small = {*self.sentence.lexicon.fillers}
        free = self.link.scheme == "fact"
        near = (
            tag for tag, between in self._before(DENYING) if len(between) <= 1 and not (free and {*between} - small)
        )
        found = next(reversed([*near]), None)
        missed = found and free and found.phrase in self.sentence.lexicon.short
        return found if found and found.phrase in self.sentence.lexicon.negations and not missed else None

    def _negation(self) -> Tag | None:
        """Return a negation in the clause of a link, or a word that says that it was not so: "would", no "May"."""
        lexicon, text = self.sentence.lexicon, self.sentence.text
        tags = lexicon.tagger.find(text.folded, DENYING, *self.clause)
        by_how_much = text.folded[self.clause.start : self.link.start].split()[-1:] in (
            [word] for word in lexicon.margin
        )
        free = {*lexicon.short} if by_how_much else set()  # "missed the goal by [$5]"
        for tag in tags:
            denies = tag.phrase in lexicon.negations or (tag.phrase in lexicon.unreal and tag.end <= self.link.start)
            if denies and tag.phrase not in free and not self._in_any(tag.start) and not self._is_month(tag):
                return tag
        return None

    def _in_any(self, position: int) -> bool:
        return any(link.start <= position < link.end for link in self.sentence.text.links)

    def _is_month(self, tag: Tag) -> bool:
        """Tell whether a word is a month as well and written like one."""
        return tag.phrase in self.sentence.lexicon.months and self.sentence.text.plain[tag.start].isupper()

    # ---- What hedges or directs it

    def hedge_fault(self, *, led: bool) -> Fault | None:
        """A hedge, a direction or a sign belongs inside the link; words beside it may be ``led``: read with it."""
        link, found = self.link, self._sign() or (None if led else self._hedge_before())
        if link.scheme == "fact" and not led:
            found = found or self._direction_after()
        if not found:
            return None
        words = " ".join(html.unescape(self.sentence.text.value[found.start : found.end]).split())
        parts = [self.own, words] if found.start >= link.end else [words, self.own]
        touching = link.start == found.end or found.start == link.end
        inside = ("" if touching else " ").join(parts)
        message = f'found "{words}" outside the link [{self.own}], expected it inside'
        return Fault(found.start, found.end, message, OTHERWISE, mends=(*self._inside(found, inside), _without(found)))

    def _inside(self, found: Span, inside: str) -> Iterator[Mend]:
        """Yield the ways to write words inside the link: without those between, and with them."""
        start, end = min(found.start, self.link.start), max(found.end, self.link.end)
        before = self.sentence.text.value[start : self.link.start].rstrip("*_")
        after = self.sentence.text.value[self.link.end : end]
        whole = " ".join(f"{before}{self.own}{after}".split())
        for words in dict.fromkeys((inside, whole)):
            yield Mend(start, end, f"[{words}]({self.link.target})", f"[{words}](…)")

    def _sign(self) -> Span | None:
        """Return a sign or the sign of a unit that touches a link, markup between or not: $[5 billion], **−**[5]."""
        value, start = self.sentence.text.value, max(0, self.link.start - NEAR)
        head = value[start : self.link.start].rstrip("*_")
        short = re.search(r"&\w+;$", head[-ENTITY:])
        place = len(head) - (len(short[0]) if short else 1)
        before, joins = html.unescape(head[max(0, place) :]), head[max(0, place - 1) : max(0, place)].isalnum()
        if (before in {*SIGNS, *self._symbols} or _is_relation(before)) and not joins:  # "2021–[2023]"
            return Span(start + place, start + len(head))
        apart = head.rstrip()  # "< [5]", but "sales - [5] in all - rose"
        if apart and _is_relation(apart[-1]):
            return Span(start + len(apart) - 1, start + len(apart))
        behind = self._behind
        return Span(behind, behind + 1) if value[behind : behind + 1] in self._symbols else None

    @property
    def _symbols(self) -> set[str]:
        return {unit for unit in self.sentence.lexicon.units if len(unit) == 1 and not unit.isalnum()}

    def _hedge_before(self) -> Span | None:
        """Return a hedge or direction among the two words before a link."""
        found = next(((tag, between) for tag, between in [*self._before(BESIDE)][::-1] if len(between) <= 1), None)
        if not found:
            return None
        (tag, between), lexicon = found, self.sentence.lexicon
        if tag.phrase in lexicon.hedges:
            wrong = not between or between[0] in lexicon.articles  # "about a third", but "above the line"
            wrong = wrong and not is_reached(self.sentence, self.link, tag)
        else:
            apart = bool(between) and between[0] in lexicon.apart
            wrong = self.link.scheme == "fact" and self._is_direction(tag) and not apart
        return Span(tag.start, tag.end) if wrong else None

    def _direction_after(self) -> Span | None:
        """Return a direction right after a link or its unit ("three years late"), or "at least" at the clause's end."""
        lexicon, folded = self.sentence.lexicon, self.sentence.text.folded
        tag = lexicon.tagger.first(folded, BESIDE, self.link.end, self.clause.end)
        if not tag or self._in_other(tag.start):
            return None
        between = folded[self.link.end : tag.start].split()
        if between and not self._ends_in_unit(between):
            return None
        words = tag.phrase.split()
        if lexicon.hedges.get(tag.phrase) in {"at_least", "at_most"}:  # "at least" may follow, "up to" begins another
            return Span(tag.start, tag.end) if words[-1] not in lexicon.fillers else None
        if tag.phrase in lexicon.hedges:  # "more" of "more than"
            tag = Tag(tag.start, tag.start + len(words[0]), words[0])
        return Span(tag.start, tag.end) if self._is_direction(tag) else None

    def _ends_in_unit(self, words: list[str]) -> bool:
        """Tell whether words end with a unit or a scale, which may stand between a figure and its direction."""
        known = {*self.sentence.lexicon.units, *self.sentence.lexicon.scales}
        return any(" ".join(words[start:]) in known for start in range(len(words)))

    def _is_direction(self, tag: Tag) -> bool:
        """Tell whether a phrase beside a link says which way its figure goes."""
        lexicon = self.sentence.lexicon
        if tag.phrase not in lexicon.directions:
            return False
        if tag.phrase in lexicon.timely:
            end = max(self.link.end, tag.start)
            timed = lexicon.tagger.first(self.sentence.text.folded, ("time_units",), self.link.words_start, end)
            return bool(timed) and not self._before_date(tag.end)
        if lexicon.directions[tag.phrase] == "flat":  # "the level of", "a level"
            previous = self.sentence.before(tag).split()[-1:]
            return not previous or previous[0] not in lexicon.fillers
        return True

    def _before_date(self, position: int) -> bool:
        """Tell whether a date follows, after one short word at most: "early 2026", "early in 2026" is a time."""
        plain = self.sentence.text.plain
        dates = dates_of(self.sentence.lexicon).finditer(plain, position, min(len(plain), position + NEAR))
        return any(len(plain[position : found.start()].split()) <= 1 for found in dates)

    # ---- What counts it

    def counter_fault(self) -> Fault | None:
        """What counts or ranks a link makes another figure of it: "twice [$5 billion]", "second [highest]"."""
        found = next((tag for tag, between in [*self._before(COUNTING)][::-1] if {*between} <= {"-"}), None)
        if not found or not self._counts(found.phrase):
            return None
        message = f'"{self._shown(found)}" before the link [{self.own}] makes another figure of it'
        return Fault(found.start, found.end, message, "link a fact for the whole of it")

    def _counts(self, phrase: str) -> bool:
        """Tell whether a word counts the figure behind it, or ranks the extreme behind it."""
        lexicon = self.sentence.lexicon
        words = self.sentence.text.folded[self.link.words_start : self.link.words_end].strip()
        if self.link.scheme == "claim":
            classes = {lexicon.comparators[found.phrase] for found in lexicon.tagger.find(words, ("comparators",))}
            return phrase in {*lexicon.multiples, *lexicon.several} or (
                phrase in lexicon.ordinals and bool(classes & EXTREMES)
            )
        begins = words[:1].isdigit() or words[:1] in {*SIGNS, *self._symbols}
        return begins and phrase in lexicon.tagger.phrases(*COUNTERS)

    # ---- What measures it

    def unit_fault(self) -> Fault | None:
        """A second unit or scale behind a link makes another figure of it: "[5% of it](…) tonnes", "… a month"."""
        found = self._unit_behind()
        phrase = self._phrase(self.link) if found else None
        if not found or not phrase or not phrase.numbers or phrase.form == "ordinal":
            return None
        if not self._is_second(found.phrase, phrase):
            return None
        message = f'"{self._shown(found)}" right behind the link [{self.own}] is a second unit'
        return Fault(found.start, found.end, message, "link a fact in that unit", mends=(_without(found),))

    def _unit_behind(self) -> Tag | None:
        """Return the unit, scale or rate that begins right behind a link."""
        folded, end = self.sentence.text.folded, self.link.end
        found = self.sentence.lexicon.tagger.first(folded, MEASURING, end, min(len(folded), end + NEAR))
        return found if found and not folded[end : found.start].strip(" \n-‐") else None

    def _is_second(self, found: str, phrase: Phrase) -> bool:
        """Tell whether a rate, scale or unit behind a link is more than its own figure leaves out."""
        lexicon = self.sentence.lexicon
        if found in lexicon.rates:
            return True
        if found in lexicon.scales:  # of "[$20](…) billion" the number itself is false, which is said already
            return bool(phrase.scale) or len(phrase.units) != 1 or phrase.units[0] in RATIOS
        unit = lexicon.units.get(found) or lexicon.short_units.get(found, "")
        if unit.startswith("per "):
            return unit not in self._earlier_units and (unit != self.per or unit in phrase.units)
        a_time = unit in TIME_UNITS and not TIME_UNITS & {*phrase.units}  # "a [$5 billion](…) year" is a year
        return bool(unit) and not a_time and self._has_another(unit, phrase)

    def _has_another(self, unit: str, phrase: Phrase) -> bool:
        """Tell whether a figure has a unit of its own beside the one behind its link, or takes over another."""
        own = [name for name in phrase.units if not name.startswith("per ")]
        if own == ["percent"] and phrase.direction and unit not in RATIOS:  # "[5% fewer](…) tonnes"
            return False
        earlier = [name for name in self._earlier_units if not name.startswith("per ")]
        return bool(own) or (phrase.scale > 0 and earlier[-1:] not in ([], [unit]))

    @cached_property
    def _earlier_units(self) -> list[str]:
        """The units in the words of the facts before it in the sentence."""
        facts = (other for other in self.sentence.bindings if other.end <= self.link.start and other.scheme == "fact")
        return [unit for other in facts if (phrase := self._phrase(other)) for unit in phrase.units]

    def _phrase(self, link: Link) -> Phrase | None:
        with suppress(PhraseError):
            return parse(self.sentence.text.value[link.words_start : link.words_end], self.sentence.lexicon)
        return None


def _without(place: Span | Tag) -> Mend:
    return Mend(place.start, place.end, "", how="leave it out")


def _is_relation(character: str) -> bool:
    """Tell whether a character is a sign of mathematics that changes a figure."""
    return character not in {"", "|"} and category(character[0]) in RELATIONS and character not in NEUTRAL


def _joins(character: str) -> bool:
    """Tell whether a character makes one word with what it touches, in scripts that part words with spaces."""
    return character.isalnum() and character < WIDE
