"""``make bench``: what builds, saves and pages cost, as multiples of other work
measured in the same minutes. ``ARGS=`` names parts of it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tools.bench.builds import measure_builds, measure_saves
from tools.bench.framework import measure_story_beside_framework
from tools.bench.growth import measure_growth, measure_memory_of_many_pages
from tools.bench.pages import measure_pages_beside_pelican
from tools.bench.runs import BenchError, Row

PARTS: Mapping[str, Callable[[Path], Iterator[Row]]] = {
    "builds": measure_builds,
    "saves": measure_saves,
    "pages": measure_pages_beside_pelican,
    "framework": measure_story_beside_framework,
    "memory": measure_memory_of_many_pages,
    "growth": measure_growth,
}
# measured where they are named alone: the first installs packages of Node
LONG = ("framework", "memory", "growth")


def main() -> int:
    """Measure the parts that are named, or all but the long ones.

    Return 1 where a must is missed or a part fails, 2 where there is no such part.
    """
    named = sys.argv[1:] or [name for name in PARTS if name not in LONG]
    if unknown := set(named) - set(PARTS):
        wrong = ", ".join(sorted(unknown))
        sys.stderr.write(f"found {wrong}, expected some of {', '.join(PARTS)}\n")
        return 2
    good = [print_rows_of_part(name) for name in named]  # all of them, whichever fails
    return int(not all(good))


def print_rows_of_part(name: str) -> bool:
    """Print each row of a part, made in a folder of its own; tell whether all are good,
    and say why there are none.
    """
    good = True
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            for row in PARTS[name](Path(folder)):
                print(row, flush=True)
                good &= row.good
        except BenchError as error:
            sys.stderr.write(f"{name}: {error}\n")
            return False
    return good


if __name__ == "__main__":
    sys.exit(main())
