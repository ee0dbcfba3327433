"""What a sentence says of its figures: when, whose, of what; and whether that is so.

Of each attribute of a figure (its time, its subject, each dimension of the story) a
sentence may name some values. Where none of them can be the figure's, that is a
problem. Of several, words alone do not say surely which is meant: then the nearest that
is not the figure's is a doubt, unless two figures would both be right if they changed
places, which is a problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from press.binding.attributes import (
    FigureAttribute,
    SubjectOrDimensionValue,
    list_figure_attributes,
)
from press.binding.claim_words import SCOPES
from press.binding.claims import Claim
from press.binding.comparison_sides import find_faults_on_comparison_sides
from press.binding.faults import (
    SUBJECT_RANK,
    TIME_RANK,
    UNNAMED_RANK,
    VALUE_RANK,
    fault_at,
    fault_at_words,
)
from press.binding.ledger import CheckedLink
from press.binding.proof import Proof
from press.binding.times import (
    format_period,
    format_periods_with_or,
    list_days_named,
    list_nameable_periods,
)
from press.ground.errors import Fault, suggest_similar_or_all
from press.quantity import PLUS, Quantity
from press.reading import (
    Dimension,
    ItemInText,
    Lexicon,
    Link,
    Sentence,
    begins_in,
    begins_in_link,
    find_periods_in_headings,
    read_heading_sentences,
)

ATTRIBUTE_RANKS = {TIME_RANK, SUBJECT_RANK, VALUE_RANK}


def find_attribute_faults_and_doubts(
    sentence: Sentence, link: Link, proof: Proof
) -> Iterator[Fault]:
    """Yield what the words around a figure say that is not so, and as a doubt what they
    leave open.
    """
    unknown = _find_value_not_in_words_toml(link, proof.figures, sentence.lexicon)
    if unknown:
        yield unknown
        return
    attributes = list(list_figure_attributes(sentence, link, proof))
    for attribute in attributes:
        mismatch = _find_mismatch_fault_or_doubt(sentence, link, attribute, proof)
        if mismatch:
            yield mismatch
    yield from _find_heading_time_doubts(sentence, link, proof)
    if not (
        _is_whole_sentence_linked(sentence, link)
        or is_operand_of_claim_in_sentence(sentence, link)
    ):
        yield from _find_unnamed_value_doubts(sentence, link, attributes)
    if proof.claim:
        yield from _find_uncompared_threshold_faults(sentence, link, proof.claim)
        yield from _find_unstated_window_doubts(sentence, link, proof.claim)
        yield from _find_scope_word_doubts(sentence, link, proof.claim)
        if len(proof.figures) > 1:
            yield from _find_uncompared_thing_faults_and_doubts(
                sentence, link, proof.figures
            )
        comparator = proof.claim.comparator
        if comparator.has_base or comparator.has_threshold:
            yield from find_faults_on_comparison_sides(sentence, link, proof)
    yield from _find_table_head_mismatches(sentence, link, proof)


def is_operand_of_claim_in_sentence(sentence: Sentence, link: Link) -> bool:
    """Tell whether a link to a claim in the sentence compares the fact of a link."""
    own = link.target.partition(":")[2].replace("/", ".")
    return any(
        own in other.target.split("/")
        for other in sentence.bindings
        if other.scheme == "claim"
    )


def find_exchanged_figure_faults(
    checked_links: Sequence[CheckedLink],
) -> Iterator[Fault]:
    """Yield two or three figures of a sentence that stand in each other's place: what
    is said of each is true of another of them, and not of itself.
    """
    doubted = [
        checked_link
        for checked_link in checked_links
        if any(
            fault.rank in ATTRIBUTE_RANKS for fault in checked_link.faults_and_doubts
        )
    ]
    for group in chain(combinations(doubted, 2), combinations(doubted, 3)):
        # each figure at the place of the next one, or of the one before
        rotations = [(*group[by:], *group[:by]) for by in (1, -1)]
        if any(all(map(_can_stand_in_place_of, group, others)) for others in rotations):
            yield _make_exchange_fault(group)


# ---- Attributes: time, subject, dimensions


def _find_mismatch_fault_or_doubt(
    sentence: Sentence, link: Link, attribute: FigureAttribute, proof: Proof
) -> Fault | None:
    """Return a problem or a doubt where a sentence names another time, subject or value
    than the figure's.
    """
    nearest = sentence.find_nearest_or_all_candidates(link, attribute.relevant_mentions)
    is_level = not any(item.signed for item in proof.figures)
    if (
        isinstance(attribute, SubjectOrDimensionValue)
        and link.scheme == "fact"
        and is_level
    ):
        nearest = [
            item
            for item in nearest
            if not _is_named_after_word_than(item, sentence, link)
        ]
    mismatch = attribute.find_mismatched_mention(nearest)
    if not mismatch:
        return None
    is_in_link = begins_in_link(mismatch, link)
    is_certain = is_in_link or attribute.is_mismatch_certain(
        mismatch, len(sentence.find_data_links())
    )
    is_span = bool(proof.facts) and all(
        item.kind_rules.is_span for item in proof.figures
    )
    if is_span and (is_in_link or not begins_in(mismatch, sentence)):
        return None  # "[a year early]" is of no time of its own, nor of a heading's
    rank = 0 if is_certain else attribute.rank
    words = sentence.visible_words(mismatch)
    own = sentence.source_words(link)
    described = attribute.describe_own_value_or_base(mismatch)
    said = f'says "{words}", and "{own}" {described}'
    if begins_in(mismatch, sentence):
        return fault_at(mismatch, f"the sentence {said}", rank=rank)
    return fault_at_words(link, f"what stands before or above {said}", rank=rank)


def _is_named_after_word_than(item: ItemInText, sentence: Sentence, link: Link) -> bool:
    """Tell whether "than" stands between a figure and what is named behind it: "[4] was
    fewer than the [11] of the Soviet Union".
    """
    return link.end < item.start and bool(
        sentence.find_first_tag(link.end, item.start, "than")
    )


def _find_value_not_in_words_toml(
    link: Link, figures: Sequence[Quantity], lexicon: Lexicon
) -> Fault | None:
    """Return a fault for the first value of figures in a dimension, else for the first
    subject, that words.toml does not have.

    If it has no dimensions, or no subjects, these are left out.
    """
    dimensions = {f"dimensions.{each.name}": each.values for each in lexicon.dimensions}
    subjects = frozenset(lexicon.figure_subjects.values())
    declared: list[tuple[str, str]] = []
    if dimensions:
        for figure in figures:
            for name, value in figure.dimensions.items():
                declared += ((f"dimensions.{name}", part) for part in value.split(PLUS))
    if subjects:
        declared += (("subjects", item.subject) for item in figures if item.subject)
    tables = {**dimensions, "subjects": subjects}
    for table, value in declared:
        known = tables.get(table, frozenset())
        if value not in known:
            message = f'the fact is of "{value}", which words.toml has not in [{table}]'
            return fault_at_words(link, message, suggest_similar_or_all(value, known))
    return None


def _find_unnamed_value_doubts(
    sentence: Sentence, link: Link, attributes: Sequence[FigureAttribute]
) -> Iterator[Fault]:
    """Yield a doubt for each value of a figure that neither its sentence nor what this
    stands under names.
    """
    for attribute in attributes:
        if isinstance(
            attribute, SubjectOrDimensionValue
        ) and attribute.is_dimension_value_unnamed(sentence):
            message = (
                f'"{sentence.source_words(link)}" is of {attribute.label}, and neither'
                " the sentence nor its heading says so"
            )
            yield fault_at_words(link, message, rank=UNNAMED_RANK)


def _is_whole_sentence_linked(sentence: Sentence, link: Link) -> bool:
    """Tell whether a link is all that its sentence consists of."""
    plain = sentence.text.visible_text
    before = plain[sentence.start : link.words_start]
    return not (before + plain[link.words_end : sentence.end]).strip(" .|")


def _find_table_head_mismatches(
    sentence: Sentence, link: Link, proof: Proof
) -> Iterator[Fault]:
    """Yield what is wrong where a cell stands in a row or under a column of another
    time, subject or value.
    """
    heads = sentence.row_and_column_heads
    for head in read_heading_sentences(heads, sentence.lexicon):
        for attribute in list_figure_attributes(head, link, proof):
            mentions = attribute.relevant_mentions
            if mentions and not any(map(attribute.matches, mentions)):
                described = attribute.describe_own_value_or_base(mentions[0])
                message = (
                    f'"{sentence.source_words(link)}" {described}, but stands under'
                    f' "{head.text.value}"'
                )
                rank = attribute.rank if attribute.is_optional else 0
                yield fault_at_words(link, message, rank=rank)


def _find_heading_time_doubts(
    sentence: Sentence, link: Link, proof: Proof
) -> Iterator[Fault]:
    """Yield a doubt where a level stands in running text, neither its sentence nor one
    before it names a time, and what it stands under names another.
    """
    if link.scheme != "fact" or proof.fault or not sentence.text.is_markdown:
        return
    periods = list_nameable_periods(proof)
    is_level = all(item.kind_rules.is_level for item in proof.figures)
    named_times = sentence.paragraph.named_times
    times = (*named_times.periods, *named_times.days)
    if not periods or not is_level or any(item.start < sentence.end for item in times):
        return
    if find_periods_in_headings(sentence.row_and_column_heads, sentence.lexicon):
        return  # these are held to the figure by themselves
    named = find_periods_in_headings(
        sentence.headings_heads_and_title, sentence.lexicon
    )
    if not named or any(
        item.is_among_ignoring_unstated_year(periods) for item in named
    ):
        return
    yield fault_at_words(
        link,
        f'"{sentence.source_words(link)}" is of {format_periods_with_or(periods)}, and'
        " what it stands under is of another time",
        rank=UNNAMED_RANK,
    )


# ---- Claims: what is compared


def _find_uncompared_threshold_faults(
    sentence: Sentence, link: Link, claim: Claim
) -> Iterator[Fault]:
    """Yield what is wrong where a sentence links another threshold than its
    comparison's, such as one of two goals.
    """
    if not claim.comparator.has_threshold:
        return
    fact, threshold = claim.operands
    linked = [
        other
        for other in sentence.bindings
        if other.target.startswith(f"fact:{threshold.name}/")
    ]
    if not linked or fact.name == threshold.name:
        return
    if any(other.target == f"fact:{threshold.key}" for other in linked):
        return
    other = linked[0]
    message = (
        f'"{sentence.source_words(other)}" is {other.target}, but'
        f' "{sentence.source_words(link)}" beside it is a comparison with'
        f" {threshold.key}"
    )
    yield fault_at_words(other, message)


def _find_unstated_window_doubts(
    sentence: Sentence, link: Link, claim: Claim
) -> Iterator[Fault]:
    """Yield a doubt where a comparison goes over a part of its table, and no words say
    over which.
    """
    if not claim.window:
        return
    start, end = claim.event_periods[-2:]
    if start.day:
        is_stated = start in [item.period for item in list_days_named(sentence)]
        label = f"{format_period(start)} to {format_period(end)}"
    else:
        starts = [item.period.first for item in sentence.times]
        is_stated = claim.window.first in starts
        label = format_period(claim.window)
    if not is_stated:
        message = (
            f'"{sentence.source_words(link)}" is compared over {label} only, and the'
            " sentence does not say so"
        )
        yield fault_at_words(link, message, rank=UNNAMED_RANK)


def _find_scope_word_doubts(
    sentence: Sentence, link: Link, claim: Claim
) -> Iterator[Fault]:
    """Yield a doubt where a superlative is said of all times and goes over things, or
    the other way round.
    """
    if not claim.comparator.said_with_scope:
        return
    table_of_things, table = SCOPES
    others = "those of other times"
    if claim.over_argument:
        table = table_of_things
        others = f"that of every other {claim.over_argument}"
    clause = sentence.clause_or_sentence_at(link.words_start)
    for tag in sentence.find_tags(*clause, *SCOPES):
        if tag.phrase not in sentence.lexicon.lists[table]:
            own = sentence.source_words(link)
            message = (
                f'the sentence says "{sentence.visible_words(tag)}", and "{own}" is'
                f" compared with {others}"
            )
            yield fault_at(tag, message, rank=VALUE_RANK)


def _find_uncompared_thing_faults_and_doubts(
    sentence: Sentence, link: Link, figures: Sequence[Quantity]
) -> Iterator[Fault]:
    """Yield a problem or a doubt where several things are compared and a sentence names
    another in the place of one.
    """
    for dimension in sentence.lexicon.dimensions:
        compared = _list_values_or_defaults(dimension, figures)
        named = sentence.list_value_mentions(dimension)
        others = [item for item in named if not item.values & compared]
        missing = compared.difference(*(item.values for item in named))
        if len(compared) > 1 and others and missing:
            values = (dimension.labels.get(value, value) for value in sorted(compared))
            own = sentence.source_words(link)
            message = (
                f'the sentence says "{sentence.visible_words(others[0])}", and "{own}"'
                f" compares {' and '.join(values)}"
            )
            is_only_figure = sentence.find_data_links() == [link]
            yield fault_at(others[0], message, rank=0 if is_only_figure else VALUE_RANK)


def _list_values_or_defaults(
    dimension: Dimension, figures: Sequence[Quantity]
) -> set[str]:
    """Return the values of figures in a dimension, each part of a sum; its default for
    those without one.
    """
    values = (
        figure.dimensions.get(dimension.name, dimension.default_value)
        for figure in figures
    )
    return {part for value in values for part in value.split(PLUS)} - {""}


# ---- Figures that have changed places


def _can_stand_in_place_of(figure: CheckedLink, other: CheckedLink) -> bool:
    """Tell whether a figure fits what the sentence says at the place of another."""
    attributes = list_figure_attributes(other.sentence, other.link, figure.proof)
    return not any(
        _find_mismatch_fault_or_doubt(
            other.sentence, other.link, attribute, figure.proof
        )
        for attribute in attributes
    )


def _make_exchange_fault(exchanged: Sequence[CheckedLink]) -> Fault:
    """Return a fault for figures that should change places."""
    *words, last = (
        f'"{checked_link.sentence.source_words(checked_link.link)}"'
        for checked_link in exchanged
    )
    message = (
        f"{', '.join(words)} and {last} stand in each other’s place: what is said of"
        " one is so of another"
    )
    return Fault(
        exchanged[0].link.words_start,
        exchanged[-1].link.words_end,
        message,
        "let them change places",
    )
