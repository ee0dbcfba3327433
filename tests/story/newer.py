"""Newer rows for every table of the story, as next month or next year may bring them,
and what an editor does then.

A row follows from the last ones by what the description of its table says: times in its
key go on by a step, ids are new, figures lie between the last two of their series, so
that no record is broken. What does not follow so is in
``RULES``, each rule with its reason.
"""

import calendar
import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial, reduce
from itertools import groupby
from pathlib import Path

import pytest

from press.data.descriptions import parse_description
from press.ground.errors import Problem
from press.ground.files import format_path, read_text

Row = dict[str, str]
TIMES = {"year": 12, "yearmonth": 1, "date": 1}  # in how many months the next one comes
MONTHS = 12
VALUE, PRECISION = "value_usd_million", "precision_usd_million"
NEWER = "newer"
# What the build says where an editor's hand is led.
STALE = re.compile(r'found "(.+?)", expected "(.+?)"')
UNTIMED = re.compile(
    r'".+" is compared over (\d+) to (\d+) only, and the sentence does not say so'
)
SENTENCE_END = re.compile(r'[.?!](?=\s)|\n\n|"\n|= "')
LAST_MONTH = re.compile(r"\[([^]]*)\]\(fact:last_month\)")
MOVED = re.compile(r"; latest is now [\d-]+$")
WORDLESS = re.compile(r"\[words\] lacks (\w+), which the chart uses")


class Table:
    """A table as its file writes it, and its description; the rows that it gains are
    ``new``.
    """

    def __init__(self, path: Path, root: Path) -> None:
        """Read both files."""
        toml = path.with_suffix(".toml")
        self.path, self.toml, self.description = (
            path,
            toml,
            parse_description(read_text(toml, root), format_path(toml, root)),
        )
        with path.open(encoding="utf-8", newline="") as file:
            self.rows: list[Row] = list(csv.DictReader(file))
        self.new: list[Row] = []
        self.key, self.fields = self.description.primary_key, self.description.fields
        # one, or both ends of a period
        self.times = [name for name in self.key if self.fields[name].type in TIMES]
        self.unique = [
            name
            for name, field in self.fields.items()
            if field.constraints.get("unique")
        ]

    def find(self, **cells: str) -> Row | None:
        """Return the row with these cells; it may be a newer one."""
        return next(
            (row for row in (*self.rows, *self.new) if cells.items() <= row.items()),
            None,
        )

    def write(self) -> None:
        """Add the newer rows to the file: what its description allows has room for
        them.
        """
        with self.path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, self.fields, lineterminator="\n").writerows(self.new)


Tables = dict[str, Table]


def add_rows(root: Path) -> Tables:
    """Let every table of a project gain newer rows."""
    tables = {
        path.stem: Table(path, root) for path in sorted((root / "data").glob("*.csv"))
    }
    for name in [*RULES, *(name for name in tables if name not in RULES)]:
        tables[name].new = RULES.get(name, derive_rows)(tables, name)
    for table in tables.values():
        table.write()
    return tables


# --- What follows from a description
# ----------------------------------------------------------------------------------


def derive_rows(tables: Tables, name: str) -> list[Row]:
    """Return the rows that a table gains by what its description says of it."""
    table = tables[name]
    if table.times:
        return [make_row_after(table, row) for row in list_last_rows(table)]
    if [*table.key] == table.unique[:1]:
        return [copy_latest_row(table)]
    parents = {
        key.field: tables[key.table].new for key in table.description.foreign_keys
    }
    if new := parents.get(table.key[0]):
        return [table.rows[-1] | {table.key[0]: row["id"]} for row in new]
    message = (
        "neither times nor ids are in its key: write a rule for its newer rows into"
        " RULES of tests/story/newer.py"
    )
    raise AssertionError(f"{table.path.name}: {message}")


