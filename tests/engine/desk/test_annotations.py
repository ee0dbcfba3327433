"""Annotations: what a workflow's page is told of problems, and that nobody else is."""

from __future__ import annotations

import pytest

from press.desk.annotations import MOST, annotated
from press.errors import Problem
from tests.engine.bindings import INDEX, add

FALSE = "In 2023 trade came to [$241.1 billion](fact:total/2023)."
FIRST = "In 2023 trade came to [$240.1 billion](fact:total/2023)"


@pytest.fixture(autouse=True)
def _runner(monkeypatch, tmp_path):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))


def lines_of(text):
    """Return the lines of a log that the runner takes."""
    return [line for line in text.splitlines() if line.startswith("::")]


def test_a_problem_is_shown_at_its_place_in_the_repository(project, tmp_path):
    """Beside the text for people, with the hint, as the runner escapes it; the project may be one of its folders."""
    add(project, FALSE)
    outcome = project.run("check")

    (line,) = lines_of(outcome.err)
    place = (project.root / INDEX).relative_to(tmp_path).as_posix()
    assert line.startswith(f'::error file={place},line=15,col=24::found "$241.1 billion", expected "$240.1 billion"')
    assert f'{INDEX}:15:24: found "$241.1 billion"' in outcome.err
    assert outcome.status == 1


def test_nothing_is_added_where_no_runner_reads(project, monkeypatch):
    """On a computer at home the text for people is all there is."""
    monkeypatch.delenv("GITHUB_ACTIONS")
    add(project, FALSE)

    assert lines_of(project.run("check").err) == []


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            Problem("a,b:c%.md", 2, "50%\r\nof: so, yes", "h", 7),
            " file=a%2Cb%3Ac%25.md,line=2,col=7::50%25%0D%0Aof: so, yes%0Ahint: h",
        ),
        (Problem("a.md", 2, "wrong"), " file=a.md,line=2::wrong"),
        (Problem("--only", 0, "found no source"), "::--only: found no source"),
    ],
)
def test_nothing_that_is_told_can_end_an_annotation(tmp_path, problem, line):
    """Signs that mean something to the runner are escaped, in places those of places, too."""
    (found,) = annotated([problem], tmp_path)

    assert found == f"::error{line}"


def test_what_is_false_comes_before_what_is_unread(project):
    """GitHub shows ten: the others are counted by file."""
    project.run("read", "--accept-without-reading")
    for number in range(12):
        add(project, f"So it was, for the {number}th time. {FIRST}, as told.")
    add(project, FALSE)
    lines = lines_of(project.run("check", "--strict").err)

    assert len(lines) == MOST
    assert '::found "$241.1 billion"' in lines[0]
    assert all("::unread: " in line for line in lines[1:-1])
    assert lines[-1].startswith("::error::")
    assert lines[-1].endswith(f" more, which the log lists: {INDEX} ({lines[-1].split()[0].removeprefix('::error::')})")


def test_what_is_unread_warns_where_it_is_no_problem(project):
    """Of a story that somebody reads; the second build, which changes nothing, says it again."""
    project.run("read", "--accept-without-reading")
    add(project, "It is so. In 2022 trade came to [$190.3 billion](fact:total/2022).")
    outcome = project.run("check")

    assert outcome.status == 0, outcome.err
    assert [line.partition(" ")[0] for line in lines_of(outcome.out)] == ["::warning"]
    assert lines_of(outcome.err) == []
