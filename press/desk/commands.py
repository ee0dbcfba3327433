"""The verbs: what may be typed after ``press``, ``python -m press`` or
``python build.py``.

A verb is added here, and nowhere else has to know of it. Its function is a command of
``group_verbs``, which lists it in its help, in this order; takes the options that
``options`` has for several verbs, and its own; works inside of ``open_story``, which
gives it the story, with ``locks_sources=True`` where it writes some, so it waits for
its turn; imports what does the work when it is asked for: help, and merging figures,
need no texts, charts and pages; returns the exit status, 0 where all is done, and
raises what is wrong: ``BuildError`` at lines of files, ``ToldError`` where no file is
wrong.

What does the work stands in ``verbs`` or a module of its own. It says by ``SAY`` what
was done: the last line on standard output, also where there was nothing to do.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from press.desk import build_file, options
from press.desk.command_line import StoryLocation, group_verbs, open_story, run_command
from press.desk.new_command import run_new
from press.desk.order import BuildFunction, StoryImportFunction, import_story
from press.desk.teller import SAY, report_refusal
from press.ground.address import BaseUrl
from press.ground.errors import BuildError
from press.ground.files import drop_drafts
from press.ground.guard import report_engine_errors

LAST_PORT = 65535


def run_in_story(
    arguments: Sequence[str],
    root: Path,
    build: BuildFunction,
    story: StoryImportFunction = import_story,
) -> int:
    """Run a verb on the story in ``root``, as its build.py does; without ``arguments``
    build it.

    ``build`` is that of build.py; ``story`` imports what is Python of a story. Returns
    the exit status: 0 where all is done, 1 for problems, 2 for a wrong command line;
    ``import`` and ``diff`` have others.
    """
    return run_command(
        list(arguments) or ["build"], StoryLocation(root, lambda: build, story)
    )


def run_in_current_folder() -> int:
    """Run what is typed after ``press`` on the story in the current folder; return the
    exit status.
    """
    try:
        root = Path.cwd()
    except OSError as error:
        message = f"the current folder cannot be read: {error.strerror}"
        return report_refusal(message, "go to another")
    location = StoryLocation(
        root, partial(build_file.load_required_build_function, root), import_story
    )
    return run_command(sys.argv[1:], location)


@group_verbs.command("build")
@options.BASE_URL
@click.option(
    "--day",
    "today",
    metavar="DAY",
    callback=options.check_day,
    help="Today: no page promises figures for a day before it.",
)
@options.STRICT
@click.pass_obj
def _run_build(
    location: StoryLocation,
    *,
    base_url: BaseUrl | None,
    today: str | None,
    refuses_unread: bool,
) -> int:
    """Write site/."""
    with open_story(location) as handle:
        from press.desk.verbs import build_site

        return build_site(handle, base_url, today or "", refuses_unread=refuses_unread)


@group_verbs.command("check")
@options.BASE_URL
@options.STRICT
@click.pass_obj
def _run_check(
    location: StoryLocation, *, base_url: BaseUrl | None, refuses_unread: bool
) -> int:
    """Look for what is wrong, and leave site/ alone."""
    with open_story(location) as handle:
        from press.desk.verbs import check_site

        return check_site(handle, base_url, refuses_unread=refuses_unread)


@group_verbs.command("preview")
@options.BASE_URL
@click.option(
    "--port",
    type=click.IntRange(0, LAST_PORT),
    metavar="PORT",
    default=5500,
    show_default=True,
    help="Where to serve.",
)
@click.pass_obj
def _run_preview(
    location: StoryLocation, *, base_url: BaseUrl | None, port: int
) -> int:
    """Serve the site on this computer, built at each save."""
    with open_story(location) as handle:
        from press.desk.verbs import preview_site

        return preview_site(handle, base_url, port)


@group_verbs.command("fix")
@options.DRY_RUN
@click.pass_obj
def _run_fix(location: StoryLocation, *, dry_run: bool) -> int:
    """Write stale numbers of the texts anew."""
    with open_story(location, locks_sources=True) as handle:
        from press.desk.verbs import fix_texts_and_report_rest

        drop_drafts(handle.root, "fix")
        return fix_texts_and_report_rest(handle, dry_run=dry_run)


@group_verbs.command("read")
@click.argument("places", nargs=-1, metavar="[FILE:LINE]...")
@click.option(
    "--list",
    "lists",
    is_flag=True,
    help="Print all that is unread, and approve nothing.",
)
@click.option(
    "--accept",
    is_flag=True,
    help=(
        "Approve what begins at the places that are given, which you have read:"
        " content/en/index.md:12."
    ),
)
@options.DRY_RUN
@click.pass_obj
def _run_read(
    location: StoryLocation,
    *,
    places: tuple[str, ...],
    lists: bool,
    accept: bool,
    dry_run: bool,
) -> int:
    """Show what nobody has read beside its data, and approve it."""
    if places and not accept:
        raise click.UsageError(f"found {places[0]} without --accept")
    if accept and not places:
        raise click.UsageError("--accept needs a place: FILE:LINE")
    with open_story(location, locks_sources=True) as handle:
        from press.desk import verbs

        drop_drafts(handle.root, "read")
        if accept:
            return verbs.approve_passages(handle, places, dry_run=dry_run)
        if lists or dry_run or not sys.stdin.isatty():
            return verbs.print_unread_passages(handle)
        return verbs.read_unread_interactively(handle)


@group_verbs.command("import")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--only",
    "only_adapters",
    multiple=True,
    metavar="NAME",
    help="Fetch only this of story/sources/. May be given several times.",
)
@click.option(
    "--since",
    "since_month",
    metavar="MONTH",
    callback=options.check_month,
    help=(
        "Fetch all from this month on, 2026-01, not only what is newer than the tables."
    ),
)
@click.option(
    "--address",
    "file_address",
    default="",
    help="From where the file was saved, where it does not say so itself.",
)
@options.ANSWER
@options.DRY_RUN
@click.pass_obj
def _run_import(  # noqa: PLR0913 - its options
    location: StoryLocation,
    *,
    files: tuple[str, ...],
    only_adapters: tuple[str, ...],
    since_month: str | None,
    file_address: str,
    confirmed_figures: tuple[str, ...],
    dry_run: bool,
) -> int:
    """Merge what publishers have printed since.

    Without a FILE it is fetched. A FILE is HTML, XLSX or CSV that you have saved
    of a publisher, or a CSV with the name and the columns of a table in data/.
    """
    with open_story(location, locks_sources=True) as handle:
        from press.desk.intake import ImportRequest, MergeOptions, import_figures

        wanted = ImportRequest(files, only_adapters, since_month or "", file_address)
        return import_figures(handle, wanted, MergeOptions(confirmed_figures, dry_run))


@group_verbs.command("record")
@click.argument("table_name", metavar="TABLE")
@click.argument("cells", nargs=-1, metavar="[COLUMN=VALUE]...")
@options.ANSWER
@options.DRY_RUN
@click.pass_obj
def _run_record_of_new_figure(
    location: StoryLocation,
    *,
    table_name: str,
    cells: tuple[str, ...],
    confirmed_figures: tuple[str, ...],
    dry_run: bool,
) -> int:
    """Merge a figure that you have read on a page.

    TABLE is the name of a table in data/. The cells are such as month=2026-05
    value_usd_million=108100 source.publisher=...; what is left out and needed is told.
    """
    with open_story(location, locks_sources=True) as handle:
        from press.desk.intake import MergeOptions, record_figure

        return record_figure(
            handle, table_name, cells, MergeOptions(confirmed_figures, dry_run)
        )


@group_verbs.command("diff")
@click.argument("revision", default="HEAD")
@click.option(
    "--markdown", is_flag=True, help="Say it as Markdown, for a pull request."
)
@click.option(
    "--name",
    "change_id",
    metavar="ID",
    default="",
    help=(
        "Tell readers: write what has changed into changes.toml, as the change of this"
        " name, such as may-2026."
    ),
)
@options.make_words_option("--title", help="Of the change, in a few words.")
@options.make_words_option("--why", help="The reason of the change, in a sentence.")
@click.option("--correction", is_flag=True, help="A mistake of ours is mended.")
@click.option(
    "--date",
    "change_day",
    metavar="DAY",
    callback=partial(options.check_day_or_month_like, "2026-06-09"),
    help="Of the change (default: today).",
)
@options.DRY_RUN
@click.pass_obj
def _run_diff(  # noqa: PLR0913 - its options
    location: StoryLocation,
    *,
    revision: str,
    markdown: bool,
    change_id: str,
    title: str,
    why: str,
    correction: bool,
    change_day: str | None,
    dry_run: bool,
) -> int:
    """Say what has changed since another time.

    REVISION is one of git, HEAD if none is given.
    """
    with open_story(location, locks_sources=bool(change_id)) as handle:
        from press.desk.change_entry import ChangeOptions
        from press.desk.verbs import report_or_write_changes

        change = None
        if change_id:
            drop_drafts(handle.root, "diff")
            change = ChangeOptions(
                change_id, title.strip(), why.strip(), change_day, correction, dry_run
            )
        return report_or_write_changes(handle, revision, change, markdown=markdown)


@group_verbs.command("edition")
@click.argument("name")
@options.DRY_RUN
@click.pass_obj
def _run_edition_of_last_commit(
    location: StoryLocation, *, name: str, dry_run: bool
) -> int:
    """Keep the story of the last commit as a version that stays.

    NAME is what it is called, such as 2026-11: people cite it so.
    """
    with open_story(location, locks_sources=True) as handle:
        from press.desk.verbs import keep_last_commit_as_edition

        drop_drafts(handle.root, "edition")
        return keep_last_commit_as_edition(handle, name, dry_run=dry_run)


@group_verbs.command("explain")
@click.argument("fact_key", metavar="[FACT]", required=False)
@click.pass_obj
def _run_explain_or_list_facts(location: StoryLocation, *, fact_key: str | None) -> int:
    """Say where a number comes from.

    FACT is as it is written in a text: total/2023. Without it all are listed.
    """
    with open_story(location) as handle:
        from press.desk.verbs import print_bindable_facts, print_fact_explanation

        return (
            print_fact_explanation(handle, fact_key)
            if fact_key
            else print_bindable_facts(handle)
        )


@group_verbs.command("facts")
@click.pass_obj
def _run_list_of_bindable_facts(location: StoryLocation) -> int:
    """List what can be bound, with sentences that do."""
    with open_story(location) as handle:
        from press.desk.verbs import print_bindable_facts

        return print_bindable_facts(handle)


@group_verbs.command("describe")
@click.argument("chart_name", metavar="CHART")
@click.pass_obj
def _run_draft_of_chart_words(location: StoryLocation, *, chart_name: str) -> int:
    """Draft the words of a chart from its data.

    These are its alternative text and its summary. CHART is its name, as in
    ![](chart:NAME).
    """
    with open_story(location) as handle:
        from press.desk.verbs import print_draft_of_chart_words

        return print_draft_of_chart_words(handle, chart_name)


group_verbs.add_command(run_new)


@group_verbs.command("upgrade")
@click.pass_obj
def _run_engine_upgrade(location: StoryLocation) -> int:
    """Install the engine anew, and say what has changed for the story.

    It comes from where engine.txt says.
    """
    from press.desk.upgrading import install_engine_and_upgrade_story

    try:
        location.load_required_build_function()
        broken_files = []
    except BuildError:
        broken_files = [build_file.NAME]
    with report_engine_errors(location.root):
        SAY("\n".join(install_engine_and_upgrade_story(location.root, broken_files)))
    return 0
