"""What a table is, guessed by counting: its time, its things, its numbers with their
units.
"""

from __future__ import annotations

import csv
import io
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from functools import partial
from itertools import chain, combinations
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from press.data import COUNTED
from press.ground.errors import BuildError, Problems, format_count, quote_words
from press.ground.files import read_bytes_anywhere, read_text
from press.ground.scales import SCALES

DELIMITERS = "\t;|,"  # where two fit alike, the rarer sign tells more
MISSING = {"-", "–", "—", ".", "..", "...", "…", ":", "n/a", "na", "nan", "null"}
# what parts groups, decimals
NUMBER = r"-?(?:(?!0\d)\d+|[1-9]\d{{0,2}}(?:[{}’' \u00a0\u202f]\d{{3}})+)(?:[{}]\d+)?"
MARKS = {".": NUMBER.format(",", "."), ",": NUMBER.format(".", ",")}
SIGNS = "%$€£"  # that may stand beside a number in its cell
# as strptime has them, the first as data/ has it; of a quarter, %m is the number
FORMATS = {
    "year": "%Y",
    "quarter": "%Y-Q%m|%Y Q%m|%YQ%m|Q%m %Y|Q%m-%Y",
    "yearmonth": "%Y-%m|%Y/%m|%YM%m|%m/%Y|%b %Y|%B %Y|%Y-%b|%b-%Y",
    "date": (
        "%Y-%m-%d|%Y/%m/%d|%d.%m.%Y|%d/%m/%Y|%m/%d/%Y|%d %B %Y|%d %b %Y|%B %d,"
        " %Y|%d-%b-%Y"
    ),
}
FORMS = [(kind, form) for kind, forms in FORMATS.items() for form in forms.split("|")]
# of times, by their types
NAMES = {"year": "year", "quarter": "quarter", "yearmonth": "month", "date": "day"}
OF_TIMES = re.compile(
    r"year|season|quarter|month|date|day|time|period|jahr|année|año|anno|год|年",
    re.IGNORECASE,
)
LIKELY = r"1[5-9]\d\d|20\d\d"  # years, where no head says so
UNITS = {  # as heads have them
    "percent": "% pct percent",
    "USD": "$ us$ usd dollars",
    "EUR": "€ eur euro euros",
    "GBP": "£ gbp pounds",
    "km²": "km2 km² sqkm",
    "m²": "m2 m²",
    "m³": "m3 m³",
    "km": "km",
    "kg": "kg",
    "tonnes": "t tonnes tons",
    "ha": "ha",
    "MW": "mw",
    "GWh": "gwh",
    "TWh": "twh",
    "°C": "°c",
    "thousand": "thousand thousands",
    "million": "million millions mn mln",
    "billion": "billion billions bn",
}
KNOWN = {form: unit for unit, forms in UNITS.items() for form in forms.split()}
HEAD = re.compile(
    r"(.+?)[\s_]*(?:[(\[]([^()\[\]]+)[)\]]|, *([^,]+))|(.+)[\s_]([^\s_]+)"
)
UNDATED = "Year of the file"  # where no column has times
MOSTLY, WIDEST, SAMPLE = 0.75, 3, 20
# Columns that only go with names and figures.
BESIDE = re.compile(
    r"#|no\.?|nr\.?|(\w+ )?(id|code|iso\d?|rank|pos(ition)?)", re.IGNORECASE
)
Tell = Callable[[int, str], None]  # what is wrong in a line
# What the code of a story calls something else.
TAKEN = {
    "base",
    "bound",
    "data",
    "earlier",
    "growth",
    "later",
    "panel",
    "rank",
    "share",
    "source_ids",
    "total",
}
TAKEN |= {*keyword.kwlist, *NAMES.values()}


class GuessedColumn(NamedTuple):
    """A column: its name in links and code, its head for readers, its
    type, its unit.
    """

    name: str
    title: str
    type: str
    unit: str = ""


class Guess(NamedTuple):
    """A table as it was guessed: its cells as ``data/`` has them, a row for each
    ``time`` and each of some ``things``.

    ``numbers`` are figures; ``mark`` stood before their decimals.
    """

    cells: pd.DataFrame
    columns: Sequence[GuessedColumn]
    time: GuessedColumn
    things: Sequence[GuessedColumn]
    numbers: Sequence[GuessedColumn]
    mark: str

    def range(self, column: GuessedColumn) -> tuple[str, str]:
        """Return a minimum and a maximum that numbers like those of a column keep to:
        powers of ten.
        """
        values = [Decimal(cell) for cell in self.cells[column.name] if cell]
        low, high = (
            f"{Decimal(10) ** (abs(end).adjusted() + 1):f}"
            for end in (min(values), max(values))
        )
        return f"-{low}" if min(values) < 0 else "0", high if max(values) > 0 else "0"


