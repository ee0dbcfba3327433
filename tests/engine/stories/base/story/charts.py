"""The one chart of the small story, without Altair: a specification of Vega-Lite as it is."""

from __future__ import annotations

from press.figures import Plot
from press.ground.grid import Cell, Column, Grid


class _Specification(dict):
    def to_dict(self, **_):
        return dict(self)


def totals(data, words, language):
    """Trade by year, a bar each."""
    rows = [row for row in data["trade"].rows if row["flow"] == "total"]
    totals = [row.number("value_usd_million") / 1000 for row in rows]
    cells = [
        [Cell(words["value"].fill(year=row["year"]), row["year"]), Cell(language.number(total, 1), total)]
        for row, total in zip(rows, totals, strict=True)
    ]
    table = Grid([Column("year", words["corner"]), Column("total_usd_billion", "$ bn")], cells)
    values = [
        {"year": row["year"], "value": float(total), "point": table.make_tip(number, "total_usd_billion").text}
        for number, (row, total) in enumerate(zip(rows, totals, strict=True))
    ]
    return Plot(lambda size: _bars(values, size), table, frozenset(rows))


def _bars(values, size):
    return _Specification(
        data={"values": values},
        mark={"type": "bar", "color": "var(--accent)"},
        encoding={
            "x": {"field": "year", "type": "ordinal"},
            "y": {"field": "value", "type": "quantitative"},
            "description": {"field": "point"},
        },
        width=size.width,
        height=120,
        autosize={"type": "fit", "contains": "padding"}, background="transparent", config={"axis": {"labelColor": "var(--ink)", "titleColor": "var(--ink)"}},
    )
