"""Which files a chart is drawn by: the engine's, those that charts share, its own module; not those of others."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from press.figures.codes import hash_of_code, hashes_by_chart

FILES = {
    "story/__init__.py": "",
    "story/measures.py": "",
    "story/charts/__init__.py": "from story.charts.one import one\nfrom story.charts.two import two\n",
    "story/charts/look.py": "",
    "story/charts/one.py": "from story.charts.look import finished\n",
    "story/charts/two.py": "from story.charts.look import finished\n",
}
# How a file of the story may use the module of another chart, and whose it then is: everybody's.
USES = {
    "from it": "from story.charts.one import part",
    "as a whole": "from story.charts import one",
    "by its full name": "import story.charts.one as other",
    "from beside it": "from . import one",
    "from it, beside it": "from .one import part",
    "in a function": "def draw():\n    from story.charts.one import part",
    "the package": "from story import charts",
    "the package by its full name": "import story.charts",
    "all of the package": "from story.charts import *",
}


def one():
    """Stand for a chart function."""


def two():
    """Stand for another."""


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return the folder of a story of two charts, as if their modules were imported."""
    (tmp_path / "story/charts").mkdir(parents=True)
    for place, text in FILES.items():
        (tmp_path / place).write_text(text, "utf-8")
    monkeypatch.setitem(sys.modules, "story.charts.one", SimpleNamespace(one=one))
    monkeypatch.setitem(sys.modules, "story.charts.two", SimpleNamespace(two=two))
    monkeypatch.setitem(sys.modules, "story.charts.look", SimpleNamespace())
    return tmp_path


def changed_by(root, place, **functions):
    """Return the charts whose hash a longer file changes."""
    functions = functions or {"one": one, "two": two}
    before = hashes_by_chart(root, functions)
    with (root / place).open("a", encoding="utf-8") as file:
        file.write("\n# Changed.\n")
    after = hashes_by_chart(root, functions)
    return [name for name in functions if before[name] != after[name]]


@pytest.mark.parametrize("place", FILES)
def test_a_module_of_one_chart_is_no_other_s(root, place):
    """A save of it concerns its own chart; a save of any other file concerns them all."""
    own = {"story/charts/one.py": ["one"], "story/charts/two.py": ["two"]}

    assert changed_by(root, place) == own.get(place, ["one", "two"])


@pytest.mark.parametrize("use", USES)
def test_a_module_that_another_uses_is_shared(root, use):
    """However it is imported: what another chart takes from it may change that one, too."""
    with (root / "story/charts/two.py").open("a", encoding="utf-8") as file:
        file.write(f"{USES[use]}\n")

    assert changed_by(root, "story/charts/one.py") == ["one", "two"]


def test_a_chart_that_no_module_holds_may_come_from_any(root):
    """What a decorator has made elsewhere is drawn anew with every file."""
    assert changed_by(root, "story/charts/two.py", one=lambda: None) == ["one"]


def test_a_chart_that_two_modules_hold_has_both(root):
    """A save of either concerns it."""
    sys.modules["story.charts.two"].one = one

    assert changed_by(root, "story/charts/two.py", one=one) == ["one"]


@pytest.mark.parametrize("place", FILES)
def test_the_hash_of_all_code_knows_every_file(root, place):
    """It says whether anything was saved while charts were drawn."""
    before = hash_of_code(root)
    (root / place).write_text("# Changed.\n", "utf-8")

    assert hash_of_code(root) != before
