"""The words of changes: what was told stays, so they hold no number that the tables
could change, and no link.
"""

import pytest

CHANGES = """[[changes]]
id = "out"
date = 2024-02-01
kind = "published"
title = "{title}"
why = "{why}"
"""
PATH = "content/en/changes.toml"


def problems(project, title="It is out", why="It was time."):
    """Return what is wrong with a change in these words."""
    project.write(PATH, CHANGES.format(title=title, why=why))
    return project.run("check").problems


@pytest.mark.parametrize(
    "title",
    ["Figures of March 2024", "Two rows of 2023 were mended", "The G20 said so"],
)
def test_a_time_a_few_and_a_name_are_no_numbers(project, title):
    """They say what was changed, and when."""
    project.write(
        "content/en/words.toml",
        f'{project.read("content/en/words.toml")}\n[names]\nwords = ["G20"]\n',
    )

    assert problems(project, title) == ""


@pytest.mark.parametrize(
    ("title", "place", "number"),
    [
        ("Trade was $240.2 billion", "5:20", "$240.2 billion"),
        ("Trade rose by 5%", "5:24", "5%"),
        ("Fifteen billion were lost", "5:10", "Fifteen billion"),
    ],
)
def test_a_number_is_told_with_its_place(project, title, place, number):
    """And where it belongs."""
    assert (
        problems(project, title)
        == f'{PATH}:{place}: the number "{number}" has no link to a fact\n'
        "    hint: list it in pages, or in figures: the words of a change are plain"
    )


def test_words_that_expire_and_links_are_told(project):
    """Neither a page nor a number may change what was told."""
    told = problems(
        project, why="So far so good, see [it](fact:total/2023) and [this](index.md)."
    )

    assert told.splitlines() == [
        f'{PATH}:6:8: "So far" will not stay true',
        "    hint: name the month or the year instead, or say up to when the data go",
        f"{PATH}:6:28: found a link to fact:total/2023",
        "    hint: list it in pages, or in figures: the words of a change are plain",
        f"{PATH}:6:54: found a link to index.md",
        "    hint: list it in pages, or in figures: the words of a change are plain",
    ]
