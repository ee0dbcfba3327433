"""Editions: versions of the story that stay, each made of the last commit."""

from __future__ import annotations

import re
import shutil
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
from press.desk.order import Order, StoryHandle
from press.desk.paper import convert_page_to_pdf
from press.desk.read import list_unread_problems
from press.ground.address import BaseUrl
from press.ground.errors import ToldError, quote_words
from press.ground.files import read_text, replace_files_one_by_one
from press.ground.steps import Say, Step
from press.pages import EditionName

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
NO_PAPER = (
    "without a PDF, for which it found no Chrome or Chromium: let CHROME name one"
)


def write_edition_of_last_commit(
    handle: StoryHandle, order: Order, name: str, say: Say, *, dry_run: bool
) -> None:
    """Make an edition of a ``name``, also as a PDF where a browser is there.

    Raises ``BuildError`` for a story that is not good or files that cannot be written,
    and ``ToldError`` for what else stands in the way.
    """
    root = handle.root
    known = read_editions(root)
    git = Git(root)
    _check_new_edition_name(name, known)
    commit = git.get_commit_hash("HEAD")
    if changed := git.list_changed_story_files():
        message = (
            "found files that are not as the last commit has them, such as"
            f" {changed[0]}"
        )
        hint = "an edition is of a commit: commit them, or put them away: git stash"
        raise ToldError(message, hint)
    say(Step(f"building {commit[:7]}"))
    day = git.read_day(commit)
    files = _build_edition_files(handle, order, EditionName(name, day))
    paper = convert_page_to_pdf(files[f"{WHOLE}.html"], day)
    if paper:
        files[f"{WHOLE}.pdf"] = paper
    made = Edition(name, day, commit, files)
    if not dry_run:
        _write_edition_and_record(made, root)
        say(f"To be committed: {made.folder}, {RECORD}")
    done = _describe_edition(made, dry_run=dry_run)
    say(done if paper else f"{done}; {NO_PAPER}")


def _describe_edition(made: Edition, *, dry_run: bool) -> str:
    """Return what was made, or would be, in a line."""
    place = f"would be written to {made.folder}" if dry_run else made.folder
    weight = sum(map(len, made.files.values()))
    return (
        f"Edition {made.name} of {made.date}, made of {made.revision[:7]}:"
        f" {len(made.files)} files, {weight:,} bytes, {place}"
    )


def _check_new_edition_name(name: str, known: tuple[Edition, ...]) -> None:
    """Raise ``ToldError`` for the name of no edition, or of one that there is."""
    told = quote_words(name)
    if not NAME.fullmatch(name):
        message = f"found the name {told}, expected small letters, digits and hyphens"
        raise ToldError(message, "write: build.py edition 2026-11")
    if any(item.name == name for item in known):
        message = f"there is an edition {told}, and it stays as it is"
        raise ToldError(message, "choose another name")


def _build_edition_files(
    handle: StoryHandle, order: Order, edition: EditionName
) -> dict[str, bytes]:
    """Return the files of an edition of the story as it stands.

    Raises ``BuildError``.
    """
    folder = format_folder_address(edition.name)
    own = order._replace(
        base=BaseUrl(), judge_unread=list_unread_problems, edition=edition
    )
    site = dict(handle.build(own))
    places = (place for place in sorted(site) if place.startswith(folder))
    return {place.removeprefix(folder): site[place].body for place in places}


def _write_edition_and_record(made: Edition, root: Path) -> None:
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
    files[RECORD] = f"{begun.rstrip()}\n{made.name_date_and_revision_in_toml}".encode()
    replace_files_one_by_one(files, root, "edition", may_create=True)
