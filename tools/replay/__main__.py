"""Replay releases: ``python -m tools.replay`` takes the newest figures out of a copy of the story, and lets them in.

The rows of three tables whose first page is younger than 2023 come out, the texts are patched to that day, and each
release goes back in order through ``build.py import``. What is then false and unread is counted, ``fix`` repairs, the
patch of the day does what an editor would, the site is checked; all of it ends at today's bytes.

``--make`` writes the patches anew, from what the texts are today: after a change of the story's texts.
"""

from __future__ import annotations

import argparse
import difflib
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import build
from press.address import Base
from press.approvals import Review
from press.desk import commands
from press.desk.read import Desk, Look, accept_unread, looked_at, strictly
from press.errors import BuildError, Problem
from press.figures import ChartFunction, Worker
from press.pages import File
from press.quantity import value
from press.story import Bound, Story
from tools.replay.cutting import cut, without_charts
from tools.replay.releases import SOURCES, Lines, anchored, releases, uncited, without

ROOT = Path(__file__).resolve().parents[2]
PATCHES = Path(__file__).resolve().parent / "patches"
Say = Callable[[str], None]
COPIED, LINKED = ("content", "data"), ("press", "templates", "build.py")
TARGET, NAME = re.compile(r"(?:fact|claim):[^)\s]+|[,/]\w+/[\w/.-]+"), re.compile(r"[a-z_]\w*")
CHART = re.compile(r"^the chart (\w+) ")
CHARTS, LISTED = Path("story", "charts", "__init__.py"), re.compile(r' +"(\w+)",\n')
FEW = 2  # rows of a release that are recorded one by one
ROUNDS = 12  # of cutting what is false, and what became so by cutting
HEAD = "release       rows   pages  moved  false  fixed  unread  patched      s  by"


class Took(NamedTuple):
    """What a release came to: rows and pages, numbers moved, sentences false and unread, lines mended, seconds."""

    rows: int
    pages: int
    moved: int
    false: int
    fixed: int
    unread: int
    patched: int
    seconds: float

    def line(self, name: str, verb: str = "") -> str:
        """Return it below ``HEAD``."""
        counts = f"{self.rows:>6}{self.pages:>8}{self.moved:>7}{self.false:>7}{self.fixed:>7}{self.unread:>8}"
        return f"{name:<12}{counts}{self.patched:>9}{self.seconds:>7.1f}  {verb}".rstrip()


