"""Writing the site: staged, only what changed, and whole again after being killed at any step."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from press.desk.publish import Published, publish
from press.ground.errors import BuildError
from tests.engine.publishing import Killed, published, site, steps_of

OLD = {"index.html": "old", "gone.html": "gone", "same.html": "same", "assets/a.css": "a", "ru/x/gone.html": "gone"}
NEW = {"index.html": "new", "same.html": "same", "assets/b.css": "b", "ru/new.html": "new", "added.html": "added"}
FOREIGN = {"book/index.html": "a book", "CNAME": "example.org"}


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a site that holds the old one, and files that no build made."""
    folder = tmp_path / "site"
    publish(site(OLD), folder, tmp_path)
    for address, text in FOREIGN.items():
        (folder / address).parent.mkdir(exist_ok=True)
        (folder / address).write_text(text, "utf-8")
    return folder


def test_the_folder_then_holds_the_site(folder, tmp_path):
    """Files of the new site are there, those of the old one that are no more are gone, and what is not ours stays."""
    result = publish(site(NEW), folder, tmp_path)

    assert published(folder) == NEW | FOREIGN
    assert result == Published(
        ("assets/b.css", "added.html", "ru/new.html", "index.html"),
        ("ru/x/gone.html", "gone.html", "assets/a.css"),
        1,
    )


def test_folders_that_a_deletion_empties_are_removed(folder, tmp_path):
    """No empty folder is left of pages that are gone."""
    publish(site(NEW), folder, tmp_path)

    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [".press", "assets", "book", "ru"]
    assert not (folder / "ru/x").exists()


def test_only_what_changed_is_written(folder, tmp_path):
    """A file whose content is the same keeps its time and its place on the disk."""
    before = (folder / "same.html").stat()
    os.utime(folder / "same.html", ns=(1, 1))
    publish(site(NEW), folder, tmp_path)

    after = (folder / "same.html").stat()

    assert (after.st_mtime_ns, after.st_ino) == (1, before.st_ino)


def test_a_file_that_someone_edited_or_deleted_is_written_anew(folder, tmp_path):
    """site/ is never edited: a build makes it what it should be."""
    (folder / "index.html").write_text("edited", "utf-8")
    (folder / "same.html").unlink()

    publish(site(OLD), folder, tmp_path)

    assert published(folder) == OLD | FOREIGN


