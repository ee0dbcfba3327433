"""Citing a chart: each form is read back by a program that others wrote, and says what
was put in.
"""

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as some
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from press.content.language import Language
from press.content.words import Words, WordsTemplate
from press.pages import cite
from tests.engine.wording import ENGLISH
from tests.engine.works import BARE, KNOWN, PAGE, WORKS

NOTE = "Last changed 26 November 2026. Figures published up to 20 May 2026."


def word(key, value):
    made = WordsTemplate(value)
    made.path, made.line, made.key = "words.toml", 1, key
    return made


LABELS = {
    "cite_text": "{authors}. ({date}). {title} [Chart]. {site}. {licence}.",
    "cite_undated": "n.d.",
    "cite_changed": "Last changed {date}.",
    "cite_newest": "Figures published up to {date}.",
}
WORDS = Words("words.toml", {key: word(key, value) for key, value in LABELS.items()})
LANGUAGE = Language("en", ENGLISH, words=WORDS)


def tex():
    """Return what turns TeX into the words that it sets.

    Three names have to be told to pylatexenc.
    """
    names = get_default_latex_context_db()
    more = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    names.add_context_category(
        "more", macros=[MacroTextSpec(*item) for item in more.items()], prepend=True
    )
    return LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=names))


def entry(text, *middleware):
    """Return the fields of the only entry of a BibTeX file, as
    bibtexparser reads it.
    """
    library = bibtexparser.parse_string(text, append_middleware=list(middleware))
    assert library.failed_blocks == []
    (found,) = library.entries
    assert found.entry_type == "misc"
    return {"key": found.key, **{field.key: field.value for field in found.fields}}


@pytest.mark.parametrize(
    ("work", "text"),
    [
        pytest.param(
            KNOWN,
            "The authors of a small story. (25 November 2026). Crude oil outweighed"
            f" coal & gas: 100% of “it” [Chart]. A small story. CC BY 4.0. {NOTE}"
            f" {PAGE}",
            id="all known",
        ),
        pytest.param(
            BARE,
            "The authors of a small story. (n.d.). Crude oil outweighed coal & gas:"
            " 100% of “it” [Chart]. A small story. CC BY 4.0.",
            id="address and dates not known",
        ),
        pytest.param(
            KNOWN._replace(title="Oil", changed="2026-12-01", newest=""),
            "The authors of a small story. (25 November 2026). Oil [Chart]. A small"
            f" story. CC BY 4.0. Last changed 1 December 2026. {PAGE}",
            id="changed since",
        ),
    ],
)
def test_the_sentence_says_what_is_known_and_no_more(work, text):
    """A citation to copy names authors, date, title, site, the newest figures and the
    address, each if it is known.
    """
    assert cite.format_citation(work, LANGUAGE) == text


@pytest.mark.parametrize(
    ("days", "latest"),
    [
        pytest.param(
            ["2023-12-07", "2024-01-31", "2019"], "2024-01-31", id="days and a year"
        ),
        pytest.param(
            ["2023-12", "undated", "2023-12-07"],
            "2023-12-07",
            id="a day is later than its month",
        ),
        pytest.param(["undated"], "", id="no date"),
        pytest.param([], "", id="no page"),
    ],
)
def test_the_newest_date_is_the_latest_that_is_one(days, latest):
    """The newest of the pages' dates is found among dates of any precision, and words
    are none.
    """
    assert cite.find_newest_date(days) == latest


@pytest.mark.parametrize("work", WORKS)
def test_bibtex_says_what_the_work_says(work):
    """A BibTeX parser reads back all that is known, and finds no field
    for what is not.
    """
    fields = entry(cite.format_bibtex(work, LANGUAGE), tex())
    expected = {
        "key": work.key,
        "author": work.authors,
        "title": work.title,
        "howpublished": work.container,
        "year": work.published[:4],
        "note": work.newest and NOTE,
        "url": work.address,
    }

    assert fields == {key: value for key, value in expected.items() if value}


def test_bibtex_keeps_names_and_titles_in_one_piece():
    """Doubled braces keep a style from splitting the authors' name and from lowering
    capitals in the title.
    """
    fields = entry(
        cite.format_bibtex(KNOWN._replace(authors="A and B", title="US Oil"), LANGUAGE)
    )

    assert (fields["author"], fields["title"]) == ("{A and B}", "{US Oil}")


# Without the signs that TeX joins to others ("--" to a dash), and with white space as
# titles have it.
TITLES = some.text(
    some.sampled_from("aZ0 éЖ易&%$#_{}~^\\“”–.,:;()[]@=/+*!?|<>")
    | some.characters(categories=["L"]),
    min_size=1,
)


@given(TITLES.map(lambda title: " ".join(title.split())).filter(bool))
def test_tex_sets_every_title_as_it_is(title):
    """No character of a title breaks the BibTeX file, and TeX sets each as itself."""
    work = KNOWN._replace(title=f"a{title}b")

    assert entry(cite.format_bibtex(work, LANGUAGE), tex())["title"] == work.title
