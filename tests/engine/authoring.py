"""What press does in a story of an author's, done in the process of the tests."""

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from press.desk import commands
from press.desk.build_file import load_required_build_function
from press.desk.order import Order, StoryImporter
from press.figures.pool import DrawingPool
from press.pages.file import File
from tests.engine.project import Outcome


def run_press_as_author(root: Path, pool: DrawingPool, *arguments: str) -> Outcome:
    """Do what ``press`` does in the folder of a story that has a build.py and a package
    ``story``; leave nothing of that package behind.

    It is done in this process, which has all of the engine, and with a pool that draws
    already: to start a command and its pool takes ten times as long as most of them do.
    """
    before = list_modules_of_stories()
    with (
        pytest.MonkeyPatch.context() as patched,
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
    ):
        patched.setattr(sys, "dont_write_bytecode", True)
        patched.setattr(sys, "meta_path", [*sys.meta_path])
        own = load_required_build_function(root)

        def build_this(order: Order) -> Iterator[tuple[str, File]]:
            return own(order._replace(pool=pool))

        status = commands.run_in_story(
            list(arguments), root, build_this, StoryImporter()
        )
    for name in list_modules_of_stories():
        del sys.modules[name]
    sys.modules.update(before)
    return Outcome(status, out.getvalue(), err.getvalue())


def list_modules_of_stories() -> dict[str, ModuleType]:
    """Return the modules that are imported of a package ``story``, whosever it is."""
    return {
        name: module
        for name, module in sys.modules.items()
        if name.partition(".")[0] == "story"
    }
