"""What is read: which passages, and with what around them."""

from decimal import Decimal

import pytest

from press.figures import describe_newest_size_and_extremes
from press.ground.grid import Cell, Column, Grid
from tests.engine.approvals.reading import FIGURES, read_all, reviewed, unread, why
from tests.engine.bindings import CHART, append_paragraph, make_project_with_overlay

SENTENCE, PLAIN = (
    f"In 2022 trade had come to {words}."
    for words in ("[$190.3 billion](fact:total/2022)", "$190.3 billion")
)
WORDS = """kicker = "A story"

[arguments]
total = "both directions"
export = "exports"
"""
NEWER, HIGHER = FIGURES | {"2024": "200.0"}, FIGURES | {"2023": "250.1"}
TABLE = """| year | trade |
|---|--:|
| 2021 | [$146.9 billion](fact:total/2021) |
| 2022 | [$190.3 billion](fact:total/2022) |"""


def test_every_sentence_that_readers_see_is_read(tmp_path):
    """Bound or not: titles, headings, sentences, words of charts, what descriptions of
    tables say; no mere label.
    """
    found = unread(make_project_with_overlay(tmp_path / "story", None))

    assert [
        words
        for words in found
        if words.startswith(("Trade", "In ", "What it", "Bar", "The bars", "A year"))
    ] == [
        "Trade went up",
        "In 2023 trade came to $240.1 billion.",
        "What it rests on",
        "Trade came to more each year",
        "Trade by year, billions of US dollars",
        "Bar chart of trade from 2021 to 2023.",
        "In current dollars.",
        "The bars go from $146.9 billion to $240.1 billion.",
        "Trade by year",
        "A year without a row has no figure.",
        "Trade of the year",
    ]
    assert {
        "The higher, the more.",
        "Source: {makers}, read on {count} pages.",
        "Calendar year",
    } <= {*found}
    # the title of a table
    assert {"Pages", "The figures as a table", "Year"} & {*found} == {"Pages"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"Trade went up. {SENTENCE} It is a sum.",
            ["Trade went up.", PLAIN, "It is a sum."],
        ),
        ("It was never below that.", ["It was never below that."]),
        (
            "## In 2022 it was [$190.3 billion](fact:total/2022) {#then}",
            ["In 2022 it was $190.3 billion"],
        ),
        (f"* {SENTENCE}\n* An item", [PLAIN, "An item"]),
        # the checker refuses what is false
        (f"{SENTENCE.replace('$190.3', '$193.3')} So it was.", ["So it was."]),
        ("![](chart:totals)\n\n[]: # (–)", []),
    ],
)
def test_each_is_read_at_once(story, text, words):
    """A sentence, a heading, an item: with a figure, behind one or without any; nothing
    without words.
    """
    append_paragraph(story, f"\n{text}")

    assert unread(story) == words


def test_the_cells_of_a_table_are_read_with_their_row_and_column(story):
    """Each cell is a passage of its own, under the heads of its row and its column;
    bare numbers are none.
    """
    append_paragraph(story, f"\n{TABLE}")

    found = [
        item.passage for item in reviewed(story).unread if item.passage.checked_links
    ]

    assert [(item.words, item.context) for item in found] == [
        ("$146.9 billion", ("What it rests on", "2021", "trade")),
        ("$190.3 billion", ("What it rests on", "2022", "trade")),
    ]


def test_two_tables_have_two_heads(story):
    """The head of a table is that of the rows right below it."""
    other = TABLE.replace("trade", "sales")
    append_paragraph(story, f"\n{TABLE}\n\n{other}")

    found = [
        item.passage.context
        for item in reviewed(story).unread
        if item.passage.checked_links
    ]

    assert [around[2] for around in found] == ["trade", "trade", "sales", "sales"]


@pytest.mark.parametrize(
    "note",
    [
        "In 2022 it was [$190.3 billion](fact:total/2022).",
        "In dollars of the day.",
        "2022 rests on one report.",
    ],
)
def test_an_edited_note_is_read_beside_its_chart(story, note):
    """Bound or not; the name of the chart stands for what it is told of."""
    story.replace(CHART, '["In current dollars."]', f'["{note}"]')

    (found,) = reviewed(story).unread

    assert found.passage.context == ("note", "totals")


@pytest.mark.parametrize(
    ("words", "figures", "is_asked"),
    [
        ("The bars go along.", NEWER, False),
        ("The bars go along.", HIGHER, False),
        ("In 2023 the bars go along.", HIGHER, True),
        ("The bars go along.", FIGURES | {"2022": "190.2"}, False),
        ("The bars rise to the end.", NEWER, True),
        ("The last bar is the highest.", NEWER, True),
        ("Three bars stand here.", NEWER, True),
        ("Two bars stand apart.", NEWER, False),
    ],
)
def test_a_changed_drawing_unreads_what_tells_of_it(story, words, figures, is_asked):
    """Another extreme does where words compare or name a time; a newer figure does
    where words beside links tell of a way, of the most, or count bars.
    """
    story.replace(
        CHART,
        "The bars go from [$146.9 billion](fact:total/2021) to [$240.1"
        " billion](fact:total/2023).",
        words,
    )
    read_all(story)

    assert (words in unread(story, figures)) == is_asked


