"""Holding one paragraph to the data: each binding is proved, and what should be one is
looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from press.binding import adjacent_words, attribute_checks
from press.binding.claim_words import NOTHING_MORE, SCOPES
from press.binding.comparators import COMPARATORS, may_stand_outside_claim_link
from press.binding.directions import SentenceDirections
from press.binding.durations import is_duration_between_named_years
from press.binding.facts import Facts
from press.binding.faults import fault_at, fault_at_words
from press.binding.latest import LATEST
from press.binding.ledger import CheckedLink
from press.binding.multiples import is_multiple_confirmed_by_figures
from press.binding.proof import Proof, Prover
from press.binding.speakers import (
    find_attribution_faults,
    find_unpublished_quotation_faults,
)
from press.binding.unbound import (
    UNWRITTEN,
    UnlinkedWordsScan,
    find_blocks_with_possible_findings,
)
from press.data import Data
from press.ground.cache import BINDINGS, Identity
from press.ground.errors import BuildError, Fault, Problem
from press.ground.period import Period
from press.reading import (
    OF_DATA,
    SCHEMES,
    ItemInText,
    Link,
    PhraseTag,
    Sentence,
    Text,
    Vocabulary,
    begins_in,
    begins_in_any,
    fold_text,
    read_sentences,
)

ANCHOR = re.compile(r"\{[^}\n]*#[\w-]+[^}\n]*\}")
BROKEN = re.compile(rf"\]\s*\(\s*<?(?:{'|'.join(SCHEMES)}):")
SUPERLATIVES = "|".join(each.name for each in COMPARATORS if each.is_superlative)
SUPERLATIVE = re.compile(f"claim:({SUPERLATIVES})/")
UNPROVED = 5  # rank of the doubt on a comparison: the lower, the more telling


@dataclass(frozen=True)
class CheckedParagraph:
    """A paragraph held to the data; places of ``faults_and_doubts`` are those of its
    ``text``.

    ``problems`` are those of the story's own code, told where that stands.
    """

    text: Text
    checked_links: tuple[CheckedLink, ...]
    faults_and_doubts: tuple[Fault, ...]
    problems: tuple[Problem, ...]

    def replace_text_of_same_words(self, text: Text) -> CheckedParagraph:
        """Return the same findings for ``text``, which has the same words elsewhere."""
        sentences = {
            checked_link.sentence: replace(checked_link.sentence, text=text)
            for checked_link in self.checked_links
        }
        checked_links = tuple(
            replace(checked_link, sentence=sentences[checked_link.sentence])
            for checked_link in self.checked_links
        )
        return replace(self, text=text, checked_links=checked_links)


def check_paragraphs_with_possible_findings(
    text: Text, title: str, vocabulary: Vocabulary, facts: Facts
) -> tuple[CheckedParagraph, ...]:
    """Return the paragraphs of a text, held to the facts.

    Left out are those in which nothing can be found. ``title`` is what the text stands
    under.
    """

    def check_blocks(data: Data) -> tuple[CheckedParagraph, ...]:
        recorded = Facts(data, facts.fact_functions)
        blocks = find_blocks_with_possible_findings(text, vocabulary.lexicon)
        return tuple(
            check_paragraph(text.make_paragraph(block), title, vocabulary, recorded)
            for block in blocks
        )

    return BINDINGS.get(
        (Identity(text), title, vocabulary, facts.fact_functions),
        check_blocks,
        facts.data,
    )


def check_paragraph(
    paragraph: Text, title: str, vocabulary: Vocabulary, facts: Facts
) -> CheckedParagraph:
    """Hold the links of a paragraph to the facts, and look for what should be one.

    ``title`` is what it stands under. What was found in the same words before is taken
    from a cache, wherever they stand now, as long as the tables that their facts asked
    for are the same.
    """
    words = replace(paragraph, source="", file_offset=0, line=0, parent=None)
    held: CheckedParagraph = BINDINGS.get(
        ("paragraph", words, title, vocabulary, facts.fact_functions),
        lambda data: _check_paragraph_without_cache(
            words, title, vocabulary, Facts(data, facts.fact_functions)
        ),
        facts.data,
    )
    return held.replace_text_of_same_words(paragraph)


def _check_paragraph_without_cache(
    paragraph: Text, title: str, vocabulary: Vocabulary, facts: Facts
) -> CheckedParagraph:
    """Hold a paragraph to the facts, and look for what should be linked."""
    prover = Prover(vocabulary, facts)
    read = tuple(read_sentences(paragraph, vocabulary.lexicon, title))
    scan = UnlinkedWordsScan(paragraph, vocabulary.lexicon, read)
    checked_links = list[CheckedLink]()
    problems = list[Problem]()
    found = [
        *_find_unreadable_links(paragraph),
        *_find_links_outside_sentences(paragraph, read),
        *_find_linked_headings_without_id(paragraph),
        *_find_todos(paragraph),
    ]
    compared = list[PhraseTag]()
    unlinked = scan.find_unlinked_numbers_and_expiring_words()
    for sentence in read:
        own = list(_check_links_collecting_code_problems(sentence, prover, problems))
        multiples = [
            number
            for number in unlinked
            if number.number and begins_in(number, sentence)
            if is_multiple_confirmed_by_figures(number, sentence, own, facts)
            or is_duration_between_named_years(number, sentence)
        ]
        own = [_drop_faults_within(checked_link, multiples) for checked_link in own]
        unlinked = [fault for fault in unlinked if fault not in multiples]
        checked_links += own
        directions = SentenceDirections(sentence, own, facts)
        compared += directions.find_comparisons_confirmed_by_figures()
        found += chain.from_iterable(
            checked_link.faults_and_doubts for checked_link in own
        )
        found += attribute_checks.find_exchanged_figure_faults(own)
        found += directions.find_faults_and_doubts()
        found += find_unpublished_quotation_faults(sentence, facts.data)
    confirmed = {tag.start for tag in compared}
    found += (
        fault
        for fault in _find_comparisons_needing_link(scan)
        if fault.start not in confirmed
    )
    excepted = vocabulary.exceptions.reasons_by_phrase.get(
        get_path_in_language_folder(paragraph, vocabulary), {}
    )
    found += scan.mark_excepted_faults(unlinked, excepted)
    return CheckedParagraph(
        paragraph, tuple(checked_links), tuple(dict.fromkeys(found)), tuple(problems)
    )


def _drop_faults_within(
    checked_link: CheckedLink, spans: Sequence[ItemInText]
) -> CheckedLink:
    """Return a link without the faults and doubts that begin in some spans."""
    kept = tuple(
        fault
        for fault in checked_link.faults_and_doubts
        if not begins_in_any(fault, spans)
    )
    return replace(checked_link, faults_and_doubts=kept)


# ---- How links are written


def _find_unreadable_links(text: Text) -> Iterator[Fault]:
    """Yield a fault for each link of our schemes that cannot be read."""
    broken = {found.start() for found in BROKEN.finditer(text.without_code_blocks)}
    for start in sorted(broken - {link.words_end for link in text.bindings}):
        yield Fault(
            start,
            start + 1,
            "a link to a fact, a claim, a statement, a source or a term cannot be read",
            "write [words](scheme:name), the words without brackets, the target without"
            " spaces",
        )


def _find_links_outside_sentences(
    text: Text, sentences: tuple[Sentence, ...]
) -> Iterator[Fault]:
    """Yield a fault for each link in no sentence: its words begin with neither a word
    nor a number.
    """
    in_sentences = {link for sentence in sentences for link in sentence.bindings}
    for link in text.bindings:
        if link not in in_sentences and not text.is_link_without_words(link):
            yield fault_at(
                link,
                f"the words of the link to {link.target} do not begin with a word or a"
                " number",
                "leave marks and spaces out of the link",
            )


def _find_linked_headings_without_id(text: Text) -> Iterator[Fault]:
    """Yield a fault for each heading that has a link to a number and no id."""
    for heading in text.heading_levels:
        has_anchor = ANCHOR.search(text.value, *heading)
        if text.bindings_in(heading) and not has_anchor:
            yield fault_at(
                heading,
                "a heading with a link to a number needs an id of its own: write {#id}"
                " at its end",
                "without it the heading's address would change with the number",
            )


def _find_todos(text: Text) -> Iterator[Fault]:
    """Yield a fault for each "TODO"."""
    for found in UNWRITTEN.finditer(text.value):
        yield Fault(*found.span(), f"{found[0]} still stands here", "write the text")


# ---- Comparisons without a link


def _find_comparisons_needing_link(scan: UnlinkedWordsScan) -> Iterator[Fault]:
    """Yield as doubts the comparisons that no link proves: all in texts that must link
    them, those of sizes beside figures.

    Left out are other comparisons, questions, and what else belongs to a superlative
    with a link.
    """
    lexicon = scan.lexicon
    said_of_superlatives = (
        lexicon.matcher.phrases_of(*SCOPES, NOTHING_MORE) - lexicon.comparators.keys()
    )
    of_no_sizes = lexicon.directions.keys() | {*lexicon.lists["determiners"]}
    for fault in scan.find_unlinked_comparisons_outside_questions():
        phrase = scan.text.folded_visible[fault.start : fault.end]
        links = [
            link
            for sentence in scan.sentences
            if begins_in(fault, sentence)
            for link in sentence.bindings
        ]
        if phrase in said_of_superlatives and any(
            SUPERLATIVE.match(link.target) for link in links
        ):
            continue  # of "[more](claim:…) than any other" the rest
        if may_stand_outside_claim_link(
            lexicon.comparators.get(phrase), [link.target for link in links]
        ):
            continue
        # no direction, which is read with its figure, and no mere "every"
        compares_sizes = phrase not in of_no_sizes
        has_figures = any(link.scheme in OF_DATA for link in links)
        if scan.text.is_heading_or_alternative_text_at(fault.start) or (
            has_figures and compares_sizes
        ):
            yield fault._replace(rank=UNPROVED)


# ---- The links of a sentence


def _check_links_collecting_code_problems(
    sentence: Sentence, prover: Prover, code_problems: list[Problem]
) -> Iterator[CheckedLink]:
    """Yield the links of a sentence, each with its proof and what is wrong with it.

    Left out are links without words, and those whose facts fail in the story's own code
    or in a table: that is added to ``code_problems``.
    """
    for link in sentence.bindings:
        if sentence.text.is_link_without_words(link):
            continue
        try:
            checked_link = CheckedLink(
                sentence,
                link,
                _prove_link_allowing_scale_or_hedge(sentence, link, prover),
            )
        except BuildError as error:
            code_problems += error.problems
            continue
        found = (
            *_find_fault_of_proof(checked_link),
            *_find_widened_words_fault_or_doubt(checked_link, prover),
            *_find_faults_and_doubts_around_link(checked_link, prover.facts),
        )
        yield replace(checked_link, faults_and_doubts=found)


def _prove_link_allowing_scale_or_hedge(
    sentence: Sentence, link: Link, prover: Prover
) -> Proof:
    """Hold the words of a link to its target, in a table with the scale of a head.

    Raises ``BuildError`` where the story's own code fails.
    """
    words = sentence.text.value[link.words_start : link.words_end]
    proof = _prove_words_in_sentence(sentence, link, words, prover)
    if proof.fault and _is_true_with_scale_of_table_head(sentence, link, words, prover):
        return replace(proof, fault="", hint="")
    if proof.fault and link.scheme == "fact":
        return _prove_link_with_hedge_before(sentence, link, prover) or proof
    return proof


def _prove_link_with_hedge_before(
    sentence: Sentence, link: Link, prover: Prover
) -> Proof | None:
    """Return the proof of a link's words with the hedge before them, "roughly [one in
    four]", if they are true with it.
    """
    widened = adjacent_words.widen_link_to_hedge_or_direction(sentence, link)
    if not widened:
        return None
    proof = _prove_words_in_sentence(sentence, link, widened.words, prover)
    if proof.fault or not proof.case or not proof.case.phrase.hedge:
        return None
    return proof


def _prove_words_in_sentence(
    sentence: Sentence, link: Link, words: str, prover: Prover
) -> Proof:
    """Hold words to a link's target, with units, directions and clause around it."""
    return prover.prove_words(link.target, words, sentence.read_link_context(link))


