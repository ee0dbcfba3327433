"""Descriptions of tables: what a cell of each type may hold, and what a description
itself must say.
"""

import re
from datetime import date
from decimal import Decimal

import pytest
from press.data.fields import TYPES, Field

from press.ground.errors import BuildError, quote_words
from tests.engine.intake.tables import described


def field(kind, delimiter=",", unit="", **constraints):
    return Field(
        "column", kind, "Title", "Description", unit, delimiter, constraints, 1
    )


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "any text, at all", "any text, at all"),
        ("integer", "0", 0),
        ("integer", "-12", -12),
        ("number", "240110", Decimal(240110)),
        ("number", "-0.50", Decimal("-0.50")),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("year", "1992", 1992),
        ("quarter", "2024-Q3", "2024-Q3"),
        ("yearmonth", "2023-11", "2023-11"),
        ("list", "a", ("a",)),
        ("list", "b,a", ("b", "a")),
        *((kind, "", None) for kind in TYPES),
    ],
)
def test_a_cell_has_the_value_of_its_type(kind, text, value):
    """Numbers are decimals, exact as printed; dates are dates; an empty cell is
    nothing.
    """
    parsed = field(kind).parse(text)

    assert (type(parsed), parsed) == (type(value), value)


NUMBER = "a number like 1234.5 (point for decimals, no separators)"


@pytest.mark.parametrize(
    ("kind", "expected", "texts"),
    [
        ("integer", "a whole number like 1234", ["1.0", "01", "١"]),
        (
            "number",
            NUMBER,
            [
                "about 5",
                "NaN",
                "-inf",
                "5,1",
                "240,110",
                "240\u00a0110",
                "2e5",
                "+5",
                "05",
                "5%",
            ],
        ),
        ("number", NUMBER, ["1_234", "5.", "\u22125", "\u0662"]),
        ("boolean", "true or false", ["TRUE", "1", "yes"]),
        (
            "date",
            "a date like 2023-12-07",
            ["7.3.2024", "2023-02-29", "2023-13-01", "20231207", "2023-12"],
        ),
        ("year", "a year like 2023", ["2023.0", "3023", "0999", "20233", "٢٠٢٣"]),
        (
            "quarter",
            "a quarter like 2024-Q3",
            ["2024-Q5", "2024Q3", "Q3 2024", "2024-q3", "2024-09"],
        ),
        ("yearmonth", "a month like 2023-11", ["2023-00", "2023-1", "2023-11-01"]),
        (
            "list",
            "a list such as a,b (none twice, no spaces around)",
            [",a", "a,,b", "a, b"],
        ),
    ],
)
def test_a_cell_that_is_not_of_its_type_is_refused(kind, expected, texts):
    """Nothing is guessed: a value is of its column's type, in one spelling, or an error
    says what was expected.
    """
    for text in texts:
        with pytest.raises(
            ValueError,
            match=f"^{re.escape(f'found {quote_words(text)}, expected {expected}')}$",
        ):
            field(kind).parse(text)


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        (
            field("number", unit="USD million", minimum=1, maximum=9.5),
            ["1", "9.5"],
            ["0.99", "9.6"],
        ),
        (field("yearmonth", maximum="2026-04"), ["2026-04"], ["2026-05"]),
        (field("date", minimum=date(2022, 1, 1)), ["2022-01-01"], ["2021-12-31"]),
        (field("integer", enum=[1, 2]), ["1"], ["3"]),
        (field("string", pattern="[a-z]+", required=True), ["ab"], ["ab1", ""]),
        (field("string", minLength=2, maxLength=3), ["ab", "abc"], ["a", "abcd"]),
    ],
)
def test_a_cell_keeps_to_its_constraints(column, good, bad):
    """Values at a limit pass, values beyond it are refused."""
    for text in good:
        column.parse(text)
    for text in bad:
        with pytest.raises(ValueError, match=r"^found"):
            column.parse(text)


ID = ("id", "string", "")


def growing(rules, unit="USD million"):
    """Return a description with a column of numbers."""
    return described(
        ["id"],
        ID,
        (
            "value",
            "number",
            f'unit = "{unit}"\n{rules}constraints = {{ minimum = 0 }}\n',
        ),
    )


def test_a_column_that_grows_has_a_jump_instead_of_a_maximum(describe):
    """The jump is exact; a column of percent is compared in points."""
    jumps = "jump = 0.5\nrunning = true\n"
    field = describe(growing(jumps)).fields["value"]

    assert (field.jump, field.running, field.in_points) == (Decimal("0.5"), True, False)
    assert describe(growing(jumps, "percentage points")).fields["value"].in_points


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("jump = 0\n", "found jump = 0 of value: expected a number above zero"),
        (
            'jump = "much"\n',
            'found jump = "much" of value: expected a number above zero',
        ),
        ("jump = true\n", "found jump = true of value: expected a number above zero"),
        ("rounded = 0\n", "found rounded = 0 of value: expected a number above zero"),
    ],
)
def test_a_jump_is_a_number_above_zero(describe, rules, message):
    """So is what a value is rounded to."""
    with pytest.raises(BuildError) as caught:
        describe(growing(rules))

    assert message in [problem.message for problem in caught.value.problems]


def test_only_numbers_jump(describe):
    """A text has no distance from another."""
    with pytest.raises(
        BuildError, match=r"found jump = 0\.5 of id: expected it of a number"
    ):
        describe(described(["id"], (*ID[:2], "jump = 0.5")))


def test_a_description_says_how_its_table_is_refreshed(describe):
    """By whom and how; without a word of it, first prints stand."""
    said = '[refresh]\nhow = "By hand."\ncommand = "make"\nfollows_revisions = true\n'

    refresh = describe(described(["id"], ID, refresh=said)).refresh

    assert refresh == ("By hand.", "make", True, None, "")
    assert describe(described(["id"], ID)).refresh.follows_revisions is False
