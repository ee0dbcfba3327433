"""The edge of the tables: which rows are the newest."""

from press.approvals.newest import NewestRowsIndex


def test_the_newest_row_is_that_wherever_it_stands(project):
    """An editor may have put the newest rows first."""
    head, *rows = project.read("data/trade.csv").splitlines()
    project.write("data/trade.csv", "\n".join([head, *reversed(rows), ""]))
    data = project.load()

    newest = NewestRowsIndex(data)

    assert {
        str(row["year"]) for row in data["trade"].rows if newest.is_newest(row)
    } == {"2023"}
