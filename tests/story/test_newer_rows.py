"""Next month: when every table has gained plausible rows the story still builds, and
its tests still hold.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import build
from press.desk import commands
from press.desk.order import Order
from press.desk.publish import write_changed_site_files
from press.desk.stages import draw, load, load_story_and_check_texts
from press.ground.errors import BuildError
from press.ground.steps import discard_line
from tests.story import newer
from tests.story.conftest import BASES, READY, import_this_story

ROOT = Path(__file__).resolve().parents[2]
# What looks at rows as they stand. Others make rows of their own, or none, open pages,
# or build the story once more.
LOOKING = (
    "article",
    "dates",
    "descriptions",
    "facts",
    "sentences",
    "story",
    "timeline",
)
ROUNDS = 4  # of edits that lead to others
pytestmark = pytest.mark.long  # a second story is built, and tested whole
PATIENCE = 600  # seconds for what takes twenty, on a busy machine


@pytest.fixture(scope="module")
def grown(story_built, tmp_path_factory, pool):
    """Copy the project, with the drawings that it has; let its tables grow; edit the
    texts until the build is green.
    """
    folder = tmp_path_factory.mktemp("grown")
    root = story_built.copy(folder / "story")
    entries = load_story_and_check_texts(root, import_this_story).ledger.checked_links
    former = {
        entry.link.target: entry.target_with_newest_time
        for entry in entries
        if entry.proof.time_for_latest
    }
    tables = newer.add_rows(root)
    newer.add_sections(root, tables)
    commands.run_in_story(["fix"], root, build.build, import_this_story)
    for _ in range(ROUNDS):
        try:
            site = dict(
                build.build(
                    Order(
                        root, BASES["repository"], discard_line, pool, import_this_story
                    )
                )
            )
        except BuildError as error:
            newer.edit_as_build_expects(root, error.problems, former)
        else:
            drawn = {
                address: file
                for address, file in site.items()
                if not address.endswith(".png")
            }
            write_changed_site_files(drawn, folder / "repository", folder)
            # what is asked of it is the same in both
            (folder / "root").symlink_to("repository")
            return root, tables
    pytest.fail(f"the copy is not green after {ROUNDS} rounds of edits")


def test_every_table_gains_rows(grown):
    """No table is left out but those of which ``RULES`` says why: each has newer rows,
    and they are in the build.
    """
    root, tables = grown
    closed = {name for name, rule in newer.RULES.items() if rule is newer.make_no_rows}

    assert {name for name, table in tables.items() if not table.new} == closed
    assert {path.stem for path in root.glob("data/*.csv")} == tables.keys()


def test_newer_rows_add_no_column_to_the_file_of_a_chart(
    grown, story_built, tmp_path, pool
):
    """Who reads the CSV of a chart each month finds the columns that are known, and in
    January, too.
    """
    root = shutil.copytree(grown[0], tmp_path / "story", symlinks=True)
    next_year = f"{int(newest_month(root)[:4]) + 1}"
    while newest_month(root) < next_year:
        newer.add_rows(root)
    order = Order(root, BASES["repository"], discard_line, pool, import_this_story)

    loaded = load(order)

    figures = list(draw(order, loaded).figures)

    loaded.problems.stop_if_any()
    files = {
        figure.name: story_built.repository / "charts" / f"{figure.name}.csv"
        for figure in figures
    }
    before = {name: file.read_text("utf-8-sig") for name, file in files.items()}
    after = {figure.name: figure.table.format_as_long_csv() for figure in figures}
    assert {name: text.split("\n")[0] for name, text in after.items()} == {
        name: text.split("\n")[0] for name, text in before.items()
    }
    assert f"\ntotal_usd_billion,{next_year}," in after["race_to_200bn"]


def newest_month(root):
    """Return the newest month of the months' table."""
    text = (root / "data" / "trade_to_month.csv").read_text("utf-8")
    return max(line[:7] for line in text.splitlines()[1:])


def test_the_tests_of_the_story_hold_on_newer_rows(grown):
    """Not one of them pins what the newest month, year, price or page is, or how many
    rows there are.
    """
    root, _ = grown
    shutil.copytree(
        ROOT / "tests",
        root / "tests",
        ignore=shutil.ignore_patterns("engine", "__pycache__"),
    )
    for name in ("CITATION.cff", "pyproject.toml", "tools"):  # which the tests use
        (root / name).symlink_to(ROOT / name)
    files = [f"tests/story/test_{name}.py" for name in LOOKING]
    command = [sys.executable, "-m", "pytest", *files, "-q", "-p", "no:cacheprovider"]
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COV", "PYTEST"))
    }

    ran = subprocess.run(
        [*command, "--basetemp", root.parent / "tmp"],
        cwd=root,
        env={**kept, READY: str(root.parent)},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
