"""The command line: what may be typed after ``press``, ``python -m press`` or
``python build.py``, and who does it.

A verb imports what it needs when it is asked for: help, and merging figures, need no
texts, charts and pages.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from press.desk.build_file import NAME as BUILD_FILE
from press.desk.build_file import load_build
from press.desk.order import Build, Desk, StoryOf, import_story
from press.desk.teller import SAY, report_problems, report_refusal
from press.ground.address import Base
from press.ground.errors import BuildError, ToldError, quote_words
from press.ground.files import LOCK, check_folders_readable, drop_drafts
from press.ground.guard import find_story_line, report_engine_errors
from press.ground.invisible import collect_invisible, locate_invisible
from press.ground.lock import hold_lock
from press.ground.period import Period

LAST_PORT = 65535
# the exit status by which shells know that Ctrl-C has ended a command
INTERRUPTED = 130


def run(
    arguments: Sequence[str], root: Path, build: Build, story: StoryOf = import_story
) -> int:
    """Run a verb on the story in ``root``, as its build.py does; without ``arguments``
    build it.

    ``build`` is that of build.py; ``story`` imports what is Python of a story. Returns
    the exit status: 0 where all is done, 1 for problems, 2 for a wrong command line;
    ``import`` and ``diff`` have others.
    """
    return _run(list(arguments) or ["build"], _Place(root, lambda: build, story))


def main() -> int:
    """Run what is typed after ``press`` on the story in the current folder; return the
    exit status.
    """
    try:
        root = Path.cwd()
    except OSError as error:
        return report_refusal(
            f"the current folder cannot be read: {error.strerror}", "go to another"
        )
    return _run(sys.argv[1:], _Place(root, partial(load_build, root), import_story))


@dataclass(frozen=True)
class _Place:
    """Where a command is run, and what gives it the story there; a command that needs
    none asks for none.
    """

    root: Path
    load_build: Callable[[], Build]
    story: StoryOf


def _run(arguments: list[str], place: _Place) -> int:
    """Run a command line, however it ends; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal that lacks a character is no mistake
            stream.reconfigure(errors="backslashreplace")
    try:
        return _invoke(arguments, place)
    except KeyboardInterrupt as error:
        line = find_story_line(error, place.root)
        report_refusal(f"interrupted at {line[0]}:{line[1]}" if line else "interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of the output has closed it
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.close()  # else Python would try once more when it ends
        return 1
    finally:
        SAY.clear()


def _invoke(arguments: list[str], place: _Place) -> int:
    """Do what a command line asks; return the exit status, and tell what is wrong."""
    try:
        with press.make_context("press", arguments, obj=place) as context:
            return int(press.invoke(context))
    except click.exceptions.Exit as end:  # of --help
        return end.exit_code
    except click.UsageError as error:
        error.show()
        return error.exit_code
    except BuildError as error:
        return report_problems(error)
    except ToldError as error:
        return report_refusal(error.message, error.hint)


@contextlib.contextmanager
def _at_work(place: _Place, *, writes: bool = False) -> Iterator[Desk]:
    """Give a verb the story, whose build.py and folders are looked at first.

    One that ``writes`` waits for its turn.

    What is raised inside, and no author's mistake, is told as a mistake of the engine,
    at its line.
    """
    build = place.load_build()
    check_folders_readable(place.root)
    waiting = partial(SAY, "another command is writing sources: waiting")
    with (
        report_engine_errors(place.root),
        hold_lock(LOCK, place.root, waiting) if writes else contextlib.nullcontext(),
    ):
        try:
            yield Desk(place.root, build, place.story)
        except click.Abort:  # Ctrl-C, or the end of what is typed
            raise ToldError(
                "found no answer, expected one: nothing was written"
            ) from None


class _InOrder(click.Group):
    """Verbs that help lists in the order in which they stand here."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return the names of the verbs."""
        return list(self.commands)


@click.group(
    cls=_InOrder,
    subcommand_metavar="VERB ...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def press() -> None:
    """Make a data story whose prose is tested like code.

    Works in the folder of a story. Its build.py takes the same verbs, and builds
    without one.
    """


def _parse_base(
    _context: click.Context, _option: click.Parameter, url: str | None
) -> Base | None:
    """Return the address that an option gives."""
    try:
        return None if url is None else Base.parse(url)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _check_time(
    like: str, _context: click.Context, _option: click.Parameter, text: str | None
) -> str | None:
    """Return a month or a day that is written as ``like`` is, of this millennium or the
    one before.
    """
    if text is None:
        return None
    time = Period.parse_or_none(text)
    if time and time.length == 1 and len(text) == len(like) and text[0] in "12":
        return text
    raise click.BadParameter(f"found {text}, expected a time such as {like}")


def _check_words(_context: click.Context, _option: click.Parameter, text: str) -> str:
    """Return words for readers as they were typed, which have no
    invisible characters.
    """
    if hidden := locate_invisible(text):
        raise click.BadParameter(
            "; ".join(dict.fromkeys(each.message for each in hidden))
        )
    return text


def _parse_folder(
    _context: click.Context, _argument: click.Parameter, name: str
) -> Path:
    """Return the folder that an argument names."""
    if not name.strip() or collect_invisible(name) or "\n" in name:
        raise click.BadParameter(
            f"found {quote_words(name)}, expected the name of a folder"
        )
    return Path(name)


_dry_run = click.option(
    "--dry-run", is_flag=True, help="Say what would be written, and write nothing."
)
_strict = click.option(
    "--strict",
    is_flag=True,
    help="Refuse sentences that nobody has read beside their present data.",
)
_base_url = click.option(
    "--base-url",
    metavar="URL",
    callback=_parse_base,
    help="Where the site will be served (default: site.toml).",
)
_answer = click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="FIGURE",
    help=(
        "A figure of which an earlier run has asked: yes, it is so. May be given"
        " several times."
    ),
)


@press.command("build")
@_base_url
@click.option(
    "--day",
    metavar="DAY",
    callback=partial(_check_time, "2026-11-26"),
    help="Today: no page promises figures for a day before it.",
)
@_strict
@click.pass_obj
def _build(
    place: _Place, *, base_url: Base | None, day: str | None, strict: bool
) -> int:
    """Write site/."""
    with _at_work(place) as desk:
        from press.desk.verbs import build_site

        return build_site(desk, base_url, day or "", strict=strict)


@press.command("check")
@_base_url
@_strict
@click.pass_obj
def _check(place: _Place, *, base_url: Base | None, strict: bool) -> int:
    """Look for what is wrong, and leave site/ alone."""
    with _at_work(place) as desk:
        from press.desk.verbs import check_site

        return check_site(desk, base_url, strict=strict)


@press.command("preview")
@_base_url
@click.option(
    "--port",
    type=click.IntRange(0, LAST_PORT),
    metavar="PORT",
    default=5500,
    show_default=True,
    help="Where to serve.",
)
@click.pass_obj
def _preview(place: _Place, *, base_url: Base | None, port: int) -> int:
    """Serve the site on this computer, built at each save."""
    with _at_work(place) as desk:
        from press.desk.verbs import preview_site

        return preview_site(desk, base_url, port)


@press.command("fix")
@_dry_run
@click.pass_obj
def _fix(place: _Place, *, dry_run: bool) -> int:
    """Write stale numbers of the texts anew."""
    with _at_work(place, writes=True) as desk:
        from press.desk.verbs import fix_texts

        drop_drafts(desk.root, "fix")
        return fix_texts(desk, dry_run=dry_run)


@press.command("read")
@click.argument("places", nargs=-1, metavar="[FILE:LINE]...")
@click.option(
    "--list",
    "lists",
    is_flag=True,
    help="Print all that is unread, and approve nothing.",
)
@click.option(
    "--accept",
    is_flag=True,
    help=(
        "Approve what begins at the places that are given, which you have read:"
        " content/en/index.md:12."
    ),
)
@_dry_run
@click.pass_obj
def _read(
    place: _Place, *, places: tuple[str, ...], lists: bool, accept: bool, dry_run: bool
) -> int:
    """Show what nobody has read beside its data, and approve it."""
    if accept != bool(places):
        raise click.UsageError(
            f"found {places[0]} without --accept"
            if places
            else "--accept needs a place: FILE:LINE"
        )
    with _at_work(place, writes=True) as desk:
        from press.desk.verbs import accept_passages, list_unread, read_unread

        drop_drafts(desk.root, "read")
        if accept:
            return accept_passages(desk, places, dry_run=dry_run)
        if lists or dry_run or not sys.stdin.isatty():
            return list_unread(desk)
        return read_unread(desk)


@press.command("import")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="Fetch only this of story/sources/. May be given several times.",
)
@click.option(
    "--since",
    metavar="MONTH",
    callback=partial(_check_time, "2026-01"),
    help=(
        "Fetch all from this month on, 2026-01, not only what is newer than the tables."
    ),
)
@click.option(
    "--address",
    default="",
    help="From where the file was saved, where it does not say so itself.",
)
@_answer
@_dry_run
@click.pass_obj
def _import(  # noqa: PLR0913 - its options
    place: _Place,
    *,
    files: tuple[str, ...],
    only: tuple[str, ...],
    since: str | None,
    address: str,
    answers: tuple[str, ...],
    dry_run: bool,
) -> int:
    """Merge what publishers have printed since.

    Without a FILE it is fetched. A FILE is HTML, XLS, XLSX or CSV that you have saved
    of a publisher, or a CSV with the name and the columns of a table in data/.
    """
    with _at_work(place, writes=True) as desk:
        from press.desk.intake import Answers, Wanted, import_figures

        return import_figures(
            desk, Wanted(files, only, since or "", address), Answers(answers, dry_run)
        )


