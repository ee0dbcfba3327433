"""What must be true of the tables together.

These run in every build: data change without a commit to code.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from press.data import Row
from press.ground.errors import Problems

if TYPE_CHECKING:
    from press.data import Data, Table

VALUE, PRECISION = "value_usd_million", "precision_usd_million"
YUAN, PRECISION_OF_YUAN = "value_cny_billion", "precision_cny_billion"
WITH_FLOWS = {
    "trade_annual": ("year",),
    "trade_to_month": ("month",),
    "trade_to_month_yuan": ("month",),
    "trade_blocks": ("start", "end"),
    "china_world_trade": ("year",),
    "china_world_to_month": ("month",),
    "china_partners": ("year", "partner"),
}
WIDTHS = {VALUE: PRECISION, YUAN: PRECISION_OF_YUAN}
DECEMBER = 12
# how far publishers revise the year before, on which they print growth, at most
REVISED = Decimal("0.05")


def check(data: Data) -> list[str]:
    """Raise ``BuildError`` where tables contradict each other; return what could not be
    compared, and why.
    """
    problems = Problems()
    for name, keys in WITH_FLOWS.items():
        flows_add_up(data[name], keys, problems)
    totals_rise_to_the_year(data, problems)
    yuan_fit(data["trade_to_month_yuan"], problems)
    for name, keys in WITH_FLOWS.items():
        if keys == ("month",):
            growth_fits(data[name], data["sources"], problems)
    the_first_is_the_first(data["crude_suppliers"], problems)
    skipped = blocks_fit(data, problems)
    services_agree_with_annual(data, problems)
    sources_are_cited(data, problems)
    problems.stop_if_any()
    return (
        [f"not compared, for want of a total at one end: {', '.join(skipped)}"]
        if skipped
        else []
    )


def flows_add_up(table: Table, keys: tuple[str, ...], problems: Problems) -> None:
    """Exports and imports make the total, within half the sum of the widths to which
    the three are known.
    """
    column = YUAN if YUAN in table.description.fields else VALUE
    groups: defaultdict[tuple[object, ...], dict[str, Row]] = defaultdict(dict)
    for row in table.rows:
        if row[column] is not None:  # of some months the growth alone is known
            groups[tuple(row[key] for key in keys)][str(row["flow"])] = row
    for key, flows in groups.items():
        if flows.keys() >= {"export", "import", "total"}:
            parts = [flows["export"], flows["import"]]
            expected = parts[0].number(column) + parts[1].number(column)
            _compare(
                flows["total"],
                expected,
                parts,
                problems,
                f"exports + imports of {_words(key)}",
            )


def totals_rise_to_the_year(data: Data, problems: Problems) -> None:
    """A January-to-month total never falls within a year, and its last one is the
    year's: neither is without the other.

    A year's row that is derived follows from another year, and has no December.
    """
    annual, before = data["trade_annual"].by_key, dict[tuple[object, str], Row]()
    for row in sorted(data["trade_to_month"].rows, key=lambda row: str(row["month"])):
        year, month = _year_month(row["month"])
        earlier = before.get((row["flow"], str(year)))
        if earlier and row.number(VALUE) < earlier.number(VALUE):
            found = (
                f"found {row[VALUE]} to {row['month']}, expected at least"
                f" {earlier[VALUE]} as to {earlier['month']}"
            )
            problems.add(
                row.path,
                row.line,
                f"{VALUE}: {found}",
                "a January-to-month total cannot fall within a year",
            )
        before[(row["flow"], str(year))] = row
        whole = annual.get((year, row["flow"]))
        if month == DECEMBER and whole:
            _compare(
                row,
                whole.number(VALUE),
                [whole],
                problems,
                f"{year} in {whole.path}:{whole.line}",
            )
        elif month == DECEMBER:
            message = (
                f"found a total to {row['month']}, expected a row {year}, {row['flow']}"
                " in trade_annual"
            )
            problems.add(
                row.path,
                row.line,
                f"{message}: it is the year's",
                "import or record the month: its year comes in",
            )
    december = {
        (int(year), flow)
        for (flow, year), row in before.items()
        if _year_month(row["month"])[1] == DECEMBER
    }
    for row in data["trade_annual"].rows:
        year, flow = int(row.number("year")), row["flow"]
        is_late = any(first < year for first, other in december if other == flow)
        if is_late and not row.is_derived and (year, flow) not in december:
            message = (
                f"found {flow} of {year}, expected a total to {year}-{DECEMBER} in"
                " trade_to_month: it is the same"
            )
            problems.add(
                row.path,
                row.line,
                message,
                "import or record that month: its year comes in with it",
            )


def yuan_fit(table: Table, problems: Problems) -> None:
    """A row in yuan has a value, a growth or both, each with its precision; a value
    never falls within a year.
    """
    before = dict[tuple[object, str], Row]()
    for row in sorted(table.rows, key=lambda row: str(row["month"])):
        pairs = {YUAN: PRECISION_OF_YUAN, "growth_percent": "growth_precision_points"}
        for column, width in pairs.items():
            if (row[column] is None) != (row[width] is None):
                problems.add(
                    row.path,
                    row.line,
                    f"found one of {column} and {width}, expected both or neither",
                )
        if all(row[column] is None for column in pairs):
            problems.add(
                row.path,
                row.line,
                f"found neither {YUAN} nor growth_percent, expected one of them",
            )
        if row[YUAN] is None:
            continue
        series = row["flow"], str(row["month"])[:4]
        earlier = before.get(series)
        if earlier and row.number(YUAN) < earlier.number(YUAN):
            found = (
                f"found {row[YUAN]} to {row['month']}, expected at least"
                f" {earlier[YUAN]} as to {earlier['month']}"
            )
            problems.add(
                row.path,
                row.line,
                f"{YUAN}: {found}",
                "a January-to-month total cannot fall within a year",
            )
        before[series] = row


def growth_fits(table: Table, sources: Table, problems: Problems) -> None:
    """A January-to-month total is that of the year before, grown as printed, but for
    what was revised meanwhile.

    Only what a program has read is held to that: a page may be of another year or
    country than it says.
    """
    column = YUAN if YUAN in table.description.fields else VALUE
    read = {row["id"] for row in sources.rows if row.values.get("accessed")}
    for row in table.rows if read else ():
        if not read & {*row.source_ids}:
            continue
        year, month = _year_month(row["month"])
        before, growth = (
            table.by_key.get((f"{year - 1}-{month:02}", row["flow"])),
            row.values.get("growth_percent"),
        )
        if (
            growth is None
            or row[column] is None
            or before is None
            or before[column] is None
        ):
            continue
        expected = before.number(column) * (1 + row.number("growth_percent") / 100)
        if abs(row.number(column) - expected) > REVISED * expected:
            what = (
                f"{before[column]} of the year before (line {before.line}) and a growth"
                f" of {growth} percent"
            )
            problems.add(
                row.path,
                row.line,
                f"{column}: found {row[column]}, expected about {expected:.0f} after"
                f" {what}",
            )


def the_first_is_the_first(table: Table, problems: Problems) -> None:
    """Russia is named as the first supplier of crude oil in the years in which its rank
    is 1, and in no other.
    """
    for row in table.rows:
        if (row["rank_of_russia"] == 1) != (row["first_supplier"] == "Russia"):
            message = (
                f"found rank {row['rank_of_russia']} of Russia beside the first"
                f" supplier {row['first_supplier']}"
            )
            problems.add(
                row.path, row.line, f"{message}, expected rank 1 for Russia alone"
            )


def blocks_fit(data: Data, problems: Problems) -> list[str]:
    """Blocks of months overlap nowhere and agree with the totals at both their ends;
    return those without such ends.
    """
    totals, skipped = data["trade_to_month"].by_key, list[str]()
    ends = dict[object, Row]()
    for row in sorted(
        data["trade_blocks"].rows, key=lambda row: (str(row["flow"]), str(row["start"]))
    ):
        last = ends.get(row["flow"])
        if last and str(row["start"]) <= str(last["end"]):
            message = (
                f"found months from {row['start']}, which the block {last['start']} to"
                f" {last['end']} has already"
            )
            problems.add(row.path, row.line, f"{message} (line {last.line})")
        ends[row["flow"]] = row
        year, month = _year_month(row["start"])
        name = f"{row['start']} to {row['end']}"
        end = totals.get((row["end"], row["flow"]))
        begin = totals.get((f"{year}-{month - 1:02}", row["flow"]))
        if end is None or (begin is None and month > 1):
            skipped.append(f"{name} ({row['flow']})")
            continue
        difference = end.number(VALUE) - (begin.number(VALUE) if begin else 0)
        _compare(
            row,
            difference,
            [end, *([begin] if begin else [])],
            problems,
            f"the totals at the ends of {name}",
        )
    return skipped


def services_agree_with_annual(data: Data, problems: Problems) -> None:
    """What China reports stands beside Russia's figures as it stands in the annual
    table.
    """
    annual = data["trade_annual"].by_key
    for row in data["mirror_statistics"].rows:
        whole = annual.get((row["year"], row["flow"]))
        if row["reporter"] == "China" and (
            whole is None or whole.number(VALUE) != row.number("value_low_usd_million")
        ):
            expected = (
                f"{whole[VALUE]} as in {whole.path}:{whole.line}"
                if whole
                else "a row of trade_annual"
            )
            problems.add(
                row.path,
                row.line,
                f"found {row['value_low_usd_million']}, expected {expected}",
            )


def sources_are_cited(data: Data, problems: Problems) -> None:
    """Every source is cited by some row of some table."""
    cited = {
        source
        for table in data.values()
        for row in table.rows
        for source in row.source_ids
    }
    for row in data["sources"].rows:
        if row["id"] not in cited:
            problems.add(
                row.path,
                row.line,
                f"found the source {row['id']}, which no row cites",
                "delete it, or cite it",
            )


def _compare(
    row: Row, expected: Decimal, others: list[Row], problems: Problems, what: str
) -> None:
    column = YUAN if YUAN in row.values else VALUE
    value, width = row.number(column), WIDTHS[column]
    allowed = sum((other.number(width) for other in (row, *others)), Decimal(0)) / 2
    if abs(value - expected) > allowed:
        message = f"{column}: found {value}, expected {expected} ± {allowed} ({what})"
        problems.add(row.path, row.line, message)


def _year_month(month: object) -> tuple[int, int]:
    year, number = str(month).split("-")
    return int(year), int(number)


def _words(key: tuple[object, ...]) -> str:
    return " to ".join(map(str, key))
