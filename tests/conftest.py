"""What tests share: a small story in a folder of its own, that can be spoilt, built and looked at."""

from __future__ import annotations

import contextlib
import io
import shutil
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import settings

import build
from press.data import tables as data
from press.data.schema import Description, Field, parse_description
from press.data.tables import Data, Row, Table
from press.desk import commands
from press.errors import Problems
from press.figures.worker import Worker
from press.files import read, shown
from press.story import Story
from story.checks import flows_add_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from press.data.schema import Value
    from press.figures.studio import ChartFunction
    from press.pages.file import Base, Site
    from press.story import Bound

settings.register_profile("patient", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("patient")

BASE = Path(__file__).parent / "stories" / "base"
PALETTE = {
    "paper": ("#ffffff", "#000000"),
    "ink": ("#111111", "#eeeeee"),
    "muted": ("#555555", "#aaaaaa"),
    "rule": ("#dddddd", "#333333"),
    "accent": ("#0b6e5f", "#4cc4ae"),
}
INPUTS = ("content", "data", "templates", "story")


class Outcome(NamedTuple):
    """What a command did: its exit status, and what it wrote to both its outputs."""

    status: int
    out: str
    err: str

    @property
    def problems(self) -> str:
        """The problems, without the closing line that counts them."""
        return self.err.rpartition("\n\n")[0]


def check(tables: Data) -> list[str]:
    """Check the tables of the small story together, as ``story.checks`` checks the real ones."""
    problems = Problems()
    flows_add_up(tables["trade"], ("year",), problems)
    problems.stop_if_any()
    return []


def names_in(path: Path) -> dict[str, Any]:
    """Run a file of a small story and return its names.

    It is not imported: bytecode left from before a change made in the same second would be taken for the change.
    """
    names: dict[str, Any] = {"__name__": f"{path.stem}_of_a_small_story"}
    exec(compile(path.read_bytes(), path, "exec"), names)  # noqa: S102 - the tests' own file
    return names


def charts_in(root: Path) -> Mapping[str, ChartFunction]:
    """Return the chart functions of the story in ``root``."""
    names = names_in(root / "story" / "charts.py")
    return {
        name: item
        for name, item in names.items()
        if callable(item) and item.__module__ == names["__name__"] and not name.startswith("_")
    }


def story_in(root: Path) -> Story:
    """Return what is Python in the small story in ``root``."""
    facts = names_in(root / "story" / "facts.py")
    functions = {name: facts[name] for name in facts["__all__"]}
    return Story(check, functions, facts["bound"], lambda: charts_in(root), PALETTE)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its place in it; of a folder that is not there, nothing."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class Project:
    """A story in a folder, which a test may change in any way."""

    def __init__(self, root: Path, worker: Worker | None = None) -> None:
        self.root = root
        self.worker = worker  # where there is none, each build has its own
        self.site = root / "site"
        self.reports: list[str] = []

    def load(self) -> Data:
        """Return the tables."""
        return data.load(self.root / "data", self.root)

    def build(self, base: Base | None = None) -> Site:
        """Return the site as a value."""
        with contextlib.closing(Worker()) as own:
            return build.build(self.root, base, self.reports.append, self.worker or own, story_in(self.root))

    def run(self, *arguments: str) -> Outcome:
        """Do what the command line does, with this story."""
        story = story_in(self.root)

        def build_this(root: Path, base: Base | None, report: Callable[[str], None], own: Worker) -> Site:
            return build.build(root, base, report, self.worker or own, story)

        def bind_this(root: Path, report: Callable[[str], None]) -> Bound:
            return build.bind(root, report, story)

        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
            status = commands.run(list(arguments), self.root, build_this, bind_this)
        return Outcome(status, out.getvalue(), err.getvalue())

    def write(self, place: str, text: str | bytes) -> None:
        """Make a file say just this."""
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, place: str) -> str:
        """Return the text of a file."""
        return (self.root / place).read_text("utf-8")

    def replace(self, place: str, old: str, new: str) -> None:
        """Replace a text that stands in a file exactly once."""
        text = self.read(place)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {place}"
        self.write(place, text.replace(old, new))

    def sources(self) -> dict[str, bytes]:
        """Return all that authors write."""
        return {f"{folder}/{place}": body for folder in INPUTS for place, body in files_in(self.root / folder).items()}

    def published(self) -> dict[str, bytes]:
        """Return all that stands in site/, with the build's own notes."""
        return files_in(self.site)


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """Share one drawing process: it takes half a second to start."""
    shared = Worker()
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker: Worker) -> Path:
    """Build and publish the base story once, for tests that begin with a good site and its drawings."""
    root = tmp_path_factory.mktemp("built") / "story"
    shutil.copytree(BASE, root)
    outcome = Project(root, worker).run("build")
    assert outcome.status == 0, outcome.err
    return root


@pytest.fixture
def make_project(built: Path, tmp_path: Path, worker: Worker) -> Callable[..., Project]:
    """Return a function that makes a project: the base story with the files of ``overlay`` over it.

    The drawings of the base story are in its cache: what a test changes is drawn anew, and nothing else.
    """

    def make(name: str = "project", overlay: Path | None = None) -> Project:
        root = tmp_path / name
        shutil.copytree(BASE, root)
        shutil.copytree(built / ".cache", root / ".cache")
        if overlay:
            shutil.copytree(overlay, root, dirs_exist_ok=True)
        return Project(root, worker)

    return make


@pytest.fixture
def project(make_project: Callable[..., Project]) -> Project:
    """Return the base story with its drawings, not yet published."""
    return make_project()


@pytest.fixture
def published(built: Path, project: Project) -> Project:
    """Return the base story with its drawings and its good site."""
    shutil.copytree(built / "site", project.site)
    return project


@pytest.fixture
def charts_of() -> Callable[[Path], Mapping[str, ChartFunction]]:
    """Return the function that reads a story's chart functions."""
    return charts_in


@pytest.fixture
def describe(tmp_path: Path) -> Callable[..., Description]:
    """Return a function that reads the description of a table from the TOML of its fields and more."""

    def describe(toml: str, name: str = "table") -> Description:
        path = tmp_path / "data" / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(toml, "utf-8")
        return parse_description(read(path, tmp_path), shown(path, tmp_path))

    return describe


def table_of(name: str, key: str, columns: str, *lines: str) -> Table:
    """Return a table without files: columns and cells as in a CSV, numbers where they look like numbers."""
    units = {"value_usd_million": "USD million", "precision_usd_million": "USD million"}
    names = columns.split(",")
    fields = {item: Field(item, "string", item, item, units.get(item, ""), ";", {}, 1) for item in names}
    description = Description(name, f"data/{name}.toml", {}, name, name, fields, tuple(key.split(",")), (), ())
    rows = [
        Row(description, f"data/{name}.csv", line, dict(zip(names, map(value_of, cells.split(",")), strict=True)))
        for line, cells in enumerate(lines, 2)
    ]
    return Table(description, f"data/{name}.csv", tuple(rows))


def value_of(cell: str) -> Value:
    """Return a cell as a table would hold it: years and figures as numbers, ids in a list, the rest as text."""
    if cell.startswith("["):
        return tuple(cell.strip("[]").split(";"))
    if len(cell) == len("2023") and cell.isdecimal():
        return int(cell)
    try:
        return Decimal(cell) if cell else None
    except InvalidOperation:
        return cell


@pytest.fixture
def tables() -> Callable[..., Data]:
    """Return a function that makes tables out of ``name=(key, columns, *lines)``."""
    return lambda **contents: Data({name: table_of(name, *content) for name, content in contents.items()})
