"""What stands in site/ while a build writes it, and when two builds do: never a mix
that harms a reader.
"""

import os
import posixpath
import re
import shutil
import subprocess
import sys
from functools import cache
from typing import NamedTuple

import pytest

from press.desk.publish import write_changed_site_files
from press.pages.file import File
from tests.engine.bindings import CHART, INDEX, STORY, add_chart_pages
from tests.engine.project import Project
from tests.engine.publishing import kill_after_steps

PATIENCE = 600  # seconds that a process of a test may take, on a busy machine
WAITING = "another build is writing site/: waiting\n"
PAGE = """+++
title = "The page {name}"
description = "It is a page."
+++

In 2022 trade came to [$190.3 billion](fact:total/2022). See [the other]({other}.md), [the first](index.md).
"""
# to a file of the site
REFERENCE = re.compile(r'<[^>]*?\s(href|src|data-cards)="([^"#:]+)["#]')
# What a process runs: a publication that has its lock until it is told to go on.
HOLD = """
import sys
from pathlib import Path
from press.desk.publish import write_changed_site_files
from press.pages.file import File
def body():
    print("writing", flush=True)
    return sys.stdin.readline().encode()
root = Path(sys.argv[1])
write_changed_site_files({"index.html": File(body, "x")}, root / "site", root, lambda line: print(line, flush=True))
"""


class Versions(NamedTuple):
    """The site of a story before and after changes."""

    old: dict[str, bytes]
    new: dict[str, bytes]


def add_pages(project, one, other):
    """Write two pages that lead to each other, and lead to the first of them from the
    story's page.
    """
    for name, beside in ((one, other), (other, one)):
        project.write(f"content/en/{name}.md", PAGE.format(name=name, other=beside))
    project.write(INDEX, f"{project.read(INDEX)}\nMore on [a page]({one}.md).\n")


def renew(project):
    """Let pages and what they load come, change and go."""
    index = project.read(INDEX).partition("\nMore on ")[0]
    project.write(
        INDEX,
        f"{index}\nIn 2022 a share of [40%](fact:share/export/2022) were exports.\n",
    )
    for name in ("calm", "fern"):
        (project.root / f"content/en/{name}.md").unlink()
    add_pages(project, "sand", "tide")
    project.replace(CHART, "and before, billions", "and before it, billions")
    project.write(
        "templates/static/site.css",
        f"{project.read('templates/static/site.css')}\nh1 {{ margin: 0 }}\n",
    )


def files_of(project):
    """Return the files of a published site, without the build's notes."""
    return {
        place: body
        for place, body in project.published().items()
        if not place.startswith(".press/")
    }


def start(root):
    """Start a process that writes the site of a folder when it is its turn, and ends
    when it is told.
    """
    command = [sys.executable, "-c", HOLD, str(root)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, **pipes
    )


def ended(process):
    """Wait for the end of a process; return its exit status."""
    with process:
        process.communicate(timeout=PATIENCE)
    return process.returncode


@pytest.fixture(scope="module")
def versions(built, pool, tmp_path_factory):
    """Build a small story with chart pages, and the same after changes, each from
    nothing.
    """
    old, new = (
        Project(tmp_path_factory.mktemp(name) / "story", pool)
        for name in ("old", "new")
    )
    for project in (old, new):
        for source in (built, STORY):
            shutil.copytree(
                source,
                project.root,
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns("site", ".cache"),
            )
        add_chart_pages(project)
        add_pages(project, "calm", "fern")
    renew(new)
    assert [project.run("build").err for project in (old, new)] == ["", ""]
    return Versions(files_of(old), files_of(new))


@cache
def names(page, body):
    """Return the files that a page names: those that it loads, and those that it links
    to.
    """
    loaded, linked = set(), set()
    for what, target in REFERENCE.findall(body.decode()):
        there = linked if what == "href" and not target.endswith(".css") else loaded
        base = "" if target.startswith("/") else posixpath.dirname(page)
        there.add(posixpath.normpath(posixpath.join(base, target.lstrip("/"))))
    return loaded, linked


def dead_ends(files, known):
    """Return each file that is not there, with a page that names it, and that a reader
    may be on.

    Readers are on the story's page and on pages that they ``known`` of, and come to
    what those link to. A page that nobody comes to may link to another one, but loads
    nothing that is not there.
    """
    pages = {
        page: names(page, body)
        for page, body in files.items()
        if page.endswith(".html")
    }
    reached, new = set(), {"index.html", *known} & pages.keys()
    while new:
        reached |= new
        new = {
            target for page in new for target in pages[page][1] if target in pages
        } - reached
    dead = {
        (page, target)
        for page, (loaded, _) in pages.items()
        for target in loaded - files.keys()
    }
    return dead | {
        (page, target) for page in reached for target in pages[page][1] - files.keys()
    }


def site_of(files):
    """Return files as a site."""
    return {address: File(body, "x") for address, body in files.items()}


@pytest.mark.parametrize("way", ["from nothing", "on", "back"])
def test_a_reader_meets_no_dead_end_at_any_step(way, versions, tmp_path, monkeypatch):
    """Stopped after any single step, no page that readers come to names a file that is
    gone or not there yet.
    """
    before, after = {
        "from nothing": ({}, versions.old),
        "on": versions,
        "back": versions[::-1],
    }[way]
    known = {page for page in before if page in after}
    project, found = Project(tmp_path), list[set[tuple[str, str]]]()
    write_changed_site_files(site_of(before), project.site, tmp_path)
    with monkeypatch.context() as patched:
        kill_after_steps(
            patched,
            sys.maxsize,
            lambda: found.append(dead_ends(files_of(project), known)),
        )
        write_changed_site_files(site_of(after), project.site, tmp_path)

    assert len(found) > len(after)
    assert set(map(frozenset, found)) == {frozenset()}
    assert files_of(project) == after


def test_a_build_that_waits_says_so(tmp_path):
    """Whoever builds where another build is writing reads why nothing happens; and then
    it happens.
    """
    first = start(tmp_path)
    assert first.stdout.readline() == "writing\n"
    second = start(tmp_path)
    assert second.stdout.readline() == WAITING
    assert files_of(Project(tmp_path)) == {}
    first.stdin.write("first\n")
    second.stdin.write("second\n")

    assert [ended(first), ended(second)] == [0, 0]
    assert files_of(Project(tmp_path)) == {"index.html": b"second\n"}


def test_a_build_that_died_holds_up_no_other(tmp_path):
    """The turn of a process ends with it."""
    first, told = start(tmp_path), list[str]()
    assert first.stdout.readline() == "writing\n"
    first.kill()
    ended(first)
    write_changed_site_files(
        site_of({"index.html": b"second"}), tmp_path / "site", tmp_path, told.append
    )

    assert told == []
    assert files_of(Project(tmp_path)) == {"index.html": b"second"}
