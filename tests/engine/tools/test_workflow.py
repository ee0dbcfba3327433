"""The workflows: valid, least permissions, pinned actions, and the commands that people
type.
"""

import json
import re
import shutil
import subprocess
import sys
import sysconfig

import pytest
import yaml

from press.ground.errors import Problem
from tests.engine.workflows import FOLDER, PATHS, ROOT, WORKFLOWS

# That of the stories which press new begins.
BEGUN = ROOT / "press/starter/files/dot.github/workflows/pages.yml.jinja"
DEPENDABOT = FOLDER.parent / "dependabot.yml"
ON = True  # YAML 1.1 reads the key `on` as a truth value
JOBS = WORKFLOWS["pages"]["jobs"]
STORY = JOBS["story"]["steps"]
# Every step of every workflow, by the name of its workflow.
STEPS = [
    (name, step)
    for name, one in WORKFLOWS.items()
    for job in one["jobs"].values()
    for step in job["steps"]
]
NODE_LOCKS = sorted(ROOT.glob("tools/**/package-lock.json"))
LOCKS = [*ROOT.glob("requirements*.txt"), *ROOT.glob("press/requirements*.txt")]
TOKEN = re.compile(r"github\.token|secrets\.\w+")
MAKE = re.compile(r"^\s*make ([\w-]+)", re.MULTILINE)
DEFAULT = (
    "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
)
PUBLISHES = f"github.event_name != 'pull_request' && {DEFAULT}"


@pytest.fixture
def paths(tmp_path):
    """Return all workflows as files, those of new stories, too."""
    begun = tmp_path / ".github/workflows/pages.yml"
    begun.parent.mkdir(parents=True)
    shutil.copy(BEGUN, begun)
    return [*PATHS, begun]


def index(what: str) -> int:
    """Return which step of the story's job runs a command or uses an action."""
    (found,) = (
        number
        for number, step in enumerate(STORY)
        if step.get("run", step.get("uses", "")).startswith(what)
    )
    return found


def program(name: str) -> str:
    """Return where a program is that came with the packages."""
    return shutil.which(name, path=sysconfig.get_path("scripts"))


def test_an_audit_finds_nothing(paths):
    """zizmor, as pedantic as it can be and asking nobody, has nothing to say; no
    comment hushes it.

    It knows actions that are not pinned, permissions that jobs share, expressions that
    stand in a script, and updates that are taken as soon as they are out.
    """
    options = [
        "--offline",
        "--no-config",
        "--no-progress",
        "--persona=pedantic",
        "--format=json",
    ]
    done = subprocess.run(
        [program("zizmor"), *options, *paths, DEPENDABOT],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, [item["desc"] for item in json.loads(done.stdout)]) == (
        0,
        [],
    ), done.stderr
    assert "zizmor: ignore" not in "".join(path.read_text("utf-8") for path in paths)


