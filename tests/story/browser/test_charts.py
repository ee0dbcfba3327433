"""Every chart: seen by all who can see, told to all who cannot, and made of the palette
and the tables alone.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

import pytest
from coloraide import Color
from playwright.sync_api import Page

from press.figures.plot import SIZES
from tests.browsing import resize, wait_until_quiet
from tests.story.browser.conftest import text_of
from tests.story.browser.site import (
    CHARTS,
    FEW,
    flat,
    on_each_chart,
    read,
    touching,
    within,
)
from tests.story.conftest import read_cells

pytestmark = pytest.mark.browser

# of telephones and a desk, and where another drawing is shown
WIDTHS = (320, 390, 735, 736, 1440)
WIDER = "DejaVu Sans"  # the widest that a reader of a page in Arial is likely to get
# in CSS pixels; the width less its usual margins
SMALLEST_TEXT, A4_HEIGHT, A4_WIDTH = 12, 1123, 718
HEADLINE = 30  # pixels, from which letters are those of a headline
# tells a length, or the amount of a square
RULER = re.compile(r"(?:^| )(?:[\d,]+ km|\$[\d,.]+ bn)$")
# What is said below uses these; each script is a function of one figure.
TOOLS = """
const seen = element => element.getClientRects().length > 0;
const all = (figure, selector) => [...figure.querySelectorAll(selector)];
const box = element => { const {left, top, right, bottom} = element.getBoundingClientRect();
    return {text: element.textContent, left, top, right, bottom}; };
