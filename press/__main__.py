"""The command ``press``: ``press new FOLDER`` begins a story; inside a story it does what ``python build.py`` does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from press.desk.teller import refuse

STORY = Path("build.py")  # which each story has


def main() -> int:
    """Do what the command line asks, in the current folder; return the exit status."""
    arguments = sys.argv[1:]
    if not STORY.exists():
        return refuse("this folder has no build.py: it is no story", "begin one: press new FOLDER --table FILE.csv")
    if arguments[:1] == ["facts"]:  # all that may be cited
        arguments[0] = "explain"
    return subprocess.run([sys.executable, str(STORY), *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
