"""The story's code, imported as its files are now: what runs is never older than what was saved.

What Python has compiled is told by a hash of its source (``compile_by_hash``). A process that builds again and again
imports anew what has changed, and what imports that; all of it where code may depend on what no import tells, or has
read a file that is another now.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import resolve_name
from pathlib import Path

from press.ground.files import bytes_anywhere
from press.ground.guard import NOTING
from press.ground.stamp import compile_by_hash, stamp

STORY, EVERY = "story", "*"
# After these no import says what code depends on: what runs text or files, or looks into modules; at the beginning
# of a line what does something to another module, or registers; anywhere a value that is given an attribute.
LOOKS = "__(?:builtins|dict|import)__|builtins|delattr|environ|eval|exec|getattr|globals|importlib|modules|setattr|vars"
READS = r"open(?=\()|read_(?:bytes|text)|run_(?:module|path)"
UNCLEAR = re.compile(rf"\b(?:{LOOKS}|{READS})\b|^(?:@|\w+[.(]\S)|^\s*(?:\w+\.)+\w+\s*=(?!=)".encode(), re.MULTILINE)


class _Known:
    """What is known of the story; as a finder it refuses modules beside it, which no preview would look at."""

    root = Path()
    files: Mapping[Path, tuple[tuple[int, ...], bytes]] = {}  # of the story when this was asked last: stamp and content

    @classmethod
    def find_spec(cls, name: str, path: object, _target: object = None) -> ModuleSpec | None:
        """Find the story itself; raise ``ImportError`` for such a module; any other is left to Python."""
        if name == STORY:  # wherever else one may be
            return PathFinder.find_spec(name, [str(cls.root)])
        spec = PathFinder.find_spec(name) if path is None and NOTING.calls else None
        places = (spec.origin or "", *(spec.submodule_search_locations or ())) if spec else ()
        if cls.root in {Path(place).parent for place in places}:
            raise ImportError(f"{name} lies beside {STORY}/, expected a module in it, or a package")
        return None


def forget_changed(root: Path) -> None:
    """Have Python import anew what of the story below ``root`` is not as it was imported, and all that imports it.

    All of it, where a file has changed that is no module of its, or where a module may run what no import names.
    """
    if _Known not in sys.meta_path:
        sys.meta_path.insert(0, _Known)
    _Known.root = root
    importlib.invalidate_caches()  # which know the files of a folder by its time
    compile_by_hash(root / STORY)
    for name in _changed(root / STORY):
        sys.modules.pop(name, None)
        package, _, own = name.rpartition(".")
        if package in sys.modules:
            vars(sys.modules[package]).pop(own, None)


def _changed(folder: Path) -> set[str]:
    """Return the modules that are to be imported anew."""
    paths = (path for path in folder.rglob("*") if not path.is_dir() and "__pycache__" not in path.parts)
    now = {path: (stamp(path), bytes_anywhere(path, folder.parent)) for path in paths if not path.name.startswith(".")}
    before, _Known.files = _Known.files, now
    files = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)} if before else set()
    files |= {Path(path) for path, was in NOTING.opened.items() if stamp(path) != was}
    NOTING.opened = {path: was for path, was in NOTING.opened.items() if Path(path) not in files}
    if not files:
        return set()
    loaded = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == STORY}
    modules = {name: Path(module.__file__) for name, module in loaded.items() if module.__file__}
    found = {name for name, path in modules.items() if path in files}
    is_unclear = any(UNCLEAR.search(body) for path, (_, body) in before.items() if path.suffix == ".py")
    return set(modules) if len(found) < len(files) or (found and is_unclear) else _reached(found, modules)


def _reached(changed: set[str], modules: Mapping[str, Path]) -> set[str]:
    """Return some modules, those in packages among them, and all that import one of these, at any distance."""
    found = {name for name in modules if any(f"{name}.".startswith(f"{other}.") for other in changed)}
    while more := {name for name in modules.keys() - found if not found.isdisjoint(_homes(name, modules))}:
        found |= more
    return found


def _homes(name: str, modules: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules that one imports from."""
    for wanted in _names_in(modules[name].read_bytes(), sys.modules[name].__package__ or ""):
        while wanted not in {*modules, EVERY, ""}:
            wanted = wanted.rpartition(".")[0]  # noqa: PLW2901 - from a name to what it is taken from
        yield from modules if wanted == EVERY else [wanted]


@lru_cache
def _names_in(source: bytes, package: str) -> frozenset[str]:
    """Return what is imported anywhere in a module: each module, and each name with the module that it is taken from.

    What lies below a package that is imported by its own name may be used as well: that is told as ``EVERY``.
    """
    found = set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            ours = (alias for alias in node.names if alias.name.split(".")[0] == STORY)
            found.update(alias.name if alias.asname else EVERY for alias in ours)
        elif isinstance(node, ast.ImportFrom):
            home = resolve_name("." * node.level + (node.module or ""), package)
            found.update((home, *(f"{home}.{alias.name}" for alias in node.names)))
    return frozenset(found)
