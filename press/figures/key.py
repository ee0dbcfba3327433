"""What the key of a figure is made of: all that goes into its drawing, and nothing else.

Into a figure go its words, the versions of what draws, the code within reach of its chart function, and the whole of
each table that the function asks for; ``studio`` puts the key together. The code is found here, by following imports
from file to file, those for type checkers too, since they name what a function is handed: so no module can be forgotten
in a list. What a function asks for is noted as it asks.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from press.files import hash_of

ENGINE = Path(__file__).parents[1]
CHARTS = "story.charts"  # where the story's chart functions are imported from
# What reads the tables that chart functions are handed, and what calls them.
DRAWING = ("press.data.loading", "press.figures.studio")
# Calls after which no import says what is run.
UNCLEAR = {"import_module", "__import__", "exec", "eval", "run_path", "run_module"}


_LAST: list[Code] = []  # the code as it was when Python was last to import it


class _Module(NamedTuple):
    """A Python file: its place, its bytes, and whether it is a package's own."""

    place: str
    body: bytes
    package: bool


class Code:
    """The code that may draw: the engine's as this process runs it, the story's as it stands on disk now."""

    def __init__(self, root: Path) -> None:
        """Read the story's files below ``root``."""
        self._modules = {**_engine(), **_modules(root / "story")}
        others = sorted(path for path in (root / "story").rglob("*") if path.is_file() and path.suffix != ".py")
        data = (path for path in others if "__pycache__" not in path.parts and not path.name.startswith("."))
        self._data = [part for path in data for part in (path.relative_to(root).as_posix(), path.read_bytes())]
        self.hash = self._hash(self._modules)  # of all of it

    def of(self, chart: str) -> str:
        """Return a hash of the code within reach of a chart function: of all, where an import leaves that unclear."""
        return self._hash(self.reach(chart))

    def reach(self, chart: str) -> frozenset[str]:
        """Return the modules within reach of a chart function, by full name."""
        homes = list(self._named(CHARTS, chart)) if CHARTS in self._modules else [CHARTS]
        if CHARTS in homes and (CHARTS not in self._modules or self._gathers(CHARTS)):
            return frozenset(self._modules)
        seen = self._within_reach([*DRAWING, *homes])
        return frozenset(self._modules) if self._is_unclear(seen) else seen

    def forget_changed(self) -> None:
        """Have Python import anew what of the story is not as it was when this was asked last, and all that runs it.

        The files themselves are compared: an event of theirs may come late.
        """
        importlib.invalidate_caches()
        for name in self._changed_since(_LAST[0]) if _LAST else ():
            sys.modules.pop(name, None)
            package, _, own = name.rpartition(".")
            if package in sys.modules:
                vars(sys.modules[package]).pop(own, None)
        _LAST[:] = [self]

    def _changed_since(self, before: Code) -> set[str]:
        """Return the modules of the story that have changed, come or gone, and those that run them."""
        names = {*self._modules, *before._modules}
        own = {name for name in names if name.partition(".")[0] == "story"}
        changed = {name for name in names if self._modules.get(name) != before._modules.get(name)}
        if self._data != before._data or (changed and self._is_unclear(self._modules)):
            return own
        return {name for name in own if changed & {name, *self._within_reach([name])}} if changed else set()

    def _within_reach(self, names: Iterable[str]) -> frozenset[str]:
        """Return some modules, and all that run where these are imported."""
        seen, waiting = set[str](), list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen and name in self._modules:
                seen.add(name)
                waiting += self._run_by(name)
        return frozenset(seen)

    def _is_unclear(self, names: Iterable[str]) -> bool:
        """Tell whether one of some modules is the story's and may run code that no import of it names."""
        return any(name.startswith("story") and _is_unclear(self._modules[name].body) for name in names)

    def _run_by(self, name: str) -> list[str]:
        """Return the modules that run where one is imported: those it imports, the packages it lies in."""
        imported = [module for wanted, _ in self._bound(name) for module in self._homes(*wanted)]
        return imported + [above for above in _above(name) if above in self._modules and not self._gathers(above)]

    def _homes(self, module: str, name: str) -> Iterator[str]:
        """Yield where what is imported stands: in a module of that name, else in ``module``; none of other packages."""
        if f"{module}.{name}" in self._modules:
            yield f"{module}.{name}"
        elif module in self._modules:
            yield from self._named(module, name) if self._gathers(module) else [module]

    def _named(self, module: str, name: str) -> Iterator[str]:
        """Yield the modules that a package takes a name from; the package itself where it does not say."""
        found = [home for wanted, own in self._bound(module) if own == name for home in self._homes(*wanted)]
        yield from found or [module]
        if not self._gathers(module):
            yield module

    def _bound(self, name: str) -> list[tuple[tuple[str, str], str]]:
        """Return what a module imports, as module and name, and the name that it gives to it."""
        module = self._modules[name]
        return _bound(module.body, name if module.package else name.rpartition(".")[0])

    def _gathers(self, name: str) -> bool:
        """Tell whether a package holds no code of its own, but only names of its modules."""
        module = self._modules[name]
        return module.package and _gathers(module.body)

    def _hash(self, names: Iterable[str]) -> str:
        modules = sorted(self._modules[name][:2] for name in names)
        return hash_of(*(part for module in modules for part in module), *self._data)


@lru_cache(maxsize=1)
def _engine() -> Mapping[str, _Module]:
    """Return the engine's modules, read once: a file of it that is saved while it runs is not what runs."""
    return _modules(ENGINE)


def _modules(folder: Path) -> dict[str, _Module]:
    """Return the modules below a folder by their full names."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        place = path.relative_to(folder.parent)
        parts = place.with_suffix("").parts
        package = parts[-1] == "__init__"
        found[".".join(parts[:-1] if package else parts)] = _Module(place.as_posix(), path.read_bytes(), package)
    return found


def _above(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


@lru_cache(maxsize=512)
def _tree(body: bytes) -> ast.Module | None:
    """Return a file as Python reads it; ``None`` where it cannot, which is told when the file is imported."""
    try:
        return ast.parse(body)
    except (SyntaxError, ValueError):
        return None


@lru_cache(maxsize=512)
def _bound(body: bytes, package: str) -> list[tuple[tuple[str, str], str]]:
    tree = _tree(body)
    found: list[tuple[tuple[str, str], str]] = []
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            parts = ((*alias.name.rpartition("."), alias.asname or alias.name) for alias in node.names)
            found += [((module, name), own) for module, _, name, own in parts]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            found += [((module, alias.name), alias.asname or alias.name) for alias in node.names]
    return found


@lru_cache(maxsize=512)
def _gathers(body: bytes) -> bool:
    tree = _tree(body)
    return tree is not None and all(map(_only_names, tree.body))


def _only_names(node: ast.stmt) -> bool:
    """Tell whether a statement is an import, ``__all__`` or a docstring."""
    if isinstance(node, ast.Assign):
        return [getattr(target, "id", "") for target in node.targets] == ["__all__"]
    return isinstance(node, ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


@lru_cache(maxsize=512)
def _is_unclear(body: bytes) -> bool:
    """Tell whether a file may run code that no import of it names, or cannot be read at all."""
    tree = _tree(body)
    if tree is None:
        return True
    nodes = list(ast.walk(tree))
    used = {node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in nodes}
    named = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    return not UNCLEAR.isdisjoint(used | named)