def guess(path: Path, year: int) -> Guess:
    """Return what a table of CSV holds; where it has no times, all of it is of a
    ``year``.

    Raises ``BuildError`` that says what to change in the table.
    """
    text = read_text(path, Path.cwd(), read_bytes_anywhere)
    heads, raw = _long(*_read(text, str(path)), path.stem)
    counts = {
        mark: sum((_numbers(raw[place], mark) != "").sum() for place in raw)
        for mark in MARKS
    }
    mark = max(
        ",." if raw.attrs["delimiter"] == ";" else ".,", key=lambda each: counts[each]
    )
    problems = Problems()
    columns = list[GuessedColumn]()
    cells: dict[str, pd.Series[str]] = {}
    for place, head in enumerate(heads):
        column, own = _column(head, raw[place], mark, partial(problems.add, str(path)))
        columns.append(column._replace(name=_name(column.title, cells)))
        cells[columns[-1].name] = own
    times = [column for column in columns if column.type in NAMES]
    found = max(
        times,
        key=lambda each: bool(OF_TIMES.search(each.title)),
        default=GuessedColumn("", UNDATED, "year"),
    )
    time = found._replace(name=NAMES[found.type])
    others = [column for column in columns if column is not found]
    table = pd.DataFrame(
        {time.name: cells.pop(found.name, str(year)), **cells}, index=raw.index
    )
    others.sort(key=lambda column: bool(BESIDE.fullmatch(column.title)))
    numbers = [column for column in others if column.type in COUNTED]
    if not numbers:
        message = f"found no column of numbers among {', '.join(heads)}, expected one"
        problems.add(
            str(path), 1, message, "add one, such as count, with 1 in each row"
        )
    problems.stop_if_any()
    return Guess(
        table,
        [time, *others],
        time,
        _things(table, time, others, str(path)),
        numbers,
        mark,
    )


def _read(text: str, path: str) -> tuple[list[str], pd.DataFrame]:
    """Return the heads of a table, and its cells, stripped, by their lines, without
    empty rows.
    """
    tried = list[tuple[bool, int, int, str, list[tuple[int, list[str]]]]]()
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [
            (reader.line_num, [" ".join(cell.split()) for cell in row])
            for row in reader
        ]
        rows = [(line, row) for line, row in rows if any(row)]
        width, count = max(
            Counter(len(row) for _, row in rows).items(),
            key=lambda item: item[1],
            default=(0, 0),
        )
        tried.append((width > 1, count, width, delimiter, rows))
    _, _, width, delimiter, rows = max(tried, key=lambda each: each[:2])
    problems = Problems()
    for place, (line, row) in enumerate(rows):
        if len(row) != width:
            hint = (
                ""
                if place
                else "the first line is to be the heads: delete what stands above them"
            )
            problems.add(
                path,
                line,
                f"found {format_count(len(row), 'cell')}, expected {width}, as in most"
                " lines",
                hint,
            )
    if len(rows) <= 1:
        problems.add(
            path, 1, "found no rows, expected a line of heads, and rows below it"
        )
    problems.stop_if_any()
    raw = pd.DataFrame([row for _, row in rows], index=[line for line, _ in rows])
    raw = raw.loc[:, (raw != "").any()]
    raw.attrs["delimiter"] = delimiter
    return [*raw.iloc[0]], raw.iloc[1:].set_axis(range(raw.shape[1]), axis=1)


def _long(
    heads: list[str], raw: pd.DataFrame, name: str
) -> tuple[list[str], pd.DataFrame]:
    """Return a table whose heads are times with a row for each of them; any other as it
    is.
    """
    moments = [
        _times("", pd.Series([head]), lambda _line, _told: None) for head in heads
    ]
    found = {place: moment for place, moment in enumerate(moments) if moment}
    kinds = {kind for kind, _ in found.values()}
    if len(kinds) != 1 or len(found) == 1:
        return heads, raw
    rest = [place for place in range(len(heads)) if place not in found]
    long = raw.melt(rest, [*found], ignore_index=False)
    long["variable"] = [found[place][1][0] for place in long["variable"]]
    return [*(heads[place] for place in rest), *kinds, name], long.set_axis(
        range(len(rest) + 2), axis=1
    )


