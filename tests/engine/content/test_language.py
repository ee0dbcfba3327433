"""What editors write: settings, words, pages, words of charts, and the conventions of languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import Locale

from press import content
from press.content.language import Language
from press.content.pages import read_page
from press.content.words import Words
from press.ground.errors import BuildError
from press.reading.lexicon import Lexicon
from tests.engine.bindings import story_at

HEAD = '+++\ntitle = "T"\ndescription = "D"\n{}+++\n\nText\n'


def language(code):
    return Language(code, Lexicon(Locale.parse(code, sep="-")), words=Words("words.toml", {}))


def test_a_folder_is_a_language(project):
    """A copy of a language's folder under another code is another language."""
    for place in ("words.toml", "index.md", "sources.md", "charts/totals.md"):
        project.write(f"content/en-GB/{place}", project.read(f"content/en/{place}"))

    result = content.load(project.root / "content", project.root)

    assert [(item.code, len(item.pages), list(item.charts)) for item in result.languages] == [
        ("en", 3, ["totals"]),
        ("en-GB", 2, ["totals"]),
    ]


@pytest.mark.parametrize("slug", ["About", "a b", "a_b", "-a", "a-", "a--b", "ä", "a.b"])
def test_an_address_is_of_small_letters_digits_and_hyphens(project, slug):
    """Every other address is refused: it would read badly, or differ between file systems."""
    project.write(f"content/en/{slug}.md", HEAD.format(""))

    with pytest.raises(BuildError, match=r'\.md:1: found the page ".*", expected small letters'):
        read_page(project.root / f"content/en/{slug}.md", project.root)


def test_mistakes_of_all_languages_are_told_at_once(project):
    """A broken page in one language does not hide another that is not read, nor broken settings."""
    project.write("content/ru/index.md", "Text\n")
    project.write("content/en/index.md", "Text\n")
    project.write("content/site.toml", "name = 5\n")

    with pytest.raises(BuildError) as caught:
        content.load(project.root / "content", project.root)

    assert [f"{problem.path}: {problem.message}" for problem in caught.value.problems] == [
        "content/en/index.md: found no front matter, expected +++",
        'content/ru: found texts in the language "ru", expected one that is read: en',
        "content/ru/index.md: found no front matter, expected +++",
        "content/site.toml: language is missing",
        "content/site.toml: name is 5, expected text in quotes",
        "content/site.toml: navigation is missing",
    ]


@pytest.mark.parametrize(
    ("code", "value", "places", "written"),
    [
        ("en", Decimal("1234.56"), 1, "1,234.6"),
        ("en", Decimal(240110), 0, "240,110"),
        ("en", Decimal("-0.5"), 2, "-0.50"),
        ("de", Decimal("1234.56"), 1, "1.234,6"),
        ("ru", Decimal("1234.56"), 1, "1\u00a0234,6"),
        ("pt-BR", Decimal("1234.56"), 1, "1.234,6"),
        ("zh-Hans", Decimal("1234.56"), 1, "1,234.6"),
        ("en", Decimal("0.125"), 2, "0.12"),
        ("en", Decimal("0.135"), 2, "0.14"),
    ],
)
def test_each_language_writes_numbers_its_own_way(code, value, places, written):
    """Separators follow the language; halves are rounded to the even digit."""
    assert language(code).number(value, places) == written


@pytest.mark.parametrize(
    ("code", "width", "first", "last"),
    [
        ("en", "abbreviated", "Jan", "Dec"),
        ("en", "wide", "January", "December"),
        ("ru", "wide", "январь", "декабрь"),
        ("zh", "abbreviated", "1月", "12月"),
    ],
)
def test_each_language_names_the_months_as_they_stand_alone(code, width, first, last):
    """Twelve names in order, in the form that an axis or a table's head needs."""
    months = language(code).months(width)

    assert (len(months), months[0], months[-1]) == (12, first, last)


@pytest.mark.parametrize(
    ("code", "day", "written"),
    [
        ("en", "2023-11-07", "7 November 2023"),
        ("en", "2023-11", "November 2023"),
        ("en", "2023", "2023"),
        ("en", "2023-01", "January 2023"),
        ("ru", "2023-11-07", "7 ноября 2023"),
        ("ru", "2023-11", "ноябрь 2023"),
    ],
)
def test_each_language_writes_a_day_a_month_or_a_year(code, day, written):
    """As much of a date as is known is written out."""
    assert language(code).date(day) == written


def test_every_text_that_readers_see_is_there_once(tmp_path):
    """Labels, front matter and bodies of pages and charts: each with its kind, its path and how strict it is."""
    root = story_at(tmp_path / "story").root
    english = content.load(root / "content", root).languages[0]
    chart = english.charts["totals"]

    kinds = [(text.what, text.strict) for text in (*chart.strings, chart.body)]
    assert kinds == [
        ("title", True),
        ("subtitle", False),
        ("how_to_read", False),
        ("alt", True),
        *[("note", False)] * 3,
        *[("words", False)] * 2,
        ("summary", False),
    ]
    assert [title for title, _ in english.texts] == ["", *(page.title for page in english.pages), chart.title]
    texts = [text for _, own in english.texts for text in own]
    assert all(text.source[text.start :].startswith(text.value) for text in texts if text.start >= 0)
    assert [text.value for text in texts if text.start < 0] == [
        "In 2022 it came to [$190.3\u00a0billion](fact:total/2022)."
    ]


def test_words_know_their_place_after_flattening(tmp_path):
    """A slip in the {places} of words with a binding is told at its line."""
    root = story_at(tmp_path / "story").root
    chart = content.load(root / "content", root).languages[0].charts["totals"]

    with pytest.raises(BuildError) as caught:
        chart.words["value"].fill(month=1)

    assert str(caught.value).startswith("content/en/charts/totals.md:12: value has {year}")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("facts", '[total]\nlabel = 5\nformula = "x"\n', "2: label is 5, expected text in quotes"),
        ("facts", '[total]\nlabel = "x"\n', "1: formula is missing in total"),
        ("exceptions", '["a.md"]\n"5" = ""\n', "2: 5 is empty, expected text"),
        ("exceptions", '"5" = "why"\n', '1: 5 is "why", expected a table'),
        ("exceptions", '["a.md"]\n"6" = "why"\n["b.md"]\n"5" = 1\n', "4: 5 is 1, expected text in quotes"),
    ],
)
def test_a_mistake_in_these_files_is_told_at_its_line(project, name, text, problem):
    """Facts have a label and a formula, exceptions a reason."""
    project.write(f"content/en/{name}.toml", text)

    with pytest.raises(BuildError) as caught:
        content.load(project.root / "content", project.root)

    assert str(caught.value) == f"content/en/{name}.toml:{problem}"
