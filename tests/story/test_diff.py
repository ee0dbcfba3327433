"""Diff: a month more in this story is told, the signal first, whatever the tables say
by then.
"""

import subprocess

import pytest

import build
from press.desk import commands
from tests.story import newer
from tests.story.conftest import import_this_story

TABLE = "trade_to_month"
GIT = (
    "git",
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@example.org",
    "-c",
    "commit.gpgsign=false",
)


@pytest.fixture(scope="module")
def month(story_built, tmp_path_factory):
    """Return a copy of the project in a repository, whose totals by month have gained a
    month since the last commit.
    """
    root = story_built.copy(tmp_path_factory.mktemp("diff") / "story")
    (root / ".gitignore").write_text("/.cache/\n__pycache__/\n", "utf-8")
    for arguments in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("commit", "--quiet", "--message", "As it is"),
    ):
        subprocess.run([*GIT, "-C", root, *arguments], check=True)
    tables = {
        path.stem: newer.Table(path, root)
        for path in sorted((root / "data").glob("*.csv"))
    }
    tables[TABLE].new = newer.RULES.get(TABLE, newer.derive_rows)(tables, TABLE)
    tables[TABLE].write()
    return root


def test_a_month_is_told_whole(month, capsys):
    """Its words, numbers and charts are there; a person is needed."""
    status = commands.run_in_story(["diff"], month, build.build, import_this_story)
    lines = capsys.readouterr().out.splitlines()

    kinds = [line.partition(":")[0] for line in lines[1:-2] if not line.startswith(" ")]
    assert (status, kinds) == (1, ["False now", "Unread now", "Numbers", "Pages"])
    assert lines[0].startswith("What has changed since HEAD (")
    assert any("/latest: " in line for line in lines)
