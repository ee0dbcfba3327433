"""The sides of a comparison: on each its sentence names what the claim compares."""

from pathlib import Path

import pytest

from tests.engine.bindings import list_messages_about, read_sentences_with_messages

SIDES = read_sentences_with_messages(Path(__file__).with_name("sides.txt"))


@pytest.mark.parametrize(("sentence", "told"), SIDES)
def test_each_side_names_what_is_compared(stories, sentence, told):
    """What is wrong of a side is told first; nothing of a true sentence."""
    story = stories["games" if "gold" in sentence else "bindings"]

    assert (list_messages_about(story, sentence) or ["-"])[0].startswith(told)
