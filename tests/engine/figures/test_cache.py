"""The store on disk: whole values or nothing, under keys that hold all that made them."""

import os

import pytest

from press.figures.cache import Cache, renderer
from press.ground.files import hash_of


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _whole: b"", id="empty"),
        pytest.param(lambda whole: whole[:-1], id="cut off"),
        pytest.param(lambda whole: whole.replace(b"value", b"other"), id="another value"),
        pytest.param(lambda whole: whole + whole, id="stored twice"),
        pytest.param(lambda whole: whole.replace(b"\n", b""), id="no line of its own for the checksum"),
    ],
)
def test_what_is_not_as_it_was_stored_is_not_there(tmp_path, spoil):
    """An entry that was changed on the disk is drawn anew; so is one that is missing, no file, or of another name."""
    Cache(tmp_path).put("key", b"value")
    (tmp_path / "other").write_bytes((tmp_path / "key").read_bytes())
    (tmp_path / "key").write_bytes(spoil((tmp_path / "key").read_bytes()))
    os.mkfifo(tmp_path / "pipe")

    assert [Cache(tmp_path).get(key) for key in ("key", "other", "missing", "pipe")] == [None] * 4


def test_what_nothing_keeps_is_forgotten(tmp_path):
    """Entries that nothing uses any more are deleted, drafts of a killed run with them; those of other threads stay."""
    for key in ("kept", "old"):
        Cache(tmp_path).put(key, b"")
    ours = f"new.{os.getpid()}-5.tmp"
    for name in (ours, "new.0-5.tmp"):
        (tmp_path / name).write_text("half", "utf-8")
    cache = Cache(tmp_path)
    cache.keep("kept")

    cache.forget_unused()
    Cache(tmp_path / "missing").forget_unused()

    assert names(tmp_path) == sorted(["kept", ours])


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), (("a",), ("a", "")), (("1:a",), ("a",)), (("a", "b"), ("b", "a"))],
)
def test_different_parts_have_different_hashes(one, other):
    """Parts are kept apart: where one ends and the next begins counts, and their order does."""
    assert hash_of(*one) != hash_of(*other)


def test_what_draws_is_part_of_the_key(tmp_path, monkeypatch):
    """Other versions of the packages, another program or another font draw everything anew."""
    (tmp_path / "fonts").mkdir()
    for path in (tmp_path / "program.py", tmp_path / "fonts/serif.ttf"):
        path.write_bytes(b"one")
    monkeypatch.setattr("press.figures.cache.PROGRAM", tmp_path / "program.py")
    monkeypatch.setattr("press.figures.cache.FONTS", tmp_path / "fonts")
    keys = [renderer.__wrapped__()]  # which is asked once in a process
    for path in (tmp_path / "program.py", tmp_path / "fonts/serif.ttf"):
        path.write_bytes(b"another")
        keys.append(renderer.__wrapped__())
    for package in ("vl-convert-python", "pillow"):
        monkeypatch.setattr("press.figures.cache.version", lambda name, other=package: str(name == other))
        keys.append(renderer.__wrapped__())

    assert len(set(keys)) == len(keys)
