"""The verbs that need the story's texts: they build, hold, read, compare and serve them."""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from press.approvals import Review
from press.binding import applied, as_text, by_file, edits, without
from press.content import read_settings
from press.desk.explain import explain
from press.desk.explain import listed as listed_facts
from press.desk.publish import Published, publish
from press.desk.read import Pile, Reader, approve, listed, looked_at, named, said_of, strictly
from press.desk.teller import SAY, fail, refuse
from press.figures import Pair, Studio, Worker, draft, marks
from press.ground.address import Base
from press.ground.errors import BuildError, Problem, ToldError, counted, quoted, similar
from press.ground.files import rewrite
from press.ground.record import Record
from press.ground.steps import Step, nobody
from press.pages import SITEMAP, File, Site
from press.story import Bound

Build = Callable[..., Iterator[tuple[str, File]]]
Bind = Callable[..., Bound]

FIGURE = re.compile('<figure id="([^"]+)"')


def do(root: Path, options: argparse.Namespace, build: Build, bind: Bind, record: Record | None) -> int:
    """Do what the verb of some options asks, with the functions of build.py. Return the exit status."""
    verbs: Mapping[str, Callable[[], int]] = {
        "preview": lambda: _preview(root, options, build),
        "fix": lambda: _fix(root, options, bind),
        "read": lambda: _read(root, options, bind),
        "diff": lambda: _diff(root, options, build),
        "edition": lambda: _edition(root, options, build),
        "describe": lambda: _describe(root, options.chart, bind(root, nobody)),
        "explain": lambda: _explain(options.fact, bind(root, nobody)),
    }
    return verbs.get(options.verb, lambda: _build(root, options, build, record))()


def _build(root: Path, options: argparse.Namespace, build: Build, record: Record | None) -> int:
    gc.disable()  # the memory that a build leaves in circles is not worth looking for
    started, said, writes = time.perf_counter(), list[str](), options.verb == "build"

    def say(line: str) -> None:
        SAY(line)
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
            published = publish(site, root / "site", root, SAY) if writes else None
        except BuildError as error:
            return fail(error, "; site/ is as it was")
    for line in _of_site(site, root, strict=options.strict) if published else [_summary(site)]:
        say(line)
    if record:
        record.keep(said)
    SAY(_outcome(published, time.perf_counter() - started))
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


def _explain(fact: str | None, bound: Bound) -> int:
    for line in explain(bound, fact) if fact else listed_facts(bound):
        SAY(line)
    return 0


def _describe(root: Path, name: str, bound: Bound) -> int:
    """Draft what a chart's words have to say, from its table; whatever else is wrong with the story can wait."""
    texts = bound.texts
    if name not in texts.charts:
        path = f"content/{texts.language.code}/charts/{name}.md"
        hint = similar(name, texts.charts) or f"write {path}"
        raise ToldError(f"there is no chart {quoted(name)}: {path} is missing", hint)
    with contextlib.closing(Worker()) as worker:
        figure = Studio(root, texts, bound.facts.data, bound.story.charts, worker).figure(name)
    for line in draft(figure.shown, marks(json.loads(figure.spec))):
        SAY(line)
    return 0


def _fix(root: Path, options: argparse.Namespace, bind: Bind) -> int:
    """Repair what can be repaired; then say what is left for a person, which is what ``check`` would say."""
    bound = bind(root, nobody)
    made = edits(bound.texts.language, bound.texts.shown, bound.ledger, bound.facts)
    if made and not options.dry_run:
        rewrite({path: applied((root / path).read_bytes(), own) for path, own in by_file(made).items()}, root, "fix")
        left = bind(root, nobody).problems
    else:
        left = without(bound.problems, made)
    SAY(as_text(made, left, dry=options.dry_run))
    return 1 if left else 0


def _read(root: Path, options: argparse.Namespace, bind: Bind) -> int:
    """Show and approve what is unread; return 1 where something false stands in the way of reading it."""
    with contextlib.closing(Worker()) as worker:
        look = partial(_pile, root, bind, worker)
        pile = look()
        if false := pile.bound.problems:
            SAY(f"To be mended first: {counted(len(BuildError(false).problems), 'problem')}: python build.py check")
        if options.accept:
            SAY(_approved(pile, options, root))
        elif options.list or options.dry_run or not sys.stdin.isatty():
            for line in listed(pile):
                SAY(line)
        else:
            Reader(look, SAY, root).go()
        SAY(look().review.coverage())
    return 1 if false else 0


def _approved(pile: Pile, options: argparse.Namespace, root: Path) -> str:
    """Approve what a person has named, or find what would be, and say how much it is."""
    chosen = named(pile, options.accept)
    if not options.dry_run:
        approve(pile, chosen, root)
    return f"{len(chosen)} {'to be ' if options.dry_run else ''}approved"


def _pile(root: Path, bind: Bind, worker: Worker) -> Pile:
    """Return the story with what is unread in it."""
    bound = bind(root, nobody)
    return Pile(bound, looked_at(bound, root, worker, SAY))


def _diff(root: Path, options: argparse.Namespace, build: Build) -> int:
    """Say what has changed since another time."""
    from press.desk.diff import WRONG, diff  # noqa: PLC0415 - no build compares anything

    try:
        return diff(root, options, build, SAY)
    except BuildError as error:
        fail(error)
    except ToldError as error:
        refuse(error.message, error.hint)
    return WRONG


def _edition(root: Path, options: argparse.Namespace, build: Build) -> int:
    from press.desk.edition import edition  # noqa: PLC0415 - no build makes one

    return edition(root, options, build, SAY)


def _preview(root: Path, options: argparse.Namespace, build: Build) -> int:
    from press.desk.preview import Preview, serve  # noqa: PLC0415 - a server that other verbs do not need

    base = options.base_url or Base()
    with contextlib.suppress(BuildError):
        base = options.base_url or read_settings(root / "content" / "site.toml", root).base
    with contextlib.closing(Pair()) as worker:
        preview = Preview(root, base.path, partial(build, root, options.base_url, SAY, worker), SAY)
        try:
            serve(preview, options.port, SAY)
        except OSError as error:
            return refuse(f"cannot serve on port {options.port}: {error.strerror}; choose another with --port")
    return 0


def _summary(site: Site) -> str:
    """Say how much there is of the site."""
    pages = {address: file for address, file in site.items() if address.endswith(".html")}
    living = [file for address, file in pages.items() if not address.startswith("editions/")]
    charts = len({name for file in living for name in FIGURE.findall(file.text)})
    tables = sum(address.endswith(".csv") for address in site)
    made = [file for file in site.values() if "body" in vars(file) or not file.waits]
    total = sum(len(file.body) for file in made)
    counts = f"{len(pages)} pages, {charts} chart{'' if charts == 1 else 's'}, {tables} tables, {len(site)} files"
    return f"{counts}, {total:,} bytes"
