"""Times as tables in the wild have them, read as tables of a story have them."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

TIME_NAMES = {  # of a column of times, by its type
    "year": "year",
    "quarter": "quarter",
    "yearmonth": "month",
    "date": "day",
}
TIME_WORDS = re.compile(
    r"(?<![a-z])(fy|years?|seasons?|quarters?|months?|dates?|days?|time|timestamp"
    r"|period|datum|années?|años?|anno|mes|mois|fecha)(?![a-z])|jahr|monat|quartal"
    r"|(?<![а-я])(год|месяц|дата)|[年月]|日期",
    re.IGNORECASE,
)
LIKELY_YEAR = r"1[5-9]\d\d|20\d\d"  # where no head says that it is one
MIDNIGHT = r"[T ]00:00(:00(\.0+)?)?Z?$"
QUARTER = r"\bQ ?([1-4])\b|(?<=\d)Q([1-4])\b"
FISCAL = re.compile(
    r"(?:FY ?)?(\d{4}) ?[/–-] ?(\d{4}|\d\d)|FY ?(\d{4}|\d\d)", re.IGNORECASE
)
# as strptime has them; quarters stand as their first months
FORMATS = {
    "year": "%Y",
    "quarter": "%Y-Q%m|%Y Q%m|%YQ%m|Q%m %Y|Q%m-%Y|%Y/Q%m",
    "yearmonth": "%Y-%m|%Y/%m|%YM%m|%m/%Y|%b %Y|%B %Y|%Y-%b|%b-%Y",
    "date": "%Y-%m-%d|%Y/%m/%d|%B %d, %Y|%d.%m.%Y|%d %B %Y|%d %b %Y|%d-%b-%Y",
}
DAYS_BY_ORDER = {"dmy": "%d/%m/%Y|%d-%m-%Y", "mdy": "%m/%d/%Y|%m-%d-%Y"}
WRITTEN = {"year": "%Y", "quarter": "%Y-Q%q", "yearmonth": "%Y-%m", "date": "%Y-%m-%d"}
FREQUENCIES = {"year": "Y", "quarter": "Q", "yearmonth": "M", "date": "D"}
SAMPLE = 20
MOSTLY = 0.75
SERIES = 3  # so many times are no accident


class TimeColumn(NamedTuple):
    """A column of times as tables of a story have them: its type, its cells, "" for
    what is none, and what was made of them, "" where nothing was.

    ``rival`` is a cell that is another day where the month stands first.
    """

    type: str
    cells: pd.Series[str]
    note: str = ""
    rival: str = ""


def parse_times(head: str, cells: pd.Series[str], order: str = "") -> TimeColumn | None:
    """Return a column of times, whose days are written in an ``order`` if one is given;
    ``None`` for a column of other things.
    """
    filled = cells[cells != ""]
    found = _parse_fiscal_years(cells) or _parse_best_format(cells, order)
    if found is None or found.cells.ne("").sum() < MOSTLY * len(filled):
        return None
    is_sure = found.type != "year" or TIME_WORDS.search(head)
    if is_sure or filled.str.fullmatch(LIKELY_YEAR).all():
        return found
    return None


def _parse_fiscal_years(cells: pd.Series[str]) -> TimeColumn | None:
    """Return fiscal years by the years in which they end, ``None`` unless most cells
    are such.
    """
    years = cells.map(_parse_fiscal_year)
    if years.ne("").sum() < MOSTLY * cells.ne("").sum() or years.equals(cells):
        return None
    return TimeColumn("year", years, "fiscal years, by the year in which each ends")


def _parse_fiscal_year(cell: str) -> str:
    """Return the year in which a fiscal year ends: 2024 for 2023/24, FY2024 and FY24;
    "" for anything else.
    """
    found = FISCAL.fullmatch(cell)
    if not found:
        return ""
    start, end, single = found.groups()
    if not start:
        return single if len(single) > len("24") else f"20{single}"
    year = str(int(start) + 1)
    return year if year.endswith(end) else ""


class _ReadTimes(NamedTuple):
    """Cells as moments, read by a format, and the type of column that it is of."""

    kind: str
    times: pd.Series[pd.Timestamp]


def _parse_best_format(cells: pd.Series[str], order: str) -> TimeColumn | None:
    """Return times in the form in which most cells are, ``None`` where none fits."""
    plain = cells.str.replace(MIDNIGHT, "", regex=True)
    plain = plain.str.replace(QUARTER, _put_month_for_quarter, regex=True)
    sample = plain[plain != ""].head(SAMPLE)
    days = DAYS_BY_ORDER.get(order, "|".join(DAYS_BY_ORDER.values()))
    found = list[_ReadTimes]()
    for kind, patterns in (*FORMATS.items(), ("date", days)):
        for pattern in patterns.split("|"):
            if _parse_cells(sample, pattern).notna().any():
                found.append(_ReadTimes(kind, _parse_cells(plain, pattern)))
    if not found:
        return None
    best_kind, best = max(found, key=lambda read: read.times.count())
    rivals = [
        cells[times != best].iloc[0]
        for _, times in found
        if times.count() == best.count() and not times.equals(best)
    ]
    kind = _find_widest_type(best) if best_kind == "date" else best_kind
    written = best.dt.to_period(FREQUENCIES[kind]).dt.strftime(WRITTEN[kind])
    note = ""
    if kind != best_kind:
        note = f"each {TIME_NAMES[kind]} stood as its first or last day"
    return TimeColumn(kind, written.fillna(""), note, "".join(rivals[:1]))


def _put_month_for_quarter(found: re.Match[str]) -> str:
    """Write a quarter as its first month: Q04 for Q2."""
    return f"Q{int(found[1] or found[2]) * 3 - 2:02}"


def _parse_cells(cells: pd.Series[str], pattern: str) -> pd.Series[pd.Timestamp]:
    """Return cells as moments, those of another form as not a time."""
    return pd.to_datetime(cells, format=pattern, errors="coerce")


def _find_widest_type(times: pd.Series[pd.Timestamp]) -> str:
    """Return the type of column for days: "year" where all are first or last days of
    years, and so on; "date" where they are just days.
    """
    days = times.dropna().drop_duplicates()
    if len(days) >= SERIES:
        for kind, frequency in FREQUENCIES.items():
            periods = days.dt.to_period(frequency).dt
            is_start = periods.start_time == days
            is_end = periods.end_time.dt.normalize() == days
            if is_start.all() or is_end.all():
                return kind
    return "date"
