"""The command line: what may be typed after ``build.py``, and who does it."""

from __future__ import annotations

import argparse
import contextlib
import io
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from press.desk.order import Build, StoryOf, imported
from press.desk.teller import SAY, fail, refuse
from press.ground.address import Base
from press.ground.errors import BuildError, ToldError
from press.ground.files import LOCK, drop_drafts
from press.ground.guard import LIMIT, NOTING, leave, telling
from press.ground.invisible import find_invisible
from press.ground.lock import alone
from press.ground.period import Period
from press.ground.record import Record

MERGING = {"import", "record"}  # verbs that write several tables, which may belong together
WRITING = {*MERGING, "fix", "read", "edition"}  # all that write what follows from the sources which they read
MOST = 65535  # the last port there is
LONGEST = 3600  # seconds for one call of the story's code


def run(
    arguments: Sequence[str], root: Path, build: Build, story: StoryOf = imported, record: Record | None = None
) -> int:
    """Do what ``arguments`` ask of the story in ``root``. Return the exit status: 0, or 1 for problems.

    ``build`` is that of build.py; ``story`` imports what is Python of a story; the ``record`` keeps what a good build
    says.
    """
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character is no mistake
    NOTING.note(limit=options.limit)
    try:
        waiting = partial(SAY, "another command is writing sources: waiting")
        writes = options.verb in WRITING or options.name
        with telling(root), alone(LOCK, root, waiting) if writes else contextlib.nullcontext():
            if options.verb in MERGING:
                from press.desk.intake import take  # noqa: PLC0415 - no build needs what reads publishers' documents

                return take(root, options, story)
            from press.desk.verbs import do  # noqa: PLC0415 - which takes long to import: what merges needs no texts

            drop_drafts(root, options.verb)
            return do(root, options, build, story, record)
    except BuildError as error:
        return fail(error)
    except ToldError as error:
        return refuse(error.message, error.hint)
    except KeyboardInterrupt:  # by which Python ends the process as the signal does
        sys.excepthook = lambda *_: refuse("interrupted")
        raise
    except BrokenPipeError:  # the reader of the output has closed it
        leave(1)
    finally:
        SAY.clear()


def main() -> int:
    """Do what the command ``press`` asks in the current folder, that of a story; return the exit status."""
    arguments, story = sys.argv[1:], Path("build.py")  # which each story has
    if arguments[:1] == ["new"] or (arguments[:1] == ["upgrade"] and story.is_file()):
        return _start(arguments)
    if not story.is_file():
        return refuse("this folder has no build.py: it is no story", "begin one: press new FOLDER --table FILE.csv")
    if arguments[:1] == ["facts"]:  # all that may be cited
        arguments[0] = "explain"
    return subprocess.run([sys.executable, str(story), *arguments], check=False).returncode


def _start(arguments: Sequence[str]) -> int:
    """Begin a story, or install a newer engine for one; say what was guessed, or changed. Return the exit status."""
    from press.starter import new, upgrade  # noqa: PLC0415 - takes long to import, and no story needs it

    parser = argparse.ArgumentParser(prog="press")
    verbs = parser.add_subparsers(dest="verb")
    begin = verbs.add_parser("new", help="write a small story that builds at once")
    begin.add_argument("folder", type=Path, metavar="FOLDER", help="where to write it: a new folder")
    what = "a table of CSV, its heads in the first line (default: a small invented one)"
    begin.add_argument("--table", type=Path, metavar="FILE", help=what)
    begin.add_argument("--title", type=_words, default="", help="of the story (default: the name of the table)")
    verbs.add_parser(
        "upgrade", help="install the engine that engine.txt names anew, and say what has changed for the story"
    )
    options = vars(parser.parse_args(arguments))
    try:
        for line in upgrade(Path()) if options.pop("verb") == "upgrade" else [new(**options)]:
            print(line)
    except BuildError as error:
        return fail(error, "; nothing was written")
    except ToldError as error:
        return refuse(error.message, error.hint)
    except OSError as error:  # a folder that may not be written
        return refuse(f"{error.filename}: {error.strerror}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Build the story into site/, or only look at it.")
    verbs = parser.add_subparsers(dest="verb", metavar="verb")
    parser.set_defaults(verb="build", base_url=None, limit=LIMIT, strict=False, name="", since=None)
    every = argparse.ArgumentParser(add_help=False)
    what = f"how long each chart, fact or check of story/ may take (default: {LIMIT})"
    every.add_argument("--limit", type=partial(_whole, 1, LONGEST), metavar="SECONDS", default=LIMIT, help=what)
    writes = argparse.ArgumentParser(add_help=False, parents=[every])
    writes.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")
    site = argparse.ArgumentParser(add_help=False, parents=[every])
    site.add_argument(
        "--base-url", type=_base, metavar="URL", help="where the site will be served (default: site.toml)"
    )
    strict = argparse.ArgumentParser(add_help=False, parents=[site])
    what = "refuse sentences that nobody has read beside their present data"
    strict.add_argument("--strict", action="store_true", help=what)
    verbs.add_parser("build", parents=[strict], help="write site/ (the default)")
    verbs.add_parser("check", parents=[strict], help="look for what is wrong and leave site/ alone: build's dry run")
    read = verbs.add_parser("read", parents=[writes], help="show what nobody has read beside its data, and approve it")
    read.add_argument("--list", action="store_true", help="print all that is unread, and approve nothing")
    what = "approve what begins there, which you have read: content/en/index.md:12"
    read.add_argument("--accept", nargs="+", metavar="FILE:LINE", default=[], help=what)
    verbs.add_parser("fix", parents=[writes], help="write stale numbers of the texts anew, as an editor would")
    _add_intake(verbs, writes)
    _add_diff(verbs, writes)
    what = "make of the last commit a version of the story that stays, for people who cite it"
    staying = verbs.add_parser("edition", parents=[writes], help=what)
    staying.add_argument("name", metavar="NAME", help="what it is called: 2026-11")
    explain = verbs.add_parser("explain", parents=[every], help="say where a number comes from")
    explain.add_argument("fact", nargs="?", help="as it is written in a text: total/2023; without it all are listed")
    drafted = "draft the alternative text and the summary of a chart from its data"
    describe = verbs.add_parser("describe", parents=[every], help=drafted)
    describe.add_argument("chart", help="its name, as in ![](chart:NAME)")
    preview = verbs.add_parser("preview", parents=[site], help="serve the site on this computer, built at each save")
    preview.add_argument(
        "--port", type=partial(_whole, 0, MOST), metavar="PORT", default=5500, help="where to serve (default: 5500)"
    )
    return parser


