"""Rendering: pages, figures and downloads become files of the site."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from press.blame import Place
from press.content import ENTRY, Content, Page
from press.errors import Problems, quoted, similar
from press.pages.charts import offers, told_of
from press.pages.downloads import for_robots, tables
from press.pages.edition import ABSOLUTE, FRAMES, Edition, Inputs
from press.pages.file import File, Site
from press.pages.jsonld import structured
from press.pages.legend import unnamed
from press.pages.links import GLOSSARY
from press.pages.markdown import Prose, convert
from press.pages.numbers import with_receipts
from press.pages.sections import entries, sections
from press.pages.templates import Templates, finished
from press.steps import told


def render(inputs: Inputs, problems: Problems, first: Collection[str] = ()) -> Iterator[tuple[str, File]]:
    """Yield the files of the site by their addresses, the pages in ``first`` before others.

    Problems of a page are added when it is made. Raises ``BuildError`` where there are no templates to fill.
    """
    templates = Templates.read(inputs.root, inputs.palette)
    yield from templates.files().items()
    yield from tables(inputs)
    changed = dict[str, str]()
    for language in inputs.content.languages:
        edition = Edition(inputs, language, templates)
        for address, file in _pages(edition, problems, first):
            slug = address.removeprefix(edition.folder).removesuffix(".html")
            changed[address] = language.changes.changed(slug)
            yield address, file
    if inputs.base.url:
        yield from for_robots(changed, inputs.base, ABSOLUTE | {FRAMES}).items()


def prepare(inputs: Inputs) -> None:
    """Make what pages need and no drawing tells, while drawings are under way: compile templates, convert texts.

    What is wrong with any of it is told when the pages are made.
    """
    problems = Problems()
    templates = problems.collect(Templates.read, inputs.root, inputs.palette) if inputs.studio.at_work else None
    if templates is None:
        return
    templates.compile()
    for language in inputs.content.languages:
        edition = Edition(inputs, language, templates)
        for page in language.pages:
            shown = edition.shows(page.body, page)
            problems.collect(convert, page.body, edition.files, edition.linker(page), shown)


def proofread(content: Content) -> None:
    """Raise ``BuildError`` with the problems of the Markdown alone: broken tables leave nothing to render."""
    problems = Problems()
    for language in content.languages:
        files = {Path(page.path).name: page.slug for page in language.pages}
        files |= {f"charts/{name}.md": name for name in language.charts}
        for page in language.pages:
            problems.collect(convert, page.body, files)
        for text in language.charts.values():
            problems.collect(convert, text.body, files)
    problems.stop_if_any()


def _pages(edition: Edition, problems: Problems, first: Collection[str]) -> Iterator[tuple[str, File]]:
    """Yield the files of one language, the pages in ``first`` before others."""
    before = len(problems)
    _check_navigation(edition, problems)
    _check_dated(edition, problems)
    edition, site = problems.collect(with_receipts, edition) or (edition, {})
    yield from site.items()
    placed = set[str]()
    makers = [*offers(edition, problems)]
    pages = ((edition.address(page), page) for page in edition.language.pages)
    makers += ((address, partial(_page, edition, page, placed, problems)) for address, page in pages)
    makers.sort(key=lambda maker: maker[0] not in first)
    for _, make in told(makers, "making pages", edition.inputs.report):
        yield from (problems.collect(make) or {}).items()
    _check_series(edition, problems)
    if len(problems) == before:  # else a chart may be missing only because its page could not be made
        _check_uses(edition, placed, problems)


def _check_navigation(edition: Edition, problems: Problems) -> None:
    settings = edition.inputs.content.settings
    slugs = {page.slug for page in edition.language.pages}
    for slug in settings.navigation:
        if slug not in slugs:
            message = f"found {quoted(slug)} in the navigation, expected a page of content/{edition.language.code}"
            problems.add("content/site.toml", settings.navigation_line, message, similar(slug, slugs))


def _check_dated(edition: Edition, problems: Problems) -> None:
    """Note a leading table that is not there or of no time, and each page of a change that is not there."""
    settings, data, language = edition.inputs.content.settings, edition.inputs.data, edition.language
    timed = [name for name, table in data.items() if table.description.times]
    if settings.leading and settings.leading not in timed:
        message = f"found leading = {quoted(settings.leading)}, expected a table whose key holds a time"
        problems.add("content/site.toml", settings.leading_line, message, similar(settings.leading, timed))
    slugs = {*(page.slug for page in language.pages), *(f"charts/{name}" for name in language.charts)}
    for item in language.changes.items:
        for slug in sorted({*item.pages} - slugs):
            message = f"found the page {quoted(slug)}, expected a page of content/{language.code}"
            problems.add(language.changes.path, item.line, message, similar(slug, slugs))


def _check_series(edition: Edition, problems: Problems) -> None:
    """Note each series that a drawing of several shows and neither it nor the subtitle names."""
    for name, figure in edition.figures.items():
        text = edition.language.charts[name]
        line = next(item.place(0)[0] for item in text.strings if item.what == "subtitle")
        for size, series in unnamed(figure, text.subtitle):
            message = f"nothing in the {size} drawing of {name} or in its subtitle names the series {quoted(series)}"
            hint = "draw a word of it beside the series, as a mark of text, or say in the subtitle which is which"
            problems.add(text.path, line, message, hint)


def _check_uses(edition: Edition, placed: set[str], problems: Problems) -> None:
    """Note each chart that stands on no page, and each entry of the glossary that no text links to."""
    for name, text in edition.language.charts.items():
        if name not in placed:
            hint = f"put ![](chart:{name}) into a page, or delete this file"
            problems.add(text.path, 1, f"no page shows the chart {name}", hint)
    used = {entry.link.target for entry in edition.ledger.entries}
    for page in edition.language.pages:
        for found in ENTRY.finditer(page.body.value) if Path(page.path).name == GLOSSARY else ():
            if f"term:{found[1]}" not in used:
                message = f"no text uses the term {found[1]}"
                hint = f"write [words](term:{found[1]}) where a reader meets it, or delete this entry"
                problems.add(page.path, page.body.place(found.start())[0], message, hint)


def _page(edition: Edition, page: Page, placed: set[str], problems: Problems) -> Site:
    """Return a page, and note which charts stand on it."""
    context, charts = edition.context(page), edition.language.charts
    link, shown = edition.linker(page), edition.shows(page.body, page)
    prose = problems.collect(convert, page.body, edition.files, link, shown) or Prose("", {}, {})
    places, body = dict(prose.places), prose.html
    context["charts"] = [name for name in prose.charts if name in charts]
    context["stepped"] = any(charts[name].steps for name in context["charts"])
    for name, line in prose.charts.items():
        if name not in charts:
            expected = f"expected a file content/{edition.language.code}/charts/{name}.md"
            message = f"found the unknown chart {quoted(name)}, {expected}"
            problems.add(page.path, line, message, similar(name, charts))
        elif figure := problems.collect(_figure, edition, name, context, places):
            placed.add(name)
            body = body.replace(f'<div data-chart="{name}"></div>', figure)
    intro, parts = sections(body)
    context |= {"body": Markup(body), "intro": intro, "sections": parts}  # noqa: S704 - ours
    context["others"] = {section.id: section for section in parts if section.id in page.others}
    if page.entries:
        context["entries"] = entries(edition, page, parts, prose, problems)
    share = context["share"]
    picture = edition.absolute(share[0]) if share else ""
    context["structured"] = Markup(structured(edition, page, picture))  # noqa: S704 - JSON without "<"
    place = page.path, page.lines.get("template", 1)
    html = edition.templates.fill(f"{page.template}.html", place, context)
    return {edition.address(page): File(finished(html), f"templates/{page.template}.html", places)}


def _figure(edition: Edition, name: str, context: dict[str, Any], places: dict[str, Place]) -> str:
    """Return a figure as HTML, and note where the links in its summary stand."""
    text, page = edition.language.charts[name], context["page"]
    summary = edition.summary(text, page)
    places |= summary.places
    if name not in edition.figures:  # it could not be drawn, which is told already; links into it are right
        told = (each for texts in edition.told(text.strings, page).values() for each in texts)
        return f'<figure id="{name}">{"".join(told)}{summary.html}</figure>'
    return edition.templates.fill("figure.html", (text.path, 1), context | told_of(edition, name, summary, page))
