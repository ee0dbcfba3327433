"""What stands beside a link: hedge and direction, which are read with its words, and
what may turn these round.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from press.binding.proof import Proof
from press.binding.truth import Case
from press.ground.errors import Fault
from press.quantity import DATES
from press.reading import CHECKED, NEAR, TIME_UNITS, Link, Sentence, Span, Tag, lies_in

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
# words between one that turns a figure round and the figure: "failed to come to [$5
# billion]"
FEW = 3
TURNED = 1  # rank of a doubt: the lower, the more telling


def lead_of(sentence: Sentence, link: Link) -> tuple[Span, str] | None:
    """Return where a link stands with the hedge or direction that only small words part
    from it, and the words of both.

    Of "fell sharply to [$5 billion]" these are "fell to $5 billion".
    """
    text, lexicon, chain, start = (
        sentence.text,
        sentence.lexicon,
        list[str](),
        link.start,
    )
    names, small = (
        lexicon.tagger.phrases("names", "timely"),
        lexicon.tagger.phrases("fillers", "into"),
    )
    endings = tuple(
        ending[1:] for ending in lexicon.lists["manners"] if ending[0] == "-"
    )
    own = text.value[link.words_start : link.words_end]
    low = max(
        [
            sentence.start,
            *(other.end for other in text.links if other.end <= link.start),
        ]
    )
    for tag in [*lexicon.tagger.find(text.folded, LEADING, low, link.start)][::-1]:
        words = text.folded[tag.end : start].replace(",", " ").split()
        told = [
            word
            for word in words
            if word not in lexicon.lists["manners"] and not word.endswith(endings)
        ]
        if tag.phrase in names or not {*told} <= small:
            break
        chain, start = [tag.phrase, *told, *chain], tag.start
    if chain:
        return Span(start, link.words_end), " ".join([*chain, own])
    behind = lexicon.tagger.first(text.folded, LEADING, link.end, link.end + NEAR)
    word = behind.phrase.split()[0] if behind else ""  # "higher" of "higher than"
    if (
        behind
        and word in lexicon.directions
        and word not in names
        and text.folded[link.end : behind.start] == " "
    ):
        return Span(link.words_start, behind.start + len(word)), f"{own} {word}"
    return None


def touching(sentence: Sentence, link: Link) -> Fault | None:
    """Return the letter, digit, sign or currency that touches a link and makes another
    figure of it: HK[$5], [$5]bn.
    """
    if link.scheme not in CHECKED:
        return None
    value, symbols = sentence.text.value, sentence.lexicon.tagger.phrases("symbols")
    ahead = html.unescape(value[max(0, link.start - NEAR) : link.start].rstrip(MARKUP))
    behind = value[link.end : link.end + NEAR].lstrip(MARKUP)
    sign = ahead[-1:] in {*SIGNS, *symbols} and not ahead[-2:-1].isalnum()
    if sign or ahead[-1:].isalnum() or ahead.rstrip()[-1:] in {*RELATIONS}:
        mark = ahead.rstrip()[-1:]
    elif behind[:1].isalnum() or behind[:1] in symbols:
        mark = behind[:1]
    else:
        return None
    message = (
        f'"{mark}" touches the link [{sentence.own_words(link)}] and makes another'
        " figure of it"
    )
    return Fault(link.words_start, link.words_end, message, "")


def second_unit(sentence: Sentence, link: Link, case: Case) -> Fault | None:
    """Return the unit right behind a link whose words have another: "[5% of it]
    tonnes", but "[5% fewer] tonnes".
    """
    lexicon, folded = sentence.lexicon, sentence.text.folded
    found = lexicon.tagger.first(
        folded, ("units", "short_units", "scales"), link.end + 1
    )
    own = [unit for unit in case.phrase.units if not unit.startswith("per ")]
    behind = (
        found is not None and found.start == link.end + 1 and folded[link.end].isspace()
    )
    if not found or not behind or not own or found.phrase in lexicon.lists["names"]:
        return None
    unit, part = (
        lexicon.units.get(found.phrase, ""),
        own[0] in {"percent", "percentage points"},
    )
    # as in "[5% fewer] tonnes"
    of_part = case.phrase.direction and part and unit != "percentage points"
    # the number itself is false
    scaled = found.phrase in lexicon.scales and not (case.phrase.scale or part)
    if unit.startswith("per ") or unit in TIME_UNITS or of_part or scaled:
        return None
    message = (
        f'"{sentence.shown(found)}" right behind the link [{sentence.own_words(link)}]'
        " is a second unit"
    )
    return Fault(found.start, found.end, message, "")


def doubtful(sentence: Sentence, link: Link, proof: Proof) -> Iterator[Fault]:
    """Yield words in the clause of a link that may turn it round or make another figure
    of it: never, a month, twice.

    Right beside a figure that has a time of its own, or a comparison, they surely do.
    """
    lexicon, text, clause = (
        sentence.lexicon,
        sentence.text,
        sentence.clause(link.words_start),
    )
    end = min(sentence.end, max(clause.end, link.end + NEAR))
    free = lexicon.tagger.phrases("hedges", "shifts", "moved_rates", "names")
    if link.scheme not in CHECKED:
        return
    for tag in lexicon.tagger.find(text.folded, DOUBTFUL, clause.start, end):
        near = _is_near(sentence, tag, link)
        bound = any(lies_in(tag, each) for each in text.links)
        if bound or tag.phrase in free or (tag.start >= clause.end and not near):
            continue
        words, own = sentence.shown(tag), sentence.own_words(link)
        sure = near and _is_settled(proof)
        message = (
            f'"{words}" beside "{own}" turns it round, or makes another figure of it'
        )
        doubt = f'the sentence says "{words}" beside "{own}"'
        yield Fault(
            tag.start,
            tag.end,
            message if sure else doubt,
            "",
            rank=0 if sure else TURNED,
        )


def _is_settled(proof: Proof) -> bool:
    """Tell whether a figure was so at some time; a goal may never have been met."""
    figures = [fact.quantity for fact in proof.facts]
    return bool(
        proof.claim
        or (figures and figures[0].period and figures[0].kind not in {*DATES, "span"})
    )


def _is_near(sentence: Sentence, tag: Tag, link: Link) -> bool:
    """Tell whether a negation stands before a link, a few words between, or a rate
    right behind it.
    """
    folded, tagger = sentence.text.folded, sentence.lexicon.tagger
    if tag.end <= link.start:
        if folded[tag.end : link.start].split()[-1:] in (
            [word] for word in sentence.lexicon.lists["margin"]
        ):
            return False  # "missed the goal by"
        return (
            tag.phrase in tagger.phrases(*TURNING)
            and len(folded[tag.end : link.start].split()) <= FEW
        )
    rate = tag.phrase in sentence.lexicon.lists["rates"] and link.scheme == "fact"
    return rate and not folded[link.end : tag.start].strip(" (/—")
