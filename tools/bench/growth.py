"""Copies of this story that have grown in one direction, and stay true."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import NamedTuple

from tools.bench.runs import BUILD, run

TABLE = "data/trade_to_month.csv"
BINDINGS, PARAGRAPH = 20, 4  # of a page of prose: bindings, and how many of them a paragraph has
SUBJECTS = {"total": "trade", "export": "Chinese exports", "import": "Chinese imports"}
MONTHS, ADJECTIVES, NOUNS = (
    words.split()
    for words in (
        "January February March April May June July August September October November December",
        "amber brown calm dusty early faded gilt heavy idle jade keen light mild narrow old pale quiet round",
        "apron basket candle drawer easel folder garden hammer inkpot jacket kettle ladder mirror notebook oven",
    )
)
CHART, CHART_FILE, HEIGHT = "pipeline_gas", "gas.py", 360  # the chart that is copied, and how high it is


class Total(NamedTuple):
    """A fact that can be bound: how it is written, and a sentence's words before it."""

    target: str
    words: str
    value: str


def rows(story: Path, times: int) -> int:
    """Repeat the rows of the totals to a month under other flows, so many times in all; return how many are new.

    What the story says of its two flows stays true; ``fix`` rewrites the two sentences that count all rows.
    """
    path = story / TABLE
    head, *lines = path.read_text("utf-8").splitlines()
    new, names = [], []
    for copy in range(2, times + 1):
        for flow in SUBJECTS:
            names.append(f"{flow} {copy}")
            new += [line.replace(f",{flow},", f",{flow} {copy},", 1) for line in lines if f",{flow}," in line]
    path.write_text("\n".join([head, *lines, *new, ""]), "utf-8")
    described = path.with_suffix(".toml")
    listed = ", ".join(f'"{name}"' for name in [*SUBJECTS, *names])
    text = re.sub(
        r'(name = "flow".*?enum = )\[[^\]]*\]', rf"\g<1>[{listed}]", described.read_text("utf-8"), flags=re.DOTALL
    )
    described.write_text(text, "utf-8")
    run((*BUILD[:2], "fix"), story)
    return len(new)


def prose(story: Path, count: int) -> int:
    """Add so many pages of prose, each with true sentences that bind totals of this story; return their number."""
    totals = list(_totals(story / TABLE))
    for number in range(count):
        (story / "content" / "en" / f"ledger-{number:03}.md").write_text(_page(number, totals), "utf-8")
    return count


def charts(story: Path, count: int) -> int:
    """Add so many copies of one chart, each a pixel higher, on a page of their own; return their number."""
    folder, words = story / "story" / "charts", story / "content" / "en" / "charts"
    code, text = (folder / CHART_FILE).read_text("utf-8"), (words / f"{CHART}.md").read_text("utf-8")
    names = [f"{CHART}_{number:03}" for number in range(1, count + 1)]
    for number, name in enumerate(names, 1):
        own = code.replace(f"def {CHART}(", f"def {name}(").replace(f"= {HEIGHT}, ", f"= {HEIGHT + number}, ")
        (folder / f"{name}.py").write_text(own, "utf-8")
        (words / f"{name}.md").write_text(text, "utf-8")
    package = (folder / "__init__.py").read_text("utf-8")
    imported = "".join(f"from story.charts.{name} import {name}\n" for name in names)
    listed = "".join(f'    "{name}",\n' for name in names)
    package = package.replace("\n__all__ = [\n", f"{imported}\n__all__ = [\n{listed}")
    (folder / "__init__.py").write_text(package, "utf-8")
    shown = "\n".join(f"![](chart:{name})\n" for name in names)
    (story / "content" / "en" / "copies.md").write_text(_head("Copies of a chart") + shown, "utf-8")
    return count


def _totals(path: Path) -> Iterator[Total]:
    """Yield what can be said of the rows of the totals to a month, in billions with one decimal."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["value_usd_million"]:
                continue
            value, half = Decimal(row["value_usd_million"]), Decimal(row["precision_usd_million"]) / 2
            ends = {_billions(end) for end in (value - half, value, value + half)}
            if len(ends) == 1:
                year, month = row["month"].split("-")
                flow = "" if row["flow"] == "total" else f"/{row['flow']}"
                words = f"by the end of {MONTHS[int(month) - 1]} {year} {SUBJECTS[row['flow']]} had come to"
                yield Total(f"total_to_month/{row['month']}{flow}", words, ends.pop())


def _billions(value: Decimal) -> str:
    return f"${(value / 1000).quantize(Decimal('0.1'), ROUND_HALF_EVEN)} billion"


def _head(title: str) -> str:
    return f'+++\ntitle = "{title}"\ndescription = "{title}, written to measure what a page costs."\n+++\n\n'


def _page(number: int, totals: list[Total]) -> str:
    """Return a page of prose: other totals and other words than on the page before."""
    told = [_sentence(number * BINDINGS + place, totals) for place in range(BINDINGS)]
    paragraphs = ["\n".join(told[start : start + PARAGRAPH]) for start in range(0, BINDINGS, PARAGRAPH)]
    return _head(f"The {_thing(number)}") + "\n\n".join(paragraphs) + "\n"


def _sentence(number: int, totals: list[Total]) -> str:
    item = totals[number * 7 % len(totals)]
    return f"In the {_thing(number)} it is written that {item.words} [{item.value}](fact:{item.target})."


def _thing(number: int) -> str:
    return f"{ADJECTIVES[number % len(ADJECTIVES)]} {NOUNS[number // len(ADJECTIVES) % len(NOUNS)]}"