"""
# What of a chart is drawn where: texts with the boxes of their ink (a text's own box
# has room for letters that it has not), the box of the figure, the drawings on display,
# and through which texts a line or the rim of a dot runs.
LOOK = """figure => {
    const pen = document.createElement("canvas").getContext("2d");
    const inked = text => {
        const style = getComputedStyle(text), at = text.getScreenCTM(), scale = Math.hypot(at.a, at.b);
        pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const ink = pen.measureText(text.textContent), start = text.getStartPositionOfChar(0).matrixTransform(at);
        return {text: text.textContent, size: parseFloat(style.fontSize) * scale,
            left: start.x - ink.actualBoundingBoxLeft * scale, right: start.x + ink.actualBoundingBoxRight * scale,
            top: start.y - ink.actualBoundingBoxAscent * scale, bottom: start.y + ink.actualBoundingBoxDescent * scale};
    };
    const texts = all(figure, `svg text`).filter(seen).map(inked);
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
    const faint = ".background, .role-axis-grid *, [stroke^='var(--rule'], [stroke^='var(--rule'] *";
    const marks = all(figure, `svg :is(path, circle):not(${faint})`).filter(seen);
    return {
        shown: all(figure, ".plot").filter(seen).map(plot => plot.className),
        width: figure.className.split(" ")[0],
        all: all(figure, ".plot").length,
        figure: box(figure),
        marks: marks.length,
        scale: all(figure, "svg .role-axis-label text").filter(seen).length,
        shapes: all(figure, "svg .mark-shape path").filter(seen).length,
        texts,
        crossed: texts.filter(text => marks.some(mark => through(mark, text))).map(text => text.text),
    };
}"""
# Every colour that a mark on display is given, beside the colour that it is painted
# with.
COLOURS = """figure => all(figure, "svg *").filter(seen).flatMap(
    mark => ["fill", "stroke"].filter(name => mark.hasAttribute(name) && mark.getAttribute(name) !== "none")
        .map(name => [mark.getAttribute(name).replace(/,\\w+/, ""), getComputedStyle(mark)[name]]))"""
# With what each kind of mark on display is painted: colours, and how clear they are.
PAINTS = """figure => [...new Set(
    all(figure, "svg :is(path, circle):not(.background, .role-axis-grid, .role-axis-grid *)").filter(seen).map(mark => {
        const style = getComputedStyle(mark);
        let clear = 1;
        for (let at = mark; at !== figure; at = at.parentElement) clear *= getComputedStyle(at).opacity;
        return JSON.stringify(["fill", "stroke"].filter(name => style[name] !== "none")
            .filter(name => name === "fill" || parseFloat(style.strokeWidth) > 0)
            .map(name => [name, style[name], clear * style[`${name}Opacity`]]).filter(paint => paint[2] > 0));
    }))].map(JSON.parse)"""
LEAST = 3  # contrast of a mark to what it lies on: WCAG 2.2, 1.4.11
# Charts with marks that are fainter, by what, and why they may be: who does not see
# them understands the chart.
AIDS = {
    "both_flows": {"fill import"},  # a shade between two lines
    # a shade between two lines: both are drawn, and how far they are apart is written
    "two_customs": {"fill rule"},
    "promises_and_outturns": {"stroke paper"},  # the inside of a bar that is early
}
PAGE = (
    "(({backgroundColor, color}) => ({paper: backgroundColor, ink:"
    " color}))(getComputedStyle(document.body))"
)
SYSTEM = """["CanvasText", "Canvas", "GrayText", "LinkText"].map(name => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = name;
    const {color} = getComputedStyle(probe);
    probe.remove();
    return color;
})"""
# In the colours of a reader's system: those of lines; of marks that are open on any
# other screen, or lie behind others; of bars that tell imports from exports.
FORCED = """figure => ({
    strokes: all(figure, "svg [stroke]").filter(seen).map(mark => getComputedStyle(mark).stroke),
    open: all(figure, 'svg :is([fill^="var(--paper,"], [fill^="var(--rule,"], [fill^="var(--raised,"])')
        .map(mark => getComputedStyle(mark).fill),
    flows: ["import", "export"].map(flow => figure.querySelector(`.plot.wide :is(path, g)[fill^="var(--${flow},"]`))
        .map(bar => bar && getComputedStyle(bar).fill),
})"""
WORDS = """figure => ({
    title: figure.querySelector(".title > span").innerText,
    subtitle: figure.querySelector(".subtitle").innerText,
    tops: [".title", ".subtitle", ".plot", ".summary", ".small", ".about"].map(
        part => figure.querySelector(part).getBoundingClientRect().top),
    summary: figure.querySelector(".summary").innerText,
    small: all(figure, ".small").map(part => part.innerText),
    folded: all(figure, "details").map(part => part.querySelector("summary").firstChild.data),
    leads: all(figure, ".about a[href*='charts/']").map(link => link.getAttribute("href")),
    drawings: all(figure, "svg:not([aria-hidden=true])").length,
    notes: all(figure, ".about > p").map(note => note.checkVisibility()),
})"""
PAPER = """figure => ({
    shown: all(figure, ".plot").filter(seen).map(plot => plot.className),
    notes: all(figure, ".about > p").map(note => [note.innerText, note.checkVisibility()]),
    title: box(figure.querySelector("figcaption")),
    drawing: box(figure.querySelector(".plot.wide")),
    parted: getComputedStyle(figure.querySelector("figcaption")).breakAfter,
    broken: getComputedStyle(figure.querySelector(".plot.wide")).breakInside,
})"""
IN_FONT = """figure => {
    for (const svg of figure.querySelectorAll("svg")) svg.style.fontFamily = `"WIDER"`;
    const texts = all(figure, `svg text`).filter(seen).map(box);
    return {texts, window: document.documentElement.clientWidth};
}"""
FONTS = """font => {
    const pen = document.createElement("canvas").getContext("2d");
    return ["Liberation Sans", font].map(name => {
        pen.font = `100px "${name}", monospace`; return pen.measureText("Machinery").width; });
}"""
BARE = """figure => ({
    shown: all(figure, ".plot svg").filter(seen).map(svg => [
        svg.getBoundingClientRect().width - figure.getBoundingClientRect().width, svg.getBoundingClientRect().height,
        all(svg, "path, circle").flatMap(mark => mark.getAttribute("d")?.match(/M/g) ?? mark).length,
        all(svg, "text").length, figure.matches(".inset")]),
})"""


def each(page: Page, script: str) -> dict[str, dict]:
    """Run a script on each figure of a page; return what it says by the
    figure's name.
    """
    figures = (
        'Object.fromEntries(all(document, "figure[data-points]").map(figure =>'
        " [figure.id, look(figure)]))"
    )
    return page.evaluate(
        f"(() => {{ {TOOLS} const look = {script}; return {figures}; }})()"
    )


@pytest.fixture(scope="module")
def survey(web, window) -> Callable[[str], dict[str, dict]]:
    """Return a function that tells all that is seen of the charts on a page, loaded
    once.
    """

    @cache
    def survey(address: str) -> dict[str, dict]:
        page = window()
        page.goto(web.root(address))
        # Drawings far below the window are laid out when a reader comes near.
        page.evaluate(
            'document.querySelectorAll(".plot").forEach(plot =>'
            ' plot.style.contentVisibility = "visible")'
        )
        found = dict(surveyed(page))
        page.emulate_media(media="null", color_scheme="light", forced_colors="none")
        return found

    return survey


def surveyed(page: Page):
    """Yield what is seen of all charts on a page, by width, scheme, medium or font."""

    def at(width: int, script: str) -> dict[str, dict]:
        resize(page, width)
        wait_until_quiet(page)
        # as a drawing stands in the end
        page.evaluate("document.getAnimations().forEach(fading => fading.finish())")
        return each(page, script)

    for scheme, medium in (("light", "screen"), ("dark", "screen"), ("dark", "print")):
        page.emulate_media(media=medium, color_scheme=scheme)
        yield f"colours {scheme} {medium}", at(1440, COLOURS)
        yield f"paints {scheme} {medium}", at(1440, PAINTS)
        yield f"page {scheme} {medium}", page.evaluate(PAGE)
    yield "paper", {width: at(width, PAPER) for width in (320, A4_WIDTH, 1440)}
    page.emulate_media(media="null", color_scheme="light", forced_colors="active")
    yield "system", page.evaluate(SYSTEM)
    yield "forced", each(page, FORCED)
    page.emulate_media(forced_colors="none")
    yield "look", {width: at(width, LOOK) for width in WIDTHS}
    yield "words", each(page, WORDS)
    session = page.context.new_cdp_session(page)
    trees = {}
    for width in (320, 1440):
        resize(page, width)
        trees[width] = [
            node
            for node in session.send("Accessibility.getFullAXTree")["nodes"]
            if not node["ignored"]
        ]
    yield "tree", trees
    yield "fonts", page.evaluate(FONTS, WIDER)
    yield (
        "in font",
        {
            width: at(width, IN_FONT.replace("WIDER", WIDER))
            for width in (320, 736, 1440)
        },
    )


@pytest.fixture
def seen(chart, survey) -> Callable[[str], object]:
    """Return a function that tells what was seen of the chart: by width, if it was
    looked at in several.
    """

    def seen(what: str) -> object:
        found = survey(chart.address)[what]
        return (
            found[chart.name]
            if chart.name in found
            else {width: look[chart.name] for width, look in found.items()}
        )

    return seen


@on_each_chart
def test_one_drawing_is_shown(seen):
    """A window shows one of a chart's drawings, the widest that fits."""
    for width, found in seen("look").items():
        full = found["width"] == "full"
        shown = (
            "full" if full and width >= 1256 else "wide" if width >= 736 else "narrow"
        )
        assert found["all"] == 2 + full
        assert found["shown"] == [f"plot {shown}"], f"at {width} pixels"


