"""What is read: which passages, and with what around them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from press.figures import outline
from press.ground.grid import Cell, Column, Grid
from tests.engine.approvals.reading import read_all, reviewed, unread, why
from tests.engine.bindings import CHART, add, story_at

SENTENCE = "In 2022 trade had come to [$190.3 billion](fact:total/2022)."
TABLE = """| year | trade |
|---|--:|
| 2021 | [$146.9 billion](fact:total/2021) |
| 2022 | [$190.3 billion](fact:total/2022) |"""


@pytest.fixture
def story(tmp_path):
    """Return the base story with nothing read."""
    return story_at(tmp_path / "story", None)


@pytest.fixture
def read(story):
    """Return it with all of it read."""
    read_all(story)
    return story


def test_bound_sentences_and_the_words_of_charts_are_read(story):
    """A sentence without a number is nobody's matter; the four texts that tell of a drawing are, bound or not."""
    assert unread(story) == [
        "In 2023 trade came to $240.1 billion.",
        "Trade came to more each year",
        "Trade by year, billions of US dollars",
        "Bar chart of trade from 2021 to 2023.",
        "The bars go from $146.9 billion to $240.1 billion.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"Trade went up. {SENTENCE} It is a sum.", "In 2022 trade had come to $190.3 billion."),
        ("## In 2022 it was [$190.3 billion](fact:total/2022) {#then}", "In 2022 it was $190.3 billion"),
        (f"* {SENTENCE}", "In 2022 trade had come to $190.3 billion."),
        ("The figures end with 2023.", "The figures end with 2023."),
    ],
)
def test_each_is_read_at_once(read, text, words):
    """A sentence, a heading, an item, a sentence that names the newest year without a link."""
    add(read, f"\n{text}")

    assert unread(read) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The first figures are of 2021.",
        "The figures are of the twelve months to March 2023.",
        SENTENCE.replace("$190.3", "$193.3"),
    ],
)
def test_an_older_time_and_what_is_false_are_not_read(read, text):
    """A newer year will not make a sentence false that names an older one; what is false the checker refuses."""
    add(read, f"\n{text}")

    assert unread(read) == []


def test_the_cells_of_a_table_are_read_with_their_row_and_column(read):
    """Each cell is a passage of its own, under the heads of its row and its column."""
    add(read, f"\n{TABLE}")

    found = [item.passage for item in reviewed(read).unread]

    assert [(item.words, item.around) for item in found] == [
        ("$146.9 billion", ("What it rests on", "2021", "trade")),
        ("$190.3 billion", ("What it rests on", "2022", "trade")),
    ]


def test_two_tables_have_two_heads(read):
    """The head of a table is that of the rows right below it."""
    other = TABLE.replace("trade", "sales")
    add(read, f"\n{TABLE}\n\n{other}")

    assert [item.passage.around[2] for item in reviewed(read).unread] == ["trade", "trade", "sales", "sales"]


def test_steps_and_notes_stand_beside_their_chart(tmp_path):
    """A note is read where it is bound, and a chart's name stands for what it is told of."""
    story = story_at(tmp_path / "story", None)
    read_all(story)
    story.replace(CHART, '["In current dollars."]', '["In 2022 it was [$190.3 billion](fact:total/2022)."]')

    (found,) = reviewed(story).unread

    assert (found.passage.words, found.passage.around) == ("In 2022 it was $190.3 billion.", ("note", "totals"))


@pytest.mark.parametrize("outline", [("newest 2024", "3 rows"), ("newest 2023", "4 rows")])
def test_a_changed_drawing_unreads_what_tells_of_it(read, outline):
    """Title, subtitle, alternative text and summary; the sentences of pages are not the drawing's."""
    assert unread(read, outline) == [
        "Trade came to more each year",
        "Trade by year, billions of US dollars",
        "Bar chart of trade from 2021 to 2023.",
        "The bars go from $146.9 billion to $240.1 billion.",
    ]


def test_what_has_changed_in_a_drawing_is_told(read):
    """Before and after, without what is the same."""
    told = why(read, ("newest 2024", "3 rows"))

    assert told["Trade came to more each year"] == "the chart has changed: was newest 2023, is newest 2024"


def test_a_step_is_not_told_by_the_whole_drawing(story):
    """The alternative text of a state of a chart is read where it is bound, not whenever the drawing changes."""
    text = story.read(CHART)
    steps = (
        '[[steps]]\nname = "one"\ntext = "A bar."\nalt = "A bar alone."\n[[steps]]\nname = "two"\ntext = "All bars."\n'
    )
    story.write(CHART, text.replace("+++\n\nThe bars", f"{steps}+++\n\nThe bars"))

    assert "A bar alone." not in unread(story)


def test_a_finer_print_of_the_same_figure_changes_no_drawing():
    """Zeros behind the last digit are how a figure is printed, not what it is."""
    columns = [Column("year", "Year"), Column("total_usd_billion", "$ bn")]

    coarse, fine = (Grid(columns, [[Cell("2023", "2023"), Cell(text, Decimal(text))]]) for text in ("240.1", "240.10"))

    assert outline(coarse) == outline(fine) == ("newest 2023", "1 rows", "1 series", "$ bn 240.1")
