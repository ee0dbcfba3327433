"""Files of authors: reading them as text, hashing them, and replacing them by whole
ones, in order.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from press.ground.cache import FILES
from press.ground.errors import (
    BuildError,
    Problem,
    list_problems_of_invisible_characters,
)
from press.ground.lock import hold_lock

# below the project: whoever holds it reads sources and writes what follows
LOCK = Path(".cache", "sources.lock")
# the folders in which commands write, beside the project's own
SOURCES = ("content", "data", "editions")
# of a story: what is made of it lies elsewhere
FOLDERS = (*SOURCES, "story", "templates")
ENGINE = Path(__file__).parents[1]
LARGEST = 64_000_000  # bytes of a file
HASH_DIGITS = 32
Parsed = TypeVar("Parsed")
DRAFT = ".draft-of-"  # in the name of a draft, before the verb that writes it


def format_path(path: Path, root: Path) -> str:
    """Return a path as messages write it: relative to the project, with forward
    slashes.
    """
    return path.as_posix().removeprefix(f"{root.as_posix()}/")


def read_project_or_engine_bytes(path: Path, root: Path) -> bytes:
    """Return what a file of the project holds, or one of the engine's.

    Raises ``BuildError`` as ``read_bytes_anywhere``, and for one that a link takes from
    somewhere else: what lies there is not meant to be published.
    """
    depth = len(root.parts)
    home = root / path.parts[depth] if path.parts[:depth] == root.parts else ENGINE
    found = read_bytes_anywhere(path, root)
    steps = [path, *path.parents][: len(path.parts) - len(home.parts)]
    # else it lies where it seems to
    leads = ".." in path.parts or any(step.is_symlink() for step in steps)
    if leads and not path.resolve().is_relative_to(home.resolve()):
        message = f"found a file that lies elsewhere, expected one in {home.name}/"
        raise _make_file_error(path, root, message, "put the file itself there")
    return found


def read_bytes_anywhere(path: Path, root: Path, most_bytes: int = LARGEST) -> bytes:
    """Return what a file holds, wherever it lies; what has no end, or more bytes than
    ``most_bytes``, is not begun with.

    Raises ``BuildError`` for a missing, unreadable or too large file, a folder, a pipe
    or a device.
    """
    try:
        about = path.stat()
        if stat.S_ISREG(about.st_mode) and about.st_size <= most_bytes:
            return path.read_bytes()
    except FileNotFoundError:
        raise _make_file_error(path, root, "found no such file, expected one") from None
    except OSError as error:
        raise _make_file_error(
            path, root, f"found a file that cannot be read: {error.strerror}"
        ) from None
    found = (
        f"{about.st_size:,} bytes"
        if stat.S_ISREG(about.st_mode)
        else "a folder, a pipe or a device"
    )
    raise _make_file_error(
        path, root, f"found {found}, expected a file of at most {most_bytes:,} bytes"
    )


def read_text(
    path: Path,
    root: Path,
    read_bytes: Callable[[Path, Path], bytes] = read_project_or_engine_bytes,
) -> str:
    """Return the text of a UTF-8 file, a byte-order mark dropped and line ends made LF.

    Raises ``BuildError`` as ``read_bytes`` does, for another encoding, and for
    invisible characters.
    """
    return _decode_text(read_bytes(path, root), path, root)


def _decode_text(raw: bytes, path: Path, root: Path) -> str:
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise _make_file_error(
            path,
            root,
            "found a NUL byte, expected text in UTF-8",
            "save the file as UTF-8",
            line,
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"found byte 0x{raw[error.start]:02x}, expected UTF-8"
        raise _make_file_error(
            path, root, message, "save the file as UTF-8", line
        ) from None
    text = convert_line_ends(text)
    if problems := list_problems_of_invisible_characters(text, format_path(path, root)):
        raise BuildError(problems)
    return text


def parse_file(
    path: Path,
    root: Path,
    parse: Callable[[str, str], Parsed],
    text_if_missing: str | None = None,
) -> Parsed:
    """Return what ``parse`` makes of the text of a file and its name; from before where
    the text is what it was.

    ``text_if_missing`` is the text of a file that need not be there. Raises
    ``BuildError`` as ``read_text`` does, and what ``parse`` raises.
    """
    name = format_path(path, root)
    is_there = text_if_missing is None or os.path.lexists(path)
    source = {"text": read_text(path, root) if is_there else text_if_missing}
    return FILES.get(
        (parse, root, name), lambda inputs: parse(inputs["text"], name), source
    )


def _make_file_error(
    path: Path, root: Path, message: str, hint: str = "", line: int = 1
) -> BuildError:
    return BuildError.at(format_path(path, root), line, message, hint)


def check_existing_story_folders_readable(root: Path) -> None:
    """Raise ``BuildError`` for each folder of a story that cannot be read: it would
    seem to be empty.
    """
    found = list[OSError]()
    for folder in filter(Path.is_dir, (root / name for name in FOLDERS)):
        for _ in os.walk(folder, onerror=found.append):
            pass
    if found:
        raise BuildError(
            Problem(
                format_path(Path(error.filename), root),
                1,
                f"found a folder that cannot be read: {error.strerror}",
            )
            for error in found
        )


def convert_line_ends(text: str) -> str:
    """Return a text whose lines end in LF, whatever they ended in."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def find_line_number_or_one(text: str, pattern: str) -> int:
    """Return the line, from 1, on which a regular expression (``^`` at each line) first
    matches; else 1.
    """
    match = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def hash_parts(*parts: str | bytes) -> str:
    """Return a short hash of texts and bytes, kept apart by their lengths."""
    digest = hashlib.sha256()
    for part in parts:
        body = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:%b" % (len(body), body))
    return digest.hexdigest()[:HASH_DIGITS]


