"""The key of a figure: what goes into it draws it anew, and nothing else does."""

from __future__ import annotations

import importlib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from press import content
from press.figures import key
from press.figures.key import Code
from press.figures.studio import Studio
from press.memo import EVERY, Noted

PRESS = key.ENGINE
FILES = {
    "story/__init__.py": "",
    "story/measures.py": "",
    "story/charts/__init__.py": '"""Charts."""\nfrom story.charts.one import one\nfrom story.charts.two import two\n',
    "story/charts/look.py": "",
    "story/charts/one.py": "from story.charts.look import finished\n\n\ndef one():\n    pass\n",
    "story/charts/two.py": "from story import measures\nfrom story.charts.look import finished\n",
}
# How a file of the story may use the module of another chart, which then may change that one, too.
USES = {
    "from it": "from story.charts.one import part",
    "as a whole": "from story.charts import one",
    "by its full name": "import story.charts.one as other",
    "from beside it": "from . import one",
    "from it, beside it": "from .one import part",
    "in a function": "def draw():\n    from story.charts.one import part",
    "for a type": "if TYPE_CHECKING:\n    from story.charts.one import part",
    "the package": "from story import charts",
    "the package by its full name": "import story.charts",
    "all of the package": "from story.charts import *",
    "another name of the package": "from story.charts import three",
    "nobody knows what": "import importlib\nimportlib.import_module('story.charts.one')",
    "nobody knows what, by a name": "from importlib import import_module",
    "text as code": "exec('')",
    "not as Python": "def",
}
ENGINE = sorted(key._engine())  # noqa: SLF001 - the modules as the key knows them
BLIND = ("press.pages", "press.binding", "press.desk", "press.story")  # what is far from any drawing


@pytest.fixture
def root(tmp_path):
    """Return the folder of a story of two charts, a module each."""
    (tmp_path / "story/charts").mkdir(parents=True)
    for place, text in FILES.items():
        (tmp_path / place).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def drawn(project, charts_of, worker):
    """Return a function that says which charts of the small story are drawn anew as it now is."""

    def drawn():
        reports = []
        texts = content.load(project.root / "content", project.root)
        studio = Studio(project.root, project.load(), lambda: charts_of(project.root), worker, Code(project.root))
        with ThreadPoolExecutor(1) as drawer:
            studio.begin(texts.own, reports.append, drawer)()
        return reports

    drawn()
    return drawn


def changed_by(root, place):
    """Return the charts whose code a longer file changes."""
    before = [Code(root).of(name) for name in ("one", "two")]
    with (root / place).open("a", encoding="utf-8") as file:
        file.write("\n# Changed.\n")
    after = [Code(root).of(name) for name in ("one", "two")]
    return [name for name, old, new in zip(("one", "two"), before, after, strict=True) if old != new]


# ---- The code


@pytest.mark.parametrize(
    ("place", "charts"),
    [
        ("story/charts/one.py", ["one"]),
        ("story/charts/two.py", ["two"]),
        ("story/charts/look.py", ["one", "two"]),
        ("story/measures.py", ["two"]),
        ("story/charts/__init__.py", []),
        ("story/__init__.py", []),
    ],
)
def test_the_code_of_a_chart_is_what_its_imports_lead_to(root, place, charts):
    """A file counts for the charts that import it, at any distance; one that only names charts for none."""
    assert changed_by(root, place) == charts


@pytest.mark.parametrize("use", USES)
def test_a_module_that_another_uses_is_shared(root, use):
    """However it is imported, what a chart takes from the module of another may change it; where unclear, all may."""
    with (root / "story/charts/two.py").open("a", encoding="utf-8") as file:
        file.write(f"{USES[use]}\n")

    assert changed_by(root, "story/charts/one.py") == ["one", "two"]


