"""``make bench``: what builds, saves and pages cost, measured in copies of this project and printed as tables."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.bench.browser import browser
from tools.bench.builds import builds
from tools.bench.curves import curves
from tools.bench.editions import editions
from tools.bench.pages import pages
from tools.bench.report import machine
from tools.bench.runs import BenchError, progress
from tools.bench.saves import memory, saves

PARTS: Mapping[str, Callable[[Path], None]] = {
    part.__name__: part for part in (builds, saves, pages, browser, curves, editions, memory)
}


def main() -> int:
    """Measure the parts that are named, or all; return the exit status, 1 if a part failed."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure time and memory; ARGS names parts.")
    parser.add_argument("part", nargs="*", help=f"one of {', '.join(PARTS)}; without one, all")
    named = parser.parse_args().part
    if unknown := [name for name in named if name not in PARTS]:
        parser.error(f"found {', '.join(unknown)}, expected some of {', '.join(PARTS)}")
    machine()
    measured = [measure(name, PARTS[name]) for name in named or PARTS]  # all of them, whichever fails
    return int(not all(measured))


def measure(name: str, part: Callable[[Path], None]) -> bool:
    """Measure a part in a folder of its own; tell whether it could be measured, and say why not."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            part(Path(folder))
        except BenchError as error:
            progress("")
            sys.stderr.write(f"\n{name}: {error}\n")
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
