"""The verbs that need the story's texts: they build, hold, read, compare and serve
them.

Each returns the exit status, and the last line that it says is what was done, also
where there was nothing to do.
"""

from __future__ import annotations

import contextlib
import gc
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from press.approvals import Review
from press.binding import (
    apply_edits,
    find_repairs,
    format_fix_report,
    group_edits_by_file,
    list_problems_without_edit,
)
from press.content import read_settings
from press.desk.explain import describe_fact, describe_facts_by_label_and_sentence
from press.desk.order import Order, StoryHandle
from press.desk.placeholders import list_placeholder_problems
from press.desk.publish import PublishOutcome, write_changed_site_files
from press.desk.read import (
    ReviewedStory,
    ReviewJudge,
    ReviewSession,
    describe_unread_passages_with_rows,
    describe_unread_places_and_counts,
    draw_charts_and_review_story,
    get_passages_at,
    list_unread_problems,
    write_approvals,
)
from press.desk.stages import load_story_and_check_texts
from press.desk.teller import SAY, report_problems, report_refusal
from press.figures import DrawingPool, Studio, draft_alt_and_summary, list_mark_kinds
from press.ground.address import BaseUrl
from press.ground.errors import (
    BuildError,
    Problem,
    ToldError,
    format_count,
    quote_words,
    suggest_similar_or_all,
)
from press.ground.files import replace_files_one_by_one
from press.ground.steps import discard_line
from press.pages import SITEMAP, File, FilesByAddress

if TYPE_CHECKING:
    from press.desk.change_entry import ChangeOptions

FIGURE = re.compile('<figure id="([^"]+)"')


def build_site(
    handle: StoryHandle, base: BaseUrl | None, today: str, *, refuses_unread: bool
) -> int:
    """Write the site into site/, for an address ``base`` or that of site.toml;
    ``refuses_unread`` refuses what is unread, and placeholders.

    No page promises figures for a time before ``today``; where it is "", for one before
    the last change of the site.
    """
    started = time.perf_counter()
    try:
        with _open_order(handle, base) as order:
            whole = order._replace(draws_pictures=True, day=today)
            site = _make_site_and_report(handle, whole, refuses_unread=refuses_unread)
            published = write_changed_site_files(
                site, handle.root / "site", handle.root, SAY
            )
            for line in _describe_written_site(
                site, handle.root, warns_of_missing_address=refuses_unread
            ):
                SAY(line)
    except BuildError as error:
        return report_problems(error, "; site/ is as it was")
    SAY(_describe_written_files(published, time.perf_counter() - started))
    return 0


def check_site(
    handle: StoryHandle, base: BaseUrl | None, *, refuses_unread: bool
) -> int:
    """Look for all that a build finds wrong, and write nothing."""
    started = time.perf_counter()
    try:
        with _open_order(handle, base) as order:
            site = _make_site_and_report(handle, order, refuses_unread=refuses_unread)
    except BuildError as error:
        return report_problems(error, "; site/ is as it was")
    SAY(_describe_file_counts(site))
    SAY(f"Checked in {time.perf_counter() - started:.1f} s: nothing was written")
    return 0


@contextlib.contextmanager
def _open_order(handle: StoryHandle, base: BaseUrl | None = None) -> Iterator[Order]:
    """Give the order of a verb, with what draws for it, which is closed at the end."""
    with contextlib.closing(DrawingPool()) as pool:
        yield Order(handle.root, base, discard_line, pool, handle.story)


def _make_site_and_report(
    handle: StoryHandle, order: Order, *, refuses_unread: bool
) -> FilesByAddress:
    """Return the site, and say what a build says of it.

    Raises ``BuildError`` with all that is wrong.
    """
    gc.disable()  # the memory that a build leaves in circles is not worth looking for

    def judge_unread(found: Review) -> Iterator[Problem]:
        for line in describe_unread_places_and_counts(
            found, counts_only=refuses_unread
        ):
            SAY(line)
        if refuses_unread:
            yield from list_placeholder_problems(order.root)
            yield from list_unread_problems(found)

    site = dict(handle.build(order._replace(report=SAY, judge_unread=judge_unread)))
    gc.freeze()  # nor when Python ends, which takes half a second
    if not site:
        message = "found a function build that makes no page, expected the engine's"
        raise BuildError.at("build.py", 1, message, "press upgrade writes it anew")
    return site


