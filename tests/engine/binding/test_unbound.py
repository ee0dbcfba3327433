"""Nothing unbound: which figures, comparisons and words that expire are found outside
links.
"""

import pytest

from press.binding.unbound import UnlinkedWordsScan
from press.ground.errors import Fault
from press.reading.lexicon import fold_text
from press.reading.sentence import read_sentences
from press.reading.text import Text
from tests.engine.bindings import (
    INDEX,
    append_paragraph,
    list_problems,
    make_project_with_overlay,
)
from tests.engine.sentences import read_cases
from tests.engine.wording import ENGLISH, make_lexicon_with_names

TITLES = ["The two goals", "One goal, missed", "The twelve months", "Past $200 billion"]
UNBOUND = read_cases("binding/unbound.txt")


def text(value, what="text", *, markdown=True):
    return Text(
        "a.md",
        value,
        0,
        1,
        value,
        what,
        is_markdown=markdown,
        must_link_comparisons=what != "text",
    )


def shown(words, fault):
    return " ".join(words.visible_text[fault.start : fault.end].split())


def unbound(words, lexicon, excepted=()):
    scan = UnlinkedWordsScan(words, lexicon, tuple(read_sentences(words, lexicon)))
    return scan.mark_excepted_faults(
        scan.find_unlinked_numbers_and_expiring_words(), excepted
    )


def comparisons(words, lexicon):
    return UnlinkedWordsScan(
        words, lexicon, tuple(read_sentences(words, lexicon))
    ).find_unlinked_comparisons_outside_questions()


def found_in(words, find=unbound):
    return [shown(words, fault) for fault in find(words, ENGLISH)]


@pytest.mark.parametrize(("sentence", "found"), UNBOUND)
def test_what_no_link_proves_is_found(sentence, found):
    """A figure or a word that expires is found once, as a whole, in its order; what
    only looks like one is not.
    """
    assert (
        [each.replace(" ", "_") for each in found_in(text(sentence))] or ["-"]
    ) == found


@pytest.mark.parametrize("title", TITLES)
def test_a_title_bears_no_number_word(title):
    """In titles as in headings even "two" is a figure."""
    assert len(found_in(text(title, "title", markdown=False))) == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        *(
            (f"It was [now 26.7% more, two thirds]({scheme}:a/2023) then.", [])
            for scheme in ("fact", "claim", "said")
        ),
        *(
            (f"It was [26.7% more]({target}) then.", ["26.7%"])
            for target in ("source:S1", "term:a", "a.md", "http://a")
        ),
        ("There were 25\n\npercent and 5\n\n% signs", ["25", "5"]),
    ],
)
def test_a_link_that_proves_nothing_hides_no_figure(words, found):
    """What is held to something already is not looked at; a figure takes no unit from
    the next paragraph.
    """
    assert found_in(text(words)) == found


def test_places_in_the_words_of_charts_are_no_figures():
    """What the story fills in is not written by hand; what stands beside it is."""
    assert found_in(text("{year}: ${value} bn, 5% up", markdown=False)) == ["5%"]


def test_the_message_says_that_a_word_expires():
    """A word that will be false some day is told apart from a number."""
    (fault,) = unbound(text("It is larger now."), ENGLISH)

    assert fault == Fault(
        13,
        16,
        '"now" will not stay true',
        "name the month or the year instead, or say up to when the data go",
    )


def test_an_exception_allows_its_phrase_and_tells_that_it_was_needed():
    """What an exception covers is yielded with its phrase, so that it can be counted;
    nothing else is covered.
    """
    words = text("The 26 chapters, 26 of 97.")

    faults = list(unbound(words, ENGLISH, ["26 chapters", "12 months"]))

    assert [(shown(words, fault), fault.excepted) for fault in faults] == [
        ("26", "26 chapters"),
        ("26", ""),
        ("97", ""),
    ]


@pytest.mark.parametrize(("sentence", "found"), read_cases("binding/comparisons.txt"))
def test_loose_comparisons(sentence, found):
    """A comparison that no link proves is found; a question, a span of time and a turn
    of phrase compare nothing.
    """
    told = [each.replace(" ", "_") for each in found_in(text(sentence), comparisons)]

    assert (told or ["-"]) == found


@pytest.mark.parametrize(
    "name",
    ["300 billion dollars", "# billion", "ten percent", "fell", "so far", "now", "$ 5"],
)
def test_a_name_that_is_a_figure_or_a_comparison_frees_nothing(name):
    """The list of names is no way round the checker: figures belong among the
    exceptions, with a reason.
    """
    lexicon = make_lexicon_with_names(*ENGLISH.lists["names"], fold_text(name))
    words = text(f"## It was {name.replace('#', '7')} then")

    assert [*unbound(words, lexicon), *comparisons(words, lexicon)] != []


@pytest.mark.parametrize(
    "name", ["200-billion line", "HS 270900", "half-year", "at least", "no 97"]
)
def test_a_name_frees_its_digits(name):
    """A name with digits that is more than a figure and its unit is a name."""
    lexicon = make_lexicon_with_names(*ENGLISH.lists["names"], fold_text(name))
    words = text(f"It was the {name} then.")

    assert [*unbound(words, lexicon), *comparisons(words, lexicon)] == []


def test_an_old_year_is_known_as_long_as_a_table_has_it(tmp_path):
    """In a process that goes on, too: a sentence is held anew when the year comes into
    a table or goes.
    """
    project = make_project_with_overlay(tmp_path / "story")
    line = append_paragraph(project, "The 1896 print was lost.")
    unknown = [f'{INDEX}:{line}:5: the number "1896" has no link to a fact']

    for old, new, found in (
        ("2022-01", "2022-01", unknown),
        ("2022-01", "1896-01", []),
        ("1896-01", "2022-01", unknown),
    ):
        project.replace("data/sources.csv", f"{old}-14", f"{new}-14")
        assert list_problems(project) == found
