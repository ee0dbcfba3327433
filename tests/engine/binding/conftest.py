"""What tests of binding share: small stories, held to their tables."""

import pytest

from tests.engine.bindings import STORY, bind_project, make_project_with_overlay


@pytest.fixture(scope="session")
def stories(tmp_path_factory):
    """Return three small stories by their names."""
    root = tmp_path_factory.mktemp("stories")
    return {
        name: bind_project(
            make_project_with_overlay(root / name, STORY.with_name(name))
        )
        for name in ("games", "marathon", "bindings")
    }
