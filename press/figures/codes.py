"""What code a chart is drawn by: the engine's and the story's, but for the modules of other charts.

So a save of one chart's code draws no other anew. A module of ``story/charts`` counts as its charts' own if no file of
the story but the package itself imports it; whatever else is there may change any chart.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from press.files import hash_of, hash_of_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ENGINE = Path(__file__).parent.parent
PACKAGE = "story.charts"


def hash_of_code(root: Path) -> str:
    """Return a hash of the code that draws: the engine's and the story's."""
    return _hash(root, _files(root))


def hashes_by_chart(root: Path, functions: Mapping[str, Callable[..., object]]) -> dict[str, str]:
    """Return a hash of the code behind each chart function, by its name."""
    files = _files(root)
    own = _own(root, files)
    homes = {name: {file for file in own if _holds(own[file], function)} for name, function in functions.items()}
    # One that stands in no such module may come from any: then all of them count.
    return {
        name: _hash(root, files if not home else [file for file in files if file not in own or file in home])
        for name, home in homes.items()
    }


def _hash(root: Path, files: list[Path]) -> str:
    return hash_of(hash_of_files(ENGINE.rglob("*.py"), ENGINE), hash_of_files(files, root))


def _files(root: Path) -> list[Path]:
    return sorted((root / "story").rglob("*.py"))


def _own(root: Path, files: list[Path]) -> dict[Path, str]:
    """Return the modules that only the package of charts imports: file and name."""
    package = root / "story" / "charts" / "__init__.py"
    wanted = {name for file in files if file != package for name in _imported(file, root)}
    if wanted & {"story", "story.*", PACKAGE, f"{PACKAGE}.*"}:  # what is then used of it stands in no import
        return {}
    modules = {file: f"{PACKAGE}.{file.stem}" for file in files if file.parent == package.parent and file != package}
    return {
        file: name
        for file, name in modules.items()
        if not any(each == name or each.startswith(f"{name}.") for each in wanted)
    }


def _imported(file: Path, root: Path) -> Iterator[str]:
    """Yield what a file imports by full name: ``story.charts.look.finished``."""
    package = file.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _holds(module: str, function: object) -> bool:
    return any(value is function for value in vars(sys.modules.get(module, object)).values())
