"""A small story in a folder of its own, that tests may spoil, build and look at."""

# also for the code of small stories, which is compiled below
from __future__ import annotations

import contextlib
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import build
from press import data
from press.data.tables import Data, Row
from press.desk import commands
from press.desk.order import Order
from press.facts import list_facts_including_imported_siblings
from press.figures.plot import ChartFunction
from press.figures.pool import DrawingPool
from press.ground.address import BaseUrl
from press.ground.errors import Problems
from press.intake import Adapter
from press.pages.file import File, FilesByAddress
from press.story import Story

BASE = Path(__file__).parent / "stories" / "base"
PALETTE = {
    "paper": ("#ffffff", "#000000"),
    "ink": ("#111111", "#eeeeee"),
    "muted": ("#555555", "#aaaaaa"),
    "rule": ("#dddddd", "#333333"),
    "accent": ("#0b6e5f", "#4cc4ae"),
}
INPUTS = ("content", "data", "templates", "story")
VALUE, ROUNDED = "value_usd_million", 15


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
    """Check the tables of the small story together: exports and imports make the total
    of their year.
    """
    problems, years = Problems(), defaultdict[object, dict[object, Row]](dict)
    for row in tables["trade"].rows:
        years[row["year"]][row["flow"]] = row
    for year, flows in years.items():
        if flows.keys() >= {"export", "import", "total"}:
            parts = flows["export"].number(VALUE) + flows["import"].number(VALUE)
            row, found = flows["total"], flows["total"].number(VALUE)
            if abs(found - parts) > ROUNDED:
                message = (
                    f"{VALUE}: found {found}, expected {parts} ± {ROUNDED} (exports +"
                    f" imports of {year})"
                )
                problems.add(row.path, row.line, message)
    problems.stop_if_any()
    return []


def run_file_for_names(path: Path) -> dict[str, Any]:
    """Run a file of a small story and return its names.

    It is not imported: bytecode left from before a change made in the same second would
    be taken for the change.
    """
    names: dict[str, Any] = {"__name__": f"{path.stem}_of_a_small_story"}
    exec(compile(path.read_bytes(), path, "exec"), names)  # noqa: S102 - the tests' own file
    return names


def load_charts(root: Path) -> Mapping[str, ChartFunction]:
    """Return the chart functions of the story in ``root``."""
    names = run_file_for_names(root / "story" / "charts.py")
    return {
        name: item
        for name, item in names.items()
        if callable(item)
        and item.__module__ == names["__name__"]
        and not name.startswith("_")
    }


def load_adapters(root: Path) -> Sequence[Adapter]:
    """Return the adapters of the story in ``root``."""
    return run_file_for_names(root / "story" / "sources.py")["ADAPTERS"]


def load_story(root: Path) -> Story:
    """Return what is Python in the small story in ``root``."""
    facts = run_file_for_names(root / "story" / "facts.py")
    module = ModuleType("facts")
    vars(module).update(facts)
    own = root / "story" / "checks.py"
    checked = run_file_for_names(own)["check"] if own.exists() else check
    return Story(
        checked,
        list_facts_including_imported_siblings(module),
        facts.get("bound"),
        lambda: load_charts(root),
        PALETTE,
        lambda: load_adapters(root),
        None,
    )


def read_files_below(folder: Path) -> dict[str, bytes]:
    """Return what was written below a folder by its place in it, but not what Python
    compiled.
    """
    paths = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class Project:
    """A story in a folder, which a test may change in any way."""

    def __init__(self, root: Path, pool: DrawingPool | None = None) -> None:
        self.root = root
        self.pool = pool  # where there is none, each build has its own
        self.site = root / "site"
        self.reports: list[str] = []

    def load(self) -> Data:
        """Return the tables."""
        return data.load_tables(self.root / "data", self.root)

    def build(self, base: BaseUrl | None = None) -> FilesByAddress:
        """Return the site as a value."""
        with contextlib.closing(DrawingPool()) as own:
            return dict(
                build.build(
                    Order(
                        self.root,
                        base,
                        self.reports.append,
                        self.pool or own,
                        load_story,
                    )
                )
            )

    def run(self, *arguments: str) -> Outcome:
        """Do what the command line does, with this story."""
        story = load_story(self.root)

        def build_this(order: Order) -> Iterator[tuple[str, File]]:
            return build.build(order._replace(pool=self.pool or order.pool))

        with (
            contextlib.redirect_stdout(io.StringIO()) as out,
            contextlib.redirect_stderr(io.StringIO()) as err,
        ):
            status = commands.run_in_story(
                list(arguments), self.root, build_this, lambda _root: story
            )
        return Outcome(status, out.getvalue(), err.getvalue())

    def accept(self) -> None:
        """Let a person have read all of the story."""
        places = re.findall(
            r"^((?:content|data)/[^:\n]+):\d+:\d+: ",
            self.run("read", "--list").out,
            re.MULTILINE,
        )
        self.run("read", "--accept", *dict.fromkeys(places))

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
        assert text.count(old) == 1, (
            f"{old!r} stands {text.count(old)} times in {place}"
        )
        self.write(place, text.replace(old, new))

    def sources(self) -> dict[str, bytes]:
        """Return all that authors write."""
        folders = (*INPUTS, "editions")
        return {
            f"{folder}/{place}": body
            for folder in folders
            for place, body in read_files_below(self.root / folder).items()
        }

    def published(self) -> dict[str, bytes]:
        """Return all that stands in site/, with the build's own notes."""
        return read_files_below(self.site)
