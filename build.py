"""Build the story: the stages in order. ``python build.py check`` writes nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from press.desk import run

if TYPE_CHECKING:
    from press.desk.order import Order
    from press.pages import File


def build(order: Order) -> Iterator[tuple[str, File]]:
    """Yield the site by address and file; then raise ``BuildError`` if it is wrong."""
    from press.desk import stages  # noqa: PLC0415 - slow, and few verbs need a stage

    loaded = stages.load(order)  # content/, data/ and story/, each checked by itself
    drawing = stages.draw(order, loaded)  # charts are drawn from here on
    bound = stages.hold(loaded)  # each number and each claim, to the tables
    yield from stages.render(order, bound, drawing)  # pages, and all that is wrong


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], Path(__file__).resolve().parent, build))