class Replay:
    """A copy of the story in which the releases come in again; ``makes`` writes its patches, else they are applied."""

    def __init__(self, root: Path, worker: Worker, *, makes: bool, named: bool) -> None:
        """Copy the story; nothing is taken out yet."""
        self.root, self._worker, self._makes, self._named = root, worker, makes, named
        for name in COPIED:
            shutil.copytree(ROOT / name, root / name)
        shutil.copytree(ROOT / "story", root / "story")
        for name in LINKED:
            (root / name).symlink_to(ROOT / name)
        if (ROOT / ".cache").exists():
            shutil.copytree(ROOT / ".cache", root / ".cache", ignore=shutil.ignore_patterns("*.lock", "*.json"))
        self._today = {name: _files(ROOT / name) for name in COPIED}
        self._releases = releases(root / "data")
        self._came_out: dict[str, list[str]] = {SOURCES: []}
        self._undrawn = {"any"}  # charts that could not be drawn on the day before: on the first, nobody knows
        self._verb, self._before = "", dict[str, tuple[str, ...]]()

    def run(self) -> int:
        """Do all of it; return how many files are not at today's bytes at the end."""
        started, took = time.perf_counter(), list[Took]()
        self._take_out()
        print(HEAD, flush=True)
        for number, (day, tables) in enumerate(self._releases.items(), 1):
            took.append(self._release(number, day, tables))
            print(took[-1].line(day, self._verb), flush=True)
        sums = [sum(column) for column in zip(*took, strict=True)]
        print(Took(*sums).line(f"{len(took)} in all"))
        wrong = self._differences()
        print(f"{len(wrong)} files differ from today's{': ' if wrong else ''}{', '.join(wrong)}")
        print(f"{time.perf_counter() - started:.0f} s with the first build")
        return len(wrong)

    def _take_out(self) -> None:
        """Take the releases out of the tables, and bring the texts to the day before the first."""
        for day in self._releases.values():
            for table, lines in day.items():
                without(self.root / "data" / f"{table}.csv", lines)
        self._take_out_pages()
        while more := [item for item in self._bound().problems if item.path.startswith("data/")]:
            for problem in more:
                path = self.root / problem.path
                lines = path.read_bytes().decode().splitlines(keepends=True)
                self._came_out.setdefault(path.stem, []).append(lines[problem.line - 1])
            for table, lines in self._came_out.items():
                if table != SOURCES:
                    without(self.root / "data" / f"{table}.csv", lines)
            self._take_out_pages()
        self._mend(0, "start", _texts(self.root))
        self._accept()
        self._check()

    def _take_out_pages(self) -> None:
        pages = uncited(self.root / "data")
        self._came_out[SOURCES] += pages
        without(self.root / "data" / f"{SOURCES}.csv", pages)
        self._set_anchors()

    def _set_anchors(self) -> None:
        for path in (self.root / "data").glob("*.toml"):
            path.write_text(anchored(self._today["data"][path.name].decode(), path.with_suffix(".csv")), "utf-8")

    def _release(self, number: int, day: str, tables: Mapping[str, list[str]]) -> Took:
        started = time.perf_counter()
        files = dict(self._incoming(tables))
        rows = sum(count for path, count in files.items() if path.stem != SOURCES)
        pages = sum(files.values()) - rows
        self._verb = "record" if rows <= FEW and pages <= 1 else "import"
        if self._verb == "import":
            self._do("import", *map(str, files))
        else:
            self._record(files)
        self._set_anchors()
        bound = self._bound()
        false, moved = len(BuildError(bound.problems).problems), _moved(self._before, _values(bound))
        self._say(day, "false", map(str, bound.problems))
        texts = _texts(self.root)
        self._do("fix", fails=True)
        fixed = sum(_changed(texts, _texts(self.root)))
        unread = self._unread(day)
        patched = self._mend(number, day, _texts(self.root))
        self._accept()
        self._check()
        return Took(rows, pages, moved, false, fixed, unread, patched, time.perf_counter() - started)

    def _record(self, files: Iterable[Path]) -> None:
        """Record rows one by one; the page comes with the first."""
        page = [f"source.{cell}" for path in files if path.stem == SOURCES for cell in _cells(path)[0]]
        for path in files:
            for row in _cells(path) if path.stem != SOURCES else ():
                self._do("record", path.stem, *row, *page)
                page = []

    def _incoming(self, tables: Mapping[str, list[str]]) -> Iterator[tuple[Path, int]]:
        """Write what a release brings in the project's own columns: rows, the rows that rest on them, pages."""
        lines = {name: list(own) for name, own in tables.items()}
        if "trade_annual" in tables:
            for name in [name for name in self._came_out if name != SOURCES]:
                lines.setdefault(name, []).extend(self._came_out.pop(name))
        folder = self.root / "incoming"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        cited = set[str]()
        for name, own in lines.items():
            path = folder / f"{name}.csv"
            path.write_bytes(Lines.of(self.root / "data" / path.name).text(own))
            cited |= {page for _, row in Lines.of(path).rows for page in row.get("source_ids", "").split(";")}
            yield path, len(own)
        pages = [line for line in self._came_out[SOURCES] if line.partition(",")[0] in cited]
        self._came_out[SOURCES] = [line for line in self._came_out[SOURCES] if line not in pages]
        if pages:
            path = folder / f"{SOURCES}.csv"
            path.write_bytes(Lines.of(self.root / "data" / path.name).text(pages))
            yield path, len(pages)

    def _mend(self, number: int, day: str, texts: Mapping[str, str]) -> int:
        """Bring the texts to their day by its patch; return how many lines it has."""
        patch = PATCHES / f"{number:02}-{day}.patch"
        if self._makes:
            made = "".join(_patch(texts, self._of_the_day()))
            if made:
                patch.write_text(made, "utf-8")
            _write(self.root, texts)
        if not patch.exists():
            return 0
        done = subprocess.run(["git", "apply", "-"], cwd=self.root, input=patch.read_bytes(), check=False)  # noqa: S607
        if done.returncode:
            sys.exit(f"{patch.name}: the texts have changed since it was made: python -m tools.replay --make")
        return sum(line[:1] in "+-" and line[:3] not in {"+++", "---"} for line in patch.read_text("utf-8").split("\n"))

    def _of_the_day(self) -> dict[str, str]:
        """Return today's texts with the figures of the day, without what is not true yet."""
        today = {f"content/{name}": body.decode() for name, body in self._today["content"].items() if _is_text(name)}
        _write(self.root, today)
        self._do("fix", fails=True)
        undrawn = set[str]()
        for _ in range(ROUNDS):
            problems = self._bound().problems or (self._problems() if self._undrawn else ())
            if not problems:
                self._undrawn = undrawn
                return _texts(self.root)
            lacking = {found[1] for each in problems if (found := CHART.search(each.message))}
            undrawn |= lacking
            texts = _texts(self.root)
            _write(self.root, without_charts(texts, lacking) if lacking else texts | cut(texts, problems))
        sys.exit("\n".join(["cutting leaves what is false:", *map(str, BuildError(problems).problems)]))

    def _story(self) -> Story:
        """Return the story with the facts that its texts use and the charts that they have: others come with theirs."""
        self._list_charts()
        story = build.this_story()
        words = "\n".join([*_texts(self.root).values(), (self.root / "data" / "claim_figures.csv").read_text("utf-8")])
        named = {name for target in TARGET.findall(words) for name in NAME.findall(target)}
        facts = {name: each for name, each in story.facts.items() if name in named}
        return story._replace(facts=facts, charts=lambda: self._charts(story))

    def _charts(self, story: Story) -> Mapping[str, ChartFunction]:
        """Return the charts that have words, as ``charts`` of a story does."""
        return {name: chart for name, chart in story.charts().items() if self._has_words(name)}

    def _has_words(self, name: str) -> bool:
        return (self.root / "content" / "en" / "charts" / f"{name}.md").exists()

    def _list_charts(self) -> None:
        """List in the copy of the story's code the charts that have words: drawings are kept by what it says."""
        lines = (ROOT / CHARTS).read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not (found := LISTED.fullmatch(line)) or self._has_words(found[1])]
        (self.root / CHARTS).write_text("".join(kept), "utf-8")

    def _bind(self, root: Path, report: Say) -> Bound:
        return build.bind(root, report, self._story())

    def _build(
        self, root: Path, base: Base | None, report: Say, worker: Worker, look: Look
    ) -> Iterator[tuple[str, File]]:
        return build.build(root, base, report, worker, self._story(), look=look)

    def _bound(self) -> Bound:
        return self._bind(self.root, lambda _line: None)

    def _problems(self, look: Look = lambda _reviews: ()) -> Sequence[Problem]:
        """Return what keeps the site from being built."""
        try:
            dict(self._build(self.root, None, lambda _line: None, self._worker, look=look))
        except BuildError as error:
            return error.problems
        return ()

    def _unread(self, day: str) -> int:
        found = self._looked_at(self._bound())
        self._say(day, "unread", (str(item.problem) for review in found for item in review.unread))
        return sum(len(review.unread) for review in found)

    def _say(self, day: str, what: str, lines: Iterator[str] | map[str]) -> None:
        for line in lines if self._named else ():
            print(f"{day} {what}: {line.splitlines()[0]}")

    def _accept(self) -> None:
        """Approve all that is unread, as ``read --accept-without-reading`` does."""
        bound = self._bound()
        accept_unread(Desk(bound, self._looked_at(bound)), [], self.root)
        self._before = _values(bound)

    def _check(self) -> None:
        """Build the site strictly, and write nothing. Exits with what is wrong."""
        if problems := self._problems(strictly):
            sys.exit(str(BuildError(problems)))

    def _looked_at(self, bound: Bound) -> tuple[Review, ...]:
        return looked_at(bound, self.root, self._worker, lambda _line: None)

    def _do(self, *arguments: str, fails: bool = False) -> None:
        """Do what a command line does; stop where it fails, unless it may."""
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(out):
            status = commands.run(list(arguments), self.root, self._build, self._bind, self._story)
        if status and not fails:
            sys.exit(f"build.py {' '.join(arguments)}: status {status}\n{out.getvalue()}")

    def _differences(self) -> list[str]:
        """Return the files that are not as they are today; approvals, which were given in bulk, are put back."""
        for name, body in self._today["content"].items():
            if "/read/" in name:
                (self.root / "content" / name).write_bytes(body)
        found = {name: _files(self.root / name) for name in COPIED}
        return sorted(
            f"{folder}/{name}"
            for folder in COPIED
            for name in {*found[folder], *self._today[folder]}
            if found[folder].get(name) != self._today[folder].get(name)
        )


