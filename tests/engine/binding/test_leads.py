"""Words beside a link that its figure is read with: true ones are accepted, false ones are told."""

from __future__ import annotations

import pytest

from press.binding.leads import lead_of
from press.reading.sentence import sentences
from tests.engine.bindings import bound_of, read, story_at
from tests.engine.sentences import text
from tests.engine.wording import ENGLISH


@pytest.fixture(scope="module")
def bound(tmp_path_factory):
    return bound_of(story_at(tmp_path_factory.mktemp("bound") / "story"))


READ = [
    ("Trade fell to [$5 billion](fact:a).", "fell to $5 billion"),
    ("Trade fell sharply, to about [$5 billion](fact:a).", "fell to about $5 billion"),
    ("Trade fell a bruising [5%](fact:a).", "fell a 5%"),
    ("Trade fell, and then it was [$5 billion](fact:a).", ""),
    ("It came late, [$5 billion](fact:a) has no date.", ""),
    ("Prices fell. [$5 billion](fact:a) was trade.", ""),
    ("It fell to [5](fact:a) and [6 billion](fact:b).", ""),
    ("It was [5%](fact:a) higher.", "5% higher"),
    ("It came [three](fact:a) years late.", "three years late"),
    ("Its surplus with them was [$5 billion](fact:a).", "surplus $5 billion"),
    ("Trade rose only slightly, by [5%](fact:a).", "rose by 5%"),
    ("Trade almost reached [$5 billion](fact:a).", "almost $5 billion"),
    ("Growth slowed to [5%](fact:a).", "growth 5%"),
    ("Up to now it was [5%](fact:a).", ""),
]


@pytest.mark.parametrize(("sentence", "found"), READ)
def test_a_figure_is_read_with_the_words_beside_it(sentence, found):
    """Hedges and directions that only small words part from a link, and nouns of changes, are its own."""
    *_, last = sentences(text(sentence), ENGLISH)

    lead = lead_of(last, last.text.bindings[-1])

    assert (lead.words if lead else "") == found


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2023 trade came to more than [$240 billion](fact:total/2023).",
        "In 2023 trade grew by a heady [26.2%](fact:growth/2023).",
        "In 2023 trade was [26.2%](fact:growth/2023) higher.",
        "In 2023 growth was a full [26.2%](fact:growth/2023).",
        "In 2023 trade surged by [26.2%](fact:growth/2023).",
    ],
)
def test_a_true_direction_or_hedge_beside_a_link_is_accepted(bound, sentence):
    """Where the words are true with the number, they need not stand inside the link."""
    assert read(bound, sentence).problems == ()


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("In 2023 trade sank back to [$240.1 billion](fact:total/2023).", '"sank" in "sank to $240.1 billion" cannot'),
        ("In 2023 it contracted, to [$240.1 billion](fact:total/2023).", '"contracted" in "contracted to $240.1'),
        ("In 2023 trade was nearly [$240 billion](fact:total/2023).", '"nearly $240 billion" means'),
        ("In 2023 trade fell by [26.2%](fact:growth/2023).", "does not say up or down"),
    ],
)
def test_a_false_one_is_told(bound, sentence, message):
    """What is false of the number is told of both together."""
    assert message in "\n".join(problem.message for problem in read(bound, sentence).problems)
