"""``press upgrade``: a newer engine, from where a story says that it comes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import press
from press.ground.errors import ToldError

ENGINE = Path(press.__file__).parent
SAME = {"build.py": "starter/files/build.py.jinja", "requirements.txt": "requirements.txt"}  # the engine's, in a story
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--force-reinstall")


def upgrade(story: Path) -> Iterator[str]:
    """Install the engine that ``engine.txt`` names; yield what in the story is to be looked at, and what was written.

    That are templates in place of pages that have changed. Raises ``ToldError`` where the engine cannot be installed.
    """
    pages = (path.relative_to(story) for path in sorted((story / "templates").rglob("*")) if path.is_file())
    theirs = {page.as_posix(): Path("theme", *page.parts[1:]) for page in pages} | SAME
    before = {name: _body(ENGINE / path) for name, path in theirs.items()}
    builder = ["--no-build-isolation"] if find_spec("hatchling") else []  # a story has it; else pip fetches it
    command = [sys.executable, *PIP, *builder, "-r", "engine.txt"]
    if subprocess.run(command, cwd=story, check=False).returncode:
        raise ToldError(
            "the engine could not be installed", "engine.txt is to name its folder, its wheel or its address"
        )
    for name, path in theirs.items():
        if (after := _body(ENGINE / path)) == before[name]:
            continue
        told = "the engine's has changed: look whether yours is to follow"
        if name in SAME and _body(story / name) == before[name]:
            (story / name).write_bytes(after)
            told = "is the new engine's"
        yield f"{name}: {told}"


def _body(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