@on_each_chart
def test_paper_shows_the_wide_drawing(seen):
    """Print shows the wide drawing, whatever the window was."""
    assert {width: found["shown"] for width, found in seen("paper").items()} == {
        width: ["plot wide"] for width in (320, A4_WIDTH, 1440)
    }


@on_each_chart
def test_a_chart_has_three_sizes_of_lettering(seen):
    """A drawing is shown as it was drawn: on a desk and on a phone all its texts have
    one of the three sizes.

    Names of countries on a map are larger where there is room, headlines by far.
    """
    for width, size in ((1440, SIZES[0]), (390, SIZES[1])):
        found, right = seen("look")[width]["texts"], [size.text, size.label, size.key]
        right += [size.large] if seen("look")[width]["shapes"] else []
        odd = [
            each
            for each in found
            if each["size"] < HEADLINE
            and min(abs(each["size"] - one) for one in right) > 0.2
        ]
        assert odd == [], f"at {width} pixels, of {right}"


@on_each_chart
def test_no_text_in_a_chart_is_small(chart, seen):
    """No text of a chart is shown smaller than 12 pixels."""
    for width, found in seen("look").items():
        assert len(found["texts"]) > (4 if chart.name in FEW else 10)
        assert [
            text for text in found["texts"] if text["size"] < SMALLEST_TEXT
        ] == [], f"at {width} pixels"


