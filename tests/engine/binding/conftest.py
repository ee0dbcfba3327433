"""What tests of binding share: small stories, held to their tables."""

import pytest

from tests.engine.bindings import STORY, bound_of, story_at


@pytest.fixture(scope="session")
def stories(tmp_path_factory):
    """Return three small stories by their names."""
    root = tmp_path_factory.mktemp("stories")
    return {
        name: bound_of(story_at(root / name, STORY.with_name(name)))
        for name in ("games", "marathon", "bindings")
    }
