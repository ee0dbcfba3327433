"""Pictures of charts, away from their page: opened alone by two renderers, their
colours and the ends of lines.
"""

import contextlib
import io
import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image, ImageColor
from playwright.sync_api import Error

from press.figures.svg import read_svg_size
from story.theme import PALETTE
from tests.story.browser.site import on_each_chart
from tools import browser as browsers

pytestmark = pytest.mark.browser

# pixels to each of the SVG's own, so that even thin letters have a pixel of their whole
# colour
SCALE = 2
TRIES = 3  # to take a picture of a window
LARGEST = 250_000  # bytes of a picture that is to load fast on a telephone
UNSEEN = 2  # of 255: the difference of two colours that nobody sees
# pixels at most in which the soft edge of a light colour happens to have a dark one
BLENDS = 20
BOXES = """() => [...document.querySelectorAll("text")].map(text => {
    const {left, right, top, bottom} = text.getBoundingClientRect();
    return {text: text.textContent, left, right, top, bottom};
})"""


class Looked(NamedTuple):
    """What Chromium makes of a picture: how often it paints each colour, and where the
    texts are.
    """

    colours: dict[str, int]
    texts: list[dict]


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def colours(image: Image.Image) -> dict[str, int]:
    """Return how often each colour was painted."""
    return {
        written(colour): count
        for count, colour in image.getcolors(image.width * image.height)
    }


def written(colour: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def named(svg: str) -> set[str]:
    """Return the colours that the marks of an SVG name."""
    return set(
        re.findall(
            r'(?:fill|stroke)="(#\w+)"',
            re.sub(r"<style>.*?</style>", "", svg, flags=re.DOTALL),
        )
    )


def apart(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return max(abs(part - its) for part, its in zip(one, other, strict=True))


@pytest.fixture(scope="module")
def in_chromium(window):
    """Return a function that opens an SVG alone in Chromium, on a dark system, and
    returns a picture of it.
    """

    def draw(path: Path) -> Image.Image:
        page = window(device_scale_factor=SCALE)
        width, height = read_svg_size(path.read_text("utf-8"))
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark")
        if page.url != path.as_uri():
            page.goto(path.as_uri())
        return opened(captured(page))

    return draw


def captured(page):
    """Return a picture of a window.

    Chromium now and then cannot take one right after the window was resized.
    """
    for _ in range(TRIES):
        with contextlib.suppress(Error):
            return page.screenshot()
    return page.screenshot()


@pytest.fixture(scope="module")
def in_librsvg():
    """Return a function that draws an SVG with librsvg, which knows no systems: how
    often it paints each colour.
    """
    program = browsers.find_program(browsers.RSVG)
    assert program, "no rsvg-convert was found: python tools/browser.py installs it"

    def draw(path: Path) -> dict[str, int]:
        command = [program, f"--zoom={SCALE}", path]
        return colours(
            opened(
                subprocess.run(
                    command, check=True, capture_output=True, timeout=120
                ).stdout
            )
        )

    return draw


@pytest.fixture(scope="module")
def survey(web, in_chromium, window) -> Callable[[str], Looked]:
    """Return a function that opens the SVG of a chart in Chromium, once."""

    @cache
    def survey(address: str) -> Looked:
        painted = colours(in_chromium(web.root.folder / address))
        return Looked(painted, window(device_scale_factor=SCALE).evaluate(BOXES))

    return survey


@pytest.mark.parametrize("renderer", ["chromium", "librsvg"])
@on_each_chart
def test_a_downloaded_chart_opens_alone_in_its_colours(
    in_librsvg, survey, web, chart, renderer
):
    """Every colour that a downloaded SVG names is painted by each renderer, and none of
    the dark ones.
    """
    path = web.root.folder / chart.file(".svg")
    counts = (
        survey(chart.file(".svg")).colours
        if renderer == "chromium"
        else in_librsvg(path)
    )

    assert max(counts, key=counts.get) in (PALETTE["paper"][0], PALETTE["raised"][0])
    assert named(path.read_text("utf-8")) - counts.keys() == set()
    assert {
        dark for _, dark in PALETTE.values() if counts.get(dark, 0) > BLENDS
    } == set()


@on_each_chart
def test_no_text_of_a_picture_leaves_its_margins(web, chart, survey):
    """Every line and every label of a downloaded SVG lies within the sheet, as far from
    its edge as the margin.
    """
    width, height = read_svg_size(web.root.text(chart.file(".svg")))
    texts = survey(chart.file(".svg")).texts
    boxes = [box for box in texts if box["right"] > box["left"]]  # not hidden

    assert len(boxes) > 5
    assert [box for box in boxes if box["left"] < 31 or box["right"] > width - 31] == []
    assert [
        box for box in boxes if box["top"] < 31 or box["bottom"] > height - 24
    ] == []


@on_each_chart
def test_a_downloaded_picture_is_the_downloaded_svg(web, chart):
    """The PNG is twice as large as the SVG, in its light colours as far as anybody
    sees, and light to load.
    """
    text, png = web.root.text(chart.file(".svg")), web.root.body(chart.file(".png"))
    picture = opened(png)

    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own
    assert picture.size == tuple(SCALE * side for side in read_svg_size(text))
    painted = [colour for _, colour in picture.getcolors()]
    far = {
        name: min(map(partial(apart, ImageColor.getrgb(name)), painted))
        for name in named(text)
    }
    assert {name: most for name, most in far.items() if most > UNSEEN} == {}
    assert len(png) <= LARGEST
    assert Image.open(io.BytesIO(png)).format == "PNG"
