"""Levels beside verbs of change, comparatives and multiples: held to the value before
them, and to each other.
"""

from pathlib import Path

import pytest

from tests.engine.bindings import STORY, bound_of, read, story_at

LINES = Path(__file__).with_name("levels.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def games(tmp_path_factory):
    """Return the small story of games, held to its tables."""
    root = tmp_path_factory.mktemp("levels")
    return bound_of(story_at(root / "games", STORY.with_name("games")))


@pytest.mark.parametrize(
    ("sentence", "told"), [*zip(LINES[::2], LINES[1::2], strict=True)]
)
def test_a_verb_of_change_is_held_to_the_value_before(games, sentence, told):
    """Nothing is said of a true sentence; of others what stands below them: a problem,
    or a doubt (?).
    """
    found = read(games, sentence)
    messages = [
        *(item.message for item in found.problems),
        *(f"? {item.message}" for _, item in found.doubts),
    ]

    assert [line[: len(told.strip())] for line in messages or ["-"]] == [told.strip()]