def _column(
    head: str, cells: pd.Series[str], mark: str, tell: Tell
) -> tuple[GuessedColumn, pd.Series[str]]:
    """Return a column as what most of its cells are, and these; note those that are
    something else.
    """
    (title, unit), known = _unit(head), cells.mask(cells.str.lower().isin(MISSING), "")
    if times := _times(head, known, tell):
        return GuessedColumn("", title, times[0]), times[1]
    numbers = _numbers(known, mark)
    filled = known[known != ""]
    wrong = known[(known != "") & (numbers == "")]
    if len(wrong) >= max((1 - MOSTLY) * len(filled), 1) or filled.empty:
        return GuessedColumn("", title, "string"), cells
    for line, cell in wrong.items():
        tell(
            int(str(line)),
            f'{head}: found {quote_words(cell)}, expected a number, with "{mark}" for'
            " decimals, or nothing",
        )
    kind = "number" if numbers.str.contains(".", regex=False).any() else "integer"
    signs = (
        KNOWN[sign] for sign in SIGNS if filled.str.contains(sign, regex=False).all()
    )
    return GuessedColumn("", title, kind, unit or next(signs, "")), numbers


def _numbers(cells: pd.Series[str], mark: str) -> pd.Series[str]:
    """Return numbers as tables have them, "" for what is none."""
    bare = cells.str.replace("−", "-").str.strip(SIGNS + " +\u00a0")
    plain = bare.str.replace(f"[^0-9{mark}-]", "", regex=True).str.replace(mark, ".")
    return plain.where(bare.str.fullmatch(MARKS[mark]), "")


def _times(
    head: str, cells: pd.Series[str], tell: Tell
) -> tuple[str, pd.Series[str]] | None:
    """Return the type of a column of times, and these as tables have them; ``None`` for
    a column of other things.
    """
    filled = cells[cells != ""]
    sample = cells[cells != ""].head(SAMPLE)
    near = [
        each
        for each in FORMS
        if pd.to_datetime(sample, format=each[1], errors="coerce").notna().any()
    ]
    if not near:
        return None
    tried = [
        (kind, pd.to_datetime(cells, format=form, errors="coerce"))
        for kind, form in near
    ]
    kind, times = max(tried, key=lambda each: each[1].count())
    wrong = cells[(cells != "") & times.isna()]
    likely = (
        kind != "year" or OF_TIMES.search(head) or filled.str.fullmatch(LIKELY).all()
    )
    if len(wrong) > (1 - MOSTLY) * len(filled) or not likely:
        return None
    for line, cell in wrong.items():
        tell(
            int(str(line)),
            f"{head}: found {quote_words(cell)}, expected a time like the others",
        )
    return kind, times.dt.strftime(FORMATS[kind].partition("|")[0]).str.replace(
        "Q0", "Q"
    ).fillna("")


def _unit(head: str) -> tuple[str, str]:
    """Return a head without its unit, for readers, and the unit: of ``price, $``,
    ``gold (medals)``, ``area_km2``.
    """
    title = head
    unit = ""
    if found := HEAD.fullmatch(head):
        words = (found[2] or found[3] or found[5]).replace("/", " per ").split()
        words = [KNOWN.get(word.lower(), word) for word in words]
        known = [word for word in words if word in UNITS]
        plain = not any(map(str.isdecimal, "".join(words))) and not (
            "per" in re.split(r"[\W_]+", head.lower()) and SCALES.keys() & words
        )
        if len(words) <= WIDEST and plain and (known or found[2]):
            title = found[1] or found[4]
            unit = " ".join(known if known and "per" not in words else words)
    title = title.replace("_", " ").strip() or "A column"
    return title[0].upper() + title[1:], unit


def _name(title: str, taken: Collection[str]) -> str:
    """Return a name for links and code that no other column has."""
    plain = (
        unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    )
    name = re.sub("[^a-z0-9]+", "_", plain).strip("_")
    name = (
        name
        if name[:1].isalpha() and name not in TAKEN
        else f"column_{name}".rstrip("_")
    )
    return next(
        each
        for each in (name, *(f"{name}_{n}" for n in range(2, len(taken) + 3)))
        if each not in taken
    )


def _things(
    table: pd.DataFrame, time: GuessedColumn, others: Sequence[GuessedColumn], path: str
) -> Sequence[GuessedColumn]:
    """Return the columns of names, as few as can be, that with the time tell each row
    from the others.
    """
    texts = [
        column
        for column in others
        if column.type == "string" and (table[column.name] != "").all()
    ]
    for own in (*chain(*(combinations(texts, size) for size in range(WIDEST))), texts):
        names = [time.name, *(column.name for column in own)]
        if not table.duplicated(names).any() and (table[time.name] != "").all():
            return own
    wrong = table[table.duplicated(names) | (table[time.name] == "")].iloc[0]
    found = (
        f"found {', '.join(wrong[names])} again, expected one row of it"
        if wrong[time.name]
        else "found no time"
    )
    hint = (
        "times are such as 2024, 2024-Q3, 2024-03, 2024-03-31; what tells rows apart is"
        " filled in each of them"
    )
    raise BuildError.at(path, int(str(wrong.name)), found, hint)
