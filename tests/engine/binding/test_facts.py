"""Facts as authors type them: what is called, with which values, and what is said of a
call that is wrong.
"""

from decimal import Decimal
from typing import get_args

import pytest

from press.binding.facts import AN_INT, FactError, FactFunctions, Facts
from press.ground.errors import BuildError
from press.quantity import FigureKind
from tests.engine.bindings import make_project_with_overlay
from tests.engine.project import load_story

FACTS = "story/facts.py"
NEW = "A new one needs a function in story/ and its name in __all__."
FORMS = {
    "flow": "flow/NAME/YEAR",
    "growth": "growth/YEAR",
    "limit": "limit",
    "month_total": "month_total/MONTH",
    "partner": "partner/NAME/[YEAR]",
    "passed": "passed",
    "share": "share/FLOW/YEAR",
    "total": "total/YEAR",
}
TOTAL = '    """Trade in a calendar year."""\n'


@pytest.fixture(scope="module")
def facts(bound):
    """Return the facts of the small story."""
    return bound.facts


@pytest.fixture
def spoilt(facts, tmp_path):
    """Return a function that replaces words of the story's code, and returns its facts
    then.
    """
    project = make_project_with_overlay(tmp_path / "story")

    def spoil(old, new):
        project.replace(FACTS, old, new)
        return Facts(
            facts.data, FactFunctions(project.root, load_story(project.root).facts)
        )

    return spoil


def asked(facts, written):
    """Ask for a fact as it is typed; return what is wrong with it, and the hint."""
    with pytest.raises(FactError) as caught:
        facts.get_fact(*written.split("/"))
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("total/2023", "240110"),
        ("month_total/2022-12", "190271"),
        ("flow/import/2021", "79321.8"),
        ("limit", "200000"),
        ("partner/borsia/2022", "190271"),
        ("partner/borsia", "240110"),
    ],
)
def test_a_fact_is_a_call_of_the_storys_function(facts, written, value):
    """Years, months, names and one of several words are converted; what is left out is
    the default.
    """
    fact = facts.get_fact(*written.split("/"))

    assert (fact.key, fact.quantity.value) == (written, Decimal(value))


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "totl/2023",
            'there is no fact "totl"',
            f"did you mean total or month_total? {NEW}",
        ),
        ("x", 'there is no fact "x"', f"there are: {', '.join(FORMS)}. {NEW}"),
        ("total", "found total, expected total/YEAR", ""),
        ("total/2023/2022", "found total/2023/2022, expected total/YEAR", ""),
        ("partner", "found partner, expected partner/NAME/[YEAR]", ""),
        (
            "partner/borsia/2022/2023",
            "found partner/borsia/2022/2023, expected partner/NAME/[YEAR]",
            "",
        ),
        (
            "total/23",
            'found "23" for the year of total, expected a year such as 2023',
            AN_INT,
        ),
        (
            "total/2023-11",
            'found "2023-11" for the year of total, expected a year such as 2023',
            AN_INT,
        ),
        (
            "month_total/2023-13",
            (
                'found "2023-13" for the month of month_total, expected a month such as'
                " 2023-11"
            ),
            "",
        ),
        (
            "flow/both/2023",
            'found "both" for the name of flow, expected one of export, import',
            "",
        ),
        ("partner/bosia", 'the fact partner knows no "bosia"', "did you mean borsia?"),
        ("total/2019", "the tables have no figure for total/2019", ""),
    ],
)
def test_a_wrong_call_is_explained(facts, written, message, hint):
    """Unknown facts and names, arguments of another kind, too few, too many, and a time
    without a figure.
    """
    assert asked(facts, written) == (message, hint)


@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("    1 / 0\n", 16, "raises ZeroDivisionError: division by zero"),
        ("    raise SystemExit\n", 16, "raises SystemExit"),
        (
            "    return 5\n",
            14,
            "raises TypeError: returned int, expected a Quantity or None",
        ),
        (
            (
                "    return Quantity(Decimal('NaN'), Decimal(1), '',"
                " frozenset(data['trade'].rows))\n"
            ),
            14,
            (
                "raises TypeError: returned the number Decimal('NaN'), expected a"
                " Decimal from the tables"
            ),
        ),
        (
            (
                "    return Quantity(Decimal(5), Decimal(1), '',"
                " frozenset(data['trade'].rows), high=6)\n"
            ),
            14,
            (
                "raises TypeError: returned the number 6, expected a Decimal from the"
                " tables"
            ),
        ),
        (
            (
                "    return Quantity(Decimal(5), Decimal(1), '',"
                " frozenset(data['trade'].rows), 'nonsense')\n"
            ),
            14,
            (
                "raises TypeError: returned the kind 'nonsense', expected one of"
                f" {', '.join(get_args(FigureKind))}"
            ),
        ),
        (
            (
                "    return Quantity(Decimal(5), Decimal(-1), '',"
                " frozenset(data['trade'].rows))\n"
            ),
            14,
            (
                "raises TypeError: returned an interval turned round, expected its"
                " lower end first and no width below zero"
            ),
        ),
        (
            "    return Quantity(Decimal(5), Decimal(1), '', frozenset())\n",
            14,
            (
                "raises TypeError: returned a figure without rows, expected those that"
                " it was taken from"
            ),
        ),
    ],
)
def test_a_fact_that_goes_wrong_is_blamed_on_its_line(spoilt, code, line, message):
    """What a function raises is told at the line that raised it; what is no figure, at
    the function.
    """
    facts = spoilt(f"{TOTAL}    return _flow", f"{TOTAL}{code}    return _flow")

    with pytest.raises(BuildError) as caught:
        facts.get_fact("total", "2023")

    assert str(caught.value) == f"{FACTS}:{line}: the fact total {message}"


def test_a_hint_that_names_nothing_is_the_storys_mistake(spoilt):
    """A type hint that Python cannot find is told at the function,
    without a traceback.
    """
    facts = spoilt(
        "def total(data: Data, year: int)", "def total(data: Data, year: Jahr)"
    )

    with pytest.raises(BuildError) as caught:
        facts.get_fact("total", "2023")

    assert (
        str(caught.value)
        == f"{FACTS}:14: the fact total raises NameError: name 'Jahr' is not defined"
    )
