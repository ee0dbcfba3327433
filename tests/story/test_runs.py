"""The command line, run for the real story: it builds from anywhere, at any time, to the same bytes, without waste."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import NamedTuple

import pytest

from press.figures.cache import Cache
from tests.story.conftest import BASE_URL

PATIENCE = 600  # seconds for what takes fifteen, on a busy machine


class Ran(NamedTuple):
    """A process that has ended."""

    status: int
    out: str
    err: str


def run(folder, *arguments, **variables):
    """Run Python in a folder. Coverage is not measured there: it would count the copy's modules."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**kept, "PYTHONIOENCODING": "utf-8", **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def there(story_built, tmp_path_factory):
    """Build the story anew in another folder, time zone, locale, and with another order of sets.

    Only its pictures are those of the shared build: the renderer makes them of drawings, and knows nothing else.
    """
    folder = story_built.copy(tmp_path_factory.mktemp("there") / "with spaces and é")
    for path in (folder / ".cache" / "figures").iterdir():
        if not is_picture(Cache(path.parent).get(path.name)):
            path.unlink()
    return folder, run(folder, "build.py", TZ="Pacific/Chatham", PYTHONHASHSEED="2", LC_ALL="C", LANGUAGE="de")


@pytest.fixture(scope="module")
def again(story_built, tmp_path_factory):
    """Build an unchanged story again, for the address that it was built for last, from a folder that is not its own."""
    folder = story_built.copy(tmp_path_factory.mktemp("again") / "story")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    return folder, elsewhere, run(elsewhere, folder / "build.py", "build", "--base-url", BASE_URL)


def is_picture(kept):
    return not kept.startswith(b"<svg")


def test_two_runs_give_the_same_bytes(story_built, there):
    """Folder, time zone, locale and the order of sets leave no trace in any file of the site."""
    folder, ran = there
    one, other = files_of(story_built.root), files_of(folder / "site")

    assert (ran.status, ran.err) == (0, "")
    assert sorted(one) == sorted(other)
    assert [address for address in one if one[address] != other[address]] == []


def test_an_unchanged_build_draws_nothing(story_built, again):
    """With the drawings of the cache the same site comes without the renderer."""
    folder, _, ran = again

    assert "drawing" not in ran.out
    assert files_of(folder / "site") == files_of(story_built.repository)


def test_the_build_may_be_started_anywhere(again):
    """The command finds its story beside itself, whatever folder it is started in, and leaves nothing there."""
    _, elsewhere, ran = again

    assert (ran.status, ran.err) == (0, "")
    assert list(elsewhere.iterdir()) == []


def test_a_mistake_ends_with_status_1_and_without_a_traceback(again):
    """The real command line, with the real story spoilt: the mistake is told, and nothing else."""
    folder = shutil.copytree(again[0], again[0].with_name("spoilt"))
    path = folder / "data" / "trade_annual.csv"
    path.write_text(path.read_text("utf-8").replace("240110", "240,110"), "utf-8")

    ran = run(folder, "build.py", "check")

    assert (ran.status, ran.out) == (1, "")
    assert "Traceback" not in ran.err
    assert [line.partition(": ")[0].rpartition(":")[0] for line in ran.err.splitlines()[:1]] == [
        "data/trade_annual.csv"
    ]
