"""Sources are replaced by whole files, in order: killed at any moment each is old or
new, and the rest can be done.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from press.ground.errors import BuildError
from press.ground.files import (
    LOCK,
    drop_drafts,
    leave_drafts_of_unchanged_files,
    list_files_left_as_drafts,
    replace_files_one_by_one,
    yield_problems_of_leftover_drafts,
)
from press.ground.lock import hold_lock
from tests.engine.project import read_files_below

OLD = {
    "data/a.csv": b"old a\n",
    "content/sub/b.md": b"old b\n",
    "content/c.toml": b"old c\n",
}
NEW = {
    "data/a.csv": b"new a, longer\n",
    "content/sub/b.md": b"new b\r\n",
    "data/d.csv": b"made\n",
}
HERE = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture
def root(tmp_path):
    """Return a folder of sources."""
    for name, body in OLD.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    return tmp_path


def sources(root):
    """Return the bytes of all files but those of the cache."""
    return {
        place: body
        for place, body in read_files_below(root).items()
        if not place.startswith(".cache/")
    }


def test_what_is_unfinished_is_told_until_its_verb_has_ended(root):
    """Another verb leaves the drafts alone; its own drops them when it has written."""
    (root / "data/.a.csv.draft-of-import").write_bytes(b"half")

    replace_files_one_by_one({"content/c.toml": b"new c"}, root, "fix")
    (problem,) = yield_problems_of_leftover_drafts(root)
    assert (
        str(problem)
        == "data/.a.csv.draft-of-import:1: found what import was about to write,"
        " expected no such file\n    hint: import was ended before it had written"
        " all: run it again; or delete this file, and look at git diff"
    )
    drop_drafts(root, "fix")
    assert list(yield_problems_of_leftover_drafts(root)) == [problem]
    replace_files_one_by_one({"data/a.csv": b"whole"}, root, "import")
    assert list(yield_problems_of_leftover_drafts(root)) == []


def test_what_is_announced_is_told_and_known_until_it_is_written(root):
    """Before it is known what will stand in a file: of a folder of sources, or beside
    them, also one to be made.
    """
    names = ["build.py", "data/a.csv"]

    leave_drafts_of_unchanged_files(names, root, "upgrade")

    drafts = [".build.py.draft-of-upgrade", "data/.a.csv.draft-of-upgrade"]
    assert [
        problem.path for problem in yield_problems_of_leftover_drafts(root)
    ] == drafts
    assert (
        list_files_left_as_drafts(root, "upgrade"),
        list_files_left_as_drafts(root, "fix"),
    ) == ({*names}, set())
    assert {
        place: body for place, body in sources(root).items() if "draft-of" not in place
    } == OLD
    drop_drafts(root, "upgrade", keep=["build.py"])
    assert list_files_left_as_drafts(root, "upgrade") == {"build.py"}
    replace_files_one_by_one({"build.py": b"new"}, root, "upgrade", may_create=True)
    assert list_files_left_as_drafts(root, "upgrade") == set()


def test_who_holds_a_lock_is_seen_by_others_alone(root):
    """A lock that nobody has ever held is free, and stays unmade."""
    look = (
        "import sys; from pathlib import Path\n"
        "from press.ground.lock import is_lock_held\n"
        "print(is_lock_held(Path('a.lock'), Path(sys.argv[1])))\n"
    )

    def held():
        command = [sys.executable, "-c", look, str(root)]
        return subprocess.run(
            command, env=HERE, capture_output=True, text=True, check=True
        ).stdout.strip()

    before, made = held(), (root / "a.lock").exists()
    with hold_lock(Path("a.lock"), root):
        meanwhile = held()

    assert (before, made, meanwhile, held()) == ("False", False, "True", "False")


def test_two_at_once_take_turns(root):
    """One waits, and says so, until the other has ended; none of the
    changes is lost.
    """
    adding = (
        "import sys; from pathlib import Path\nfrom press.ground.files import LOCK,"
        " replace_files_one_by_one\nfrom press.ground.lock import hold_lock\nroot = Path(sys.argv[1])\nwith"
        " hold_lock(LOCK, root, lambda: print('waiting', flush=True)):\n   "
        " replace_files_one_by_one({'data/a.csv': (root / 'data/a.csv').read_bytes() +"
        " sys.argv[2].encode()}, root, 'fix')\n"
    )
    with hold_lock(LOCK, root):
        command = [sys.executable, "-c", adding, str(root), "x"]
        others = [
            subprocess.Popen(command, env=HERE, stdout=subprocess.PIPE)
            for _ in range(2)
        ]
        said = [other.stdout.readline() for other in others]
        replace_files_one_by_one({"data/a.csv": b"ours"}, root, "fix")
    ended = [other.wait(600) for other in others]
    for other in others:
        other.stdout.close()

    assert said == [b"waiting\n", b"waiting\n"]
    assert ended == [0, 0]
    assert sources(root)["data/a.csv"] == b"oursxx"


def test_a_disk_that_takes_nothing_is_told_as_one(root, monkeypatch):
    """Deleting the lock would not help."""

    def refused(*_, **__):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(BuildError) as caught:
        replace_files_one_by_one(NEW, root, "import")

    assert str(caught.value) == (
        f"{LOCK.as_posix()}:1: found a file that cannot be locked: Read-only file"
        " system\n    hint: commands take turns at writing by it: let .cache be a folder"
        " where you may write"
    )


@pytest.mark.parametrize("place", NEW)
@pytest.mark.parametrize("call", ["open", "write_bytes"])
def test_where_one_source_cannot_be_written_none_is(root, monkeypatch, call, place):
    """Read-only files and folders and full disks leave every source as it was, and no
    draft.
    """
    usual, name = getattr(Path, call), Path(place).name

    def refused(self, *arguments, **options):
        if self.name == name if call == "open" else self.name.startswith(f".{name}"):
            raise OSError(28, "No space left on device", str(self))
        return usual(self, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, refused)
        with pytest.raises(BuildError) as caught:
            replace_files_one_by_one(NEW, root, "import", may_create=True)

    assert sources(root) == OLD
    assert (
        str(caught.value)
        == f"{place}:1: found a file that cannot be written: No space left on device\n "
        "   hint: no source has been changed"
    )


def test_a_file_that_refuses_its_place_is_told_with_the_verb_to_run_again(
    root, monkeypatch
):
    """What was written before it is whole, and what is left is told until the verb is
    run again.
    """
    usual = Path.replace

    def refused(self, target):
        if Path(target).name == "b.md":
            raise PermissionError(13, "Permission denied", str(target))
        return usual(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refused)
        with pytest.raises(
            BuildError,
            match=(
                "what was written before it is whole: mend this, and run import again"
            ),
        ):
            replace_files_one_by_one(NEW, root, "import", may_create=True)

    assert len(list(yield_problems_of_leftover_drafts(root))) == 2
    replace_files_one_by_one(NEW, root, "import", may_create=True)
    assert sources(root) == OLD | NEW


def test_a_source_that_is_gone_changes_no_other(root):
    """A file that was deleted meanwhile is told, and the one before it is as it was."""
    (root / "content/c.toml").unlink()

    with pytest.raises(
        BuildError,
        match=r"content/c\.toml:1: found a file that cannot be written: No such file",
    ):
        replace_files_one_by_one(
            {"data/a.csv": b"new", "content/c.toml": b"new"}, root, "fix"
        )

    assert sources(root)["data/a.csv"] == b"old a\n"


def test_a_source_keeps_its_mode_and_its_link(root):
    """Who may read it is as before; a text that is a link to another file is written
    there.
    """
    (root / "data/a.csv").chmod(0o640)
    (root / "content/link.md").symlink_to(root / "content/c.toml")

    replace_files_one_by_one(
        {"data/a.csv": b"new a", "content/link.md": b"new c"}, root, "fix"
    )

    assert (root / "data/a.csv").stat().st_mode & 0o777 == 0o640
    assert (root / "content/link.md").is_symlink()
    assert (root / "content/c.toml").read_bytes() == b"new c"
