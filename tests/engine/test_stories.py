"""Tiny whole stories, a feature or a mistake each: what the site then is, or what the
build says instead.
"""

import difflib
import os
import shutil
from pathlib import Path

import pytest

STORIES = Path(__file__).parent / "stories"
OVER = {"mistakes-in-bindings": "bindings"}  # the cases that lie over another
CASES = sorted(
    path
    for path in STORIES.iterdir()
    if path.is_dir() and path.name not in {"base", "preview"}
)


def accepting():
    """Tell whether the results are to be kept as the expected ones: see
    stories/README.md.
    """
    if os.environ.get("ACCEPT") and os.environ.get("CI"):
        pytest.fail("ACCEPT=1 is for the one who reads what is accepted, not for CI")
    return bool(os.environ.get("ACCEPT"))


def expected_of(case):
    """Return the file or the files that say what should come of a case, by their
    places.
    """
    problems = case / "problems.txt"
    files = (
        [problems]
        if problems.exists()
        else sorted(path for path in (case / "expected").rglob("*") if path.is_file())
    )
    return {path.relative_to(case).as_posix(): path.read_bytes() for path in files}


def result_of(project, wanted):
    """Build a case; return what came of it, for the places that the case has."""
    outcome = project.run("build")
    if "problems.txt" in wanted:
        return {"problems.txt": outcome.problems.encode() + b"\n"}, outcome
    site = {
        f"expected/{address}": body for address, body in project.published().items()
    }
    return {place: site.get(place, b"") for place in wanted}, outcome


def difference(wanted, result):
    lines = []
    for place, body in wanted.items():
        old, new = (
            text.decode(errors="replace").splitlines() for text in (body, result[place])
        )
        lines += difflib.unified_diff(
            old, new, f"{place} (as expected)", f"{place} (as built)", lineterm="", n=1
        )
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_tiny_story_becomes_what_is_expected(make_project, case):
    """The files of a case, laid over the base story, give just the site, or just the
    problems, kept beside them.
    """
    wanted = expected_of(case)
    project = make_project(overlay=STORIES / OVER.get(case.name, case.name))
    shutil.copytree(case, project.root, dirs_exist_ok=True)

    result, outcome = result_of(project, wanted)

    assert wanted, f"{case.name} expects nothing: see tests/engine/stories/README.md"
    assert outcome.status == ("problems.txt" in wanted), outcome.err
    if accepting():
        for place, body in result.items():
            (case / place).write_bytes(body)
        return
    assert result == wanted, difference(wanted, result)
