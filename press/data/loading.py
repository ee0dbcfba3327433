"""Reading the tables of a folder, held to their descriptions and to each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from press.data.cross_checks import check_tables_against_each_other
from press.data.descriptions import parse_description
from press.data.records import parse_rows
from press.data.tables import Data, Table
from press.ground.cache import FILES
from press.ground.errors import BuildError, Problems, quote_words
from press.ground.files import format_path, read_text

NAME = re.compile(r"[a-z][a-z0-9_]*")
SUFFIXES = {".csv", ".toml"}


def load_tables(folder: Path, root: Path) -> Data:
    """Return every table of ``folder``, checked.

    Raises ``BuildError`` with all problems, paths below ``root``.
    """
    problems = Problems()
    tables = dict[str, Table]()
    names = _list_names(folder)
    for name in names:
        path = folder / f"{name}.csv"
        if not NAME.fullmatch(name):
            message = (
                f"found the table name {quote_words(name)}, expected small letters,"
                " digits and _"
            )
            problems.add(format_path(path, root), 1, message)
        if table := _read_table(path, root, problems):
            tables[name] = table
    problems.collect(check_tables_against_each_other, tables, frozenset(names))
    problems.stop_if_any()
    where = format_path(folder, root)
    if not tables:
        message = "found no tables, expected NAME.csv with NAME.toml"
        raise BuildError.at(where, 1, message)
    return Data(tables, where)


def _list_names(folder: Path) -> list[str]:
    """Return the names of the tables in a folder, of which either file is there."""
    files = (path for path in folder.glob("*") if path.suffix in SUFFIXES)
    return sorted({path.stem for path in files if not path.stem.startswith(".")})


def _read_table(path: Path, root: Path, problems: Problems) -> Table | None:
    """Return the table in a CSV file and its description; add what is wrong with
    either, and return ``None``.
    """
    toml_path = path.with_suffix(".toml")
    texts = {
        "toml": problems.collect(read_text, toml_path, root),
        "csv": problems.collect(read_text, path, root),
    }
    toml_name = format_path(toml_path, root)
    name = format_path(path, root)

    def parse(inputs: Mapping[str, str | None]) -> Table | None:
        return _parse_table_if_readable(inputs["toml"], inputs["csv"], toml_name, name)

    return problems.collect(
        FILES.get, (_parse_table_if_readable, root, path), parse, texts
    )


def _parse_table_if_readable(
    description_text: str | None, csv_text: str | None, toml_path: str, path: str
) -> Table | None:
    """Return the table with this description and these rows, ``None`` where a file
    could not be read.
    """
    if description_text is None:
        return None
    description = parse_description(description_text, toml_path)
    if csv_text is None:
        return None
    return Table(description, path, parse_rows(csv_text, path, description), csv_text)


def replace_table_texts(data: Data, csv_by_table_name: Mapping[str, str]) -> Data:
    """Return the tables as they would be with other texts of CSV, by the table's name.

    Raises ``BuildError`` as loading does.
    """
    problems = Problems()
    tables = dict(data)
    for name, text in csv_by_table_name.items():
        table = data[name]
        rows = problems.collect(parse_rows, text, table.path, table.description)
        tables[name] = Table(table.description, table.path, rows or (), text)
    problems.stop_if_any()
    check_tables_against_each_other(tables, frozenset(tables))
    folder = Path(next(iter(tables.values())).path).parent
    return Data(tables, folder.as_posix())
