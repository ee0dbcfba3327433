"""The command line: what the verbs of ``build.py`` do, and what they say."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from press.approvals import Review
from press.binding import FactError, applied, as_text, by_file, without
from press.content import read_settings
from press.desk.bind import repairs
from press.desk.explain import explain
from press.desk.explain import listed as listed_facts
from press.desk.publish import Published, publish
from press.desk.read import Pile, Reader, approve, listed, looked_at, named, said_of, strictly
from press.desk.teller import Teller
from press.figures import Pair, Studio, Worker, draft, marks
from press.ground.address import Base
from press.ground.errors import BuildError, Problem, ToldError, quoted, similar
from press.ground.files import LOCK, drop_drafts, rewrite
from press.ground.guard import LIMIT, NOTING, leave
from press.ground.lock import alone
from press.ground.record import Record
from press.ground.steps import Step, nobody
from press.pages import SITEMAP, File, Site
from press.story import Bound, Story

Build = Callable[..., Iterator[tuple[str, File]]]
Bind = Callable[..., Bound]
StoryOf = Callable[[], Story]

MERGING = {"import", "record"}  # verbs that write several tables, which may belong together
WRITING = {*MERGING, "fix", "read", "edition"}  # all that write what follows from the sources which they read
FIGURE = re.compile('<figure id="([^"]+)"')
MOST = 65535  # the last port there is
LONGEST = 3600  # seconds for one call of the story's code
_say = Teller()


def run(  # noqa: PLR0913, PLR0917 - what build.py has to give
    arguments: Sequence[str],
    root: Path,
    build: Build,
    bind: Bind,
    story: StoryOf,
    record: Record | None = None,
) -> int:
    """Do what ``arguments`` ask, with the functions of build.py. Return the exit status: 0, or 1 for problems.

    ``story`` imports the story, for verbs that hold no text to it first; the ``record`` keeps what a good build says.
    """
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character is no mistake
    NOTING.note(limit=options.limit)
    verbs: Mapping[str, Callable[[], int]] = {
        "preview": lambda: _preview(root, options, build),
        "fix": lambda: _fix(root, options, bind),
        "read": lambda: _read(root, options, bind),
        "import": lambda: _take(root, options, story),
        "record": lambda: _take(root, options, story),
        "diff": lambda: _diff(root, options, build),
        "edition": lambda: _edition(root, options, build),
        "describe": lambda: _describe(root, options.chart, bind(root, nobody)),
        "explain": lambda: _explain(options.fact, bind(root, nobody)),
    }
    try:
        with alone(LOCK, root, _waiting) if options.verb in WRITING or options.name else contextlib.nullcontext():
            if options.verb not in MERGING:
                drop_drafts(root, options.verb)
            return verbs.get(options.verb, lambda: _build(root, options, build, record))()
    except BuildError as error:
        return _fail(error)
    except BrokenPipeError:  # the reader of the output has closed it
        leave(1)
    finally:
        _say.clear()


def _waiting() -> None:
    _say("another command is writing sources: waiting")


def _build(root: Path, options: argparse.Namespace, build: Build, record: Record | None) -> int:
    gc.disable()  # the memory that a build leaves in circles is not worth looking for
    started, said, writes = time.perf_counter(), list[str](), options.verb == "build"

    def say(line: str) -> None:
        _say(line)
        if not isinstance(line, Step):
            said.append(line)

    def look(found: Review) -> Iterator[Problem]:
        for line in said_of(found, strict=options.strict):
            say(line)
        if options.strict:
            yield from strictly(found)

    with contextlib.closing(Pair(eager=writes)) as worker:
        try:
            site = dict(build(root, options.base_url, say, worker, look=look))
            published = publish(site, root / "site", root, _say) if writes else None
        except BuildError as error:
            return _fail(error, "; site/ is as it was")
    for line in _of_site(site, root, strict=options.strict) if published else [_summary(site)]:
        say(line)
    if record:
        record.keep(said)
    _say(_outcome(published, time.perf_counter() - started))
    return 0


def _outcome(published: Published | None, seconds: float) -> str:
    """Say in a line what was done, and how long it took."""
    if not published:
        return f"Checked in {seconds:.1f} s"
    written, deleted, unchanged = len(published.written), len(published.deleted), published.unchanged
    return f"site/: {written} written, {deleted} deleted, {unchanged} unchanged, {seconds:.1f} s"


def _of_site(site: Site, root: Path, *, strict: bool) -> Iterator[str]:
    """Yield what a build says of the site that it has written; a ``strict`` one, to be published, says more."""
    yield _summary(site)
    if strict and SITEMAP not in site:
        yield f"No address: the site has no {SITEMAP}, feed, preview of links or frames; give it with --base-url URL"
    yield f"Open {root / 'site' / 'index.html'} in a browser."


def _fail(error: BuildError, outcome: str = "") -> int:
    """Tell all that is wrong."""
    count = len(error.problems)
    _say.clear()
    sys.stderr.write(f"{error}\n\n{count} problem{'s' if count > 1 else ''}{outcome}.\n")
    return 1


def _refuse(message: str, hint: str = "") -> int:
    sys.stderr.write(f"{message}\n    hint: {hint}\n" if hint else f"{message}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Build the story into site/, or only look at it.")
    verbs = parser.add_subparsers(dest="verb", metavar="verb")
    parser.set_defaults(verb="build", base_url=None, limit=LIMIT, strict=False, name="", since=None)
    every = argparse.ArgumentParser(add_help=False)
    what = f"how long each chart, fact or check of story/ may take (default: {LIMIT})"
    every.add_argument("--limit", type=_seconds, metavar="SECONDS", default=LIMIT, help=what)
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
    either = read.add_mutually_exclusive_group()
    either.add_argument("--accept", nargs="+", metavar="FILE:LINE", default=[], help=what)
    what = "approve all that is unread in these files, or everywhere; the files of approvals say so"
    either.add_argument("--accept-without-reading", nargs="*", metavar="FILE", help=what)
    verbs.add_parser("fix", parents=[writes], help="write stale numbers of the texts anew, as an editor would")
    _add_intake(verbs, writes)
    _add_diff(verbs, writes)
    _add_edition(verbs, writes)
    explain = verbs.add_parser("explain", parents=[every], help="say where a number comes from")
    explain.add_argument("fact", nargs="?", help="as it is written in a text: total/2023; without it all are listed")
    drafted = "draft the alternative text and the summary of a chart from its data"
    describe = verbs.add_parser("describe", parents=[every], help=drafted)
    describe.add_argument("chart", help="its name, as in ![](chart:NAME)")
    preview = verbs.add_parser("preview", parents=[site], help="serve the site on this computer, built at each save")
    preview.add_argument("--port", type=_port, metavar="PORT", default=5500, help="where to serve (default: 5500)")
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
    taking.add_argument("--since", type=_month, metavar="MONTH", help=what)
    taking.add_argument("--address", default="", help="from where the file was saved, where it does not say so itself")
    recording = verbs.add_parser("record", parents=[merging], help="merge a figure that you have read on a page")
    recording.add_argument("table", metavar="TABLE", help="the name of a table in data/")
    what = "month=2026-05 value_usd_million=108100 source.publisher=…; a terminal asks for what is left out"
    recording.add_argument("cells", nargs="*", metavar="COLUMN=VALUE", help=what)


def _add_diff(verbs: Any, writes: argparse.ArgumentParser) -> None:  # noqa: ANN401 - as above
    """Add the verb that compares today's story with another time's."""
    differing = verbs.add_parser("diff", parents=[writes], help="say what has changed since another time")
    what = (
        "a revision of git, a saved numbers.json, a folder with a site or an edition (default: HEAD, the last commit)"
    )
    differing.add_argument("side", nargs="?", default="HEAD", metavar="REVISION|numbers.json|FOLDER", help=what)
    differing.add_argument("--markdown", action="store_true", help="say it as Markdown, for a pull request")
    what = "tell readers: write what has changed into changes.toml, as the change of this name, such as may-2026"
    differing.add_argument("--name", metavar="ID", default="", help=what)
    differing.add_argument("--title", default="", help="of the change, in a few words")
    differing.add_argument("--why", default="", help="the reason of the change, in a sentence")
    differing.add_argument("--correction", action="store_true", help="a mistake of ours is mended")
    differing.add_argument("--date", type=_date, metavar="DAY", help="of the change, 2026-06-09 (default: today)")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"found {text}, expected a day such as 2026-06-09") from None


def _add_edition(verbs: Any, writes: argparse.ArgumentParser) -> None:  # noqa: ANN401 - as above
    """Add the verb that makes a version of the story that stays."""
    what = "make of the last commit a version of the story that stays, for people who cite it"
    staying = verbs.add_parser("edition", parents=[writes], help=what)
    staying.add_argument("name", metavar="NAME", help="what it is called: 2026-11")


def _month(text: str) -> str:
    if re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text):
        return text
    raise argparse.ArgumentTypeError(f"found {text}, expected a month such as 2026-01")


def _explain(fact: str | None, bound: Bound) -> int:
    try:
        for line in explain(bound, fact) if fact else listed_facts(bound):
            _say(line)
    except FactError as error:
        return _refuse(error.message, error.hint)
    return 0


def _describe(root: Path, name: str, bound: Bound) -> int:
    """Draft what a chart's words have to say, from its table; whatever else is wrong with the story can wait."""
    texts = bound.texts
    if name not in texts.charts:
        path = f"content/{texts.language.code}/charts/{name}.md"
        hint = similar(name, texts.charts) or f"write {path}"
        return _refuse(f"there is no chart {quoted(name)}: {path} is missing", hint)
    with contextlib.closing(Worker()) as worker:
        figure = Studio(root, texts, bound.facts.data, bound.story.charts, worker).figure(name)
    for line in draft(figure.shown, marks(json.loads(figure.spec))):
        _say(line)
    return 0


