"""The difference as one page of HTML: nothing is left out, the drawings of charts stand side by side, nothing runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from press.changes.difference import Difference

TEMPLATE = Path(__file__).with_name("page.html")
ID = re.compile(r'(?<=\bid=")|(?<=url\(#)')
NAME = re.compile(r"[a-z][a-z0-9-]*")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
SIDES = ("before", "after")


def as_html(found: Difference) -> str:
    """Return the difference as a page that needs no other file."""
    template = jinja2.Template(TEMPLATE.read_text("utf-8"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    drawings = {
        name: [(side, Markup(_apart(svg, side))) for side, svg in zip(SIDES, both, strict=True) if svg]  # noqa: S704 - ours
        for name, both in found.drawings.items()
    }
    colours = Markup("\n").join(map(Markup, _colours(found)))
    return f"{template.render(found=found, drawings=drawings, colours=colours)}\n"


def _apart(svg: str, side: str) -> str:
    """Return a drawing whose ids are not those of the other side's."""
    return ID.sub(f"{side}-", svg)


def _colours(found: Difference) -> Iterator[str]:
    """Yield the style rules that give each side its own colours, in light and in dark."""
    for side, palette in zip(SIDES, found.palettes, strict=True):
        light, dark = (_variables(palette, theme) for theme in (0, 1))
        yield f".{side} {{ {light} }}"
        yield f"@media (prefers-color-scheme: dark) {{ .{side} {{ {dark} }} }}"


def _variables(palette: Mapping[str, Any], theme: int) -> str:
    known = ((name, str(colours[theme])) for name, colours in palette.items() if NAME.fullmatch(name))
    return " ".join(f"--{name}: {colour};" for name, colour in known if COLOUR.fullmatch(colour))
