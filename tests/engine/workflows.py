"""The workflows, and a runner of their scripts: as GitHub's does it runs them in bash
with the environment that the workflow gives; other programs stand in for those that
reach out.
"""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github" / "workflows"
PATHS = sorted(FOLDER.glob("*.yml"))
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in PATHS}
EXPRESSION = re.compile(r"\$\{\{ (.+?) \}\}")
ONE_CALL_OF_MAKE = re.compile(r"make [\w./-]+")
# What stands in for another program: it notes what it is asked, does what the first
# answer that begins as the question does says, and ends well where none fits. It begins
# as a script of the shell: the first line of a program cannot name one with a space.
STAND_IN = """#!/bin/sh
'''exec' '{python}' -SI "$0" "$@"
' '''
import json, subprocess, sys
with open({notes!r}, "a", encoding="utf-8") as notes:
    notes.write(json.dumps([{name!r}, *sys.argv[1:]]) + "\\n")
with open({answers!r}, encoding="utf-8") as file:
    answers = json.load(file)
for begins, answer in answers:
    if [{name!r}, *sys.argv[1:]][: len(begins)] == begins:
        if answer["does"]:
            subprocess.run(answer["does"], check=True)
        sys.stdout.write(answer["says"])
        sys.stderr.write(answer["complains"])
        sys.exit(answer["status"])
"""
PYTHON = "#!/bin/sh\nexec '{python}' \"$@\"\n"


class ScriptResult(NamedTuple):
    """How a script ended, what it said on both streams, what it told later steps."""

    status: int
    said: str
    outputs: dict[str, str]


def list_scripts():
    """Return each script that is more than one call of make, by workflow, job and
    step.
    """
    return {
        f"{name}/{job}/{step['name']}": step
        for name, workflow in WORKFLOWS.items()
        for job, described in workflow["jobs"].items()
        for step in described["steps"]
        if "run" in step and not ONE_CALL_OF_MAKE.fullmatch(step["run"])
    }


class Runner:
    """Runs scripts in a folder ``work``; what else it needs lies in ``folder``."""

    def __init__(self, folder, work):
        self.work = work
        self.temporary = folder / "temporary"
        self.summary = folder / "summary.md"
        self._programs = folder / "programs"
        self._notes = folder / "notes"
        self._answers = folder / "answers.json"
        self._outputs = folder / "outputs"
        for made in (self.temporary, self._programs):
            made.mkdir(parents=True)
        for file in (self._notes, self._outputs, self.summary):
            file.touch()
        self._told = []
        self._write_answers()
        self.python = self._programs / "python3"
        self._write("python3", PYTHON.format(python=sys.executable))

    def stand_in(self, *names):
        """Let nothing but notes come of calls of some programs."""
        for name in names:
            text = STAND_IN.format(
                python=sys.executable,
                name=name,
                notes=str(self._notes),
                answers=str(self._answers),
            )
            self._write(name, text)

    def answer(self, *begins, says="", complains="", status=0, does=()):
        """Let a program that stands in answer what begins so, before older answers."""
        words = {"says": says, "complains": complains}
        self._told.insert(0, [begins, {**words, "status": status, "does": [*does]}])
        self._write_answers()

    def asked(self, *begins):
        """Return the calls of programs that stand in which begin so."""
        calls = map(json.loads, self._notes.read_text("utf-8").splitlines())
        return [call for call in calls if call[: len(begins)] == [*begins]]

    def run(self, key, **values):
        """Run a script as its workflow does; its expressions have some values, by their
        last words, or are empty.
        """
        step = list_scripts()[key]

        def value_of(match):
            return values.get(match[1].rpartition(".")[2], "")

        own = {
            name: EXPRESSION.sub(value_of, value)
            for name, value in step.get("env", {}).items()
        }
        assert not EXPRESSION.search(step["run"]), "values come by the environment"
        self._outputs.write_text("", "utf-8")
        environment = {
            **os.environ,
            "PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(self._outputs),
            "GITHUB_REPOSITORY": "someone/story",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.temporary),
            **own,
        }
        done = subprocess.run(
            [shutil.which("bash"), "-e", "-c", step["run"]],
            cwd=self.work,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        lines = self._outputs.read_text("utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return ScriptResult(done.returncode, done.stdout + done.stderr, outputs)

    def _write(self, name, text):
        path = self._programs / name
        path.write_text(text, "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def _write_answers(self):
        self._answers.write_text(json.dumps(self._told), "utf-8")