def test_a_package_that_does_more_than_name_charts_counts_for_all(root):
    """Code that runs when the package is imported may change any chart, and so may what it imports."""
    with (root / "story/charts/__init__.py").open("a", encoding="utf-8") as file:
        file.write("one = two\n")

    assert changed_by(root, "story/charts/__init__.py") == ["one", "two"]
    assert changed_by(root, "story/charts/one.py") == ["one", "two"]


def test_a_chart_that_no_import_names_may_come_from_any_file(root):
    """Where the package does not say whose a chart is, every file counts for it."""
    (root / "story/charts/__init__.py").write_text("from story.charts.two import two\n", "utf-8")

    assert changed_by(root, "story/charts/one.py") == ["one"]
    assert changed_by(root, "story/measures.py") == ["one", "two"]


def test_a_file_that_is_no_python_counts_for_all_charts(root):
    """A shape or a font beside the code may be read by any of it."""
    (root / "story/map.json").write_text("{}", "utf-8")

    assert changed_by(root, "story/map.json") == ["one", "two"]


@pytest.mark.parametrize("place", FILES)
def test_the_hash_of_all_code_knows_every_file(root, place):
    """It says whether anything was saved while charts were drawn."""
    before = Code(root).hash
    (root / place).write_text("# Changed.\n", "utf-8")

    assert Code(root).hash != before


@pytest.mark.parametrize("module", ENGINE)
def test_a_module_of_the_engine_counts_where_it_is_in_reach(project, drawn, monkeypatch, module):
    """An edit of pages or binding draws nothing; one of a module in reach of a chart draws it."""
    reach = Code(project.root).reach("totals")
    engine = dict(key._engine())  # noqa: SLF001
    engine[module] = engine[module]._replace(body=engine[module].body + b"\n# Changed.\n")
    monkeypatch.setattr(key, "_engine", lambda: engine)

    assert (drawn() != []) == (module in reach)
    assert module not in reach or not module.startswith(BLIND)


def test_no_module_that_runs_drops_out_of_the_key(project, drawn):
    """Every file of engine and story that runs, from the reading of the tables to the figure, is in reach."""
    reach, ran = Code(project.root).reach("totals"), set()
    project.replace("story/charts.py", "height=120", "height=130")

    def note(frame, _event, _argument):
        ran.add(frame.f_code.co_filename)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        assert drawn() == ["drawing 1/1: totals"]
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    modules = {
        ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in map(Path, ran)
        for folder in (PRESS.parent, project.root)
        if path.is_relative_to(folder / "press") or path.is_relative_to(folder / "story")
    }
    # What reads the texts gives words, which are in the key themselves.
    words = {name for name in modules if name.startswith(("press.content", "press.reading"))}

    assert {"story.charts", "press.data.loading", "press.figures.svg", "press.reading.vocabulary"} <= modules
    assert modules - words <= reach
    assert "press.reading.vocabulary" in reach  # which writes the numbers of labels


def test_the_engine_is_what_this_process_runs(project, monkeypatch, tmp_path):
    """A file of the engine that is saved meanwhile does not stand for code that is not run."""
    monkeypatch.setattr(key, "ENGINE", tmp_path)

    assert Code(project.root).reach("totals") >= {"press.figures.studio", "press.figures.worker"}


# ---- The tables and the words


@pytest.mark.parametrize(
    ("place", "line", "reports"),
    [
        ("data/trade.csv", "2024,export,115484,10,beta-2024", ["drawing 1/1: totals"]),
        ("data/sources.csv", "beta-2025,Beta,Trade of 2024,https://beta.example/2025,2025-01-13", []),
    ],
)
def test_a_row_appended_to_a_table_that_a_chart_asks_for_draws_it_anew(project, drawn, place, line, reports):
    """The whole of a table counts, rows that the chart does not use as well (exports here); of other tables nothing."""
    project.write(place, f"{project.read(place)}{line}\n")

    assert drawn() == reports


