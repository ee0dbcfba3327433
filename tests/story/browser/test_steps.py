"""A chart in steps: one drawing that comes as far as the text that is read; else its
states follow each other.
"""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browsing import resize, wait_until_quiet

pytestmark = pytest.mark.browser

STORY = "index.html"
SIZES = [
    (1440, 900),
    (1366, 680),
    (1280, 720),
    (1024, 768),
    (844, 390),
    (390, 844),
    (320, 568),
]
on_each_size = pytest.mark.parametrize(("width", "height"), SIZES)
# pixels of scroll for which a text can be read whole while its state is shown
LEAST = 200
LOWEST = 11.5  # pixels: the size of letters in a drawing
# pixels of scroll from look to look; ``LEAST`` is a multiple of each
COARSE, FINE = 40, 20
# What is seen meanwhile: the step that is shown, the texts that can be read whole,
# whether the
# steps fill the window, and how much of the drawing is in it.
READ = """async () => {
    const group = document.querySelector(".steps"), texts = [...group.querySelectorAll("section > p")], found = [];
    const box = element => element.getBoundingClientRect();
    const words = text => {
        const range = document.createRange();
        range.selectNodeContents(text);
        return range.getBoundingClientRect();
    };
    const on = (text, x, y) => text.contains(document.elementFromPoint(x, y));
    const whole = text => {
        const { left, right, top, bottom } = words(text);
        const ends = [[left + 2, top + 8], [left + 2, bottom - 8], [(left + right) / 2, (top + bottom) / 2]];
        return top >= 0 && bottom <= innerHeight && ends.every(([x, y]) => on(text, x, y));
    };
    const seen = ({ top, bottom }) => Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
    const start = box(group).top + scrollY - innerHeight, end = start + box(group).height + innerHeight;
    const plot = [...group.querySelectorAll(".whole .plot")].find(plot => plot.clientWidth);
    for (let at = start; at < end; at += STEP) {
        scrollTo({ top: at, behavior: "instant" });
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        const shown = +group.querySelector(".whole").style.getPropertyValue("--now");
        const inside = box(group).top <= 0 && box(group).bottom >= innerHeight;
        found.push({ shown, whole: texts.map(whole), inside, drawn: seen(box(plot)) / box(plot).height });
    }
    return found;
}"""
# Whether the link of the steps that has the focus lies in the window with nothing over
# it; nothing where something else has the focus.
FOCUSED = """async selector => {
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    if (!document.activeElement.matches(selector)) return null;
    const link = document.activeElement, { left, right, top, bottom } = link.getClientRects()[0];
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return { text: link.innerText, clear: top >= 0 && bottom <= innerHeight && link.contains(hit) };
}"""
LINKS = ".steps section > p a"
OPACITIES = """async place => {
    await Promise.all(document.getAnimations().map(animation => animation.finished));
    const opacity = step => getComputedStyle(document.querySelector(`${place} .from-${step}`)).opacity;
    return [2, 3, 4, 5].map(step => Math.max(0, Math.min(1, opacity(step))));
}"""
# The places of the drawing at which something else is seen.
COVERED = """() => {
    const { left, top, width, height } = [...document.querySelectorAll(".whole svg")].find(svg => svg.clientWidth)
        .getBoundingClientRect(), whole = document.querySelector(".whole"), found = [];
    for (let x = .02; x < 1; x += .08) for (let y = .02; y < 1; y += .08) {
        const hit = document.elementFromPoint(left + x * width, top + y * height);
        if (hit && !whole.contains(hit)) found.push([x, y, hit.tagName]);
    }
    return found;
}"""
AT = "copy => getComputedStyle(copy).getPropertyValue('--at')"


def sized(keep, web, width: int, height: int, **options: object) -> Page:
    """Open the story, which stays open from test to test, in a window of a size."""
    page = keep(web.root(STORY), width=width, **options)
    resize(page, width, height)
    if options.get("java_script_enabled", True):  # else nothing is ever under way
        wait_until_quiet(page)
    return page


