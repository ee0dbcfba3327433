"""A figure that was printed again, and differently, is told to programs."""

import json
import re

from jsonschema import Draft202012Validator

import build
from press.desk.order import Order
from press.ground.steps import nobody
from tests.story.conftest import this_story


def test_a_revision_stands_in_the_numbers_of_its_figure(story_built, tmp_path, worker, bound):
    """With both prints, their pages, and which of them stands, as the schema describes it."""
    root = story_built.copy(tmp_path / "story")
    totals = (re.fullmatch(r"fact:total/(\d{4})", entry.target) for entry in bound.ledger.entries)
    year = max(int(found[1]) for found in totals if found)
    row = bound.facts.data["trade_annual"].by_key[year, "total"]
    first, page = row["value_usd_million"], row.source_ids[0]
    line = f"trade_annual,year={year};flow=total,value_usd_million,{first},{first + 100},undated,{page},{page}\n"
    with (root / "data" / "revisions.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(line)

    site = dict(build.build(Order(root, None, nobody, worker, this_story)))

    numbers = json.loads(site["numbers.json"].text)
    Draft202012Validator(json.loads(site["numbers.schema.json"].text)).validate(numbers)
    told = {item["id"]: item["revisions"] for item in numbers["numbers"] if "revisions" in item}
    assert told[f"fact:total/{year}"] == [
        {
            "table": "trade_annual",
            "key": f"year={year};flow=total",
            "column": "value_usd_million",
            "first": str(first),
            "later": str(first + 100),
            "published": "undated",
            "first_sources": [page],
            "later_sources": [page],
            "stands": "first",
        }
    ]
