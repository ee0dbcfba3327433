"""Diff: a month more in this story is told, the signal first, whatever the tables say by then."""

import re
import subprocess

import pytest

import build
from press.desk import commands
from press.desk.differences import pages
from tests.story import newer
from tests.story.conftest import this_story

TABLE = "trade_to_month"
GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture(scope="module")
def month(story_built, tmp_path_factory):
    """Return a copy of the project in a repository, whose totals by month have gained a month since the last commit."""
    root = story_built.copy(tmp_path_factory.mktemp("diff") / "story")
    (root / ".gitignore").write_text("/.cache/\n__pycache__/\n", "utf-8")
    for arguments in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "As it is")):
        subprocess.run([*GIT, "-C", root, *arguments], check=True)
    tables = {path.stem: newer.Table(path, root) for path in sorted((root / "data").glob("*.csv"))}
    tables[TABLE].new = newer.RULES.get(TABLE, newer.derived)(tables, TABLE)
    tables[TABLE].write()
    return root


def test_another_day_of_a_change_is_nothing_that_readers_see_otherwise(story_built, bound):
    """What pages and citations say of themselves stands in footers, which change with whatever else does."""
    change = bound.texts.changes.last_of("")
    day = bound.texts.language.date(change.date).encode()
    paths = {path.relative_to(story_built.root).as_posix(): path for path in story_built.root.rglob("*.html")}
    looked = re.compile(bound.texts.language.words["dates_none"].encode() + rb" <time .*?</time>")  # of another day
    site = {address: looked.sub(b"", path.read_bytes()) for address, path in paths.items()}
    later = {address: page.replace(day, b"some day") for address, page in site.items()}
    receipts = {"numbers.html"} if change.figures else set()  # they tell what a change made of their numbers

    told = {address for address in site if site[address] != later[address]}
    charts = {f"charts/{name}" for name in bound.texts.charts}
    there = {page.slug for page in bound.texts.pages} | charts  # others have gone since
    assert told >= {f"{slug}.html" for slug in there.intersection(change.pages or ("index", *charts))}
    assert {address for address, _ in pages(site, later).items} <= {"changes.html"} | receipts


def test_a_month_is_told_whole(month, capsys):
    """Its words, numbers and charts are there; a person is needed."""
    status = commands.run(["diff"], month, build.build, this_story)
    lines = capsys.readouterr().out.splitlines()

    kinds = [line.partition(":")[0] for line in lines[1:-1] if not line.startswith(" ")]
    assert (status, kinds) == (1, ["False now", "Unread now", "Numbers", "Pages"])
    assert lines[0].startswith("What has changed since HEAD (")
    assert any("/latest: " in line for line in lines)
