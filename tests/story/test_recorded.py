"""The pages of customs that were recorded, printed anew: tables that lack their rows
get them back as they were.
"""

import subprocess
import sys

from tests.story.conftest import copy_story
from tests.story.sources.printed import Style, page

TABLE = "trade_to_month_yuan"
# The pages that were recorded, by id: how each is printed, and what stands in the row
# of Russia instead of March 2026.
MARCH = ("4,280.4", "1,932.8", "2,347.6", "11.8", "18.8", "6.5")
PAGES = {
    "customs-202502-cny": (
        Style(year=2025, month=2, is_short=True),
        ("2,492.5", "1,074.5", "1,417.9", "-5.9", "-9.8", "-2.7"),
    ),
    "customs-202603-cny": (Style(year=2026, month=3), MARCH),
}
# a person has written it into a row
NOTE = b'"Printed in hundreds of millions: 4,280.4."'
PATIENCE = 600  # seconds for what takes twenty, on a busy machine


def saved(folder, sources):
    """Save the pages as a browser does, which writes down from where each was, and
    their sources; return the files.
    """
    for name, (style, cells) in PAGES.items():
        body = page(style)
        for old, new in zip(MARCH, cells, strict=True):
            body = body.replace(f"<span>{old}&nbsp;", f"<span>{new}&nbsp;")
        address = next(
            line.split(",")[-8] for line in sources if line.startswith(f"{name},")
        )
        (folder / f"{name}.html").write_text(
            f"<!-- saved from url=(0044){address} -->{body}", "utf-8"
        )
    (folder / "sources.csv").write_text("".join(sources), "utf-8")
    return [
        str(folder / "sources.csv"),
        *(str(folder / f"{name}.html") for name in PAGES),
    ]


def without(path, words):
    """Take the lines that have one of some words out of a table; return its head and
    these lines.
    """
    head, *lines = path.read_bytes().decode().splitlines(keepends=True)
    out = [line for line in lines if any(word in line for word in words)]
    path.write_bytes(
        "".join([head, *(line for line in lines if line not in out)]).encode()
    )
    return [head, *out]


def test_recorded_pages_give_their_rows_byte_for_byte(tmp_path):
    """Also where each row stands; no other table changes."""
    copy_story(tmp_path / "story")
    data, folder = tmp_path / "story" / "data", tmp_path / "saved"
    table, described = data / f"{TABLE}.csv", data / f"{TABLE}.toml"
    # of rows that go
    described.write_text(
        described.read_text("utf-8").partition("[[anchors]]")[0], "utf-8"
    )
    table.write_bytes(table.read_bytes().replace(NOTE, b""))
    today = {path.name: path.read_bytes() for path in data.iterdir()}
    folder.mkdir()
    files = saved(folder, without(data / "sources.csv", PAGES))

    assert len(without(table, PAGES)) == 7
    done = subprocess.run(
        [sys.executable, "build.py", "import", *files],
        cwd=data.parent,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name: path.read_bytes() for path in data.iterdir()} == today
