"""The programs of the tests: Chrome or Chromium, and librsvg.

Find them on this computer, or install them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Program(NamedTuple):
    """A program: the variable that may name it, the names that it has, and what
    installs it.
    """

    label: str
    variable: str
    names: tuple[str, ...]
    playwright: str = ""  # what Playwright calls it
    packages: str = ""  # of Debian


CHROME = Program(
    "Chrome or Chromium",
    "CHROME",
    (
        # the same without windows, which does a third less to show a page
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ),
    "chromium",
    "chromium-headless-shell fonts-liberation",
)
RSVG = Program(
    "rsvg-convert (librsvg)", "RSVG_CONVERT", ("rsvg-convert",), packages="librsvg2-bin"
)
NEEDED = (CHROME, RSVG)
# Playwright refuses to start inside its own event loop, where tests may ask: so it is
# asked from outside.
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find_program(program: Program = CHROME) -> Path | None:
    """Return the program to start: the one that its variable names, or else the first
    that is there.
    """
    chosen = os.environ.get(program.variable)
    for candidate in [chosen] if chosen else _list_candidates(program):
        if path := shutil.which(candidate):
            return Path(path)
    return None


def _list_candidates(program: Program) -> Iterator[str]:
    yield from program.names
    if program.playwright:
        command = [sys.executable, "-c", ASK_PLAYWRIGHT]
        yield subprocess.run(
            command, capture_output=True, text=True, check=False
        ).stdout.strip()


def _install_programs(missing: list[Program]) -> None:
    """Install programs from Debian, and what is then missing from Playwright, as far as
    this computer allows it.
    """
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        packages = " ".join(program.packages for program in missing)
        print(
            f"Installing {packages} for the tests: once, about a minute ...", flush=True
        )
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in ("update", f"install --yes --no-install-recommends {packages}"):
            # many hundred lines, of which only the errors are of use
            arguments = [apt, "-qq", *command.split()]
            subprocess.run(
                arguments, env=environment, stdout=subprocess.DEVNULL, check=False
            )
    for program in missing:
        if program.playwright and not find_program(program):
            print(
                f"Installing Playwright's {program.playwright} for the tests: once, a"
                " minute ...",
                flush=True,
            )
            subprocess.run(
                [sys.executable, "-m", "playwright", "install", program.playwright],
                check=False,
            )


def _explain_missing_program(program: Program) -> str:
    if chosen := os.environ.get(program.variable):
        return (
            f"{program.variable} names {chosen}, which is not a program: correct it, or"
            " unset it"
        )
    return (
        f"No {program.label} could be installed: install it (Debian:"
        f" {program.packages}), or let {program.variable} name one"
    )


def main() -> int:
    """Say which programs the tests use, installing those that are missing; return the
    exit code.
    """
    if missing := [
        program
        for program in NEEDED
        if not find_program(program) and program.variable not in os.environ
    ]:
        _install_programs(missing)
    found = {program: find_program(program) for program in NEEDED}
    troubles = [
        _explain_missing_program(program)
        for program, path in found.items()
        if path is None
    ]
    print("\n".join(troubles) or f"Testing with {', '.join(map(str, found.values()))}")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
