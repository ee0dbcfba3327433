"""Plain code around the engine: how much a statement of the story and of the tools may
hold, as ``tests/engine/test_plain.py`` counts it, and how long a module is.

Charts are left out, whose statements name encodings one after another, and what reads
publishers' documents.
"""

import ast

import pytest

from tests.engine.test_plain import DENSE, nested_forms, nodes_by_statement
from tests.story.conftest import ROOT

AREAS = {
    "story": sorted((ROOT / "story").glob("*.py")),
    "tools": sorted((ROOT / "tools").rglob("*.py")),
}
MOST_NODES = 7.5  # of a statement, on average
MOST_DENSE = 0.03  # statements of more than ``DENSE`` nodes, as a part of all
MOST_NESTED = 0.004  # conditions or comprehensions inside others, for each statement
MOST_LINES = 400  # of a module


@pytest.fixture(params=AREAS)
def paths(request):
    """Return the modules of an area, of which there are some."""
    assert AREAS[request.param]
    return AREAS[request.param]


@pytest.fixture
def trees(paths):
    """Parse the modules of an area."""
    return [ast.parse(path.read_bytes(), path) for path in paths]


def test_statements_hold_little(trees):
    """On average, at most, and of large ones there are few."""
    counts = [count for tree in trees for count in nodes_by_statement(tree).values()]
    dense = [count for count in counts if count > DENSE]

    assert sum(counts) / len(counts) <= MOST_NODES
    assert len(dense) / len(counts) <= MOST_DENSE


def test_expressions_are_hardly_nested(trees):
    """One condition, or one comprehension, at a time."""
    statements = sum(len(nodes_by_statement(tree)) for tree in trees)
    nested = sum(len(nested_forms(tree)) for tree in trees)

    assert nested <= MOST_NESTED * statements


def test_modules_are_short(paths):
    """A module is read at once."""
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in paths}

    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