def list_last_rows(table: Table) -> list[Row]:
    """Return the rows that newer ones follow: the last periods, or the last of each
    series.

    The flows are one series: they go on together, since they add up.
    """
    first, last = table.times[0], table.times[-1]
    names = (
        [name for name in table.key if name not in {first, "flow"}]
        if first == last
        else []
    )
    series = defaultdict(list)
    for row in table.rows:
        series[tuple(row[name] for name in names)].append(row)
    return [
        row
        for rows in series.values()
        for row in rows
        if row[last] == max(other[last] for other in rows)
    ]


def make_row_after(table: Table, row: Row) -> Row:
    """Return the row after another: of the next time, as long as its own, with figures
    between the last two.
    """
    first, last = table.times[0], table.times[-1]
    months = (
        MONTHS
        if table.fields[first].type == "year"
        else count_months(row[last]) - count_months(row[first]) + 1
    )
    others = [name for name in table.key if name not in table.times]
    earlier = [
        each
        for each in table.rows
        if each[last] < row[last] and all(each[name] == row[name] for name in others)
    ]
    before = max(earlier, key=lambda each: each[last], default=row)
    made = dict(row)
    for name, field in table.fields.items():
        if field.type in TIMES and row[name]:
            made[name] = add_months(row[name], months)
        elif field.type == "number" and row[name] and before[name]:
            here, there = Decimal(row[name]), Decimal(before[name])
            made[name] = str(
                max(here, there)
                if "precision" in name
                else ((here + there) / 2).quantize(here)
            )
    return made


def copy_latest_row(table: Table) -> Row:
    """Return the row of the latest date, or the last one, with an id of its own and
    somewhat later.
    """
    times = [name for name, field in table.fields.items() if field.type in TIMES]
    known = [name for name in times if table.fields[name].constraints.get("required")]
    row = dict(max(reversed(table.rows), key=lambda row: [row[name] for name in known]))
    for name in table.unique:
        tries = (f"{NEWER}-{row[name]}", f"{row[name]}-{NEWER}")
        row[name] = next(
            text
            for text in tries
            if re.fullmatch(table.fields[name].constraints["pattern"], text)
        )
    for name in filter(row.get, times):
        row[name] = add_months(
            row[name],
            (
                MONTHS
                if row.get(f"{name}_precision") == "year"
                else TIMES[table.fields[name].type]
            ),
        )
    return row


def add_months(text: str, months: int) -> str:
    """Return a year, month or day some months later; from the last day of a month to
    the last of another.
    """
    year, month, day = (int(part) for part in f"{text}-01-01".split("-")[:3])
    is_last = day == calendar.monthrange(year, month)[1]
    years, month = divmod(month - 1 + months, MONTHS)
    last = calendar.monthrange(year + years, month + 1)[1]
    return f"{year + years:04}-{month + 1:02}-{last if is_last else min(day, last):02}"[
        : len(text)
    ]


def count_months(text: str) -> int:
    """Return a month, counted."""
    return int(text[:4]) * MONTHS + int(text[5:7])


# --- What does not
# ----------------------------------------------------------------------------------------------------


def make_no_rows(_tables: Tables, _name: str) -> list[Row]:
    """Bounds are of years that lie before the first figure; revisions are logged by
    commands.
    """
    return []


def make_next_page(tables: Tables, name: str) -> list[Row]:
    """The day of publication of a source is a text, which may say less than a day."""
    published = add_months(
        max(
            row["published"][:7] for row in tables[name].rows if "-" in row["published"]
        ),
        1,
    )
    return [copy_latest_row(tables[name]) | {"published": published}]


def make_next_event(tables: Tables, name: str) -> list[Row]:
    """Some row has to cite the newer page: an event does."""
    return [
        row | {"source_ids": tables["sources"].new[0]["id"]}
        for row in derive_rows(tables, name)
    ]


def make_next_claim(tables: Tables, name: str) -> list[Row]:
    """The ids of claims are numbers, corrections have numbers of their own, and a
    figure stands in the quotation.
    """
    number = max(int(row["id"][1:3]) for row in tables[name].rows) + 1
    quotation = tables["claim_figures"].rows[-1]["words"]
    return [
        tables[name].rows[-1]
        | {"id": f"C{number:02}", "correction": "", "quotation": quotation}
    ]


