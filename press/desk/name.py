"""Naming a diff: what it says to readers becomes a change of ``changes.toml``, which
pages and receipts tell of.

The figures that moved stand in it as readers read them, before and now. Nothing is
written before all of it is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from press.binding import check_unbindable_texts
from press.content import (
    CHANGE,
    CHANGES_PAGE,
    CORRECTION,
    PUBLISHED,
    Change,
    Changed,
    Content,
    Language,
    parse_changes,
)
from press.content import load_content as read_texts
from press.desk.differences import (
    Numbers,
    PrintedNumber,
    RevisedFigure,
    compare_numbers,
    compare_pages,
    find_new_revisions,
)
from press.desk.sides import Side
from press.ground.errors import (
    BuildError,
    Problem,
    Problems,
    find_invisible_problems,
    format_count,
)
from press.ground.files import read_text, replace_files
from press.ground.period import Period
from press.ground.toml import format_toml_value
from press.pages import write_amount
from press.quantity import Quantity
from press.reading import Text

HERE = ("diff", 0)  # where problems of the command line stand
# how a repository is cited
CITATION = "CITATION.cff"
RELEASED = re.compile(r"^date-released: .*$", re.MULTILINE)
PACKAGE = "data/datapackage.json"
UNNAMED = re.compile(r"[^A-Za-z0-9_./+-]")  # in no id
Say = Callable[[str], None]


@dataclass(frozen=True)
class Naming:
    """What a person says of a change that readers are to be told: its id, title,
    reason, day and kind.
    """

    id: str
    title: str
    why: str
    day: str | None  # none: today
    is_correction: bool
    dry_run: bool


def check_title(naming: Naming) -> None:
    """Raise ``BuildError`` where the command line gives no title."""
    if not naming.title:
        hint = 'write --title "…": in a few words what has changed, for readers'
        raise BuildError.at(*HERE, "found no title, expected one", hint)


def name_change(naming: Naming, before: Side, after: Side, root: Path, say: Say) -> str:
    """Write what readers see otherwise, as a change of ``changes.toml``, or say what
    would be written.

    Returns what was done, in a line. Raises ``BuildError``.
    """
    texts = read_texts(root / "content", root)
    again = find_new_revisions(before.site, after.site)
    figures = tuple(_figures(before, after, again, texts.language))
    every = (
        *(page.slug for page in texts.pages),
        *(f"charts/{name}" for name in texts.charts),
    )
    slugs = [slug for slug in every if slug != CHANGES_PAGE]
    seen = {
        address for address, _ in compare_pages(before.site, after.site).items
    }.union(*again.values())
    own = tuple(slug for slug in slugs if f"{slug}.html" in seen)
    kind = CORRECTION if naming.is_correction else CHANGE
    day = naming.day or datetime.now().astimezone().date()
    named = own if len(own) < len(slugs) else ()  # none: all of them
    change = Change(
        naming.id, f"{day}", kind, naming.title, naming.why, figures, named, 0
    )
    added = "".join(f"{line}\n" for line in _written(change))
    path = root / texts.changes.path
    place = texts.changes.path
    source = read_text(path, root).rstrip() if path.exists() else ""
    _check(change, f"{source}\n\n{added}", texts, anything=bool(figures or own))
    if naming.dry_run:
        say(added.rstrip())
    else:
        replace_files(
            {place: f"{source}\n\n{added}".encode(), **_cited(change, root)},
            root,
            "diff",
        )
    count = (
        f"{format_count(len(figures), 'figure')},"
        f" {format_count(len(change.pages), 'page') if change.pages else 'all pages'}"
    )
    told = f"{'would be' if naming.dry_run else 'is'} a {change.kind} of {change.date}"
    return f"{place}: {change.id} {told}: {count}"


def _cited(change: Change, root: Path) -> dict[str, bytes]:
    """Return the file that says how to cite the repository, if there is one, dated by a
    change.
    """
    path = root / CITATION
    return (
        {
            CITATION: (
                RELEASED.sub(
                    f"date-released: {change.date}", read_text(path, root)
                ).encode()
            )
        }
        if path.exists()
        else {}
    )


def _figures(
    before: Side, after: Side, again: Iterable[RevisedFigure], language: Language
) -> Iterator[Changed]:
    """Yield the figures that were printed again, then those that readers read otherwise
    than before, in their words.

    Of these come first those that moved. One asked for as the latest is not taken out
    where a later one is now.
    """
    found = compare_numbers(before.site, after.site) or Numbers({}, {})
    package = json.loads(after.site[PACKAGE])["resources"]
    told = {
        item.id: item
        for item in (_revised(each, found.after, package, language) for each in again)
    }
    yield from told.values()
    old, new = found
    latest = {name: _end(item) for item in new.values() for name in item.asked}
    for key in sorted(
        {*old, *new} - {*told}, key=lambda key: (key not in old or key not in new, key)
    ):
        if key in old and key in new and old[key].whole == new[key].whole:
            continue  # met in other words, perhaps, and the same
        was, now = (side[key].words if key in side else "" for side in found)
        if was != now and (
            now
            or not any(
                _end(old[key]) <= latest.get(name, -1) for name in old[key].asked
            )
        ):
            yield Changed(key, (new.get(key) or old[key]).label, was, now)


def _end(item: PrintedNumber) -> int:
    """Return the month with which a number's period ends, 0 where it has none."""
    return Period.parse(item.period.rpartition(" ")[2]).last if item.period else 0


