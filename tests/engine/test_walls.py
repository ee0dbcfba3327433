"""The walls: who may know whom, and who may write. Read from the source, not from what happens to be imported."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted([*(ROOT / "press").rglob("*.py"), *(ROOT / "story").rglob("*.py"), ROOT / "build.py"])
# The order of design: a module may import those of earlier rows only, and of its own row none but its package.
ORDER = [
    # These know no other module, and all may know them.
    {"errors", "svg", "cache", "lettering", "spec", "period", "grid", "archive"},
    {"text", "worker", "poster", "points", "series", "codes"},
    {"blame", "shape", "colour", "lexicon"},
    {"site", "schema", "source"},
    {"nearby"},
    {"data", "content", "phrase", "dates", "flows", "describe"},
    {"quantity", "unbound", "times", "outside"},
    {"facts", "truth", "figures", "prose", "coded"},
    {"claims", "statements", "legend"},
    {"proof", "suggest"},
    {"ledger"},
    {"story", "fix", "receipts", "marks"},
    {"numbers", "explain"},
    {"verdicts", "cite", "downloads", "templates"},
    {"edition", "frame"},
    {"entries"},
    {"cards", "showcase"},
    {"render"},
    {"check", "publish"},
    {"preview"},
    {"commands"},
]
WRITERS = {"press/desk/publish.py", "press/figures/cache.py"}
WRITES = {
    "write_text", "write_bytes", "mkdir", "unlink", "rmdir", "replace", "rename", "touch", "symlink_to", "hardlink_to",
    "chmod", "rmtree", "copy", "copyfile", "copy2", "copytree", "move", "makedirs", "remove", "removedirs",
}  # fmt: skip
NO_HTML = {"jinja2", "markupsafe", "markdown", "html", "lxml", "bs4", "xml"}


def place(path):
    return path.relative_to(ROOT).as_posix()


def tree(path):
    return ast.parse(path.read_bytes(), path)


def imports(path):
    """Return every module that a file imports, at any depth, with its line: ``from press import x`` as press.x."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path)}:{node.lineno} imports relatively"
            if node.module in {"press", "story"}:
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


def offending(path, forbidden):
    return [f"{place(path)}:{line} imports {name}" for name, line in imports(path) if forbidden(name)]


def package(name):
    return name.split(".")[0]


@pytest.mark.parametrize("path", [path for path in MODULES if "press" in path.parts], ids=place)
def test_press_knows_no_story(path):
    """The engine imports nothing of the story."""
    assert offending(path, lambda name: package(name) in {"story", "build"}) == []


def test_only_build_imports_both_press_and_story():
    """One file brings the engine and the story's entry points together; the story uses press as a library only."""
    entry = {
        "press.pages.checks",
        "press.desk.commands",
        "press.pages.site",
        "press.desk.publish",
        "press.pages.markdown",
        "press.figures.worker",
        "press.figures.cache",
    }
    wrong = [item for path in MODULES if "story" in path.parts for item in offending(path, entry.__contains__)]

    assert wrong == []
    assert {package(name) for name, _ in imports(ROOT / "build.py")} >= {"press", "story"}


@pytest.mark.parametrize("path", [path for path in MODULES if "story" in path.parts], ids=place)
def test_story_knows_no_html(path):
    """The story imports no machinery of templates, Markdown or HTML, and holds no tag of it."""
    assert offending(path, lambda name: package(name) in NO_HTML) == []
    strings = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [f"{place(path)}:{node.lineno}" for node in strings if "</" in node.value] == []


@pytest.mark.parametrize("path", [path for path in MODULES if "press" in path.parts], ids=place)
def test_dependencies_point_one_way(path):
    """A module of the engine imports only those before it: errors, text, schema, data …, commands."""
    rank = {name: number for number, row in enumerate(ORDER) for name in row}
    if path.stem == "__init__":
        assert list(imports(path)) == []
        return
    name = path.relative_to(ROOT / "press").parts[0].removesuffix(".py")

    assert name in rank, f"{place(path)} has no place in the order of the engine"
    later = [
        f"{place(path)}:{line} imports {module}"
        for module, line in imports(path)
        if package(module) == "press" and rank[module.split(".")[1]] >= rank[name]
    ]
    assert later == []


def test_the_order_names_only_modules_that_exist():
    """The order of the engine is the engine's: no module in it is gone."""
    named = {name for row in ORDER for name in row}

    assert sorted(named) == sorted(path.stem for path in (ROOT / "press").glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("path", [path for path in MODULES if place(path) not in WRITERS], ids=place)
def test_only_publish_and_the_cache_write(path):
    """No other module opens a file, or changes one in any way."""
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    names = [
        (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node)
        for node in calls
    ]
    # A path's ``replace`` and ``rename`` take one place; those of text, frames and dataclasses are called otherwise.
    wrong = [
        f"{place(path)}:{node.lineno} calls {name}"
        for name, node in names
        if name == "open"
        or (name in WRITES and name not in {"replace", "rename"})
        or (name in {"replace", "rename"} and len(node.args) == 1 and isinstance(node.func, ast.Attribute))
    ]

    assert wrong == []


def test_build_is_short():
    """The order of the stages is read on one screen or two."""
    assert len((ROOT / "build.py").read_text("utf-8").splitlines()) < 100


def test_only_measures_compute():
    """Charts select, sort and draw: they call no function of frames that computes a figure, and no exact arithmetic."""
    computing = {"sum", "cumsum", "median", "pct_change", "diff", "rolling", "std", "agg", "aggregate"}
    frames = [
        f"{place(path)}:{node.lineno} calls {node.func.attr}"
        for path in (ROOT / "story" / "charts").rglob("*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in computing
    ]

    numbers = [
        item
        for path in (ROOT / "story" / "charts").rglob("*.py")
        for item in offending(
            path, lambda name: package(name) in {"decimal", "fractions", "math", "numpy", "statistics"}
        )
    ]

    assert frames + numbers == []


def test_every_chart_function_has_words():
    """What story/charts offers is what content/en/charts has words for, and the other way round."""
    offered = next(
        ast.literal_eval(node.value)
        for node in tree(ROOT / "story/charts/__init__.py").body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
    )

    assert sorted(offered) == sorted(path.stem for path in (ROOT / "content/en/charts").glob("*.md"))
