"""The browser of the tests: find a Chrome or Chromium on this computer, or install one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
)
PROGRAMS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe")
# Playwright refuses to start inside its own event loop, where tests may ask: so it is asked from outside.
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find() -> Path | None:
    """Return the program to start: the one that CHROME names, or else the first that is there."""
    chosen = os.environ.get("CHROME")
    for candidate in [chosen] if chosen else _candidates():
        if program := shutil.which(candidate):
            return Path(program)
    return None


def _candidates() -> Iterator[str]:
    yield from NAMES
    yield from (f"{home}/{path}" for home in _application_folders() for path in APPLICATIONS)
    yield from (f"{home}/{path}" for home in _program_folders() for path in PROGRAMS)
    answer = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    yield answer.stdout.strip()


def _application_folders() -> list[str]:
    return ["/Applications", str(Path.home() / "Applications")] if sys.platform == "darwin" else []


def _program_folders() -> list[str]:
    variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    return [os.environ[variable] for variable in variables if variable in os.environ]


def _install() -> None:
    if (apt := shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Debian's chromium for the tests: once, about a minute ...", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = "install --yes --no-install-recommends chromium fonts-liberation"
        for command in ("update", install):  # many hundred lines, of which only the errors are of use
            arguments = [apt, "-qq", *command.split()]
            subprocess.run(arguments, env=environment, stdout=subprocess.DEVNULL, check=False)
    if not find():
        print("Installing Playwright's chromium for the tests: once, about a minute ...", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Say which browser the tests use, installing one if there is none; return the exit code."""
    if chosen := os.environ.get("CHROME"):
        trouble = f"CHROME names {chosen}, which is not a program: correct it, or unset it"
    else:
        trouble = "No browser could be installed: install Chrome or Chromium, or let CHROME name one"
        if not find():
            _install()
    program = find()
    print(f"Testing in {program}" if program else trouble, file=sys.stdout if program else sys.stderr)
    return 0 if program else 1


if __name__ == "__main__":
    sys.exit(main())
