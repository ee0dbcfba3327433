"""Reading what people wrote: encodings, front matter."""

from __future__ import annotations

import pytest

from press.ground.files import read, shown
from press.ground.toml import Toml, read_front_matter


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


def test_a_place_outside_the_project_is_shown_whole(tmp_path):
    """A path that does not lie in the project is shown as it is."""
    assert shown(tmp_path / "file", tmp_path / "project") == (tmp_path / "file").as_posix()


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


def test_a_value_that_is_missing_stands_at_what_lacks_it():
    """Also where what comes after it has one of that name."""
    assert Toml("[[a]]\nx = 1\n\n[[a]]\ny = 2\n", "a.toml").line("a", 0, "y") == 1
