"""A number is written anew as an editor would have typed it, or left to a person."""

from dataclasses import replace

import pytest

from press.binding.fix import correct_number
from press.binding.words_and_figure import WordsAndFigure
from press.reading.phrase import parse_quantity
from tests.cases import load_cases
from tests.engine.wording import ENGLISH, read_figure

CASES = load_cases(__file__)


def case(text, figure):
    phrase = parse_quantity(text, ENGLISH)
    return WordsAndFigure(text, phrase, read_figure(figure), ENGLISH)


@pytest.mark.parametrize(("text", "figure", "new"), CASES["new"])
def test_only_the_number_is_written_anew(text, figure, new):
    """The new text has the same decimals, grouping, glyphs, scale and currency form;
    halves go to even.
    """
    assert correct_number(case(text, figure)) == new


def test_a_number_whose_unit_is_the_preceding_links_is_written_anew():
    """Units left out are taken over in rewriting as in checking."""
    assert (
        correct_number(replace(case("up 25", "rose"), inherited_units=("percent",)))
        == "up 27"
    )


@pytest.mark.parametrize(("text", "figure"), CASES["left"])
def test_what_a_machine_must_not_write_is_left_to_a_person(text, figure):
    """Where sign, scale, grammar or a hedge would not fit the new number, nothing is
    written.
    """
    assert correct_number(case(text, figure)) is None
