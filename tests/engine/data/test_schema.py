"""Descriptions of tables: what a cell of each type may hold, and what a description itself must say."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from press.data.schema import Anchor, Field, ForeignKey, parse_description
from press.errors import BuildError, quoted
from press.files import read, shown

HEAD = """
title = "T"
description = "D"
licenses = [{ name = "facts", title = "Facts" }]
sources = [{ title = "S" }]

[schema]
primaryKey = ["id"]
"""
COLUMN = """
[[schema.fields]]
name = "id"
type = "string"
title = "Id"
description = "What rows cite"
"""


def field(kind, delimiter=",", unit="", **constraints):
    return Field("column", kind, "Title", "Description", unit, delimiter, constraints, 1)


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
        ("yearmonth", "2023-11", "2023-11"),
        ("list", "a", ("a",)),
        ("list", "b,a", ("b", "a")),
        *((kind, "", None) for kind in ("string", "integer", "number", "boolean", "date", "year", "yearmonth", "list")),
    ],
)
def test_a_cell_has_the_value_of_its_type(kind, text, value):
    """Numbers are decimals, exact as printed; dates are dates; an empty cell is nothing."""
    parsed = field(kind).parse(text)

    assert (type(parsed), parsed) == (type(value), value)


def test_a_number_keeps_its_decimals():
    """The zeros that a publisher printed are kept: they say how exactly a figure is known."""
    assert str(field("number").parse("190.30")) == "190.30"


@pytest.mark.parametrize(
    ("kind", "expected", "texts"),
    [
        ("integer", "a whole number like 1234", ["1.0", "1,234", "1e3", "01", "+1", "--1", "x", "١"]),
        (
            "number",
            "a number like 1234.5 (point for decimals, no separators)",
            [
                "1,5",
                "1,234.5",
                "1 234",
                "1_234",
                "1e3",
                "nan",
                "NaN",
                "inf",
                "-Infinity",
                ".5",
                "5.",
                "05",
                "+5",
                "5%",
                "١",
            ],
        ),
        ("boolean", "true or false", ["True", "TRUE", "1", "0", "yes"]),
        (
            "date",
            "a date like 2023-12-07",
            ["2023-02-29", "2023-13-01", "2023-1-1", "20231207", "7.12.2023", "2023-12"],
        ),
        ("year", "a year like 2023", ["23", "3023", "2023.0", "0999", "20233", "٢٠٢٣"]),
        ("yearmonth", "a month like 2023-11", ["2023-13", "2023-00", "2023-1", "2023", "2023-11-01", "11/2023"]),
        ("list", "a list such as a,b (none twice, no spaces around)", ["a,", ",a", "a,,b", "a,a", "a, b"]),
    ],
)
def test_a_cell_that_is_not_of_its_type_is_refused(kind, expected, texts):
    """Nothing is guessed: a value is of its column's type, in one spelling, or an error says what was expected."""
    for text in texts:
        with pytest.raises(ValueError, match=f"^{re.escape(f'found {quoted(text)}, expected {expected}')}$"):
            field(kind).parse(text)


@pytest.mark.parametrize("text", [" 1", "1 ", "\t1", "1\u00a0", "\n1"])
@pytest.mark.parametrize("kind", ["string", "number", "list"])
def test_white_space_around_a_value_is_refused(kind, text):
    """A space that nobody sees would make two values of one."""
    with pytest.raises(ValueError, match="expected no white space around the value"):
        field(kind).parse(text)


@pytest.mark.parametrize(
    ("column", "good", "bad", "message"),
    [
        pytest.param(
            field("number", unit="USD million", minimum=1, maximum=9.5),
            ["1", "9.5"],
            "0.99",
            "found 0.99, expected at least 1 USD million",
            id="minimum",
        ),
        pytest.param(field("integer", maximum=9), ["9", "-9"], "10", "found 10, expected at most 9", id="maximum"),
        pytest.param(field("year", minimum=1992), ["1992"], "1991", "found 1991, expected at least 1992", id="year"),
        pytest.param(
            field("yearmonth", maximum="2026-04"),
            ["2026-04"],
            "2026-05",
            "found 2026-05, expected at most 2026-04",
            id="month",
        ),
        pytest.param(
            field("date", minimum=date(2022, 1, 1)),
            ["2022-01-01"],
            "2021-12-31",
            "found 2021-12-31, expected at least 2022-01-01",
            id="date",
        ),
        pytest.param(
            field("string", enum=["a", "b"]), ["a", "b"], "c", 'found "c", expected one of a, b', id="enumeration"
        ),
        pytest.param(field("integer", enum=[1, 2]), ["1"], "3", 'found "3", expected one of 1, 2', id="of numbers"),
        pytest.param(
            field("string", pattern="[a-z]+"),
            ["ab"],
            "ab1",
            'found "ab1", which does not match the pattern [a-z]+',
            id="pattern",
        ),
        pytest.param(
            field("string", minLength=2), ["ab"], "a", 'found "a", expected at least 2 characters', id="minLength"
        ),
        pytest.param(
            field("string", maxLength=2), ["ab"], "abc", "found 3 characters, expected at most 2", id="maxLength"
        ),
        pytest.param(field("string", required=True), ["a"], "", "found an empty cell, expected a value", id="required"),
    ],
)
def test_a_cell_keeps_to_its_constraints(column, good, bad, message):
    """Values at a limit pass, values beyond it are refused with the limit named."""
    for text in good:
        column.parse(text)
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        column.parse(bad)


