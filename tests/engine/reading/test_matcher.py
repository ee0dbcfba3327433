"""Tests of the matcher: which phrases of which tables it finds in a text."""

import pytest

from press.reading.matcher import PhraseMatcher


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3q 2024", ["3q"]),
        ("3rd quarter", ["#rd quarter"]),
        ("13rd quarter", ["#rd quarter"]),
        ("3 years to 2024", ["# years to #"]),
        ("chapter 11", ["chapter #"]),
        ("chapter 11 filing", ["chapter 11 filing"]),
        ("chapter 12 filing", ["chapter #"]),
    ],
)
def test_a_phrase_with_certain_digits_hides_none_with_any(words, found):
    """Beside "3q", "3rd quarter" is found as "#rd quarter"; of two phrases that begin
    alike, the longest.
    """
    phrases = ["3q", "#rd quarter", "# years to #", "chapter #", "chapter 11 filing"]
    matcher = PhraseMatcher({"times": phrases})

    assert [tag.phrase for tag in matcher.find_tags(words, ("times",))] == found
