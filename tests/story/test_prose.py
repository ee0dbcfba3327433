"""The prose of the pages that are read from beginning to end, as readers see it: short,
in short sentences.

A word is what stands between spaces and has a letter or a digit. A sentence ends where
the checker says: not at the point of "9.6%", "U.S." or "No. 3"; headings, titles and
captions are none, an item of a list is one. A number is an amount, a rate, a share, a
count or a stretch of time; years, dates, ranks and "two presidents" are none.
"""

import pytest

from press.binding import check_unbindable_texts
from press.ground.errors import Problems
from press.reading import Text

# words of a page's body, headings among them
LONGEST = {"index": 2900, "questions": 1200}
WORDS, NUMBERS = 30, 6  # of a sentence, of a paragraph, at most


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
    check_unbindable_texts(
        [Text("", paragraph, 0, 1, paragraph, "text")], lexicon, problems
    )
    return [
        problem.message
        for problem in problems
        if problem.message.startswith("the number ")
    ]


@pytest.mark.parametrize("slug", LONGEST)
def test_no_sentence_is_long(bound, slug):
    """Of more than thirty words."""
    sentences = [sentence for _, found in prose(bound, slug) for sentence in found]

    assert [sentence for sentence in sentences if len(words_of(sentence)) > WORDS] == []


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

    assert (
        sum(len(words_of(body.visible_words(block))) for block in body.blocks)
        <= LONGEST[slug]
    )