def _cells(path: Path) -> list[list[str]]:
    """Return the rows of a file as ``record`` takes them: ``column=value``."""
    return [[f"{name}={text}" for name, text in row.items()] for _, row in Lines.of(path).rows]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _is_text(name: str) -> bool:
    return "/read/" not in name


def _texts(root: Path) -> dict[str, str]:
    return {f"content/{name}": body.decode() for name, body in _files(root / "content").items() if _is_text(name)}


def _write(root: Path, texts: Mapping[str, str]) -> None:
    """Make these the texts, and no others."""
    for name in _texts(root).keys() - texts.keys():
        (root / name).unlink()
    for name, text in texts.items():
        (root / name).write_bytes(text.encode())


def _values(bound: Bound) -> dict[str, tuple[str, ...]]:
    """Return what each link of the texts stands for."""
    entries = (entry for ledger in bound.ledgers.values() for entry in ledger.entries)
    return {entry.link.target: tuple(value(fact.quantity) for fact in entry.proof.facts) for entry in entries}


def _moved(before: Mapping[str, object], after: Mapping[str, object]) -> int:
    return sum(name in after and after[name] != old for name, old in before.items())


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[int]:
    """Yield how many lines of each file have changed."""
    for name, old in before.items():
        yield sum(a != b for a, b in zip(old.split("\n"), after[name].split("\n"), strict=True))


def _patch(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        old, new = (texts.get(name, "").splitlines(keepends=True) for texts in (before, after))
        a, b = (f"{side}/{name}" if name in texts else "/dev/null" for side, texts in (("a", before), ("b", after)))
        yield from difflib.unified_diff(old, new, a, b, n=1)


def main() -> int:
    """Replay, in a folder that is deleted afterwards."""
    parser = argparse.ArgumentParser(prog="python -m tools.replay", description=__doc__)
    parser.add_argument("--make", action="store_true", help="write the patches anew from today's texts")
    parser.add_argument("--named", action="store_true", help="name each sentence that is false or unread")
    options = parser.parse_args()
    if not (options.make or PATCHES.is_dir()):
        sys.exit("there are no patches: python -m tools.replay --make")
    if options.make:
        shutil.rmtree(PATCHES, ignore_errors=True)
        PATCHES.mkdir()
    with tempfile.TemporaryDirectory() as folder, closing(Worker()) as worker:
        return min(Replay(Path(folder), worker, makes=options.make, named=options.named).run(), 1)


if __name__ == "__main__":
    sys.exit(main())