@pytest.mark.parametrize("far", [COARSE, pytest.param(FINE, marks=pytest.mark.long)])
@on_each_size
def test_a_text_is_read_whole_while_its_state_is_shown(keep, web, width, height, far):
    """For at least 200 pixels of scroll, with the drawing in the window all the while,
    and nothing over the text.
    """
    page = sized(keep, web, width, height)
    found = page.evaluate(READ.replace("STEP", str(far)))

    count = page.locator(".steps section").count()
    read = [
        far * sum(each["whole"][step] and each["shown"] == step + 1 for each in found)
        for step in range(count)
    ]
    assert min(read) >= LEAST, read
    assert [each["shown"] for each in found] == sorted(each["shown"] for each in found)
    assert min(each["drawn"] for each in found if each["inside"]) > 0.9


@on_each_size
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_no_link_that_has_the_focus_is_covered(keep, web, width, height, key):
    """Whoever reads by keyboard, forwards or backwards, sees each link of the steps
    (WCAG 2.2, 2.4.11).
    """
    page = sized(keep, web, width, height)
    links = page.locator(LINKS)
    count = links.count()
    links.nth(0 if key == "Tab" else count - 1).focus()

    found = [page.evaluate(FOCUSED, LINKS)]
    for _ in range(count):  # and once the values of the chart
        page.keyboard.press(key)
        found.append(page.evaluate(FOCUSED, LINKS))
    found = [each for each in found if each]
    assert len(found) == count
    assert [each for each in found if not each["clear"]] == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_title_stays_above_the_drawing(keep, web, width, height):
    """Who is in the middle of the steps sees the title, and it covers no drawing."""
    page = sized(keep, web, width, height)
    page.locator(".steps section > p").nth(2).scroll_into_view_if_needed()
    wait_until_quiet(page)

    title = page.locator(".staged .title").bounding_box()
    drawing = page.locator(".steps .whole").bounding_box()
    assert title["y"] >= 0
    assert title["y"] + title["height"] <= drawing["y"] + 1


@on_each_size
def test_a_state_is_not_higher_than_the_window(keep, web, width, height):
    """Drawing, measure and unit are seen at once, and the letters of the drawing can be
    read.
    """
    page = sized(keep, web, width, height)

    state = page.locator(".steps .whole").bounding_box()
    letters = page.locator(".whole .plot text").evaluate_all(
        "texts => texts.filter(text => text.getClientRects().length).map(text =>"
        " parseFloat(text.closest('[font-size]').getAttribute('font-size')) *"
        " text.getScreenCTM().a)"
    )
    assert state["height"] <= height
    assert min(letters) >= LOWEST
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_drawing_comes_as_far_as_the_text_that_is_read(keep, web):
    """With each step its marks come and stay; with the last the drawing
    is the chart.
    """
    page = sized(keep, web, 1440, 900)

    for number in range(5):
        read(page, number)
        assert opacities(page, ".whole .plot.wide") == [
            float(number > before) for before in range(4)
        ]


@pytest.mark.parametrize(
    ("width", "height"), [(390, 844), (320, 568), (768, 1024), (1440, 900)]
)
def test_no_word_lies_over_the_drawing(keep, web, width, height):
    """Where the words have no place beside it they wait below it, and go behind it."""
    page = sized(keep, web, width, height)
    for number in range(5):
        text = page.locator(".steps section > p > span").nth(number)
        text.evaluate(
            "text => scrollTo(0, text.parentNode.getBoundingClientRect().top + scrollY"
            " - .3 * innerHeight)"
        )
        wait_until_quiet(page)
        assert page.evaluate(COVERED) == []


def test_the_crossing_comes_alone(keep, web):
    """The fourth step brings November 2023, told beside its dot, inside its ring; the
    later years come after it.
    """
    page = sized(keep, web, 1440, 900)
    new = page.locator(".whole .plot.wide .from-4")
    words, ring = (new.locator(part).last.bounding_box() for part in ("text", "circle"))

    assert new.locator("text").all_text_contents() == ["$218.2 bn to November"]
    assert 0 < ring["x"] - words["x"] - words["width"] < 24
    assert (
        abs(words["y"] + words["height"] / 2 - ring["y"] - ring["height"] / 2)
        < ring["height"]
    )


