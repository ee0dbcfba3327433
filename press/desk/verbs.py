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
from press.desk.order import Build, Order, StoryOf
from press.desk.publish import Published, publish
from press.desk.read import Look, Pile, Reader, approve, listed, looked_at, named, said_of, strictly
from press.desk.stages import bind
from press.desk.teller import SAY, fail, refuse
from press.figures import CACHE, Studio, Worker, draft, marks
from press.ground.address import Base
from press.ground.errors import BuildError, Problem, ToldError, counted, quoted, similar
from press.ground.files import rewrite
from press.ground.steps import nobody
from press.pages import SITEMAP, File, Site
from press.story import Bound

CORES = 2  # of which each draws
CHARTS = "content/*/charts/*.md"
FIGURE = re.compile('<figure id="([^"]+)"')


def do(root: Path, options: argparse.Namespace, build: Build, story: StoryOf) -> int:
    """Do what the verb of some options asks, with build.py's function, which builds. Return the exit status."""
    with contextlib.closing(Worker(CORES, eager=options.verb == "build")) as worker:
        order = Order(root, options.base_url, nobody, worker, story)
        verbs: Mapping[str, Callable[[], int]] = {
            "preview": lambda: _preview(order, options, build),
            "fix": lambda: _fix(order, options),
            "read": lambda: _read(order, options),
            "diff": lambda: _diff(order, options, build),
            "edition": lambda: _edition(order, options, build),
            "describe": lambda: _describe(order, options.chart),
            "explain": lambda: _explain(bind(order.root, order.story), options.fact),
        }
        return verbs.get(options.verb, lambda: _build(order, options, build))()


def _build(order: Order, options: argparse.Namespace, build: Build) -> int:
    gc.disable()  # the memory that a build leaves in circles is not worth looking for
    started, root = time.perf_counter(), order.root

    def look(found: Review) -> Iterator[Problem]:
        for line in said_of(found, strict=options.strict):
            SAY(line)
        if options.strict:
            yield from strictly(found)

    try:
        with contextlib.closing(Worker()) as aside:
            if any(root.glob(CHARTS)) and not (root / CACHE).exists():
                aside.begin()
            site = dict(build(order._replace(report=SAY, look=look, aside=aside)))
        published = publish(site, root / "site", root, SAY) if options.verb == "build" else None
    except BuildError as error:
        return fail(error, "; site/ is as it was")
    for line in _of_site(site, root, strict=options.strict) if published else [_summary(site)]:
        SAY(line)
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


def _explain(bound: Bound, fact: str | None) -> int:
    for line in explain(bound, fact) if fact else listed_facts(bound):
        SAY(line)
    return 0


def _describe(order: Order, name: str) -> int:
    """Draft what a chart's words have to say, from its table; whatever else is wrong with the story can wait."""
    bound = bind(order.root, order.story)
    texts = bound.texts
    if name not in texts.charts:
        path = f"content/{texts.language.code}/charts/{name}.md"
        hint = similar(name, texts.charts) or f"write {path}"
        raise ToldError(f"there is no chart {quoted(name)}: {path} is missing", hint)
    figure = Studio(order.root, texts, bound.facts.data, bound.story.charts, order.worker).figure(name)
    for line in draft(figure.shown, marks(json.loads(figure.spec))):
        SAY(line)
    return 0


def _fix(order: Order, options: argparse.Namespace) -> int:
    """Repair what can be repaired; then say what is left for a person, which is what ``check`` would say."""
    bound, root = bind(order.root, order.story), order.root
    made = edits(bound.texts.language, bound.texts.shown, bound.ledger, bound.facts)
    if made and not options.dry_run:
        rewrite({path: applied((root / path).read_bytes(), own) for path, own in by_file(made).items()}, root, "fix")
        left = bind(order.root, order.story).problems
    else:
        left = without(bound.problems, made)
    SAY(as_text(made, left, dry=options.dry_run))
    return 1 if left else 0


def _read(order: Order, options: argparse.Namespace) -> int:
    """Show and approve what is unread; return 1 where something false stands in the way of reading it."""
    look = partial(_pile, order)
    pile = look()
    if false := pile.bound.problems:
        SAY(f"To be mended first: {counted(len(BuildError(false).problems), 'problem')}: python build.py check")
    if options.accept:
        chosen = named(pile, options.accept)
        if not options.dry_run:
            approve(pile, chosen, order.root)
        SAY(f"{len(chosen)} {'to be ' if options.dry_run else ''}approved")
    elif options.list or options.dry_run or not sys.stdin.isatty():
        for line in listed(pile):
            SAY(line)
    else:
        Reader(look, SAY, order.root).go()
    SAY(look().review.coverage())
    return 1 if false else 0


def _pile(order: Order) -> Pile:
    """Return the story with what is unread in it."""
    bound = bind(order.root, order.story)
    return Pile(bound, looked_at(bound, order.root, order.worker, SAY))


def _diff(order: Order, options: argparse.Namespace, build: Build) -> int:
    """Say what has changed since another time."""
    from press.desk.diff import WRONG, diff  # noqa: PLC0415 - no build compares anything

    try:
        return diff(order, options, build, SAY)
    except BuildError as error:
        fail(error)
    except ToldError as error:
        refuse(error.message, error.hint)
    return WRONG


def _edition(order: Order, options: argparse.Namespace, build: Build) -> int:
    from press.desk.edition import edition  # noqa: PLC0415 - no build makes one

    return edition(order, options, build, SAY)


def _preview(order: Order, options: argparse.Namespace, build: Build) -> int:
    from press.desk.preview import Preview, serve  # noqa: PLC0415 - a server that other verbs do not need

    base = order.base or Base()
    with contextlib.suppress(BuildError):
        base = order.base or read_settings(order.root / "content" / "site.toml", order.root).base

    def made(look: Look) -> Iterator[tuple[str, File]]:
        return build(order._replace(report=SAY, look=look))

    preview = Preview(order.root, base.path, made, SAY)
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
    return f"{len(pages)} pages, {counted(charts, 'chart')}, {tables} tables, {len(site)} files"
