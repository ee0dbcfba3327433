"""Editions: made of the last commit, by its own code, and held to the commit that each was made of.

The exit status is 0 where an edition is made, or is what its commit gives; else 1.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from press.address import Base
from press.content import BEGIN, NAME, RECORD, Changes, Edition, folder_of, read_changes, read_editions, read_settings
from press.desk.git import Git
from press.desk.read import strictly
from press.desk.sides import exported, run_in
from press.errors import BuildError, ToldError, quoted, similar
from press.figures import Pair
from press.files import read, rewrite
from press.pages import File, Stays
from press.record import packages
from press.steps import Step, nobody

SHOWN = (1, 12, 60)  # editions whose cost is told
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)[ \\]*$", re.MULTILINE)  # a line of requirements.txt
Say = Callable[[str], None]
Files = Mapping[str, bytes]
Build = Callable[..., Iterator[tuple[str, File]]]


def edition(root: Path, options: argparse.Namespace, build: Build, say: Say) -> int:
    """Make the edition that ``options`` name, hold editions to their commits, or print one's files for another time.

    Raises ``BuildError`` for files that are wrong, and ``ToldError`` for what stands in the way.
    """
    if options.files:
        return _print(root, options, build)
    known = read_editions(root)
    if options.verify:
        return _verify(root, options, known, say)
    made = _made(root, options, known, say)
    for line in _told(made, dry=options.dry_run):
        say(line)
    if not options.dry_run:
        rewrite(_written(root, made, known), root, new=True)
    return 0


def _print(root: Path, options: argparse.Namespace, build: Build) -> int:
    """Print the files of an edition as JSON, as another process asks for them."""
    stays = Stays(options.name, options.files)
    with contextlib.closing(Pair(eager=False)) as worker:
        site = dict(build(root, Base(), nobody, worker, look=strictly, edition=stays))
    folder = folder_of(options.name)
    own = {address.removeprefix(folder): file for address, file in site.items() if address.startswith(folder)}
    sys.stdout.write(json.dumps({place: base64.b64encode(own[place].body).decode() for place in sorted(own)}))
    return 0


def _made(root: Path, options: argparse.Namespace, known: tuple[Edition, ...], say: Say) -> Edition:
    """Return a new edition of the last commit. Raises ``ToldError``."""
    name, git = options.name, Git(root)
    _check_name(name, known)
    commit = git.commit("HEAD")
    if changed := git.changed():
        message = f"found files that are not as the last commit has them, such as {changed[0]}"
        raise ToldError(message, "an edition is of a commit: commit them, or put them away: git stash")
    day = _changes(root).last or git.day(commit)
    say(Step(f"building {commit[:7]} as it is committed"))
    with exported(commit, git, root) as folder:
        files, why = _files(folder, (name, day, options.limit))
    if why:
        raise ToldError(f"{why}\n\nNo edition has been made: the last commit is not good.")
    return Edition(name, day, commit, files)


def _check_name(name: str, known: tuple[Edition, ...]) -> None:
    """Raise ``ToldError`` for the name of no edition, or of one that there is."""
    if not NAME.fullmatch(name or ""):
        found = f"found the name {quoted(name)}" if name else "found no name"
        raise ToldError(f"{found}, expected small letters, digits and hyphens", "write: build.py edition 2026-11")
    if name in {item.name for item in known}:
        raise ToldError(f"there is an edition {quoted(name)}, and it stays as it is", "choose another name")


def _changes(root: Path) -> Changes:
    """Return what has changed in the site's own language. Raises ``BuildError``."""
    code = read_settings(root / "content" / "site.toml", root).language
    return read_changes(root / "content" / code / "changes.toml", root)


def _files(folder: Path, asked: tuple[str, str, int]) -> tuple[Files, str]:
    """Return the files of an edition that the code of the story in a folder gives, or why it gives none.

    ``asked`` are its name, its day, and how many seconds one call of the story's code may take.
    """
    if not (folder / "build.py").is_file():
        return {}, "holds no build.py"
    name, day, limit = asked
    done = run_in(folder, "edition", name, "--files", day, "--limit", str(limit))
    if done.returncode or not done.stdout.startswith(b"{"):
        return {}, _why(done)
    return {place: base64.b64decode(body) for place, body in json.loads(done.stdout).items()}, ""


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    said = done.stderr.decode("utf-8", "replace").strip()
    return (
        "its code knows no editions" if b"invalid choice" in done.stderr else said or f"exit status {done.returncode}"
    )


