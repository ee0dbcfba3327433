"""The file build.py of a story, which puts the stages in order: it is the engine's, the
same in every story.
"""

from __future__ import annotations

import inspect
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from press.desk.order import BuildFunction
from press.ground.errors import BuildError
from press.ground.files import read_bytes_anywhere, read_text
from press.ground.guard import blame_innermost_line

NAME = "build.py"
FUNCTION = "build"
PARAMETERS = ["order"]
EXPECTED = "expected the engine's, which defines build(order)"
HINT = (
    "press upgrade writes it into the folder of a story; a new story begins with: press"
    " new FOLDER"
)


def load_required_build_function(root: Path) -> BuildFunction:
    """Import the build.py of the story in ``root``, and return its function ``build``.

    Raises ``BuildError`` where it is missing, cannot be read, is empty or is not the
    engine's: a command that went on would end well and have done nothing.
    """
    try:
        build = _import_build_function(root / NAME, root)
    except BuildError as error:
        raise BuildError(
            replace(problem, hint=HINT) for problem in error.problems
        ) from error
    return build


def _import_build_function(path: Path, root: Path) -> BuildFunction:
    """Return the function ``build`` of a file.

    Raises ``BuildError`` at its line, without a hint.
    """
    if not read_text(path, root, read_bytes_anywhere).strip():
        raise BuildError.at(NAME, 1, f"found an empty file, {EXPECTED}")
    found: Any = None
    spec = spec_from_file_location(FUNCTION, path)
    if spec and spec.loader:
        module = module_from_spec(spec)
        with blame_innermost_line([path], root, NAME, (NAME, 1)):
            spec.loader.exec_module(module)
        found = getattr(module, FUNCTION, None)
    if (
        not inspect.isfunction(found)
        or [*inspect.signature(found).parameters] != PARAMETERS
    ):
        raise BuildError.at(NAME, 1, f"found no such function, {EXPECTED}")
    build: BuildFunction = found
    return build
