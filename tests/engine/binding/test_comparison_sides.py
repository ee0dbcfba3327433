"""The sides of *than*: on each the sentence names what the claim compares there."""

from pathlib import Path

import pytest

from tests.engine.bindings import messages_of, sentences_with_messages

SIDES = sentences_with_messages(Path(__file__).with_name("sides.txt"))


@pytest.mark.parametrize(("sentence", "told"), SIDES)
def test_each_side_of_than_names_what_is_compared(stories, sentence, told):
    """What is wrong of a side is told first; nothing of a true sentence."""
    story = stories["games" if "gold" in sentence else "bindings"]

    assert (messages_of(story, sentence) or ["-"])[0].startswith(told)