def _is_true_with_scale_of_table_head(
    sentence: Sentence, link: Link, words: str, prover: Prover
) -> bool:
    """Tell whether words in a cell are true with the scale of a head: "60.7" under
    "$ billion".
    """
    for head in sentence.row_and_column_heads:
        for tag in sentence.lexicon.matcher.find_tags(fold_text(head), ("scales",)):
            scaled = f"{words} {tag.phrase}"
            if not _prove_words_in_sentence(sentence, link, scaled, prover).fault:
                return True
    return False


def _find_fault_of_proof(checked_link: CheckedLink) -> Iterator[Fault]:
    """Yield what is wrong with a link's words by themselves."""
    proof = checked_link.proof
    if proof.fault:
        is_of_no_fact = checked_link.link.scheme == "fact" and not proof.facts
        message = f"{proof.fault}{_describe_latest_time(proof)}"
        fault = fault_at_words(checked_link.link, message, proof.hint)
        yield fault._replace(number=is_of_no_fact)


def _find_widened_words_fault_or_doubt(
    checked_link: CheckedLink, prover: Prover
) -> Iterator[Fault]:
    """Yield what is wrong with right words of a fact's link once they are read with the
    hedge or direction beside it: a doubt where that may have another meaning.
    """
    sentence = checked_link.sentence
    link = checked_link.link
    if checked_link.proof.fault or link.scheme != "fact":
        return
    widened = adjacent_words.widen_link_to_hedge_or_direction(sentence, link)
    if not widened:
        return
    proof = _prove_words_in_sentence(sentence, link, widened.words, prover)
    case = proof.case
    if (
        proof.fault
        and case
        and not attribute_checks.is_operand_of_claim_in_sentence(sentence, link)
    ):
        is_sure = not case.phrase.is_level_reached or _is_year_only_time_named(
            case.quantity.period, sentence
        )
        rank = 0 if is_sure else adjacent_words.TURNED
        yield fault_at(widened.span, proof.fault, proof.hint, rank)


