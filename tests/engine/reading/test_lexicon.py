"""How a language writes quantities: its grammar and a story's words, turned round and
checked.
"""

import re
import tomllib

import pytest

from press.ground.errors import BuildError
from press.ground.toml import TomlText
from press.reading.grammar import read_lexicon
from press.reading.lexicon import fold_text
from tests.engine.wording import GRAMMAR

SCALES = "thousand, million, billion, trillion"


def lexicon(text, words=""):
    """Return what the grammar of English says whose tables in ``text`` are these,
    beside a story's words.
    """
    grammar = GRAMMAR.text
    for name in tomllib.loads(text):
        grammar = re.sub(
            rf"^\[{name}\]\n(?:.+\n|\n)*?(?=\[|\Z)", "", grammar, flags=re.MULTILINE
        )
    lines = grammar.count("\n")
    return read_lexicon(
        TomlText(f"{grammar}{text}\n", "en.toml", 1 - lines),
        TomlText(words, "words.toml"),
        tomllib.loads(words),
    )


def problems_of(text, words=""):
    with pytest.raises(BuildError) as caught:
        lexicon(text, words=words)
    return str(caught.value).split("\n")


def test_a_unit_of_a_story_is_no_other_one_of_the_grammar():
    """A phrase means one unit, whoever says so."""
    found = problems_of('[units]\nUSD = ["$"]', '[units]\nCAD = ["$"]')

    assert found == ["words.toml:2: found '$' in CAD, which stands in USD already"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            '\n[hedges]\nabuot = ["about"]\n',
            [
                (
                    "en.toml:3: found the unknown class 'abuot' in hedges, expected one of"
                    " about, over, at_least, just_over, well_over, under, just_under,"
                    " well_under, at_most"
                )
            ],
        ),
        (
            '[scales]\nbillions = ["bn"]\n',
            [
                (
                    "en.toml:2: found the unknown class 'billions' in scales, expected one"
                    f" of {SCALES}"
                )
            ],
        ),
        (
            '[hedges]\nabout = ["about"]\n\nover = ["about", "over"]\n',
            ["en.toml:4: found 'about' in over, which stands in about already"],
        ),
        (
            '[directions]\nup = ["Rose"]\ndown = ["rose"]\n',
            ["en.toml:3: found 'rose' in down, which stands in up already"],
        ),
        (
            '[numbers]\nthree = ["three"]\n',
            ["en.toml:2: found 'three' in numbers, expected a number like 3/4"],
        ),
        (
            '[fractions]\n"1/0" = ["all"]\n',
            ["en.toml:2: found '1/0' in fractions, expected a number like 3/4"],
        ),
        (
            '[units]\n"" = ["a moose"]\n',
            ["en.toml:2: found an empty name in units, expected what its phrases mean"],
        ),
    ],
)
def test_a_wrong_table_is_told_at_its_line(text, problems):
    """Unknown classes, a phrase in two classes, names that are no number."""
    assert problems_of(text) == problems


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Rose", "rose"),
        ("−5", "-5"),
        ("Arden’s", "arden's"),
        ("“so”", '"so"'),
        ("5\u00a0%", "5 %"),
        ("5\t%\n", "5 % "),
        ("\uff15\uff10", "50"),
        ("½", "½"),
        ("x²₀③", "x²₀③"),
        ("İ", "İ"),
        ("Ä", "ä"),
        ("ﬁ", "ﬁ"),
    ],
)
def test_folding_makes_forms_of_one_character_equal(text, folded):
    """Small letters, plain spaces, digits, quotation marks and minus signs; a raised
    digit is another one.
    """
    assert fold_text(text) == folded


def test_a_class_of_words_fills_a_phrase():
    """Each phrase with a class stands for one phrase with each of its words, in
    subjects and in dimensions.
    """
    words = (
        '[word_classes]\nsold = ["sold", "sent"]\n[subjects]\nexport = ["{sold} by'
        ' {sold}"]'
    )

    assert {*lexicon("", words=words).figure_subjects} == {
        "sold by sold",
        "sold by sent",
        "sent by sold",
        "sent by sent",
    }


def test_a_class_that_is_none_is_told():
    """A phrase with a class that the story has not is a problem at its line."""
    words = '[dimensions.goods]\ncoal = ["{black} coal"]'

    assert problems_of("", words) == [
        "words.toml:2: found {black} in '{black} coal', which is none of word_classes"
    ]


def test_a_dimension_says_what_its_phrases_name():
    """One phrase may name several values; some values need no words, one is that of
    figures that say nothing.
    """
    words = (
        '[dimensions.goods]\nassumed = ["all"]\nunnamed = ["air"]\nore = ["Ore",'
        ' "mine"]\nsalt = ["salt", "mine"]'
    )
    (goods,) = lexicon("", words=words).dimensions

    assert (goods.name, goods.default_value, goods.unstated_values) == (
        "goods",
        "all",
        {"all", "air"},
    )
    assert goods.phrases == {"ore": {"ore"}, "mine": {"ore", "salt"}, "salt": {"salt"}}
    assert goods.labels == {"ore": "Ore", "salt": "salt"}
    assert goods.values == {"all", "air", "ore", "salt"}