def _revised(
    item: RevisedFigure,
    known: Mapping[str, PrintedNumber],
    package: Sequence[Any],
    language: Language,
) -> Changed:
    """Return a revision as readers read it: of the number that it is of, else of the
    row of its table.
    """
    table = next(each for each in package if each["name"] == item.table)
    unit = next(
        each["unit"]
        for each in table["schema"]["fields"]
        if each["name"] == item.column
    )
    row = [part.partition("=")[2] for part in item.key.split(";")]
    own = next((each for each in known.values() if item in each.again), None)
    key = (
        own.id
        if own
        else f"data:{UNNAMED.sub('-', '/'.join((item.table, *row, item.column)))}"
    )
    first, later = (
        write_amount(Quantity(Decimal(each), Decimal(0), unit, frozenset()), language)
        for each in (item.first, item.later)
    )
    label = own.label if own else f"{table['title']}: {', '.join(row)}"
    return Changed(key, label, first, later, item.sources)


def _written(change: Change) -> Iterator[str]:
    """Yield the lines of a change, as its file has them."""
    yield "[[changes]]"
    yield from (f"id = {format_toml_value(change.id)}", f"date = {change.date}")
    yield from (
        f"{key} = {format_toml_value(told)}"
        for key in ("kind", "title", "why")
        if (told := getattr(change, key))
    )
    if change.pages:
        yield from (
            "pages = [",
            *(f"  {format_toml_value(page)}," for page in change.pages),
            "]",
        )
    if change.figures:
        yield "figures = ["
        for figure in change.figures:
            cells = ", ".join(
                f"{key} = {format_toml_value(told)}"
                for key, told in figure._asdict().items()
                if told
            )
            yield f"  {{ {cells} }},"
        yield "]"


def _check(change: Change, text: str, texts: Content, *, anything: bool) -> None:
    """Raise ``BuildError`` with all that is wrong with a change, before it is written
    into its file as ``text``.
    """
    path = texts.changes.path
    # which the older side may have in its numbers
    wrong = Problems(find_invisible_problems(text, path))
    if texts.changes.items:
        wrong.collect(parse_changes, text, path)
    else:
        hint = (
            f"write its publication there first: kind = {format_toml_value(PUBLISHED)}"
        )
        wrong.add(
            *HERE,
            f"found no change in {path}, expected when the story was published",
            hint,
        )
    if not anything:
        wrong.add(
            *HERE,
            "found nothing that readers see otherwise, expected a change",
            "compare with an older side",
        )
    words = [
        Text(HERE[0], told, -1, 0, told, "change")
        for told in (change.title, change.why)
    ]
    check_unbindable_texts(words, texts.language.lexicon, wrong)
    Problems(
        Problem(*HERE, problem.message, problem.hint) for problem in wrong
    ).stop_if_any()
