"""What README promises to those who start a story of their own with this engine."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_a_story_of_one_s_own_is_green_as_readme_starts_it(tmp_path):
    """What README says to keep, and the files that it lays over, are one page, table, chart and bound number."""
    section = README[README.index("## Start your own story") : README.index("## Publish it")]
    deleted = re.search(r"^rm -rf (.*)$", section, re.MULTILINE)[1].split()
    kept = re.search(r"^git checkout (.*?)\ncp ", section, re.DOTALL | re.MULTILINE)[1].replace("\\\n", " ").split()
    for name in kept:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "docs" / "start", tmp_path, dirs_exist_ok=True)
    for name in ("press", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "build.py", tmp_path)

    done = subprocess.run(
        [sys.executable, "build.py", "build"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "3 proved on data, 0 match a cited statement" in done.stdout
    assert {name.partition("/")[0] for name in kept} <= {*deleted}
    assert [len([*tmp_path.glob(files)]) for files in ("content/en/charts/*.md", "data/*.csv")] == [1, 3]