def _describe_written_files(published: PublishOutcome, seconds: float) -> str:
    """Say in a line what was written, and how long it took."""
    written = len(published.written)
    deleted = len(published.deleted)
    unchanged = published.unchanged
    return (
        f"site/: {written} written, {deleted} deleted, {unchanged} unchanged,"
        f" {seconds:.1f} s"
    )


def _describe_written_site(
    site: FilesByAddress, root: Path, *, warns_of_missing_address: bool
) -> Iterator[str]:
    """Yield what a build says of the site that it has written.

    One that is to be published ``warns_of_missing_address``.
    """
    yield _describe_file_counts(site)
    if warns_of_missing_address and SITEMAP not in site:
        yield (
            f"No address: the site has no {SITEMAP}, feed, preview of links or frames;"
            " give it with --base-url URL"
        )
    yield f"Open {root / 'site' / 'index.html'} in a browser."


def _describe_file_counts(site: FilesByAddress) -> str:
    """Say how much there is of the site."""
    pages = [address for address in site if address.endswith(".html")]
    names = set[str]()
    for address in pages:
        if not address.startswith("editions/"):
            names.update(FIGURE.findall(site[address].text))
    charts = format_count(len(names), "chart")
    tables = sum(address.endswith(".csv") for address in site)
    return f"{len(pages)} pages, {charts}, {tables} tables, {len(site)} files"


def preview_site(handle: StoryHandle, base: BaseUrl | None, port: int) -> int:
    """Serve the site on this computer, built at each save, until it is ended."""
    from press.desk.preview import Preview, serve_preview_until_interrupted  # noqa: PLC0415 - a server that other verbs do not need

    known = base or BaseUrl()
    with contextlib.suppress(BuildError):
        known = (
            base
            or read_settings(handle.root / "content" / "site.toml", handle.root).base
        )
    with _open_order(handle, base) as order:

        def build(judge_unread: ReviewJudge) -> Iterator[tuple[str, File]]:
            return handle.build(order._replace(report=SAY, judge_unread=judge_unread))

        preview = Preview(handle.root, known.path, build, SAY)
        try:
            serve_preview_until_interrupted(preview, port, SAY)
        except OSError as error:
            return report_refusal(
                f"cannot serve on port {port}: {error.strerror}; choose another with"
                " --port"
            )
    SAY(f"Preview ended after {format_count(preview.builds, 'build')}")
    return 0


def print_fact_explanation(handle: StoryHandle, fact_key: str) -> int:
    """Say where a number comes from.

    Raises ``ToldError`` where there is no such fact.
    """
    for line in describe_fact(
        load_story_and_check_texts(handle.root, handle.story), fact_key
    ):
        SAY(line)
    return 0


def print_bindable_facts(handle: StoryHandle) -> int:
    """Say all that can be bound."""
    for line in describe_facts_by_label_and_sentence(
        load_story_and_check_texts(handle.root, handle.story)
    ):
        SAY(line)
    return 0


def print_draft_of_chart_words(handle: StoryHandle, chart_name: str) -> int:
    """Draft what a chart's words have to say, from its table; whatever else is wrong
    with the story can wait.

    Raises ``ToldError`` where there is no such chart.
    """
    bound = load_story_and_check_texts(handle.root, handle.story)
    texts = bound.texts
    if chart_name not in texts.charts:
        path = f"content/{texts.language.code}/charts/{chart_name}.md"
        hint = suggest_similar_or_all(chart_name, texts.charts) or f"write {path}"
        raise ToldError(
            f"there is no chart {quote_words(chart_name)}: {path} is missing", hint
        )
    with _open_order(handle) as order:
        story = bound.story
        figure = Studio(
            handle.root,
            texts,
            bound.facts.data,
            story.charts,
            story.code,
            order.pool,
            palette=story.palette,
        ).draw_chart(chart_name)
        for line in draft_alt_and_summary(
            figure.drawn_table, list_mark_kinds(json.loads(figure.spec))
        ):
            SAY(line)
    SAY(f"Drafted the words of {chart_name}: nothing was written")
    return 0


