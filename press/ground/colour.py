"""Whether colours can be told apart: from the paper they stand on and from each other,
by every sight, and in grey.

Contrast after WCAG 2.2 (1.4.3, 1.4.11), distance as CIEDE2000, colour blindness by
coloraide's simulations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from press.ground.cache import FILES
from press.ground.errors import Problems
from press.ground.files import find_line_number_or_one

if TYPE_CHECKING:
    from coloraide import Color

ColourName = str
Message = str  # what an author is told
Palette = dict[str, tuple[str, str]]  # by name: on light paper, on dark

# What the theme's style sheet and charts name; a story may set other colours, and add
# its own.
PALETTE: Palette = {
    "paper": ("#fdfcf9", "#14171a"),
    "raised": ("#f4f1ea", "#1d2226"),
    "ink": ("#1b1a17", "#eceae4"),
    "muted": ("#5c5850", "#b0aca2"),
    "rule": ("#dcd7cb", "#363b40"),
    "context": ("#8d8d86", "#86878a"),
    "accent": ("#00554a", "#b3edd3"),
}
THEMES = ("light", "dark")
SIGHTS = ("", "protan", "deutan", "tritan")
TEXT_CONTRAST = 4.5
MARK_CONTRAST = 3.0
MOST_CONTRAST = 21.0  # of black to white
GREY_CONTRAST = 1.5
DISTANCE = 15.0


class ColourRoles(NamedTuple):
    """What the palette's colours are for, by their names; ``paper`` is what they stand
    on.

    Those of ``grey`` stand side by side, and are to differ where they are printed in
    grey, too.
    """

    paper: str
    texts: Sequence[str]
    marks: Sequence[str]
    series: Sequence[str]
    grey: Sequence[str] = ()


def check_colours_distinguishable(
    palette: Mapping[str, tuple[str, str]],
    roles: ColourRoles,
    path: str,
    file_text: str,
) -> None:
    """Raise ``BuildError`` for colours that cannot be told apart, each at its line of
    the file ``path``.
    """

    def find_problems(inputs: Mapping[str, Any]) -> Problems:
        problems = Problems()
        for name, message in _yield_indistinguishable_colours(
            inputs["palette"], inputs["roles"]
        ):
            line = find_line_number_or_one(inputs["text"], rf'^\s*"{name}"')
            problems.add(path, line, message)
        return problems

    colours = {"palette": dict(palette), "roles": roles, "text": file_text}
    Problems(FILES.get(("colours", path), find_problems, colours)).stop_if_any()


def _yield_indistinguishable_colours(
    palette: Mapping[str, tuple[str, str]], roles: ColourRoles
) -> Iterator[tuple[ColourName, Message]]:
    """Yield the name of a colour that cannot be told apart from another, and what is
    said of the two.
    """
    from coloraide import Color  # noqa: PLC0415 - costs 0.1 s, and only what draws checks colours

    for number, theme in enumerate(THEMES):
        colours = {name: Color(values[number]) for name, values in palette.items()}
        pairs = [(name, roles.paper, TEXT_CONTRAST) for name in roles.texts]
        pairs += [(name, roles.paper, MARK_CONTRAST) for name in roles.marks]
        pairs += [(*pair, GREY_CONTRAST) for pair in combinations(roles.grey, 2)]
        for one, other, least in pairs:
            found = colours[one].contrast(colours[other], method="wcag21")
            if found < least:
                told = f"found {one} at {found:.1f}:1 to {other}, {theme}"
                yield one, f"{told}, expected {least}:1"
        for one, other in combinations(roles.series, 2):
            distances = [
                (measure_distance(colours[one], colours[other], sight), sight)
                for sight in SIGHTS
            ]
            found, sight = min(distances)
            if found < DISTANCE:
                seen = f" as {sight}opes see it" if sight else ""
                told = f"found {one} and {other} {found:.1f} apart{seen}, {theme}"
                yield one, f"{told}, expected {DISTANCE:.0f} (CIEDE2000)"


def measure_distance(one: Color, other: Color, sight: str) -> float:
    """Return the CIEDE2000 distance of two colours to normal sight ("") or to a kind of
    colour blindness.
    """
    if sight:
        one = one.filter(sight)
        other = other.filter(sight)
    return float(one.delta_e(other, method="2000"))


@cache  # of colours, which never change
def measure_contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as CSS writes them, from 1 to 21; the most for
    what is no colour, such as a pattern.
    """
    from coloraide import Color  # noqa: PLC0415 - as above

    try:
        return Color(one).contrast(other, method="wcag21")
    except ValueError:
        return MOST_CONTRAST
