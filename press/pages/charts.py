"""Each chart's own files: its page, its embed for other sites, its downloads, its card
to share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from press.content import ChartText, Page
from press.ground.errors import Problems
from press.pages import frame
from press.pages.addresses import FRAMES, GALLERY_FILE, ChartAddresses
from press.pages.assets import make_style_sheet
from press.pages.chart_context import (
    describe_chart_on_page,
    list_drawings_with_svg,
    make_points_script,
)
from press.pages.cite import make_citation, use_newest_edition_if_contained
from press.pages.context import (
    BodyContext,
    ChartPageContext,
    DrawingWithSvg,
    FrameContext,
)
from press.pages.downloads import list_licences
from press.pages.file import File, FilesByAddress
from press.pages.jsonld import format_json_ld_if_indexable
from press.pages.page_context import describe_story_and_page
from press.pages.pictures import (
    PublishedChart,
    gather_published_chart,
    make_downloads_and_card,
    make_story_card_from_chart,
)
from press.pages.rendition import CHART_TEMPLATE, Rendition
from press.pages.templates import encode_page

FRAME_TEMPLATE = "embed.html"


def make_charts_and_story_card(
    rendition: Rendition, problems: Problems
) -> Iterator[FilesByAddress]:
    """Yield the files that go with each chart; problems of a chart are added."""
    charts = rendition.addresses.addresses_of_charts_with_pages
    if charts and not rendition.content.settings.licence:
        address = "https://creativecommons.org/licenses/by/4.0/"
        message = "the licence of the charts is missing"
        hint = (
            'add a table [licence] with title = "CC BY 4.0" and, on a line of its own,'
            f' path = "{address}"'
        )
        problems.add("content/site.toml", 1, message, hint)
        return
    figures = rendition.inputs.figures
    for name in rendition.content.charts:  # in the order in which they are drawn
        if name in charts and name in figures:
            yield problems.collect(_make_files_of_chart, rendition, charts[name]) or {}
    first = next(iter(charts), "")
    if first in figures:
        yield (
            problems.collect(make_story_card_from_chart, rendition, charts[first]) or {}
        )


def _make_files_of_chart(
    rendition: Rendition, addresses: ChartAddresses
) -> FilesByAddress:
    """Return the files of one chart. Raises ``BuildError``."""
    chart = gather_published_chart(rendition, addresses)
    downloads = make_downloads_and_card(
        chart
    )  # which checks that all its words can be set
    points, script = make_points_script(chart.figure, rendition.language.code)
    return {
        points: File(script, chart.text.path),
        **downloads,
        addresses.page: _render_chart_page(chart),
        addresses.embed: _render_chart_frame(chart),
    }


def _make_chart_page(text: ChartText) -> Page:
    return _make_page_of_chart_text(text, f"charts/{text.name}", "chart")


def _make_frame_page(text: ChartText) -> Page:
    return _make_page_of_chart_text(text, f"{FRAMES}/{text.name}", "embed")


def _make_page_of_chart_text(chart_text: ChartText, slug: str, template: str) -> Page:
    """Return the words of a chart as those of a page."""
    return Page(
        path=chart_text.path,
        slug=slug,
        title=chart_text.title,
        description=chart_text.subtitle,
        template=template,
        label=chart_text.title,
        lines={},
        body=chart_text.body,
        strings=chart_text.strings,
    )


def _render_chart_page(chart: PublishedChart) -> File:
    """Return the page of a chart. Raises ``BuildError``."""
    rendition = chart.rendition
    templates = rendition.templates
    name = chart.addresses.name
    page = chart.text.get_memoized(_make_chart_page)
    summary = rendition.texts.render_summary_refusing_charts(chart.text, page)
    body = BodyContext(
        body=Markup(summary.html),  # noqa: S704 - ours
        structured=format_json_ld_if_indexable(rendition, page, ""),
        charts=[name],
        has_states=bool(chart.text.states),
    )
    html = templates.fill_template(
        CHART_TEMPLATE,
        chart.addresses.page,
        (chart.text.path, 1),
        *describe_story_and_page(rendition, page),
        body,
        describe_chart_on_page(rendition, name, summary, page),
        _describe_chart_page(chart),
    )
    return File(
        encode_page(html),
        templates.find_origin_of_page(CHART_TEMPLATE, chart.text.path),
        summary.places,
    )


def _describe_chart_page(chart: PublishedChart) -> ChartPageContext:
    """Return what the template of a chart's own page is told beside the chart."""
    rendition = chart.rendition
    addresses = rendition.addresses
    data = rendition.inputs.data
    language = rendition.language
    name = chart.addresses.name
    charts = list(addresses.addresses_of_charts_with_pages.values())
    place = charts.index(chart.addresses)
    page = addresses.showing_page_by_chart[name]
    licences = list_licences(data[table].description for table in chart.figure.tables)
    lasting = use_newest_edition_if_contained(chart.work, rendition, name)
    # below the plot in a frame
    foot = f"{chart.heading.source} · {language.words['embed_more']}"
    text = chart.text
    drawings = chart.figure.drawings
    return ChartPageContext(
        chart=chart.addresses,
        number=place + 1,
        before=charts[place - 1] if place else None,
        after=next(iter(charts[place + 1 :]), None),
        gallery=addresses.address_by_markdown_file.get(GALLERY_FILE, ""),
        stands_on=page.label,
        stands_at=addresses.get_address(page),
        licences=[(item["title"], item.get("path", "")) for item in licences],
        cite=make_citation(lasting, language),
        frame_height=frame.measure_frame_height(
            drawings, text.title, text.subtitle, foot
        ),
    )


def _render_chart_frame(chart: PublishedChart) -> File:
    """Return the chart for a frame on another site: no scripts, links that open beside
    it.
    """
    rendition = chart.rendition
    templates = rendition.templates
    page = chart.text.get_memoized(_make_frame_page)
    drawings = list_drawings_with_svg(chart.figure.drawings[-2:])
    context = FrameContext(
        chart=chart.addresses,
        text=chart.text,
        heading=chart.heading,
        drawings=drawings,
        sizes=make_style_sheet(_format_sizes_as_css_variables(drawings)),
    )
    html = templates.fill_template(
        FRAME_TEMPLATE,
        chart.addresses.embed,
        (chart.text.path, 1),
        *describe_story_and_page(rendition, page),
        context,
    )
    origin = templates.find_origin_of_page(FRAME_TEMPLATE, chart.text.path)
    return File(encode_page(html), origin)


def _format_sizes_as_css_variables(drawings: Sequence[DrawingWithSvg]) -> str:
    """Return how large each drawing is, for the style sheet, which keeps letters
    readable where a frame is low.
    """
    return "".join(
        f".{each.size}{{--w:{each.width}px;--h:{each.height}px}}"
        for each, _ in drawings
    )