@on_each_chart
def test_texts_stay_in_their_figure_and_apart(seen):
    """Every text of a chart stays within its figure, and between any two is a clear
    pixel.
    """
    for width, found in seen("look").items():
        frame = found["figure"]
        room = {**frame, "left": frame["left"] - 0.5, "right": frame["right"] + 0.5}
        assert [text for text in found["texts"] if not within(text, room)] == [], (
            f"at {width} pixels"
        )
        assert touching(found["texts"], across=-1, down=-1) == [], f"at {width} pixels"


@on_each_chart
def test_no_line_runs_through_a_text(chart, seen):
    """No line and no dot of a chart runs through the letters of a text; faint lines
    such as those of the grid may.
    """
    for width, found in seen("look").items():
        assert found["marks"] > (2 if chart.name in FEW else 5)
        assert found["crossed"] == [], f"at {width} pixels"


@on_each_chart
def test_a_drawing_has_a_scale(seen):
    """Each drawing names two places of an axis or more: figures beside dots do not say
    where zero is.

    A map has no axis, and a line of a length that it tells; squares have none, and one
    of an amount that it tells.
    """
    for width, found in seen("look").items():
        rulers = [text for text in found["texts"] if RULER.search(text["text"])]
        assert found["scale"] >= 2 or len(rulers) == 1, f"at {width} pixels"


@pytest.mark.parametrize(
    ("name", "pattern", "times"),
    [
        ("two_customs", "Russia → China|China → Russia|up to .*", 3),
        ("price_or_volume", "((price|tonnes) )?[+−].*%", 6),
        ("rolling_trade", r"[A-Z]\w\w 20\d\d", 3),
    ],
)
def test_a_telephone_is_told_what_a_desk_is(name, pattern, times, survey):
    """Directions and a bound, both changes of a year, the dates of turns: no width
    leaves them out.
    """
    found = survey(next(chart.address for chart in CHARTS if chart.name == name))[
        "look"
    ]

    for width, charts in found.items():
        told = [
            text["text"]
            for text in charts[name]["texts"]
            if re.fullmatch(pattern, text["text"])
        ]
        assert len(told) == times, f"at {width} pixels: {told}"


@on_each_chart
def test_texts_keep_apart_in_a_wider_font(chart, seen, survey):
    """In DejaVu Sans no text of a chart leaves the window, and no two texts cover each
    other by a letter.
    """
    narrow, wide = survey(chart.address)["fonts"]

    assert wide > 1.05 * narrow, f"{WIDER} is not installed (Debian: fonts-dejavu-core)"
    for width, found in seen("in font").items():
        beyond = [
            text["text"]
            for text in found["texts"]
            if text["left"] < 0 or text["right"] > found["window"]
        ]
        assert beyond == [], f"at {width} pixels"
        assert touching(found["texts"], across=4, down=5) == [], f"at {width} pixels"