def _fix(root: Path, options: argparse.Namespace, bind: Bind) -> int:
    """Repair what can be repaired; then say what is left for a person, which is what ``check`` would say."""
    bound = bind(root, nobody)
    made = repairs(bound)
    if made and not options.dry_run:
        rewrite({path: applied((root / path).read_bytes(), own) for path, own in by_file(made).items()}, root, "fix")
        left = bind(root, nobody).problems
    else:
        left = without(bound.problems, made)
    _say(as_text(made, left, dry=options.dry_run))
    return 1 if left else 0


def _read(root: Path, options: argparse.Namespace, bind: Bind) -> int:
    """Show and approve what is unread; return 1 where something false stands in the way of reading it."""
    with contextlib.closing(Worker()) as worker:
        look = partial(_pile, root, bind, worker)
        pile = look()
        if false := pile.bound.problems:
            _say(f"{len(BuildError(false).problems)} problems are to be mended first: python build.py check")
        if options.accept or options.accept_without_reading is not None:
            _say(_approved(pile, options, root))
        elif options.list or options.dry_run or not sys.stdin.isatty():
            for line in listed(pile):
                _say(line)
        else:
            Reader(look, _say, root).go()
        _say(look().review.coverage())
    return 1 if false else 0


def _approved(pile: Pile, options: argparse.Namespace, root: Path) -> str:
    """Approve what a person has named, or find what would be, and say how much it is."""
    chosen = named(pile, options.accept or options.accept_without_reading)
    if not options.dry_run:
        approve(pile, chosen, root, in_bulk=not options.accept)
    return f"{len(chosen)} {'to be ' if options.dry_run else ''}approved"


