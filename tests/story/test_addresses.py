"""Addresses of the story that readers have kept: an edition's are those of a day on which it was read."""

from press.desk.differences import anchors

STORY = "index.html"


def test_no_anchor_that_an_edition_has_is_lost(story_built):
    """Each heading and chart of an edition still has its anchor on the story's page, as an alias where it is gone."""
    today, editions = story_built.root / STORY, sorted(story_built.root.glob(f"editions/*/{STORY}"))

    assert editions
    for edition in editions:
        assert list(anchors({STORY: edition.read_bytes()}, {STORY: today.read_bytes()}).items) == []
