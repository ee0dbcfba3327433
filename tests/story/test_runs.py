"""The command line, run for the real story: it builds from anywhere, at any time, to
the same bytes.
"""

import os
import subprocess
import sys

from press.figures.store import DrawingStore

PATIENCE = 600  # seconds for what takes fifteen, on a busy machine
ELSEWHERE = {
    "TZ": "Pacific/Chatham",
    "PYTHONHASHSEED": "2",
    "LC_ALL": "C",
    "LANGUAGE": "de",
}


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_runs_give_the_same_bytes(story_built, tmp_path):
    """Folder, time zone, locale, the order of sets and where it is started leave no
    trace in any file of the site.

    Only its pictures are those of the shared build: the renderer makes them of
    drawings, and knows nothing else.
    """
    folder = story_built.copy(tmp_path / "with spaces and é")
    for path in (folder / ".cache" / "figures").iterdir():
        if (
            DrawingStore(path.parent)
            .read_drawing_if_intact(path.name)
            .startswith(b"<svg")
        ):
            path.unlink()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("COV")
    }
    ran = subprocess.run(
        [sys.executable, folder / "build.py"],
        cwd=tmp_path,
        env={**kept, "PYTHONIOENCODING": "utf-8", **ELSEWHERE},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    one, other = files_of(story_built.root), files_of(folder / "site")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert sorted(one) == sorted(other)
    assert [address for address in one if one[address] != other[address]] == []
    assert [*tmp_path.iterdir()] == [folder]
