"""The engine is a package: what pip makes of the folder is all that a story needs."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEGIN = (
    "import press, sys; from press.desk.start import main; print(press.__file__);"
    " sys.exit(main())"
)


def test_a_story_begins_and_builds_with_the_package_alone(tmp_path):
    """A wheel of a copy of the folder, unpacked elsewhere, begins a story of its
    sample, whose site it builds.
    """
    shutil.copytree(
        ROOT / "press", tmp_path / "press", ignore=shutil.ignore_patterns("__pycache__")
    )
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "./press",
    ]
    subprocess.run(pip, cwd=tmp_path, check=True)
    shutil.rmtree(tmp_path / "press")
    (wheel,) = tmp_path.glob("press-*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    run = {
        "env": {**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        "capture_output": True,
        "text": True,
    }

    begun = subprocess.run(
        [sys.executable, "-P", "-c", BEGIN, "new", "story"],
        cwd=tmp_path,
        check=False,
        **run,
    )
    built = subprocess.run(
        [sys.executable, "build.py"], cwd=tmp_path / "story", check=False, **run
    )

    assert begun.returncode == 0, begun.stderr
    assert begun.stdout.startswith(str(tmp_path / "installed"))
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "story/site/index.html").exists()
