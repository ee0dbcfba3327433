"""What tests of approvals begin with."""

import pytest

from tests.engine.approvals.reading import read_all
from tests.engine.bindings import make_project_with_overlay


@pytest.fixture
def story(tmp_path):
    """Return the base story with all of it read."""
    story = make_project_with_overlay(tmp_path / "story", None)
    read_all(story)
    return story
