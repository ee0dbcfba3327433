"""Build the story: the stages in order. ``python build.py`` writes ``site/``; ``python build.py check`` only looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from press.desk import run

if TYPE_CHECKING:
    from press.desk.order import Order
    from press.pages import File

ROOT = Path(__file__).resolve().parent


def build(order: Order) -> Iterator[tuple[str, File]]:
    """Yield the site by address and file. Raises ``BuildError`` with all that is wrong, once the rest is made."""
    from press.desk import stages  # noqa: PLC0415 - takes long to import, and merging figures needs no stage

    loaded = stages.load(order)  # content/, data/ and story/: each is read and checked by itself
    drawing = stages.draw(order, loaded)  # charts are specified, and drawn from here on
    bound = stages.hold(loaded)  # each number and each claim, to the tables
    yield from stages.render(order, bound, drawing)  # pages, checked, and read by somebody; what is wrong is raised


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], ROOT, build))
