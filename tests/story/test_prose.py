"""The prose of the pages that are read from beginning to end, as readers see it: short,
in short sentences.

A word is what stands between spaces and has a letter or a digit. A sentence ends where
the checker says: not at the point of "9.6%", "U.S." or "No. 3"; headings, titles and
captions are none, an item of a list is one. A number is an amount, a rate, a share, a
count or a stretch of time; years, dates, ranks and "two presidents" are none.
"""

import re

import pytest

from press.binding import add_unlinkable_text_problems
from press.ground.errors import Problems
from press.reading import Text

# words of a page's body, headings and captions apart
LONGEST = {"index": 2400, "questions": 1200}
WORDS = {"index": 28, "questions": 30}  # of a sentence, at most
NUMBERS = 6  # of a paragraph, at most
# links of the story's body to what proves its words, at most
LINKS = 120
PROVING = {"fact", "claim", "said", "source", "term"}
# words that take back part of what a sentence says, beside those of the checker
DOUBTING = (
    "apparently",
    "as far as is known",
    "it seems",
    "likely",
    "may",
    "might",
    "perhaps",
    "probably",
)


def told(text):
    """Yield the paragraphs and items of a text with their sentences, as readers see
    them.
    """
    for block in text.blocks:
        if block not in text.heading_levels:
            yield (
                text.visible_words(block),
                [
                    text.visible_words(sentence)
                    for sentence in text.split_sentences(block)
                ],
            )


def prose(bound, slug):
    """Yield what a page says in sentences: its first words, its body, what it says
    below and in its charts.
    """
    page = next(page for page in bound.texts.pages if page.slug == slug)
    texts = [
        page.body,
        *(text for text in page.strings if text.description == "description"),
    ]
    for name, chart in bound.texts.charts.items():
        if f"![](chart:{name})" in page.body.value:
            texts += [
                chart.body,
                *(text for text in chart.strings if text.description == "step"),
            ]
    for text in texts:
        yield from told(text)


def words_of(sentence):
    """Return the words of a sentence."""
    return [word for word in sentence.split() if any(map(str.isalnum, word))]


def numbers_of(paragraph, lexicon):
    """Return what the checker takes for numbers in a paragraph without links."""
    problems = Problems()
    add_unlinkable_text_problems(
        [Text("", paragraph, 0, 1, paragraph, "text")], lexicon, problems
    )
    return [
        problem.message
        for problem in problems
        if problem.message.startswith("the number ")
    ]


def hedges_in(sentence, lexicon):
    """Return the words of a sentence that take back part of it."""
    rounding = [phrase for phrase, kind in lexicon.hedges.items() if kind == "about"]
    phrases = [*DOUBTING, *rounding]
    words = " ".join(re.findall(r"[\w’]+", sentence))
    return [phrase for phrase in phrases if f" {phrase} " in f" {words} "]


@pytest.mark.parametrize("slug", LONGEST)
def test_no_sentence_is_long(bound, slug):
    """Of more words than a reader takes in at once."""
    sentences = [sentence for _, found in prose(bound, slug) for sentence in found]

    assert [
        sentence for sentence in sentences if len(words_of(sentence)) > WORDS[slug]
    ] == []


def test_the_story_hedges_once_a_sentence(bound):
    """A sentence with two hedges says nothing any more."""
    lexicon = bound.texts.language.lexicon
    body = next(page.body for page in bound.texts.pages if page.slug == "index")
    hedges = {
        sentence: hedges_in(sentence, lexicon)
        for _, found in told(body)
        for sentence in found
    }

    assert any(hedges.values())
    assert {
        sentence: found for sentence, found in hedges.items() if len(found) > 1
    } == {}


def test_the_story_is_no_thicket_of_links(bound):
    """Each link to a proof costs a reader a glance."""
    body = next(page.body for page in bound.texts.pages if page.slug == "index")
    links = [binding for binding in body.bindings if binding.scheme in PROVING]

    assert 0 < len(links) <= LINKS


@pytest.mark.parametrize("slug", LONGEST)
def test_no_paragraph_is_full_of_numbers(bound, slug):
    """Of more than six."""
    lexicon = bound.texts.language.lexicon
    paragraphs = {
        paragraph: len(numbers_of(paragraph, lexicon))
        for paragraph, _ in prose(bound, slug)
    }

    assert {
        paragraph: count for paragraph, count in paragraphs.items() if count > NUMBERS
    } == {}


@pytest.mark.parametrize("slug", LONGEST)
def test_a_page_is_no_longer_than_it_may_be(bound, slug):
    """What its charts say is not counted."""
    body = next(page.body for page in bound.texts.pages if page.slug == slug)

    blocks = [block for block in body.blocks if block not in body.heading_levels]

    assert (
        sum(len(words_of(body.visible_words(block))) for block in blocks)
        <= LONGEST[slug]
    )
