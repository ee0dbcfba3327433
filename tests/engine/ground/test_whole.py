"""Sources are written whole: killed at any moment, all are old or all are new after the next command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from press import files
from press.files import finish, rewrite, writing

OLD = {"a.csv": b"old a\n", "sub/b.md": b"old b\n", "c.toml": b"old c\n"}
NEW = {"a.csv": b"new a, longer\n", "sub/b.md": b"new b\n", "d.csv": b"made\n"}
# Another process, that rewrites the files and dies at the nth touch of the file system by it.
HERE = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
DYING = """
import os, signal, sys
from pathlib import Path
from press.files import rewrite
root, last, new = sys.argv[1], int(sys.argv[2]), eval(sys.argv[3])
count = 0
def watch(event, arguments):
    global count
    if event in {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod"} and root in str(arguments[0]):
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
rewrite(new, Path(root), new=True)
print(count)
"""


@pytest.fixture
def root(tmp_path):
    """Return a folder of sources."""
    for name, body in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(body)
    return tmp_path


def sources(root):
    """Return the bytes of all files but those of the cache."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def killed(root, last):
    """Let another process rewrite the files until its nth touch; tell whether it was killed."""
    command = [sys.executable, "-c", DYING, str(root), str(last), repr(NEW)]
    done = subprocess.run(command, env=HERE, capture_output=True, check=False)
    assert done.returncode in {0, -9}, done.stderr.decode()
    return done.returncode == -9


@pytest.mark.skipif(os.name == "nt", reason="nothing is killed so on Windows")
def test_killed_at_any_touch_of_the_disk_all_is_old_or_new(root):
    """At each of them in turn: what the next command finds is one of both, and no draft is left."""
    seen, last = set(), 1
    while killed(root, last):
        finish(root)
        found = sources(root)
        assert found in (OLD, OLD | NEW), f"killed at touch {last}"
        seen.add(found == OLD)
        for name, body in OLD.items():
            (root / name).write_bytes(body)
        (root / "d.csv").unlink(missing_ok=True)
        last += 1

    assert seen == {True, False}
    assert last > 10
    assert sources(root) == OLD | NEW
    assert not (root / files.JOURNAL).exists()


def test_what_a_killed_command_began_is_done_before_another_writes(root):
    """A second change is made on top of the first, not beside it."""
    (root / ".cache").mkdir()
    (root / ".a.csv.tmp").write_bytes(b"first\n")
    (root / files.JOURNAL).write_text(json.dumps({"moves": [["a.csv", ".a.csv.tmp"]], "dropped": []}), "utf-8")

    with writing(root):
        assert (root / "a.csv").read_bytes() == b"first\n"
        rewrite({"c.toml": b"second\n"}, root)

    assert sources(root) == OLD | {"a.csv": b"first\n", "c.toml": b"second\n"}


def test_two_at_once_take_turns(root):
    """One waits, and says so, until the other has ended; none of the changes is lost."""
    adding = (
        "import sys; from pathlib import Path; from press.files import rewrite, writing\n"
        "root = Path(sys.argv[1])\n"
        "with writing(root, lambda: print('waiting', flush=True)):\n"
        "    rewrite({'a.csv': (root / 'a.csv').read_bytes() + sys.argv[2].encode()}, root)\n"
    )
    with writing(root):
        command = [sys.executable, "-c", adding, str(root), "x"]
        others = [subprocess.Popen(command, env=HERE, stdout=subprocess.PIPE) for _ in range(2)]
        said = [other.stdout.readline() for other in others]
        rewrite({"a.csv": b"ours"}, root)
    ended = [other.wait(600) for other in others]
    for other in others:
        other.stdout.close()

    assert said == [b"waiting\n", b"waiting\n"]
    assert ended == [0, 0]
    assert sources(root)["a.csv"] == b"oursxx"


@pytest.mark.parametrize("refusing", NEW)
def test_what_cannot_be_written_is_put_back(root, monkeypatch, refusing):
    """However far it got: a file that refuses its place leaves every other as it was, and no journal."""
    usual = Path.replace

    def refused(self, target):
        if Path(target).name == Path(refusing).name and self.suffix == ".tmp":
            raise PermissionError(13, "Permission denied", str(target))
        return usual(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refused)
        with pytest.raises(files.BuildError, match="no text has been changed"):
            rewrite(NEW, root, new=True)

    assert sources(root) == OLD
    assert not (root / files.JOURNAL).exists()
