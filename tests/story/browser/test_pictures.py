"""Pictures of charts, away from their page: opened alone by three renderers, their colours and the ends of lines."""

from __future__ import annotations

import base64
import re
import struct
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from press.figures import font as lettering
from press.figures.poster import Heading, sheet
from press.figures.svg import size
from story.theme import PALETTE
from tools import browser as browsers

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[3]
NAMES = sorted(path.stem for path in (ROOT / "content/en/charts").glob("*.md"))
SCHEMES = ("light", "dark")
SCALE = 2  # pixels to each of the SVG's own, so that even thin letters have a pixel of their whole colour
LARGEST = 250_000  # bytes of a picture that is to load fast on a telephone
# How often each colour was painted, and the colours at some places.
COLOURS = """async ({png, places}) => {
    const image = new Image(); image.src = "data:image/png;base64," + png; await image.decode();
    const pen = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height})
        .getContext("2d", {colorSpace: "srgb"});
    pen.drawImage(image, 0, 0);
    const hex = number => "#" + (number & 0xffffff).toString(16).padStart(6, "0");
    const pixels = new DataView(pen.getImageData(0, 0, image.width, image.height).data.buffer);
    const colour = at => hex(pixels.getUint32(4 * at) >>> 8), counts = {};
    for (let at = 0; at < image.width * image.height; at++) counts[colour(at)] = (counts[colour(at)] ?? 0) + 1;
    return {counts, at: places.map(([x, y]) => colour(y * image.width + x))};
}"""
WIDTHS = """({weight, texts}) => {
    const pen = document.createElement("canvas").getContext("2d");
    const measure = (text, font) => { pen.font = `${weight} 2048px ${font}`; return pen.measureText(text).width; };
    return {there: measure("Mi", '"Liberation Sans", monospace') !== measure("Mi", "monospace"),
        widths: texts.map(text => measure(text, '"Liberation Sans"'))};
}"""
BOXES = """() => [...document.querySelectorAll("text")].map(text => {
    const {left, right, top, bottom} = text.getBoundingClientRect();
    return {text: text.textContent, left, right, top, bottom};
})"""


def run(command):
    """Run a program to its end, and return what it wrote."""
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout


@pytest.fixture
def in_chromium(browser):
    """Return a function that opens an SVG alone in Chromium, in a scheme, and returns a picture of it."""

    def draw(path, scheme="light"):
        width, height = size(path.read_text("utf-8"))
        window = {"width": width, "height": height}
        context = browser.new_context(color_scheme=scheme, device_scale_factor=SCALE, viewport=window)
        page = context.new_page()
        page.goto(path.as_uri())
        png = page.screenshot()
        context.close()
        return png

    return draw


@pytest.fixture
def in_firefox(tmp_path):
    """Return a function that opens an SVG alone in Firefox, in a scheme, and returns a picture of it."""
    program = browsers.find(browsers.FIREFOX)
    assert program, "no Firefox was found: python tools/browser.py installs one"

    def draw(path, scheme="light"):
        profile, svg, png = tmp_path / f"profile-{scheme}", tmp_path / "picture.svg", tmp_path / "picture.png"
        profile.mkdir(exist_ok=True)
        dark = f'user_pref("ui.systemUsesDarkTheme", {SCHEMES.index(scheme)});'
        (profile / "user.js").write_text(dark, "utf-8")
        text = path.read_text("utf-8")
        width, height = (SCALE * side for side in size(text))  # it takes pictures of one pixel to each of the page's
        svg.write_text(
            re.sub(r'width="\d+" height="\d+"', f'width="{width}" height="{height}"', text, count=1), "utf-8"
        )
        to_picture = ["--screenshot", png, f"--window-size={width},{height}", svg.as_uri()]
        run([program, "--headless", "--no-remote", "--profile", profile, *to_picture])
        return png.read_bytes()

    return draw


@pytest.fixture
def in_librsvg():
    """Return a function that draws an SVG with librsvg, which knows no schemes."""
    program = browsers.find(browsers.RSVG)
    assert program, "no rsvg-convert was found: python tools/browser.py installs it"

    def draw(path, _scheme="light"):
        return run([program, f"--zoom={SCALE}", path])

    return draw


@pytest.fixture
def draw(request, renderer):
    """Return the function that draws with the renderer of a test."""
    return request.getfixturevalue(f"in_{renderer}")


@pytest.fixture
def colours(visit, web):
    """Return a function that counts the colours of a PNG, and tells those at some places."""
    page = visit(web.root("404.html"))
    return lambda png, places=(): page.evaluate(
        COLOURS, {"png": base64.b64encode(png).decode(), "places": list(places)}
    )


@pytest.fixture(scope="session")
def swatches(tmp_path_factory):
    """Make a sheet whose drawing is a square and a thick line of each colour; return it, and where each is."""
    marks, places = [], []
    for number, name in enumerate(PALETTE):
        left = 60 * number
        marks.append(f'<path d="M{left},0h40v40h-40z" fill="var(--{name})"/>')
        marks.append(f'<path d="M{left},80h40" fill="none" stroke="var(--{name})" stroke-width="40"/>')
        places += [(left + 20, 20), (left + 20, 80)]
    drawing = f'<svg width="672" height="120" viewBox="0 0 672 120">{"".join(marks)}</svg>'
    drawn = sheet(drawing, Heading("Colours", "All of them", "Squares", "Source: the palette", "Tests"), PALETTE)
    left, top = map(int, re.search(r"translate\((\d+),(\d+)\)", drawn).groups())
    path = tmp_path_factory.mktemp("swatches") / "swatches.svg"
    path.write_text(drawn, "utf-8")
    return path, [(SCALE * (left + x), SCALE * (top + y)) for x, y in places]


