"""A chart to change: a text, drawn, and a table of a row and a measure."""

from press.figures import Plot
from press.ground.grid import Cell, Column, Grid
from story import measures


class Specification(dict):
    def to_dict(self, **_):
        return dict(self)


def tested(data, words, language):
    """One export."""
    row = data["trade"].by_key[2021, "export"]
    value = language.number(row.number("value_usd_million"))
    cells = [[Cell(f"Row {value}", 1), Cell(f"Measure {measures.TESTED}", measures.TESTED)]]
    table = Grid([Column("row", words["corner"]), Column("value", "Value")], cells)
    return Plot(lambda size: draw(table, size), table, frozenset({row}))


def draw(table, size):
    return Specification(
        mark={"type": "text", "color": "var(--ink)", "text": "Drawn."},
        data={"values": [{"point": table.make_tip(0, "value").text}]},
        encoding={"description": {"field": "point"}},
        width=size.width,
        height=40,
        autosize={"type": "fit", "contains": "padding"},
        background="transparent",
    )
