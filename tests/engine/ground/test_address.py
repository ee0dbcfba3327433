"""The site as a value: bytes that are there, and bytes that wait until somebody asks for them."""

from __future__ import annotations

import pytest

from press.desk.publish import publish
from press.ground.errors import BuildError, Problem
from press.pages.file import File


def test_what_waits_is_made_when_it_is_asked_for_and_once():
    """Asking whether it waits makes nothing; asking for it twice makes it once."""
    made = []
    file = File(lambda: made.append(1) or b"picture", "chart.md")

    assert (file.waits, made) == (True, [])
    assert (file.body, file.body, len(made)) == (b"picture", b"picture", 1)


def test_a_picture_that_cannot_be_made_leaves_the_site_as_it_was(tmp_path):
    """All bytes are made before the first file is replaced."""
    publish({"index.html": File(b"old", "a")}, tmp_path / "site", tmp_path)

    def fail():
        raise BuildError([Problem("chart.md", 1, "its picture cannot be drawn")])

    with pytest.raises(BuildError):
        publish({"index.html": File(b"new", "a"), "z.png": File(fail, "chart.md")}, tmp_path / "site", tmp_path)

    assert (tmp_path / "site/index.html").read_bytes() == b"old"
    assert not (tmp_path / "site/z.png").exists()
