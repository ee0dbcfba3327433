"""The stories in press/examples build as they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.project import Project

ROOT = Path(__file__).resolve().parents[2]
PRESS = ROOT / "press"
PROOFS = {"games": 25, "marathon": 22}


def copied(name, folder):
    """Return a copy of an example, with the build.py that every story has."""
    shutil.copytree(PRESS / "examples" / name, folder)
    shutil.copy(ROOT / "build.py", folder)
    return Project(folder)


def built(project):
    """Build a story in a process of its own, as its author does; return what it printed."""
    command = [sys.executable, "build.py", "build"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}"}
    done = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", PROOFS)
def test_an_example_builds(tmp_path, name):
    """Each is a whole story, whose numbers are proved, with a chart and a page of sources."""
    project = copied(name, tmp_path / name)

    assert f"{PROOFS[name]} proved on data, 0 match" in built(project)
    assert {"index.html", "numbers.html", "sources.html"} < project.published().keys()
