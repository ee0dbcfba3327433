"""What the code of the story may know: the engine's faces, no HTML; and that charts
compute nothing.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "story").rglob("*.py"))
# they read publishers' pages
ADAPTERS = [path for path in FILES if "sources" in path.parts]
CHARTS = [path for path in FILES if path.parent.name == "charts"]
# What the engine offers to a story: README tells of no other.
OFFERED = {
    f"press.{name}"
    for name in ("content", "data", "facts", "figures", "forms", "intake", "quantity")
}
OFFERED |= {f"press.ground.{name}" for name in ("colour", "errors", "grid", "period")}
NO_HTML = {"jinja2", "markupsafe", "markdown", "html", "lxml", "bs4", "xml"}
EXACT = {"decimal", "fractions", "numpy", "statistics"}
COMPUTING = {
    "sum",
    "cumsum",
    "median",
    "pct_change",
    "diff",
    "rolling",
    "std",
    "agg",
    "aggregate",
}


def place(path):
    return path.relative_to(ROOT).as_posix()


def imports(path):
    """Return every module that a file imports, at any depth, with its line."""
    for node in ast.walk(ast.parse(path.read_bytes(), path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.lineno


def offending(path, forbidden):
    return [
        f"{place(path)}:{line} imports {name}"
        for name, line in imports(path)
        if forbidden(name)
    ]


@pytest.mark.parametrize("path", FILES, ids=place)
def test_the_story_uses_the_engine_by_what_it_offers(path):
    """The story imports values and chart functions' types; neither pages nor commands,
    nor what lies inside a wing.
    """
    assert (
        offending(
            path, lambda name: name.split(".")[0] == "press" and name not in OFFERED
        )
        == []
    )
    assert offending(path, lambda name: name.split(".")[0] == "build") == []


@pytest.mark.parametrize(
    "path", [path for path in FILES if path not in ADAPTERS], ids=place
)
def test_the_story_knows_no_html(path):
    """The story imports no machinery of templates, Markdown or HTML, and holds no tag
    of it.
    """
    assert offending(path, lambda name: name.split(".")[0] in NO_HTML) == []
    nodes = list(ast.walk(ast.parse(path.read_bytes(), path)))
    strings = [
        node
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [
        f"{place(path)}:{node.lineno}" for node in strings if "</" in node.value
    ] == []


@pytest.mark.parametrize("path", CHARTS, ids=place)
def test_charts_compute_nothing(path):
    """Charts select, sort and draw: they call no function of frames that computes a
    figure, and no exact arithmetic.
    """
    nodes = list(ast.walk(ast.parse(path.read_bytes(), path)))
    called = [
        node.func
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]

    assert [
        f"{place(path)}:{node.lineno} calls {node.attr}"
        for node in called
        if node.attr in COMPUTING
    ] == []
    assert offending(path, lambda name: name.split(".")[0] in EXACT) == []


def test_every_chart_function_has_words():
    """What story/charts offers is what content/en/charts has words for, and the other
    way round.
    """
    offered = next(
        ast.literal_eval(node.value)
        for node in ast.parse((ROOT / "story/charts/__init__.py").read_bytes()).body
        if isinstance(node, ast.Assign)
        and getattr(node.targets[0], "id", "") == "__all__"
    )

    assert sorted(offered) == sorted(
        path.stem for path in (ROOT / "content/en/charts").glob("*.md")
    )
