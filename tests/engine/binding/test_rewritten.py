"""A number is written anew as an editor would have typed it, or left to a person."""

import datetime as dt
from dataclasses import replace

import pytest

from press.binding.fix import correct_number
from press.binding.words_and_figure import WordsAndFigure
from press.reading.phrase import parse_quantity
from tests.engine.wording import ENGLISH, make_figure

TOTAL = make_figure("218.176", "0.001")
ROSE = make_figure("26.69", "0.05", "percent", "change", signed=True)
LOST = make_figure("-6.82", "0.05", "percent", "change", signed=True)
LEVEL = make_figure("228.1", "0.1", change=LOST)
HALF = make_figure("51.2", "0.1", "percent", "share")
BASES = make_figure("37.5", "1", "percent", "share", low="36", high="39")
FIVEFOLD = make_figure("4.93", "0.01", "", "multiple")
SECOND = make_figure("2", unit="", kind="rank")
LATE = make_figure("3", unit="years", kind="span", signed=True)
ONE_YEAR = make_figure("1", unit="years", kind="span", signed=True)


def case(text, quantity, lexicon=ENGLISH):
    return WordsAndFigure(text, parse_quantity(text, lexicon), quantity, lexicon)


@pytest.mark.parametrize(
    ("text", "quantity", "new"),
    [
        ("fell to $229.1 billion", LEVEL, "fell to $228.1 billion"),
        ("up 25.7%", ROSE, "up 26.7%"),
        ("−5.8%", LOST, "−6.8%"),
        ("grew by about 31%", ROSE, "grew by about 27%"),
        ("more than $300 billion", TOTAL, "more than $218 billion"),
        ("more than $241 billion", make_figure("240.1"), "more than $240 billion"),
        ("36–38%", BASES, "36–39%"),
        ("between 34 and 38 percent", BASES, "between 36 and 39 percent"),
        (
            "$50 billion to $80 billion",
            make_figure("70", low="60", high="80"),
            "$60 billion to $80 billion",
        ),
        ("seven", make_figure("8", unit="", kind="count"), "eight"),
        ("Seven", make_figure("8", unit="", kind="count"), "Eight"),
        ("SEVEN", make_figure("8", unit="", kind="count"), "EIGHT"),
        ("two years late", LATE, "three years late"),
        ("the third-largest", SECOND, "the second-largest"),
        ("3rd", SECOND, "2nd"),
        (
            "the 36th-largest",
            make_figure("21", unit="", kind="rank"),
            "the 21st-largest",
        ),
        ("Thirty-sixth", make_figure("21", unit="", kind="rank"), "Twenty-first"),
        ("the second-largest", make_figure("1", unit="", kind="rank"), "the largest"),
        ("4.7 times as large", FIVEFOLD, "4.9 times as large"),
        (
            "999 tonnes",
            make_figure("1002", unit="tonnes", kind="amount"),
            "1,002 tonnes",
        ),
        (
            "1,002 tonnes",
            make_figure("999", unit="tonnes", kind="amount"),
            "999 tonnes",
        ),
        (
            "1002 tonnes",
            make_figure("1212", unit="tonnes", kind="amount"),
            "1212 tonnes",
        ),
        (
            "1.0 million tonnes",
            make_figure("2", unit="million tonnes", kind="amount"),
            "2.0 million tonnes",
        ),
        (
            "20 million tonnes",
            make_figure("30", unit="million tonnes", kind="amount"),
            "30 million tonnes",
        ),
        ("2022", make_figure("2023", unit="", kind="year"), "2023"),
        ("$200.45 billion", make_figure("200.125"), "$200.12 billion"),
        ("$200.45 billion", make_figure("200.375"), "$200.38 billion"),
    ],
)
def test_only_the_number_is_written_anew(text, quantity, new):
    """The new text has the same decimals, grouping, glyphs, scale and currency form;
    halves go to even.
    """
    assert correct_number(case(text, quantity)) == new


def test_a_number_whose_unit_is_the_preceding_links_is_written_anew():
    """Units left out are taken over in rewriting as in checking."""
    assert (
        correct_number(replace(case("up 25", ROSE), inherited_units=("percent",)))
        == "up 27"
    )


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        # another scale
        ("$999.9 billion", make_figure("999.96")),
        ("$1.2 trillion", TOTAL),
        # other words beside the number
        ("2 years late", ONE_YEAR),
        ("two years late", ONE_YEAR),
        ("four medals", make_figure("1", unit="medals", kind="count")),
        ("the second-largest", make_figure("36", unit="", kind="rank")),
        ("1 million tonnes", make_figure("2", unit="million tonnes", kind="amount")),
        ("up 0.2%", make_figure("0.02", "0.01", "percent", "change", signed=True)),
        # words that are false with the new number, too, or cannot be read
        ("more than $241 billion", make_figure("240.6")),
        ("$228.15 billion", make_figure("228.3", "0.1")),
        ("37%", BASES),
        ("36–38%", make_figure("40", "1", "percent", "share")),
        ("fell", ROSE),
        ("€211 billion", TOTAL),
        # no word says it
        ("a third", HALF),
        ("doubled", FIVEFOLD),
        ("two billion dollars", make_figure("3")),
        ("seven", make_figure("123", unit="", kind="count")),
        ("8", make_figure(dt.date(2023, 11, 7).toordinal(), unit="", kind="date")),
    ],
)
def test_what_a_machine_must_not_write_is_left_to_a_person(text, quantity):
    """Where sign, scale, grammar or a hedge would not fit the new number, nothing is
    written.
    """
    assert correct_number(case(text, quantity)) is None
