"""How a page is cited, by people and by machines: a sentence, BibTeX.

What is not known is left out. Every address is a full one, since none of these stays on
its page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from press.content import WHOLE, Content, Edition, Language
from press.figures import TIME
from press.pages.addresses import STORY_SLUG
from press.pages.rendition import Rendition

# https://ctan.org/pkg/encguide: how TeX writes the characters that mean something to
# it. Braces have names, because BibTeX counts those that are written as themselves,
# after a backslash too.
TEX = str.maketrans({character: f"\\{character}" for character in "&%$#_"}) | {
    ord("{"): r"\textbraceleft{}",
    ord("}"): r"\textbraceright{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
    ord("\\"): r"\textbackslash{}",
}


class CitableWork(NamedTuple):
    """What is cited: a page, or a chart on its own.

    Dates are written as far as known; "" is what is not known.
    """

    key: str  # names the work in bibliographies: letters, digits, - and _
    title: str
    description: str  # what is measured, and in which unit
    container: str  # the name of the site
    authors: str
    language: str  # its code
    licence: str
    licence_address: str
    address: str = ""  # of the page, with its host
    site: str = ""  # the address of the site, with its host
    published: str = ""  # 2026-11-25
    changed: str = ""  # when it last was
    newest: str = ""  # the date of the newest page that the figures were read on
    coverage: str = ""  # the time that the figures cover, as ISO 8601 writes it
    version: str = ""  # the name of an edition, which stays as it is


class Citation(NamedTuple):
    """A citation, as readers copy it and for bibliographies."""

    text: str
    bibtex: str


def describe_page_as_work(
    rendition: Rendition, page_slug: str, title: str, description: str
) -> CitableWork:
    """Return a page of a rendition as a work: "index", or "charts/race" of a chart."""
    settings = rendition.content.settings
    language = rendition.language
    base = rendition.inputs.base
    dates = rendition.inputs.collect_dates_of_page_or_site(page_slug)
    return CitableWork(
        key=f"{settings.slug}-{page_slug.rpartition('/')[2]}",
        title=title,
        description=description,
        container=settings.name,
        authors=language.words["authors"].fill(name=settings.name),
        language=language.code,
        licence=settings.licence["title"],
        licence_address=settings.licence["path"],
        address=base.absolute(f"{page_slug}.html"),
        site=base.absolute("index.html"),
        published=dates.published,
        changed=dates.changed,
        coverage=dates.coverage,
    )


def use_newest_edition_if_contained(
    work: CitableWork, rendition: Rendition, chart_name: str = ""
) -> CitableWork:
    """Return a work as it stands in the newest edition, where it will stay; the work
    itself where no edition has it, or not as it is.
    """
    edition = next(iter(rendition.content.editions[::-1]), None)
    if edition is None or not _contains_story_or_unchanged_chart(
        edition, work, chart_name
    ):
        return work
    address = rendition.inputs.base.absolute(f"{edition.folder}{STORY_SLUG}.html")
    if address and chart_name:
        address = f"{address}#{chart_name}"
    return work._replace(
        key=f"{work.key}-{edition.name}",
        version=edition.name,
        address=address,
        published=edition.date,
        changed="",
    )


def _contains_story_or_unchanged_chart(
    edition: Edition, work: CitableWork, chart_name: str
) -> bool:
    """Tell whether an edition has the story, or a chart of it as it has stood since."""
    page = edition.files.get(f"{STORY_SLUG}.html", b"")
    if not chart_name:
        return bool(page)
    return f'id="{chart_name}"'.encode() in page and work.changed <= edition.date


def list_newest_edition_download_addresses(content: Content) -> list[str]:
    """Return the addresses of the files that each hold all of the newest edition: one
    page, and a PDF if there is.
    """
    whole = {f"{WHOLE}.html", f"{WHOLE}.pdf"}
    addresses = list[str]()
    for edition in content.editions[-1:]:
        places = sorted(whole & edition.files.keys())
        addresses += [f"{edition.folder}{place}" for place in places]
    return addresses


def find_newest_date(days: Iterable[str]) -> str:
    """Return the latest of some dates (``2023-11-07``, ``2023-11``, ``2023``, or words
    that are none); "" for none.
    """
    return max(filter(TIME.fullmatch, days), default="")


def make_citation(
    work: CitableWork, language: Language, pattern_key: str = "cite_text"
) -> Citation:
    """Return how a work is cited; ``pattern_key`` names its sentence in words.toml.

    Raises ``BuildError``.
    """
    return Citation(
        format_citation(work, language, pattern_key), format_bibtex(work, language)
    )


def format_citation(
    work: CitableWork, language: Language, pattern_key: str = "cite_text"
) -> str:
    """Return the citation as a reader copies it.

    Raises ``BuildError`` for a label that is missing.
    """
    words = language.words
    day = language.date(work.published) if work.published else words["cite_undated"]
    sentence = words[pattern_key].fill(
        date=day,
        authors=work.authors,
        title=work.title,
        site=work.container,
        licence=work.licence,
    )
    return " ".join(
        filter(
            None,
            (sentence, _format_edition_and_update_notes(work, language), work.address),
        )
    )


def _format_edition_and_update_notes(work: CitableWork, language: Language) -> str:
    """Return which edition it is, when it was changed since it was published, and how
    new its figures are.
    """
    words = language.words
    notes = list[str]()
    if work.version:
        notes.append(words["cite_edition"].fill(name=work.version))
    if work.changed and work.changed != work.published:
        notes.append(words["cite_changed"].fill(date=language.date(work.changed)))
    if work.newest:
        notes.append(words["cite_newest"].fill(date=language.date(work.newest)))
    return " ".join(notes)


def format_bibtex(work: CitableWork, language: Language) -> str:
    """Return the citation for BibTeX and biblatex, in UTF-8."""
    fields = {
        # a second pair of braces: a name of one part
        "author": f"{{{work.authors.translate(TEX)}}}",
        "title": f"{{{work.title.translate(TEX)}}}",  # and capitals as they are
        "howpublished": work.container.translate(TEX),
        "year": work.published[:4],
        "version": work.version.translate(TEX),
        "note": _format_edition_and_update_notes(work, language).translate(TEX),
        "url": work.address,  # which BibTeX passes on as it is
    }
    known = {name: value for name, value in fields.items() if value}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in known.items())
    return f"@misc{{{work.key},\n{lines}}}\n"