def test_a_description_is_read_whole(describe):
    """Words, keys, foreign keys and anchors of a description are there, and know their lines."""
    table = describe(
        HEAD
        + 'missingValues = [""]\n'
        + COLUMN
        + """
[[schema.fields]]
name = "value"
type = "number"
title = "Value"
description = "V"
unit = "USD"
constraints = { minimum = 1, maximum = 9 }

[[schema.foreignKeys]]
fields = ["id"]
reference = { fields = ["id"] }

[[anchors]]
row = { id = 5 }
column = "value"
value = 5.5
tolerance = "0.1"
printed = "5.5 dollars"
"""
    )

    assert (table.path, table.title, table.description) == ("data/table.toml", "T", "D")
    assert (table.licenses, table.sources, table.notes) == (
        ({"name": "facts", "title": "Facts"},),
        ({"title": "S"},),
        (),
    )
    assert [(item.name, item.unit, item.line) for item in table.fields.values()] == [
        ("id", "", 12),
        ("value", "USD", 18),
    ]
    assert table.primary_key == ("id",)
    assert table.foreign_keys == (ForeignKey(("id",), "", ("id",), 25),)
    assert table.anchors == (Anchor({"id": "5"}, "value", Decimal("5.5"), Decimal("0.1"), "5.5 dollars", 29),)


def test_all_mistakes_of_a_description_are_told_at_once(describe):
    """One broken column does not hide another."""
    with pytest.raises(BuildError) as caught:
        describe(
            HEAD + COLUMN.replace("string", "text") + '\n[[schema.fields]]\nname = "x"\ntype = "integer"\ntitel = "X"\n'
        )

    assert [f"{problem.line}: {problem.message}" for problem in caught.value.problems] == [
        "16: description is missing in fields 2",
        "16: title is missing in fields 2",
        '19: found the unknown key "titel" in fields 2',
    ]


def test_all_mistakes_of_rules_are_told_at_once(describe):
    """Nor does one column's rules hide another's."""
    with pytest.raises(BuildError) as caught:
        describe(HEAD + COLUMN.replace("string", "text") + COLUMN.replace('"id"', '"x"').replace("string", "integer"))

    assert [f"{problem.line}: {problem.message.split(',')[0]}" for problem in caught.value.problems] == [
        '11: found the type "text" of id',
        "17: found no range for the integer x",
        "17: found no unit for the integer x",
    ]


def test_a_description_that_is_missing_is_told(tmp_path):
    """A table without a description has nothing it could be held to."""
    with pytest.raises(BuildError, match=r"^data/table\.toml:1: found no such file, expected one$"):
        parse_description(
            read(tmp_path / "data" / "table.toml", tmp_path), shown(tmp_path / "data" / "table.toml", tmp_path)
        )


GROWS = """
[[schema.fields]]
name = "value"
type = "number"
title = "Value"
description = "V"
unit = "USD million"
"""


def test_a_column_that_grows_has_a_jump_instead_of_a_maximum(describe):
    """The jump is exact; a column of percent is compared in points."""
    jumps = "jump = 0.5\nrunning = true\nconstraints = { minimum = 0 }\n"
    field = describe(HEAD + COLUMN + GROWS + jumps).fields["value"]

    assert (field.jump, field.running, field.in_points) == (Decimal("0.5"), True, False)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("jump = 0\n", "found the jump 0 of value, expected a number above zero"),
        ('jump = "much"\n', 'found the jump "much" of value, expected a number above zero'),
        ("jump = true\n", "found the jump true of value, expected a number above zero"),
        (
            "",
            "found no range for the number value, expected a minimum, and a maximum or, where values grow, a jump",
        ),
    ],
)
def test_a_jump_is_a_number_above_zero(describe, rules, message):
    """Nor does a column go without both."""
    with pytest.raises(BuildError) as caught:
        describe(HEAD + COLUMN + GROWS + rules + "constraints = { minimum = 0 }\n")

    assert message in [problem.message for problem in caught.value.problems]


def test_only_numbers_jump(describe):
    """A text has no distance from another."""
    with pytest.raises(BuildError, match="found jump of the string id, expected it of a number"):
        describe(HEAD + COLUMN + "jump = 0.5\n")


def test_a_description_says_how_its_table_is_refreshed(describe):
    """By whom and how; without a word of it, first prints stand."""
    said = '[refresh]\nhow = "By hand."\nadapter = "customs"\nfollows_revisions = true\n[schema]'

    refresh = describe(HEAD.replace("[schema]", said) + COLUMN).refresh

    assert refresh == ("By hand.", "", "customs", True, None)
    assert describe(HEAD + COLUMN).refresh.follows_revisions is False
