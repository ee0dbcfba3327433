"""Series have names that stand in a drawing or in its subtitle."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from press.grid import Cell, Column, Grid
from press.pages.legend import unnamed


def figure(names, words, series="columns", shown=None):
    """Return what a drawing with these texts shows of a table whose series have these names."""
    cells = [Cell("5", Decimal(5))] * len(names)
    if series == "columns":
        columns = [Column(f"series_{number}", name) for number, name in enumerate(names)]
        table = Grid([Column("year", "Year"), *columns], [[Cell("2023", 2023), *cells]])
    else:
        table = Grid(
            [Column("name", "Name"), Column("value", "Value")], [[Cell(name, name), cells[0]] for name in names], "rows"
        )
    tips = [tip for tip in table.tips() if shown is None or any(name in tip.text for name in shown)]
    texts = "".join(f"<text x='1'>{word}</text>" for word in words)
    drawing = SimpleNamespace(size="wide", svg=f"<svg>{texts}</svg>")
    return SimpleNamespace(shown=table.showing(tips), drawings=[drawing])


@pytest.mark.parametrize(
    ("names", "words", "subtitle", "missing"),
    [
        (["Exports", "Imports"], ["exports", "IMPORTS 5"], "Trade", []),
        (["Exports", "Imports"], ["exports"], "Trade", ["Imports"]),
        (["Exports", "Imports"], [], "Exports, and imports above them", []),
        (["Our oil", "Our gas"], ["our goods"], "Our trade", ["Our oil", "Our gas"]),
        (["Goal", "Trade"], ["goals", "trade"], "", []),
        (["Ale", "Trade"], ["sale", "trade"], "", ["Ale"]),
        (["$ bn", "€ bn"], ["$ bn"], "", ["€ bn"]),
        (["Öl", "Coal"], ["&Ouml;l", "<tspan>Coal</tspan>"], "", []),
        (["Exports"], [], "Trade", []),
    ],
)  # fmt: skip
def test_a_word_of_each_name_stands_beside_its_series(names, words, subtitle, missing):
    """A word that not all names share is enough, in the drawing or in the subtitle; one series needs none."""
    assert list(unnamed(figure(names, words), subtitle)) == [("wide", name) for name in missing]


def test_what_the_drawing_does_not_show_needs_no_name():
    """A table may hold more than its drawing."""
    assert list(unnamed(figure(["Exports", "Imports"], [], shown=["Exports"]), "")) == []


@pytest.mark.parametrize(("words", "missing"), [(["Oil", "Gas"], []), (["Oil"], ["Gas", "Wood"])])
def test_many_rows_may_stand_together_as_others(words, missing):
    """Of series in rows two names are enough, one is not."""
    assert list(unnamed(figure(["Oil", "Gas", "Wood"], words, "rows"), "")) == [("wide", name) for name in missing]
