"""The feed of changes, for readers who want to be told: Atom, as RFC 4287 describes it, each change an entry.

An entry has its name for ever: the site's host, the day of publication, the story's and the change's own names. So
no later build tells anybody of the same change again.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from press.content import CORRECTION
from press.ground.address import Base
from press.pages.file import File, Site
from press.pages.history import Notice, changes_of
from press.pages.rendition import CHANGES, Rendition

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
HTML = "text/html"


def feed(rendition: Rendition) -> Site:
    """Return the feed; none where nobody has said where the site will be, or no page tells of changes."""
    if not rendition.feed:
        return {}
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {LANGUAGE: rendition.language.code})
    settings, words = rendition.content.settings, rendition.language.words
    base, changes = rendition.inputs.base, changes_of(rendition)
    _add(root, "id", _name(rendition))
    _add(root, "title", words["changes_feed_title"].fill(name=settings.name))
    _add(root, "updated", _moment(changes[0].date))
    author = ET.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", words["authors"].fill(name=settings.name))
    _add(author, "uri", base.absolute("index.html"))
    home = base.absolute(rendition.files[CHANGES])
    _add(root, "link", rel="self", type="application/atom+xml", href=base.absolute(rendition.feed))
    _add(root, "link", rel="alternate", type=HTML, hreflang=rendition.language.code, href=home)
    if settings.licence:
        _add(root, "link", rel="license", href=settings.licence["path"])
    for change in changes:
        _add_entry(root, change, rendition)
    ET.indent(root, "")
    body = ET.tostring(root, "unicode")
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'
    return {rendition.feed: File(text.encode(), rendition.content.changes.path)}


def _add_entry(root: ET.Element, change: Notice, rendition: Rendition) -> None:
    """Add a change; a correction says so in its title, too, which is all that some readers show."""
    words, base, kind = rendition.language.words, rendition.inputs.base, rendition.language.words[f"past_{change.kind}"]
    entry = ET.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, "id", f"{_name(rendition)}/{change.id}")
    _add(entry, "title", f"{kind}: {change.title}" if change.kind == CORRECTION else change.title)
    _add(entry, "updated", _moment(change.date))
    _add(entry, "published", _moment(change.date))
    _add(entry, "link", rel="alternate", type=HTML, href=base.absolute(change.home))
    _add(entry, "category", term=change.kind, label=kind)
    if change.why:
        _add(entry, "summary", change.why)
    _add(entry, "content", "".join(_html(change, base, words["changes_pages"])), type="html")


def _html(change: Notice, base: Base, changed_on: str) -> Iterator[Markup]:
    """Yield what a change says, as HTML with full addresses."""
    yield Markup("<p>{}</p>").format(change.why or change.title)
    if change.lines:
        lines = (
            Markup("<li>{}: {}</li>").format(_linked(base, one.label, one.address), one.told) for one in change.lines
        )
        yield Markup("<ul>{}</ul>").format(Markup().join(lines))
    if change.pages:
        links = Markup(", ").join(_linked(base, *page) for page in change.pages)
        yield Markup("<p>{} {}.</p>").format(changed_on, links)


def _linked(base: Base, words: str, address: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(base.absolute(address), words) if address else escape(words)


def _name(rendition: Rendition) -> str:
    """Return what the feed is called for ever, by RFC 4151."""
    host, day = urlsplit(rendition.inputs.base.url).hostname, rendition.content.changes.published
    slug = rendition.content.settings.slug
    return f"tag:{host},{day}:{slug}/{rendition.language.code}"


def _moment(day: str) -> str:
    """Return the beginning of a day: nothing more is known of when."""
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = text or None
