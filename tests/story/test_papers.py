"""What README and the pages beside it name is there: files, headings, commands and
their options.
"""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [
    path.relative_to(ROOT).as_posix()
    for folder in ("", "docs", "press", "press/docs")
    for path in sorted((ROOT / folder).glob("*.md"))
    if path.name != "CHANGELOG.md"  # which tells of what once was
]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"\]\((?!https?:|fact:|claim:|said:|source:|term:)([^)#\s]*)(?:#([^)\s]*))?\)"
)
PLACE = re.compile(
    r"(?:content|data|docs|press|story|templates|tests|tools)/[\w/.-]*\w\.\w+|(?:press|story|tests|tools)/[\w/]+/"
)
# What the page on charts has its readers make, what is there once a story is published,
# and what a build writes below site/.
MADE = {
    "content/en/charts/medals.md",
    "content/en/changes.toml",
    "data/datapackage.json",
}
COMMAND = re.compile(r"\b(make|build\.py|press) +([a-z][a-z-]*)([^`\n]*)")
MAKEFILES = [
    ROOT / "Makefile",
    *(ROOT / "press" / "starter" / "files").glob("Makefile*"),
]
OPTION = re.compile(r"--[a-z][a-z-]*")


def text_of(paper):
    return (ROOT / paper).read_text("utf-8")


def code_of(paper):
    """Return what stands in backticks, and the lines of each block of a shell."""
    text = text_of(paper)
    blocks = [
        line.partition(" # ")[0]
        for kind, block in FENCE.findall(text)
        if kind == "sh"
        for line in block.splitlines()
    ]
    return [*re.findall(r"`([^`\n]+)`", FENCE.sub("", text)), *blocks]


def headings(paper):
    """Return the names that GitHub gives to the headings of a page."""
    found = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(paper)), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found
    }


@cache
def help_of(*verb):
    command = [sys.executable, "-m", "press", *verb, "--help"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def wrong_commands(code):
    """Yield the commands and options that there are not."""
    made = "".join(path.read_text("utf-8") for path in MAKEFILES)
    verbs = re.findall(r"^  ([a-z]+)  ", help_of(), re.MULTILINE)
    known = {
        "make": re.findall(r"^([a-z-]+):.*## ", made, re.MULTILINE),
        "build.py": verbs,
        "press": verbs,
    }
    for program, verb, rest in COMMAND.findall(code):
        own = "build" if verb == "site" else verb
        if verb not in known[program]:
            yield verb
        elif own in verbs:
            yield from (
                option
                for option in OPTION.findall(rest)
                if option not in OPTION.findall(help_of(own))
            )


@pytest.mark.parametrize("paper", PAPERS)
def test_a_link_leads_to_a_file_and_a_heading_that_are_there(paper):
    """No link of these pages is broken, also where a section has moved to
    another page.
    """
    links = LINK.findall(re.sub(r"`[^`\n]*`", "", FENCE.sub("", text_of(paper))))
    for name, anchor in links:
        path = (ROOT / paper).parent / name if name else ROOT / paper
        assert path.exists(), name
        assert not anchor or anchor in headings(path.resolve().relative_to(ROOT)), (
            f"{name}#{anchor}"
        )


@pytest.mark.parametrize("paper", PAPERS)
def test_a_file_that_is_named_is_there(paper):
    """Who looks for a file where these pages say it is finds it."""
    named = {
        place
        for code in code_of(paper)
        for place in PLACE.findall(code)
        if not {"NAME", "<"} & {*re.split(r"\b", code)}
    }
    # what the pages of the engine speak of
    places = (ROOT, ROOT / "press", ROOT / "press" / "examples" / "games")
    assert (
        sorted(
            name
            for name in named - MADE
            if not any((place / name).exists() for place in places)
        )
        == []
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_a_command_that_is_named_is_there(paper):
    """Who types a command or an option of these pages is understood."""
    assert [wrong for code in code_of(paper) for wrong in wrong_commands(code)] == []
