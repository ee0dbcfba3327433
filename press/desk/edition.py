"""Editions: versions of the story that stay, each made of the last commit."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from press.content import (
    BEGIN,
    RECORD,
    WHOLE,
    Edition,
    format_folder_address,
    read_editions,
)
from press.desk.git import Git
from press.desk.order import Desk, Order
from press.desk.paper import print_pdf
from press.desk.read import list_unread_problems
from press.ground.address import Base
from press.ground.errors import ToldError, quote_words
from press.ground.files import read_text, replace_files
from press.ground.steps import Step
from press.pages import EditionName

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
Say = Callable[[str], None]


def make_edition(
    desk: Desk, order: Order, name: str, say: Say, *, dry_run: bool
) -> None:
    """Make an edition of a ``name``, also as a PDF where a browser is there.

    Raises ``BuildError`` for a story that is not good or files that cannot be written,
    and ``ToldError`` for what else stands in the way.
    """
    root = desk.root
    known = read_editions(root)
    git = Git(root)
    _check_name(name, known)
    commit = git.commit("HEAD")
    if changed := git.changed():
        message = (
            "found files that are not as the last commit has them, such as"
            f" {changed[0]}"
        )
        raise ToldError(
            message,
            "an edition is of a commit: commit them, or put them away: git stash",
        )
    say(Step(f"building {commit[:7]}"))
    day = git.day(commit)
    files = _files(desk, order, EditionName(name, day))
    paper = print_pdf(files[f"{WHOLE}.html"], day)
    made = Edition(
        name, day, commit, {**files, **({f"{WHOLE}.pdf": paper} if paper else {})}
    )
    if not dry_run:
        _keep(made, root)
        say(f"To be committed: {made.folder}, {RECORD}")
    place = f"would be written to {made.folder}" if dry_run else made.folder
    weight = sum(map(len, made.files.values()))
    lacks = (
        ""
        if paper
        else (
            "; without a PDF, for which it found no Chrome or Chromium: let CHROME"
            " name one"
        )
    )
    say(
        f"Edition {name} of {day}, made of {commit[:7]}: {len(made.files)} files,"
        f" {weight:,} bytes, {place}{lacks}"
    )


def _check_name(name: str, known: tuple[Edition, ...]) -> None:
    """Raise ``ToldError`` for the name of no edition, or of one that there is."""
    if not NAME.fullmatch(name):
        message = (
            f"found the name {quote_words(name)}, expected small letters, digits"
            " and hyphens"
        )
        raise ToldError(message, "write: build.py edition 2026-11")
    if name in {item.name for item in known}:
        raise ToldError(
            f"there is an edition {quote_words(name)}, and it stays as it is",
            "choose another name",
        )


def _files(desk: Desk, order: Order, stays: EditionName) -> Mapping[str, bytes]:
    """Return the files of an edition of the story as it stands.

    Raises ``BuildError``.
    """
    folder = format_folder_address(stays.name)
    site = dict(
        desk.build(
            order._replace(base=Base(), look=list_unread_problems, edition=stays)
        )
    )
    return {
        place.removeprefix(folder): site[place].body
        for place in sorted(site)
        if place.startswith(folder)
    }


def _keep(made: Edition, root: Path) -> None:
    """Write an edition: its folder, which no build looks at yet, and last its row in
    the record.

    Killed before the row is there, or stopped by a full disk, the same command does it
    anew. Raises ``BuildError``.
    """
    # of a command that did not come to the row
    shutil.rmtree(root / made.folder, ignore_errors=True)
    record = root / RECORD
    begun = read_text(record, root) if record.exists() else BEGIN
    files = {f"{made.folder}{place}": body for place, body in made.files.items()}
    replace_files(
        files | {RECORD: f"{begun.rstrip()}\n{made.entry}".encode()},
        root,
        "edition",
        new=True,
    )
