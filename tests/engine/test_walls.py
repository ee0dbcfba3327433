"""The walls of the engine: which wing may import which, by their faces alone; and who
may write.
"""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PRESS = Path(__file__).resolve().parents[2] / "press"
# Each wing, and what it may import. The modules of the ground have no face: they are
# imported by their names.
WALLS = {
    "ground": [],
    "data": ["ground"],
    "reading": ["ground"],
    "quantity": ["ground", "data"],
    "facts": ["ground", "data", "quantity"],
    "binding": ["ground", "data", "reading", "quantity", "facts"],
    "approvals": ["ground", "data", "reading", "quantity", "binding"],
    "intake": ["ground", "data", "quantity"],
    "content": ["ground", "reading"],
    "drawing": [],
    "figures": ["ground", "data", "quantity", "content", "drawing"],
    "forms": ["ground", "data", "quantity", "content", "figures"],
    "pages": ["ground", "data", "reading", "quantity", "binding", "content", "figures"],
    "story": ["ground", "data", "quantity", "binding", "intake", "content", "figures"],
}
WALLS["starter"] = ["ground", "data", "reading", "quantity", "facts"]
WALLS["desk"] = [*WALLS]  # all others
FILES = ["quantity", "story", "drawing"]  # wings of one file
FOR_STORIES = ["facts", "forms", "intake"]  # whose face is for what stories declare
WRITERS = {
    "press/desk/edition.py",
    "press/desk/paper.py",
    "press/desk/publish.py",
    "press/desk/sides.py",
    "press/figures/store.py",
    "press/ground/files.py",
    "press/ground/lock.py",
    "press/starter/new.py",
}
WRITES = {
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "rmdir",
    "replace",
    "rename",
    "touch",
    "symlink_to",
    "hardlink_to",
    "chmod",
    "rmtree",
    "copy",
    "copyfile",
    "copy2",
    "copytree",
    "move",
    "makedirs",
    "remove",
    "removedirs",
}


def name_of(path):
    """Return a module's full name: ``press.data.tables``, of a package
    ``press.data``.
    """
    return ".".join(path.relative_to(PRESS.parent).with_suffix("").parts).removesuffix(
        ".__init__"
    )


MODULES = {
    name_of(path): path
    for path in sorted(PRESS.rglob("*.py"))
    if PRESS / "examples" not in path.parents
}


@cache
def tree(path):
    return ast.parse(path.read_bytes(), path)


def wing_of(module):
    parts = module.replace("__main__", "desk").split(".")  # which runs the command line
    return parts[1] if len(parts) > 1 and parts[1] in WALLS else "ground"


