"""The workflows: valid, least permissions, pinned actions, and the commands that people type."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / ".github" / "workflows"
PATHS = sorted(FOLDER.glob("*.yml"))
TEXT = (FOLDER / "pages.yml").read_text("utf-8")
WORKFLOW = yaml.safe_load(TEXT)
ON = True  # YAML 1.1 reads the key `on` as a truth value
JOBS = WORKFLOW["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]
SCRIPTS = [step["run"] for step in STEPS if "run" in step]
USES = re.compile(r"\s*(- )?uses:")
MAKE = re.compile(r"^\s*make (\w+)", re.MULTILINE)
PUBLISHES = "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"


def index(what: str) -> int:
    """Return which step of the build runs a command or uses an action."""
    (found,) = (
        number
        for number, step in enumerate(JOBS["build"]["steps"])
        if step.get("run", step.get("uses", "")).startswith(what)
    )
    return found


def test_the_workflows_are_what_github_reads():
    """They are valid by the JSON schema of workflows that comes with check-jsonschema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *PATHS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_an_audit_finds_nothing():
    """zizmor, as pedantic as it can be and asking nobody, has nothing to say; no comment hushes it."""
    options = ["--offline", "--no-config", "--no-progress", "--persona=pedantic", "--format=json"]
    program = shutil.which("zizmor", path=sysconfig.get_path("scripts"))
    done = subprocess.run([program, *options, *PATHS], capture_output=True, text=True, check=False)

    assert (done.returncode, [item["desc"] for item in json.loads(done.stdout)]) == (0, []), done.stderr
    assert "zizmor: ignore" not in "".join(path.read_text("utf-8") for path in PATHS)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_actions_are_pinned(path):
    """Each action is named by a commit, which nobody can move, with its version beside it."""
    lines = [line.strip().removeprefix("- ") for line in path.read_text("utf-8").splitlines() if USES.match(line)]

    assert lines
    assert [line for line in lines if not re.fullmatch(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_only_publishing_may_write():
    """No permission is given but to read the project and its address, and to publish, in the job that does."""
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


def test_what_is_checked_out_holds_no_token():
    """The token of the workflow is not left on disk, where what is built and tested could read it."""
    (checkout,) = (step for step in STEPS if step.get("uses", "").startswith("actions/checkout@"))

    assert checkout["with"]["persist-credentials"] is False


def test_it_runs_on_pushes_to_main_pull_requests_and_by_hand():
    """Nothing else starts it: no event that gives strangers' code the rights of the project."""
    assert WORKFLOW[ON] == {"push": {"branches": ["main"]}, "pull_request": None, "workflow_dispatch": None}


def test_only_main_is_published_and_only_when_all_is_built_and_tested():
    """A pull request, or a branch that is run by hand, is built and tested and no more."""
    assert (JOBS["deploy"]["needs"], JOBS["deploy"]["if"]) == ("build", PUBLISHES)
    assert JOBS["build"]["steps"][index("address=")]["if"] == PUBLISHES
    assert not any(job.get("continue-on-error") for job in [*JOBS.values(), *STEPS])


def test_what_is_published_is_what_was_tested():
    """In one job the site is built with its address, then tested, then handed over."""
    upload = JOBS["build"]["steps"][index("actions/upload-pages-artifact@")]

    assert index("address=") < index("make site") < index("make test") < index("actions/upload-pages-artifact@")
    assert upload["with"] == {"path": "site"}
    assert upload["if"] == "matrix.python == '3.13' && steps.pages.outputs.address != ''"


def test_it_tests_the_oldest_python_and_a_new_one():
    """The oldest Python that the project says it runs on, and the one that builds what is published."""
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]

    assert [oldest.removeprefix(">="), "3.13"] == JOBS["build"]["strategy"]["matrix"]["python"]


def test_it_runs_what_people_type():
    """Its commands are targets of the Makefile, and those that the README gives to newcomers."""
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    newcomers = (ROOT / "README.md").read_text("utf-8").partition("```sh\n")[2].partition("```")[0]
    commands = [command for script in SCRIPTS for command in MAKE.findall(script)]

    assert MAKE.findall(newcomers) == commands
    assert set(commands) <= targets


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.split()[0])
def test_no_expression_stands_in_a_script(script):
    """Values come through the environment, where they cannot become commands."""
    assert "${{" not in script


def test_the_address_comes_from_pages():
    """The Pages interface gives the address, custom domain included; the build is told by a variable."""
    ask, build = JOBS["build"]["steps"][index("address=")], JOBS["build"]["steps"][index("make site")]

    assert ask["id"] == "pages"
    assert 'gh api "repos/$GITHUB_REPOSITORY/pages" --jq .html_url' in ask["run"]
    assert ask["env"] == {"GH_TOKEN": "${{ github.token }}"}
    assert build["env"] == {"BASE_URL": "${{ steps.pages.outputs.address }}"}
    assert build["run"].partition(" #")[0] == 'make site BASE_URL="$BASE_URL" ARGS=--strict'


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_job_runs_for_hours(path):
    """A job that hangs is ended."""
    assert all(job["timeout-minutes"] <= 60 for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values())


def test_a_publication_is_never_cut_short():
    """A newer one waits for the one in progress."""
    assert JOBS["deploy"]["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_long_tests_run_every_week():
    """They may read the project and no more, run on a schedule, and are what `make test-long` runs."""
    workflow = yaml.safe_load((FOLDER / "long.yml").read_text("utf-8"))
    (job,) = workflow["jobs"].values()

    assert set(workflow[ON]) == {"schedule", "workflow_dispatch"}
    assert (workflow["permissions"], job["permissions"]) == ({}, {"contents": "read"})
    assert job["steps"][-1]["run"] == "make test-long"
    assert re.search(r"^test-long:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