def replace_files_one_by_one(
    files: Mapping[str, bytes], root: Path, verb: str, *, may_create: bool = False
) -> None:
    """Replace sources, and make those that are ``new``, one whole file after the other,
    in the order of ``files``.

    All drafts are written before the first takes its place, so that a full disk changes
    nothing. Killed in between, the sources are a mix, which the order of ``files``
    makes sound: ``yield_problems_of_leftover_drafts`` tells of it by the drafts that
    are left, and the ``verb`` run again completes it. Raises ``BuildError`` where a
    file cannot be written.
    """
    with hold_lock(LOCK, root):
        drafts = dict[Path, Path]()
        name = next(iter(files), "")
        moved = False
        hint = "no source has been changed"
        try:
            for name, body in files.items():
                path = (root / name).resolve()  # a link to a file stays one
                drafts[path] = _get_draft_path(path, verb)
                _write_draft(drafts[path], path, body, may_create=may_create)
            for path, draft in drafts.items():
                name = format_path(path, root)
                draft.replace(path)
                moved = True
                hint = (
                    "what was written before it is whole: mend this, and run"
                    f" {verb} again"
                )
        except OSError as error:
            message = f"found a file that cannot be written: {error.strerror}"
            raise BuildError.at(name, 1, message, hint) from error
        finally:
            for draft in () if moved else drafts.values():
                draft.unlink(missing_ok=True)
        drop_drafts(root, verb)


def leave_drafts_of_unchanged_files(
    names: Iterable[str], root: Path, verb: str
) -> None:
    """Leave a draft of each of some files before it is known what will stand in them.

    If the ``verb`` is killed before it comes to ``replace_files_one_by_one``, they tell
    of it, and the next run knows them by ``list_files_left_as_drafts``.

    Raises ``BuildError`` where a file cannot be written.
    """
    for name in names:
        path = root / name
        try:
            body = path.read_bytes() if path.exists() else b""
            _write_draft(_get_draft_path(path, verb), path, body, may_create=True)
        except OSError as error:
            drop_drafts(root, verb)
            message = f"found a file that cannot be written: {error.strerror}"
            raise BuildError.at(name, 1, message, "nothing has been changed") from error


def list_files_left_as_drafts(root: Path, verb: str) -> set[str]:
    """Return the files of which a ``verb`` that was killed has left drafts."""
    return {
        format_path(draft.source, root)
        for draft in _yield_drafts(root)
        if draft.verb == verb
    }


def _get_draft_path(path: Path, verb: str) -> Path:
    """Return where the draft of a file lies while a ``verb`` writes it."""
    return path.with_name(f".{path.name}{DRAFT}{verb}")


def _write_draft(draft: Path, path: Path, body: bytes, *, may_create: bool) -> None:
    """Write what is to take the place of a file beside it.

    Raises ``OSError``, also where the file is read-only.
    """
    try:
        path.open("r+b").close()
    except FileNotFoundError:
        if not may_create:
            raise
        path.parent.mkdir(parents=True, exist_ok=True)
    draft.write_bytes(body)
    if path.exists():
        shutil.copymode(path, draft)


def yield_problems_of_leftover_drafts(root: Path) -> Iterator[Problem]:
    """Yield a problem for each draft of a source: it is left of a command that was
    killed, or that is at work now.
    """
    for draft in _yield_drafts(root):
        verb = draft.verb
        message = f"found what {verb} was about to write, expected no such file"
        hint = (
            f"{verb} was ended before it had written all: run it again; or delete this"
            " file, and look at git diff"
        )
        yield Problem(format_path(draft.path, root), 1, message, hint)


def drop_drafts(root: Path, verb: str, keep: Collection[str] = ()) -> None:
    """Delete the drafts that are left of one ``verb``, but those of some files that are
    to ``keep`` theirs.
    """
    for draft in _yield_drafts(root):
        if draft.verb == verb and format_path(draft.source, root) not in keep:
            draft.path.unlink(missing_ok=True)


class _Draft(NamedTuple):
    """A draft as it lies beside its ``source``, and the verb that wrote it."""

    path: Path
    source: Path
    verb: str


def _yield_drafts(root: Path) -> Iterator[_Draft]:
    """Yield each draft below the folders in which commands write, or beside them."""
    pattern = f".*{DRAFT}*"
    found = [*root.glob(pattern)]
    for folder in SOURCES:
        found += (root / folder).rglob(pattern)
    for path in sorted(found):
        name, _, verb = path.name[1:].rpartition(DRAFT)
        yield _Draft(path, path.with_name(name), verb)
