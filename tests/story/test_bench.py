"""What ``make bench`` edits of this story is there."""

import pytest

from tools.bench import builds
from tools.bench.runs import copy_project


@pytest.mark.parametrize("save", builds.SAVES, ids=lambda save: save.name)
def test_this_story_has_what_is_edited(save, tmp_path):
    """Each save changes its file, again and again."""
    story = copy_project(tmp_path / "story")
    texts = {(story / save.place).read_text("utf-8")}

    for number in (3, 4, 5):
        builds.make_edit(story, save, number)
        texts.add((story / save.place).read_text("utf-8"))

    assert len(texts) == 4
