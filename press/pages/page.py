"""A page of the story: its text, the charts in it, and what its template lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from press.content import Page
from press.ground.cache import Call
from press.ground.errors import Problems, quote_words, suggest_similar_or_all
from press.ground.guard import PathAndLine
from press.pages.addresses import CHANGES_FILE, GALLERY_FILE, STORY_SLUG
from press.pages.cards import make_hero_if_story_page
from press.pages.chart_context import describe_chart_on_page
from press.pages.cite import (
    Citation,
    describe_page_as_work,
    list_newest_edition_download_addresses,
    make_citation,
    use_newest_edition_if_contained,
)
from press.pages.context import (
    BodyContext,
    ChangesContext,
    EntriesContext,
    GalleryContext,
    SectionsContext,
)
from press.pages.file import File, FilesByAddress
from press.pages.history import list_change_notices
from press.pages.jsonld import format_json_ld_if_indexable
from press.pages.markdown import RenderedMarkdown
from press.pages.page_context import describe_story_and_page, find_picture_for_sharing
from press.pages.rendition import Rendition
from press.pages.sections import (
    PageSection,
    list_charts_with_headings,
    match_sections_with_rows,
    split_sections,
    strip_tags,
)
from press.pages.templates import Context, encode_page

WORDS_A_MINUTE = 220  # that a reader takes in


@dataclass
class _PageInMaking:
    """A page, with what is gathered while it is made: its text, which changes where
    charts are put into it, and where its links and ids were written.
    """

    rendition: Rendition
    page: Page
    problems: Problems
    told: Sequence[Context]  # what templates of any page are told
    prose: RenderedMarkdown
    html: str
    places: dict[str, PathAndLine]


def render_page_and_record_charts(
    rendition: Rendition, page: Page, placed_chart_names: set[str], problems: Problems
) -> FilesByAddress:
    """Return the file of a page, and note in ``placed_chart_names`` which
    charts are on it.

    Problems are added, so that all are told at once. Raises ``BuildError`` where the
    page cannot be made at all.
    """
    told = describe_story_and_page(rendition, page)
    prose = problems.collect(rendition.texts.render_markdown, page.body, page)
    prose = prose or RenderedMarkdown("", {}, {})
    making = _PageInMaking(
        rendition, page, problems, told, prose, prose.html, dict(prose.places)
    )
    _insert_known_charts_into_html(making, placed_chart_names)
    intro, sections = split_sections(making.html)
    name = f"{page.template}.html"
    address = rendition.addresses.get_address(page)
    html = rendition.templates.fill_template(
        name,
        address,
        (page.path, page.lines.get("template", 1)),
        *told,
        _describe_body(making),
        _make_sections_context(making, intro, sections),
        *_list_changes_gallery_entries_contexts(making, sections),
    )
    return {
        address: File(
            encode_page(html),
            rendition.templates.find_origin_of_page(name, page.path),
            making.places,
        )
    }


def _insert_known_charts_into_html(
    making: _PageInMaking, placed_chart_names: set[str]
) -> None:
    """Put the charts of the text into it; note those that nobody knows, and which are
    placed.
    """
    texts = making.rendition.content.charts
    folder = f"content/{making.rendition.language.code}/charts"
    for name, line in making.prose.charts.items():
        if name not in texts:
            message = (
                f"found the unknown chart {quote_words(name)}, expected a file"
                f" {folder}/{name}.md"
            )
            making.problems.add(
                making.page.path, line, message, suggest_similar_or_all(name, texts)
            )
            continue
        figure = making.problems.collect(
            _render_chart_recording_link_places, making, name
        )
        if figure:
            placed_chart_names.add(name)
            making.html = making.html.replace(
                f'<div data-chart="{name}"></div>', figure
            )


def _render_chart_recording_link_places(making: _PageInMaking, chart_name: str) -> str:
    """Return a chart as HTML, and note where the links in its summary stand.

    Raises ``BuildError``.
    """
    rendition = making.rendition
    page = making.page
    text = rendition.content.charts[chart_name]
    summary = rendition.texts.render_summary_refusing_charts(text, page)
    making.places |= summary.places
    # it could not be drawn, which is told already; links into it are right
    if chart_name not in rendition.inputs.figures:
        strings = rendition.texts.render_strings_by_kind(text.strings, page)
        words = "".join("".join(own) for own in strings.values())
        return f'<figure id="{chart_name}">{words}{summary.html}</figure>'
    address = f"{rendition.addresses.get_address(page)}#{chart_name}"
    chart = describe_chart_on_page(rendition, chart_name, summary, page)
    return rendition.templates.fill_template(
        "figure.html", address, (text.path, 1), *making.told, chart
    )


def _describe_body(making: _PageInMaking) -> BodyContext:
    """Return what the template is told of the text, its charts in it; an edition has no
    scripts for these.
    """
    rendition = making.rendition
    texts = rendition.content.charts
    charts = [name for name in making.prose.charts if name in texts]
    card = find_picture_for_sharing(rendition.addresses, making.page)
    picture = rendition.inputs.base.absolute(card.address) if card else ""
    words = strip_tags(making.prose.html).split()
    cite = _find_citation_maker_of_story(rendition, making.page)
    return BodyContext(
        body=Markup(making.html),  # noqa: S704 - ours
        structured=format_json_ld_if_indexable(rendition, making.page, picture),
        charts=() if rendition.addresses.edition else charts,
        minutes=round(len(words) / WORDS_A_MINUTE),
        stepped=any(texts[name].steps for name in charts),
        has_states=any(texts[name].states for name in charts),
        cite_this=cite,
        kept=list_newest_edition_download_addresses(rendition.content) if cite else (),
    )


def _make_sections_context(
    making: _PageInMaking, intro: Markup, sections: list[PageSection]
) -> SectionsContext:
    """Return what the template is told of the parts of the text."""
    rendition = making.rendition
    page = making.page
    return SectionsContext(
        intro=intro,
        sections=sections,
        others={each.id: each for each in sections if each.id in page.others},
        hero=making.problems.collect(make_hero_if_story_page, rendition, page),
    )


def _list_changes_gallery_entries_contexts(
    making: _PageInMaking, sections: list[PageSection]
) -> list[Context]:
    """Return what only the template of the page of all changes is told, that of all
    charts, and that of a page whose sections tell of a table's rows.
    """
    rendition = making.rendition
    page = making.page
    contexts = list[Context]()
    if page.file == CHANGES_FILE:
        contexts.append(ChangesContext(changes=list_change_notices(rendition)))
    if page.file == GALLERY_FILE:
        contexts.append(
            GalleryContext(charts_with_headings=list_charts_with_headings(rendition))
        )
    if page.entries:
        entries = match_sections_with_rows(
            rendition.inputs.data, page, sections, making.prose, making.problems
        )
        contexts.append(EntriesContext(entries=entries))
    return contexts


def _find_citation_maker_of_story(
    rendition: Rendition, page: Page
) -> Callable[[], Citation] | None:
    """Return what gives the citation of the story, where its licence is known; an
    edition leaves that to the site.
    """
    is_story = page.slug == STORY_SLUG and not rendition.addresses.edition
    if not is_story or not rendition.content.settings.licence:
        return None
    lasting = use_newest_edition_if_contained(
        describe_page_as_work(rendition, page.slug, page.title, page.description),
        rendition,
    )
    return Call(make_citation, (lasting, rendition.language, "cite_story"))