def _written(root: Path, made: Edition, known: tuple[Edition, ...]) -> dict[str, bytes]:
    """Return the files that hold an edition, with the record of all."""
    record = read(root / RECORD, root) if known else BEGIN
    files = {f"{made.folder}{place}": body for place, body in made.files.items()}
    return {**files, RECORD: f"{record.rstrip()}\n{made.entry}".encode()}


def _told(made: Edition, *, dry: bool) -> Iterator[str]:
    """Yield what has been made, and what as many editions cost as a year or five have months."""
    raw, packed = (sum(map(size, made.files.values())) for size in (len, _packed))
    place = f"would be written to {made.folder}" if dry else made.folder
    yield f"Edition {made.name} of {made.date}, made of {made.revision[:7]}: {place}"
    for place, body in sorted(made.files.items()):
        yield f"    {place:<24}{len(body):>12,} bytes{_packed(body):>10,} gzip"
    for count in SHOWN:
        yield f"{count:>4} such edition{'s' if count > 1 else ' '}{raw * count:>16,} bytes{packed * count:>12,} gzip"
    yield "What git keeps of it is less than gzip: it packs what editions have in common once."
    if not dry:
        yield f"Now commit {made.folder} and {RECORD}"


def _packed(body: bytes) -> int:
    return len(gzip.compress(body, mtime=0))


def _verify(root: Path, options: argparse.Namespace, known: tuple[Edition, ...], say: Say) -> int:
    """Build editions anew of their commits, and say of each whether it is what it was."""
    names = [item.name for item in known]
    if options.name and options.name not in names:
        raise ToldError(f"found no edition {quoted(options.name)}", similar(options.name, names))
    if not known:
        raise ToldError("found no edition", "make one: build.py edition 2026-11")
    git, good = Git(root), True
    for item in known:
        if options.name in {None, item.name}:
            say(Step(f"building {item.name} anew, of {item.revision[:7]}"))
            wrong = list(_differences(root, item, git, options.limit))
            say(f"{item.name}: {'not ' if wrong else ''}what {item.revision[:7]} gives")
            for line in wrong:
                say(f"    {line}")
            good = good and not wrong
    return 0 if good else 1


def _differences(root: Path, item: Edition, git: Git, limit: int) -> Iterator[str]:
    """Yield how an edition differs from what its commit gives today, and which packages may be why."""
    with exported(_commit_of(item, git), git, root) as folder:
        files, why = _files(folder, (item.name, item.date, limit))
        if why:
            yield from why.splitlines()
        for place in sorted(files.keys() | item.files.keys()) if files else ():
            if files.get(place) != item.files.get(place):
                one = "is not made any more" if place not in files else "is made, too"
                yield f"{item.folder}{place} {'differs' if place in files and place in item.files else one}"
        if why or files != item.files:
            yield from _packages(folder)


def _commit_of(item: Edition, git: Git) -> str:
    """Return the commit that an edition was made of. Raises ``ToldError`` where the repository lacks it."""
    try:
        return git.commit(item.revision)
    except ToldError as error:
        message = f"{item.name} was made of the commit {item.revision[:7]}, which this repository does not hold"
        raise ToldError(message, error.hint if "shallow" in error.hint else "fetch the branch that holds it") from None


def _packages(folder: Path) -> Iterator[str]:
    """Yield each package that is here in another version than a revision's requirements.txt names."""
    try:
        pinned = PINNED.findall(read(folder / "requirements.txt", folder))
    except BuildError:
        return
    here = dict(name.rpartition(".")[0].rsplit("-", 1) for name in packages() if name.endswith(".dist-info"))
    installed = {_plain(name): version for name, version in here.items()}
    for name, version in pinned:
        if installed.get(_plain(name), version) != version:
            yield f"it was made with {name} {version}, and {installed[_plain(name)]} is installed"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
