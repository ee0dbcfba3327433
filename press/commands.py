"""The command line: what the verbs of ``build.py`` do, and what they say."""

from __future__ import annotations

import argparse
import contextlib
import gzip
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from press.content import read_settings
from press.errors import BuildError
from press.publish import publish
from press.site import Base
from press.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from press.publish import Published
    from press.site import Site

    Build = Callable[..., Site]


MOST = 65535  # the last port there is


def run(arguments: Sequence[str], root: Path, build: Build) -> int:
    """Do what the command line asks. Return the exit status: 0, or 1 where the story's sources are wrong."""
    options = _parser().parse_args(arguments)
    if options.verb == "preview":
        return _preview(root, options, build)
    started = time.perf_counter()
    try:
        site = build(root, options.base_url, _say)
    except BuildError as error:
        return _fail(error, "; site/ is as it was")
    try:
        published = publish(site, root / "site", root) if options.verb == "build" else None
    except BuildError as error:
        return _fail(error, "")
    _say(_summary(site, time.perf_counter() - started))
    if published:
        _say(_outcome(published, root))
    return 0


def _fail(error: BuildError, outcome: str) -> int:
    count = len(error.problems)
    sys.stderr.write(f"{error}\n\n{count} problem{'s' if count > 1 else ''}{outcome}.\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Build the story into site/, or only check it.")
    verbs = {"build": "write site/", "check": "leave site/ alone", "preview": "serve it live"}
    told = "; ".join(f"{verb}: {what}" for verb, what in verbs.items())
    parser.add_argument("verb", nargs="?", choices=verbs, default="build", help=told)
    parser.add_argument(
        "--base-url", type=_base, metavar="URL", help="where the site will be served (default: site.toml)"
    )
    parser.add_argument("--port", type=_port, metavar="PORT", default=5500, help="where preview serves (default: 5500)")
    return parser


def _preview(root: Path, options: argparse.Namespace, build: Build) -> int:
    from press.preview import Preview, serve  # noqa: PLC0415 - a server that other verbs do not need

    base = options.base_url or Base()
    with contextlib.suppress(BuildError):
        base = options.base_url or read_settings(root / "content" / "site.toml", root).base
    with contextlib.closing(Worker()) as worker:
        preview = Preview(root, base.path, partial(build, root, options.base_url, _say, worker=worker), _say)
        try:
            serve(preview, options.port, _say)
        except OSError as error:
            sys.stderr.write(f"cannot serve on port {options.port}: {error.strerror}; choose another with --port\n")
            return 1
    return 0


def _port(number: str) -> int:
    if number.isdecimal() and int(number) <= MOST:
        return int(number)
    raise argparse.ArgumentTypeError(f"found {number}, expected 0 to {MOST}")


def _base(url: str) -> Base:
    try:
        return Base.parse(url)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _summary(site: Site, seconds: float) -> str:
    pages = {address: file for address, file in site.items() if address.endswith(".html")}
    charts = sum(file.text.count("<figure") for file in pages.values())
    tables = sum(address.endswith(".csv") for address in site)
    lines = [f"{'page':<28}{'bytes':>10}{'gzip':>10}"]
    for address, file in sorted(pages.items()):
        lines.append(f"{address:<28}{len(file.body):>10,}{len(gzip.compress(file.body, 9)):>10,}")
    total = sum(len(file.body) for file in site.values())
    counts = f"{len(pages)} pages, {charts} chart{'' if charts == 1 else 's'}, {tables} tables, {len(site)} files"
    return "\n".join([*lines, f"{counts}, {total:,} bytes, {seconds:.1f} s"])


def _outcome(published: Published, root: Path) -> str:
    done = f"{len(published.written)} written, {len(published.deleted)} deleted, {published.unchanged} unchanged"
    return f"site/: {done}\nOpen {root / 'site' / 'index.html'} in a browser."
