"""Aliases: addresses that readers have kept, of a part or of a page that is gone, lead to where its matter is now.

Where that is a heading, chart or item of the same page, the old anchor stands in it. Where it is elsewhere, a line of
the page has the anchor and leads on; the style shows it to those alone who come for it. In place of a page lies one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

from press.ground.address import relative
from press.ground.errors import Problems, quoted, similar
from press.pages.file import File
from press.pages.rendition import FRAMES, Rendition, Way
from press.pages.sections import sections
from press.pages.templates import finished

FORM = re.compile(r"(?:charts/)?[\w-]+\.html|[\w:.~/+-]+(?<!\.html)")  # the address of a page, or an anchor
CHART = re.compile(r"^charts/([^#]+).*")  # the address of a chart's page
OPENING = re.compile(r'<(?:h[1-6]|figure|li)\b[^>]* id="([^"]+)"[^>]*>(?:\s*<figcaption>)?')


def ways(rendition: Rendition, problems: Problems) -> Mapping[str, Sequence[Way]]:
    """Return where old anchors lead, by the address of their page; by "" where pages lead that are gone.

    Each that is no old address is noted, and each that leads to no page.
    """
    found = defaultdict[str, list[Way]](list)
    titles = cache(partial(_titles, rendition))  # many lead to one page
    for page in rendition.content.pages:
        for old, (now, line) in page.aliases.items():
            file, anchor = (now, "") if now.endswith(".md") else now.rpartition("#")[::2]
            leads, place = rendition.files.get(file or page.file), (page.path, line)
            if not FORM.fullmatch(old) or old in rendition.files.values():
                problems.add(*place, f"found the alias {quoted(old)}, expected an anchor or page.html that is gone")
            elif leads is None:
                message = f"found the alias {quoted(old)} of {file}, expected a page of the story"
                problems.add(*place, message, similar(file, rendition.files))
            else:
                there, own = titles(file or page.file), "" if old.endswith(".html") else rendition.address(page)
                words = there.get(anchor, there[""])
                found[own].append(Way(old, leads, f"{leads}#{anchor}".rstrip("#"), words, place))
    return found


def _titles(rendition: Rendition, file: str) -> Mapping[str, str]:
    """Return what is written at each heading and chart of a page, and by "" its title, or that of a chart's page."""
    titles = {name: text.title for name, text in rendition.content.charts.items()}
    page = next((page for page in rendition.content.pages if page.file == file), None)
    if page is None:
        return {"": titles[file.removeprefix("charts/").removesuffix(".md")]}
    prose = Problems().collect(rendition.prose, page.body, page)
    headings = {part.id: part.heading.striptags() for part in sections(prose.html if prose else "")[1]}
    return titles | headings | {"": page.title}


def anchored(html: str, own: str, here: Sequence[Way], problems: Problems) -> str:
    """Return the page of an address with its old anchors in the headings, charts and items that they lead to.

    Those that lead nowhere in it are noted, and those that something in it has as its id.
    """
    ends, put = {found[1]: found.end() for found in OPENING.finditer(html)} if here else {}, list[tuple[int, str]]()
    for way in here:
        anchor = way.address.partition("#")[2]
        if way.old in ends:
            problems.add(*way.place, f"found the alias {quoted(way.old)}, which is an anchor of this page already")
        elif way.page == own and anchor in ends:
            put.append((ends[anchor], way.old))
        elif way.page == own:
            message = f"found the alias {quoted(way.old)} of #{anchor}, expected a heading, chart or item of this page"
            problems.add(*way.place, message, similar(anchor, ends))
    for end, old in sorted(put, key=lambda each: each[0], reverse=True):  # from the last, so that the others stay
        html = f'{html[:end]}<span id="{old}"></span>{html[end:]}'
    return html


def in_place(rendition: Rendition) -> Iterator[tuple[str, File]]:
    """Yield what lies in place of each page that is gone; of a chart's page also in place of its frame."""
    for way in rendition.ways.get("", ()):
        frame, inside = (CHART.sub(rf"{FRAMES}/\1", address) for address in (way.old, way.address))
        for old, address in {frame: inside, way.old: way.address}.items():
            leads, canonical = relative(old, address), rendition.absolute(way.page)
            told = {"old": old, "address": address, "leads": leads, "title": way.words, "canonical": canonical}
            html = rendition.templates.fill("gone.html", old, way.place, told | {"language": rendition.language})
            origin = rendition.templates.place("gone.html")
            yield old, File(finished(html), origin, {leads: way.place}, {"": way.address})
