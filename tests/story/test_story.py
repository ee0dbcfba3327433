"""The real story: it builds, from anywhere, at any time, to the same bytes, and a second time without drawing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import html5lib
import pytest
from frictionless import Package

import build

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("build.py", "press", "story", "content", "data", "templates")
HEAVY = ("altair", "numpy", "pandas", "vl_convert")
# Runs the command line as ``python build.py`` does, then says which of the heavy packages it imported.
LOOK = f"""
import runpy, sys
sys.argv = ["build.py"]
try:
    runpy.run_path("build.py", run_name="__main__")
finally:
    print("imported:", *sorted(set({HEAVY!r}) & sys.modules.keys()))
"""


class Ran(NamedTuple):
    """A process that has ended."""

    status: int
    out: str
    err: str


def copy_of_the_story(folder):
    """Copy everything that a build reads, and nothing that an earlier build left."""
    folder.mkdir(parents=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


def start(folder, *arguments, **variables):
    """Start Python in a folder. Coverage is not measured there: it would count the copy's modules."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env={**kept, "PYTHONIOENCODING": "utf-8", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def end(process):
    out, err = process.communicate(timeout=120)
    return Ran(process.returncode, out, err)


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="session")
def here_and_there(tmp_path_factory):
    """Build two copies of the story: in another folder, time zone, locale, and with another order of sets."""
    here = copy_of_the_story(tmp_path_factory.mktemp("here") / "story")
    there = copy_of_the_story(tmp_path_factory.mktemp("there") / "a folder" / "with spaces and é")
    processes = [
        start(here, "build.py", TZ="Asia/Shanghai", PYTHONHASHSEED="1", LC_ALL="C"),
        start(there, "-c", LOOK, TZ="America/Los_Angeles", PYTHONHASHSEED="2", LC_ALL="C.UTF-8"),
    ]
    return [(folder, end(process)) for folder, process in zip((here, there), processes, strict=True)]


def test_the_story_builds(here_and_there):
    """The story's own tables, texts, charts and templates have no mistakes in them."""
    assert [(ran.status, ran.err) for _, ran in here_and_there] == [(0, ""), (0, "")]


def test_every_receipt_says_what_the_ledger_holds(here_and_there):
    """Value, rows and sources are the ledger's, and each use leads to the very words that are bound."""
    folder = here_and_there[0][0]
    told = {item["id"]: item for item in json.loads((folder / "site" / "numbers.json").read_text("utf-8"))["numbers"]}
    ledger = build.bind(folder, lambda _line: None).ledgers["en"]
    held = [entry for entry in ledger.entries if entry.link.scheme in {"fact", "claim"}]
    pages = {
        path.name: html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        for path in (folder / "site").glob("*.html")
    }
    shown = {
        f"{name}#{element.get('id')}": "".join(element.itertext())
        for name, page in pages.items()
        for element in page.iter("a")
        if element.get("id")
    }

    assert len(held) > 100
    for entry in held:
        number = told[entry.link.target]
        assert [(row["file"], row["line"]) for row in number["rows"]] == [(row.path, row.line) for row in entry.rows]
        assert set(number["sources"]) == {source for row in entry.rows for source in row.source_ids}
        assert entry.words in {use["words"] for use in number["uses"]}
        if entry.link.scheme == "fact" and "date" not in number["kind"] and number["kind"] not in {"year", "month"}:
            assert Decimal(number["value"]) == round(entry.proof.facts[0].quantity.value, 8)
    uses = [use for number in told.values() for use in number["uses"] if use["address"] in shown]
    assert len(uses) > 100
    assert [use for use in uses if " ".join(shown[use["address"]].split()) != " ".join(use["words"].split())] == []


def test_two_runs_give_the_same_bytes(here_and_there):
    """Folder, time zone, locale and the order of sets leave no trace in any file of the site."""
    here, there = (files_of(folder / "site") for folder, _ in here_and_there)

    assert sorted(here) == sorted(there)
    assert [address for address in here if here[address] != there[address]] == []


def test_the_published_data_package_is_valid(here_and_there):
    """Frictionless finds the package, all its tables and all their cells as the standard wants them."""
    folder, _ = here_and_there[0]
    package = Package(str(folder / "site" / "data" / "datapackage.json"))

    report = package.validate()

    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    assert sorted(item.name for item in package.resources) == sorted(path.stem for path in ROOT.glob("data/*.csv"))


def test_nothing_of_the_machine_stands_in_the_site(here_and_there):
    """No file of the site names the folder that it was built in."""
    folder, _ = here_and_there[0]

    assert [name for name, body in files_of(folder / "site").items() if str(folder).encode() in body] == []


def test_an_unchanged_build_draws_nothing_and_imports_nothing_heavy(here_and_there, tmp_path):
    """From the cache the same site comes without Altair, pandas or the renderer."""
    built, _ = here_and_there[0]
    folder = copy_of_the_story(tmp_path / "story")
    shutil.copytree(built / ".cache", folder / ".cache")

    ran = end(start(folder, "-c", LOOK))

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "imported:"
    assert "drawing" not in ran.out
    assert files_of(folder / "site") == files_of(built / "site")


def test_a_first_build_imports_them(here_and_there):
    """The test above would notice: without a cache all are imported, but the renderer, which is another process."""
    _, ran = here_and_there[1]

    assert ran.out.splitlines()[-1] == "imported: altair numpy pandas"


def test_a_mistake_ends_with_status_1_and_without_a_traceback(tmp_path):
    """The real command line, with the real story spoilt: the mistake is told, and nothing else."""
    folder = copy_of_the_story(tmp_path / "story")
    path = folder / "data" / "trade_annual.csv"
    path.write_text(path.read_text("utf-8").replace("240110", "240,110"), "utf-8")

    ran = end(start(folder, "build.py", "check"))

    assert (ran.status, ran.out) == (1, "")
    assert "Traceback" not in ran.err
    assert [line.partition(": ")[0].rpartition(":")[0] for line in ran.err.splitlines()[:1]] == [
        "data/trade_annual.csv"
    ]


def test_the_build_may_be_started_anywhere(here_and_there, tmp_path):
    """The command finds its story beside itself, whatever folder it is started in."""
    folder, _ = here_and_there[0]

    ran = end(start(tmp_path, folder / "build.py", "check"))

    assert (ran.status, ran.err) == (0, "")
    assert list(tmp_path.iterdir()) == []
