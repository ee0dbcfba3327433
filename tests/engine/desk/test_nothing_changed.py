"""A build that nothing has changed for: as a process, with the real command line."""

import os
import shutil
import subprocess
import sys

import pytest

from press.ground.record import INPUTS
from tests.engine.previewing import ROOT, make_story
from tests.engine.project import files_in

# Runs the command line and says which files below the project's folder were opened.
WATCHED = """
import atexit, os, runpy, sys
root, opened = os.getcwd(), set()
def heard(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        path = os.path.abspath(arguments[0])
        if path.startswith(root + os.sep):
            opened.add(os.path.relpath(path, root).partition(os.sep)[0])
sys.addaudithook(heard)
atexit.register(lambda: print("opened:", *sorted(opened)))
sys.argv = sys.argv[1:]
sys.path[0] = root
runpy.run_path(sys.argv[0], run_name="__main__")
"""
CHANGED = {
    "a text": lambda root: swap(root / "content/en/index.md", "\n\n", "\n\nA paragraph more.\n\n"),
    "the code of a fact": lambda root: swap(root / "story/facts.py", '"money"', '"money" if year else "share"'),
    "the engine": lambda root: swap(root / "press/pages/templates.py", '.strip() + "\\n"', '.strip() + "\\n\\n"'),
    "no page of the site": lambda root: (root / "site/index.html").unlink(),
    "no cache": lambda root: shutil.rmtree(root / ".cache"),
    "an entry of the cache": lambda root: [
        (path.write_text("{}"), shutil.rmtree(root / "site", ignore_errors=True))
        for path in (root / ".cache/figures").iterdir()
    ],
}
QUICK = {"a text", "the code of a fact", "the engine", "no page of the site", "an entry of the cache"}


