"""A named diff: what it says to readers becomes a change of ``changes.toml``, which
pages and receipts tell of.

The figures that moved stand in it as readers read them, before and now. Nothing is
written before all of it is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from press.binding import add_unlinkable_text_problems
from press.content import (
    CHANGE,
    CHANGES_PAGE,
    CORRECTION,
    PUBLISHED,
    Change,
    ChangedFigure,
    Content,
    Language,
    load_content_in_one_language,
    parse_change_log,
)
from press.desk.differences import (
    NumbersBeforeAndAfter,
    RevisedFigure,
    SiteNumber,
    compare_pages,
    find_newly_revised_figures_with_pages,
    pair_numbers_of_sites,
)
from press.desk.sides import ComparedSite
from press.ground.errors import (
    BuildError,
    Problem,
    Problems,
    format_count,
    list_problems_of_invisible_characters,
)
from press.ground.files import read_text, replace_files_one_by_one
from press.ground.period import Period
from press.ground.steps import Say
from press.ground.toml import format_toml_value
from press.pages import format_value_range_or_date
from press.quantity import Quantity
from press.reading import Text

HERE = ("diff", 0)  # where problems of the command line stand
# how a repository is cited
CITATION = "CITATION.cff"
RELEASED = re.compile(r"^date-released: .*$", re.MULTILINE)
PACKAGE = "data/datapackage.json"
UNNAMED = re.compile(r"[^A-Za-z0-9_./+-]")  # in no id


@dataclass(frozen=True)
class ChangeOptions:
    """What a person says of a change that readers are to be told: its id, title,
    reason, day and kind.
    """

    id: str
    title: str
    why: str
    day: str | None  # none: today
    is_correction: bool
    dry_run: bool


def check_title(options: ChangeOptions) -> None:
    """Raise ``BuildError`` where the command line gives no title."""
    if not options.title:
        hint = 'write --title "…": in a few words what has changed, for readers'
        raise BuildError.at(*HERE, "found no title, expected one", hint)


def write_change_and_describe_outcome(
    options: ChangeOptions,
    before: ComparedSite,
    after: ComparedSite,
    root: Path,
    say: Say,
) -> str:
    """Write what readers see otherwise, as a change of ``changes.toml``, or say what
    would be written.

    Returns what was done, in a line. Raises ``BuildError``.
    """
    texts = load_content_in_one_language(root / "content", root)
    revised = find_newly_revised_figures_with_pages(before.site, after.site)
    figures = tuple(_list_changed_figures(before, after, revised, texts.language))
    addresses = {address for address, _ in compare_pages(before.site, after.site).items}
    addresses.update(*revised.values())
    slugs = _list_slugs(texts)
    own = tuple(slug for slug in slugs if f"{slug}.html" in addresses)
    change = Change(
        id=options.id,
        date=str(options.day or datetime.now().astimezone().date()),
        kind=CORRECTION if options.is_correction else CHANGE,
        title=options.title,
        why=options.why,
        figures=figures,
        pages=own if len(own) < len(slugs) else (),  # none: all of them
        line=0,
    )
    place = texts.changes.path
    path = root / place
    source = read_text(path, root).rstrip() if path.exists() else ""
    added = "\n".join(_format_toml_lines(change))
    whole = f"{source}\n\n{added}\n"
    _check_change(change, whole, texts, has_visible_changes=bool(figures or own))
    if options.dry_run:
        say(added)
    else:
        files = {place: whole.encode(), **_make_dated_citation_file(change, root)}
        replace_files_one_by_one(files, root, "diff")
    return f"{place}: {_describe_change(change, dry_run=options.dry_run)}"


def _describe_change(change: Change, *, dry_run: bool) -> str:
    """Return what has become of a change, in a line."""
    verb = "would be" if dry_run else "is"
    figures = format_count(len(change.figures), "figure")
    pages = format_count(len(change.pages), "page") if change.pages else "all pages"
    told = f"{verb} a {change.kind} of {change.date}"
    return f"{change.id} {told}: {figures}, {pages}"


def _list_slugs(texts: Content) -> list[str]:
    """Return the slugs of all pages but the one that lists changes."""
    slugs = [page.slug for page in texts.pages if page.slug != CHANGES_PAGE]
    return [*slugs, *(f"charts/{name}" for name in texts.charts)]


def _make_dated_citation_file(change: Change, root: Path) -> dict[str, bytes]:
    """Return the file that says how to cite the repository, if there is one, dated by a
    change.
    """
    path = root / CITATION
    if not path.exists():
        return {}
    dated = RELEASED.sub(f"date-released: {change.date}", read_text(path, root))
    return {CITATION: dated.encode()}


def _list_changed_figures(
    before: ComparedSite,
    after: ComparedSite,
    revised: Iterable[RevisedFigure],
    language: Language,
) -> Iterator[ChangedFigure]:
    """Yield the figures that were printed again, then those that readers read otherwise
    than before, in their words.

    Of these come first those that moved. One asked for as the latest is not taken out
    where a later one is now.
    """
    found = pair_numbers_of_sites(before.site, after.site) or NumbersBeforeAndAfter(
        {}, {}
    )
    package = json.loads(after.site[PACKAGE])["resources"]
    told = dict[str, ChangedFigure]()
    for item in revised:
        figure = _make_changed_figure_of_revision(item, found.after, package, language)
        told[figure.id] = figure
    yield from told.values()
    old, new = found
    latest = dict[str, int]()
    for number in new.values():
        latest.update(dict.fromkeys(number.asked, _find_last_month(number)))
    in_both = old.keys() & new.keys() - told.keys()
    in_one = (old.keys() ^ new.keys()) - told.keys()
    for key in (*sorted(in_both), *sorted(in_one)):
        if move := _find_changed_figure(old.get(key), new.get(key), latest):
            yield move


def _find_changed_figure(
    was: SiteNumber | None, now: SiteNumber | None, last_months: Mapping[str, int]
) -> ChangedFigure | None:
    """Return how a number is read otherwise, ``None`` where it is not, or where
    ``last_months`` has a later one in its place.
    """
    if was and now and was.whole == now.whole:
        return None  # met in other words, perhaps, and the same
    number = now or was
    old_words = was.words if was else ""
    new_words = now.words if now else ""
    if number is None or old_words == new_words:
        return None
    if was and not new_words and _is_followed(was, last_months):
        return None
    return ChangedFigure(number.id, number.label, old_words, new_words)


def _is_followed(number: SiteNumber, last_months: Mapping[str, int]) -> bool:
    """Tell whether a number that texts ask for as the latest has one in its place."""
    end = _find_last_month(number)
    return any(end <= last_months.get(name, -1) for name in number.asked)


def _find_last_month(item: SiteNumber) -> int:
    """Return the month with which a number's period ends, 0 where it has none."""
    if not item.period:
        return 0
    return Period.parse(item.period.rpartition(" ")[2]).last


