"""The one cache: whole values or nothing, keyed by all that went into them."""

from __future__ import annotations

import os

import pytest

from press.figures.cache import Cache, renderer
from press.figures.key import Code
from press.files import hash_of


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_value_comes_back_as_it_was_stored(tmp_path):
    """What was put in is what is got, in the next run too."""
    Cache(tmp_path / "new" / "folder").put("key", {"a": [1, "ä", None]})

    assert Cache(tmp_path / "new" / "folder").get("key") == {"a": [1, "ä", None]}


@pytest.mark.parametrize("body", [None, b"", b'{"half', b"\xff"], ids=["nothing", "empty", "half", "not text"])
def test_what_is_not_whole_is_not_there(tmp_path, body):
    """An entry that is missing or broken is drawn anew, not trusted."""
    if body is not None:
        (tmp_path / "key.json").write_bytes(body)

    assert Cache(tmp_path).get("key") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"2]", b"2", id="cut off"),
        pytest.param(b"2]", b"3]", id="another value"),
        pytest.param(b"2]", b"2] ", id="something at its end"),
        pytest.param(b"\n", b"", id="no line of its own for the checksum"),
        pytest.param(b"2]", b"2]\n[1, 2]", id="stored twice"),
    ],
)
def test_what_is_not_as_it_was_stored_is_not_there(tmp_path, old, new):
    """An entry that was changed on the disk is drawn anew, though it may still be whole JSON."""
    Cache(tmp_path).put("key", [1, 2])
    entry = tmp_path / "key.json"
    entry.write_bytes(entry.read_bytes().replace(old, new, 1))

    assert Cache(tmp_path).get("key") is None


def test_what_was_stored_under_another_name_is_not_there(tmp_path):
    """An entry is of its own key: one that was moved is not taken for it."""
    Cache(tmp_path).put("key", 1)
    (tmp_path / "key.json").rename(tmp_path / "other.json")

    assert Cache(tmp_path).get("other") is None


def test_what_was_stored_in_another_form_is_not_there(tmp_path, monkeypatch):
    """An entry of another version of the cache is drawn anew."""
    Cache(tmp_path).put("key", 1)
    monkeypatch.setattr("press.figures.cache.FORM", "another")

    assert Cache(tmp_path).get("key") is None


def test_what_another_thread_is_storing_is_not_forgotten(tmp_path):
    """Pictures are stored while the build tidies: their drafts are not those of a killed run."""
    ours = f"new.{os.getpid()}-5.tmp"
    for name in (ours, "new.0-5.tmp"):
        (tmp_path / name).write_text("half", "utf-8")

    Cache(tmp_path).forget_unused()

    assert names(tmp_path) == [ours]


def test_storing_leaves_no_draft(tmp_path):
    """Only the whole entry is left after it was stored."""
    Cache(tmp_path).put("key", 1)

    assert names(tmp_path) == ["key.json"]


def test_what_was_neither_read_nor_written_is_forgotten(tmp_path):
    """Entries that no figure uses any more are deleted, drafts of a killed run with them; the others stay."""
    for key in ("read", "written", "old"):
        Cache(tmp_path).put(key, key)
    (tmp_path / "old.123.tmp").write_text("half", "utf-8")
    cache = Cache(tmp_path)
    cache.get("read")
    cache.put("written", "new")

    cache.forget_unused()

    assert names(tmp_path) == ["read.json", "written.json"]


def test_forgetting_in_a_folder_that_is_not_there_is_no_mistake(tmp_path):
    """A cache that was never used can be tidied."""
    assert Cache(tmp_path / "missing").forget_unused() is None


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), (("a",), ("a", "")), (("1:a",), ("a",)), (("a", "b"), ("b", "a"))],
)
def test_different_parts_have_different_hashes(one, other):
    """Parts are kept apart: where one ends and the next begins counts, and their order does."""
    assert hash_of(*one) != hash_of(*other)


def test_text_and_its_bytes_have_one_hash():
    """The hash is of content, 32 characters that are safe in a file's name."""
    assert hash_of("ä") == hash_of("ä".encode()) == "7a6db0ce95b55a8767f115010bcfbf24"


def test_files_count_by_place_and_content_wherever_the_project_is(tmp_path):
    """The same files in another folder have the same hash; a changed or moved one has not."""
    for folder, name, text in [("a", "x", "1"), ("b", "x", "1"), ("c", "x", "2"), ("d", "y", "1")]:
        (tmp_path / folder / "story").mkdir(parents=True)
        (tmp_path / folder / "story" / name).write_text(text, "utf-8")

    hashes = [Code(tmp_path / folder).hash for folder in "abcd"]

    assert [hashes.index(item) for item in hashes] == [0, 0, 2, 3]


def test_a_new_version_of_what_draws_changes_the_key(monkeypatch):
    """The versions of every package that may change a drawing are part of its key."""
    monkeypatch.setattr("press.figures.cache.version", lambda name: f"{len(name)}.0")

    named = renderer.__wrapped__()  # which is asked once in a process

    assert named.startswith("altair=6.0 pandas=6.0 vl-convert-python=17.0 babel=5.0 pillow=6.0 worker=")


def test_another_font_changes_the_key(tmp_path, monkeypatch):
    """Pictures are drawn anew with the letters that they are drawn with."""
    monkeypatch.setattr("press.figures.cache.FONTS", tmp_path)
    (tmp_path / "serif.ttf").write_bytes(b"one")
    before = renderer.__wrapped__()
    (tmp_path / "serif.ttf").write_bytes(b"another")

    assert renderer.__wrapped__() != before