def test_what_runs_is_what_was_meant(paths):
    """jactionlint, a fork of actionlint, has nothing to say of expressions, events,
    inputs and the scripts' shell.
    """
    options = ["--no-color", "--shellcheck=", "--pyflakes="]
    done = subprocess.run(
        [program("jactionlint"), *options, *paths],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_each_job_has_the_rights_that_it_uses_and_no_other():
    """None is given to a whole workflow; who may write is listed here."""
    read = {"contents": "read"}

    assert [one["permissions"] for one in WORKFLOWS.values()] == [{}] * len(WORKFLOWS)
    assert {
        f"{name}/{job}": described.get("permissions")
        for name, one in WORKFLOWS.items()
        for job, described in one["jobs"].items()
    } == {
        "due/due": read | {"pages": "read", "actions": "write"},
        "links/links": read,
        "long/test": read,
        "pages/story": read | {"pages": "read"},
        "pages/engine": read,
        "pages/deploy": {"pages": "write", "id-token": "write"},
        "update/look": read | {"pull-requests": "read"},
        "update/figures": read,
        "update/propose": {"contents": "write", "pull-requests": "write"},
    }


def test_what_is_checked_out_holds_no_token():
    """The token of a workflow is not left on disk, where what is built and tested could
    read it; nor do steps that are not listed here have it, or a secret.
    """
    begun = yaml.safe_load(BEGUN.read_text("utf-8"))["jobs"]["site"]["steps"]
    checkouts = [
        step["with"]["persist-credentials"]
        for step in (*begun, *(step for _, step in STEPS))
        if step.get("uses", "").startswith("actions/checkout@")
    ]
    told = {
        step["name"]: [*TOKEN.findall(json.dumps(step))]
        for _, step in STEPS
        if TOKEN.search(json.dumps(step))
    }

    assert (len(checkouts) > 5, {*checkouts}) == (True, {False})
    assert told == {
        "Ask for the site's address": ["github.token"],
        "Look": ["github.token"],
        "Look, and have the site built anew where a day has passed": ["github.token"],
        "Send": ["github.token"],
    }
    outside = "".join(json.dumps(one.get("env", "")) for one in WORKFLOWS.values())
    jobs = [job for one in WORKFLOWS.values() for job in one["jobs"].values()]
    assert not TOKEN.search(outside)
    assert [job for job in jobs if "env" in job or "secrets" in job] == []


def test_a_new_story_begins_with_the_actions_of_this_project():
    """Dependabot keeps these up, and knows nothing of what press new writes."""
    used = re.compile(r"uses: (.+)")
    ours = used.findall("".join(path.read_text("utf-8") for path in PATHS))

    assert {*used.findall(BEGUN.read_text("utf-8"))} < {*ours}


def test_nothing_of_npm_is_fetched_that_no_lock_pins():
    """What has no lock may be another tomorrow; and it runs no script of its own when
    it is installed.
    """
    makefiles = [ROOT / "Makefile", *ROOT.glob("press/starter/files/Makefile*")]
    programs = [*PATHS, BEGUN, *makefiles, *ROOT.glob("tools/**/*.py")]
    texts = "".join(path.read_text("utf-8") for path in programs)
    kept = re.findall(r"npm\W+ci\b.*--ignore-scripts", texts)

    fetching = r"\bnpx\b|\bnpm\b[^:\w]+(?:add|exec|i|install|update|x)\b"
    assert re.findall(fetching, texts) == []
    assert len(kept) == len(re.findall(r"\bnpm\W+ci\b", texts)) == len(NODE_LOCKS)


@pytest.mark.parametrize("lock", NODE_LOCKS, ids=lambda path: path.parent.name)
def test_a_lock_of_npm_pins_by_hash_and_names_no_registry(lock):
    """Each package that is a file of its own has its fingerprint, and none an
    address.
    """
    _, *packages = json.loads(lock.read_text("utf-8"))["packages"].values()

    assert packages
    assert all(
        package.get("integrity") or package.get("inBundle") for package in packages
    )
    assert not any("resolved" in package for package in packages)


def test_a_push_to_another_branch_starts_nothing():
    """Not even a run that is skipped; the branch of proposals is one of these."""
    pages = WORKFLOWS["pages"]

    assert {name for name, one in WORKFLOWS.items() if "push" in one[ON]} == {"pages"}
    assert pages[ON]["push"] == {"branches": ["main"]}
    assert [name for name, job in pages["jobs"].items() if "if" in job] == ["deploy"]


def test_only_the_default_branch_is_published_after_the_tests_of_the_story():
    """A pull request, or a branch that is run by hand, is tested and no more; the
    engine's tests run beside.
    """
    assert (JOBS["deploy"]["needs"], JOBS["deploy"]["if"]) == ("story", PUBLISHES)
    assert STORY[index("address=")]["if"] == PUBLISHES
    assert [name for name, job in JOBS.items() if "needs" in job] == ["deploy"]


def test_what_is_published_is_what_was_tested():
    """In one job the site is built with its address, then tested, then handed over."""
    upload = STORY[index("actions/upload-pages-artifact@")]

    assert (
        index("address=")
        < index("make site")
        < index("make test")
        < index("actions/upload-pages-artifact@")
    )
    assert upload["with"] == {"path": "site"}
    assert upload["if"] == "steps.pages.outputs.address != ''"


def test_it_runs_what_people_type():
    """Its commands are targets of the Makefile; the tests of story and engine are
    together those of `make test`.
    """
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    commands = {
        command for _, step in STEPS for command in MAKE.findall(step.get("run", ""))
    }

    assert commands <= targets
    assert {"site", "test-story", "test-engine"} <= commands
    folders = {
        path.name for path in (ROOT / "tests").iterdir() if any(path.rglob("test_*.py"))
    }
    assert folders == {"engine", "story"} & {
        path.name for path in (ROOT / "tests").iterdir()
    }


def test_an_update_looks_first_and_writes_only_where_it_reads_no_documents():
    """The job that lets figures in runs where the branch is free; the one that may
    write runs after it and does nothing else.
    """
    update = WORKFLOWS["update"]
    jobs = update["jobs"]

    assert set(update[ON]) == {"schedule", "workflow_dispatch"}
    assert [*jobs] == ["look", "figures", "propose"]
    assert jobs["look"]["outputs"] == {"free": "${{ steps.look.outputs.free }}"}
    assert (jobs["figures"]["needs"], jobs["figures"]["if"]) == (
        "look",
        "needs.look.outputs.free == 'true'",
    )
    assert (jobs["propose"]["needs"], jobs["propose"]["if"]) == (
        "figures",
        "needs.figures.outputs.new != ''",
    )
    steps = jobs["propose"]["steps"]
    assert [step["run"].split()[:5] for step in steps if "run" in step] == [
        ["python3", "-m", "tools.propose", "--step", "send"]
    ]


def test_what_is_pinned_is_kept_up_a_week_after_it_is_out():
    """Dependabot proposes newer actions and newer packages of each lock; its file is
    valid by the schema that comes with check-jsonschema.
    """
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    schema = "vendor.dependabot"
    done = subprocess.run(
        [*command, schema, DEPENDABOT], capture_output=True, text=True, check=False
    )
    kept = yaml.safe_load(DEPENDABOT.read_text("utf-8"))["updates"]
    folders = {f"/{lock.parent.relative_to(ROOT)}".rstrip(".") for lock in LOCKS}

    assert done.returncode == 0, done.stdout
    places = {one["package-ecosystem"]: one.get("directories") for one in kept}
    node = [f"/{lock.parent.relative_to(ROOT)}" for lock in NODE_LOCKS]
    assert places == {"github-actions": None, "npm": node, "uv": sorted(folders)}
    assert {one["cooldown"]["default-days"] for one in kept} == {7}


def test_a_lock_says_how_it_is_compiled():
    """Dependabot compiles it so, too, as far as its first lines say how: for each
    system, and for the oldest Python that will do.
    """
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("COMPILE = ")[2]
    compiled = recipe.partition("\n\n")[0]
    said = re.search(r"--custom-compile-command '(.+)'", compiled)[1]
    options = re.findall(r"--[\w-]+(?: [\d.]+)?", said)

    assert options == ["--universal", "--python-version 3.11", "--no-strip-extras"]
    assert [compiled.count(option) for option in options] == [2, 2, 2]
    heads = {lock.read_text("utf-8").splitlines()[1] for lock in LOCKS}
    assert heads == {f"#    {said}"}


def test_no_python_hides_another():
    """Where one version of Python fails, the other is tested to the end."""
    assert JOBS["engine"]["strategy"]["fail-fast"] is False


def test_no_workflow_pushes_or_merges_by_itself():
    """One tested tool writes a branch, its own; no script of a workflow does."""
    scripts = "".join(step.get("run", "") for _, step in STEPS)

    assert re.findall(r"git (push|commit|merge)|gh pr merge", scripts) == []
    assert {
        name
        for name, step in STEPS
        if "tools.propose --step send" in step.get("run", "")
    } == {"update"}


@pytest.mark.parametrize(
    ("problem", "severity"),
    [
        (
            Problem("content/en/a.md", 15, 'found "5%", expected "6%"', "write 6%", 24),
            "error",
        ),
        (Problem("content/en/a.md", 2, "title is missing: it is needed"), "error"),
        (
            Problem(
                "content/en/a.md",
                2,
                'unread: "So it is.": nobody has read it',
                column=3,
            ),
            "warning",
        ),
        (Problem("--only", 0, "found no source"), None),
    ],
)
def test_problems_are_shown_at_their_lines(problem, severity):
    """A matcher of GitHub finds file, line, column and message in what is said; what is
    unread only warns.
    """
    matchers = json.loads((ROOT / ".github/problems.json").read_text("utf-8"))[
        "problemMatcher"
    ]
    found = {
        each["severity"]: match.group(
            *(pattern[key] for key in ("file", "line", "column", "message"))
        )
        for each in matchers
        for pattern in each["pattern"]
        for line in str(problem).splitlines()
        if (match := re.search(pattern["regexp"], line))
    }

    place = (
        problem.path,
        f"{problem.line}",
        f"{problem.column}" if problem.column else None,
    )
    assert found == ({severity: (*place, problem.message)} if severity else {})


def test_what_is_overdue_is_a_warning_of_the_run_that_lets_figures_in():
    """At the line of the table's calendar; whatever else the run says of a copy is
    none.
    """
    (matcher,) = json.loads((ROOT / ".github/overdue.json").read_text("utf-8"))[
        "problemMatcher"
    ]
    expression = matcher["pattern"][0]["regexp"]
    runs = [
        step.get("run", "") for step in WORKFLOWS["update"]["jobs"]["figures"]["steps"]
    ]
    late = Problem(
        "data/a.toml", 9, "overdue: figures after 2026-04 were due by 2026-06-14"
    )

    assert matcher["severity"] == "warning"
    assert re.search(expression, f"{late}").groups() == (late.path, "9", late.message)
    assert not re.search(expression, f"{Problem('data/a.csv', 9, 'found nothing')}")
    assert runs.index("echo '::add-matcher::.github/overdue.json'") < len(runs) - 1


def test_the_matcher_is_there_before_anything_is_said():
    """Each job that checks the story adds it first."""
    for job in ("story", "engine"):
        runs = [step.get("run", "") for step in JOBS[job]["steps"]]
        assert runs.index("echo '::add-matcher::.github/problems.json'") < next(
            number for number, run in enumerate(runs) if run.startswith("make ")
        )
