"""Recording one figure that a person has read on a page: every column of its row, and of the page where it is new.

What the command line leaves out is asked for on a terminal, where it may not be empty; elsewhere all of it is told at
once. Nothing is written before all of it keeps to the descriptions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

import click

from press.data import COUNTED, Field, Table
from press.desk.bind import Loaded
from press.desk.intake import Desk, merged
from press.ground.errors import Problems, quoted, similar
from press.intake import TAKEN, Line, Release, texts_of

CITED, SOURCES = "source_ids", "sources"
PAGE = "source."  # before the columns of a new page
HERE = ("record", 0)  # where problems of the command line stand
Say = Callable[[str], None]


def record(loaded: Loaded, options: argparse.Namespace, say: Say) -> int:
    """Merge the row that ``options`` give into its table. Raises ``BuildError`` for what is wrong or left out."""
    table = loaded.tables[options.table]
    sources = loaded.tables[SOURCES] if CITED in table.description.fields else None
    row, page = _given(options.cells, table, sources)
    problems = Problems()
    if sources and page:
        _identify(page, row, table, sources, problems)
    key = _completed(table.description.primary_key, row, table, problems)
    known = texts_of(table, tuple(key.values())) or {}
    row = {name: text for name, text in known.items() if _is_kept(table.description.fields[name])} | row | key
    asks = row.get(CITED) or sys.stdin.isatty()  # else what the source lacks is told with it
    names = [name for name in table.description.fields if name != CITED or asks]
    row |= _completed(names, row, table, problems)
    if sources:
        page = _page(row.setdefault(CITED, ""), page, table, sources, problems)
    problems.stop_if_any()
    lines = [Line(SOURCES, page)] if page else []
    release = Release("", {}, (), (*lines, Line(options.table, row)))
    return merged(Desk(loaded, say, options.verb, options.dry_run, options.answer), [release])


def _identify(page: dict[str, str], row: dict[str, str], table: Table, sources: Table, problems: Problems) -> None:
    """Give a page its id, and let the row cite it: the id that the row cites already, else what a person says."""
    cited = row.get(CITED, "")
    if not page.get("id"):
        page["id"] = _new(cited, table, sources, problems) or ("" if len(_ids(cited, table)) > 1 else cited)
    if not page["id"]:
        del page["id"]
        page |= _completed(("id",), page, sources, problems, PAGE)
    row.setdefault(CITED, page["id"])


def _page(cited: str, page: dict[str, str], table: Table, sources: Table, problems: Problems) -> dict[str, str]:
    """Return the row of the page that is new to the sources, or that the command line tells; nothing for neither."""
    new = _new(cited, table, sources, problems)
    if not (page or new):
        if not cited and table.description.fields[CITED].constraints.get("required"):
            problems.add(*HERE, f"{CITED}: found nothing, expected the source of the figure", _lacking(sources))
        return page
    _say_new(new, sources)
    page = _completed(sources.description.fields, {"id": new} | page, sources, problems, PAGE)
    if page["id"] and page["id"] not in _ids(cited, table):
        problems.add(*HERE, f"found source.id {quoted(page['id'])}, expected one of {CITED}, {quoted(cited)}")
    return page


def _lacking(sources: Table) -> str:
    """Say how to name a source: by the id of one that is there, and a new one by all columns that it needs, too."""
    needed = [name for name, field in sources.description.fields.items() if field.constraints.get("required")]
    columns = ", ".join(f"{PAGE}{name}=…" for name in needed if name not in {"id", *TAKEN})
    return f"write {CITED}=… with an id of {sources.path}; with the id of a new source also {columns}"


def _ids(cited: str, table: Table) -> list[str]:
    return list(filter(None, cited.split(table.description.fields[CITED].delimiter)))


def _given(cells: Sequence[str], table: Table, sources: Table | None) -> tuple[dict[str, str], dict[str, str]]:
    """Return the cells that the command line gives: of the row, and of a new page. Raises ``BuildError``."""
    problems, row, page = Problems(), dict[str, str](), dict[str, str]()
    pages = [f"{PAGE}{name}" for name in sources.description.fields] if sources else []
    known = [*table.description.fields, *pages]
    for cell in cells:
        name, sign, text = cell.partition("=")
        if not sign or name not in known:
            message = f"found {quoted(cell)}, expected COLUMN=VALUE with a column of this table or of its source"
            problems.add(*HERE, message, similar(name, known) or f"there are: {', '.join(known)}")
        elif name in row or (name in pages and name.removeprefix(PAGE) in page):
            problems.add(*HERE, f"found {name} twice, expected it once")
        elif name in pages:
            page[name.removeprefix(PAGE)] = text
        else:
            row[name] = text
    problems.stop_if_any()
    return row, page


def _completed(
    names: Iterable[str],
    given: Mapping[str, str],
    table: Table,
    problems: Problems,
    prefix: str = "",
) -> dict[str, str]:
    """Return the cells of some columns: those that are given, and what a person says on a terminal to the others."""
    made = dict[str, str]()
    for name in names:
        field = table.description.fields[name]
        required = field.constraints.get("required") or name in table.description.primary_key
        text = given.get(name, "")
        if name not in {*given, *TAKEN} and sys.stdin.isatty():
            text = _asked(field, prefix, required=bool(required))
        if mistake := _mistake(field, text, required=bool(required)):
            hint = f"write {prefix}{name}=…: {_about(field)}"
            problems.add(*HERE, f"{prefix}{name}: {mistake}", hint)
        made[name] = text
    return made


def _mistake(field: Field, text: str, *, required: bool) -> str:
    """Return what is wrong with a cell, or nothing."""
    if required and not text:
        return "found nothing, expected a value"
    try:
        field.parse(text)
    except ValueError as error:
        return str(error)
    return ""


def _asked(field: Field, prefix: str, *, required: bool) -> str:
    """Ask on the terminal for a cell until it is right; an empty answer leaves it empty, where that may be."""

    def checked(text: str) -> str:
        if mistake := _mistake(field, text.strip(), required=required):
            raise click.BadParameter(mistake)
        return text.strip()

    click.echo(f"{prefix}{field.name}: {_about(field)}")
    return str(click.prompt("  ", default=None if required else "", show_default=False, value_proc=checked))


def _about(field: Field) -> str:
    """Say what a column holds: its title, what it means, its unit, its list of values."""
    listed = ", ".join(map(str, field.constraints.get("enum", ())))
    parts = (f"in {field.unit}" if field.unit else "", f"one of {listed}" if listed else "")
    return "; ".join(filter(None, (field.title, field.description.rstrip("."), *parts)))


def _is_kept(field: Field) -> bool:
    """Tell whether a row that is there gives a cell that is left out: words, but neither figures nor pages."""
    return field.type not in COUNTED and field.name != CITED


def _say_new(page: str, sources: Table) -> None:
    """Say on a terminal that a page is new: its id may be a slip."""
    if page and sys.stdin.isatty():
        near = similar(page, (str(key[0]) for key in sources.by_key))
        click.echo(f"{page} is not in {sources.path} yet{f' ({near})' if near else ''}; tell its page:")


def _new(cited: str, table: Table, sources: Table, problems: Problems) -> str:
    """Return the page that a row cites and nobody has recorded, or nothing; several are a problem."""
    unknown = [each for each in _ids(cited, table) if (each,) not in sources.by_key]
    if len(unknown) > 1:
        message = f"found the unknown sources {', '.join(unknown)}, expected one new page at most"
        problems.add(*HERE, message, similar(unknown[0], (str(key[0]) for key in sources.by_key)))
        return ""
    return unknown[0] if unknown else ""
