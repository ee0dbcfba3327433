"""What ``make bench`` measures is there to be measured."""

from __future__ import annotations

import pytest

from tools.bench import pages
from tools.bench.builds import FIRST, SAVED, SAVES, WORD, edit
from tools.bench.runs import BUILD, CHECK, ROOT, copied, run


def edited(folder):
    """Return a copy of the story in which the bench has made all its edits, each of which must change a file."""
    story = copied(folder / "story")
    for number in range(FIRST, FIRST + SAVED * len(SAVES)):
        edit(story, SAVES[(number - FIRST) % len(SAVES)], number)
    return story


def test_every_save_of_the_bench_changes_its_file(tmp_path):
    """Edits made one after the other find something to edit, and never leave a file as it was."""
    assert edited(tmp_path)


@pytest.mark.long
def test_a_story_stays_true_while_the_bench_edits_it(tmp_path):
    """After every edit a check finds nothing wrong."""
    run(CHECK, edited(tmp_path))


def test_the_word_that_is_saved_stands_in_the_longest_page_beside_no_binding(tmp_path):
    """The first save is of the page that is the longest to read, in a paragraph of plain text."""
    longest = max((ROOT / "content" / "en").glob("*.md"), key=lambda path: path.stat().st_size)
    story = copied(tmp_path / "story")
    edit(story, WORD, 1)
    (changed,) = (text for text in (story / WORD.place).read_text("utf-8").split("\n\n") if "plainb" in text)

    assert ROOT / WORD.place == longest
    assert "](" not in changed


def test_plain_pages_are_built(tmp_path):
    """A story of so many plain pages builds without a problem."""
    story = copied(tmp_path / "plain")
    pages.write(story, tmp_path / "pelican", 3)
    run(BUILD, story)

    assert {path.name for path in (story / "site").glob("*.html")} == {"index.html", "page-0001.html", "page-0002.html"}
