"""The pictures of charts, to take along and to share, and their specifications."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from press.content import ChartText
from press.figures import DrawnChart, card, poster, svg
from press.ground.cache import PAGES
from press.ground.colour import Palette
from press.ground.errors import BuildError
from press.pages.addresses import STORY_CARD, ChartAddresses
from press.pages.cards import make_card_body_unless_faulty
from press.pages.cite import CitableWork, describe_page_as_work, find_newest_date
from press.pages.file import File, FilesByAddress
from press.pages.rendition import Rendition

SCALE = 2  # pixels of a picture to each of the drawing


class PublishedChart(NamedTuple):
    """A chart in a rendition, with all that its page and its downloads are made of."""

    rendition: Rendition
    addresses: ChartAddresses
    figure: DrawnChart
    text: ChartText
    work: CitableWork
    heading: poster.PictureTexts  # what is said around its pictures


def gather_published_chart(
    rendition: Rendition, chart_addresses: ChartAddresses
) -> PublishedChart:
    """Return the chart that lies at some addresses."""
    inputs = rendition.inputs
    figure = inputs.figures[chart_addresses.name]
    text = rendition.content.charts[chart_addresses.name]
    days = (str(row["published"]) for row in inputs.list_cited_source_rows(figure))
    work = describe_page_as_work(
        rendition, f"charts/{chart_addresses.name}", text.title, text.subtitle
    )
    makers = "; ".join(inputs.list_makers(figure.tables))
    heading = poster.PictureTexts(
        text.title,
        text.subtitle,
        text.alt,
        rendition.language.words["picture_source"].fill(makers=makers),
        rendition.content.settings.name,
        inputs.base.absolute(chart_addresses.page).removeprefix("https://"),
    )
    work = work._replace(newest=find_newest_date(days))
    return PublishedChart(rendition, chart_addresses, figure, text, work, heading)


def make_downloads_and_card(chart: PublishedChart) -> FilesByAddress:
    """Return what readers can take along of a chart: its table, its picture, its
    specification; and its card.

    Raises ``BuildError`` for words that do not fit a picture, or cannot be set.
    """
    poster_svg, to_share = _draw_cached_poster_and_card(chart)
    addresses = chart.addresses
    path = chart.text.path
    inputs = chart.rendition.inputs
    draw = inputs.studio.prepare_png
    spec = partial(
        _format_vega_lite_spec,
        chart.figure.spec,
        chart.heading,
        chart.work.licence,
        inputs.palette,
    )
    return {
        # the mark tells spreadsheet programs
        addresses.csv: File(
            chart.figure.table.format_as_long_csv().encode("utf-8-sig"), path
        ),
        addresses.svg: File(poster_svg.encode(), path),
        addresses.png: File(draw(poster_svg, SCALE, path), path),
        addresses.spec: File(spec, path),
        addresses.card: File(draw(to_share, 1, path), path),
    }


def _draw_cached_poster_and_card(chart: PublishedChart) -> tuple[str, str]:
    """Return the poster and the card of a chart, from before where they are the same.

    Raises ``BuildError`` for words that fit neither, or cannot be set.
    """
    parts = {
        "figure": chart.figure,
        "heading": chart.heading,
        "shown": make_card_body_unless_faulty(
            chart.rendition, chart.figure, chart.text
        ),
        "palette": chart.rendition.inputs.palette,
    }
    name = chart.addresses.name
    try:
        return PAGES.get(("pictures", name), _draw_poster_and_card_svg, parts)
    except ValueError as error:
        hint = (
            f"this is about the pictures of the chart {name} that readers download and"
            " share"
        )
        raise BuildError.at(chart.text.path, 1, f"{error}", hint) from None


def _draw_poster_and_card_svg(parts: Mapping[str, Any]) -> tuple[str, str]:
    """Return the poster and the card of a chart as SVG.

    Raises ``ValueError`` for words that cannot be set.
    """
    heading = parts["heading"]
    palette = parts["palette"]
    poster_svg = poster.draw_poster(parts["figure"].drawings[0].svg, heading, palette)
    return poster_svg, card.draw_card(heading, parts["shown"], palette)


def _format_vega_lite_spec(
    vega_lite_json: str,
    heading: poster.PictureTexts,
    licence_title: str,
    palette: Palette,
) -> bytes:
    """Return the specification of the wide drawing in literal colours, with what its
    words are.
    """
    spec = json.loads(
        svg.replace_all_colour_variables(
            vega_lite_json, poster.get_light_colours(palette)
        )
    )
    spec["description"] = heading.alt
    spec["usermeta"] = {
        "title": heading.title,
        "subtitle": heading.subtitle,
        "source": heading.source,
        "licence": licence_title,
    }
    return f"{json.dumps(spec, ensure_ascii=False, indent=1)}\n".encode()


def make_story_card_from_chart(
    rendition: Rendition, chart_addresses: ChartAddresses
) -> FilesByAddress:
    """Return the picture that stands for the story: what the card of a chart shows,
    below the story's title; nothing without a story.

    Raises ``BuildError``.
    """
    page = rendition.addresses.story_page
    if page is None:
        return {}
    chart = gather_published_chart(rendition, chart_addresses)
    heading = chart.heading._replace(
        title=page.title,
        subtitle=page.description,
        alt=f"{page.title}: {chart.text.words_below_card_title}",
        name=rendition.language.words["kicker"],
    )
    shown = make_card_body_unless_faulty(rendition, chart.figure, chart.text)
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
            rendition.inputs.studio.prepare_png(drawn, 1, page.path), page.path
        )
    }