@cache
def imports(module):
    """Return what a module imports of the engine, at any depth: the line, the module
    named, the name taken from it.
    """
    found = []
    for node in ast.walk(tree(MODULES[module])):
        if isinstance(node, ast.Import):
            named = [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports relatively"
            named = [(node.module or "", alias.name) for alias in node.names]
        else:
            continue
        named = [
            (f"press.{name}", "") if home == "press" else (home, name)
            for home, name in named
        ]
        found += [
            (node.lineno, home, name)
            for home, name in named
            if home.split(".")[0] == "press"
        ]
    return found


def targets(module):
    """Yield the modules of the engine that a module needs to be there first."""
    for _, home, name in imports(module):
        yield f"{home}.{name}" if f"{home}.{name}" in MODULES else home


def face(wing):
    """Return the names that a wing offers: those that its ``__init__.py`` imports."""
    nodes = (
        node
        for node in tree(MODULES[f"press.{wing}"]).body
        if isinstance(node, ast.ImportFrom)
    )
    return [alias.asname or alias.name for node in nodes for alias in node.names]


@pytest.mark.parametrize("wing", WALLS)
def test_a_wing_imports_only_what_its_wall_lets_in(wing):
    """Each wing knows those that its line names, and no other."""
    own = [module for module in MODULES if wing_of(module) == wing]
    wrong = [
        f"{module}:{line} imports {home}"
        for module in own
        for line, home, _ in imports(module)
        if wing_of(home) not in {wing, *WALLS[wing]}
    ]

    assert own, f"no module belongs to {wing}"
    assert wrong == []


def test_other_wings_are_imported_by_their_faces():
    """What a module takes from another wing is imported by the face of that wing."""
    wrong = [
        f"{module}:{line} imports {name} from {home}"
        for module in MODULES
        for line, home, name in imports(module)
        if (wing := wing_of(home)) not in {"ground", wing_of(module), *FILES}
        and (home != f"press.{wing}" or name not in face(wing))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "wing", [wing for wing in WALLS if wing not in {"ground", *FILES, *FOR_STORIES}]
)
def test_a_face_offers_only_what_others_use(wing):
    """A name that no other wing, no tool and no small story imports is no part of a
    wing's face.
    """
    root = PRESS.parent
    others = [
        path
        for folder in ("press", "tools", "docs")
        for path in (root / folder).rglob("*.py")
    ]
    others += [root / "build.py", *(Path(__file__).parent / "stories").rglob("*.py")]
    nodes = [
        node
        for path in others
        if PRESS / wing not in path.parents
        for node in ast.walk(tree(path))
    ]
    used = {
        alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == f"press.{wing}"
        for alias in node.names
    }
    used |= {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == wing
    }

    assert sorted(set(face(wing)) - used) == []
    assert ast.get_docstring(tree(MODULES[f"press.{wing}"]))


@pytest.mark.parametrize(
    "wing", [wing for wing in WALLS if wing not in {"ground", *FILES}]
)
def test_a_face_imports_from_its_wing_and_does_nothing_else(wing):
    """So whatever a face imports is something that the wing offers."""
    _, *nodes = tree(MODULES[f"press.{wing}"]).body
    others = [
        node
        for node in nodes
        if not isinstance(node, ast.ImportFrom) or wing_of(node.module) != wing
    ]

    assert nodes
    assert list(map(ast.unparse, others)) == []


def test_no_import_runs_in_a_circle():
    """The modules have an order in which each comes after all that it imports; faces
    aside, which only gather.
    """
    graph = {
        module: {target for target in targets(module) if target != module}
        for module in MODULES
    }
    packages = {f"press.{wing}" for wing in WALLS}

    order = list(
        TopologicalSorter(
            {module: graph[module] - packages for module in graph}
        ).static_order()
    )

    assert set(order) >= set(MODULES) - packages


def test_the_engine_knows_no_story():
    """The engine imports nothing of a story, nor the file that brings both together."""
    for module, path in MODULES.items():
        for node in ast.walk(tree(path)):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {"story", "build"} & {name.split(".")[0] for name in names}, (
                f"{module}:{node.lineno}"
            )


def test_only_writers_write():
    """No module but those that write opens a file, or changes one in any way."""
    wrong = [
        f"{module}:{node.lineno}"
        for module, path in MODULES.items()
        if path.relative_to(PRESS.parent).as_posix() not in WRITERS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and writes(node)
    ]

    assert wrong == []


def writes(call):
    """Tell whether a call may change a file.

    A path's ``replace`` and ``rename`` take one place; those of text, frames and
    dataclasses are called otherwise.
    """
    method = isinstance(call.func, ast.Attribute)
    name = call.func.attr if method else getattr(call.func, "id", "")
    if name in {"replace", "rename"}:
        return method and len(call.args) == 1
    return name == "open" or name in WRITES


LONGEST = 35  # statements of a function


def statements_of(function):
    """Count the statements of a function, which no layout changes."""
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1


def test_no_function_is_long():
    """Whoever reads a function has all of it before their eyes."""
    root = PRESS.parent
    files = [
        root / "build.py",
        *(
            path
            for part in ("press", "story", "tools")
            for path in (root / part).rglob("*.py")
        ),
    ]
    long = [
        f"{path.relative_to(root)}:{node.lineno}: {node.name} has"
        f" {statements_of(node)} statements"
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and statements_of(node) > LONGEST
    ]

    assert len(files) > 70
    assert long == []


def test_build_is_short():
    """The order of the stages is read at a glance."""
    assert len((PRESS.parent / "build.py").read_text("utf-8").splitlines()) <= 30
