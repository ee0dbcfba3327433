"""What is to be built, and the story's code, which a build imports."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from press.facts import list_facts_including_imported_siblings
from press.ground import colour, imports
from press.ground.files import read_text
from press.ground.guard import guard_story_code
from press.ground.steps import Say
from press.story import THEME, Story

if TYPE_CHECKING:
    from press.desk.read import ReviewJudge
    from press.figures import ChartFunction, DrawingPool
    from press.ground.address import BaseUrl
    from press.pages import EditionName, File


class Order(NamedTuple):
    """What is to be built, and who is told of it."""

    root: Path  # the project's folder
    base: BaseUrl | None  # where the site will be served, else site.toml says it
    report: Say  # is told what takes long, and what is proved
    pool: DrawingPool  # draws; pictures also later, when their bytes are asked for
    story: Callable[[Path], Story]  # imports what is Python of the story
    # sees what is unread, and gives what of it is a problem
    judge_unread: ReviewJudge = lambda _review: ()
    edition: EditionName | None = None  # is to be made, too
    draws_pictures: bool = False  # at once, before their bytes are asked for
    day: str = ""  # on which the site is built, where somebody says it: 2026-11-26


class StoryImporter:
    """Imports ``story/``; again only where one of its files has changed since it did
    the last time.
    """

    def __init__(self) -> None:
        """Have imported nothing yet."""
        self._sources: imports.FilesByPath | None = None
        self._story: Story | None = None

    def __call__(self, root: Path) -> Story:
        """Return what is Python of the story in ``root``.

        Raises ``BuildError`` for a mistake in its files.
        """
        sources = imports.read_story_files(root)
        if self._story is None or sources != self._sources:
            # a story that cannot be imported is imported when it can
            self._story = None
            self._sources = sources
            self._story = _import_story_modules(
                root, imports.CodeFingerprints.from_sources(sources)
            )
        return self._story


def _import_story_modules(root: Path, code: imports.CodeFingerprints) -> Story:
    """Import ``facts`` and ``charts``, and of ``checks``, ``theme``, ``sources`` what
    there is.

    Charts and sources are imported when they are asked for: Altair and pandas take half
    a second, which other verbs need not spend.
    """
    imports.prepare_fresh_story_import(root)
    with guard_story_code(root, "the story's code", ("story/__init__.py", 1)):
        facts = _import_module("facts")
        checks = _import_module("checks")
        theme = _import_module("theme")
        return Story(
            check=getattr(checks, "check", lambda _tables: ()),
            facts=list_facts_including_imported_siblings(facts) if facts else {},
            bounds_function=getattr(facts, "bound", None),
            charts=_import_charts,
            palette={**colour.PALETTE, **getattr(theme, "PALETTE", {})},
            adapters=lambda: getattr(_import_module("sources"), "ADAPTERS", ()),
            theme=getattr(theme, "FOLDER", THEME),
            colours=lambda: _check_colours_distinct(root, theme),
            code=code,
        )


def _import_module(name: str) -> ModuleType | None:
    """Import a module of the story; there may be none."""
    full = f"{imports.STORY}.{name}"
    return importlib.import_module(full) if find_spec(full) else None


def _import_charts() -> Mapping[str, ChartFunction]:
    package = _import_module(imports.CHARTS)
    return {name: getattr(package, name) for name in getattr(package, "__all__", ())}


def _check_colours_distinct(root: Path, theme: ModuleType | None) -> None:
    """Raise ``BuildError`` for colours of a story that cannot be told apart."""
    if theme and hasattr(theme, "ROLES"):
        path = "story/theme.py"
        with guard_story_code(root, "the palette", (path, 1)):
            colour.check_colours_distinguishable(
                {**colour.PALETTE, **theme.PALETTE},
                theme.ROLES,
                path,
                read_text(root / path, root),
            )


import_story = StoryImporter()  # that of the command line
BuildFunction = Callable[[Order], "Iterator[tuple[str, File]]"]  # build.py's
StoryImportFunction = Callable[[Path], Story]


@dataclass(frozen=True)
class StoryHandle:
    """A story as verbs get it: its folder, the function that builds it, and the one
    that imports its code.
    """

    root: Path
    build: BuildFunction
    story: StoryImportFunction
