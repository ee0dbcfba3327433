"""Two figures that change places with their links make a sentence false, though each is
right for its own link.
"""

from dataclasses import replace
from itertools import groupby, pairwise

from press.binding import check_texts

# the share of cases that are problems, and how many cases there are at least
MUST, ENOUGH = 24 / 35, 20


def cases(entries):
    """Yield pairs of figures that follow each other in a sentence, of one kind and
    unit, and not of the same thing.
    """
    for _, group in groupby(
        (item for item in entries if item.link.scheme == "fact"),
        lambda item: id(item.sentence),
    ):
        for one, two in pairwise(group):
            first, second = one.proof.facts[0].quantity, two.proof.facts[0].quantity
            same = (first.base_unit, first.kind) == (
                second.base_unit,
                second.kind,
            ) and not first.kind_rules.is_date
            apart = [
                (item.period, item.subject, item.dimensions) for item in (first, second)
            ]
            if same and apart[0] != apart[1] and one.words != two.words:
                yield one, two


def exchanged(one, two):
    """Return the paragraph of two links with each of them in the other's place."""
    words, (a, b), (c, d) = one.text.value, one.link[:2], two.link[:2]
    value = words[:a] + words[c:d] + words[b:c] + words[a:b] + words[d:]
    return replace(one.text, value=value, without_code=None)


def test_most_figures_that_change_places_are_problems(bound):
    """More than two of three such sentences are refused; the others are for whoever
    reads them.
    """
    own = bound.texts.language
    titles = {
        id(text): title
        for title, texts in bound.texts.titles_and_shown_texts
        for text in texts
    }
    passed, tried = [], 0
    for one, two in cases(bound.ledger.checked_links):
        as_is, changed = (
            {
                problem.message
                for problem in check_texts(
                    own, [(titles[id(one.text.whole_text)], [text])], bound.facts
                ).problems
            }
            for text in (one.text, exchanged(one, two))
        )
        tried += 1
        passed += (
            []
            if changed - as_is
            else [
                f"{one.text.path}:{one.text.line_and_column(one.link.words_start)[0]}: {one.words} / {two.words}: {one.text.visible_words(one.sentence.span)}"
            ]
        )
    assert tried >= ENOUGH
    assert 1 - len(passed) / tried >= MUST, passed
