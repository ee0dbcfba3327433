"""What stands beside a link: hedge and direction, which are read with its words, and
what may turn these round.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import NamedTuple

from press.binding.comparators import may_stand_outside_claim_link
from press.binding.faults import fault_at, fault_at_words
from press.binding.proof import Proof
from press.binding.words_and_figure import WordsAndFigure
from press.ground.errors import Fault
from press.reading import (
    CHECKED,
    NEAR,
    TIME_UNITS,
    Lexicon,
    Link,
    PhraseTag,
    Sentence,
    Span,
    WrittenQuantity,
    begins_in,
    blank_span,
    fold_text,
)

SIGNS = "+-−–±~≈<>≤≥¬≠"
RELATIONS = "−~≈<>≤≥≠±≪≫¬"  # which a space may part from the figure
MARKUP = "*_"  # between a link and what touches it
LEADING = ("hedges", "directions", "names")
TURNING = ("negations", "unreal", "several")  # before a figure
DOUBTFUL = (
    *TURNING,
    "rates",
    "averages",
    "over_and_over",
    "hedges",
    "shifts",
    "moved_rates",
    "names",
)
# words between one that turns a figure round and the figure, as in "failed to come to"
MOST_WORDS_BETWEEN = 3
UNITS = ("units", "short_units", "scales")
PART_UNITS = {"percent", "percentage points"}
TURNED = 1  # rank of a doubt: the lower, the more telling


class WidenedLink(NamedTuple):
    """A link with the words beside it that are read with its own."""

    span: Span
    words: str


# ---- Hedge and direction


def widen_link_to_hedge_or_direction(
    sentence: Sentence, link: Link
) -> WidenedLink | None:
    """Return a link with the hedge or direction before or behind it, from which only
    small words part it; ``None`` where there is none.

    Of "fell sharply to [$5 billion]" the words are "fell to $5 billion".
    """
    return _widen_link_to_words_before(
        sentence, link
    ) or _widen_link_to_direction_behind(sentence, link)


def _widen_link_to_words_before(sentence: Sentence, link: Link) -> WidenedLink | None:
    """Return a link with the hedges and directions before it, ``None`` without any.

    Words of manner are left out, and other links end the search.
    """
    folded = sentence.text.folded_visible
    matcher = sentence.lexicon.matcher
    names = matcher.phrases_of("names", "timely")
    into = matcher.phrases_of("into")
    comparatives = matcher.phrases_of("comparatives", "hedges")
    definite = matcher.phrases_of("before_scale")
    small_words = matcher.phrases_of("into", "fillers")
    ends = [other.end for other in sentence.text.links if other.end <= link.start]
    first = max([sentence.start, *ends])
    lead: list[str] = []
    start = link.start
    undated = folded
    for time in sentence.times:  # "grew in 2025 to"
        undated = blank_span(undated, time.start, time.end)
    for tag in reversed([*sentence.find_tags(first, link.start, *LEADING)]):
        between = _split_words_except_manner_adverbs(
            undated[tag.end : start], sentence.lexicon
        )
        if tag.phrase in names or not small_words.issuperset(between):
            break
        is_dated = undated[tag.end : start] != folded[tag.end : start]
        if is_dated and into.isdisjoint(between):
            break  # "recovered in 2004, at"
        if tag.phrase in comparatives and not definite.isdisjoint(between):
            break  # "far more than the [5] of 2004"
        lead = [tag.phrase, *between, *lead]
        start = tag.start
    if not lead:
        return None
    own = sentence.text.value[link.words_start : link.words_end]
    return WidenedLink(Span(start, link.words_end), " ".join([*lead, own]))


def _split_words_except_manner_adverbs(folded: str, lexicon: Lexicon) -> list[str]:
    """Return the words of a text without those of manner: "sharply"."""
    manners = lexicon.lists["manners"]
    endings = tuple(manner[1:] for manner in manners if manner[0] == "-")
    return [
        word
        for word in folded.replace(",", " ").split()
        if word not in manners and not word.endswith(endings)
    ]


def _widen_link_to_direction_behind(
    sentence: Sentence, link: Link
) -> WidenedLink | None:
    """Return a link with the direction right behind it, ``None`` without one: of "[5%]
    higher than" without the last word.
    """
    text = sentence.text
    lexicon = sentence.lexicon
    behind = sentence.find_first_tag(link.end, link.end + NEAR, *LEADING)
    if not behind or text.folded_visible[link.end : behind.start] != " ":
        return None
    word = behind.phrase.split()[0]
    names = lexicon.matcher.phrases_of("names", "timely")
    if word in names or word not in lexicon.directions:
        return None
    own = text.value[link.words_start : link.words_end]
    span = Span(link.words_start, behind.start + len(word))
    return WidenedLink(span, f"{own} {word}")


# ---- Marks and units


def find_touching_mark_fault(sentence: Sentence, link: Link) -> Fault | None:
    """Return a fault for a letter, digit, sign or currency that touches a link and
    makes another figure of it: HK[$5], [$5]bn.
    """
    if link.scheme not in CHECKED:
        return None
    mark = _find_letter_or_sign_before(
        sentence, link
    ) or _find_letter_or_currency_behind(sentence, link)
    if not mark:
        return None
    message = (
        f'"{mark}" touches the link [{sentence.source_words(link)}] and makes another'
        " figure of it"
    )
    return fault_at_words(link, message)


def _find_letter_or_sign_before(sentence: Sentence, link: Link) -> str:
    """Return the mark before a link that changes its figure, else an empty text."""
    value = sentence.text.value
    before = html.unescape(value[max(0, link.start - NEAR) : link.start].rstrip(MARKUP))
    mark = before.rstrip()[-1:]
    last = before[-1:]
    if last.isalnum() or mark in RELATIONS:
        return mark
    signs = {*SIGNS, *sentence.lexicon.matcher.phrases_of("symbols")}
    if last in signs and not before[-2:-1].isalnum():
        return mark
    return ""


def _find_letter_or_currency_behind(sentence: Sentence, link: Link) -> str:
    """Return the mark behind a link that changes its figure, else an empty text."""
    mark = sentence.text.value[link.end : link.end + NEAR].lstrip(MARKUP)[:1]
    if mark.isalnum() or mark in sentence.lexicon.matcher.phrases_of("symbols"):
        return mark
    return ""


def find_second_unit_fault(
    sentence: Sentence, link: Link, case: WordsAndFigure
) -> Fault | None:
    """Return a fault for a unit right behind a link whose words have another: "[5% of
    it] tonnes", but "[5% fewer] tonnes".
    """
    lexicon = sentence.lexicon
    start = link.end + 1
    unit = sentence.find_first_tag(start, sentence.end, *UNITS)
    space = sentence.text.folded_visible[link.end : start]
    if not unit or unit.start != start or not space.isspace():
        return None
    is_name = unit.phrase in lexicon.lists["names"]
    if is_name or not _contradicts_unit_of_phrase(unit.phrase, case.phrase, lexicon):
        return None
    words = sentence.visible_words(unit)
    own = sentence.source_words(link)
    return fault_at(unit, f'"{words}" right behind the link [{own}] is a second unit')


def _contradicts_unit_of_phrase(
    unit_or_scale: str, phrase: WrittenQuantity, lexicon: Lexicon
) -> bool:
    """Tell whether a unit or scale behind a quantity contradicts the unit that this
    has; rates and units of time do not.
    """
    own_units = [unit for unit in phrase.units if not unit.startswith("per ")]
    unit = lexicon.units.get(unit_or_scale, "")
    if not own_units or unit.startswith("per ") or unit in TIME_UNITS:
        return False
    if own_units[0] in PART_UNITS:  # as in "[5% fewer] tonnes"
        return not phrase.direction or unit == "percentage points"
    # without a scale of its own the number itself is false
    return bool(phrase.scale) or unit_or_scale not in lexicon.scales


# ---- Words that turn a figure round


def find_negation_and_rate_faults(
    sentence: Sentence, link: Link, proof: Proof
) -> Iterator[Fault]:
    """Yield a doubt for each word in a link's clause that may turn it round or make
    another figure of it: never, a month, twice.

    It is a fault right beside a figure at a time, or a comparison. Links to sources and
    terms are left out, and so are words in links.
    """
    if link.scheme not in CHECKED:
        return
    text = sentence.text
    matcher = sentence.lexicon.matcher
    harmless = matcher.phrases_of("hedges", "shifts", "moved_rates", "names")
    # as in "without a break" no "without" is meant
    harmless |= matcher.phrases_of("comparators") - matcher.phrases_of(*DOUBTFUL)
    if _is_superlative_worded_as_comparative(sentence, link, proof):
        harmless |= matcher.phrases_of("nothing_more")
    targets = [each.target for each in sentence.bindings]
    clause = sentence.clause_or_sentence_at(link.words_start)
    end = min(sentence.end, max(clause.end, link.end + NEAR))
    for tag in sentence.find_tags(clause.start, end, *DOUBTFUL, "comparators"):
        if tag.phrase in harmless or any(begins_in(tag, other) for other in text.links):
            continue
        if _continues_multiple(sentence, tag) or _is_distributed_over_named_values(
            sentence, tag
        ):
            continue
        if may_stand_outside_claim_link(
            sentence.lexicon.comparators.get(tag.phrase), targets
        ):
            continue
        if tag.end <= link.start:
            is_near = _is_word_negation_before_link(sentence, tag, link)
        else:
            is_near = _is_rate_right_behind_fact(sentence, tag, link)
        words = (
            f'"{sentence.visible_words(tag)}" beside "{sentence.source_words(link)}"'
        )
        if is_near and _is_comparison_or_figure_at_time(proof):
            message = f"{words} turns it round, or makes another figure of it"
            yield fault_at(tag, message)
        elif is_near or tag.start < clause.end:
            yield fault_at(tag, f"the sentence says {words}", rank=TURNED)


def _continues_multiple(sentence: Sentence, tag: PhraseTag) -> bool:
    """Tell whether a word goes on with a multiple: "2.5 times as many"."""
    before = sentence.split_folded_words(sentence.start, tag.start)
    return tag.phrase in sentence.lexicon.lists["several"] and before[-1:] == ["as"]


def _is_distributed_over_named_values(sentence: Sentence, tag: PhraseTag) -> bool:
    """Tell whether a word says that each of several things has a figure, and the
    sentence names several: "A and B won [four] each".
    """
    if tag.phrase not in sentence.lexicon.lists["distributing"]:
        return False
    for dimension in sentence.lexicon.dimensions:
        values = {item.values for item in sentence.list_value_mentions(dimension)}
        if len(values) > 1:
            return True
    return False


def _is_superlative_worded_as_comparative(
    sentence: Sentence, link: Link, proof: Proof
) -> bool:
    """Tell whether the words of a superlative compare: "never [more]"."""
    if proof.claim is None:
        return False
    words = fold_text(sentence.source_words(link))
    lexicon = sentence.lexicon
    return any(
        lexicon.comparators[tag.phrase] in proof.claim.comparator.said_with_scope
        for tag in lexicon.matcher.find_tags(words, ("comparators",))
    )


def _is_comparison_or_figure_at_time(proof: Proof) -> bool:
    """Tell whether a proof is of a comparison, or of a figure that has a time and is
    neither a date nor a span of time; a goal may have none.
    """
    if proof.claim:
        return True
    if not proof.figures or not proof.figures[0].period:
        return False
    rules = proof.figures[0].kind_rules
    return not (rules.is_date or rules.is_span)


def _is_word_negation_before_link(
    sentence: Sentence, word: PhraseTag, link: Link
) -> bool:
    """Tell whether words before a link are a negation or the like, and only a few words
    part them.
    """
    lexicon = sentence.lexicon
    between = sentence.split_folded_words(word.end, link.start)
    if between and between[-1] in lexicon.lists["margin"]:
        return False  # "missed the goal by"
    is_turning = word.phrase in lexicon.matcher.phrases_of(*TURNING)
    return is_turning and len(between) <= MOST_WORDS_BETWEEN


def _is_rate_right_behind_fact(sentence: Sentence, tag: PhraseTag, link: Link) -> bool:
    """Tell whether words are a rate right behind a link to a fact."""
    if tag.phrase not in sentence.lexicon.lists["rates"] or link.scheme != "fact":
        return False
    if tag.phrase in sentence.lexicon.lists["distributing"]:
        return False  # "A and B won [four] each" is of two figures
    between = sentence.text.folded_visible[link.end : tag.start]
    return not between.strip(" (/—")
