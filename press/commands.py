"""The command line: what the verbs of ``build.py`` do, and what they say."""

from __future__ import annotations

import argparse
import gzip
import sys
import time
from typing import TYPE_CHECKING

from press.errors import BuildError
from press.publish import publish
from press.site import Base

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from press.publish import Published
    from press.site import Site


def run(arguments: Sequence[str], root: Path, build: Callable[[Path, Base | None, Callable[[str], None]], Site]) -> int:
    """Do what the command line asks. Return the exit status: 0, or 1 where the story's sources are wrong."""
    options = _parser().parse_args(arguments)
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
    parser.add_argument("verb", nargs="?", choices=["build", "check"], default="build", help="check writes nothing")
    parser.add_argument(
        "--base-url", type=_base, metavar="URL", help="where the site will be served (default: site.toml)"
    )
    return parser


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
