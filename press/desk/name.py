"""Naming a diff: what it says to readers becomes a change of ``changes.toml``, which pages and receipts tell of.

The figures that moved stand in it as readers read them, before and now. Nothing is written before all of it is right.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from press.binding import check_told, statement
from press.binding import told as label_of
from press.changes import by_id, counted
from press.content import CHANGE, CORRECTION, PUBLISHED, Change, Changed, Language, changes_in
from press.errors import BuildError, Problem, Problems, ToldError, quoted, similar
from press.files import read, rewrite
from press.pages import amount
from press.quantity import DATES, Quantity
from press.reading import Text
from press.story import Bound
from press.toml import as_toml

HERE = ("diff", 0)  # where problems of the command line stand
WIDTH = 110  # of a line of a list
Known = Mapping[str, Any]
Say = Callable[[str], None]


def ask(options: argparse.Namespace) -> None:
    """Ask on a terminal for the title, if the command line gives none. Raises ``BuildError`` elsewhere."""
    if options.title is None and sys.stdin.isatty():
        options.title = click.prompt("title, which readers see")
    if not (options.title or "").strip():
        hint = 'write --title "…": in a few words what has changed, for readers'
        raise BuildError([Problem(*HERE, "found no title, expected one", hint)])


def name(options: argparse.Namespace, sides: tuple[Known, Known], bound: Bound, root: Path, say: Say) -> None:
    """Write what readers see otherwise, of two sides the later, as ``options`` name it; or say what would be written.

    Raises ``BuildError``.
    """
    language = _language(options, bound)
    pages, every = _pages(sides, language)
    figures = tuple(_figures(sides, bound, language))
    change = _change(options, figures, () if every or not pages else pages)
    added = "".join(f"{line}\n" for line in _written(change))
    path, place = root / language.changes.path, language.changes.path
    source = read(path, root).rstrip() if path.exists() else ""
    _check(change, f"{source}\n\n{added}", language, anything=bool(figures or pages or pages is None))
    if options.dry_run:
        say(added.rstrip())
    else:
        rewrite({place: f"{source}\n\n{added}".encode()}, root, "diff")
    amount = f"{counted(len(figures), 'figure')}, {counted(len(change.pages), 'page') if change.pages else 'all pages'}"
    say(f"{place}: {change.id} {'would be' if options.dry_run else 'is'} a {change.kind} of {_day(options)}: {amount}")
    if pages is None:
        say("What the pages were is not known: without pages = […] the change is of all of them")
    others = [item.code for item in bound.texts.languages if item.code != language.code and item.changes.items]
    if others:
        say(f"Readers of other languages are told with --language {' or '.join(others)}")


def _pages(sides: tuple[Known, Known], language: Language) -> tuple[tuple[str, ...] | None, bool]:
    """Return the pages that have changed, ``None`` where a side does not know; and whether they are all."""
    old, new = (side.get("pages", {}).get(language.code) for side in sides)
    if old is None or new is None:
        return None, False
    pages = tuple(slug for slug in new if new[slug] != old.get(slug))
    return pages, len(pages) == len(new)


def _day(options: argparse.Namespace) -> str:
    """Return the day of the change, and where it is from if nobody has said."""
    return str(options.date) if options.date else f"{_today()}, today (--date names another day)"


def _today() -> date:
    return datetime.now().astimezone().date()


def _language(options: argparse.Namespace, bound: Bound) -> Language:
    """Return the language whose readers are told: the site's own, unless another is named."""
    known = {item.code: item for item in bound.texts.languages}
    code = options.language or bound.texts.settings.language
    if code not in known:
        message = f"found the language {quoted(code)}, expected one of content/"
        raise BuildError([Problem(*HERE, message, similar(code, known))])
    return known[code]


def _change(options: argparse.Namespace, figures: tuple[Changed, ...], pages: tuple[str, ...]) -> Change:
    """Return what the diff says to readers."""
    kind = CORRECTION if options.correction else CHANGE
    day = str(options.date or _today())
    return Change(options.name, day, kind, options.title.strip(), options.why.strip(), figures, pages, 0)


def _figures(sides: tuple[Known, Known], bound: Bound, language: Language) -> Iterator[Changed]:
    """Yield the figures that readers read otherwise than before, those that moved first, if both sides know them."""
    old, new = by_id(*sides) if all("numbers" in side for side in sides) else ({}, {})
    for key in sorted({**old, **new}, key=lambda key: (key not in old or key not in new, key)):
        label, signed = _label(key, old.get(key, {}), bound, language)
        was, now = (_told(side[key], language, signed=signed) if key in side else "" for side in (old, new))
        if was != now:
            yield Changed(key, label, was, now)


def _label(key: str, item: Known, bound: Bound, language: Language) -> tuple[str, bool]:
    """Say what a number is, and whether a sign tells something of it: as today, else as it was, else by its id."""
    scheme, _, target = key.partition(":")
    parts = target.split("/")
    try:
        if scheme == "said":
            return str(statement(bound.facts.data, parts[0]).row["what"]), False
        fact = bound.facts.get(*parts)
        return label_of(fact, language, bound.facts)[0], fact.quantity.signed
    except (ToldError, BuildError):  # a number that the story once had
        return str(item.get("label") or target), False


def _told(item: Known, language: Language, *, signed: bool) -> str:
    """Write a number as its receipt does, one of a file that is no figure of its kind exactly as it stands there."""
    if "statement" in item:
        figures = ({"kind": "amount", "value": one["low"], **one} for one in item["statement"].get("figures", ()))
        return "; ".join(_told(one, language, signed=signed) for one in figures)
    try:
        return language.date(item["value"]) if item["kind"] in DATES else amount(_quantity(item, signed), language)
    except (KeyError, ValueError, ArithmeticError):
        return f"{item.get('value', item.get('low', ''))} {item.get('unit', '')}".rstrip()


def _quantity(item: Known, signed: bool) -> Quantity:  # noqa: FBT001 - as a quantity has it
    """Return a figure as numbers.json has it."""
    low, high = (Decimal(item[end]) if end in item else None for end in ("low", "high"))
    value, precision = (Decimal(item.get(part, "0")) for part in ("value", "precision"))
    return Quantity(
        value, precision, item.get("unit", ""), frozenset(), item.get("kind", "amount"), signed, low=low, high=high
    )


def _written(change: Change) -> Iterator[str]:
    """Yield the lines of a change, as its file has them."""
    yield "[[changes]]"
    yield from (f"id = {as_toml(change.id)}", f"date = {change.date}")
    yield from (f"{key} = {as_toml(told)}" for key in ("kind", "title", "why") if (told := getattr(change, key)))
    if change.pages:
        yield from _list("pages", map(as_toml, change.pages))
    if change.figures:
        yield "figures = ["
        for figure in change.figures:
            cells = ", ".join(f"{key} = {as_toml(told)}" for key, told in figure._asdict().items() if told)
            yield f"  {{ {cells} }},"
        yield "]"


def _list(key: str, items: Iterator[str]) -> Iterator[str]:
    """Yield a list in lines, each as wide as one reads."""
    yield f"{key} = ["
    line = ""
    for item in items:
        if len(line) + len(item) > WIDTH:
            yield f"  {line.rstrip()}"
            line = ""
        line += f"{item}, "
    yield from (f"  {line.rstrip()}", "]")


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
    check_told(words, language.lexicon, wrong)
    Problems(Problem(*HERE, problem.message, problem.hint) for problem in wrong).stop_if_any()