def fix_texts_and_report_rest(handle: StoryHandle, *, dry_run: bool) -> int:
    """Repair what can be repaired; then say what is left for a person, which is what
    ``check`` would say.
    """
    bound = load_story_and_check_texts(handle.root, handle.story)
    root = handle.root
    made = find_repairs(bound.texts.language, bound.ledger, bound.facts)
    if made and not dry_run:
        replace_files_one_by_one(
            {
                path: apply_edits((root / path).read_bytes(), own)
                for path, own in group_edits_by_file(made).items()
            },
            root,
            "fix",
        )
        left = load_story_and_check_texts(root, handle.story).problems
    else:
        left = list_problems_without_edit(bound.problems, made)
    SAY(format_fix_report(made, left, dry=dry_run))
    return 1 if left else 0


def read_unread_interactively(handle: StoryHandle) -> int:
    """Let a person at a terminal read what is unread, one by one."""
    with _open_review_function(handle) as review_anew:
        status = _report_problem_count(review_anew())
        outcome = ReviewSession(review_anew, SAY, handle.root).read_unread_until_quit()
        SAY(review_anew().review.describe_read_and_unread_counts())
    SAY(outcome)
    return status


def print_unread_passages(handle: StoryHandle) -> int:
    """Say all that is unread, beside its data."""
    with _open_review_function(handle) as review_anew:
        reviewed = review_anew()
        status = _report_problem_count(reviewed)
        for line in describe_unread_passages_with_rows(reviewed):
            SAY(line)
    SAY(reviewed.review.describe_read_and_unread_counts())
    count = len(reviewed.review.unread)
    SAY(
        f"{format_count(count, 'sentence')} listed: nothing was approved"
        if count
        else "Nothing is unread"
    )
    return status


def approve_passages(
    handle: StoryHandle, places: Sequence[str], *, dry_run: bool
) -> int:
    """Approve what begins at some places, such as content/en/index.md:12.

    Raises ``BuildError`` where nothing does.
    """
    with _open_review_function(handle) as review_anew:
        reviewed = review_anew()
        status = _report_problem_count(reviewed)
        chosen = get_passages_at(reviewed, places)
        unread = {item.passage for item in reviewed.review.unread} & {*chosen}
        if not dry_run:
            write_approvals(reviewed, chosen, handle.root)
        SAY(review_anew().review.describe_read_and_unread_counts())
    done = (
        f"{format_count(len(unread), 'sentence')}"
        f" {'to be approved' if dry_run else 'approved'}"
    )
    SAY(done if unread else "Nothing to approve: all of it is read")
    return status


@contextlib.contextmanager
def _open_review_function(handle: StoryHandle) -> Iterator[Callable[[], ReviewedStory]]:
    """Give a function that returns the story as it is now, with what is
    unread in it.
    """
    with _open_order(handle) as order:

        def review_anew() -> ReviewedStory:
            bound = load_story_and_check_texts(handle.root, handle.story)
            return ReviewedStory(
                bound, draw_charts_and_review_story(bound, handle.root, order.pool, SAY)
            )

        yield review_anew


def _report_problem_count(reviewed: ReviewedStory) -> int:
    """Say how much is false, which stands in the way of reading; return the exit
    status: 1 where anything is.
    """
    if not (false := reviewed.bound.problems):
        return 0
    SAY(
        "To be mended first:"
        f" {format_count(len(BuildError(false).problems), 'problem')}:"
        " python build.py check"
    )
    return 1


def report_or_write_changes(
    handle: StoryHandle, revision: str, options: ChangeOptions | None, *, markdown: bool
) -> int:
    """Say what has changed since a revision, or tell readers as ``options`` says."""
    from press.desk import diff  # noqa: PLC0415 - no build compares anything

    try:
        with _open_order(handle) as order:
            if options:
                return diff.write_change_since_revision(
                    handle, order, revision, options, SAY
                )
            return diff.report_changes_since_revision(
                handle, order, revision, SAY, markdown=markdown
            )
    except BuildError as error:
        report_problems(error)
    except ToldError as error:
        report_refusal(error.message, error.hint)
    return diff.WRONG


def keep_last_commit_as_edition(
    handle: StoryHandle, name: str, *, dry_run: bool
) -> int:
    """Make an edition of the last commit.

    Raises ``BuildError`` or ``ToldError`` for what stands in the way.
    """
    from press.desk.edition import write_edition_of_last_commit  # noqa: PLC0415 - no build makes one

    with _open_order(handle) as order:
        write_edition_of_last_commit(handle, order, name, SAY, dry_run=dry_run)
    return 0
