"""Rendering: pages, figures and downloads become files of the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from press.content import Content
from press.ground.errors import Problems, quote_words, suggest_similar_or_all
from press.pages.addresses import FRAMES, ROOTED_SLUGS
from press.pages.charts import make_charts_and_story_card
from press.pages.downloads import (
    make_sitemap_and_robots_txt,
    make_tables_and_data_package,
)
from press.pages.editions import make_files_of_dated_edition
from press.pages.feed import make_feed
from press.pages.file import File
from press.pages.inputs import SiteInputs
from press.pages.markdown import check_and_convert_markdown
from press.pages.numbers import add_receipts_and_make_files
from press.pages.page import render_page_and_record_charts
from press.pages.rendition import Rendition
from press.pages.search import make_search_index
from press.pages.templates import Templates


def render_site(inputs: SiteInputs, problems: Problems) -> Iterator[tuple[str, File]]:
    """Yield the files of the site by their addresses.

    Problems of a page are added when it is made. Raises ``BuildError`` where there are
    no templates to fill.
    """
    templates = Templates.read(inputs.root, inputs.palette, inputs.theme)
    yield from templates.list_static_files_not_inlined().items()
    yield from make_tables_and_data_package(inputs)
    changed = dict[str, str]()
    for address, file in _render_pages_charts_and_scripts(
        Rendition.from_inputs(inputs, templates), problems
    ):
        changed[address] = inputs.content.changes.find_last_day(
            address.removesuffix(".html")
        )
        yield address, file
    yield from _list_files_of_kept_editions(inputs.content)
    if inputs.edition:
        yield from make_files_of_dated_edition(
            Rendition.from_inputs(inputs, templates, inputs.edition), problems
        ).items()
    if inputs.base.url:
        yield from make_sitemap_and_robots_txt(
            changed, inputs.base, (ROOTED_SLUGS | {FRAMES})
        ).items()


def _list_files_of_kept_editions(content: Content) -> Iterator[tuple[str, File]]:
    """Yield the files of the editions that there are."""
    for edition in content.editions:
        for place, body in edition.files.items():
            address = f"{edition.folder}{place}"
            yield address, File(body, address, kept=True)


def check_markdown(content: Content) -> None:
    """Raise ``BuildError`` with the problems of the Markdown alone: broken tables leave
    nothing to render.
    """
    problems = Problems()
    files = {page.file: page.slug for page in content.pages}
    files |= {f"charts/{name}.md": name for name in content.charts}
    bodies = [page.body for page in content.pages]
    bodies += [chart.body for chart in content.charts.values()]
    for body in bodies:
        problems.collect(check_and_convert_markdown, body, files)
    problems.stop_if_any()


def _render_pages_charts_and_scripts(
    rendition: Rendition, problems: Problems
) -> Iterator[tuple[str, File]]:
    """Yield the files of the pages, and of all that goes with them."""
    before = len(problems)
    _check_navigation(rendition.content, problems)
    _check_leading_table_has_times(rendition.inputs, problems)
    with_receipts = problems.collect(add_receipts_and_make_files, rendition)
    if with_receipts:
        rendition, site = with_receipts
        yield from site.items()
    for make in (make_feed, make_search_index):
        yield from (problems.collect(make, rendition) or {}).items()
    placed = set[str]()
    for page in rendition.content.pages:
        yield from (
            problems.collect(
                render_page_and_record_charts, rendition, page, placed, problems
            )
            or {}
        ).items()
    for files in make_charts_and_story_card(rendition, problems):
        yield from files.items()
    # else a chart may be missing only because its page could not be made
    if len(problems) == before:
        _check_all_charts_placed(rendition.content, placed, problems)


def _check_navigation(content: Content, problems: Problems) -> None:
    """Note what the navigation names that is no page, or names twice, and pages below
    one that it does not name.
    """
    settings = content.settings
    toml = settings.toml
    slugs = {page.slug for page in content.pages}
    expected = f"expected a page of content/{content.language.code}"
    for slug in settings.navigation:
        if slug not in slugs:
            message = f"found {quote_words(slug)} in the navigation, {expected}"
            line = toml.find_line_or_closest("navigation")
            problems.add(toml.path, line, message, suggest_similar_or_all(slug, slugs))
    for slug, count in Counter(settings.slugs_in_navigation_order).items():
        if count > 1:
            message = (
                f"found {quote_words(slug)} {count} times in the navigation and in"
                " [below], expected it once"
            )
            line = toml.find_line_or_closest("navigation")
            problems.add(toml.path, line, message)
    for first, below in settings.below.items():
        line = toml.find_line_or_closest("below", first)
        if first not in settings.navigation:
            message = (
                f"found the key {quote_words(first)} in [below], expected a page of the"
                " navigation"
            )
            problems.add(
                toml.path,
                line,
                message,
                suggest_similar_or_all(first, settings.navigation),
            )
        for slug in sorted({*below} - slugs):
            message = (
                f"found {quote_words(slug)} below {quote_words(first)}, {expected}"
            )
            problems.add(toml.path, line, message, suggest_similar_or_all(slug, slugs))


def _check_leading_table_has_times(inputs: SiteInputs, problems: Problems) -> None:
    """Note a leading table that is not there or of no time."""
    settings = inputs.content.settings
    leading = settings.leading
    timed = [name for name, table in inputs.data.items() if table.description.time_keys]
    if leading and leading not in timed:
        message = (
            f"found leading = {quote_words(leading)}, expected a table whose key"
            " holds a"
            " time"
        )
        line = settings.toml.find_line_or_closest("leading")
        problems.add(
            settings.toml.path, line, message, suggest_similar_or_all(leading, timed)
        )


def _check_all_charts_placed(
    content: Content, placed_chart_names: set[str], problems: Problems
) -> None:
    """Note each chart that stands on no page."""
    for name, text in content.charts.items():
        if name not in placed_chart_names:
            message = f"no page shows the chart {name}"
            hint = f"put ![](chart:{name}) into a page, or delete this file"
            problems.add(text.path, 1, message, hint)
