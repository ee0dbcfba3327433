"""What templates are told of the story, and of any page."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from markupsafe import Markup

from press.content import Language, Page
from press.data import Data
from press.figures import DrawnChart
from press.ground.cache import Call
from press.pages.addresses import (
    CHANGES_FILE,
    GALLERY_FILE,
    NUMBERS_FILE,
    STORY_CARD,
    SiteAddresses,
)
from press.pages.amounts import (
    format_equation_if_rounding_agrees,
    format_error_margin_if_inexact,
    format_value_range_or_date,
)
from press.pages.context import (
    Navigation,
    NavigationItem,
    PageContext,
    PictureForSharing,
    StoryContext,
)
from press.pages.rendition import Rendition
from press.quantity import Quantity

# strings of a page that all its templates may show
HEAD_STRINGS = {"title", "subtitle", "description"}


def describe_story_and_page(
    rendition: Rendition, page: Page
) -> tuple[StoryContext, PageContext]:
    """Return what the templates of any page are told, of the story and of the page."""
    return _describe_story(rendition), _describe_page(rendition, page)


def _describe_story(rendition: Rendition) -> StoryContext:
    """Return what the templates of all pages are told alike."""
    inputs = rendition.inputs
    addresses = rendition.addresses
    language = rendition.language
    sources = {name: table for name, table in inputs.data.items() if name == "sources"}
    return StoryContext(
        settings=rendition.content.settings,
        language=language,
        words=language.words,
        texts=rendition.content.charts,
        edition=addresses.edition,
        palette=inputs.palette,
        data=inputs.data,
        source_data=Data(sources),  # told as all data are where it lacks them
        used_in=inputs.table_names_by_source,
        calendar=inputs.calendar,
        receipts=rendition.receipts,
        numbers=addresses.address_by_markdown_file.get(NUMBERS_FILE, ""),
        feed=addresses.feed_address_or_empty,
        homes=addresses.addresses_of_charts_with_pages,
        held={row["fact"]: fact for row, fact in inputs.claimed_facts},
        absolute=inputs.base.absolute,
        amount=Call(_format_amount_for_template, (language,)),
        doubt=Call(_format_uncertainty_for_template, (language,)),
        sum_of=Call(_format_calculation_for_template, (language,)),
        drawings_of=Call(_render_drawings, (inputs.figures,)),
    )


def _describe_page(rendition: Rendition, page: Page) -> PageContext:
    """Return what the templates of a page are told of it."""
    addresses = rendition.addresses
    templates = rendition.templates
    settings = rendition.content.settings
    address = addresses.get_address(page)
    link = addresses.make_linker_of_page(page)
    user = f"{page.template}.html"
    head = [text for text in page.strings if text.description in HEAD_STRINGS]
    strings = rendition.texts.render_strings_by_kind(head, page)
    last_change = rendition.content.changes.find_last_change_or_any(page.slug)
    below = settings.below.get(_find_parent_slug_or_own(addresses, page), ())
    # else it could name no place
    report = (
        addresses.address_by_markdown_file.get(CHANGES_FILE)
        if settings.repository
        else None
    )
    index = rendition.search_index
    return PageContext(
        page=page,
        title=strings["title"][0],
        description=(strings["description"] or strings["subtitle"])[0],
        canonical=addresses.base.absolute(address),
        dates=rendition.inputs.collect_dates_of_page_or_site(page.slug),
        changed_at=addresses.find_address_of_change(last_change),
        navigation=_list_navigation(addresses, settings.navigation, page),
        below=_list_navigation(addresses, below, page),
        report=link(report) if report else "",
        cards=" ".join(map(link, rendition.scripts.get(address, ()))),
        searched=link(index) if index else "",
        share=find_picture_for_sharing(addresses, page),
        url=link,
        asset=Call(templates.link_asset, (link, user)),
        sheet=Call(templates.make_inline_style_sheet, (link, user)),
    )


def _list_navigation(
    addresses: SiteAddresses, wanted_slugs: Collection[str], page: Page
) -> Navigation:
    """Return the pages of some slugs as a page names them."""
    link = addresses.make_linker_of_page(page)
    current = {_find_parent_slug_or_own(addresses, page): "true", page.slug: "page"}
    listed = list[tuple[NavigationItem, str]]()
    for other in addresses.navigation_pages:
        if other.slug in wanted_slugs:
            item = NavigationItem(
                other.slug, other.label, other.description, current.get(other.slug, "")
            )
            listed.append((item, link(addresses.get_address(other))))
    return listed


def _find_parent_slug_or_own(addresses: SiteAddresses, page: Page) -> str:
    """Return the slug of the page of the navigation below which a page stands: a
    chart's, that of all charts.
    """
    address = addresses.get_address(page)
    if page.slug.startswith("charts/"):
        address = addresses.address_by_markdown_file.get(GALLERY_FILE, "")
    return addresses.content.settings.get_parent_slug_or_own(
        address.removesuffix(".html")
    )


def find_picture_for_sharing(
    addresses: SiteAddresses, page: Page
) -> PictureForSharing | None:
    """Return the picture that stands for a page: its chart's card, or the story's;
    nothing where charts have no cards.
    """
    texts = addresses.content.charts
    name = page.slug.rpartition("/")[2]
    if name in addresses.addresses_of_charts_with_pages:
        text = texts[name]
        return PictureForSharing(
            addresses.addresses_of_charts_with_pages[name].card,
            f"{text.title}: {text.words_below_card_title}",
        )
    story = addresses.story_page
    if not addresses.addresses_of_charts_with_pages or story is None:
        return None
    first = texts[next(iter(addresses.addresses_of_charts_with_pages))]
    return PictureForSharing(
        STORY_CARD, f"{story.title}: {first.words_below_card_title}"
    )


# What templates may call. Each depends on its arguments alone, so that a page is filled
# in once for the same.


def _format_amount_for_template(language: Language, item: Quantity) -> str:
    return format_value_range_or_date(item, language)


def _format_uncertainty_for_template(language: Language, item: Quantity) -> str:
    return format_error_margin_if_inexact(item, language)


def _format_calculation_for_template(language: Language, item: Quantity) -> str:
    return format_equation_if_rounding_agrees(item, language)


def _render_drawings(
    drawn_charts: Mapping[str, DrawnChart], chart_name: str
) -> list[Markup]:
    """Return the drawings of a chart, the smallest last; none of one that could not be
    drawn, which is a problem of its own.
    """
    figure = drawn_charts.get(chart_name)
    drawings = figure.drawings if figure else ()
    return [Markup(drawing.page_svg) for drawing in drawings]  # noqa: S704 - ours
