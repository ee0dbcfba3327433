"""Letters of several scripts in one word: which are told, and which stand together."""

import pytest

from press.reading.scripts import MixedWord, find_mixed_script_words


@pytest.mark.parametrize(
    ("word", "script", "others"),
    [
        ("Сhina", "Latin", "С"),
        ("bіllion", "Latin", "і"),
        ("ninеtу", "Latin", "еу"),
        ("Rоссия", "Cyrillic", "R"),
        ("Τrade", "Latin", "Τ"),
        ("tradε", "Latin", "ε"),
        ("ΑВ", "Greek", "В"),
        ("Вi", "Latin", "В"),
        ("Сафe\u0301", "Cyrillic", "e"),
        ("e\u0301хport", "Latin", "х"),
        ("中Сhina", "Latin", "中С"),
        ("Ꭺsia", "Latin", "Ꭺ"),
        ("Ｔrаde", "Latin", "а"),
    ],
)
def test_letters_that_only_look_like_others_are_told(word, script, others):
    """The word where it stands, the script of most of its letters, and the letters of
    another.
    """
    assert [*find_mixed_script_words(f"one\ntwo {word}, three")] == [
        MixedWord(8, 8 + len(word), word, script, tuple(others))
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Norway’s naïve Ångström, cafe\u0301, Łódź",
        "Россия и Китай",
        "Ελλάδα",
        "中国GDP增长, A股, カラオケbar, 한국GDP, T恤衫",
        "カタカナとひらがなと漢字",
        "5 µm, μm, kΩ, k\N{OHM SIGN}, Δt, θx, 10Ωm",
        "H2O, 2023год, ２０２３年, x²",
        "Ｔｒａｄｅ and 𝐭𝐫𝐚𝐝𝐞",
        "Си-би-эс, CNN-Россия, β-carotene, U.S.-Китай",
    ],
)
def test_letters_that_stand_together_are_free(words):
    """Of one script; Latin among Han, Japanese, Korean; units with a Greek letter;
    words that a hyphen joins.
    """
    assert [*find_mixed_script_words(words)] == []
