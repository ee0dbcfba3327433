"""Reading what people wrote: encodings, TOML, front matter, lines."""

from __future__ import annotations

import pytest

from press.ground.errors import BuildError
from press.ground.files import read, shown
from press.ground.toml import Toml, parse_toml, read_front_matter


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a file and gives its path."""

    def write(body: bytes, name: str = "folder/file.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body)
        return path

    return write


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("één\n两\n".encode(), "één\n两\n", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfone\n", "one\n", id="a byte-order mark"),
        pytest.param(b"one\r\ntwo\r\n", "one\ntwo\n", id="CRLF"),
        pytest.param(b"one\rtwo\r", "one\ntwo\n", id="CR"),
        pytest.param(b"", "", id="nothing"),
    ],
)
def test_text_comes_without_marks_and_with_one_kind_of_line_end(file, tmp_path, body, text):
    """Whatever program saved a file in UTF-8, its text is the same."""
    assert read(file(body), tmp_path) == text


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(b"a\0", "1: found a NUL byte, expected text in UTF-8", id="UTF-16 without mark"),
        pytest.param(b"\xff\xfea\0", "1: found UTF-16, expected UTF-8\n    hint: save the file as UTF-8", id="UTF-16"),
        pytest.param(
            b"\xfe\xff\0a", "1: found UTF-16, expected UTF-8\n    hint: save the file as UTF-8", id="big-endian"
        ),
        pytest.param(b"a\nb\nc\0", "3: found a NUL byte, expected text in UTF-8", id="NUL"),
        pytest.param(
            b"a\ncaf\xe9\n", "2: found byte 0xe9, expected UTF-8\n    hint: save the file as UTF-8", id="Latin-1"
        ),
    ],
)
def test_other_encodings_are_told_at_their_first_line(file, tmp_path, body, problem):
    """Text that is not UTF-8 is refused at the line where it shows, never guessed."""
    with pytest.raises(BuildError) as caught:
        read(file(body), tmp_path)

    assert str(caught.value) == f"folder/file.txt:{problem}"


def test_a_missing_file_is_told_by_its_place_in_the_project(tmp_path):
    """A file that is not there is named relative to the project."""
    with pytest.raises(BuildError) as caught:
        read(tmp_path / "content" / "site.toml", tmp_path)

    assert str(caught.value) == "content/site.toml:1: found no such file, expected one"


def test_a_place_outside_the_project_is_shown_whole(tmp_path):
    """A path that does not lie in the project is shown as it is."""
    assert shown(tmp_path / "file", tmp_path / "project") == (tmp_path / "file").as_posix()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param('a = 1\nb = "x\n', "12: found broken TOML: Illegal character '\\n'", id="in a line"),
        pytest.param("a = 1\nb = [1,\n", "13: found broken TOML: Invalid value", id="at the end"),
        pytest.param("a = 1\na = 2\n", "12: found broken TOML: Cannot overwrite a value", id="a key twice"),
    ],
)
def test_broken_toml_is_told_at_its_line_of_the_file(text, problem):
    """The line counts from the file's beginning, also where the TOML begins further down."""
    with pytest.raises(BuildError) as caught:
        parse_toml(text, "a.md", first_line=11)

    assert str(caught.value) == f"a.md:{problem}"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param('+++\ntitle = "T"\n+++\nBody\n', ({"title": "T"}, "Body\n", 4), id="plain"),
        pytest.param("+++ \n\n+++\t\n\nBody", ({}, "\nBody", 4), id="white space at the fences"),
        pytest.param("+++\n+++\na\n+++\nb\n", ({}, "a\n+++\nb\n", 3), id="a fence in the body"),
        pytest.param('+++\ntitle = "T"\n+++', ({"title": "T"}, "", 4), id="no body"),
    ],
)
def test_front_matter_is_taken_from_the_body(text, parts):
    """The head's values, the body and the line on which it begins are told apart."""
    front = read_front_matter(text, "a.md")

    assert (front.values, front.body, front.body_line) == parts


TOML = """title = "T"
licenses = [{ name = "a", title = "A" }]

[schema]
primaryKey = ["id"]

[[schema.fields]]
name = "id"

[[schema.fields]]
name = "name"
constraints = { minimum = 1, maximum = 2 }

[[schema.foreignKeys]]
fields = ["id"]
reference = { resource = "x", fields = ["id"] }

[[anchors]]
column = "a"

[[anchors]]
column = "b"
name = "c"
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("title",), 1),
        (("licenses", 0, "title"), 2),
        (("schema",), 4),
        (("schema", "primaryKey"), 5),
        (("schema", "primaryKey", 0), 5),
        (("schema", "fields", 0), 7),
        (("schema", "fields", 0, "name"), 8),
        (("schema", "fields", 1), 10),
        (("schema", "fields", 1, "name"), 11),
        (("schema", "fields", 1, "constraints", "maximum"), 12),
        (("schema", "foreignKeys", 0), 14),
        (("schema", "foreignKeys", 0, "fields"), 15),
        (("schema", "foreignKeys", 0, "reference", "fields"), 16),
        (("anchors", 1), 21),
        (("anchors", 1, "column"), 22),
        (("anchors", 1, "name"), 23),
        (("anchors", 0, "name"), 18),
        (("missing",), 1),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_a_value_of_toml_is_found_by_its_keys(keys, line):
    """A problem of a value stands at its line, of a value that is missing at the line of what lacks it."""
    assert Toml(TOML, "a.toml").line(*keys) == line


def test_lines_of_front_matter_count_from_the_file_s_beginning():
    """The line of a value in a page's head is the one that an editor shows."""
    head = read_front_matter('+++\ntitle = "T"\nslug = "s"\n+++\n', "folder/file.txt").head

    assert (head.path, head.line("slug")) == ("folder/file.txt", 3)
