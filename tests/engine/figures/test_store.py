"""The store on disk: whole values or nothing, under keys that hold all
that made them.
"""

import os

import pytest

from press.figures.store import DrawingStore
from press.ground.files import hash_parts


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _whole: b"", id="empty"),
        pytest.param(lambda whole: whole[:-1], id="cut off"),
        pytest.param(
            lambda whole: whole.replace(b"value", b"other"), id="another value"
        ),
        pytest.param(lambda whole: whole + whole, id="stored twice"),
        pytest.param(
            lambda whole: whole.replace(b"\n", b""),
            id="no line of its own for the checksum",
        ),
    ],
)
def test_what_is_not_as_it_was_stored_is_not_there(tmp_path, spoil):
    """An entry that was changed on the disk is drawn anew; so is one that is missing,
    no file, or of another name.
    """
    DrawingStore(tmp_path).try_to_store_drawing("key", b"value")
    (tmp_path / "other").write_bytes((tmp_path / "key").read_bytes())
    (tmp_path / "key").write_bytes(spoil((tmp_path / "key").read_bytes()))
    os.mkfifo(tmp_path / "pipe")

    assert [
        DrawingStore(tmp_path).read_drawing_if_intact(key)
        for key in ("key", "other", "missing", "pipe")
    ] == [None] * 4


def test_what_nothing_keeps_is_forgotten(tmp_path):
    """Entries that nothing uses any more are deleted, drafts of a killed run with them;
    those of other threads stay.
    """
    for key in ("kept", "old"):
        DrawingStore(tmp_path).try_to_store_drawing(key, b"")
    ours = f"new.{os.getpid()}-5.tmp"
    for name in (ours, "new.0-5.tmp"):
        (tmp_path / name).write_text("half", "utf-8")
    cache = DrawingStore(tmp_path)
    cache.mark_as_used("kept")

    cache.delete_not_marked_as_used()
    DrawingStore(tmp_path / "missing").delete_not_marked_as_used()

    assert names(tmp_path) == sorted(["kept", ours])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a",), ("a", "")),
        (("1:a",), ("a",)),
        (("a", "b"), ("b", "a")),
    ],
)
def test_different_parts_have_different_hashes(one, other):
    """Parts are kept apart: where one ends and the next begins counts, and their order
    does.
    """
    assert hash_parts(*one) != hash_parts(*other)


def test_what_draws_is_part_of_the_key(tmp_path, monkeypatch):
    """Other versions of the packages, another program or another font draw everything
    anew.
    """
    (tmp_path / "fonts").mkdir()
    for path in (tmp_path / "program.py", tmp_path / "fonts/serif.ttf"):
        path.write_bytes(b"one")
    monkeypatch.setattr("press.drawing.__file__", f"{tmp_path}/program.py")
    monkeypatch.setattr("press.figures.store.FONTS", tmp_path / "fonts")
    keys = [DrawingStore(tmp_path).make_key("a drawing")]
    for path in (tmp_path / "program.py", tmp_path / "fonts/serif.ttf"):
        path.write_bytes(b"another")
        keys.append(DrawingStore(tmp_path).make_key("a drawing"))
    for package in ("vl-convert-python", "pillow"):
        monkeypatch.setattr(
            "press.figures.store.version",
            lambda name, other=package: str(name == other),
        )
        keys.append(DrawingStore(tmp_path).make_key("a drawing"))

    assert len(set(keys)) == len(keys)