@pytest.mark.parametrize(
    "ask",
    ['"limits" in data', "list(data)", "len(data)", "sorted(data.values(), key=str)"],
)
def test_a_table_that_is_not_there_yet_counts_where_it_was_asked_for(project, drawn, ask):
    """A chart that looked for a table, or at all of them, is drawn anew when it comes."""
    project.replace(
        "story/charts.py",
        '    rows = [row for row in data["trade"]',
        f'    {ask}\n    rows = [row for row in data["trade"]',
    )
    drawn()
    for kind in ("csv", "toml"):
        text = project.read(f"data/sources.{kind}")
        project.write(f"data/limits.{kind}", text)

    assert drawn() == ["drawing 1/1: totals"]


def test_a_table_that_was_not_asked_for_does_not_count(project, drawn):
    """A new table draws nothing."""
    for kind in ("csv", "toml"):
        project.write(f"data/limits.{kind}", project.read(f"data/sources.{kind}"))

    assert drawn() == []


def test_what_a_chart_asks_for_is_noted():
    """By name, there or not; where all are gone through or counted, all."""
    values = Noted({"a": 1, "b": 2})

    assert (values["a"], "c" in values, values.get("d"), values.asked) == (1, False, None, {"a", "c", "d"})
    assert (list(values), len(values), EVERY in values.asked) == (["a", "b"], 2, True)


def test_the_program_that_draws_is_part_of_the_key(drawn, monkeypatch):
    """Another drawing process, or other versions of the packages, draw everything anew."""
    monkeypatch.setattr("press.figures.studio.renderer", lambda: "another")

    assert drawn() == ["drawing 1/1: totals"]


# What Python imports anew.

CODE = {
    "story/__init__.py": "",
    "story/measures.py": "VALUE = 1\n",
    "story/facts.py": "from story import measures\n",
    "story/charts/__init__.py": "from story.charts.one import one\n",
    "story/charts/one.py": "from story.measures import VALUE\n\n\ndef one():\n    return VALUE\n",
    "story/charts/two.py": "",
    "story/words.txt": "",
}


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Return a function that imports a story as it stands, and gives its modules by name; nothing of it is left."""
    left = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "story"}
    for name in left:
        monkeypatch.delitem(sys.modules, name)
    for place, text in CODE.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(key, "_LAST", [])

    def imported():
        Code(tmp_path).forget_changed()
        for name in ("story.facts", "story.charts", "story.charts.two"):
            importlib.import_module(name)
        return {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "story"}

    yield imported
    for name in [name for name in sys.modules if name.partition(".")[0] == "story"]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("place", "anew"),
    [
        ("story/charts/two.py", {"story.charts.two"}),
        ("story/charts/one.py", {"story.charts", "story.charts.one"}),
        ("story/measures.py", {"story.measures", "story.facts", "story.charts", "story.charts.one"}),
        ("story/words.txt", {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in CODE}),
    ],
)
def test_a_module_that_changed_is_imported_anew_and_so_is_all_that_runs_it(imported, tmp_path, place, anew):
    """No other is: what was worked out with its functions still holds. A file of data may be any module's."""
    before = imported()
    with (tmp_path / place).open("a", encoding="utf-8") as file:
        file.write("OTHER = 1\n")

    after = imported()

    assert {name for name, module in after.items() if module is not before.get(name)} == anew - {"story.words.txt"}
    assert (imported() == after) is True


def test_code_is_never_older_than_its_file(imported, tmp_path):
    """Of two saves in one second, too, the last is what runs."""
    for value in (1, 2, 3):
        (tmp_path / "story/measures.py").write_text(f"VALUE = {value}\n", "utf-8")

        assert imported()["story.charts"].one() == value


def test_all_is_imported_anew_where_nobody_knows_what_a_module_runs(imported, tmp_path):
    """A module that runs code by a name may run any."""
    (tmp_path / "story/charts/two.py").write_text("exec('')\n", "utf-8")
    before = imported()
    (tmp_path / "story/measures.py").write_text("VALUE = 2\n", "utf-8")

    assert not {id(module) for module in imported().values()} & {id(module) for module in before.values()}
