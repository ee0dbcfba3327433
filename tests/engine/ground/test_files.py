"""Reading what people wrote: places, front matter, lines."""

import time

import pytest

from press.ground.errors import BuildError
from press.ground.schemas import get_values_keeping_to_schema
from press.ground.toml import TomlText, parse_front_matter


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            '+++\ntitle = "T"\n+++\nBody\n', ({"title": "T"}, "Body\n", 4), id="plain"
        ),
        pytest.param(
            "+++ \n\n+++\t\n\nBody", ({}, "\nBody", 4), id="white space at the fences"
        ),
        pytest.param(
            "+++\n+++\na\n+++\nb\n", ({}, "a\n+++\nb\n", 3), id="a fence in the body"
        ),
        pytest.param('+++\ntitle = "T"\n+++', ({"title": "T"}, "", 4), id="no body"),
    ],
)
def test_front_matter_is_taken_from_the_body(text, parts):
    """The head's values, the body and the line on which it begins are told apart."""
    front = parse_front_matter(text, "a.md")

    assert (front.values, front.body, front.body_line) == parts


def test_a_value_that_is_missing_stands_at_what_lacks_it():
    """Also where what comes after it has one of that name."""
    assert (
        TomlText("[[a]]\nx = 1\n\n[[a]]\ny = 2\n", "a.toml").find_line_or_closest(
            "a", 0, "y"
        )
        == 1
    )


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"key_{number} = 1\n" for number in range(10_000)),
        "[search]\n" + "".join(f"[search.key_{number}]\n" for number in range(10_000)),
    ],
    ids=["keys", "tables"],
)
def test_very_many_mistakes_in_a_file_are_told_soon(text):
    """Each at its line, which nobody looks for from the top of the file; by the
    processor's time, not the clock's.
    """
    toml, begun = TomlText(text, "a.toml"), time.process_time()

    with pytest.raises(BuildError) as error:
        get_values_keeping_to_schema(toml.parse(), "site", toml)

    assert [problem.line for problem in error.value.problems[-2:]] == [
        text.count("\n") - 1,
        text.count("\n"),
    ]
    assert time.process_time() - begun < 20
