"""What a pull request with new figures says: whether its words are true, what has changed, what a person does then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tools.propose.branch import NAME

MOST = 65_536  # characters of a body that GitHub takes
LINES = 60  # of problems that are told
LEDGERS = {"sources", "revisions"}  # tables that change with any other
SECTION = re.compile(r"\n\n(?=\*\*|### |<details>)")
NEEDED = "**Words need a person: a draft until every sentence is true and somebody has read it beside its data.**"
SETTLED = "**Every sentence is true, and somebody has read it beside its data.**"


class Proposal(NamedTuple):
    """New figures on top of a commit: what is said of them, and whether words need a person.

    ``difference`` is that of ``build.py diff --markdown``, ``problems`` are those of a strict check, and ``down`` is
    what an update says of sources that did not come in.
    """

    title: str
    commit: str
    draft: bool
    difference: str
    problems: str
    down: str


def titled(paths: Sequence[str]) -> str:
    """Return a title that names the tables that have changed."""
    names = sorted({Path(path).stem for path in paths if path.endswith(".csv") and "data" in Path(path).parts})
    return f"New figures: {', '.join([name for name in names if name not in LEDGERS] or names)}"


def composed(proposal: Proposal, more: str) -> str:
    """Return the body; where it would be too long it ends after a section, and says where the rest is: ``more``."""
    parts = [NEEDED if proposal.draft else SETTLED]
    if proposal.down:
        parts.append(f"**Not every source came in:**\n\n{_fenced(proposal.down)}")
    parts += SECTION.split(proposal.difference)
    if proposal.draft:
        parts.append(f"<details><summary>What the check says</summary>\n\n{_fenced(proposal.problems)}\n\n</details>")
    end = _end(proposal, more)
    return "\n\n".join([*_fitting(parts, MOST - len(end) - 2), end])


def _fitting(parts: Sequence[str], room: int) -> list[str]:
    """Return as many parts, from the first, as there is room for; the last says that there are more."""
    told, cut = list[str](), "The rest is too long for this page."
    for part in parts:
        if len("\n\n".join([*told, part, cut])) > room:
            return [*told, cut]
        told.append(part)
    return told


def _end(proposal: Proposal, more: str) -> str:
    where = f"[files of this run]({more})" if more else "folder of the proposal"
    rest = f"The figures are `changes.patch` in the {where}"
    if not proposal.draft:
        return f"{rest}, with the built site in `site/`."
    steps = f"`git fetch`, `git switch {NAME}`, `make check ARGS=--strict`, mend what it lists, `make read`, push"
    return f"{rest}.\n\nTo mend it: {steps}. A branch that somebody has pushed to is left alone by later runs."


def _fenced(text: str) -> str:
    """Write what a program said so that nothing in it is Markdown, in as many lines as one looks at."""
    lines = text.strip().replace("~~~", "~ ~ ~").splitlines()
    told = lines if len(lines) <= LINES else [*lines[:LINES], f"and {len(lines) - LINES} more lines"]
    return "\n".join(["~~~~text", *told, "~~~~"])
