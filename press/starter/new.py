"""``press new``: a whole small story of a table, written at once or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

import jinja2

import press
from press.facts import to_argument
from press.ground.colour import PALETTE
from press.ground.errors import BuildError, ToldError
from press.ground.files import DRAFT, LOCK, replace_files_one_by_one
from press.ground.lock import hold_lock, is_lock_held
from press.reading import Conventions
from press.starter.answers import NOTHING_SAID, Question, TableAnswers
from press.starter.figures import shorten_number
from press.starter.guess import guess_table
from press.starter.heads import make_name
from press.starter.leading import choose_leading_rows

HERE = Path(__file__).parent
ENGINE = Path(press.__file__).parent
FILES = HERE / "files"
# of each file; before the name of a hidden one; the table's name
SUFFIX = ".jinja"
DOT = "dot."
TABLE = "TABLE"
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
# a line of a file, and what is wrong with it
WRONG = re.compile(r"^(((?:content|story)/\S+?):(\d+).*)", re.MULTILINE)


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
        existing_parent = next(
            parent for parent in (*folder.parents, folder) if parent.is_dir()
        )
        _delete_left(existing_parent)
        _check_folder(folder)
        values = _collect_values(table, folder, answers)
        with _open_locked_draft_folder(existing_parent) as draft:
            made = _write_story_without_failing_parts(draft, values)
            folder.parent.mkdir(parents=True, exist_ok=True)
            # elsewhere a folder takes the place of an empty one
            if os.name == "nt" and folder.exists():
                folder.rmdir()
            draft.rename(folder)
    except OSError as error:
        hint = "name a new folder, where you may write"
        message = f"found a place that cannot be read or written: {error.strerror}"
        raise ToldError(f"{folder}: {message}", hint) from error
    count = f"{folder}: {len(made.files)} files written; see README.md there"
    return [*made.guessed.splitlines(), *made.left_out, count]


def _check_folder(folder: Path) -> None:
    """Raise ``ToldError`` unless a folder may be written anew.

    Raises ``OSError`` where nobody may look.
    """
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise ToldError(f"found {place}, which is no folder, expected a new folder")
    if folder.exists() and any(folder.iterdir()):
        raise ToldError(f"found {folder}, which is not empty, expected a new folder")


def _collect_values(
    table: Path | None, folder: Path, answers: TableAnswers
) -> dict[str, object]:
    """Return what the files of a story are filled with.

    Raises ``BuildError`` for a table that is to be changed, or told more of.
    """
    source = table or HERE / "sample.csv"
    found = guess_table(source, answers)
    file = source.name.encode(errors="replace").decode()
    stem = Path(file).stem
    publisher = answers.publisher
    if table and not publisher:
        publisher = answers.ask(Question("Who published the table (Enter: later)?", ""))
    return {
        "guess": found,
        "rows": choose_leading_rows(found),
        "table": make_name(stem, ENGINES, "table"),
        "title": answers.title or re.sub("[_-]+", " ", stem).strip().capitalize(),
        "path": str(source),
        "source": file,
        "invented": not table,
        "publisher": publisher,
        "engine": _find_engine(folder),
    }


@contextmanager
def _open_locked_draft_folder(existing_parent: Path) -> Iterator[Path]:
    """Give the place of a new folder in one of ``existing_parent``, which goes at the
    end; its lock says that somebody works there.
    """
    place = Path(tempfile.mkdtemp(prefix=f"{DRAFT}new-", dir=existing_parent))
    try:
        with hold_lock(LOCK, place):
            yield place / "story"
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _delete_left(existing_parent: Path) -> None:
    """Delete the drafts in ``existing_parent`` that were left of commands which were
    killed.
    """
    for left in existing_parent.glob(f"{DRAFT}new-*"):
        if not is_lock_held(LOCK, left):
            shutil.rmtree(left, ignore_errors=True)


class _Story(NamedTuple):
    """What was guessed, for people; files by their places; what was left out, and
    why.
    """

    guessed: str
    files: Mapping[str, bytes]
    left_out: Sequence[str] = ()


def _fill_templates(values: Mapping[str, object], left_out: Collection[str]) -> _Story:
    """Return the files of a story, without lines and parts that are ``left_out``."""
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
        "date": language.date,
        "digits": language.number,
        "shorten": shorten_number,
    }
    environment.globals |= {**values, "left_out": left_out, "palette": PALETTE}
    files = dict[str, bytes]()
    for path in sorted(FILES.rglob(f"*{SUFFIX}")):
        name = path.relative_to(FILES).as_posix()
        place = name.removesuffix(SUFFIX).replace(DOT, ".")
        place = place.replace(TABLE, str(values["table"]))
        lines = environment.get_template(name).render().strip().splitlines()
        text = "\n".join(line for line in lines if line not in left_out)
        if text:
            files[place] = f"{text}\n".encode()
    return _Story(environment.get_template("guessed.jinja").render(), files)


def _write_story_without_failing_parts(
    draft: Path, values: Mapping[str, object]
) -> _Story:
    """Write a story, without what does not hold, such as a record that is shared: a
    line with a link, else a whole chart.

    Raises ``BuildError`` where nothing does.
    """
    left_out = dict[str, str]()
    while True:
        story = _fill_templates(values, left_out)
        shutil.rmtree(draft, ignore_errors=True)
        replace_files_one_by_one(story.files, draft, "new", may_create=True)
        told = _check(draft)
        if not told:
            return story._replace(left_out=[*dict.fromkeys(_tell_left_out(left_out))])
        known = len(left_out)
        for why, name, number in WRONG.findall(told):
            lines = story.files[name].decode().splitlines()
            line = "".join(lines[int(number) - 1 : int(number)])
            left_out[line if "](" in line else Path(name).stem] = why
        if len(left_out) == known:
            raise BuildError.at(str(values["path"]), 1, f"{NONE}:\n{told}", HINT)


def _tell_left_out(left_out: Mapping[str, str]) -> Iterator[str]:
    """Yield why each line or part was left out, and the words of a line, which stands
    in no file.
    """
    for left, why in left_out.items():
        yield f"  left out: {why}"
        if "](" in left:
            yield f"    {left}"


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


def _find_engine(folder: Path) -> str:
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
