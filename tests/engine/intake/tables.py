"""Small tables for tests of what comes in: a running total by month, pages of three
ranks, a log of revisions.
"""

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
CITES = (
    '\n[[schema.foreignKeys]]\nfields = ["source_ids"]\nreference = { resource ='
    ' "sources", fields = ["id"] }\n'
)
LIST = 'delimiter = ";"\nconstraints = { required = true }'
RANKS = ["primary", "agency", "press", "reprint"]


def described(key, *fields, refresh="", end=""):
    """Return a description with these columns and this key."""
    body = "".join(FIELD.format(*field) for field in fields)
    keys = ", ".join(f'"{name}"' for name in key)
    return f"{HEAD}{refresh}\n[schema]\nprimaryKey = [{keys}]\n{body}{end}"


CONSTANT = (
    'unit = "tonnes"\nconstraints = { required = true, minimum = 1, maximum = 9 }'
)
SUMS = [
    ("month", "yearmonth", 'constraints = { required = true, minimum = "2000-01" }'),
    ("flow", "string", 'constraints = { required = true, enum = ["in", "out"] }'),
    (
        "value",
        "number",
        (
            'unit = "tonnes"\njump = 0.5\nrunning = true\nconstraints = { required ='
            " true, minimum = 10 }"
        ),
    ),
    (
        "value_precision",
        "number",
        (
            'unit = "tonnes"\nconstraints = { required = true, minimum = 0.01, maximum'
            " = 99 }"
        ),
    ),
    (
        "growth_percent",
        "number",
        'unit = "percent"\njump = 20\nconstraints = { minimum = -100 }',
    ),
    (
        "growth_precision",
        "number",
        'unit = "percentage points"\nconstraints = { minimum = 0.1, maximum = 1 }',
    ),
    (
        "status",
        "string",
        'constraints = { required = true, enum = ["published", "derived"] }',
    ),
    ("source_ids", "list", LIST),
    ("note", "string", ""),
]
PAGES = [
    ("id", "string", "constraints = { required = true, unique = true }"),
    ("address", "string", "constraints = { required = true, unique = true }"),
    ("published", "string", "constraints = { required = true }"),
    ("accessed", "date", ""),
    ("publisher", "string", ""),
    (
        "strength",
        "string",
        f"constraints = {{ required = true, enum = {RANKS} }}".replace("'", '"'),
    ),
]
YEARS = [
    ("year", "year", "constraints = { required = true, minimum = 2000 }"),
    *SUMS[1:4],
    *SUMS[6:8],
]
YEARS[2] = (
    "value",
    "number",
    'unit = "tonnes"\njump = 0.5\nconstraints = { required = true, minimum = 10 }',
)
YEARS[3] = (*SUMS[3][:2], SUMS[3][2].replace("0.01", "0.1"))
ROUNDED = (
    'unit = "points"\njump = 0.1\nrounded = 0.001\nconstraints = { required = true,'
    " minimum = 1 }"
)
MEANS = [YEARS[0], ("mean", "number", ROUNDED), ("source_ids", "list", LIST)]
FOLLOWS = '[refresh]\nhow = "H."\nfollows_revisions = true\n'
LOG = [
    (name, "string", "constraints = { required = true }")
    for name in ("table", "key", "column", "old", "new")
]
LOG += [
    ("published", "string", ""),
    ("old_source_ids", "list", 'delimiter = ";"'),
    ("source_ids", "list", LIST),
]
TABLES = {
    "sums": (
        described(["month", "flow"], *SUMS, end=CITES),
        (
            "month,flow,value,value_precision,growth_percent,growth_precision,status,source_ids,note\n2024-02,in,200,1,,,published,press-2024;copy-2024,\n2024-02,out,90,10,5,1,published,press-2024,One"
            ' report only.\n2024-03,in,310,1,4.5,0.1,published,press-2024,"A, with a'
            ' comma"\n2025-02,in,220,10,10,1,derived,copy-2024,Worked out.\n'
        ),
    ),
    "sources": (
        described(["id"], *PAGES),
        (
            "id,address,published,accessed,publisher,strength\n"
            "copy-2024,https://copy.example/,2024-03-20,,Copier,reprint\n"
            "press-2024,https://press.example/,2024-03-15,,Press,press\n"
        ),
    ),
    "means": (
        described(["year"], *MEANS, refresh=FOLLOWS, end=CITES),
        "year,mean,source_ids\n2023,215.303,press-2024\n",
    ),
    "years": (
        described(
            ["year", "flow"],
            *YEARS,
            refresh='[refresh]\nhow = "H."\ndecember_of = "sums"\n',
            end=CITES,
        ),
        "year,flow,value,value_precision,status,source_ids\n2023,in,1290,10,published,press-2024\n",
    ),
    "limits": (
        described(["id"], ("id", "string", ""), ("most", "number", CONSTANT)),
        "id,most\nfirst,5\n",
    ),
    "revisions": (
        described(
            ["table", "key", "column", "new", "source_ids"],
            *LOG,
            refresh="may_be_empty = true\n",
            end=CITES,
        ),
        "table,key,column,old,new,published,old_source_ids,source_ids\n",
    ),
}
BODY = {
    "id": "body-1",
    "address": "https://body.example/1",
    "published": "2024-04-01",
    "strength": "primary",
}


def with_log(project, rows=""):
    """Give a small story a log of revisions."""
    description, head = TABLES["revisions"]
    project.write("data/revisions.toml", description)
    project.write("data/revisions.csv", head + rows)
    return project


class Folder:
    """A folder of tables that releases are merged into, as the commands do it."""

    def __init__(self, root: Path, *, follows: bool = False) -> None:
        """Write the small tables, of which the first may follow revisions."""
        self.root = root
        (root / "data").mkdir(parents=True)
        for name, (description, text) in TABLES.items():
            more = f"{FOLLOWS}\n[schema]" if follows and name == "sums" else "[schema]"
            (root / "data" / f"{name}.toml").write_text(
                description.replace("[schema]", more, 1), "utf-8", newline=""
            )
            (root / "data" / f"{name}.csv").write_text(text, "utf-8", newline="")

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
