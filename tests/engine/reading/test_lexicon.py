"""How a language writes quantities: its grammar and a story's words, turned round and checked."""

from __future__ import annotations

import re
import tomllib

import pytest
from babel import Locale

from press.ground.errors import BuildError
from press.ground.toml import Toml
from press.reading.lexicon import LISTS, TABLES, fold, read_lexicon
from tests.engine.wording import GRAMMAR

SHIFT = "en.toml:2: found the shift '{}', expected one like -1 year"
SCALES = "thousand, million, billion, trillion"
COMPARATORS = "more, less, equal, first, highest, lowest, most, crossed, every"


def lexicon(text, code="en", words=""):
    """Return what a grammar says that has but these keys, beside a story's words."""
    given = tomllib.loads(text)
    lists = "".join(f"{name} = []\n" for name in LISTS if name not in given)
    tables = "".join(f"\n[{name}]\n" for name in TABLES if name not in given)
    grammar = Toml(f"{lists}{text}\n{tables}", "en.toml", 1 - lists.count("\n"))
    return read_lexicon(Locale(code), grammar, Toml(words, "words.toml"), tomllib.loads(words))


def problems_of(text, words=""):
    with pytest.raises(BuildError) as caught:
        lexicon(text, words=words)
    return str(caught.value).split("\n")


def test_a_unit_of_a_story_is_no_other_one_of_the_grammar():
    """A phrase means one unit, whoever says so."""
    found = problems_of('[units]\nUSD = ["$"]', '[units]\nCAD = ["$"]')

    assert found == ["words.toml:2: found '$' in CAD, which stands in USD already"]


@pytest.mark.parametrize("key", [*LISTS, *TABLES])
def test_a_key_that_is_left_out_or_misspelt_is_told(key):
    """Else the rule that it has the words for would find nothing."""
    written = re.sub(rf"^(\[?){key}\b", rf"\1{key}s", GRAMMAR.text, flags=re.MULTILINE)
    with pytest.raises(BuildError) as caught:
        read_lexicon(Locale("en"), Toml(written, "en.toml"), Toml("", "words.toml"), {})

    assert {problem.message for problem in caught.value.problems} == {
        f"{key} is missing",
        f'found the unknown key "{key}s"',
    }


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            '\n[hedges]\nabuot = ["about"]\n',
            [
                ("en.toml:3: found the unknown class 'abuot' in hedges, expected one of about, over, at_least, "
                "just_over, well_over, under, just_under, well_under, at_most")
            ],
        ),
        (
            '[scales]\nbillions = ["bn"]\n',
            [f"en.toml:2: found the unknown class 'billions' in scales, expected one of {SCALES}"],
        ),
        (
            '[comparators]\nmore = ["rose"]\nfewer = ["fell"]\n',
            [
                f"en.toml:3: found the unknown class 'fewer' in comparators, expected one of {COMPARATORS}",
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
        ('[numbers]\nthree = ["three"]\n', ["en.toml:2: found 'three' in numbers, expected a number like 3/4"]),
        ('[numbers]\n"1/2" = ["half"]\n', ["en.toml:2: found '1/2' in numbers, expected a whole number"]),
        ('[ordinals]\n"2.5" = ["second"]\n', ["en.toml:2: found '2.5' in ordinals, expected a whole number"]),
        ('[fractions]\n"1/0" = ["all"]\n', ["en.toml:2: found '1/0' in fractions, expected a number like 3/4"]),
        ('[units]\n"" = ["a moose"]\n', ["en.toml:2: found an empty name in units, expected what its phrases mean"]),
        (
            '\nperiod_between = ["between", "from {} to {}", "{}", "{} {} {}"]\n',
            [f"en.toml:2: found {phrase!r} in period_between, expected two places {{}}"
             for phrase in ("between", "{} {} {}", "{}")],
        ),
        (
            '\nparts_of_year = ["{}", "{} x {} {}", "first half of {} = 1-6", "early {} ~ 1-4", "to {}"]\n',
            [f"en.toml:2: found {phrase!r} in parts_of_year, expected words and {{}} twice at most"
             for phrase in ("{} x {} {}", "{}")],
        ),
        (
            '\nparts_of_year = ["half {} = x-y", "half {} = 1", "half {} = 0-99", "half {} ~ 6-1", "to {} =1-6"]\n',
            [f"en.toml:2: found {phrase!r} in parts_of_year, expected months such as 1-6 at its end"
             for phrase in ("half {} = 0-99", "half {} = 1", "half {} = x-y", "half {} ~ 6-1", "to {} =1-6")],
        ),
        ('[shifts]\n"1 week" = ["a week later"]\n', [SHIFT.format("1 week")]),
        (
            '[shifts]\n"one year" = ["later"]\n\n[numbers]\nx = ["y"]\n',
            [
                "en.toml:2: found the shift 'one year', expected one like -1 year",
                "en.toml:5: found 'x' in numbers, expected a number like 3/4",
            ],
        ),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told_at_its_line(text, problems):
    """Unknown classes, a phrase in two classes, names that are no number or no shift: all of them at once."""
    assert problems_of(text) == problems


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Rose", "rose"),
        ("−5", "-5"),
        ("⁻5", "-5"),
        ("Arden’s", "arden's"),
        ("“so”", '"so"'),
        ("5\u00a0%", "5 %"),
        ("5\u202f%", "5 %"),
        ("5\t%\n", "5 % "),
        ("\uff15\uff10", "50"),
        ("½", "½"),
        ("İ", "İ"),
        ("Ä", "ä"),
        ("ﬁ", "ﬁ"),
    ],
)
def test_folding_makes_forms_of_one_character_equal(text, folded):
    """Small letters, plain spaces, digits, quotation marks and minus signs."""
    assert fold(text) == folded


def test_a_class_of_words_fills_a_phrase():
    """Each phrase with a class stands for one phrase with each of its words, in subjects and in dimensions."""
    words = '[word_classes]\nsold = ["sold", "sent"]\n[subjects]\nexport = ["{sold} by {sold}"]'

    assert {*lexicon("", words=words).subjects} == {"sold by sold", "sold by sent", "sent by sold", "sent by sent"}


def test_a_class_that_is_none_is_told():
    """A phrase with a class that the story has not is a problem at its line."""
    words = '[dimensions.goods]\ncoal = ["{black} coal"]'

    assert problems_of("", words) == ["words.toml:2: found {black} in '{black} coal', which is none of word_classes"]


def test_a_dimension_says_what_its_phrases_name():
    """One phrase may name several values; some values need no words, one is that of figures that say nothing."""
    words = '[dimensions.goods]\nassumed = ["all"]\nunnamed = ["air"]\nore = ["Ore", "mine"]\nsalt = ["salt", "mine"]'
    (goods,) = lexicon("", words=words).dimensions

    assert (goods.name, goods.assumed, goods.unnamed) == ("goods", "all", {"all", "air"})
    assert goods.phrases == {"ore": {"ore"}, "mine": {"ore", "salt"}, "salt": {"salt"}}
    assert goods.written == {"ore": "Ore", "salt": "salt"}
    assert goods.values == {"all", "air", "ore", "salt"}
