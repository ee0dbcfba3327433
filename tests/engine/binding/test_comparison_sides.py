"""The sides of *than*: on each the sentence names what the claim compares there."""

from pathlib import Path

import pytest

from tests.engine.bindings import STORY, bound_of, read, story_at

LINES = Path(__file__).with_name("sides.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    """Return two small stories, held to their tables, by the names of these."""
    root = tmp_path_factory.mktemp("sides")
    return {
        name: bound_of(story_at(root / name, STORY.with_name(name)))
        for name in ("games", "bindings")
    }


@pytest.mark.parametrize(
    ("sentence", "told"), [*zip(LINES[::2], LINES[1::2], strict=True)]
)
def test_each_side_of_than_names_what_is_compared(stories, sentence, told):
    """What is wrong of a side is told first; nothing of a true sentence."""
    found = read(stories["games" if "gold" in sentence else "bindings"], sentence)
    messages = [item.message for item in found.problems]

    assert (messages or ["-"])[0].startswith(told.strip())
