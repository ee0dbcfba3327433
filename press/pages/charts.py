"""Each chart's own files: its page, its embed for other sites, its downloads, its card
to share.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from press.binding import Entry
from press.content import ChartText, Page
from press.figures import ChartDrawing, Figure, card, poster, svg
from press.ground.cache import PAGES
from press.ground.colour import Palette
from press.ground.errors import BuildError, Problems, suggest_similar
from press.ground.files import hash_parts
from press.pages import cards, cite, frame, jsonld
from press.pages.downloads import licences
from press.pages.file import File, Site
from press.pages.links import GALLERY, NUMBERS
from press.pages.markdown import Prose
from press.pages.receipts import Use
from press.pages.rendition import CHART_PAGE, FRAMES, STORY_CARD, Home, Rendition
from press.pages.templates import finished, sheet_of

SCALE = 2  # pixels of a picture to each of the drawing


def make_chart_files(rendition: Rendition, problems: Problems) -> Iterator[Site]:
    """Yield the files that go with each chart; problems of a chart are added."""
    if rendition.homes and not rendition.content.settings.licence:
        address = "https://creativecommons.org/licenses/by/4.0/"
        hint = (
            'add a table [licence] with title = "CC BY 4.0" and, on a line of its own,'
            f' path = "{address}"'
        )
        problems.add(
            "content/site.toml", 1, "the licence of the charts is missing", hint
        )
        return
    homes = rendition.homes
    figures = rendition.inputs.figures
    asked = rendition.content.charts  # in the order in which they are drawn
    for name in asked:
        if name in homes and name in figures:
            yield problems.collect(_at_home, rendition, homes[name]) or {}
    if (first := next(iter(homes), "")) in figures:
        yield problems.collect(_story_card, rendition, homes[first]) or {}


def handed(
    rendition: Rendition, name: str, summary: Prose, page: Page
) -> dict[str, Any]:
    """Return what templates are told of a chart on a page."""
    figure = rendition.inputs.figures[name]
    text = rendition.content.charts[name]
    return {
        "figure": figure,
        "text": text,
        "summary": Markup(summary.html),  # noqa: S704 - ours
        "makers": rendition.makers(figure.tables),
        "cited": sorted(
            rendition.cited(figure), key=lambda row: (str(row["published"]), row.line)
        ),
        "told": rendition.inlined(text.strings, page),
        "drawings": _shown(figure.drawings),
        "leads": _leads(rendition, figure, text, page),
        "points": rendition.linker(page)(_points(figure, rendition.language.code)[0]),
    }


def _points(figure: Figure, code: str) -> tuple[str, bytes]:
    """Return address and content of the script with the points of a chart; ``code`` is
    that of the language.
    """
    script = figure.points.write_script(figure.name).encode()
    return f"assets/points.{code}.{figure.name}.{hash_parts(script)[:10]}.js", script


def _leads(
    rendition: Rendition, figure: Figure, text: ChartText, page: Page
) -> dict[str, str]:
    """Return how the page links to where cells of a chart's table lead.

    Raises ``BuildError`` for no page of ours.
    """
    targets = dict.fromkeys(
        cell.leads for row in figure.table.rows for cell in row if cell.leads
    )
    link = rendition.linker(page)
    problems = Problems()
    found = dict[str, str]()
    for target in targets:
        file, _, place = target.partition("#")
        if file not in rendition.files:
            message = (
                f"the chart {figure.name} leads to {file}, expected a page of the story"
            )
            problems.add(text.path, 1, message, suggest_similar(file, rendition.files))
        else:
            found[target] = f"{link(rendition.files[file])}#{place}"
    problems.stop_if_any()
    return found


def _shown(drawings: Iterable[ChartDrawing]) -> list[tuple[ChartDrawing, Markup]]:
    return [(drawing, Markup(drawing.page_svg)) for drawing in drawings]  # noqa: S704 - ours


class _Chart(NamedTuple):
    """A chart in a rendition, with all that its page and its downloads are made of."""

    rendition: Rendition
    home: Home
    figure: Figure
    text: ChartText
    work: cite.Work
    heading: poster.Heading  # what is said around its pictures

    @classmethod
    def of(cls, rendition: Rendition, home: Home) -> _Chart:
        figure = rendition.inputs.figures[home.name]
        text = rendition.content.charts[home.name]
        newest = cite.newest(str(row["published"]) for row in rendition.cited(figure))
        work = cite.work_of(rendition, f"charts/{home.name}", text.title, text.subtitle)
        source = rendition.language.words["picture_source"].fill(
            makers="; ".join(rendition.makers(figure.tables))
        )
        name = rendition.content.settings.name
        address = rendition.absolute(home.page).removeprefix("https://")
        heading = poster.Heading(
            text.title, text.subtitle, text.alt, source, name, address
        )
        return cls(rendition, home, figure, text, work._replace(newest=newest), heading)


def _at_home(rendition: Rendition, home: Home) -> Site:
    """Return the files of one chart. Raises ``BuildError``."""
    chart = _Chart.of(rendition, home)
    pictures = _pictures(chart)  # which checks that all its words can be set
    about, (points, script) = (
        _about(chart),
        _points(chart.figure, rendition.language.code),
    )
    return {
        points: File(script, chart.text.path),
        **_downloads(chart, *pictures),
        home.page: _page(chart, about),
        home.embed: _embed(chart, about),
    }


def _pictures(chart: _Chart) -> tuple[str, str]:
    """Return the sheet and the card of a chart.

    Raises ``BuildError`` for words that fit neither, or cannot be set.
    """
    shown = cards.shown(chart.rendition, chart.figure, chart.text)
    parts = {
        "figure": chart.figure,
        "heading": chart.heading,
        "shown": shown,
        "palette": chart.rendition.inputs.palette,
    }
    try:
        return PAGES.get(("pictures", chart.home.name), _set_pictures, parts)
    except ValueError as error:
        hint = (
            f"this is about the pictures of the chart {chart.home.name} that readers"
            " download and share"
        )
        raise BuildError.at(chart.text.path, 1, f"{error}", hint) from None


def _set_pictures(parts: Mapping[str, Any]) -> tuple[str, str]:
    """Return the sheet and the card of a chart as SVG.

    Raises ``ValueError`` for words that cannot be set.
    """
    heading = parts["heading"]
    palette = parts["palette"]
    sheet = poster.draw_sheet(parts["figure"].drawings[0].svg, heading, palette)
    return sheet, card.draw_card(heading, parts["shown"], palette)


def _downloads(chart: _Chart, sheet: str, to_share: str) -> Site:
    home = chart.home
    path = chart.text.path
    studio = chart.rendition.inputs.studio
    palette = chart.rendition.inputs.palette
    return {
        # the mark tells spreadsheet programs
        home.csv: File(chart.figure.table.csv().encode("utf-8-sig"), path),
        home.svg: File(sheet.encode(), path),
        home.png: File(studio.prepare_picture(sheet, SCALE, path), path),
        home.spec: File(
            partial(
                _spec, chart.figure.spec, chart.heading, chart.work.licence, palette
            ),
            path,
        ),
        home.card: File(studio.prepare_picture(to_share, 1, path), path),
    }


def _spec(
    spec_drawn: str, heading: poster.Heading, licence: str, palette: Palette
) -> bytes:
    """Return the specification of the wide drawing in literal colours, with what its
    words are.
    """
    said = {key: getattr(heading, key) for key in ("title", "subtitle", "source")} | {
        "licence": licence
    }
    spec = json.loads(
        svg.replace_colours(spec_drawn, poster.get_light_colours(palette))
    )
    whole = {**spec, "description": heading.alt, "usermeta": said}
    return f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode()


def _chart_page(text: ChartText) -> Page:
    return _page_of(text, f"charts/{text.name}", "chart")


def _embed_page(text: ChartText) -> Page:
    return _page_of(text, f"{FRAMES}/{text.name}", "embed")


def _page_of(text: ChartText, slug: str, template: str) -> Page:
    """Return the words of a chart as those of a page."""
    return Page(
        path=text.path,
        slug=slug,
        title=text.title,
        description=text.subtitle,
        template=template,
        label=text.title,
        lines={},
        body=text.body,
        strings=text.strings,
    )


def _page(chart: _Chart, about: Mapping[str, Any]) -> File:
    """Return the page of a chart."""
    rendition = chart.rendition
    page = chart.text.derive(_chart_page)
    summary = rendition.summary(chart.text, page)
    context = {
        **rendition.context(page),
        **handed(rendition, chart.home.name, summary, page),
        **about,
    }
    context |= {
        "body": context["summary"],
        "charts": [chart.home.name],
        "uses": _uses(chart),
        "structured": Markup(jsonld.structured(rendition, page, "")),  # noqa: S704 - JSON without "<"
    }
    html = rendition.templates.fill(
        CHART_PAGE, chart.home.page, (chart.text.path, 1), context
    )
    return File(finished(html), rendition.templates.place(CHART_PAGE), summary.places)


def _about(chart: _Chart) -> dict[str, Any]:
    """Return what the page of a chart and its frame are told beside the
    chart itself.
    """
    rendition = chart.rendition
    homes = list(chart.rendition.homes.values())
    place = homes.index(chart.home)
    language = chart.rendition.language
    tables = [rendition.inputs.data[table].description for table in chart.figure.tables]
    # below the plot in a frame
    foot = f"{chart.heading.source} · {language.words['embed_more']}"
    return {
        "chart": chart.home,
        "number": place + 1,
        "gallery": rendition.files.get(GALLERY, ""),
        "figure": chart.figure,
        "text": chart.text,
        "before": homes[place - 1] if place else None,
        "after": homes[place + 1] if place + 1 < len(homes) else None,
        "stands_on": rendition.placed[chart.home.name].label,
        "stands_at": rendition.address(rendition.placed[chart.home.name]),
        "heading": chart.heading,
        "licences": [
            (item["title"], item.get("path", "")) for item in licences(tables)
        ],
        "cite": cite.forms(
            cite.staying(chart.work, rendition, chart.home.name), language
        ),
        "frame_height": frame.height(chart.figure.drawings, *chart.heading[:2], foot),
    }


def _uses(chart: _Chart) -> list[Use]:
    """Return the bound sentences of the paragraph before a chart; if none, those that
    say what its title says.
    """
    rendition = chart.rendition
    page = chart.rendition.placed[chart.home.name]
    before = page.body.value.partition(f"![](chart:{chart.home.name})")[0].rstrip()
    title = {
        entry.target_with_newest_time
        for entry in rendition.entries.get(id(chart.text.strings[0]), ())
    }
    here = rendition.entries.get(id(page.body), ())
    begin = before.rfind("\n\n")
    end = len(before)
    beside = [entry for entry in here if begin < entry.offset_in_whole_text < end]
    alike = [entry for entry in here if entry.target_with_newest_time in title]
    return _sentences(rendition, page, beside) or _sentences(rendition, page, alike)


def _sentences(rendition: Rendition, page: Page, entries: Iterable[Entry]) -> list[Use]:
    """Return the sentences of a page's bindings: each once, and no questions."""
    told = dict[str, Use]()
    address = rendition.address(page)
    for entry in entries:  # without receipts, words have no anchors
        anchor = (
            f"#{rendition.anchors[address][id(entry)]}"
            if NUMBERS in rendition.files
            else ""
        )
        if entry.has_facts_or_statement and not entry.sentence_words.endswith("?"):
            told.setdefault(
                entry.sentence_words,
                Use(f"{address}{anchor}", page.label, entry.sentence_words),
            )
    return list(told.values())