def _is_year_only_time_named(period: Period | None, sentence: Sentence) -> bool:
    """Tell whether a period is a year and a sentence names no other time: "fell to" can
    only mean since the year before.
    """
    if not period or not period.is_year:
        return False
    return {time.period for time in sentence.times} <= {period}


def _find_faults_and_doubts_around_link(
    checked_link: CheckedLink, facts: Facts
) -> Iterator[Fault]:
    """Yield what is wrong in the sentence around a link, and the doubts there."""
    sentence = checked_link.sentence
    link = checked_link.link
    proof = checked_link.proof
    if touching := adjacent_words.find_touching_mark_fault(sentence, link):
        yield touching
    if proof.case and (
        second := adjacent_words.find_second_unit_fault(sentence, link, proof.case)
    ):
        yield second
    is_date = any(fact.quantity.kind_rules.is_date for fact in proof.facts)
    if not (proof.fault and is_date):  # its words are the time named
        for fault in attribute_checks.find_attribute_faults_and_doubts(
            sentence, link, proof
        ):
            yield fault._replace(
                message=f"{fault.message}{_describe_latest_time(proof)}"
            )
    yield from adjacent_words.find_negation_and_rate_faults(sentence, link, proof)
    yield from find_attribution_faults(checked_link, facts.data)


def _describe_latest_time(proof: Proof) -> str:
    """Say at the end of a message which time ``latest`` stands for; nothing where a
    link has no ``latest``.
    """
    return f"; {LATEST} is now {proof.time_for_latest}" if proof.time_for_latest else ""


def get_path_in_language_folder(text: Text, vocabulary: Vocabulary) -> str:
    """Return the file of a text as an exceptions file names it: below the folder of its
    language. It is empty for a file elsewhere.
    """
    return text.path.partition(f"content/{vocabulary.code}/")[2]