@pytest.mark.parametrize(
    ("renderer", "scheme", "painted"),
    [
        ("chromium", "light", "light"),
        ("chromium", "dark", "dark"),
        ("firefox", "light", "light"),
        ("firefox", "dark", "dark"),
        ("librsvg", "dark", "light"),  # it knows no media queries, and so paints light whatever is asked
    ],
)
def test_each_colour_is_painted_where_it_belongs(swatches, draw, colours, scheme, painted):
    """A square and a line of each colour of the palette have it, light and dark; paper lies to the edge."""
    path, places = swatches
    pairs = [pair[SCHEMES.index(painted)] for pair in PALETTE.values()]

    found = colours(draw(path, scheme), [(0, 0), *places])

    assert found["at"] == [pairs[0], *(colour for colour in pairs for _ in range(2))]


@pytest.mark.parametrize("renderer", ["chromium", "firefox", "librsvg"])
@pytest.mark.parametrize("name", NAMES)
def test_a_downloaded_chart_opens_alone_in_its_colours(web, name, draw, colours):
    """Every colour that a downloaded SVG names is painted by each renderer, and none of the dark ones."""
    path = web.root.folder / "charts" / f"{name}.svg"
    named = set(re.findall(r'(?:fill|stroke)="(#\w+)"', re.sub(r"<style>.*?</style>", "", path.read_text("utf-8"))))

    counts = colours(draw(path))["counts"]

    assert max(counts, key=counts.get) == PALETTE["paper"][0]
    assert named - counts.keys() == set()
    assert {dark for _, dark in PALETTE.values()} & counts.keys() == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_downloaded_chart_turns_dark(web, name, in_chromium, colours):
    """Where the reader's system is dark, no light colour of the palette is left on the sheet."""
    counts = colours(in_chromium(web.root.folder / "charts" / f"{name}.svg", "dark"))["counts"]

    assert max(counts, key=counts.get) == PALETTE["paper"][1]
    assert {light for light, _ in PALETTE.values()} & counts.keys() == set()


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_picture_leaves_its_margins(web, name, visit):
    """Every line and every label of a downloaded SVG lies within the sheet, as far from its edge as the margin."""
    path = web.root.folder / "charts" / f"{name}.svg"
    width, height = size(path.read_text("utf-8"))

    boxes = visit(path.as_uri(), fresh=True).evaluate(BOXES)

    assert len(boxes) > 5
    assert [box for box in boxes if box["left"] < 31 or box["right"] > width - 31] == []
    assert [box for box in boxes if box["top"] < 31 or box["bottom"] > height - 24] == []


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_table_of_widths_is_the_font_s(visit, web, weight):
    """Each character is as wide as the table says, and none that may stand is wider than is reckoned with."""
    widths = lettering.BOLD if weight == "bold" else lettering.REGULAR
    covered = [chr(code) for code in range(0x20, 0x2300) if not lettering.LACKING.search(chr(code))]

    found = visit(web.root("404.html")).evaluate(WIDTHS, {"weight": weight, "texts": covered})
    measured = dict(zip(covered, found["widths"], strict=True))

    assert found["there"], "Liberation Sans is not installed (Debian: fonts-liberation)"
    assert {text: width for text, width in measured.items() if text in widths and widths[text] != width} == {}
    assert {text: width for text, width in measured.items() if lettering.width(text, 2048, widths) < width} == {}


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_no_line_is_wider_than_its_room(visit, web, weight):
    """Set by a browser, kerning and all, the lines of real texts keep within the room that they were broken for."""
    widths = lettering.BOLD if weight == "bold" else lettering.REGULAR
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "content/en").glob("*.md"))]
    words = re.sub(lettering.LACKING, " ", " ".join(texts))
    lines = [line for room in (20_000, 33_333, 50_000) for line in lettering.wrap(words, room, 2048, widths)]

    found = visit(web.root("404.html")).evaluate(WIDTHS, {"weight": weight, "texts": lines})

    assert len(lines) > 1000
    over = [
        (line, width)
        for line, width in zip(lines, found["widths"], strict=True)
        if width > lettering.width(line, 2048, widths)
    ]
    assert over == []


@pytest.mark.parametrize("name", [*NAMES, "story"])
def test_a_card_is_as_large_as_it_is_shared(web, name):
    """A card to share is a PNG of 1200 by 630 pixels, and no heavier than a telephone loads at once."""
    png = (web.root.folder / "cards" / f"{name}.png").read_bytes()

    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    assert len(png) <= LARGEST


@pytest.mark.parametrize("name", NAMES)
def test_a_downloaded_picture_is_the_downloaded_svg(web, name, colours):
    """The PNG is as large as the SVG twice over, in the same light colours, and no heavier than a telephone loads."""
    folder = web.root.folder / "charts"
    text, png = (folder / f"{name}.svg").read_text("utf-8"), (folder / f"{name}.png").read_bytes()
    named = set(re.findall(r'(?:fill|stroke)="(#\w+)"', re.sub(r"<style>.*?</style>", "", text)))

    assert ET.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own
    assert struct.unpack(">II", png[16:24]) == tuple(SCALE * side for side in size(text))
    assert named - colours(png)["counts"].keys() == set()
    assert len(png) <= LARGEST
