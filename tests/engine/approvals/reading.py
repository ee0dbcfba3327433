"""What tests of approvals share: a small story, what is unread in it, and somebody who
reads all of it.
"""

from decimal import Decimal
from types import SimpleNamespace

from press.desk import read
from press.desk.stages import load_story_and_check_texts
from press.ground.files import replace_files_one_by_one
from press.ground.grid import Cell, Column, Grid
from tests.engine.project import load_story

TABLE = "data/trade.csv"
FIGURES = {"2021": "146.9", "2022": "190.3", "2023": "240.1"}


def reviewed(project, figures=FIGURES):
    """Return the review of a story whose chart shows some figures by their years;
    nothing is drawn.
    """
    bound = load_story_and_check_texts(project.root, load_story)
    columns = [Column("year", "Year"), Column("total_usd_billion", "$ bn")]
    grid = Grid(
        columns,
        [
            [Cell(year, year), Cell(text, Decimal(text))]
            for year, text in figures.items()
        ],
    )
    chart = SimpleNamespace(
        name="totals", rows=bound.facts.data["trade"].rows, drawn_table=grid
    )
    return read.review_passages(bound, {"totals": chart}, project.root)


def unread(project, figures=FIGURES):
    """Return the words that nobody has read, in order."""
    return [item.passage.words for item in reviewed(project, figures).unread]


def why(project, figures=FIGURES):
    """Return why words are unread, by the words."""
    return {
        item.passage.words: "; ".join(item.reasons)
        for item in reviewed(project, figures).unread
    }


def read_all(project, figures=FIGURES):
    """Approve all that is unread."""
    found = reviewed(project, figures)
    replace_files_one_by_one(
        found.format_files_changed_by_approving(
            [item.passage for item in found.unread]
        ),
        project.root,
        "read",
        may_create=True,
    )
    assert unread(project, figures) == []
