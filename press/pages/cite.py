"""How a page is cited, by people and by machines: a sentence, BibTeX.

What is not known is left out. Every address is a full one, since none of these stays on
its page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from press.content import WHOLE, Language
from press.figures import TIME
from press.pages.rendition import STORY, Rendition

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


class Work(NamedTuple):
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


def work_of(rendition: Rendition, slug: str, title: str, description: str) -> Work:
    """Return a page of a rendition as a work: "index", or "charts/race" of a chart."""
    settings = rendition.content.settings
    language = rendition.language
    dates = rendition.dates(slug)
    return Work(
        key=f"{settings.slug}-{slug.rpartition('/')[2]}",
        title=title,
        description=description,
        container=settings.name,
        authors=language.words["authors"].fill(name=settings.name),
        language=language.code,
        licence=settings.licence["title"],
        licence_address=settings.licence["path"],
        address=rendition.absolute(f"{slug}.html"),
        site=rendition.absolute("index.html"),
        published=dates.published,
        changed=dates.changed,
        coverage=dates.coverage,
    )


def staying(work: Work, rendition: Rendition, chart: str = "") -> Work:
    """Return what stays of a work: it in the newest edition, if that has it, a chart
    only as it has stood since.
    """
    edition = next(iter(rendition.content.editions[::-1]), None)
    place = f"{STORY}.html"
    page = edition.files.get(place, b"") if edition else b""
    if (
        edition is None
        or not page
        or (
            chart
            and (f'id="{chart}"'.encode() not in page or work.changed > edition.date)
        )
    ):
        return work
    address = rendition.absolute(f"{edition.folder}{place}")
    anchor = f"#{chart}" if address and chart else ""
    stands = work._replace(
        key=f"{work.key}-{edition.name}",
        version=edition.name,
        address=f"{address}{anchor}",
    )
    return stands._replace(published=edition.date, changed="")


def kept(rendition: Rendition) -> list[str]:
    """Return the addresses of the files that each hold all of the newest edition: one
    page, and a PDF if there is.
    """
    found = (
        (each, place)
        for each in rendition.content.editions[-1:]
        for place in sorted(each.files)
    )
    return [
        f"{each.folder}{place}"
        for each, place in found
        if place in {f"{WHOLE}.html", f"{WHOLE}.pdf"}
    ]


def newest(days: Iterable[str]) -> str:
    """Return the latest of some dates (``2023-11-07``, ``2023-11``, ``2023``, or words
    that are none); "" for none.
    """
    return max(filter(TIME.fullmatch, days), default="")


class Forms(NamedTuple):
    """A citation in each form."""

    text: str
    bibtex: str


def forms(work: Work, language: Language, pattern: str = "cite_text") -> Forms:
    """Return the citation in each form; words.toml has the ``pattern`` of the sentence.

    Raises ``BuildError``.
    """
    return Forms(text(work, language, pattern), bibtex(work, language))


def text(work: Work, language: Language, pattern: str = "cite_text") -> str:
    """Return the citation as a reader copies it.

    Raises ``BuildError`` for a label that is missing.
    """
    words = language.words
    day = language.date(work.published) if work.published else words["cite_undated"]
    about = {
        "authors": work.authors,
        "title": work.title,
        "site": work.container,
        "licence": work.licence,
    }
    whole = words[pattern].fill(date=day, **about)
    return " ".join(filter(None, (whole, _note(work, language), work.address)))


def _note(work: Work, language: Language) -> str:
    """Return which edition it is, when it was changed since it was published, and how
    new its figures are.
    """
    changed = work.changed if work.changed != work.published else ""
    told = {"cite_changed": changed, "cite_newest": work.newest}
    notes = [
        language.words[key].fill(date=language.date(day))
        for key, day in told.items()
        if day
    ]
    return " ".join(
        [language.words["cite_edition"].fill(name=work.version), *notes]
        if work.version
        else notes
    )


def bibtex(work: Work, language: Language) -> str:
    """Return the citation for BibTeX and biblatex, in UTF-8."""
    fields = {
        # a second pair of braces: a name of one part
        "author": f"{{{work.authors.translate(TEX)}}}",
        "title": f"{{{work.title.translate(TEX)}}}",  # and capitals as they are
        "howpublished": work.container.translate(TEX),
        "year": work.published[:4],
        "version": work.version.translate(TEX),
        "note": _note(work, language).translate(TEX),
        "url": work.address,  # which BibTeX passes on as it is
    }
    lines = "".join(
        f"  {name} = {{{value}}},\n" for name, value in fields.items() if value
    )
    return f"@misc{{{work.key},\n{lines}}}\n"


def known(item: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {key: value for key, value in item.items() if value not in ("", [], {})}
