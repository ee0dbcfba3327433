"""Whether colours can be told apart, from the paper and from each other, by readers of
every sight.
"""

import re

import pytest

from press.ground.colour import ColourRoles, check_colours_distinguishable
from press.ground.errors import BuildError

PALETTE = {
    "paper": ("#ffffff", "#000000"),
    "ink": ("#000000", "#ffffff"),
    "blue": ("#0050c8", "#5aa0ff"),
    "amber": ("#b06000", "#ffb050"),
}
SOURCE = "".join(f'    "{name}": …\n' for name in PALETTE)
ROLES = ColourRoles(
    "paper", ("ink", "blue"), ("ink", "blue", "amber"), ("blue", "amber")
)


def faults(roles=ROLES, **colours):
    """Return what is wrong with the palette once some of its colours are changed."""
    try:
        check_colours_distinguishable(
            {**PALETTE, **colours}, roles, "story/theme.py", SOURCE
        )
    except BuildError as error:
        return str(error).split("\n")
    return []


def test_colours_that_can_be_told_apart_pass():
    """Contrast to the paper and distance from each other are enough, light and dark,
    for every sight.
    """
    assert faults() == []


@pytest.mark.parametrize(
    ("colours", "found"),
    [
        pytest.param(
            {"ink": ("#777777", "#ffffff")},
            "story/theme.py:2: found ink at 4.5:1 to paper, light, expected 4.5:1",
            id="a text just too pale",
        ),
        pytest.param(
            {"ink": ("#000000", "#555555")},
            "story/theme.py:2: found ink at 2.8:1 to paper, dark, expected 3.0:1",
            id="a mark too dark on black",
        ),
    ],
)
def test_a_colour_too_near_the_paper_is_told_at_its_line(colours, found):
    """Texts need 4.5:1 and marks 3:1, on light paper and on dark."""
    assert found in faults(**colours)


@pytest.mark.parametrize("pale", ["#767676", "#959595"], ids=["a text", "a mark"])
def test_the_least_contrast_is_enough(pale):
    """Grey of 4.54:1 is a text's, of 2.99:1 is no mark's: the limits of
    WCAG are these.
    """
    roles = (
        ColourRoles("paper", ("ink",), (), ())
        if pale == "#767676"
        else ColourRoles("paper", (), ("ink",), ())
    )

    assert bool(faults(roles, ink=(pale, "#ffffff"))) == (pale == "#959595")


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        pytest.param(
            ("#0050c8", "#5aa0ff"),
            ("#0058d0", "#ffb050"),
            r"story/theme\.py:3: found blue and amber \d\.\d apart( as \w+ see it)?,"
            r" light, expected 15 \(CIEDE2000\)",
            id="for everybody",
        ),
        pytest.param(
            ("#c00000", "#ff8080"),
            ("#5f6b00", "#ffffff"),
            r"story/theme\.py:3: found blue and amber \d+\.\d apart as"
            r" (prot|deuter|deut)anopes see it, light, "
            r"expected 15 \(CIEDE2000\)",
            id="for readers who see no red",
        ),
    ],
)
def test_colours_too_near_each_other_are_told(one, other, found):
    """Two series that some readers could not tell apart are told, with the sight that
    has most trouble.
    """
    lines = faults(
        ColourRoles("paper", (), (), ("blue", "amber")), blue=one, amber=other
    )

    assert len(lines) == 1
    assert re.fullmatch(found, lines[0])


def test_colours_side_by_side_differ_in_grey():
    """Two colours that print as one grey are told, each theme by itself; those not
    asked for may print alike.
    """
    roles = ColourRoles("paper", (), (), (), grey=("blue", "amber"))
    alike = {"blue": ("#0072dd", "#5aa0ff"), "amber": ("#b95200", "#ffc880")}

    assert faults(roles, **alike) == [
        "story/theme.py:3: found blue at 1.0:1 to amber, light, expected 1.5:1"
    ]
    assert faults(roles._replace(grey=()), **alike) == []
