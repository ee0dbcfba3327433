"""``press new``: a whole small story of a table, written at once or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

import jinja2

import press
from press.facts import to_argument
from press.ground.errors import BuildError, ToldError
from press.ground.files import DRAFT, replace_files
from press.ground.lock import hold_lock, is_lock_held
from press.reading import Conventions
from press.starter.answers import NOTHING_SAID, Question, TableAnswers
from press.starter.guess import guess_table
from press.starter.heads import make_name
from press.starter.leading import choose_leading_rows

HERE = Path(__file__).parent
ENGINE = Path(press.__file__).parent
FILES = HERE / "files"
LOCKED = ".lock"
# of each file; before the name of a hidden one; the table's name
SUFFIX, DOT, TABLE = ".jinja", "dot.", "TABLE"
NONE = "found no story of the table that holds, expected one"
HINT = "rename what the lines above name: a column, or the story with --title"
# names of tables
ENGINES = {
    "bounds",
    "claim_figures",
    "revisions",
    "sources",
    "statement_figures",
    "statements",
}
# the line of a text
WRONG = re.compile(r"^((content/en/\S+\.md):(\d+).*)", re.MULTILINE)


def write_new_story(
    folder: Path, table: Path | None, answers: TableAnswers = NOTHING_SAID
) -> list[str]:
    """Write a story of a table, or of a sample, into a folder that is new or empty;
    return what was guessed and done.

    All of it is made in a folder beside, which takes the place of the other in one
    step: killed before that, there is no story, and the next run deletes what is left.
    Raises ``BuildError`` for a table that is to be changed,
    ``ToldError`` for a place where no story can be written. Nothing is written then.
    """
    try:
        folder = Path(os.path.realpath(folder))  # which follows no link for ever
        home = next(parent for parent in (*folder.parents, folder) if parent.is_dir())
        _delete_left(home)
        _check_folder(folder)
        source = table or HERE / "sample.csv"
        values = _guessed(source, folder, answers, invented=table is None)
        with _draft(home) as draft:
            guessed, files = _filled(values)
            replace_files(files, draft, "new", may_create=True)
            left_out = [f"  left out: {why}" for why in _leave_out(draft, str(source))]
            made = [path for path in draft.rglob("*") if ".cache" not in path.parts]
            count = sum(path.is_file() for path in made)
            folder.parent.mkdir(parents=True, exist_ok=True)
            # elsewhere a folder takes the place of an empty one
            if os.name == "nt" and folder.exists():
                folder.rmdir()
            draft.rename(folder)
    except OSError as error:
        hint = "name a new folder, where you may write"
        message = f"found a place that cannot be read or written: {error.strerror}"
        raise ToldError(f"{folder}: {message}", hint) from error
    return [
        *guessed.splitlines(),
        *left_out,
        f"{folder}: {count} files written; see README.md there",
    ]


def _check_folder(folder: Path) -> None:
    """Raise ``ToldError`` unless a folder may be written anew.

    Raises ``OSError`` where nobody may look.
    """
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise ToldError(f"found {place}, which is no folder, expected a new folder")
    if folder.exists() and any(folder.iterdir()):
        raise ToldError(f"found {folder}, which is not empty, expected a new folder")


def _guessed(
    source: Path, folder: Path, answers: TableAnswers, *, invented: bool
) -> dict[str, object]:
    """Return what the files of a story are filled with.

    Raises ``BuildError`` for a table that is to be changed, or told more of.
    """
    found = guess_table(source, answers)
    file = source.name.encode(errors="replace").decode()
    stem = Path(file).stem
    publisher = answers.publisher
    if not (publisher or invented):
        publisher = answers.ask(Question("Who published the table (Enter: later)?", ""))
    return {
        "guess": found,
        "table": make_name(stem, ENGINES, "table"),
        "title": answers.title or re.sub("[_-]+", " ", stem).strip().capitalize(),
        "source": file,
        "invented": invented,
        "publisher": publisher,
        "engine": _engine(folder),
        "rows": choose_leading_rows(found),
    }


@contextmanager
def _draft(home: Path) -> Iterator[Path]:
    """Give a new folder in ``home``, which goes at the end unless it is another by
    then; its lock says who works there.

    Raises ``OSError``.
    """
    if not os.access(home, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), home)
    draft = home / f"{DRAFT}new-{secrets.token_hex(4)}"
    lock = _lock_of(draft)
    try:
        with hold_lock(lock, home):
            draft.mkdir()
            try:
                yield draft
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    finally:
        (home / lock).unlink(missing_ok=True)


def _lock_of(draft: Path) -> Path:
    """Return the lock of a draft, as it is seen from the folder in which both lie."""
    return Path(f"{draft.name}{LOCKED}")


def _delete_left(home: Path) -> None:
    """Delete the drafts in ``home`` that were left of commands which were killed."""
    for left in home.glob(f"{DRAFT}new-*"):
        if left.suffix != LOCKED and not is_lock_held(_lock_of(left), home):
            shutil.rmtree(left, ignore_errors=True)
    for left in home.glob(f"{DRAFT}new-*{LOCKED}"):
        if not is_lock_held(Path(left.name), home):
            left.unlink(missing_ok=True)


def _filled(values: Mapping[str, object]) -> tuple[str, dict[str, bytes]]:
    """Return what was guessed, for people, and the files of a story by their places."""
    environment = jinja2.Environment(  # noqa: S701 - no file of these is HTML
        "<%",
        "%>",
        "<<",
        ">>",
        "<#",
        "#>",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FileSystemLoader([FILES, HERE / "sentences", ENGINE]),
    )
    language = Conventions("en")
    environment.tests["counting"] = str.isnumeric  # 7, ², 亿
    environment.filters |= {
        "toml": partial(json.dumps, ensure_ascii=False),
        "argument": to_argument,
    }
    environment.filters |= {"date": language.date, "number": partial(_number, language)}
    files = dict[str, bytes]()
    for path in sorted(FILES.rglob(f"*{SUFFIX}")):
        name = path.relative_to(FILES).as_posix()
        place = name.removesuffix(SUFFIX).replace(DOT, ".")
        place = place.replace(TABLE, str(values["table"]))
        text = environment.get_template(name).render(values).strip()
        if text:
            files[place] = f"{text}\n".encode()
    return environment.get_template("guessed.jinja").render(values), files


def _number(language: Conventions, cell: str) -> str:
    """Write a number, with two decimals at most where it is one or more."""
    value = Decimal(cell)
    decimals = len(cell.partition(".")[2])
    return language.number(value, decimals if abs(value) < 1 else min(decimals, 2))


class _Wrong(NamedTuple):
    """A line of a text that does not hold, and why."""

    why: str
    name: str
    text: str


def _leave_out(draft: Path, source: str) -> Iterator[str]:
    """Check a new story, and leave out what does not hold, such as a record that is
    shared; yield why.

    That is a sentence with a link, else a chart whose words cannot be shown.
    """
    while told := _check(draft):
        wrong = []
        for why, name, line in WRONG.findall(told):
            lines = (draft / name).read_text("utf-8").splitlines()
            wrong.append(_Wrong(why, name, lines[int(line) - 1]))
        left_out = [each for each in wrong if "](" in each.text]
        for each in left_out:
            _drop(draft, each.name, re.escape(each.text))
        if not left_out:
            by_name = {each.name: each for each in wrong if "/charts/" in each.name}
            left_out = [*by_name.values()]
            for name in by_name:
                _drop_chart(draft, Path(name))
        if not left_out:
            raise BuildError.at(source, 1, f"{NONE}:\n{told}", HINT)
        yield from (each.why for each in left_out)


def _drop_chart(draft: Path, words: Path) -> None:
    """Delete a chart, and the lines that show it."""
    _drop(draft, "content/en/index.md", rf".*\(chart:{words.stem}\)")
    _drop(draft, "story/charts/__init__.py", rf".*\b{words.stem}\b.*")
    (draft / words).unlink()
    (draft / f"story/charts/{words.stem}.py").unlink()


def _check(draft: Path) -> str:
    """Return what ``press check`` finds wrong with a story, in a process of its own,
    which finds this engine.
    """
    paths = [str(ENGINE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(paths),
    }
    command = [sys.executable, "-P", "-m", "press", "check"]
    done = subprocess.run(
        command,
        cwd=draft,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if not done.returncode:
        return ""
    return done.stderr.strip() or f"exit status {done.returncode}"


def _drop(draft: Path, place: str, line: str) -> None:
    """Delete each line of a file that a regular expression matches."""
    text = re.sub(
        f"^{line}\n", "", (draft / place).read_text("utf-8"), flags=re.MULTILINE
    )
    replace_files({place: text.encode()}, draft, "new")


def _engine(folder: Path) -> str:
    """Return from where the running engine came, as pip takes it: a folder or a file as
    it is seen from ``folder``.
    """
    try:
        told = json.loads(
            metadata.distribution("press").read_text("direct_url.json") or "{}"
        )
    except metadata.PackageNotFoundError:  # it runs from a checkout
        told = {}
    address = str(told.get("url", ENGINE.as_uri()))
    if version := told.get("vcs_info"):
        asked = ""
        if "requested_revision" in version:
            asked = f"@{version['requested_revision']}"
        folder_there = told.get("subdirectory", "")
        return f"{version['vcs']}+{address}{asked}#subdirectory={folder_there}"
    if address.startswith("file:"):
        place = url2pathname(urlsplit(address).path)
        return Path(os.path.relpath(place, folder)).as_posix()
    return address
