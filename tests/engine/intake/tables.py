"""Small tables for tests of what comes in: a running total by month, pages of three
ranks, a log of revisions.
"""

import shutil
from pathlib import Path

from press.data import load_tables
from press.intake.merge import merge_releases
from press.intake.release import Release, ReleaseRow

HEAD = """title = "T"
description = "D"
licenses = [{ name = "facts", title = "Facts" }]
sources = [{ title = "S" }]
"""
FIELD = (
    '\n[[schema.fields]]\nname = "{}"\ntype = "{}"\ntitle = "T"\ndescription ='
    ' "D"\n{}\n'
)
DATA = Path(__file__).parent / "data"
FOLLOWS = '[refresh]\nhow = "H."\nfollows_revisions = true\n'


def described(key, *fields, refresh="", end=""):
    """Return a description with these columns and this key."""
    body = "".join(FIELD.format(*field) for field in fields)
    keys = ", ".join(f'"{name}"' for name in key)
    return f"{HEAD}{refresh}\n[schema]\nprimaryKey = [{keys}]\n{body}{end}"


BODY = {
    "id": "body-1",
    "address": "https://body.example/1",
    "published": "2024-04-01",
    "strength": "primary",
}


def with_log(project, rows=""):
    """Give a small story a log of revisions."""
    project.write("data/revisions.toml", (DATA / "revisions.toml").read_bytes())
    head = (DATA / "revisions.csv").read_text("utf-8")
    project.write("data/revisions.csv", head + rows)
    return project


class Folder:
    """A folder of tables that releases are merged into, as the commands do it."""

    def __init__(self, root: Path, *, follows: bool = False) -> None:
        """Write the small tables, of which the first may follow revisions."""
        self.root = root
        shutil.copytree(DATA, root / "data")
        if follows:
            sums = root / "data/sums.toml"
            text = sums.read_text("utf-8")
            sums.write_text(
                text.replace("[schema]", f"{FOLLOWS}\n[schema]", 1), "utf-8"
            )

    def text(self, name="sums"):
        """Return what a table's file holds."""
        return (self.root / "data" / f"{name}.csv").read_bytes().decode()

    def plan(self, *releases, answered=()):
        """Merge, and write nothing."""
        return merge_releases(
            load_tables(self.root / "data", self.root), releases, answered
        )

    def merge(self, *releases, answered=()):
        """Merge, and write what there is to write."""
        plan = self.plan(*releases, answered=answered)
        for path, body in plan.files.items():
            (self.root / path).write_bytes(body)
        return plan


def release(month="2024-03", flow="in", source=BODY, **figures):
    """Return a release of one row: ``value="310.4", width="0.1", growth="4"``."""
    columns = {
        "width": "value_precision",
        "growth": "growth_percent",
        "growth_width": "growth_precision",
    }
    row = {columns.get(name, name): text for name, text in figures.items()}
    return Release(
        "A release.",
        source,
        [
            ReleaseRow(
                "sums", {"month": month, "flow": flow, "status": "published", **row}
            )
        ],
    )


def page(name, published="2024-04-01", strength="primary"):
    """Return a row of the table of sources."""
    return {
        "id": name,
        "address": f"https://{name}.example/",
        "published": published,
        "strength": strength,
    }


def lines(*rows, table="sums"):
    """Return a release of whole rows."""
    return Release("Rows.", {}, tuple(ReleaseRow(table, row) for row in rows))