@pytest.mark.parametrize(
    ("words", "figures", "is_asked"),
    [
        ("Each bar is a year.", NEWER, False),
        ("Each bar is a year.", HIGHER, False),
        ("A bar that reaches the line has met it.", HIGHER, False),
        ("The bars rise from left to right.", NEWER, True),
    ],
)
def test_how_to_read_a_drawing_is_read_beside_it(story, words, figures, is_asked):
    """Where it tells of a way, not where it says what marks mean."""
    story.replace(CHART, "The higher, the more.", words)
    read_all(story)

    assert (words in unread(story, figures)) == is_asked


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [
        ("Gas overtook coal", True),
        ("Two bars: it came to [$240.1 billion](fact:total/2023)", True),
        ("It came to [$240.1 billion](fact:total/2023)", False),
    ],
)
def test_a_title_of_which_all_is_held_outlives_a_drawing(story, title, is_asked):
    """What its links say is held to the tables; it is asked where other words compare
    or count, or there is no link.
    """
    story.replace(
        CHART,
        "Trade came to [more each year](claim:every/more/total.2021/total.2023)",
        title,
    )
    read_all(story)

    assert (
        any(words.startswith(title[:5]) for words in unread(story, HIGHER)) == is_asked
    )


def test_what_has_changed_in_a_drawing_is_told(story):
    """Before and after, without what is the same."""
    told = why(story, HIGHER)["Bar chart of trade from 2021 to 2023."]

    assert told == "was drawn: $ bn 146.9 to 240.1; is drawn: $ bn 146.9 to 250.1"


def test_a_step_is_not_told_by_the_whole_drawing(story):
    """The alternative text of a state of a chart is not read again whenever the drawing
    changes.
    """
    text = story.read(CHART)
    steps = (
        '[[steps]]\nname = "one"\ntext = "A bar."\nalt = "A bar'
        ' alone."\n[[steps]]\nname = "two"\ntext = "All bars."\n'
    )
    story.write(CHART, text.replace("+++\n\nThe bars", f"{steps}+++\n\nThe bars"))
    read_all(story)

    assert "A bar alone." not in unread(story, NEWER)


def test_a_finer_print_of_the_same_figure_changes_no_drawing():
    """Zeros behind the last digit are how a figure is printed, not what it is."""
    columns = [Column("year", "Year"), Column("total_usd_billion", "$ bn")]

    coarse, fine = (
        Grid(columns, [[Cell("2023", "2023"), Cell(text, Decimal(text))]])
        for text in ("240.1", "240.10")
    )

    assert (
        tuple(describe_newest_size_and_extremes(coarse))
        == tuple(describe_newest_size_and_extremes(fine))
        == ("newest 2023", "1 rows", "1 series", "$ bn 240.1")
    )


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/en/charts/totals.md", "Trade of {year}", "Tonnes of {year}"),
        ("content/en/charts/totals.md", '"Year"', '"Month"'),
        ("content/en/facts.toml", "Trade", "Tonnes"),
        ("content/en/words.toml", '"both directions"', '"one direction"'),
        ("content/site.toml", 'name = "', 'name = "No '),
        ("data/trade.toml", 'title = "Value"', 'title = "Weight"'),
    ],
)
def test_a_label_that_was_changed_is_unread(story, path, old, new):
    """In a chart, of a fact, an argument, the site, a column: the labels of its file
    are asked for again.
    """
    story.write("content/en/words.toml", WORDS)
    read_all(story)
    text = story.read(path)
    story.write(path, text.replace(old, new, 1))

    assert story.read(path) != text
    assert [words.split()[1].rstrip("s") for words in unread(story)] == ["label"]


def test_exchanged_labels_are_unread(story):
    """Each stands below its key: of two arguments one may not be called the other."""
    story.write("content/en/words.toml", WORDS)
    read_all(story)
    one, other = '"both directions"', '"exports"'
    exchanged = WORDS.replace(one, "?").replace(other, one).replace("?", other)
    story.write("content/en/words.toml", exchanged)

    assert why(story) == {
        "3 labels": (
            "was arguments.total: both directions; arguments.export: exports; is"
            " arguments.total: exports; arguments.export: both directions"
        )
    }


def test_a_label_that_is_added_is_unread(story):
    """With all labels of its file."""
    story.write("content/en/words.toml", WORDS)
    read_all(story)
    story.write("content/en/words.toml", f'{WORDS}import = "imports"\n')

    assert unread(story) == ["4 labels"]