def swap(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def run(root, *arguments, **variables):
    """Run the command line of a project, with variables in its environment; pytest's own changes all the time."""
    environment = {**os.environ, **variables}
    environment.pop("PYTEST_CURRENT_TEST", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # authors have not set it
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a story with an engine of its own, which has been built and checked."""
    story = make_story(tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("built") / "story")
    (story.root / "press").unlink()
    shutil.copytree(ROOT / "press", story.root / "press", ignore=shutil.ignore_patterns("__pycache__"))
    for verb in ("build", "check"):
        ran = run(story.root, "build.py", verb)
        assert ran.returncode == 0, ran.stderr
    return story.root.rename(story.root.with_name("built"))


@pytest.fixture
def root(built):
    """Return that story as it was built, where it was built: the record knows its place."""
    here = built.with_name("story")
    shutil.rmtree(here, ignore_errors=True)
    return shutil.copytree(built, here, symlinks=True)


@pytest.mark.parametrize("verb", ["build", "check"])
def test_the_second_time_the_report_is_repeated(root, verb):
    """What the build said of the site still holds; only what it did is another."""
    before = files_in(root / "site")
    again = run(root, "build.py", verb)

    assert (again.returncode, again.stderr) == (0, "")
    assert f"Nothing has changed since the last {verb}: " in again.stdout
    assert "9 files" in again.stdout
    assert files_in(root / "site") == before


def test_a_repeated_build_imports_nothing_of_the_engine(root):
    """Nor any package: it takes the time that Python needs to start, and to read all files once."""
    look = "import atexit, runpy, sys; atexit.register(lambda: print('imported:', *sorted(sys.modules)))\n"
    again = run(
        root, "-c", f"{look}sys.argv = ['build.py']; sys.path[0] = '.'; runpy.run_path('build.py', run_name='__main__')"
    )
    imported = again.stdout.partition("imported: ")[2].split()

    assert [name for name in imported if name.partition(".")[0] in {"press", "jinja2", "babel", "markdown"}] == [
        "press",
        "press.ground",
        "press.ground.record",
        "press.ground.stamp",
    ]


@pytest.mark.parametrize(
    "what", [what if what in QUICK else pytest.param(what, marks=pytest.mark.long) for what in CHANGED]
)
def test_whatever_has_changed_the_site_is_what_a_build_from_nothing_makes(root, what, tmp_path):
    """A byte of each kind of file, of a file of the site, of what the cache holds."""
    CHANGED[what](root)
    again = run(root, "build.py")
    cold = shutil.copytree(root, tmp_path / "cold", ignore=shutil.ignore_patterns("site", ".cache"))
    ran = run(cold, "build.py")

    assert (again.returncode, again.stderr) == (ran.returncode, ran.stderr) == (0, "")
    assert "Nothing has changed" not in again.stdout
    assert files_in(root / "site") == files_in(cold / "site")


def test_code_sees_no_variable_that_does_not_count(root):
    """Those of a terminal vary without a change, so that what it made of one would be stale in the next."""
    facts = root / "story/facts.py"
    text = facts.read_text("utf-8")
    facts.write_text(f'{text}\nimport os\n\nprint("seen:", os.environ.get("LINES"), os.environ["LC_TIME"])\n', "utf-8")

    assert "seen: None C" in run(root, "build.py", "check", LINES="50", LC_TIME="C").stdout


def test_a_build_with_a_mistake_leaves_the_record_of_the_good_one(root):
    """When the mistake is taken back, nothing has changed."""
    swap(root / "content/en/index.md", "\n\n", "\n\nIn 2023 it was $7 billion.\n\n")
    assert run(root, "build.py").returncode == 1
    swap(root / "content/en/index.md", "\n\nIn 2023 it was $7 billion.\n\n", "\n\n")

    assert "Nothing has changed" in run(root, "build.py").stdout


def test_a_build_reads_nothing_but_its_inputs(root):
    """Else the record would not see what has changed."""
    shutil.rmtree(root / ".cache")
    shutil.rmtree(root / "site")
    said = run(root, "-c", WATCHED, "build.py").stdout
    opened = {place for line in said.splitlines() if line.startswith("opened: ") for place in line.split()[1:]}

    assert opened <= {*INPUTS, ".cache", "site"}
    assert {"content", "site"} <= opened


LOADED = """
import importlib.util
spec = importlib.util.spec_from_file_location("said", __file__.replace("checks", "said"))
said = importlib.util.module_from_spec(spec)
spec.loader.exec_module(said)
def check(_data):
    return [said.SAID]
"""


@pytest.mark.parametrize(
    ("verb", "place", "old", "new"),
    [
        ("build", "press/desk/verbs.py", " unchanged, ", " unchamged, "),
        ("check", "press/desk/verbs.py", "Checked in ", "Chocked in "),
        ("check", "story/said.py", "as it was", "as it is!"),
    ],
)
def test_code_that_is_saved_twice_in_one_second_runs_as_it_is_now(root, verb, place, old, new):
    """Python by itself would run what it has compiled before: it looks at second and size."""
    if place == "story/said.py":
        (root / "story/checks.py").write_text(LOADED, "utf-8")
        (root / place).write_text("SAID = 'as it was'\n", "utf-8")
    for path in (root / "press").rglob("*.pyc"):
        path.unlink()
    swap(root / "content/en/index.md", "\n\n", "\n\nA paragraph more.\n\n")
    before, path = run(root, "build.py", verb), root / place
    times = path.stat()
    swap(path, old, new)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = run(root, "build.py", verb)

    assert (before.returncode, path.stat().st_size) == (0, times.st_size)
    assert "Nothing has changed" not in after.stdout
    assert new.strip() in after.stdout


def test_a_module_beside_the_story_is_refused(root):
    """No preview would see what becomes of it."""
    (root / "helper.py").write_text("", "utf-8")
    swap(root / "story/checks.py", "def check", "import helper\n\n\ndef check")
    line = (root / "story/checks.py").read_text("utf-8").splitlines().index("import helper") + 1
    told = "the story's code raises ImportError: helper lies beside story/, expected a module in it, or a package"

    assert run(root, "build.py").stderr.startswith(f"story/checks.py:{line}: {told}\n")


def test_what_the_code_of_the_story_opens_is_part_of_the_record(root):
    """Wherever it lies."""
    place = root.parent / "elsewhere.txt"
    place.write_text("one", "utf-8")
    swap(root / "story/checks.py", "return []", f"return [open({str(place)!r}).read()]")
    assert "one\n" in run(root, "build.py", "check").stdout
    assert "Nothing has changed" in run(root, "build.py", "check").stdout
    place.write_text("two", "utf-8")

    assert "two\n" in run(root, "build.py", "check").stdout
