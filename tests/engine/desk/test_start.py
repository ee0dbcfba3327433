"""Ctrl-C, whenever it comes: a command ends with a line, and a shell knows why."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from press.desk.start import INTERRUPTED

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = [["build.py"], ["-m", "press", "check"]]
# What a command imports, at the beginning and when it has begun.
IMPORTED = ["click", "jsonschema", "jinja2"]
TWICE = """
import os, signal, sys
import press.ground.guard
from press.desk.start import main

def find_story_line(*_):  # the first has come
    os.kill(os.getpid(), signal.SIGINT)

press.ground.guard.find_story_line = find_story_line
sys.exit(main())
"""


def run(arguments, folder, interrupted_module):
    """Run Python on the project, where a module of another's is interrupted while it is
    imported.
    """
    module = folder / f"{interrupted_module}.py"
    module.write_text(
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", "utf-8"
    )
    paths = [str(folder), str(ROOT)]
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("module", IMPORTED)
def test_ctrl_c_during_imports_ends_a_command_with_a_line(tmp_path, command, module):
    """No traceback, whatever Python was about to import."""
    done = run(command, tmp_path, module)

    assert (done.returncode, done.stdout, done.stderr) == (
        INTERRUPTED,
        "",
        "interrupted\n",
    )


def test_a_second_ctrl_c_ends_a_command_at_once(tmp_path):
    """While the first is being told of, and without a traceback."""
    done = run(["-c", TWICE, "check"], tmp_path, "click")

    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")