# A chart of two lines and nothing else has two colours; others have more.
COLOURS_OF = {"partners_of_russia": 2}


@pytest.mark.parametrize(
    ("scheme", "medium"), [("light", "screen"), ("dark", "screen"), ("dark", "print")]
)
@on_each_chart
def test_a_chart_has_the_colours_of_the_palette(chart, scheme, medium, survey, palette):
    """Every mark and text is painted in a colour of the palette, that of the reader's
    scheme; so is the page.

    A chart in steps is dark on every screen. Print has the light colours, even where
    the screen is dark.
    """
    found, colours = (
        survey(chart.address),
        palette("light" if medium == "print" else scheme),
    )
    painted, page = (
        found[f"colours {scheme} {medium}"][chart.name],
        found[f"page {scheme} {medium}"],
    )
    drawn = palette("dark") if medium == "screen" and "steps" in chart.text else colours
    expected = {f"var(--{name})": colour for name, colour in drawn.items()}

    fewest = COLOURS_OF.get(chart.name, 3)
    assert len({given for given, _ in painted} & expected.keys()) >= fewest
    assert [
        [given, colour]
        for given, colour in painted
        if given != "transparent" and expected.get(given) != colour
    ] == []
    assert page["ink"] == colours["ink"]
    assert page["paper"] == colours["paper"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@on_each_chart
def test_a_mark_stands_out(chart, scheme, survey, palette):
    """A mark has 3:1 to the paper by its fill or its outline, as clear as it is; the
    lines of a grid may be fainter.
    """
    colours = palette("dark" if "steps" in chart.text else scheme)
    found = survey(chart.address)[f"paints {scheme} screen"][chart.name]
    faint = [
        paints
        for paints in filter(None, found)
        if contrast(paints, colours["paper"]) < LEAST
    ]

    assert len(found) > 1
    names = {colour: name for name, colour in colours.items()}
    assert {
        f"{part} {names[paint]}" for paints in faint for part, paint, _ in paints
    } <= AIDS.get(chart.name, set())


def contrast(paints: list[tuple[str, str, float]], paper: str) -> float:
    """Return the contrast to the paper of the colour of a mark that stands out most, as
    clear as it is.
    """
    seen = [
        Color.layer([Color(paint).set("alpha", clear), paper])
        for _, paint, clear in paints
    ]
    return max(colour.contrast(paper, method="wcag21") for colour in seen)


@on_each_chart
def test_a_reader_s_own_colours_are_kept(chart, seen, survey):
    """Where the system forces its colours, lines and dots take them, and none keeps one
    of the palette.

    An open dot says so still, no band covers what lies on it, and bars of imports and
    exports are of two colours.
    """
    system, forced = survey(chart.address)["system"], seen("forced")
    flows = forced["flows"]

    assert {*forced["strokes"]} <= {*system, "none"}
    assert {*forced["open"]} <= {system[1]}
    assert not all(flows) or len({*flows, "none"}) == 3


@pytest.fixture(scope="module")
def bare(web, window) -> Callable[[str, str], dict[str, dict]]:
    """Return a function that tells what is seen of the charts on a page where no
    scripts run.
    """

    @cache
    def bare(address: str, way: str) -> dict[str, dict]:
        page = window(java_script_enabled=False)
        resize(page, 1440)
        page.goto(web.root(address) if way == "served" else web.root.file(address))
        return each(page, BARE)

    return bare


@pytest.mark.parametrize("way", ["served", "as a file"])
@on_each_chart
def test_a_chart_needs_no_script(chart, way, bare):
    """With scripts turned off a chart is there, with lines and words, over the whole
    width of its figure, or inset.
    """
    ((beyond, height, lines, texts, inset),) = bare(chart.address, way)[chart.name][
        "shown"
    ]

    assert lines > (2 if chart.name in FEW else 10)
    assert texts > (4 if chart.name in FEW else 10)
    assert height > 200
    assert inset or beyond == pytest.approx(0, abs=1)


@pytest.mark.parametrize("width", [320, 1440])
@on_each_chart
def test_a_chart_is_told_in_words(chart, width, seen, survey):
    """Assistive technology is given a picture with the author's words for each chart,
    and nothing of its SVG.
    """
    nodes = survey(chart.address)["tree"][width]
    named = [
        (
            node["role"]["value"],
            node.get("name", {}).get("value"),
            node.get("childIds", []),
        )
        for node in nodes
    ]
    # of several states the first is shown
    alt = read(chart.text.get("states", [chart.text])[0]["alt"])

    assert seen("words")["drawings"] == 0
    assert [
        role
        for role, name, _ in named
        if name == read(chart.text["title"]) and role == "figure"
    ] == ["figure"]
    assert [
        inner for role, name, inner in named if name == alt and role in {"image", "img"}
    ] == [[]]
    assert [role for role, *_ in named if role.startswith(("graphics", "Svg"))] == []


@on_each_chart
def test_a_chart_says_its_finding_its_measure_and_its_source(chart, seen):
    """Above a chart stand its finding and its measure; below, a summary, one line of
    source, and what is folded.
    """
    found, text = seen("words"), chart.text

    assert found["title"] == read(text["title"])
    assert found["subtitle"] == read(text["subtitle"])
    assert found["tops"] == sorted(found["tops"])
    assert flat(found["summary"]) == read(chart.summary)
    assert [source.startswith("Source: ") for source in found["small"]] == [True]
    assert found["folded"] == ["About this chart"]
    assert found["leads"] == [chart.home, f"{chart.home}#sources"]


@on_each_chart
def test_all_notes_of_a_chart_go_on_paper(chart, seen):
    """On a screen they are folded; paper has them all."""
    on_screen, on_paper = seen("words")["notes"], seen("paper")[A4_WIDTH]["notes"]

    assert not any(on_screen)
    assert on_paper == [[read(note), True] for note in chart.text["notes"]]


@on_each_chart
def test_a_drawing_stays_with_its_title_on_one_sheet(seen):
    """Paper breaks no drawing in two and parts none from its title: each asks for that,
    and both fit on a sheet.
    """
    found = seen("paper")[A4_WIDTH]

    assert found["parted"] == "avoid"
    assert found["broken"] == "avoid"
    assert found["drawing"]["bottom"] - found["title"]["top"] < A4_HEIGHT / 2


def test_the_table_beside_the_race_has_its_figures(web, document):
    """Each citable total since 2018 stands in the row of its month and the column of
    its year; all else is a dash.
    """
    table = next(document(web.root, "index.html").by_id["race_to_200bn"].iter("table"))
    rows = [
        row
        for row in read_cells("trade_to_month")
        if row["flow"] == "total" and row["month"] >= "2018"
    ]
    expected = {row["month"]: as_billions(row) for row in rows}
    years = sorted({month[:4] for month in expected})
    head, body = (
        [list(row) for row in table.find(part)] for part in ("thead", "tbody")
    )
    shown = [[text_of(cell) for cell in row] for row in body]

    assert len(expected) > 60
    assert [[text_of(cell) for cell in row] for row in head] == [["January to", *years]]
    assert [line[0] for line in shown[::11]] == ["January", "December"]
    assert [line[1:] for line in shown] == [
        [expected.get(f"{year}-{month:02}", "–") for year in years]
        for month in range(1, 13)
    ]
    assert [cell.get("scope") for cell in head[0]] == ["col"] * (len(years) + 1)
    assert [(row[0].tag, row[0].get("scope")) for row in body] == [("th", "row")] * 12


def as_billions(row: dict[str, str]) -> str:
    """Return a total in billions with the decimals that its precision earns, at most
    two.
    """
    width = Decimal(row["precision_usd_million"]) / 1000
    places = 2 if width < Decimal("0.1") else 1
    return f"{Decimal(row['value_usd_million']) / 1000:,.{places}f}"
