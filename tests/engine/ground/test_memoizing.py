"""What follows from a frozen value: made once, and kept."""

from dataclasses import dataclass

from press.ground.memoizing import Memoizing


@dataclass(frozen=True)
class Word(Memoizing):
    text: str


def spell(word):
    return list(word.text)


def test_what_is_made_of_a_value_is_made_once():
    """Each value has its own."""
    word, other = Word("a"), Word("b")

    assert word.get_memoized(spell) is word.get_memoized(spell)
    assert other.get_memoized(spell) == ["b"]