def test_the_chart_is_whole_while_its_values_are_told(keep, web):
    """Whoever goes through the values by keys sees the mark of each, whichever text
    stands there.
    """
    page = sized(keep, web, 1440, 900)
    read(page, 0)

    page.locator(".whole input").focus()
    assert opacities(page, ".whole .plot.wide") == [1, 1, 1, 1]
    page.locator(LINKS).first.focus()
    assert opacities(page, ".whole .plot.wide") == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "options", [{"java_script_enabled": False}, {"reduced_motion": "reduce"}], ids=str
)
@pytest.mark.parametrize("width", [1440, 390])
def test_where_nothing_may_move_the_states_follow_each_other(keep, web, options, width):
    """Without scripts, and with reduced motion: each state above its text, the last of
    them the chart.
    """
    page = sized(keep, web, width, 900, **options)
    sections = page.locator(".steps section")
    size = ".wide" if width > 640 else ".narrow"
    boxes = [sections.nth(number).bounding_box() for number in range(sections.count())]

    assert all(
        before["y"] + before["height"] <= after["y"]
        for before, after in pairwise(boxes)
    )
    for number in range(sections.count()):
        parts = (f":is(.plot, .copy){size}", "p >> nth=-1")
        plot, text = (
            sections.nth(number).locator(part).bounding_box() for part in parts
        )
        assert plot["height"] > 200
        assert plot["y"] + plot["height"] <= text["y"]
    for number in range(4):
        assert copied(page, number, size) == [
            float(number > before) for before in range(4)
        ]
    assert opacities(page, f".whole .plot{size}") == [1, 1, 1, 1]


def test_paper_has_the_finished_chart_once_and_all_texts(keep, web):
    """Whatever was read when it was printed."""
    page = sized(keep, web, 1440, 900)
    read(page, 1)
    page.emulate_media(media="print")
    plots = page.locator(".steps :is(.plot, .copy)")
    texts = page.locator(".steps section > p")
    tops = texts.evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect().top)"
    )

    assert (
        plots.evaluate_all("plots => plots.filter(plot => plot.clientWidth).length")
        == 1
    )
    assert opacities(page, ".whole .plot.wide") == [1, 1, 1, 1]
    assert tops == sorted(set(tops))


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=str)
def test_every_state_has_its_own_words(keep, web, options):
    """Each is an image with an alternative text of its own, also where one drawing is
    seen; the last is the chart's.
    """
    page = sized(keep, web, 1440, 900, **options)
    images = page.locator(".steps").get_by_role("img")
    alts = images.evaluate_all("plots => plots.map(plot => plot.ariaLabel)")
    whole = page.locator(".whole .plot.wide").get_attribute("aria-label")

    assert len(set(alts)) == len(alts) == page.locator(".steps section").count()
    assert alts[-1] == whole


def read(page: Page, number: int) -> None:
    """Scroll until the text of a step stands in the upper half of the window."""
    text = page.locator(".steps section > p").nth(number)
    text.evaluate(
        "text => scrollTo(0, text.getBoundingClientRect().top + scrollY - .3 *"
        " innerHeight)"
    )
    wait_until_quiet(page)


def opacities(page: Page, place: str) -> list[float]:
    """Return how much is seen of what comes with each step after the first, once
    nothing fades any more.
    """
    return page.evaluate(OPACITIES, place)


def copied(page: Page, number: int, size: str) -> list[float]:
    """Return the same of the copy of the drawing that stands at a step: it takes over
    how far the step has come.
    """
    at = float(
        page.locator(f".steps section >> nth={number} >> {size} svg").evaluate(AT)
    )
    return [max(0, min(1, at - before)) for before in (1, 2, 3, 4)]
