"""What readers see is what is read: words in one piece and in letters of one script,
links that have words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from press.binding.faults import fault_at
from press.ground.errors import Fault, Problem, Problems, quote_words
from press.ground.invisible import describe_character
from press.reading import (
    CHECKED,
    NEAR,
    SCHEMES,
    Lexicon,
    MixedWord,
    Text,
    find_mixed_script_words,
    fold_text,
)

HAIR_SPACE = "\N{HAIR SPACE}"  # of which many fonts show next to nothing
SPACED_WORD = re.compile(
    rf"{HAIR_SPACE}(?<=[^\W\d_]{HAIR_SPACE}){HAIR_SPACE}*(?=[^\W\d_])"
)
# A link, inline or by a reference.
LINK = re.compile(r"\[(?P<words>[^\[\]]*)\](?:\((?P<target>[^()\s]*)\)|\[[^\[\]]*\])")
LETTERS_BEFORE = re.compile(r"[^\W\d_]*\Z")
LETTERS_AFTER = re.compile(r"\A[^\W\d_]*")
MARKUP = "*_"  # between a link and what touches it
# Tables of the words that the checker looks for, and would not find in two pieces.
SOUGHT = (
    "numbers",
    "ordinals",
    "fractions",
    "multiples",
    "scales",
    "nth",
    "folds",
    "many",
    "vague",
    "expiring",
    "comparators",
    "comparisons",
)


def find_legibility_faults(text: Text, lexicon: Lexicon) -> Iterator[Fault]:
    """Yield what of a text is read otherwise than it is seen, and its bindings without
    words.
    """
    if not text.value.isascii():
        yield from map(
            _make_mixed_word_fault, find_mixed_script_words(text.visible_text)
        )
        yield from _find_hair_spaces_in_words(text.visible_text)
    yield from _find_bindings_without_words(text)
    yield from _find_sought_words_split_by_links(text, lexicon)


def find_legibility_problems(text: Text, lexicon: Lexicon) -> Iterator[Problem]:
    """Yield the same as problems, for a text that is not held to the data."""
    for fault in find_legibility_faults(text, lexicon):
        yield make_problem_of_fault(text, fault)


def make_problem_of_fault(text: Text, fault: Fault) -> Problem:
    """Return a fault of a text as a problem in its file."""
    line, column = text.line_and_column(fault.start)
    return Problem(
        text.path, line, fault.message, fault.hint, column, fault.end - fault.start
    )


def add_mixed_script_problems(
    sources: Iterable[tuple[str, str]], problems: Problems
) -> None:
    """Note words in letters of several scripts in files of which readers see much: each
    its path and its text.
    """
    for path, text in sources:
        for fault in map(_make_mixed_word_fault, find_mixed_script_words(text)):
            line = text.count("\n", 0, fault.start) + 1
            column = fault.start - text.rfind("\n", 0, fault.start)
            width = fault.end - fault.start
            problems.append(
                Problem(path, line, fault.message, fault.hint, column, width)
            )


def _make_mixed_word_fault(word: MixedWord) -> Fault:
    """Return what is wrong with a word that has letters of several scripts."""
    letters = ", ".join(map(describe_character, word.others))
    return fault_at(
        word,
        f"found {quote_words(word.word)}, a {word.script} word with {letters}, expected"
        " letters of one script",
        f"type it anew in {word.script} letters: those of other scripts only look like"
        " them",
    )


def _find_hair_spaces_in_words(text: str) -> Iterator[Fault]:
    """Yield a fault for each run of hair spaces inside a word, where nobody sees it."""
    for space in SPACED_WORD.finditer(text):
        yield Fault(
            *space.span(),
            f"found {describe_character(HAIR_SPACE)} inside a word, where nobody sees"
            " it, expected"
            " none",
            "delete it, or write a space",
        )


def _find_bindings_without_words(text: Text) -> Iterator[Fault]:
    """Yield a fault for each binding without words."""
    for link in text.bindings:
        if text.is_link_without_words(link):
            yield fault_at(
                link,
                f"found a link to {link.target} without words, expected some",
                f"write its words between the brackets, [words]({link.target}), or"
                " delete it",
            )


def _find_sought_words_split_by_links(text: Text, lexicon: Lexicon) -> Iterator[Fault]:
    """Yield a fault for each link that begins or ends inside a word which the checker
    looks for: "nine[ty](sources.md)".

    Links to facts and claims are left out: what touches these is told elsewhere.
    """
    for link in LINK.finditer(text.without_code_blocks):
        scheme = (link["target"] or "").partition(":")[0]
        is_link = text.is_markdown or scheme in SCHEMES
        if is_link and scheme not in CHECKED:
            word = _find_sought_word_split_by_link(
                text.without_code_blocks, link, lexicon
            )
            if word:
                yield Fault(
                    *link.span(),
                    f"found the word {quote_words(word)} parted by a link,"
                    " expected the link"
                    " around all of it",
                    "",
                )


def _find_sought_word_split_by_link(
    written: str, link: re.Match[str], lexicon: Lexicon
) -> str:
    """Return the word that a link parts, if it is one that the checker looks for, else
    an empty text.
    """
    ahead = written[max(0, link.start() - NEAR) : link.start()].rstrip(MARKUP)
    behind = written[link.end() : link.end() + NEAR].lstrip(MARKUP)
    before = LETTERS_BEFORE.findall(ahead)[0]
    after = LETTERS_AFTER.findall(behind)[0]
    if not before and not after:
        return ""
    inside = before + link["words"].strip(MARKUP)
    joints = (len(before), len(inside))
    for tag in lexicon.matcher.find_tags(fold_text(inside + after), SOUGHT):
        if any(tag.start < joint < tag.end for joint in joints):
            return tag.phrase
    return ""
