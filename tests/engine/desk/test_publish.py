"""Writing the site: staged, only what changed, and whole again after being killed at
any step.
"""

import contextlib
import itertools
import os
import shutil
from pathlib import Path

import pytest

from press.desk.publish import PublishOutcome, write_changed_site_files
from press.ground.errors import BuildError, Problem
from press.pages.file import File
from tests.engine.publishing import (
    Killed,
    kill_after_steps,
    make_site,
    read_published_texts,
)

OLD = {
    "index.html": "old",
    "gone.html": "gone",
    "same.html": "same",
    "assets/a.css": "a",
    "ru/x/gone.html": "gone",
}
NEW = {
    "index.html": "new",
    "same.html": "same",
    "assets/b.css": "b",
    "ru/new.html": "new",
    "added.html": "added",
}
FOREIGN = {"book/index.html": "a book", "CNAME": "example.org"}


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a site that holds the old one, and files that
    no build made.
    """
    folder = tmp_path / "site"
    write_changed_site_files(make_site(OLD), folder, tmp_path)
    for address, text in FOREIGN.items():
        (folder / address).parent.mkdir(exist_ok=True)
        (folder / address).write_text(text, "utf-8")
    return folder


def refused(files, root):
    """Return what is said where a site cannot be written."""
    with pytest.raises(BuildError) as caught:
        write_changed_site_files(files, root / "site", root)
    return str(caught.value)


def test_the_folder_then_holds_the_site(folder, tmp_path):
    """Files of the new site are there, those of the old one are gone with their
    folders, and what is not ours stays.
    """
    result = write_changed_site_files(make_site(NEW), folder, tmp_path)

    assert read_published_texts(folder) == NEW | FOREIGN
    assert result == PublishOutcome(
        ("assets/b.css", "added.html", "ru/new.html", "index.html"),
        ("ru/x/gone.html", "gone.html", "assets/a.css"),
        1,
    )
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [
        ".press",
        "assets",
        "book",
        "ru",
    ]
    assert not (folder / "ru/x").exists()


def test_only_what_changed_is_written(folder, tmp_path):
    """A file whose content is the same keeps its time and its place on the disk."""
    before = (folder / "same.html").stat()
    os.utime(folder / "same.html", ns=(1, 1))
    write_changed_site_files(make_site(NEW), folder, tmp_path)

    after = (folder / "same.html").stat()

    assert (after.st_mtime_ns, after.st_ino) == (1, before.st_ino)


def test_a_file_that_someone_edited_or_deleted_is_written_anew(folder, tmp_path):
    """site/ is never edited: a build makes it what it should be."""
    (folder / "index.html").write_text("edited", "utf-8")
    (folder / "same.html").unlink()

    write_changed_site_files(make_site(OLD), folder, tmp_path)

    assert read_published_texts(folder) == OLD | FOREIGN


def test_a_folder_that_no_build_made_is_refused(tmp_path):
    """A folder with anything in it that is not ours is left as it is."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/notes.txt").write_text("mine", "utf-8")

    assert (
        refused(make_site(NEW), tmp_path)
        == "site:1: found a folder that this build did not make, expected none or its"
        " own\n    hint: move it away, or delete it"
    )
    assert read_published_texts(tmp_path / "site") == {"notes.txt": "mine"}


@pytest.mark.parametrize(
    ("mine", "more", "told"),
    [
        pytest.param(
            "added.html",
            {},
            "site/added.html:1: found a file that no build made",
            id="a file",
        ),
        pytest.param(
            "added.html/mine.txt",
            {},
            "site/added.html",
            id="a folder in the place of a page",
        ),
        pytest.param(
            "zh",
            {"zh/index.html": "new"},
            "site/zh",
            id="a file in the place of a folder",
        ),
    ],
)
def test_what_no_build_made_is_never_overwritten(folder, tmp_path, mine, more, told):
    """It stops the build before anything is written, and is named; a later build is not
    held up by it.
    """
    (folder / mine).parent.mkdir(exist_ok=True)
    (folder / mine).write_text("mine", "utf-8")

    assert told in refused(make_site(NEW | more), tmp_path)
    assert read_published_texts(folder) == OLD | FOREIGN | {mine: "mine"}
    write_changed_site_files(make_site(OLD), folder, tmp_path)
    assert read_published_texts(folder) == OLD | FOREIGN | {mine: "mine"}


