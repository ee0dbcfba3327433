"""The command line in a folder: help anywhere; in a story its build.py, which is the
engine's or refused.
"""

import os
import re
import subprocess
import sys

import pytest

from press.desk import commands
from press.desk.build_file import load_required_build_function
from tests.engine.previewing import ROOT, make_story

ENGINE = (ROOT / "build.py").read_text("utf-8")
# What stands in a build.py, and what is said of it.
REFUSED = {
    "is missing": (None, "build.py:1: found no such file, expected one"),
    "is empty": (
        "",
        (
            "build.py:1: found an empty file, expected the engine's, which defines"
            " build(order)"
        ),
    ),
    "has spaces alone": (
        " \n\n",
        "build.py:1: found an empty file, expected the engine's",
    ),
    "is another's": (
        "import sys\n",
        "build.py:1: found no such function, expected the engine's",
    ),
    "has another function": (
        "def build(a, b):\n    pass\n",
        "build.py:1: found no such function, expected the engine's",
    ),
    "has no function": (
        "build = 5\n",
        "build.py:1: found no such function, expected the engine's",
    ),
    "is no Python": (
        "import sys\ndef build(order)\n",
        "build.py:2: build.py raises SyntaxError: expected ':'",
    ),
    "is of an older engine": (
        "import sys\nfrom press.ground.record import begin\n",
        (
            "build.py:2: build.py raises ModuleNotFoundError: No module named"
            " 'press.ground.record'"
        ),
    ),
    "ends the process": (
        "import sys\nsys.exit(0)\n",
        "build.py:2: build.py raises SystemExit: 0",
    ),
    "is no text": (b"\xff", "build.py:1: found byte 0xff, expected UTF-8"),
}
VERBS = (
    "build",
    "check",
    "preview",
    "fix",
    "read",
    "import",
    "record",
    "diff",
    "edition",
    "explain",
    "facts",
    "describe",
    "new",
    "upgrade",
)


@pytest.fixture
def press(tmp_path, monkeypatch, capfd):
    """Return a function that runs ``press`` in a folder of its own; it gives the exit
    status, and both outputs.
    """
    monkeypatch.chdir(tmp_path)

    def press(*arguments):
        monkeypatch.setattr(sys, "argv", ["press", *arguments])
        return commands.run_in_current_folder(), *capfd.readouterr()

    return press


def as_module(*arguments, cwd):
    """Run ``python -m press`` in a folder, as if the engine were installed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "press", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_help_lists_every_verb_in_any_folder(press):
    """Also in one that is no story."""
    status, out, err = press("--help")

    assert (status, err) == (0, "")
    assert re.findall(
        r"^  (\w+)  ", out.partition("Commands:")[2], re.MULTILINE
    ) == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_in_any_folder(press, verb):
    """Its options, and what it does."""
    status, out, err = press(verb, "--help")

    assert (status, err) == (0, "")
    assert out.startswith(f"Usage: press {verb} ")


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("verb", ["check", "import", "fix"])
def test_a_build_that_is_not_the_engines_is_refused(press, tmp_path, what, verb):
    """With what was found and expected, and what writes it anew: no verb goes on, or
    ends well.
    """
    text, told = REFUSED[what]
    if text is not None:
        (tmp_path / "build.py").write_bytes(
            text if isinstance(text, bytes) else text.encode()
        )

    status, out, err = press(verb)

    assert (status, out) == (1, "")
    assert err.startswith(told)
    assert "\n    hint: press upgrade writes it into the folder of a story; " in err
    assert err.endswith("\n\n1 problem.\n")


def test_the_build_of_the_engine_is_loaded(tmp_path):
    """It is run in this process, and nothing else of it is."""
    (tmp_path / "build.py").write_text(ENGINE, "utf-8")

    build = load_required_build_function(tmp_path)

    assert build.__name__ == "build"
    assert build.__code__.co_filename == str(tmp_path / "build.py")


def test_a_build_that_makes_no_page_is_refused(press, tmp_path):
    """A site of nothing would take the place of the one that is there."""
    (tmp_path / "build.py").write_text(
        "def build(order):\n    return iter(())\n", "utf-8"
    )

    status, out, err = press("build")

    assert (status, out, [path.name for path in tmp_path.glob("site")]) == (1, "", [])
    assert err.startswith(
        "build.py:1: found a function build that makes no page, expected the engine's\n"
        "    hint: "
    )


def test_the_module_is_the_same_command_line(tmp_path, tmp_path_factory):
    """``python -m press VERB`` does in a story what its build.py does, which builds
    where no verb is given.
    """
    story = make_story(tmp_path_factory.getbasetemp(), tmp_path / "story")

    checked = as_module("check", cwd=story.root)
    unknown = as_module("chek", cwd=story.root)
    own = subprocess.run(
        [sys.executable, "build.py"],
        cwd=story.root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.splitlines()[-1].startswith("Checked in ")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert own.stdout.splitlines()[-1].startswith("site/: 9 written, ")


IMPORTED = """
import runpy, sys
before = [*sys.path]
made = runpy.run_path("build.py", run_name="__mp_main__")
assert callable(made["build"]) and sys.path == before
print(*sys.modules)
"""


def test_a_process_that_multiprocessing_starts_imports_build_and_does_nothing():
    """It has another name then: nothing is built, no path is changed, and nothing is
    imported that takes long.
    """
    command = [sys.executable, "-c", IMPORTED]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    heavy = ("press.desk.commands", "press.data", "click", "altair", "pandas", "jinja2")
    assert [name for name in done.stdout.split() if name.startswith(heavy)] == []


@pytest.mark.parametrize("verb", ["check", "import", "fix"])
def test_a_folder_that_cannot_be_read_is_told(press, tmp_path, monkeypatch, verb):
    """Whatever lies in it: it would seem to be empty."""
    (tmp_path / "build.py").write_text(ENGINE, "utf-8")
    (tmp_path / "content/en").mkdir(parents=True)
    (tmp_path / "story").mkdir()
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith(("en", "story")):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)

    status, out, err = press(verb)

    assert (status, out) == (1, "")
    assert (
        err == "content/en:1: found a folder that cannot be read: Permission"
        " denied\nstory:1: found a folder that cannot be read: Permission"
        " denied\n\n2 problems.\n"
    )
