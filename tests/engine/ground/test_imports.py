"""The story's code: what runs is never older than its files."""

import importlib
import sys

import pytest

from press.ground import imports
from press.ground.stamp import stamp

FILES = {
    "story/__init__.py": "",
    "story/measures.py": "VALUE = 1\n",
    "story/facts.py": "from story import measures\n",
    "story/charts/__init__.py": "from story.charts.one import one\n",
    "story/charts/one.py": "from story.measures import VALUE\n\n\ndef one():\n    return VALUE\n",
    "story/charts/two.py": "",
    "story/words.txt": "",
}
ALL = {"story", "story.measures", "story.facts", "story.charts", "story.charts.one", "story.charts.two"}
ONE = {"story.charts", "story.charts.one"}
# How a module may use another, and whether it is known that it uses no more than that one.
USES = {
    "from it": ("from story.charts.one import one", True),
    "from it, beside it": ("from .one import one", True),
    "by its full name": ("import story.charts.one as other", True),
    "from beside it": ("from . import one", True),
    "from the package": ("from story.charts import one", True),
    "all of the package": ("from story.charts import *", True),
    "in a function": ("def draw():\n    from story.charts.one import one", True),
    "for a type": ("if False:\n    from story.charts.one import one", True),
    "as a part of the story": ("import story.charts", True),
    "nobody knows what": ("import importlib\nimportlib.import_module('story.charts.one')", False),
    "by Python's own function": ("__import__('story.charts.one')", False),
    "text as code": ("exec('')", False),
    "where Python keeps it": ("import sys\nsys.modules['story.charts.one']", False),
    "by a name put together": ("import builtins\ngetattr(builtins, '__imp' + 'ort__')('story.charts.one')", False),
    "as it changes it": ("from story.charts import one\none.VALUE = 2", False),
    "as it changes it when asked": ("from story.charts import one\ndef draw():\n    one.VALUE = 2", False),
    "by a call": ("from story.charts.one import one\none()", False),
    "as a text": ("def draw():\n    open(__file__)", False),
}


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Return a function that imports a story as it stands, and gives its modules by name; nothing of it is left."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "story"]:
        monkeypatch.delitem(sys.modules, name)
    for place, text in FILES.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(imports._Known, "files", {})  # noqa: SLF001 - as in a new process

    def imported():
        imports.forget_changed(tmp_path)
        for name in ("story.facts", "story.charts", "story.charts.two"):
            importlib.import_module(name)
        return {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "story"}

    yield imported
    for name in [name for name in sys.modules if name.partition(".")[0] == "story"]:
        del sys.modules[name]


def anew(imported, path, text):
    """Return the names of the modules that are other ones after a file was written."""
    before = imported()
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    after = imported()
    assert imported() == after, "nothing has changed since"
    return {name for name, module in after.items() if module is not before.get(name)}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("story/charts/two.py", {"story.charts.two"}),
        ("story/charts/one.py", ONE),
        ("story/charts/__init__.py", {*ONE, "story.charts.two"}),
        ("story/measures.py", {"story.measures", "story.facts", *ONE}),
        ("story/__init__.py", ALL),
        ("story/words.txt", ALL),
        ("story/new.py", ALL),
    ],
)
def test_a_module_that_changed_is_imported_anew_and_so_is_all_that_imports_it(imported, tmp_path, place, expected):
    """No other is: what was worked out with its functions still holds. A file that is no module may be any one's."""
    assert anew(imported, tmp_path / place, f"{FILES.get(place, '')}OTHER = 1\n") == expected


@pytest.mark.parametrize("use", USES)
def test_a_module_that_uses_another_is_imported_anew_with_it(imported, tmp_path, use):
    """However it is imported; all are where that is unclear."""
    line, clear = USES[use]
    (tmp_path / "story/charts/two.py").write_text(f"{line}\n", "utf-8")

    found = anew(imported, tmp_path / "story/charts/one.py", f"{FILES['story/charts/one.py']}OTHER = 1\n")

    assert found == ({*ONE, "story.charts.two"} if clear else ALL)


def test_all_is_imported_anew_where_a_file_that_its_code_has_read_is_another(imported, tmp_path, monkeypatch):
    """Wherever it lies; once, not again and again."""
    path = tmp_path / "size.json"
    path.write_text("1", "utf-8")
    monkeypatch.setattr(imports.NOTING, "opened", {str(path): stamp(path)})

    assert anew(imported, path, "2") == ALL


def test_what_was_saved_while_it_was_imported_is_seen(imported, tmp_path):
    """A file that is put back after it was imported is another than what runs."""
    path = tmp_path / "story/measures.py"
    imports.forget_changed(tmp_path)
    path.write_text("VALUE = 2\n", "utf-8")
    importlib.import_module("story.measures")
    path.write_text(FILES["story/measures.py"], "utf-8")

    assert imported()["story.measures"].VALUE == 1


def test_a_module_that_could_not_be_imported_is_imported_when_it_can(imported, tmp_path):
    """A slip that is mended leaves nothing behind."""
    imported()
    path = tmp_path / "story/measures.py"
    for broken in ("VALUE =\n", "raise ValueError\n", "VALUE = 'é'".encode("latin-1")):
        path.write_bytes(broken.encode() if isinstance(broken, str) else broken)
        with pytest.raises((SyntaxError, ValueError)):
            imported()
    path.write_text("VALUE = 3\n", "utf-8")

    assert imported()["story.charts"].one() == 3
