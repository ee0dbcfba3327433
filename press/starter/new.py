"""``press new``: a whole small story of a table, written at once or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import jinja2
import pandas as pd

import press
from press.facts import as_argument
from press.ground.errors import BuildError, Problem, ToldError
from press.reading import Conventions
from press.starter.guess import MOSTLY, UNDATED, Guess, guess

HERE, ENGINE = Path(__file__).parent, Path(press.__file__).parent
FILES = HERE / "files"
SUFFIX, DOT, TABLE = ".jinja", "dot.", "TABLE"  # of each file; before the name of a hidden one; the table's name
NONE = "no story of it holds; other heads, or a --title, may help"
ENGINES = {"bounds", "claim_figures", "revisions", "sources", "statement_figures", "statements"}  # names of tables
WRONG = re.compile(r"^((content/en/\S+\.md):(\d+).*)", re.MULTILINE)  # the line of a text


def new(folder: Path, table: Path | None, title: str = "") -> str:
    """Write a story of a table, or of a sample, into a folder; return what was guessed, a line each.

    Raises ``BuildError`` for a table that is to be changed, ``ToldError`` for a folder that is not empty. Nothing is
    written then.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise ToldError(f"found {folder}, which is not empty, expected a new folder")
    source, folder = table or HERE / "sample.csv", folder.resolve()
    found = guess(source, datetime.fromtimestamp(source.stat().st_mtime, UTC).year if source.exists() else 0)
    name = re.sub("[^a-z0-9]+", "_", source.stem.lower()).strip("_")
    values: dict[str, object] = {
        "guess": found,
        "table": name if name[:1].isalpha() and name not in ENGINES else f"table_{name}",
    }
    values |= {"title": title or re.sub("[_-]+", " ", source.stem).strip().capitalize(), "source": source.name}
    values |= {"invented": table is None, "undated": UNDATED, "engine": _engine(folder), **_first(found)}
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        told = [_write(draft, values), *(f"  left out: {why}" for why in _leave_out(draft, str(source)))]
        draft.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return "\n".join([*told, f"The story is in {folder}: see README.md there."])


def _first(found: Guess) -> dict[str, object]:
    """Return the rows that texts speak of.

    ``order``: those of the newest time of which most things have a figure, the largest first; ``series``: all of its
    first thing; ``best``: the largest of these.
    """
    time, main, names = found.time.name, found.numbers[0].name, [thing.name for thing in found.things]
    known = found.cells[found.cells[main] != ""]
    counts = known[time].value_counts()
    newest = known[known[time] == counts[counts >= MOSTLY * counts.max()].index.max()]
    order = newest.sort_values(main, key=pd.to_numeric, ascending=False)
    order = order[(order[names[1:]] == order.iloc[0][names[1:]]).all(axis=1)]
    series = known[(known[names] == order.iloc[0][names]).all(axis=1)].sort_values(time)
    best = series.sort_values(main, key=pd.to_numeric).iloc[-1].to_dict()
    return {"order": order.to_dict("records"), "series": series.to_dict("records"), "best": best}


def _write(draft: Path, values: Mapping[str, object]) -> str:
    """Fill the files of a story; return what was guessed."""
    environment = jinja2.Environment(  # noqa: S701 - no file of these is HTML
        "<%", "%>", "<<", ">>", "<#", "#>", trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined, loader=jinja2.FileSystemLoader([FILES, HERE / "sentences", ENGINE]),
    )  # fmt: skip
    language = Conventions("en")
    environment.filters |= {"toml": partial(json.dumps, ensure_ascii=False), "argument": as_argument}
    environment.filters |= {"date": language.date, "number": partial(_number, language)}
    for path in sorted(FILES.rglob(f"*{SUFFIX}")):
        name = path.relative_to(FILES).as_posix()
        place = draft / name.removesuffix(SUFFIX).replace(DOT, ".").replace(TABLE, str(values["table"]))
        if text := environment.get_template(name).render(values).strip():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f"{text}\n", "utf-8", newline="\n")
    return environment.get_template("guessed.jinja").render(values)


def _number(language: Conventions, cell: str) -> str:
    """Write a number, with two decimals at most where it is one or more."""
    value, decimals = Decimal(cell), len(cell.partition(".")[2])
    return language.number(value, decimals if abs(value) < 1 else min(decimals, 2))


def _leave_out(draft: Path, source: str) -> Iterator[str]:
    """Check a new story, and leave out what does not hold, such as a record that is shared; yield why.

    That is a sentence with a link, else a chart whose words cannot be shown.
    """
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    how: dict[str, Any] = {"cwd": draft, "env": environment, "capture_output": True, "encoding": "utf-8"}
    while (done := subprocess.run([sys.executable, "build.py", "check"], check=False, **how)).returncode:
        found = [(draft / name, int(line), told) for told, name, line in WRONG.findall(done.stderr)]
        lines = [(path, path.read_text("utf-8").splitlines()[line - 1], told) for path, line, told in found]
        bound = [each for each in lines if "](" in each[1]]
        charts = {path: told for path, _, told in lines if path.parent.name == "charts" and not bound}
        if not bound and not charts:
            raise BuildError([Problem(source, 0, f"{NONE}:\n{done.stderr.strip()}")])
        for path, line, told in bound:
            _drop(path, re.escape(line))
            yield told
        for path, told in charts.items():
            _drop(draft / "content/en/index.md", rf".*\(chart:{path.stem}\)")
            _drop(draft / "story/charts/__init__.py", rf".*\b{path.stem}\b.*")
            path.unlink()
            (draft / f"story/charts/{path.stem}.py").unlink()
            yield told


def _drop(path: Path, line: str) -> None:
    text = re.sub(f"^{line}\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8", newline="\n")


def _engine(folder: Path) -> str:
    """Return from where the running engine came, as pip takes it: a folder or a file as it is seen from ``folder``."""
    try:
        told = json.loads(metadata.distribution("press").read_text("direct_url.json") or "{}")
    except metadata.PackageNotFoundError:  # it runs from a checkout
        told = {}
    address = str(told.get("url", ENGINE.as_uri()))
    if version := told.get("vcs_info"):
        asked = f"@{version['requested_revision']}" if "requested_revision" in version else ""
        return f"{version['vcs']}+{address}{asked}#subdirectory={told.get('subdirectory', '')}"
    if address.startswith("file:"):
        return Path(os.path.relpath(url2pathname(urlsplit(address).path), folder)).as_posix()
    return address
