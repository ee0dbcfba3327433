"""The record of the last good build: it is repeated where nothing has changed, and nowhere else."""

import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from press.ground import record
from press.ground.record import Record

BUILD, CHECK = ["build"], ["check"]
SITE = {"index.html": b"<p>"}
FILES = {
    "build.py": "run()\n",
    "content/en/index.md": "Text.\n",
    "content/site.toml": 'name = "A"\n',
    "data/trade.csv": "a,b\n1,2\n",
    "editions/one/index.html": "<p>Then.\n",
    "press/pages/page.py": "CODE = 1\n",
    "press/languages/en.toml": "a = 1\n",
    "story/facts.py": "CODE = 1\n",
    "story/words.txt": "words\n",
    "templates/page.html": "<p>\n",
    "templates/static/site.css": "p {}\n",
}


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def write_later(path, text):
    """Write a file so that it is seen to be written from now on: the clock of files may be some milliseconds late."""
    now = time.time_ns()
    while not path.exists() or path.stat().st_ctime_ns <= now:
        write(path, text)


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a project whose build and check have been recorded, with one package to import."""
    for place, text in FILES.items():
        write(tmp_path / "story" / place, text)
    (tmp_path / "site-packages" / "tool-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "site-packages")])
    monkeypatch.setattr(record, "UNSEEN", {*record.UNSEEN, "PYTEST_CURRENT_TEST"})
    root = tmp_path / "story"
    write(root / "site/index.html", "<p>")
    for arguments in (BUILD, CHECK):
        Record(root, arguments).keep([f"{arguments[0]}: good"], SITE if arguments is BUILD else {}, [])
    return root


@pytest.mark.parametrize("folder", ["content", "data", "editions", "press", "story", "templates"])
def test_files_and_folders_that_come_go_or_move_count(root, folder):
    """A file more, a file less, another name; an empty folder, too."""
    path = next(path for path in sorted((root / folder).rglob("*")) if path.is_file())
    (root / folder / "new").mkdir()
    assert not Record(root, BUILD).repeat()
    (root / folder / "new").rmdir()
    path.rename(path.with_name("moved"))
    assert not Record(root, BUILD).repeat()
    path.with_name("moved").rename(path)
    assert Record(root, BUILD).repeat()
    path.unlink()
    assert not Record(root, BUILD).repeat()


@pytest.mark.parametrize("place", [".cache/build.json", "site/index.html"])
def test_nobody_waits_for_a_pipe_in_the_place_of_a_file(root, place):
    """It is another than it was."""
    (root / place).unlink()
    os.mkfifo(root / place)

    assert not Record(root, BUILD).repeat()


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--base-url", "https://example.org"],
        ["build", "--limit", "5"],
        ["check", "--strict"],
        ["preview"],
        ["fix"],
    ],
    ids=" ".join,
)
def test_other_arguments_are_another_build(root, arguments):
    """Verbs that do something each time have no record at all."""
    assert not Record(root, arguments).repeat()


@pytest.mark.parametrize("name", ["LC_ALL", "TZ", "PYTHONHASHSEED", "ANYTHING_ELSE"])
def test_a_variable_counts(root, monkeypatch, name):
    """Whether packages read it or the story's code; but those that another terminal has do not."""
    monkeypatch.setenv("SHLVL", "99")
    assert Record(root, BUILD).repeat()
    monkeypatch.setenv(name, "1")

    assert not Record(root, BUILD).repeat()


def test_what_a_build_sets_in_its_environment_is_no_input(root, monkeypatch):
    """Packages do so while they are imported."""
    begun = Record(root, BUILD)
    monkeypatch.setenv("SET_BY_A_PACKAGE", "1")
    begun.keep(["build: good"], SITE, [])
    monkeypatch.delenv("SET_BY_A_PACKAGE")

    assert Record(root, BUILD).repeat()


def test_another_version_of_python_or_of_a_package_counts(root, monkeypatch):
    """An update builds anew."""
    packages = root.parent / "site-packages"
    with monkeypatch.context() as patched:
        patched.setattr(sys, "version", "4.0")
        assert not Record(root, BUILD).repeat()
    assert Record(root, BUILD).repeat()
    (packages / "tool-1.0.dist-info").rename(packages / "tool-1.1.dist-info")
    assert not Record(root, BUILD).repeat()


@pytest.mark.parametrize("last", ['name = "B"\n', FILES["content/site.toml"]], ids=["another", "as it was"])
def test_an_input_that_is_saved_during_the_build_is_not_recorded(root, last):
    """Nobody knows whether the build read it before or after."""
    (root / ".cache/build.json").unlink()
    begun = Record(root, BUILD)
    for text in ('name = "B"\n', last):
        write_later(root / "content/site.toml", text)
    begun.keep(["build: good"], SITE, [])

    assert not (root / ".cache/build.json").exists()


def test_an_input_that_is_gone_during_the_build_is_not_recorded(root):
    """It may come back as it was."""
    (root / ".cache/build.json").unlink()
    begun = Record(root, BUILD)
    (root / "content/site.toml").unlink()
    begun.keep(["build: good"], SITE, [])

    assert not (root / ".cache/build.json").exists()


def test_an_input_that_cannot_be_read_is_left_to_the_build(root, monkeypatch):
    """The build says what is wrong with it."""
    monkeypatch.setattr(record, "INPUTS", ("content", "gone"))
    monkeypatch.setattr(record, "_within", lambda place: [place / "gone"] if place.name == "gone" else iter(()))
    monkeypatch.setattr("pathlib.Path.is_file", lambda _path: True)

    assert not Record(root, BUILD).repeat()


def test_a_file_of_the_site_that_is_not_as_it_was_written_is_written_anew(root):
    """Also one that was altered before the record was kept."""
    write(root / "site/index.html", "[]")
    Record(root, BUILD).keep(["build: good"], SITE, [])

    assert not Record(root, BUILD).repeat()
    assert Record(root, CHECK).repeat()


@pytest.mark.parametrize("change", [lambda path: write(path, "2"), Path.unlink], ids=["another", "none"])
@pytest.mark.parametrize("place", ["site-packages/tool.py", "elsewhere.txt"])
def test_what_else_a_build_has_read_counts(root, monkeypatch, place, change):
    """A module of a package, and a file that the story's code has opened; neither where it is saved meanwhile."""
    path = root.parent / place
    write(path, "1")
    monkeypatch.setitem(sys.modules, "tool", SimpleNamespace(__file__=str(path) if path.suffix == ".py" else None))
    opened = [] if path.suffix == ".py" else [str(path)]
    Record(root, BUILD).keep(["build: good"], SITE, opened)
    assert Record(root, BUILD).repeat()
    change(path)
    assert not Record(root, BUILD).repeat()
    begun = Record(root, BUILD)
    write_later(path, "3")
    begun.keep(["build: good"], SITE, opened)

    assert not Record(root, BUILD).repeat()


def test_a_module_beside_the_inputs_counts(root):
    """It may take the place of a package."""
    write(root / "yaml.py", "")

    assert not Record(root, BUILD).repeat()
