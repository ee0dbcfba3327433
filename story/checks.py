"""What must be true of the tables together.

These run in every build: data change without a commit to code. A check takes tables and
adds a problem for each row that breaks it.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from press.data import Row
from press.ground.errors import Problems

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from press.data import Data, Table

VALUE = "value_usd_million"
YUAN = "value_cny_billion"
PRECISIONS = {VALUE: "precision_usd_million", YUAN: "precision_cny_billion"}
GROWTH = "growth_percent"
PRECISION_OF_GROWTH = "growth_precision_points"
DIRECTIONS = ("export", "import")
# tables with a row for each flow, and the columns that a flow's rows have in common
KEYS_BESIDE_FLOW = {
    "trade_annual": ("year",),
    "trade_to_month": ("month",),
    "trade_to_month_yuan": ("month",),
    "trade_blocks": ("start", "end"),
    "china_world_trade": ("year",),
    "china_world_to_month": ("month",),
    "china_partners": ("year", "partner"),
}
DECEMBER = 12
# how far publishers revise the year before, on which they print growth, at most
MOST_REVISED = Decimal("0.05")


def check(data: Data) -> list[str]:
    """Raise ``BuildError`` where tables contradict each other; return what could not be
    compared, and why.
    """
    problems = Problems()
    for name, keys in KEYS_BESIDE_FLOW.items():
        check_flows_add_up(data[name], keys, problems)
    check_totals_never_fall(data["trade_to_month"], problems)
    check_december_is_the_year(data, problems)
    check_years_have_december(data, problems)
    check_yuan_is_complete(data["trade_to_month_yuan"], problems)
    check_totals_never_fall(data["trade_to_month_yuan"], problems)
    for name, keys in KEYS_BESIDE_FLOW.items():
        if keys == ("month",):
            check_growth_fits(data[name], data["sources"], problems)
    check_first_supplier_has_rank_1(data["crude_suppliers"], problems)
    check_blocks_do_not_overlap(data["trade_blocks"], problems)
    skipped = check_blocks_fit_totals(data, problems)
    check_reports_of_china_are_the_year(data, problems)
    check_sources_are_cited(data, problems)
    problems.stop_if_any()
    if not skipped:
        return []
    return [f"not compared, for want of a total at one end: {', '.join(skipped)}"]


# --- Flows and totals
# --------------------------------------------------------------------------------------


def check_flows_add_up(table: Table, keys: Sequence[str], problems: Problems) -> None:
    """Exports and imports make the total, within half the sum of the widths to which
    the three are known; ``keys`` are the columns that the three have in common.
    """
    column = _get_value_column(table.description.fields)
    rows_by_key = defaultdict[tuple[object, ...], dict[str, Row]](dict)
    for row in table.rows:
        if row[column] is not None:  # of some months the growth alone is known
            key = tuple(row[name] for name in keys)
            rows_by_key[key][str(row["flow"])] = row
    for common, row_by_flow in rows_by_key.items():
        if row_by_flow.keys() >= {"total", *DIRECTIONS}:
            parts = [row_by_flow[flow] for flow in DIRECTIONS]
            expected = parts[0].number(column) + parts[1].number(column)
            reason = f"exports + imports of {' to '.join(map(str, common))}"
            _compare_value(row_by_flow["total"], expected, parts, reason, problems)


def check_totals_never_fall(table: Table, problems: Problems) -> None:
    """A January-to-month total never falls within a year."""
    column = _get_value_column(table.description.fields)
    previous: dict[tuple[object, int], Row] = {}
    for row in sorted(table.rows, key=_get_month_as_text):
        if row[column] is None:
            continue
        series = (row["flow"], _read_month(row).year)
        earlier = previous.get(series)
        if earlier and row.number(column) < earlier.number(column):
            message = (
                f"{column}: found {row[column]} to {row['month']}, expected at least"
                f" {earlier[column]} as to {earlier['month']}"
            )
            hint = "a January-to-month total cannot fall within a year"
            problems.add(row.path, row.line, message, hint)
        previous[series] = row


def check_december_is_the_year(data: Data, problems: Problems) -> None:
    """A total from January to December is that of the year, which is not without it."""
    years = data["trade_annual"].by_key
    for row in data["trade_to_month"].rows:
        month = _read_month(row)
        if month.number != DECEMBER:
            continue
        whole = years.get((month.year, row["flow"]))
        if whole:
            reason = f"{month.year} in {whole.path}:{whole.line}"
            _compare_value(row, whole.number(VALUE), [whole], reason, problems)
        else:
            message = (
                f"found a total to {row['month']}, expected a row {month.year},"
                f" {row['flow']} in trade_annual: it is the year's"
            )
            hint = "import or record the month: its year comes in"
            problems.add(row.path, row.line, message, hint)


def check_years_have_december(data: Data, problems: Problems) -> None:
    """After the first year whose total to December is known, each has one.

    A year's row that is derived follows from another year, and has none.
    """
    years_with_december = defaultdict[object, set[int]](set)
    for row in data["trade_to_month"].rows:
        month = _read_month(row)
        if month.number == DECEMBER:
            years_with_december[row["flow"]].add(month.year)
    for row in data["trade_annual"].rows:
        year = int(row.number("year"))
        known = years_with_december[row["flow"]]
        if row.is_derived or year in known or not known or year < min(known):
            continue
        message = (
            f"found {row['flow']} of {year}, expected a total to {year}-{DECEMBER} in"
            " trade_to_month: it is the same"
        )
        hint = "import or record that month: its year comes in with it"
        problems.add(row.path, row.line, message, hint)


def check_yuan_is_complete(table: Table, problems: Problems) -> None:
    """A row in yuan has a value, a growth or both, each with its precision."""
    pairs = {YUAN: PRECISIONS[YUAN], GROWTH: PRECISION_OF_GROWTH}
    for row in table.rows:
        for column, precision in pairs.items():
            if (row[column] is None) != (row[precision] is None):
                message = (
                    f"found one of {column} and {precision}, expected both or neither"
                )
                problems.add(row.path, row.line, message)
        if all(row[column] is None for column in pairs):
            message = f"found neither {YUAN} nor {GROWTH}, expected one of them"
            problems.add(row.path, row.line, message)


def check_growth_fits(table: Table, sources: Table, problems: Problems) -> None:
    """A January-to-month total is that of the year before, grown as printed, but for
    what was revised meanwhile.

    Only what a program has read is held to that: a page may be of another year or
    country than it says.
    """
    column = _get_value_column(table.description.fields)
    read_sources = {row["id"] for row in sources.rows if row.values.get("accessed")}
    for row in table.rows:
        if read_sources.isdisjoint(row.source_ids):
            continue
        month = _read_month(row)
        before = table.by_key.get((str(month.a_year_before), row["flow"]))
        growth = row.values.get(GROWTH)
        if before is None or growth is None:
            continue
        if row[column] is None or before[column] is None:
            continue
        expected = before.number(column) * (1 + row.number(GROWTH) / 100)
        if abs(row.number(column) - expected) > MOST_REVISED * expected:
            message = (
                f"{column}: found {row[column]}, expected about {expected:.0f} after"
                f" {before[column]} of the year before (line {before.line}) and a"
                f" growth of {growth} percent"
            )
            problems.add(row.path, row.line, message)


# --- Tables beside them
# --------------------------------------------------------------------------------------


def check_first_supplier_has_rank_1(table: Table, problems: Problems) -> None:
    """Russia is named as the first supplier of crude oil in the years in which its rank
    is 1, and in no other.
    """
    for row in table.rows:
        has_rank_1 = row["rank_of_russia"] == 1
        is_named_first = row["first_supplier"] == "Russia"
        if has_rank_1 != is_named_first:
            message = (
                f"found rank {row['rank_of_russia']} of Russia beside the first"
                f" supplier {row['first_supplier']}, expected rank 1 for Russia alone"
            )
            problems.add(row.path, row.line, message)


def check_blocks_do_not_overlap(table: Table, problems: Problems) -> None:
    """No two blocks of months of a flow have a month in common."""
    previous: dict[object, Row] = {}
    for row in _sort_blocks(table):
        last = previous.get(row["flow"])
        if last and str(row["start"]) <= str(last["end"]):
            message = (
                f"found months from {row['start']}, which the block {last['start']} to"
                f" {last['end']} has already (line {last.line})"
            )
            problems.add(row.path, row.line, message)
        previous[row["flow"]] = row


def check_blocks_fit_totals(data: Data, problems: Problems) -> list[str]:
    """A block of months agrees with the totals at both its ends; return those without
    such ends.
    """
    totals = data["trade_to_month"].by_key
    skipped: list[str] = []
    for row in _sort_blocks(data["trade_blocks"]):
        name = f"{row['start']} to {row['end']}"
        start = _Month.parse(row["start"])
        end_total = totals.get((row["end"], row["flow"]))
        start_total = totals.get((str(start.month_before), row["flow"]))
        is_start_missing = start.number > 1 and start_total is None
        if end_total is None or is_start_missing:
            skipped.append(f"{name} ({row['flow']})")
            continue
        ends = [end_total]
        expected = end_total.number(VALUE)
        if start_total:
            ends.append(start_total)
            expected -= start_total.number(VALUE)
        reason = f"the totals at the ends of {name}"
        _compare_value(row, expected, ends, reason, problems)
    return skipped


def check_reports_of_china_are_the_year(data: Data, problems: Problems) -> None:
    """What China reports stands beside Russia's figures as it stands in the annual
    table.
    """
    years = data["trade_annual"].by_key
    for row in data["mirror_statistics"].rows:
        if row["reporter"] != "China":
            continue
        whole = years.get((row["year"], row["flow"]))
        if whole is None:
            expected = "a row of trade_annual"
        elif whole.number(VALUE) != row.number("value_low_usd_million"):
            expected = f"{whole[VALUE]} as in {whole.path}:{whole.line}"
        else:
            continue
        message = f"found {row['value_low_usd_million']}, expected {expected}"
        problems.add(row.path, row.line, message)


def check_sources_are_cited(data: Data, problems: Problems) -> None:
    """Every source is cited by some row of some table."""
    cited = set[str]()
    for table in data.values():
        for row in table.rows:
            cited.update(row.source_ids)
    for row in data["sources"].rows:
        if row["id"] not in cited:
            message = f"found the source {row['id']}, which no row cites"
            problems.add(row.path, row.line, message, "delete it, or cite it")


# --- What these share
# --------------------------------------------------------------------------------------


class _Month(NamedTuple):
    """A month of a year, written as tables have it: 2023-01."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: object) -> _Month:
        """Read a month of a table; its form has been checked with the table."""
        year, number = str(text).split("-")
        return cls(int(year), int(number))

    @property
    def a_year_before(self) -> _Month:
        """The same month of the year before."""
        return _Month(self.year - 1, self.number)

    @property
    def month_before(self) -> _Month:
        """The month before in the same year; of January month 0, which no table has."""
        return _Month(self.year, self.number - 1)

    def __str__(self) -> str:
        """Write it as tables have it."""
        return f"{self.year}-{self.number:02}"


def _read_month(row: Row) -> _Month:
    return _Month.parse(row["month"])


def _get_month_as_text(row: Row) -> str:
    return str(row["month"])


def _sort_blocks(table: Table) -> list[Row]:
    """Return blocks of months by flow, in order of time."""
    return sorted(table.rows, key=lambda row: (str(row["flow"]), str(row["start"])))


def _get_value_column(columns: Container[str]) -> str:
    """Return which of the columns of a table has its values: dollars or yuan."""
    return YUAN if YUAN in columns else VALUE


def _compare_value(
    row: Row, expected: Decimal, others: Sequence[Row], reason: str, problems: Problems
) -> None:
    """Add a problem where the value of a row is not the one that follows from others,
    within half the sum of the widths to which all of them are known.
    """
    column = _get_value_column(row.values)
    value = row.number(column)
    widths = [each.number(PRECISIONS[column]) for each in (row, *others)]
    allowed = sum(widths, Decimal(0)) / 2
    if abs(value - expected) > allowed:
        message = f"{column}: found {value}, expected {expected} ± {allowed} ({reason})"
        problems.add(row.path, row.line, message)
