"""Levels beside verbs of change, comparatives and multiples: held to the value before
them, and to each other.
"""

from pathlib import Path

import pytest

from tests.engine.bindings import list_messages_about, read_sentences_with_messages

LEVELS = read_sentences_with_messages(Path(__file__).with_name("levels.txt"))


@pytest.mark.parametrize(("sentence", "told"), LEVELS)
def test_a_verb_of_change_is_held_to_the_value_before(stories, sentence, told):
    """Nothing is said of a true sentence; of others what stands below them: a problem,
    or a doubt (?).
    """
    story = stories["bindings" if "trade" in sentence else "games"]
    messages = list_messages_about(story, sentence)

    assert [line[: len(told)] for line in messages or ["-"]] == [told]


def test_a_multiple_leads_from_the_figure_before_it(stories):
    """To the one behind it, and not the other way, though that would be true."""
    figures = (
        "[12](fact:gold/1956/Ardland) of 1956",
        "[24](fact:gold/1960/Ardland) of 1960",
    )
    sentences = (
        f"Ardland’s {first} were twice the {second}."
        for first, second in (figures, figures[::-1])
    )
    unlinked = 'the number "twice" has no link to a fact'

    assert [
        unlinked in list_messages_about(stories["games"], sentence)
        for sentence in sentences
    ] == [True, False]