def make_next_month(tables: Tables, name: str) -> list[Row]:
    """A total since January grows: here by half of what a month of the newest year
    brought; to December it is a year's.

    Where the table of years gains one, its December comes in, too.
    """
    annual, rows = tables["trade_annual"], []
    year = max(row["year"] for row in annual.rows if row["flow"] == "export")
    steps = {
        flow: int(Decimal(annual.find(year=year, flow=flow)[VALUE])) // (2 * MONTHS)
        for flow in ("export", "import")
    }
    steps["total"] = sum(steps.values())
    for row in list_last_rows(tables[name]):
        month = add_months(row["month"], 1)
        before = Decimal(0 if month.endswith("-01") else row[VALUE])
        rows.append(
            add_growth(
                tables[name],
                row | {"month": month, VALUE: str(before + steps[row["flow"]])},
            )
        )
    years = derive_rows(tables, "trade_annual")
    values = {row["flow"]: int(Decimal(row[VALUE])) for row in years}
    values["total"] = values["export"] + values["import"]
    newest = rows[-1]["month"]
    december = {"month": f"{years[0]['year']}-12"}
    decembers = [
        add_growth(tables[name], row | december | {VALUE: str(values[row["flow"]])})
        for row in rows
    ]
    return rows + [row for row in decembers if row["month"] > newest]


def add_growth(table: Table, row: Row, column: str = VALUE) -> Row:
    """Return the row of a total since January with its growth on the year before, where
    that is known.
    """
    before = table.find(month=add_months(row["month"], -MONTHS), flow=row["flow"])
    if not (before and before[column] and row[column]):
        return row
    growth = (Decimal(row[column]) / Decimal(before[column]) - 1) * 100
    return row | {
        "growth_percent": str(growth.quantize(Decimal("0.1"))),
        "growth_precision_points": "0.1",
    }


def make_next_month_in_yuan(tables: Tables, name: str) -> list[Row]:
    """A total in yuan grows, too: here by a third; where the growth alone is known, the
    growth alone goes on.
    """
    rows = []
    for row in list_last_rows(tables[name]):
        month, value = add_months(row["month"], 1), row["value_cny_billion"]
        more = value and str((Decimal(value) * 4 / 3).quantize(Decimal(value)))
        made = row | {
            "month": month,
            "value_cny_billion": value if month.endswith("-01") else more,
        }
        rows.append(add_growth(tables[name], made, "value_cny_billion"))
    return rows


def make_next_year(tables: Tables, name: str) -> list[Row]:
    """Where the total to December is known it is the year's."""
    rows = derive_rows(tables, name)
    for row in rows:
        if december := tables["trade_to_month"].find(
            month=f"{row['year']}-12", flow=row["flow"]
        ):
            row |= {column: december[column] for column in (VALUE, PRECISION)}
    return rows


def make_next_block(tables: Tables, name: str) -> list[Row]:
    """A block is the difference of the totals at its ends."""
    totals, rows = tables["trade_to_month"], []
    for end in totals.new:
        month, flow = end["month"], end["flow"]
        begin = (
            {VALUE: "0"}
            if month.endswith("-01")
            else totals.find(month=add_months(month, -1), flow=flow)
        )
        if begin is None:
            continue
        like = next(row for row in reversed(tables[name].rows) if row["flow"] == flow)
        rows.append(
            like
            | {
                "start": month,
                "end": month,
                VALUE: str(Decimal(end[VALUE]) - Decimal(begin[VALUE])),
            }
        )
    return rows


def make_next_report(tables: Tables, name: str) -> list[Row]:
    """What China reports is what stands in the annual table."""
    rows = derive_rows(tables, name)
    for row in rows:
        if row["reporter"] == "China":
            value = tables["trade_annual"].find(year=row["year"], flow=row["flow"])[
                VALUE
            ]
            row |= {"value_low_usd_million": value, "value_high_usd_million": value}
    return rows


