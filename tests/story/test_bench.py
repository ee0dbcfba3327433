"""What ``make bench`` measures is there to be measured."""

from __future__ import annotations

import pytest

from tools.bench import growth, plain, saves
from tools.bench.runs import BUILD, CHECK, ROOT, copied, run


@pytest.mark.parametrize("save", saves.EDITS, ids=[save.goal.name for save in saves.EDITS])
def test_every_save_of_the_bench_changes_its_file(save):
    """Edits that the bench makes one after the other find something to edit, and never leave a file as it was."""
    texts = [(ROOT / save.place).read_text("utf-8")]
    for number in range(1, save.rounds + 1):
        texts.append(saves.edited(texts[-1], save, number))

    assert texts[0] != texts[1]
    assert len(set(texts[1:])) == save.rounds


def test_the_word_that_is_saved_stands_in_the_longest_page_beside_no_binding():
    """The first save is of the page that is the longest to read, in a paragraph of plain text."""
    word = saves.EDITS[0]
    longest = max((ROOT / "content" / "en").glob("*.md"), key=lambda path: path.stat().st_size)
    paragraphs = saves.edited(longest.read_text("utf-8"), word, 1).split("\n\n")
    (changed,) = (text for text in paragraphs if "plainb" in text)

    assert ROOT / word.place == longest
    assert "](" not in changed


@pytest.mark.long
def test_a_story_stays_true_while_the_bench_edits_it_and_lets_it_grow(tmp_path):
    """After every edit, with more rows, more prose and more charts, a check finds nothing wrong."""
    story = copied(tmp_path / "story")
    for save in saves.EDITS:
        path = story / save.place
        path.write_text(saves.edited(path.read_text("utf-8"), save, 9), "utf-8")
    for grow in (growth.rows, growth.prose, growth.charts):
        grow(story, 2)

    run(CHECK, story)


def test_plain_pages_are_built(tmp_path):
    """A story of so many plain pages builds without a problem."""
    story = copied(tmp_path / "plain")
    plain.write(story, 3)
    run(BUILD, story)

    assert sorted(path.name for path in (story / "site").glob("*.html")) == [
        "index.html",
        "page-0001.html",
        "page-0002.html",
    ]