def _pile(root: Path, bind: Bind, worker: Worker) -> Pile:
    """Return the story with what is unread in it."""
    bound = bind(root, nobody)
    return Pile(bound, looked_at(bound, root, worker, _say))


def _diff(root: Path, options: argparse.Namespace, build: Build) -> int:
    """Say what has changed since another time."""
    from press.desk.diff import WRONG, diff  # noqa: PLC0415 - no build compares anything

    try:
        return diff(root, options, build, _say)
    except BuildError as error:
        _fail(error)
    except ToldError as error:
        _refuse(error.message, error.hint)
    return WRONG


def _edition(root: Path, options: argparse.Namespace, build: Build) -> int:
    """Make a version of the story that stays."""
    from press.desk.edition import edition  # noqa: PLC0415 - no build makes one

    try:
        return edition(root, options, build, _say)
    except ToldError as error:
        return _refuse(error.message, error.hint)


def _take(root: Path, options: argparse.Namespace, story: StoryOf) -> int:
    """Let new figures come in."""
    from press.desk.intake import take  # noqa: PLC0415 - no build needs what reads publishers' documents

    return take(root, options, story, _say)


def _preview(root: Path, options: argparse.Namespace, build: Build) -> int:
    from press.desk.preview import Preview, serve  # noqa: PLC0415 - a server that other verbs do not need

    base = options.base_url or Base()
    with contextlib.suppress(BuildError):
        base = options.base_url or read_settings(root / "content" / "site.toml", root).base
    with contextlib.closing(Pair()) as worker:
        preview = Preview(root, base.path, partial(build, root, options.base_url, _say, worker), _say)
        try:
            serve(preview, options.port, _say)
        except OSError as error:
            return _refuse(f"cannot serve on port {options.port}: {error.strerror}; choose another with --port")
    return 0


def _port(number: str) -> int:
    if number.isdecimal() and int(number) <= MOST:
        return int(number)
    raise argparse.ArgumentTypeError(f"found {number}, expected 0 to {MOST}")


def _seconds(number: str) -> int:
    if number.isdecimal() and 1 <= int(number) <= LONGEST:
        return int(number)
    raise argparse.ArgumentTypeError(f"found {number}, expected 1 to {LONGEST}")


def _base(url: str) -> Base:
    try:
        return Base.parse(url)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _summary(site: Site) -> str:
    """Say how much there is of the site."""
    pages = [file for address, file in site.items() if address.endswith(".html")]
    charts = len({name for file in pages for name in FIGURE.findall(file.text)})
    tables = sum(address.endswith(".csv") for address in site)
    made = [file for file in site.values() if "body" in vars(file) or not file.waits]
    total = sum(len(file.body) for file in made)
    counts = f"{len(pages)} pages, {charts} chart{'' if charts == 1 else 's'}, {tables} tables, {len(site)} files"
    return f"{counts}, {total:,} bytes"
