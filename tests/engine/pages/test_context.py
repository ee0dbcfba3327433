"""What templates are told: each name is described, and none is asked for that nobody
tells.
"""

import ast
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from press.ground.files import ENGINE
from press.pages import context
from press.pages.templates import Context

CONTEXTS = [
    item
    for item in vars(context).values()
    if isinstance(item, type) and issubclass(item, Context) and item is not Context
]
TOLD = {field.name for each in CONTEXTS for field in fields(each)}
THEME = sorted((ENGINE / "theme").glob("*.html"))
# What a template sets for those that it takes in, or that it extends.
BY_TEMPLATES = {"item", "sheets"}
# For templates of stories alone.
FOR_STORIES = {"held", "others"}


def names_asked_for(path):
    """Return the names that a template does not set or import itself."""
    environment = Environment(autoescape=True)
    environment.filters.update(headed=str, iso=str)
    tree = environment.parse(path.read_text("utf-8"))
    names = list(tree.find_all(nodes.Name))
    own = {name.name for name in names if name.ctx != "load"}
    own |= {macro.name for macro in tree.find_all(nodes.Macro)}
    own |= {name for each in tree.find_all(nodes.FromImport) for name in each.names}
    return {name.name for name in names} - own - {*environment.globals, "loop"}


@pytest.mark.parametrize("kind", CONTEXTS)
def test_each_name_is_described(kind):
    """Whoever writes a template finds below each name what it is."""
    tree = ast.parse(Path(context.__file__).read_text("utf-8"))
    body = next(
        node.body
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__
    )
    described = {
        field.target.id
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    }

    assert described == {field.name for field in fields(kind)}


@pytest.mark.parametrize("path", THEME, ids=lambda path: path.name)
def test_the_theme_asks_for_what_it_is_told(path):
    """A name that nobody tells would be found where a story first meets it."""
    assert names_asked_for(path) - TOLD - BY_TEMPLATES == set()


def test_nothing_is_told_that_no_template_asks_for():
    """A name that the theme does not need is for templates of stories."""
    asked = set.union(*map(names_asked_for, THEME))

    assert TOLD - asked == FOR_STORIES
