"""Our verdicts beside those of frictionless, the standard's own validator, on the same files.

Where they differ, the table says why: a difference that goes, or a new one, fails.
"""

from __future__ import annotations

import tomllib

import pytest
from frictionless import Resource, Schema

from press import data
from press.errors import BuildError

NUMBER = "constraints = { minimum = 1, maximum = 500 }"
HEAD = """
title = "T"
description = "D"
licenses = [{ name = "facts", title = "Facts" }]
sources = [{ title = "S" }]

[schema]
primaryKey = ["id"]

[[schema.fields]]
name = "id"
type = "string"
title = "Id"
description = "I"

[[schema.fields]]
name = "value"
title = "Value"
description = "V"
"""
KINDS = {
    "string": 'type = "string"',
    "short": 'type = "string"\nconstraints = { minLength = 2, maxLength = 3 }',
    "pattern": 'type = "string"\nconstraints = { pattern = "[a-z]+" }',
    "flow": 'type = "string"\nconstraints = { enum = ["export", "import"] }',
    "needed": 'type = "string"\nconstraints = { required = true }',
    "single": 'type = "string"\nconstraints = { unique = true }',
    "integer": f'type = "integer"\nunit = "USD"\n{NUMBER}',
    "number": f'type = "number"\nunit = "USD"\n{NUMBER}',
    "boolean": 'type = "boolean"',
    "date": 'type = "date"',
    "year": 'type = "year"\nconstraints = { minimum = 1992 }',
    "yearmonth": 'type = "yearmonth"',
    "list": 'type = "list"\ndelimiter = ";"',
    "reference": 'type = "string"\n[[schema.foreignKeys]]\nfields = ["value"]\nreference = { fields = ["id"] }',
    "references": 'type = "list"\ndelimiter = ";"\n[[schema.foreignKeys]]\nfields = ["value"]\n'
    'reference = { fields = ["id"] }',
}  # fmt: skip

STRICT = "we want one spelling of a value, the one that is published"
SPACE = "it keeps white space around text; a space that nobody sees would make two values of one"
NO_LISTS = "it does not know foreign keys of lists, which cite several sources"
OUR_LISTS = "we want the items of a list to be different, and none to be empty"

# kind of the column, cells, whether we accept them, and the reason where frictionless says otherwise.
CASES = [
    ("string", ["a", "b c", "ä两"], True, ""),
    ("string", [""], True, ""),
    ("string", [" a"], False, SPACE),
    ("short", ["ab", "abc"], True, ""),
    ("short", ["a"], False, ""),
    ("short", ["abcd"], False, ""),
    ("pattern", ["abc"], True, ""),
    ("pattern", ["abc1"], False, ""),
    ("flow", ["export"], True, ""),
    ("flow", ["exports"], False, ""),
    ("needed", ["a"], True, ""),
    ("needed", ["a", ""], False, ""),
    ("single", ["a", "b"], True, ""),
    ("single", ["a", "a"], False, ""),
    ("integer", ["12", "500", ""], True, ""),
    ("integer", ["501"], False, ""),
    ("integer", ["0"], False, ""),
    ("integer", ["12.5"], False, ""),
    ("integer", ["1,2"], False, ""),
    ("integer", ["1e2"], False, ""),
    ("integer", ["012"], False, STRICT),
    ("integer", ["+12"], False, STRICT),
    ("number", ["12", "12.50", "1", "500"], True, ""),
    ("number", ["0.99"], False, ""),
    ("number", ["500.01"], False, ""),
    ("number", ["about 12"], False, ""),
    ("number", ["12,5"], False, ""),
    ("number", ["1 200"], False, ""),
    ("number", ["NaN"], False, ""),
    ("number", ["INF"], False, ""),
    ("number", ["1.2e2"], False, STRICT),
    ("number", ["012.5"], False, STRICT),
    ("number", ["+12.5"], False, STRICT),
    ("number", ["12."], False, STRICT),
    ("number", [".5"], False, ""),
    ("boolean", ["true", "false"], True, ""),
    ("boolean", ["yes"], False, ""),
    ("boolean", ["True"], False, STRICT),
    ("boolean", ["1"], False, STRICT),
    ("date", ["2024-02-29"], True, ""),
    ("date", ["2023-02-29"], False, ""),
    ("date", ["29.2.2024"], False, ""),
    ("date", ["2024-2-9"], False, STRICT),
    ("year", ["1992", "2026"], True, ""),
    ("year", ["1991"], False, ""),
    ("year", ["92"], False, ""),
    ("year", ["2023.0"], False, ""),
    ("yearmonth", ["2023-11"], True, ""),
    ("yearmonth", ["2023-13"], False, ""),
    ("yearmonth", ["2023"], False, ""),
    ("list", ["a", "a;b"], True, ""),
    ("list", ["a;a"], False, OUR_LISTS),
    ("list", ["a;"], False, OUR_LISTS),
    ("reference", ["row1", ""], True, ""),
    ("reference", ["row9"], False, ""),
    ("references", ["row1;row2", "row2"], True, ""),
    ("references", ["row1;row9", "row2"], False, NO_LISTS),
]
FILES = [
    ("a good file", "id,value\na,1\n", True, ""),
    ("CRLF", "id,value\r\na,1\r\n", True, ""),
    ("a byte-order mark", "\ufeffid,value\na,1\n", True, ""),
    ("quoted cells", 'id,value\n"a, ""b""","1"\n', True, ""),
    ("an empty file", "", False, ""),
    ("a header without rows", "id,value\n", False, "a table that says nothing is a mistake of ours"),
    ("a missing column", "id\na\n", False, ""),
    ("a renamed column", "id,valeu\na,1\n", False, ""),
    ("an unknown column", "id,value,more\na,1,2\n", False, ""),
    ("a column twice", "id,value,value\na,1,2\n", False, ""),
    ("columns in another order", "value,id\n1,a\n", False, ""),
    ("a cell too many", "id,value\na,1,2\n", False, ""),
    ("a cell too few", "id,value\na\n", False, ""),
    ("an empty line", "id,value\na,1\n\nb,2\n", False, ""),
    ("a key twice", "id,value\na,1\na,2\n", False, ""),
    ("an empty key", "id,value\n,1\n", False, ""),
    ("a NUL byte", "id,value\na\0,1\n", False, "it takes a NUL for a letter"),
    ("a quotation mark too many", 'id,value\n"a"b,1\n', False, "it reads on where a quotation mark ends too early"),
]


