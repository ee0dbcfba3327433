"""What one table's next rows unread in the story: ``python -m tests.story.history`` prints it for every table."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import build
from press.approvals import Chart, Passage, passages, review
from press.approvals.lines import Approval
from press.content import ChartLanguage
from press.figures import outline
from tests.story import newer
from tests.story.conftest import copy_of_the_story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.approvals import Review

FOLDER = "content/en"


class Day(NamedTuple):
    """The day on which a table gains rows: the table, its new rows, what was read before, the review after."""

    table: str
    new: list[newer.Row]
    before: dict[tuple[str, str], Passage]
    after: Review


def read(root: Path) -> list[Passage]:
    """Return the passages of a copy of the story, its charts without being drawn."""
    bound = build.bind(root, lambda _line: None)
    language = bound.texts.own
    charts = build.charts()
    told = ChartLanguage(language.code, language.headings)
    outlines = {
        text.path: Chart(name, outline(charts[name](bound.facts.data, text.words, told).table))
        for name, text in language.charts.items()
    }
    return passages(language.texts, bound.ledgers[language.code], bound.facts.data, outlines)


def days(folder: Path) -> Iterator[Day]:
    """Yield a day for each table of times that gains rows, and for the events; each begins with the story as it is."""
    root = folder / "story"
    copy_of_the_story(root)
    before = {passage.key: passage for passage in read(root)}
    approvals = {"all": tuple(map(Approval.of, before.values()))}
    for name in (path.stem for path in sorted(root.glob("data/*.csv"))):
        files = [root / "data" / f"{name}.{end}" for end in ("csv", "toml")]
        kept = [file.read_bytes() for file in files]
        tables = {path.stem: newer.Table(path, root) for path in sorted(root.glob("data/*.csv"))}
        for other in [*newer.RULES, *(other for other in tables if other not in newer.RULES)]:
            tables[other].new = newer.RULES.get(other, newer.derived)(tables, other)
        for row in tables[name].new:
            row.update({key: tables[name].rows[-1][key] for key in ("source_ids",) if key in row})  # of no newer page
        tables[name].write()
        if tables[name].new and (tables[name].times or name == "events"):
            yield Day(name, tables[name].new, before, review(read(root), approvals, FOLDER))
        for file, body in zip(files, kept, strict=True):
            file.write_bytes(body)


def main() -> None:
    """Print for each table how many rows it gains, and how many passages stay read, are false and are unread."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'table':<24}{'rows':>6}{'read':>6}{'false':>6}{'unread':>7}")  # noqa: T201 - what it is for
        for day in days(Path(folder)):
            false = sum(passage.is_false for passage in day.after.passages)
            counts = f"{len(day.new):>6}{day.after.read:>6}{false:>6}{len(day.after.unread):>7}"
            print(f"{day.table:<24}{counts}")  # noqa: T201 - what it is for


if __name__ == "__main__":
    main()
