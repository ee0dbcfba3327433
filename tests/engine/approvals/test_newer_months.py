"""A month more: what only moved on with it is not read again; what leans on that, or
tells from where figures come, is.
"""

import pytest

from press.approvals.newest import MOST_PUBLISHERS
from tests.engine.approvals.reading import read_all, unread, why
from tests.engine.bindings import (
    INDEX,
    STORY,
    append_paragraph,
    make_project_with_overlay,
)

TABLE, SOURCES = "data/honey_to_month.csv", "data/sources.csv"
MAY, JUNE = "2024-05,800,1,beta-2024\n", "2024-06,900,1,beta-2024\n"
LEANING = "These months were dry."
PROVENANCE = "Our figures come second-hand, through newspapers."


@pytest.fixture
def story(tmp_path):
    """Return a story of monthly totals, all of it read."""
    story = make_project_with_overlay(tmp_path / "story", STORY.with_name("months"))
    read_all(story)
    return story


def with_rows(story, rows, place=TABLE):
    """Add rows to a table, and let ``fix`` write what follows."""
    story.write(place, story.read(place) + rows)
    return story.run("fix")


def test_what_only_moved_is_not_read_again(story):
    """Numbers and months that ``fix`` wrote are no reason, this month or the next, and
    neither is a sentence that keeps the figure of the time that it names.
    """
    for rows in (MAY, JUNE):
        outcome = with_rows(story, rows)

        assert (outcome.status, unread(story)) == (0, [LEANING])
        read_all(story)


@pytest.mark.parametrize("word", ["it", "so far", "then", "this", "that", "those"])
def test_what_leans_on_what_moved_is_read_again(story, word):
    """Whichever word leans; what moved is named."""
    story.replace(INDEX, "These months were dry", f"Nobody liked {word}")
    read_all(story)

    with_rows(story, MAY)

    (reason,) = why(story).values()
    assert "was after fact:last_month: 2024-04;" in reason
    assert "is after fact:last_month: 2024-05;" in reason


def test_what_leans_on_history_is_not_read_again(story):
    """A figure that names its time does not move on."""
    append_paragraph(
        story, "\nIn 2022 they had [1,500 tonnes](fact:honey/2022). It was a wet year."
    )
    read_all(story)

    with_rows(story, MAY)

    assert unread(story) == [LEANING]


@pytest.mark.parametrize(
    "more", ["a fall", "the most of all", "higher up than elsewhere"]
)
def test_what_says_more_than_its_links_is_read_again(story, more):
    """A word that compares beside a figure that moved on."""
    story.replace(
        INDEX,
        "more](fact:honey_growth/latest) than",
        "more](fact:honey_growth/latest) than",
    )
    append_paragraph(
        story,
        f"\nTo [April 2024](fact:last_month) came [450 tonnes](fact:honey_to_month/latest), {more}.",
    )
    read_all(story)

    with_rows(story, MAY)

    assert any(words.endswith(f"800 tonnes, {more}.") for words in unread(story))


def test_other_words_around_a_figure_that_moves_are_read_again(story):
    """The hash without numbers holds all other words, and the direction in the link."""
    story.replace(INDEX, "of honey, [12.5%", "of good honey, [12.5%")

    assert len(unread(story)) == 1 + len([LEANING])


def test_where_figures_come_from_is_read_again_when_another_prints_them(story):
    """Not when one prints again who has printed before."""
    with_rows(
        story, "gamma-2024,Gamma,Honey,https://gamma.example/,2024-06-07\n", SOURCES
    )
    with_rows(story, MAY)
    assert PROVENANCE not in unread(story)

    with_rows(story, JUNE.replace("beta-2024", "gamma-2024"))

    assert "publishers in all tables" in why(story)[PROVENANCE]


def test_of_many_publishers_one_more_withdraws_no_word_on_where_figures_come_from(
    story,
):
    """As every month may bring another copy of what its maker has printed."""
    many = range(MOST_PUBLISHERS + 1)
    pages = "".join(
        f"page-{number},Paper {number},Honey,https://paper.example/{number},2024-01-05\n"
        for number in many
    )
    with_rows(
        story,
        pages + "gamma-2024,Gamma,Honey,https://gamma.example/,2024-06-07\n",
        SOURCES,
    )
    cited = ";".join(f"page-{number}" for number in many)
    with_rows(story, MAY.replace("beta-2024", cited))
    read_all(story)

    with_rows(story, JUNE.replace("beta-2024", "gamma-2024"))

    assert PROVENANCE not in unread(story)


def test_numbers_that_fix_wrote_are_told_of_words_that_are_read_again(story):
    """A person sees which figure is another, not that nobody has read the words; once
    they are read, no line of the month before is kept.
    """
    append_paragraph(
        story,
        "\nTo [April 2024](fact:last_month) came [450"
        " tonnes](fact:honey_to_month/latest), a fall.",
    )
    read_all(story)

    with_rows(story, MAY)

    told = why(story)["To May 2024 came 800 tonnes, a fall."]
    assert told.startswith("its numbers have changed; was fact:last_month: 2024-04")
    assert "is fact:last_month: 2024-05" in told
    read_all(story)
    assert story.read("content/en/read/index.jsonl").count('"says":"To ') == 1


def test_other_words_beside_numbers_that_fix_wrote_are_new(story):
    """Of these nobody has read any."""
    append_paragraph(story, "\nTo [April 2024](fact:last_month) came a fall.")
    read_all(story)
    story.replace(INDEX, "came a fall", "came a small fall")

    with_rows(story, MAY)

    assert why(story)["To May 2024 came a small fall."].startswith("nobody has read")