def _embed(chart: _Chart, about: Mapping[str, Any]) -> File:
    """Return the chart for a frame on another site: no scripts, links that open beside
    it.
    """
    rendition = chart.rendition
    page = chart.text.derive(_embed_page)
    drawings = _shown(chart.figure.drawings[-2:])
    # How large each is, for the style sheet, which keeps letters readable where a frame
    # is low.
    sizes = sheet_of(
        "".join(
            f".{each.size}{{--w:{each.width}px;--h:{each.height}px}}"
            for each, _ in drawings
        )
    )
    context = {**rendition.context(page), **about, "drawings": drawings, "sizes": sizes}
    html = rendition.templates.fill(
        "embed.html", chart.home.embed, (chart.text.path, 1), context
    )
    return File(finished(html), rendition.templates.place("embed.html"))


def _story_card(rendition: Rendition, home: Home) -> Site:
    """Return the picture that stands for the story: what the card of a chart shows,
    below the story's title.
    """
    page = rendition.story_page
    if page is None:
        return {}
    chart = _Chart.of(rendition, home)
    kicker = rendition.language.words["kicker"]
    alt = f"{page.title}: {chart.text.card_words}"
    heading = chart.heading._replace(
        title=page.title, subtitle=page.description, alt=alt, name=kicker
    )
    shown = cards.shown(rendition, chart.figure, chart.text)
    try:
        drawn = card.draw_card(heading, shown, rendition.inputs.palette)
    except ValueError as error:
        hint = (
            "this is about the picture for links to the story: its title, and the card"
            " of its first chart"
        )
        raise BuildError.at(page.path, 1, f"{error}", hint) from None
    return {
        STORY_CARD: File(
            rendition.inputs.studio.prepare_picture(drawn, 1, page.path), page.path
        )
    }
