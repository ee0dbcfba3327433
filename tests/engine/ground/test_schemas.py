"""The shapes of TOML files: what is wrong with a value is told at its line."""

import pytest

from press.ground.errors import BuildError
from press.ground.schemas import get_values_keeping_to_schema
from press.ground.toml import TomlText

SITE = 'name = "S"\nnavigation = ["index"]\n'


def mistakes_in(text, schema="site"):
    """Return what is wrong with a text, in lines."""
    toml = TomlText(text, "site.toml")
    with pytest.raises(BuildError) as error:
        get_values_keeping_to_schema(toml.parse(), schema, toml)
    return [str(problem).partition(": ")[2] for problem in error.value.problems]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("repository = 5", "repository is 5, expected text in quotes"),
        ("leading = 1.5", "leading is 1.5, expected text in quotes"),
        ("leading = 2026-06-01", "leading is 2026-06-01, expected text in quotes"),
        ('leading = " "', "leading is empty, expected text"),
        ("[search]\nalike = []", "alike is [], expected a list with at least one item"),
        (
            'repository = "x.example"',
            (
                'repository: found "x.example", expected an address such as'
                " https://example.org/page"
            ),
        ),
        (
            'base_url = "https://x.example/?a"',
            (
                'base_url: found "https://x.example/?a", expected an address such as'
                " https://example.org/repository"
            ),
        ),
    ],
)
def test_a_value_of_another_kind_is_told(more, message):
    """Text, lists, days and addresses are what the schema says, or named as they are."""
    assert mistakes_in(f"{SITE}{more}\n") == [message]


def test_all_that_is_wrong_is_told_at_once():
    """A key that is missing, one that is unknown, with those that look like it."""
    problems = mistakes_in('name = "S"\nnavigaton = ["index"]\n')

    assert problems == [
        "navigation is missing",
        'found the unknown key "navigaton"\n    hint: did you mean navigation?',
    ]


def test_a_whole_number_has_no_decimals():
    """Since months are counted with it."""
    due = '[refresh]\nhow = "x"\ndue = { months = 1.0, day = 3 }\n'

    assert "months is 1.0, expected a whole number" in mistakes_in(due, "table")
