"""SVG from Vega, made fit to stand inside a page.

Vega labels whole lines with their first datum only (vega-lite#7970) and numbers its ids anew in each process
(vega/vega#3987), so that two charts in one page would clip each other: labels go, ids get the chart's name.

Its colours are variables of the page's style sheet: outside a page they need the colours themselves, and in one that
has lost its style sheet those of the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from press.errors import quoted

NOISE = re.compile(
    r' (?:role|aria-[a-z]+|pointer-events|font-family|xmlns(?::xlink)?|version)="[^"]*"'
    r'| (?:opacity|stroke-opacity|fill-opacity)="1"| class="marks"| transform="translate\(0,0\)"'
)
STEP = re.compile(r'class="[^"]* from_(\w+)_\d+_marks"')
UNSEEN = re.compile(r'<path class="(?:background|foreground)"[^>]*(?: d=""|d="M0,0h0v0h0Z"|display="none")[^>]*/>')
EMPTY = re.compile(r"<g(?: [^>]*)?/>|<g(?: [^>]*[^/>])?></g>")
PLACES = re.compile(r' (?:d|transform|[xy][12]?)="[^"]*"')
LONG = re.compile(r"-?\d+(?:\.\d+)?e-\d+|-?\d+\.\d{3,}")  # a number with more decimals than anybody can see
ID = re.compile(r'\bid="([^"]+)"')
USE = re.compile(r"url\(#([^)]+)\)")
VARIABLE = re.compile(r'(?<=")var\(--([\w-]+)\)(?=")')  # an attribute of SVG, a value of JSON
PLAIN = {"paper": "Canvas", "raised": "Canvas", "rule": "GrayText"}  # the rest of a drawing has the colour of text
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


def clean(svg: str, prefix: str, steps: Sequence[str] = ()) -> str:
    """Return an SVG for use inline: hidden from assistive technology, ids begin with ``prefix``, no font of its own.

    Places are in hundredths of a pixel.
    Where it tells itself in steps, all that it holds has the id ``prefix``, so that a page can show it several times,
    and what is seen from the second, third … step on has the class ``from-2``, ``from-3`` …
    """
    svg = PLACES.sub(_rounded, svg)
    svg = NOISE.sub("", UNSEEN.sub("", svg))
    while EMPTY.search(svg):
        svg = EMPTY.sub("", svg)
    names = {old: f"{prefix}-{number}" for number, old in enumerate(dict.fromkeys(ID.findall(svg)), 1)}
    svg = ID.sub(lambda found: f'id="{names[found[1]]}"', svg)
    svg = USE.sub(lambda found: f"url(#{names.get(found[1], found[1])})", svg)
    if steps:
        svg = STEP.sub(lambda found: f'class="from-{steps.index(found[1]) + 1}"', svg)
        svg = svg.replace("<g ", f'<g id="{prefix}" ', 1)
    return svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)


def _rounded(places: re.Match[str]) -> str:
    return LONG.sub(lambda found: f"{round(float(found[0]), 2) + 0.0:.7g}", places[0])


def literal(svg: str, colours: Mapping[str, str]) -> str:
    """Return an SVG with each ``var(--name)`` replaced by ``colours[name]``. Raises ``ValueError`` for another name."""
    for name in dict.fromkeys(VARIABLE.findall(svg)):
        if name not in colours:
            raise ValueError(f"found the colour {quoted(name)}, expected one of {', '.join(colours)}")
    return VARIABLE.sub(lambda found: colours[found[1]], svg)


def sturdy(svg: str) -> str:
    """Return an SVG that is seen in a page without styles, and whose texts stand apart where nothing else is shown."""
    found = VARIABLE.sub(lambda found: f"var(--{found[1]},{PLAIN.get(found[1], 'currentColor')})", svg)
    return found.replace("</text>", "</text> ")


def size(svg: str) -> tuple[int, int]:
    """Return width and height of an SVG in its own pixels. Raises ``ValueError`` where it states none."""
    found = SIZE.search(svg)
    if not found:
        raise ValueError("found an SVG without width and height")
    return round(float(found[1])), round(float(found[2]))
