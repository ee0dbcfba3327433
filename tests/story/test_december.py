"""A total to December is its year's: both come in, a new record is named wherever
another year is called one.
"""

import csv
import io
from decimal import Decimal

import build
from press.desk import commands
from press.desk.stages import load_story_and_check_texts
from tests.story.conftest import import_this_story
from tests.story.newer import Table, add_growth

FIGURES = ("value_usd_million", "precision_usd_million")


def of_december(root, year):
    """Return a December of which both flows are larger than ever, as files in the
    project's own columns.
    """
    months, pages = (
        Table(root / "data" / f"{name}.csv", root)
        for name in ("trade_to_month", "sources")
    )
    most = {
        flow: max(
            Decimal(row[FIGURES[0]]) for row in months.rows if row["flow"] == flow
        )
        for flow in ("export", "import")
    }
    values = {flow: int(value * 6 / 5) for flow, value in most.items()}
    values["total"] = sum(values.values())
    page = pages.rows[0] | {
        "id": "made-up",
        "address": "https://made-up.example/",
        "published": f"{year + 1}-01-14",
    }
    like = months.rows[-1] | {
        "month": f"{year}-12",
        FIGURES[1]: "1",
        "status": "published",
        "source_ids": page["id"],
    }
    months.new = [
        add_growth(months, like | {"flow": flow, FIGURES[0]: str(value)})
        for flow, value in values.items()
    ]
    pages.new = [page]
    for table in (months, pages):
        text = io.StringIO()
        csv.DictWriter(text, table.fields, lineterminator="\n").writerows(
            [dict(zip(table.fields, table.fields, strict=True)), *table.new]
        )
        yield table.path.name, text.getvalue(), values


def test_a_december_brings_its_year_and_a_new_record_is_named(
    story_built, tmp_path, bound, capsys
):
    """In both flows; the newest month of all that the story tells of trade is that
    December then.
    """
    root = story_built.copy(tmp_path / "story")
    year = (
        max(
            int(row["year"]) for row in Table(root / "data/trade_annual.csv", root).rows
        )
        + 1
    )
    made = list(of_december(root, year))
    for name, text, _ in made:
        (tmp_path / name).write_text(text, "utf-8")

    files = (str(tmp_path / name) for name, *_ in made)
    imported = commands.run_in_story(
        ["import", *files], root, build.build, import_this_story
    )
    told = "".join(capsys.readouterr())
    commands.run_in_story(["fix", "--dry-run"], root, build.build, import_this_story)
    looked = capsys.readouterr().out

    assert imported == 0, told
    annual = {
        row["flow"]: row
        for row in Table(root / "data/trade_annual.csv", root).rows
        if row["year"] == str(year)
    }
    assert {flow: row[FIGURES[0]] for flow, row in annual.items()} == {
        flow: str(n) for flow, n in made[0][2].items()
    }
    records = {
        ":".join(
            map(
                str,
                (entry.text.path, *entry.text.line_and_column(entry.link.words_start)),
            )
        )
        for entry in bound.ledger.checked_links
        if entry.target_with_newest_time.startswith("claim:highest/total.")
        and entry.target_with_newest_time.count("/") == 1
    }
    false = {
        line.partition(": ")[0] for line in looked.splitlines() if "is not true" in line
    }
    assert records <= false
    facts = load_story_and_check_texts(root, import_this_story).facts
    assert {
        facts.resolve_latest(name, ("latest",))
        for name in ("total_to_month", "published_growth", "twelve_months_to")
    } == {(f"{year}-12",)}
    assert facts.data["trade_to_month"].newest == f"{year}-12"
