"""What officials said of payments, read for a chart, and as its table."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from press.forms import make_tip_template
from press.ground.grid import Cell, Column, Grid
from press.quantity import count_decimals_to_show, make_cell_of_interval_end
from story import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from press.content import ChartLanguage, Words
    from press.data import Data, Row
    from press.quantity import Quantity

MEASURE = "rouble_and_yuan_in_bilateral_settlement"
COLUMN = f"{MEASURE}_percent"
FIRST = "2021"  # before that no official named a share
YEAR_MONTHS = (1, 12)


class Statement(NamedTuple):
    """What an official said: the day on which the time ends that it is about, that time
    and the official, as told, and the share, as said.
    """

    end: str
    when: str
    who: str
    share: Quantity
    said: str


def make_table(found: Iterable[Statement], words: Words) -> Grid:
    """Return the table of statements: when and by whom each was made, and the share."""
    rows = list[list[Cell]]()
    for each in found:
        head = words["statement"].fill(when=each.when, who=each.who)
        share = each.share
        cell = make_cell_of_interval_end(
            share, share.value, each.said, round(share.value, 1)
        )
        rows.append([Cell(head, head), cell])
    columns = (
        Column("when_and_by_whom", words["table_statement"]),
        Column(COLUMN, words["table_share"]),
    )
    return Grid(columns, rows, tip=make_tip_template(words))


def read_statements(
    data: Data, words: Words, language: ChartLanguage
) -> Iterator[Statement]:
    """Yield what officials said since the first of them did."""
    for row, share in statements.list_settlement_shares(data, MEASURE):
        if str(row["period_start"]) < FIRST:
            continue
        yield Statement(
            str(row["period_end"]),
            _write_period(row, words, language),
            words[re.sub(r"[^a-z0-9]+", "_", str(row["said_by"]).lower())],
            share,
            _write_share(row, share, words, language),
        )


def _write_period(row: Row, words: Words, language: ChartLanguage) -> str:
    """Write the period of a statement: a year, a month, or some months of a year."""
    first = date.fromisoformat(str(row["period_start"]))
    last = date.fromisoformat(str(row["period_end"]))
    if (first.month, last.month) == YEAR_MONTHS:
        return f"{first.year}"
    end = language.date(f"{last:%Y-%m}", short=True)
    if first.month == last.month:
        return end
    begin = language.date(f"{first:%Y-%m}", short=True)
    return words["months"].fill(first=begin.split()[0], last=end)


def _write_share(
    row: Row, share: Quantity, words: Words, language: ChartLanguage
) -> str:
    """Write a share with the word that its speaker put before it; said as a fraction,
    as the fraction.
    """
    how = str(row["qualifier"])
    if share.precision > 1:
        return words[f"{how}_{str(share.value).replace('.', '_')}"]
    decimals = count_decimals_to_show(share, 1)
    return words[how].fill(value=language.number(share.value, decimals))
