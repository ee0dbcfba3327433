"""How a language writes quantities: the tables of words.toml, turned round and checked."""

from __future__ import annotations

import tomllib
from fractions import Fraction

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from press.errors import BuildError
from press.reading.lexicon import alternation, fold, read_lexicon
from press.toml import Toml
from tests.engine.wording import ENGLISH

SHIFTS = {"a year earlier": -12, "soon after": 2}
SHIFT = "words.toml:2: found the shift '{}', expected one like -1 year"
SCALES = "billion, million, thousand, trillion"
COMPARATORS = "crossed, equal, every, first, highest, less, lowest, more, most"


NEEDED = "\n[expiring]\nwords = []\n"
BESIDE = "\n[around]\nnegations = []\n"
COMPARED = "\n[comparators]\n"


def lexicon(text, code="en"):
    for needed in (NEEDED, BESIDE, COMPARED):
        text += "" if needed.split()[0] in text else needed
    return read_lexicon(tomllib.loads(text), Locale(code), Toml(text, "words.toml"))


def problems_of(text):
    with pytest.raises(BuildError) as caught:
        lexicon(text)
    return str(caught.value).split("\n")


@pytest.mark.parametrize(
    ("text", "attribute", "expected"),
    [
        ('[hedges]\nabout = ["About", "some"]', "hedges", {"about": "about", "some": "about"}),
        ('[directions]\nup = ["rose"]\ndown = ["fell"]', "directions", {"rose": "up", "fell": "down"}),
        ('[scales]\nbillion = ["bn"]\nmillion = ["mn"]', "scales", {"bn": 9, "mn": 6}),
        ('[units]\nUSD = ["$", "US$"]', "units", {"$": "USD", "us$": "USD"}),
        ('[units]\nUSD = ["$", "US$"]', "first_form", {"USD": "$"}),
        ('[short_units]\nBCM = "billion cubic metres"', "short_units", {"bcm": "billion cubic metres"}),
        ('[numbers]\n3 = ["three"]', "numbers", {"three": 3}),
        ('[fractions]\n"1/3" = ["a third"]', "fractions", {"a third": Fraction(1, 3)}),
        ('[multiples]\n"1/2" = ["halved"]', "multiples", {"halved": Fraction(1, 2)}),
        ('[ordinals]\n2 = ["second"]', "ordinals", {"second": 2}),
        ('[ranges]\nbefore = ["between"]\nbetween = ["to"]', "range_before", ("between",)),
        ('[ranges]\nbetween = ["to"]', "range_between", ("to",)),
        ('[fillers]\nwords = ["of"]\none = ["a"]\ninto = ["to"]', "fillers", ("of",)),
        ('[fillers]\nwords = ["of"]\none = ["a"]\ninto = ["to"]', "articles", ("a",)),
        ('[fillers]\nwords = ["of"]\none = ["a"]\ninto = ["to"]', "into", ("to",)),
        ('[comparators]\nmore = ["rose"]', "comparators", {"rose": "more"}),
        ('[comparisons]\nwords = ["never"]', "comparisons", ("never",)),
        ('[subjects]\nexport = ["sales"]\nbare = ["exports"]\ncountries = ["Arden"]', "subjects", {"sales": "export"}),
        ('[subjects]\nbare = ["exports"]', "bare_subjects", ("exports",)),
        ('[subjects]\ncountries = ["Arden"]', "countries", ("arden",)),
        ('[periods]\nbetween = ["from {} to {}"]', "period_between", ("from {} to {}",)),
        ('[periods]\nto_date = ["first {} months"]', "to_date", ("first {} months",)),
        ('[periods]\nto_date_beside = ["by"]', "to_date_beside", ("by",)),
        ('[shifts]\n"-1 year" = ["a year earlier"]\n"2 month" = ["soon after"]', "shifts", SHIFTS),
        ('[expiring]\nwords = ["Now"]', "expiring", ("now",)),
        ('[around]\nthan = ["Than"]\nafter = ["with"]', "around", {"than": ("than",), "after": ("with",)}),
        ('[names]\nwords = ["G20"]', "names", ("G20",)),
    ],
)  # fmt: skip
def test_each_table_says_what_its_phrases_mean(text, attribute, expected):
    """From what a phrase means to what each phrase means, folded."""
    assert getattr(lexicon(text), attribute) == expected


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            '\n[hedges]\nabuot = ["about"]\n',
            [
                ("words.toml:3: found the unknown class 'abuot' in hedges, expected one of about, at_least, at_most, "
                "just_over, just_under, over, under")
            ],
        ),
        (
            '[scales]\nbillions = ["bn"]\n',
            [f"words.toml:2: found the unknown class 'billions' in scales, expected one of {SCALES}"],
        ),
        (
            '[comparators]\nmore = ["rose"]\nfewer = ["fell"]\n',
            [
                f"words.toml:3: found the unknown class 'fewer' in comparators, expected one of {COMPARATORS}",
            ],
        ),
        (
            '[hedges]\nabout = ["about"]\n\nover = ["about", "over"]\n',
            ["words.toml:4: found 'about' in over, which stands in about already"],
        ),
        (
            '[directions]\nup = ["Rose"]\ndown = ["rose"]\n',
            ["words.toml:3: found 'rose' in down, which stands in up already"],
        ),
        ('[numbers]\nthree = ["three"]\n', ["words.toml:2: found 'three' in numbers, expected a number like 3/4"]),
        ('[numbers]\n"1/2" = ["half"]\n', ["words.toml:2: found '1/2' in numbers, expected a whole number"]),
        ('[ordinals]\n"2.5" = ["second"]\n', ["words.toml:2: found '2.5' in ordinals, expected a whole number"]),
        ('[fractions]\n"1/0" = ["all"]\n', ["words.toml:2: found '1/0' in fractions, expected a number like 3/4"]),
        ('[units]\n"" = ["a moose"]\n', ["words.toml:2: found an empty name in units, expected what its phrases mean"]),
        (
            '[periods]\nbetween = ["between", "from {} to {}", "{}", "{} {} {}"]\n',
            [f"words.toml:2: found {phrase!r} in between, expected two places {{}}"
             for phrase in ("between", "{} {} {}", "{}")],
        ),
        (
            '[periods]\nto_date = ["{}", "{} x {} {}", "first half of {} = 1-6", "early {} ~ 1-4", "to {}"]\n',
            [f"words.toml:2: found {phrase!r} in to_date, expected words and two places {{}} at most"
             for phrase in ("{} x {} {}", "{}")],
        ),
        (
            '[periods]\nto_date = ["half {} = x-y", "half {} = 1", "half {} = 0-99", "half {} ~ 6-1", "to {} =1-6"]\n',
            [f"words.toml:2: found {phrase!r} in to_date, expected months such as 1-6 at its end"
             for phrase in ("half {} = 0-99", "half {} = 1", "half {} = x-y", "half {} ~ 6-1", "to {} =1-6")],
        ),
        ('[shifts]\n"1 week" = ["a week later"]\n', [SHIFT.format("1 week")]),
        (
            '[shifts]\n"one year" = ["later"]\n\n[numbers]\nx = ["y"]\n',
            [
                "words.toml:2: found the shift 'one year', expected one like -1 year",
                "words.toml:5: found 'x' in numbers, expected a number like 3/4",
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


@given(st.text())
def test_folding_moves_nothing(text):
    """The folded text is as long as the text, so that places hold; folding it again changes nothing."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("phrases", "text", "found"),
    [
        (["more", "more than"], "more than more", ["more than", "more"]),
        (["one"], "alone, one, ones", ["one"]),
        (["a third"], "a  third, a\nthird", ["a  third", "a\nthird"]),
        (["%", "$"], "5% of $7", ["%", "$"]),
        (["c++"], "in c++ and cc", ["c++"]),
        ([], "anything", []),
    ],
)
def test_phrases_of_no_table_are_found_as_whole_words(phrases, text, found):
    """Longer phrases first, words not within words, any spaces between; of no phrases, nothing."""
    assert [item[0] for item in alternation(phrases).finditer(text)] == found


@pytest.mark.parametrize(
    ("code", "month", "decimal", "group"),
    [("en", "march", ".", ","), ("de", "märz", ",", "."), ("ru", "марта", ",", " "), ("fr", "mars", ",", " ")],
)
def test_months_and_marks_are_the_languages(code, month, decimal, group):
    """In every form of the language, from Unicode CLDR."""
    own = lexicon("", code)

    assert (own.months[month], own.decimal, own.group) == (3, decimal, group)


def test_a_language_without_tables_has_none():
    """Where words.toml says nothing, nothing is read as a quantity."""
    own = lexicon("")

    assert (own.hedges, own.units, own.expiring, own.first_form) == ({}, {}, (), {})
    assert ENGLISH.first_form["percent"] == "%"


@pytest.mark.parametrize("table", ["hedges", "units"])
def test_a_list_that_is_left_out_is_told(table):
    """Where quantities are read, a check is switched off only by an empty list."""
    text = f"[{table}]\n"
    with pytest.raises(BuildError) as caught:
        read_lexicon(tomllib.loads(text), Locale("en"), Toml(text, "words.toml"))

    found = f"words.toml:1: found [{table}] and no {{}}, expected both: its check would find nothing"
    assert [str(item).split("\n")[0] for item in caught.value.problems] == [
        found.format(missing) for missing in ("[comparators]", "[expiring]", "negations in [around]")
    ]
    assert read_lexicon({}, Locale("en"), Toml("", "words.toml")).expiring == ()