def test_a_folder_that_no_build_made_is_refused(tmp_path):
    """A folder with anything in it that is not ours is left as it is."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/notes.txt").write_text("mine", "utf-8")

    with pytest.raises(BuildError) as caught:
        publish(site(NEW), tmp_path / "site", tmp_path)

    assert str(caught.value) == (
        "site:1: found a folder that this build did not make, expected none or its own\n"
        "    hint: move it away, or delete it"
    )
    assert published(tmp_path / "site") == {"notes.txt": "mine"}


def test_a_foreign_file_in_the_way_is_refused(folder, tmp_path):
    """What no build made is never overwritten: the site stays as it was, and the file is named."""
    (folder / "added.html").write_text("mine", "utf-8")

    with pytest.raises(BuildError) as caught:
        publish(site(NEW), folder, tmp_path)

    assert str(caught.value) == (
        "site/added.html:1: found a file that no build made where the site needs its own, expected none\n"
        "    hint: move it away"
    )
    assert published(folder) == OLD | FOREIGN | {"added.html": "mine"}


def test_a_foreign_folder_in_the_way_is_refused(folder, tmp_path):
    """A folder in the place of a page stops the build before anything is written, and is named."""
    (folder / "added.html").mkdir()
    (folder / "added.html" / "mine.txt").write_text("mine", "utf-8")

    with pytest.raises(BuildError) as caught:
        publish(site(NEW), folder, tmp_path)

    assert str(folder / "added.html") in str(caught.value)
    assert published(folder) == OLD | FOREIGN | {"added.html/mine.txt": "mine"}


def test_a_foreign_file_where_the_site_has_a_folder_is_refused_before_anything_is_written(folder, tmp_path):
    """A file in place of a folder stops a build before anything, and no later build is held up by it."""
    (folder / "zh").write_text("mine", "utf-8")

    with pytest.raises(BuildError) as caught:
        publish(site(NEW | {"zh/index.html": "new"}), folder, tmp_path)

    assert [problem.path for problem in caught.value.problems] in (["site/zh"], ["site/zh/index.html"])
    assert published(folder) == OLD | FOREIGN | {"zh": "mine"}
    publish(site(NEW), folder, tmp_path)
    assert published(folder) == NEW | FOREIGN | {"zh": "mine"}


def test_a_foreign_file_that_is_the_same_is_no_obstacle(folder, tmp_path):
    """A file that already is what the site has there needs not be written."""
    (folder / "added.html").write_text("added", "utf-8")
    publish(site(NEW), folder, tmp_path)

    assert published(folder) == NEW | FOREIGN


def test_a_disk_that_refuses_is_told_and_the_next_build_finishes(folder, tmp_path, monkeypatch):
    """An error of the operating system is a problem with a hint, not a traceback."""

    def refuse(_, target):
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(BuildError) as caught:
            publish(site(NEW), folder, tmp_path)

    assert str(caught.value).startswith("site:1: cannot write the site: No space left on device (")
    assert published(folder) == OLD | FOREIGN
    publish(site(NEW), folder, tmp_path)
    assert published(folder) == NEW | FOREIGN


def test_where_builds_cannot_take_turns_nothing_is_written(folder, tmp_path):
    """What is in the way of the lock is a problem with a hint, not a traceback."""
    shutil.rmtree(tmp_path / ".cache")
    (tmp_path / ".cache").write_text("mine", "utf-8")

    with pytest.raises(BuildError) as caught:
        publish(site(NEW), folder, tmp_path)

    assert str(caught.value).startswith(".cache/site.lock:1: found a file that cannot be locked: ")
    assert published(folder) == OLD | FOREIGN


@pytest.fixture(scope="session")
def steps(tmp_path_factory):
    """Return the names of all changes to the disk when the new site is published over the old one, in order."""
    root = tmp_path_factory.mktemp("count")
    publish(site(OLD), root / "site", root)
    with pytest.MonkeyPatch.context() as patched:
        done = steps_of(patched, limit=10_000)
        publish(site(NEW), root / "site", root)
    return done


def kill(root, limit, monkeypatch):
    """Publish the new site, and kill the publication after so many changes to the disk."""
    with monkeypatch.context() as patched:
        steps_of(patched, limit)
        with pytest.raises(Killed):
            publish(site(NEW), root / "site", root)


def test_killed_at_any_step_the_next_run_ends_in_exactly_the_new_site(steps, tmp_path, monkeypatch):
    """Whenever a build dies, every page is whole, and the next build leaves exactly its own site."""
    assert len(steps) > 15
    for limit in range(len(steps)):
        root = tmp_path / str(limit)
        publish(site(OLD), root / "site", root)
        kill(root, limit, monkeypatch)

        # Half a file never exists: each holds what the old site or the new one has there.
        for address, text in published(root / "site").items():
            assert text in (OLD.get(address), NEW.get(address)), f"step {limit}: {address}"
        publish(site(NEW), root / "site", root)
        assert published(root / "site") == NEW, f"step {limit}"
        assert [path.name for path in (root / "site/.press").rglob("*")] == ["manifest.json"], f"step {limit}"


def test_killed_at_any_step_the_next_run_may_have_another_site(steps, tmp_path, monkeypatch):
    """The next build may come after further changes, even back to the old state: it leaves exactly its own site."""
    for limit in range(len(steps)):
        root = tmp_path / str(limit)
        publish(site(OLD), root / "site", root)
        kill(root, limit, monkeypatch)
        publish(site(OLD), root / "site", root)

        assert published(root / "site") == OLD, f"step {limit}"
