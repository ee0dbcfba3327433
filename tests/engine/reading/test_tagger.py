"""The tagger finds the phrases of several tables as whole words, the first and then the longest."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.reading.tagger import DATE, Tagger

TABLES = {
    "hedges": ("more than", "at least"),
    "shifts": ("a year", "a year earlier"),
    "scales": ("bn", "billion"),
    "units": ("%", "$", "-fold"),
}


def found(phrases, words, start=0, end=1000):
    """Return where the phrases of one table stand in words, and how the table has them."""
    return [(*tag[:2], tag.phrase) for tag in Tagger({"table": phrases}).find(words, ("table",), start, end)]


@pytest.mark.parametrize(
    ("phrases", "words", "expected"),
    [
        (["up", "up to"], "up to 5, up", [(0, 5, "up to"), (9, 11, "up")]),
        (["up"], "upper, sup, up2, _up and up_", []),
        (["a  third", "-fold", "%", "hs #"], "a\n third, 5-fold, 5%, hs 27", [
            (0, 8, "a  third"), (11, 16, "-fold"), (19, 20, "%"), (22, 27, "hs #")]),
        (["more than", "than a year", "a year"], "more than a year", [(0, 9, "more than"), (10, 16, "a year")]),
        (["up to"], "up, to; up", []),
        (["one"], "alone, one, ones", [(7, 10, "one")]),
        (["c++"], "in c++ and cc", [(3, 6, "c++")]),
        ([], "anything", []),
    ],
)  # fmt: skip
def test_phrases_are_found_as_whole_words(phrases, words, expected):
    """The longest phrase is found from the left, over line ends, and never as a part of a word."""
    assert found(phrases, words) == expected


def test_a_search_names_its_tables():
    """Phrases of other tables are passed over, and hide none; a table that is not there has no phrases."""
    tagger, words = Tagger(TABLES), "more than a year earlier"

    assert [tag.phrase for tag in tagger.find(words, ("shifts", "nothing"))] == ["a year earlier"]
    assert [tag.phrase for tag in tagger.find(words, ("hedges", "shifts"))] == ["more than", "a year earlier"]
    assert tagger.first(words, ("scales",)) is None


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 6, ["a year"]), (1, 20, ["a year"]), (1, 12, []), (0, 20, ["a year", "a year"]), (8, 14, ["a year"])],
)
def test_a_search_stays_between_its_places(start, end, expected):
    """A phrase that begins before the first place, or ends behind the last, is not found."""
    assert [phrase for _, _, phrase in found(["a year"], "a year, a year", start, end)] == expected


def test_what_touches_a_digit_is_found_only_where_it_begins():
    """The "bn" of "200bn" is none by itself, but what follows the digits."""
    tagger = Tagger(TABLES)

    assert list(tagger.find("200bn", ("scales",))) == []
    assert [(tag.phrase, tag.tight) for tag in tagger.at("200bn", 3, ("scales",))] == [("bn", True)]
    assert list(tagger.at("xbn", 1, ("scales",))) == []
    assert list(tagger.at("200bn2", 3, ("scales",))) == []


def test_scripts_without_spaces_are_read_letter_by_letter():
    """A phrase of a wide script stands beside other letters, and is tight."""
    tagger = Tagger({"scales": ["亿"], "units": ["美元"]})

    assert [(tag.phrase, tag.tight) for tag in tagger.at("2182亿美元", 4, ("scales",))] == [("亿", True)]
    assert [tag.phrase for tag in tagger.at("2182亿美元", 5, ("units",))] == ["美元"]


def test_phrases_that_begin_at_a_place_come_longest_first():
    """Whoever wants a shorter one that fits can go on."""
    tags = list(Tagger(TABLES).at("a year earlier", 0, ("shifts",)))

    assert [tag.phrase for tag in tags] == ["a year earlier", "a year"]


def test_a_tag_knows_its_longest_gap():
    """So that what a link's target parts can be told from what stands together."""
    (tag,) = Tagger(TABLES).find("more    than", ("hedges",))

    assert tag.gap == 4


def test_a_date_is_one_piece():
    """However many characters a date has, a phrase around dates is found."""
    assert found([f"between {DATE} and {DATE}"], f"between {DATE * 4} and {DATE * 8}") == [
        (0, 25, f"between {DATE} and {DATE}")
    ]


@pytest.mark.parametrize(
    ("words", "small", "expected"),
    [
        ("more than 5", r"\s", "more than"),
        ("more than the 5", r"\s", None),
        ("more than the 5", r"\s(?:\w{3}\s)?", "more than"),
        ("more than, 5", r"\s", None),
    ],
)
def test_what_leads_to_a_place_is_parted_from_it_by_small_words_alone(words, small, expected):
    """Only what the pattern lets stand between."""
    tag = Tagger(TABLES).leading(words, words.index("5"), ("hedges",), re.compile(small), 0)

    assert (tag and tag.phrase) == expected


WORDS = st.lists(st.sampled_from(["a", "b", "ab", "7", "%", "-", "b7"]), min_size=1, max_size=8)


@given(st.lists(WORDS.map(lambda words: " ".join(words[:3])), max_size=6), WORDS.map(" ".join))
def test_what_is_found_is_what_a_pattern_finds(phrases, words):
    """A pattern of all phrases, the longest first, as whole words, finds the same."""
    parts = [
        (r"(?<!\w)" if phrase[0].isalnum() else "") + re.escape(phrase) + (r"(?!\w)" if phrase[-1].isalnum() else "")
        for phrase in sorted(set(phrases), key=len, reverse=True)
    ]
    expected = [found.span() for found in re.finditer("|".join(parts) or r"(?!)", words)]

    assert [place[:2] for place in found(phrases, words)] == expected
