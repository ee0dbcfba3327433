"""What tests of this story share: one cold build of it in each run of the tests,
published twice.
"""

import csv
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import build
from press.binding import Ledger, check_texts
from press.data import Data, load_tables
from press.desk.order import Order, import_story
from press.desk.publish import write_changed_site_files
from press.desk.stages import load_story_and_check_texts
from press.figures.pool import DrawingPool
from press.ground.address import BaseUrl
from press.ground.steps import discard_line
from press.reading import Text
from press.story import CheckedStory, Story

ROOT = Path(__file__).resolve().parents[2]
BASE_URL = "https://example.org/repository"
# the variable that names a folder in which the story was built already
READY = "STORY_BUILT"
PARTS = ("build.py", "press", "story", "content", "data", "editions", "templates")
BASES = {"root": BaseUrl(""), "repository": BaseUrl(BASE_URL)}
PATIENCE = 600  # seconds to wait for the worker that builds, on a busy machine


def read_cells(name: str) -> list[dict[str, str]]:
    """Return the rows of a table as they are written."""
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def import_this_story(_root: Path) -> Story:
    """Return what is Python of this story, also for a copy of it."""
    return import_story(ROOT)


class Built(NamedTuple):
    """A copy of the project with all its drawings, and its site as two publishers have
    it.

    Nobody may change them.
    """

    folder: Path
    root: Path  # the site that knows no base URL
    repository: Path  # the site that was told one: BASE_URL

    def copy(self, folder: Path) -> Path:
        """Return a copy of the project with its drawings, without a site, for a test
        that builds again.
        """
        copy_story(folder, self.folder)
        shutil.copytree(self.folder / ".cache", folder / ".cache")
        return folder


def copy_story(folder: Path, root: Path = ROOT) -> None:
    """Copy everything that a build reads, and nothing that an earlier build left."""
    folder.mkdir(parents=True)
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(
                root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        elif (root / part).exists():
            shutil.copy(root / part, folder / part)


def make_folder_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Let the first process that asks make a folder; every other one waits until it is
    whole, or learns that it failed.

    Making a folder is what no two processes can both do.
    """
    done, failed = (
        folder.with_name(f"{folder.name}.{end}") for end in ("done", "failed")
    )
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not done.exists():
            assert not failed.exists(), (
                f"another worker could not make {folder}: its error says why"
            )
            assert time.monotonic() < deadline, (
                f"{folder} was not made in {PATIENCE} seconds"
            )
            time.sleep(0.05)
        return folder
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return folder


@pytest.fixture(scope="session")
def story_built(tmp_path_factory: pytest.TempPathFactory, pool: DrawingPool) -> Built:
    """Build and publish the story once, whichever worker asks first: the only time that
    all its drawings are made.
    """
    mine = tmp_path_factory.getbasetemp()
    # the folder that all workers of a run have
    shared = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine

    def make(folder: Path) -> None:
        copy_story(folder / "story")
        drawings = folder / "story" / ".cache" / "figures"
        of_both = folder / "drawings"
        for name, base in BASES.items():
            site = dict(
                build.build(
                    Order(folder / "story", base, discard_line, pool, import_this_story)
                )
            )
            write_changed_site_files(site, folder / name, folder)
            # a build drops the pictures that bear another address
            shutil.copytree(drawings, of_both, dirs_exist_ok=True)
        shutil.copytree(of_both, drawings, dirs_exist_ok=True)

    folder = (
        Path(os.environ[READY])
        if READY in os.environ
        else make_folder_once(shared / "built", make)
    )
    return Built(folder / "story", folder / "root", folder / "repository")


@pytest.fixture(scope="session")
def data() -> Data:
    """Return the tables of the story."""
    return load_tables(ROOT / "data", ROOT)


@pytest.fixture(scope="session")
def bound() -> CheckedStory:
    """Hold the story's texts to its tables, once in each worker."""
    return load_story_and_check_texts(ROOT)


@pytest.fixture(scope="session")
def held(bound: CheckedStory) -> Callable[[str], Ledger]:
    """Return a function that holds a text to the tables."""

    def held(value: str) -> Ledger:
        text = Text("page.md", value, 0, 1, value, "text", is_markdown=True)
        return check_texts(bound.texts.language, [("", [text])], bound.facts)

    return held