def _add_intake(verbs: Any, writes: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names its type in private
    """Add the verbs by which new figures come in."""
    merging = argparse.ArgumentParser(add_help=False, parents=[writes])
    what = "figures of which an earlier run has asked: yes, it is so"
    merging.add_argument("--answer", nargs="+", metavar="FIGURE", default=[], help=what)
    taking = verbs.add_parser(
        "import", parents=[merging], help="merge what publishers have printed since, or what files print that you saved"
    )
    what = "HTML, XLS, XLSX or CSV of a publisher, or a CSV with the name and columns of a table in data/; none: fetch"
    taking.add_argument("files", nargs="*", metavar="FILE", help=what)
    taking.add_argument("--only", nargs="+", metavar="NAME", default=[], help="fetch only these of story/sources/")
    what = "fetch all from this month on, 2026-01, not only what is newer than the tables"
    taking.add_argument("--since", type=partial(_time, "2026-01"), metavar="MONTH", help=what)
    taking.add_argument("--address", default="", help="from where the file was saved, where it does not say so itself")
    recording = verbs.add_parser("record", parents=[merging], help="merge a figure that you have read on a page")
    recording.add_argument("table", metavar="TABLE", help="the name of a table in data/")
    what = "month=2026-05 value_usd_million=108100 source.publisher=…; a terminal asks for what is left out"
    recording.add_argument("cells", nargs="*", metavar="COLUMN=VALUE", help=what)


def _add_diff(verbs: Any, writes: argparse.ArgumentParser) -> None:  # noqa: ANN401 - as above
    """Add the verb that compares today's story with another time's."""
    differing = verbs.add_parser("diff", parents=[writes], help="say what has changed since another time")
    what = "a revision of git (default: HEAD, the last commit)"
    differing.add_argument("side", nargs="?", default="HEAD", metavar="REVISION", help=what)
    differing.add_argument("--markdown", action="store_true", help="say it as Markdown, for a pull request")
    what = "tell readers: write what has changed into changes.toml, as the change of this name, such as may-2026"
    differing.add_argument("--name", metavar="ID", default="", help=what)
    differing.add_argument("--title", type=_words, default="", help="of the change, in a few words")
    differing.add_argument("--why", type=_words, default="", help="the reason of the change, in a sentence")
    differing.add_argument("--correction", action="store_true", help="a mistake of ours is mended")
    what = "of the change, 2026-06-09 (default: today)"
    differing.add_argument("--date", type=partial(_time, "2026-06-09"), metavar="DAY", help=what)


def _words(text: str) -> str:
    """Return words for readers as they were typed. Raises ``ArgumentTypeError`` for invisible characters."""
    if hidden := find_invisible(text):
        raise argparse.ArgumentTypeError("; ".join(dict.fromkeys(each.message for each in hidden)))
    return text


def _time(like: str, text: str) -> str:
    """Return a month or a day that is written as another is, of this millennium or the one before."""
    if (time := Period.read(text)) and time.length == 1 and len(text) == len(like) and text[0] in "12":
        return text
    raise argparse.ArgumentTypeError(f"found {text}, expected a time such as {like}")


def _whole(least: int, most: int, number: str) -> int:
    if number.isdecimal() and least <= int(number) <= most:
        return int(number)
    raise argparse.ArgumentTypeError(f"found {number}, expected {least} to {most}")


def _base(url: str) -> Base:
    try:
        return Base.parse(url)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