def _make_changed_figure_of_revision(
    revision: RevisedFigure,
    numbers: Mapping[str, SiteNumber],
    tables: Sequence[Any],
    language: Language,
) -> ChangedFigure:
    """Return a revision as readers read it: of the number that it is of, else of the
    row of its table.
    """
    table = next(each for each in tables if each["name"] == revision.table)
    fields = table["schema"]["fields"]
    unit = next(each["unit"] for each in fields if each["name"] == revision.column)
    first = _format_amount(revision.first, unit, language)
    later = _format_amount(revision.later, unit, language)
    for own in numbers.values():
        if revision in own.again:
            return ChangedFigure(own.id, own.label, first, later, revision.sources)
    row = [part.partition("=")[2] for part in revision.key.split(";")]
    place = "/".join((revision.table, *row, revision.column))
    label = f"{table['title']}: {', '.join(row)}"
    key = f"data:{UNNAMED.sub('-', place)}"
    return ChangedFigure(key, label, first, later, revision.sources)


def _format_amount(number: str, unit: str, language: Language) -> str:
    quantity = Quantity(Decimal(number), Decimal(0), unit, frozenset())
    return format_value_range_or_date(quantity, language)


def _format_toml_lines(change: Change) -> Iterator[str]:
    """Yield the lines of a change, as its file has them."""
    yield "[[changes]]"
    yield f"id = {format_toml_value(change.id)}"
    yield f"date = {change.date}"
    words = {"kind": change.kind, "title": change.title, "why": change.why}
    yield from _format_pairs(words)
    if change.pages:
        yield "pages = ["
        for page in change.pages:
            yield f"  {format_toml_value(page)},"
        yield "]"
    if change.figures:
        yield "figures = ["
        for figure in change.figures:
            yield f"  {{ {', '.join(_format_pairs(figure._asdict()))} }},"
        yield "]"


def _format_pairs(values: Mapping[str, object]) -> Iterator[str]:
    """Yield keys and values as TOML has them, but for empty ones."""
    for key, value in values.items():
        if value:
            yield f"{key} = {format_toml_value(value)}"


def _check_change(
    change: Change, changes_toml: str, texts: Content, *, has_visible_changes: bool
) -> None:
    """Raise ``BuildError`` with all that is wrong with a change, before
    ``changes_toml`` is written, the file with it; ``has_visible_changes`` tells whether
    readers see it.
    """
    path = texts.changes.path
    # which the older side may have in its numbers
    wrong = Problems(list_problems_of_invisible_characters(changes_toml, path))
    if texts.changes.items:
        wrong.collect(parse_change_log, changes_toml, path)
    else:
        message = f"found no change in {path}, expected when the story was published"
        kind = f"kind = {format_toml_value(PUBLISHED)}"
        wrong.add(*HERE, message, f"write its publication there first: {kind}")
    if not has_visible_changes:
        message = "found nothing that readers see otherwise, expected a change"
        wrong.add(*HERE, message, "compare with an older side")
    words = [
        Text(HERE[0], told, -1, 0, told, "change")
        for told in (change.title, change.why)
    ]
    add_unlinkable_text_problems(words, texts.language.lexicon, wrong)
    moved = (Problem(*HERE, problem.message, problem.hint) for problem in wrong)
    Problems(moved).stop_if_any()
