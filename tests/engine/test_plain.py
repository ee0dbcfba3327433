"""Plain code: how much a statement of a wing may hold, counted in nodes of its syntax.

No layout changes the numbers. They are of the wings that have been written so.
"""

import ast
import builtins
import re
from collections import Counter
from pathlib import Path

import pytest

PRESS = Path(__file__).resolve().parents[2] / "press"
WINGS = (
    "approvals",
    "binding",
    "content",
    "data",
    "desk",
    "facts",
    "figures",
    "forms",
    "ground",
    "intake",
    "pages",
    "reading",
    "quantity.py",
    "starter",
)
LARGEST = 170  # nodes of a statement: a record or a table may be long
DENSE = 20  # nodes of a statement of which there are few
MOST_DENSE = 0.025  # such statements, as a part of all
MOST_NESTED = 0.004  # conditions or comprehensions inside others, for each statement
MOST_NODES = 7.0  # of a statement, on average
MOST_LINES = 400  # of a module, so that it is read at once
SHORT_WINGS = (
    "content",
    "data",
    "desk",
    "figures",
    "forms",
    "ground",
    "intake",
    "pages",
)
# a name in a docstring that can be no plain word: with "_", or of a class
NAMED = re.compile(r"``(?:\w+\.)*(\w+_\w+|[A-Z]\w*[a-z]\w*)``")
# a path in a docstring, or the name of a file: what is in capitals stands for a name
PATH = re.compile(
    r"(?<![\w./-])(?:[\w.-]+/)*[a-z][\w-]*"
    r"\.(?:css|csv|html|jinja|js|json|md|py|toml|ttf|txt)\b"
)
UNCOUNTED = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
FORMS = (ast.IfExp, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def nodes_by_statement(tree):
    """Count the nodes of each statement, but for those of statements inside it, of
    annotations and of docstrings.
    """
    counts = Counter()

    def visit(node, statement):
        if isinstance(node, UNCOUNTED):
            return
        if isinstance(node, ast.stmt):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                return
            statement = node
        counts[statement] += 1
        for name, value in ast.iter_fields(node):
            if name not in {"annotation", "returns"}:
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        visit(child, statement)

    for node in tree.body:
        visit(node, node)
    return counts


def names_in(tree):
    """Return the names that a module defines, uses or imports, and its strings: names
    of tables are strings.
    """
    of_node = {
        ast.Constant: "value",
        ast.Name: "id",
        ast.Attribute: "attr",
        ast.arg: "arg",
        ast.keyword: "arg",
        ast.alias: "name",
        ast.FunctionDef: "name",
        ast.ClassDef: "name",
    }
    return {
        getattr(node, of_node[type(node)])
        for node in ast.walk(tree)
        if type(node) in of_node
    }


def docstrings_in(tree):
    """Return the docstrings of a module, its classes and functions."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return [
        ast.get_docstring(node) or ""
        for node in ast.walk(tree)
        if isinstance(node, documented)
    ]


def nested_forms(tree):
    """Return the conditions and comprehensions inside an expression of another."""
    return {
        inner
        for outer in ast.walk(tree)
        if isinstance(outer, FORMS)
        for inner in ast.walk(outer)
        if isinstance(inner, FORMS) and inner is not outer
    }


@pytest.fixture(params=WINGS)
def trees(request):
    """Parse the modules of a wing."""
    place = PRESS / request.param
    paths = [place] if place.suffix else sorted(place.glob("*.py"))
    return [ast.parse(path.read_text("utf-8")) for path in paths]


@pytest.mark.parametrize("wing", SHORT_WINGS)
def test_modules_are_short(wing):
    """A limit of reading, in the wings that keep to it."""
    lines = {
        path.name: len(path.read_text("utf-8").splitlines())
        for path in (PRESS / wing).glob("*.py")
    }

    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_statements_hold_little(trees):
    """On average, at most, and of large ones there are few."""
    counts = [count for tree in trees for count in nodes_by_statement(tree).values()]

    assert max(counts) <= LARGEST
    assert sum(counts) / len(counts) <= MOST_NODES
    assert sum(count > DENSE for count in counts) / len(counts) <= MOST_DENSE


def test_expressions_are_hardly_nested(trees):
    """One condition, or one comprehension, at a time."""
    statements = sum(len(nodes_by_statement(tree)) for tree in trees)
    nested = sum(len(nested_forms(tree)) for tree in trees)

    assert nested <= MOST_NESTED * statements


def test_an_assignment_is_of_one_thing(trees):
    """Two unrelated ones stand on two lines."""
    several = [
        ast.unparse(node)
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Tuple)
        and isinstance(node.value, ast.Tuple)
    ]

    assert len(several) <= 2


def test_names_in_docstrings_exist(trees):
    """What has been renamed is named so where it is told of."""
    paths = list(PRESS.rglob("*.py"))
    known = {*dir(builtins), *(path.stem for path in paths)}
    for path in paths:
        known |= names_in(ast.parse(path.read_text("utf-8")))
    told = {
        name
        for tree in trees
        for text in docstrings_in(tree)
        for name in NAMED.findall(text)
    }

    assert told - known == set()


def test_paths_in_docstrings_exist():
    """A file that has moved is named by its new place: a docstring names files of the
    engine, of its examples and its sample, or such as its code calls by that name.
    """
    trees = [ast.parse(path.read_text("utf-8")) for path in PRESS.rglob("*.py")]
    files = {path.relative_to(PRESS.parent).as_posix() for path in PRESS.rglob("*.*")}
    ends = {
        file[at:]
        for file in files
        for at in range(len(file))
        if at == 0 or file[at - 1] == "/"
    }
    written = set().union(*map(names_in, trees))
    told = {
        path
        for tree in trees
        for text in docstrings_in(tree)
        for path in PATH.findall(text)
    }

    assert len(told) > 10
    assert told - ends - written == set()
