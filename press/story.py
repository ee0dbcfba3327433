"""What a story gives to the engine, and what holding its texts to its tables gives back."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from press.ground import colour, imports
from press.ground.files import read
from press.ground.guard import begin_of, guarded
from press.ground.memo import MEMO

if TYPE_CHECKING:  # a build needs nothing that reads what comes in, and what comes in needs no texts and no charts
    from press.binding import Facts, Ledger
    from press.content import Content
    from press.data import Data
    from press.desk.read import Look
    from press.figures import ChartFunction, Worker
    from press.ground.address import Base
    from press.ground.errors import Problems
    from press.intake import Adapter
    from press.pages import File, Stays
    from press.quantity import Quantity

THEME = Path(__file__).parent / "theme"  # the engine's pages and looks


class Story(NamedTuple):
    """What is Python about the subject: checks of the tables, facts, chart functions, colours, adapters."""

    check: Callable[[Data], Iterable[str]]  # gives texts that the build prints; raises BuildError for what is wrong
    facts: Mapping[str, Callable[..., Quantity | None]]
    bound: Callable[..., Quantity | None] | None  # between which ends a figure lies that no table holds, if anyone says
    charts: Callable[[], Mapping[str, ChartFunction]]
    palette: colour.Palette
    adapters: Callable[[], Sequence[Adapter]] = tuple
    theme: Path | None = THEME  # the folder of pages and looks that the story adds to, or changes


class Order(NamedTuple):
    """What is to be built, and who is told of it."""

    root: Path  # the project's folder
    base: Base | None  # where the site will be served, else site.toml says it
    report: Callable[[str], None]  # is told what takes long, and what is proved
    worker: Worker  # draws; pictures also later, when their bytes are asked for
    story: Callable[[Path], Story]  # imports what is Python of the story
    look: Look = lambda _review: ()  # sees what is unread, and gives what of it is a problem
    edition: Stays | None = None  # is to be made, too


def imported(root: Path) -> Story:
    """Import ``story/``: ``facts`` and ``charts``, and of ``checks``, ``theme``, ``sources`` what there is.

    A mistake in its files is its author's, and a ``BuildError`` with file and line. Charts and sources are imported
    when they are asked for: Altair and pandas take half a second, which other verbs need not spend.
    """
    from press.facts import citable  # noqa: PLC0415 - which asks for what a fact is, and that for this

    imports.forget_changed(root)
    with guarded(root, "the story's code", ("story/__init__.py", 1)):
        facts, checks, theme = (_module(name) for name in ("facts", "checks", "theme"))
        return Story(
            check=getattr(checks, "check", lambda _tables: ()),
            facts=citable(facts) if facts else {},
            bound=getattr(facts, "bound", None),
            charts=lambda: _charts(root, theme),
            palette=getattr(theme, "PALETTE", colour.PALETTE),
            adapters=lambda: getattr(_module("sources"), "ADAPTERS", ()),
        )


def _module(name: str) -> ModuleType | None:
    """Import a module of the story; there may be none."""
    full = f"{imports.STORY}.{name}"
    return importlib.import_module(full) if find_spec(full) else None


def _charts(root: Path, theme: ModuleType | None) -> Mapping[str, ChartFunction]:
    package = _module("charts")
    if theme:
        path = "story/theme.py"
        colour.check(theme.PALETTE, theme.ROLES, path, read(root / path, root))
    return {name: getattr(package, name) for name in getattr(package, "__all__", ())}


Build = Callable[[Order], "Iterator[tuple[str, File]]"]  # build.py's
StoryOf = Callable[[Path], Story]


class Bound(NamedTuple):
    """The texts held to the tables, before anything is drawn; ``problems`` are all that was found up to here."""

    story: Story
    texts: Content
    facts: Facts
    ledger: Ledger
    problems: Problems


def notes(story: Story, data: Data, root: Path) -> list[str]:
    """Check the tables by the story's rules; return what it says of them. Raises ``BuildError``, also for no texts."""
    return MEMO.on(_notes, data, story.check, root)


def _notes(data: Data, check: Callable[[Data], Iterable[str]], root: Path) -> list[str]:
    place = begin_of(check, root, ("story/checks.py", 1))
    with guarded(root, "the function check", place):
        return [str(line) for line in check(data)]
