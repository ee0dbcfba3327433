"""The bar of a long page: it leads to the parts and back to the top, says which part is
read, and covers no focus.
"""

import pytest
from playwright.sync_api import expect

from tests.browsing import resize, wait_until_quiet

pytestmark = pytest.mark.browser

LONG = (
    "sources.html",
    "timeline.html",
    "glossary.html",
    "the-article.html",
    "questions.html",
    "data-and-methods.html",
    "index.html",
)
on_each_long_page = pytest.mark.parametrize("address", LONG)
FEW, MANY = 12, 60  # stops of the Tab key, each way
# Notes of each element that takes the focus, and is not in the bar, whether the bar
# covers all of it: at once, for soon the focus may be elsewhere.
WATCH = """() => {
    const bar = document.querySelector(".bar");
    window.stops = [];
    document.addEventListener("focusin", ({target}) => {
        const {top, bottom} = target.getBoundingClientRect(), edge = bar.getBoundingClientRect();
        const covered = bottom <= edge.bottom && top >= edge.top - 1;
        if (!bar.contains(target)) stops.push([target.outerHTML.slice(0, 60), covered]);
    });
}"""

# Tells whether a part begins in sight, below the bar, and one link of the bar is
# marked.
STANDS = """id => {
    const bar = document.querySelector(".bar").getBoundingClientRect();
    const { top } = document.getElementById(id).getBoundingClientRect();
    return bar.bottom <= top + 1 && top < 900 && document.querySelectorAll(".bar [aria-current]").length === 1;
}"""


@on_each_long_page
def test_the_bar_leads_to_each_part(address, web, visit):
    """Each link of the bar brings the head of its part into sight, below the bar, and
    is then marked, alone.
    """
    page = visit(web.root(address), width=390)
    links = page.locator(".bar li a")
    count = links.count()
    for place in sorted({0, 1, count // 2, count - 2}):
        # a pointer could meet another: they move where another is marked
        links.nth(place).press("Enter")
        page.wait_for_function(STANDS, arg=links.nth(place).get_attribute("href")[1:])
    expect(page.locator(".bar [aria-current]")).to_be_in_viewport()

    page.locator(".bar > a").click()
    assert count > 2
    page.wait_for_function("scrollY < 250")


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
@on_each_long_page
def test_the_bar_covers_no_focus(address, count, web, visit):
    """Through the middle of a long page, Tab and Shift+Tab stop at nothing that the bar
    covers, in a low window.
    """
    page = visit(web.root(address), width=390)
    resize(page, 390, 640)
    page.evaluate(WATCH)
    page.locator("main a").evaluate_all(
        "links => links[Math.floor(links.length / 2)].focus()"
    )
    for key in ("Tab", "Shift+Tab"):
        for _ in range(count if key == "Tab" else 2 * count):
            page.keyboard.press(key)
            # else the next key may scroll it away
            page.evaluate("() => new Promise(requestAnimationFrame)")
    wait_until_quiet(page)
    stops = page.evaluate("stops")

    assert len(stops) > count
    assert [name for name, covered in stops if covered] == []


def test_the_bar_works_without_scripts_and_stays_off_paper(web, visit):
    """Its links are there all the same, and none is printed."""
    page = visit(web.root("glossary.html"), java_script_enabled=False)
    page.locator(".bar").get_by_text("S", exact=True).press("Enter")

    assert page.url.endswith(page.locator(":target").get_attribute("id"))
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
