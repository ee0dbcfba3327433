"""The story's code, imported as its files are now: what runs is never older than what was saved.

Python takes compiled code for a file's by its second and size, and of two saves in one second misses one: so none of
the story's is kept. A process that builds again and again imports anew what has changed, and what imports that.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import resolve_name
from pathlib import Path
from types import CodeType, ModuleType

STORY, EVERY = "story", "*"
# Calls after which no import says what is run.
UNCLEAR = re.compile(rb"\b(?:import_module|__import__|exec|eval|run_path|run_module|spec_from_file_location)\b")


class _Imported:
    """A module that was imported: its file, and the source that was compiled."""

    def __init__(self, path: Path, source: bytes, package: str) -> None:
        self.path, self.source, self._package = path, source, package

    @cached_property
    def names(self) -> frozenset[str]:
        """The modules that it imports, anywhere in it, and the names that it takes from them, by their full names."""
        return frozenset(_names_in(ast.parse(self.source), self._package))


_IMPORTED: dict[str, _Imported] = {}  # the story's modules by full name
_LAST: dict[Path, bytes] = {}  # the story's files as they were when this was asked last


class _Loader(SourceFileLoader):
    """Compiles a module each time that it is imported, and notes from what."""

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of a module, from its source."""
        source = self.get_data(self.path)
        code = self.source_to_code(source, self.path)
        package = fullname if self.is_package(fullname) else fullname.rpartition(".")[0]
        _IMPORTED[fullname] = _Imported(Path(self.path), source, package)
        return code


class _Finder:
    """Finds the story's modules where Python does."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return where a module of the story is; of another, nothing."""
        if name.partition(".")[0] != STORY:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def forget_changed(root: Path) -> None:
    """Have Python import anew what of the story below ``root`` is not as it was imported, and all that imports it.

    All of it, where a file has changed that is no module of its, or where a module may run what no import names.
    """
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)
    importlib.invalidate_caches()  # which know the files of a folder by its time
    for name in _changed(_files(root / STORY)):
        del _IMPORTED[name]
        sys.modules.pop(name, None)
        package, _, own = name.rpartition(".")
        if package in sys.modules:
            vars(sys.modules[package]).pop(own, None)


def _files(folder: Path) -> dict[Path, bytes]:
    """Return the files of the story, but for what Python and editors leave beside them."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path: path.read_bytes() for path in paths if not path.name.startswith(".")}


def _changed(now: Mapping[Path, bytes]) -> set[str]:
    """Return the modules that are to be imported anew, now that the story's files are these."""
    before = _LAST | {module.path: module.source for module in _IMPORTED.values()}
    _LAST.clear()
    _LAST.update(now)
    files = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
    found = {name for name, module in _IMPORTED.items() if module.path in files}
    is_unclear = any(UNCLEAR.search(module.source) for module in _IMPORTED.values())
    return set(_IMPORTED) if len(found) < len(files) or (found and is_unclear) else _reached(found)


def _reached(changed: set[str]) -> set[str]:
    """Return some modules, those in packages among them, and all that import one of these, at any distance."""
    found = {name for name in _IMPORTED if any(f"{name}.".startswith(f"{other}.") for other in changed)}
    while more := {name for name in _IMPORTED.keys() - found if not found.isdisjoint(_homes(name))}:
        found |= more
    return found


def _homes(name: str) -> Iterator[str]:
    """Yield the modules that one imports from."""
    for wanted in _IMPORTED[name].names:
        while wanted not in {*_IMPORTED, EVERY, ""}:
            wanted = wanted.rpartition(".")[0]  # noqa: PLW2901 - from a name to what it is taken from
        yield from _IMPORTED if wanted == EVERY else [wanted]


def _names_in(tree: ast.AST, package: str) -> Iterator[str]:
    """Yield what is imported anywhere in a module: each module, and each name with the module that it is taken from.

    What lies below a package that is imported by its own name may be used as well: that is told as ``EVERY``.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (
                alias.name if alias.asname else EVERY for alias in node.names if alias.name.split(".")[0] == STORY
            )
        elif isinstance(node, ast.ImportFrom):
            home = resolve_name("." * node.level + (node.module or ""), package)
            yield from (home, *(f"{home}.{alias.name}" for alias in node.names))
