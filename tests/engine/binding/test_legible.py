"""What readers see is what is read: words of one script and in one piece, links that
have words, digits.
"""

import pytest

from press.binding.legible import add_mixed_script_problems
from press.ground.errors import Problems
from tests.engine.bindings import INDEX, check_words, format_problems

EMPTY = f"{INDEX}:1:{{}}: found a link to {{}} without words, expected some"
WORDS = [
    "",
    " ",
    "**",
    "** **",
    "_",
    "&nbsp;",
    "\u00a0",
    "<!-- $240.1 billion -->",
    "`$240.1 billion`",
]
ONE = "expected letters of one script"
PARTED = (
    f'{INDEX}:1:{{}}: found the word "{{}}" parted by a link, expected the link around'
    " all of it"
)


def told(bound, text):
    return format_problems(check_words(bound, text))


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(
    "sentence", ["In 2023 it was {}.", "{}", "## {} {{#x}}", "| a |\n|---|\n| {} |"]
)
def test_a_binding_without_words_is_told_at_its_place(bound, words, sentence):
    """Nothing, white space, marks, a comment or code: there is nothing in it that could
    be proved, or seen.
    """
    written = sentence.format(f"[{words}](fact:total/2023)")
    line, column = written.count("\n") + 1, sentence.rpartition("\n")[2].index("{}") + 1

    assert told(bound, written) == [
        EMPTY.format(column, "fact:total/2023").replace(":1:", f":{line}:", 1)
    ]


@pytest.mark.parametrize(
    "target",
    [
        "claim:more/total.2023/total.2022",
        "said:goal-2022",
        "source:beta-2024",
        "term:goal",
    ],
)
def test_every_scheme_needs_words(bound, target):
    """Also those that only cite: a reader has nothing to press."""
    (problem,) = check_words(bound, f"It was so [ ]({target}).").problems

    assert str(problem).partition("\n")[0] == EMPTY.format(11, target)
    assert (
        problem.hint
        == f"write its words between the brackets, [words]({target}), or delete it"
    )


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000"])
def test_white_space_of_any_width_is_a_space(bound, space):
    """It is seen as one, and parts a number from its scale."""
    assert (
        told(bound, f"In 2023 trade came to [$240.1{space}billion](fact:total/2023).")
        == []
    )
    assert told(bound, f"5{space}billion.") == [
        f'{INDEX}:1:1: the number "5 billion" has no link to a fact'
    ]


def test_a_word_of_two_scripts_is_told_at_its_place(bound):
    """With the odd letter by its name, in a text and in the words of a link."""
    assert told(bound, "It was\nin Сhina [ninety bаllion](source:beta-2024).") == [
        (
            f'{INDEX}:2:4: found "Сhina", a Latin word with CYRILLIC CAPITAL LETTER ES'
            f" (U+0421), {ONE}"
        ),
        f'{INDEX}:2:11: the number "ninety" has no link to a fact',
        (
            f'{INDEX}:2:18: found "bаllion", a Latin word with CYRILLIC SMALL LETTER A'
            f" (U+0430), {ONE}"
        ),
    ]


def test_targets_code_and_comments_are_no_words(bound):
    """What readers do not see, or see as code, may be anything."""
    assert (
        told(
            bound,
            "A [page](Сhina.md), `Сhina`, <!-- Сhina --> and"
            " <https://example.org/Сhina>.",
        )
        == []
    )


def test_letters_of_files_are_told_at_their_places():
    """Of tables and settings, whose words nobody holds to anything."""
    problems = Problems()

    add_mixed_script_problems(
        [("a.csv", "id,name\n1,Сhina\n2,Китай\n"), ("b.toml", 'name = "Trаde"\n')],
        problems,
    )

    assert [(item.path, item.line, item.column, item.width) for item in problems] == [
        ("a.csv", 2, 3, 5),
        ("b.toml", 1, 9, 5),
    ]
    assert (
        problems[0].hint
        == "type it anew in Latin letters: those of other scripts only look like them"
    )


@pytest.mark.parametrize(
    ("text", "column", "word"),
    [
        ("It was nine[ty](sources.md) of them.", 12, "ninety"),
        ("It was [nine](sources.md)ty of them.", 8, "ninety"),
        ("It was *nine*[ty](sources.md) of them.", 14, "ninety"),
        ("It was [eigh][x]ty of them.\n\n[x]: sources.md", 8, "eighty"),
        ("It is that no[w](term:goal) then.", 14, "now"),
    ],
)
def test_a_word_that_a_link_parts_is_told(bound, text, column, word):
    """Readers see one word, where the checker would read two that mean nothing."""
    assert PARTED.format(column, word) in told(bound, text)


@pytest.mark.parametrize(
    "text",
    [
        "Two [vehicle](sources.md)s of [goal](term:goal)s.",
        "Pre[war](sources.md) and [t]he and a[1].",
        "See [it](a.md).",
    ],
)
def test_an_ending_behind_a_link_parts_no_word(bound, text):
    """As authors write a plural."""
    assert not any("parted" in line for line in told(bound, text))


def test_a_space_that_nobody_sees_is_told_inside_a_word(bound):
    """Around a dash, and between a number and its unit, it stands rightly."""
    assert told(bound, "It was nine\u200aty of them\u200a—\u200aso.") == [
        (
            f"{INDEX}:1:12: found HAIR SPACE (U+200A) inside a word, where nobody sees it,"
            " expected none"
        )
    ]


@pytest.mark.parametrize(
    "number",
    ["２０４", "٢٠٤", "२०४", "𝟐𝟎𝟒", "𝟚𝟘𝟜", "🯲🯰🯴", "②⓪④", "²⁰⁴", "二百零四", "CCⅣ"],
)
def test_digits_of_any_kind_are_a_number(bound, number):
    """None stands without a link, and none in a link shows another figure."""
    found = told(bound, f"It was {number} then.")
    false = told(bound, f"In 2023 trade came to [${number} billion](fact:total/2023).")

    assert len(found) == 1
    assert "has no link to a fact" in found[0]
    assert len(false) == 1


@pytest.mark.parametrize("number", ["24⁰.1", "24₀.1", "2⁴0", "②④⓪.1", "240.¹"])
def test_raised_and_lowered_digits_are_no_part_of_a_number(bound, number):
    """Readers see a power, an index, a note."""
    assert "is not read as part of a number" in " ".join(
        told(bound, f"In 2023 trade came to [${number} billion](fact:total/2023).")
    )


@pytest.mark.parametrize("number", ["２４０.1", "𝟐𝟒𝟎.𝟏", "２４０．１"])
def test_wide_and_mathematical_digits_may_show_what_is_proved(bound, number):
    """As readers see them."""
    assert (
        told(bound, f"In 2023 trade came to [${number} billion](fact:total/2023).")
        == []
    )
