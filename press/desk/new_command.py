"""The verb ``new``: what may be said of a table beforehand, and what is asked."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from press.desk import options
from press.desk.teller import SAY, report_problems
from press.ground.errors import BuildError
from press.ground.guard import report_engine_errors

if TYPE_CHECKING:
    from press.starter import Question


@click.command("new")
@click.argument("folder", callback=options.parse_visible_folder_name)
@click.option(
    "--table",
    # whoever reads it tells what is wrong
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="A table of CSV or a workbook, its heads in the first line (default: a small"
    " invented one).",
)
@click.option(
    "--time",
    default="",
    metavar="COLUMN|TIME",
    help="The column with the times, COLUMN=dmy where days stand before months; or the"
    " time that all rows are of, such as 2024-Q3.",
)
@click.option(
    "--thing",
    "things",
    multiple=True,
    metavar="COLUMN",
    help="What tells rows of a time apart. May be given several times.",
)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="COLUMN",
    help="The numbers that the story is about. May be given several times.",
)
@click.option("--unit", default="", help="Of the first measure, such as 'USD million'.")
@click.option(
    "--title",
    default="",
    callback=options.check_invisible_characters,
    help="Of the story (default: the name of the table).",
)
@click.option(
    "--publisher",
    default="",
    callback=options.check_invisible_characters,
    help="Who published the table.",
)
def run_new(  # noqa: PLR0913 - its options
    *,
    folder: Path,
    table: Path | None,
    time: str,
    things: tuple[str, ...],
    measures: tuple[str, ...],
    unit: str,
    title: str,
    publisher: str,
) -> int:
    """Write a small story that builds at once.

    FOLDER is where to write it: a new folder. What cannot be known of the table, and
    is not said by an option, is asked on a terminal.
    """
    from press.starter import TableAnswers, write_new_story  # noqa: PLC0415 - help needs no pandas

    answers = TableAnswers(time, things, measures, unit, title, publisher)
    if sys.stdin.isatty() and sys.stdout.isatty():
        answers = replace(answers, ask=_ask_on_terminal)
    try:
        with report_engine_errors(Path.cwd()):
            SAY("\n".join(write_new_story(folder, table, answers)))
    except BuildError as error:
        return report_problems(error, "; nothing was written")
    return 0


def _ask_on_terminal(question: Question) -> str:
    """Return what an author types, "" for nothing where no answer is needed."""
    default = None if question.problem else ""
    return str(
        click.prompt(
            question.words,
            default=question.suggested or default,
            show_default=bool(question.suggested),
        )
    )
