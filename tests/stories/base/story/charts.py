"""The one chart of the small story, without Altair: a specification of Vega-Lite as it is."""

from __future__ import annotations

from press.figures import Grid, Plot


class _Specification(dict):
    def to_dict(self):
        return dict(self)


def totals(data, words, language):
    """Trade by year, a bar each."""
    rows = [row for row in data["trade"].rows if row["flow"] == "total"]
    values = [{"year": row["year"], "value": float(row.number("value_usd_million")) / 1000} for row in rows]
    cells = [[words["value"].fill(year=item["year"]), language.number(item["value"], 1)] for item in values]
    return Plot(lambda size: _bars(values, size), Grid([words["corner"], "$ bn"], cells), frozenset(rows))


def _bars(values, size):
    return _Specification(
        data={"values": values},
        mark={"type": "bar", "color": "var(--accent)"},
        encoding={"x": {"field": "year", "type": "ordinal"}, "y": {"field": "value", "type": "quantitative"}},
        width=size.width,
        height=120,
        autosize={"type": "fit", "contains": "padding"},
    )
