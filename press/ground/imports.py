"""The story's code: imported from its sources as they are now, and what each part of it
is made of.

A preview imports all of it again after any save below ``story/``. What was made with it
before is still good where the sources it depends on are the same: ``CodeFingerprints``
has a fingerprint for that.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

from press.ground.files import format_path, hash_parts, read_bytes_anywhere

STORY = "story"  # the package of a story, and the folder that it lies in
# the module of a story that has its charts, or the package with a module for some of
# them each
CHARTS = "charts"
CHARTS_FOLDER = f"{STORY}/{CHARTS}/"
FilesByPath = Mapping[str, bytes]  # the files below ``story/``, by their paths


@dataclass(frozen=True)
class CodeFingerprints:
    """Fingerprints of a story's code.

    ``shared`` is of all files that anything may depend on: all but the modules of
    charts that only modules of charts import. In ``charts`` each of these has, by path,
    one of itself and of those that it imports; ``whole`` is of all files.
    """

    shared: str
    charts: Mapping[str, str]
    whole: str

    def fingerprint_chart_and_shared_code(self, module_path: str) -> str:
        """Return a fingerprint of all that a chart may depend on whose function stands
        in a file.

        Where that is no module of charts alone, as with a function that another one
        makes, it is of the whole story.
        """
        if module_path in self.charts:
            return hash_parts(self.shared, self.charts[module_path])
        return self.whole

    @classmethod
    def from_sources(cls, sources: FilesByPath) -> CodeFingerprints:
        """Return the fingerprints of some files."""
        imported = _collect_imports_of_unshared_charts(sources)
        own = {
            path: _hash_sources({name: sources[name] for name in sorted(names)})
            for path, names in imported.items()
        }
        others = {path: body for path, body in sources.items() if path not in own}
        return cls(_hash_sources(others), own, _hash_sources(sources))


def prepare_fresh_story_import(root: Path) -> None:
    """Forget the modules of any story, and let Python find those below ``root``, as
    their sources are now.
    """
    sys.meta_path[:] = [
        finder for finder in sys.meta_path if not isinstance(finder, _StoryFinder)
    ]
    sys.meta_path.insert(0, _StoryFinder(root))
    for name in [name for name in sys.modules if name.partition(".")[0] == STORY]:
        del sys.modules[name]
    importlib.invalidate_caches()  # which know the files of a folder by its time


def read_story_files(root: Path) -> FilesByPath:
    """Return what the files below ``story/`` hold, by their paths, but what Python has
    compiled and hidden files.

    Raises ``BuildError`` for what is no file that can be read.
    """
    paths = sorted(path for path in (root / STORY).rglob("*") if not path.is_dir())
    visible = (
        path
        for path in paths
        if "__pycache__" not in path.parts and not path.name.startswith(".")
    )
    return {
        format_path(path, root): read_bytes_anywhere(path, root) for path in visible
    }


class _StoryFinder(MetaPathFinder):
    """Finds the package ``story`` of one project, wherever else another may be."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def find_spec(
        self, name: str, path: object, _target: object = None
    ) -> ModuleSpec | None:
        """Return where a module of the story is; of any other nothing, which leaves it
        to Python.
        """
        if name.partition(".")[0] != STORY:
            return None
        spec = PathFinder.find_spec(name, [str(self._root)] if name == STORY else path)  # type: ignore[arg-type]
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _SourceLoader(name, spec.loader.path)
        return spec


class _SourceLoader(SourceFileLoader):
    """Compiles a module from its source each time.

    By itself Python takes what it compiled before where second and size of the source
    are the same, which two saves may have in common.
    """

    def get_code(self, fullname: str) -> CodeType:
        """Return the compiled source."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def _hash_sources(sources: FilesByPath) -> str:
    """Return a hash of files and their paths."""
    parts = list[str | bytes]()
    for path, body in sources.items():
        parts += (path, body)
    return hash_parts(*parts)


def _collect_imports_of_unshared_charts(sources: FilesByPath) -> dict[str, set[str]]:
    """Return, by the path of each module of charts on which no other code of the story
    depends, the paths of itself and of all modules that it imports, directly or not.

    None where a module imports the package of charts: it may use any of them.
    """
    imports = {
        path: set(_yield_last_parts_of_imports(body))
        for path, body in sources.items()
        if path.endswith(".py") and path != f"{CHARTS_FOLDER}__init__.py"
    }
    if any(CHARTS in names for names in imports.values()):
        return {}
    charts = {Path(path).stem: path for path in filter(_is_chart_module, sources)}
    direct = {
        path: {charts[name] for name in names & charts.keys()}
        for path, names in imports.items()
    }
    reached = {path: _collect_reachable(path, direct) for path in direct}
    elsewhere = direct.keys() - charts.values()
    shared = set[str]().union(*(reached[path] for path in elsewhere))
    return {path: reached[path] for path in charts.values() if path not in shared}


def _collect_reachable(
    path: str, imported_by_path: Mapping[str, Collection[str]]
) -> set[str]:
    """Return a path, and all paths that its module imports, directly or not."""
    reached = set[str]()
    ahead = [path]
    while ahead:
        module = ahead.pop()
        if module not in reached:
            reached.add(module)
            ahead.extend(imported_by_path[module])
    return reached


def _is_chart_module(path: str) -> bool:
    """Tell whether a file is a module of charts, and no package."""
    if path == f"{STORY}/{CHARTS}.py":
        return True
    is_inside = path.startswith(CHARTS_FOLDER) and path.endswith(".py")
    return is_inside and not path.endswith("/__init__.py")


def _yield_last_parts_of_imports(source: bytes) -> Iterator[str]:
    """Yield the last part of each name that a module imports, and of each module that
    it imports from.

    A module that is no Python imports nothing: it cannot be imported itself.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.rpartition(".")[2] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").rpartition(".")[2]
            yield from (alias.name for alias in node.names)