@press.command("record")
@click.argument("table")
@click.argument("cells", nargs=-1, metavar="[COLUMN=VALUE]...")
@_answer
@_dry_run
@click.pass_obj
def _record(
    place: _Place,
    *,
    table: str,
    cells: tuple[str, ...],
    answers: tuple[str, ...],
    dry_run: bool,
) -> int:
    """Merge a figure that you have read on a page.

    TABLE is the name of a table in data/. The cells are such as month=2026-05
    value_usd_million=108100 source.publisher=...; what is left out and needed is told.
    """
    with _at_work(place, writes=True) as desk:
        from press.desk.intake import Answers, record_figure

        return record_figure(desk, table, cells, Answers(answers, dry_run))


@press.command("diff")
@click.argument("revision", default="HEAD")
@click.option(
    "--markdown", is_flag=True, help="Say it as Markdown, for a pull request."
)
@click.option(
    "--name",
    metavar="ID",
    default="",
    help=(
        "Tell readers: write what has changed into changes.toml, as the change of this"
        " name, such as may-2026."
    ),
)
@click.option(
    "--title", default="", callback=_check_words, help="Of the change, in a few words."
)
@click.option(
    "--why",
    default="",
    callback=_check_words,
    help="The reason of the change, in a sentence.",
)
@click.option("--correction", is_flag=True, help="A mistake of ours is mended.")
@click.option(
    "--date",
    "day",
    metavar="DAY",
    callback=partial(_check_time, "2026-06-09"),
    help="Of the change (default: today).",
)
@_dry_run
@click.pass_obj
def _diff(  # noqa: PLR0913 - its options
    place: _Place,
    *,
    revision: str,
    markdown: bool,
    name: str,
    title: str,
    why: str,
    correction: bool,
    day: str | None,
    dry_run: bool,
) -> int:
    """Say what has changed since another time.

    REVISION is one of git, HEAD if none is given.
    """
    with _at_work(place, writes=bool(name)) as desk:
        from press.desk.name import Naming
        from press.desk.verbs import compare_sides

        naming = (
            Naming(name, title.strip(), why.strip(), day, correction, dry_run)
            if name
            else None
        )
        if naming:
            drop_drafts(desk.root, "diff")
        return compare_sides(desk, revision, naming, markdown=markdown)


