"""The tests of the engine stand on stories of their own, and pass where this project's story is not there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent
FILES = [path for path in sorted(HOUSE.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
# No pattern is what it finds.
NAMES = re.compile(r"chin[a]|chin[e]se|russi[a]|mosco[w]|beijin[g]|\bputi[n]\b|bn-b[y]-", re.IGNORECASE)
OF_TRADE = re.compile(NAMES.pattern + r"|\btrad(?:e|ing)\b|\bcustom[s]\b|\bexport[s]?\b|\btarif[f]", re.IGNORECASE)
ENGINE = HOUSE.parents[1] / "press"
STORY = {"content", "data", "story"}  # what is this story's, at the root of the project
FOLDERS = r"\bROOT$|\.parent\.parent$"
CALLS = {"build.bind": 3, "build.build": 5, "mutate.main": 2}  # with fewer arguments they take this story


def named_in(text):
    """Yield what a text names of this story, with its line."""
    for number, line in enumerate(text.splitlines(), 1):
        yield from ((number, found[0]) for found in NAMES.finditer(line))


def used_in(code):
    """Yield what code imports or reads of this story, with its line."""
    nodes = list(ast.walk(ast.parse(code)))
    fine = {item for node in nodes for item in joined_to_no_story(node)}
    for node in nodes:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", "")]
        calls = dotted(node.func) if isinstance(node, ast.Call) else ""
        if (
            any(f"{name}.".startswith("story.") for name in names)
            or (calls and len(node.args + node.keywords) < CALLS.get(calls, 0))
            or (calls in {"Path", "open"} and node.args and place(node.args[0]) in STORY)
            or (is_root(node) and node not in fine)
        ):
            yield node.lineno, ast.unparse(node)


def is_root(node):
    """Tell whether code names the root of the project, or a folder that may be it."""
    name = dotted(node.value if isinstance(node, ast.Subscript) else node)
    return name.endswith(".parents") if isinstance(node, ast.Subscript) else bool(re.search(FOLDERS, name))


def dotted(node):
    """Return a name as code writes it, without what is called in it."""
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def joined_to_no_story(node):
    """Yield the roots in code with which nothing is read of this story: joined, in so many words, to another place."""
    if isinstance(node, ast.BinOp) and place(node.right) not in {*STORY, ""}:
        yield node.left
    elif isinstance(node, ast.Assign) and is_root(node.targets[0]):
        yield from (node.targets[0], node.value)
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "relative_to":
        yield from node.args


def place(node):
    """Return the first part of a path that code writes as a string, else nothing."""
    return str(node.value).split("/")[0] if isinstance(node, ast.Constant) else ""


def test_the_engine_s_tests_know_nothing_of_this_story():
    """No file names its countries, imports its code, or reads its texts, tables or code; small stories have theirs."""
    texts = {path.relative_to(HOUSE).as_posix(): path.read_bytes().decode(errors="replace") for path in FILES}
    found = [(name, *found) for name, text in texts.items() for found in named_in(text)]
    code = {name: text for name, text in texts.items() if name.endswith(".py") and not name.startswith("stories/")}
    found += [(name, *found) for name, text in code.items() for found in used_in(text)]

    assert len(code) > 50
    assert len(texts) > 100, "too few files are looked at"
    assert not found, "\n".join(f"{name}:{line}: {what}" for name, line, what in sorted(found))


def test_the_engine_knows_no_trade():
    """What countries exchange, and which, is the story's; the engine knows subjects, parties and a whole."""
    apart = {"__pycache__", "fonts"}
    files = [path for path in sorted(ENGINE.rglob("*")) if path.is_file() and not apart & {*path.parts}]
    lines = [(path.name, line) for path in files for line in path.read_text("utf-8").splitlines()]

    assert len(files) > 70
    assert [(name, line) for name, line in lines if OF_TRADE.search(line)] == []


@pytest.mark.parametrize(
    "code",
    [
        "from story import facts",
        "import story.charts as other",
        'ROOT / "content"',
        'tool.ROOT / "data/a.csv"',
        "ROOT / folder",
        "build.load(build.ROOT)",
        'Path(__file__).parents[2] / "story"',
        'Path(__file__).parent.parent / "story"',
        "here = Path(__file__).resolve().parents[2]",
        'Path("content")',
        'open("data/trade.csv")',
        "build.bind(root, report)",
        "mutate.main(story.root)",
    ],
)
def test_every_way_to_this_story_is_found(code):
    """The story is found whether it is imported, reached from the root of the project or taken by default."""
    assert len(list(used_in(code))) == 1


@pytest.mark.parametrize("word", ["Chin", "RUSSI"])
def test_the_countries_of_this_story_are_found(word):
    """They are found in any letters and as a part of longer words."""
    assert list(named_in(f"x\nthe {word}An y")) == [(2, f"{word}A")]


@pytest.mark.parametrize(
    "code",
    [
        "from press import story",
        "from press.story import Bound",
        "ROOT = Path(__file__).resolve().parents[2]",
        'ROOT / "templates" / "a.html"',
        "path.relative_to(ROOT)",
        'project.root / "content"',
        'Path(__file__).parent / "stories"',
        "build.bind(root, report, story)",
    ],
)
def test_what_is_not_this_story_s_is_no_find(code):
    """The engine, its templates and the small stories are free to all."""
    assert list(used_in(code)) == []
