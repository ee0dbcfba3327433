"""What templates are told of a chart, in a text and on its own page."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from press.content import ChartText, Page
from press.data import Row
from press.figures import DrawingAtSize, DrawnChart
from press.ground.errors import Problems, suggest_similar_or_all
from press.ground.files import hash_parts
from press.pages.context import ChartContext, DrawingWithSvg
from press.pages.markdown import RenderedMarkdown
from press.pages.rendition import Rendition


def describe_chart_on_page(
    rendition: Rendition, chart_name: str, summary: RenderedMarkdown, page: Page
) -> ChartContext:
    """Return what templates are told of a chart on a page.

    Raises ``BuildError`` for a cell that leads to no page of the story.
    """
    inputs = rendition.inputs
    figure = inputs.figures[chart_name]
    text = rendition.content.charts[chart_name]
    link = rendition.addresses.make_linker_of_page(page)
    points, _ = make_points_script(figure, rendition.language.code)
    return ChartContext(
        figure=figure,
        text=text,
        told=rendition.texts.render_strings_by_kind(text.strings, page),
        summary=Markup(summary.html),  # noqa: S704 - ours
        drawings=list_drawings_with_svg(figure.drawings),
        makers=inputs.list_makers(figure.tables),
        cited=sorted(inputs.list_cited_source_rows(figure), key=_make_sort_key),
        leads=_get_page_links_of_cells(rendition, figure, text, page),
        points=link(points),
    )


def make_points_script(
    drawn_chart: DrawnChart, language_code: str
) -> tuple[str, bytes]:
    """Return address and content of the script with the points of a chart."""
    script = drawn_chart.points.format_as_javascript(drawn_chart.name).encode()
    return (
        f"assets/points.{language_code}.{drawn_chart.name}.{hash_parts(script)[:10]}.js",
        script,
    )


def list_drawings_with_svg(drawings: Iterable[DrawingAtSize]) -> list[DrawingWithSvg]:
    """Return drawings, each with its SVG."""
    return [(drawing, Markup(drawing.page_svg)) for drawing in drawings]  # noqa: S704 - ours


def _make_sort_key(source: Row) -> tuple[str, int]:
    """Return what sorts sources by the day on which they were published."""
    return str(source["published"]), source.line


def _get_page_links_of_cells(
    rendition: Rendition,
    drawn_chart: DrawnChart,
    chart_text: ChartText,
    linking_page: Page,
) -> dict[str, str]:
    """Return how the page links to where cells of a chart's table lead.

    Raises ``BuildError`` for no page of ours.
    """
    link = rendition.addresses.make_linker_of_page(linking_page)
    files = rendition.addresses.address_by_markdown_file
    targets = dict.fromkeys(
        cell.leads for row in drawn_chart.table.rows for cell in row
    )
    problems = Problems()
    found = dict[str, str]()
    for target in filter(None, targets):
        file, _, place = target.partition("#")
        if file in files:
            found[target] = f"{link(files[file])}#{place}"
        else:
            message = (
                f"the chart {drawn_chart.name} leads to {file}, expected a page of the"
                " story"
            )
            problems.add(
                chart_text.path, 1, message, suggest_similar_or_all(file, files)
            )
    problems.stop_if_any()
    return found
