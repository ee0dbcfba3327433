"""No number for readers in the code of charts."""

import pytest

from press.binding.unbound import add_unlinkable_text_problems
from press.content.code import read_texts_in_chart_code
from press.ground.errors import BuildError, Problems
from tests.engine.wording import ENGLISH

HINT = "write it into the words of the chart, in content/, and bind it there"


def found_in(root, code, place="charts.py"):
    path = root / "story" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, "utf-8")
    problems = Problems()
    add_unlinkable_text_problems(read_texts_in_chart_code(root), ENGLISH, problems)
    return problems


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ('title = "Past $5 billion"', 1, "$5 billion"),
        ('x = 1\n\nlabel("About 7% a year")', 3, "About 7%"),
        ('x = f"In {year} it was 12% of it"', 1, "12%"),
        ("x = f\"{year} it was {f'12% {year}'} of it\"", 1, "12%"),
        ('x = "of 300 billion, datum.value"', 1, "300 billion"),
        ("x = \"datum.value + ' of 300 billion'\"", 1, "300 billion"),
        ('x = """It was\n12% of it."""', 1, "12%"),
        ('x = ["two words", "half of it"]', 1, "half"),
        ('"""Docs\n\nof 5 lines."""\nx = "it was 3%"', 4, "3%"),
    ],
)
def test_a_number_in_words_for_readers_is_told(tmp_path, code, line, words):
    """A string of several words with a figure in it is told at its line."""
    told = [
        (item.path, item.line, item.message, item.hint)
        for item in found_in(tmp_path, code)
    ]

    assert told == [
        ("story/charts.py", line, f'the number "{words}" has no link to a fact', HINT)
    ]


@pytest.mark.parametrize(
    "code",
    [
        '"""Draws 5 lines, 7% of all."""',
        'def f():\n    """Draws 5 lines."""',
        'x = "datum.value > 200 && datum.year"',
        'x = f"[{labels}][datum.value - 100]"',
        'x = f"{goal:.0f} {year:5.2f}"',
        "x = 'goal-of-2024'  # it was '12% of it'",
        'width = "200px"',
        'x = "kΩ"',
        'x = "in 2023 and 2024"',
        "x = 5",
    ],
)
def test_what_readers_do_not_see_may_hold_numbers(tmp_path, code):
    """Docstrings, expressions of Vega, single words, years, and numbers
    that are code.
    """
    assert found_in(tmp_path, code) == []


@pytest.mark.parametrize(
    "code",
    [
        'x = "Сhina"',
        'x = "\\u0421hina"',
        'x = f"{year} Сhina"',
        "x = \"datum.x + 'Сhina'\"",
    ],
)
def test_a_word_of_two_scripts_is_told(tmp_path, code):
    """Also where it is the only one of its string, and one of its letters stands there
    by its number.
    """
    told = [(item.line, item.message) for item in found_in(tmp_path, code)]

    letters = (
        "a Latin word with CYRILLIC CAPITAL LETTER ES (U+0421), expected letters of one"
        " script"
    )
    assert told == [(1, f'found "Сhina", {letters}')]


def test_invisible_characters_in_all_files_are_told(tmp_path):
    """By an escape in a string, at its line; not in a docstring, which is
    for authors.
    """
    (tmp_path / "story" / "charts").mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / f"story/charts/{name}.py").write_text(
            '"""D\\u202e."""\nx = "9\\u200b0"\n', "utf-8"
        )

    with pytest.raises(BuildError) as caught:
        read_texts_in_chart_code(tmp_path)

    found = "found ZERO WIDTH SPACE (U+200B), which nobody sees, expected none"
    assert [(item.path, item.line, item.message) for item in caught.value.problems] == [
        ("story/charts/a.py", 2, found),
        ("story/charts/b.py", 2, found),
    ]


def test_a_comparison_in_words_for_readers_is_told(tmp_path):
    """What no claim can prove in code is told as well."""
    (told,) = found_in(tmp_path, 'x = "trade fell then"')

    assert (told.message, told.hint) == (
        'the comparison "fell" has no link that proves it',
        HINT,
    )


def test_code_that_python_cannot_read_is_left_to_who_draws(tmp_path):
    """The mistake is told where the module is used; the other files are looked at."""
    found_in(tmp_path, "x = (", "charts/a.py")

    assert [
        item.path for item in found_in(tmp_path, 'x = "about 5%"', "charts/b.py")
    ] == ["story/charts/b.py"]


@pytest.mark.parametrize(
    "place", ["charts.py", "charts/race.py", "charts/more/race.py"]
)
def test_every_file_of_the_charts_is_looked_at(tmp_path, place):
    """A module, or a package with what is in it."""
    assert [item.path for item in found_in(tmp_path, 'x = "about 5%"', place)] == [
        f"story/{place}"
    ]
