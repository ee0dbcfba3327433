"""Naming a diff: what it says to readers becomes a change of ``changes.toml``, which pages and receipts tell of.

The figures that moved stand in it as readers read them, before and now. Nothing is written before all of it is right.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from press.binding import check_plain
from press.content import CHANGE, CORRECTION, PUBLISHED, Change, Changed, Language, changes_in
from press.content import load as read_texts
from press.desk.differences import Numbers, Section
from press.ground.errors import BuildError, Problem, Problems, counted
from press.ground.files import read, rewrite
from press.ground.toml import as_toml
from press.pages import changed_pages
from press.reading import Text

HERE = ("diff", 0)  # where problems of the command line stand
Say = Callable[[str], None]


class Seen(NamedTuple):
    """What has changed of a language's site: numbers, charts, and files of texts and tables; ``None``: nobody knows."""

    numbers: Numbers | None
    charts: Section | None
    files: frozenset[str] | None


def check_title(options: argparse.Namespace) -> None:
    """Raise ``BuildError`` where the command line gives no title."""
    if not options.title.strip():
        hint = 'write --title "…": in a few words what has changed, for readers'
        raise BuildError([Problem(*HERE, "found no title, expected one", hint)])


def name(options: argparse.Namespace, seen: Seen, root: Path, say: Say) -> None:
    """Write what readers see otherwise, as ``options`` name it; or say what would be written. Raises ``BuildError``."""
    texts = read_texts(root / "content", root)
    code = options.language or texts.settings.language
    language = next(item for item in texts.languages if item.code == code)
    figures = tuple(_figures(seen.numbers)) if seen.numbers else ()
    pages = _pages(seen, language, figures)
    every = pages is None or len(pages) == len(language.pages) + len(language.charts)
    change = _change(options, figures, () if every else pages or ())
    added = "".join(f"{line}\n" for line in _written(change))
    path, place = root / language.changes.path, language.changes.path
    source = read(path, root).rstrip() if path.exists() else ""
    _check(change, f"{source}\n\n{added}", language, anything=bool(figures or pages or pages is None))
    if options.dry_run:
        say(added.rstrip())
    else:
        rewrite({place: f"{source}\n\n{added}".encode()}, root, "diff")
    amount = f"{counted(len(figures), 'figure')}, {counted(len(change.pages), 'page') if change.pages else 'all pages'}"
    told = f"{'would be' if options.dry_run else 'is'} a {change.kind} of {change.date}"
    say(f"{place}: {change.id} {told}: {amount}")
    if pages is None:
        say("What the pages were is not known: without pages = […] the change is of all of them")
    others = [item.code for item in texts.languages if item.code != code and item.changes.items]
    if others:
        say(f"Readers of other languages are told with --language {' or '.join(others)}")


def _figures(numbers: Numbers) -> Iterator[Changed]:
    """Yield the figures that readers read otherwise than before, those that moved first, in their first words."""
    before, after = numbers
    for key in sorted({**before, **after}, key=lambda key: (key not in before or key not in after, key)):
        if key in before and key in after and before[key].whole == after[key].whole:
            continue  # met in other words, perhaps, and the same
        was, now = (side[key].words if key in side else "" for side in numbers)
        if was != now:
            yield Changed(key, (after.get(key) or before[key]).label, was, now)


def _pages(seen: Seen, language: Language, figures: Sequence[Changed]) -> tuple[str, ...] | None:
    """Return the pages that readers see otherwise; ``None`` where a side does not know."""
    if seen.files is None:
        return None
    drawn = {f"charts/{name}.csv" for name, _ in seen.charts.items} if seen.charts else set[str]()
    sides = seen.numbers or ()
    moved = {page for figure in figures for side in sides if figure.id in side for page in side[figure.id].pages}
    return changed_pages(language, {*seen.files, *drawn}, moved)


def _change(options: argparse.Namespace, figures: tuple[Changed, ...], pages: tuple[str, ...]) -> Change:
    """Return what the diff says to readers."""
    kind = CORRECTION if options.correction else CHANGE
    day = options.date or datetime.now().astimezone().date()
    return Change(options.name, f"{day}", kind, options.title.strip(), options.why.strip(), figures, pages, 0)


def _written(change: Change) -> Iterator[str]:
    """Yield the lines of a change, as its file has them."""
    yield "[[changes]]"
    yield from (f"id = {as_toml(change.id)}", f"date = {change.date}")
    yield from (f"{key} = {as_toml(told)}" for key in ("kind", "title", "why") if (told := getattr(change, key)))
    if change.pages:
        yield from ("pages = [", *(f"  {as_toml(page)}," for page in change.pages), "]")
    if change.figures:
        yield "figures = ["
        for figure in change.figures:
            cells = ", ".join(f"{key} = {as_toml(told)}" for key, told in figure._asdict().items() if told)
            yield f"  {{ {cells} }},"
        yield "]"


def _check(change: Change, text: str, language: Language, *, anything: bool) -> None:
    """Raise ``BuildError`` with all that is wrong with a change, before it is written into its file as ``text``."""
    wrong, path = Problems(), language.changes.path
    if language.changes.items:
        wrong.collect(changes_in, text, path)
    else:
        hint = f"write its publication there first: kind = {as_toml(PUBLISHED)}"
        wrong.add(*HERE, f"found no change in {path}, expected when the story was published", hint)
    if not anything:
        wrong.add(*HERE, "found nothing that readers see otherwise, expected a change", "compare with an older side")
    words = [Text(HERE[0], told, -1, 0, told, "change") for told in (change.title, change.why)]
    check_plain(words, language.lexicon, wrong)
    Problems(Problem(*HERE, problem.message, problem.hint) for problem in wrong).stop_if_any()