@pytest.fixture
def verdicts(tmp_path):
    """Return a function that gives our verdict and frictionless's on one file."""

    def judge(toml, text):
        folder = tmp_path / "data"
        folder.mkdir()
        (folder / "table.toml").write_text(HEAD + toml + "\n", "utf-8")
        (folder / "table.csv").write_bytes(text.encode())
        try:
            data.load(folder, tmp_path)
            ours = True
        except BuildError:
            ours = False
        schema = tomllib.loads(HEAD + toml)["schema"]
        if 'type = "list"' in toml:
            schema.pop("foreignKeys", None)  # it raises a TypeError for them
        for key in schema.get("foreignKeys", []):
            key["reference"]["resource"] = ""  # the table itself, in the words that it still expects
        resource = Resource(
            path="table.csv", basepath=str(folder), schema=Schema.from_descriptor(schema), encoding="utf-8"
        )
        return ours, resource.validate().valid

    return judge


@pytest.mark.parametrize(
    ("kind", "cells", "good", "difference"), CASES, ids=[f"{kind} {' '.join(cells)}" for kind, cells, *_ in CASES]
)
def test_a_cell_has_the_verdict_of_frictionless_or_a_reason_for_another(verdicts, kind, cells, good, difference):
    """For each kind of column, good and bad cells are judged as the standard's validator judges them, or we say why."""
    rows = "".join(f"row{number},{cell}\n" for number, cell in enumerate(cells, 1))

    ours, theirs = verdicts(KINDS[kind], f"id,value\n{rows}")

    assert ours == good
    assert (ours != theirs) == bool(difference)


@pytest.mark.parametrize(("text", "good", "difference"), [file[1:] for file in FILES], ids=[file[0] for file in FILES])
def test_a_file_has_the_verdict_of_frictionless_or_a_reason_for_another(verdicts, text, good, difference):
    """A file's form is judged as the standard's validator judges it, or we say why."""
    ours, theirs = verdicts('type = "string"', text)

    assert ours == good
    assert (ours != theirs) == bool(difference)


@pytest.mark.parametrize("text", ["NaN", "INF", "-INF"])
def test_what_is_no_number_is_one_for_frictionless_only(verdicts, text):
    """Frictionless takes NaN and infinities for numbers where a column has no limits; every column of ours has."""
    ours, _ = verdicts(KINDS["number"], f"id,value\na,{text}\n")
    schema = Schema.from_descriptor({"fields": [{"name": "value", "type": "number"}]})

    assert ours is False
    assert Resource(data=[["value"], [text]], schema=schema).validate().valid