# in an order in which each finds the newer rows that it needs
RULES: dict[str, Callable[[Tables, str], list[Row]]] = {
    "bounds": make_no_rows,
    "revisions": make_no_rows,
    "sources": make_next_page,
    "events": make_next_event,
    "claims": make_next_claim,
    "statements": derive_rows,
    "trade_to_month": make_next_month,
    "trade_to_month_yuan": make_next_month_in_yuan,
    "trade_annual": make_next_year,
    "trade_blocks": make_next_block,
    "mirror_statistics": make_next_report,
}


# --- What an editor does
# ----------------------------------------------------------------------------------------------


def add_sections(root: Path, tables: Tables) -> None:
    """Write a section for each newer row that must have one, last in the alphabet, and
    a link to the newer term.
    """
    for page in (root / "content").glob("*/*.md"):
        text = page.read_text("utf-8")
        if entries := re.search(r'^entries = "(\w+)"$', text, re.MULTILINE):
            text += "".join(
                f"\n## Zzz {{#{row['id']}}}\n\nOne.\n" for row in tables[entries[1]].new
            )
        if page.stem == "index":
            text += "".join(
                f"\nOne more [term](term:{row['id']}).\n" for row in tables["terms"].new
            )
        page.write_text(text, "utf-8")


def edit_as_build_expects(
    root: Path, problems: Iterable[Problem], former: Mapping[str, str]
) -> None:
    """Write what the build expects: a date or number anew, the years of a claim, a word
    that a chart lacks.

    What a sentence says of the newest time, and ``fix`` could not write, becomes
    history first: a link that says ``latest`` gets the time for which that stood, which
    ``former`` has by the link's target.
    """
    by_place = sorted(
        problems, key=lambda problem: (problem.path, -problem.line, -problem.column)
    )
    for place, group in groupby(by_place, key=lambda problem: problem.path):
        path, own = root / place, list(group)
        before = path.read_text("utf-8")
        moved = [problem for problem in own if MOVED.search(problem.message)]
        if moved:
            text = reduce(partial(_make_history, former=former), moved, before)
        else:
            text = reduce(_mend_problem, own, before)
        if text == before:
            pytest.fail(
                f"plausible rows make this false, and no editor's hand is led: {own}"
            )
        path.write_text(text, "utf-8")


def _make_history(text: str, problem: Problem, *, former: Mapping[str, str]) -> str:
    """Return a file's text in which the sentence of a problem is of the time that was
    the newest before.
    """
    place = _find_place(text, problem)
    begin = max(end.end() for end in SENTENCE_END.finditer(text, 0, place))
    end = SENTENCE_END.search(text, place).start()
    sentence = LAST_MONTH.sub(r"\1", text[begin:end])
    for target, time in former.items():
        sentence = sentence.replace(f"({target})", f"({time})")
    return text[:begin] + sentence + text[end:]


def _find_place(text: str, problem: Problem) -> int:
    """Return where in a file's text a problem is."""
    lines = text.splitlines(keepends=True)[: problem.line - 1]
    return sum(map(len, lines)) + problem.column - 1


def _mend_problem(text: str, problem: Problem) -> str:
    """Return a file's text without a problem; as it is, where nothing says what to write:
    other edits may lead to it, such as that of a date beside it.
    """
    start = _find_place(text, problem)
    if stale := STALE.match(problem.message):
        words = re.compile(r"\s+".join(map(re.escape, stale[1].split()))).match(
            text, start
        )
        return text[:start] + stale[2] + text[words.end() :]
    if untimed := UNTIMED.match(problem.message):
        end = text.index(")", start) + 1
        return f"{text[:end]} from {untimed[1]} to {untimed[2]}{text[end:]}"
    if wordless := WORDLESS.match(problem.message):
        return text.replace("[words]\n", f'[words]\n{wordless[1]} = "Zzz"\n', 1)
    return text