@pytest.mark.parametrize("note", [None, '["../mine.txt"]'])
def test_nothing_outside_the_folder_is_written_or_deleted(folder, tmp_path, note):
    """Neither through a link, nor because the build's own note was altered."""
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    if note:
        (folder / ".press/manifest.json").write_text(note, "utf-8")
    else:
        (folder / "zh").symlink_to(tmp_path)

    assert f"site/{'..' if note else 'zh'}:1: found a file" in refused(
        make_site({"zh/mine.txt": "new"}), tmp_path
    )
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"


def test_a_foreign_file_that_is_the_same_is_no_obstacle(folder, tmp_path):
    """A file that already is what the site has there needs not be written."""
    (folder / "added.html").write_text("added", "utf-8")
    write_changed_site_files(make_site(NEW), folder, tmp_path)

    assert read_published_texts(folder) == NEW | FOREIGN


def test_a_disk_that_refuses_is_told_and_the_next_build_finishes(
    folder, tmp_path, monkeypatch
):
    """An error of the operating system is a problem with a hint, not a traceback."""

    def refuse(_, target):
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        said = refused(make_site(NEW), tmp_path)

    assert said.startswith("site:1: cannot write the site: No space left on device (")
    assert read_published_texts(folder) == OLD | FOREIGN
    write_changed_site_files(make_site(NEW), folder, tmp_path)
    assert read_published_texts(folder) == NEW | FOREIGN


def test_a_picture_that_cannot_be_made_leaves_the_site_as_it_was(folder, tmp_path):
    """All bytes are made before the first file is replaced."""

    def fail():
        raise BuildError([Problem("chart.md", 1, "its picture cannot be drawn")])

    assert (
        refused(make_site(NEW) | {"z.png": File(fail, "chart.md")}, tmp_path)
        == "chart.md:1: its picture cannot be drawn"
    )
    assert read_published_texts(folder) == OLD | FOREIGN


def test_where_builds_cannot_take_turns_nothing_is_written(folder, tmp_path):
    """What is in the way of the lock is a problem with a hint, not a traceback."""
    shutil.rmtree(tmp_path / ".cache")
    (tmp_path / ".cache").write_text("mine", "utf-8")

    assert refused(make_site(NEW), tmp_path).startswith(
        ".cache/site.lock:1: found a file that cannot be locked: "
    )
    assert read_published_texts(folder) == OLD | FOREIGN


def killed(root, limit, monkeypatch):
    """Publish the new site, unless it is killed after so many changes to the disk; tell
    whether it was.
    """
    with monkeypatch.context() as patched, contextlib.suppress(Killed):
        kill_after_steps(patched, limit)
        write_changed_site_files(make_site(NEW), root / "site", root)
        return False
    return True


@pytest.mark.parametrize("after", [NEW, OLD], ids=["new", "old"])
def test_killed_at_any_step_the_next_run_ends_in_exactly_its_own_site(
    tmp_path, monkeypatch, after
):
    """Whenever a build dies, every page is whole; the next, of the new site or the old
    one, leaves exactly its own.
    """
    for limit in itertools.count():
        root = tmp_path / str(limit)
        write_changed_site_files(make_site(OLD), root / "site", root)
        if not killed(root, limit, monkeypatch):
            break

        # Half a file never exists: each holds what the old site or the new one has
        # there.
        for address, text in read_published_texts(root / "site").items():
            assert text in (OLD.get(address), NEW.get(address)), (
                f"step {limit}: {address}"
            )
        write_changed_site_files(make_site(after), root / "site", root)
        assert read_published_texts(root / "site") == after, f"step {limit}"
        assert [path.name for path in (root / "site/.press").rglob("*")] == [
            "manifest.json"
        ], f"step {limit}"

    assert limit > 15
