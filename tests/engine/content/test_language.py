"""What editors write: settings, words, pages, words of charts; and the conventions of
the language.
"""

from decimal import Decimal

import pytest

from press import content
from press.content.pages import parse_page
from press.ground.errors import BuildError
from press.ground.files import parse_file
from press.reading import Conventions
from tests.engine.bindings import make_project_with_overlay

HEAD = '+++\ntitle = "T"\ndescription = "D"\n{}+++\n\nText\n'


@pytest.mark.parametrize(
    "slug", ["About", "a b", "a_b", "-a", "a-", "a--b", "ä", "a.b"]
)
def test_an_address_is_of_small_letters_digits_and_hyphens(project, slug):
    """Every other address is refused: it would read badly, or differ between file
    systems.
    """
    project.write(f"content/en/{slug}.md", HEAD.format(""))

    with pytest.raises(
        BuildError, match=r'\.md:1: found the page ".*", expected small letters'
    ):
        parse_file(project.root / f"content/en/{slug}.md", project.root, parse_page)


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        ("1234.56", 1, "1,234.6"),
        ("240110", 0, "240,110"),
        ("0.125", 2, "0.12"),
        ("-0.135", 2, "-0.14"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, places, written):
    """Thousands are grouped; halves are rounded to the even digit."""
    assert Conventions("en").number(Decimal(value), places) == written


def test_months_are_named_as_they_stand_alone():
    """Twelve names in order, in the form that an axis or a table's head needs."""
    short, wide = (Conventions("en").months(short=short) for short in (True, False))

    assert (len(short), short[0], short[-1], wide[0], wide[-1]) == (
        12,
        "Jan",
        "Dec",
        "January",
        "December",
    )


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2023-11-07", "7 November 2023"),
        ("2023-11", "November 2023"),
        ("2023", "2023"),
        ("2023-01", "January 2023"),
    ],
)
def test_a_day_a_month_or_a_year_is_written_in_words(day, written):
    """As much of a date as is known is written out."""
    assert Conventions("en").date(day) == written


def test_every_text_that_readers_see_is_there_once(tmp_path):
    """Labels, front matter and bodies of pages and charts: each with its kind, its path
    and how strict it is.
    """
    root = make_project_with_overlay(tmp_path / "story").root
    found = content.load_content_in_one_language(root / "content", root)
    chart = found.charts["totals"]

    kinds = [
        (text.description, text.must_link_comparisons)
        for text in (*chart.strings, chart.body)
    ]
    assert kinds == [
        ("title", True),
        ("subtitle", False),
        ("how_to_read", False),
        ("alt", True),
        *[("note", False)] * 3,
        *[("words", False)] * 2,
        ("summary", False),
    ]
    assert [title for title, _ in found.titles_and_shown_texts] == [
        "",
        *(page.title for page in found.pages),
        chart.title,
    ]
    texts = [text for _, own in found.titles_and_shown_texts for text in own]
    assert all(
        text.source[text.file_offset :].startswith(text.value)
        for text in texts
        if text.file_offset >= 0
    )
    assert [text.value for text in texts if text.file_offset < 0] == [
        "In 2022 it came to [$190.3\u00a0billion](fact:total/2022)."
    ]


def test_words_know_their_place_after_flattening(tmp_path):
    """A slip in the {places} of words with a binding is told at its line."""
    root = make_project_with_overlay(tmp_path / "story").root
    chart = content.load_content_in_one_language(root / "content", root).charts[
        "totals"
    ]

    with pytest.raises(BuildError) as caught:
        chart.words["value"].fill(month=1)

    assert str(caught.value).startswith(
        "content/en/charts/totals.md:12: value has {year}"
    )


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (
            "facts",
            '[total]\nlabel = 5\nformula = "x"\n',
            "2: label is 5, expected text in quotes",
        ),
        ("facts", '[total]\nlabel = "x"\n', "1: formula is missing in total"),
        ("facts", 'total = ""\n', "1: total is empty, expected text"),
        ("exceptions", '["a.md"]\n"5" = ""\n', "2: 5 is empty, expected text"),
        ("exceptions", '"5" = "why"\n', '1: 5 is "why", expected a table'),
        (
            "exceptions",
            '["a.md"]\n"6" = "why"\n["b.md"]\n"5" = 1\n',
            "4: 5 is 1, expected text in quotes",
        ),
    ],
)
def test_a_mistake_in_these_files_is_told_at_its_line(project, name, text, problem):
    """Facts have a label and a formula, exceptions a reason."""
    project.write(f"content/en/{name}.toml", text)

    with pytest.raises(BuildError) as caught:
        content.load_content_in_one_language(project.root / "content", project.root)

    assert str(caught.value) == f"content/en/{name}.toml:{problem}"
