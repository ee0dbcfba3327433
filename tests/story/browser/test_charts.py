"""Every chart: seen by all who can see, told to all who cannot, and made of the palette and the tables alone."""

from __future__ import annotations

import csv
import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 414, 500, 639, 640, 768, 1440)
MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`]")  # what of a text is not read: emphasis, where links lead
SMALLEST_TEXT, A4_HEIGHT = 12, 1123  # in CSS pixels
LETTERS_OF_A_SHEET = 5000  # more than any sheet of A4 holds in letters that can be read
# What of a chart is drawn where: texts with the boxes of their ink (a text's own box has room for letters that it has
# not), the box of the figure, the drawings on display, and through which texts a line or the rim of a dot runs.
LOOK = """figure => {
    const pen = document.createElement("canvas").getContext("2d");
    const box = element => { const {left, top, right, bottom} = element.getBoundingClientRect();
        return {left, top, right, bottom}; };
    const seen = element => element.getClientRects().length > 0;
    const inked = text => {
        const style = getComputedStyle(text), at = text.getScreenCTM(), scale = Math.hypot(at.a, at.b);
        pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const ink = pen.measureText(text.textContent), start = text.getStartPositionOfChar(0).matrixTransform(at);
        return {text: text.textContent, size: parseFloat(style.fontSize) * scale,
            left: start.x - ink.actualBoundingBoxLeft * scale, right: start.x + ink.actualBoundingBoxRight * scale,
            top: start.y - ink.actualBoundingBoxAscent * scale, bottom: start.y + ink.actualBoundingBoxDescent * scale};
    };
    const texts = [...figure.querySelectorAll("svg text")].filter(seen).map(inked);
    const apart = (one, other) => one.right < other.left || other.right < one.left
        || one.bottom < other.top || other.bottom < one.top;
    const through = (mark, text) => {
        if (apart(mark.getBoundingClientRect(), text)) return false;
        const at = mark.getScreenCTM(), length = mark.getTotalLength();
        for (let way = 0; way <= length; way += 1) {
            const {x, y} = mark.getPointAtLength(way).matrixTransform(at);
            if (text.left < x && x < text.right && text.top < y && y < text.bottom) return true;
        }
        return false;
    };
    const marks = [...figure.querySelectorAll("svg :is(line, path):not(.background, .role-axis-grid *)")]
        .filter(seen);
    return {
        shown: [...figure.querySelectorAll(".plot")].filter(seen).map(plot => plot.className),
        all: figure.querySelectorAll(".plot").length,
        figure: box(figure),
        marks: marks.length,
        texts,
        crossed: texts.filter(text => marks.some(mark => through(mark, text))).map(text => text.text),
    };
}"""
# Every colour that a mark on display is given, beside the colour that it is painted with.
COLOURS = """figure => [...figure.querySelectorAll("svg *")].filter(mark => mark.getClientRects().length > 0).flatMap(
    mark => ["fill", "stroke"].filter(name => mark.hasAttribute(name) && mark.getAttribute(name) !== "none")
        .map(name => [mark.getAttribute(name).replace(/,\\w+/, ""), getComputedStyle(mark)[name]]))"""
SHIFTS = """() => new Promise(resolve => {
    const shifts = [];
    new PerformanceObserver(list => shifts.push(...list.getEntries().map(entry => entry.value)))
        .observe({type: "layout-shift", buffered: true});
    const animations = document.getAnimations().map(animation => animation.finished);
    Promise.all([document.fonts.ready, ...animations]).then(() =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(shifts)))));
})"""
DOUBLED = """() => { const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
    return ids.filter((id, place) => ids.indexOf(id) !== place); }"""


def read(markdown: str) -> str:
    """Return what a reader sees of a text."""
    return MARKDOWN.sub(r"\1", markdown)


@pytest.fixture
def figure(chart, web, visit) -> Callable:
    """Return a function that opens the chart's page and returns the figure."""
    return lambda **options: visit(web.root(chart.address), **options).locator(f"figure#{chart.name}")


@pytest.fixture(scope="module")
def looks() -> dict:
    """Keep what was seen of a chart at a width, for the tests that ask the same of it."""
    return {}


@pytest.fixture
def look(chart, figure, looks) -> Callable[[int], dict]:
    """Return a function that tells what of the chart is drawn where in a window of a width."""

    def look(width: int) -> dict:
        if (chart, width) not in looks:
            looks[chart, width] = figure(width=width).evaluate(LOOK)
        return looks[chart, width]

    return look


@pytest.mark.parametrize("way", ["served", "as a file"])
def test_a_chart_needs_no_script(chart, way, web, visit):
    """With scripts turned off a chart is there, with lines and words, over the whole width of its figure."""
    url = web.root(chart.address) if way == "served" else web.root.file(chart.address)
    figure = visit(url, java_script_enabled=False).locator(f"figure#{chart.name}")
    drawing = figure.locator("svg").locator("visible=true")

    assert drawing.count() == 1
    box, around = drawing.bounding_box(), figure.bounding_box()
    assert drawing.locator("path, line").count() > 10
    assert drawing.locator("text").count() > 10
    assert box["height"] > 200
    assert box["width"] == pytest.approx(around["width"], abs=1)


@pytest.mark.parametrize("width", WIDTHS)
def test_one_drawing_is_shown(look, width):
    """A window shows one of a chart's two drawings: the wide one from 640 pixels on, else the narrow one."""
    found = look(width)

    assert found["all"] == 2
    assert found["shown"] == ["plot wide" if width >= 640 else "plot narrow"]


@pytest.mark.parametrize("width", [320, 1440])
def test_paper_shows_the_wide_drawing(figure, width):
    """Print shows the wide drawing, whatever the window was."""
    found = figure(width=width)
    found.page.emulate_media(media="print")

    assert found.evaluate(LOOK)["shown"] == ["plot wide"]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_in_a_chart_is_small(look, width):
    """No text of a chart is shown smaller than 12 pixels."""
    texts = look(width)["texts"]

    assert len(texts) > 10
    assert [text for text in texts if text["size"] < SMALLEST_TEXT] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_leaves_its_figure(look, width):
    """Every text of a chart stays within its figure."""
    found = look(width)
    frame = found["figure"]

    assert [
        text
        for text in found["texts"]
        if text["left"] < frame["left"] - 0.5
        or text["right"] > frame["right"] + 0.5
        or text["top"] < frame["top"]
        or text["bottom"] > frame["bottom"]
    ] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_texts_of_a_chart_touch(look, width):
    """Between any two texts of a chart is a clear pixel."""
    texts = look(width)["texts"]

    assert [
        (one["text"], other["text"])
        for one, other in itertools.combinations(texts, 2)
        if one["left"] < other["right"] + 1
        and other["left"] < one["right"] + 1
        and one["top"] < other["bottom"] + 1
        and other["top"] < one["bottom"] + 1
    ] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_runs_through_a_text(look, width):
    """No line and no dot of a chart runs through the letters of a text; the faint lines of the grid may."""
    found = look(width)

    assert found["marks"] > 5
    assert found["crossed"] == []


@pytest.mark.parametrize("width", [320, 1440])
def test_a_drawing_has_a_scale(figure, width):
    """Each drawing names two places of an axis or more: figures beside dots do not say where zero is."""
    assert figure(width=width).locator("svg .role-axis-label text").locator("visible=true").count() >= 2


@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_moves_while_a_page_loads(address, width, web, visit):
    """The browser counts no shift of the layout."""
    assert visit(web.root(address), width=width).evaluate(SHIFTS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_has_the_colours_of_the_palette(figure, scheme, palette):
    """Every mark and text is painted in a colour of the palette, that of the reader's scheme; so is the page."""
    found, colours = figure(color_scheme=scheme), palette(scheme)
    painted = found.evaluate(COLOURS)
    expected = {f"var(--{name})": colour for name, colour in colours.items()}

    assert len({given for given, _ in painted} & expected.keys()) > 2
    assert [
        [given, colour] for given, colour in painted if given != "transparent" and expected.get(given) != colour
    ] == []
    assert found.page.evaluate("getComputedStyle(document.body).backgroundColor") == colours["paper"]
    assert found.page.evaluate("getComputedStyle(document.body).color") == colours["ink"]


def test_the_two_schemes_differ(palette):
    """No colour of the palette is the same in light and in dark."""
    light, dark = palette("light"), palette("dark")

    assert [name for name in light if light[name] == dark[name]] == []


def test_paper_is_light(figure, palette):
    """Print has the light colours, even where the screen is dark."""
    found = figure(color_scheme="dark")
    found.page.emulate_media(media="print", color_scheme="dark")
    colours = palette("light")
    expected = {f"var(--{name})": colour for name, colour in colours.items()}
    painted = found.evaluate(COLOURS)

    assert painted
    assert [[given, colour] for given, colour in painted if given != "transparent" and expected[given] != colour] == []
    assert found.page.evaluate("getComputedStyle(document.body).color") == colours["ink"]


def test_ids_are_unique(address, web, visit):
    """No id stands twice in a page, those of the drawings included."""
    assert visit(web.root(address)).evaluate(DOUBLED) == []


@pytest.mark.parametrize("width", [320, 1440])
def test_a_chart_is_told_in_words(figure, chart, width):
    """Assistive technology is given a picture with the author's words for each chart, and nothing of its SVG."""
    found = figure(width=width)
    session = found.page.context.new_cdp_session(found.page)
    nodes = [node for node in session.send("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]]
    pictures = [node for node in nodes if node["role"]["value"] in {"image", "img"}]
    figures = [node for node in nodes if node["role"]["value"] == "figure"]

    assert found.locator("svg:not([aria-hidden=true])").count() == 0
    assert [node["name"]["value"] for node in figures].count(read(chart.text["title"])) == 1
    mine = [node for node in pictures if node["name"]["value"] == read(chart.text["alt"])]
    assert len(mine) == 1
    assert mine[0].get("childIds", []) == []
    assert [node["role"]["value"] for node in nodes if node["role"]["value"].startswith(("graphics", "Svg"))] == []


def test_a_chart_says_its_finding_its_measure_and_its_source(figure, chart):
    """Above a chart stand its finding and its measure; below, summary, a note, its source, and the way to more."""
    found, text = figure(), chart.text
    parts = (".title", ".subtitle", ".plot.wide", ".summary", ".small", ".more")
    order = [found.locator(part).bounding_box()["y"] for part in parts]

    assert found.locator(".title").inner_text() == read(text["title"])
    assert found.locator(".subtitle").inner_text() == read(text["subtitle"])
    assert order == sorted(order)
    assert found.locator(".summary").inner_text().split() == read(chart.summary).split()
    *notes, source = found.locator(".small p").all_inner_texts()
    pages = found.locator(".cites li").count()
    assert notes == [read(note) for note in text["notes"][:1]]
    assert pages > 0
    assert f" {pages} pages" in source
    assert found.locator(".more > a").get_attribute("href") == chart.home


def test_all_notes_of_a_chart_go_on_paper(figure, chart):
    """On a screen the first note is seen and the others unfold; paper has them all."""
    notes = figure().locator(":is(.small p:not(:last-child), .notes p)")
    seen = [note.is_visible() for note in notes.all()]
    notes.page.emulate_media(media="print")

    assert [read(note) for note in chart.text["notes"]] == notes.all_inner_texts()
    assert seen == [number == 0 for number in range(len(seen))]
    assert all(note.is_visible() for note in notes.all())


def test_the_table_beside_the_race_has_its_figures(web, visit, tested):
    """Each citable total since 2018 stands in the row of its month and the column of its year; all else is a dash."""
    chart = next(chart for chart in tested.charts if chart.name == "race_to_200bn")
    page = visit(web.root(chart.address))
    table = page.locator(f"figure#{chart.name} table")
    with (web.root.folder / "data" / "trade_to_month.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["flow"] == "total" and row["month"] >= "2018"]
    expected = {row["month"]: as_billions(row) for row in rows}
    years = sorted({month[:4] for month in expected})
    head = table.locator("thead th").all_text_contents()
    body = table.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )

    assert len(expected) > 60
    assert head == ["January to", *years]
    assert [line[0] for line in body[::11]] == ["January", "December"]
    assert [line[1:] for line in body] == [
        [expected.get(f"{year}-{month:02}", "–") for year in years] for month in range(1, 13)
    ]
    assert set(table.locator("thead th").evaluate_all("cells => cells.map(cell => cell.scope)")) == {"col"}
    assert table.locator("tbody tr > th[scope=row]:first-child").count() == 12


def as_billions(row: dict[str, str]) -> str:
    """Return a total in billions with the decimals that its precision earns, at most two."""
    width = Decimal(row["precision_usd_million"]) / 1000
    places = 2 if width < Decimal("0.1") else 1
    return f"{Decimal(row['value_usd_million']) / 1000:,.{places}f}"


def test_a_page_prints_whole(address, web, visit):
    """A page goes on paper with all its text, on as many sheets as that takes."""
    page = visit(web.root(address))
    page.emulate_media(media="print")
    letters = len(page.locator("main").inner_text())
    body = page.pdf(format="A4", print_background=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", body))

    assert body.startswith(b"%PDF-")
    assert sheets >= letters / LETTERS_OF_A_SHEET
    assert sheets > 0


def test_paper_has_no_navigation(sheet, web, visit):
    """What only a screen can use is not printed: navigation, the link past it, what is folded away.

    A frame has none of these.
    """
    page = visit(web.root(sheet))
    seen = [page.locator(part).first.is_visible() for part in ("nav", ".skip")]
    page.emulate_media(media="print")

    assert seen == [True, True]
    assert page.locator("nav, .skip, summary").locator("visible=true").count() == 0
    assert page.locator("h1").is_visible()
    assert page.locator("footer").is_visible()


def test_a_drawing_stays_with_its_title_on_one_sheet(figure):
    """Paper breaks no drawing in two and parts none from its title: each asks for that, and both fit on a sheet."""
    found = figure(width=718)  # A4 less its usual margins
    found.page.emulate_media(media="print")
    title, drawing = found.locator("figcaption"), found.locator(".plot.wide")

    assert title.evaluate("title => getComputedStyle(title).breakAfter") == "avoid"
    assert drawing.evaluate("drawing => getComputedStyle(drawing).breakInside") == "avoid"
    top, bottom = title.bounding_box()["y"], drawing.bounding_box()["y"] + drawing.bounding_box()["height"]
    assert bottom - top < A4_HEIGHT / 2
