"""Rendering: pages, figures and downloads become files of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from markupsafe import Markup

from press.content import Content, Page
from press.ground.cache import Call
from press.ground.errors import Problems, quote_words, suggest_similar
from press.ground.guard import Place
from press.pages import cite
from press.pages.cards import hero
from press.pages.charts import handed, make_chart_files
from press.pages.downloads import for_robots, tables
from press.pages.editions import pages_of_edition
from press.pages.feed import feed
from press.pages.file import File, Site
from press.pages.history import changes_of
from press.pages.jsonld import structured
from press.pages.links import GALLERY
from press.pages.markdown import Prose, convert
from press.pages.numbers import with_receipts
from press.pages.rendition import ABSOLUTE, CHANGES, FRAMES, STORY, Inputs, Rendition
from press.pages.search import index
from press.pages.sections import entries, sections, stripped, with_charts
from press.pages.templates import Templates, finished

READING = 220  # words that a reader takes in a minute


def render(inputs: Inputs, problems: Problems) -> Iterator[tuple[str, File]]:
    """Yield the files of the site by their addresses.

    Problems of a page are added when it is made. Raises ``BuildError`` where there are
    no templates to fill.
    """
    templates = Templates.read(inputs.root, inputs.palette, inputs.theme)
    yield from templates.files().items()
    yield from tables(inputs)
    changed = dict[str, str]()
    rendition = Rendition(inputs, templates)
    for address, file in _pages(rendition, problems):
        changed[address] = inputs.content.changes.find_last_day(
            address.removesuffix(".html")
        )
        yield address, file
    yield from _editions(inputs, templates, problems)
    if inputs.base.url:
        yield from for_robots(changed, inputs.base, ABSOLUTE | {FRAMES}).items()


def _editions(
    inputs: Inputs, templates: Templates, problems: Problems
) -> Iterator[tuple[str, File]]:
    """Yield the files of the editions that there are, and of the one that is to be
    made.
    """
    for edition in inputs.content.editions:
        for place, body in edition.files.items():
            yield (
                f"{edition.folder}{place}",
                File(body, f"{edition.folder}{place}", kept=True),
            )
    if inputs.edition:
        rendition = Rendition(inputs, templates, inputs.edition)
        yield from pages_of_edition(
            rendition, partial(_page, placed=set(), problems=problems)
        ).items()


def proofread(content: Content) -> None:
    """Raise ``BuildError`` with the problems of the Markdown alone: broken tables leave
    nothing to render.
    """
    problems = Problems()
    files = {page.file: page.slug for page in content.pages}
    files |= {f"charts/{name}.md": name for name in content.charts}
    for body in (
        *(page.body for page in content.pages),
        *(text.body for text in content.charts.values()),
    ):
        problems.collect(convert, body, files)
    problems.stop_if_any()


def _pages(rendition: Rendition, problems: Problems) -> Iterator[tuple[str, File]]:
    """Yield the files of the pages, and of all that goes with them."""
    before = len(problems)
    _check_navigation(rendition, problems)
    _check_leading_table(rendition, problems)
    rendition, site = problems.collect(with_receipts, rendition) or (rendition, {})
    yield from site.items()
    yield from (problems.collect(feed, rendition) or {}).items()
    yield from (problems.collect(index, rendition) or {}).items()
    placed = set[str]()
    for page in rendition.content.pages:
        made = problems.collect(_page, rendition, page, placed, problems)
        yield from (made or {}).items()
    for files in make_chart_files(rendition, problems):
        yield from files.items()
    # else a chart may be missing only because its page could not be made
    if len(problems) == before:
        _check_uses(rendition, placed, problems)


def _check_navigation(rendition: Rendition, problems: Problems) -> None:
    settings = rendition.content.settings
    toml = rendition.content.settings.toml
    slugs = {page.slug for page in rendition.content.pages}
    expected = f"expected a page of content/{rendition.language.code}"
    for slug in settings.navigation:
        if slug not in slugs:
            message = f"found {quote_words(slug)} in the navigation, {expected}"
            problems.add(
                toml.path,
                toml.line("navigation"),
                message,
                suggest_similar(slug, slugs),
            )
    for first, below in settings.below.items():
        line = toml.line("below", first)
        if first not in settings.navigation:
            message = (
                f"found the key {quote_words(first)} in [below], expected a page of the"
                " navigation"
            )
            problems.add(
                toml.path, line, message, suggest_similar(first, settings.navigation)
            )
        for slug in sorted({*below} - slugs):
            message = (
                f"found {quote_words(slug)} below {quote_words(first)}, {expected}"
            )
            problems.add(toml.path, line, message, suggest_similar(slug, slugs))


def _check_leading_table(rendition: Rendition, problems: Problems) -> None:
    """Note a leading table that is not there or of no time."""
    data = rendition.inputs.data
    settings = rendition.content.settings
    timed = [name for name, table in data.items() if table.description.times]
    if settings.leading and settings.leading not in timed:
        message = (
            f"found leading = {quote_words(settings.leading)}, expected a table"
            " whose key"
            " holds a time"
        )
        problems.add(
            settings.toml.path,
            settings.toml.line("leading"),
            message,
            suggest_similar(settings.leading, timed),
        )


def _check_uses(rendition: Rendition, placed: set[str], problems: Problems) -> None:
    """Note each chart that stands on no page."""
    for name, text in rendition.content.charts.items():
        if name not in placed:
            hint = f"put ![](chart:{name}) into a page, or delete this file"
            problems.add(text.path, 1, f"no page shows the chart {name}", hint)


def _page(
    rendition: Rendition, page: Page, placed: set[str], problems: Problems
) -> Site:
    """Return a page, and note which charts stand on it."""
    context = rendition.context(page)
    charts = rendition.content.charts
    prose = problems.collect(rendition.prose, page.body, page) or Prose("", {}, {})
    own = rendition.address(page)
    places = dict(prose.places)
    body = prose.html
    context |= _lists_of_page(rendition, page)
    context["charts"] = [
        name for name in prose.charts if name in charts and not rendition.edition
    ]
    context["stepped"] = any(charts[name].steps for name in context["charts"])
    for name, line in prose.charts.items():
        if name not in charts:
            expected = (
                f"expected a file content/{rendition.language.code}/charts/{name}.md"
            )
            message = f"found the unknown chart {quote_words(name)}, {expected}"
            problems.add(page.path, line, message, suggest_similar(name, charts))
        elif figure := problems.collect(_figure, rendition, name, context, places):
            placed.add(name)
            body = body.replace(f'<div data-chart="{name}"></div>', figure)
    intro, parts = sections(body)
    context |= {"body": Markup(body), "intro": intro, "sections": parts}  # noqa: S704 - ours
    context["hero"] = problems.collect(hero, rendition, page)
    context["minutes"] = round(len(stripped(prose.html).split()) / READING)
    context["others"] = {
        section.id: section for section in parts if section.id in page.others
    }
    if page.entries:
        context["entries"] = entries(rendition, page, parts, prose, problems)
    share = context["share"]
    picture = rendition.absolute(share[0]) if share else ""
    if cited := _cite(rendition, page):
        context |= {"cite_this": cited, "kept": cite.kept(rendition)}
    context["structured"] = Markup(structured(rendition, page, picture))  # noqa: S704 - JSON without "<"
    place = page.path, page.lines.get("template", 1)
    html = rendition.templates.fill(f"{page.template}.html", own, place, context)
    origin = rendition.templates.place(f"{page.template}.html")
    return {own: File(finished(html), origin, places)}


def _lists_of_page(rendition: Rendition, page: Page) -> dict[str, Any]:
    """Return what the page of all changes lists, or that of all charts."""
    if page.file == CHANGES:
        return {"changes": changes_of(rendition)}
    if page.file == GALLERY:
        return {"groups": with_charts(rendition)}
    return {}


def _cite(rendition: Rendition, page: Page) -> Callable[[], cite.Forms] | None:
    """Return what gives the citations of the story, where its licence is known; an
    edition leaves that to the site.
    """
    if (
        page.slug != STORY
        or rendition.edition
        or not rendition.content.settings.licence
    ):
        return None
    work = cite.staying(
        cite.work_of(rendition, page.slug, page.title, page.description), rendition
    )
    return Call(cite.forms, (work, rendition.language, "cite_story"))


def _figure(
    rendition: Rendition, name: str, context: dict[str, Any], places: dict[str, Place]
) -> str:
    """Return a figure as HTML, and note where the links in its summary stand."""
    text = rendition.content.charts[name]
    page = context["page"]
    summary = rendition.summary(text, page)
    places |= summary.places
    # it could not be drawn, which is told already; links into it are right
    if name not in rendition.inputs.figures:
        told = (
            each
            for texts in rendition.inlined(text.strings, page).values()
            for each in texts
        )
        return f'<figure id="{name}">{"".join(told)}{summary.html}</figure>'
    target = f"{rendition.address(page)}#{name}"
    whole = context | handed(rendition, name, summary, page)
    return rendition.templates.fill("figure.html", target, (text.path, 1), whole)