@press.command("edition")
@click.argument("name")
@_dry_run
@click.pass_obj
def _edition(place: _Place, *, name: str, dry_run: bool) -> int:
    """Keep the story of the last commit as a version that stays.

    NAME is what it is called, such as 2026-11: people cite it so.
    """
    with _at_work(place, writes=True) as desk:
        from press.desk.verbs import keep_edition

        drop_drafts(desk.root, "edition")
        return keep_edition(desk, name, dry_run=dry_run)


@press.command("explain")
@click.argument("fact", required=False)
@click.pass_obj
def _explain(place: _Place, *, fact: str | None) -> int:
    """Say where a number comes from.

    FACT is as it is written in a text: total/2023. Without it all are listed.
    """
    with _at_work(place) as desk:
        from press.desk.verbs import explain_fact, list_facts

        return explain_fact(desk, fact) if fact else list_facts(desk)


@press.command("facts")
@click.pass_obj
def _facts(place: _Place) -> int:
    """List what can be bound, with sentences that do."""
    with _at_work(place) as desk:
        from press.desk.verbs import list_facts

        return list_facts(desk)


@press.command("describe")
@click.argument("chart")
@click.pass_obj
def _describe(place: _Place, *, chart: str) -> int:
    """Draft the words of a chart from its data.

    These are its alternative text and its summary. CHART is its name, as in
    ![](chart:NAME).
    """
    with _at_work(place) as desk:
        from press.desk.verbs import describe_chart

        return describe_chart(desk, chart)


@press.command("new")
@click.argument("folder", callback=_parse_folder)
@click.option(
    "--table",
    # whoever reads it tells what is wrong
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="A table of CSV, its heads in the first line (default: a small invented one).",
)
@click.option(
    "--title",
    default="",
    callback=_check_words,
    help="Of the story (default: the name of the table).",
)
def _new(*, folder: Path, table: Path | None, title: str) -> int:
    """Write a small story that builds at once.

    FOLDER is where to write it: a new folder.
    """
    from press.starter import new

    try:
        with report_engine_errors(Path.cwd()):
            lines = new(folder, table, title)
    except BuildError as error:
        return report_problems(error, "; nothing was written")
    for line in lines:
        SAY(line)
    return 0


@press.command("upgrade")
@click.pass_obj
def _upgrade(place: _Place) -> int:
    """Install the engine anew, and say what has changed for the story.

    It comes from where engine.txt says.
    """
    from press.starter import upgrade

    try:
        place.load_build()
        broken = []
    except BuildError:
        broken = [BUILD_FILE]
    with report_engine_errors(place.root):
        lines = upgrade(place.root, broken)
    for line in lines:
        SAY(line)
    return 0
