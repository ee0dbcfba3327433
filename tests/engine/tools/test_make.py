"""The Makefiles, of this project and of a story: a recipe fails where its verb has not
said what it did.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.engine.desk.test_last_line import STARTED, VERBS

ROOT = Path(__file__).resolve().parents[3]
MAKEFILES = {
    "project": ROOT / "Makefile",
    "story": ROOT / "press/starter/files/Makefile.jinja",
}
STAMPS = [
    part
    for stamp in (".venv/stamp", ".venv/runtime.stamp", ".venv/dev.stamp")
    for part in ("-o", stamp)
]
# In place of Python: it says what it is told to, and ends so.
PROGRAM = '#!/bin/sh\nprintf "%s" "$SAYS"\nexit "$STATUS"\n'
# Each recipe that runs a verb: its Makefile, its target, the verb.
RECIPES = [
    (name, target, verb)
    for name, path in MAKEFILES.items()
    for target, verb in re.findall(
        r"^([a-z-]+):.*\n\t\$\(call VERB,(\w+)", path.read_text("utf-8"), re.MULTILINE
    )
]


@pytest.fixture
def make(tmp_path):
    """Return a function that makes a target with a program in place of Python; it gives
    what was said, and how.
    """
    program = tmp_path / "python"
    program.write_text(PROGRAM, "utf-8")
    program.chmod(0o755)

    def make(name, target, says, status=0):
        command = ["make", "-f", MAKEFILES[name], *STAMPS, f"RUN={program}", target]
        # of a make that tests
        outer = {
            name: value for name, value in os.environ.items() if "MAKE" not in name
        }
        environment = {**outer, "SAYS": says, "STATUS": str(status)}
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return make


def last_lines(verb):
    """Return the last lines that a verb says where it ends well."""
    told = [
        line
        for _, arguments, line, status in VERBS.values()
        if arguments[0] == verb and status == 0
    ]
    return told or [
        line for arguments, _, line in STARTED.values() if arguments[0] == verb
    ]


@pytest.mark.parametrize("recipe", RECIPES, ids=" ".join)
def test_a_recipe_succeeds_where_the_verb_says_what_it_did(make, recipe):
    """Whichever of its last lines that is; all that it says is shown, and
    nothing else.
    """
    name, target, verb = recipe
    for line in last_lines(verb):
        done = make(name, target, f"4 proved\n  \\n -n\n{line}\n")

        assert (done.returncode, done.stdout) == (0, f"4 proved\n  \\n -n\n{line}\n"), (
            done.stderr
        )


@pytest.mark.parametrize(
    "said",
    ["", "4 proved\n", "Done: it is\n"],
    ids=["nothing", "something", "anything"],
)
@pytest.mark.parametrize("recipe", RECIPES, ids=" ".join)
def test_a_recipe_fails_where_a_verb_ends_well_and_has_not_said_what_it_did(
    make, recipe, said
):
    """As where a file of the engine is empty."""
    name, target, _ = recipe

    done = make(name, target, said)

    assert (done.returncode, done.stdout) == (2, said)
    assert "press has not said what it did" in done.stderr


@pytest.mark.parametrize("recipe", RECIPES, ids=" ".join)
def test_a_recipe_fails_as_its_verb_does(make, recipe):
    """With its status, and no word beside its own."""
    name, target, verb = recipe

    done = make(name, target, f"{last_lines(verb)[0]}\n", status=3)

    assert done.returncode == 2
    assert "Error 3" in done.stderr
    assert "has not said" not in done.stderr


def test_every_recipe_runs_the_command_line():
    """None starts build.py by itself; those in which a person answers run their verbs
    as they are.
    """
    asking = {"read", "import", "preview"}
    for name, path in MAKEFILES.items():
        text = path.read_text("utf-8")
        plain = set(
            re.findall(r"^\t@?\$\(RUN\) (?:-P )?-m press (\w+)", text, re.MULTILINE)
        )

        assert "build.py" not in text
        assert plain <= asking
        assert {target for own, target, _ in RECIPES if own == name} >= {
            "site",
            "check",
            "fix",
        }
